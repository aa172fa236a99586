//! The tutor around a real shell.
