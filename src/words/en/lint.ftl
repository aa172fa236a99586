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
