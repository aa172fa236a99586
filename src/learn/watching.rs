//! The tutor beside a terminal of the learner's own: no shell, only steps, and a tick when a claim comes true.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, trace};

use super::desk::Desk;
use super::looks::{Found, as_looks, describe};
use super::{Left, Visit};
use crate::claims::EngineEvent;
use crate::engine::{EngineTime, Watch};
use crate::lesson::{Block, Subject};
use crate::lesson_state::{Answer, Choice, Look, Next, Outcome};
use crate::transcript::sanitise;
use crate::words::Lang;

/// Between an event and the look: events come in bursts.
const SETTLE: Duration = Duration::from_millis(15);
/// What has no events is looked at so often.
const PATROL: Duration = Duration::from_secs(1);

/// Shows the steps of a lesson one by one and passes each when its claims come true.
///
/// # Errors
/// When there is no terminal.
pub async fn watch(visit: Visit<'_>, connect: Option<&str>) -> io::Result<Left> {
    let mut desk = Desk::new(visit)?;
    desk.voice.beside = true;
    let mut watcher = Watcher {
        desk,
        events: None,
        since: EngineTime::default(),
        look_at: None,
        signals: Signals {
            window: signal(SignalKind::window_change())?,
            term: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        },
    };
    watcher.run(connect).await
}

struct Watcher<'a> {
    desk: Desk<'a>,
    events: Option<Watch>,
    since: EngineTime,
    /// When the claims are looked at.
    look_at: Option<Instant>,
    signals: Signals,
}

struct Signals {
    window: Signal,
    term: Signal,
    hangup: Signal,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Next,
    Back,
    Hint,
    Solution,
    Skip,
    Quiz,
    Menu,
    Quit,
    Help,
}

/// The key of this byte. A letter is that of the word in the learner's language.
fn key(lang: Lang, byte: u8) -> Option<Key> {
    let keys: &[(u8, Key)] = match lang {
        Lang::Id => &[
            (b'p', Key::Hint),
            (b'j', Key::Solution),
            (b'l', Key::Skip),
            (b'k', Key::Back),
            (b'u', Key::Quiz),
            (b'd', Key::Menu),
            (b'q', Key::Quit),
        ],
        Lang::En => &[
            (b'h', Key::Hint),
            (b's', Key::Solution),
            (b'x', Key::Skip),
            (b'b', Key::Back),
            (b'a', Key::Quiz),
            (b'm', Key::Menu),
            (b'q', Key::Quit),
        ],
    };
    match byte {
        b'\r' | b'\n' => Some(Key::Next),
        b'?' => Some(Key::Help),
        3 | 4 => Some(Key::Quit),
        _ => keys.iter().find(|(letter, _)| *letter == byte.to_ascii_lowercase()).map(|(_, key)| *key),
    }
}

impl Watcher<'_> {
    async fn run(&mut self, connect: Option<&str>) -> io::Result<Left> {
        self.desk.terminal.raw()?;
        self.events = self.desk.visit.place.engine.watch().await.ok();
        self.greet(connect).await;
        self.look_at = Some(Instant::now() + PATROL);
        loop {
            if let Some(left) = self.desk.left {
                return Ok(left);
            }
            tokio::select! {
                biased;
                _ = self.signals.term.recv() => return Ok(Left::Gone),
                _ = self.signals.hangup.recv() => return Ok(Left::Gone),
                _ = self.signals.window.recv() => drop(self.desk.resized()),
                keys = self.desk.terminal.keys() => {
                    let Some(keys) = keys else { return Ok(Left::Gone) };
                    if let Some(key) = keys.first().and_then(|&byte| key(self.desk.voice.words.lang(), byte)) {
                        self.pressed(key).await;
                    }
                }
                event = next_event(&mut self.events) => self.happened(event.as_ref()),
                () = sleep_until(self.look_at.unwrap_or_else(Instant::now)), if self.look_at.is_some() => {
                    self.look_at = Some(Instant::now() + PATROL);
                    self.look().await;
                }
            }
        }
    }

    async fn greet(&mut self, connect: Option<&str>) {
        self.desk.opening();
        if let Some(line) = connect {
            let text = self.desk.voice.say("learn-watch-env", &[("line", line)]);
            self.desk.say(&format!("{text}\n"));
        }
        if self.has_files() {
            let dir = sanitise(&self.desk.visit.place.dir.display().to_string());
            let text = self.desk.voice.say("learn-watch-dir", &[("dir", &dir)]);
            self.desk.say(&format!("{text}\n"));
        }
        self.desk.fetch_images().await;
        self.desk.ask_earlier().await;
        if self.desk.left.is_some() {
            return;
        }
        self.desk.catch_up().await;
        let next = self.desk.walk.enter(self.desk.visit.begin);
        self.follow(next).await;
    }

    /// Whether the lesson has anything to do with files.
    fn has_files(&self) -> bool {
        let mut blocks = self.desk.visit.lesson.steps.iter().flat_map(|step| &step.blocks);
        blocks.any(|block| match block {
            Block::File(_) => true,
            Block::Check(check) => matches!(check.claim.subject, Subject::File(_)),
            _ => false,
        })
    }

    async fn follow(&mut self, next: Vec<Next>) {
        let mut todo: VecDeque<Next> = next.into();
        while self.desk.left.is_none()
            && let Some(next) = todo.pop_front()
        {
            for one in self.one(next).await.into_iter().rev() {
                todo.push_front(one);
            }
        }
    }

    /// Does one thing; what comes of it is done before the rest.
    async fn one(&mut self, next: Next) -> Vec<Next> {
        let Some(step) = self.desk.step() else {
            self.desk.left = Some(Left::Done);
            return Vec::new();
        };
        match next {
            Next::Step { step: at, setup } => {
                if let Some(now) = self.desk.begin(step, at, setup).await {
                    self.since = now;
                }
            }
            Next::Show(block) => self.desk.show(step, block).await,
            Next::File(block) => self.desk.offer(&step.blocks[block], true),
            Next::Ask(block) => return self.desk.ask(step, block).await,
            Next::Await { look } => {
                let (seen, unseen) = self.claims();
                if look && !seen.is_empty() {
                    let found = self.desk.sight(step, self.since, &[]).look(&seen).await;
                    if self.desk.walk.looked_first(&with_unseen(&found, &unseen)) == Outcome::Already {
                        self.desk.tell_plainly("learn-already");
                    }
                }
                self.desk.note(if self.desk.walk.is_over() {
                    "learn-read"
                } else if seen.is_empty() {
                    "learn-watch-unseen"
                } else {
                    "learn-watch-hint"
                });
                self.desk.note("learn-keys");
            }
            Next::Done(done) => self.desk.done(done),
            Next::Finish => {
                self.desk.finish();
                self.desk.left = Some(Left::Done);
            }
        }
        Vec::new()
    }

    /// The claims that decide now: those that can be looked at, and those about what was typed, which cannot from here.
    /// The latter go with the former; where there are only such, the learner's word decides.
    fn claims(&self) -> (Vec<usize>, Vec<usize>) {
        let is_seen = |block: &usize| {
            self.desk.check(*block).is_some_and(|check| !matches!(check.claim.subject, Subject::Ran(_)))
        };
        self.desk.walk.claims().into_iter().partition(is_seen)
    }

    async fn pressed(&mut self, key: Key) {
        debug!(?key, "key");
        match key {
            Key::Next => self.next().await,
            Key::Back => {
                if let Answer::Go(next) = self.desk.walk.choose(Choice::Back) {
                    self.follow(next).await;
                } else {
                    self.desk.tell_plainly("learn-first");
                }
            }
            Key::Hint => {
                // What is tried in another terminal is not seen from here.
                self.desk.walk.tried();
                self.desk.hint();
            }
            Key::Solution => self.desk.solution(),
            Key::Skip => self.skip().await,
            Key::Quiz => {
                for next in self.desk.quiz_again().await {
                    self.follow(vec![next]).await;
                }
            }
            Key::Menu => self.desk.left = Some(Left::Menu),
            Key::Quit => self.desk.left = Some(Left::Quit),
            Key::Help => self.desk.tell_plainly("learn-watch-help"),
        }
    }

    async fn next(&mut self) {
        let (seen, unseen) = self.claims();
        if seen.is_empty() && !unseen.is_empty() {
            let outcome = self.desk.walk.judged(None, &with_unseen(&Found::new(), &unseen));
            return self.tell(outcome).await;
        }
        match self.desk.walk.choose(Choice::Next) {
            Answer::Go(next) => self.follow(next).await,
            _ => self.desk.tell_plainly("learn-not-passed"),
        }
    }

    /// Does the rest of the step in a shell of our own.
    async fn skip(&mut self) {
        let Some(step) = self.desk.step() else { return };
        if self.desk.walk.is_over() {
            return self.next().await;
        }
        self.desk.do_rest(step).await;
        if let Answer::Go(next) = self.desk.walk.choose(Choice::Skipped) {
            self.follow(next).await;
        }
    }

    /// Something happened on the engine.
    fn happened(&mut self, event: Option<&EngineEvent>) {
        match event {
            // Looks into a container make events themselves.
            Some(event) if event.action.starts_with("exec_") || event.action == "top" => {}
            Some(_) => {
                let soon = Instant::now() + SETTLE;
                self.look_at = Some(self.look_at.map_or(soon, |at| at.min(soon)));
            }
            None => self.events = None,
        }
    }

    async fn look(&mut self) {
        let (seen, unseen) = self.claims();
        let Some(step) = self.desk.step() else { return };
        if self.desk.walk.is_over() || seen.is_empty() {
            return;
        }
        let found = self.desk.sight(step, self.since, &[]).look(&seen).await;
        trace!(claims = describe(&found), "looked at claims");
        let outcome = self.desk.walk.judged(None, &with_unseen(&found, &unseen));
        self.tell(outcome).await;
    }

    async fn tell(&mut self, outcome: Outcome) {
        if let Outcome::Passed { claims, untyped: _, next } = outcome {
            self.desk.passed(&claims, &[], 0);
            self.follow(next).await;
        }
    }
}

fn with_unseen(found: &Found, unseen: &[usize]) -> Vec<(usize, Look)> {
    let mut looks = as_looks(found);
    looks.extend(unseen.iter().map(|&block| (block, Look::Holds)));
    looks
}

/// The next event; pending for ever without a watch, `None` when the engine has gone.
async fn next_event(watch: &mut Option<Watch>) -> Option<EngineEvent> {
    match watch {
        Some(watch) => watch.next().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_that_of_the_word_in_the_learners_language() {
        assert_eq!((key(Lang::Id, b'p'), key(Lang::En, b'p')), (Some(Key::Hint), None));
        assert_eq!((key(Lang::Id, b'H'), key(Lang::En, b'H')), (None, Some(Key::Hint)));
        assert_eq!((key(Lang::Id, b'\r'), key(Lang::En, 3)), (Some(Key::Next), Some(Key::Quit)));
        assert_eq!(key(Lang::En, 27), None);
    }
}
