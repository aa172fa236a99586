# Progress, review, menu.
language-name = English
menu-help-few = ↑↓ choose, Enter goes on, Esc goes back
menu-help = ↑↓ choose, Enter begins, type to search, Esc goes back
menu-line = Type a number or part of a title, or q to go back [{ $default }]:
menu-unknown = `{ $typed }` does not fit exactly one row. Type the row's number.
menu-yes = yes
menu-no = no
menu-yes-or-no = Answer `yes` or `no`.
menu-empty = There is no course here, and the built-in one cannot be opened.
menu-done = done
menu-done-helped = done, with help
menu-begun = { $passed } of { $steps } passed
menu-changed = { $passed } of { $steps }, changed since
menu-new = not yet
menu-minutes = { $count } min
menu-stopped = you were here
menu-here = here
menu-review = Questions to review: { $count } due
menu-other-course = Another course: { $title }
menu-needs = This lesson uses these images:
menu-image-here = here already
menu-image-missing = to be downloaded, { $size }
menu-image-unknown = not known whether it is here; the download is { $size }
menu-size-unknown = size unknown
menu-total = Download in all: { $size }.
menu-total-at-least = Download in all: at least { $size }; the rest is not known.
menu-total-unknown = Download in all: not known.
menu-begin = Begin?

welcome-1 = Welcome to Dermaga.
welcome-2 = Here you learn Docker by typing real commands, one step at a time.
welcome-3 = Each step is checked on a Docker engine. You may be wrong: Dermaga then explains what it sees.
welcome-engine = Engine found: { $engine }
welcome-private = No Docker engine answers, so lessons use a private engine of Dermaga's own.
welcome-no-engine = No Docker engine answers yet. Run `dermaga doctor` to find out why.
welcome-language = Language

progress-memory = Your progress cannot be saved in { $path }: { $reason ->
        [full] the disk is full
        [forbidden] it may not be written
        [busy] the file is in use
        [damaged] the file is damaged, and no new one can be made
        [newer] a newer Dermaga wrote the file; update this one to save
       *[other] { $detail }
    }. Lessons go on; the progress of this session is lost when you leave.
progress-restored = Your progress file could not be read. It is kept as { $path }. { $entries ->
        [0] Neither that file nor its copy has a readable record, so your progress begins again.
        [one] A new file has the one readable record of that file and its copy. Only work since the end of your last lesson can be missing.
       *[other] A new file has the { $entries } readable records of that file and its copy. Only work since the end of your last lesson can be missing.
    }
progress-from-copy = { $entries ->
    [one] One record was missing in your progress file and was brought back from its copy.
   *[other] { $entries } records were missing in your progress file and were brought back from its copy.
 }
progress-unsaved = The last step is not saved yet: { $reason ->
        [full] the disk is full. Make some room; Dermaga tries again at the next step.
        [forbidden] it may not be written. Dermaga tries again at the next step.
        [busy] the file is in use. Dermaga tries again at the next step.
        [damaged] the file is damaged, and no new one can be made. Dermaga tries again at the next step.
        [newer] a newer Dermaga has the file now. Update this one.
       *[other] { $detail }. Dermaga tries again at the next step.
    }
progress-saved-again = All your progress is saved now.
progress-import-empty = This file is empty.
    .next = Export again on the computer that the file comes from: `dermaga progress --export progress.json`.
progress-import-cut = This file is cut off: its end is missing.
    .next = Copy the file again, or export again on its computer: `dermaga progress --export progress.json`.
progress-import-not-json = This is not a progress file of Dermaga's: the text from line { $line }, column { $column } on is not JSON.
    .next = Use a file that `dermaga progress --export` wrote.
progress-import-not-ours = This is not a progress file of Dermaga's.
    .next = Use a file that `dermaga progress --export` wrote.
progress-import-newer = This file has format { $version }; this Dermaga reads formats up to { $known }.
    .next = Update Dermaga and try again.

progress-course = { $lessons ->
    [one] { $title }: { $done } of one lesson done
   *[other] { $title }: { $done } of { $lessons } lessons done
 }
progress-lesson-symbol = [{ $mark }] { $title }, { $state }
progress-due = Questions that are due: { $count }. Run `dermaga review`.
progress-nothing = You have not done anything yet. Begin with `dermaga learn`.
progress-exported = { $count ->
    [one] One record saved to { $path }.
   *[other] { $count } records saved to { $path }.
 }
progress-imported = { $count ->
    [0] All records of that file are here already.
    [one] One new record merged.
   *[other] { $count } new records merged.
 }
progress-unreadable = { $count ->
    [one] One part of that file is not a record and was skipped.
   *[other] { $count } parts of that file are not records and were skipped.
 }
progress-import-unsaved = { $count ->
    [one] One new record was read, but it is not saved.
   *[other] { $count } new records were read, but they are not saved.
 }
review-nothing = No question is due.
review-next = The next one is due in { $count } { $count ->
        [one] day
       *[other] days
    }.
review-from = From { $title } ({ $number } of { $all })
review-broken = This question was skipped, because no Docker engine answers.
review-end = { $asked ->
    [one] { $right } right of one question.
   *[other] { $right } right of { $asked } questions.
 }
review-later = { $count ->
        [one] One more question is waiting. Any time: `dermaga review`.
       *[other] { $count } more questions are waiting. Any time: `dermaga review`.
    }
