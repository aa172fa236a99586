//! The catalogue of all messages, in Indonesian and English, in Fluent's syntax.
//!
//! A message has a key. The key of a diagnostic's message is the code of the diagnostic. Such a message has the
//! attributes `code.label` and `code.help`. Messages show values unchanged, so the caller sanitises values that come
//! from a lesson, a container or the network.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

macro_rules! files {
    ($lang:literal) => {
        files!($lang: "book" "cli" "doctor" "engine" "explain" "gateway" "learn" "lint" "page" "progress" "quiz" "record" "run" "scaffold" "serve" "trust")
    };
    ($lang:literal: $($name:literal)+) => {
        &[$(include_str!(concat!($lang, "/", $name, ".ftl"))),+]
    };
}

/// A language of the program's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Indonesian, the default.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Every language of the messages.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// Returns the tag in names of folders and in `--lang`: `id` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Returns the language that a POSIX locale such as `en_US.UTF-8` names. `C`, `POSIX` and unknown locales give
    /// `None`.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "id" | "in" | "ms" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Returns the texts of the language's catalogue, file by file.
    pub(crate) const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Id => files!("id"),
            Self::En => files!("en"),
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or_else(|| tag.to_owned())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The catalogue of one language. Each file is parsed when one of its messages is first used, because a run needs only
/// a few files.
pub struct Words {
    lang: Lang,
    /// The number of the file that contains each message, by the message's id.
    files: HashMap<&'static str, usize>,
    bundles: Vec<OnceCell<FluentBundle<FluentResource>>>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Words {
    /// Returns the catalogue of `lang`.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let ids = |file: &'static str| {
            let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic());
            file.lines().filter(begins).filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
        };
        let files = lang.files().iter().enumerate().flat_map(|(at, file)| ids(file).map(move |id| (id, at)));
        Self { lang, files: files.collect(), bundles: lang.files().iter().map(|_| OnceCell::new()).collect() }
    }

    /// Returns the parsed file that contains the message `id`.
    fn bundle(&self, id: &str) -> Option<&FluentBundle<FluentResource>> {
        let at = *self.files.get(id)?;
        Some(self.bundles[at].get_or_init(|| {
            let tag: unic_langid::LanguageIdentifier = self.lang.tag().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new(vec![tag]);
            // By default, Fluent puts isolation marks around every value, which terminals and files would show.
            bundle.set_use_isolating(false);
            let text = self.lang.files()[at].to_owned();
            bundle.add_resource_overriding(FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial));
            bundle
        }))
    }

    /// Returns the language of the catalogue.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Formats the message `key`, or its attribute `key.attribute`, with `args`. Returns the key if the message does
    /// not exist; a test makes sure that this never happens.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.find(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// Formats a message like [`say`](Self::say), with the number `count`, which chooses the plural form.
    #[must_use]
    pub fn count(&self, key: &str, count: usize, args: &[(&str, &str)]) -> String {
        self.find_count(key, count, args).unwrap_or_else(|| key.to_owned())
    }

    /// Formats a message like [`count`](Self::count), but returns `None` if the message does not exist.
    #[must_use]
    pub fn find_count(&self, key: &str, count: usize, args: &[(&str, &str)]) -> Option<String> {
        let mut values = fluent_args(args);
        values.set("count", FluentValue::from(count));
        self.format(key, &values)
    }

    /// Formats a message like [`say`](Self::say), but returns `None` if the message does not exist.
    #[must_use]
    pub fn find(&self, key: &str, args: &[(&str, &str)]) -> Option<String> {
        self.format(key, &fluent_args(args))
    }

    /// Formats a message like [`say`](Self::say), with values that an error or a diagnostic carries.
    #[must_use]
    pub fn say_values(&self, key: &str, values: &[(&str, String)]) -> String {
        self.find_values(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// Formats a message like [`find`](Self::find), with values that an error or a diagnostic carries.
    #[must_use]
    pub fn find_values(&self, key: &str, values: &[(&str, String)]) -> Option<String> {
        let args: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.find(key, &args)
    }

    /// Formats a size as docker prints it, with the language's decimal sign.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let (unit, name) = match bytes {
            0..1_000 => return format!("{bytes} B"),
            1_000..1_000_000 => (1_000, "kB"),
            1_000_000..1_000_000_000 => (1_000_000, "MB"),
            _ => (1_000_000_000, "GB"),
        };
        let (whole, tenth) = (bytes / unit, bytes % unit * 10 / unit);
        if whole >= 10 || tenth == 0 {
            return format!("{whole} {name}");
        }
        format!("{whole}{}{tenth} {name}", self.say("book-decimal", &[]))
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let bundle = self.bundle(id)?;
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }
}

fn fluent_args<'a>(args: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    let mut values = FluentArgs::new();
    for &(name, value) in args {
        values.set(name, number(value).unwrap_or_else(|| FluentValue::from(value)));
    }
    values
}

/// Converts a whole number into a value that can choose a plural form.
fn number(value: &str) -> Option<FluentValue<'static>> {
    let is_count = value.len() < 10 && (value == "0" || !value.starts_with('0'));
    value.parse::<u32>().ok().filter(|_| is_count && !value.starts_with('+')).map(FluentValue::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Returns the keys of all messages and of their attributes.
    fn keys(lang: Lang) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for file in lang.files() {
            let mut message = String::new();
            for line in file.lines() {
                if let Some((name, _)) =
                    line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    message = name.to_owned();
                    assert!(keys.insert(message.clone()), "{lang}: {message} stands twice");
                } else if let Some((name, _)) = line.trim_start().strip_prefix('.').and_then(|l| l.split_once(" =")) {
                    keys.insert(format!("{message}.{name}"));
                }
            }
        }
        keys
    }

    #[test]
    fn both_languages_have_every_message_key() {
        let (id, en) = (keys(Lang::Id), keys(Lang::En));
        let missing: Vec<_> = id.symmetric_difference(&en).collect();
        assert!(missing.is_empty(), "in one language only: {missing:?}");
    }

    #[test]
    fn every_message_file_is_valid_fluent() {
        for lang in Lang::ALL {
            for file in lang.files() {
                if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
                    panic!("{lang}: {errors:?}");
                }
            }
        }
    }

    /// Terminals would show marks of emphasis unchanged, because the program renders only backquotes.
    #[test]
    fn no_message_has_marks_of_emphasis() {
        let emphasis = regex::Regex::new(r"(^|[ (“])_[^_ ]+_").unwrap();
        for lang in Lang::ALL {
            let lines = lang.files().iter().flat_map(|file| file.lines());
            let found: Vec<_> = lines.filter(|line| !line.starts_with('#') && emphasis.is_match(line)).collect();
            assert!(found.is_empty(), "{lang}: {found:?}");
        }
    }

    #[test]
    fn size_has_the_decimal_sign_of_its_language() {
        let (id, en) = (Words::new(Lang::Id), Words::new(Lang::En));
        assert_eq!(
            [id.size(13), id.size(1_216), en.size(360_123_456), en.size(1_216)],
            ["13 B", "1,2 kB", "360 MB", "1.2 kB"]
        );
    }

    #[test]
    fn posix_locale_chooses_the_language_of_messages() {
        assert_eq!(Lang::from_locale("id_ID.UTF-8"), Some(Lang::Id));
        assert_eq!(Lang::from_locale("en_GB"), Some(Lang::En));
        assert_eq!(Lang::from_locale("C.UTF-8"), None);
    }
}
