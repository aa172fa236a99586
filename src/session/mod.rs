//! The shell under a pseudo-terminal, and its marks.
