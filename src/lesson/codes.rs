//! The table of all mistakes that `lint` can find in a lesson or a course. The code of a mistake is the key of its
//! texts in `words/*/lint.ftl`.

use crate::text::{Code, Diagnostic, Severity, Span};

/// A code with its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LintCode {
    /// The code.
    pub(super) code: Code,
    severity: Severity,
}

impl LintCode {
    /// Returns the diagnostic with this code at `span`.
    pub(super) const fn at(self, span: Span) -> Diagnostic {
        Diagnostic { code: self.code, severity: self.severity, span, args: Vec::new() }
    }
}

macro_rules! codes {
    ($($level:ident $name:ident = $code:literal;)*) => {
        $(pub(super) const $name: LintCode = LintCode { code: Code($code), severity: codes!($level) };)*

        /// Every code.
        #[cfg(test)]
        pub(super) const ALL: &[LintCode] = &[$($name),*];
    };
    (error) => { Severity::Error };
    (warning) => { Severity::Warning };
}

codes! {
    // Front matter
    error FRONT_OPEN = "L001";
    error FRONT_NO_KEYS = "L002";
    error FRONT_KEY = "L003";
    warning FRONT_OTHER = "L004";
    warning FRONT_STRANGER = "L005";
    error KEY_TWICE = "L006";
    warning NOT_A_LESSON = "L007";
    // Steps
    error STEP_TWICE = "L008";
    error STEP_ID = "L009";
    error PAGE_MARK = "L019";
    error PAGE_FENCE = "L031";
    error NOTES_FENCE = "L034";
    // Fences
    error FENCE_OPEN = "L010";
    error ATTR_UNKNOWN = "L011";
    error ATTR_VALUE = "L012";
    error ATTR_TWICE = "L013";
    error ATTR_MISPLACED = "L014";
    error ATTR_SYNTAX = "L015";
    error FENCE_WORD = "L016";
    error ATTR_CONFLICT = "L017";
    error NUL = "L018";
    // Transcripts
    error NO_COMMAND = "L020";
    error COMMENT_AS_PROMPT = "L021";
    error COMMAND_OPEN = "L022";
    error COMMAND_EMPTY = "L023";
    error PROMPT_UNUSED = "L024";
    error BLANK_WITHOUT_GAP = "L025";
    error BLANK_WITHOUT_SOLUTION = "L026";
    error OUTPUT_NOT_WANTED = "L027";
    error GAP_WITHOUT_BLANK = "L028";
    error SOLUTION_DIFFERS = "L029";
    error KEY_AFTER_PROMPT = "L030";
    // Variants
    error VARIANTS_OVERLAP = "L032";
    error VARIANT_RANGE = "L033";
    // Files
    error FILE_PATH = "L035";
    // YAML
    error YAML_BROKEN = "L040";
    error YAML_QUOTE = "L041";
    error YAML_MARKS = "L042";
    error VALUE_KIND = "L044";
    error KEY_MISSING = "L045";
    error BLOCK_EMPTY = "L046";
    // Claims
    error CLAIM_SUBJECT = "L050";
    error CLAIM_TWO_SUBJECTS = "L051";
    error CLAIM_KEY = "L052";
    error CLAIM_PATH_HERE = "L053";
    error CLAIM_PATH = "L054";
    error CLAIM_OPERATOR = "L055";
    error CLAIM_OPERAND = "L056";
    error REGEX = "L057";
    error ABSENT_AND_MORE = "L058";
    error CLAIM_ASKS_NOTHING = "L059";
    error FILTER = "L060";
    error CLAIM_NAME = "L061";
    error SUBJECT_FIRST = "L062";
    // Quizzes
    error QUIZ_KEY = "L070";
    error QUIZ_NO_ANSWER = "L071";
    error QUIZ_TWO_ANSWERS = "L072";
    error QUIZ_NONE_RIGHT = "L073";
    error QUIZ_TOO_FEW = "L074";
    error QUIZ_SAME = "L075";
    error FACT_SUBJECT = "L076";
    // course.toml and terms.toml
    error TOML_SYNTAX = "L100";
    error UNKNOWN_KEY = "L101";
    error MISSING_KEY = "L102";
    error WRONG_KIND = "L103";
    error TWICE = "L104";
    error BAD_NAME = "L105";
    error NO_TITLE = "L106";
    error ADDRESS = "L108";
    error COLOUR = "L109";
    // A file
    error NOT_UTF8 = "L107";
    // The course
    error NO_FILE = "L110";
    error NOT_IN_COURSE = "L111";
    warning NO_TRANSLATION = "L112";
    error TWO_FILES = "L113";
    error OTHER_PATH = "L114";
    error UNKNOWN_LESSON = "L115";
    error LATER_LESSON = "L116";
    error STEP_ID_NOT_WRITTEN = "L117";
    // Translations
    warning NO_DIGEST = "L120";
    warning OLD_TRANSLATION = "L121";
    error STEP_MISSING = "L122";
    error STEP_EXTRA = "L123";
    error STEP_ORDER = "L124";
    error BLOCK_MISSING = "L125";
    error BLOCK_EXTRA = "L126";
    error COMMANDS_DIFFER = "L127";
    error OUTPUT_DIFFERS = "L128";
    error ATTRS_DIFFER = "L129";
    error FILE_DIFFERS = "L130";
    error CLAIM_DIFFERS = "L131";
    error QUIZ_DIFFERS = "L132";
    error FRONT_DIFFERS = "L133";
    // A lesson
    error FORBIDDEN_TERM = "L140";
    error NO_REASON = "L141";
    warning OBJECTIVES = "L142";
    warning CANNOT_FAIL = "L143";
    error VOLATILE = "L144";
    error CONTROL = "L145";
    error DIRECTION = "L146";
    error NEVER_ENDS = "L147";
    warning MAY_NOT_END = "L148";
    warning NOT_OUTPUT = "L149";
    // Size
    warning WORDS = "L150";
    warning COMMANDS = "L151";
    warning MINUTES = "L152";
    // A transcript
    warning PLACEHOLDER = "L153";
    warning MACHINE = "L154";
    // Links, pictures and images
    error DEAD_LINK = "L160";
    error NO_PICTURE = "L161";
    warning NO_ANCHOR = "L162";
    warning NOT_IN_PACK = "L163";
    warning NOT_DECLARED = "L164";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_of_a_mistake_is_unique_and_has_a_text() {
        let words = include_str!("../words/id/lint.ftl");
        let mut seen = HashSet::new();
        for LintCode { code, .. } in ALL {
            assert!(seen.insert(code.0), "{} stands twice", code.0);
            assert!(words.lines().any(|line| line.starts_with(&format!("{} = ", code.0))), "{} has no text", code.0);
        }
    }
}
