//! Defines the command line for clap. The help texts are in `words`, under the keys `help-COMMAND-ARGUMENT`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::gateway::View;
use crate::words::{Lang, Words};

/// The command line of `dermaga`.
#[derive(Debug, Parser)]
#[command(name = "dermaga", version, disable_help_subcommand = true, infer_long_args = false)]
pub struct CommandLine {
    /// The value of `--lang`.
    #[arg(long, global = true, value_name = "id|en", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// The value of `--color`.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: ColorChoice,
    /// Whether `--quiet` was given.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Whether `--verbose` was given.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// The value of `--log`.
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// The command, such as `learn`.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The commands of `dermaga`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Learn a lesson, step by step in a real shell.
    #[command(alias = "belajar")]
    Learn(LearnArgs),
    /// Run the tutor while the learner types in another terminal.
    #[command(alias = "pantau")]
    Watch(LearnArgs),
    /// Run lessons on an engine, and check their output and claims.
    #[command(alias = "uji")]
    Test(TestArgs),
    /// Run a lesson and record it.
    #[command(alias = "rekam")]
    Record(RecordArgs),
    /// Find mistakes in lessons. Needs no engine.
    Lint(LintArgs),
    /// Build the site.
    #[command(alias = "terbitkan")]
    Build(BuildArgs),
    /// Serve the site, and build the site again when a file changes.
    #[command(alias = "sajikan")]
    Serve(ServeArgs),
    /// Run as mdBook's preprocessor.
    #[command(alias = "praproses")]
    Preprocess {
        /// The question that mdBook asks before it sends a book.
        #[command(subcommand)]
        what: Option<PreprocessWhat>,
    },
    /// Run as mdBook's renderer.
    #[command(alias = "tampilkan")]
    Render,
    /// Create a course or a lesson.
    #[command(alias = "baru", subcommand)]
    New(NewWhat),
    /// Remove the objects that lessons left on the engine.
    #[command(alias = "bersihkan")]
    Clean(CleanArgs),
    /// Report the problems of this machine, and the commands that solve them.
    #[command(alias = "periksa")]
    Doctor {
        /// Print a text for a bug report.
        #[arg(long)]
        report: bool,
    },
    /// Manage the private engine.
    #[command(subcommand)]
    Engine(EngineWhat),
    /// Show, export or import the learner's progress.
    #[command(alias = "kemajuan")]
    Progress(ProgressArgs),
    /// Ask the review questions that are due.
    #[command(alias = "ulang")]
    Review {
        /// Use numbered lists and lines of input in place of a cursor.
        #[arg(long)]
        plain: bool,
    },
    /// Print completions for a shell on standard output.
    #[command(hide = true)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

impl Verb {
    /// Whether the command uses the home folder, which holds the learner's progress, the trusted lessons and the
    /// engines.
    pub(super) const fn keeps_files(&self) -> bool {
        matches!(
            self,
            Self::Learn(_)
                | Self::Watch(_)
                | Self::Test(_)
                | Self::Record(_)
                | Self::Clean(_)
                | Self::Engine(_)
                | Self::Progress(_)
                | Self::Review { .. }
        )
    }
}

/// The arguments of `dermaga learn` and `dermaga watch`.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// A lesson's id or file.
    pub lesson: Option<String>,
    /// The engine on which the lesson runs.
    #[arg(long, value_name = "ENGINE")]
    pub engine: Option<String>,
    /// The source of a private engine's images.
    #[arg(long, value_name = "pack|hub|DIR", default_value = "pack")]
    pub images: String,
    /// The objects that lists such as `docker ps` show: all, or only those of the lesson.
    #[arg(long, value_name = "all|lesson", default_value = "all", value_parser = view_parser())]
    pub view: View,
    /// Use words in place of signs, and numbered lists in place of a cursor.
    #[arg(long)]
    pub plain: bool,
}

/// The arguments of `dermaga test`.
#[derive(Debug, Default, Args)]
pub struct TestArgs {
    /// Lessons, folders or courses.
    pub paths: Vec<PathBuf>,
    /// Test the course that is built into the program.
    #[arg(long, conflicts_with_all = ["paths", "update", "record"])]
    pub built_in: bool,
    /// Rewrite expected output that no longer matches.
    #[arg(long)]
    pub update: bool,
    /// Change one command at a time, and report each change that no check notices.
    #[arg(long, conflicts_with_all = ["update", "record", "keep"])]
    pub mutants: bool,
    /// The number of lessons that run at a time.
    #[arg(short, long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
    /// Run only part K of N parts of the lessons.
    #[arg(long, value_name = "K/N", value_parser = parse_partition)]
    pub partition: Option<(usize, usize)>,
    /// The engine; the default is the engine that the course names, or else `private`.
    #[arg(long, value_name = "ENGINE")]
    pub engine: Option<String>,
    /// The source of a private engine's images.
    #[arg(long, value_name = "pack|hub|DIR", default_value = "pack")]
    pub images: String,
    /// The `JUnit` file to write.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Print events as JSON lines on standard output.
    #[arg(long)]
    pub json: bool,
    /// Record the terminal, for the site.
    #[arg(long)]
    pub record: bool,
    /// Keep engines and directories after the run.
    #[arg(long)]
    pub keep: bool,
    /// Stop at the first difference.
    #[arg(long)]
    pub fail_fast: bool,
    /// The time limit of a command.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub timeout: Option<Duration>,
    /// Run lessons of others, and use an engine that is not private, without asking.
    #[arg(short, long)]
    pub yes: bool,
}

/// The arguments of `dermaga clean`.
#[derive(Debug, Args)]
pub struct CleanArgs {
    /// Also remove images that lessons pulled.
    #[arg(long)]
    pub images: bool,
    /// Only list the objects that would be removed.
    #[arg(long)]
    pub dry_run: bool,
    /// Remove without asking.
    #[arg(short, long)]
    pub yes: bool,
}

/// The arguments of `dermaga record`.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// The lessons to record.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The engine; the default is the engine that the course names, or else `private`.
    #[arg(long, value_name = "ENGINE")]
    pub engine: Option<String>,
    /// The source of a private engine's images.
    #[arg(long, value_name = "pack|hub|DIR", default_value = "pack")]
    pub images: String,
    /// Run lessons of others, and use an engine that is not private, without asking.
    #[arg(short, long)]
    pub yes: bool,
}

impl From<RecordArgs> for TestArgs {
    fn from(args: RecordArgs) -> Self {
        let RecordArgs { paths, engine, images, yes } = args;
        Self { paths, engine, images, yes, jobs: 1, record: true, ..Self::default() }
    }
}

/// The arguments of `dermaga lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Lessons, folders or courses.
    pub paths: Vec<PathBuf>,
    /// Repair the mistakes that `lint` can repair.
    #[arg(long)]
    pub fix: bool,
}

/// The arguments of `dermaga build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The course's directory.
    pub path: Option<PathBuf>,
    /// The folder for the site.
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub dest: PathBuf,
    /// The address at which the site will be published.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Whether the course's preprocessors run.
    #[arg(long)]
    pub preprocessors: bool,
}

/// The arguments of `dermaga serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The course's directory.
    pub path: Option<PathBuf>,
    /// The first port to try.
    #[arg(long, value_name = "PORT", default_value_t = 4646)]
    pub port: u16,
    /// Whether the course's preprocessors run.
    #[arg(long)]
    pub preprocessors: bool,
}

/// The questions that mdBook asks a preprocessor.
#[derive(Debug, Subcommand)]
pub enum PreprocessWhat {
    /// Whether the preprocessor supports a renderer.
    Supports {
        /// The renderer's name.
        renderer: String,
    },
}

/// The things that `dermaga new` can create.
#[derive(Debug, Subcommand)]
pub enum NewWhat {
    /// A course in a folder.
    #[command(alias = "kursus")]
    Course {
        /// The folder.
        dir: PathBuf,
    },
    /// A lesson in the course at or above the working directory.
    #[command(alias = "pelajaran")]
    Lesson {
        /// The lesson's id, or `group/id`.
        name: String,
    },
}

/// The actions on the private engine.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum EngineWhat {
    /// Start the engine.
    Start,
    /// Stop the engine.
    Stop,
    /// List the engines that run.
    Status,
    /// Print the shell commands that make `docker` use the engine.
    Env,
}

/// The arguments of `dermaga progress`.
#[derive(Debug, Args)]
pub struct ProgressArgs {
    /// Write the progress to a file.
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    pub export: Option<PathBuf>,
    /// Add the progress from a file.
    #[arg(long, value_name = "FILE")]
    pub import: Option<PathBuf>,
}

fn view_parser() -> impl TypedValueParser<Value = View> {
    PossibleValuesParser::new(["all", "lesson"]).map(|view| if view == "all" { View::All } else { View::Lesson })
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|_| "id, en".to_owned())
}

fn parse_duration(text: &str) -> Result<Duration, String> {
    crate::lesson::duration(text).ok_or_else(|| "90s, 10m, 1m30s".to_owned())
}

fn parse_partition(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    parts.filter(|&(k, n)| k >= 1 && k <= n).ok_or_else(|| "1/3, 2/3, 3/3".to_owned())
}

/// Returns the command with its help in the language of `words`.
#[must_use]
pub fn command(words: &Words) -> clap::Command {
    translate(CommandLine::command(), "dermaga", words)
}

fn translate(command: clap::Command, path: &str, words: &Words) -> clap::Command {
    let name = command.get_name().to_owned();
    let path = if path == name { path.to_owned() } else { format!("{path}-{name}") };
    let key = format!("help-{path}");
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n", words.say("help-usage", &[]));
    let mut command = command
        .about(words.say(&key, &[]))
        .long_about(None)
        .help_template(template)
        .subcommand_help_heading(words.say("help-commands", &[]))
        .disable_help_flag(true)
        .disable_version_flag(true);
    let global = clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help);
    command = command.arg(global.help_heading(words.say("help-common", &[])).help(words.say("help-arg-help", &[])));
    if path == "dermaga" {
        let version = clap::Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
        let version = version.help_heading(words.say("help-common", &[]));
        command = command.arg(version.help(words.say("help-arg-version", &[])));
    }
    let arguments: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in arguments {
        let global = ["lang", "color", "quiet", "verbose", "log", "help", "version"].contains(&id.as_str());
        let key = if global { format!("help-arg-{id}") } else { format!("help-{path}-{}", id.replace('_', "-")) };
        command = command.mut_arg(&id, |arg| {
            let heading = match (arg.is_positional(), global) {
                (true, _) => "help-arguments",
                (false, true) => "help-common",
                (false, false) => "help-options",
            };
            let arg = arg.help(words.say(&key, &[])).long_help(None).help_heading(words.say(heading, &[]));
            let valued = arg.get_action().takes_values();
            if valued { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        });
    }
    let children: Vec<String> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    for child in children {
        let prefix = path.clone();
        command = command.mut_subcommand(&child, |child| translate(child, &prefix, words));
    }
    command
}

/// Parses the command line.
///
/// # Errors
/// Returns clap's error, which can print itself. clap reports `--help` and `--version` as errors, too.
pub fn parse(args: impl IntoIterator<Item = std::ffi::OsString>, words: &Words) -> Result<CommandLine, clap::Error> {
    let matches = command(words).try_get_matches_from(args)?;
    CommandLine::from_arg_matches(&matches)
}
