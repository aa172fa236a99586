# The machine's health; `.means` says what it means.
doctor-ready = Your computer is ready for lessons.
doctor-blocked = First correct the lines that are marked “✗ Mend”. Then run `dermaga doctor` again.
doctor-note = Note:
doctor-mend = Mend:
doctor-client = program `docker`: { $path }
doctor-no-client = The program `docker` was not found.
    .means = Without it no command of a lesson runs. Install Docker (on macOS and Windows: Docker Desktop).
doctor-only-podman = There is `podman`, but no `docker`.
    .means = Lessons type `docker`. Install Docker, or on Debian the package `podman-docker`.
doctor-engine = Docker engine { $version } answers at { $at }
doctor-podman = What answers at { $at } is podman { $version }, not Docker.
    .means = Most lessons work, but some output differs.
doctor-context = The Docker context `{ $name }` is not there or cannot be read.
    .means = Docker looks for its engine at an address that does not exist. Choose a context that exists.
doctor-address = The address of the Docker engine cannot be read.
    .means = The value of `DOCKER_HOST` is not an address.
doctor-permission = Your user may not use the socket { $at }.
    .means = The Docker engine runs; your user needs to be in the group `docker`.
doctor-down = The Docker engine is off: there is no socket at { $at }.
    .means = The program `docker` only sends commands; an engine in the background does the work.
doctor-down-wsl = The Docker engine is off: there is no socket at { $at }. This is WSL, Linux inside of Windows.
    .means = Do you use Docker Desktop? Open it in Windows and turn this distribution on in Settings → Resources → WSL integration. If your Docker is installed in here, start it.
doctor-no-bash = The program `bash` was not found.
    .means = Lessons run in bash. Your own shell stays as it is.
doctor-only-current = lessons run on this engine; the private engine works on Linux only
doctor-old-bash = The only `bash` here is macOS's own, version 3.2 of 2007.
    .means = Lessons run in it, but the tutor of `dermaga learn` needs bash 4.4 or newer to see when a command begins. Your own shell stays as it is.
doctor-engine-parts = The Docker engine is on this computer, but parts of it were not found: { $programs }.
    .means = `containerd` and `runc` run containers, `iptables` makes their network. Without them some commands fail.
doctor-stale-socket = The socket { $at } is there, but nobody answers at it.
    .means = It was left by an engine that died. Restart the engine.
doctor-host = `DOCKER_HOST` points to { $at }, but no engine answers there.
    .means = The address may come from an older setting, or that engine was stopped. Without `DOCKER_HOST`, `docker` goes back to your computer's own engine.
doctor-old = The Docker engine is too old: API { $api }.
    .means = Lessons need Docker 20.10 or newer.
doctor-not-an-engine = The program that answers at { $at } is not a Docker engine.
    .means = Check `DOCKER_HOST` and the Docker context.
doctor-silent = The engine at { $at } takes connections, but does not answer.
    .means = The engine may be busy, or hang.
doctor-unreachable = The engine at { $at } cannot be reached.
    .means = Check `DOCKER_HOST`, the Docker context and your network.
doctor-disk = disk space: { $free } at { $path }
doctor-disk-full = The disk is nearly full: { $free } left at { $path }.
    .means = New images do not fit. See what takes the space, then remove things that you do not need.
doctor-no-cgroups = This engine runs without cgroups (the kernel's limits of resources).
    .means = Lessons about limits of memory and CPU will not run as written.
doctor-cgroups-missing = No cgroups (the kernel's limits of resources) are mounted.
    .means = Without them no container starts.
doctor-hub = Docker Hub can be reached
doctor-hub-left = Docker Hub can be reached; { $count } image pulls are left
doctor-hub-distrusted = This computer does not trust the certificate that it gets at Docker Hub's address.
    .means = Mostly the network of an office or a campus opens https, or a Wi-Fi shows its login page. Open a browser first, or ask the people who run the network for its certificate.
doctor-no-network = Docker Hub cannot be reached.
    .means = New images cannot be pulled; those on your computer still work. Check your internet connection.
doctor-pull-limit = Few image pulls from Docker Hub are left: { $count }.
    .means = Logging in gives you more, or wait some hours.
doctor-clock = { $minutes ->
    [one] Your computer's clock is one minute off.
   *[other] Your computer's clock is { $minutes } minutes off.
}
    .means = Certificates of https will seem invalid, so images cannot be pulled.
doctor-clock-engine = { $minutes ->
    [one] The Docker engine's clock and your computer's differ by one minute.
   *[other] The Docker engine's clock and your computer's differ by { $minutes } minutes.
}
    .means = Certificates of https may seem invalid. On WSL and Docker Desktop, restart the engine.
doctor-clock-certificate = Your computer's clock seems wrong: by it, the certificate of Docker Hub is not valid.
    .means = Images cannot be pulled until the clock is right.
doctor-report = This text is about your computer and says nothing about you: no names, paths or addresses. Read it, then copy it into your report.
