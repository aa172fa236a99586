//! `dermaga learn` and `dermaga watch`: choose a lesson and an engine, then teach the lesson.

mod choose;
mod place;
mod tidy;
mod visit;

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{SignalKind, signal};

use super::args::LearnArgs;
use super::{Failure, Settings, exit, runtime};
use crate::learn::{self, ExitReason};
use crate::lesson::{CourseFiles, LessonFile};
use crate::menu::Dialog;
use crate::terminal::Color;
use crate::transcript::sanitise;
use crate::words::Words;

/// The time limit for the tutor to end by itself after a signal. The tutor needs less time.
const ORDERLY: std::time::Duration = std::time::Duration::from_secs(5);

/// The data that all lessons of a session share.
struct LearnSession<'a> {
    args: &'a LearnArgs,
    settings: Settings,
    /// The colours that are readable on the background of this terminal.
    palette: Color,
    words: Words,
    courses: Vec<CourseFiles>,
    /// The course of the lesson, if the person named the lesson by its file.
    elsewhere: Option<CourseFiles>,
    runtime: tokio::runtime::Runtime,
    watch: bool,
    /// Whether the tutor runs. A running tutor itself handles signals.
    teaching: Arc<AtomicBool>,
}

/// Runs `dermaga learn`, or `dermaga watch`.
pub(super) fn learn(args: &LearnArgs, settings: &Settings, watch: bool) -> Result<u8, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || !learn::has_terminal() {
        return Err(Failure::new(exit::USAGE, "learn-no-terminal"));
    }
    let runtime = runtime::two_threads()?;
    let teaching = Arc::new(AtomicBool::new(false));
    runtime.spawn(shut_down_on_signal(Arc::clone(&teaching)));
    let courses = settings.courses()?;
    let (mut settings, words) = (settings.clone(), Words::new(settings.lang));
    settings.color_out &= !args.plain;
    let palette = settings.palette();
    let mut session =
        LearnSession { args, settings, palette, words, courses, elsewhere: None, runtime, watch, teaching };
    let code = session.run();
    // A question that waits for a line may still occupy a thread. The program does not wait for that thread.
    session.runtime.shutdown_background();
    code
}

/// Ends the program after SIGTERM or SIGHUP. If the tutor runs, first waits for [`ORDERLY`], so that the tutor can end
/// by itself. A question that waits for a key does not notice signals, and would wait for ever at a closed terminal.
async fn shut_down_on_signal(teaching: Arc<AtomicBool>) {
    let before = rustix::termios::tcgetattr(io::stdin());
    let (Ok(mut ended), Ok(mut gone)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else { return };
    tokio::select! {
        _ = ended.recv() => {}
        _ = gone.recv() => {}
    }
    if teaching.load(Ordering::Relaxed) {
        tokio::time::sleep(ORDERLY).await;
    }
    if let Ok(before) = before {
        let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, &before);
    }
    std::process::exit(exit::INTERRUPTED.into());
}

impl LearnSession<'_> {
    fn run(&mut self) -> Result<u8, Failure> {
        let mut given = self.args.lesson.clone();
        let mut at_menu = given.is_none();
        let mut next = None;
        // The lesson from which the learner opened the menu, and whether the learner had finished that lesson.
        let mut left_for_menu: Option<(LessonFile, bool)> = None;
        loop {
            let is_named = given.is_some() || next.is_some();
            let file = match (next.take(), given.take()) {
                (Some(next), _) => Some(next),
                (None, Some(given)) => Some(self.named(&given)?),
                (None, None) => match (self.menu()?, left_for_menu.take()) {
                    (None, Some((left, true))) => {
                        self.say_goodbye(&left, true);
                        None
                    }
                    // Esc in the list goes back to the lesson.
                    (chosen, left) => chosen.or(left.map(|(left, _)| left)),
                },
            };
            let Some(file) = file else { return Ok(exit::MET) };
            self.refuse_wrong(&file)?;
            if !self.trusts(&file)? {
                if at_menu {
                    continue;
                }
                return Ok(exit::MET);
            }
            // The menu has already asked whether to begin.
            if is_named && !self.agrees(&file)? {
                return Ok(exit::MET);
            }
            self.teaching.store(true, Ordering::Relaxed);
            let left = self.visit(&file);
            self.teaching.store(false, Ordering::Relaxed);
            match left {
                Ok(ExitReason::NextLesson) => next = self.next_lesson(&file).cloned(),
                Ok(ExitReason::Menu { is_finished }) => {
                    at_menu = true;
                    left_for_menu = Some((file, is_finished));
                }
                Ok(ExitReason::Done) if at_menu => {}
                Ok(ExitReason::TerminalGone) => return Ok(exit::INTERRUPTED),
                Ok(ExitReason::Declined) => return Ok(exit::MET),
                Ok(ExitReason::Quit | ExitReason::Done) => {
                    self.say_goodbye(&file, matches!(left, Ok(ExitReason::Done)));
                    return Ok(exit::MET);
                }
                Err(failure) if at_menu => {
                    let _ = writeln!(io::stderr(), "{}\n", self.settings.fold(&failure.explain(&self.words)));
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    /// Prints the command that continues this lesson, or that begins the next lesson if this one is done.
    fn say_goodbye(&self, file: &LessonFile, done: bool) {
        let to_learn = if done { self.next_lesson(file) } else { Some(file) };
        let verb = if self.watch { "watch" } else { "learn" };
        let key = if done { "learn-left-done" } else { "learn-left" };
        let _ = match to_learn {
            Some(file) => {
                let engine = self.args.engine.as_ref().map(|engine| format!(" --engine {engine}")).unwrap_or_default();
                let lesson = sanitise(&format!("{}{engine}", file.id.0));
                self.dialog(|dialog| dialog.say(key, &[("verb", verb), ("lesson", &lesson)]))
            }
            None => self.dialog(|dialog| dialog.say("learn-left-all", &[])),
        };
    }

    /// Calls `ask` with a dialog on standard input and output.
    fn dialog<T>(&self, ask: impl FnOnce(&mut Dialog<'_>) -> T) -> T {
        let (mut input, mut output) = (io::stdin().lock(), io::stdout());
        let dialog = &mut Dialog {
            words: &self.words,
            plain: self.is_plain(),
            color: self.palette,
            // The size of the terminal may have changed since the start.
            width: rustix::termios::tcgetwinsize(io::stdout())
                .ok()
                .filter(|size| size.ws_col > 0)
                .map_or(self.settings.width, |size| usize::from(size.ws_col)),
            input: &mut input,
            output: &mut output,
        };
        ask(dialog)
    }

    const fn is_plain(&self) -> bool {
        self.args.plain || !self.settings.live
    }

    /// Prints the errors in a lesson's source. Returns a failure if there are any.
    fn refuse_wrong(&self, file: &LessonFile) -> Result<(), Failure> {
        let wrong = self.settings.tell_errors(&file.source, &file.diagnostics, &self.words);
        if wrong { Err(Failure::new(exit::SOURCE, "failure-no-lessons")) } else { Ok(()) }
    }
}
