//! Tests `ShellSession` with a real bash in a pseudo-terminal.

mod ending;
mod robust;
mod typing;
mod waiting;

use std::path::Path;
use std::time::{Duration, Instant};

use dermaga::lesson::Key;
use dermaga::session::{
    CommandEnd, CommandOutput, Keystrokes, ScriptedInput, SessionError, ShellSession, ShellSpec, TypedCommand,
    WaitAction,
};

/// The time limit of a command. A working session needs much less time.
const LIMIT: Duration = Duration::from_mins(1);
/// The time limit of a command that never ends. In this time, the command prints its first line even on a loaded
/// machine.
const SHORT: Duration = Duration::from_secs(1);

struct Shell {
    session: ShellSession,
    scratch: tempfile::TempDir,
}

fn spec(scratch: &Path, enter: &[&str]) -> ShellSpec {
    let path = std::env::var("PATH").unwrap();
    ShellSpec {
        namespaces: None,
        columns: 100,
        rows: 200,
        dir: scratch.to_owned(),
        env: [("PATH", &*path), ("HOME", "/"), ("LANG", "C.UTF-8")].map(|(n, v)| (n.into(), v.into())).to_vec(),
        enter: enter.iter().map(|&word| word.to_owned()).collect(),
        scratch: scratch.to_owned(),
    }
}

impl Shell {
    async fn start() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        Self { session: ShellSession::start(spec(scratch.path(), &[])).await.unwrap(), scratch }
    }

    async fn within(&mut self, limit: Duration, text: &str) -> CommandOutput {
        self.session.run(TypedCommand::new(text), limit, &mut |_| {}).await.unwrap()
    }

    async fn run(&mut self, text: &str) -> CommandOutput {
        self.within(LIMIT, text).await
    }

    /// Runs a command and returns the lines of its output. Asserts that its exit status is `status`.
    async fn lines(&mut self, text: &str, status: i32) -> Vec<String> {
        let ran = self.run(text).await;
        assert_eq!(ran.end, CommandEnd::Status(status), "{text}: {ran:?}");
        assert!(!ran.cut);
        ran.lines
    }

    async fn expect(&mut self, text: &str, lines: &[&str], status: i32) {
        assert_eq!(self.lines(text, status).await, lines, "{text}");
    }

    /// Runs a command. Types each line of `typed` when its prompt appears; `^C` and `^D` stand for keys. Asserts the
    /// output and the exit status.
    async fn talk(&mut self, text: &str, typed: &[(&str, &str)], lines: &[&str], status: i32) {
        let cue = |&(prompt, line): &(&str, &str)| ScriptedInput {
            prompt: (!prompt.is_empty()).then(|| prompt.to_owned()),
            any_shell: false,
            send: match line {
                "^C" => Keystrokes::Key(Key::Interrupt),
                "^D" => Keystrokes::Key(Key::EndOfInput),
                line => Keystrokes::Line(line.to_owned()),
            },
        };
        let script: Vec<ScriptedInput> = typed.iter().map(cue).collect();
        let input =
            TypedCommand { text, script: &script, is_ready: &|_, _| true, timeout: None, reply: &WaitAction::wait };
        let ran = self.session.run(input, LIMIT, &mut |_| {}).await.unwrap();
        assert_eq!(ran.lines, lines, "{ran:?}");
        assert_eq!((ran.end, ran.inputs_sent), (CommandEnd::Status(status), script.len()));
    }
}

fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Returns the peak memory of this process since the last reset, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn command_returns_its_status_and_output() {
    let mut shell = Shell::start().await;
    shell.expect("echo halo", &["halo"], 0).await;
    shell.expect("true", &[], 0).await;
    shell.expect("false", &[], 1).await;
    shell.expect("echo st=$?", &["st=1"], 0).await;
    shell.expect("echo a; false; echo b", &["a", "b"], 0).await;
    shell.expect("(exit 42)", &[], 42).await;
    shell.expect("nosuchcmd", &["bash: nosuchcmd: command not found"], 127).await;
    shell.expect("echo keluaran; echo galat >&2", &["keluaran", "galat"], 0).await;
    shell.expect("printf abc", &["abc"], 0).await;
    shell.expect("echo '<none>  <missing>'", &["<none>  <missing>"], 0).await;
    shell.expect("printf 'x\\n\\n\\ny\\n\\n'", &["x", "", "", "y"], 0).await;
    shell.expect("echo 'docker-entrypoint.s…'", &["docker-entrypoint.s…"], 0).await;
    shell.expect("printf '1%%\\r50%%\\r100%%\\n'", &["100%"], 0).await;
    shell.expect("test -t 0 && test -t 1 && test -t 2 && echo tty", &["tty"], 0).await;
    shell.expect("tput cols; stty size; echo $COLUMNS $LINES", &["100", "200 100", "100 200"], 0).await;
    shell.expect("if then", &["bash: syntax error near unexpected token `then'"], 2).await;
    shell.expect("echo setelahnya", &["setelahnya"], 0).await;
    shell.expect("printf '%0250d\\n' 7", &[&format!("{:0250}", 7)], 0).await;
    shell.expect("printf '%s\\n' '日本語 é e\u{301} ─┐'", &["日本語 é e\u{301} ─┐"], 0).await;
    shell.expect("printf 'a\\tb\\n12345678\\tc\\n'", &["a       b", "12345678        c"], 0).await;
    shell.expect("seq 300", &(1..=300).map(|n| n.to_string()).collect::<Vec<_>>().each(), 0).await;
    shell.expect("sh -c 'kill -KILL $$'", &["Killed"], 137).await;
    shell.session.close().await;
}

trait Each {
    fn each(&self) -> Vec<&str>;
}

impl Each for Vec<String> {
    fn each(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

#[tokio::test]
async fn shell_keeps_its_state_between_commands() {
    let mut shell = Shell::start().await;
    shell.expect("cd /tmp; X=1; f() { echo f$X; }; alias hai='echo alias'", &[], 0).await;
    shell.expect("f; pwd; declare Y=2", &["f1", "/tmp"], 0).await;
    shell.expect("echo $Y; hai", &["2", "alias"], 0).await;
    shell.expect("return", &["bash: return: can only `return' from a function or sourced script"], 2).await;
    shell.expect("mkdir -p \"$HOME/tmp/aneh; '\n x\" && cd \"$_\"", &[], 0).await;
    shell.expect("pwd", &["//tmp/aneh; '", " x"], 0).await;
    shell.expect("cd ..; rmdir aneh*; cd /nosuch", &["bash: cd: /nosuch: No such file or directory"], 1).await;
    shell.expect("echo $-; echo \"${HISTFILE-none}\"", &["himBs", "none"], 0).await;
}

#[tokio::test]
async fn commands_of_many_lines_or_bytes_run_as_written() {
    let mut shell = Shell::start().await;
    shell.expect("cat <<'EOF'\nbaris satu\n  $HOME 'q' \"d\"\nEOF", &["baris satu", "  $HOME 'q' \"d\""], 0).await;
    shell.expect("for i in 1 2 3; do\n  echo $i\ndone", &["1", "2", "3"], 0).await;
    shell.expect("echo a \\\n  b |\n  tr a-z A-Z", &["A B"], 0).await;
    shell.expect("# hanya komentar", &[], 0).await;
    shell.expect("", &[], 0).await;
    shell.expect(&format!("echo {} | wc -c", "x".repeat(6000)), &["6001"], 0).await;
    shell.expect(&format!("wc -c <<'EOF'\n{}\nEOF", "x".repeat(300_000)), &["300001"], 0).await;
}

#[tokio::test]
async fn next_command_works_after_changed_shell_and_terminal_settings() {
    let mut shell = Shell::start().await;
    for text in [
        "unset PROMPT_COMMAND; PS1='x> ' PS2='y> ' PS0=z",
        "stty raw -echo",
        "stty raw echo; printf 'x\\r\\n' >/dev/null",
        "stty cols 40 rows 10",
        "set -u",
        "set -f; IFS=:",
        "set -C",
        "set -o posix",
        "set +o posix",
        "exec 3</dev/null 8>/dev/null 9</dev/null",
        "alias builtin=false printf=false eval=false",
        "unalias -a",
        "trap 'true' DEBUG ERR",
        "trap - DEBUG ERR",
        "printf() { :; }; jobs() { :; }; read() { :; }; unset -f printf jobs read",
    ] {
        shell.lines(text, 0).await;
        shell.expect("stty size; echo masih \"$?\"; (exit 9)", &["200 100", "masih 0"], 9).await;
        let modes = shell.lines("stty -a", 0).await.join(" ");
        for mode in [" icanon", " echo ", " isig", " icrnl", " opost", " onlcr"] {
            assert!(modes.contains(mode), "{text}: {mode} {modes}");
        }
    }
    shell.expect("set -x", &[], 0).await;
    shell.expect("echo lacak", &["++ echo lacak", "lacak"], 0).await;
    shell.expect("set +x", &["++ set +x"], 0).await;
    shell.expect("exec >out 2>&1", &[], 0).await;
    shell.expect("echo ke berkas; nosuchcmd", &[], 127).await;
    shell.expect("exec >/dev/tty 2>&1; cat out", &["ke berkas", "bash: nosuchcmd: command not found"], 0).await;
}

#[tokio::test]
async fn forged_or_unfinished_escape_sequences_do_not_hide_the_end_of_a_command() {
    let mut shell = Shell::start().await;
    for (text, status) in [
        ("printf '\\e]777;fake;D;1;0\\a\\e]133;D;0\\a'; (exit 7)", 7),
        ("printf '\\e]0;unterminated'", 0),
        ("printf '\\eP dcs'", 0),
        ("printf '\\e]777;'", 0),
        ("head -c 30000 /dev/urandom", 0),
    ] {
        shell.lines(text, status).await;
        shell.expect("echo ok", &["ok"], 0).await;
    }
    shell.expect("env | grep -c '777;'; echo ok", &["0", "ok"], 0).await;
}

#[tokio::test]
async fn background_jobs_print_as_in_a_terminal() {
    let mut shell = Shell::start().await;
    let lines = shell.lines("sleep 0.5 &", 0).await;
    assert!(lines.len() == 1 && lines[0].starts_with("[1] "), "{lines:?}");
    shell.expect("wait", &["[1]+  Done                    sleep 0.5"], 0).await;
    // If a background job prints late, its output belongs to the command that is then running. Bash reports the end of
    // a job as in a terminal.
    shell.lines("mkfifo f; (cat f; echo TELAT) &", 0).await;
    let lines = shell.lines("echo x >f; wait; echo selesai", 0).await;
    assert!(lines.contains(&"TELAT".to_owned()) && lines.contains(&"selesai".to_owned()), "{lines:?}");
    shell.lines("(sleep .05; echo LATE) & disown", 0).await;
    shell.expect("sleep .3; echo after", &["LATE", "after"], 0).await;
    shell.expect("sh -c 'kill -STOP $$'", &["", "[1]+  Stopped                 sh -c 'kill -STOP $$'"], 147).await;
    shell.expect("kill -KILL %1; sleep .1", &["[1]+  Killed                  sh -c 'kill -STOP $$'"], 0).await;
}

#[tokio::test]
async fn output_is_passed_on_without_changes() {
    let mut shell = Shell::start().await;
    let mut seen = Vec::new();
    let input = TypedCommand::new("printf 'a\\n'; printf '\\e[1mb'");
    shell.session.run(input, LIMIT, &mut |bytes| seen.extend_from_slice(bytes)).await.unwrap();
    assert_eq!(seen, b"a\r\n\x1b[1mb");
}

#[tokio::test]
async fn redrawn_output_is_returned_as_finally_shown() {
    let mut shell = Shell::start().await;
    shell.expect("echo a; clear; echo hi", &["hi"], 0).await;
    shell.expect("seq 500; printf '\\e[H\\e[2J\\e[3J'; echo hi", &["hi"], 0).await;
    shell.expect("printf 'a\\e[?1049hlain\\e[?1049lb'", &["ab"], 0).await;
    let layers = "for i in $(seq 45); do echo layer$i: Pulling; done\n\
        for s in Downloading 'Pull complete'; do for i in $(seq 45); do n=$((46 - i)); printf '\\e[%sA\\e[2K\\rlayer%s: %s\\r\\e[%sB' $n $i \"$s\" $n; done; done; echo Status: ok";
    let mut lines: Vec<String> = (1..=45).map(|i| format!("layer{i}: Pull complete")).collect();
    lines.push("Status: ok".to_owned());
    shell.expect(layers, &lines.each(), 0).await;
}

#[tokio::test]
async fn huge_output_is_cut_to_22_000_lines() {
    let mut shell = Shell::start().await;
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak();
    let ran = shell
        .run("yes 0123456789012345678901234567890123456789012345678901234567890123456789012345678 | head -1250000")
        .await;
    assert_eq!((ran.end, ran.cut, ran.lines.len()), (CommandEnd::Status(0), true, 22_000));
    assert!(ran.lines.iter().all(|line| line.len() == 79));
    drop(ran);
    let ran = shell.within(Duration::from_secs(1), "yes").await;
    assert_eq!((ran.end, ran.cut, ran.lines.len()), (CommandEnd::TimedOut { recovered: true }, true, 22_000));
    let ran = shell.within(Duration::from_secs(1), "yes | tr -d '\\n'").await;
    assert_eq!((ran.end, ran.cut, ran.lines.len()), (CommandEnd::TimedOut { recovered: true }, true, 1));
    shell.expect("echo sesudahnya", &["sesudahnya"], 0).await;
    eprintln!("peak {} KiB", peak() - before);
}

#[tokio::test]
async fn error_says_why_a_shell_does_not_start() {
    let scratch = tempfile::tempdir().unwrap();
    let error = ShellSession::start(spec(scratch.path(), &["/nosuch"])).await.err();
    assert!(matches!(error, Some(SessionError::Start { .. })), "{error:?}");
    let words = ["sh", "-c", "echo tidak bisa masuk >&2; exit 1"];
    let error = ShellSession::start(spec(scratch.path(), &words)).await.err();
    assert!(matches!(&error, Some(SessionError::NotReady { output }) if output == "tidak bisa masuk"), "{error:?}");
    let error = ShellSession::start(spec(Path::new("/proc/nosuch"), &[])).await.err();
    assert!(matches!(error, Some(SessionError::SetUp { .. })), "{error:?}");
}

#[tokio::test]
async fn shell_runs_under_the_enter_command_of_its_spec() {
    let scratch = tempfile::tempdir().unwrap();
    let session = ShellSession::start(spec(scratch.path(), &["env", "DI=sana"])).await.unwrap();
    let mut shell = Shell { session, scratch };
    shell.expect("echo $DI", &["sana"], 0).await;
    shell.session.close().await;
}

#[tokio::test]
async fn shell_works_in_namespaces() {
    let words = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--net", "--mount-proc"];
    let allowed = std::process::Command::new(words[0]).args(&words[1..]).arg("true").output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        eprintln!("this machine gives no namespaces: not tested");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let session = ShellSession::start(spec(scratch.path(), &words)).await.unwrap();
    let mut shell = Shell { session, scratch };
    shell.expect("echo $$; (exit 4)", &["1"], 4).await;
    shell.expect("(setsid sleep 1000 &); sh -c 'exit 5'", &[], 5).await;
    let ran = shell.within(SHORT, "echo awal; sleep 1000").await;
    assert_eq!((ran.end, ran.lines.each()), (CommandEnd::TimedOut { recovered: true }, vec!["awal"]));
    let ran = shell.within(SHORT, "sh -c 'trap \"\" INT QUIT TERM; while :; do sleep 1; done'").await;
    assert_eq!(ran.end, CommandEnd::TimedOut { recovered: true });
    shell
        .talk(
            "PS1='$ ' sh -i",
            &[("$ ", "sleep 1000"), ("", "^C"), ("$ ", "exit 3")],
            &["$ sleep 1000", "^C", "$ exit 3"],
            3,
        )
        .await;
    let ran = shell.run("exit 6").await;
    assert_eq!(ran.end, CommandEnd::ShellExited(Some(6)));
}

#[test]
fn session_can_be_sent_between_threads() {
    fn moves<T: std::marker::Send>(_: T) {}
    moves(async {
        let mut session = ShellSession::start(spec(Path::new("/"), &[])).await.unwrap();
        session.run(TypedCommand::new(""), LIMIT, &mut |_| {}).await.unwrap();
        session.close().await;
    });
}
