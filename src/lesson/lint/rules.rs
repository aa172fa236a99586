//! Checks a single lesson: the reasons of quiz options, the objectives, the checks that cannot fail, the size and the
//! images.

use std::collections::{BTreeSet, HashSet};

use super::prose::Prose;
use super::{Findings, codes};
use crate::docker_cli::DockerCommand;
use crate::image_ref::ImageRef;
use crate::lesson::codes::LintCode;
use crate::lesson::{Block, Lesson, LessonFile, QuizAnswer, Spanned, Step};
use crate::shell;
use crate::text::Span;

/// The maximum number of words in a lesson.
const MOST_WORDS: usize = 1_000;
/// The maximum number of commands in a lesson.
const MOST_COMMANDS: usize = 12;
/// The maximum number of minutes for a lesson.
const MOST_MINUTES: u32 = 30;

/// Checks everything in a lesson except its images.
pub(super) fn check(file: &LessonFile, prose: &Prose, found: &mut Findings<'_>) {
    let lesson = &file.lesson;
    reasons(lesson, found);
    objectives(lesson, found);
    for step in &lesson.steps {
        can_fail(step, found);
    }
    size(lesson, prose, found);
}

/// Returns the span of the title in the front matter. If the front matter has no title, returns the span of the first
/// line of text.
pub(super) fn title_place(lesson: &Lesson) -> Span {
    if let Some(title) = &lesson.front.title {
        return title.span;
    }
    let text = lesson.source.text();
    let mut at = lesson.front.span.end.min(text.len());
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            return Span::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    Span::new(0, text.lines().next().map_or(0, str::len))
}

fn reasons(lesson: &Lesson, found: &mut Findings<'_>) {
    for block in lesson.steps.iter().flat_map(|step| &step.blocks) {
        let Block::Quiz(quiz) = block else { continue };
        let QuizAnswer::Options(options) = &quiz.answer else { continue };
        for option in options.iter().filter(|option| !option.right && option.why.is_none()) {
            found.push(codes::NO_REASON.at(option.text.span).with("option", &option.text.value));
        }
    }
}

/// Reports a lesson that has fewer checks and quizzes than objectives. In such a lesson, nothing checks one of the
/// objectives.
fn objectives(lesson: &Lesson, found: &mut Findings<'_>) {
    let asked = lesson.steps.iter().flat_map(|step| &step.blocks);
    let asked = asked.filter(|block| matches!(block, Block::Check(_) | Block::Quiz(_))).count();
    if let Some(first) = lesson.front.objectives.get(asked) {
        let diagnostic = codes::OBJECTIVES.at(first.span);
        let objectives = lesson.front.objectives.len().to_string();
        found.push(diagnostic.with("objectives", objectives).with("asked", asked.to_string()));
    }
}

/// Reports checks that cannot fail. A check must be false before the first visible command, and true after the commands
/// above the check. Without a command above the check, the result of the check cannot change.
fn can_fail(step: &Step, found: &mut Findings<'_>) {
    for block in &step.blocks {
        match block {
            Block::Transcript(transcript) if !transcript.attrs.hidden && !transcript.attrs.blank => return,
            Block::File(_) => return,
            Block::Check(check) if !check.already => {
                found.push(codes::CANNOT_FAIL.at(check.claim.span).with("step", &step.id.0));
            }
            _ => {}
        }
    }
}

fn size(lesson: &Lesson, prose: &Prose, found: &mut Findings<'_>) {
    let mut warn = |code: LintCode, span, number: usize, limit: usize| {
        found.push(code.at(span).with("number", number.to_string()).with("limit", limit.to_string()));
    };
    let words = prose.count_words(&lesson.teacher);
    if words > MOST_WORDS {
        warn(codes::WORDS, title_place(lesson), words, MOST_WORDS);
    }
    let mut groups = HashSet::new();
    let commands: Vec<Span> = lesson
        .transcripts()
        .filter(|(_, transcript)| !transcript.attrs.hidden && !transcript.attrs.blank)
        // Only one variant of a group runs.
        .filter(|(_, transcript)| transcript.variant_group.is_none_or(|group| groups.insert(group)))
        .flat_map(|(_, transcript)| transcript.commands.iter().map(|command| command.span))
        .collect();
    if let Some(&first) = commands.get(MOST_COMMANDS) {
        warn(codes::COMMANDS, first, commands.len(), MOST_COMMANDS);
    }
    if let Some(minutes) = lesson.front.minutes.as_ref().filter(|minutes| minutes.value > MOST_MINUTES) {
        warn(codes::MINUTES, minutes.span, minutes.value as usize, MOST_MINUTES as usize);
    }
}

/// Reports images of the lesson that the pack lacks, and pulled images that the lesson does not declare.
pub(super) fn check_images(lesson: &Lesson, pack: Option<&BTreeSet<String>>, found: &mut Findings<'_>) {
    let declared: Vec<&Spanned<String>> = lesson.front.images.iter().chain(&lesson.front.have).collect();
    if let Some(pack) = pack {
        let pack: HashSet<String> = pack.iter().map(|image| full_name(image)).collect();
        for image in declared.iter().filter(|image| !pack.contains(&full_name(&image.value))) {
            found.push(codes::NOT_IN_PACK.at(image.span).with("image", &image.value));
        }
    }
    // A file without front matter declares no images.
    if lesson.front.span.is_empty() {
        return;
    }
    let declared: HashSet<String> = declared.iter().map(|image| full_name(&image.value)).collect();
    for (_, transcript) in lesson.transcripts().filter(|(_, transcript)| !transcript.attrs.blank) {
        // A pull that is expected to fail needs no image.
        if transcript.attrs.exit.iter().any(|&status| status != 0) {
            continue;
        }
        for command in &transcript.commands {
            let Some(image) = pulled(&command.text) else { continue };
            if !declared.contains(&full_name(&image)) {
                found.push(codes::NOT_DECLARED.at(command.span).with("image", image));
            }
        }
    }
}

/// Returns the image of a plain `docker pull IMAGE`. Returns `None` if the image comes from a registry that the lesson
/// starts.
fn pulled(command: &str) -> Option<String> {
    let script = shell::read(command);
    let mut commands = script.commands();
    let call = DockerCommand::parse(commands.next()?.invocation().words)?;
    let is_plain = commands.next().is_none() && call.options.iter().all(|option| option.name == "quiet");
    let [image] = call.arguments.as_slice() else { return None };
    let parsed: ImageRef = image.parse().ok()?;
    let is_own = parsed.registry.contains(':') || parsed.registry == "localhost";
    (call.name() == "image pull" && call.global.is_empty() && is_plain && !is_own).then(|| image.clone())
}

/// Returns the full name of an image: `docker.io/library/hello-world:latest` for `hello-world`.
fn full_name(image: &str) -> String {
    image.parse().map_or_else(|_| image.to_owned(), |image: ImageRef| image.normalized())
}

#[cfg(test)]
mod tests {
    use super::pulled;

    #[test]
    fn pulled_image_is_found_only_in_a_plain_pull_command() {
        assert_eq!(pulled("docker pull -q mongo:4.1").as_deref(), Some("mongo:4.1"));
        assert_eq!(pulled("docker image pull a/b --quiet").as_deref(), Some("a/b"));
        assert_eq!(pulled("sudo docker pull a/b # now").as_deref(), Some("a/b"));
        for command in [
            "docker pull localhost:5000/a",
            "docker pull $IMAGE",
            "docker pull --platform linux/arm64 a",
            "docker pull a || true",
            "docker push a",
        ] {
            assert_eq!(pulled(command), None, "{command}");
        }
    }
}
