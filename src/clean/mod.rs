//! Removes exactly what lessons left on an engine.
