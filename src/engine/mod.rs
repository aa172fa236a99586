//! Connect to an engine; facts and events by its API.
