//! What bash takes as it is, and what it waits for.

use super::*;

#[test]
fn whole_commands_are_finished() {
    for text in [
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
        "echo \"${x:-'}\"",
        "echo $'it\\'s'",
    ] {
        assert!(!unfinished(text), "{text:?}");
    }
}

#[test]
fn what_bash_waits_for_is_unfinished() {
    for text in [
        "echo 'a",
        "echo \"a",
        "echo \"a $(date",
        "echo \"it's $(echo ')' \"",
        "echo `id",
        "echo ${x",
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
    ] {
        assert!(unfinished(text), "{text:?}");
    }
}
