//! A lesson's prose for the terminal: its width, its colours, or none.
