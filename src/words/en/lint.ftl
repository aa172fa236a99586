# lint (en)

## L001–L099: how a lesson is written. Title, .label (short, at the place), .help (a way out).

L001 = the front matter is not closed
    .label = opened here
    .help = write `---` alone on a line after its last key
L002 = the front matter is not a list of keys
    .label = a `key: value` belongs here
    .help = write one key a line, such as `title: Pulling an image`; for a line across the page at the very top, use `***`
L003 = unknown front matter key `{ $name }`
    .label = unknown
    .help = { $near ->
        [none] the keys are { $known }
       *[other] did you mean `{ $near }`?
    }
L004 = Dermaga does not know the front matter key `{ $name }`
    .label = left alone
    .help = it changes nothing here; keep it if another tool reads it, else remove it
L005 = Dermaga does not read front matter in TOML
    .label = only its title is used
    .help = write a lesson's keys, such as `title` and `minutes`, as YAML between `---` lines
L006 = `{ $name }` is written twice
    .label = already above
    .help = merge the two and remove one
L007 = this file is not a lesson yet
    .label = no front matter, and no `console`, `check` or `quiz` fence
    .help = write its commands in `console` fences, each with its prompt: `$ docker ps`
L008 = the step id `{ $name }` is taken
    .label = an earlier step has it
    .help = give each step an id of its own: Dermaga keeps a learner's progress by step id
L009 = the step id `{ $name }` cannot be used
    .label = only letters, digits, `-` and `_`
    .help = write for example { "`{#pull-image}`" }: at most 80 characters, no spaces or punctuation

L010 = a fence is not closed
    .label = opened here
    .help = write a closing marker of the same length on a line of its own, as far in as the opening one; in a list or a quote all lines of the fence are indented
L011 = unknown attribute `{ $name }`
    .label = unknown
    .help = { $near ->
        [none] the attributes here are { $known }
       *[other] did you mean `{ $near }`?
    }
L012 = the value of `{ $name }` cannot be used
    .label = { $value ->
        [none] the value is missing
       *[other] this value does not fit
    }
    .help = { $name ->
        [exit] write an exit status from 0 to 255, such as `exit=1`, or `exit=1|255` if engines differ
        [timeout] write a length of time, such as `timeout=90s`, `timeout=10m` or `timeout=1m30s`
        [needs] write the abilities it needs, such as `needs=compose+buildkit`
        [since] write a major version of the Docker client, such as `since=29`
        [until] write a major version of the Docker client, such as `until=28`
        [engine] choose `engine=docker`, `engine=containerd` or `engine=podman`
        [prompt] write the program's prompt in quotes, such as `prompt='mysql> '`
        [file] write the file's path, such as `file=Dockerfile`
       *[other] this attribute is written without a value: `{ $name }`
    }
L013 = the attribute `{ $name }` is written twice
    .label = already there
    .help = remove one; several values are joined by `+`, as in `needs=compose+buildkit`
L014 = the attribute `{ $name }` has no place on a `{ $fence }` fence
    .label = means nothing here
    .help = { $fence ->
        [console] a `console` fence is a terminal's screen; for a file use the file's own language, such as `dockerfile,file=Dockerfile`
        [check] a `check` fence knows `needs`, `since`, `until` and `engine`; waiting is written inside it: `within: 10s`
        [quiz] a `quiz` fence knows no attributes; remove it
       *[other] it is for `console` fences, or for files with `file=`; remove it, or change the fence's first word
    }
L015 = the fence's attributes cannot be read
    .label = here
    .help = put commas between attributes, close every quote, and put a value that has spaces in quotes: `console,exit=1,prompt='mysql> '`
L016 = unknown fence `{ $name }`
    .label = a slip of the pen?
    .help = did you mean `{ $near }`? As it is, the fence is only shown as text
L017 = `{ $one }` and `{ $other }` cannot stand together
    .label = contradicts `{ $one }`
    .help = choose one; a `blank` fence never runs, a `solution` is its answer, and a `hidden` one is never shown
L018 = there is a NUL byte in this file
    .label = here
    .help = remove it, and save the file as UTF-8 text
L019 = this mark has no partner
    .label = text for the page only stands between two marks
    .help = begin it with `<!-- page -->` and end it with `<!-- /page -->`, both in the same `##` section
L031 = this fence stands in text for the page only
    .label = it runs all the same
    .help = move it out of `<!-- page -->` … `<!-- /page -->`; only text may stand between them
L034 = a section with `{ "{" }.notes{ "}" }` has a fence that runs
    .label = the tutor does not walk through this section as a step
    .help = move the fence to a step, or remove `.notes` from the heading

L020 = a `console` fence does not begin with a command
    .label = no prompt at the start of this line
    .help = { $kind ->
        [inside] this is the prompt of a program inside; write this line in the same fence as the command that opens the program, such as `docker exec -it web sh`; if it is your own shell's prompt, name it: `console,prompt='app# '`
       *[none] begin with a prompt and a command: `$ docker ps`, `# docker ps` or `user@host:~$ docker ps`; name any other prompt, such as `console,prompt='C:\> '`; for plain text use a `text` fence
    }
L021 = this line is read as a command, but looks like a comment
    .label = a `#` that begins a fence is root's prompt
    .help = { $kind ->
        [dollar] the fence has `$` prompts too. If this is a comment, move it out of the fence, or write it after a prompt: `$ # comment`. If it is root's command, give it a fence of its own
       *[prose] move it out of the fence, or write it after the prompt: `# # comment`; begin each command with the prompt
    }
L022 = this command is not finished
    .label = bash would wait for the rest
    .help = close its quote, bracket, here-document or `if`/`for`; lines that continue a command begin with `> `
L023 = a prompt without a command
    .label = nothing follows the prompt
    .help = remove this line, or write the command; an empty prompt may only be the last line
L024 = the prompt `{ $name }` never comes in this fence
    .label = no line begins with it
    .help = write the prompt as the screen shows it, with the space at its end, or remove the attribute
L025 = a `blank` fence has no gap
    .label = `____` is missing
    .help = write `____` (four underscores) for each missing part, as in `$ docker ____`
L026 = a `blank` fence without its solution
    .label = the next fence is not its `solution`
    .help = write the complete `solution` fence right after it; Dermaga runs and checks that fence
L027 = a `{ $name }` fence has output
    .label = this line is output
    .help = a `{ $name }` fence holds commands alone; move the output to its `solution`, or to an ordinary fence
L028 = a fence that runs has a `____`
    .label = this gap is not filled in yet
    .help = add the attribute `blank` if it is an exercise, or fill the gap
L029 = the solution does not fill the gaps
    .label = its commands differ from the `blank` ones
    .help = outside of `____` they must be the same: as many commands, with the same words
L030 = the key { $name } must stand on a line of its own
    .label = there is a prompt before it
    .help = write { $name } alone on a line; Dermaga sends the key when the lines before it have come
L032 = two variants are for the same engine
    .label = overlaps with a variant before it
    .help = of variants that stand together, only one runs; give them different `since`, `until` or `engine`, or put a sentence between them
L033 = `since={ $since }` is newer than `until={ $until }`
    .label = no version fits
    .help = swap them: `since` is the lowest version, `until` the highest

L035 = the path `{ $name }` is refused
    .label = { $why ->
        [absolute] an absolute path
        [outside] leads out of the lesson's directory
        [sign] has a character that may not be
        [long] too long
       *[empty] a part of it is empty
    }
    .help = write a relative path inside the lesson's directory, with `/` between its parts, such as `app/Dockerfile`

L040 = this YAML cannot be read
    .label = the YAML reader stopped here
    .help = look at the spaces at the start of the line, the colons and the brackets; the YAML reader says: { $detail }
L041 = put this text in quotes
    .label = { $why ->
        [hash] YAML drops ` #` and the text after it as a comment
        [backquote] YAML takes no text that begins with `` ` ``
        [colon] a colon with a space cuts this text in two
        [bracket] a bracket at the start makes a list of it
        [quote] there is text after the closing quote
       *[sign] the sign at its start means something else in YAML
    }
    .help = write the whole text between double quotes, as in `"Type: ..."`; inside them a quote is written `\"`
L042 = YAML's anchors, aliases and tags are not used in lessons
    .label = `&`, `*` or `!` before a value
    .help = put it in quotes if it is a text; to repeat a value, simply write it again
L044 = the value of `{ $name }` is of the wrong kind
    .label = { $wanted ->
        [text] a text is wanted
        [texts] a list of texts is wanted
        [number] a number is wanted
        [bool] `true` or `false` is wanted
        [map] keys and values are wanted
        [list] a list is wanted
        [duration] a length of time is wanted
        [size] columns × rows are wanted
        [date] a date is wanted
        [nothing] no value is wanted
       *[scalar] one value is wanted
    }
    .help = { $wanted ->
        [text] write one text, best between quotes
        [texts] write each text on a line of its own that begins with `- `
        [number] write a whole number without a unit, such as `15`
        [bool] write `true` or `false`, without quotes
        [map] write `key: value`, one a line, at the same depth
        [list] write a list: `[one, two]`, or each value on a line of its own that begins with `- `
        [duration] write for example `500ms`, `10s` or `1m30s`, at most a day
        [size] write for example `100x200`: 100 columns and 200 rows
        [date] write year, month and day, for example `2026-11-24`
        [nothing] remove the value; the claims stand on the next lines
       *[scalar] write one name or value
    }
L045 = `{ $name }` is missing
    .label = here
    .help = write `{ $name }:` and its value
L046 = the `{ $name }` fence is empty
    .label = nothing in it
    .help = fill it, or remove it

L050 = this check has no subject
    .label = { $name ->
        [none] no subject
       *[other] not a subject
    }
    .help = { $near ->
        [none] begin with the object to check, such as `container: web`; the subjects are { $known }
       *[other] did you mean `{ $near }`?
    }
L051 = a check has one subject
    .label = the subject is `{ $subject }` already
    .help = move `{ $name }` to a `check` fence of its own
L052 = `{ $name }` cannot be asked of `{ $subject }`
    .label = unknown
    .help = { $near ->
        [none] { $paths ->
            [yes] there are { $known }, and paths of `inspect` that begin with a capital, such as `State.Running`
           *[no] there are { $known }
        }
       *[other] did you mean `{ $near }`?
    }
L053 = `{ $subject }` has no part `{ $name }`
    .label = no paths of `inspect` here
    .help = of `{ $subject }` you can ask { $known }
L054 = the path `{ $name }` cannot be read
    .label = here
    .help = put dots between its parts; put a part with a dot or a space in double quotes: `HostConfig.PortBindings."80/tcp".0.HostPort`
L055 = unknown operator `{ $name }`
    .label = unknown
    .help = { $near ->
        [none] the operators are { $known }
       *[other] did you mean `{ $near }`?
    }
L056 = there is no operator
    .label = these braces are empty
    .help = write for example { "`{ at_least: 1 }`" } or { "`{ matches: \"nginx\" }`" }
L057 = the regular expression cannot be read
    .label = { $detail }
    .help = put a `\` before signs that are meant literally, such as `\(`, `\[` or `\*`
L058 = `absent: true` must stand alone
    .label = an absent object has no properties
    .help = remove `absent`, or move the rest to a `check` fence of its own
L059 = this `{ $subject }` asks nothing
    .label = nothing is claimed of it
    .help = write what must be true: { $known }
L060 = unknown filter `{ $name }`
    .label = unknown
    .help = { $near ->
        [none] the filters are { $known }
       *[other] did you mean `{ $near }`?
    }
L061 = `{ $name }: { $value }` cannot be used
    .label = { $name ->
        [http] not an address
        [registry] not a registry and a repository
        [on] no engine of that name
       *[other] not a name
    }
    .help = { $name ->
        [http] write a full address that begins with `http://` or `https://`, such as `http://localhost:8080/`
        [registry] write the registry and the repository, such as `localhost:5000/web`
        [on] the engines are `node-a` and `node-b`
       *[other] write a name without spaces, such as `{ $name }: web`
    }
L062 = the subject of a check comes first
    .label = move this to the first line
    .help = write `{ $name }:` on the first line of the fence, and the rest below it

L070 = unknown key `{ $name }` in a quiz
    .label = unknown
    .help = { $near ->
        [none] there are { $known }
       *[other] did you mean `{ $near }`?
    }
L071 = this quiz has no answer
    .label = there is only the question
    .help = add `options`, `order`, `match` or `fact`
L072 = a quiz has one kind of answer
    .label = there is another answer above
    .help = move `{ $name }` to a `quiz` fence of its own
L073 = no option is right
    .label = none has `right: true`
    .help = write `right: true` at the right option; there may be several
L074 = `{ $name }` needs at least two entries
    .label = too few
    .help = add some: with one entry there is nothing to think about
L075 = this entry is written twice
    .label = the same as one above
    .help = change one of them: nobody can tell them apart
L076 = the `fact` does not name its subject
    .label = no subject
    .help = write for example { "`fact: { image: mongo:4.1, path: RootFS.Layers, as: length }`" }
level-error = error
level-warning = warning
level-help = help

# course.toml and terms.toml

L100 = this file is not TOML
    .label = { $detail }
    .help = correct the marked place; https://toml.io shows how to write each kind of value
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
    }, not what is expected here
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
L105 = `{ $name }` cannot be the name of { $kind ->
        [language] a language
        [group] a group
        [engine] a course's engine
        [course] a course
        [page] a page of yours
        [file] a picture of the site
        [address] a page's address
       *[lesson] a lesson
    }
    .label = not a name
    .help = { $kind ->
        [page] write a path below each language's folder, such as `about.md`
        [file] write a path below the course's folder, such as `logo.svg`
        [address] write a path below the site's address, such as `basics/named.html`
        [language] write a language tag such as `id`, `en` or `pt-BR`
        [engine] write `private`, or `private:` and the name of another private engine; learners choose among their own engines
       *[other] use letters, digits, `-` and `_`; a lesson's id is its file's name without `.md`
    }
L106 = the title in `{ $lang }` is missing
    .label = no `{ $lang }` here
    .help = add `{ $lang } = "…"`: the course has this language

L108 = `{ $url }` is not { $key ->
        [url] the address of a site
        [edit] an address with the place of a page in it
       *[other] the address of a page
    }
    .label = { $key ->
        [edit] no `{"{"}path{"}"}`, or no whole address
       *[other] not a whole address
    }
    .help = { $key ->
        [url] write `https://`, the host and the path, such as `https://example.org/course/`; no blanks and no `?`
        [edit] write `{"{"}path{"}"}` where the file's path belongs, such as `https://example.org/you/course/edit/main/{"{"}path{"}"}`
       *[other] write it whole, such as `https://example.org/you/course`
    }
L109 = { $ratio ->
        [none] `{ $colour }` is not a colour
       *[other] text in `{ $colour }` has a contrast of { $ratio }:1, too little to be read
    }
    .label = { $palette ->
        [light] for the light pages
       *[dark] for the dark pages
    }
    .help = { $ratio ->
        [none] write it as `#0b5c74`
       *[other] choose a { $palette ->
            [light] darker
           *[dark] lighter
        } colour: 4.5:1 is needed
    }

L107 = { $encoding ->
    [utf-16] this file is UTF-16 text, not UTF-8
   *[other] this file is not UTF-8 text
}
    .label = { $encoding ->
        [utf-16] every letter takes two bytes
       *[other] this byte fits no character
    }
    .help = { $encoding ->
        [utf-16] save the file as UTF-8 in your editor, or run `iconv -f UTF-16 -t UTF-8 OLD.md > NEW.md`
       *[other] save the file as UTF-8 in your editor
    }

# A course and its files

L110 = there is no lesson `{ $lesson }` in `{ $lang }`
    .label = { $nearest ->
        [none] no file has this name
       *[other] did you mean `{ $nearest }`?
    }
    .help = write { $lang }/…/{ $lesson }.md (`dermaga new lesson { $lesson }` makes one), or remove the entry
L111 = the lesson `{ $lesson }` is not in the course
    .label = Dermaga neither shows nor tests this lesson
    .help = add "{ $lesson }" to a group's `lessons` in course.toml; a draft's name begins with `_`
L112 = the lesson `{ $lesson }` is missing in `{ $lang }`
    .label = not translated to `{ $lang }`
    .help = translate it at the same path below { $lang }/
L113 = two files are the lesson `{ $lesson }`
    .label = the other one is { $path }
    .help = a lesson's id is its file's name: give one of the two another name
L114 = this translation and its source have different paths
    .label = the source is at { $path }
    .help = move this file to the same path below its own language
L115 = there is no lesson `{ $lesson }` in this course
    .label = { $nearest ->
        [none] not in course.toml
       *[other] did you mean `{ $nearest }`?
    }
    .help = `requires` and `authors` take ids of lessons: file names without `.md`
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
    .label = { $steps ->
        [unknown] the source's prose is { $digest } by now
        [teacher] only the part for teachers has changed
       *[other] steps that have changed: { $steps }
    }
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
    .help = `dermaga lint --fix` carries the claim over and keeps your hints; if the numbers of hints differ, do it by hand
L132 = the quiz's answers do not match the source's
    .label = other than in { $path }:{ $line }
    .help = write as many answers as the source, in the same order, and mark the same ones as right
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
    .help = if the word is a name, write it as code; if you introduce it as a foreign word, write it in italics
L141 = a wrong option without a reason
    .label = why is this one wrong?
    .help = add `why:` to this option: learners who choose it learn from the reason
L142 = an objective that no check or quiz covers
    .label = { $objectives } objectives, but only { $asked } checks and quizzes
    .help = add a check or a quiz for it, or remove the objective
L143 = this check cannot fail
    .label = no command stands above it in the step `{ $step }`
    .help = put the check after the commands that make it true, or say `already: true`
L144 = { $kind ->
        [id] the id `{ $token }`
        [name] the generated name `{ $token }`
        [port] the chosen port `{ $token }`
       *[address] the address `{ $token }`
    } is different in every run
    .label = this command can never run again as it is
    .help = { $kind ->
        [port] publish a port that you choose: `-p 8080:80`
        [address] use the container's name
       *[other] give a name (`--name web`), or ask for it: `$(docker ps -lq)`
    }
L145 = the control character { $name } is in this file
    .label = here
    .help = remove it: in a terminal it could act without being seen
L146 = the invisible character { $name } turns the reading direction
    .label = here
    .help = remove it: people would read one text, and bash would run another
L147 = this command never ends
    .label = { $why ->
        [inside] nothing leaves the program that it opens
        [service] it runs until somebody stops it
       *[question] it asks, and no line answers
    }
    .help = { $why ->
        [inside] end it in the fence: `exit` behind its prompt, or `^D` or `^P^Q` alone on a line; write its prompt as the screen shows it, or name it with `prompt='…'`
        [service] write `^C` alone on the line below its output, or run it so that it ends: `-d`, `--no-stream`, `--until`, `timeout 5 …`
       *[question] write the question as the screen shows it, with the answer behind it: `Are you sure you want to continue? [y/N] y`; or add `--force`
    }
L148 = this command may never end
    .label = { $why ->
        [inside] nothing leaves the program that it opens, if the program waits for input
        [service] it runs as long as its containers
       *[question] it may ask, and no line answers
    }
    .help = { $why ->
        [inside] if the program waits, end it in the fence: `exit` behind its prompt, or `^D` or `^P^Q` alone on a line; if it ends by itself, write its output
        [service] if it does not end by itself, write `^C` alone on the line below its output, or use `-d`
       *[question] write the question as the screen shows it, with the answer behind it; or use an option that does not ask
    }
L149 = this line is read as output
    .label = { $kind ->
        [comment] looks like a comment, or like a command of root's
        [command] looks like a command, but does not begin with the prompt
       *[continuation] looks like more of the command, but the command is finished
    }
    .help = { $kind ->
        [comment] move it out of the fence, or write it behind the prompt: a comment as `$ # comment`, a command of root's with `sudo`; if it is printed, let it be
        [command] begin the line with the prompt; if it is printed, let it be
       *[continuation] end the line before it with `\` and nothing after that, or join the two; if it is typed into a program, name its prompt: `prompt='> '`; if it is printed, let it be
    }
L150 = this lesson has { $number } words
    .label = more than { $limit }
    .help = make two lessons of it: people learn in short ones
L151 = this lesson has { $number ->
        [one] one command
       *[other] { $number } commands
    }
    .label = this is the first one after { $limit }
    .help = make two lessons of it: people learn in short ones
L152 = this lesson takes { $number ->
        [one] one minute
       *[other] { $number } minutes
    }
    .label = more than { $limit }
    .help = make two lessons of it: people learn in short ones
L153 = `{ $word }` is still to be filled in
    .label = a placeholder
    .help = write the real text: bash runs a placeholder as it stands, and takes `<` as a file to read from
L154 = this output holds { $kind ->
        [host] the host name
        [kernel] the kernel release
        [user] the user name
        [home] the home folder
        [memory] the amount of memory
       *[other] the address
    } of your computer: `{ $value }`
    .label = another computer prints something else here
    .help = write `[..]` in its place
L160 = this link leads nowhere
    .label = there is no { $path }
    .help = links start at the directory of this file
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
    .help = add it to `images:` in the front matter, so that packs and mirrors contain it

# files

file-missing = { $path }: there is no such file or directory. Check the spelling and the directory you are in.
file-directory = { $path } is a directory; a file is expected. Name a file in it.
file-special = { $path } is a pipe, a device or a socket; a regular file is expected. Save the text in a file, and name that.
file-permission = { $path }: you may not { $action ->
        [write] write
       *[read] read
    } this. Ask its owner, or look at its permissions with `ls -l`.
file-not-utf8 = { $encoding ->
    [utf-16] { $path } is UTF-16 text, not UTF-8. Save it as UTF-8 in your editor.
   *[other] { $path } is not UTF-8 text: byte { $offset } fits no character. Save it as UTF-8 in your editor.
}
file-too-large = { $path } has { $size } bytes; a lesson may have at most { $limit }. Is it really a lesson?
file-link = { $path } is a link to { $target }. Dermaga does not write through this link. Name the file it leads to, or remove the link.
file-outside = { $path } is not inside { $root }, so Dermaga does not write it. Run Dermaga in the file's directory, and name the file there.
file-not-regular = { $path } is a pipe, a device or a socket, and Dermaga writes only to regular files. Name a file; where `-` is allowed, it stands for standard output.
file-hard-link = { $path } is a hard link: the same file also has another name. If Dermaga wrote here, the other name would keep the old text. First replace this name by a copy: `cp { $path } { $path }.new && mv { $path }.new { $path }`.
file-write-protected = { $path } is write-protected. Allow writing first: `chmod u+w { $path }`
file-read-only-disk = { $path } is on a read-only disk. Name a file elsewhere.
file-no-directory = The directory { $path } does not exist. Make it first: `mkdir -p { $path }`
file-not-directory = { $path } is a file; a directory is expected. Name another directory.
file-no-space = { $path }: there is no space left on the disk. The old content of this file is still there; free some space and try again.
file-changed = { $path } was changed by another program after Dermaga read it. Dermaga left it alone; run the command again.
file-exists = { $path } is there already. Dermaga left it alone; choose another name, or move it away.
file-other = { $path }: { $detail }
no-course = There is no course here: no `course.toml` in { $path }, in `lessons` below it, or above it. Name a lesson or a course, or make one with `dermaga new course DIR`.

# dermaga lint

lint-fixed = { $path }: mended in { $count ->
        [one] one place
       *[other] { $count } places
    }
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
