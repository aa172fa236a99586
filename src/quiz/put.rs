//! Asks a question, judges the answer, asks again after a wrong answer, and shows the right answer.

use serde_json::Value;

use super::command::{self, GAP};
use super::fold::fold;
use super::judge::{self, Said, TypedMistake, Verdict};
use super::person::{Person, listed};
use super::response::{CommandParser, QuizCommand, Response};
use super::{QuizError, QuizOutcome};
use crate::claims::look_with;
use crate::explain::{self, Explanation};
use crate::lesson::{FactQuestion, Quiz, QuizAnswer, QuizOption};
use crate::terminal::{self, Color, PageStyle};
use crate::transcript::sanitise;
use crate::words::Words;

/// The number of wrong answers after which the right answer is shown.
const TRIES: usize = 2;

/// Asks questions of one person.
pub(super) struct Asker<'a, P> {
    pub(super) person: P,
    pub(super) words: &'a Words,
    pub(super) style: PageStyle,
    pub(super) parse_command: CommandParser,
}

impl<P: Person> Asker<'_, P> {
    /// Asks a quiz. `there` has the engine's values for the quiz's fact.
    pub(super) fn quiz(
        &mut self,
        quiz: &Quiz,
        there: &[&Value],
        random: &mut fastrand::Rng,
    ) -> Result<QuizOutcome, QuizError> {
        self.title("quiz-question")?;
        self.markdown(&quiz.ask.value)?;
        match &quiz.answer {
            QuizAnswer::Options(options) => self.options(options, random),
            QuizAnswer::Order(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inline(&item.value)).collect();
                self.order(&items, random)
            }
            QuizAnswer::Match(pairs) => {
                let side = |texts: Vec<&String>| texts.into_iter().map(|text| self.inline(text)).collect::<Vec<_>>();
                let lefts = side(pairs.iter().map(|(left, _)| &left.value).collect());
                let rights = side(pairs.iter().map(|(_, right)| &right.value).collect());
                self.pairs(&lefts, &rights, random)
            }
            QuizAnswer::Fact(fact) => self.fact(fact, there),
        }
    }

    fn options(&mut self, options: &[QuizOption], random: &mut fastrand::Rng) -> Result<QuizOutcome, QuizError> {
        let mut order: Vec<usize> = (0..options.len()).collect();
        random.shuffle(&mut order);
        let shown: Vec<String> = order.iter().map(|&index| self.inline(&options[index].text.value)).collect();
        let right: Vec<usize> = (0..options.len()).filter(|&index| options[index].right).collect();
        let several = right.len() > 1;
        let prompt = self.words.say(if several { "quiz-choose-many" } else { "quiz-choose" }, &[]);
        let asked = self.tries(None, |this| {
            let chosen = if several {
                this.person.choose_many(&prompt, &shown)?
            } else {
                this.person.choose(&prompt, &shown)?.map(|one| vec![one])
            };
            let chosen =
                chosen.map(|chosen| chosen.iter().filter_map(|&at| order.get(at).copied()).collect::<Vec<_>>());
            Ok(chosen.map(|chosen| judge::options(options, &chosen)))
        })?;
        if asked == QuizOutcome::Wrong {
            let verdict = judge::options(options, &right);
            let texts: Vec<String> = right.iter().map(|&index| self.inline(&options[index].text.value)).collect();
            self.reveal(&texts.join("; "))?;
            self.because(&verdict)?;
        }
        Ok(asked)
    }

    /// Asks the person to put items in order. `items` has the right order.
    pub(super) fn order(&mut self, items: &[String], random: &mut fastrand::Rng) -> Result<QuizOutcome, QuizError> {
        let order = judge::shuffled(items, random);
        let shown: Vec<String> = order.iter().map(|&index| items[index].clone()).collect();
        let first = items.first().and_then(|item| item.lines().next()).unwrap_or_default();
        let hint = self.words.say("quiz-hint-first", &[("text", first)]);
        let asked = self.tries(Some(&hint), |this| {
            Ok(this.person.arrange(&shown)?.map(|given| {
                let given: Vec<String> = given.iter().filter_map(|&at| shown.get(at).cloned()).collect();
                judge::order(items, &given)
            }))
        })?;
        if asked == QuizOutcome::Wrong {
            self.say("quiz-right-order")?;
            self.numbered(items)?;
        }
        Ok(asked)
    }

    fn pairs(
        &mut self,
        lefts: &[String],
        rights: &[String],
        random: &mut fastrand::Rng,
    ) -> Result<QuizOutcome, QuizError> {
        let order = judge::shuffled(rights, random);
        let asked = self.tries(None, |this| {
            let mut given: Vec<usize> = Vec::new();
            for left in lefts {
                let rest: Vec<usize> = order.iter().copied().filter(|index| !given.contains(index)).collect();
                let [only] = rest.as_slice() else {
                    let shown: Vec<String> = rest.iter().map(|&index| rights[index].clone()).collect();
                    let prompt = this.words.say("quiz-pair-for", &[("left", left)]);
                    match this.person.choose(&prompt, &shown)? {
                        Response::Answer(chosen) => given.extend(rest.get(chosen)),
                        Response::Command(call) => return Ok(Response::Command(call)),
                        Response::Nothing => return Ok(Response::Nothing),
                    }
                    continue;
                };
                given.push(*only);
            }
            Ok(Response::Answer(judge::pairs(&given, rights)))
        })?;
        if asked == QuizOutcome::Wrong {
            self.say("quiz-right-pairs")?;
            let pairs: Vec<String> = lefts.iter().zip(rights).map(|(left, right)| format!("{left}: {right}")).collect();
            self.numbered(&pairs)?;
        }
        Ok(asked)
    }

    fn fact(&mut self, question: &FactQuestion, there: &[&Value]) -> Result<QuizOutcome, QuizError> {
        let prompt = self.words.say("quiz-answer", &[]);
        let look = look_with(&question.subject, true);
        let look = look.map(|command| self.words.say("quiz-look", &[("command", &command)]));
        let asked = self.tries(look.as_deref(), |this| {
            // Values that cannot be compared were rejected before the question was asked.
            let wrong = || Verdict { right: false, because: Vec::new() };
            let no_answer = |typed: &str| judge::no_answer(question.compare, there, typed);
            let judge = |typed: &str| {
                let mut verdict = judge::fact(question.compare, there, typed).unwrap_or_else(wrong);
                if !verdict.right && verdict.because.is_empty() {
                    verdict.because.extend(look.clone().map(Said::Lesson));
                }
                verdict
            };
            this.typed(&prompt, judge, no_answer)
        })?;
        if asked == QuizOutcome::Wrong {
            let answer = judge::fact_shown(question.compare, there).unwrap_or_default();
            self.reveal(&sanitise(&answer).replace(['\n', '\t'], " "))?;
            if let Some(look) = look {
                self.markdown(&look)?;
            }
        }
        Ok(asked)
    }

    /// Asks the person to fill the gaps of a command. `solutions` are whole commands that are right. If the question
    /// has several commands, `place` is the number of this command and the count of all commands. The learner sees both
    /// before each attempt.
    pub(super) fn blank(
        &mut self,
        gapped: &str,
        solutions: &[String],
        mistakes: &[TypedMistake],
        place: Option<(usize, usize)>,
    ) -> Result<QuizOutcome, QuizError> {
        let line = place.map(|(number, of)| {
            let args = [("number", number.to_string()), ("of", of.to_string()), ("line", code(gapped.trim()))];
            self.words.say_values("quiz-blank-line", &args)
        });
        let gaps = gapped.matches(GAP).count();
        let prompt = self.words.count("quiz-fill", gaps, &[]);
        let begin = solutions.first().and_then(|solution| command::begin(gapped, solution));
        let hint = begin.map(|begin| self.words.say("quiz-hint-begin", &[("text", &sanitise(&begin))]));
        let asked = self.tries(hint.as_deref(), |this| {
            if let Some(line) = &line {
                this.person.show(&format!("{}\n", terminal::message(line, "", this.style.width, this.style.color)))?;
            }
            let judged = |typed: &str| judge::blank(gapped, solutions, mistakes, typed);
            // A known mistake of the lesson counts as an answer.
            let is_known = |typed: &str| matches!(judged(typed).because[..], [Said::Lesson(_)]);
            let no_answer = |typed: &str| judge::no_filling(gapped, solutions, typed).filter(|_| !is_known(typed));
            this.typed(&prompt, judged, no_answer)
        })?;
        if asked == QuizOutcome::Wrong
            && let Some(solution) = solutions.first()
        {
            self.reveal(&code(solution))?;
        }
        Ok(asked)
    }

    /// Asks for a line of text, and judges the line. If the line is wrong but is a tutor command, returns the command.
    /// If `no_answer` returns a message for the line, shows the message and asks again.
    fn typed(
        &mut self,
        prompt: &str,
        judge: impl Fn(&str) -> Verdict,
        no_answer: impl Fn(&str) -> Option<&'static str>,
    ) -> Result<Response<Verdict>, QuizError> {
        loop {
            let Response::Answer(typed) = self.person.type_in(prompt)? else { return Ok(Response::Nothing) };
            let verdict = judge(&typed);
            if verdict.right {
                return Ok(Response::Answer(verdict));
            }
            if let Some(call) = (self.parse_command)(&typed) {
                return Ok(Response::Command(call));
            }
            let Some(key) = no_answer(&typed) else { return Ok(Response::Answer(verdict)) };
            self.say(key)?;
        }
    }

    /// Asks until the answer is right or no attempts are left. A tutor command does not count as an attempt. `hint` is
    /// the text for a person who asks for a hint.
    fn tries(
        &mut self,
        hint: Option<&str>,
        mut once: impl FnMut(&mut Self) -> Result<Response<Verdict>, QuizError>,
    ) -> Result<QuizOutcome, QuizError> {
        let mut number = 1;
        while number <= TRIES {
            let verdict = match once(self)? {
                Response::Answer(verdict) => verdict,
                Response::Nothing => return Ok(QuizOutcome::Left),
                Response::Command(QuizCommand::Solution) => break,
                Response::Command(QuizCommand::Skip) => return Ok(QuizOutcome::Skipped),
                Response::Command(call @ (QuizCommand::Menu | QuizCommand::Quit)) => {
                    return Ok(QuizOutcome::Away { menu: call == QuizCommand::Menu });
                }
                Response::Command(call) => {
                    self.hears(call, hint)?;
                    continue;
                }
            };
            self.verdict(&verdict)?;
            if verdict.right {
                return Ok(QuizOutcome::Right { first_try: number == 1 });
            }
            if number < TRIES {
                self.say("quiz-again")?;
            }
            number += 1;
        }
        Ok(QuizOutcome::Wrong)
    }

    /// Replies to a tutor command that does not end the question.
    fn hears(&mut self, call: QuizCommand, hint: Option<&str>) -> Result<(), QuizError> {
        match (call, hint) {
            (QuizCommand::Hint, Some(hint)) => return self.markdown(hint),
            (QuizCommand::Hint, None) => return self.markdown(&self.words.say("quiz-hint-none", &[])),
            (QuizCommand::Prompt, _) => self.markdown(&self.words.say("quiz-at-prompt", &[]))?,
            _ => {}
        }
        let key = if hint.is_some() { "quiz-words" } else { "quiz-words.no-hint" };
        self.markdown(&self.words.say(key, &[]))
    }

    fn verdict(&mut self, verdict: &Verdict) -> Result<(), QuizError> {
        let (sign, key, style) = if verdict.right {
            ("✔ ", "quiz-right", anstyle::AnsiColor::Green)
        } else {
            ("✘ ", "quiz-wrong", anstyle::AnsiColor::Red)
        };
        let word = self.words.say(key, &[]);
        let style = if self.style.color == Color::None { anstyle::Style::new() } else { style.on_default().bold() };
        let sign = if self.style.plain { "" } else { sign };
        self.person.show(&format!("\n{style}{sign}{word}{style:#}\n"))?;
        self.because(verdict)
    }

    fn because(&mut self, verdict: &Verdict) -> Result<(), QuizError> {
        for said in &verdict.because {
            let text = match said {
                Said::Lesson(text) => text.clone(),
                Said::About(option, why) => format!("{option}: {why}"),
                Said::Ours(key, count) => self.words.count(key, *count, &[]),
                Said::Slip(slip) => explain::words(&Explanation { show: None, ..slip.clone() }, self.words),
            };
            // The advice of an explanation begins a line of its own.
            let mut lines = vec![text.as_str()];
            if let (Said::Slip(_), Some((cause, advice))) = (said, text.split_once('\n')) {
                lines = vec![cause, advice];
            }
            for line in lines {
                self.markdown(line)?;
            }
        }
        Ok(())
    }

    /// Shows the right answer on a separate line.
    fn reveal(&mut self, answer: &str) -> Result<(), QuizError> {
        let said = self.words.say("quiz-right-answer", &[("answer", answer)]);
        let said = terminal::accent(&fold(&said, self.style.width, 0, 2), self.style.color);
        self.person.show(&format!("{said}\n"))
    }

    pub(super) fn title(&mut self, key: &str) -> Result<(), QuizError> {
        let word = self.words.say(key, &[]);
        let style = anstyle::Style::new().bold();
        let style = if self.style.color == Color::None { anstyle::Style::new() } else { style };
        self.person.show(&format!("{style}{word}{style:#}\n"))
    }

    pub(super) fn markdown(&mut self, text: &str) -> Result<(), QuizError> {
        let text = terminal::render(text, &self.style);
        self.person.show(&text)
    }

    pub(super) fn say(&mut self, key: &str) -> Result<(), QuizError> {
        let text = terminal::accent(&self.words.say(key, &[]), self.style.color);
        self.person.show(&format!("{}\n", fold(&text, self.style.width, 0, 0)))
    }

    fn numbered(&mut self, items: &[String]) -> Result<(), QuizError> {
        for (index, item) in items.iter().enumerate() {
            let number = format!("{}. ", index + 1);
            let item = terminal::accent(&listed(item, number.len(), self.style.width), self.style.color);
            self.person.show(&format!("{number}{item}\n"))?;
        }
        Ok(())
    }

    /// Renders the text of an option without colours and styles, because the list adds its own colours and styles.
    fn inline(&self, markdown: &str) -> String {
        terminal::inline(markdown, &self.style)
    }
}

/// Puts text in backquotes, unless the text contains a backquote.
fn code(text: &str) -> String {
    let shown = sanitise(text).replace('\t', " ");
    if shown.contains('`') { shown } else { format!("`{shown}`") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{FactCompare, Subject};
    use crate::quiz::person::Lines;
    use crate::words::Lang;

    /// Asks a person who types these lines, on a terminal with colours. Returns the outcome and the shown text.
    fn asked(
        lines: &str,
        question: impl FnOnce(&mut Asker<'_, Lines<'_, &[u8], Vec<u8>>>) -> Result<QuizOutcome, QuizError>,
    ) -> (QuizOutcome, String) {
        let words = Words::new(Lang::Id);
        let style = PageStyle { color: Color::Dark, ..PageStyle::default() };
        let parse_command: CommandParser = |typed| (typed == "jawaban").then_some(QuizCommand::Solution);
        let person = Lines { words: &words, width: 80, parse_command, input: lines.as_bytes(), output: Vec::new() };
        let mut asker = Asker { person, words: &words, style, parse_command };
        let asked = question(&mut asker).unwrap();
        (asked, String::from_utf8(asker.person.output).unwrap())
    }

    #[test]
    fn solution_that_the_person_asks_for_is_bold() {
        let (end, shown) =
            asked("jawaban\n", |asker| asker.blank("docker ____ -a", &["docker ps -a".into()], &[], None));
        assert_eq!(end, QuizOutcome::Wrong);
        assert!(shown.contains("Jawabannya: \x1b[1mdocker ps -a\x1b[0m\n"), "{shown}");
    }

    #[test]
    fn question_with_several_lines_shows_the_line_before_each_attempt() {
        let solution = ["docker logs kabar".to_owned()];
        let (end, shown) = asked("ps\nlogs\n", |asker| asker.blank("docker ____ kabar", &solution, &[], Some((2, 3))));
        assert_eq!(end, QuizOutcome::Right { first_try: false }, "{shown}");
        let place = "Baris 2 dari 3: \x1b[1mdocker ____ kabar\x1b[0m\n";
        assert_eq!(shown.matches(place).count(), 2, "{shown}");
        let (_, shown) = asked("logs\n", |asker| asker.blank("docker ____ kabar", &solution, &[], None));
        assert!(!shown.contains("Baris"), "{shown}");
    }

    #[test]
    fn line_that_is_no_answer_does_not_count_as_an_attempt() {
        let question =
            FactQuestion { subject: Subject::Image("a".into()), path: Vec::new(), compare: FactCompare::Length };
        let layers = serde_json::json!(["a", "b"]);
        let lines = "dua\ndocker image inspect a\ndua\n2\n";
        let (end, shown) = asked(lines, |asker| asker.fact(&question, &[&layers]));
        assert_eq!(end, QuizOutcome::Right { first_try: true }, "{shown}");
        assert!(shown.contains("dengan angka") && shown.contains("Itu perintah"), "{shown}");
    }
}
