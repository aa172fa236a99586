//! Runs thirty-five unusual commands, one after the other in the same shell. Other programs that control shells fail
//! with these commands. The shell must still work after them.

use dermaga::session::CommandEnd;

use super::{LIMIT, SHORT, Shell};

/// The expected output of a command.
enum Seen {
    Lines(&'static [&'static str]),
    /// Any output.
    Anything,
    /// This number of lines.
    Count(usize),
    /// Any output. The command must reach its time limit.
    Limit,
}

use Seen::{Anything, Count, Limit, Lines};

const CASES: [(&str, Seen, i32); 35] = [
    ("false", Lines(&[]), 1),
    ("nosuchcmd", Lines(&["bash: nosuchcmd: command not found"]), 127),
    ("(exit 42)", Lines(&[]), 42),
    ("echo st=$?", Lines(&["st=42"]), 0),
    ("printf abc", Lines(&["abc"]), 0),
    ("printf '\\e]777;fake;D;0;x\\a\\e]133;D;0\\a'; (exit 7)", Lines(&[]), 7),
    ("mkfifo late; (read -r < late; echo LATE; echo > late) & disown", Anything, 0),
    ("echo > late; read -r < late; echo after", Lines(&["LATE", "after"]), 0),
    ("printf '\\e]0;unterminated'", Anything, 0),
    ("printf '\\eP dcs'", Anything, 0),
    ("echo ok", Lines(&["ok"]), 0),
    ("head -c 3000 /dev/urandom", Anything, 0),
    ("echo ok2", Lines(&["ok2"]), 0),
    ("stty raw echo", Lines(&[]), 0),
    ("echo ok3; stty -a | grep -o ' icanon'", Lines(&["ok3", " icanon"]), 0),
    ("cd /tmp; X=1; f() { echo f$X; }", Lines(&[]), 0),
    ("f; pwd; declare Y=2", Lines(&["f1", "/tmp"]), 0),
    ("echo $Y", Lines(&["2"]), 0),
    ("cat <<'EOF'\nbaris satu\n  $HOME 'q' \"d\"\nEOF", Lines(&["baris satu", "  $HOME 'q' \"d\""]), 0),
    ("for i in 1 2 3; do\n  echo $i\ndone", Lines(&["1", "2", "3"]), 0),
    ("if then", Lines(&["bash: syntax error near unexpected token `then'"]), 2),
    ("LONG", Lines(&["6001"]), 0),
    ("tput cols; stty size; echo $COLUMNS", Lines(&["100", "200 100", "100"]), 0),
    ("printf '%s\\n' '日本語 é e\u{301} 👨‍👩‍👧 ─┐'", Lines(&["日本語 é e\u{301} 👨‍👩‍👧 ─┐"]), 0),
    ("printf '%0250d\\n' 7", Count(1), 0),
    ("seq 300", Count(300), 0),
    ("printf 'a\\tb\\n12345678\\tc\\n'", Lines(&["a       b", "12345678        c"]), 0),
    ("clear; echo hi", Lines(&["hi"]), 0),
    ("printf 'x\\n\\n\\ny\\n\\n'", Lines(&["x", "", "", "y"]), 0),
    ("cat", Limit, 0),
    ("sleep 30", Limit, 0),
    ("trap '' INT; sleep 30", Limit, 0),
    ("trap - INT; echo alive", Lines(&["alive"]), 0),
    ("read -p 'nama? ' n", Limit, 0),
    ("unset PROMPT_COMMAND", Lines(&[]), 0),
];

#[tokio::test]
async fn unusual_commands_leave_the_shell_usable() {
    let mut shell = Shell::start().await;
    let long = format!("echo {} | wc -c", "x".repeat(6000));
    for (text, seen, status) in CASES {
        let text = if text == "LONG" { &long } else { text };
        let ran = shell.within(if matches!(seen, Limit) { SHORT } else { LIMIT }, text).await;
        let end =
            if matches!(seen, Limit) { CommandEnd::TimedOut { recovered: true } } else { CommandEnd::Status(status) };
        assert_eq!(ran.end, end, "{text}: {:?}", ran.lines);
        match seen {
            Lines(lines) => assert_eq!(ran.lines, lines, "{text}"),
            Count(count) => assert_eq!(ran.lines.len(), count, "{text}"),
            Anything | Limit => {}
        }
    }
    shell.expect("echo masih", &["masih"], 0).await;
    let ran = shell.run("echo bye; exit 3").await;
    assert_eq!((ran.lines, ran.end), (vec!["bye".to_owned(), "exit".to_owned()], CommandEnd::ShellExited(Some(3))));
}
