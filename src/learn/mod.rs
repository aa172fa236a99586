//! The tutor around a learner's own shell.

mod terminal;
mod vocabulary;
