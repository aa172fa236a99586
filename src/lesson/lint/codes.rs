//! The names of the mistakes that lint finds; their texts are in `words/*/lint.ftl`.

use crate::text::Code;

macro_rules! codes {
    ($($name:ident = $code:literal;)*) => {
        $(pub(super) const $name: Code = Code($code);)*

        /// Every code of lint.
        #[cfg(test)]
        const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // The course
    NO_FILE = "L110";
    NOT_IN_COURSE = "L111";
    NO_TRANSLATION = "L112";
    TWO_FILES = "L113";
    OTHER_PATH = "L114";
    UNKNOWN_LESSON = "L115";
    LATER_LESSON = "L116";
    STEP_ID_NOT_WRITTEN = "L117";
    // Translations
    NO_DIGEST = "L120";
    OLD_TRANSLATION = "L121";
    STEP_MISSING = "L122";
    STEP_EXTRA = "L123";
    STEP_ORDER = "L124";
    BLOCK_MISSING = "L125";
    BLOCK_EXTRA = "L126";
    COMMANDS_DIFFER = "L127";
    OUTPUT_DIFFERS = "L128";
    ATTRS_DIFFER = "L129";
    FILE_DIFFERS = "L130";
    CLAIM_DIFFERS = "L131";
    QUIZ_DIFFERS = "L132";
    FRONT_DIFFERS = "L133";
    // A lesson
    FORBIDDEN_TERM = "L140";
    NO_REASON = "L141";
    OBJECTIVES = "L142";
    CANNOT_FAIL = "L143";
    VOLATILE = "L144";
    CONTROL = "L145";
    DIRECTION = "L146";
    NEVER_ENDS = "L147";
    MAY_NOT_END = "L148";
    NOT_OUTPUT = "L149";
    // Size
    WORDS = "L150";
    COMMANDS = "L151";
    MINUTES = "L152";
    // A transcript
    PLACEHOLDER = "L153";
    MACHINE = "L154";
    // What it points at
    DEAD_LINK = "L160";
    NO_PICTURE = "L161";
    NO_ANCHOR = "L162";
    NOT_IN_PACK = "L163";
    NOT_DECLARED = "L164";
}

#[cfg(test)]
#[test]
fn every_code_has_its_words() {
    let words = include_str!("../../words/id/lint.ftl");
    for code in ALL {
        assert!(words.lines().any(|line| line.starts_with(&format!("{} = ", code.0))), "{}", code.0);
    }
}
