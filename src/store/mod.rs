//! Files in, atomically out.

pub mod built_in;
mod chapters;
mod collection;
pub(crate) mod cores;
mod error;
mod file;
mod private;
pub mod progress;
mod record;

pub mod trust;

pub use collection::{find_course, read_collection};
pub use error::{Action, FileError};
pub use file::{LIMIT, read_source, replace, write_all_new, write_atomic, write_new};
pub use private::{create_private_folder, write_private};
pub use record::{proofs_path, read_proofs, read_recording, recording_path, write_record};
