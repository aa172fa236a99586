//! Code that the test binaries share: a folder for each test, runs of the program in this folder, lessons, and child
//! processes.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]

pub(crate) mod child;
mod folder;
mod lesson;
mod process;
mod watch;

pub(crate) use folder::{Dermaga, Project};
pub(crate) use lesson::{block, lesson, parsed};
pub(crate) use process::Ended;
