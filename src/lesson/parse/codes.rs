//! The names of the mistakes that the parser finds; their texts are in `words/*/lint.ftl`.

use crate::text::Code;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: Code = Code($code);)*

        /// Every code of the parser.
        #[cfg(test)]
        pub(crate) const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // Front matter
    FRONT_OPEN = "L001";
    FRONT_NO_KEYS = "L002";
    FRONT_KEY = "L003";
    FRONT_OTHER = "L004";
    FRONT_STRANGER = "L005";
    KEY_TWICE = "L006";
    NOT_A_LESSON = "L007";
    // Steps
    STEP_TWICE = "L008";
    STEP_ID = "L009";
    // Fences
    FENCE_OPEN = "L010";
    ATTR_UNKNOWN = "L011";
    ATTR_VALUE = "L012";
    ATTR_TWICE = "L013";
    ATTR_MISPLACED = "L014";
    ATTR_SYNTAX = "L015";
    FENCE_WORD = "L016";
    ATTR_CONFLICT = "L017";
    NUL = "L018";
    // Transcripts
    NO_COMMAND = "L020";
    COMMENT_AS_PROMPT = "L021";
    COMMAND_OPEN = "L022";
    COMMAND_EMPTY = "L023";
    PROMPT_UNUSED = "L024";
    BLANK_WITHOUT_GAP = "L025";
    BLANK_WITHOUT_SOLUTION = "L026";
    OUTPUT_NOT_WANTED = "L027";
    GAP_WITHOUT_BLANK = "L028";
    SOLUTION_DIFFERS = "L029";
    KEY_AFTER_PROMPT = "L030";
    // Variants
    VARIANTS_OVERLAP = "L032";
    VARIANT_RANGE = "L033";
    // Files
    FILE_PATH = "L035";
    // YAML
    YAML_BROKEN = "L040";
    YAML_QUOTE = "L041";
    YAML_MARKS = "L042";
    VALUE_KIND = "L044";
    KEY_MISSING = "L045";
    BLOCK_EMPTY = "L046";
    // Claims
    CLAIM_SUBJECT = "L050";
    CLAIM_TWO_SUBJECTS = "L051";
    CLAIM_KEY = "L052";
    CLAIM_PATH_HERE = "L053";
    CLAIM_PATH = "L054";
    CLAIM_OPERATOR = "L055";
    CLAIM_OPERAND = "L056";
    REGEX = "L057";
    ABSENT_AND_MORE = "L058";
    CLAIM_ASKS_NOTHING = "L059";
    FILTER = "L060";
    CLAIM_NAME = "L061";
    SUBJECT_FIRST = "L062";
    // Quizzes
    QUIZ_KEY = "L070";
    QUIZ_NO_ANSWER = "L071";
    QUIZ_TWO_ANSWERS = "L072";
    QUIZ_NONE_RIGHT = "L073";
    QUIZ_TOO_FEW = "L074";
    QUIZ_SAME = "L075";
    FACT_SUBJECT = "L076";
}
