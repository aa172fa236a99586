# dermaga serve
serve-ready = { $count ->
    [one] Serving { $count } page; save a lesson and its page refreshes itself. Ctrl-C to end.
   *[other] Serving { $count } pages; save a lesson and its page refreshes itself. Ctrl-C to end.
}
serve-waiting = The site cannot be built yet; its pages appear by themselves after you correct the lesson. Ctrl-C to end.
serve-taken = Port { $port } is taken, so the site is on port { $other }.
serve-changed = The site changed and is rebuilt after { $time } ms.
serve-mended = Mended.
serve-wrong = The lesson cannot be shown yet
serve-wrong-why = Correct the mistakes below and save. This page refreshes itself.
serve-slow-watch = The system cannot watch for changes, so Dermaga checks the files every second.
serve-failed-port = There is no port on which the site could be served.
    .next = Stop a program that uses such a port, or name another port with --port.
serve-failed-watch = Changes in { $path } cannot be watched.
    .next = Check that directory's permissions.

# dermaga preprocess
preprocess-failed-input = This input is no book of mdBook 0.5: { $reason }
    .next = mdBook runs this command. Write in book.toml: [preprocessor.dermaga] with command = "dermaga preprocess" and after = ["links"].
preprocess-failed-version = This book comes from mdBook { $version }; Dermaga needs mdBook 0.5.
    .next = Install it with `cargo install mdbook`, then build the book again.
preprocess-failed-output = The book could not be handed back to mdBook.
preprocess-terminal = it comes from a keyboard, not from mdBook
# { $place } is `src/chapter.md:12`, { $reason } a finding of lint.
preprocess-warning = { $place }: { $reason } [{ $code }]{ $kept ->
    [fence] . The fence is shown as you wrote it.
   *[none] .
}
preprocess-edits = { $place }: this chapter is shown as you wrote it, because its steps could not be put in ({ $reason }).
