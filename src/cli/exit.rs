//! Exit codes. If several codes apply, [`worst`] chooses the first of 70, 130, 2, 3, 4, 1 and 0.

/// All expectations are met.
pub const MET: u8 = 0;
/// At least one expectation is not met.
pub const DIFFERS: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// A lesson's source is wrong.
pub const SOURCE: u8 = 3;
/// The engine or the machine is not ready, a step is broken, or nothing ran at all.
pub const MACHINE: u8 = 4;
/// Dermaga has a bug.
pub const BUG: u8 = 70;
/// The run was interrupted.
pub const INTERRUPTED: u8 = 130;

/// Returns the code in `codes` that takes precedence over the others, or 0 if `codes` is empty.
#[must_use]
pub fn worst(codes: impl IntoIterator<Item = u8>) -> u8 {
    const ORDER: [u8; 7] = [BUG, INTERRUPTED, USAGE, SOURCE, MACHINE, DIFFERS, MET];
    let rank = |code: u8| ORDER.iter().position(|&known| known == code).unwrap_or(0);
    codes.into_iter().min_by_key(|&code| rank(code)).unwrap_or(MET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worst_returns_the_code_that_takes_precedence() {
        assert_eq!(worst([0, 1, 4]), 4);
        assert_eq!(worst([1, 3, 4, 2]), 2);
        assert_eq!(worst([130, 2, 70]), 70);
        assert_eq!(worst([]), 0);
    }
}
