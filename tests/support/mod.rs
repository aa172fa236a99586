//! What both test binaries share: a folder of its own for every test, and the real program run in it.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]

mod folder;
mod lesson;
mod process;
mod watch;

pub(crate) use folder::{Dermaga, Project};
pub(crate) use lesson::{block, lesson};
pub(crate) use process::Ended;
