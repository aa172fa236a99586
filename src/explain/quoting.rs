//! Finds lines that the shell splits before Docker sees them: a template without quotes, a command after `NAME=`.

use std::ops::Range;

use super::cause::Cause;
use super::kind::Kind;
use super::typed::is_program;
use crate::docker_cli::{DockerCommand, is_docker_program};
use crate::shell::{self, Item, SimpleCommand, Word};

/// Finds a value of `--format` that the shell has split at its spaces. Also finds a value in double quotes in which the
/// shell removes `"` or replaces `$`, but only if the command failed.
pub(super) fn unquoted_template(command: &str, status: i32) -> Option<Cause> {
    let script = shell::read(command);
    let is_docker = |typed: &SimpleCommand| DockerCommand::parse(typed.invocation().words).is_some();
    let (place, typed) = script.items.iter().enumerate().find_map(|(place, item)| match item {
        Item::Command(typed) if is_docker(typed) => Some((place, typed)),
        _ => None,
    })?;
    let words = typed.invocation().words;
    let call = DockerCommand::parse(words)?;
    let flag = &call.options.iter().find(|option| option.name == "format")?.typed;
    let joined = format!("{flag}=");
    let (at, begin) = words.iter().enumerate().find_map(|(at, word)| {
        if word.text == *flag {
            return Some((at + 1, words.get(at + 1)?.span.start));
        }
        let begin = word.span.start + joined.len();
        (command.get(word.span.start..begin)? == joined).then_some((at, begin))
    })?;
    let value = words.get(at)?;
    let end = if value.is_quoted {
        value.span.end
    } else {
        let last = words[at + 1..].iter().rposition(|word| word.text.contains("{{") || word.text.contains("}}"));
        let end = last.map_or(value.span.end, |last| words[at + 1 + last].span.end);
        end_behind_operators(command, begin..end, &script.items[place + 1..])
    };
    let source = command.get(begin..end)?;
    let template = if value.is_quoted {
        let inside = source.strip_prefix('"')?.strip_suffix('"')?;
        let is_taken = inside.contains('$') || inside.replace("\\\"", "").contains('"');
        Some(inside).filter(|_| status != 0 && is_taken)?
    } else {
        Some(source).filter(|_| end > value.span.end)?
    };
    let is_whole = template.contains("{{") && template.matches("{{").count() == template.matches("}}").count();
    if !is_whole {
        return None;
    }
    let before = command.get(words.first()?.span.start..begin)?;
    let near = format!("{before}{}{}", shell::single_quoted(template), command.get(end..)?);
    let near = near.replace("\\\n", " ");
    Some(Cause::new(Kind::TemplateUnquoted, Some(&call)).with("near", near.trim()))
}

/// Returns the end of a template that starts at `span` and continues after a `|` or another operator. The shell reads
/// the words after the operator as commands.
fn end_behind_operators(command: &str, span: Range<usize>, items: &[Item]) -> usize {
    let mut end = span.end;
    for pair in items.chunks(2) {
        let [Item::Operator(sign, _), Item::Command(next)] = pair else { break };
        let so_far = command.get(span.start..end).unwrap_or_default();
        let is_open = so_far.matches("{{").count() > so_far.matches("}}").count();
        let goes_on = is_open || next.words.first().is_some_and(|word| !word.is_quoted && word.text.starts_with("{{"));
        let last = next.words.iter().rfind(|word| word.text.contains("{{") || word.text.contains("}}"));
        let Some(last) = last.filter(|_| goes_on && sign != "\n") else { break };
        end = last.span.end;
    }
    end
}

/// Finds `NAME=docker ps` and `NAME = docker ps`, with which the learner wants to keep the output of a command.
pub(super) fn assigned_command(command: &str, status: i32) -> Option<Cause> {
    let script = shell::read(command);
    let is_pipeline = script.items.iter().all(|item| match item {
        Item::Command(_) => true,
        Item::Operator(sign, _) => sign == "|" || sign == "\n",
        _ => false,
    });
    let typed = script.commands().next().filter(|_| status == 127 && is_pipeline)?;
    if let Some(cause) = assigned_with_dollar(command.trim()) {
        return Some(cause);
    }
    let (name, begin) = match (typed.assignments.last(), typed.words.as_slice()) {
        (Some(assignment), [_, ..]) => {
            let name = assignment.assigned()?;
            (name, assignment.span.start + name.len() + 1)
        }
        (None, [name, sign, rest @ ..]) => (variable(name)?, after_sign(sign, rest)?),
        _ => return None,
    };
    let value = command.get(begin..)?.trim();
    let program = value.split_whitespace().next()?;
    let near = if value.starts_with("$(") {
        format!("{name}={value}")
    } else if is_docker_program(program) || is_program(program) {
        format!("{name}=$({value})")
    } else {
        return None;
    };
    Some(Cause::new(Kind::AssignedCommand, None).with("word", name).with("near", near))
}

/// Finds `$NAME=…`.
fn assigned_with_dollar(command: &str) -> Option<Cause> {
    let near = command.strip_prefix('$')?;
    let (name, _) = near.split_once('=')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then(|| Cause::new(Kind::AssignedDollar, None).with("word", name).with("near", near))
}

fn variable(word: &Word) -> Option<&str> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_name = word.text.starts_with(|first: char| !first.is_ascii_digit()) && word.text.chars().all(is_letter);
    is_name.then_some(word.text.as_str())
}

/// Returns the byte offset of the value after a `=` that a space separates from the variable's name.
fn after_sign(sign: &Word, rest: &[Word]) -> Option<usize> {
    match sign.text.as_str() {
        "=" => rest.first().map(|value| value.span.start),
        text => text.starts_with('=').then_some(sign.span.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_template_is_shown_in_single_quotes() {
        let inspect = "docker image inspect --format '{{json .RepoTags}}' alpine:3.20";
        for (typed, near) in [
            ("docker image inspect --format {{json .RepoTags}} alpine:3.20", inspect),
            ("sudo docker image inspect --format {{json .RepoTags}} alpine:3.20", inspect),
            ("docker inspect -f {{ .Name }} x", "docker inspect -f '{{ .Name }}' x"),
            ("docker inspect --format={{len .Mounts}} x", "docker inspect --format='{{len .Mounts}}' x"),
            ("docker ps --format table {{.Names}} {{.Image}}", "docker ps --format 'table {{.Names}} {{.Image}}'"),
            ("docker ps --format {{.Names}} - {{.Status}} -a", "docker ps --format '{{.Names}} - {{.Status}}' -a"),
            (
                r#"docker inspect -f "{{index .Config.Labels "a.b"}}" x"#,
                r#"docker inspect -f '{{index .Config.Labels "a.b"}}' x"#,
            ),
            ("docker inspect -f {{json .Name}} x | head", "docker inspect -f '{{json .Name}}' x | head"),
            ("docker ps --format {{.Names | upper}}", "docker ps --format '{{.Names | upper}}'"),
            ("docker ps --format {{ .Names|upper }} -a", "docker ps --format '{{ .Names|upper }}' -a"),
            ("docker ps --format={{.Names}}|{{.Image}}", "docker ps --format='{{.Names}}|{{.Image}}'"),
            ("docker ps --format {{.Names}} | {{.Image}} -a", "docker ps --format '{{.Names}} | {{.Image}}' -a"),
            ("docker ps --format {{.Names}};{{.Image}} | head", "docker ps --format '{{.Names}};{{.Image}}' | head"),
            (
                "docker inspect -f {{json .}}|{{println}}|{{.Id}} x",
                "docker inspect -f '{{json .}}|{{println}}|{{.Id}}' x",
            ),
        ] {
            let cause = unquoted_template(typed, 1).expect(typed);
            assert_eq!((cause.kind, cause.get("near")), (Kind::TemplateUnquoted, Some(near)), "{typed}");
        }
        for typed in [
            inspect,
            "docker inspect --format \"{{json .Name}}\" x",
            "docker inspect --format {{.Name}} x",
            "docker inspect --format {{.Name}} x | head",
            "docker ps --format {{.Names}}; docker images --format {{.ID}}",
            "docker ps --format {{.Names}} | grep '{{'",
            "docker ps -f name={{ x",
            "docker inspect --format {{json x",
            "docker run alpine echo {{ a }}",
            "docker ps",
        ] {
            assert_eq!(unquoted_template(typed, 1), None, "{typed}");
        }
    }

    #[test]
    fn assigned_command_is_corrected_to_a_command_substitution() {
        for (typed, near) in [
            ("kunci=docker image inspect x", "kunci=$(docker image inspect x)"),
            ("kunci=docker inspect -f '{{.Id}}' x", "kunci=$(docker inspect -f '{{.Id}}' x)"),
            ("kunci = docker images -q", "kunci=$(docker images -q)"),
            ("kunci = $(docker images -q)", "kunci=$(docker images -q)"),
            ("kunci =$(docker images -q)", "kunci=$(docker images -q)"),
            ("hari=date -u", "hari=$(date -u)"),
        ] {
            let cause = assigned_command(typed, 127).expect(typed);
            assert_eq!((cause.kind, cause.get("near")), (Kind::AssignedCommand, Some(near)), "{typed}");
        }
        for typed in
            ["kunci=docker", "A=1 tidakada", "nama = Ryan", "kunci=$(docker ps)", "ls = x; docker ps", "docker x"]
        {
            assert_eq!(assigned_command(typed, 127), None, "{typed}");
        }
        assert_eq!(assigned_command("A=docker printenv A", 0), None);
    }
}
