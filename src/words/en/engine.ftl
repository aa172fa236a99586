# engine (en)

# The private engine (sandbox)
sandbox-not-linux = The private engine runs on Linux only, and this computer runs { $os }.
    .next = Use the engine you have: --engine current.
sandbox-not-root = The private engine needs root.
    .next = Run it again with sudo, or use the engine you have: --engine current.
sandbox-missing = The private engine needs programs that are not installed: { $programs }.
    .next = Install them first (on Debian: packages { $packages }), or use the engine you have: --engine current.
sandbox-missing-apt = The private engine needs programs that are not installed: { $programs }.
    .next = Install them with `sudo apt-get install { $packages }`, or use the engine you have: --engine current.
sandbox-bad-name = "{ $name }" cannot be the name of a private engine.
    .next = Use small letters, digits and hyphens, at most 40, a letter or digit first.
sandbox-long-path = The path { $path } is too long for a Unix socket, by { $over } bytes.
    .next = Choose a directory with a shorter path.
sandbox-busy = The private engine "{ $name }" is running already.
    .next = Stop it first with `dermaga engine stop`; see what runs with `dermaga engine status`.
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
sandbox-io = { $path } could not be used: { $error }
    .next = Look at its permissions and at the space left on the disk.
sandbox-started = The private engine is ready: Docker { $version }, socket { $socket }
    .next = Use it in this shell with `eval "$(dermaga engine env)"`; stop it with `dermaga engine stop`.
sandbox-no-pack = There is no image pack at { $path } yet, so `docker pull` on this engine cannot fetch anything.
sandbox-stopped = The private engine is stopped and all it held is removed.
sandbox-none = No private engine is running.
    .next = Start one with `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), process { $pid }, for { $age }, socket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), process { $pid }, for { $age }, socket { $socket }; ends with process { $owner }
sandbox-age = { $hours } h { $minutes } min
sandbox-env = Published ports answer inside this engine's network. Go there with: { $enter } bash
