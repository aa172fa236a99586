//! Transcripts → edits that keep the author's elisions.
