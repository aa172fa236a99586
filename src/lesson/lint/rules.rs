//! Checks a single lesson: reasons, objectives, checks that can fail, its size, its images.

use std::collections::{BTreeSet, HashSet};

use super::prose::Prose;
use super::{Findings, codes};
use crate::lesson::codes::LintCode;
use crate::lesson::{Block, Lesson, LessonFile, QuizAnswer, Spanned, Step};
use crate::text::Span;

/// The most words of one lesson.
const MOST_WORDS: usize = 1_000;
/// The most commands of one lesson.
const MOST_COMMANDS: usize = 12;
/// The most minutes of one lesson.
const MOST_MINUTES: u32 = 30;

/// Checks everything but images.
pub(super) fn check(file: &LessonFile, prose: &Prose, found: &mut Findings<'_>) {
    let lesson = &file.lesson;
    reasons(lesson, found);
    objectives(lesson, found);
    for step in &lesson.steps {
        can_fail(step, found);
    }
    size(lesson, prose, found);
}

/// The span of a lesson's title in the front matter, else of its first line of text.
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

/// Counts checks and quizzes. If there are fewer than objectives, one objective is not checked.
fn objectives(lesson: &Lesson, found: &mut Findings<'_>) {
    let asked = lesson.steps.iter().flat_map(|step| &step.blocks);
    let asked = asked.filter(|block| matches!(block, Block::Check(_) | Block::Quiz(_))).count();
    if let Some(first) = lesson.front.objectives.get(asked) {
        let diagnostic = codes::OBJECTIVES.at(first.span);
        let objectives = lesson.front.objectives.len().to_string();
        found.push(diagnostic.with("objectives", objectives).with("asked", asked.to_string()));
    }
}

/// A check is evaluated after the commands above it and must be false before the first visible one. Without a command
/// above it, its result never changes.
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
        // Only one variant runs.
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

/// Compares the lesson's images with the pack, and its pulls with the images it declares.
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
        // A pull that should fail needs no image.
        if transcript.attrs.exit.iter().any(|&status| status != 0) {
            continue;
        }
        for command in &transcript.commands {
            let Some(image) = pulled(&command.text) else { continue };
            if !declared.contains(&full_name(image)) {
                found.push(codes::NOT_DECLARED.at(command.span).with("image", image));
            }
        }
    }
}

/// The image of a plain `docker pull IMAGE`, unless it comes from the lesson's own registry.
fn pulled(command: &str) -> Option<&str> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let (["docker", "pull", rest @ ..] | ["docker", "image", "pull", rest @ ..]) = words.as_slice() else {
        return None;
    };
    let [image] = rest.iter().filter(|word| !matches!(**word, "-q" | "--quiet")).collect::<Vec<_>>()[..] else {
        return None;
    };
    let plain = image.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':' | '@'));
    let own = image.split_once('/').is_some_and(|(host, _)| host.contains(':') || host == "localhost");
    (plain && !own && !image.starts_with('-')).then_some(*image)
}

/// `hello-world` is `docker.io/library/hello-world:latest`.
fn full_name(image: &str) -> String {
    let (host, path) = match image.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => (host, path),
        _ => ("docker.io", image),
    };
    let library = if host == "docker.io" && !path.contains('/') { "library/" } else { "" };
    let tagged = path.contains('@') || path.rsplit('/').next().is_some_and(|name| name.contains(':'));
    format!("{host}/{library}{path}{}", if tagged { "" } else { ":latest" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_image_name_means_its_full_name() {
        assert_eq!(full_name("hello-world"), "docker.io/library/hello-world:latest");
        assert_eq!(full_name("bitnami/redis:7"), "docker.io/bitnami/redis:7");
        assert_eq!(full_name("docker.io/library/mongo:4.1"), full_name("mongo:4.1"));
        assert_eq!(full_name("localhost:5000/a"), "localhost:5000/a:latest");
        assert_eq!(full_name("a@sha256:00"), "docker.io/library/a@sha256:00");
    }

    #[test]
    fn only_a_plain_pull_names_an_image() {
        assert_eq!(pulled("docker pull -q mongo:4.1"), Some("mongo:4.1"));
        assert_eq!(pulled("docker image pull a/b"), Some("a/b"));
        assert_eq!(pulled("docker pull localhost:5000/a"), None);
        assert_eq!(pulled("docker pull $IMAGE"), None);
        assert_eq!(pulled("docker pull --platform linux/arm64 a"), None);
    }
}
