//! Runs the same work for many items on all cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Returns the results of `work` for all items, in the order of the items. Each thread calls `tools` once, so the tools
/// need not be `Sync`.
pub(crate) fn each<'t, T: Sync, S, R: Send>(
    things: &'t [T],
    tools: impl Fn() -> S + Sync,
    work: impl Fn(&S, &'t T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(things.len()).max(1);
    if threads == 1 {
        let tools = tools();
        return things.iter().map(|thing| work(&tools, thing)).collect();
    }
    let next = AtomicUsize::new(0);
    let turn = || {
        let tools = tools();
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else { return made };
            made.push((at, work(&tools, thing)));
        }
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(turn)).collect();
        let mut all = turn();
        for other in others {
            match other.join() {
                Ok(made) => all.extend(made),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(each(&things, || 2, |by, thing| by * thing), (0..1000).map(|at| at * 2).collect::<Vec<_>>());
        assert!(each(&[0_usize; 0], || (), |(), thing| *thing).is_empty());
    }
}
