//! Bytes of a terminal → the screen a person sees → its lines; and what makes foreign text safe to show.
