//! Creates ids of entries. Every id is unique, even among the entries of other machines.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::SystemTime;

/// Returns 32 hexadecimal digits, derived from the system's random numbers, the process id and the time.
pub(super) fn fresh() -> String {
    let half = || {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u32(std::process::id());
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        hasher.write_u128(now.as_nanos());
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(), half())
}
