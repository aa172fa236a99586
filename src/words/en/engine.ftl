# engine (en)
# Claims in words
claim-kind-containers = containers with
claim-kind-images = images with
claim-kind-ran = command
claim-kind-logs = log of
claim-kind-changes = changes in
claim-kind-top = processes in
claim-kind-http = address
claim-kind-container = container
claim-kind-network = network
claim-kind-events = events
claim-kind-run = command
claim-kind-registry = registry
claim-kind-file = file
claim-kind-engine = engine
claim-exists = { $subject } exists
claim-absent = { $subject } does not exist
claim-answers = { $subject } answers well
claim-succeeds = { $subject } succeeds
claim-happened = { $subject } happened
claim-was-run = { $subject } was run
claim-as-asked = the Docker engine is in the state that this step asks for
claim-as-asked-of = { $subject } is as this step asks
claim-events-of = events of { $subject }
claim-inside = { $subject } in container { $container }
claim-is-there = it to exist
claim-is-absent = it not to exist
claim-contains = the text { $value }
claim-in-order = { $value } in this order
claim-all = all of { $value }
claim-matches = something that matches { $value }
claim-at-least = at least { $value }
claim-at-most = at most { $value }
claim-length = a length of { $value }
claim-starts = something that begins with { $value }
claim-empty = nothing in it
claim-not-empty = something in it
claim-found = { $what }: expected { $expected }, found { $found }.
claim-found-below = { $what }: expected { $expected }, found this:
claim-found-nothing = { $what }: expected { $expected }, but nothing is there.
claim-nothing-ran = { $what }: expected in this step, but no such command was run.
claim-nothing-http = { $what }: an answer was expected, but nobody answers there.
claim-still-there = { $what } should not exist, but it still does.
claim-next = See for yourself with { $command }.

# Nobody's fault; `.next` says what can be done
trouble-engine-gone = The Docker engine does not answer.
    .next = Make sure that the engine runs (`docker info` must answer), then try again.
trouble-permission = You may not use the Docker engine's socket.
    .next = Add your user to the group `docker` and log in again, or use `sudo`.
trouble-pull-limit = The registry limits how many images may be pulled, and the limit is reached.
    .next = Wait a few hours, or learn on the private engine with a pack of images (`--engine private --images pack`).
trouble-no-network = The registry cannot be reached: the network or name resolution does not work.
    .next = Check your internet connection, or learn on the private engine with a pack of images (`--engine private --images pack`).
trouble-registry = The registry answers with an error of its own.
    .next = Try again in a while; if the error stays, look at the registry's status.
trouble-no-image = An image that is needed is neither in the pack nor in the registry.
    .next = Check names and tags of `images:` and `have:` in the lesson's head, or add the image to the pack.
trouble-no-space = The disk is full.
    .next = Make room (`docker system df` shows the use), then try again.
trouble-exhausted = Your computer ran out of memory, processes or open files, so this command could not run.
    .next = Close other programs, or raise the limits (`ulimit -a` shows them), then try again. The lesson is not at fault: do not use `--update`.
trouble-timeout = The answer did not come within the time limit.
    .next = If the command takes long, write `timeout=10m` on its fence. If it never ends, write `^C` below its output, or start it with `-d`. Otherwise try again when the computer is less busy.
trouble-shell-lost = The lesson's shell is lost.
    .next = Start this lesson again, and run its earlier steps again. If another program ended the shell, the computer may be short of memory (`free -h` shows it).
trouble-other = An unknown problem came up.
    .next = Read the message above. If you think this is Dermaga's mistake, report it with that message.

# Why an engine cannot be used; `.next` says what can be done
connect-missing-socket = There is no Docker engine's socket at { $path }.
    .next = Start the engine, for example with `sudo systemctl start docker` or by opening Docker Desktop.
connect-ended-socket = A lesson or `dermaga engine start` began the engine at { $path }, and that engine has ended.
    .next = Run `unset DOCKER_HOST` in this terminal, then try again.
connect-permission = The socket { $path } is there, but you may not use it.
    .next = Add your user to the group `docker` (`sudo usermod -aG docker $USER`) and log in again.
connect-refused = Nothing answers at { $endpoint }.
    .next = The engine there is stopped. Start that engine, then try again.
connect-unreachable = { $endpoint } cannot be reached: { $detail }
    .next = Check your network and the value of `DOCKER_HOST`.
connect-silent = { $endpoint } takes the connection, but does not answer.
    .next = The engine may be busy or stuck. Wait a little, or restart it.
connect-not-an-engine = The program that answers at { $endpoint } is not a container engine: { $detail }
    .next = Check the address: `docker context ls` shows your addresses.
connect-too-old = This engine is too old: its API is { $found }, and lessons need { $least }.
    .next = Update Docker to version 20.10 or later.
connect-tls = { $endpoint } uses TLS, and the two sides do not trust each other: { $detail }
    .next = Check the certificates `ca.pem`, `cert.pem` and `key.pem` in the folder that `DOCKER_CERT_PATH` or your docker context names. They must belong to this engine.
connect-keys = { $path } cannot be used: { $detail }
    .next = The file must be a PEM file. Copy it from the engine's machine again.
connect-ssh = There is no connection to { $endpoint }: { $detail }
    .next = Make sure that `ssh` to that machine works without a question (a key, its host key accepted) and that `docker` is installed there.
connect-no-podman = Podman does not listen anywhere here.
    .next = Start its socket with `systemctl --user start podman.socket`, or run `podman system service --time=0` in another terminal.
connect-no-podman-root = Podman does not listen anywhere here.
    .next = Start its socket with `sudo systemctl start podman.socket`, or run `sudo podman system service --time=0` in another terminal.
connect-address = `{ $given }` is no engine's address.
    .next = It looks like `unix:///path/to/docker.sock` or `tcp://host:port`. `--engine` also takes `current` (your own engine) and `private`.
connect-context = The docker context `{ $name }` does not exist or cannot be read.
    .next = `docker context ls` lists the contexts; `docker context use default` goes back to the default.

# The private engine (sandbox)
sandbox-not-linux = The private engine runs on Linux only, and this computer runs { $os }.
    .next = Use the engine you have: --engine current.
sandbox-not-root = The private engine needs root.
    .next = Run it again with sudo, or use the engine you have: --engine current.
sandbox-missing = The private engine needs programs that are not installed: { $programs }.
    .next = Install them first (on Debian: packages { $packages }), or use the engine you have: --engine current.
sandbox-missing-apt = The private engine needs programs that are not installed: { $programs }.
    .next = Install them with `sudo apt-get install { $packages }`, or use the engine you have: --engine current.
sandbox-bad-root = The directory { $root } does not hold a whole Docker engine; these files are missing: { $files }.
    .next = Unpack that engine's packages there again, or use --engine private.
sandbox-bad-name = "{ $name }" cannot be the name of a private engine.
    .next = Use small letters, digits and hyphens, at most 40, a letter or digit first.
sandbox-long-path = { $over ->
    [one] The path { $path } is too long for a Unix socket, by one byte.
   *[other] The path { $path } is too long for a Unix socket, by { $over } bytes.
}
    .next = Choose a directory with a shorter path.
sandbox-busy = The private engine "{ $name }" is running already.
    .next = Use it in this shell with `eval "$(dermaga engine env)"`, or stop it first with `dermaga engine stop`.
sandbox-not-running = The private engine "{ $name }" is not running.
    .next = Start it with `dermaga engine start`.
sandbox-setup = The private engine could not be prepared, it ended at { $step }: { $error }
    { $tail }
    .next = Inside a container, the private engine needs --privileged. Otherwise use --engine current.
sandbox-died = The private engine ended before it was ready ({ $status }). The end of its log:
    { $tail }
    .next = The last line mostly tells why. If this engine cannot be used here, try --engine current.
sandbox-not-ready = The private engine did not answer within { $seconds } seconds. The end of its log:
    { $tail }
    .next = The computer may be very busy; try again.
sandbox-limits = The private engine did not start: a limit of this shell or container was reached (open files, processes or memory).
    { $detail }
    .next = Raise the limits (`ulimit -n`, `-u`, `-v`; in a container `--pids-limit`, `--memory`), then try again.
sandbox-memory = The private engine did not start: there is not enough memory.
    { $detail }
    .next = Close other programs, or raise the memory limit of this shell or container (`ulimit -v`), then try again.
sandbox-kernel = The private engine did not start: this kernel lacks something that Docker needs.
    { $detail }
    .next = Start a newer kernel (or load the module that the message names), or use the engine you have: `--engine current`.
sandbox-read-only = The private engine did not start: the file system it writes to is read-only.
    { $detail }
    .next = Set `XDG_CACHE_HOME` to a folder that can be written, then try again.
sandbox-overlay = The private engine did not start: this computer cannot put its root file system beneath an overlay, and without an overlay a lesson would change that file system. The system says: { $error }
    .next = In a container, overlays can be stacked twice at most. Run Dermaga outside, or use --engine current.
sandbox-chroot = The private engine did not start: the root here is a folder (chroot), not a file system.
    .next = First make the folder a file system: mount --bind FOLDER FOLDER, then chroot FOLDER. Otherwise use --engine current.
sandbox-forbidden = The private engine did not start: the system forbids a step that the engine needs.
    { $detail }
    .next = The engine needs real root, not the root of a user namespace. In a container it needs `--privileged`. Otherwise use `--engine current`.
sandbox-killed = The private engine was killed by the system before it was ready ({ $status }).
    { $detail }
    .next = Mostly memory has run out: `dmesg | tail` shows it. Give the engine more memory, then try again.
sandbox-no-space = The private engine has no room left: the disk of { $path } is full.
    .next = Make room there, or set XDG_CACHE_HOME to a folder on another disk.
sandbox-io = { $path } could not be used: { $error }
    .next = Look at its permissions and at the space left on the disk.
sandbox-started = The private engine is ready: Docker { $version }, socket { $socket }
    .next = Use it in this shell with `eval "$(dermaga engine env)"`; stop it with `dermaga engine stop`.
sandbox-no-pack = There is no image pack at { $path } yet, so `docker pull` on this engine cannot fetch anything.
sandbox-stopped = The private engine is stopped and everything in it is removed.
sandbox-none = No private engine is running.
    .next = Start one with `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), process { $pid }, for { $age }, socket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), process { $pid }, for { $age }, socket { $socket }; ends with process { $owner }
sandbox-age = { $hours } h { $minutes } min
sandbox-env = Published ports answer inside this engine's network. Enter that network with: { $enter } bash
