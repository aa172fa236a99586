//! The tutor beside a terminal of the learner's own: no shell, only steps, and a tick when a claim comes true.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, sleep_until};

use super::looks::{Sight, as_looks};
use super::terminal::Terminal;
use super::voice::Voice;
use super::{Left, Record, Visit};
use crate::engine::EngineTime;
use crate::lesson::Block;
use crate::transcript::sanitise;
use crate::walk::{Answer, Choice, Hint, Next, Outcome, Walk};
use crate::words::Words;

/// Between an event and the look: events come in bursts.
const SETTLE: Duration = Duration::from_millis(15);
/// What has no events is looked at so often.
const PATROL: Duration = Duration::from_secs(1);

/// Shows the steps of a lesson one by one and passes each when its claims come true.
///
/// # Errors
/// When there is no terminal.
pub async fn watch(visit: Visit<'_>, connect: Option<&str>) -> io::Result<Left> {
    let mut terminal = Terminal::open()?;
    let voice = Voice { words: Words::new(visit.style.lang), style: visit.style };
    let mut walk = Walk::new(visit.lesson, visit.plan);
    for &(step, done) in &visit.done {
        walk.recall(step, done);
    }
    let engine = &visit.place.engine;
    let mut events = engine.watch().await.ok();
    let mut since = EngineTime::default();
    let mut ends = [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?];
    terminal.raw()?;
    terminal.say(&voice.opening(visit.lesson, &visit.place.name));
    if let Some(line) = connect {
        terminal.say(&format!("{}\n", voice.say("learn-watch-env", &[("line", line)])));
    }
    let mut todo: VecDeque<Next> = walk.enter(visit.begin).into();
    let mut look_at = Some(Instant::now() + PATROL);
    loop {
        while let Some(next) = todo.pop_front() {
            let Some(step) = visit.lesson.steps.get(walk.at()) else { return Ok(Left::Quit) };
            match next {
                Next::Step { step: at, .. } => {
                    since = engine.now().await.unwrap_or(since);
                    terminal.say(&voice.heading(step, at, walk.len(), walk.done(at)));
                    let _ = (visit.record)(Record::Reached(at));
                }
                Next::Show(block) | Next::File(block) => {
                    let is_task = visit.is_task(walk.at(), block);
                    terminal.say(&voice.block(visit.lesson, &step.blocks[block], is_task));
                }
                Next::Ask(block) => {
                    todo.extend(walk.answered(block));
                }
                Next::Await { look } => {
                    let claims = walk.claims();
                    let sight = Sight { place: visit.place, step, since, ran: &[] };
                    if look {
                        let found = sight.look(&claims).await;
                        if walk.looked_first(&as_looks(&found)) == Outcome::Already {
                            terminal.say(&format!("{}\n", voice.say("learn-already", &[])));
                        }
                    }
                    terminal.say(&voice.note(&voice.words.say("learn-watch-hint", &[])));
                }
                Next::Done(done) => {
                    let _ = (visit.record)(Record::Step(walk.at(), done));
                    terminal.say(&voice.done(done, walk.at() + 1 == walk.len()));
                }
                Next::Finish => {
                    let _ = (visit.record)(Record::Finished);
                    return Ok(Left::Done);
                }
            }
        }
        let [term, hangup] = &mut ends;
        tokio::select! {
            biased;
            _ = term.recv() => return Ok(Left::Gone),
            _ = hangup.recv() => return Ok(Left::Gone),
            keys = terminal.keys() => {
                let Some(keys) = keys else { return Ok(Left::Gone) };
                match keys.first() {
                    Some(b'q' | b'Q' | 3 | 4) => return Ok(Left::Quit),
                    Some(b'\r' | b'\n' | b'l' | b'n') => match walk.choose(Choice::Next) {
                        Answer::Go(next) => todo.extend(next),
                        _ => terminal.say(&format!("{}\n", voice.say("learn-not-passed", &[]))),
                    },
                    Some(b'k' | b'b') => if let Answer::Go(next) = walk.choose(Choice::Back) { todo.extend(next) },
                    Some(b'p' | b'h') => terminal.say(&hint(&mut walk, &visit, &voice)),
                    Some(b'j' | b's') => {
                        walk.show_solution();
                        for (block, number) in walk.to_type(false) {
                            if let Some(Block::Transcript(transcript)) =
                                visit.lesson.steps.get(walk.at()).and_then(|step| step.blocks.get(block))
                            {
                                terminal.say(&format!("    {}\n", sanitise(&transcript.commands[number].text)));
                            }
                        }
                    }
                    _ => {}
                }
            }
            event = async {
                match &mut events {
                    Some(events) => events.next().await,
                    None => std::future::pending().await,
                }
            } => match event {
                Some(event) if event.action.starts_with("exec_") || event.action == "top" => {}
                Some(_) => {
                    let soon = Instant::now() + SETTLE;
                    look_at = Some(look_at.map_or(soon, |at| at.min(soon)));
                }
                None => events = None,
            },
            () = sleep_until(look_at.unwrap_or_else(Instant::now)), if look_at.is_some() => {
                look_at = Some(Instant::now() + PATROL);
                let claims = walk.claims();
                let Some(step) = visit.lesson.steps.get(walk.at()) else { continue };
                if walk.is_over() || claims.is_empty() {
                    continue;
                }
                let found = Sight { place: visit.place, step, since, ran: &[] }.look(&claims).await;
                if let Outcome::Passed { claims, untyped: _, next } = walk.judged(None, &as_looks(&found)) {
                    let checks: Vec<_> = claims.iter().filter_map(|&block| match &step.blocks[block] {
                        Block::Check(check) => Some(check),
                        _ => None,
                    }).collect();
                    terminal.say(&voice.passed(&checks, &[], 0));
                    todo.extend(next);
                }
            }
        }
    }
}

fn hint(walk: &mut Walk, visit: &Visit<'_>, voice: &Voice) -> String {
    let (Hint::Give { claim, level } | Hint::TryFirst { claim, level }) = walk.hint() else {
        return format!("{}\n", voice.say("learn-hint-nothing", &[]));
    };
    let step = visit.lesson.steps.get(walk.at());
    let check = claim.zip(step).and_then(|(block, step)| match step.blocks.get(block) {
        Some(Block::Check(check)) => Some(check),
        _ => None,
    });
    match check.and_then(|check| check.hints.get(level).or(check.hints.last())) {
        Some(hint) => voice.markdown(&hint.value),
        None => format!("{}\n", voice.say("learn-hint-nothing", &[])),
    }
}
