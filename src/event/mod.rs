//! What happens in a run, as plain data with a versioned JSON shape.
