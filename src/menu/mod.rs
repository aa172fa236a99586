//! Asks the questions before a lesson: which lesson, whether to download its images, whether to trust it.
//!
//! Each question has two forms: a list with a cursor, or a numbered list and a line of input. The second form does not
//! depend on colours, symbols or the cursor. A person may leave a question with Esc or Ctrl-C, which is not an error.

mod ask;
mod choose;
mod course_list;
mod dialog;
mod needs;
mod rows;
mod trusts;
mod welcome;

pub use choose::{MenuChoice, agrees, choose};
pub use course_list::{lessons_in, read_courses};
pub use dialog::Dialog;
pub use needs::{Need, Presence, needs, total};
pub use rows::{mark, state};
pub use trusts::trusts;
pub use welcome::{AvailableEngine, welcome};
