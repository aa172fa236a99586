//! Images for lessons without a hub: the pack's layout and the read-only mirror that serves it.
