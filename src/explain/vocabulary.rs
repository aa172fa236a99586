//! What the docker CLI knows: its commands, and their flags as `docker X --help` of 20.10 and 28 lists them.

/// Commands of a word.
pub(super) const COMMANDS: &str = "attach build builder buildx checkpoint commit completion compose config container context cp create diff \
    events exec export history image images import info inspect kill load login logout logs manifest network \
    node pause plugin port ps pull push rename restart rm rmi run save search secret service stack start \
    stats stop swarm system tag top trust unpause update version volume wait";

/// Those that lessons and beginners use, for slips that could mean several.
const FREQUENT: &str = "ps run images pull rm rmi exec logs stop start build create inspect info version";

/// The command that is meant by one that there is not.
pub(super) fn command_meant(word: &str) -> Option<&'static str> {
    crate::text::nearest(word, FREQUENT.split_whitespace().chain(COMMANDS.split_whitespace()))
}

/// Commands of two words, by their first.
pub(super) const GROUPS: &[(&str, &str)] = &[
    ("builder", "build prune"),
    (
        "container",
        "attach commit cp create diff exec export inspect kill logs ls pause port prune rename restart rm run start stats stop top unpause update wait",
    ),
    ("context", "create export import inspect ls rm show update use"),
    ("image", "build history import inspect load ls prune pull push rm save tag"),
    ("network", "connect create disconnect inspect ls prune rm"),
    ("system", "df events info prune"),
    ("volume", "create inspect ls prune rm update"),
];

/// Flags by command: `long`, `long,short`, and with `=` those that take a value.
const FLAGS: &[(&str, &str)] = &[
    (
        "run",
        "add-host= annotation= attach=,a blkio-weight= blkio-weight-device= cap-add= cap-drop= cgroup-parent= \
         cgroupns= cidfile= cpu-count= cpu-percent= cpu-period= cpu-quota= cpu-rt-period= cpu-rt-runtime= \
         cpu-shares=,c cpus= cpuset-cpus= cpuset-mems= detach,d detach-keys= device= device-cgroup-rule= \
         device-read-bps= device-read-iops= device-write-bps= device-write-iops= disable-content-trust dns= \
         dns-option= dns-search= domainname= entrypoint= env=,e env-file= expose= gpus= group-add= \
         health-cmd= health-interval= health-retries= health-start-interval= health-start-period= health-timeout= \
         hostname=,h init interactive,i io-maxbandwidth= io-maxiops= ip= ip6= ipc= isolation= kernel-memory= \
         label=,l label-file= link= link-local-ip= log-driver= log-opt= mac-address= memory=,m \
         memory-reservation= memory-swap= memory-swappiness= mount= name= network= network-alias= no-healthcheck \
         oom-kill-disable oom-score-adj= pid= pids-limit= platform= privileged publish=,p publish-all,P pull= \
         quiet,q read-only restart= rm runtime= security-opt= shm-size= sig-proxy stop-signal= stop-timeout= \
         storage-opt= sysctl= tmpfs= tty,t ulimit= use-api-socket user=,u userns= uts= volume=,v \
         volume-driver= volumes-from= workdir=,w",
    ),
    ("ps", "all,a filter=,f format= last=,n latest,l no-trunc quiet,q size,s"),
    ("images", "all,a digests filter=,f format= no-trunc quiet,q tree"),
    ("pull", "all-tags,a disable-content-trust platform= quiet,q"),
    ("push", "all-tags,a disable-content-trust platform= quiet,q"),
    ("rm", "force,f link,l volumes,v"),
    ("rmi", "force,f no-prune platform="),
    ("exec", "detach,d detach-keys= env=,e env-file= interactive,i privileged tty,t user=,u workdir=,w"),
    ("logs", "details follow,f since= tail=,n timestamps,t until="),
    (
        "build",
        "add-host= build-arg= cache-from= cgroup-parent= compress cpu-period= cpu-quota= cpu-shares=,c \
         cpuset-cpus= cpuset-mems= disable-content-trust file=,f force-rm iidfile= isolation= label= \
         memory=,m memory-swap= network= no-cache platform= pull quiet,q rm security-opt= shm-size= squash \
         tag=,t target= ulimit=",
    ),
    ("start", "attach,a checkpoint= checkpoint-dir= detach-keys= interactive,i"),
    ("stop", "signal=,s time=,t timeout=,t"),
    ("restart", "signal=,s time=,t timeout=,t"),
    ("kill", "signal=,s"),
    ("inspect", "format=,f size,s type="),
    ("cp", "archive,a follow-link,L quiet,q"),
    ("tag", ""),
    ("login", "password=,p password-stdin username=,u"),
    ("stats", "all,a format= no-stream no-trunc"),
    ("top", ""),
    ("attach", "detach-keys= no-stdin sig-proxy"),
    ("commit", "author=,a change=,c message=,m pause,p"),
    ("history", "format= human,H no-trunc platform= quiet,q"),
    ("save", "output=,o platform="),
    ("load", "input=,i platform= quiet,q"),
    ("import", "change=,c message=,m platform="),
    ("export", "output=,o"),
    ("port", ""),
    ("rename", ""),
    (
        "update",
        "blkio-weight= cpu-period= cpu-quota= cpu-rt-period= cpu-rt-runtime= cpu-shares=,c cpus= cpuset-cpus= \
         cpuset-mems= kernel-memory= memory=,m memory-reservation= memory-swap= pids-limit= restart=",
    ),
    ("wait", ""),
    ("events", "filter=,f format= since= until="),
    ("info", "format=,f"),
    ("version", "format=,f kubeconfig="),
    ("search", "filter=,f format= limit= no-trunc"),
    ("diff", ""),
    ("pause", ""),
    ("unpause", ""),
    ("logout", ""),
    ("network connect", "alias= driver-opt= gw-priority= ip= ip6= link= link-local-ip="),
    (
        "network create",
        "attachable aux-address= config-from= config-only driver=,d gateway= ingress internal ip-range= \
         ipam-driver= ipam-opt= ipv4 ipv6 label= opt=,o scope= subnet=",
    ),
    ("network disconnect", "force,f"),
    ("network inspect", "format=,f verbose,v"),
    ("network ls", "filter=,f format= no-trunc quiet,q"),
    ("network prune", "filter= force,f"),
    ("network rm", "force,f"),
    (
        "volume create",
        "availability= driver=,d group= label= limit-bytes= opt=,o required-bytes= scope= secret= sharing= \
         topology-preferred= topology-required= type=",
    ),
    ("volume inspect", "format=,f"),
    ("volume ls", "cluster filter=,f format= quiet,q"),
    ("volume prune", "all,a filter= force,f"),
    ("volume rm", "force,f"),
    ("volume update", "availability="),
    ("image ls", "all,a digests filter=,f format= no-trunc quiet,q tree"),
    ("image prune", "all,a filter= force,f"),
    ("container prune", "filter= force,f"),
    ("system df", "format= verbose,v"),
    ("system events", "filter=,f format= since= until="),
    ("system info", "format=,f"),
    ("system prune", "all,a filter= force,f volumes"),
];

/// A flag of a docker command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flag {
    /// Without its dashes.
    pub(super) long: &'static str,
    /// One letter.
    pub(super) short: Option<&'static str>,
    /// Whether a value follows.
    pub(super) valued: bool,
}

/// The flags of `verb`, such as `run` or `network create`; none of what is not in the table.
pub(super) fn flags(verb: &str) -> impl Iterator<Item = Flag> + use<> {
    let verb = if verb == "create" { "run" } else { verb };
    let line = FLAGS.iter().find(|(name, _)| *name == verb).map_or("", |(_, line)| *line);
    line.split_whitespace().map(|word| {
        let (long, short) = word.split_once(',').map_or((word, None), |(long, short)| (long, Some(short)));
        Flag { long: long.trim_end_matches('='), short, valued: long.ends_with('=') }
    })
}

/// Programs of a learner's shell, for slips of the finger.
pub(super) const PROGRAMS: &str = "docker docker-compose podman sudo apt apt-get bash cat cd chmod chown clear cp curl cut date echo env \
    exit export find git grep head history hostname kill less ls make man mkdir mv nano ping printf ps pwd \
    python3 rm rmdir sed sleep sort ss ssh systemctl tail tar touch uname vim wc wget which whoami";

/// Instructions of a Dockerfile.
pub(super) const INSTRUCTIONS: &str = "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR";
