//! The closing screen of a lesson: the objectives of the lesson, the results of the visit, and the next lesson.

use super::messages::Messages;
use super::{DueQuestions, FinishedCourse, Outlook};
use crate::lesson::Lesson;
use crate::lesson_state::VisitTally;
use crate::transcript::sanitise;

/// The results of a visit to a lesson.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct VisitResults {
    pub(super) tally: VisitTally,
    /// The number of steps with commands or questions.
    pub(super) steps: usize,
    /// The number of steps that the learner passed with help.
    pub(super) helped: usize,
    /// The number of steps that the tutor did for the learner.
    pub(super) skipped: usize,
    /// The number of steps that are not done.
    pub(super) open: usize,
    /// The number of questions that the learner answered right at the first attempt.
    pub(super) quizzes_right: usize,
    /// The number of questions that the learner answered.
    pub(super) quizzes_asked: usize,
    /// The number of questions in the lesson that the learner did not answer.
    pub(super) quizzes_left: usize,
    /// Whether the learner did a part of the lesson in an earlier visit. The failed attempts and hints of the earlier
    /// visit are unknown.
    pub(super) is_resumed: bool,
}

impl Messages {
    /// Formats the closing screen of a lesson.
    pub(super) fn closing(&self, lesson: &Lesson, results: &VisitResults, outlook: &Outlook) -> String {
        let title = sanitise(&lesson.title);
        let head = self.paint("1;32", &self.words.say("learn-closing", &[("title", &title)]));
        let star = if self.style.plain { String::new() } else { self.paint("33", "★ ") };
        let mut text = format!("\n{}{star}{head}\n\n", self.rule());
        if !lesson.front.objectives.is_empty() {
            text.push_str(&format!("{}\n", self.wrapped("learn-closing-can", &[])));
            let bullet = if self.style.plain { "  - " } else { "  • " };
            for objective in &lesson.front.objectives {
                text.push_str(&format!("{}\n", self.fill(bullet, "    ", &sanitise(&objective.value))));
            }
            text.push('\n');
        }
        for line in self.how_it_went(lesson, results) {
            text.push_str(&format!("{}\n", self.wrap("", &line)));
        }
        if let Some(line) = outlook.questions.as_ref().map(|due| self.due(due)) {
            text.push_str(&format!("{}\n", self.wrap("", &line)));
        }
        text.push('\n');
        if outlook.finished_course.is_none() {
            text.push_str(&format!("{}\n", self.what_next(outlook)));
        }
        text
    }

    /// Returns sentences about the results: first the successes, then the steps and questions that are left.
    fn how_it_went(&self, lesson: &Lesson, results: &VisitResults) -> Vec<String> {
        let VisitTally { misses, hints, solutions, passed } = results.tally;
        let (helped, skipped, open) = (results.helped, results.skipped, results.open);
        let mut lines = Vec::new();
        if lesson.task_count() == 0 {
            return lines;
        }
        if results.is_resumed || passed == 0 || open > 0 || solutions > 0 {
            // Print no praise, because the learner did not do the whole lesson alone in this visit.
        } else if helped + skipped + hints == 0 {
            lines.push(self.words.count("learn-how-alone", misses, &[]));
        } else if hints > 0 && helped + skipped == 0 {
            lines.push(self.words.count("learn-how-hints", hints, &[]));
        }
        // The counts in this line and in the next three lines of the screen add up to the number of steps.
        let own = results.steps.saturating_sub(helped + skipped + open);
        if own > 0 && own < results.steps {
            lines.push(self.words.count("learn-how-own", own, &[("steps", &results.steps.to_string())]));
        }
        if helped > 0 {
            lines.push(self.words.count("learn-how-helped", helped, &[]));
        }
        if skipped > 0 {
            lines.push(self.text_count("learn-how-skipped", skipped));
        }
        if open > 0 {
            lines.push(self.text_count("learn-how-open", open));
        }
        if results.quizzes_asked > 0 {
            let right = results.quizzes_right.to_string();
            lines.push(self.words.count("learn-how-quiz", results.quizzes_asked, &[("right", &right)]));
        }
        if results.quizzes_left > 0 {
            lines.push(self.words.count("learn-how-quiz-left", results.quizzes_left, &[]));
        }
        lines
    }

    fn due(&self, due: &DueQuestions) -> String {
        match due.days {
            0 => self.words.count("learn-due-now", due.count, &[]),
            1 => self.words.count("learn-due-tomorrow", due.count, &[]),
            days => self.words.count("learn-due-later", due.count, &[("days", &days.to_string())]),
        }
    }

    fn what_next(&self, outlook: &Outlook) -> String {
        let Some(next) = &outlook.next else { return self.wrapped("learn-closing-end", &[]) };
        let title = sanitise(&next.title);
        let line = match next.minutes {
            Some(minutes) => self.words.count("learn-next-lesson", minutes as usize, &[("title", &title)]),
            None => self.words.say("learn-next-lesson-untimed", &[("title", &title)]),
        };
        format!("{}\n{}", self.wrap("", &line), self.wrapped("learn-next-open", &[]))
    }

    /// Formats the screen after the last lesson of a course: a ship with a container for each lesson, and suggestions
    /// for what to do next.
    pub(super) fn finished_course(&self, course: &FinishedCourse) -> String {
        let mut text = format!("\n{}", self.rule());
        if !self.style.plain && self.style.width >= SHIP_WIDTH {
            for (line, code) in ship(course.lessons) {
                text.push_str(&format!("{}\n", self.paint(code, &line)));
            }
            text.push('\n');
        }
        let title = sanitise(&course.title);
        let lessons = course.lessons.to_string();
        let args = [("title", title.as_str()), ("lessons", lessons.as_str())];
        let head = self.words.count("learn-course-finished", course.steps, &args);
        text.push_str(&format!("{}\n\n", self.paint("1", &self.wrap("", &head))));
        for key in ["learn-course-where", "learn-course-own", "learn-course-compose", "learn-course-teach"] {
            text.push_str(&format!("{}\n", self.wrapped(key, &[])));
        }
        text.push_str(&format!("\n{}\n", self.wrapped("learn-closing-end", &[])));
        text
    }
}

/// The minimum width of a screen that shows the ship, in columns.
const SHIP_WIDTH: usize = 60;
/// The number of containers in one row on the ship.
const IN_A_ROW: usize = 7;
/// The colours of the rows of containers on the ship, as SGR codes.
const CONTAINER_COLORS: [&str; 3] = ["36", "33", "32"];

/// Draws a ship with this number of containers, but with three rows of containers at most. Returns each line with the
/// SGR code of its colour.
fn ship(containers: usize) -> Vec<(String, &'static str)> {
    let shown = containers.min(IN_A_ROW * 3);
    let numbers: Vec<usize> = (1..=shown).collect();
    let rows: Vec<String> = numbers
        .chunks(IN_A_ROW)
        .map(|row| row.iter().map(|number| format!("[{number:>2} ]")).collect::<String>())
        .collect();
    // Each container stands for a lesson. The containers of the first lessons are in the bottom row.
    let mut lines: Vec<(String, &'static str)> = rows
        .iter()
        .enumerate()
        .rev()
        .map(|(at, row)| (format!("          {row}"), CONTAINER_COLORS[at % CONTAINER_COLORS.len()]))
        .collect();
    let bridge = "    __";
    while lines.is_empty() {
        lines.push((" ".repeat(10), "2"));
    }
    let last = lines.len() - 1;
    lines[last].0.replace_range(0..bridge.len(), bridge);
    let hull = [
        ("  _|::|_______________________________________________", "1"),
        ("  \\      D E R M A G A                              /", "1"),
        ("   \\_______________________________________________/", "1"),
        (" ~~~~~^~~~~~~~^~~~~~~~^~~~~~~~~~^~~~~~~~^~~~~~~~~^~~~~", "34"),
    ];
    lines.extend(hull.map(|(line, code)| (line.to_owned(), code)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::terminal::PageStyle;
    use crate::text::Source;
    use crate::words::{Lang, Words};

    #[test]
    fn resumed_visit_gets_no_praise_for_the_whole_lesson() {
        let text = "# K\n\n## s {#s}\n\n```console\n$ docker ps\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let messages = Messages { words: Words::new(Lang::Id), style: PageStyle::default(), beside: false };
        let tally = VisitTally { passed: 1, ..VisitTally::default() };
        for (is_resumed, lines) in [(false, 1), (true, 0)] {
            let results = VisitResults { tally, is_resumed, ..VisitResults::default() };
            assert_eq!(messages.how_it_went(&lesson, &results).len(), lines);
        }
    }

    #[test]
    fn closing_screen_has_no_praise_if_steps_are_open_or_the_solution_was_shown() {
        let text = "# K\n\n## s {#s}\n\n```console\n$ docker ps\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let messages = Messages { words: Words::new(Lang::Id), style: PageStyle::default(), beside: false };
        let lines = |passed, open| {
            let tally = VisitTally { passed, ..VisitTally::default() };
            messages.how_it_went(&lesson, &VisitResults { tally, open, ..VisitResults::default() }).join("\n")
        };
        assert!(lines(1, 0).contains("Rapi"), "{}", lines(1, 0));
        assert!(!lines(0, 0).contains("Rapi"), "{}", lines(0, 0));
        assert!(lines(1, 2).starts_with("2 langkah belum dikerjakan."), "{}", lines(1, 2));
        let tally = VisitTally { passed: 1, hints: 2, solutions: 1, ..VisitTally::default() };
        assert!(messages.how_it_went(&lesson, &VisitResults { tally, ..VisitResults::default() }).is_empty());
    }

    #[test]
    fn counts_on_the_closing_screen_add_up_to_the_steps_of_the_lesson() {
        let text = "# K\n\n## s {#s}\n\n```console\n$ docker ps\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let tally = VisitTally { passed: 4, ..VisitTally::default() };
        let steps = VisitResults { tally, steps: 7, helped: 1, skipped: 2, ..VisitResults::default() };
        let results = VisitResults { quizzes_asked: 3, quizzes_right: 2, quizzes_left: 1, ..steps };
        for (lang, own, left) in [
            (Lang::Id, "4 dari 7 langkah kamu kerjakan sendiri.", "Satu pertanyaan belum dijawab"),
            (Lang::En, "Steps that you did by yourself: 4 of 7.", "One question was left unanswered"),
        ] {
            let messages = Messages { words: Words::new(lang), style: PageStyle::default(), beside: false };
            let lines = messages.how_it_went(&lesson, &results);
            assert_eq!(lines.first().map(String::as_str), Some(own), "{lines:?}");
            assert!(lines.last().is_some_and(|last| last.starts_with(left)), "{lines:?}");
            assert_eq!(lines.len(), 5, "{lines:?}");
            let all = messages.how_it_went(&lesson, &VisitResults { tally, steps: 7, ..VisitResults::default() });
            assert_eq!(all.len(), 1, "{all:?}");
        }
    }
}
