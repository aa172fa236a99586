//! Resets the signals that Dermaga has ignored since its start, for example because of `nohup`, `trap '' INT` or a
//! script's `&`.
//!
//! A child ignores the signals that its parent ignores. So a lesson's shell and all its commands would ignore these
//! signals too. In the terminal of such a shell, Ctrl-C and `docker kill -s HUP` would have no effect. Therefore every
//! child gets the default action for these signals. Dermaga itself still ignores these signals.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use rustix::process::Signal;

/// The signals that a parent may have made this process ignore. `PIPE` is not in the list, because the standard library
/// sets and resets it. `TTIN` and `TTOU` are not in the list, because a write from the background would wait for ever
/// if these signals had a handler.
const SIGNALS: [Signal; 10] = [
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::USR1,
    Signal::USR2,
    Signal::ALARM,
    Signal::TERM,
    Signal::CHILD,
    Signal::CONT,
    Signal::TSTP,
];

/// The mask of the signals that this process ignored when it started.
static AT_START: OnceLock<u64> = OnceLock::new();

/// Whether this process already ignored `signal` when it started.
#[must_use]
pub fn is_ignored(signal: Signal) -> bool {
    has(*AT_START.get_or_init(ignored_now), signal)
}

/// Resets each signal to its default for every child that is started from now on.
///
/// `exec` resets a signal that has a handler, but not a signal that is ignored. So each ignored signal gets a handler
/// that does nothing.
///
/// # Errors
/// Fails if the system refuses a handler.
pub fn reset_for_children() -> io::Result<()> {
    let _ = AT_START.get_or_init(ignored_now);
    let ignored = ignored_now();
    for signal in SIGNALS.into_iter().filter(|&signal| has(ignored, signal)) {
        signal_hook::flag::register(signal.as_raw(), Arc::new(AtomicBool::new(false)))?;
    }
    Ok(())
}

fn has(mask: u64, signal: Signal) -> bool {
    mask >> (signal.as_raw() - 1) & 1 == 1
}

fn ignored_now() -> u64 {
    mask_in(&fs::read_to_string("/proc/self/status").unwrap_or_default())
}

/// Returns the mask of ignored signals in a `/proc/PID/status`.
fn mask_in(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_from_the_status_file_of_a_process() {
        let mask =
            mask_in("Name:\tbash\nSigBlk:\t0000000000000006\nSigIgn:\t0000000000000004\nSigCgt:\t0000000000000002\n");
        assert!(has(mask, Signal::QUIT) && !has(mask, Signal::INT) && !has(mask, Signal::TSTP));
        assert_eq!(mask_in(""), 0);
    }
}
