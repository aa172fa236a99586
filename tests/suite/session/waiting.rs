//! Tests programs that wait for input although the script has no more input, and programs that only seem to wait.

use std::sync::Mutex;

use dermaga::session::{TerminalReader, WaitingProgram};

use super::*;

/// The text before the cursor and the kind of the reading program, for each pause of the output.
type Seen = Mutex<Vec<(String, TerminalReader)>>;

/// Runs a command and calls `reply` at each pause of its output. Returns the output, and a record of the pauses.
async fn run(
    text: &str,
    limit: Duration,
    reply: &(dyn Fn(&WaitingProgram<'_>) -> WaitAction + Sync),
) -> (CommandOutput, Seen) {
    let mut shell = Shell::start().await;
    let seen = Seen::default();
    let noting = |waiting: &WaitingProgram<'_>| {
        seen.lock().unwrap().push((waiting.before.to_owned(), waiting.reader));
        reply(waiting)
    };
    let ran = shell
        .session
        .run(TypedCommand { reply: &noting, ..TypedCommand::new(text) }, limit, &mut |_| {})
        .await
        .unwrap();
    if !matches!(ran.end, CommandEnd::ShellExited(_)) {
        shell.expect("echo $((6 * 7))", &["42"], 0).await;
    }
    shell.session.close().await;
    (ran, seen)
}

/// Ends a program that reads from the terminal after a visible prompt. Waits for all other programs.
fn end_readers(waiting: &WaitingProgram<'_>) -> WaitAction {
    let reads =
        matches!(waiting.reader, TerminalReader::Line | TerminalReader::Keys) && !waiting.before.trim().is_empty();
    if reads { WaitAction::End } else { WaitAction::Wait }
}

#[tokio::test]
async fn reply_to_a_pause_can_answer_a_programs_question() {
    for text in [
        "read -p 'Continue? [y/N] ' x; echo \"got $x\"",
        "bash -c 'read -p \"Continue? [y/N] \" x; echo \"got $x\"'",
        "sh -c 'printf \"Continue? [y/N] \"; read x; echo \"got $x\"'",
        "sh -c 'printf Conti; sleep 0.5; printf \"nue? [y/N] \"; read x; echo \"got $x\"'",
    ] {
        let answer = |waiting: &WaitingProgram<'_>| match waiting.reader {
            TerminalReader::Line if waiting.before == "Continue? [y/N] " => WaitAction::Line("y".to_owned()),
            _ => WaitAction::Wait,
        };
        let (ran, seen) = run(text, LIMIT, &answer).await;
        assert_eq!(ran.end, CommandEnd::Status(0), "{text}: {seen:?}");
        assert_eq!(ran.lines, ["Continue? [y/N] y", "got y"], "{text}");
    }
}

#[tokio::test]
async fn reply_to_a_pause_can_end_a_reading_program_before_its_time_limit() {
    for (text, shown) in [
        ("read -p 'name? ' x", "name? "),
        ("sh -c 'printf \"Password: \"; stty -echo; read x; stty echo'", "Password: "),
        ("PS1='$ ' bash --norc -i", "$ "),
        ("PS1='# ' sh -i", "# "),
        ("cat <(printf a) - ", "a"),
    ] {
        let began = Instant::now();
        let (ran, seen) = run(text, LIMIT, &end_readers).await;
        assert!(matches!(ran.end, CommandEnd::Aborted { .. }), "{text}: {ran:?} {seen:?}");
        assert_eq!(ran.waits.as_deref(), Some(shown), "{text}");
        assert!(began.elapsed() < LIMIT / 4, "{text}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn silent_program_that_does_not_read_keeps_running() {
    for (text, lines) in [
        ("printf 'Working... '; sleep 2; echo done", &["Working... done"][..]),
        ("printf 'Continue? [y/N] '; sleep 2; echo", &["Continue? [y/N]"]),
        ("sh -c 'printf \"50%%\"; sleep 1; printf \"\\r100%%\\n\"'", &["100%"]),
        ("sleep 2", &[]),
        ("printf '$ '; (sleep 2; echo x) | cat", &["$ x"]),
        ("printf '/ # '; read x < <(sleep 2; echo y); echo $x", &["/ # y"]),
    ] {
        let (ran, seen) = run(text, LIMIT, &end_readers).await;
        assert_eq!((ran.end, ran.lines.each()), (CommandEnd::Status(0), lines.to_vec()), "{text}: {seen:?}");
        assert!(
            seen.lock()
                .unwrap()
                .iter()
                .all(|(_, reader)| matches!(reader, TerminalReader::Nobody | TerminalReader::Unknown))
        );
    }
}

#[tokio::test]
async fn timed_out_command_returns_the_text_before_the_cursor() {
    let (ran, _) = run("read -p 'name? ' x", SHORT, &WaitAction::wait).await;
    assert_eq!((ran.end, ran.waits.as_deref()), (CommandEnd::TimedOut { recovered: true }, Some("name? ")));
    let (ran, _) = run("printf 'Working... '; sleep 1000", SHORT, &WaitAction::wait).await;
    assert_eq!((ran.end, ran.waits), (CommandEnd::TimedOut { recovered: true }, None));
}

#[tokio::test]
async fn input_for_any_shell_is_typed_at_every_shell_prompt() {
    let mut shell = Shell::start().await;
    let cue = |line: &str| ScriptedInput {
        prompt: Some("root@server:/home# ".to_owned()),
        any_shell: true,
        send: Keystrokes::Line(line.to_owned()),
    };
    let script = [cue("echo a"), cue("exit")];
    for prompt in ["[root@x ~]# ", "# ", "bash-5.2$ ", "x:~# "] {
        let text = format!("PS1='{prompt}' bash --norc -i");
        let ran = shell
            .session
            .run(TypedCommand { script: &script, ..TypedCommand::new(&text) }, LIMIT, &mut |_| {})
            .await
            .unwrap();
        assert_eq!((ran.end, ran.inputs_sent), (CommandEnd::Status(0), 2), "{prompt}: {ran:?}");
    }
    shell.session.close().await;
}
