//! Tests how a command ends at its time limit, and how the shell and all processes of a session end.

use super::*;

#[tokio::test]
async fn time_limit_ends_a_command_and_the_shell_stays_usable() {
    let mut cases = tokio::task::JoinSet::new();
    for text in [
        "sleep 1000",
        "cat",
        "cat >/dev/null",
        "read -p 'nama? ' n",
        "while :; do :; done",
        "trap '' INT; sleep 1000",
        "sh -c 'trap \"\" INT; sleep 1000'",
        "sh -c 'trap \"\" INT QUIT; sleep 1000; sleep 1000'",
        "sh -c 'trap \"\" INT QUIT TERM; while :; do sleep 1; done'",
        "sh -c 'stty raw -echo; trap \"\" TERM; sleep 1000; sleep 1000'",
        "(kill -STOP $$; sleep 1000)",
        "unset PROMPT_COMMAND; sleep 1000",
    ] {
        cases.spawn(async move {
            let mut shell = Shell::start().await;
            let ran = shell.within(SHORT, &format!("echo awal; {text}")).await;
            assert_eq!(ran.end, CommandEnd::TimedOut { recovered: true }, "{text}");
            assert_eq!(ran.lines[0], "awal", "{text}");
            assert!(ran.lines.len() <= 2 && !ran.lines.concat().contains('^'), "{text}: {:?}", ran.lines);
            assert!(ran.elapsed >= SHORT, "{text}: {:?}", ran.elapsed);
            shell.expect("trap - INT; echo hidup $((6 * 7))", &["hidup 42"], 0).await;
            shell.expect("false", &[], 1).await;
            shell.session.close().await;
        });
    }
    while let Some(done) = cases.join_next().await {
        done.unwrap();
    }
}

#[tokio::test]
async fn shell_that_cannot_be_interrupted_is_killed_at_the_time_limit() {
    for text in ["trap '' INT QUIT TERM; while :; do :; done", "exec sleep 1000", "exec sh -c 'trap \"\" INT; cat'"] {
        let mut shell = Shell::start().await;
        let pid = shell.lines("echo $$", 0).await.remove(0);
        let ran = shell.within(SHORT, text).await;
        let end = if text.starts_with("exec sleep") {
            CommandEnd::ShellExited(None)
        } else {
            CommandEnd::TimedOut { recovered: false }
        };
        assert!(ran.end == end || ran.end == CommandEnd::TimedOut { recovered: false }, "{text}: {:?}", ran.end);
        assert!(!is_alive(&pid), "{text}");
        let again = shell.session.run(TypedCommand::new("true"), LIMIT, &mut |_| {}).await;
        assert!(matches!(again, Err(SessionError::Gone)), "{text}");
    }
}

#[tokio::test]
async fn stopped_shell_continues_after_the_time_limit() {
    let mut shell = Shell::start().await;
    let ran = shell.within(SHORT, "echo awal; kill -STOP $$; echo akhir").await;
    assert_eq!((ran.end, ran.lines), (CommandEnd::TimedOut { recovered: true }, vec!["awal".to_owned()]));
    shell.expect("echo bangun", &["bangun"], 0).await;
}

#[tokio::test]
async fn command_that_ends_the_shell_returns_its_status_and_no_command_can_follow() {
    for (text, lines, status) in [
        ("echo bye; exit 3", &["bye", "exit"][..], Some(3)),
        ("exec false", &[], Some(1)),
        ("set -e; false", &[], Some(1)),
        ("kill -KILL $$", &[], None),
        ("setsid sleep 1000 & sleep .05; exec sh -c 'echo terakhir; exit 4'", &["terakhir"], Some(4)),
    ] {
        let mut shell = Shell::start().await;
        let mut ran = shell.run(text).await;
        ran.lines.retain(|line| !line.starts_with("[1]"));
        assert_eq!((ran.end, ran.lines.each()), (CommandEnd::ShellExited(status), lines.to_vec()), "{text}");
        let again = shell.session.run(TypedCommand::new("true"), LIMIT, &mut |_| {}).await;
        assert!(matches!(again, Err(SessionError::Gone)));
    }
}

#[tokio::test]
async fn close_ends_every_process_of_the_session() {
    let mut shell = Shell::start().await;
    let lines = shell
        .lines(
            "mkfifo up; exec 3<>up\n\
             setsid sh -c 'echo $$ >&3; exec sleep 1001' &\n\
             (setsid sh -c 'trap \"\" TERM HUP INT; echo $$ >&3; exec >/dev/null 2>&1 </dev/null; while :; do sleep 1; done' &)\n\
             sh -c 'trap \"\" TERM HUP; echo $$ >&3; kill -STOP $$; sleep 1002' &\n\
             (env -i setsid sh -c 'echo $$ >&3; exec sleep 1003'; wait) &\n\
             sh -c 'echo $$ >&3; exec sleep 1004' & disown\n\
             for i in 1 2 3 4 5; do read -u 3; echo $REPLY; done; echo $$",
            0,
        )
        .await;
    let pids: Vec<&String> = lines.iter().filter(|line| line.parse::<i32>().is_ok()).collect();
    assert_eq!(pids.len(), 6, "{lines:?}");
    assert!(pids.iter().all(|pid| is_alive(pid)), "{lines:?}");
    let begun = Instant::now();
    shell.session.close().await;
    assert!(pids.iter().all(|pid| !is_alive(pid)), "{lines:?}");
    assert!(begun.elapsed() < LIMIT);
    let left: Vec<_> = std::fs::read_dir(shell.scratch.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["up"]);
}

#[tokio::test]
async fn dropped_session_leaves_no_process() {
    let mut shell = Shell::start().await;
    let lines = shell.lines("setsid sleep 1001 & echo $!; echo $$", 0).await;
    drop(shell.session);
    for pid in &lines[1..] {
        let begun = Instant::now();
        while is_alive(pid) {
            assert!(begun.elapsed() < LIMIT);
            std::thread::yield_now();
        }
    }
}

#[tokio::test]
async fn session_is_unusable_after_the_run_of_a_command_was_dropped() {
    let mut shell = Shell::start().await;
    let input = TypedCommand::new("sleep 1000");
    assert!(tokio::time::timeout(SHORT, shell.session.run(input, LIMIT, &mut |_| {})).await.is_err());
    let again = shell.session.run(input, LIMIT, &mut |_| {}).await;
    assert!(matches!(again, Err(SessionError::Gone)));
    shell.session.close().await;
}
