//! Simulates a person at a terminal. The person waits for text on the screen, and types into the real program in a
//! pseudo-terminal.

use std::path::PathBuf;
use std::time::Duration;

use dermaga::lesson::{Block, ExpectedKind, Lesson, Quiz, QuizAnswer, Step, Transcript};
use dermaga::terminal::{PageStyle, inline};
use dermaga::words::{Lang, Words};
use pty_process::{Command, Pty, Size};
use rustix::termios::LocalModes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Child;
use tokio::time::timeout;

use crate::project::Project;

/// The time limit of a wait for output. A working program needs much less time.
const LIMIT: Duration = Duration::from_secs(100);

/// A person at a terminal, with the program that runs in it.
pub(crate) struct Person {
    pub(crate) pty: Pty,
    pub(crate) child: Child,
    /// All bytes that the terminal received.
    log: Vec<u8>,
    /// The index in `log` at which the output after the last key begins.
    from: usize,
    screen: vt100::Parser,
    /// Whether the person automatically presses Enter at the end of each page.
    pub(crate) reads_pages: bool,
    /// The number of page breaks at which the person has pressed Enter.
    pauses_read: usize,
    /// The program's messages in the person's language.
    pub(crate) words: Words,
}

impl Person {
    /// Starts the program at a terminal of 80 columns and 24 rows.
    pub(crate) fn start(project: &Project, words: &[&str]) -> Self {
        Self::start_with(project, words, &[])
    }

    /// Starts the program with additional environment variables.
    pub(crate) fn start_with(project: &Project, words: &[&str], env: &[(&str, &str)]) -> Self {
        let words = words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Self::run(project, env!("CARGO_BIN_EXE_dermaga"), &words, env)
    }

    /// Starts the program at a terminal. `keys` were typed before the program began.
    pub(crate) fn start_typed_ahead(project: &Project, words: &[&str], keys: &str) -> Self {
        let words = words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Self::run_with(project, env!("CARGO_BIN_EXE_dermaga"), &words, &[], keys)
    }

    /// Starts `program` instead of `dermaga` at a terminal of 80 columns and 24 rows.
    pub(crate) fn run(project: &Project, program: &str, words: &[String], env: &[(&str, &str)]) -> Self {
        Self::run_with(project, program, words, env, "")
    }

    fn run_with(project: &Project, program: &str, words: &[String], env: &[(&str, &str)], ahead: &str) -> Self {
        // The program must treat the lesson as somebody else's, as it does for most learners.
        project.disown();
        let (pty, pts) = pty_process::open().unwrap();
        pty.resize(Size::new(24, 80)).unwrap();
        assert_eq!(rustix::io::write(&pty, ahead.as_bytes()).unwrap(), ahead.len());
        let at = |folder: &str| project.root().join(folder);
        let pack = std::env::var_os("DERMAGA_PACK").map(PathBuf::from).unwrap_or_default();
        assert!(pack.join("oci-layout").exists(), "these tests need DERMAGA_PACK: run `make pack`");
        let command = Command::new(program).args(words).env_clear().current_dir(at("work"));
        let command = command
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", at("home"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("TMPDIR", at("tmp"))
            .env("DERMAGA_PACK", pack)
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .envs(env.iter().copied())
            .kill_on_drop(true);
        let child = command.spawn(pts).unwrap();
        let lang = if words.iter().any(|word| word == "en") { Lang::En } else { Lang::Id };
        let screen = vt100::Parser::new(std::num::NonZero::new(24).unwrap(), std::num::NonZero::new(80).unwrap(), 0);
        Self {
            pty,
            child,
            log: Vec::new(),
            from: 0,
            screen,
            reads_pages: true,
            pauses_read: 0,
            words: Words::new(lang),
        }
    }

    /// Reads output for at most `within`. Returns false at the end of the output.
    async fn read(&mut self, within: Duration) -> bool {
        let mut bytes = vec![0; 65536];
        match timeout(within, self.pty.read(&mut bytes)).await {
            Ok(Ok(count @ 1..)) => {
                self.log.extend_from_slice(&bytes[..count]);
                self.screen.process(&bytes[..count]);
                // If a program asks for the cursor's position, the simulated terminal answers.
                if bytes[..count].windows(4).any(|four| four == b"\x1b[6n") {
                    let (row, column) = self.screen.screen().cursor_position();
                    let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                    self.pty.write_all(answer.as_bytes()).await.unwrap();
                }
                // If a program asks for the type of the terminal, the simulated terminal answers. The answer does not
                // contain the terminal's colours.
                if bytes[..count].windows(3).any(|three| three == b"\x1b[c") {
                    self.pty.write_all(b"\x1b[?62;22c").await.unwrap();
                }
                self.reads_on().await;
                true
            }
            Ok(_) => false,
            Err(_) => true,
        }
    }

    /// Presses Enter if the tutor waits for Enter at the end of a page.
    async fn reads_on(&mut self) {
        let screen = self.screen.screen();
        let row = screen.rows(0, 80).nth(usize::from(screen.cursor_position().0)).unwrap_or_default();
        // The person may have chosen another language after the start, so this searches both languages.
        let said = |text: &str| {
            let words = Lang::ALL.map(Words::new);
            let keys = words.iter().flat_map(|words| ["learn-read-on", "learn-begin"].map(|key| words.say(key, &[])));
            keys.map(|said| text.matches(said.as_str()).count()).sum::<usize>()
        };
        if !row.contains("Enter: ") || said(&row) == 0 {
            return;
        }
        let pauses = said(&String::from_utf8_lossy(&self.log));
        if self.reads_pages && pauses > self.pauses_read {
            self.pauses_read = pauses;
            self.pty.write_all(b"\r").await.unwrap();
        }
    }

    /// Returns the output since the last key as plain text, as [`plain`] does.
    pub(crate) fn text(&self) -> String {
        plain(&self.log[self.from..])
    }

    /// Returns all bytes that the terminal received.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.log
    }

    /// Returns the whole output as plain text, as [`plain`] does.
    pub(crate) fn all(&self) -> String {
        plain(&self.log)
    }

    /// Returns the rows of the current screen, without backquotes.
    pub(crate) fn screen(&self) -> Vec<String> {
        self.screen.screen().rows(0, 80).map(|row| row.trim_end().replace('`', "")).collect()
    }

    async fn until(&mut self, what: &str, mut is: impl FnMut(&Self) -> bool) {
        let waited = timeout(LIMIT, async {
            while !is(self) {
                assert!(self.read(LIMIT).await, "ended before {what}:\n{}", self.all());
            }
        });
        assert!(
            waited.await.is_ok(),
            "{what} did not come; since the last key:\n{}\n--- all\n{}",
            self.text(),
            self.all()
        );
    }

    /// Waits until `text` appears in the output since the last key.
    pub(crate) async fn sees(&mut self, text: &str) {
        let said = text.replace('`', "");
        self.until(&format!("{text:?}"), |person| person.text().contains(&said)).await;
    }

    /// Reads this number of bytes per second, or as fast as possible, until `text` appears in the output since the last
    /// key. Fails if no output comes for [`LIMIT`]. The total time has no limit, because it depends on the machine.
    pub(crate) async fn reads_slowly_until(&mut self, text: &str, bytes_a_second: Option<usize>) {
        const TURN: Duration = Duration::from_millis(20);
        let mut turns = tokio::time::interval(TURN);
        let mut bytes = vec![0; bytes_a_second.map_or(65536, |speed| (speed / 50).max(1))];
        let mut from = self.log.len();
        while !String::from_utf8_lossy(&self.log[from.saturating_sub(text.len()).max(self.from)..]).contains(text) {
            from = self.log.len();
            if bytes_a_second.is_some() {
                turns.tick().await;
            }
            let Ok(count) = timeout(LIMIT, self.pty.read(&mut bytes)).await else {
                let tail = plain(&self.log[self.log.len().saturating_sub(300)..]);
                panic!("{text:?} did not come; the end of {} bytes: {tail:?}", self.log.len());
            };
            let count = count.unwrap();
            assert!(count > 0, "the program ended before {text:?} came");
            self.log.extend_from_slice(&bytes[..count]);
            self.screen.process(&bytes[..count]);
        }
    }

    /// Returns the peak memory of the program, in bytes.
    pub(crate) fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() << 10
    }

    /// Waits until the screen shows `text`.
    pub(crate) async fn shows(&mut self, text: &str) {
        self.until(&format!("{text:?} on the screen"), |person| person.screen().iter().any(|row| row.contains(text)))
            .await;
    }

    /// Waits for the tutor's prompt, such as `[2/7] dir # `.
    pub(crate) async fn prompt(&mut self) {
        self.until("the prompt", |person| {
            let text = person.text();
            let prompt = text.rfind('[').map(|at| &text[at..]).unwrap_or_default();
            let mut parts = prompt.split(' ');
            parts.next().is_some_and(|place| place.ends_with(']') && place.contains('/'))
                && parts.next().is_some_and(|dir| !dir.is_empty())
                && parts.next().is_some_and(|sign| sign == "#" || sign == "$")
                && parts.next().is_none_or(str::is_empty)
        })
        .await;
    }

    /// Waits for the prompt of the step with this number.
    pub(crate) async fn prompt_of(&mut self, step: usize) {
        self.prompt().await;
        let text = self.text();
        assert!(text[text.rfind('[').unwrap()..].starts_with(&format!("[{step}/")), "not at step {step}:\n{text}");
    }

    /// Presses Ctrl-C at the prompt, and waits for the next prompt. If Ctrl-C comes while bash still draws the typed
    /// line, bash prints `^C` but drops the line only at the next key. A second Ctrl-C is such a key.
    pub(crate) async fn drops_line(&mut self) {
        self.press("\u{3}").await;
        if timeout(Duration::from_secs(5), self.prompt()).await.is_err() {
            self.press("\u{3}").await;
            self.prompt().await;
        }
    }

    /// Waits until the program's message with this key appears in the output since the last key.
    pub(crate) async fn hears(&mut self, key: &str) {
        let said = self.words.say(key, &[]);
        let said = said.replace('`', "");
        self.sees(said.trim()).await;
    }

    pub(crate) async fn press(&mut self, keys: &str) {
        self.from = self.log.len();
        self.pty.write_all(keys.as_bytes()).await.unwrap();
    }

    /// Types a line and presses Enter.
    pub(crate) async fn types(&mut self, line: &str) {
        self.press(&format!("{line}\r")).await;
    }

    /// Presses keys. Unlike after [`press`](Self::press), later waits still search the output since the previous key.
    pub(crate) async fn presses_more(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).await.unwrap();
    }

    /// Changes the size of the terminal.
    pub(crate) fn resizes(&mut self, rows: u16, columns: u16) {
        self.pty.resize(Size::new(rows, columns)).unwrap();
        self.screen.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
    }

    /// Types a line. Waits for the text `then` and for the prompt.
    pub(crate) async fn does(&mut self, line: &str, then: &str) {
        self.types(line).await;
        self.sees(then).await;
        self.prompt().await;
    }

    /// Waits for the end of the program and of its output. Returns the exit status.
    pub(crate) async fn ends(&mut self) -> i32 {
        let ended = timeout(LIMIT, async { while self.read(LIMIT).await {} }).await;
        assert!(ended.is_ok(), "it does not end; since the last key:\n{}", self.text());
        let status = timeout(LIMIT, self.child.wait()).await.expect("it ends").unwrap();
        status.code().unwrap_or(-1)
    }

    /// Asserts that the program has restored the modes of the terminal.
    pub(crate) fn is_sane(&self) {
        let modes = rustix::termios::tcgetattr(&self.pty).unwrap().local_modes;
        assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG), "left raw");
        assert!(!self.screen.screen().alternate_screen() && !self.screen.screen().hide_cursor());
        assert!(!self.screen.screen().bracketed_paste(), "pastes are still marked");
    }

    /// Chooses an entry of a list with the arrow keys. The list must appear after the last key.
    pub(crate) async fn choose(&mut self, entry: &str) {
        let entry = &*entry.replace('`', "");
        let is_it = |item: &str| if entry.chars().count() < 40 { item == entry } else { item.starts_with(entry) };
        self.sees("[↑↓").await;
        let screen = self.screen();
        let first = screen.iter().rposition(|row| row.trim_start().starts_with(['>', '❯'])).unwrap();
        let item = |row: &String| {
            row.split_once(") ").map_or(row.trim_start_matches(['>', '❯', ' ']), |(_, item)| item).to_owned()
        };
        // The text of an entry may continue on the next row.
        let is_numbered = screen[first..].iter().any(|row| begins_with_number(row));
        let rest = screen[first + 1..].iter().filter(|row| !is_numbered || begins_with_number(row));
        let entries = std::iter::once(&screen[first]).chain(rest);
        let down = entries.map(item).position(|item| is_it(&item));
        let down = down.unwrap_or_else(|| panic!("no {entry:?}: {screen:#?}"));
        self.press(&("\u{1b}[B".repeat(down) + "\r")).await;
    }

    /// Answers a quiz correctly.
    pub(crate) async fn answers(&mut self, quiz: &Quiz) {
        let style = PageStyle::default();
        match &quiz.answer {
            QuizAnswer::Options(options) => {
                let mut right = options.iter().filter(|option| option.right);
                let text = inline(&right.next().unwrap().text.value, &style).replace('`', "");
                assert!(right.next().is_none(), "several right options are not tried here");
                let begin: String = text.chars().take(40).collect();
                self.choose(&begin).await;
            }
            QuizAnswer::Order(items) => {
                let items: Vec<String> = items.iter().map(|item| inline(&item.value, &style)).collect();
                self.arranges(&items).await;
            }
            QuizAnswer::Match(pairs) => {
                for (left, right) in &pairs[..pairs.len() - 1] {
                    self.sees(&inline(&left.value, &style)).await;
                    self.choose(&inline(&right.value, &style)).await;
                }
            }
            QuizAnswer::Fact(_) => self.press("\u{1b}").await,
        }
    }

    async fn arranges(&mut self, items: &[String]) {
        for (number, item) in items[..items.len() - 1].iter().enumerate() {
            let prompt = self.words.say("quiz-which-next", &[("place", &(number + 1).to_string())]);
            self.sees(prompt.trim()).await;
            self.choose(item).await;
        }
    }

    /// Goes through a step as a careful beginner does. Answers every quiz, and types every command that the lesson
    /// shows.
    pub(crate) async fn goes_through(&mut self, step: &Step) {
        let runs = |transcript: &Transcript| {
            let attrs = &transcript.attrs;
            !attrs.hidden && !attrs.blank && attrs.since.is_none_or(|since| since <= 20)
        };
        for (at, block) in step.blocks.iter().enumerate() {
            match block {
                Block::Quiz(quiz) => {
                    let ask = inline(&quiz.ask.value, &PageStyle::default()).replace('`', "");
                    let begin: String = ask.chars().take(40).collect();
                    self.sees(begin.trim_end()).await;
                    self.answers(quiz).await;
                }
                Block::Transcript(blank) if blank.attrs.blank => {
                    let Block::Transcript(solution) = &step.blocks[at + 1] else { panic!("no solution") };
                    for (gapped, whole) in blank.commands.iter().zip(&solution.commands) {
                        if gapped.text.contains("____") {
                            self.sees("____ (").await;
                            self.types(&whole.text).await;
                        }
                    }
                }
                Block::Transcript(transcript) if runs(transcript) => {
                    if transcript.attrs.shuffle {
                        let commands: Vec<String> =
                            transcript.commands.iter().map(|command| command.text.clone()).collect();
                        self.arranges(&commands).await;
                    }
                    // If the person has filled the gaps of a command, the tutor inserts that command at the prompt.
                    let exercise = step.blocks[..at].iter().rfind(|block| block.attrs().is_none_or(|it| !it.solution));
                    let is_filled = matches!(exercise, Some(Block::Transcript(one)) if one.attrs.blank);
                    for command in &transcript.commands {
                        if transcript.attrs.solution && is_filled {
                            self.hears("learn-your-turn-found").await;
                            self.press("\r").await;
                        } else {
                            self.prompt().await;
                            self.types(&command.text).await;
                        }
                        let mut printed = "";
                        for line in &command.expected {
                            match &line.kind {
                                ExpectedKind::Output => printed = &line.text,
                                ExpectedKind::Typed { prompt, input } => {
                                    self.sees(prompt.trim_end()).await;
                                    self.types(input).await;
                                }
                                ExpectedKind::Key(key) => {
                                    // The command is running when its last output line before the key has appeared.
                                    self.sees(printed).await;
                                    self.press(std::str::from_utf8(key.bytes()).unwrap()).await;
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Goes through all steps of a lesson, until the tutor prints the closing message.
    pub(crate) async fn goes_through_all(&mut self, lesson: &Lesson) {
        let of = lesson.task_count().to_string();
        for (at, step) in lesson.steps.iter().enumerate().filter(|(_, step)| !step.is_notes) {
            let number = lesson.task_number(at);
            if step.has_task() {
                let heading = self.words.say("learn-step", &[("number", &number.to_string()), ("of", &of)]);
                self.sees(&heading).await;
            } else {
                self.sees(&step.title).await;
            }
            self.goes_through(step).await;
            self.hears(if step.has_task() { "learn-step-passed" } else { "learn-read" }).await;
            self.prompt_of(number).await;
            self.types("").await;
        }
        let said = self.words.say("learn-closing", &[("title", &lesson.title)]);
        self.sees(&said).await;
    }
}

/// Whether a row of a list begins with a number, as in `> 2) text`.
fn begins_with_number(row: &str) -> bool {
    let number = row.trim_start_matches(['>', '❯', ' ']).split_once(") ").map(|(number, _)| number);
    number.is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Returns the text in a terminal's output. Removes control sequences and backquotes, and replaces all white space by
/// single spaces.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => while chars.next().is_some_and(|c| !('\u{40}'..='\u{7e}').contains(&c)) {},
                Some(']') => {
                    while let Some(c) = chars.next() {
                        if c == '\u{7}' {
                            break;
                        }
                        if c == '\u{1b}' {
                            chars.next();
                            break;
                        }
                    }
                }
                _ => {}
            },
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '`' => {}
            c => out.push(c),
        }
    }
    out
}
