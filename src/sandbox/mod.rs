//! The private engine: start, stop, recover; its mirror and its network.
