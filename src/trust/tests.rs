//! Hostile lessons, each with what must be shown about it.
