//! Files in, atomically out.
