use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::site::{BookError, Made, make, remake};
use crate::store::read_collection;

#[test]
fn only_what_differs_is_made_again() {
    let mut keep: Keep<u32, String> = Keep::default();
    let mut round = |wanted: &[(&str, u32)]| {
        let mut made = Vec::new();
        let wanted = wanted.iter().map(|(name, input)| ((*name).to_owned(), *input)).collect();
        let all = keep.renew::<Infallible>(wanted, |missing| {
            made = missing.iter().map(|(_, input)| **input).collect();
            Ok(missing.iter().map(|(_, input)| input.to_string()).collect())
        });
        (all.unwrap().iter().map(|text| text.as_str().to_owned()).collect::<Vec<_>>().join(" "), made)
    };
    assert_eq!(round(&[("a", 1), ("b", 2)]), ("1 2".to_owned(), vec![1, 2]));
    assert_eq!(round(&[("b", 2), ("a", 3), ("c", 4)]), ("2 3 4".to_owned(), vec![3, 4]));
    assert_eq!(round(&[("a", 3)]), ("3".to_owned(), vec![]));
    assert_eq!(round(&[("b", 2), ("a", 3)]), ("2 3".to_owned(), vec![2]), "what was not wanted was forgotten");
    let failed = keep.renew(vec![("a".to_owned(), 3), ("b".to_owned(), 5)], |_| Err("x"));
    assert_eq!(failed.unwrap_err(), "x");
    let again = keep.renew::<Infallible>(vec![("a".to_owned(), 3)], |_| panic!("it was kept"));
    assert_eq!(again.unwrap()[0].as_str(), "3");
}

/// A course that is edited, and what every one of its files was before.
struct Desk {
    dir: tempfile::TempDir,
    random: fastrand::Rng,
    old: Vec<(PathBuf, Option<Vec<u8>>)>,
}

const COURSE: &str = "title = { id = \"Kursus\", en = \"Course\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"Grup\", en = \"Group\" }\nlessons = [\"kontainer-pertama\", \"satu\", \"dua\"]\n[[group]]\nid = \
                      \"h\"\ntitle = { id = \"Lain\" }\nlessons = [\"tiga\"]\n";
const TERMS: &str = "[volume]\nid = \"volume\"\nen = \"volume\"\ngloss = { id = \"tempat data\", en = \"a place for data\" }\n\
                     [image]\nid = \"image\"\nen = \"image\"\ngloss = { id = \"cetakan kontainer\", en = \"what containers are made of\" }\n";

/// A lesson with everything in it that a page can have.
fn lesson(name: &str, next: &str) -> String {
    format!(
        "---\ntitle: Judul {name}\nminutes: 7\nobjectives:\n  - tahu `{name}`\n---\n\nKalimat volume, image, [lanjut]({next}.md#ambil) dan \
         ![Peta](peta.svg).\n\n## Ambil {name} {{#ambil}}\n\nSatu kalimat di sini.\n\n```console\n$ docker pull a:1\nok\n```\n\n\
         ```dockerfile,file=Dockerfile\nFROM a\n```\n\n```check\nimage: a:1\nhints: [\"lihat\"]\n```\n\n## Tanya {{#tanya}}\n\n\
         ```quiz\nask: Apa?\noptions:\n  - text: ini\n    right: true\n  - text: itu\n    why: bukan\n```\n\n> [!NOTE]\n> Catatan.\n"
    )
}

impl Desk {
    fn new(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let desk = Self { dir, random: fastrand::Rng::with_seed(seed), old: Vec::new() };
        let put = |path: &str, text: &str| {
            let path = desk.dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("course.toml", COURSE);
        put("terms.toml", TERMS);
        for (name, next) in [("satu", "dua"), ("dua", "tiga"), ("tiga", "satu")] {
            put(&format!("id/g/{name}.md"), &lesson(name, next));
        }
        for lang in ["id", "en"] {
            put(&format!("{lang}/g/peta.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 2\"/>");
        }
        put("en/g/satu.md", &lesson("one", "satu").replace("Kalimat", "A sentence").replace("Satu", "One"));
        put("en/g/dua.md", &lesson("two", "satu").replace("minutes: 7", "translates: 0000000000000000\nminutes: 7"));
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        for (from, to) in [
            ("id/dasar/kontainer-pertama.md", "id/g/kontainer-pertama.md"),
            ("en/dasar/kontainer-pertama.md", "en/g/kontainer-pertama.md"),
            ("records/kontainer-pertama.cast", "records/kontainer-pertama.cast"),
        ] {
            put(to, &fs::read_to_string(ours.join(from)).unwrap().replace("](../", "](https://x.test/"));
        }
        let proofs = fs::read_to_string(ours.join("records/proofs.json")).unwrap();
        let mut proofs = crate::record::Proofs::from_json(&proofs);
        proofs.lessons.retain(|lesson, _| lesson == "kontainer-pertama");
        put("records/proofs.json", &proofs.to_json());
        desk
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.dir.path().join(path)).unwrap_or_default()
    }

    fn write(&mut self, path: &str, text: Option<&str>) {
        let path = self.dir.path().join(path);
        self.old.push((path.clone(), fs::read(&path).ok()));
        match text {
            Some(text) => fs::write(path, text).unwrap(),
            None => drop(fs::remove_file(path)),
        }
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.random.usize(..of.len())]
    }

    /// Replaces one text by one of several in a file.
    fn change(&mut self, path: &str, from: &str, to: &[&str]) -> String {
        let to = self.one(to);
        let text = self.read(path);
        let begins: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
        if let Some(&at) = self.random.choice(&begins) {
            let text = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
            self.write(path, Some(&text));
        }
        format!("{path}: {from:?} to {to:?}")
    }

    /// One edit as people make them; says which.
    fn edit(&mut self) -> String {
        let lessons = ["id/g/satu.md", "id/g/dua.md", "id/g/tiga.md", "id/g/kontainer-pertama.md"];
        let translations = ["en/g/satu.md", "en/g/dua.md", "en/g/kontainer-pertama.md"];
        let any = if self.random.bool() { self.one(&lessons) } else { self.one(&translations) };
        match self.random.u8(..22) {
            0 => self.change(any, "title: ", &["title: Baru ", "title: \"`x` & \" # ", "title: Volume "]),
            1 => self.change(any, "\n## ", &["\n## Lagi {#lagi}\n\nKata.\n\n## ", "\n## Ubah `x` "]),
            2 => self.change(any, "e", &["a", "*e*", " ", "\n\n"]),
            3 => self.change(
                any,
                " ",
                &[" volume ", " image ", " **tebal** ", " <b>x</b> ", "\n\n```yaml\na: 1\n```\n\n"],
            ),
            4 => self.change(any, "minutes: ", &["minutes: 1", "minutes: 2"]),
            5 => self.change(any, "objectives:\n", &["objectives:\n  - satu lagi\n"]),
            6 => self.change(any, "$ docker", &["$ docker info; docker", "$ true\n$ docker"]),
            7 => self.change(any, "#ambil", &["#tanya", "#tidak-ada", ""]),
            8 => self.change(any, "translates: ", &["translates: 1"]),
            9 => self.change(any, "## Tanya {#tanya}", &["## Guru {#guru .teacher}", "## Tanya lagi {#tanya}"]),
            10 => self.change("terms.toml", "tempat", &["wadah", "rumah `data`"]),
            11 => self.change("terms.toml", "id = \"volume\"", &["id = \"kalimat\"", "id = \"volume\""]),
            12 => self.change(
                "terms.toml",
                "[image]",
                &["[gambar]", "[lain]\nid = \"satu\"\ngloss = { id = \"1\" }\n[image]"],
            ),
            13 => self.change("course.toml", "\"Kursus\"", &["\"Kursus kita\"", "\"<Kursus>\""]),
            14 => self.change("course.toml", "\"Grup\"", &["\"Grup satu\"", "\"Kelompok\""]),
            15 => self.change(
                "course.toml",
                "\"satu\", \"dua\"",
                &["\"dua\", \"satu\"", "\"satu\"", "\"baru\", \"satu\", \"dua\""],
            ),
            16 => self.change("course.toml", "\"id\", \"en\"", &["\"id\"", "\"id\", \"en\", \"nl\""]),
            17 => self.change("records/proofs.json", "20.10.24", &["27.1.0", "20.10.25"]),
            18 => self.change("records/proofs.json", "\"digest\": \"", &["\"digest\": \"0"]),
            19 if self.random.bool() => self.change("records/kontainer-pertama.cast", "Hello", &["Halo", "Hi"]),
            19 => self.change("records/kontainer-pertama.cast", "2026-11-24", &["2026-11-25", "2026-11-23"]),
            20 => self.change("id/g/peta.svg", "3 2", &["4 2", "30 20"]),
            _ => {
                let path = self.one(&[
                    "id/g/baru.md",
                    "en/g/baru.md",
                    "en/g/satu.md",
                    "id/g/tiga.md",
                    "records/kontainer-pertama.cast",
                ]);
                if self.read(path).is_empty() {
                    let text = lesson("baru", "satu");
                    self.write(path, Some(&text));
                } else {
                    self.write(path, None);
                }
                format!("{path} comes or goes")
            }
        }
    }

    /// A file as it was before the edit `at`.
    fn undo(&mut self, at: usize) -> String {
        let (path, bytes) = self.old.remove(at);
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => drop(fs::remove_file(&path)),
        }
        format!("{} as it was", path.display())
    }
}

fn files(made: Result<Made, BookError>) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let made = made.map_err(|error| format!("{} {:?}", error.key(), error.args()))?;
    Ok(made.files.into_iter().map(|file| (file.path, file.bytes)).collect())
}

#[test]
fn a_site_that_was_edited_is_the_site_made_afresh() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(16);
    let mut desk = Desk::new(seed);
    let mut kept = Kept::default();
    let (mut done, mut good): (Vec<String>, u32) = (Vec::new(), 0);
    for _ in 0..rounds {
        let collection = read_collection(&[desk.dir.path().to_owned()]).unwrap();
        let course = &collection.courses[0];
        let fresh = files(make(course, Some("https://x.test/k/")));
        let again = files(remake(course, Some("https://x.test/k/"), &mut kept));
        let story = || format!("SEED={seed}, after:\n{}", done.join("\n"));
        let broken = fresh.is_err();
        match (fresh, again) {
            (Ok(fresh), Ok(again)) => {
                good += 1;
                assert!(fresh.keys().eq(again.keys()), "{}", story());
                for (path, bytes) in &fresh {
                    let (fresh, again) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&again[path]));
                    let differs = fresh.lines().zip(again.lines()).find(|(fresh, again)| fresh != again);
                    assert!(fresh == again, "{path}: {differs:?}\n{}", story());
                }
            }
            (fresh, again) => assert_eq!(fresh.map(|_| ()), again.map(|_| ()), "{}", story()),
        }
        // What is broken is mended soon, so that most rounds compare whole sites.
        let edits = desk.old.len();
        done.push(match edits {
            0 => desk.edit(),
            _ if broken => desk.undo(edits - 1),
            _ if desk.random.u8(..3) == 0 => {
                let at = desk.random.usize(..edits);
                desk.undo(at)
            }
            _ => desk.edit(),
        });
    }
    assert!(good * 2 > rounds, "too few sites could be made: {good} of {rounds}, SEED={seed}");
}
