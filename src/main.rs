//! The `dermaga` program; everything is in the library.

fn main() {}
