//! The loop: the person's terminal, their shell, the engine's events, and what the walk says of them.

mod act;
mod keys;
mod speak;
mod wrong;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, info, trace};

use super::desk::Desk;
use super::looks::{Found, Sight, as_looks, describe};
use super::terminal::Input;
use super::undo::Snapshot;
use super::{Left, Visit, vocabulary};
use crate::claims::{Decision, RanCommand};
use crate::engine::{EngineTime, Watch};
use crate::explain;
use crate::gateway::{Rule, Told};
use crate::lesson::Step;
use crate::lesson_state::{Answer, Choice, Next, Outcome, Way};
use crate::session::{Cue, Report, Said, SessionError, Tutored, TutoredSpec};
use crate::text::redact_command;
use crate::transcript::Screen;

/// After an event, so long until the claims are looked at: events come in bursts.
const SETTLE: Duration = Duration::from_millis(30);
/// While claims are waited for, so often it is seen whether a known mistake stands in their way.
const GLANCE: Duration = Duration::from_millis(250);
/// The person is not in the middle of a key sequence when no key has come for so long.
const IDLE: Duration = Duration::from_millis(250);

/// Teaches a lesson at the terminal of this process.
///
/// # Errors
/// When there is no terminal, or no shell can be started in it.
pub async fn teach(visit: Visit<'_>) -> Result<Left, SessionError> {
    let mut tutor = Tutor::new(visit)?;
    let left = tutor.run().await;
    info!(?left, "tutor ends");
    let Tutor { shell, desk, .. } = tutor;
    drop(desk);
    shell.close().await;
    left
}

/// What the learner's shell is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// It waits for our word before a prompt.
    Held,
    /// It is about to show its prompt.
    Coming,
    /// It reads.
    Prompt,
    /// A command runs.
    Running,
}

/// A command that the tutor types.
struct Typed {
    command: String,
    cues: Vec<Cue>,
    /// How it may end; in any way where none is said.
    statuses: Vec<i32>,
}

pub(super) struct Tutor<'a> {
    desk: Desk<'a>,
    shell: Tutored,
    mode: Mode,
    since: EngineTime,
    ran: Vec<RanCommand>,
    /// What the command that runs prints.
    screen: Option<Screen>,
    /// The last key at the prompt was Enter, not Ctrl-C.
    sent_line: bool,
    /// Keys that came while the shell was held.
    keys: Vec<u8>,
    last_key: Instant,
    /// The shell asked for pastes to be marked.
    marks_pastes: bool,
    /// What is put at the next prompt for the learner to send.
    insert: Option<String>,
    /// What the tutor types itself, one a prompt.
    queue: VecDeque<Typed>,
    /// What is typed while a command of the tutor's runs.
    cues: VecDeque<Cue>,
    /// How the command that the tutor has typed may end.
    statuses: Vec<i32>,
    /// The tutor is doing the step.
    doing: bool,
    /// It is doing it for the second time, because the claims did not hold after the first.
    did_twice: bool,
    free: bool,
    /// Mistakes that were there before the step, once that is known.
    before: BTreeSet<(usize, usize)>,
    knows_before: bool,
    /// What was the lesson's when a step was first met.
    made_before: BTreeMap<usize, Snapshot>,
    /// What the gateway refused the last command.
    refused: Vec<(Rule, String)>,
    /// What an event has led to and has not been said.
    pending: Option<(Outcome, Found)>,
    /// When the claims are to be looked at because of an event.
    look_at: Option<Instant>,
    watch: Option<Watch>,
    greeted: bool,
    finished: bool,
    escapes: usize,
    /// So many `^C`, and nothing came of them.
    interrupts: usize,
}

struct Signals {
    window: Signal,
    ends: [Signal; 3],
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            window: signal(SignalKind::window_change())?,
            ends: [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?],
        })
    }

    async fn end(ends: &mut [Signal; 3]) {
        let [one, two, three] = ends;
        tokio::select! {
            _ = one.recv() => {}
            _ = two.recv() => {}
            _ = three.recv() => {}
        }
    }
}

impl<'a> Tutor<'a> {
    fn new(visit: Visit<'a>) -> Result<Self, SessionError> {
        let desk = Desk::new(visit)?;
        let shell = start_shell(&desk)?;
        Ok(Self {
            desk,
            shell,
            mode: Mode::Coming,
            since: EngineTime::default(),
            ran: Vec::new(),
            screen: None,
            sent_line: false,
            keys: Vec::new(),
            last_key: Instant::now(),
            marks_pastes: false,
            insert: None,
            queue: VecDeque::new(),
            cues: VecDeque::new(),
            statuses: Vec::new(),
            doing: false,
            did_twice: false,
            free: false,
            before: BTreeSet::new(),
            knows_before: false,
            made_before: BTreeMap::new(),
            refused: Vec::new(),
            pending: None,
            look_at: None,
            watch: None,
            greeted: false,
            finished: false,
            escapes: 0,
            interrupts: 0,
        })
    }

    async fn run(&mut self) -> Result<Left, SessionError> {
        let mut signals = Signals::new()?;
        self.desk.terminal.raw()?;
        self.watch = self.desk.visit.place.engine.watch().await.ok();
        loop {
            if let Some(left) = self.desk.left {
                return Ok(left);
            }
            let behind = self.desk.terminal.is_behind();
            tokio::select! {
                biased;
                () = Signals::end(&mut signals.ends) => return Ok(Left::Gone),
                _ = signals.window.recv() => {
                    let (columns, rows) = self.desk.resized();
                    self.shell.resize(columns, rows);
                }
                input = self.desk.terminal.next() => match input {
                    Input::Keys(keys) => self.typed(keys),
                    Input::CaughtUp => {}
                    Input::Gone => return Ok(Left::Gone),
                },
                // Keys go to the shell also while its output has to wait.
                said = self.shell.next(!behind) => self.heard(said).await?,
                happened = next_event(&mut self.watch) => self.happened(happened.as_deref()),
                () = sleep_until(self.look_at.unwrap_or_else(Instant::now)), if self.look_at.is_some() => {
                    self.look_because_of_event().await;
                }
            }
        }
    }

    fn sight<'s>(&'s self, step: &'s Step) -> Sight<'s> {
        self.desk.sight(step, self.since, &self.ran)
    }

    /// The shell has said something.
    async fn heard(&mut self, said: Said) -> Result<(), SessionError> {
        match said {
            Said::Text(bytes) => {
                if let Some(at) = memchr::memmem::rfind(&bytes, b"\x1b[?2004") {
                    self.marks_pastes = bytes.get(at + 7) == Some(&b'h');
                }
                if let Some(screen) = &mut self.screen {
                    screen.feed(&bytes);
                }
                self.desk.terminal.pass(&bytes);
                self.type_cue();
                self.offer_the_way_out(&bytes);
            }
            Said::Begun => {
                debug!("command begins");
                let (columns, rows) = self.desk.terminal.size();
                self.screen = Some(Screen::new(columns, rows));
                self.mode = Mode::Running;
                self.interrupts = 0;
            }
            Said::Ended(report) => {
                self.mode = Mode::Held;
                self.desk.terminal.flush();
                self.ended(report).await;
                self.release();
            }
            Said::Prompt => {
                trace!("shell reads");
                self.at_prompt();
            }
            Said::Paused => {
                self.mode = Mode::Held;
                self.desk.terminal.is_at_line_start();
                if let Some((outcome, found)) = self.pending.take() {
                    self.tell(outcome, &found, None).await;
                }
                self.release();
                // The line comes back without another mark.
                self.mode = Mode::Prompt;
                let keys = std::mem::take(&mut self.keys);
                self.shell.write(&keys);
            }
            Said::Exited(status) => {
                debug!(?status, "shell ended");
                self.shell_ended().await?;
            }
        }
        Ok(())
    }

    fn release(&mut self) {
        self.mode = Mode::Coming;
        self.keys.splice(0..0, std::mem::take(&mut self.desk.typed_ahead));
        let of = self.desk.walk.len();
        let at = if self.free || of == 0 { String::new() } else { format!("[{}/{of}] ", self.desk.walk.at() + 1) };
        let more = self.desk.voice.words.say("learn-more-lines", &[]).replace('\'', "");
        self.shell.release(&format!("__dermaga_at='{at}' PS2='{more} > '"));
    }

    /// The prompt is shown: what waited for it goes in.
    fn at_prompt(&mut self) {
        // Readline draws it again where a line grows beyond the terminal's edge.
        let is_new = !matches!(self.mode, Mode::Prompt);
        self.mode = Mode::Prompt;
        self.screen = None;
        if let Some(typed) = is_new.then(|| self.queue.pop_front()).flatten() {
            self.cues = typed.cues.into();
            self.statuses = typed.statuses;
            let bytes = self.pasted(&typed.command);
            self.shell.write(&bytes);
            self.shell.write(b"\r");
        } else if let Some(text) = self.insert.take() {
            let bytes = self.pasted(&text);
            self.shell.write(&bytes);
        }
        let keys = std::mem::take(&mut self.keys);
        self.shell.write(&keys);
    }

    /// A command ended, or a word was said.
    async fn ended(&mut self, report: Report) {
        let lines = self.screen.take().map(|screen| screen.finish().0).unwrap_or_default();
        self.cues.clear();
        if !std::mem::replace(&mut self.greeted, true) {
            self.greet().await;
            return;
        }
        if let Some(word) = &report.word {
            debug!(word = redact_command(word), "word to the tutor");
            if let Some((word, rest)) = vocabulary::read(word) {
                self.act(word, rest).await;
            }
            return;
        }
        if !report.ran {
            if self.sent_line && self.queue.is_empty() && !self.doing && !self.free {
                self.go_on_if_over().await;
            }
            return;
        }
        let command = report.command.unwrap_or_default();
        debug!(text = redact_command(&command), status = report.status, "command ended");
        self.hear_gateway();
        if self.doing && !self.statuses.is_empty() && !self.statuses.contains(&report.status) {
            self.desk.tell_failed("learn-catch-up-failed", &command, &report.status.to_string());
        }
        if self.desk.visit.guard.is_some()
            && report.status == 0
            && let Some(past) = explain::past_gateway(&command)
        {
            let text = explain::words(&past, &self.desk.voice.words);
            let text = self.desk.voice.why(&text);
            self.desk.say(&text);
        }
        self.ran.push(RanCommand { command, exit: Some(report.status), output: lines.join("\n") });
        if self.doing {
            if self.queue.is_empty() {
                self.doing = false;
                self.did_the_step().await;
            }
            return;
        }
        if !self.free {
            self.judge().await;
        }
    }

    /// What the gateway refused the command that has ended; it told before the command knew.
    fn hear_gateway(&mut self) {
        self.refused.clear();
        let Some(guard) = &mut self.desk.visit.guard else { return };
        while let Ok(told) = guard.told.try_recv() {
            if let Told::Refused { rule, what } = told
                && !self.refused.iter().any(|(known, _)| *known == rule)
            {
                self.refused.push((rule, what));
            }
        }
    }

    /// Enter alone goes on where nothing is left to do.
    async fn go_on_if_over(&mut self) {
        if self.finished {
            self.desk.left = Some(Left::Done);
        } else if self.desk.walk.is_over()
            && let Answer::Go(next) = self.desk.walk.choose(Choice::Next)
        {
            self.follow(next).await;
        }
    }

    /// The last command's verdict.
    async fn judge(&mut self) {
        let (Some(step), Some(last)) = (self.desk.step(), self.ran.last().cloned()) else { return };
        if self.desk.walk.is_over() {
            return self.explain_alone(&last).await;
        }
        self.look_at = None;
        let way = self.desk.walk.ran(self.desk.visit.lesson, &last.command, last.exit.unwrap_or_default());
        let claims = self.desk.walk.claims();
        let mut found = self.sight(step).look(&claims).await;
        let holds = |found: &Found| found.iter().all(|(_, decision)| matches!(decision, Decision::Holds));
        let is_due = (way == Way::Printed && self.desk.walk.is_last_command()) || (way != Way::Other && holds(&found));
        debug!(?way, claims = describe(&found), is_due, "command judged");
        if is_due && self.sight(step).is_worth_waiting(&found) {
            found = self.wait(step, &claims, found).await;
        }
        let outcome = self.desk.walk.judged(Some(way), &as_looks(&found));
        self.tell(outcome, &found, Some(&last)).await;
    }

    /// Waits for claims that need a moment; a key ends the wait.
    async fn wait(&mut self, step: &'a Step, claims: &[usize], first: Found) -> Found {
        let text = self.desk.voice.words.say("learn-waiting", &[]);
        let width = self.desk.voice.style.width.saturating_sub(1);
        let text: String = text.chars().take(width).collect();
        self.desk.terminal.say_for_now(&text);
        let sight = Sight { place: self.desk.visit.place, step, since: self.since, ran: &self.ran };
        let before = &self.before;
        // A mistake that the lesson knows, seen twice: nothing is waited for that cannot come.
        let mistaken = async {
            let mut seen = false;
            loop {
                tokio::time::sleep(GLANCE).await;
                let mistakes = sight.mistakes(claims, self.ran.last()).await;
                let is = mistakes.iter().any(|mistake| !before.contains(mistake));
                if is && std::mem::replace(&mut seen, is) {
                    return;
                }
                seen = is;
            }
        };
        debug!(claims = describe(&first), "waits for claims");
        let found = tokio::select! {
            found = sight.wait(claims) => found,
            () = mistaken => {
                debug!("a known mistake ends the wait");
                first
            }
            keys = self.desk.terminal.keys() => {
                debug!("a key ends the wait");
                self.keys.extend(keys.unwrap_or_default());
                first
            }
        };
        self.desk.terminal.unsay();
        found
    }

    /// Something happened on the engine.
    fn happened(&mut self, action: Option<&str>) {
        let Some(action) = action else {
            debug!("no more events from the engine");
            self.watch = None;
            return;
        };
        trace!(action, "engine event");
        // Looks into a container make events themselves.
        if !action.starts_with("exec_") && action != "top" && !self.free && !self.doing && self.greeted {
            self.look_at.get_or_insert(Instant::now() + SETTLE);
        }
    }

    /// Work in another window counts, too.
    async fn look_because_of_event(&mut self) {
        self.look_at = None;
        let claims = self.desk.walk.claims();
        let Some(step) = self.desk.step() else { return };
        if self.mode != Mode::Prompt || self.desk.walk.is_over() || claims.is_empty() || self.pending.is_some() {
            return;
        }
        if self.last_key.elapsed() < IDLE {
            self.look_at = Some(self.last_key + IDLE);
            return;
        }
        let found = self.sight(step).look(&claims).await;
        trace!(claims = describe(&found), "looked because of an event");
        let outcome = self.desk.walk.judged(None, &as_looks(&found));
        if matches!(outcome, Outcome::Passed { .. }) {
            self.pending = Some((outcome, found));
            self.shell.pause();
        }
    }

    /// The shell has ended: by `exit`, `^D`, or because something killed it.
    async fn shell_ended(&mut self) -> Result<(), SessionError> {
        let text = self.desk.voice.note(&self.desk.voice.words.say("learn-shell-ended", &[]));
        self.desk.terminal.say(&text);
        let ask = self.desk.voice.words.say("learn-leave-ask", &[]);
        self.desk.terminal.say(&ask);
        self.desk.terminal.pass(b" ");
        loop {
            match self.desk.terminal.keys().await.as_deref() {
                Some([b'y' | b'Y' | b'\r' | b'\n' | 3 | 4, ..]) => {
                    self.desk.terminal.pass(b"\r\n");
                    self.desk.left = Some(if self.finished { Left::Done } else { Left::Quit });
                    return Ok(());
                }
                None => {
                    self.desk.left = Some(Left::Gone);
                    return Ok(());
                }
                Some([b't' | b'T' | b'n' | b'N', ..]) => break,
                Some(_) => {}
            }
        }
        self.desk.terminal.pass(b"\r\n");
        self.shell = start_shell(&self.desk)?;
        self.mode = Mode::Coming;
        Ok(())
    }

    async fn follow(&mut self, next: Vec<Next>) {
        let mut todo: VecDeque<Next> = next.into();
        while self.desk.left.is_none()
            && let Some(next) = todo.pop_front()
        {
            let more = self.one(next).await;
            for one in more.into_iter().rev() {
                todo.push_front(one);
            }
        }
    }
}

fn start_shell(desk: &Desk<'_>) -> Result<Tutored, SessionError> {
    let (columns, rows) = desk.terminal.size();
    let place = desk.visit.place;
    Tutored::start(&TutoredSpec {
        shell: place.shell(columns, rows),
        history: place.history.clone(),
        words: vocabulary::names(),
    })
}

/// The next event's action; pending for ever without a watch, `None` when the engine has gone.
async fn next_event(watch: &mut Option<Watch>) -> Option<String> {
    match watch {
        Some(watch) => watch.next().await.map(|event| event.action),
        None => std::future::pending().await,
    }
}
