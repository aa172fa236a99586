//! Reads the answer to a yes-or-no question from keys.

/// An answer that is being typed.
#[derive(Debug, Default)]
pub(super) struct YesOrNo {
    text: String,
}

impl YesOrNo {
    /// Takes the keys of one read. Returns the answer once there is one: Enter alone means `default`, Ctrl-C and Ctrl-D mean
    /// `ended`. A single key answers at once; any other text than yes means no.
    pub(super) fn feed(&mut self, keys: &[u8], default: bool, ended: bool) -> Option<bool> {
        if keys.first() == Some(&27) {
            return self.text.is_empty().then_some(false);
        }
        for key in String::from_utf8_lossy(keys).chars() {
            match key {
                '\r' | '\n' => {
                    let text = self.text.trim().to_lowercase();
                    return Some(if text.is_empty() { default } else { matches!(&*text, "y" | "ya" | "yes") });
                }
                '\u{3}' | '\u{4}' => return Some(ended),
                '\u{7f}' | '\u{8}' => drop(self.text.pop()),
                key if key.is_control() => {}
                key => self.text.push(key),
            }
        }
        match self.text.to_lowercase().as_str() {
            "y" | "ya" | "yes" => Some(true),
            "t" | "n" => Some(false),
            _ => None,
        }
    }

    /// The text that was typed so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_enter_and_yes_mean_yes() {
        let answer = |reads: &[&str], default| {
            let mut answer = YesOrNo::default();
            reads.iter().find_map(|keys| answer.feed(keys.as_bytes(), default, false))
        };
        for yes in ["\r", "y", "Y", "ya\r", "yes\r"] {
            assert_eq!(answer(&[yes], true), Some(true), "{yes:?}");
        }
        for no in ["t", "N", "\u{1b}", "\u{3}", "docker ps\r", "yum install x\r", "tidak\r"] {
            assert_eq!(answer(&[no], true), Some(false), "{no:?}");
        }
        assert_eq!(answer(&["d", "i", "r"], true), None);
        assert_eq!(answer(&["l", "s", "\r"], true), Some(false));
        assert_eq!(answer(&["l", "\u{7f}", "\r"], true), Some(true));
        assert_eq!(answer(&["\r"], false), Some(false));
        assert_eq!(YesOrNo::default().feed(&[4], true, true), Some(true));
    }
}
