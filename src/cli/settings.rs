//! The settings of all commands: language, colour, width, folders. All settings come from the command line and the
//! environment.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::ColorChoice;

use super::args::CommandLine;
use crate::engine::{Endpoint, EngineError, FileLookup, Surroundings, find_endpoint, named_endpoint, podman_endpoint};
use crate::report::Style;
use crate::report::diagnostic::render;
use crate::sandbox::{SandboxError, state_folder};
use crate::store::{create_private_folder, read_source, write_private};
use crate::terminal::{Color, message};
use crate::text::{Diagnostic, Severity, Source};
use crate::words::{Lang, Words};

/// The settings of all commands.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language of all messages.
    pub lang: Lang,
    /// Whether `--lang` was given.
    pub is_language_given: bool,
    /// Whether to use colour on standard output.
    pub color_out: bool,
    /// Whether to use colour on standard error.
    pub color_err: bool,
    /// Whether standard output is a terminal, and `TERM` is not `dumb`.
    pub live: bool,
    /// The width of printed text, in columns.
    pub width: usize,
    /// Whether `--quiet` was given.
    pub quiet: bool,
    /// Whether `--verbose` was given.
    pub verbose: bool,
    /// Dermaga's cache folder, with packs and engines.
    pub cache: PathBuf,
    /// Dermaga's state folder, with progress and trust.
    pub state: PathBuf,
    /// Dermaga's settings folder.
    pub config: PathBuf,
    /// The pack of images.
    pub pack: PathBuf,
    /// Whether `DERMAGA_PACK` names the pack.
    pub is_pack_named: bool,
    /// Whether private engines keep their data on disk, even if there is enough memory for it.
    pub on_disk: bool,
    /// The value of `PATH`.
    pub path: OsString,
    /// The home folder, if it is known.
    pub home: Option<PathBuf>,
    /// Whether the cache, state or settings folder is unknown, because the home folder is unknown.
    pub is_homeless: bool,
    /// The environment variables that a learner's shell may get.
    pub shell_env: Vec<(String, String)>,
}

impl Settings {
    /// Reads the settings from the command line and the environment.
    #[must_use]
    pub fn new(line: &CommandLine, lang: Lang) -> Self {
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let home = home();
        let [cache, state, config] =
            [("XDG_CACHE_HOME", ".cache"), ("XDG_STATE_HOME", ".local/state"), ("XDG_CONFIG_HOME", ".config")]
                .map(|(name, inside)| folder(name, inside));
        let is_homeless = [&cache, &state, &config].iter().any(|folder| folder.is_none());
        // Commands that use the home folder fail before they use `NOWHERE`.
        let [cache, state, config] = [cache, state, config].map(|folder| folder.unwrap_or_else(|| NOWHERE.into()));
        let pack = var("DERMAGA_PACK").map_or_else(|| cache.join("pack"), PathBuf::from);
        let plain = var("NO_COLOR").is_some() || var("TERM").is_some_and(|term| term == "dumb");
        let color = |terminal: bool| match line.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !plain,
        };
        let text = |value: OsString| value.into_string().ok();
        let shell_env = std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?))).collect();
        let live = std::io::stdout().is_terminal() && var("TERM").is_none_or(|term| term != "dumb");
        Self {
            lang: line.lang.unwrap_or(lang),
            is_language_given: line.lang.is_some(),
            color_out: color(std::io::stdout().is_terminal()),
            color_err: color(std::io::stderr().is_terminal()),
            live,
            width: width(),
            quiet: line.quiet,
            verbose: line.verbose,
            pack,
            is_pack_named: var("DERMAGA_PACK").is_some(),
            on_disk: var("DERMAGA_DATA").is_some_and(|data| data == "disk"),
            state,
            config,
            cache,
            path: var("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into()),
            home,
            is_homeless,
            shell_env,
        }
    }
}

/// A folder that does not exist, and that only root could create.
const NOWHERE: &str = "/nonexistent/dermaga";

/// Returns `HOME`, or the password file's entry if `HOME` is unset or empty, as in cron jobs and system services.
fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

/// Returns the path of the folder `dermaga` in the folder that the variable `name` contains. If the variable is not
/// set, `dermaga` is in the folder `inside` of the home folder.
fn folder(name: &str, inside: &str) -> Option<PathBuf> {
    // The XDG specification says that a relative path must be ignored.
    let said = std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    Some(said.or_else(|| Some(home()?.join(inside)))?.join("dermaga"))
}

/// Returns the path of the file with the language that the person chose in the menu.
fn chosen_language(config: &Path) -> PathBuf {
    config.join("language")
}

/// Gives access to the real files, such as docker contexts and sockets, for the search for engines.
struct Disk;

impl FileLookup for Disk {
    fn read(&self, path: &Path) -> Option<String> {
        // `read_source` refuses a pipe. Dermaga would wait for ever for the end of a pipe.
        read_source(path).ok().map(|source| source.text().to_owned())
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }
}

impl Settings {
    /// Whether the person chose a language in the menu, or gave `--lang`.
    #[must_use]
    pub fn is_language_chosen(&self) -> bool {
        self.is_language_given || chosen_language(&self.config).exists()
    }

    /// Sets the language and saves it for later runs. If the language cannot be saved, this run still uses it.
    pub fn remember_language(&mut self, lang: Lang) {
        self.lang = lang;
        if create_private_folder(&self.config).is_ok() {
            let _ = write_private(&chosen_language(&self.config), format!("{}\n", lang.tag()).as_bytes());
        }
    }

    /// Returns a variable of the environment; `None` if it is not set or empty.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        let (_, value) = self.shell_env.iter().find(|(known, value)| known == name && !value.is_empty())?;
        Some(value)
    }

    /// Prints a diagnostic of a source on standard error.
    pub(super) fn tell_diagnostic(&self, source: &Source, diagnostic: &Diagnostic, words: &Words) {
        let wrap = std::io::stderr().is_terminal();
        let style = Style { color: self.color_err, width: self.width, wrap, ..Style::default() };
        let _ = writeln!(std::io::stderr(), "{}\n", render(source, diagnostic, words, style));
    }

    /// Prints the errors among the diagnostics of a source on standard error. Returns whether there are any.
    pub(super) fn tell_errors(&self, source: &Source, diagnostics: &[Diagnostic], words: &Words) -> bool {
        let errors = || diagnostics.iter().filter(|one| one.severity == Severity::Error);
        for error in errors() {
            self.tell_diagnostic(source, error, words);
        }
        errors().next().is_some()
    }

    /// Returns the folder of private engines.
    ///
    /// # Errors
    /// If the path of the folder is too long, and there is no short one.
    pub fn engines(&self) -> Result<PathBuf, SandboxError> {
        state_folder(self.cache.join("e"))
    }

    /// Formats text for standard error. On a terminal, breaks wide lines between words and styles code.
    #[must_use]
    pub fn fold(&self, text: &str) -> String {
        self.folded(text, std::io::stderr().is_terminal(), self.color_err)
    }

    /// Writes text for a person to standard error. A closed pipe is no failure.
    pub(super) fn tell(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{}", self.fold(text));
    }

    /// Returns the writer for notes to a person: standard error, or nothing with `--quiet`.
    pub(super) fn notes(&self) -> Box<dyn Write> {
        if self.quiet { Box::new(std::io::sink()) } else { Box::new(std::io::stderr()) }
    }

    /// Formats text for standard output, like [`fold`](Self::fold).
    #[must_use]
    pub fn fold_out(&self, text: &str) -> String {
        self.folded(text, std::io::stdout().is_terminal(), self.color_out)
    }

    fn folded(&self, text: &str, is_terminal: bool, has_color: bool) -> String {
        if !is_terminal {
            return text.to_owned();
        }
        message(text.trim_end_matches('\n'), "", self.width, if has_color { Color::Dark } else { Color::None })
    }

    /// Returns the engine that the docker CLI would use here.
    ///
    /// # Errors
    /// If the address in the environment or in the docker context is invalid.
    pub fn current_engine(&self) -> Result<Endpoint, EngineError> {
        find_endpoint(&self.surroundings())
    }

    /// Returns the engine called `name`: `current`, `podman`, or an address.
    ///
    /// # Errors
    /// If the address is invalid, or there is no socket of podman.
    pub fn named_engine(&self, name: &str) -> Result<Endpoint, EngineError> {
        match name {
            "current" => self.current_engine(),
            "podman" => podman_endpoint(&self.surroundings(), rustix::process::geteuid().as_raw()),
            address => named_endpoint(&self.surroundings(), address),
        }
    }

    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings { env: &|name| std::env::var(name).ok(), home: self.home.as_deref(), look: &Disk }
    }
}

/// Returns the language for messages about the command line, before the command line is parsed. The language comes from
/// `--lang`, else from the choice in the menu, else from the locale.
#[must_use]
pub(super) fn early_lang(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let value = if arg == "--lang" { args.next() } else { arg.strip_prefix("--lang=") };
        if let Some(lang) = value.and_then(|value| value.parse().ok()) {
            return lang;
        }
    }
    let chosen = folder("XDG_CONFIG_HOME", ".config").and_then(|config| Disk.read(&chosen_language(&config)));
    if let Some(lang) = chosen.and_then(|chosen| chosen.trim().parse().ok()) {
        return lang;
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|locale| Lang::from_locale(&locale))
        .unwrap_or_default()
}

fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let size = || rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
    columns.or_else(size).filter(|&columns| columns >= 20).unwrap_or(100)
}
