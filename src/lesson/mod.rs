//! Reads, checks and plans lessons and courses.

mod amount;
mod attrs;
mod claim;
mod codes;
mod collection;
mod course;
pub mod lint;
pub mod mdbook;
mod model;
mod parse;
mod plan;
pub mod scaffold;
mod site_settings;
mod step;
mod table;
mod terms;

pub use amount::Amount;
pub use attrs::{Attrs, EngineFamily};
pub use claim::*;
pub use collection::{Collection, CourseFiles, LessonFile, Listed};
pub use course::{Course, Group, parse_course};
pub use model::*;
pub use parse::duration;
pub use parse::{
    Endless, Suspicion, Unended, endless, inner_prompt_len, is_inner_prompt, looks_written, opens_shell,
    opens_terminal, outer_prompt_len, parse, parse_alone, suspicion,
};
pub use plan::{Action, Conditions, Plan, PlannedStep, Skip, fits, needs, nothing_to_run, plan};
pub use site_settings::{Accent, DARK_PAPER, LIGHT_PAPER, Rgb, SiteSettings, is_site_address};
pub use step::{CommandId, ExpectedStatus, MistakeId, StepResult};
pub use table::Localized;
pub use terms::{Term, Terms, alternatives, folded, parse_terms};

pub use crate::text::Spanned;
