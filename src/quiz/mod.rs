//! Questions asked at a terminal.
