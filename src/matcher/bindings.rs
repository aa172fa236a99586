//! Pairs each id, name and address that the author wrote with the token that this run printed instead.

use std::collections::HashMap;

use super::volatile::TokenClass;

/// The pairs of tokens that a lesson has bound so far. Within a class, each token has only one partner. A lesson uses
/// the same `Bindings` for all of its commands.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// The bound pairs, by the key of the author's token. A pair holds the longest form of each token so far.
    forward: HashMap<(TokenClass, String), BoundPair>,
    /// The key of the author's token, by the key of the run's token.
    backward: HashMap<(TokenClass, String), String>,
    /// The changes that [`undo`](Self::undo) can revert, newest last.
    trail: Vec<Undo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct BoundPair {
    expected: String,
    found: String,
}

#[derive(Debug, Clone)]
struct Undo {
    class: TokenClass,
    key: String,
    before: Option<BoundPair>,
    /// The key of the run's token, if the change added this key to `backward`.
    added: Option<String>,
}

/// The number of changes so far. [`undo`](Bindings::undo) reverts all later changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Checkpoint(usize);

/// The text that a lesson writes for a token of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// The lesson writes the token in the author's spelling, because the token is bound.
    Bound(String),
    /// The lesson writes the token as printed, because the lesson uses this text for no other token.
    Free,
    /// The token cannot be written, because the lesson uses this text for another token.
    Taken,
}

impl Bindings {
    /// Binds `expected` to `found`. Returns whether the new pair agrees with the earlier bindings.
    pub(super) fn bind(&mut self, class: TokenClass, expected: &str, found: &str) -> bool {
        if !class.binds() {
            return true;
        }
        if class.fixed_length() && expected.len() != found.len() {
            return false;
        }
        let (key, found_key) = (key(class, expected), key(class, found));
        let known = self.forward.get(&(class, key.to_owned()));
        if let Some(pair) = known {
            match (agree(&pair.expected, expected), agree(&pair.found, found)) {
                (true, true) => {
                    if expected.len() > pair.expected.len() {
                        let before = Some(pair.clone());
                        self.put(class, key, expected, found, before, None);
                    }
                    return true;
                }
                // Both new ids differ from the known ids, at least at their ends. So the new pair stands for another
                // object.
                (false, false) => return true,
                _ => return false,
            }
        }
        let back = (class, found_key.to_owned());
        // The id and the digest of an image are equal in some image stores only. So two of the author's `sha256:`
        // tokens may have the same partner in this run.
        if class != TokenClass::Sha && self.backward.contains_key(&back) {
            return false;
        }
        let added = self.backward.insert(back, key.to_owned()).is_none().then(|| found_key.to_owned());
        self.put(class, key, expected, found, None, added);
        true
    }

    fn put(
        &mut self,
        class: TokenClass,
        key: &str,
        expected: &str,
        found: &str,
        before: Option<BoundPair>,
        added: Option<String>,
    ) {
        self.trail.push(Undo { class, key: key.to_owned(), before, added });
        let pair = BoundPair { expected: expected.to_owned(), found: found.to_owned() };
        self.forward.insert((class, key.to_owned()), pair);
    }

    /// Returns the token of this run that the author's token is bound to.
    pub(super) fn found(&self, class: TokenClass, expected: &str) -> Option<&str> {
        self.forward.get(&(class, key(class, expected).to_owned())).map(|pair| pair.found.as_str())
    }

    /// Returns the author's token that a token of this run is bound to.
    pub(super) fn expected(&self, class: TokenClass, found: &str) -> Option<&str> {
        let key = self.backward.get(&(class, key(class, found).to_owned()))?;
        self.forward.get(&(class, key.clone())).map(|pair| pair.expected.as_str())
    }

    /// Returns the text that the lesson writes for `found`, a token of this run.
    pub(crate) fn spelling(&self, class: TokenClass, found: &str) -> Spelling {
        if !class.binds() {
            return Spelling::Free;
        }
        let known = self.backward.get(&(class, key(class, found).to_owned()));
        if let Some(BoundPair { expected, found: first }) =
            known.and_then(|key| self.forward.get(&(class, key.clone())))
        {
            if class.fixed_length() && !agree(first, found) {
                // Both ids of this run have the same first 12 digits but different ends. The lesson writes the author's
                // 12 digits and the end of `found`.
                let (own, rest) = (key(class, expected), found.get(key(class, found).len()..).unwrap_or_default());
                let spelled = format!("{own}{rest}");
                return if agree(expected, &spelled) { Spelling::Taken } else { Spelling::Bound(spelled) };
            }
            // The lesson may show 12 digits of an id, and this run may print 64 digits of the id, or the reverse.
            let known = expected.get(..found.len().min(expected.len())).unwrap_or(expected);
            let rest = if class.fixed_length() { found.get(known.len()..).unwrap_or_default() } else { "" };
            let spelled = if class.fixed_length() { format!("{known}{rest}") } else { expected.clone() };
            return Spelling::Bound(spelled);
        }
        if self.found(class, found).is_some() { Spelling::Taken } else { Spelling::Free }
    }

    pub(super) fn mark(&self) -> Checkpoint {
        Checkpoint(self.trail.len())
    }

    /// Reverts all changes that were made after `mark`.
    pub(super) fn undo(&mut self, mark: Checkpoint) {
        while self.trail.len() > mark.0 {
            let Some(Undo { class, key, before, added }) = self.trail.pop() else { return };
            if let Some(found) = added {
                self.backward.remove(&(class, found));
            }
            match before {
                Some(pair) => self.forward.insert((class, key), pair),
                None => self.forward.remove(&(class, key)),
            };
        }
    }

    /// Forgets the undo history. Keeps all bindings.
    pub(super) fn settle(&mut self) {
        self.trail.clear();
    }
}

/// Returns the key of a token. The key of an id is its first 12 digits. The key of another token is the whole token.
fn key(class: TokenClass, token: &str) -> &str {
    match class {
        TokenClass::Id => token.get(..12).unwrap_or(token),
        _ => token,
    }
}

fn agree(left: &str, right: &str) -> bool {
    left.starts_with(right) || right.starts_with(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "8f14e45fceea167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de";

    #[test]
    fn token_binds_to_only_one_token_of_its_class() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(TokenClass::Address, "172.17.0.2", "172.17.0.5"));
        assert!(bindings.bind(TokenClass::Address, "172.17.0.2", "172.17.0.5"));
        assert!(!bindings.bind(TokenClass::Address, "172.17.0.2", "172.17.0.6"));
        assert!(!bindings.bind(TokenClass::Address, "172.17.0.3", "172.17.0.5"));
        assert!(bindings.bind(TokenClass::Name, "172.17.0.3", "172.17.0.5"), "classes are apart");
    }

    #[test]
    fn bound_long_id_also_binds_its_short_form() {
        let mut bindings = Bindings::default();
        let found = LONG.replace("8f14", "aaaa");
        assert!(bindings.bind(TokenClass::Id, LONG, &found));
        assert!(bindings.bind(TokenClass::Id, &LONG[..12], &found[..12]));
        assert!(!bindings.bind(TokenClass::Id, &LONG[..12], "bbbbbbbbbbbb"));
        assert!(!bindings.bind(TokenClass::Id, &LONG[..12], &found), "12 digits are not written for 64");
        assert_eq!(bindings.spelling(TokenClass::Id, &found[..12]), Spelling::Bound(LONG[..12].into()));
    }

    #[test]
    fn long_id_is_written_with_the_authors_first_digits() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(TokenClass::Id, "aaaaaaaaaaaa", &LONG[..12]));
        let spelled = format!("aaaaaaaaaaaa{}", &LONG[12..]);
        assert_eq!(bindings.spelling(TokenClass::Id, LONG), Spelling::Bound(spelled));
        assert_eq!(bindings.spelling(TokenClass::Id, "aaaaaaaaaaaa"), Spelling::Taken);
        assert_eq!(bindings.spelling(TokenClass::Id, "cccccccccccc"), Spelling::Free);
    }

    #[test]
    fn ids_with_equal_first_digits_and_different_ends_bind_separately() {
        let mut bindings = Bindings::default();
        let other = LONG.replace("5a36de", "5a04de");
        let of_the_run = |id: &str| format!("aaaaaaaaaaaa{}", &id[12..]);
        assert!(bindings.bind(TokenClass::Id, LONG, &of_the_run(LONG)));
        assert_eq!(bindings.spelling(TokenClass::Id, &of_the_run(&other)), Spelling::Bound(other.clone()));
        assert!(bindings.bind(TokenClass::Id, &other, &of_the_run(&other)));
    }

    #[test]
    fn undo_restores_the_earlier_bindings() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(TokenClass::Id, &LONG[..12], "aaaaaaaaaaaa"));
        let mark = bindings.mark();
        assert!(bindings.bind(TokenClass::Id, LONG, &format!("aaaaaaaaaaaa{}", &LONG[12..])));
        assert!(bindings.bind(TokenClass::Id, "cccccccccccc", "dddddddddddd"));
        bindings.undo(mark);
        assert!(bindings.bind(TokenClass::Id, "eeeeeeeeeeee", "dddddddddddd"));
        assert_eq!(bindings.expected(TokenClass::Id, "aaaaaaaaaaaa"), Some(&LONG[..12]));
    }
}
