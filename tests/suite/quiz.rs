//! Tests quizzes in a pseudo-terminal. A child process asks the quizzes. The test waits for text on the screen, and
//! presses keys.

use std::time::Duration;

use dermaga::learn::parse_question_command;
use dermaga::lesson::Block;
use dermaga::quiz::{BlankExercise, Exercise, ask, blank, parsons};
use dermaga::terminal::PageStyle;
use dermaga::transcript;
use dermaga::words::{Lang, Words};
use rustix::termios::LocalModes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::project::{child, parsed};

/// The time limit of a wait for text on the screen. A working program needs much less time.
const LIMIT: Duration = Duration::from_mins(1);

const LESSON: &str = "# K\n\n## s {#s}\n\n```quiz\nask: Yang mana?\noptions:\n  - text: betul\n    right: true\n    \
    why: Karena betul.\n  - text: keliru\n    why: Karena keliru.\n```\n\n```quiz\nask: Semua?\noptions:\n  - text: satu\n    \
    right: true\n  - text: dua\n    right: true\n  - text: tiga\n    why: Bukan tiga.\n```\n\n```console,shuffle\n$ docker \
    create a\n$ docker start a\n$ docker rm a\n```\n\n```console,blank\n$ docker ____ -a\n```\n\n```console,solution\n$ docker \
    ps -a\n```\n";

/// A lesson with a blank whose answer, `skip`, is also a tutor command.
const WORD: &str = "# K\n\n## s {#s}\n\n```console,blank\n$ echo ____\n```\n\n```console,solution\n$ echo skip\n```\n";

/// Asks each quiz in the child process, and prints its result.
async fn ask_all(mode: &str) {
    let words = Words::new(Lang::Id);
    let style = PageStyle { plain: mode == "plain", ..PageStyle::default() };
    let mut random = fastrand::Rng::with_seed(7);
    let text = if mode == "word" { WORD } else { LESSON };
    let lesson = parsed("l.md", "l", text);
    for step in &lesson.steps {
        for (index, block) in step.blocks.iter().enumerate() {
            let asked = match (block, Exercise::of(block)) {
                (Block::Quiz(quiz), _) => {
                    ask(quiz, &lesson, &words, &style, None, parse_question_command, &mut random).await
                }
                (_, Some(exercise)) => match BlankExercise::of(step, index) {
                    Some(gapped) => blank(gapped, &words, &style, parse_question_command).await,
                    None => parsons(exercise, &words, &style, parse_question_command, &mut random).await,
                },
                _ => continue,
            };
            eprintln!("={}: {:?}", index, asked.unwrap());
        }
    }
    eprintln!("=selesai");
}

struct Terminal {
    pty: pty_process::Pty,
    child: tokio::process::Child,
    seen: Vec<u8>,
}

impl Terminal {
    fn start(mode: &str) -> Self {
        let (pty, pts) = pty_process::open().unwrap();
        pty.resize(pty_process::Size::new(200, 100)).unwrap();
        let (name, role) = child::variable(mode);
        let command = pty_process::Command::new(std::env::current_exe().unwrap()).env(name, role);
        let command = command.args(child::arguments("quiz::esc_leaves_every_question"));
        let child = command.env("TERM", "xterm-256color").kill_on_drop(true).spawn(pts).unwrap();
        Self { pty, child, seen: Vec::new() }
    }

    fn screen(&self) -> Vec<String> {
        transcript::plain(&self.seen, 100, 200)
    }

    /// Waits until `text` is on the screen.
    async fn wait(&mut self, text: &str) {
        let until = async {
            while !self.screen().iter().any(|line| line.contains(text)) {
                let mut bytes = [0; 4096];
                let count = self.pty.read(&mut bytes).await.unwrap_or(0);
                assert!(count > 0, "{text:?} never came: {:#?}", self.screen());
                self.seen.extend_from_slice(&bytes[..count]);
                // If the program asks for the cursor's position, the simulated terminal answers.
                if bytes[..count].windows(4).any(|four| four == b"\x1b[6n") {
                    self.pty.write_all(b"\x1b[1;1R").await.unwrap();
                }
            }
        };
        let came = tokio::time::timeout(LIMIT, until).await;
        assert!(came.is_ok(), "{text:?} did not come: {:#?}", self.screen());
    }

    async fn press(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).await.unwrap();
    }

    /// Types a line, and waits until the text `then` is on the screen.
    async fn says(&mut self, line: &str, then: &str) {
        self.press(&format!("{line}\r")).await;
        self.wait(then).await;
    }

    /// Returns the options of the last list on the screen, in their order.
    fn options(&self) -> Vec<String> {
        let screen = self.screen();
        let mut list: Vec<String> = Vec::new();
        for line in &screen {
            let text = line.trim_start_matches(['>', ' ']).trim_start_matches("[ ] ").trim_start_matches("[x] ");
            let item = text.split_once(") ").or_else(|| text.split_once(". "));
            if let Some((_, text)) = item.filter(|(number, _)| number.parse::<u8>().is_ok()) {
                list.push(text.to_owned());
            }
        }
        list
    }

    /// Moves the cursor down to an option. The cursor begins above the first option.
    async fn down_from_above(&mut self, option: &str) {
        self.press("\u{1b}[B").await;
        self.down_to(option).await;
    }

    /// Moves the cursor down to an option. The cursor begins at the first option.
    async fn down_to(&mut self, option: &str) {
        let at = self.options().iter().position(|there| there.contains(option));
        let at = at.unwrap_or_else(|| panic!("no {option}: {:#?}", self.screen()));
        for _ in 0..at {
            self.press("\u{1b}[B").await;
        }
    }

    async fn end(mut self) {
        self.wait("=selesai").await;
        let modes = rustix::termios::tcgetattr(&self.pty).unwrap().local_modes;
        assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO), "the terminal was not restored");
        let all = self.screen().join("\n");
        for english in ["canceled", "to move", "to select", "to filter", "enter to"] {
            assert!(!all.contains(english), "{english}: {all}");
        }
        drop(self.child.kill().await);
    }
}

#[tokio::test]
async fn quizzes_are_answered_with_arrow_keys() {
    let mut terminal = Terminal::start("cursor");
    terminal.wait("Esc tinggalkan").await;
    // The cursor begins above the options, so Enter chooses none.
    terminal.press("\r\r").await;
    terminal.wait("Belum ada yang dipilih").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.down_from_above("keliru").await;
    terminal.press("\r").await;
    terminal.wait("Coba sekali lagi").await;
    terminal.wait("Karena keliru.").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.down_from_above("betul").await;
    terminal.press("\r").await;
    terminal.wait("=0: Right { first_try: false }").await;
    terminal.wait("Karena betul.").await;
    // Several options of this quiz are right. The space key marks an option.
    terminal.wait("spasi pilih").await;
    for option in ["satu", "dua"] {
        terminal.down_to(option).await;
        terminal.press(" \u{1b}[H").await;
        terminal.wait("[x]").await;
    }
    terminal.press("\r").await;
    terminal.wait("=1: Right { first_try: true }").await;
    terminal.wait("Nomor 1 adalah:").await;
    terminal.press("\u{3}").await;
    terminal.wait("=2: Left").await;
    terminal.wait("Isi ____ (atau").await;
    terminal.press("container ls\r").await;
    terminal.wait("=3: Right { first_try: true }").await;
    terminal.end().await;
}

#[tokio::test]
async fn enter_without_a_choice_is_refused_at_each_item_of_an_order() {
    let mut terminal = Terminal::start("cursor");
    for text in ["Esc tinggalkan", "spasi pilih"] {
        terminal.wait(text).await;
        terminal.press("\u{1b}").await;
    }
    terminal.wait("Nomor 1 adalah:").await;
    terminal.says("1", "Nomor 2 adalah:").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.says("", "Belum ada yang dipilih").await;
    terminal.press("\u{1b}").await;
    terminal.wait("=2: Left").await;
    terminal.wait("Isi ____ (atau").await;
    terminal.press("\u{1b}").await;
    terminal.end().await;
}

#[tokio::test]
async fn esc_leaves_every_question() {
    if let Some(mode) = child::role() {
        return ask_all(&mode).await;
    }
    let mut terminal = Terminal::start("cursor");
    for (text, left) in [
        ("Esc tinggalkan", "=0: Left"),
        ("spasi pilih", "=1: Left"),
        ("Nomor 1", "=2: Left"),
        ("Isi ____ (atau", "=3: Left"),
    ] {
        terminal.wait(text).await;
        terminal.press("\u{1b}").await;
        terminal.wait(left).await;
    }
    terminal.wait("(ditinggalkan)").await;
    terminal.end().await;
}

#[tokio::test]
async fn quizzes_are_answered_by_lines_in_plain_mode() {
    let mut terminal = Terminal::start("plain");
    terminal.wait("Ketik nomornya, 1 sampai 2").await;
    let options = terminal.options();
    let number = options.iter().position(|option| option == "betul").unwrap() + 1;
    terminal.press(&format!("{number}\n")).await;
    terminal.wait("=0: Right { first_try: true }").await;
    terminal.wait("Ketik nomor semua yang benar").await;
    terminal.press("\n").await;
    terminal.wait("=1: Left").await;
    terminal.wait("Ketik nomornya menurut urutan").await;
    let options = terminal.options();
    let place = |verb: &str| {
        let last = options[options.len() - 3..].iter().position(|option| option.contains(verb));
        (last.unwrap() + 1).to_string()
    };
    let order = ["create", "start", "rm"].map(place).join(" ");
    terminal.press(&format!("{order}\n")).await;
    terminal.wait("=2: Right { first_try: true }").await;
    terminal.wait("Ketik jawabanmu").await;
    // In plain mode, Ctrl-C sends SIGINT. The signal ends the quiz, but not the program.
    terminal.press("\u{3}").await;
    terminal.wait("=3: Left").await;
    terminal.end().await;
}

/// A tutor command does not count as an answer to a quiz, and does not use up an attempt.
#[tokio::test]
async fn tutor_commands_work_in_lists_with_arrow_keys() {
    let mut terminal = Terminal::start("cursor");
    terminal.wait("Esc tinggalkan").await;
    // A number counts as an answer. Words without a meaning do not count.
    let number = terminal.options().iter().position(|option| option == "betul").unwrap() + 1;
    for (word, then) in [
        ("petunjuk", "tidak punya petunjuk"),
        ("loncat 3", "Kata itu untuk prompt"),
        ("bantuan", "kamu juga boleh mengetik"),
        ("apa ini", "Ini masih pertanyaan"),
    ] {
        terminal.says(word, then).await;
        terminal.wait("Esc tinggalkan").await;
    }
    terminal.press(&format!("{number}\r")).await;
    terminal.wait("=0: Right { first_try: true }").await;
    terminal.wait("spasi pilih").await;
    terminal.press("\r").await;
    terminal.wait("Belum ada yang dipilih").await;
    terminal.says("jawaban", "=1: Wrong").await;
    terminal.wait("Nomor 1 adalah:").await;
    terminal.says("hint", "yang pertama adalah \"docker create a\"").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.press("lewati\r").await;
    terminal.wait("=2: Skipped").await;
    terminal.wait("Isi ____ (atau").await;
    terminal.press("\r").await;
    terminal.wait("masih kosong").await;
    terminal.says("petunjuk", "isinya diawali \"p\"").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.says("lewat", "Coba sekali lagi").await;
    terminal.wait("Esc tinggalkan").await;
    terminal.says("menu", "=3: Away { menu: true }").await;
    terminal.end().await;
}

#[tokio::test]
async fn tutor_commands_work_in_quizzes_in_plain_mode() {
    let mut terminal = Terminal::start("plain");
    terminal.wait("Ketik nomornya, 1 sampai 2").await;
    terminal.says("petunjuk", "tidak punya petunjuk").await;
    terminal.says("skip", "=0: Skipped").await;
    terminal.says("jawaban", "=1: Wrong").await;
    terminal.says("keluar", "=2: Away { menu: false }").await;
    terminal.says("petunjuk", "isinya diawali").await;
    terminal.says("ps", "=3: Right { first_try: true }").await;
    terminal.end().await;
}

#[tokio::test]
async fn right_answer_that_is_also_a_tutor_command_counts_as_the_answer() {
    let mut terminal = Terminal::start("word");
    terminal.wait("Esc tinggalkan").await;
    terminal.says("skip", "=0: Right { first_try: true }").await;
    terminal.end().await;
}
