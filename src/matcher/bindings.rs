//! Which of the author's ids, names and addresses stands for which of this run's.

use std::collections::HashMap;

use super::volatile::Class;

/// The pairs of a lesson so far: one to one within a class, from their first sight. Cheap to clone while a lesson is
/// one lesson.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// The author's token → the run's, in the longest forms seen.
    forward: HashMap<(Class, String), Pair>,
    /// The run's token → the author's key.
    backward: HashMap<(Class, String), String>,
    /// What to take back, newest last.
    trail: Vec<Undo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair {
    expected: String,
    found: String,
}

#[derive(Debug, Clone)]
struct Undo {
    class: Class,
    key: String,
    before: Option<Pair>,
    /// Whether `backward` has a new entry, and for which of the run's tokens.
    added: Option<String>,
}

/// A point to go back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(usize);

/// How one of the run's tokens is written in a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// In the author's spelling, for it is bound.
    Bound(String),
    /// As the run printed it: nothing else is written so.
    Free,
    /// It cannot be written: the author's text already uses it for something else.
    Taken,
}

impl Bindings {
    /// Whether `expected` may stand for `found`; a new pair is kept.
    pub(super) fn bind(&mut self, class: Class, expected: &str, found: &str) -> bool {
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
                // Two ids that begin alike and go on otherwise, on both sides: not the pair that is known.
                (false, false) => return true,
                _ => return false,
            }
        }
        let back = (class, found_key.to_owned());
        // A bare `sha256:` may be an image's id or its digest, which one image store keeps apart and another does not.
        if class != Class::Sha && self.backward.contains_key(&back) {
            return false;
        }
        let added = self.backward.insert(back, key.to_owned()).is_none().then(|| found_key.to_owned());
        self.put(class, key, expected, found, None, added);
        true
    }

    fn put(
        &mut self,
        class: Class,
        key: &str,
        expected: &str,
        found: &str,
        before: Option<Pair>,
        added: Option<String>,
    ) {
        self.trail.push(Undo { class, key: key.to_owned(), before, added });
        let pair = Pair { expected: expected.to_owned(), found: found.to_owned() };
        self.forward.insert((class, key.to_owned()), pair);
    }

    /// What the author's token stands for, if it is bound.
    pub(super) fn found(&self, class: Class, expected: &str) -> Option<&str> {
        self.forward.get(&(class, key(class, expected).to_owned())).map(|pair| pair.found.as_str())
    }

    /// What the author writes for a token of this run, if it is bound.
    pub(super) fn expected(&self, class: Class, found: &str) -> Option<&str> {
        let key = self.backward.get(&(class, key(class, found).to_owned()))?;
        self.forward.get(&(class, key.clone())).map(|pair| pair.expected.as_str())
    }

    /// How a token of this run is to be written in the lesson.
    pub(crate) fn spelling(&self, class: Class, found: &str) -> Spelling {
        if !class.binds() {
            return Spelling::Free;
        }
        let known = self.backward.get(&(class, key(class, found).to_owned()));
        if let Some(Pair { expected, found: first }) = known.and_then(|key| self.forward.get(&(class, key.clone()))) {
            if class.fixed_length() && !agree(first, found) {
                // Another id that begins alike: it is another one in the lesson too.
                let (own, rest) = (key(class, expected), found.get(key(class, found).len()..).unwrap_or_default());
                let spelled = format!("{own}{rest}");
                return if agree(expected, &spelled) { Spelling::Taken } else { Spelling::Bound(spelled) };
            }
            // The author may have seen 12 digits of an id that is printed with 64 here, or the other way round.
            let known = expected.get(..found.len().min(expected.len())).unwrap_or(expected);
            let rest = if class.fixed_length() { found.get(known.len()..).unwrap_or_default() } else { "" };
            let spelled = if class.fixed_length() { format!("{known}{rest}") } else { expected.clone() };
            return Spelling::Bound(spelled);
        }
        if self.found(class, found).is_some() { Spelling::Taken } else { Spelling::Free }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.trail.len())
    }

    /// Takes back everything since `mark`.
    pub(super) fn undo(&mut self, mark: Mark) {
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

    /// Forgets how to go back; what is bound stays bound.
    pub(super) fn settle(&mut self) {
        self.trail.clear();
    }
}

/// Ids are told apart by their first 12 digits.
fn key(class: Class, token: &str) -> &str {
    match class {
        Class::Id => token.get(..12).unwrap_or(token),
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
    fn pairs_are_one_to_one() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(Class::Address, "172.17.0.2", "172.17.0.5"));
        assert!(bindings.bind(Class::Address, "172.17.0.2", "172.17.0.5"));
        assert!(!bindings.bind(Class::Address, "172.17.0.2", "172.17.0.6"));
        assert!(!bindings.bind(Class::Address, "172.17.0.3", "172.17.0.5"));
        assert!(bindings.bind(Class::Name, "172.17.0.3", "172.17.0.5"), "classes are apart");
    }

    #[test]
    fn twelve_digits_agree_with_their_sixty_four() {
        let mut bindings = Bindings::default();
        let found = LONG.replace("8f14", "aaaa");
        assert!(bindings.bind(Class::Id, LONG, &found));
        assert!(bindings.bind(Class::Id, &LONG[..12], &found[..12]));
        assert!(!bindings.bind(Class::Id, &LONG[..12], "bbbbbbbbbbbb"));
        assert!(!bindings.bind(Class::Id, &LONG[..12], &found), "12 digits are not written for 64");
        assert_eq!(bindings.spelling(Class::Id, &found[..12]), Spelling::Bound(LONG[..12].into()));
    }

    #[test]
    fn a_long_id_is_spelled_from_the_digits_that_are_known() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(Class::Id, "aaaaaaaaaaaa", &LONG[..12]));
        let spelled = format!("aaaaaaaaaaaa{}", &LONG[12..]);
        assert_eq!(bindings.spelling(Class::Id, LONG), Spelling::Bound(spelled));
        assert_eq!(bindings.spelling(Class::Id, "aaaaaaaaaaaa"), Spelling::Taken);
        assert_eq!(bindings.spelling(Class::Id, "cccccccccccc"), Spelling::Free);
    }

    #[test]
    fn ids_that_begin_alike_are_spelled_apart() {
        let mut bindings = Bindings::default();
        let other = LONG.replace("5a36de", "5a04de");
        let of_the_run = |id: &str| format!("aaaaaaaaaaaa{}", &id[12..]);
        assert!(bindings.bind(Class::Id, LONG, &of_the_run(LONG)));
        assert_eq!(bindings.spelling(Class::Id, &of_the_run(&other)), Spelling::Bound(other.clone()));
        assert!(bindings.bind(Class::Id, &other, &of_the_run(&other)));
    }

    #[test]
    fn what_is_undone_is_as_it_was() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(Class::Id, &LONG[..12], "aaaaaaaaaaaa"));
        let mark = bindings.mark();
        assert!(bindings.bind(Class::Id, LONG, &format!("aaaaaaaaaaaa{}", &LONG[12..])));
        assert!(bindings.bind(Class::Id, "cccccccccccc", "dddddddddddd"));
        bindings.undo(mark);
        assert!(bindings.bind(Class::Id, "eeeeeeeeeeee", "dddddddddddd"));
        assert_eq!(bindings.expected(Class::Id, "aaaaaaaaaaaa"), Some(&LONG[..12]));
    }
}
