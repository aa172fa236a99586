//! `dermaga review`: asks the questions that are due, from lessons already done.

use std::io::{self, Write as _};
use std::time::SystemTime;

use super::progress::tell;
use super::{Failure, Settings, exit, runtime};
use crate::engine::Engine;
use crate::lesson::{CourseFiles, Lesson, Quiz};
use crate::menu::lessons_in;
use crate::progress::{Answered, History, Moment, ProgressEvent, QuizKey, REVIEW_MOST, What, find_quiz};
use crate::quiz::{self, QuizOutcome};
use crate::terminal::{self, PageStyle};
use crate::transcript::sanitise;
use crate::words::Words;

/// Runs `dermaga review`.
pub(super) fn review(plain: bool, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let courses = settings.courses()?;
    let mut store = settings.progress(words);
    let history = store.history();
    let now = Moment::from(SystemTime::now());
    let mut questions = due(&courses, &history, now, settings.lang.tag());
    let later = questions.len().saturating_sub(REVIEW_MOST);
    questions.truncate(REVIEW_MOST);
    let mut out = io::stdout();
    if questions.is_empty() {
        let _ = writeln!(out, "{}", words.say("review-nothing", &[]));
        if let Some((days, _)) = history.next_due(now) {
            let _ = writeln!(out, "{}", words.count("review-next", days as usize, &[]));
        }
        return Ok(exit::MET);
    }
    let style = PageStyle {
        width: settings.width.min(100),
        color: settings.palette(),
        plain: plain || !settings.live,
        lang: settings.lang,
    };
    let runtime = runtime::two_threads()?;
    let mut random = fastrand::Rng::new();
    let (mut asked, mut right) = (0_usize, 0_usize);
    let all = questions.len().to_string();
    runtime.block_on(async {
        let needs_engine =
            questions.iter().any(|(_, _, quiz)| matches!(quiz.answer, crate::lesson::QuizAnswer::Fact(_)));
        let engine = match settings.current_engine() {
            Ok(endpoint) if needs_engine => Engine::connect(&endpoint).await.ok(),
            _ => None,
        };
        for (at, (key, lesson, quiz)) in questions.iter().enumerate() {
            let (title, number) = (sanitise(&lesson.title), (at + 1).to_string());
            let args = [("title", title.as_str()), ("number", &number), ("all", &all)];
            let _ = writeln!(out, "\n{}", words.say("review-from", &args));
            if let Some(context) = &quiz.context {
                let _ = write!(out, "{}", crate::terminal::render(&context.value, &style));
            }
            let answer = match quiz::ask(
                quiz,
                lesson,
                words,
                &style,
                engine.as_ref(),
                crate::learn::parse_question_command,
                &mut random,
            )
            .await
            {
                Ok(QuizOutcome::Right { first_try: true }) => Answered::Right,
                Ok(QuizOutcome::Right { first_try: false }) => Answered::Later,
                Ok(QuizOutcome::Wrong) => Answered::Wrong,
                Ok(QuizOutcome::Left | QuizOutcome::Away { .. }) => break,
                Ok(QuizOutcome::Skipped) => continue,
                Ok(QuizOutcome::Broken(_)) => {
                    let _ = writeln!(out, "{}", words.say("review-broken", &[]));
                    continue;
                }
                Err(error) => return Err(Failure::new(exit::MACHINE, "failure-report").because(error)),
            };
            asked += 1;
            right += usize::from(answer == Answered::Right);
            let what = What::Answered { quiz: key.clone(), answer };
            tell(store.record(&ProgressEvent { at: SystemTime::now().into(), what }).as_ref(), words);
        }
        Ok(())
    })?;
    // A question that waits for a line may still occupy a thread. The program does not wait for that thread.
    runtime.shutdown_background();
    if asked == 0 {
        return Ok(exit::MET);
    }
    let (right, asked) = (right.to_string(), asked.to_string());
    let _ = writeln!(out, "{}", words.say("review-end", &[("right", &right), ("asked", &asked)]));
    if later > 0 {
        let _ = writeln!(out, "{}", terminal::accent(&words.count("review-later", later, &[]), settings.palette()));
    }
    Ok(exit::MET)
}

/// Returns the due questions that still exist, in the order in which to ask them.
fn due<'a>(
    courses: &'a [CourseFiles],
    history: &History,
    now: Moment,
    lang: &str,
) -> Vec<(QuizKey, &'a Lesson, &'a Quiz)> {
    let lessons = lessons_in(courses, lang);
    let find = |key: QuizKey| {
        let (lesson, quiz) = find_quiz(&lessons, &key)?;
        Some((key, lesson, quiz))
    };
    history.due(now).into_iter().filter_map(find).collect()
}
