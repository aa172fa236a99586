# The site
book-skip = Skip to the content
book-skip-contents = Skip to the contents list
book-fold = Lessons of { $group }
book-step-done = done
book-contents = Contents
book-theme-auto = Theme: as the device
book-theme-light = Theme: light
book-theme-dark = Theme: dark
book-help = Help
book-search = Search
book-search-what = Search for a word or a command
book-search-hint = Arrows choose, Enter opens, Esc closes.
book-search-results = Search results
book-search-none = Nothing matches. Try another word or look into the glossary.
book-search-failed = The search index could not be loaded. Reload this page.
book-search-found = Results:
book-search-without = without:
book-key-search = search
book-close = Close
book-key-steps = to the next or previous step
book-key-help = open this help
book-key-close = close a box
book-keys-on = Keyboard shortcuts are on
book-progress = Your progress
book-progress-why = Progress stays in this browser.
book-language = Language
book-home = Home
book-more = More
book-architecture = Architecture
book-glossary = Glossary
book-verified = What was proved
book-mark-missing = not translated
book-mark-outdated = older translation
book-mark-partly = partly an older translation
book-start = Start learning
book-how = How to learn
book-lessons = Lessons
book-promise-proved = Proved
book-promise-own = On your machine
book-promise-own-why = No account, and no internet needed.
book-promise-helped = Helped
book-promise-helped-why = Hints come step by step, answers come with reasons.
book-way-read = Read here
book-way-read-why = Copy the commands to your terminal and compare the output.
book-way-learn = Learn in a terminal
book-way-learn-why = A tutor checks every step and gives hints.
book-sample = What does a step look like?
book-sample-why = A command with its output.
book-glossary-why = Terms used in the lessons.
book-architecture-why = How client, engine and registry work together.
book-architecture-text = 
    When you type `docker run nginx`:

    1. The **client** sends your request to the engine over its API. They may be on different computers.
    2. The **engine** looks for the image on its host. If it is not there, it pulls it from a **registry**, usually Docker Hub.
    3. An image is made of read-only **layers**. Layers that are there already are not pulled again.
    4. The engine makes a **container** from the image: it adds one writable layer, gives it a network, and runs its process.
    5. When that process ends, the container stops. It stays until you remove it, and so does the image.
book-lost = Page not found
book-lost-why = This address leads nowhere.
book-verified-link = proof
book-not-recorded = not recorded
book-objectives = After this lesson you can:
book-turn = Lessons before and after
book-previous = Previous
book-next = Next
book-notice-missing = This page has not been translated yet; this is the original text.
book-notice-outdated = The source of this page has changed since it was translated.
book-notice-step = The original of this step has changed since this translation was brought up to date on { $day }. Read it there:
book-notice-step-undated = The original of this step has changed since it was translated. Read it there:
book-notice-opening = The beginning of the original has changed since this translation was brought up to date on { $day }. Read it there:
book-notice-opening-undated = The beginning of the original has changed since it was translated. Read it there:
book-repository = Repository
book-edit = Edit this page
book-report = Report a mistake
book-moved = This page has moved.
book-authors = For authors
book-authors-why = This is one lesson file, part by part: the author's text, and the page that Dermaga made of it when this site was built.
book-authors-written = Written
book-authors-shown = Shown
book-authors-prove = Prove this lesson on your own engine. In the course's folder:
book-key = Answers
book-qr = This lesson on the web
book-handout = Print as a hand-out
book-footer = Made with Dermaga.
book-copied = Copied
book-copy-failed = Could not copy
book-copy = Copy
book-save = Save
book-terminal = Terminal
book-solution = Solution
book-gap = fill this in
book-blank = Complete the command
book-letters = Letters
book-used-in = Read on in
book-reveal = Show the output
book-claims = What is checked
book-claims-why = The step is done when all of this is true:
book-hint = Hint
book-variant-docker = Docker, classic store
book-variant-containerd = Docker, containerd store
book-variant-podman = Podman
book-variant-other = other
book-variants = Version
book-quiz = Quiz
book-quiz-check = Check the answer
book-quiz-many = Choose one or more.
book-quiz-order = Put in order with the buttons.
book-quiz-choose = choose
book-quiz-choose-first = Choose an answer first.
book-quiz-up = Move up
book-quiz-down = Move down
book-quiz-fact = Your machine knows the answer. This command shows it:
book-answer = Answer
book-right = Right.
book-wrong = Not quite.
book-all-right = All right.
book-not-yet = Not quite. Try again.
book-shuffle-commands = Put these commands in order.
book-done = Mark as done
book-done-undo = Done
book-aside-note = Note
book-aside-tip = Tip
book-aside-important = Important
book-aside-warning = Warning
book-aside-caution = Caution
book-quay = A container ship at a quay
book-drawing-title = Docker's architecture
book-drawing-desc = The client asks the engine on the host. The engine pulls images from a registry and runs containers from images.
book-drawing-host = Host
book-drawing-client = Client
book-drawing-engine = Docker Engine
book-drawing-engine-does = pulls, creates, runs
book-drawing-images = Images
book-drawing-layers = layers
book-drawing-containers = Containers
book-drawing-running = running
book-drawing-exited = exited
book-drawing-registry = Registry
book-failed-nothing = There are no lessons to publish.
    .next = Look at course.toml.
book-copy-command = Copy the command { $command }
book-copy-code = Copy the code
book-footnote-back = Back to the text
book-copy-file = Copy { $file }
book-save-file = Save { $file }
book-step-link = Link to the step { $title }
book-exit = Exit status: { $code }
book-hint-of = Hint { $number } of { $of }
book-variant-between = Docker { $since } to { $until }
book-variant-since = Docker { $since } and later
book-variant-until = Docker { $until } and earlier
book-shuffle-lines = Put the lines of { $file } in order.
book-describe = What you learn: { $objectives }.
book-more-lines = { $count } more lines
book-minutes = { $count } min
book-count-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
}
book-count-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
}
book-count-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
book-failed-render = mdBook could not make the pages: { $reason }
book-failed-url = { $url } is not the address of a site. Nothing was written.
    .next = Write the whole address, such as https://example.org/course/.
book-no-url = The site's address is not known, so there is no sitemap and no picture in link previews, and 404.html expects the site at its host's root. Write `url = "https://…"` under `[site]` in course.toml, or give --url.
book-failed-taken = Two pages want the address { $path }.
    .next = Rename one of them.
book-failed-not-ours = { $path } holds other files and is not overwritten.
    .next = Choose another directory with --dest.
book-failed-foreign = { $path } is not of an earlier build and is not overwritten. Nothing was written.
    .next = Move it away, or choose another directory with --dest.
book-built = { $count ->
    [one] One page written to { $path }.
   *[other] { $count } pages written to { $path }.
}
book-failed-lessons = { $count ->
    [one] `dermaga lint` finds one mistake, so the site was not built and nothing was written.
   *[other] `dermaga lint` finds { $count } mistakes, so the site was not built and nothing was written.
}
    .next = Correct the mistakes shown above.
book-outward = { $count ->
    [one] { $count } link leads to another site and is not checked; --verbose lists it.
   *[other] { $count } links lead to other sites and are not checked; --verbose lists them.
}
book-failed-dead = { $count ->
    [one] One link or picture leads nowhere, so the site was not built.
   *[other] { $count } links or pictures lead nowhere, so the site was not built.
}
    .next = Correct the links shown above.
    .next = Look at the HTML in that lesson.
B101 = this file is outside the course's directory
    .label = { $path }
    .help = copy it into the course; files outside are not published
B102 = this file could run code in a reader's browser
    .label = { $path }
    .help = save the picture without scripts, or link to another site
B103 = { $problem ->
    [directory] this is a directory, so it cannot be published
    [special] this is a pipe, a device or a socket, so it cannot be published
    [large] this file is too large to be published
   *[other] this file cannot be read
}
    .label = { $path }
    .help = link to a regular file in the course
book-lead = Learn step by step: the commands, what they print, and how to check the result.
book-promise-provable = Can be tested
book-claim-none = No test run of a lesson is recorded yet. You can test the commands with `dermaga test`.
book-claim-some = { $all ->
    [one] { $proved } of one lesson has been run on { $engines }, last on { $day }.
   *[other] { $proved } of { $all } lessons have been run on { $engines }, last on { $day }.
}
book-claim-all = All lessons ({ $all }) have been run on { $engines }, last on { $day }.
book-verified-why = Dermaga runs every command, then compares output, exit status and the state of the engine with the lesson. The mark disappears as soon as a command or its output is changed.
book-verified-lesson = Lesson
book-verified-steps = Steps
book-verified-engine = Engine
book-verified-day = Date
book-verified-same = engine and CLI { $engine }
book-verified-exactly = engine { $engine }, CLI { $cli }
book-of = { $count } of { $of }
book-unproved = What is not proved
book-unproved-why = These parts need a version or an ability that the engines above do not have.
book-proved-on = Verified on
book-variant-unproved = This form has not been run on a real engine.
book-date = { $day } { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
} { $year }
book-replay = Play the recording
book-replay-label = Recording of this step
book-replay-screen = Screen of the recording
book-replay-play = Play
book-replay-pause = Pause
book-replay-playing = Recording is playing
book-replay-paused = Recording is paused
book-replay-done = Recording has ended
book-replay-back = Previous command
book-replay-next = Next command
book-replay-time = Time
book-replay-speed = Speed
book-replay-failed = The recording could not be loaded
book-count-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
book-states = The engine, as recorded.
book-state-before = Before this step
book-state-after = After this step
book-state-new = new
book-state-changed = changed
book-state-gone = removed
book-state-none = none
book-state-layers = { $count ->
    [one] { $count } layer
   *[other] { $count } layers
}
book-state-drawn = { " " }({ $count } drawn)
book-state-network = network { $name }
book-state-no-network = no network
book-state-volumes = Volumes
book-state-from = from { $image }
book-state-also = also on { $networks }
book-state-ports = port { $ports }
book-state-mount = volume { $volume } at { $path }
book-state-pulled = pulled
book-state-pushed = pushed
book-state-running = running
book-state-exited = exited
book-state-created = created
book-state-paused = paused
book-state-restarting = restarting
book-state-dead = dead
book-state-removing = being removed
book-decimal = .
book-whole = Print the whole book
book-whole-why = Every lesson on one page, to be printed or saved as a PDF.
book-print = Print or save a PDF
book-progress-of = %1 of %2
book-lesson-done = done
book-go-on = Go on learning
book-export = Export
book-import = Import
book-reset = Erase progress
book-reset-sure = Sure? Press once more
book-reset-done = Progress erased.
book-imported = Progress added.
book-import-failed = That file holds no progress of this course.
book-export-name = dermaga-progress.json
book-not-kept = This browser forgets your progress when you close it: export first.
book-all-lessons = { $count ->
    [one] The one lesson
   *[other] All { $count } lessons
}
