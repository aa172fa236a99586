# What is said while lessons run.
run-engine = Docker { $version } (API { $api }), client { $cli }, { $kind }
run-engine-no-client = Docker { $version } (API { $api }), { $kind }. The `docker` command does not tell its version, so the engine's version chooses variants.
run-engine-private = private engine
run-engine-current = the engine in use
run-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
}
run-stand-in = Note: the image `{ $image }` in this pack is a stand-in of the same name, not the real software. For this lesson it is enough.
run-fetching = fetching image { $image } …
run-step = Step: { $title }
run-setup = set-up
run-met = met
run-differs = differs
run-skipped = skipped
run-broken = broken
run-summary-met = { $count } met
run-summary-differs = { $count } differs
run-summary-broken = { $count } broken
run-summary-skipped = { $count } skipped
run-commands = { $count ->
    [one] { $count } command
   *[other] { $count } commands
}
run-claims = { $count ->
    [one] { $count } claim
   *[other] { $count } claims
}
run-seconds = { $seconds } s
run-updated = updated: { $path }

run-kept-folder = The lessons' directories are kept in { $path }. Remove that folder when you no longer need it.
run-kept-engine = The engine of the last lesson still runs: `export DOCKER_HOST=unix://{ $socket }`
    .next = `dermaga engine stop` ends it and removes all it holds.
run-outputs = { $count ->
    [one] { $count } output
   *[other] { $count } outputs
}
run-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
run-rewritten = Rewritten: { $outputs } in { $files }.
run-kept = Left as written: { $outputs }; see the reason above.

# Differences
diff-transcript = This command did not print what is written.
diff-expected = written
diff-found = printed
diff-next-update = If the printed output is right, run `dermaga test --update` on this file.
diff-next-silent = A command with nothing written below it must print nothing. If its output does not matter here, write `...` below it; or let `dermaga test --update` write it.
diff-next-unfinished = The command did not come to its end as written, so `dermaga test --update` leaves this output as you wrote it.
diff-next-not-output = A line that was not printed looks like a comment or a command. Move it out of the output, or write a comment behind the prompt: `$ # comment`. `dermaga test --update` leaves the line as you wrote it.
diff-cells = Columns that differ: { $columns }.
diff-columns-added = This engine's table has more columns: { $columns }.
diff-columns-lacking = This engine's table lacks these columns: { $columns }.
diff-bound = `{ $expected }` stood for `{ $other }` earlier in this lesson, but `{ $found }` is printed here.
diff-bound-written = `{ $found }` was written as `{ $other }` earlier in this lesson, not as `{ $expected }`.
diff-cut = The output is very long; its middle was dropped.
diff-none = (no output)
diff-status = Exit status { $found } where { $expected } was expected.
diff-status-next = Look at the output above. If you expect that status, write `exit={ $found }` on the fence.
diff-status-silent = It printed nothing. If you expect that status, write `exit={ $found }` on the fence.
diff-exited = This command closed the lesson's shell{ $status ->
        [none] {""}
       *[other] {" "}(status { $status })
    }. The next commands run in a new shell, without the old one's variables and directory.
diff-exited-next = Write `( … )` round an `exit` or `exec` that is meant; `set -e` closes the shell at the first failure.
diff-not-in-pack = The pack of images has no `{ $image }`. Whether it exists on Docker Hub is not known here.
diff-not-in-pack-next = Check the name. If it is right, add the image to the pack, or test with --images hub if you have internet.
diff-not-typed = This line could not be typed, because the prompt or the output before it never came: { $line }
diff-not-typed-next = Compare the lines before it with the printed output. Another prompt can be written as `prompt='…'`.
diff-waits = { $kind ->
        [prompt] The last written line was typed, and the program waits behind `{ $shown }` for more.
        [like] The program waits behind `{ $shown }`, and this line of the fence was not typed: { $line }
       *[question] The program asks, and no line of the fence answers: { $shown }
    }
diff-waits-next = { $kind ->
        [prompt] End it in the fence, as a person would: `exit` behind that prompt, or `^D` or `^P^Q` alone on a line.
        [like] Write the prompt as the screen shows it, with the space at its end; name a prompt of another form: `prompt='…'`.
       *[question] Write the line as the screen shows it, with the answer behind the question; or use an option that does not ask, such as `--force`.
    }
diff-never-ends = This command goes on until somebody stops it, and no line of the fence stops it.
diff-never-ends-next = Write `^C` alone on the line below its output, or run it so that it ends: `-d`, `--no-stream`, `--until`, `timeout 5 …`.
diff-claim = This claim does not hold: { $claim }
diff-cannot-fail = All checks of this step are true before its first command, so they prove nothing.
diff-mistake-already = This mistake is already there before the step's first command, so the tutor never shows it.
diff-mistake-already-next = In `when`, describe a state that only a wrong command leaves behind, or remove the mistake.
diff-cannot-fail-next = Check something that this step makes, or write `already: true` if the claim is true from the start.
diff-file = File { $path } could not be written: { $problem }
diff-file-next = See whether earlier commands left a directory, a link, or a file in the place of a directory under that name.

# What is nobody's fault
broken-step = Dermaga could not check this, and the lesson is not to blame.
broken-timeout = Dermaga could not check this, and the reason is not known.
skip-needs = needs `{ $need }`, which is not here
skip-no-variant = no variant for this client or engine
skip-nothing-to-run = nothing in it to run
skip-no-engine = no private engine could be started
skip-after-broken = after a broken part
skip-after-mistake = its source has a mistake here or earlier
skip-fail-fast = because of --fail-fast
skip-interrupted = stopped

# Changed commands: `test --mutants`
mutant-option-dropped = an option dropped
mutant-arguments-dropped = the arguments dropped
mutant-last-argument-dropped = the last argument dropped
mutant-other-name = another name
mutant-other-tag = another tag
mutant-other-image = another image
mutant-arguments-swapped = two arguments swapped
mutant-other-command = another command
mutant-left-out = nothing typed
mutant-input-left-out = this line left out
mutant-typed = typed instead: { $mutant }
mutant-breaks = The tutor accepts it, and the lesson breaks later, in line { $line } (step { $step }): { $part }
mutant-is-caught = caught
mutant-is-survived = too weak
mutant-is-printed-other = accepted, prints something else
mutant-is-equivalent = accepted, no difference
mutant-is-unknown = not tried
mutant-count = { $count ->
    [one] { $count } changed command
   *[other] { $count } changed commands
}
mutant-caught = { $count } caught
mutant-survived = { $count } too weak
mutant-printed-other = { $count } accepted that print something else
mutant-equivalent = { $count } accepted without a difference
mutant-unknown = { $count } not tried
mutant-next = Tighten the check of that step, so that the changed command fails. `--verbose` lists the others.
mutant-lesson-not-met = Without any change, the lesson is not met. `dermaga test` shows more.
