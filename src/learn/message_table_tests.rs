//! Tests that a snapshot file lists all messages of the tutor. The file has each message in both languages, with the
//! situation in which the tutor prints the message. `SNAPSHOTS=overwrite cargo test --lib message_table` writes the
//! file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::closing::VisitResults;
use super::messages::Messages;
use super::{DueQuestions, FinishedCourse, NextLesson, Outlook};
use crate::explain::all_cases;
use crate::lesson::{Lesson, LessonId, parse};
use crate::lesson_state::VisitTally;
use crate::terminal::{Color, PageStyle, accent};
use crate::text::Source;
use crate::words::{Lang, Words};

/// The situations in which the tutor prints messages, by a prefix of the message's key. The longest matching prefix
/// counts.
const SITUATIONS: &[(&str, &str)] = &[
    ("learn-ports-inside", "the lesson publishes ports, and `--engine` names an engine of `dermaga engine start`"),
    ("learn-advice-followed", "the learner did what the tutor advised; what is next is to be found"),
    ("learn-again", "a finished lesson is opened again"),
    ("learn-allow", "`izinkan` after the gateway refused a command"),
    ("learn-allow-nothing", "`izinkan`, but nothing was refused"),
    ("learn-already", "the claims of a step hold before anything was typed"),
    ("learn-awaits", "an attempt at the step that is another command"),
    ("learn-begin", "the opening has been shown; Enter begins the first step"),
    ("learn-broken", "the engine or the network failed, not the learner"),
    ("learn-catch-up", "a lesson is continued on an engine where its earlier steps are gone"),
    ("learn-catch-up-failed", "a command that the tutor typed failed"),
    ("learn-caught-up", "the tutor has done the earlier steps again"),
    ("learn-clash", "on the learner's own engine, something of theirs has a name that the lesson uses"),
    ("learn-clash-declined", "the learner answered no to that"),
    ("learn-clash-free", "the same: for each object, how to free its name or its port"),
    ("learn-clash-port", "on the learner's own engine, a container of theirs has a port that the lesson publishes"),
    ("learn-client-ended", "Ctrl-] ended a docker command that shows what runs in a container"),
    ("learn-claim-typed", "a passed claim about what was typed"),
    ("learn-closing", "the closing screen of a lesson"),
    ("learn-course", "all lessons of a course are finished"),
    ("learn-current", "the name of the learner's own engine"),
    ("learn-done-already", "the commands of a task that is to be shown are done already"),
    ("learn-due", "the closing screen: when questions come again"),
    ("learn-earlier", "questions of earlier lessons, before the opening"),
    ("learn-engine-lost", "the engine has ended"),
    ("learn-file", "a file of the lesson is written, or left alone"),
    ("learn-first", "`kembali` in the first step"),
    ("learn-foreign", "a passed claim is about an object that is not the lesson's"),
    ("learn-free", "`bebas`"),
    ("learn-guarded", "the lesson runs on the learner's own engine"),
    ("learn-help", "`bantuan`"),
    ("learn-hint", "`petunjuk`"),
    ("learn-hint-nothing", "`petunjuk` where nothing is to be done"),
    ("learn-hint-try", "`petunjuk` again, without a try in between"),
    ("learn-how", "the closing screen: how it went"),
    ("learn-name-kept", "a name is taken by the container that the step has made already"),
    ("learn-name-needed", "a name is taken by the container of an earlier step, and this step gives the name to none"),
    ("learn-name-passed", "a name is taken by the container that a passed part of the step has made"),
    ("learn-node-left", "`ulangi` or `lewati` while `docker context use` sends commands to another node"),
    ("learn-left-directory", "a command misses a file of the lesson, because the shell is in another directory"),
    ("learn-other-node", "a docker command went to another node, because of `docker context use`"),
    ("learn-name-taken", "a container has the name that a command of the step gives"),
    ("learn-in-the-way", "`jawaban` or `ketik`, but a container has the name that the command needs"),
    ("learn-foreign-refused", "after a refusal of the gateway, if something of the learner's would have been changed"),
    ("learn-insist", "after any other refusal of the gateway"),
    ("learn-refused", "a refusal of the gateway, whose reason Docker has printed"),
    ("learn-keys", "below a task"),
    ("learn-kept", "the learner leaves in the middle, or keeps what the lesson made"),
    ("learn-killed", "Ctrl-] was pressed twice"),
    ("learn-killed-hard", "Ctrl-] was pressed twice once more"),
    ("learn-first-command", "a command of a later part was typed, but a container is in the way of the next command"),
    ("learn-good-so-far", "the learner has removed one of several objects that the part wants gone"),
    ("learn-later", "a command of a later part of the step was typed"),
    ("learn-menu-ask", "`daftar` in the middle of a lesson on a private engine"),
    ("learn-leave-ask", "the shell has ended"),
    ("learn-left", "the learner leaves"),
    ("learn-minutes", "below the opening"),
    ("learn-missing", "the engine lacks what the whole lesson needs"),
    ("learn-more-claims", "more claims passed than are listed"),
    ("learn-more-lines", "bash asks for the rest of an unfinished command"),
    ("learn-more-tasks", "a part of the step is done, another follows"),
    ("learn-next", "a step is done"),
    ("learn-next-command", "a command of several was typed"),
    ("learn-next-lesson", "the closing screen: the next lesson"),
    ("learn-next-open", "the closing screen: how to open the next lesson"),
    ("learn-node-shell", "`node-a` was typed without a command"),
    ("learn-no", "the lesson cannot be opened"),
    ("learn-no-step", "`loncat` to a step that is not there"),
    ("learn-not-passed", "`lanjut` before the step is passed"),
    ("learn-not-shown", "the right command did not show the lesson's object"),
    ("learn-not-yet", "the badge of a miss"),
    ("learn-notes-none", "`catatan` in a lesson without notes"),
    ("learn-offer", "every third miss"),
    ("learn-part-changed", "a container of a passed part is not any more as that part left it"),
    ("learn-part-undone", "a command removed what a passed part of the step made"),
    ("learn-passed", "the badge of a passed claim"),
    ("learn-private", "the name of the private engine"),
    ("learn-pull", "an image that the lesson needs is pulled"),
    ("learn-quiz-later", "Esc at a question"),
    ("learn-quiz-none", "`kuis` in a step without questions"),
    ("learn-read", "a section to read has been shown"),
    ("learn-read-end", "a finished lesson was read again to its end"),
    ("learn-read-more", "the same, while a finished lesson is read again"),
    ("learn-read-on", "a page is full; Enter shows the next"),
    ("learn-reading", "the heading of a section to read"),
    ("learn-redo-earlier", "`ulangi` after something of an earlier step is gone"),
    ("learn-remark", "the badge of an explanation of a command that did not fail"),
    ("learn-remaining", "the claims hold, but commands are left"),
    ("learn-reset", "`setel`"),
    ("learn-retry", "`ulangi` in a step that has removed what it needs"),
    ("learn-setting-up", "the hidden commands of a step take longer than a second"),
    ("learn-setup-again", "after the set-up of a step failed or was stopped"),
    ("learn-setup-failed", "a hidden command of the step failed"),
    ("learn-setup-late", "a hidden command of the step reached its time limit"),
    ("learn-setup-stopped", "Ctrl-C or Ctrl-] during the hidden commands of a step"),
    ("learn-shell-ended", "`exit` or Ctrl-D in the learner's shell"),
    ("learn-silent", "a docker command has held the terminal for 8 seconds without a word"),
    ("learn-skip", "`lewati`"),
    ("learn-skip-open", "`lewati` as the answer to a question, and more of the step follows"),
    ("learn-skip-there", "a command of `lewati` failed, but the claims hold"),
    ("learn-skip-whole", "`lewati` did the rest of a step in vain, and does the whole step"),
    ("learn-solution", "`jawaban`"),
    ("learn-starting", "a private engine starts"),
    ("learn-step", "the heading and the end of a step"),
    ("learn-step-other", "the object of an earlier step is there, but is another one"),
    ("learn-step-undone", "something that an earlier step made and this one needs is gone"),
    ("learn-steps", "`langkah`, and below the opening"),
    ("learn-stubborn", "Ctrl-C had no effect three times"),
    ("learn-stubborn-container", "the same, in a docker command that shows what runs in a container"),
    ("learn-suspended", "Ctrl-Z stopped a command"),
    ("learn-tidy", "the lesson is over, and left something on the learner's own engine"),
    ("learn-type", "above the commands of a task"),
    ("learn-typed-succeeded", "a command succeeded where the step wants a failure"),
    ("learn-typed", "the right command, with another status or output"),
    ("learn-typed-other", "another command, where the right one is to be found"),
    ("learn-undo", "`ulangi` and `setel` remove what was made"),
    ("learn-undone", "things were removed"),
    ("learn-waiting", "the tutor waits for claims; any key ends that"),
    ("learn-watch", "`dermaga watch`"),
    ("learn-watch-conflict", "`dermaga watch`: the engine refused a command because of a conflict"),
    ("learn-watch-ended", "`dermaga watch`: a container has ended, and nothing else is said"),
    ("learn-watch-inside", "`dermaga watch`: a container with a shell is still running"),
    ("learn-watch-not-passed-on", "`dermaga watch`: the gateway refused a command"),
    ("learn-watch-failed", "`watch`: Enter after `docker exec` whose program failed"),
    ("learn-watch-refused", "`watch`: Enter after a command that the engine or the gateway refused"),
    ("learn-watch-silent", "`watch`: Enter, but nothing has come from the other terminal yet"),
    ("learn-watch-refuted", "`dermaga watch`: Enter, but the output of a command is not as the claim says"),
    ("learn-watch-trusted", "`dermaga watch`: Enter after commands that cannot be seen"),
    ("learn-welcome-back", "a lesson is continued"),
    ("learn-welcome-back-end", "a lesson is continued at its end, where nothing is left to do"),
    ("learn-which", "`dermaga learn` without a menu"),
    ("learn-why", "the badge of an explanation of a failure"),
    ("learn-word", "`bantuan`, one line for each word"),
    ("learn-word-inside", "a word of the tutor's was typed in a container"),
    ("learn-word-near", "a word of the tutor's was misspelt"),
    ("learn-yes-or-no", "the answer to a question was neither yes nor no"),
    ("learn-your-turn", "the learner is to find the command"),
    ("learn-your-turn-found", "the gaps of a command were filled rightly; the command stands at the prompt"),
    ("learn-your-turn-known", "the command of an exercise was found or shown; only typing it is left"),
    ("means", "a claim holds"),
    ("unmet", "a claim does not hold yet"),
];

fn situation(key: &str) -> Option<&'static str> {
    let begins = SITUATIONS.iter().filter(|(begin, _)| key.starts_with(begin));
    begins.max_by_key(|(begin, _)| begin.len()).map(|(_, situation)| *situation)
}

/// Returns the keys of a message file with their texts, in the order of the file. Each attribute of a message has its
/// own key.
fn keys(file: &str) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    let mut message = String::new();
    for line in file.lines() {
        let name = line.split_once(" =").map(|(name, _)| name.trim());
        if let Some(name) = name.filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
            message = name.to_owned();
            keys.push((message.clone(), line.to_owned()));
        } else if let Some(name) = name.and_then(|name| name.strip_prefix('.')) {
            keys.push((format!("{message}.{name}"), line.to_owned()));
        } else if let Some((_, text)) = keys.last_mut() {
            text.push_str(line);
        }
    }
    keys
}

/// Returns the message with a sample text for each of its arguments. If the message depends on a number, returns the
/// forms for several numbers.
fn samples(words: &Words, key: &str, source: &str) -> Vec<String> {
    let names: BTreeSet<&str> = source.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect();
    let texts: Vec<(&str, String)> = names.iter().map(|name| (*name, format!("‹{name}›"))).collect();
    let args: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let numbers: &[usize] = match (source.contains("$count ->"), source.contains("[0]")) {
        (true, true) => &[0, 1, 3],
        (true, false) => &[1, 3],
        (false, _) if names.contains("count") => &[3],
        (false, _) => return words.find(key, &args).into_iter().collect(),
    };
    let args: Vec<(&str, &str)> = args.into_iter().filter(|(name, _)| *name != "count").collect();
    numbers.iter().map(|&count| words.count(key, count, &args)).collect()
}

fn row(table: &mut String, key: &str, situation: &str, words: &[Words; 2], sources: [&str; 2]) {
    let _ = writeln!(table, "\n`{key}`: {situation}\n");
    for (words, source) in words.iter().zip(sources) {
        for sample in samples(words, key, source) {
            let shown = accent(&sample, Color::None);
            assert!(!shown.contains('`'), "{key} shows a backquote: {shown}");
            let _ = writeln!(table, "- {}: {}", words.lang(), sample.replace('\n', "\n      "));
        }
    }
}

fn lesson() -> Lesson {
    let text = "---\ntitle: Kontainer pertama\nobjectives: [menjalankan kontainer, menghapusnya lagi]\n---\n# K\n\n\
                ## Satu {#satu}\n\n```console\n$ docker ps\n```\n";
    parse(&Source::new("l.md", text), LessonId("l".into())).0
}

/// Returns sample closing screens in both languages, without colour.
fn screens() -> String {
    let mut text = String::new();
    let next = Some(NextLesson { title: "Daur hidup kontainer".into(), minutes: Some(20) });
    let questions = Some(DueQuestions { count: 4, days: 1 });
    let tally = VisitTally { passed: 1, ..VisitTally::default() };
    let good = VisitResults { tally, steps: 6, quizzes_right: 3, quizzes_asked: 4, ..VisitResults::default() };
    let helped = VisitResults {
        tally: VisitTally { misses: 3, hints: 2, passed: 1, ..VisitTally::default() },
        helped: 1,
        skipped: 2,
        quizzes_left: 1,
        ..good
    };
    let missed = VisitResults { tally: VisitTally { misses: 3, ..tally }, ..good };
    let course = FinishedCourse { title: "Belajar Docker dari dermaga".into(), lessons: 13, steps: 68 };
    for (name, results, outlook) in [
        ("Everything right at once", good, Outlook { next: next.clone(), questions, finished_course: None }),
        ("With misses, without help", missed, Outlook { next: next.clone(), questions: None, finished_course: None }),
        (
            "With help",
            helped,
            Outlook { next, questions: Some(DueQuestions { count: 1, days: 3 }), finished_course: None },
        ),
        ("The whole course", good, Outlook { next: None, questions, finished_course: Some(course) }),
    ] {
        for lang in Lang::ALL {
            let style = PageStyle { width: 80, lang, ..PageStyle::default() };
            let messages = Messages { words: Words::new(lang), style, beside: false };
            let screen = match &outlook.finished_course {
                Some(course) => messages.finished_course(course),
                None => messages.closing(&lesson(), &results, &outlook),
            };
            let height = screen.lines().count();
            assert!(height <= 24, "{name}: {height} lines\n{screen}");
            for line in screen.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
            let _ = writeln!(
                text,
                "\n### {name} ({lang})\n\n```text{}```",
                screen.trim_end_matches('\n').to_owned() + "\n"
            );
        }
    }
    text
}

#[test]
fn snapshot_file_lists_every_message_of_the_tutor() {
    let words = [Words::new(Lang::Id), Words::new(Lang::En)];
    let files = [
        [include_str!("../words/id/learn.ftl"), include_str!("../words/en/learn.ftl")],
        [include_str!("../words/id/explain.ftl"), include_str!("../words/en/explain.ftl")],
    ];
    let mut table = String::from(
        "# What the tutor says\n\nWritten by a test: `SNAPSHOTS=overwrite cargo test --lib message_table`.\n\n\
         ## Closing screens\n",
    );
    table.push_str(&screens());
    let [learn, explain] = files.map(|file| file.map(keys));
    let source = |file: &[Vec<(String, String)>; 2], key: &str| {
        [0, 1].map(|at| file[at].iter().find(|(one, _)| one == key).map_or(String::new(), |(_, text)| text.clone()))
    };
    table.push_str("\n## In a lesson\n");
    for (key, _) in &learn[0] {
        let when = situation(key).unwrap_or_else(|| panic!("no situation for {key}"));
        let sources = source(&learn, key);
        row(&mut table, key, when, &words, [&sources[0], &sources[1]]);
    }
    table.push_str("\n## Why a command failed\n");
    for (key, _) in &explain[0] {
        let plain = key.trim_start_matches("explain-");
        let case = all_cases().find(|(_, _, _, one, _)| *one == plain);
        let when = case.map_or_else(
            || {
                if key.contains('.') {
                    "what to do then".to_owned()
                } else {
                    "known by asking the engine, or by what was typed".into()
                }
            },
            |(command, _, said, ..)| format!("`$ {command}`: {}", said.lines().next().unwrap_or_default()),
        );
        let sources = source(&explain, key);
        row(&mut table, key, &when, &words, [&sources[0], &sources[1]]);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/snapshots/tutor-messages.md");
    snapbox::assert_data_eq!(table, snapbox::Data::read_from(&path, None).raw());
}
