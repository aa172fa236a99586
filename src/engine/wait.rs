//! Waits until a claim is true. Checks the claim at short intervals.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::{ClaimContext, Engine};
use crate::claims::{Decision, InfraFailureKind, decide, question};
use crate::lesson::{Check, Subject};
use crate::text::{redact_command, redact_message};

/// The first pause between two checks.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// The longest pause in the first second, when a claim is most likely to become true.
const SHORT_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause after the first second.
const LONG_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause if a check takes longer than an inspect.
const COSTLY_PAUSE: Duration = Duration::from_millis(200);
/// The time after which the pauses become longer.
const EAGER: Duration = Duration::from_secs(1);

/// Waits until the check's claim is true, for at most the time in `within`. Then makes sure that the claim stays true
/// for the time in `stays`.
pub async fn wait_for(engine: &Engine, check: &Check, context: &ClaimContext<'_>) -> Decision {
    let begun = Instant::now();
    let decision = wait_quietly(engine, check, context).await;
    debug!(decision = describe_decision(&decision), took = ?begun.elapsed(), "claim decided");
    decision
}

/// Decides each of these claims once, without waiting.
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

/// Waits for all of these claims at the same time, like [`wait_for`] for one claim.
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
        let limit = match is_cheap(&check.claim.subject) {
            false => COSTLY_PAUSE,
            true if begin.elapsed() < EAGER => SHORT_PAUSE,
            true => LONG_PAUSE,
        };
        pause = (pause * 3 / 2).min(limit);
        sleep(pause.min(until - now)).await;
    }
}

/// Whether a check takes only about a millisecond.
fn is_cheap(subject: &Subject) -> bool {
    !matches!(subject, Subject::Run { .. } | Subject::Engine | Subject::Registry(_) | Subject::Top(_))
}
