//! The same work for many things, on as many threads as the machine has processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer than this are done sooner than a thread is started.
const WORTH: usize = 8;

/// What `work` gives for each of `items`, in their order.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len() / WORTH);
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
            done.push((at, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut done = share();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_their_order_however_many() {
        for count in [0, 1, 7, 8, 100, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let slow = |at: &usize| {
                if at.is_multiple_of(97) {
                    thread::yield_now();
                }
                at * 2
            };
            assert_eq!(side_by_side(&items, slow), items.iter().map(|at| at * 2).collect::<Vec<_>>());
        }
    }
}
