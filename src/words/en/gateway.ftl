# The gateway: what the guard refuses, why, and what to do. Docker prints it after "Error response from daemon: Dermaga:",
# as plain text in one line.
gateway-privileged = { $what } gives a container full power over your computer, and this lesson does not need that. Run your command without that option.
gateway-privileged-build = { $what } gives the steps of a build full power over your computer, and this lesson does not need that. Build without that option.
gateway-host-mount = { $what } is outside of the lesson's directory, so it is not mounted into a container: your files stay safe. Use a path inside that directory.
gateway-engine-socket = { $what } is the Docker engine's socket. A container that has it could do anything to your computer. Run your command without that mount.
gateway-host-namespace = { $what } lets a container share your computer's processes, network or users. Run your command without that option.
gateway-capability = With the capability { $what }, a container could change your computer. Run your command without that option.
gateway-confinement = { $what } removes the isolation between a container and your computer. Run your command without that option.
gateway-device = The device { $what } belongs to your computer, not to the lesson. Run your command without that option.
gateway-foreign = { $what } was not made by this lesson, so the lesson leaves it alone. If the lesson needs that name, begin the lesson again with --engine private.
gateway-prune = { $what } could also remove what this lesson did not make. Remove objects by their names.
gateway-swarm = Swarm ({ $what }) changes the whole Docker engine, not only for this lesson. Try it on the private engine: dermaga learn --engine private.
gateway-plugin = Plugins ({ $what }) change the whole Docker engine, not only for this lesson. Try them on the private engine: dermaga learn --engine private.
gateway-unknown = Dermaga does not know the request { $what }, so your Docker engine does not get that request. Try it on the private engine: dermaga learn --engine private.
gateway-option = { $what } may reach your computer, or Dermaga does not know that option, so it is not passed on. Run your command without that option.
gateway-unresolved = The Docker engine did not say who made { $what } ({ $detail }), so this request is not passed on. Make sure that docker info answers, then run your command again.
gateway-malformed = This request is not written in a form that is safe to pass on ({ $detail }).
gateway-no-journal = The record for cleaning up cannot be written ({ $detail }), so this request is not passed on. Check that the disk has space, then run your command again.

# A gateway that cannot start
gateway-failed-socket = The gateway cannot open the socket { $path }: { $detail }
    .next = Check the directory's permissions, and whether the same lesson still runs in another terminal.
gateway-failed-journal = The record for cleaning up, { $path }, cannot be written: { $detail }
    .next = Check permissions and the disk's space, and whether the same lesson still runs in another terminal.
gateway-failed-full = The disk is full, so the record for cleaning up, { $path }, cannot be written. Without this record Dermaga would not know what it may remove from your engine.
    .next = Make some room, or learn on the private engine, which needs no record: `dermaga learn --engine private`.
gateway-failed-read-only = The record for cleaning up, { $path }, cannot be written: its directory is read-only. Without this record Dermaga would not know what it may remove from your engine.
    .next = Choose another place, such as `export XDG_STATE_HOME=/tmp/dermaga-state`, or learn on the private engine: `dermaga learn --engine private`.

# Cleaning up
clean-container = container
clean-network = network
clean-volume = volume
clean-volume-unnamed = unnamed volume
clean-image = image name
clean-file = file
clean-thing = { $kind } { $name }, of lesson { $lesson }
clean-nothing = Lessons left nothing on this engine.
clean-nothing-else = Lessons left nothing on this engine except pulled images.
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
