//! Events → terminal, JUnit, JSON lines; each writes to a writer it is given.

mod diagnostic;

pub use diagnostic::{render, visible};
