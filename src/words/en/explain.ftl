# Why a command failed; `.next` says what to do.
explain-show = See for yourself: { $command }

# The engine
explain-engine-down = The Docker engine does not answer at { $at }: the engine may be off, or its address may be another one.
    .next = Start the engine: `sudo systemctl start docker`, or open Docker Desktop.
explain-engine-down-desktop = The Docker engine does not answer. Usually its program has not been opened yet.
    .next = Open Docker Desktop (or start the engine), wait until it is ready, then try again.
explain-engine-gone = The Docker engine stopped answering in the middle of this command.
    .next = Make sure that the engine runs again, then repeat your command.
explain-cut-off = The connection was cut half-way. The Docker engine itself still runs.
    .next = Run the same command once more.
explain-engine-permission = The Docker engine runs, but your user may not use its socket, { $at }.
    .next = Add your user to the group `docker`: `sudo usermod -aG docker $USER`. Then log out and in again.
explain-engine-unreachable = The Docker engine that your docker client uses cannot be reached.
    .next = `DOCKER_HOST` or the Docker context may point to another computer; check the address.
explain-api-too-new = Your docker client and the engine do not fit: the client asks for API { $client }, the engine knows up to { $server }.
    .next = Remove `DOCKER_API_VERSION` if it is set (`unset DOCKER_API_VERSION`), or update the Docker engine.
explain-api-too-old = This docker client is too old: it speaks API { $client }, the engine wants at least { $server }.
    .next = Remove `DOCKER_API_VERSION` if it is set (`unset DOCKER_API_VERSION`), or update the docker client.
explain-context-unknown = There is no Docker context named `{ $name }`. A context is a name for an engine's address.
    .next = Choose a name from the list; `docker context use default` goes back to the default one.
explain-context-unknown-near = There is no Docker context named `{ $name }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`.
explain-swarm-off = This command is for a Swarm cluster (several Docker engines working together), and this engine is not in one.
    .next = On a single computer, use `docker run` or Docker Compose.

# Registries
explain-image-unknown = The registry has no image `{ $image }` that you may pull: the name is misspelt, or the image is private.
    .next = Check the spelling. For a private image, log in first with `docker login`.
explain-image-unknown-near = The registry has no image `{ $image }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-image-hub-asked = Docker Hub has no image `{ $image }`. Docker asked there because `{ $first }` has no dot and no port, so that part is not a registry's address.
    .next = Write the registry's whole address before the first `/`.
explain-image-forgotten = No image stands before `{ $word }`, so Docker takes `{ $word }` for the image.
    .next = Write the image in front of `{ $word }`, then try again.
explain-run-container = `{ $name }` is a container that exists already, and `docker { $verb }` needs an image to make a new container.
    .next = `docker images` lists the images. To start that container again: `docker start { $name }`.
explain-run-container-running = `{ $name }` is a container that is running, and `docker { $verb }` needs an image to make a new container.
    .next = To run a program in that container, use `docker exec`.
explain-variable-text = The variable `{ $word }` holds the text of a command, so Docker read the word `docker` as a name.
    .next = To keep a command's output in the variable, write: `{ $word }=$(docker …)`.
explain-tag-unknown = The image exists, but not with this tag: `{ $image }` is not in the registry.
    .next = The tag follows the colon. The image's page in the registry lists all tags.
explain-tag-unknown-near = The image `{ $name }` has no tag `{ $tag }`. Perhaps you meant `{ $name }:{ $near }`.
    .next = Repeat your command with `{ $name }:{ $near }`.
explain-tag-unknown-list = The image `{ $name }` has no tag `{ $tag }`. Known here: { $names }.
    .next = Use one of these tags, or look for others on the image's page in the registry.
explain-image-other-registry = This step takes `{ $path }` from another registry, not from { $host }.
    .next = Put the host of that registry in front of `{ $path }` and try again.
explain-image-still-to-make = The image `{ $image }` does not exist yet: this step makes it with `docker { $maker }`.
    .next = Run that command first.
explain-image-not-pushed = The registry at `{ $host }` does not have `{ $image }`. A registry holds only images that were pushed to it, so a new one is empty.
    .next = Give a local image this name with `docker tag`, then send it: `docker push { $image }`.
explain-image-second = The first word after the options is read as the image, so Docker looks for an image `{ $word }`.
    .next = The image is `{ $image }`. To name the container: `{ $near }`.
explain-image-second-named = The first word after the options is read as the image, so Docker looks for an image `{ $word }`.
    .next = The image is `{ $image }`, so `{ $word }` is not needed: `{ $near }`.
explain-image-as-name = Name and image are swapped: after `--name` comes the container's name, and `{ $image }` is an image.
    .next = Swap them: `{ $near }`.
explain-image-or-tag-unknown = The registry has no `{ $image }`: either the image's name or its tag is wrong.
    .next = Check both on the image's page.
explain-registry-denied = The registry refuses `{ $image }`: there is no such image, or only people who are logged in may pull it.
    .next = Check the spelling. For a private image, run `docker login` with the registry's address first.
explain-image-platform = The image `{ $image }` here was made for { $actual }, but { $wanted } was asked for.
    .next = Leave out `--platform`; then Docker uses the image for your computer.
explain-image-platform-none = This image is not available for the platform (kind of processor) that Docker asked for.
    .next = Leave out `--platform` if you wrote it, or choose an image that exists for your computer.
explain-login-needed = This registry wants you to log in before you pull `{ $image }`.
    .next = Run `docker login` with the registry's address, then try again.
explain-login-wrong = The registry refused the user name or the password.
    .next = Try `docker login` again; many registries want a token, not your usual password.
explain-push-denied = The registry does not let you push to `{ $image }`: it is not yours, or you are not logged in.
    .next = Tag it with your name in front, such as `docker tag { $image } YOURNAME/{ $image }`, then `docker login`.
explain-push-other-registry = `{ $image }` does not begin with a registry's address, so Docker asked Docker Hub, and Docker Hub does not let you push there. This step pushes to another registry.
    .next = With `docker tag`, give the image a name that begins with the address of that registry. Then push that name.
explain-pull-limit = The registry limits how many images are pulled, and this connection has used up its share. Not your fault.
    .next = Wait some hours, or log in with `docker login`. Images already on your computer still work.
explain-own-registry = No registry answers at { $host }, your own computer.
    .next = Start the registry's container first, or check its port.
explain-own-registry-near = No registry answers at { $host }, your own computer. This lesson's registry is at { $near }.
    .next = Try again with `{ $near }`.
explain-own-registry-context = The address { $host } means the machine that runs this command, `{ $context }`; no registry answers there.
    .next = Name the registry by the machine on which it runs, not `localhost`.
explain-registry-refused = Nothing answers at { $host } when the engine asks there: no registry runs there, or the registry listens only on its own machine (127.0.0.1).
    .next = Check the address and its port, and whether the registry's container runs there.
explain-plain-registry = The registry { $host } only speaks unencrypted http, and Docker asks for https.
    .next = Docker allows http only for `localhost`. Add any other registry to `insecure-registries` in the engine's settings.
explain-proxy = The Docker engine goes through the proxy (a server in between) { $host }, which does not answer.
    .next = Check the engine's proxy settings.
explain-name-server = The name `{ $host }` could not be looked up: the name server (DNS) does not answer. Usually the internet is down.
    .next = Check your internet connection, then try again.
explain-host-unknown = There is no host named `{ $host }`. The first part of an image's name is a registry's address if it has a dot.
    .next = Check the spelling of that address.
explain-host-unknown-near = The registry `{ $host }` could not be reached. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-host-unreached = The engine of this lesson could not reach a registry named `{ $host }`.
    .next = The registry's address stands before the first `/` of the image's name: check the spelling of the address.
explain-no-network = The registry cannot be reached from the Docker engine. Usually the internet is down.
    .next = Check your internet connection, then try again.
explain-certificate = The certificate of { $host } is not trusted: there may be a proxy in between, or the registry signed its certificate itself.
    .next = Ask the people who run that network or registry.
explain-certificate-time = The certificate of { $host } seems expired or not yet valid. Often the computer's clock is wrong.
    .next = Set your computer's date and time right, then try again.
explain-registry-error = The registry answered with an error of its own. Your command is fine.
    .next = Try again in a while.
explain-layer-damaged = A layer of the image was damaged during the transfer: the layer does not match its digest (fingerprint).
    .next = Pull again; Docker has not kept the damaged layer.

# Containers
explain-made-first = Docker made the container all the same. Remove it first: `docker rm { $made }`.
explain-port-taken = Port { $port } of your computer is already used by another program.
    .next = Use another port, such as `-p { $publish }`.
explain-port-taken-container = Port { $port } is already used by the container `{ $name }`.
    .next = Use another port, such as `-p { $publish }`, or stop that container: `docker stop { $name }`.
explain-port-taken-foreign = Port { $port } is already used by the container `{ $name }`, which is not from this lesson.
    .next = Let that container run, and use another port, such as `-p { $publish }`.
explain-port-taken-process = Port { $port } is already used by the program `{ $program }` (process { $pid }), outside of Docker.
    .next = Use another port, such as `-p { $publish }`, or stop that program.
explain-port-privileged = Port { $port } is for root only, and this Docker engine runs without root.
    .next = Use port 1024 or higher, such as `-p 8080:80`.
explain-port-invalid = `{ $ports }` cannot be read as ports.
    .next = Write COMPUTER_PORT:CONTAINER_PORT, two numbers from 1 to 65535, such as `-p 8080:80`.
explain-port-empty = The port inside the container is missing after `{ $value }`.
    .next = Write both ports without a space, such as `-p 8080:80`.
explain-name-taken = The name `{ $name }` belongs to another container. A name is for one container only.
    .next = Use another name, or remove the old container with `docker rm { $name }`.
explain-name-taken-running = The name `{ $name }` belongs to a running container (from the image `{ $image }`).
    .next = Use another name, or remove that container: `docker rm -f { $name }`.
explain-name-taken-stopped = The name `{ $name }` still belongs to an old container that { $state ->
        [created] never ran
        [paused] is paused
       *[other] has stopped
    }. A container stays until it is removed.
    .next = { $state ->
        [created] Remove it first (`docker rm { $name }`), then try again.
       *[other] Start the old container again (`docker start { $name }`), or remove it first (`docker rm { $name }`).
    }
explain-name-invalid = `{ $name }` cannot be a container's name.
    .next = Use at least two letters or digits, no spaces; dots, underscores and hyphens may be inside.
explain-remove-running = The container `{ $name }` is still running, and Docker removes only containers that have stopped.
    .next = Stop it first: `docker stop { $name }`, then remove it. Both at once: `docker rm -f { $name }`.
explain-not-running = The container `{ $name }` is not running, and this command needs one that runs.
    .next = Start it with `docker start { $name }`, then try again.
explain-not-running-created = The container `{ $name }` was made, but never started.
    .next = Start it with `docker start { $name }`, then try again.
explain-not-running-short = The container `{ $name }` has stopped: its main process finished at once (status 0). After `docker start` it would finish at once again.
    .next = Commands can be run only in a container that keeps running. Read the task of this step again.
explain-not-running-done = The container `{ $name }` has stopped: its main process finished (status 0).
    .next = A container lives as long as its main process. `docker start { $name }` runs it once more.
explain-not-running-failed = The container `{ $name }` has stopped: its main process ended with status { $exit }.
    .next = Its log (`docker logs { $name }`) may tell why. `docker start { $name }` runs it once more.
explain-not-running-stopped = The container `{ $name }` has stopped: its main process was ended by a signal (status { $exit }), for example by `docker stop`, `docker kill` or Ctrl-C.
    .next = Start it again with `docker start { $name }`, then repeat your command.
explain-not-running-oom = The container `{ $name }` has stopped: it used more memory than its limit, so its process was killed.
    .next = Raise the limit (`-m`) when you make the container again.
explain-paused = The container `{ $name }` is paused.
    .next = Resume it with `docker unpause { $name }`, then try again.
explain-no-container = There is no container named `{ $name }`.
    .next = Look at the list of names; it also shows stopped containers.
explain-no-container-near = There is no container named `{ $name }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-container-list = There is no container named `{ $name }`. There are: { $names }.
    .next = Use one of these names.
explain-no-container-none = There is no container named `{ $name }`; there are no containers at all right now.
    .next = Make one first with `docker run`.
explain-no-container-yet = There is no container named `{ $name }` yet.
    .next = Make it first, with the command that the lesson gives.
explain-name-taken-foreign = The name `{ $name }` belongs to a container of your own, which is not from this lesson.
    .next = Leave that container alone. Take this lesson on a separate engine (`dermaga learn … --engine private`), or rename your container with `docker rename`.
explain-no-container-gone = There is no container named `{ $name }`, so that one was not removed.
    .next = See which containers are left, also the stopped ones.
explain-no-container-still-to-make = `{ $name }` does not exist yet: this step makes it with `docker { $maker }`.
    .next = Run that command first.
explain-no-container-needed = There is no container named `{ $name }`, and this step needs it.
    .next = Type `retry`: Dermaga helps you to get it back.
explain-no-container-before = When that command ran, there was no container named `{ $name }` yet; now there is one.
explain-no-container-rmi = `{ $name }` is an image, not a container, and `docker rm` removes containers only.
    .next = To remove an image: `docker rmi { $name }`.
explain-no-container-tag = `{ $name }` is an image, and `docker rename` renames containers only.
    .next = To give an image another name: `docker tag { $name } NEW-NAME`.
explain-no-container-image = `{ $name }` is an image, and `docker { $verb }` needs a container.
    .next = { $names ->
        [none] Use the container's name; `docker ps -a` lists it in the column `NAMES`.
       *[other] Use the name of a container that was made from it: { $names }.
    }
explain-no-image-container = `{ $name }` is a container, not an image, and `docker rmi` removes images only.
    .next = To remove a container: `docker rm { $name }`.
explain-no-image-container-running = `{ $name }` is a container that is running, and `docker rmi` removes images only.
    .next = To stop and remove the container: `docker rm -f { $name }`.
explain-image-in-use-foreign = The image `{ $image }` is used by a container of your own, `{ $name }`, which is not from this lesson.
    .next = Leave the image and the container alone. If this step asks you to remove the image, go on with `skip`.
explain-volume-in-use-foreign = The volume `{ $volume }` is used by a container of your own, `{ $name }`, which is not from this lesson.
    .next = Leave the volume and the container alone.
explain-no-volume-gone = There is no volume named `{ $volume }`, so that one was not removed.
    .next = See which volumes are left.
explain-no-network-near = There is no network named `{ $network }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-network-gone = There is no network named `{ $network }`, so that one was not removed.
    .next = See which networks are left.
explain-no-file-inside = Inside the container `{ $name }` there is no `{ $path }`.
    .next = The path after the colon starts at the container's root (`/`); check the spelling.
explain-no-object = There is no container, image, network or volume named `{ $name }`.
    .next = Check the spelling with `docker ps -a`, `docker images`, `docker network ls` or `docker volume ls`.
explain-format-missing = A template is the value of the option `--format`; without it, Docker takes the template for a name.
    .next = Try again: `{ $near }`.
explain-exec-missing = The image `{ $image }` has no program `{ $word }`, so the container could not start.
    .next = Docker runs the word after the image's name as a program inside the container. Check the spelling of that word.
explain-exec-missing-start = The container cannot start: its image has no program `{ $word }`, and the container was made to run that program.
    .next = A container's command cannot be changed. Remove the container, then make it again with another command.
explain-exec-missing-exec = Inside the container `{ $name }` there is no program `{ $word }`.
    .next = Check the spelling, or use another program. Images often hold few programs.
explain-exec-missing-near = Inside the container there is no program `{ $word }`. Perhaps you meant `{ $program }`.
    .next = Try again with `{ $program }`.
explain-exec-missing-bash = There is no `bash` in this image. Small images usually have only `sh`.
    .next = Try again with `sh` in place of `bash`.
explain-flag-after-image = `{ $word }` stands after the image's name, so Docker takes it for the command inside the container.
    .next = Options go before the image's name: `{ $near }`.
explain-shell-missing = `{ $word }` is an option of the shell `sh`, but there is no `sh` before it.
    .next = Write `sh` in front of it: `docker run … { $image } sh { $word } …`.
explain-script-as-file = Without `-c`, `{ $shell }` takes `{ $word }` for the name of a file.
    .next = Try again with `-c`: `{ $near }`.
explain-exec-denied = `{ $word }` is there, but cannot be run: it is a directory, or a file without permission to run.
    .next = Give the file permission with `chmod +x` before you copy it into the image, or name the right program.
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
explain-no-gpu = This engine cannot give a GPU to containers: GPU support is not installed.
    .next = Run without `--gpus`, or install GPU support for Docker.
explain-restart-and-rm = `--rm` removes the container when it stops, `--restart` starts it again; they do not go together.
    .next = Choose one.
explain-ended-137 = The process was killed (137 = 128 + signal 9, KILL), for example by `docker kill`, `docker rm -f`, or `docker stop` after its grace time.
explain-ended-139 = The program made a memory error and the kernel stopped it (139 = 128 + signal 11, SEGV).
    .next = The fault is in the program inside the image, not in your command. Try another version of the image.
explain-ended-143 = The process was asked to stop, and it stopped (143 = 128 + signal 15, TERM), for example by `docker stop`.
explain-ended-running = Your terminal is free again, but the container `{ $name }` is still running.
    .next = `docker logs { $name }` shows the output. `docker stop { $name }` stops it; `docker rm -f { $name }` also removes it.
explain-ended-oom = The process used more memory than its limit{ $limit ->
        [none] {""}
       *[other] {" "}({ $limit })
    }, so the kernel killed it (status 137).
    .next = Raise the limit with `-m`, or let the program use less.
explain-ended-at-once = The container `{ $name }` stopped at once (status 0): its command, `{ $run }`, was finished.
    .next = A container lives as long as its main process. Give the container a command that goes on, such as `{ $example }`.
explain-ended-at-once-start = The container `{ $name }` was started and finished at once (status 0): its command, `{ $run }`, was done.
    .next = The output is in the container's log.
explain-ended-at-once-shell = The container `{ $name }` stopped at once (status 0): `{ $run }` has no terminal, so there was nothing to do.
    .next = Give it a command that goes on, such as `{ $example }`, or use `-it` to type inside it.
explain-ended-at-once-front = `{ $name }` ran in the background because of `-d`, and is finished already. This step wants to see its output.
    .next = Remove it with `docker rm { $name }`, then try again without `-d`.
explain-ended-at-once-failed = The container `{ $name }` stopped at once: `{ $run }` ended with status { $exit }.
    .next = The reason is usually in its log.
explain-missing-inside = Inside the container there is no program `{ $word }`.
    .next = { $near ->
        [none] Check the spelling; images often hold few programs.
       *[other] Perhaps you meant `{ $near }`.
    }

# Images, volumes, networks
explain-no-image = There is no image `{ $image }` on your computer.
    .next = Look at the list of images, or pull this image first with `docker pull`.
explain-no-image-near = There is no image `{ $image }` on your computer. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-image-list = There is no image `{ $image }` on your computer. There are: { $names }.
    .next = Use one of these, or pull the image first with `docker pull { $image }`.
explain-no-image-none = There is no image `{ $image }`; your computer has no images yet.
    .next = Pull it first with `docker pull { $image }`.
explain-no-image-gone = There is no image `{ $image }`, so that one was not removed.
    .next = See which images are still there.
explain-image-in-use = The image `{ $image }` is still used by a container, so it was not removed.
    .next = Remove the container first; one that has stopped still uses its image.
explain-image-in-use-running = The image `{ $image }` is used by the container `{ $name }`, which is running.
    .next = Remove the container first: `docker rm -f { $name }`.
explain-image-in-use-stopped = The image `{ $image }` is still used by the container `{ $name }`, although the container has stopped.
    .next = Remove the container first: `docker rm { $name }`.
explain-image-many-names = The image `{ $image }` has several names, so Docker does not know which you mean.
    .next = Remove the names one by one (`docker rmi NAME:TAG`).
explain-image-has-children = Other images are built on `{ $image }`, so it cannot be removed yet.
    .next = Remove the other images first.
explain-no-volume = There is no volume named `{ $volume }`.
    .next = Look at the list of names.
explain-no-volume-short = A volume is removed by its whole name, and `{ $volume }` is only its beginning.
    .next = Copy the whole name: `{ $near }`.
explain-no-volume-near = There is no volume named `{ $volume }`. Perhaps you meant `{ $near }`.
    .next = Repeat your command with `{ $near }`.
explain-no-volume-list = There is no volume named `{ $volume }`. There are: { $names }.
    .next = Use one of these names.
explain-no-volume-none = There is no volume named `{ $volume }`; there are no named volumes at all yet.
    .next = Make it with `docker volume create { $volume }`.
explain-volume-in-use = The volume `{ $volume }` is still used by a container, so it was not removed.
    .next = Remove the container first; one that has stopped still uses its volume.
explain-volume-in-use-running = The volume `{ $volume }` is used by the container `{ $name }`, which is running.
    .next = Remove the container first: `docker rm -f { $name }`. The data in the volume stays.
explain-volume-in-use-stopped = The volume `{ $volume }` is still used by the container `{ $name }`, although the container has stopped.
    .next = Remove the container first: `docker rm { $name }`.
explain-relative-source = `{ $path }` was taken for a volume's name, because the path does not begin with `/`.
    .next = For a directory of your computer write the whole path: `-v "$(pwd)/…":/…`.
explain-relative-target = The mount's target `{ $path }` must be a whole path inside the container.
    .next = Begin it with `/`, such as `-v data:/{ $path }`.
explain-bind-missing = On the computer where the Docker engine runs there is no `{ $path }` to mount.
    .next = Check the spelling, or make it first with `mkdir`.
explain-mount-kinds = You mount a directory onto a file, or a file onto a directory. Both must be files, or both directories.
    .next = Check that the source file exists; if it does not, Docker makes a directory with its name.
explain-workdir-relative = The working directory `{ $path }` must be a whole path inside the container.
    .next = Begin it with `/`, such as `-w /{ $path }`.
explain-no-such-network = There is no Docker network named `{ $network }`.
    .next = Make it first: `docker network create { $network }`.
explain-no-such-network-near = There is no Docker network named `{ $network }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`, or make it first: `docker network create { $network }`.
explain-no-such-network-list = There is no Docker network named `{ $network }`. There are: { $names }.
    .next = Use one of these, or make the network first: `docker network create { $network }`.
explain-network-in-use = The network `{ $network }` is still used by running containers, so it was not removed.
    .next = Stop or disconnect those containers first.
explain-network-in-use-names = The network `{ $network }` is still used by: { $names }.
    .next = Disconnect first: `docker network disconnect { $network } { $name }`, or remove the container.
explain-network-built-in = `{ $network }` is one of Docker's own networks and cannot be removed.
    .next = Leave that network; make networks of your own with `docker network create`.
explain-network-exists = The network `{ $network }` exists already, so it need not be made again.
    .next = Use that network, or choose another name.
explain-already-connected = The container `{ $name }` is already connected to the network `{ $network }`.
    .next = There is no need to connect it again.
explain-no-space = The Docker engine's disk is full, so nothing more can be written.
    .next = See what takes the space, then remove things that you no longer need.
explain-no-space-inside = The Docker engine's disk is full.
    .next = See what takes the space, then remove things that you no longer need.
explain-no-space-engine = The Docker engine's disk is full: { $free } are left at { $path }.
    .next = `docker system df` shows what Docker uses. Remove containers and images that you no longer need.

# The command line
explain-flag-before-command = `{ $flag }` is an option of `docker { $verb }`, so it goes after the word `{ $verb }`.
    .next = Try again: `{ $near }`.
explain-own-flag-unknown = `docker` itself has no option `{ $flag }`.
    .next = Options of a command go after the command, as in `docker ps -a`.
explain-own-flag-unknown-near = `docker` itself has no option `{ $flag }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`.
explain-own-flag-behind = `{ $flag }` is an option of `docker` itself, so it goes before the word `{ $verb }`.
    .next = Try again: `{ $near }`.
explain-context-bare = `{ $word }` is the name of a docker context, and after `docker` comes the command.
    .next = To choose the context: `{ $near }`.
explain-blank-missing = There is no space between `{ $word }` and `{ $flag }`, so they are read as one word.
    .next = Try again: `{ $near }`.
explain-group-missing = There is no `docker { $word }` alone. Say first what kind of thing you mean: { $names }.
    .next = Choose one of them and try again.
explain-group-second = The kind of thing comes first, and then the verb: `{ $group }`, then `{ $verb }`.
    .next = Type `{ $near }`.
explain-group-plural = In front of `{ $verb }`, the word `{ $word }` is written without its `s`.
    .next = Type `{ $near }`.
explain-group-alone = After `docker { $verb }` a command is still missing, such as `{ $example }`.
    .next = Write that command directly after `docker { $verb }`.
explain-command-second = After `docker` comes the command, and then the name. `{ $word }` is not a command.
    .next = Swap them: `{ $near }`.
explain-torn = There is a space inside `{ $apart }`, so Docker reads it as separate words.
    .next = Write it as one word: `{ $together }`.
explain-hyphen-missing = There is a space inside `{ $apart }`, so Docker reads it as two words.
    .next = Use a hyphen, not a space: `{ $together }`.
explain-prompt-typed = `{ $word }` is the prompt: it shows that the shell is ready. It is not part of the command.
    .next = Type only the words after it: `{ $near }`.
explain-prompt-inside = `/ #` is the prompt of a shell inside a container, and your shell is outside.
    .next = Open a shell in the container first; it prints `/ #` itself. Then type only `{ $near }`.
explain-two-commands = Your line holds two commands in a row: the first was already at the prompt when you typed the second.
    .next = { $same ->
        [yes] Type it only once: `{ $near }`.
       *[no] Press Enter after each of them. Type `{ $first }` first; then, if you still want it, `{ $near }`.
    }
explain-curl-host = `curl` found no computer with the name in `{ $url }` (status 6).
    .next = Check how the address is spelt.
explain-curl-refused = No program answers at `{ $url }` (status 7 of `curl`).
    .next = Make sure that the container is running and that the port is in the column `PORTS`. Just started? Wait a moment and try again.
explain-curl-status = The server at `{ $url }` answers, but with an error (status 22 of `curl`).
    .next = Check the path behind the address. Without `-f`, `curl` shows the answer.
explain-curl-slow = `{ $url }` did not answer within the time limit (status 28 of `curl`).
    .next = Make sure that address and port are right, then try again.
explain-curl-cut = `{ $url }` took the connection and then closed it without a full answer (status { $status } of `curl`).
    .next = The program in the container may not be ready, or it uses another port. Wait a moment and try again.
explain-failed = That command failed (status { $status }). The message above says why.
    .next = Read the lines of the message. Stuck? Type `hint`.
explain-failed-docker = Docker refused that command; its reason is in the line above.
    .next = Look in that line for a word that you know. Stuck? Type `hint`.
explain-failed-silent = Docker refused that command and gave no reason (status { $status }).
    .next = Check how your command is spelt. Stuck? Type `hint`.
explain-failed-inside = Docker ran your command, but the program in the container ended with status { $status }.
    .next = If the program printed a message, it is above. Stuck? Type `hint`.
explain-no-tty = `-t` asks for a terminal, but the input of this command comes from elsewhere (a script or a pipe `|`).
    .next = Leave out `-t`: use `-i` alone, or neither.
explain-command-unknown = Docker has no command `{ $word }`.
    .next = See the list of commands.
explain-command-unknown-near = Docker has no command `{ $word }`. Perhaps you meant `docker { $near }`.
    .next = Try again with `docker { $near }`.
explain-command-unknown-version = This `docker` does not have the command `{ $word }`: the command belongs to another version, or to an addition that is not installed.
    .next = See the list of commands that your docker has.
explain-command-program-here = `{ $word }` is a program of its own, not a command of Docker.
    .next = Type it without `docker`.
explain-command-program = `{ $word }` is no command of Docker's, but a program.
    .next = To run it inside a container: `docker exec NAME { $word }`. In a shell of the container, type it without `docker`.
explain-compose-missing = Docker Compose, an addition that runs several containers from one file, is not installed.
    .next = Install its package (`docker-compose-v2` or `docker-compose-plugin`); `dermaga doctor` tells you how.
explain-compose-file = There is no file `compose.yaml` in this directory.
    .next = Change to the directory that has the file, or name the file with `-f`.
explain-flag-unknown = `docker { $verb }` has no option `{ $flag }`.
    .next = See the list of options.
explain-flag-unknown-near = `docker { $verb }` has no option `{ $flag }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $near }`.
explain-flag-unknown-version = This version of `docker` does not know the option `{ $flag }` of `docker { $verb }`.
    .next = See the list of options that your version has.
explain-flag-unknown-version-near = This version of `docker` does not know the option `{ $flag }` of `docker { $verb }`; here it has another name.
    .next = Try again with `{ $near }`.
explain-letter-unknown = `docker { $verb }` has no option `{ $flag }`.
    .next = See the list of options.
explain-letter-unknown-near = `{ $flag }` with one hyphen is read letter by letter. Perhaps you meant `{ $near }`.
    .next = Long names of options begin with two hyphens: `{ $near }`.
explain-letter-case = Options are letters, and capital letters count: `{ $found }` is not `{ $expected }`.
    .next = Try again with `{ $expected }`.
explain-flag-needs-value = The option `{ $flag }` still needs a value after it.
    .next = Write the value, then try again.
explain-swapped = `{ $first }` and `{ $second }` are in the wrong order.
    .next = Try again: `{ $near }`.
explain-no-image-container-verb = `{ $name }` is a container, and `docker { $verb }` needs an image.
    .next = The image of each container is in the column `IMAGE` of `docker ps -a`.
explain-followed-stopped = `{ $name }` has stopped, so nothing new can come into its log: `-f` ended by itself.
    .next = Start it with `docker start { $name }`, and new lines can come. Without `-f`, `docker logs { $name }` shows the log up to now.
explain-port-sign = Between the two ports stands a colon, not `{ $sign }`.
    .next = Try again: `{ $near }`.
explain-port-range = There is no port { $port }: ports go from 1 to 65535.
    .next = Write COMPUTER_PORT:CONTAINER_PORT, such as `-p 8080:80`.
explain-name-sign = A container's name may not contain `{ $sign }`: `{ $name }`.
    .next = Letters, digits, `-`, `_` and `.` are allowed, such as `{ $near }`.
explain-name-blank = A container's name may not have spaces: `{ $name }`.
    .next = Write a hyphen for each space, such as `{ $near }`.
explain-name-short = `{ $name }` is too short for a container's name.
    .next = Use at least two letters or digits.
explain-restart-invalid = `{ $value }` is no restart policy.
    .next = The policies are `no`, `always`, `unless-stopped` and `on-failure`, also with a number: `on-failure:3`.
explain-signal-invalid = There is no signal `{ $value }`.
    .next = Often used are `TERM` (please end), `KILL` (end now) and `INT` (like Ctrl-C).
explain-copy-no-container = `docker cp` copies between your computer and a container, so one side must be in a container.
    .next = Write that side as NAME:PATH, with the container's name before the colon.
explain-volume-name-invalid = `{ $path }` cannot be the name of a volume.
    .next = Use letters and digits; `-`, `_` and `.` may be inside.
explain-mount-invalid = `{ $value }` is not complete. `-v` needs the volume or path to mount, a colon, and the path in the container.
    .next = For example `-v data:/data`.
explain-hyphens-apart = There is a space inside `{ $apart }`, so it is not read as an option.
    .next = Write the hyphens directly before the word: `{ $near }`.
explain-semicolon = To the shell, `;` ends a command, so `{ $word }` became a command of its own.
    .next = Write a colon: `{ $near }`.
explain-list-comma = Put spaces between names, not commas.
    .next = Try again: `{ $near }`.
explain-flag-switch = The option `{ $flag }` takes no value: written alone, it is on.
    .next = Write just `{ $flag }`, or leave it out.
explain-flag-comma = Docker writes fractions with a point, not with a comma: `{ $value }`.
    .next = Try again: `{ $near }`.
explain-filter-form = `{ $value }` is not a whole filter. A filter has a name, `=` and a value.
    .next = For example `-f name=kapal` or `-f status=exited`.
explain-filter-unknown = `docker { $verb }` does not know the filter `{ $value }`.
    .next = Often used are `name=…`, `status=exited`, `label=…` and, for images, `reference=…`.
explain-template-braces = The braces of that template do not match, so Docker cannot read it.
    .next = Each field stands between double braces: `'{"{{"}.Name{"}}"}'`.
explain-template-dot = In a template, a field's name begins with a dot, and the dot before `{ $word }` is missing.
    .next = Write `.{ $word }` and try again.
explain-template-field = There is no field `{ $word }` there. Capital letters count, too.
    .next = `docker inspect` without `--format` shows all fields.
explain-template-field-inside = There is no field `{ $word }` at the top: it is inside of `{ $parent }`.
    .next = Write `.{ $parent }.{ $word }` in place of `.{ $word }`.
explain-template-field-near = There is no field `{ $word }` there. Perhaps you meant `{ $near }`.
    .next = Try again with `.{ $near }`. Capital letters count, too.
explain-letters-two-hyphens = `docker { $verb }` has no long option `{ $flag }`. Options of one letter take one hyphen only.
    .next = Try again with `{ $near }`.
explain-flag-after-container = `{ $word }` stands after the container's name, so Docker takes it for the program to run inside.
    .next = Options go before the name: `{ $near }`.
explain-program-quoted = In quotes, `{ $word }` is one word, so Docker looks for a program with that whole name.
    .next = Try again without the quotes: `{ $near }`.
explain-program-of-shell = Only a shell can read `{ $word }`, and this command starts no shell.
    .next = Put `sh -c` before it: `{ $near }`.
explain-image-twice = `docker run` takes one image. `{ $word }` stands after the image, so Docker takes it for the program to run inside.
    .next = Leave one of the two images out.
explain-too-few-container-after = `docker { $verb }` still lacks a container: `{ $value }` is the value of `{ $flag }`.
    .next = Write the value right after `{ $flag }`, and the container's name at the end.
explain-too-few-after = `docker { $verb }` still lacks a name: `{ $value }` is the value of `{ $flag }`.
    .next = Write the value right after `{ $flag }`, and the name at the end.
explain-too-few-new-name = `docker { $verb }` still lacks the new name.
    .next = Add it at the end: first the old name, then the new name.
explain-too-few-target = `docker cp` still lacks the place to copy to.
    .next = Add it at the end; a dot (`.`) is the directory you are in.
explain-too-few-exec = `docker exec` still lacks two words: the name of a container, and the program to run in it.
    .next = Add both at the end, such as `docker exec NAME ls`.
explain-too-many-option = `{ $extra }` has no hyphen, so Docker takes it for a name.
    .next = The option is `{ $flag }`: `{ $near }`.
explain-too-many-word = `{ $extra }` is too much here: `docker { $verb }` takes { $most ->
        [0] no names
        [1] one word
       *[other] { $most } words
    } after its options.
    .next = Leave out the extra words. If a word belongs to the one before it, put both in one pair of quotes.
explain-reference-comma = An image's name may not have a comma: `{ $image }`.
    .next = Write `{ $near }`.
explain-value-forgotten = The option `{ $flag }` needs a value after it, so Docker took `{ $value }` for that value.
    .next = Write the option's value between `{ $flag }` and `{ $value }`, then try again.
explain-flag-value = `{ $value }` is no value for the option `{ $flag }`.
    .next = See which values the option takes.
explain-too-few = `docker { $verb }` is not complete: a word is missing after it, such as a name.
    .next = The line `Usage` shows its form.
explain-too-few-image = `docker { $verb }` still lacks the name of an image.
    .next = Add the image's name at the end, then try again.
explain-too-few-image-after = `docker { $verb }` still lacks an image: `{ $value }` is the value of `{ $flag }`.
    .next = Add the image's name at the end, then try again.
explain-too-few-container = `docker { $verb }` still lacks the name of a container.
    .next = Add the container's name at the end, then try again.
explain-too-few-network = `docker { $verb }` still lacks the name of a network.
    .next = Add the network's name at the end, then try again.
explain-too-few-volume = `docker { $verb }` still lacks the name of a volume.
    .next = Add the volume's name at the end, then try again.
explain-too-few-program = `docker { $verb }` still lacks the program that it should run.
    .next = Add the program at the end, such as `ls`, then try again.
explain-too-many = `docker { $verb }` was given too many words.
    .next = The line `Usage` shows its form. A value with spaces needs quotes.
explain-build-without-context = `docker build` still needs the directory to build from (the build context). For this directory: a dot.
    .next = Add the dot at the end: `docker build … .`
explain-reference = `{ $image }` cannot be an image's name.
    .next = Its form is NAME:TAG with lower-case letters, digits, dots, underscores and hyphens.
explain-reference-content = The value of `{ $image }` is not a valid image name.
    .next = See the value with `echo { $image }`, then set it again.
explain-reference-variable = `{ $image }` sets a variable, but the option before it is missing, so Docker takes it for the image.
    .next = Try again with `-e { $image }`.
explain-reference-capital = An image's name may not have capital letters: `{ $image }`.
    .next = Write `{ $near }`.
explain-reference-space = An image's name may not have spaces: `{ $image }`.
    .next = Write the name without spaces, such as `{ $near }`.
explain-reference-scheme = An image's name is no web address: `{ $image }`.
    .next = Write it without `https://`: `{ $near }`.
explain-reference-colon = In `{ $image }`, the name or the tag beside a colon is missing. Perhaps a space slipped in.
    .next = Write NAME:TAG without a space, or just `{ $near }`.
explain-reference-digest = In `{ $image }`, a whole digest must follow the `@`.
    .next = Its form is `@sha256:` and 64 digits and letters, without a space. `docker images --digests` shows it.
explain-file-missing = There is no file `{ $path }` in this directory.
    .next = Check the spelling and the directory you are in.
explain-archive-foreign = `docker load` reads only a whole archive from `docker save`, and this file is not one.
    .next = Make the archive again with `docker save -o FILE IMAGE`. An archive from `docker export` is for `docker import`.
explain-docker-missing = The program `docker` was not found: it is not installed, or not on your `PATH` (the list of program directories).
    .next = `dermaga doctor` tells you how to install it on your computer.
explain-docker-inside = You typed `{ $word }` inside the container, but that program is not installed there.
    .next = Type it in your own shell. If you are still in the container, leave it first with `exit`.
explain-docker-forgotten = Your command ran a program of your own computer, because `docker` is missing in front.
    .next = Try again with `{ $near }`.
explain-program-unknown = There is no command `{ $word }`. Perhaps you meant `{ $near }`.
    .next = Try again with `{ $again }`.
explain-program-capital = The shell tells capital letters from small ones: `{ $word }` is not `{ $near }`.
    .next = Try again with `{ $near }`.
explain-program-none = There is no command `{ $word }` here.
    .next = Check how it is spelt. Commands of Docker begin with `docker` and a space.
explain-program-absent = The program `{ $word }` exists, but is not installed here.
    .next = Use the command that this step shows.
explain-program-option = `{ $word }` begins with a hyphen, so it is an option and not a command.
    .next = An option goes on the same line as its command, such as `docker ps -a`.
explain-program-control = `{ $word }` stands for one key press, not for two characters.
    .next = Hold the key Ctrl and press the letter.
explain-program-number = There is no command `{ $word }`.
    .next = If you want to answer a question, type the number when the question is asked.
explain-sudo-missing = There is no `sudo` here, and you do not need it.
    .next = Try again without `sudo`.
explain-sudo-apart = `sudo` is not needed here: this lesson's engine is yours, and `docker` can reach it.
    .next = Try again without `sudo`, exactly as the lesson asks.
explain-sudo-past = With `sudo` your command reached Docker past Dermaga. Dermaga did not label the objects that the command made, so it cannot remove them for you.
    .next = Remove those objects yourself (`sudo docker rm`, `sudo docker rmi`) and try again without `sudo`.
explain-sudo-elsewhere = `sudo` runs `docker` as another user, with other settings: that user knows neither this lesson's engine nor its contexts.
    .next = Try again without `sudo`.
explain-engine-elsewhere = No Docker engine answers at { $at }. The engine of this lesson is running.
    .next = That address comes from `-H`, `DOCKER_HOST` or a Docker context. Without that setting, `docker` uses the engine of this lesson.
explain-engine-elsewhere-unnamed = Your command asked another Docker engine, which cannot be reached. This lesson's own engine is running.
    .next = That address comes from `-H`, `DOCKER_HOST` or a Docker context. Without that setting, `docker` uses the engine of this lesson.
explain-shell-syntax = The shell cannot read that line; it stopped at `{ $word }`. Docker was not run.
    .next = `<`, `>`, `(`, `)`, `&` and `|` mean something to the shell. Write names without angle brackets, and close every quotation mark.
explain-shell-end = The shell waits for another word at the end of that line, so Docker was not run.
    .next = `<`, `>`, `&` and `|` mean something to the shell. Write names without angle brackets.
explain-shell-quote = A quotation mark was opened and not closed, so Docker was not run.
    .next = Close it with a second quotation mark of the same kind.
explain-shell-redirect = The shell reads `<` and `>` itself: it takes them for names of files. Docker was not run.
    .next = { $word ->
        [none] `<none>` stands for a name that is missing. Write the id from the column `IMAGE ID` in its place.
       *[other] The angle brackets only mark a gap: write the real name in place of the whole `<{ $word }>`.
    }
explain-template-unquoted = The shell reads that template before Docker does. The shell splits it at spaces and at `|`, and may change other signs, too.
    .next = Put the whole template in single quotes: `{ $near }`.
explain-assigned-command = To keep a command's output in the variable `{ $word }`, put the command in `$(…)`, with no space beside the `=`.
    .next = Try again: `{ $near }`.
explain-assigned-dollar = When you fill the variable `{ $word }`, its name stands without `$`.
    .next = Try again: `{ $near }`.
explain-variable-empty = The variable `{ $word }` is empty in your shell, so Docker got no word in its place.
    .next = Fill the variable first: `{ $word }=…`. `echo ${ $word }` shows its value.
explain-variable-quoted = In single quotes, the shell does not replace `${ $word }` by the variable's value.
    .next = Leave out the quotes, or write double ones: `"${ $word }"`.
explain-shell-logout = `logout` alone leaves a login shell, and this shell is not one.
    .next = To log out from a registry, use `docker logout`. To leave the lesson, type `quit`.
explain-typed-quote = The shell does not know the quotation mark { $sign }; such signs mostly come from copy and paste.
    .next = Type the command again with your keyboard's plain quotation marks: ' or ".
explain-typed-dash = `{ $word }` begins with a long dash, mostly from copy and paste, so it is not read as an option.
    .next = Type it again with plain hyphens: `{ $near }`.
explain-typed-space = That command has a special space in it, mostly from copy and paste. Such a space does not separate words.
    .next = Type the command again with plain spaces.

# Commands like the one that is asked for
explain-slip-nothing = `docker` alone only shows its help.
    .next = A verb must follow, such as `docker ps`.
explain-slip-verb = This step uses `docker { $expected }`, and you ran `docker { $found }`.
    .next = Try again with `docker { $expected }`.
explain-slip-verb-hidden = `docker { $found }` does something other than this step asks for.
    .next = Read the step's last sentence again, or type `hint`.
explain-slip-flag-behind = The option `{ $flag }` stands after `{ $before }`, so `docker { $verb }` did not get it.
    .next = Move it before `{ $before }` and try again.
explain-slip-flag-missing = The option `{ $flag }` is missing from the `docker { $verb }` you typed.
    .next = Add `{ $flag }` right after `docker { $verb }` and try again.
explain-slip-option-forgotten = `{ $value }` is the value of an option, and the option is missing in front of it.
    .next = Try again with `{ $flag } { $value }`.
explain-slip-value = The option `{ $flag }` should have `{ $expected }`, and you wrote `{ $found }`.
    .next = Try again with `{ $flag } { $expected }`.
explain-slip-case = Capital letters count here: `{ $found }` is not `{ $expected }`.
    .next = Try again with `{ $expected }`.
explain-slip-space = Only a space is wrong in `{ $found }`.
    .next = Try again with `{ $expected }`.
explain-slip-removed = The option `--rm` removed the container `{ $name }` as soon as its command had ended.
    .next = Run the command again without `--rm`.
explain-slip-hidden-untagged = Without a tag, `{ $found }` means `{ $found }:latest`. This step uses another tag.
    .next = Find the tag in the step's text, or type `hint`.
explain-slip-hyphens-forgotten = `{ $found }` is an option here, and its hyphen is missing.
    .next = Try again with `{ $flag }`.
explain-slip-untagged = Without a tag, `{ $found }` means `{ $found }:latest`. This step uses `{ $expected }`.
    .next = Try again with `{ $expected }`.
explain-slip-swapped = `{ $first }` and `{ $second }` are in the wrong order.
    .next = Try again with `{ $second }` first, then `{ $first }`.
explain-slip-word-missing = Your command is not complete: `{ $expected }` is missing { $place ->
        [before] before `{ $before }`
       *[end] at its end
    }.
    .next = Add `{ $expected }` there and try again.
explain-slip-word = `{ $expected }` is expected, and you wrote `{ $found }`.
    .next = Try again with `{ $expected }`.
explain-slip-word-extra = The word `{ $found }` { $place ->
        [before] before `{ $before }`
       *[end] at the end
    } is not needed here.
    .next = Try again without it.
explain-slip-flag-extra = The option `{ $flag }` is not part of what this step asks for.
    .next = Try again without it.
explain-slip-detached = With `{ $flag }`, the program runs in the background, so no shell appears in your terminal.
    .next = { $name ->
        [none] Try again without `{ $flag }`.
       *[other] Remove the container with `docker rm -f { $name }`, then try again without `{ $flag }`.
    }
explain-slip-shell-extra = No shell is needed here: start the program directly, without `{ $shell } -c`.
    .next = Leave out `{ $shell } -c`; the program follows directly after the name.
explain-slip-env = `{ $flag } { $found }` has no `=`, so Docker takes the value from your own shell, and that variable is usually not set there.
    .next = Write the name, `=` and the value without a space, such as `{ $flag } COLOUR=blue`.
explain-slip-port-part = `{ $flag } { $found }` has one port only, so Docker chooses a port of your computer by itself.
    .next = Write your computer's port, a colon, and the container's port, such as `{ $flag } 8080:80`.
explain-slip-mount-part = `{ $flag } { $found }` has one part only, so Docker mounts a volume without a name there.
    .next = Write the volume or path to mount, a colon, and the path in the container, such as `{ $flag } data:/data`.
explain-slip-hidden-flag-missing = `docker { $verb }` is right, but one option { $form ->
        [valued] with its value is missing
       *[switch] without a value is missing
    } after it.
    .next = Read the task of this step again: it says which one. Or type `hint`.
explain-slip-hidden-flag-again = The option `{ $flag }` is needed once more, with another value.
    .next = Compare with the task of this step, or type `hint`.
explain-slip-hidden-value = `docker { $verb }` is right, but the value `{ $found }` of `{ $flag }` is not what this step asks for.
    .next = Compare that value with the task of this step, or type `hint`.
explain-slip-hidden-word-missing = `docker { $verb }` is right, but { $place ->
        [before] before `{ $before }`
       *[end] at its end
    }, { $what ->
        [image] the name of an image
        [container] the name of a container
        [network] the name of a network
        [volume] the name of a volume
        [path] a path
        [program] the program to run
        [argument] an argument of the program
       *[word] one more word
    } is missing.
    .next = Read the task of this step again: it says which one. Or type `hint`.
explain-slip-hidden-word = `docker { $verb }` is right, but for { $what ->
        [image] the image `{ $found }`
        [tag] the tag in `{ $found }`
        [container] the container `{ $found }`
        [network] the network `{ $found }`
        [volume] the volume `{ $found }`
        [path] the path `{ $found }`
        [program] the program `{ $found }`
       *[word] `{ $found }`
    } this step asks for something else.
    .next = Compare it with the task of this step, or type `hint`.

# Building
explain-instruction-unknown = Line { $line } of the Dockerfile begins with `{ $word }`, which is no instruction.
    .next = Check the spelling: FROM, RUN, COPY, WORKDIR, ENV, EXPOSE, CMD and others.
explain-instruction-unknown-near = Line { $line } of the Dockerfile begins with `{ $word }`. Perhaps you meant `{ $near }`.
    .next = Correct that line, then build again.
explain-dockerfile-wrong = Line { $line } of the Dockerfile cannot be read: { $said }
    .next = Correct that line, then build again.
explain-dockerfile-missing = There is no file named `Dockerfile` in that directory.
    .next = Check the name: `Dockerfile`, with a capital D and without an extension. If the file is elsewhere, change to its directory or give its path with `-f`.
explain-dockerfile-empty = That Dockerfile is empty.
    .next = Save its content first; the first line is usually `FROM …`.
explain-from-missing = A Dockerfile begins with `FROM`: the image it builds on.
    .next = Add `FROM …` above the other instructions.
explain-context-missing = There is no directory `{ $path }`.
    .next = The last word of `docker build` is the directory to build from; a dot (`.`) means this one.
explain-copy-missing = The source `{ $path }` is not in the build context (the directory you gave to `docker build`).
    .next = Check the spelling. Files that `.dockerignore` lists are left out too.
explain-copy-outside = `{ $path }` is outside of the build context; Docker copies only from the directory you gave.
    .next = Move the file into that directory, or build from the directory above.
explain-step-failed = A command of the Dockerfile failed with status { $status }: { $run }
    .next = The reason is in the output just above this message.
explain-buildx-missing = This docker was asked to build with BuildKit, but the addition for that (buildx) is not installed.
    .next = Install the package `docker-buildx` (or `docker-buildx-plugin`), or remove `DOCKER_BUILDKIT=1`.
