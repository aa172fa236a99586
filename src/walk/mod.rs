//! What comes next in a lesson: run, ask, hint, skip, go back, finish. A state machine without I/O, over which the
//! tutor is a short loop.
