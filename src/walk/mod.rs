//! What comes next in a lesson: a state machine without I/O.
