//! Makes a course with many chapters from the built-in lessons.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::site::Site;

/// A generator of pseudo-random numbers, which are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most.max(1) as u64).unwrap_or_default()
    }

    /// Returns an invented word. Some words are frequent, and most words are rare.
    fn word(&mut self) -> String {
        let often = self.below(4) > 0;
        let most = if often { 300 } else { 9000 };
        let root = self.below(most);
        let mut dice = Dice(root as u64 * 7919 + 1);
        let mut word = String::new();
        for _ in 0..2 {
            word.push(char::from(b"bcdghjklmnprstw"[dice.below(15)]));
            word.push(char::from(b"aiueo"[dice.below(5)]));
        }
        word.push_str(["", "n", "ng", "k", "t", "r", "s"][dice.below(7)]);
        let (before, after) = [
            ("", ""),
            ("", ""),
            ("", ""),
            ("di", ""),
            ("ber", ""),
            ("", "nya"),
            ("", "an"),
            ("", "kan"),
            ("me", "kan"),
            ("di", "kan"),
        ][self.below(10)];
        format!("{before}{word}{after}")
    }
}

impl Site {
    /// Makes a course of `number` chapters. Each chapter has the structure of a built-in lesson, with sentences of all
    /// lessons in random order. In the prose of a chapter, two of five lowercase words become invented words.
    pub(crate) fn chapters(number: usize) -> tempfile::TempDir {
        let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/id");
        let mut texts = BTreeSet::new();
        let groups = fs::read_dir(lessons).expect("lessons").flatten().filter(|group| group.path().is_dir());
        for group in groups {
            for file in fs::read_dir(group.path()).expect("lessons").flatten() {
                let text = fs::read_to_string(file.path()).expect("a lesson");
                texts.insert(text.splitn(3, "---\n").nth(2).unwrap_or_default().to_owned());
            }
        }
        let texts: Vec<String> = texts.into_iter().collect();
        let plain = |line: &&str| line.len() > 40 && line.chars().all(|c| c.is_alphanumeric() || " .,".contains(c));
        let pool: Vec<&str> = texts.iter().flat_map(|text| text.lines()).filter(plain).collect();
        let mut dice = Dice(7);
        let course = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(course.path().join("id/g")).expect("a folder");
        let mut names = Vec::new();
        for at in 0..number {
            let mut text = format!("---\ntitle: Bab {at}\n---\n");
            let mut fenced = false;
            for line in texts[at % texts.len()].lines() {
                fenced ^= line.starts_with("```");
                let keep = fenced || line.starts_with(['`', '[', '|', '#', '>', '<']) || line.contains("](");
                let line = if plain(&line) && !fenced { pool[dice.below(pool.len())] } else { line };
                for word in line.split_inclusive(' ') {
                    let letters = word.trim_end_matches([' ', ',', '.']);
                    let new = !keep
                        && letters.len() > 3
                        && letters.bytes().all(|byte| byte.is_ascii_lowercase())
                        && dice.below(5) < 2;
                    if new {
                        let _ = write!(text, "{}{}", dice.word(), &word[letters.len()..]);
                    } else {
                        text.push_str(word);
                    }
                }
                text.push('\n');
            }
            // This course does not have the lessons to which a chapter links. So links become text.
            let text = text.replace("](", "] (");
            fs::write(course.path().join(format!("id/g/bab-{at:03}.md")), text).expect("a file");
            names.push(format!("\"bab-{at:03}\""));
        }
        let toml = format!(
            "title = {{ id = \"Buku\" }}\nlanguages = [\"id\"]\n[[group]]\nid = \"g\"\ntitle = {{ id = \"G\" }}\nlessons = [{}]\n",
            names.join(", ")
        );
        fs::write(course.path().join("course.toml"), toml).expect("a file");
        course
    }
}
