# Trust: what a lesson would run.
trust-title = { $title }: this lesson is not one of Dermaga's own.
trust-intro = This is everything it can run on your computer, exactly as written. Nothing has run yet.
trust-command = command
trust-hidden = hidden command, runs by itself
trust-typed = typed into a program
trust-file = file { $path }
trust-claim = runs by itself, to check
trust-image = image that is fetched first
trust-no-flags = Nothing stands out. Do read the list above all the same.
trust-flags = Look at this twice:
trust-flag = { $flag } ({ $count ->
        [one] once
       *[other] { $count } times
    })
trust-digest = Digest: { $digest }
trust-question = Trust it and run it?
trust-no = Nothing was run.
trust-not-remembered = Your answer could not be saved; you will be asked again.
flag-privileged = a container with every right over the host
flag-rights = a container with more rights: capabilities, devices, no confinement
flag-host-mount = a container sees a host directory outside the lesson's
flag-host-namespace = a container shares the host's network or processes
flag-socket = uses the Docker engine's socket, which is as good as root
flag-other-engine = uses another Docker engine
flag-sudo = asks for root's rights on your computer
flag-pipe-to-shell = runs something from elsewhere at once
flag-remove-outside = removes or overwrites files outside the lesson's directory
flag-write-outside = writes outside the lesson's directory
flag-prune = removes things from the Docker engine that may not be the lesson's
flag-secrets = reads keys, passwords or histories
flag-network = talks to other computers
flag-stays = stays after the lesson: start-up files, timers, services
flag-harm = stops or chokes your computer
flag-obscured = what it does is only known when it runs
flag-frontend = builds an image with its own interpreter of the Dockerfile
flag-hidden-characters = has characters that cannot be seen or look like other letters
