# learn (en)
learn-steps = { $count ->
        [one] one step
       *[other] { $count } steps
    }
learn-minutes = { $minutes ->
        [one] about one minute
       *[other] about { $minutes } minutes
    }
learn-step = Step { $number } of { $of }
learn-keys = Stuck? Type `hint`, `solution` or `help`.
    .watch = Enter next · h hint · s solution · x skip · q quit · ? help
learn-your-turn = Find the command and type it below.
    .watch = Find the command.
learn-your-turn-known = Now type it yourself below.
    .watch = Now run it yourself in your own terminal:
learn-your-turn-found = The command is at your prompt. Press Enter to run it.
learn-type = { $count ->
        [1] Type:
       *[other] Type these one by one:
    }
learn-passed = Right
learn-not-yet = Not yet
learn-broken = Could not be checked; this is not your fault
learn-waiting = … waiting for the result (press any key to stop waiting)
learn-more-claims = and { $count } more
learn-remaining = { $count ->
        [one] One command left: `{ $command }`. (`next` skips it.)
       *[other] { $count } commands left; the next one is `{ $command }`. (`next` skips it.)
    }
learn-remaining-hidden = { $count ->
        [one] Good. There is one more command to find.
       *[other] Good. There are { $count } more commands to find.
    }
learn-more-lines = not complete (is a quote or a bracket open?), Ctrl-C: cancel
learn-suspended =
    Ctrl-Z paused that command; it has not ended.
    → Type `fg` to resume the command, then Ctrl-C if you want to stop it.
learn-word-near =
    There is no command `{ $word }`. Perhaps you meant Dermaga's word `{ $near }`.
    → Type `{ $near }`.
learn-word-inside =
    `{ $near }` is a word for Dermaga, and words for Dermaga do not work inside a container.
    → Leave with `exit` first, then type `{ $near }`.
learn-step-passed = Step passed
learn-step-helped = Step passed with help
learn-step-skipped = Step skipped
learn-next = Press Enter (or type `next`) for the next step.
    .watch = Press Enter here for the next step.
learn-next-last = Press Enter (or type `next`) to close the lesson.
    .watch = Press Enter here to close the lesson.
learn-read = Press Enter when you have read this.
learn-next-command = Good. Next: `{ $command }`.
learn-advice-followed = Good. Now go on with the task of this step.
learn-done-already = Already done, so you need not type these: { $commands }.
learn-first-command = Do this first: `{ $command }`.
learn-good-so-far = Good so far. { $text }
learn-later = That command belongs to a later part. First: `{ $command }`.
learn-awaits = This step waits for `{ $command }`.
learn-more-tasks = This part is done.
learn-already = The task of this step is already done. Type `next` to go on.
    .watch = The task of this step is already done. Press Enter to go on.
learn-offer = Still stuck? `hint` gives a hint, `solution` shows the command, `retry` starts this step again from clean, `skip` does the step for you.
learn-not-passed = This step is not passed yet. `hint` helps; `retry` starts the step again from clean; `skip` does it for you; `goto NUMBER` goes to another step.
    .watch = This step is not passed yet. Press h for a hint, s to see the command, or x to have Dermaga do it for you.
learn-no-step = There is no such step. `steps` lists them.
learn-hint = Hint { $number } of { $of }
learn-hint-try = Try this hint first. Still stuck? Type `hint` once more afterwards, or `solution`.
learn-hint-nothing = There is nothing to do here. Press Enter to go on.
learn-hint-claim = This step is done when { $claim }.
learn-hint-kind = The command begins with `{ $kind }`.
learn-hint-type = Type `{ $command }`.
learn-solution = The command (`type` writes it at the prompt for you):
    .watch = The command, for your own terminal:
learn-in-the-way = `{ $name }` is still there, so its name cannot be used again. Remove it first: `docker { $context }rm -f { $name }`.
learn-name-taken = The name `{ $name }` belongs to an older container, and this command needs that name.
    .next = Remove the old container: `docker rm { $name }`. Then try again.
learn-name-taken-running = The name `{ $name }` belongs to a running container, and this command needs that name.
    .next = Remove the old container: `docker rm -f { $name }`. Then try again.
learn-name-kept = `{ $name }` is there already, so no second container was made.
    .next = This step is passed. `docker ps -a` shows the state of `{ $name }`.
learn-name-passed = `{ $name }` is there already, so no second container was made.
    .next = You need not make it again. Go on with the task of this step.
learn-name-needed = The name `{ $name }` belongs to the container of an earlier step, and the lesson still needs it.
    .next = You need not make it again: go on with this step. A container of your own needs another name.
learn-left-directory =
    This lesson's files are in another directory, which your shell has left.
    → Go back with `{ $command }`, then try again.
learn-other-node =
    That went to `{ $node }`: since `docker context use`, all your docker commands go there.
    → Go back with `docker context use default`, then repeat your command.
learn-node-left = Your docker commands go to the lesson's engine again, no longer to `{ $node }`.
learn-solution-none = There is nothing to type here. Press Enter to continue.
learn-solution-over = This step is done. Press Enter to continue.
learn-solution-again = You have typed all commands of this step, but the result is not right yet. Type `retry` to start again from clean; then:
learn-skip = Dermaga does the rest of this step in your shell:
    .watch = Dermaga does the rest of this step for you …
learn-skip-again = The result is not right yet. Dermaga removes the objects of this step and does the step once more:
learn-skip-whole = The result is not right yet. Dermaga does this step again from its beginning:
learn-skip-there = `{ $command }` ended with status { $status }, but the result of this step is already there. Nothing is missing.
learn-skip-open = Only this question was skipped; the step is still open. `skip` at the prompt does the rest of it for you.
    .watch = Only this question was skipped; the step is still open. Press x to have Dermaga do the rest of it for you.
learn-skip-nothing = There is no command to run in this step.
learn-file-written = The file `{ $path }` has been written in the lesson's directory.
learn-file-kept = The file `{ $path }` is there already and differs. Dermaga does not overwrite your edit.
learn-file-failed = The file `{ $path }` cannot be written: { $problem }
learn-setup-failed = Setting up this step failed: `{ $command }` ended with status { $status }.
learn-setup-late = Setting up this step failed: `{ $command }` did not end in time.
learn-setup-stopped = You stopped the set-up of this step, so the step may lack something.
learn-setup-again = → Type `retry` to set it up again.
    .watch = → Go back a step and forward again to set it up again.
learn-setting-up = … setting up this step (Ctrl-C stops it)
learn-pulling = pulling image { $image }{ $progress }
learn-pulled = Image { $image } is ready.
learn-free-on = Explore: Dermaga is silent and does not judge. Type `explore` again to come back to the step.
learn-free-off = Back to the lesson.
learn-quiz-none = There is no quiz in this step.
learn-quiz-later = You can answer this quiz later. Type `quiz` to be asked again.
    .watch = You can answer this quiz later. Press a to be asked again, or Enter to pass over it.
learn-reset = Back to step 1. Your progress and your files are kept.
learn-shell-ended = The shell was closed.
learn-menu-ask = This lesson's engine ends when you open the list. If you come back, Dermaga does your passed steps again. Open the list? [Y/n]
learn-leave-ask = Leave the lesson? [Y/n]{" "}
learn-engine-lost = The Docker engine no longer answers, so Dermaga cannot run or check anything. Your command was not wrong.
    .private = Type `{ $leave }`, then go on with `dermaga { $verb } { $lesson }`: the lesson starts a new engine, and passed steps stay passed.
    .own = Start the engine again in another window. Once `docker info` answers, repeat your command. If you use an engine of `dermaga engine start`: type `{ $leave }`, start the engine, then type `dermaga { $verb } { $lesson }`.
learn-missing = This lesson needs `{ $need }`, which is missing here.
    .next = Choose another engine with --engine, or see `dermaga doctor`.
learn-no-terminal = `learn` needs a terminal.
    .next = Run it in a terminal. To read only, build the book with `dermaga build`.
learn-no-engine = No Docker engine answers, and a private one cannot be started here.
    .next = Start Docker, or run `sudo dermaga learn` if dockerd is installed. `dermaga doctor` examines your computer.
learn-no-engine-only = No Docker engine answers.
    .next = Start Docker, then try again. `dermaga doctor` examines your computer.
learn-which = Which lesson? These are here:
    .next = For example: dermaga learn { $lesson }
learn-no-lesson = There is no lesson `{ $given }` here.
    .next = There are: { $known }
learn-private = private engine
learn-current = your engine
learn-starting = Starting a private engine …
learn-help = At the prompt, type one of these words at any time:
    .stuck = Inside another program (a container, `less`, `vi`) these words do not work: leave it first with `exit`, `q` or `:q!`. Ctrl-C stops a command. Ctrl-] twice ends a program that hangs.
learn-word-next = the next step
learn-word-hint = a hint, clearer each time
learn-word-type = write the next command at the prompt; you press Enter
learn-word-solution = show the command
learn-word-skip = do the rest of this step for me
learn-word-task = show this step again
learn-word-retry = start this step again; you may remove its objects first
learn-word-back = the previous step
learn-word-goto = go to a step: `goto 3`
learn-word-steps = list the steps
learn-word-quiz = show this step's quiz again
learn-word-explore = try things freely; the same word brings you back
learn-word-startover = start the lesson again; you may remove its objects first
learn-word-menu = leave to the list of lessons
learn-word-quit = leave
learn-word-help = this help
learn-steps-here = you are here
learn-steps-passed = passed
learn-steps-helped = passed with help
learn-steps-skipped = skipped
learn-killed = The program in front was asked to end. If it does not: Ctrl-] twice again.
learn-killed-hard = The program in front was ended by force.
learn-stubborn = This program ignores Ctrl-C. Press Ctrl-] twice to end it.
learn-stubborn-container = The process in the container ignores Ctrl-C. Ctrl-] twice frees your terminal; the container may keep running.
learn-client-ended = Ctrl-] ended `docker` in your terminal. The program in the container may still be running.
    → See it with `docker ps`; stop it with `docker stop` and the container's name.
learn-watch-hint = Do this step in a terminal of your own. Dermaga sees the result from here.
learn-watch-unseen = Do this step in a terminal of your own. Dermaga does not see the commands there: press Enter when you have done the step.
learn-watch-trusted = Commands in the other terminal cannot be seen from here, so Dermaga takes your word for it.
learn-watch-refused = The last command from your terminal was refused, so nothing was done yet. Correct that command and run it again; then press Enter.
learn-watch-failed = The last `docker exec` ended with status { $status }, so it probably did not do what you wanted. Read its message in that terminal and run the right command; then press Enter.
learn-watch-silent = Have you run this line in that terminal? { $line }
learn-watch-refuted = Dermaga has just run that command itself, and its output is not yet right for this step. Check your earlier commands, or press h for a hint.
learn-watch-inside = The container is running, and this step waits until it stops. Go on inside the container; type `exit` when you are done.
learn-watch-ended = Dermaga sees that the container `{ $name }` from the image `{ $image }` has ended, with exit status { $exit }.
learn-watch-conflict = The engine refused a command from your terminal: { $message }
learn-watch-not-passed-on = Dermaga did not pass on a command from your terminal; the reason is printed there.
learn-watch-dir =
    The lesson's files are in one directory. Work there:
      `cd { $dir }`
learn-watch-help =
    Do the step in another terminal; press these keys here:
      Enter  the next step
      h      a hint, clearer each time
      s      the solution: show the command
      x      skip: Dermaga does the rest of this step
      b      back to the step before
      a      ask this step's quiz again
      m      the menu of lessons
      q      quit
learn-first = This is the first step.
learn-watch-env =
    Open another terminal for your Docker commands. Run this line there first, so that docker uses the same engine:
      { $line }
learn-why = Why that failed
learn-remark = Worth knowing
learn-refused = Dermaga did not pass that command on; the reason is in the line above.
learn-foreign-refused = That object is your own, so leave it alone. Check the spelling if this step asks for another name. If the step asks for exactly this name, type `skip`, or begin again with `--engine private`.
learn-insist = If you do mean it, type `allow`: then the command goes through, just once.
learn-allow = The refused command goes through now, once. It is at your prompt; press Enter if you are sure.
learn-allow-nothing = No command was just refused.
unmet = This step waits until { $claim }.
unmet-container-none = There is no container named `{ $name }` yet.
unmet-container-there = The container `{ $name }` is still there; this step waits until it is removed.
unmet-on-node = On `{ $node }`: { $text }
unmet-image-none = The image `{ $name }` is not on this engine yet.
unmet-image-names = `{ $name }` and { $names } are not yet names of the same image.
unmet-image-there = The image `{ $name }` is still there; this step waits until it is removed.
unmet-logs-none = There is no container named `{ $name }` yet, so it has no log either.
unmet-logs-there = The log of `{ $name }` is still there.
unmet-state = `{ $name }` { $is }; this step waits until it { $wanted }.
unmet-state-start =
    `{ $name }` { $is }; this step waits until it { $wanted }.
    → `docker start { $name }` starts it.
unmet-is-running = is still running
unmet-is-exited = has stopped
unmet-is-created = was only created and does not run yet
unmet-is-paused = is paused
unmet-wanted-running = runs
unmet-wanted-exited = has stopped
unmet-wanted-created = is created without being started
unmet-wanted-paused = is paused
unmet-detached = This step practises `docker run -d`, and `{ $name }` was made in another way. Remove it with `docker rm -f { $name }`, then run it again with `-d`.
unmet-exit = `{ $name }` ended with status { $found }, but { $wanted } is wanted.
unmet-from-image = `{ $name }` was made from the image `{ $found }`, but `{ $wanted }` is wanted.
learn-claim-typed = you ran `{ $command }`
learn-claim-typed-some = the command asked for was run
learn-typed-succeeded = `{ $command }` succeeded, but this step wants to see it fail.
learn-typed-status = `{ $command }` ended with status { $status }, but this step needs another status. The message above says why.
learn-typed-silent = `{ $command }` printed nothing and ended with status { $status }, but this step needs another status.
learn-typed-output = `{ $command }` ran, but its output is not yet right for this step.
learn-typed-other = This step waits for another command. `hint` helps you find it.
    .offered = This step waits for another command.
learn-earlier = { $count ->
        [one] Before you begin, one question from an earlier lesson. Esc skips it.
       *[other] Before you begin, { $count } questions from earlier lessons. Esc skips them.
    }
learn-guarded = You are using your own engine. Dermaga labels the objects that the lesson makes, so that it can remove them afterwards. It changes nothing else there. With `--view lesson`, `docker ps` shows only what the lesson made.
learn-guarded-view = You are using your own engine, and lists such as `docker ps` show only this lesson's objects. The rest is still there; `--view all` shows it.
learn-clash =
    Objects on your engine already have names that this lesson uses: { $things }. The lesson did not make them, so it leaves them alone.
    → To keep them: leave this lesson, then begin it again with `--engine private`. Or give your objects other names, in another terminal.
    .watch =
        These objects have names that this lesson uses, but they were made without the `export` line above: { $things }. Dermaga leaves them alone.
        → If you made them for this lesson: open a new terminal and remove them there, without the `export` line; then go on in your terminal. If they are your own: give them other names there, or begin this lesson again with `--engine private`.
learn-clash-port =
    Your own container `{ $name }` uses port { $port }, which this lesson publishes too. The lesson leaves your container alone.
learn-clash-declined =
    The lesson was not started, and nothing on your engine has changed.
    → To do the lesson on an engine of its own: `dermaga { $verb } { $lesson } --engine private`
learn-clash-free = → Or, to stay on this engine:
learn-clash-free-container = `docker rename { $name } my-{ $name }` in another terminal gives your container another name; then start the lesson again.
learn-clash-free-image = The lesson removes or moves the image name `{ $name }`; use an engine of its own.
learn-clash-free-network = The network `{ $name }` cannot get another name; use an engine of its own.
learn-clash-free-volume = The volume `{ $name }` cannot get another name; use an engine of its own.
learn-clash-free-port = `docker stop { $name }` in another terminal frees port { $port } (`docker start { $name }` brings it back after the lesson); then start the lesson again.
learn-foreign = The step passed because of objects that this lesson did not make: { $things }. Dermaga leaves them alone, also at the end of the lesson.
    .watch = The step passed because of objects that were made without the `export` line above, so they do not count as this lesson's: { $things }. Dermaga neither changes nor removes them. If you made them for this lesson, remove them in that terminal, run the `export` line, press b to go back, and do the whole step again from its beginning. If they are your own, leave them.
learn-catch-up = { $count ->
        [1] To make this engine ready, Dermaga does step 1 again for you …
       *[other] To make this engine ready, Dermaga does steps 1 to { $count } again for you …
    }
learn-catch-up-ask = { $count ->
        [1] Nothing that this lesson made is on your engine any more. Do step 1 again for you? [Y/n]
       *[other] Nothing that this lesson made is on your engine any more. Do steps 1 to { $count } again for you? [Y/n]
    }
learn-catch-up-failed = `{ $command }` ended with status { $status }; the next step may lack something.
learn-caught-up = Ready. Everything is there again.
learn-undo = Made here: { $things }.
learn-yes-or-no = That is not an answer. Type `y` for yes or `n` for no, then Enter; Enter alone means the capital letter.
learn-undo-ask = Remove it first, for a clean start? [Y/n]
learn-undone = { $count ->
        [one] One thing was removed; nothing else was touched.
       *[other] { $count } things were removed; nothing else was touched.
    }
learn-kept = { $count ->
        [one] One thing that this lesson made is still on your engine. `dermaga clean` removes it.
       *[other] { $count } things that this lesson made are still on your engine. `dermaga clean` removes them.
    }
learn-tidy = This lesson made these objects, and they are still on your engine:
learn-no-private = This lesson is not built in, so it runs on a private engine, which cannot be started here.
    .next = If you trust this lesson, run it with `--engine current`.
learn-ports-inside = On the engine that `dermaga engine start` runs, published ports answer only inside that engine, so this lesson cannot be done there.
    .next = Leave out `--engine`: then the lesson gets a private engine.
learn-word-allow = let the refused command through once
# What is right, in a beginner's words
means-container = container `{ $name }` { $what }
means-container-there = container `{ $name }` is there
means-container-state-running-true = is running
means-container-state-running-false = is not running
means-container-state-status-created = was created but not started
means-container-state-status-running = is running
means-container-state-status-paused = is paused
means-container-state-status-exited = has ended
means-container-state-exitcode = ended with status { $value }
means-container-config-image = was made from image { $value }
means-container-config-image-digest = is pinned to one digest
means-container-config-cmd = has the command { $value }
means-container-config-env = has the environment { $count ->
        [1] variable
       *[other] variables
    } { $value }
means-container-config-tty-true = has a terminal (`-t`)
means-container-config-attachstdout-false = was started in the background (`-d`)
means-container-config-openstdin-true = takes what you type (`-i`)
means-container-hostconfig-init-true = has a small init as its first process (`--init`)
means-container-hostconfig-portbindings-0-hostip = publishes its port only at { $value }
means-image = image `{ $name }` { $what }
means-image-there = image `{ $name }` is there
means-image-repotags = has the { $count ->
        [1] name
       *[other] names
    } { $value }
means-image-repotags-0 = lists { $value } first among its names
means-image-repodigests-some = has a recorded digest
means-image-os = is made for { $value }
means-image-config-cmd = runs { $value } if you name no command
means-image-rootfs-layers-least = has { $value } or more layers
means-network-there = network `{ $name }` is there
means-volume-there = volume `{ $name }` is there
means-events = { $who } { $what }
means-any-container = a container
means-any-image = an image
means-any-network = a network
means-any-volume = a volume
means-times = { $what } { $value } times
means-times-least = { $what } at least { $value } times
means-none = there is no { $noun }
means-count = { $count ->
        [1] there is one { $noun }
       *[other] there are { $count } { $noun }
    }
means-count-least = { $count ->
        [1] there is at least one { $noun }
       *[other] there are at least { $count } { $noun }
    }
means-containers = { $count ->
        [1] container
       *[other] containers
    }
means-containers-ancestor = { $count ->
        [1] container
       *[other] containers
    } of image `{ $name }`
means-containers-name = { $count ->
        [1] container
       *[other] containers
    } named `{ $name }`
means-containers-network = { $count ->
        [1] container
       *[other] containers
    } in network `{ $name }`
means-containers-volume = { $count ->
        [1] container
       *[other] containers
    } with volume `{ $name }`
means-containers-status-running = running { $count ->
        [1] container
       *[other] containers
    }
means-containers-status-exited = ended { $count ->
        [1] container
       *[other] containers
    }
means-containers-status-created = { $count ->
        [1] container
       *[other] containers
    } not started yet
means-containers-status-paused = paused { $count ->
        [1] container
       *[other] containers
    }
means-images = { $count ->
        [1] image
       *[other] images
    }
means-images-dangling-true = { $count ->
        [1] image
       *[other] images
    } without a name
means-images-reference = { $count ->
        [1] image
       *[other] images
    } named `{ $name }`
means-top = inside container `{ $name }`, { $what }
means-top-contains = { $value } { $count ->
        [1] is
       *[other] are
    } running
means-logs = the log of container `{ $name }` { $what }
means-logs-contains = has { $value } in it
means-logs-matches = has { $value } in it
means-changes = inside container `{ $name }`, { $what }
means-changes-added = { $value } { $count ->
        [1] was
       *[other] were
    } added
means-changes-changed = { $value } { $count ->
        [1] was
       *[other] were
    } changed
means-changes-deleted = { $value } { $count ->
        [1] was
       *[other] were
    } removed
means-run = the command `{ $name }` { $what }
means-run-there = the command `{ $name }` succeeds
means-run-exit = ends with status { $value }
means-run-stdout = prints { $value }
means-inside = inside container `{ $name }`, { $what }
means-engine = the Docker engine { $what }
means-engine-apiversion-least = knows API { $value } or newer
means-engine-ostype = runs on { $value }
means-file = the file `{ $name }` { $what }
means-file-there = the file `{ $name }` is there
means-file-contains = has { $value } in it
means-file-matches = has { $value } in it
means-http = the address `{ $name }` { $what }
means-http-there = the address `{ $name }` answers well
means-http-status = answers with status { $value }
means-http-contains = answers with the text { $value }
means-registry = the registry holds `{ $name }` { $what }
means-registry-there = the registry holds `{ $name }`
means-registry-gone = the registry no longer holds `{ $name }`
means-registry-tag = with the { $count ->
        [1] tag
       *[other] tags
    } { $value }
means-on-node = on `{ $node }`, { $what }
means-and = { $count ->
        [1] { $before } and { $last }
       *[other] { $before }, and { $last }
    }
learn-left = See you! Go on any time with `dermaga { $verb } { $lesson }`.
learn-left-done = See you! The next lesson: `dermaga { $verb } { $lesson }`.
learn-left-all = See you!
learn-reading = To read
learn-read-on = Enter: read on
learn-read-more = Enter: read on · q: stop reading
learn-begin = Enter: begin
learn-read-end = That is the whole lesson.
learn-notes-none = This lesson has no notes on versions.
learn-welcome-back = Welcome back! You are at step { $number } of { $of }. `task` shows it again.
    .watch = Welcome back! You are at step { $number } of { $of }.
learn-welcome-back-end = Welcome back! You are at the end of this lesson: { $title }.
learn-again = You have finished “{ $title }” before. What would you like to do?
learn-again-read =   1  read it again from the start
learn-again-redo =   2  do it again from step 1
learn-again-review = { $count ->
        [1]   3  answer its question again
       *[other]   3  answer its { $count } questions again
    }
learn-again-keys = Press the number. Enter reads; Esc leaves.
learn-closing = Done: { $title }
learn-closing-can = You can now:
learn-closing-end = Press Enter to leave, or go on trying things in this shell.
    .watch = {""}
learn-how-alone = { $count ->
        [0] Every command right the first time, without a hint. Neat work!
        [1] One miss, and you found the way yourself. That is how Docker is learned.
       *[other] { $count } misses, and each time you found the way yourself. That is how Docker is learned.
    }
learn-how-hints = { $count ->
        [1] One hint was enough: you found the command yourself.
       *[other] With { $count } hints you found every command yourself.
    }
learn-how-own = Steps that you did by yourself: { $count } of { $steps }.
learn-how-helped = { $count ->
        [1] One step was passed with help. Try it again tomorrow without.
       *[other] { $count } steps were passed with help. Try them again tomorrow without.
    }
learn-how-skipped = { $count ->
        [1] Dermaga did one step for you. `steps` shows which; `goto NUMBER` takes you back there.
       *[other] Dermaga did { $count } steps for you. `steps` shows which; `goto NUMBER` takes you back there.
    }
learn-how-skipped-beside = { $count ->
        [1] Dermaga did one step for you.
       *[other] Dermaga did { $count } steps for you.
    }
learn-how-open = { $count ->
        [1] One step is not done yet. `steps` shows which; `goto NUMBER` takes you there.
       *[other] { $count } steps are not done yet. `steps` shows which; `goto NUMBER` takes you there.
    }
learn-how-open-beside = { $count ->
        [1] One step is not done yet.
       *[other] { $count } steps are not done yet.
    }
learn-how-quiz = { $count ->
        [1] { $right ->
                [1] You answered the question right the first time.
               *[other] The question was not right the first time; it will come again.
            }
       *[other] { $right } of { $count } questions answered right the first time.
    }
learn-how-quiz-left = { $count ->
        [1] One question was left unanswered; open this lesson again to answer it.
       *[other] { $count } questions were left unanswered; open this lesson again to answer them.
    }
learn-due-now = { $count ->
        [1] One question is due now: `dermaga review`.
       *[other] { $count } questions are due now: `dermaga review`.
    }
learn-due-tomorrow = { $count ->
        [1] Tomorrow one question comes again, so that it sticks: `dermaga review`.
       *[other] Tomorrow { $count } questions from all your lessons come again, right or not, so that they stick: `dermaga review`.
    }
learn-due-later = { $count ->
        [1] One question comes again { $days ->
                [1] tomorrow
               *[other] in { $days } days
            }: `dermaga review`.
       *[other] { $count } questions from all your lessons come again { $days ->
                [1] tomorrow
               *[other] in { $days } days
            }: `dermaga review`.
    }
learn-next-lesson = { $count ->
        [1] Next: { $title } (1 minute).
       *[other] Next: { $title } ({ $count } minutes).
    }
learn-next-lesson-untimed = Next: { $title }.
learn-next-open = Press Enter to open it, or type `menu` or `quit`.
    .watch = Press Enter to open it, m for the list of lessons, or q to leave.
learn-course-finished = Congratulations! You have finished “{ $title }”: { $lessons ->
        [1] one lesson
       *[other] { $lessons } lessons
    }, { $count ->
        [1] one step
       *[other] { $count } steps
    }. You have reached the quay.
learn-course-where = Where to go from here?
learn-course-own = → Pack a program of your own: write a Dockerfile, then `docker build` (docs.docker.com/build).
learn-course-compose = → Run several containers together with `docker compose` (docs.docker.com/compose).
learn-course-teach = → Teach others: `dermaga new course` begins a course of your own.
learn-watch-restore =
    In the other terminal, return docker to its former engine:
      `export DOCKER_HOST={ $host }`
learn-watch-unset = In the other terminal, return docker to its former engine: `unset DOCKER_HOST`.
learn-word-notes = this lesson's notes on versions and sources
learn-silent-run = `docker run` without `-d` holds the terminal. Leave: Ctrl-] twice.
learn-silent-deaf = `-t` without `-i`: what you type does not reach the container. Leave: Ctrl-] twice. Next time `-it`.
learn-silent-dumb = `-i` without `-t`: a shell would show no prompt. Leave: Ctrl-D. Next time `-it`.
learn-silent-attached = Your terminal is attached to the container. Leave: Ctrl-C. No effect? Ctrl-] twice.
learn-silent-follow = This command keeps waiting for new lines. Ctrl-C ends it.
learn-silent-wait = `docker wait` waits until the container has ended. Ctrl-C stops waiting.
learn-silent-stop = Docker gives the process 10 seconds to stop by itself. One moment.
learn-node-shell =
    `{ $node }` alone opens a shell on that node. The words for Dermaga do not work there.
    → Type `exit` to come back to the lesson. For one command there: `{ $node } hostname`.
learn-step-undone =
    Step { $number } must be done again: its { $kind } `{ $name }` is gone.
    → Type `retry`: Dermaga does that step again for you, and you continue here.
learn-step-other =
    The { $kind } `{ $name }` is there, but it is not the one that step { $number } made.
    → Type `retry`: Dermaga makes it again for you, and you continue here.
learn-part-undone =
    An earlier part of this step has to be done again: the { $kind } `{ $name }` is gone.
    → Do it again with the earlier command, or type `retry` to start this step again from clean.
learn-part-changed = The result of an earlier part has changed since. Do this again first: `{ $command }`.
    .retry = The result of an earlier part has changed since. Type `retry` to start this step again from clean.
learn-not-shown = `{ $command }` ran, but `{ $name }` is not in its output.
learn-retry-gone = There is nothing left for this step to remove: { $kind } `{ $name }` is gone already. To do this step again, the earlier steps must be done again first.
learn-retry-ask = { $count ->
        [1] Do step 1 again for you? [Y/n]
       *[other] Do steps 1 to { $count } again for you? [Y/n]
    }
learn-redo-earlier = { $count ->
        [1] Dermaga does step 1 again …
       *[other] Dermaga does steps 1 to { $count } again …
    }
means-gone = { $kind } `{ $name }` is gone
means-or = { $before } or { $last }
means-did = { $before }, then { $last }
means-did-create = was created
means-did-start = started
means-did-die = ended
means-did-stop = was stopped
    .then = stopped
means-did-kill = got a signal
means-did-destroy = was removed
    .then = removed
means-did-prune = was removed
means-did-pause = was paused
    .then = paused
means-did-unpause = was resumed
    .then = resumed
means-did-restart = was restarted
    .then = restarted
means-did-other = had the event `{ $event }`
means-did-image-load = was loaded from a file
means-did-image-save = was saved to a file
means-did-image-pull = was pulled from a registry
means-did-image-push = was pushed to a registry
means-did-image-tag = got another name
means-did-image-untag = lost a name
means-did-image-delete = was removed
means-did-network-connect = was connected to a container
means-did-network-disconnect = was disconnected from a container
means-did-volume-mount = was mounted in a container
means-did-volume-unmount = was unmounted from a container
