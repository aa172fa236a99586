//! Tests input for programs that ask for it, and for shells that run inside the session's shell.

use super::*;

#[tokio::test]
async fn lines_and_keys_of_the_script_reach_the_running_program() {
    let mut shell = Shell::start().await;
    shell.talk("read -p 'nama? ' n", &[("nama? ", "Budi")], &["nama? Budi"], 0).await;
    shell.expect("echo \"$n\"", &["Budi"], 0).await;
    let twice = "read -p '? ' a; read -p '? ' b; echo $b$a";
    shell.talk(twice, &[("? ", "1"), ("? ", "2")], &["? 1", "? 2", "21"], 0).await;
    let secret = "read -s -p 'Password: ' a; read -s -p 'Again: ' b; echo; echo $a$b";
    shell.talk(secret, &[("Password: ", "x"), ("Password: Again: ", "y")], &["Password: Again:", "xy"], 0).await;
    shell.talk("cat", &[("", "halo"), ("", "^D")], &["halo", "halo"], 0).await;
    shell.talk("cat", &[("", "^C")], &["^C"], 130).await;
    shell.expect("echo $?; echo lanjut", &["130", "lanjut"], 0).await;
    shell.talk("while :; do :; done", &[("", "^C")], &["^C"], 130).await;
    let script = [ScriptedInput { prompt: None, any_shell: false, send: Keystrokes::Key(Key::Interrupt) }];
    let ran = shell
        .session
        .run(
            TypedCommand {
                text: "yes",
                script: &script,
                is_ready: &|_, _| true,
                timeout: None,
                reply: &WaitAction::wait,
            },
            LIMIT,
            &mut |_| {},
        )
        .await
        .unwrap();
    assert_eq!((ran.end, ran.inputs_sent), (CommandEnd::Status(130), 1));
}

#[tokio::test]
async fn lines_and_keys_of_the_script_reach_an_inner_shell() {
    let mut shell = Shell::start().await;
    let typed = [("$ ", "echo hai"), ("$ ", ""), ("$ ", "cd /; pwd"), ("$ ", "exit 3")];
    let lines = ["$ echo hai", "hai", "$", "$ cd /; pwd", "/", "$ exit 3"];
    shell.talk("PS1='$ ' sh -i", &typed, &lines, 3).await;
    let lines = ["$ echo hai", "hai", "$", "$ cd /; pwd", "/", "$ exit 3", "exit"];
    shell.talk("PS1='$ ' bash --norc -i", &typed, &lines, 3).await;
    let host = "PS1='root@0123456789ab:\\w# ' bash --norc -i";
    let typed = [("root@aaaaaaaaaaaa:/# ", "clear; echo x"), ("root@aaaaaaaaaaaa:/# ", "exit")];
    let lines = ["x", "root@0123456789ab:/# exit", "exit"];
    shell.expect("cd /", &[], 0).await;
    shell.talk(host, &typed, &lines, 0).await;
    let typed = [("$ ", "sleep 1000"), ("", "^C"), ("$ ", "^D")];
    shell.talk("PS1='$ ' bash --norc -i", &typed, &["$ sleep 1000", "^C", "$", "exit"], 130).await;
    let long = format!("echo {}", "panjang ".repeat(30).trim_end());
    let shown = [format!("$ {long}"), long[5..].to_owned(), "$ exit".to_owned(), "exit".to_owned()].to_vec();
    shell.talk("PS1='$ ' bash --norc -i", &[("$ ", &long), ("$ ", "exit")], &shown.each(), 0).await;
}

#[tokio::test]
async fn lines_of_the_script_reach_an_inner_python() {
    let mut shell = Shell::start().await;
    if shell.run("python3 -c 1").await.end != CommandEnd::Status(0) {
        return;
    }
    let typed = [(">>> ", "x = 6"), (">>> ", "print(x * 7)"), (">>> ", "exit(5)")];
    let ran = [">>> x = 6", ">>> print(x * 7)", "42", ">>> exit(5)"];
    shell.talk("python3 -q -i", &typed, &ran, 5).await;
}

#[tokio::test]
async fn input_is_typed_only_when_the_output_before_it_is_ready() {
    let mut shell = Shell::start().await;
    let script = [ScriptedInput { prompt: Some("$ ".into()), any_shell: false, send: Keystrokes::Line("siap".into()) }];
    let is_ready = |index: usize, above: &[String]| index == 0 && above.iter().any(|line| line == "tiga");
    let text =
        "for i in satu dua tiga; do printf '$ '; sleep .1; printf '\\r%s\\n' $i; done; printf '$ '; read x; echo $x";
    let ran = shell
        .session
        .run(
            TypedCommand { text, script: &script, is_ready: &is_ready, timeout: None, reply: &WaitAction::wait },
            LIMIT,
            &mut |_| {},
        )
        .await
        .unwrap();
    assert_eq!(ran.lines, ["satu", "dua", "tiga", "$ siap", "siap"]);
    let never = TypedCommand {
        text: "printf '$ '; read x",
        script: &script,
        is_ready: &|_, _| false,
        timeout: None,
        reply: &WaitAction::wait,
    };
    let ran = shell.session.run(never, SHORT, &mut |_| {}).await.unwrap();
    assert_eq!((ran.end, ran.inputs_sent), (CommandEnd::TimedOut { recovered: true }, 0));
    let unused =
        TypedCommand { text: "echo x", script: &script, is_ready: &is_ready, timeout: None, reply: &WaitAction::wait };
    let ran = shell.session.run(unused, LIMIT, &mut |_| {}).await.unwrap();
    assert_eq!((ran.end, ran.inputs_sent), (CommandEnd::Status(0), 0));
}
