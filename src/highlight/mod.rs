//! Code as styled pieces, for the terminal and for HTML.
