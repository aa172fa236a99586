# engine (en)

# The private engine (sandbox)
sandbox-not-linux = The private engine runs on Linux only, and this computer runs { $os }. Use the engine you have: `--engine current`.
sandbox-not-root = The private engine needs root. Run it again with `sudo`, or use the engine you have: `--engine current`.
sandbox-missing-apt = The private engine needs programs that are not installed: { $programs }. Install them with `sudo apt-get install { $packages }`, or use the engine you have: `--engine current`.
sandbox-missing = The private engine needs programs that are not installed: { $programs } (on Debian: packages { $packages }). Install them first, or use the engine you have: `--engine current`.
sandbox-bad-name = "{ $name }" cannot be the name of a private engine. Use small letters, digits and hyphens, at most 40, a letter or digit first.
sandbox-long-path = The directory { $path } is too long for a Unix socket, by { $over } bytes. Choose a directory with a shorter path.
sandbox-busy = The private engine "{ $name }" is running already. Stop it first with `dermaga engine stop`, or use another name.
sandbox-not-running = The private engine "{ $name }" is not running. Start it with `dermaga engine start`; see what runs with `dermaga engine status`.
sandbox-setup = The private engine could not be prepared, it ended at { $step }: { $error }. If you are inside a container, that needs `--privileged`.
sandbox-died = The private engine ended before it was ready ({ $status }). The end of its log:
sandbox-not-ready = The private engine did not answer within { $seconds } seconds. The computer may be very busy; try again. The end of its log:
sandbox-io = { $path } could not be used: { $error }. Look at its permissions and at the space left on the disk.
sandbox-started = The private engine "{ $name }" is ready: Docker { $version }, socket { $socket }.
sandbox-start-next = Use it in this shell with `eval "$(dermaga engine env)"`, stop it with `dermaga engine stop`.
sandbox-stopped = The private engine "{ $name }" is stopped and all it held is removed.
sandbox-none = No private engine is running. Start one with `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), process { $pid }, since { $since }, socket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), process { $pid }, since { $since }, belongs to process { $owner }
sandbox-recovered = { $count ->
    [one] One private engine that ended abruptly was cleaned up after.
   *[other] { $count } private engines that ended abruptly were cleaned up after.
}
