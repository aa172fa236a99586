//! Compares a typed line as a whole with the commands of the step: words with a wrong space between them, another docker
//! command with the same words, and a missing `docker`.

use super::slip::verb_slip;
use super::{Explanation, Printed};
use crate::docker_cli::{are_alike, are_same_lines, docker_commands};
use crate::shell;

/// Finds two words of the step that were typed as one, such as `startkapal`, and a word of the step that was typed as two,
/// such as `/ tanda` for `/tanda` and `sapa lagi` for `sapa-lagi`.
#[must_use]
pub fn wrong_space(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    // Both the texts and the sources of the words, because an advised command keeps its quotes.
    let words_of = |line: &str| -> Vec<Vec<(String, String)>> {
        let both = |word: shell::Word| (word.text, line[word.span].to_owned());
        shell::read(line).commands().map(|command| command.words.iter().cloned().map(both).collect()).collect()
    };
    let wanted: Vec<Vec<(String, String)>> = printed
        .iter()
        .filter(|one| !docker_commands(one.command).is_empty())
        .flat_map(|one| words_of(one.command))
        .collect();
    let is_wanted = |word: &str| wanted.iter().flatten().any(|(text, _)| text == word);
    let is_program = |word: &str| wanted.iter().any(|words| words.first().is_some_and(|(text, _)| text == word));
    words_of(typed).iter().find_map(|words| {
        // A misspelt program is a mistake of its own.
        let has_program = words.iter().any(|(text, _)| is_program(text));
        let torn = |sign: &str| {
            let mut pairs = words.windows(2).map(|pair| (&*pair[0].0, &*pair[1].0));
            pairs.find(|(left, right)| is_wanted(&format!("{left}{sign}{right}")) && !is_wanted(left))
        };
        for (sign, key) in [("-", "explain-hyphen-missing"), ("", "explain-torn")] {
            if let Some((left, right)) = torn(sign).filter(|_| has_program) {
                let args = [("apart", &*format!("{left} {right}")), ("together", &*format!("{left}{sign}{right}"))];
                return Some(Explanation::new(key, &args, ""));
            }
        }
        // `-t2` is a right form of `-t 2`.
        let mut pairs = wanted.iter().flat_map(|wanted| wanted.windows(2)).filter(|pair| !pair[0].0.starts_with('-'));
        let ((left, right), source) = pairs.find_map(|pair| {
            let joined = format!("{}{}", pair[0].0, pair[1].0);
            let (_, source) = words.iter().find(|(text, _)| *text == joined)?;
            (has_program || is_program(&pair[0].0)).then_some(((&pair[0], &pair[1]), source))
        })?;
        let near = typed.replacen(source, &format!("{} {}", left.1, right.1), 1);
        let args = [("word", left.0.as_str()), ("flag", right.0.as_str()), ("near", near.trim())];
        Some(Explanation::new("explain-blank-missing", &args, ""))
    })
}

/// Finds a command of the step that the learner typed with another docker command, but with the same words after it. For
/// `docker rm`, the same container is enough.
#[must_use]
pub fn other_verb(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let calls = docker_commands(typed);
    let [call] = &calls[..] else { return None };
    let removes = call.familiar_name() == "rm" && call.first().is_some();
    let open = || printed.iter().filter(|one| !one.typed);
    let is_asked = |one: &Printed<'_>| docker_commands(one.command).iter().any(|wanted| wanted.name() == call.name());
    // If another command of the step has this verb, the message must name the right verb.
    let is_clear = |one: &Printed<'_>| one.shown || !open().any(is_asked);
    open().filter(|one| is_clear(one)).find_map(|one| {
        let wanted = docker_commands(one.command).into_iter().next()?;
        let is_same = wanted.name() != call.name()
            && (wanted.words == call.words || removes && wanted.first() == call.first())
            && wanted.global == call.global;
        is_same.then(|| verb_slip(call, &wanted, one.shown))
    })
}

/// Finds an option without its hyphens, `docker rm f kotak`, and a value without its option, `docker stop 2 kapal`.
#[must_use]
pub fn forgotten_option(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let calls = docker_commands(typed);
    let [call] = &calls[..] else { return None };
    let wanted =
        printed.iter().flat_map(|one| docker_commands(one.command)).filter(|wanted| wanted.name() == call.name());
    let options: Vec<_> = wanted.flat_map(|wanted| wanted.options).collect();
    let is_missing = |name: &str| call.options.iter().all(|option| option.name != name);
    options.iter().filter(|option| is_missing(&option.name)).find_map(|option| {
        let bare = option.typed.trim_start_matches('-');
        if call.arguments.iter().any(|word| word == bare) {
            return Some(Explanation::new(
                "explain-slip-hyphens-forgotten",
                &[("flag", &option.typed), ("found", bare)],
                "",
            ));
        }
        let value = option.value.as_deref().filter(|value| call.arguments.iter().any(|word| word == value))?;
        Some(Explanation::new("explain-slip-option-forgotten", &[("flag", &option.typed), ("value", value)], ""))
    })
}

/// Finds a docker command that was typed without `docker`, such as `history alpine:3.20`. A program of the learner's
/// system may have the same name and succeed, such as `ps`.
#[must_use]
pub fn missing_docker(typed: &str, failed: bool, printed: &[Printed<'_>]) -> Option<Explanation> {
    let meant = format!("docker {}", typed.trim());
    let has_operand = docker_commands(&meant).first().is_some_and(|call| call.first().is_some());
    let is_like = |one: &Printed<'_>| {
        let is_next = || !one.typed && are_same_lines(&meant, one.command);
        !docker_commands(one.command).is_empty()
            && (failed && has_operand && are_alike(&meant, one.command) || is_next())
    };
    if !docker_commands(typed).is_empty() || !printed.iter().any(is_like) {
        return None;
    }
    Some(Explanation::new("explain-docker-forgotten", &[("near", &meant)], ""))
}

#[cfg(test)]
mod tests {
    use super::super::slip::tests::told as slip_told;
    use super::*;

    #[test]
    fn words_of_the_step_that_were_typed_as_one_are_split() {
        let one = |command| Printed { command, shown: false, typed: false };
        let printed = [
            one("docker start kapal"),
            one("docker run -d --name sapa-lagi alpine:3.20 sleep 600"),
            one("docker stop -t 2 kapal"),
            one("docker image inspect --format '{{.RepoDigests}}' mongo:4.1"),
        ];
        let told = |typed: &str| wrong_space(typed, &printed).map(|told| told.args.last().expect("a value").1.clone());
        for (typed, meant) in [
            ("docker startkapal", Some("docker start kapal")),
            ("dockerstart kapal", Some("docker start kapal")),
            ("docker run -d --namesapa-lagi alpine:3.20 sleep 600", None),
            (
                "docker run -d --name sapa-lagi alpine:3.20sleep 600",
                Some("docker run -d --name sapa-lagi alpine:3.20 sleep 600"),
            ),
            (
                "docker run -d --name sapa-lagi alpine:3.20 sleep600",
                Some("docker run -d --name sapa-lagi alpine:3.20 sleep 600"),
            ),
            ("docker run -d --name sapa lagi alpine:3.20 sleep 600", Some("sapa-lagi")),
            ("docker stop -t2 kapl", None),
            ("ocker startkapal", None),
            ("sudo docker startkapal", Some("sudo docker start kapal")),
            (
                "docker image inspect --format '{{.RepoDigests}}'mongo:4.1",
                Some("docker image inspect --format '{{.RepoDigests}}' mongo:4.1"),
            ),
            ("docker start kap al", Some("kapal")),
            ("docker start kapal", None),
        ] {
            assert_eq!(told(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn another_docker_command_with_the_same_words_is_recognised() {
        let one = |command, typed| Printed { command, shown: true, typed };
        let printed = [one("docker start kotak", true), one("docker exec kotak cat /tanda", false)];
        let told = |typed: &str| other_verb(typed, &printed).map(|slip| slip_told(&slip));
        assert_eq!(told("docker start kotak cat /tanda").as_deref(), Some("verb - exec start"));
        assert_eq!(told("docker rm kotak").as_deref(), Some("verb - exec rm"));
        let hidden = |command| Printed { command, shown: false, typed: false };
        let pair = [hidden("docker tag a:1 b:1"), hidden("docker push b:1")];
        assert_eq!(other_verb("docker push a:1 b:1", &pair), None);
        assert!(other_verb("docker push a:1 b:1", &pair[..1]).is_some());
        for other in ["docker exec kotak cat /tanda", "docker start kotak", "docker start kotak ls", "docker rm kapal"]
        {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn option_without_hyphens_and_value_without_its_option_are_recognised() {
        let printed = [Printed { command: "docker stop -t 2 kapal", shown: true, typed: false }];
        let told = |typed: &str| forgotten_option(typed, &printed).map(|slip| slip_told(&slip));
        assert_eq!(told("docker stop 2 kapal").as_deref(), Some("option-forgotten -t - -"));
        assert_eq!(told("docker stop t 2 kapal").as_deref(), Some("hyphens-forgotten -t - t"));
        for other in ["docker stop -t 2 kapal", "docker stop kapal", "docker stop 3 kapal", "docker start 2 kapal"] {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn program_with_the_name_of_a_docker_command_is_recognised_although_it_succeeded() {
        let one = |typed| [Printed { command: "docker ps", shown: true, typed }];
        let near =
            |typed: &str, is_done| missing_docker(typed, false, &one(is_done)).map(|told| told.args[0].1.clone());
        assert_eq!(near("ps", false).as_deref(), Some("docker ps"));
        for (other, is_done) in [("ps", true), ("ps -a", false), ("docker ps", false), ("ls", false)] {
            assert_eq!(near(other, is_done), None, "{other}");
        }
    }

    #[test]
    fn command_of_the_step_without_the_word_docker_is_recognised() {
        let printed = [Printed { command: "docker history alpine:3.20", shown: true, typed: false }];
        let near = |typed: &str| missing_docker(typed, true, &printed).map(|told| told.args[0].1.clone());
        assert_eq!(near("history alpine:3.20").as_deref(), Some("docker history alpine:3.20"));
        for other in ["history", "diff ubah", "docker history x", "ls /"] {
            assert_eq!(near(other), None, "{other}");
        }
    }
}
