//! Reads the answer to a yes-or-no question from keys.

/// The answer to a yes-or-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// A line that means neither, such as a command.
    Neither,
}

impl Answer {
    const fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// The text of an answer that the learner is typing.
#[derive(Debug, Default)]
pub(super) struct YesOrNo {
    text: String,
    rest: String,
}

impl YesOrNo {
    /// Takes the keys of one read. Returns the answer after Enter; Enter alone means `default`. Ctrl-C and Ctrl-D
    /// answer at once and mean `ended`. Esc before any text means no.
    pub(super) fn feed(&mut self, keys: &[u8], default: bool, ended: bool) -> Option<Answer> {
        if keys.first() == Some(&27) {
            return self.text.is_empty().then_some(Answer::No);
        }
        let keys = String::from_utf8_lossy(keys);
        for (at, key) in keys.char_indices() {
            match key {
                '\r' | '\n' => {
                    keys[at + 1..].clone_into(&mut self.rest);
                    return Some(match &*self.text.trim().to_lowercase() {
                        "" => Answer::of(default),
                        "y" | "ya" | "yes" => Answer::Yes,
                        "t" | "n" | "tidak" | "no" => Answer::No,
                        _ => Answer::Neither,
                    });
                }
                '\u{3}' | '\u{4}' => return Some(Answer::of(ended)),
                '\u{7f}' | '\u{8}' => drop(self.text.pop()),
                key if key.is_control() => {}
                key => self.text.push(key),
            }
        }
        None
    }

    /// Returns the text that was typed so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the keys after the Enter that ended the answer.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_enter_and_yes_mean_yes_and_a_command_means_neither() {
        let answer = |reads: &[&str], default| {
            let mut answer = YesOrNo::default();
            reads.iter().find_map(|keys| answer.feed(keys.as_bytes(), default, false))
        };
        for yes in ["\r", "y\r", "Y\r", "ya\r", "yes\r"] {
            assert_eq!(answer(&[yes], true), Some(Answer::Yes), "{yes:?}");
        }
        for no in ["t\r", "N\r", "\u{1b}", "\u{3}", "tidak\r", "no\r"] {
            assert_eq!(answer(&[no], true), Some(Answer::No), "{no:?}");
        }
        for neither in ["docker ps\r", "yum install x\r", "nano\r"] {
            assert_eq!(answer(&[neither], true), Some(Answer::Neither), "{neither:?}");
        }
        assert_eq!(answer(&["d", "i", "r"], true), None);
        assert_eq!(answer(&["t", "o", "p", "\r"], true), Some(Answer::Neither));
        assert_eq!(answer(&["l", "s", "\r"], true), Some(Answer::Neither));
        assert_eq!(answer(&["l", "\u{7f}", "\r"], true), Some(Answer::Yes));
        assert_eq!(answer(&["\r"], false), Some(Answer::No));
        assert_eq!(YesOrNo::default().feed(&[4], true, true), Some(Answer::Yes));
        let mut answer = YesOrNo::default();
        assert_eq!(answer.feed(b"y\rdocker ps\r", false, false), Some(Answer::Yes));
        assert_eq!(answer.rest(), "docker ps\r");
    }
}
