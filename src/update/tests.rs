//! Tests the edits of `--update`. After an update, the lesson must match the printed lines.

mod properties;

use super::edits;
use crate::lesson::{Command, LessonId, parse};
use crate::matcher::{Bindings, Options, compare};
use crate::text::{Edit, Source, Span, apply};

const OPTIONS: Options<'static> = Options { exact: false, dir: Some("/run/dermaga/l1") };

fn commands(source: &Source) -> Vec<Command> {
    let (lesson, diagnostics) = parse(source, LessonId("uji".into()));
    assert!(diagnostics.iter().all(|found| found.severity < crate::text::Severity::Error), "{diagnostics:?}");
    lesson.transcripts().flat_map(|(_, transcript)| transcript.commands.clone()).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Returns the edits for a whole lesson, and whether every command matched. Computes the edits after the last command,
/// when all bindings are known.
fn edits_of(source: &Source, printed: &[&str]) -> (Vec<Edit>, bool) {
    let commands = commands(source);
    assert_eq!(commands.len(), printed.len(), "{:?}", commands.iter().map(|command| &command.text).collect::<Vec<_>>());
    let mut bindings = Bindings::default();
    let compared: Vec<_> = commands
        .iter()
        .zip(printed)
        .map(|(command, text)| {
            let actual = lines(text);
            let comparison = compare(&command.expected, &actual, &mut bindings, &OPTIONS);
            (command, actual, comparison)
        })
        .collect();
    let met = compared.iter().all(|(_, _, comparison)| comparison.met);
    let edits = compared
        .iter()
        .flat_map(|(command, actual, comparison)| edits(source, command, actual, comparison, &mut bindings, &OPTIONS))
        .collect();
    (edits, met)
}

/// Returns the lesson after `--update`. Checks that the new lesson matches, and that a second update changes nothing.
#[track_caller]
fn updated(lesson: &str, printed: &[&str]) -> String {
    let source = Source::new("uji.md", lesson);
    let (edits, _) = edits_of(&source, printed);
    let text = apply(lesson, &edits).unwrap_or_else(|error| panic!("{error}: {edits:?}"));
    let (again, met) = edits_of(&Source::new("uji.md", text.as_str()), printed);
    assert!(met, "does not match after the update:\n{text}");
    assert_eq!(again, [], "a second update changes:\n{text}");
    text
}

#[track_caller]
fn becomes(lesson: &str, printed: &[&str], expected: &str) {
    assert_eq!(updated(lesson, printed), expected);
}

fn console(body: &str) -> String {
    format!("# Uji\n\n## Satu {{#satu}}\n\n```console\n{body}```\n\nSelesai.\n")
}

#[test]
fn update_changes_only_lines_that_differ() {
    becomes(
        &console(
            "$ docker pull mongo:4.1\n4.1: Pulling from library/mongo\n7413c47ba209: Pull complete\nStatus: lama 13.3kB\nselesai\n",
        ),
        &[
            "4.1: Pulling from library/mongo\n0fe7e7cbb2e8: Pull complete\n1d425c982345: Pull complete\nStatus: baru 8.8kB\nselesai\n",
        ],
        &console(
            "$ docker pull mongo:4.1\n4.1: Pulling from library/mongo\n7413c47ba209: Pull complete\nStatus: baru 8.8kB\nselesai\n",
        ),
    );
}

#[test]
fn update_inserts_new_lines_and_deletes_missing_lines() {
    becomes(&console("$ ls\n"), &["a\nb\n"], &console("$ ls\na\nb\n"));
    becomes(&console("$ ls\na\nb\n"), &[""], &console("$ ls\n"));
    becomes(
        &console("$ ls\nb\nd\n$ pwd\n/x\n"),
        &["a\nb\nc\nd\ne\n", "/x"],
        &console("$ ls\na\nb\nc\nd\ne\n$ pwd\n/x\n"),
    );
    becomes(&console("$ ls\na\nb\nc\n"), &["a\n\nc"], &console("$ ls\na\n\nc\n"));
    becomes(&console("$ ls\n$ pwd\n/y\n"), &["a", "/x"], &console("$ ls\na\n$ pwd\n/x\n"));
}

/// The Markdown parser accepts more line ends than `\n` and `\r\n`.
#[test]
fn edits_stay_in_the_transcript_if_lines_end_with_two_carriage_returns() {
    for (lesson, printed) in [("$ ls\nb\r\r\n", "a"), ("$ ls\na\r\r\nb\r\r\n", "a"), ("$ ls\r\r\na\r\r\n", "")] {
        let lesson = console(lesson);
        let source = Source::new("uji.md", lesson.as_str());
        let (lesson_read, _) = crate::lesson::parse(&source, crate::lesson::LessonId("uji".into()));
        let place = lesson_read.transcripts().next().unwrap().1.commands[0].expected_span;
        let (edits, _) = edits_of(&source, &[printed]);
        assert!(!edits.is_empty());
        for edit in edits {
            assert!(place.start <= edit.span.start && edit.span.end <= place.end, "{edit:?} {place:?}");
        }
    }
}

/// The author's id of one object may equal this run's id of another object.
#[test]
fn updated_lesson_matches_if_the_author_and_this_run_use_one_id_for_two_objects() {
    let lesson = "$ docker ps -lq\nlama\n$ docker ps\nCONTAINER ID   STATUS   NAMES\nb5f57a6200c2   Up       dua\n";
    updated(&console(lesson), &["b5f57a6200c2", "CONTAINER ID   STATUS    NAMES\nb6f57a6200c2   Created   dua"]);
}

#[test]
fn update_keeps_elisions_that_still_match() {
    becomes(&console("$ x\na\n...\nb\n"), &["a\n1\n2\nc"], &console("$ x\na\n...\nc\n"));
    becomes(&console("$ x\nversi [..] lama\n"), &["versi 28.5 baru"], &console("$ x\nversi [..] baru\n"));
    becomes(&console("$ x\n[..]\nb\n"), &["a\nc"], &console("$ x\n[..]\nc\n"));
    becomes(&console("$ x\n...\n"), &["a\n1\n2\nc"], &console("$ x\n...\n"));
}

#[test]
fn update_keeps_blank_lines_around_the_output() {
    let printed = ["DRIVER    VOLUME NAME\nlocal     baru", "dvol"];
    becomes(
        &console(
            "$ docker volume ls\n\nDRIVER    VOLUME NAME\nlocal     lama\n\n$ docker volume create dvol\n\nlama\n\n\n",
        ),
        &printed,
        &console(
            "$ docker volume ls\n\nDRIVER    VOLUME NAME\nlocal     baru\n\n$ docker volume create dvol\n\ndvol\n\n\n",
        ),
    );
    becomes(&console("$ a\n\n$ b\n"), &["x\n\ny", ""], &console("$ a\nx\n\ny\n\n$ b\n"));
    becomes(&console("$ a\n\nx\n\n$ b\n"), &["", "y"], &console("$ a\n\n\n$ b\ny\n"));
    becomes(
        &console("$ docker run -it --rm alpine sh\n\n/ # ls\n\na\n\n/ # exit\n"),
        &["/ # ls\nb\nc\n/ # exit\n"],
        &console("$ docker run -it --rm alpine sh\n\n/ # ls\n\nb\nc\n\n/ # exit\n"),
    );
}

/// Checks that `--update` keeps those lines of a transcript that do not look like output, and that a second update
/// changes nothing. A transcript with such lines never matches the printed output.
#[track_caller]
fn keeps(lesson: &str, printed: &[&str], expected: &str) {
    let (edits, met) = edits_of(&Source::new("uji.md", lesson), printed);
    assert!(!met);
    let text = apply(lesson, &edits).unwrap();
    assert_eq!(text, expected);
    let (again, met) = edits_of(&Source::new("uji.md", text.as_str()), printed);
    assert!(!met && again.is_empty(), "{again:?}");
}

#[test]
fn update_keeps_comments_and_indented_commands_below_a_command() {
    let lesson = console("$ echo a\na\n# now the second one\n$ echo b\nb\n $ echo c\nc\n");
    keeps(&lesson, &["a", "b"], &lesson);
    keeps(&lesson, &["A", "B\nC"], &lesson.replace("\na\n", "\nA\n").replace("\nb\n", "\nB\nC\n"));
    let lesson = console("$ echo a\n# now the second one\n$ echo b\nb\n");
    keeps(&lesson, &["a\nx", "b"], &lesson.replace("# now", "a\nx\n# now"));
    let lesson = console("$ ls\n# one for each line\n\na\nc\n");
    keeps(&lesson, &["a\nb\nc"], &lesson.replace("a\nc", "a\nb\nc"));
    keeps(&lesson, &[""], &lesson.replace("a\nc\n", ""));
    let lesson = console("$ docker run hello-world\n> --rm\n");
    keeps(&lesson, &["Hello"], &lesson.replace("> --rm\n", "> --rm\nHello\n"));
    // A program may also print lines such as `# satu`. So `--update` keeps the line, and the author has to decide.
    keeps(&console("$ ./x\n# satu\na\n"), &["# dua\na"], &console("$ ./x\n# satu\n# dua\na\n"));
    becomes(&console("$ cat x\n# satu\na\n"), &["# dua\na"], &console("$ cat x\n# dua\na\n"));
}

#[test]
fn line_below_a_table_is_written_as_printed() {
    let table = |widths: usize| {
        let row = |cells: [&str; 4]| cells.map(|cell| format!("{cell:<widths$}")).concat().trim_end().to_owned() + "\n";
        [
            ["NETWORK ID", "NAME", "DRIVER", "SCOPE"],
            ["0e17efb29ef8", "bridge", "bridge", "local"],
            ["e7cce6f04032", "host", "host", "local"],
        ]
        .map(row)
        .concat()
    };
    let sentence = "A sentence that another command prints after the table";
    becomes(
        &console(&format!("$ docker network ls; echo\n{}", table(20))),
        &[&format!("{}{:<15}none           null           local\n{sentence}", table(15), "aaaaaaaaaaaa")],
        &console(&format!(
            "$ docker network ls; echo\n{}{:<20}{:<20}{:<20}local\n{sentence}\n",
            table(20),
            "aaaaaaaaaaaa",
            "none",
            "null"
        )),
    );
}

#[test]
fn update_writes_a_bound_token_as_the_author_wrote_it() {
    becomes(
        &console(
            "$ docker run -d --name web nginx\n8f14e45fceea167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de\n$ docker port web\nlama 8f14e45fceea\n",
        ),
        &["0a1b2c3d4e5f167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de", "baru 0a1b2c3d4e5f di 172.17.0.2"],
        &console(
            "$ docker run -d --name web nginx\n8f14e45fceea167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de\n$ docker port web\nbaru 8f14e45fceea di 172.17.0.2\n",
        ),
    );
    // If the lesson has an id only below a later command, the update writes the id in that form below the earlier one.
    becomes(
        &console("$ docker create x\n$ docker ps -q\n8f14e45fceea\n"),
        &["0a1b2c3d4e5f", "0a1b2c3d4e5f"],
        &console("$ docker create x\n8f14e45fceea\n$ docker ps -q\n8f14e45fceea\n"),
    );
    // The lesson writes 172.17.0.3 for the address 172.17.0.2, so the lesson cannot show the real 172.17.0.3.
    becomes(
        &console("$ a\n172.17.0.3\n$ b\nx\n"),
        &["172.17.0.2", "y 172.17.0.3 172.17.0.2"],
        &console("$ a\n172.17.0.3\n$ b\ny [..] 172.17.0.3\n"),
    );
}

#[test]
fn update_never_writes_a_path_of_this_machine() {
    becomes(&console("$ pwd\n"), &["/run/dermaga/l1"], &console("$ pwd\n[..]\n"));
    becomes(
        &console("$ pwd\n/home/ryan\n$ ls\nx\n"),
        &["/run/dermaga/l1", "ada /run/dermaga/l1/a"],
        &console("$ pwd\n/home/ryan\n$ ls\nada /home/ryan/a\n"),
    );
}

mod tables {
    use super::*;

    const WRITTEN: &str = "\
$ docker images
REPOSITORY    TAG       IMAGE ID       CREATED      SIZE
hello-world   latest    d1165f221234   8 days ago   13.3kB
mongo         4.1       d93e3cc722d8   8 days ago   360MB
";

    #[test]
    fn update_of_a_row_keeps_its_matching_cells() {
        becomes(
            &console(WRITTEN),
            &[
                "REPOSITORY    TAG       IMAGE ID       CREATED        SIZE\nhello-world   latest    74cc54e27dc4   56 years ago   8.8kB\nmongo         4.2       c6e691ebc094   56 years ago   1.98MB\n",
            ],
            &console(&WRITTEN.replace("4.1", "4.2")),
        );
    }

    #[test]
    fn update_inserts_and_deletes_table_rows() {
        becomes(
            &console(WRITTEN),
            &[
                "REPOSITORY   TAG       IMAGE ID       CREATED        SIZE\nalpine       3.20      74cc54e27dc4   56 years ago   8.8kB\nmongo        4.1       c6e691ebc094   56 years ago   1.98MB\n",
            ],
            &console(
                "\
$ docker images
REPOSITORY    TAG       IMAGE ID       CREATED      SIZE
mongo         4.1       d93e3cc722d8   8 days ago   360MB
alpine        3.20      74cc54e27dc4   56 years ago   8.8kB
",
            )
            .replace("CREATED      SIZE", "CREATED        SIZE")
            .replace("8 days ago   360MB", "8 days ago     360MB"),
        );
    }

    #[test]
    fn update_widens_a_column_for_a_wide_cell() {
        let text = updated(
            &console("$ docker images\nREPOSITORY   TAG   SIZE\nmongo        4.1   1MB\n"),
            &[
                "REPOSITORY             TAG   SIZE\nmongo                  4.1   1MB\nnama-yang-panjang-sekali   4.1   1MB\n",
            ],
        );
        assert!(text.contains("REPOSITORY                 TAG   SIZE\n"), "{text}");
    }

    #[test]
    fn update_lays_out_a_table_again_if_its_columns_changed() {
        let text = updated(
            &console(WRITTEN),
            &[
                "REPOSITORY    TAG       IMAGE ID       PLATFORM      SIZE\nmongo         4.1       c6e691ebc094   linux/amd64   1.98MB\n",
            ],
        );
        assert!(text.contains("REPOSITORY   TAG       IMAGE ID       PLATFORM      SIZE\n"), "{text}");
        assert!(text.contains("mongo        4.1       d93e3cc722d8   linux/amd64   360MB\n"), "{text}");
        assert!(!text.contains("hello-world"));
    }

    #[test]
    fn update_keeps_an_elided_row_and_replaces_a_table_by_an_error() {
        becomes(
            &console("$ docker images\nREPOSITORY    TAG   SIZE\n...\nmongo         4.1   1MB\n"),
            &["REPOSITORY    TAG   SIZE\nmongo         4.2   1MB\nalpine        3     1MB\n"],
            &console("$ docker images\nREPOSITORY    TAG   SIZE\n...\nmongo         4.2   1MB\n"),
        );
        becomes(&console(WRITTEN), &["Cannot connect\n"], &console("$ docker images\nCannot connect\n"));
        becomes(
            &console("$ x\nCannot connect\n"),
            &["NAMES   SIZE\nweb     1MB"],
            &console("$ x\nNAMES   SIZE\nweb     1MB\n"),
        );
    }
}

#[test]
fn update_hides_a_cell_that_begins_like_a_prompt_and_keeps_the_columns() {
    becomes(
        &console("$ x\n"),
        &["IMAGE         SIZE\n$ \u{fffd}docker ps   1MB\n$ docker      2MB\n```           3MB"],
        &console("$ x\nIMAGE         SIZE\n[..]          1MB\n[..]docker    2MB\n[..]```       3MB\n"),
    );
    becomes(&console("$ x\n"), &["ID  SIZE\n$ a  1MB"], &console("$ x\nID  SIZE\n...\n"));
}

#[test]
fn update_writes_the_authors_ids_in_a_row_whose_cells_miss_the_columns() {
    let wide = "CONTAINER ID   C   NAMES\n2a1791f02845   sleep and more   perahu\nb5f57a6200c2   x   y  z\n\n";
    let again = "CONTAINER ID   NAMES\n2a1791f02845   perahu\n";
    let lesson = console("$ docker ps\nCONTAINER ID   NAMES\n3a1791f02845   perahu\n");
    let text = updated(&lesson, &[&format!("{wide}{again}")]);
    assert!(text.contains("3a1791f02845   sleep and more   perahu\n"), "{text}");
}

#[test]
fn line_with_the_same_column_twice_is_not_read_as_a_header() {
    becomes(&console("$ x\n"), &["PORTS  PORTS\n?"], &console("$ x\nPORTS  PORTS\n?\n"));
}

#[test]
fn update_keeps_markdown_prefixes_and_line_ends() {
    let lesson = "# Uji\n\n## Satu {#satu}\n\n> ```console\n> $ ls\n> a\n> c\n> ```\n\n1. x\n\n   ```console\n   $ pwd\n   ```\n";
    let text = updated(lesson, &["a\n\nb\n", "satu\n\ndua\n"]);
    assert!(text.contains("> $ ls\n> a\n>\n> b\n> ```\n"), "{text}");
    assert!(text.contains("   $ pwd\n   satu\n\n   dua\n   ```\n"), "{text}");
    let text = updated("## Satu {#satu}\n\n> ```console\n> $ ls\n>a\n>c\n> ```\n", &["  b\nd"]);
    assert!(text.contains("> $ ls\n>   b\n>d\n> ```\n"), "{text}");
    let lesson = console("$ ls\na\nb\n").replace('\n', "\r\n");
    let text = updated(&lesson, &["a\nc\nd\n"]);
    assert_eq!(text, console("$ ls\na\nc\nd\n").replace('\n', "\r\n"));
}

#[test]
fn written_line_is_read_as_output_even_if_it_resembles_a_prompt_or_a_key() {
    let printed = "$ ls\n$\n...\n  ...\n^C\n^D\n```\n~~~~\n# x\n[..]\n> y\n/ # ls\n\tz\n";
    for prompt in ["$ ", "# ", "root@server_rumah:/home/ryan# "] {
        let text = updated(&console(&format!("{prompt}cat berkas\n")), &[printed]);
        assert!(text.contains("..[..]\n"), "{text}");
        let own = format!("{prompt}ls\nx\n{}\n", prompt.trim_end());
        updated(&console(&format!("{prompt}cat berkas\n")), &[&own]);
    }
    let dialogue = console("$ docker run -it --rm alpine sh\n/ # cat berkas\n/ # exit\n");
    let text = updated(&dialogue, &["/ # cat berkas\n$ x\n# y\n/ # z\n> q\nbash-5.2# w\nroot@a:/# v\n/ # exit\n"]);
    assert!(text.contains("/ # cat berkas\n"), "{text}");
}

#[test]
fn update_keeps_typed_lines_and_keys() {
    becomes(
        &console("$ docker run -it --rm alpine sh\n/ # hostname\n8f14e45fceea\n/ # ls\na\n/ # exit\n"),
        &["/ # hostname\n0a1b2c3d4e5f\n/ # ls\nb\nc\n/ # exit\n"],
        &console("$ docker run -it --rm alpine sh\n/ # hostname\n8f14e45fceea\n/ # ls\nb\nc\n/ # exit\n"),
    );
    becomes(&console("$ docker logs -f web\nlama\n^C\n"), &["baru\n^C"], &console("$ docker logs -f web\nbaru\n^C\n"));
    becomes(&console("$ docker logs -f web\n^C\nlama\n"), &["^Cbaru"], &console("$ docker logs -f web\n^C\nbaru\n"));
}

#[test]
fn update_adds_lines_to_a_source_that_ends_without_a_line_end() {
    let lesson = "# Uji\n\n## Satu {#satu}\n\n```console\n$ ls";
    let source = Source::new("uji.md", lesson);
    let at = lesson.len();
    let command = Command {
        prompt: "$ ".into(),
        text: "ls".into(),
        span: Span::new(at - 4, at),
        expected: Vec::new(),
        expected_span: Span::new(at, at),
    };
    let actual = lines("a\nb");
    let mut bindings = Bindings::default();
    let comparison = compare(&command.expected, &actual, &mut bindings, &OPTIONS);
    let edits = edits(&source, &command, &actual, &comparison, &mut bindings, &OPTIONS);
    assert_eq!(apply(lesson, &edits).unwrap(), format!("{lesson}\na\nb"));
}

#[test]
fn update_writes_a_wildcard_for_a_direction_mark() {
    becomes(
        "```console\n$ cat a\n```\n",
        &["satu \u{202e}dua\u{2066}\n\u{2028}tiga"],
        "```console\n$ cat a\nsatu [..]dua[..]\n[..]tiga\n```\n",
    );
}

/// A terminal shows `^C` and the program's next output on one line, and the author may write both on one line too.
#[test]
fn update_changes_only_the_text_after_an_interrupt_on_the_same_line() {
    becomes(&console("$ docker compose up\n^CBye\n"), &["^CStopped"], &console("$ docker compose up\n^CStopped\n"));
    becomes(&console("$ docker compose up\n^CBye\nweb\n"), &["^C\nweb"], &console("$ docker compose up\n^C\nweb\n"));
    becomes(&console("$ cat note\na\n"), &["^CONTAINER"], &console("$ cat note\n^[..]ONTAINER\n"));
}
