# lint (en)

level-error = error
level-warning = warning
level-help = help

# course.toml and terms.toml

L100 = this file is not TOML
    .label = { $detail }
    .help = mend the place that is marked; https://toml.io shows how each kind of value is written
L101 = unknown key `{ $key }`
    .label = { $nearest ->
        [none] means nothing here
       *[other] did you mean `{ $nearest }`?
    }
    .help = keys that mean something here: { $known }
L102 = the key `{ $key }` is missing
    .label = `{ $key }` belongs here
    .help = write `{ $key } = …` here
L103 = this is { $found ->
        [text] a text
        [number] a number
        [boolean] true or false
        [date] a date
        [list] a list
       *[table] a table
    }, something else is expected
    .label = { $expected ->
        [text] expected a text in quotes
        [list] expected a list of texts
        [languages] expected a text by language
        [groups] expected groups
       *[table] expected a table
    }
    .help = write { $expected ->
        [text] "…"
        [list] ["…", "…"]
        [languages] {"{"} id = "…", en = "…" {"}"}
        [groups] [[group]] above the group
       *[table] its name in brackets on a line of its own, its keys below
    }
L104 = `{ $name }` stands here twice
    .label = the second one
    .help = remove one of the two, or give it another name
L105 = `{ $name }` cannot be the name of a { $kind ->
        [language] language
        [group] group
       *[lesson] lesson
    }
    .label = not a name
    .help = { $kind ->
        [language] write a language tag such as `id`, `en` or `pt-BR`
       *[other] use letters, digits, `-` and `_`; a lesson's id is its file's name without `.md`
    }
L106 = the title in `{ $lang }` is missing
    .label = no `{ $lang }` here
    .help = add `{ $lang } = "…"`: the course has this language

L107 = this file is not UTF-8 text
    .label = this byte fits no character
    .help = save the file as UTF-8 in your editor

# A course and its files

L110 = there is no lesson `{ $lesson }` in `{ $lang }`
    .label = { $nearest ->
        [none] no file has this name
       *[other] did you mean `{ $nearest }`?
    }
    .help = write { $lang }/…/{ $lesson }.md (`dermaga new lesson { $lesson }` makes one), or remove the entry
L111 = the lesson `{ $lesson }` is not in the course
    .label = nobody will see or test this lesson
    .help = add "{ $lesson }" to a group's `lessons` in course.toml; a draft's name begins with `_`
L112 = the lesson `{ $lesson }` is missing in `{ $lang }`
    .label = not translated to `{ $lang }`
    .help = translate it at the same path below { $lang }/
L113 = two files are the lesson `{ $lesson }`
    .label = the other one is { $path }
    .help = a lesson's id is its file's name: give one of the two another name
L114 = this translation is not where its source is
    .label = the source is at { $path }
    .help = move this file to the same path below its own language
L115 = there is no lesson `{ $lesson }` in this course
    .label = { $nearest ->
        [none] not in course.toml
       *[other] did you mean `{ $nearest }`?
    }
    .help = `requires` takes ids of lessons: file names without `.md`
L116 = the lesson `{ $lesson }` does not come before this one
    .label = comes later in course.toml
    .help = change the order in course.toml, or remove it from `requires`
L117 = this step's id is not written
    .label = { "{" }#{ $id }{ "}" } is missing
    .help = write { "{" }#{ $id }{ "}" } after the heading, the same in every language: translations find their steps by it

# Translations

L120 = this translation does not say which text it was made from
    .label = `translates` is missing
    .help = write `translates: { $digest }` in the front matter; `dermaga lint --fix` does it
L121 = this translation is older than its source
    .label = the source's prose is { $digest } by now
    .help = compare the prose of both, then run `dermaga lint --fix { $path }`
L122 = the step `{ $step }` is missing
    .label = belongs after this: “{ $title }”
    .help = translate the step from the source
L123 = the source has no step `{ $step }`
    .label = only here
    .help = remove the step, give it the source's id, or add it to the source
L124 = the steps stand in another order than in the source
    .label = `{ $wanted }` comes here in the source
    .help = give the steps the source's order
L125 = a `{ $kind }` block of the source is missing
    .label = belongs after this; see { $path }:{ $line }
    .help = { $kind ->
        [quiz] translate it from the source
       *[other] `dermaga lint --fix` carries it over; hints in it are yours to translate
    }
L126 = the source has no such `{ $kind }` block
    .label = only here
    .help = remove it, or add it to the step `{ $step }` of the source
L127 = the commands differ from the source's
    .label = other than in { $path }:{ $line }
    .help = `dermaga lint --fix` carries the source's block over
L128 = the output differs from the source's
    .label = other than in { $path }:{ $line }
    .help = `dermaga lint --fix` carries the source's block over
L129 = the block's attributes differ from the source's
    .label = other than in { $path }:{ $line }
    .help = `dermaga lint --fix` carries the source's block over
L130 = the file differs from the source's
    .label = other than in { $path }:{ $line }
    .help = `dermaga lint --fix` carries the source's block over
L131 = the claim differs from the source's
    .label = other than in { $path }:{ $line }
    .help = `dermaga lint --fix` carries the claim over and keeps your hints; where the numbers of hints differ, do it by hand
L132 = the quiz is answered in another way than the source's
    .label = other than in { $path }:{ $line }
    .help = give it as many answers as the source, in the same order, with the same ones right
L133 = `{ $key }` differs from the source's
    .label = here: { $here }; in the source: { $there }
    .help = { $key ->
        [objectives] translate every objective of the source
       *[other] `dermaga lint --fix` carries it over
    }

# Lessons

L140 = this course does not say “{ $form }”
    .label = { $instead ->
        [none] forbidden in terms.toml
       *[other] say “{ $instead }”
    }
    .help = where it is a name, write it as code; where you introduce the foreign word, in italics
L141 = a wrong option without a reason
    .label = why is this one wrong?
    .help = add `why:` to this option: whoever chooses it learns from that
L142 = an objective that no check or quiz covers
    .label = { $objectives } objectives, but only { $asked } checks and quizzes
    .help = add a check or a quiz for it, or promise less
L143 = this check cannot fail
    .label = no command stands above it in the step `{ $step }`
    .help = put the check after the commands that make it true, or say `already: true`
L144 = { $kind ->
        [id] the id `{ $token }`
        [name] the generated name `{ $token }`
        [port] the chosen port `{ $token }`
       *[address] the address `{ $token }`
    } is another one next time
    .label = this command can never run again as it is
    .help = { $kind ->
        [port] publish a port that you choose: `-p 8080:80`
        [address] use the container's name
       *[other] give a name (`--name web`), or ask for it: `$(docker ps -lq)`
    }
L145 = the control character { $name } is in this file
    .label = here
    .help = remove it: in a terminal it could do what nobody sees
L146 = the invisible character { $name } turns the reading direction
    .label = here
    .help = remove it: what is read would not be what is run
L150 = this lesson has { $number } words
    .label = more than { $limit }
    .help = make two lessons of it: people learn in short ones
L151 = this lesson has { $number } commands
    .label = this is the first one after { $limit }
    .help = make two lessons of it: people learn in short ones
L152 = this lesson takes { $number } minutes
    .label = more than { $limit }
    .help = make two lessons of it: people learn in short ones
L160 = this link leads nowhere
    .label = there is no { $path }
    .help = links are seen from the directory of this file
L161 = this picture is missing
    .label = there is no { $path }
    .help = put the picture there, or show a transcript instead: that can be tested
L162 = no heading has the id `{ $anchor }`
    .label = { $nearest ->
        [none] leads nowhere
       *[other] did you mean `#{ $nearest }`?
    }
    .help = an id is written after its heading: { "{" }#{ $anchor }{ "}" }
L163 = the pack does not have the image `{ $image }`
    .label = cannot be pulled in class
    .help = add it to the pack with `dermaga pack create`, or use an image and tag that the pack has
L164 = the image `{ $image }` is pulled, but not announced
    .label = not in `images` or `have`
    .help = add it to `images:` in the front matter, so that packs and mirrors bring it

# files

file-missing = { $path }: there is no such file or directory. Check the spelling and the directory you are in.
file-directory = { $path } is a directory; a file is expected. Name a file in it.
file-permission = { $path }: you may not { $action ->
        [write] write
       *[read] read
    } this. Ask its owner, or look at its permissions with `ls -l`.
file-not-utf8 = { $path } is not UTF-8 text: byte { $offset } fits no character. Save it as UTF-8 in your editor.
file-too-large = { $path } has { $size } bytes; a lesson may have at most { $limit }. Is it really a lesson?
file-no-space = { $path }: there is no space left on the disk. Nothing was changed; free some space and try again.
file-changed = { $path } was changed by somebody else since it was read. It was left alone; run the command again.
file-exists = { $path } is there already. It was left alone; choose another name, or move it away.
file-other = { $path }: { $detail }
no-course = There is no course here: no `course.toml` in { $path }, in `lessons` below it, or above it. Name a lesson or a course, or make one with `dermaga new course DIR`.

# dermaga lint

lint-fixed = { $path }: mended in { $count ->
        [one] one place
       *[other] { $count } places
    }
lint-nothing = No lesson was found there: no `.md` file, or none in the languages of course.toml. Name a lesson or a course.
lint-clean = { $count ->
        [one] One lesson was read, nothing is wrong.
       *[other] { $count } lessons were read, nothing is wrong.
    }
lint-errors = { $count ->
        [0] no error
        [one] one error
       *[other] { $count } errors
    }
lint-warnings = { $count ->
        [0] no warning
        [one] one warning
       *[other] { $count } warnings
    }
lint-summary = { $count ->
        [one] One lesson was read: { $errors }, { $warnings }.
       *[other] { $count } lessons were read: { $errors }, { $warnings }.
    }
lint-mendable = { $count ->
        [one] One of them can be mended with `dermaga lint --fix`.
       *[other] { $count } of them can be mended with `dermaga lint --fix`.
    }
