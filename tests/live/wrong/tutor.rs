//! The tutor without a screen. This tutor runs commands in a shell on an engine, keeps the learner's state, and decides
//! its replies as the real tutor does.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dermaga::claims::{Decision, RanCommand, decide, question};
use dermaga::engine::{ClaimContext, Endpoint, Engine, EngineTime};
use dermaga::lesson::{
    Action, Block, Check, Command, Conditions, EngineFamily, ExpectedKind, MistakeId, Plan, Step, Subject, Transcript,
    needs, plan,
};
use dermaga::lesson_state::{ClaimStatus, Evaluation, LessonState, NextAction};
use dermaga::run::{TWO_ENGINES, with_nodes};
use dermaga::sandbox::{ImageSource, Sandbox, SandboxSpec, find_binaries};
use dermaga::session::{CommandEnd, Keystrokes, ScriptedInput, ShellSession, ShellSpec, TypedCommand, WaitAction};
use dermaga::words::{Lang, Words};

use crate::project::parsed;

/// The tutor's reply to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TutorReply {
    /// The claims are true, or the command is one of the step's commands.
    Right,
    /// The text of a mistake that the lesson declares.
    Mistake(String),
    /// An explanation of a message from Docker or the shell, as key and text.
    Explained(&'static str, String),
    /// The difference between the typed command and a command of the lesson, as key and text.
    Slip(&'static str, String),
    /// The text of the expected and the actual state.
    Found(String),
    /// A reply without a reason, such as only the exit status.
    Bare,
    /// No reply, as after a read-only command.
    Quiet,
}

/// A lesson in one language.
pub(super) struct Lesson {
    pub(super) lang: Lang,
    pub(super) text: dermaga::lesson::Lesson,
    pub(super) plan: Plan,
    pub(super) walk: LessonState,
    pub(super) words: Words,
}

pub(super) struct Class {
    pub(super) lessons: Vec<Lesson>,
    sandbox: Sandbox,
    pub(super) engine: Engine,
    /// The engine of node-b.
    second: Option<Engine>,
    session: ShellSession,
    shell: ShellSpec,
    folder: tempfile::TempDir,
    since: EngineTime,
    pub(super) ran: Vec<RanCommand>,
    /// The declared mistakes that matched before the step's first command.
    pub(super) before: BTreeSet<MistakeId>,
    pub(super) known: Vec<String>,
}

const LIMIT: Duration = Duration::from_mins(2);
/// The time limit of a command without input. `docker stop` may take 10 seconds. Every command of a lesson that ends by
/// itself ends sooner than this limit.
const HANGS: Duration = Duration::from_secs(15);
/// The time limit of the line `:`, which only shows whether a quote is still open.
const QUOTE: Duration = Duration::from_secs(3);

fn pack() -> PathBuf {
    let home = std::env::var_os("HOME").unwrap_or_default();
    std::env::var_os("DERMAGA_PACK").map_or_else(|| Path::new(&home).join(".cache/dermaga/pack"), PathBuf::from)
}

impl Class {
    pub(super) async fn start(path: &OsStr, lesson: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("w").tempdir().expect("a folder");
        let binaries = find_binaries(path).expect("the programs of an engine");
        let lessons: Vec<Lesson> = Lang::ALL.map(|lang| Lesson::read(lang, lesson)).into();
        let two = needs(&lessons[0].text).contains(&TWO_ENGINES);
        let (dir, scratch) = (folder.path().join("d"), folder.path().join("p"));
        for made in [&dir, &scratch] {
            std::fs::create_dir(made).expect("a folder");
        }
        let spec = SandboxSpec {
            shared: vec![dir.clone(), scratch.clone()],
            program: PathBuf::from(env!("CARGO_BIN_EXE_dermaga")),
            two,
            ..SandboxSpec::new("w", folder.path(), binaries, ImageSource::Pack(pack()))
        };
        let sandbox = Sandbox::start(spec).await.expect("an engine");
        let engine = Engine::connect(&Endpoint::Unix(sandbox.socket())).await.expect("it answers");
        let engine = with_nodes(engine, &sandbox, &scratch).await.expect("both engines");
        let second = match sandbox.running().nodes().nth(1) {
            Some((socket, _)) => Some(Engine::connect(&Endpoint::Unix(socket)).await.expect("it answers")),
            None => None,
        };
        let host = (!two).then(|| ("DOCKER_HOST", format!("unix://{}", sandbox.socket().display())));
        let env = [
            ("PATH", format!("{}:{}", sandbox.cli().display(), path.to_string_lossy())),
            ("HOME", dir.display().to_string()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("DOCKER_CONFIG", scratch.display().to_string()),
        ];
        let env = env.into_iter().chain(host).map(|(name, value)| (name.to_owned(), value)).collect();
        let (enter, namespaces) = (sandbox.enter_at(&dir), Some(sandbox.namespaces()));
        let shell = ShellSpec { columns: 100, rows: 200, dir, env, enter, namespaces, scratch };
        let session = ShellSession::start(shell.clone()).await.expect("a shell");
        let mut class = Self {
            lessons,
            sandbox,
            engine,
            second,
            session,
            shell,
            folder,
            since: EngineTime::default(),
            ran: Vec::new(),
            before: BTreeSet::new(),
            known: ["hello-world", "alpine:3.20", "mongo:4.1"].map(str::to_owned).to_vec(),
        };
        class.pull().await;
        class
    }

    /// Pulls the images that the lesson names in `have:`.
    async fn pull(&mut self) {
        let have = self.lessons[0].text.front.have.iter().map(|image| image.value.clone()).collect::<Vec<_>>();
        for image in have {
            assert_eq!(self.run(&format!("docker pull -q {image}"), &[]).await.exit, Some(0), "{image}");
        }
    }

    /// Restarts the lesson, and repeats all right commands before the command `at` of `step`.
    pub(super) async fn restore(&mut self, step: usize, at: usize) {
        self.run("docker rm -f $(docker ps -aq); docker rmi -f $(docker images -q)", &[]).await;
        if self.second.is_some() {
            let other = "docker --context node-b";
            self.run(&format!("{other} rm -f $({other} ps -aq); {other} rmi -f $({other} images -q)"), &[]).await;
        }
        self.pull().await;
        for former in 0..=step {
            self.enter(former).await;
            let last = if former == step { at } else { self.commands(former).len() };
            for command in 0..last {
                self.do_it(former, command).await;
            }
        }
    }

    pub(super) fn asks_for_events(&self, step: usize) -> bool {
        let checks = self.lessons[0].text.steps[step].blocks.iter();
        checks
            .into_iter()
            .any(|block| matches!(block, Block::Check(check) if matches!(check.claim.subject, Subject::Events(_))))
    }

    /// Makes claims about events count only events from now on.
    pub(super) async fn begin_now(&mut self) {
        self.since = self.engine.now().await.expect("the engine's time");
    }

    pub(super) async fn close(self) {
        self.session.close().await;
        let _ = self.sandbox.stop().await;
        drop(self.folder);
    }

    async fn run(&mut self, command: &str, script: &[ScriptedInput]) -> RanCommand {
        let limit = if script.is_empty() { HANGS } else { LIMIT };
        let input =
            TypedCommand { text: command, script, is_ready: &|_, _| true, timeout: None, reply: &WaitAction::wait };
        let ran = self.session.run(input, limit, &mut |_| {}).await.expect("a shell");
        // A learner would end a hanging command with Ctrl-C, which gives exit status 130.
        let exit = match ran.end {
            CommandEnd::Status(status) => Some(status),
            CommandEnd::TimedOut { recovered: true } => Some(130),
            _ => {
                self.session = ShellSession::start(self.shell.clone()).await.expect("a shell");
                Some(130)
            }
        };
        // If a quote is open, the shell continues the command on the next line. A learner would press Ctrl-C.
        if ['"', '\''].iter().any(|quote| command.matches(*quote).count() % 2 == 1) {
            let input = TypedCommand { text: ":", ..input };
            let ran = self.session.run(input, QUOTE, &mut |_| {}).await.expect("a shell");
            if !matches!(ran.end, CommandEnd::Status(_) | CommandEnd::TimedOut { recovered: true }) {
                self.session = ShellSession::start(self.shell.clone()).await.expect("a shell");
            }
        }
        RanCommand::new(command, exit, ran.lines.join("\n"))
    }

    pub(super) fn step_id(&self, step: usize) -> String {
        self.lessons[0].text.steps[step].id.0.clone()
    }

    pub(super) async fn enter(&mut self, step: usize) {
        for command in self.hidden(step) {
            self.run(&command, &[]).await;
        }
        self.ran.clear();
        self.since = self.engine.now().await.expect("the engine's time");
        for at in 0..self.lessons.len() {
            let mut walk = self.lessons[at].walk.clone();
            let next = walk.enter_step(step);
            self.lessons[at].walk = walk;
            self.go_on(at, next).await;
        }
        self.before.clear();
        self.before = self.mistakes(0, None).await.into_iter().collect();
    }

    /// Answers the quizzes in `next`, and checks the claims before the learner's first command, as the tutor does.
    async fn go_on(&mut self, at: usize, mut next: Vec<NextAction>) {
        while let Some(last) = next.last().copied() {
            let mut walk = self.lessons[at].walk.clone();
            next = match last {
                NextAction::Ask(quiz) => walk.quiz_answered(quiz),
                NextAction::Await { look: true } => {
                    let mut looks = Vec::new();
                    for block in walk.current_claims() {
                        looks.push((block, self.look(at, block).await));
                    }
                    walk.check_before_start(&looks);
                    Vec::new()
                }
                _ => Vec::new(),
            };
            self.lessons[at].walk = walk;
        }
    }

    async fn look(&self, at: usize, block: usize) -> ClaimStatus {
        let Some(check) = self.lessons[at].check(block) else { return ClaimStatus::Unknown };
        match decide(&check.claim, &self.engine.facts(&question(&check.claim), &self.scene(&self.ran)).await) {
            Decision::Holds => ClaimStatus::Holds,
            Decision::Fails(_) => ClaimStatus::Fails,
            Decision::Unknown(_) => ClaimStatus::Unknown,
        }
    }

    pub(super) fn scene<'a>(&'a self, ran: &'a [RanCommand]) -> ClaimContext<'a> {
        let namespaces = self.shell.namespaces.as_deref();
        ClaimContext { since: self.since, ran, dir: &self.shell.dir, namespaces, label: None }
    }

    /// Returns the commands of a step that a learner types, in order.
    fn tasks(&self, step: usize) -> Vec<(&Transcript, &Command)> {
        let all = self.commands_of_plan(step).into_iter();
        all.filter(|(transcript, _)| !transcript.attrs.hidden).collect()
    }

    /// Returns the hidden commands of a step.
    fn hidden(&self, step: usize) -> Vec<String> {
        let all = self.commands_of_plan(step).into_iter();
        all.filter(|(transcript, _)| transcript.attrs.hidden).map(|(_, command)| command.text.clone()).collect()
    }

    fn commands_of_plan(&self, step: usize) -> Vec<(&Transcript, &Command)> {
        let lesson = &self.lessons[0];
        let planned = lesson.plan.steps[step].actions.iter().filter_map(|action| match *action {
            Action::Run { block, command } => Some((block, command)),
            _ => None,
        });
        let blocks = &lesson.text.steps[step].blocks;
        planned
            .filter_map(|(block, command)| match &blocks[block] {
                Block::Transcript(transcript) => Some((transcript, &transcript.commands[command])),
                _ => None,
            })
            .collect()
    }

    pub(super) fn commands(&self, step: usize) -> Vec<String> {
        self.tasks(step).into_iter().map(|(_, command)| command.text.clone()).collect()
    }

    pub(super) fn commands_of_others(&self, step: usize) -> Vec<String> {
        let own = self.commands(step);
        let all = (0..self.lessons[0].text.steps.len()).flat_map(|other| self.commands(other));
        all.filter(|command| !own.contains(command)).collect()
    }

    pub(super) async fn mistakes(&self, lesson: usize, last: Option<&RanCommand>) -> Vec<MistakeId> {
        let lesson = &self.lessons[lesson];
        let mut seen = Vec::new();
        for block in lesson.walk.current_claims() {
            let Some(check) = lesson.check(block) else { continue };
            for (number, mistake) in check.mistakes.iter().enumerate() {
                let typed = matches!(mistake.when.subject, Subject::Ran(_));
                let ran = if typed { last.map(std::slice::from_ref).unwrap_or_default() } else { &self.ran };
                let facts = self.engine.facts(&question(&mistake.when), &self.scene(ran)).await;
                if decide(&mistake.when, &facts) == Decision::Holds {
                    seen.push(MistakeId { block, number });
                }
            }
        }
        seen
    }

    /// Types a wrong command. Returns the reply in each language, and whether the command removed or changed an object.
    /// Removes new objects. Does not change the learner's state and the list of earlier commands.
    pub(super) async fn try_out(&mut self, step: usize, typed: &str) -> (Vec<(Lang, TutorReply)>, bool) {
        let (things, files) = (self.things().await, self.files());
        let last = self.run(typed, &[]).await;
        self.ran.push(last.clone());
        let mut told = Vec::new();
        for at in 0..self.lessons.len() {
            told.push((self.lessons[at].lang, self.told(at, step, &last).await));
        }
        self.ran.pop();
        let now = self.things().await;
        for (thing, _) in now.iter().filter(|(thing, _)| !things.iter().any(|(known, _)| known == thing)) {
            self.run(&format!("docker {thing} >/dev/null"), &[]).await;
        }
        for file in self.files().difference(&files) {
            std::fs::remove_file(file).expect("a file");
        }
        // A pushed image stays in the registry, so a push counts as a change.
        let pushed = typed.contains(" push ") && last.exit == Some(0);
        (told, pushed || things.iter().any(|thing| !now.contains(thing)))
    }

    /// Returns the files in the lesson's directory.
    fn files(&self) -> BTreeSet<PathBuf> {
        let entries = std::fs::read_dir(&self.shell.dir).expect("the directory");
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect()
    }

    /// Returns all containers and images. For each object, returns the arguments of docker that remove it, and its
    /// state or id.
    async fn things(&self) -> Vec<(String, String)> {
        let mut things = Vec::new();
        let second = self.second.iter().map(|engine| ("--context node-b ", engine));
        for (context, engine) in [("", &self.engine)].into_iter().chain(second) {
            for container in engine.containers().await.expect("containers") {
                let text = |name: &str| container[name].as_str().unwrap_or_default().to_owned();
                things.push((format!("{context}rm -f {}", text("Id")), text("State")));
            }
            for image in engine.images().await.expect("images") {
                let id = image["Id"].as_str().unwrap_or_default();
                for tag in image["RepoTags"].as_array().into_iter().flatten().filter_map(|tag| tag.as_str()) {
                    // If a tag has moved, its earlier image counts as removed.
                    things.push((format!("{context}rmi -f {tag}"), id.to_owned()));
                }
            }
        }
        things
    }

    /// Types the right command `at` of `step`, with its input from the lesson.
    pub(super) async fn do_it(&mut self, step: usize, at: usize) {
        let (command, script, is_last) = {
            let tasks = self.tasks(step);
            let (_, command) = tasks[at];
            (command.text.clone(), script(command), at + 1 == tasks.len())
        };
        // `docker stop` may wait ten seconds, and each restart of the lesson would repeat this wait. So the test
        // shortens it.
        let quick = command.replace("docker stop ", "docker stop -t 1 ");
        let quick = if command.contains(" -t ") { &command } else { &quick };
        let input = TypedCommand {
            text: quick,
            script: &script,
            is_ready: &|_, _| true,
            timeout: None,
            reply: &WaitAction::wait,
        };
        let ran = self.session.run(input, LIMIT, &mut |_| {}).await.expect("a shell");
        let CommandEnd::Status(status) = ran.end else { panic!("{command}: {ran:?}") };
        self.ran.push(RanCommand::new(&command, Some(status), ran.lines.join("\n")));
        for at in 0..self.lessons.len() {
            let lesson = &self.lessons[at];
            let mut walk = lesson.walk.clone();
            let output = &self.ran.last().expect("it ran").output;
            let way = walk.command_ended(&lesson.text, &command, status, output);
            let mut looks = Vec::new();
            for block in walk.current_claims() {
                let Some(check) = lesson.check(block) else { continue };
                // A claim that needs a later command of the step would take its whole time limit `within`. So only the
                // last command of the step gets this limit.
                let within = if is_last { check.within } else { check.within.min(Duration::from_secs(1)) };
                let check = Check { within, ..check.clone() };
                let decision = dermaga::engine::wait_for(&self.engine, &check, &self.scene(&self.ran)).await;
                looks.push((block, if decision == Decision::Holds { ClaimStatus::Holds } else { ClaimStatus::Fails }));
            }
            let next = match walk.evaluate(Some(&way), &looks) {
                Evaluation::Passed { next, .. } | Evaluation::Progress { next, .. } => next,
                _ => Vec::new(),
            };
            self.lessons[at].walk = walk;
            self.go_on(at, next).await;
        }
    }
}

impl Lesson {
    fn read(lang: Lang, path: &str) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("lessons/{lang}/{path}.md"));
        let text = std::fs::read_to_string(&file).expect("a lesson");
        let lesson = parsed(path, path, text);
        let plan = plan(
            &lesson,
            &Conditions {
                cli_major: 20,
                family: EngineFamily::Docker,
                abilities: vec!["private".into(), TWO_ENGINES.into()],
            },
        );
        let walk = LessonState::new(&lesson, &plan);
        Self { lang, text: lesson, plan, walk, words: Words::new(lang) }
    }

    fn step(&self) -> &Step {
        &self.text.steps[self.walk.current_step()]
    }

    pub(super) fn check(&self, block: usize) -> Option<&Check> {
        match self.step().blocks.get(block) {
            Some(Block::Check(check)) => Some(check),
            _ => None,
        }
    }
}

fn script(command: &Command) -> Vec<ScriptedInput> {
    let typed = command.expected.iter().filter_map(|line| match &line.kind {
        ExpectedKind::Output => None,
        ExpectedKind::Typed { prompt, input } => Some(ScriptedInput {
            prompt: Some(prompt.clone()),
            any_shell: false,
            send: Keystrokes::Line(input.clone()),
        }),
        ExpectedKind::Key(key) => Some(ScriptedInput { prompt: None, any_shell: false, send: Keystrokes::Key(*key) }),
    });
    typed.collect()
}
