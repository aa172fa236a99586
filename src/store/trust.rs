//! Which courses a person trusts: digests, in the person's own state folder and nowhere else.
