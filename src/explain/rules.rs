//! Patterns of the messages of docker, podman and shells, with their causes. Named groups become the values of the
//! explanation.

use super::kind::Kind;
use Kind as K;

/// The cause and the pattern of each message. The pattern matches a line without its prefixes (`docker: `, `Error
/// response from daemon: `, …). The first matching rule counts.
pub(super) const RULES: &[(Kind, &str)] = &[
    (K::EngineDown, r"^Cannot connect to the Docker daemon at (?<at>\S+?)\. Is the docker daemon running"),
    (K::EngineDown, r"^failed to connect to the docker API at (?<at>[^\s;]+)"),
    (K::EngineDown, r"^(?:error during connect: .*(?<at>npipe:|//\./pipe/)|Cannot connect to (?<podman>Podman))"),
    (K::EngineGone, r"^error waiting for container: unexpected EOF"),
    (K::Ended, r"^got \d+ SIGTERM/SIGINTs, forcefully exiting"),
    (
        K::EnginePermission,
        r"permission denied while trying to connect to the (?:Docker daemon socket|docker API) at (?<at>\S+?):?(?:\s|$)",
    ),
    (K::EngineUnreachable, r"^error during connect: "),
    (
        K::ApiTooNew,
        r"^client version (?<client>[\d.]+) is too new\. Maximum supported API version is (?<server>[\d.]+)",
    ),
    (
        K::ApiTooOld,
        r"^client version (?<client>[\d.]+) is too old\. Minimum supported API version is (?<server>[\d.]+)",
    ),
    (
        K::ContextUnknown,
        r#"^(?:Failed to initialize: )?(?:unable to resolve docker endpoint: )?(?:current )?context "?(?<name>[^\s":]+)"?(?: does not exist|: context not found)"#,
    ),
    (K::SwarmOff, r"^This node is not (?:a swarm manager|part of a swarm)"),
    // Registries: the narrower patterns come first.
    (K::PullLimit, r"toomanyrequests|429 Too Many Requests|pull rate limit"),
    (
        K::ImagePlatform,
        r"^image with reference (?<image>\S+) was found but (?:does not match|its platform .* does not match) the specified platform(?:: wanted (?<wanted>[^,]+), actual: (?<actual>\S+?)\.?$)?",
    ),
    (K::ImagePlatform, r"no matching manifest for (?<wanted>\S+) in the manifest list"),
    (K::LoginNeeded, r"no basic auth credentials|unauthorized: authentication required"),
    (K::LoginWrong, r"unauthorized: incorrect username or password|login attempt to \S+ failed with status: 401"),
    (K::PushDenied, r"^push access denied|^denied: requested access to the resource is denied$"),
    (K::ImageUnknown, r"^pull access denied for (?<image>\S+?), repository does not exist"),
    (
        K::ImageUnknown,
        r#"(?:failed to resolve reference "?|failed to resolve source metadata for )(?<image>[^"\s]+?)"?: pull access denied"#,
    ),
    (K::ImageUnknown, r"reading manifest \S+ in (?<image>\S+): requested access to the resource is denied"),
    (K::TagUnknown, r"^manifest for (?<image>\S+) not found"),
    (
        K::TagUnknown,
        r#"(?:failed to resolve reference "?|failed to resolve source metadata for )(?<image>[^"\s]+?)"?: (?:\S+: )?not found"#,
    ),
    (
        K::TagUnknown,
        r"reading manifest \S+ in (?<image>\S+): manifest unknown|^manifest unknown(?:: manifest unknown)?$",
    ),
    (
        K::RegistryDenied,
        r#"(?:Get|Head) "https?://(?<host>[^/"]+)/v2/(?<image>[^"]+?)/manifests/(?<tag>[^"]+)": (?:denied|unauthorized|unexpected status.*: 40[13])"#,
    ),
    (
        K::OwnRegistry,
        r#"(?:Get|Head|Post|Put) "https?://(?<host>(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)/v2/.*connection refused"#,
    ),
    (K::PlainRegistry, r#""https?://(?<host>[^/"]+)/.*server gave HTTP response to HTTPS client"#),
    (K::Proxy, r"proxyconnect tcp: (?:dial tcp:? )?(?:lookup )?(?<host>\S+?):? "),
    (K::CertificateTime, r#""https://(?<host>[^/"]+)/.*x509: certificate has expired or is not yet valid"#),
    (K::Certificate, r#""https://(?<host>[^/"]+)/.*x509: "#),
    (K::NameServer, r"dial tcp: lookup (?<host>\S+?)(?: on (?<server>\S+?))?: |^lookup (?<host2>\S+) on \S+: "),
    (
        K::RegistryRefused,
        r#"(?:Get|Head|Post|Put) "https?://(?<host>[^/"]+)/.*dial tcp \S+: connect: connection refused"#,
    ),
    (K::LayerDamaged, r"filesystem layer verification failed|unexpected commit digest|Digest did not match"),
    // Containers
    (K::PortTaken, r"Bind for \S+:(?<port>\d+) failed: port is already allocated"),
    (K::PortTaken, r"listen (?:tcp|udp)[46]? \S*:(?<port>\d+): bind: address already in use"),
    (K::PortTaken, r"failed to bind host port (?:for )?\S*?:(?<port>\d+)(?::\S+|/tcp|/udp)?: address already in use"),
    (K::PortPrivileged, r"cannot expose privileged port (?<port>\d+)"),
    (K::PortPrivileged, r"listen tcp[46]? \S*:(?<port>\d+): bind: permission denied"),
    (K::PortInvalid, r"^[Ii]nvalid (?:hostPort|containerPort|range format|proto|[Ii][Pp] address): (?<value>\S+)"),
    (
        K::PortInvalid,
        r#"^invalid publish opts format|^invalid (?:argument )?"?(?<value>[^\s"]+)"? for "-p, --publish""#,
    ),
    (K::PortEmpty, r"^[Nn]o port specified: (?<value>\S+?)<empty>"),
    (
        K::NameTaken,
        r#"[Tt]he container name "/?(?<name>[^"]+)" is already in use by (?:container )?"?(?<id>[0-9a-f]+)"#,
    ),
    (K::NameTaken, r#"^name "(?<name>[^"]+)" is in use: container already exists"#),
    (K::NameInvalid, r"^Invalid container name \((?<name>.*)\), only"),
    (K::RemoveRunning, r"^You cannot remove a \w+ container (?<name>[0-9a-f]+)\."),
    (
        K::RemoveRunning,
        r#"^cannot remove container "?/?(?<name>[^"\s]+?)"?(?:: container is| as it is) (?:running|paused)"#,
    ),
    (K::NotRunning, r"^(?:[Cc]annot \w+ container: \S+: )?[Cc]ontainer (?<name>\S+) is not running"),
    (K::NotRunning, r"^You cannot attach to a stopped container|can only create exec sessions on running containers"),
    (K::Paused, r"[Cc]ontainer (?<name>\S+) is paused"),
    (K::NoFileInside, r"^No such container:path: (?<name>[^:]+):(?<path>.+)$"),
    (K::NoFileInside, r"^Could not find the file (?<path>.+) in container (?<name>\S+)"),
    (K::NoContainer, r"^(?:could not get container for \S+: )?[Nn]o such container: (?<name>\S+?)\.?$"),
    (K::NoContainer, r#"^no container with (?:name or ID|ID or name) "(?<name>[^"]+)" found"#),
    (K::NoObject, r"^No such object: (?<name>\S+)"),
    (K::ExecFormat, r"^(?:exec (?<word>\S+): |.*exec user process caused:? ?)?.*[Ee]xec format error"),
    (
        K::ExecMissing,
        r#"exec: "(?<word>[^"]*)": (?:executable file not found in \$PATH|stat .+?: no such file or directory)"#,
    ),
    (K::ExecMissing, r"crun: executable file `(?<word>[^`]+)` not found in \$PATH"),
    (K::ExecDenied, r#"exec: "(?<word>[^"]+)": (?:is a directory: )?permission denied"#),
    (K::NoCommand, r"^[Nn]o command specified"),
    (K::UserUnknown, r"unable to find user (?<user>\S+?): no matching entries in passwd"),
    (K::MemoryLow, r"^[Mm]inimum memory limit allowed is (?<least>\w+)"),
    (K::SizeInvalid, r"invalid size: '(?<value>[^']*)'"),
    (K::CpuRange, r"^[Rr]ange of CPUs is from \S+ to (?<most>[\d.]+)"),
    (K::NoGpu, r"^could not select device driver .* with capabilities: \[\[gpu"),
    (K::RestartInvalid, r"^invalid restart policy|^maximum retry count must be an integer"),
    (K::SignalInvalid, r"^[Ii]nvalid signal: (?<value>\S+)"),
    (K::CopyNoContainer, r"^must specify at least one container source"),
    (K::RestartAndRm, r"^[Cc]onflicting options: .*--restart and --rm"),
    // Images, volumes, networks
    (K::NoImage, r"^(?:no such image: \S+: )?[Nn]o such image: (?<image>\S+?)\.?$"),
    (K::NoImage, r"^(?<image>\S+): image not known"),
    (
        K::ImageInUse,
        r#"^conflict: unable to (?:remove repository reference|delete) "?(?<image>[^"\s]+)"? \([^)]*\) - (?:image is being used by )?(?:running |stopped )?container (?<id>[0-9a-f]+)"#,
    ),
    (K::ImageInUse, r"^image (?:used by (?<id>[0-9a-f]+)|(?<image>\S+) is in use):"),
    (K::ImageManyNames, r"^conflict: unable to delete (?<image>\S+) .*image is referenced in multiple repositories"),
    (K::ImageHasChildren, r"^conflict: unable to delete (?<image>\S+) .*image has dependent child images"),
    (K::NoVolume, r"^(?:No such volume: |get )(?<volume>\S+?)(?:: no such volume)?$"),
    (K::NoVolume, r#"^no volume with name "(?<volume>[^"]+)" found"#),
    (K::VolumeInUse, r"^remove (?<volume>\S+): volume is in use - \[(?<id>[0-9a-f]+)"),
    (K::VolumeInUse, r"^volume (?<volume>\S+) is being used by the following container\(s\): (?<id>[0-9a-f]+)"),
    (K::RelativeSource, r#"^create (?<path>\S+): "[^"]*" includes invalid characters for a local volume name"#),
    (K::RelativeTarget, r"mount path:? '(?<path>[^']*)' mount path must be absolute"),
    (
        K::MountInvalid,
        r"^invalid (?:volume specification|spec): '?(?<value>[^\s']+?)'?(?:: empty section between colons|$)",
    ),
    (K::BindMissing, r"bind source path does not exist: (?<path>.+?)\.?$"),
    (K::MountKinds, r"Are you trying to mount a directory onto a file"),
    (K::WorkdirRelative, r"^the working directory '(?<path>[^']*)' is invalid, it needs to be an absolute path"),
    (
        K::NoSuchNetwork,
        r"^No such network: (?<network>\S+)|^(?:failed to set up container networking: )?network (?<network2>\S+) not found",
    ),
    (K::NoSuchNetwork, r"unable to find network with name or ID (?<network>[^\s:]+)"),
    (K::NetworkInUse, r"network (?<network>\S+)(?: id \S+)? has active endpoints"),
    (K::NetworkInUse, r#"^"(?<network>[^"]+)" has associated containers with it"#),
    (K::NetworkBuiltIn, r"^(?<network>\S+) is a pre-defined network and cannot be removed"),
    (
        K::NetworkExists,
        r"^network with name (?<network>\S+) already exists|^network name (?<network2>\S+) already used",
    ),
    (K::AlreadyConnected, r"^endpoint with name (?<name>\S+) already exists in network (?<network>\S+)"),
    // The command line
    (K::NoTty, r"^the input device is not a TTY|^cannot attach stdin to a TTY-enabled container"),
    (K::CommandUnknown, r"^'(?<word>[^']+)' is not a docker command|^unknown command: docker (?<word2>.+)$"),
    (K::FlagUnknown, r"^unknown flag: --(?<flag>\S+)"),
    (K::LetterUnknown, r"^unknown shorthand flag: '(?<letter>.)' in (?<flag>-\S+)"),
    (K::FlagNeedsValue, r"^flag needs an argument: (?:'.' in )?(?<flag>-\S+)"),
    (K::TooFew, r#"^["']docker (?<verb>[a-z ]+)["'] requires (?:at least |exactly )?(?<count>\d+) arguments?"#),
    (
        K::TooMany,
        r#"^["']docker (?<verb>[a-z ]+)["'] (?:requires (?:at least \d+ and )?at most (?<most>\d+) argument|accepts no argument)"#,
    ),
    (K::Reference, r"invalid reference format|^invalid checksum digest"),
    (K::FilterForm, r#"^invalid argument "(?<value>[^"]*)" for "-f, --filter" flag: bad format of filter"#),
    (K::FilterUnknown, r"^[Ii]nvalid filter '(?<value>[^']+)'"),
    (K::TemplateDot, r#"^template parsing error: .*function "(?<word>[^"]+)" not defined"#),
    (K::TemplateBraces, r"^template parsing error: .*(?:bad character|unclosed action|unexpected)"),
    (
        K::TemplateField,
        r#"^template parsing error: .*(?:map has no entry for key "(?<word>[^"]+)"|can't evaluate field (?<word2>\w+))"#,
    ),
    (K::FlagValue, r#"^invalid argument "(?<value>[^"]*)" for "(?<flag>[^"]+)" flag"#),
    // Building
    (K::InstructionUnknown, r"(?i)dockerfile parse error (?:on )?line (?<line>\d+): unknown instruction: (?<word>\S+)"),
    (K::DockerfileWrong, r"(?i)dockerfile parse error (?:on )?line (?<line>\d+): (?<said>.+)$"),
    (K::DockerfileMissing, r"unable to evaluate symlinks in Dockerfile path"),
    (K::DockerfileMissing, r"failed to read dockerfile: open (?<path>\S+): no such file"),
    (K::DockerfileEmpty, r"the Dockerfile (?:\([^)]*\) )?cannot be empty|file with no instructions"),
    (K::FromMissing, r"^no build stage in current context|[Nn]o build stage in current context"),
    (K::ContextMissing, r#"^unable to prepare context: path "(?<path>[^"]+)" not found"#),
    (
        K::CopyMissing,
        r"^(?:COPY|ADD) failed: file not found in build context.*: stat (?<path>.+?): file does not exist",
    ),
    (K::CopyMissing, r#"failed to (?:compute cache key|calculate checksum of ref).*"(?<path>/[^"]+)":? not found"#),
    (K::CopyOutside, r"forbidden path outside the build context: (?<path>\S+)"),
    (K::StepFailed, r"^The command '(?<run>.*)' returned a non-zero code: (?<status>\d+)"),
    (K::StepFailed, r#"process "(?<run>.*)" did not complete successfully: exit code: (?<status>\d+)"#),
    (K::BuildxMissing, r"BuildKit is enabled but the buildx component is missing or broken"),
    (K::ComposeFile, r"^no configuration file provided: not found"),
    (
        K::ArchiveForeign,
        r"^open \S*/docker-import-\d+/\S+: no such file|archive/tar: invalid tar header|^Error processing tar file.*: unexpected EOF|^unrecognized image format",
    ),
    (K::FileMissing, r"^open (?<path>.+): no such file or directory\.?$"),
];

/// Patterns of a shell's message about a missing program.
pub(super) const NOT_FOUND: &[&str] = &[
    r"^(?:\S*sh: |sudo: )?(?:line \d+: |\d+: )?(?<word>[^\s:]+): (?:command )?not found$",
    r"^zsh: command not found: (?<word>\S+)$",
    r"^Command '(?<word>[^']+)' not found",
];
