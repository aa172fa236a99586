# The gateway: what the guard refuses. Docker prints it after "Error response from daemon:", so one line each.
gateway-privileged = `{ $what }` gives a container full power over your computer; this lesson does not need it.
gateway-privileged-build = `{ $what }` gives the steps of a build full power over your computer; this lesson does not need it.
gateway-host-mount = { $what } is outside the lesson's directory, so it is not mounted into a container, to keep your files safe.
gateway-engine-socket = { $what } is the Docker engine's socket; a container that holds it can do anything to your computer.
gateway-host-namespace = { $what } lets the container share your computer's processes, network or users.
gateway-capability = With the capability { $what } a container can change your computer.
gateway-confinement = { $what } takes away what confines a container.
gateway-device = The device { $what } belongs to your computer and is no part of the lesson.
gateway-foreign = { $what } was there before this lesson, so the lesson leaves it alone. If the lesson needs its name, begin the lesson with `--engine private`.
gateway-prune = { $what } could remove what this lesson did not make.
gateway-swarm = Swarm changes the whole Docker engine ({ $what }). Use the private engine: `dermaga learn --engine private`.
gateway-plugin = Plugins change the whole Docker engine ({ $what }). Use the private engine: `dermaga learn --engine private`.
gateway-unknown = The request { $what } is not known, so it is not passed on.
gateway-option = { $what } can reach your computer, or Dermaga does not know what it does, so it is not passed on.
gateway-unresolved = the engine does not tell whose { $what } is ({ $detail }), so this request is not passed on. See that `docker info` answers, then run it again.
gateway-insist = If you do mean it, allow it in Dermaga first (rule: { $rule }), then run it again.
gateway-malformed = this request is not written in a form that is safe to pass on ({ $detail }).
gateway-no-journal = the record for cleaning up cannot be written ({ $detail }), so this request is not passed on. Check the disk's space, then run it again.

# A gateway that cannot start
gateway-failed-socket = The gateway cannot open the socket { $path }: { $detail }
    .next = Check the directory's permissions, and whether the same lesson still runs in another terminal.
gateway-failed-journal = The record for cleaning up, { $path }, cannot be written: { $detail }
    .next = Check permissions and the disk's space, and whether the same lesson still runs in another terminal.
gateway-failed-full = The disk is full, so the record for cleaning up, { $path }, cannot be written. Without it Dermaga would not know what it may remove from your engine.
    .next = Make some room, or learn on the private engine, which does not need it: `dermaga learn --engine private`.
gateway-failed-read-only = The record for cleaning up, { $path }, cannot be written: its place can only be read. Without it Dermaga would not know what it may remove from your engine.
    .next = Choose another place, such as `export XDG_STATE_HOME=/tmp/dermaga-state`, or learn on the private engine: `dermaga learn --engine private`.
gateway-failed-session = `{ $name }` cannot be a session's name.
    .next = Use letters, digits, `-`, `_` and `.`, at most 64.

# Cleaning up
clean-container = container
clean-network = network
clean-volume = volume
clean-volume-unnamed = unnamed volume
clean-image = image name
clean-thing = { $kind } { $name }, of lesson { $lesson }
clean-nothing = Lessons left nothing on this engine.
clean-nothing-else = But for pulled images, lessons left nothing on this engine.
clean-doubtful = These were made while Dermaga or Docker was cut off in the middle of a lesson. They may be yours, so they stay:
clean-doubtful-thing = { $kind } { $name }; if you do not need it: `{ $command } { $name }`
clean-pulled = { $count ->
    [one] One image that lessons pulled is still there, so that it need not be downloaded again (at most { $size }). `dermaga clean --images` removes it.
   *[other] { $count } images that lessons pulled are still there, so that they need not be downloaded again (at most { $size }). `dermaga clean --images` removes them.
 }
clean-would = { $count ->
    [one] The one thing above would be removed.
   *[other] The { $count } things above would be removed.
 } Run without --dry-run to remove.
clean-ask = Remove all of it? [y/N]
clean-yes = y yes
clean-not = Nothing was removed. Add --yes to remove without being asked.
clean-done = { $count ->
    [one] One thing removed; nothing else was touched.
   *[other] { $count } things removed; nothing else was touched.
 }
clean-kept = { $kind } { $name } cannot be removed: { $why }
