# Why a command failed; `.next` says what to do.
explain-show = See for yourself: { $command }

# The engine
explain-engine-down = The Docker engine does not answer at { $at }: it may be off, or that may not be its address.
    .next = Start it: `sudo systemctl start docker`, or open Docker Desktop.
explain-engine-down-desktop = The Docker engine does not answer. Usually its program has not been opened yet.
    .next = Open Docker Desktop (or start the engine), wait until it is ready, then try again.
explain-engine-gone = The Docker engine stopped answering in the middle of this command.
    .next = Make sure that it runs again, then repeat your command.
explain-cut-off = The connection was cut half-way. The Docker engine itself still runs.
    .next = Run the same command once more.
explain-engine-permission = The Docker engine runs, but your user may not use its socket, { $at }.
    .next = Add your user to the group `docker`: `sudo usermod -aG docker $USER`. Then log out and in again.
explain-engine-unreachable = The Docker engine that is meant cannot be reached.
    .next = `DOCKER_HOST` or the Docker context may point to another computer; check the address.
explain-api-too-new = Client and engine are of different ages: your client asks for API { $client }, the engine knows up to { $server }.
    .next = Remove `DOCKER_API_VERSION` if it is set (`unset DOCKER_API_VERSION`), or update the Docker engine.
explain-api-too-old = This docker client is too old: it speaks API { $client }, the engine wants at least { $server }.
    .next = Remove `DOCKER_API_VERSION` if it is set (`unset DOCKER_API_VERSION`), or update the docker client.
explain-context-unknown = There is no Docker context named `{ $name }`. A context is an engine's address saved under a name.
    .next = Choose a name from the list; `docker context use default` goes back to the usual one.
explain-swarm-off = This command is for a Swarm cluster (several Docker engines working together), and this engine is not in one.
    .next = On a single computer, use `docker run` or Docker Compose.

# Registries
explain-image-unknown = The registry has no image `{ $image }` that you may pull: a slip in the name, or the image is private.
    .next = Check the spelling. For a private image, log in first with `docker login`.
explain-image-unknown-near = The registry has no image `{ $image }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-tag-unknown = The image exists, but not with this tag: `{ $image }` is not in the registry.
    .next = The tag is what follows the colon. Look for the tags there are on the image's page in the registry.
explain-tag-unknown-near = The image `{ $name }` has no tag `{ $tag }`. Perhaps you meant `{ $name }:{ $near }`.
    .next = Repeat your command with `{ $name }:{ $near }`.
explain-tag-unknown-list = The image `{ $name }` has no tag `{ $tag }`. Known here: { $names }.
    .next = Use one of these tags, or look for others on the image's page in the registry.
explain-image-platform = The image `{ $image }` here was made for { $actual }, but { $wanted } was asked for.
    .next = Leave out `--platform`, so that the one for your computer is used.
explain-image-platform-none = This image is not available for the platform (kind of processor) that was asked for.
    .next = Leave out `--platform` if you wrote it, or choose an image that exists for your computer.
explain-login-needed = This registry wants you to log in before you pull `{ $image }`.
    .next = Run `docker login` with the registry's address, then try again.
explain-login-wrong = The registry refused the user name or the password.
    .next = Try `docker login` again; many registries want a token, not your usual password.
explain-push-denied = The registry does not let you push to `{ $image }`: it is not yours, or you are not logged in.
    .next = Tag it with your name in front, such as `docker tag { $image } YOURNAME/{ $image }`, then `docker login`.
explain-pull-limit = The registry limits how many images are pulled, and this connection has used up its share. Not your fault.
    .next = Wait some hours, or log in with `docker login`. Images already on your computer still work.
explain-own-registry = No registry answers at { $host }, your own computer.
    .next = Start the registry's container first, or check its port.
explain-plain-registry = The registry { $host } only speaks unencrypted http, and Docker asks for https.
    .next = Only `localhost` may go without; for others add it to `insecure-registries` in the engine's settings.
explain-proxy = The Docker engine goes through the proxy (a server in between) { $host }, which does not answer.
    .next = Check the engine's proxy settings.
explain-name-server = The name `{ $host }` could not be looked up: the name server (DNS) does not answer. Usually the internet is down.
    .next = Check your internet connection, then try again.
explain-host-unknown = There is no host named `{ $host }`. The first part of an image's name is a registry's address if it has a dot.
    .next = Check the spelling of that address.
explain-no-network = The registry cannot be reached from the Docker engine. Usually the internet is down.
    .next = Check your internet connection, then try again.
explain-certificate = The certificate of { $host } is not trusted: there may be a proxy in between, or the registry has one of its own making.
    .next = Ask whoever runs that network or registry.
explain-certificate-time = The certificate of { $host } seems expired or not yet valid. Often it is the computer's clock that is wrong.
    .next = Set your computer's date and time right, then try again.
explain-registry-error = The registry answered with an error of its own. Your command is fine.
    .next = Try again in a while.
explain-layer-damaged = A layer of the image was damaged on its way: its content does not match its digest (fingerprint).
    .next = Pull again; what was damaged has not been kept.

# Containers
explain-port-taken = Port { $port } of your computer is already used by another program.
    .next = Use another port, such as `-p { $publish }`.{ $made ->
        [none] {""}
       *[other] {" "}The container `{ $made }` was made all the same; remove it first: `docker rm { $made }`.
    }
explain-port-taken-container = Port { $port } is already used by the container `{ $name }`.
    .next = Use another port, such as `-p { $publish }`, or stop the old one: `docker stop { $name }`.{ $made ->
        [none] {""}
       *[other] {" "}The container `{ $made }` was made all the same; remove it first: `docker rm { $made }`.
    }
explain-port-taken-foreign = Port { $port } is already used by the container `{ $name }`, which is not this lesson's.
    .next = Let it run, and use another port, such as `-p { $publish }`.{ $made ->
        [none] {""}
       *[other] {" "}The container `{ $made }` was made all the same; remove it first: `docker rm { $made }`.
    }
explain-port-taken-process = Port { $port } is already used by the program `{ $program }` (process { $pid }), outside of Docker.
    .next = Use another port, such as `-p { $publish }`, or stop that program.{ $made ->
        [none] {""}
       *[other] {" "}The container `{ $made }` was made all the same; remove it first: `docker rm { $made }`.
    }
explain-port-privileged = Port { $port } is for root only, and this Docker engine runs without root.
    .next = Use port 1024 or higher, such as `-p 8080:80`.
explain-port-invalid = That port cannot be read. Its form is COMPUTER_PORT:CONTAINER_PORT, numbers from 1 to 65535.
    .next = For example `-p 8080:80`.
explain-port-empty = After `{ $value }` a port is missing: the one inside the container.
    .next = Write both without a space, such as `-p 8080:80`.
explain-name-taken = The name `{ $name }` belongs to another container. A name is for one container only.
    .next = Use another name, or remove the old one with `docker rm { $name }`.
explain-name-taken-running = The name `{ $name }` belongs to a container that is running (of the image `{ $image }`).
    .next = Use another name, or remove the old one: `docker rm -f { $name }`.
explain-name-taken-stopped = The name `{ $name }` still belongs to an old container that { $state ->
        [created] never ran
        [paused] is paused
       *[other] has stopped
    }. A container stays until it is removed.
    .next = Start the old one again (`docker start { $name }`), or remove it first (`docker rm { $name }`).
explain-name-invalid = `{ $name }` cannot be a container's name.
    .next = Use at least two letters or digits, no spaces; dots, underscores and hyphens may be inside.
explain-remove-running = The container `{ $name }` is still running, and what runs is not simply removed.
    .next = Stop it first: `docker stop { $name }`, then remove it. Both at once: `docker rm -f { $name }`.
explain-not-running = The container `{ $name }` is not running, and this command needs one that runs.
    .next = Start it with `docker start { $name }`, then try again.
explain-not-running-created = The container `{ $name }` was made, but never started.
    .next = Start it with `docker start { $name }`, then try again.
explain-not-running-done = The container `{ $name }` has stopped: its main process finished (status 0).
    .next = A container lives as long as its main process. `docker start { $name }` runs it once more.
explain-not-running-failed = The container `{ $name }` has stopped: its main process ended with status { $exit }.
    .next = Its log tells why: `docker logs { $name }`.
explain-not-running-oom = The container `{ $name }` has stopped: it used more memory than its limit, so its process was killed.
    .next = Raise the limit (`-m`) when you make it again.
explain-paused = The container `{ $name }` is paused.
    .next = Let it go on with `docker unpause { $name }`, then try again.
explain-no-container = There is no container named `{ $name }`.
    .next = Look which names there are, also of those that have stopped.
explain-no-container-near = There is no container named `{ $name }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-container-list = There is no container named `{ $name }`. There are: { $names }.
    .next = Use one of these names.
explain-no-container-none = There is no container named `{ $name }`; in fact there are none at all right now.
    .next = Make one first with `docker run`.
explain-no-file-inside = Inside the container `{ $name }` there is no `{ $path }`.
    .next = The path after the colon starts at the container's root (`/`); check the spelling.
explain-no-object = There is no container, image, network or volume named `{ $name }`.
    .next = Check the spelling with `docker ps -a`, `docker images`, `docker network ls` or `docker volume ls`.
explain-exec-missing = The image `{ $image }` has no program `{ $word }`, so the container could not start.
    .next = What follows the image's name is the command inside the container; check the spelling.
explain-exec-missing-exec = Inside the container `{ $name }` there is no program `{ $word }`.
    .next = Images often hold few programs. Check the spelling, or use one that is there.
explain-exec-missing-bash = There is no `bash` in this image. Small images usually have only `sh`.
    .next = Try again with `sh` in place of `bash`.
explain-flag-after-image = `{ $word }` stands after the image's name, so Docker takes it for the command inside the container.
    .next = Move options before the image's name: `docker run { $word } … { $image }`.
explain-exec-denied = `{ $word }` is there, but cannot be run: it is a directory, or a file without permission to run.
    .next = Give permission with `chmod +x` before it is copied into the image, or name the right program.
explain-exec-format = That program file cannot run here: it was made for another kind of processor, or it is a script without `#!/bin/sh` as its first line.
    .next = If it is a script, add `#!/bin/sh` as the first line.
explain-exec-format-image = The image `{ $image }` was made for { $actual } processors, and this computer is { $wanted }.
    .next = Use the image for { $wanted }: pull it again with `--platform linux/{ $wanted }`.
explain-no-command = The image `{ $image }` does not say what to run (no CMD), and your command does not either.
    .next = Write the command after the image's name, or add `CMD` to the Dockerfile.
explain-user-unknown = There is no user `{ $user }` inside the container.
    .next = Use a user that the image has, or a number.
explain-memory-low = That memory limit is too small: Docker wants at least { $least }.
    .next = For example `-m 64m`.
explain-size-invalid = `{ $value }` is no size.
    .next = Write a number with b, k, m or g, such as `64m`.
explain-cpu-range = This computer has only { $most } CPUs.
    .next = Ask for that many at most.
explain-no-gpu = This engine cannot give a GPU to containers: what that needs is not installed.
    .next = Run without `--gpus`, or install GPU support for Docker.
explain-restart-and-rm = `--rm` removes the container when it stops, `--restart` starts it again; they do not go together.
    .next = Choose one.
explain-ended-137 = The process was killed (137 = 128 + signal 9, KILL), for example by `docker kill`, `docker rm -f`, or `docker stop` after its grace time.
explain-ended-139 = The program made a memory error and the kernel stopped it (139 = 128 + signal 11, SEGV).
    .next = The fault is in the program inside the image, not in your command. Try another version of the image.
explain-ended-143 = The process was asked to stop and did (143 = 128 + signal 15, TERM), for example by `docker stop`.
explain-ended-oom = The process used more memory than its limit{ $limit ->
        [none] {""}
       *[other] {" "}({ $limit })
    }, so the kernel killed it (status 137).
    .next = Raise the limit with `-m`, or let the program use less.
explain-ended-at-once = The container `{ $name }` stopped at once (status 0): its command, `{ $run }`, was finished.
    .next = A container lives as long as its main process. Give it a command that goes on, such as `sleep 1000`.
explain-ended-at-once-shell = The container `{ $name }` stopped at once (status 0): `{ $run }` has no terminal, so there was nothing to do.
    .next = Give it a command that goes on, such as `sleep 1000`, or use `-it` to type inside it.
explain-ended-at-once-failed = The container `{ $name }` stopped at once: `{ $run }` ended with status { $exit }.
    .next = The reason is usually in its log.
explain-missing-inside = Inside the container there is no program `{ $word }`.
    .next = Check the spelling; images often hold few programs.

# Images, volumes, networks
explain-no-image = There is no image `{ $image }` on your computer.
    .next = Look which images there are, or pull it first with `docker pull`.
explain-no-image-near = There is no image `{ $image }` on your computer. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-image-list = There is no image `{ $image }` on your computer. There are: { $names }.
    .next = Use one of them, or pull it first with `docker pull { $image }`.
explain-no-image-none = There is no image `{ $image }`; your computer has no images yet.
    .next = Pull it first with `docker pull { $image }`.
explain-image-in-use = The image `{ $image }` is still used by a container, so it was not removed.
    .next = Remove the container first; one that has stopped still uses its image.
explain-image-in-use-running = The image `{ $image }` is used by the container `{ $name }`, which is running.
    .next = Remove the container first: `docker rm -f { $name }`.
explain-image-in-use-stopped = The image `{ $image }` is still used by the container `{ $name }`, although that one has stopped.
    .next = Remove the container first: `docker rm { $name }`.
explain-image-many-names = The image `{ $image }` has several names, so Docker does not know which you mean.
    .next = Remove the names one by one (`docker rmi NAME:TAG`).
explain-image-has-children = Other images are built on `{ $image }`, so it cannot be removed yet.
    .next = Remove those first.
explain-no-volume = There is no volume named `{ $volume }`.
    .next = Look which names there are.
explain-no-volume-near = There is no volume named `{ $volume }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-volume-list = There is no volume named `{ $volume }`. There are: { $names }.
    .next = Use one of these names.
explain-no-volume-none = There is no volume named `{ $volume }`; there are no named volumes at all yet.
    .next = Make it with `docker volume create { $volume }`.
explain-volume-in-use = The volume `{ $volume }` is still used by a container, so it was not removed.
    .next = Remove the container first; one that has stopped still uses its volume.
explain-volume-in-use-running = The volume `{ $volume }` is used by the container `{ $name }`, which is running.
    .next = Remove the container first: `docker rm -f { $name }`. What is in the volume stays.
explain-volume-in-use-stopped = The volume `{ $volume }` is still used by the container `{ $name }`, although that one has stopped.
    .next = Remove the container first: `docker rm { $name }`.
explain-relative-source = `{ $path }` was taken for a volume's name, because the path does not begin with `/`.
    .next = For a directory of your computer write the whole path: `-v "$(pwd)/…":/…`.
explain-relative-target = The mount's target `{ $path }` must be a whole path inside the container.
    .next = Begin it with `/`, such as `-v data:/{ $path }`.
explain-bind-missing = On the computer where the Docker engine runs there is no `{ $path }` to mount.
    .next = Check the spelling, or make it first with `mkdir`.
explain-mount-kinds = You mount a directory where a file is, or the other way round. Both must be of one kind.
    .next = Check that the source file exists; what does not exist, Docker makes as a directory.
explain-workdir-relative = The working directory `{ $path }` must be a whole path inside the container.
    .next = Begin it with `/`, such as `-w /{ $path }`.
explain-no-such-network = There is no Docker network named `{ $network }`.
    .next = Make it first: `docker network create { $network }`.
explain-no-such-network-near = There is no Docker network named `{ $network }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`, or make it first: `docker network create { $network }`.
explain-no-such-network-list = There is no Docker network named `{ $network }`. There are: { $names }.
    .next = Use one of them, or make it first: `docker network create { $network }`.
explain-network-in-use = The network `{ $network }` is still used by running containers, so it was not removed.
    .next = Stop or disconnect them first.
explain-network-in-use-names = The network `{ $network }` is still used by: { $names }.
    .next = Disconnect first: `docker network disconnect { $network } { $name }`, or remove the container.
explain-network-built-in = `{ $network }` is one of Docker's own networks and cannot be removed.
    .next = Leave it; make networks of your own with `docker network create`.
explain-network-exists = The network `{ $network }` exists already, so it need not be made again.
    .next = Just use it, or choose another name.
explain-already-connected = The container `{ $name }` is already connected to the network `{ $network }`.
    .next = There is no need to connect it again.
explain-no-space = The Docker engine's disk is full, so nothing more can be written.
    .next = See what takes the space, then remove what you no longer need.
explain-no-space-inside = The Docker engine's disk is full.
    .next = See what takes the space, then remove what you no longer need.
explain-no-space-engine = The Docker engine's disk is full: { $free } are left at { $path }.
    .next = `docker system df` shows what Docker uses. Remove containers and images that you no longer need.

# The command line
explain-no-tty = `-t` asks for a terminal, but this command's input is none (it comes from a script or a pipe `|`).
    .next = Leave out `-t`: use `-i` alone, or neither.
explain-command-unknown = Docker has no command `{ $word }`.
    .next = See the list of commands.
explain-command-unknown-near = Docker has no command `{ $word }`. Perhaps you meant `docker { $near }`.
    .next = Try again with `docker { $near }`.
explain-compose-missing = Docker Compose is not installed: an addition that runs several containers from one file.
    .next = Install its package (`docker-compose-v2` or `docker-compose-plugin`); `dermaga doctor` tells you how.
explain-compose-file = There is no file `compose.yaml` in this directory.
    .next = Change to the directory that has it, or name it with `-f`.
explain-flag-unknown = `docker { $verb }` has no option `{ $flag }`.
    .next = See the list of options.
explain-flag-unknown-near = `docker { $verb }` has no option `{ $flag }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`.
explain-letter-unknown = `docker { $verb }` has no option `{ $flag }`.
    .next = See the list of options.
explain-letter-unknown-near = `{ $flag }` with one hyphen is read letter by letter. Perhaps you meant `{ $near }`.
    .next = Long names of options begin with two hyphens: `{ $near }`.
explain-flag-needs-value = The option `{ $flag }` still needs a value after it.
    .next = Write the value, then try again.
explain-flag-value = `{ $value }` is no value for the option `{ $flag }`.
    .next = Its value must follow the option at once; names and the rest come after it.
explain-too-few = `docker { $verb }` needs more: after it comes what to work on, such as a name.
    .next = The line `Usage` shows its form.
explain-too-many = `docker { $verb }` was given too many words.
    .next = The line `Usage` shows its form. A value with spaces needs quotes.
explain-space-in-image = There is a blank in the image's name: `{ $apart }`.
    .next = Name, colon and tag are written together: `{ $together }`.
explain-build-without-context = `docker build` still needs the directory to build from (the build context). For this directory: a dot.
    .next = Add the dot at the end: `docker build … .`
explain-reference = `{ $image }` cannot be an image's name.
    .next = Its form is NAME:TAG with lower-case letters, digits, dots, underscores and hyphens.
explain-reference-capital = An image's name may not have capital letters: `{ $image }`.
    .next = Write `{ $near }`.
explain-reference-dash = `{ $image }` begins with a long dash (–), often from copy and paste, so it was taken for the image's name.
    .next = Type it with two plain hyphens: `{ $near }`.
explain-reference-space = An image's name may not have spaces: `{ $image }`.
    .next = Write it without, such as `{ $near }`.
explain-reference-scheme = An image's name is no web address: `{ $image }`.
    .next = Write it without `https://`: `{ $near }`.
explain-reference-colon = In `{ $image }` a colon has no name or tag beside it. Perhaps a space slipped in.
    .next = Write NAME:TAG without a space, or just `{ $near }`.
explain-file-missing = There is no file `{ $path }` in this directory.
    .next = Check the spelling and the directory you are in.
explain-docker-missing = The program `docker` was not found: it is not installed, or not on your `PATH` (the list of program directories).
    .next = `dermaga doctor` tells you how to install it on your computer.
explain-program-unknown = There is no command `{ $word }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`.
explain-program-capital = The shell tells capital letters from small ones: `{ $word }` is not `{ $near }`.
    .next = Try again with `{ $near }`.
explain-program-none = There is no command `{ $word }` here.
    .next = Check how it is spelt. Commands of Docker begin with `docker` and a space.
explain-sudo-missing = There is no `sudo` here, and none is needed.
    .next = Try again without `sudo`.
explain-sudo-apart = `sudo` is not needed here: this lesson's engine is yours, and `docker` reaches it without.
    .next = Try again without `sudo`, exactly as the lesson asks.
explain-sudo-past = With `sudo` your command reached Docker past Dermaga. What it made is not marked as this lesson's: Dermaga cannot clean it up or undo it for you.
    .next = Remove it yourself (`sudo docker rm`, `sudo docker rmi`) and try again without `sudo`.
explain-sudo-elsewhere = `sudo` runs `docker` as another user, who does not know the address of this lesson's engine.
    .next = Try again without `sudo`.
explain-engine-elsewhere = No Docker engine answers at { $at }. The engine of this lesson itself runs.
    .next = That address comes from `-H`, `DOCKER_HOST` or a Docker context. Without it your command reaches the right engine.
explain-engine-elsewhere-unnamed = Your command asked another Docker engine, and that one cannot be reached. This lesson's own engine runs.
    .next = That address comes from `-H`, `DOCKER_HOST` or a Docker context. Without it your command reaches the right engine.
explain-shell-syntax = The shell cannot read that line; it stopped at `{ $word }`. Docker was not run.
    .next = `<`, `>`, `(`, `)`, `&` and `|` mean something to the shell. Write names without angle brackets, and close every quotation mark.
explain-shell-end = The shell waits for another word at the end of that line, so Docker was not run.
    .next = `<`, `>`, `&` and `|` mean something to the shell. Write names without angle brackets.
explain-shell-quote = A quotation mark was opened and not closed, so Docker was not run.
    .next = Quotation marks come in pairs: close it with the same one.
explain-shell-redirect = To the shell, `<` means “read from a file”, and there is no such file. Docker was not run.
    .next = The angle brackets only mark a place: put the real name instead of all of `<{ $word }>`.
explain-typed-quote = The quotation mark { $sign } is none to the shell. Mostly it comes from copy and paste.
    .next = Type it anew with the plain ones of your keyboard: ' or ".
explain-typed-dash = `{ $word }` begins with a long dash, mostly from copy and paste, so it is not read as an option.
    .next = Type it anew with plain hyphens: `{ $near }`.
explain-typed-space = That command has a special space in it, mostly from copy and paste, which separates no words.
    .next = Type the command anew with plain spaces.

# Commands like the one that is asked for
explain-slip-nothing = `docker` alone only shows its help.
    .next = A verb must follow, such as `docker ps`.
explain-slip-verb = This step uses `docker { $expected }`, and you ran `docker { $found }`.
    .next = Try again with `docker { $expected }`.
explain-slip-verb-hidden = `docker { $found }` does something else than this step asks for.
    .next = Read the step's last sentence again, or type `hint`.
explain-slip-flag-behind = You wrote the option `{ $flag }` after a name, so `docker { $verb }` did not get it.
    .next = Options of `docker { $verb }` come before the name of the image or container.
explain-slip-flag-missing = The option `{ $flag }` is missing from the `docker { $verb }` you typed.
    .next = Add `{ $flag }` and try again.
explain-slip-value = The option `{ $flag }` should have `{ $expected }`, and you wrote `{ $found }`.
    .next = Try again with `{ $flag } { $expected }`.
explain-slip-word-missing = Your command is not complete: `{ $expected }` is missing.
    .next = Add `{ $expected }` at its end and try again.
explain-slip-word = `{ $expected }` is expected, and you wrote `{ $found }`.
    .next = Try again with `{ $expected }`.
explain-slip-word-extra = The word `{ $found }` is not needed here.
    .next = Try again without it.
explain-slip-flag-extra = The option `{ $flag }` is not needed here, and changes what happens.
    .next = Try again without it.
explain-slip-hidden = `docker { $verb }` is right, but a name, an option or a value is not yet what this step asks for.
    .next = Compare what you typed with the step's sentence, or type `hint`.

# Building
explain-instruction-unknown = Line { $line } of the Dockerfile begins with `{ $word }`, which is no instruction.
    .next = Check the spelling: FROM, RUN, COPY, WORKDIR, ENV, EXPOSE, CMD and others.
explain-instruction-unknown-near = Line { $line } of the Dockerfile begins with `{ $word }`. Perhaps you meant `{ $near }`.
    .next = Mend that line, then build again.
explain-dockerfile-wrong = Line { $line } of the Dockerfile cannot be read: { $said }
    .next = Mend that line, then build again.
explain-dockerfile-missing = There is no file named `Dockerfile` in that directory.
    .next = Change to the directory that has it, or name it with `-f`. It has a capital D and no ending.
explain-dockerfile-empty = That Dockerfile is empty.
    .next = Save its content first; the first line is usually `FROM …`.
explain-from-missing = A Dockerfile begins with `FROM`: the image it builds on.
    .next = Add `FROM …` above the other instructions.
explain-context-missing = There is no directory `{ $path }`.
    .next = The last word of `docker build` is the directory to build from; a dot (`.`) means this one.
explain-copy-missing = What should be copied, `{ $path }`, is not in the build context (the directory you gave to `docker build`).
    .next = Check the spelling. What `.dockerignore` lists is left out too.
explain-copy-outside = `{ $path }` is outside of the build context; only what is in the directory you gave can be copied.
    .next = Move the file inside, or build from the directory above.
explain-step-failed = A command of the Dockerfile failed with status { $status }: { $run }
    .next = The reason is in the output just above this message.
explain-buildx-missing = This docker was asked to build with BuildKit, but the addition for that (buildx) is not installed.
    .next = Install the package `docker-buildx` (or `docker-buildx-plugin`), or remove `DOCKER_BUILDKIT=1`.
