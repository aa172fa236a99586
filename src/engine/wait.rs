//! Waits until a claim is true: checks it at short intervals, and after each of the engine's events.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::wire::JsonLines;
use super::{ClaimContext, Engine};
use crate::claims::{Decision, InfraFailureKind, decide, question};
use crate::lesson::{Check, Subject};
use crate::text::{redact_command, redact_message};

/// The first pause between two checks.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// The longest pause while the claim is likely to come true.
const SHORT_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause after the first second, or if a check costs more than an inspect.
const LONG_PAUSE: Duration = Duration::from_millis(200);
/// How long the pauses stay short.
const EAGER: Duration = Duration::from_secs(1);

/// Waits until the check's claim is true, for at most its `within`. Then makes sure that it stays true for the time in
/// `stays`.
pub async fn wait_for(engine: &Engine, check: &Check, context: &ClaimContext<'_>) -> Decision {
    let begun = Instant::now();
    let decision = wait_quietly(engine, check, context).await;
    debug!(decision = describe_decision(&decision), took = ?begun.elapsed(), "claim decided");
    decision
}

/// Decides each of these claims, as it is now.
pub async fn decide_now<'c>(
    engine: &Engine,
    checks: impl IntoIterator<Item = (usize, &'c Check)>,
    context: &ClaimContext<'_>,
) -> Vec<(usize, Decision)> {
    let each = checks.into_iter().map(|(block, check)| async move {
        (block, decide(&check.claim, &engine.facts(&question(&check.claim), context).await))
    });
    join_all(each).await
}

/// Waits for each of these claims, as [`wait_for`] does.
pub async fn wait_for_all<'c>(
    engine: &Engine,
    checks: impl IntoIterator<Item = (usize, &'c Check)>,
    context: &ClaimContext<'_>,
) -> Vec<(usize, Decision)> {
    join_all(checks.into_iter().map(|(block, check)| async move { (block, wait_for(engine, check, context).await) }))
        .await
}

/// Describes a decision for the log: the claim, but never the value, which may be a secret.
#[must_use]
pub fn describe_decision(decision: &Decision) -> String {
    match decision {
        Decision::Holds => "holds".to_owned(),
        Decision::Fails(findings) => {
            let what: Vec<String> = findings.iter().map(|finding| redact_command(&finding.what)).collect();
            format!("fails: {}", what.join("; "))
        }
        Decision::Unknown(trouble) => format!("unknown: {}: {}", trouble.kind.name(), redact_message(&trouble.detail)),
    }
}

async fn wait_quietly(engine: &Engine, check: &Check, context: &ClaimContext<'_>) -> Decision {
    let begin = Instant::now();
    let deadline = begin + check.within;
    let question = question(&check.claim);
    let mut wake = Wake { engine, lines: None, tried: check.claim.on.is_some() || !has_events(&check.claim.subject) };
    let mut held_since: Option<Instant> = None;
    let mut pause = FIRST_PAUSE;
    let mut waits = false;
    loop {
        let decision = decide(&check.claim, &engine.facts(&question, context).await);
        let now = Instant::now();
        if !std::mem::replace(&mut waits, true) {
            let (within, stays) = (check.within, check.stays);
            debug!(decision = describe_decision(&decision), ?within, ?stays, "claim looked at");
        }
        let until = match &decision {
            Decision::Holds => {
                let held = *held_since.get_or_insert(now);
                let stays = held + check.stays.unwrap_or_default();
                if now >= stays {
                    return decision;
                }
                stays
            }
            Decision::Fails(_) => {
                held_since = None;
                if now >= deadline || matches!(check.claim.subject, Subject::Ran(_)) {
                    return decision;
                }
                deadline
            }
            // A registry that is starting refuses connections for a moment.
            Decision::Unknown(trouble) if trouble.kind == InfraFailureKind::Registry && now < deadline => {
                held_since = None;
                deadline
            }
            Decision::Unknown(_) => return decision,
        };
        let limit = if begin.elapsed() < EAGER && is_cheap(&check.claim.subject) { SHORT_PAUSE } else { LONG_PAUSE };
        pause = (pause * 3 / 2).min(limit);
        tokio::select! {
            () = sleep(pause.min(until - now)) => {}
            () = wake.next() => {}
        }
    }
}

/// Whether the engine has events that show that the facts may have changed.
fn has_events(subject: &Subject) -> bool {
    // A `run` inside a container and a `top` cause events themselves, so each check would cause the next one.
    matches!(
        subject,
        Subject::Image(_)
            | Subject::Container(_)
            | Subject::Network(_)
            | Subject::Volume(_)
            | Subject::Containers(_)
            | Subject::Images(_)
            | Subject::Events(_)
            | Subject::Engine
    )
}

/// Whether a check costs about a millisecond.
fn is_cheap(subject: &Subject) -> bool {
    !matches!(subject, Subject::Run { .. } | Subject::Engine | Subject::Registry(_) | Subject::Top(_))
}

/// The engine's events, each a reason to check again. If there are none, only the pauses end.
struct Wake<'a> {
    engine: &'a Engine,
    lines: Option<JsonLines>,
    tried: bool,
}

impl Wake<'_> {
    async fn next(&mut self) {
        if !self.tried {
            self.lines = self.engine.wire.lines("/events").await.ok();
            // This is set only now, because this future may be dropped while it waits.
            self.tried = true;
        }
        if let Some(lines) = &mut self.lines {
            if let Ok(Some(_)) = lines.next().await {
                return;
            }
            self.lines = None;
        }
        std::future::pending::<()>().await;
    }
}
