//! Judges answers for the gaps of a command.

use super::{Said, Verdict};
use crate::docker_cli::{Difference, are_same_lines, command_names, differences, docker_commands};
use crate::explain::{Explanation, Printed, slip, wrong_space};
use crate::lesson::RanPattern;
use crate::quiz::command;
use crate::text::nearest;

/// The options of `docker exec` that connect a terminal.
const TERMINAL: [&str; 5] = ["-i", "-t", "-it", "--interactive", "--tty"];

/// A known mistake of the lesson that depends only on the typed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedMistake {
    /// The commands that have the mistake.
    pub when: RanPattern,
    /// The lesson's explanation of the mistake, as Markdown.
    pub say: String,
}

/// Judges an answer for a command with gaps: the texts for the gaps, or the whole command. `solutions` are the right
/// commands. If the answer makes one of the `mistakes`, the verdict has the lesson's explanation.
#[must_use]
pub fn blank(gapped: &str, solutions: &[String], mistakes: &[TypedMistake], typed: &str) -> Verdict {
    let typed = typed.trim().trim_matches('`').trim();
    let filled = command::fill(gapped, typed);
    let right = !typed.is_empty()
        && solutions.iter().any(|solution| {
            is_solution(typed, solution) || filled.as_deref().is_some_and(|filled| are_same_lines(filled, solution))
        });
    if right {
        return Verdict::new(true, Vec::new());
    }
    let with_docker = format!("docker {typed}");
    let is_docker_missing = lacks_docker(gapped, solutions, typed);
    if is_docker_missing && solutions.iter().any(|solution| are_same_lines(&with_docker, solution)) {
        return Verdict::new(false, vec![Said::Ours("quiz-blank-docker", 0)]);
    }
    let typed = if is_docker_missing { &with_docker } else { typed };
    let whole = filled.as_deref().filter(|_| !command::begins_like(typed, gapped)).unwrap_or(typed);
    let is_made =
        |mistake: &&TypedMistake| mistake.when.find(&[whole], |line| line).is_ok_and(|lines| !lines.is_empty());
    let known = mistakes.iter().find(is_made).map(|mistake| Said::Lesson(mistake.say.clone()));
    Verdict::new(false, vec![known.unwrap_or_else(|| about_blank(gapped, solutions, typed, whole))])
}

/// Whether an answer is a whole command without `docker`, such as `push x` for `docker ____ x`.
fn lacks_docker(gapped: &str, solutions: &[String], typed: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let fillings = solutions.iter().filter_map(|solution| command::fillings(gapped, solution)).flatten();
    let most = fillings.map(|filling| words(&filling)).max().unwrap_or(0);
    let verb = typed.split_whitespace().next().unwrap_or_default();
    gapped.starts_with("docker ") && words(typed) > most && command_names().any(|name| name == verb)
}

/// Whether a whole command is the solution. A terminal for `docker exec` does not matter: the lesson's programs print
/// the same with it.
fn is_solution(typed: &str, solution: &str) -> bool {
    let [typed_calls, calls] = [typed, solution].map(docker_commands);
    let adds_terminal = || match (&typed_calls[..], &calls[..]) {
        ([typed], [call]) if call.familiar_name() == "exec" => differences(typed, call)
            .iter()
            .all(|one| matches!(one, Difference::OptionExtra(option) if TERMINAL.contains(&option.as_str()))),
        _ => false,
    };
    are_same_lines(typed, solution) || adds_terminal()
}

/// Explains a wrong answer for the gaps. Words outside of the gaps do not count as right.
fn about_blank(gapped: &str, solutions: &[String], typed: &str, whole: &str) -> Said {
    let lower = whole.to_lowercase();
    if solutions.iter().any(|solution| are_same_lines(&lower, &solution.to_lowercase())) {
        return Said::Ours("quiz-blank-case", 0);
    }
    let is_short_of_a_dash = whole.split_whitespace().any(|word| {
        let long = format!("--{}", word.trim_start_matches('-'));
        let is_it = |right: &str| right.split('=').next() == long.split('=').next();
        !word.starts_with("--") && solutions.iter().any(|solution| solution.split_whitespace().any(is_it))
    });
    if is_short_of_a_dash {
        return Said::Ours("quiz-blank-dashes", 0);
    }
    if let Some(misspelt) = misspelt_program(gapped, typed) {
        return Said::Slip(misspelt);
    }
    let sorted = |line: &str| {
        let mut words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    if solutions.iter().any(|solution| sorted(solution) == sorted(whole)) {
        return Said::Ours("quiz-blank-order", 0);
    }
    let right: Vec<Vec<String>> = solutions.iter().filter_map(|one| command::fillings(gapped, one)).collect();
    let given = command::fillings(gapped, whole);
    // If a whole command differs from the exercise outside of the gaps, compare the whole command.
    let is_whole = command::begins_like(typed, gapped);
    let is_too_long = || {
        let words = |text: &String| text.split_whitespace().count();
        let most = right.iter().flatten().map(words).max().unwrap_or(0);
        given.iter().flatten().any(|given| words(given) > most)
    };
    if is_whole && (given.is_none() || is_too_long()) {
        if let Some(slip) = solutions.iter().find_map(|solution| outside_gap(gapped, solution, whole)) {
            return Said::Slip(slip);
        }
        return about_beginning(whole, solutions.iter().map(String::as_str), "quiz-blank-whole");
    }
    if gapped.matches(command::GAP).count() > 1 {
        let good = |right: &Vec<String>| {
            let given = given.iter().flatten();
            given.zip(right).filter(|(given, right)| are_same_lines(given, right)).count()
        };
        return Said::Ours("quiz-blank-gaps", right.iter().map(good).max().unwrap_or(0));
    }
    let given = given.and_then(|given| given.into_iter().next()).unwrap_or_else(|| typed.to_owned());
    let right: Vec<&str> = right.iter().filter_map(|right| right.first().map(String::as_str)).collect();
    if right.iter().any(|right| right.split_whitespace().count() > 1) {
        return about_beginning(&given, right.iter().copied(), "quiz-blank-so-far");
    }
    if given.split_whitespace().count() > 1 {
        return Said::Ours("quiz-blank-one-word", 0);
    }
    if right.contains(&given.as_str()) {
        return Said::Ours("quiz-blank-space", 0);
    }
    let same = |right: &&str| right.chars().zip(given.chars()).take_while(|(right, given)| right == given).count();
    // Do not count a single equal letter, because it may be chance.
    let good = right.iter().map(same).max().filter(|&letters| letters > 1).unwrap_or(0);
    Said::Ours("quiz-blank-word", good)
}

/// Finds a misspelt program at the beginning of a whole command, such as `dokcer tag a b`.
fn misspelt_program(gapped: &str, typed: &str) -> Option<Explanation> {
    let (program, _) = gapped.split_once(' ').filter(|(program, _)| *program != command::GAP)?;
    let (word, rest) = typed.split_once(' ')?;
    let near = nearest(word, [program]).filter(|near| *near != word)?;
    let again = format!("{near} {rest}");
    let args = [("word", word), ("near", near), ("again", &again)];
    let args = args.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Some(Explanation { key: "explain-program-unknown", args, show: None })
}

/// Finds a misspelt docker command in a whole command line, such as `docker rnu --rm x`, if the exercise shows the right
/// one.
fn misspelt_verb(gapped: &str, solution: &str, whole: &str) -> Option<Explanation> {
    let verb = docker_commands(solution).first()?.familiar_name().to_owned();
    let word = whole.split_whitespace().nth(1).filter(|word| !command_names().any(|name| name == *word))?;
    let near = nearest(word, [verb.as_str()]).filter(|near| gapped.split_whitespace().any(|shown| shown == *near))?;
    let args = [("word", word), ("near", near)].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Some(Explanation { key: "explain-command-unknown-near", args, show: None })
}

/// Explains the difference between a whole command and the solution. Names a word of the solution only if the exercise
/// shows that word.
fn outside_gap(gapped: &str, solution: &str, whole: &str) -> Option<Explanation> {
    let explain = |shown| slip(whole, &[Printed { command: solution, shown, typed: false }]);
    if let Some(torn) = wrong_space(whole, &[Printed { command: solution, shown: true, typed: false }]) {
        return Some(torn);
    }
    // In an exercise of several lines, the typed command may belong to another line.
    if let Some(other) = explain(false).filter(|slip| slip.key == "explain-slip-verb-hidden") {
        if let Some(misspelt) = misspelt_verb(gapped, solution, whole) {
            return Some(misspelt);
        }
        return Some(Explanation { key: "quiz-blank-verb", ..other });
    }
    let is_shown = |slip: &Explanation| {
        let mut words = slip.args.iter().filter(|(name, _)| matches!(name.as_str(), "expected" | "flag"));
        words.all(|(_, word)| gapped.split_whitespace().any(|shown| shown == word) || whole.contains(word.as_str()))
    };
    explain(true).filter(is_shown).or_else(|| explain(false))
}

/// Reports how many words at the beginning of an answer are right. If all of these words are right, reports that more
/// words are missing.
fn about_beginning<'a>(given: &str, right: impl Iterator<Item = &'a str>, key: &'static str) -> Said {
    let good = right.map(|right| command::agree(given, right)).max().unwrap_or(0);
    let is_short = good > 0 && good == command::agree(given, given);
    // The first word of a whole command, `docker`, does not count as right.
    let good = if key == "quiz-blank-whole" && good == 1 && !is_short { 0 } else { good };
    Said::Ours(if is_short { "quiz-blank-short" } else { key }, good)
}

/// Returns the key of the message to show if a typed command is no answer for the gaps. Such a command is read-only and
/// not in a solution, or begins with another word than the exercise.
#[must_use]
pub fn no_filling(gapped: &str, solutions: &[String], typed: &str) -> Option<&'static str> {
    let typed = typed.trim().trim_matches('`').trim();
    let calls = docker_commands(typed);
    if calls.is_empty() || command::fillings(gapped, typed).is_some() {
        return None;
    }
    let is_asked = |name: &str| {
        solutions.iter().flat_map(|solution| docker_commands(solution)).any(|call| call.familiar_name() == name)
    };
    if calls.iter().all(|call| call.only_looks() && !is_asked(call.familiar_name())) {
        return Some("quiz-command-later");
    }
    (!command::begins_like(typed, gapped)).then_some("quiz-blank-only-gap")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn answer_may_be_the_text_for_the_gap_or_the_whole_command() {
        let solutions = texts(&["docker ps -a"]);
        for typed in ["ps -a", " ps   -a ", "docker ps -a", "`docker ps -a`", "container ls -a", "ps --all"] {
            assert!(blank("docker ____", &solutions, &[], typed).right, "{typed}");
        }
        let exec = texts(&["docker exec kotak cat /tanda"]);
        for (typed, right) in [
            ("docker exec -it kotak cat /tanda", true),
            ("docker exec -i -t kotak cat /tanda", true),
            ("docker exec -d kotak cat /tanda", false),
            ("docker exec -it kotak cat /tnda", false),
        ] {
            assert_eq!(blank("docker ____ kotak cat /tanda", &exec, &[], typed).right, right, "{typed}");
        }
        for typed in ["", "ps", "docker ps", "ps -a -q", "images"] {
            assert!(!blank("docker ____", &solutions, &[], typed).right, "{typed}");
        }
        assert_eq!(blank("docker ____", &solutions, &[], "ps").because, [Said::Ours("quiz-blank-short", 1)]);
        assert_eq!(blank("docker ____", &solutions, &[], "images").because, [Said::Ours("quiz-blank-so-far", 0)]);
        let solutions = texts(&["docker run --name sapa hello-world"]);
        for typed in ["-name sapa", "name sapa"] {
            let told = blank("docker run ____ hello-world", &solutions, &[], typed).because;
            assert_eq!(told, [Said::Ours("quiz-blank-dashes", 0)], "{typed}");
        }
    }

    #[test]
    fn wrong_answer_for_a_gap_reports_the_part_that_is_right() {
        let case = "docker exec x sh -c 'echo ____'";
        for (gapped, solution, typed, key, count) in [
            (case, "docker exec x sh -c 'echo AWS'", "aws", "quiz-blank-case", 0),
            (case, "docker exec x sh -c 'echo AWS'", "docker exec x sh -c 'echo aws'", "quiz-blank-case", 0),
            ("docker ____ kabar", "docker logs kabar", "log", "quiz-blank-word", 3),
            ("docker ____ kabar", "docker logs kabar", "ps", "quiz-blank-word", 0),
            ("docker ____ kabar", "docker logs kabar", "docker ps kabar", "quiz-blank-word", 0),
            ("docker ____ kabar", "docker logs kabar", "logs kabar", "quiz-blank-docker", 0),
            ("docker ____ kabar", "docker logs kabar", "lihat perahu", "quiz-blank-one-word", 0),
            ("docker pull alpine:____", "docker pull alpine:3.20", "3.21", "quiz-blank-word", 3),
            ("docker run -p ____ ____", "docker run -p 80:80 web", "80:80, wob", "quiz-blank-gaps", 1),
            ("docker run ____ web", "docker run -d --rm web", "-d --init", "quiz-blank-so-far", 1),
            ("docker run ____ web", "docker run -d --rm web", "-d", "quiz-blank-short", 1),
            ("docker pull pause:____", "docker pull pause:3.2", "docker pull pause: 3.2", "quiz-blank-space", 0),
        ] {
            let verdict = blank(gapped, &texts(&[solution]), &[], typed);
            assert_eq!(verdict, Verdict::new(false, vec![Said::Ours(key, count)]), "{gapped}: {typed}");
        }
    }

    #[test]
    fn whole_command_that_differs_outside_of_the_gap_is_compared_with_the_solution() {
        let run = ("docker run --rm alpine:3.20 ____ 'x'", "docker run --rm alpine:3.20 sh -c 'x'");
        let exec = ("docker ____ kotak ls", "docker exec kotak ls");
        for ((gapped, solution), typed, key, value) in [
            (run, "docker run --rm alpine ash -c 'x'", "explain-slip-untagged", "alpine:3.20"),
            (run, "docker run alpine:3.20 sh -c 'x'", "explain-slip-flag-missing", "--rm"),
            (run, "docker run --rm alpine:3.20 -c 'y'", "explain-slip-hidden-word", "-c"),
            (exec, "docker exec ls", "explain-slip-word-missing", "kotak"),
            (exec, "docker rm -f kapal", "quiz-blank-verb", "rm"),
            (exec, "docker start sama kotak ls", "quiz-blank-verb", "start"),
            (exec, "docker exec kotk ls", "explain-slip-word", "kotak"),
            (exec, "docker execkotak ls", "explain-blank-missing", "exec"),
            (exec, "docker exec ko tak ls", "explain-torn", "kotak"),
            (run, "docker rnu --rm alpine:3.20 sh -c 'x'", "explain-command-unknown-near", "run"),
            (exec, "dokcer exec kotak ls", "explain-program-unknown", "docker exec kotak ls"),
            (exec, "ocker rm kotak", "explain-program-unknown", "docker rm kotak"),
        ] {
            let Said::Slip(slip) = &blank(gapped, &texts(&[solution]), &[], typed).because[0] else {
                panic!("{typed}")
            };
            assert_eq!(slip.key, key, "{typed}");
            assert!(slip.args.iter().any(|(_, told)| told == value), "{typed}: {slip:?}");
        }
    }

    #[test]
    fn wrong_answer_for_a_gap_shows_the_known_mistake_of_the_lesson() {
        let mistakes = [TypedMistake { when: RanPattern::Matches("docker exec ls".into()), say: "name first".into() }];
        let solutions = texts(&["docker exec kotak ls"]);
        let told = |gapped: &str, typed: &str| blank(gapped, &solutions, &mistakes, typed).because;
        assert_eq!(told("docker ____ kotak ls", "docker exec ls"), [Said::Lesson("name first".into())]);
        assert_eq!(told("docker exec ____", "ls"), [Said::Lesson("name first".into())]);
        assert_eq!(told("docker exec ____", "kotak"), [Said::Ours("quiz-blank-short", 1)]);
        assert_eq!(told("docker exec ____", "kotak ls"), []);
    }

    #[test]
    fn whole_command_without_docker_is_not_put_into_the_gap() {
        let when = RanPattern::Matches("docker push \\S+ \\S+".into());
        let mistakes = [TypedMistake { when, say: "one name only".into() }];
        let solutions = texts(&["docker push a/b:1"]);
        let because =
            |typed: &str| blank("docker ____ a/b:1", &solutions, &mistakes, typed).because.into_iter().next().unwrap();
        assert_eq!(because("push a/b:1"), Said::Ours("quiz-blank-docker", 0));
        let Said::Slip(other) = because("push b:1") else { panic!("{:?}", because("push b:1")) };
        assert!(other.args.contains(&("expected".into(), "a/b:1".into())), "{other:?}");
        assert_eq!(because("push a/b:1 b:1"), Said::Lesson("one name only".into()));
    }

    #[test]
    fn unrelated_read_only_command_or_command_of_another_form_is_no_answer() {
        let login = "echo dermaga | docker login ____ -u pelajar --password-stdin";
        for (gapped, solution, typed, key) in [
            ("docker ____ kotak ls", "docker exec kotak ls", "docker ps -a", Some("quiz-command-later")),
            ("docker ____ kotak ls", "docker exec kotak ls", "docker rm kotak", None),
            ("docker ____", "docker logs kabar", "docker ps -a", None),
            ("docker ____ kabar", "docker logs kabar", "docker logs perahu", None),
            (
                login,
                "echo dermaga | docker login ghcr.io -u pelajar --password-stdin",
                "docker login ghcr.io -u pelajar -p dermaga",
                Some("quiz-blank-only-gap"),
            ),
            (login, "echo dermaga | docker login ghcr.io -u pelajar --password-stdin", "ghcr.com", None),
        ] {
            assert_eq!(no_filling(gapped, &texts(&[solution]), typed), key, "{gapped}: {typed}");
        }
    }
}
