//! What a stranger's course would run, and what that may touch.
