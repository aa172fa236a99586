//! Reads files, and writes them atomically.

pub mod built_in;
mod chapters;
mod collection;
mod error;
mod file;
mod lesson_file;
mod named;
mod output;
mod path;
mod private;
pub mod progress;
mod record;

pub mod trust;

pub use collection::{find_course, read_collection};
pub use error::{FileAction, FileError, LIMIT};
pub use file::{check_replaceable, read_bytes, read_source, replace, write_all_new, write_atomic};
pub use named::{append_named, is_standard_output, write_named, write_named_private};
pub use output::OutputFolder;
pub use private::{create_private_folder, write_private};
pub use record::{proofs_path, read_proofs, read_recording, recording_path, write_record};
