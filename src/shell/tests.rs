//! Tests the reader. Compares the reader's decisions about unfinished text with the decisions of bash.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

/// Texts that bash accepts as complete.
const WHOLE: &[&str] = &[
    "",
    "docker ps",
    "echo 'a b' \"c $(date) `id` ${HOME}\" # don't",
    "echo \"it's\"",
    "echo 'say \"hi\"'",
    "docker inspect --format '{{range .Mounts}}{{.Name}}{{end}}' web",
    r#"docker ps --format "{{.Names}}""#,
    "if true; then echo a; fi",
    "for i in 1 2 3; do echo $i; done",
    "for ((i=0; i<3; i++)); do echo $i; done",
    "while read x; do echo $x; done < f",
    "until docker ps; do sleep 1; done",
    "case x in a) echo 1 ;; (b) echo 2;; *) ;; esac",
    "f() { echo; }",
    "function f { echo; }",
    "{ echo a; echo b; }",
    "( cd / && ls )",
    "echo $((1 + (2 << 3))) $(( 16#ff ))",
    "a=(1 2 if)",
    "a=$(date)if",
    "diff <(a) <(b)",
    "\\\n# (",
    "cat <<EOF\nhello ' ( {\nEOF",
    "cat <<-'E O F' > x\n\thi\n\tE O F",
    "cat <<A; cat <<B\na\nA\nb\nB",
    "cat <<< word",
    "echo a \\\n  b",
    "echo a |\n  cat",
    "echo a > f 2>&1",
    "echo a >| f",
    "sleep 1 &",
    "echo in done fi esac } )",
    "echo {a,b}",
    "[[ a == b && ( c < d ) ]]",
    "[[ -n $x ]] || echo no",
    "echo ${x#y} ${#x} $#",
    "echo \"${x:-'a b'}\"",
    "echo $'it\\'s'",
];

/// Texts after which bash waits for more input.
const UNFINISHED: &[&str] = &[
    "echo 'a",
    "echo \"a",
    "echo \"a $(date",
    "echo \"it's $(echo ')' \"",
    "echo `id",
    "echo ${x",
    "echo \"${x:-'}\"",
    "echo $(",
    "echo a \\",
    "echo a |",
    "echo a | # then",
    "echo a &&",
    "echo a ||",
    "cat <<EOF",
    "cat <<EOF\nhi",
    "cat <<EOF\n  EOF",
    "cat <<A; cat <<B\na\nA\nb",
    "(",
    "{",
    "{ echo a;",
    "if true; then",
    "if true; then echo; fi; if x",
    "for i in 1 2; do echo fi",
    "while true",
    "case x in",
    "case x in a) echo ;;",
    "case x in a) case y in b) ;; esac ;;",
    "f()",
    "f() {",
    "function f",
    "a && \\\n",
    "a || \\\n{ b;",
    "[[ a &&",
    "echo $((1 +",
    "a=(1 2",
];

#[test]
fn text_that_bash_accepts_is_complete() {
    for text in WHOLE {
        assert_eq!(read(text).incomplete, None, "{text:?}");
        assert!(!is_incomplete(text), "{text:?}");
    }
}

#[test]
fn text_after_which_bash_waits_is_incomplete() {
    for text in UNFINISHED {
        assert!(read(text).incomplete.is_some(), "{text:?}");
    }
}

/// Whether bash reports that a text ended too early. For an open here-document, bash only prints a warning.
fn bash_waits(text: &str) -> bool {
    let mut bash = Command::new("bash");
    let mut bash = bash
        .args(["--norc", "-n"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash");
    bash.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("bash reads");
    let said = String::from_utf8_lossy(&bash.wait_with_output().expect("bash ends").stderr).into_owned();
    let signs = ["unexpected end of file", "unexpected EOF", "unexpected token `EOF'", "delimited by end-of-file"];
    // bash reports nothing for a `\` at the end of a file.
    text.ends_with('\\') || signs.iter().any(|sign| said.contains(sign))
}

#[test]
fn bash_accepts_the_complete_texts_and_waits_after_the_unfinished_texts() {
    for (texts, waits) in [(WHOLE, false), (UNFINISHED, true)] {
        for text in texts {
            assert_eq!(bash_waits(text), waits, "{text:?}");
        }
    }
}

#[test]
fn incomplete_text_names_the_kind_of_missing_input() {
    for (text, reason) in [
        ("cat <<EOF\nhi", Incomplete::HereDocument),
        ("docker ps \\", Incomplete::Backslash),
        ("docker ps |", Incomplete::Rest),
        ("echo \"$(date", Incomplete::Rest),
        ("if true", Incomplete::Rest),
    ] {
        assert_eq!(read(text).incomplete, Some(reason), "{text:?}");
    }
}

fn words(text: &str) -> Vec<Vec<String>> {
    let texts = |command: &SimpleCommand| command.words.iter().map(|word| word.text.clone()).collect();
    read(text).commands().map(texts).collect()
}

#[test]
fn words_are_split_and_unquoted_as_in_bash() {
    for (text, expected) in [
        ("  docker   ps ", vec![vec!["docker", "ps"]]),
        ("echo 'a b' \"c d\" e\\ f ''", vec![vec!["echo", "a b", "c d", "e f", ""]]),
        ("a'b'\"c\"d", vec![vec!["abcd"]]),
        (r#"echo "a\"b\\c\n" 'x\y'"#, vec![vec!["echo", "a\"b\\c\\n", "x\\y"]]),
        ("docker run \\\n  -d nginx", vec![vec!["docker", "run", "-d", "nginx"]]),
        ("docker rm $(docker ps -aq) \"${X:-a b}\"", vec![vec!["docker", "rm", "$(docker ps -aq)", "${X:-a b}"]]),
        ("docker ps|wc -l && ls;pwd&", vec![vec!["docker", "ps"], vec!["wc", "-l"], vec!["ls"], vec!["pwd"]]),
        ("docker run nginx 2>&1 >/dev/null <in &>>all", vec![vec!["docker", "run", "nginx"]]),
        ("echo a#b # docker ps", vec![vec!["echo", "a#b"]]),
        ("cat <<'E' > f\ndocker ps\nE\nls", vec![vec!["cat"], vec!["ls"]]),
        ("while ! docker ps; do sleep 1; done", vec![vec!["docker", "ps"], vec!["sleep", "1"]]),
        ("for i in 1 2; do docker ps; done", vec![vec!["docker", "ps"]]),
        ("case x in a) echo 1 ;; (b|c) echo 2;; esac", vec![vec!["echo", "1"], vec!["echo", "2"]]),
        ("f() { docker ps; }; [[ a == b && -n x ]] && ls", vec![vec!["docker", "ps"], vec!["ls"]]),
        ("( cd / && ls )", vec![vec!["cd", "/"], vec!["ls"]]),
        ("$'a\\tb\\'c'", vec![vec!["a\tb'c"]]),
        ("echo 2 >f 3", vec![vec!["echo", "2", "3"]]),
        ("a=(1 2) x=$(date)if echo", vec![vec!["echo"]]),
        ("", vec![]),
    ] {
        assert_eq!(words(text), expected, "{text:?}");
    }
}

#[test]
fn redirections_and_assignments_are_not_among_the_words_of_a_command() {
    let text = "A=1 B='x y' docker run x 2>&1 >> f <<-EOF # why\n\tbody\n\tEOF";
    let script = read(text);
    let command = script.commands().next().expect("a command");
    assert_eq!(command.assignments.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["A=1", "B=x y"]);
    let redirects: Vec<_> = command
        .redirects
        .iter()
        .map(|one| (one.descriptor.as_deref().unwrap_or("-"), one.operator.as_str(), one.target.text.as_str()))
        .collect();
    assert_eq!(redirects, [("2", ">&", "1"), ("-", ">>", "f"), ("-", "<<-", "EOF")]);
    assert_eq!(&text[command.words[0].span.clone()], "docker");
    assert_eq!(&text[command.assignments[1].span.clone()], "B='x y'");
}

#[test]
fn quoted_dollar_has_another_meaning_than_an_expanded_dollar() {
    let meaning = |text: &str| read(text).commands().next().expect("a command").words[1].meaning.clone();
    assert_eq!(meaning("echo '$HOME'"), meaning("echo \\$HOME"));
    assert_eq!(meaning("echo '$HOME'"), meaning("echo \"\\$HOME\""));
    assert_eq!(meaning("echo \"$HOME\""), meaning("echo $HOME"));
    assert_ne!(meaning("echo '$HOME'"), meaning("echo \"$HOME\""));
    assert_ne!(meaning(r"echo \\$HOME"), meaning(r"echo \$HOME"));
}

#[test]
fn commands_inside_of_substitutions_are_found() {
    let text = "docker rm $(docker ps -aq --filter name=`hostname`) \"$(docker images -q)\" '$(no)'";
    let found: Vec<String> = read(text)
        .all_commands()
        .iter()
        .map(|command| command.words.iter().take(2).map(|word| word.text.clone()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(found, ["docker rm", "docker ps", "hostname", "docker images"]);
}

#[test]
fn sudo_is_recognised_in_each_spelling() {
    let sudo = |text: &str| read(text).commands().find_map(|command| command.invocation().sudo);
    for text in
        ["sudo docker ps", "/usr/bin/sudo docker ps", "cd x && sudo -u root -n docker ps", "A=1 sudo -- docker ps"]
    {
        assert_eq!(sudo(text), Some(Sudo::DropsEngine), "{text}");
    }
    for text in
        ["sudo -E docker ps", "sudo --preserve-env=DOCKER_HOST docker ps", "sudo DOCKER_HOST=unix:///x docker ps"]
    {
        assert_eq!(sudo(text), Some(Sudo::KeepsEngine), "{text}");
    }
    assert_eq!(sudo("echo sudo docker ps"), None);
}

#[test]
fn quoted_value_is_read_as_one_word() {
    for value in ["", "a b", "it's", "$HOME", "--name=web", "a\nb", "ü"] {
        assert_eq!(words(&format!("echo {}", quoted(value))), [["echo", value]], "{value:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_with_spans_inside_of_it(text in "[a-c '\"\\\\$`(){}|&;<>#=\n2-]{0,40}|\\PC{0,40}") {
        let script = read(&text);
        for command in script.all_commands() {
            let _ = command.invocation();
        }
        for word in script.commands().flat_map(|command| &command.words) {
            proptest::prop_assert!(text.get(word.span.clone()).is_some(), "{:?} {:?}", text, word);
        }
    }
}

#[test]
fn line_of_commands_in_sequence_is_split_into_these_commands() {
    for (line, commands) in [
        ("docker stop a && docker rm a; ls | wc", &["docker stop a", "docker rm a", "ls | wc"][..]),
        ("docker pull a\ndocker run a", &["docker pull a", "docker run a"]),
        ("echo 'a; b' ;", &["echo 'a; b'"]),
        ("docker rm a || true", &[]),
        ("for x in a; do ls; done", &[]),
        ("sleep 5 &", &[]),
        ("echo 'a", &[]),
    ] {
        assert_eq!(sequence(line), commands, "{line}");
    }
}
