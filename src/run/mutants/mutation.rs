//! Changes a command line in one place: drops an option, takes another image, swaps two arguments …
//!
//! To drop an option, parses the line before and after the change with `docker_cli`. Uses the change only if no other
//! part of the command differs.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::docker_cli::{CommandSpec, DockerCommand, Operand, are_same_lines, find_command};
use crate::event::{Mutant, MutantChange};
use crate::image_ref::{ImageRef, is_same_image};
use crate::lesson::Lesson;
use crate::shell::{self, Word};

/// Pairs of a command and a similar command that replaces it.
const NEIGHBOURS: [(&str, &str); 7] = [
    ("container stop", "kill"),
    ("container kill", "stop"),
    ("container run", "create"),
    ("container create", "run"),
    ("container start", "restart"),
    ("container rm", "stop"),
    ("container pause", "stop"),
];

/// Replacement images for a lesson that uses only one image. Both images have a shell.
const IMAGES: [&str; 2] = ["busybox", "alpine"];

/// The names that a lesson uses.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownNames {
    images: Vec<String>,
    containers: Vec<String>,
}

impl KnownNames {
    /// Collects the images of the front matter and the values of `--name` in the lesson's commands.
    pub(super) fn of(lesson: &Lesson) -> Self {
        let images = lesson.front.have.iter().chain(&lesson.front.images).map(|image| image.value.clone()).collect();
        let mut containers: Vec<String> = Vec::new();
        for (_, transcript) in lesson.transcripts() {
            let calls =
                transcript.commands.iter().flat_map(|command| crate::docker_cli::docker_commands(&command.text));
            let names = calls.filter_map(|call| call.value("name").map(str::to_owned));
            for name in names {
                if !containers.contains(&name) {
                    containers.push(name);
                }
            }
        }
        Self { images, containers }
    }
}

/// Returns the mutants of `line`, each with one change. Omits lines that docker understands in the same way as `line`.
pub(super) fn mutations(line: &str, names: &KnownNames) -> Vec<Mutant> {
    let script = shell::read(line);
    let mut found = Vec::new();
    for command in script.commands() {
        let words = command.invocation().words;
        if let Some(call) = DockerCommand::parse(words) {
            CallMutations { line, words, call, names, found: &mut found }.add_all();
        }
    }
    found.push(Mutant { change: MutantChange::LeftOut, typed: None });
    let mut seen = BTreeSet::new();
    found.retain(|mutant| {
        let is_other = mutant.typed.as_ref().is_none_or(|typed| !are_same_lines(line, typed));
        is_other && seen.insert(mutant.typed.clone())
    });
    found
}

/// A range of words and the text that replaces them. An empty text removes the words.
type WordEdit = (Range<usize>, String);

struct CallMutations<'a> {
    line: &'a str,
    /// The program and its arguments.
    words: &'a [Word],
    call: DockerCommand,
    names: &'a KnownNames,
    found: &'a mut Vec<Mutant>,
}

impl CallMutations<'_> {
    fn add_all(&mut self) {
        let options = self.options();
        for (range, text, _) in &options {
            self.add(MutantChange::OptionDropped, &[(range.clone(), text.clone())]);
        }
        self.drop_arguments();
        self.rename();
        self.change_images();
        self.swap_arguments();
        self.change_command(&options);
    }

    fn add(&mut self, change: MutantChange, edits: &[WordEdit]) {
        let typed = Some(self.edited(edits));
        self.found.push(Mutant { change, typed });
    }

    /// Returns the line with `edits` applied.
    fn edited(&self, edits: &[WordEdit]) -> String {
        let mut edits: Vec<&WordEdit> = edits.iter().filter(|(range, _)| !range.is_empty()).collect();
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut line = self.line.to_owned();
        for (range, text) in edits {
            let end = self.words[range.end - 1].span.end;
            let start = self.words[range.start].span.start;
            // If a word is removed, the blanks before the word are removed too.
            let before = range.start.checked_sub(1).map(|at| self.words[at].span.end);
            let start = before.filter(|_| text.is_empty()).unwrap_or(start);
            line.replace_range(start..end, text);
        }
        line
    }

    /// Parses the call with `edits` applied.
    fn parsed(&self, edits: &[WordEdit]) -> Option<DockerCommand> {
        let mut words: Vec<String> = self.words.iter().map(|word| word.text.clone()).collect();
        let mut edits: Vec<&WordEdit> = edits.iter().collect();
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, text) in edits {
            words.splice(range.clone(), Some(text.clone()).filter(|text| !text.is_empty()));
        }
        DockerCommand::parse(&words)
    }

    /// Returns the number of words at the end of the call that form the command in a container, such as `sleep 600`.
    /// For `docker tag`, the word after the first image does not count, because this word is another image.
    fn tail(&self) -> usize {
        let is_own = |index: usize| self.operand(index) != Operand::Command;
        let first = self.call.arguments.len();
        let own = (first..first + self.call.tail.len()).take_while(|&index| is_own(index)).count();
        self.call.tail.len() - own
    }

    /// Returns the range of words after the docker command, without the words that form the command in a container.
    fn own_words(&self) -> Range<usize> {
        self.words.len() - self.call.words.len()..self.words.len() - self.tail()
    }

    /// Returns an edit for each option that can be dropped: the range of words, the text that remains, and the option's
    /// long name.
    fn options(&self) -> Vec<(Range<usize>, String, String)> {
        let mut found = Vec::new();
        let own = self.own_words();
        // Returns the name of the option that an edit drops, if the edit changes nothing else.
        let dropped = |edit: WordEdit| {
            let after = self.parsed(&[edit])?;
            let is_one = after.options.len() + 1 == self.call.options.len();
            let at = self.call.options.iter().zip(&after.options).position(|(before, after)| before != after);
            let at = at.unwrap_or(after.options.len());
            let rest = [&self.call.options[..at], self.call.options.get(at + 1..)?].concat();
            let is_same = after.operands().eq(self.call.operands()) && after.command == self.call.command;
            (is_one && is_same && rest == after.options).then(|| self.call.options[at].name.clone())
        };
        for at in own.clone().filter(|&at| self.words[at].text.starts_with('-')) {
            let word = &self.words[at].text;
            let ranges = [at..at + 1, at..at + 2];
            let whole = ranges.into_iter().filter(|range| range.end <= own.end);
            if let Some(one) = whole
                .map(|range| (dropped((range.clone(), String::new())), range))
                .find_map(|(name, range)| Some((range, String::new(), name?)))
            {
                found.push(one);
                continue;
            }
            // Tries to drop one letter of a word such as `-it`.
            let letters: Vec<char> = word.chars().skip(1).collect();
            for letter in 0..letters.len() {
                let rest: String = letters.iter().enumerate().filter(|(at, _)| *at != letter).map(|(_, c)| c).collect();
                let text = format!("-{rest}");
                if let Some(name) = dropped((at..at + 1, text.clone())) {
                    found.push((at..at + 1, text, name));
                }
            }
        }
        found
    }

    /// Returns the indices of the words that are arguments.
    fn arguments(&self) -> Vec<usize> {
        let own = self.call.operands().count() - self.tail();
        let mut rest = self.call.operands().take(own).peekable();
        let mut found = Vec::new();
        for at in self.own_words() {
            let is_argument = rest.peek().is_some_and(|argument| *argument == self.words[at].text)
                && self.parsed(&[(at..at + 1, "x".to_owned())]).is_some_and(|after| after.options == self.call.options);
            if is_argument {
                rest.next();
                found.push(at);
            }
        }
        if rest.peek().is_some() { Vec::new() } else { found }
    }

    fn drop_arguments(&mut self) {
        let (end, tail) = (self.words.len(), self.tail());
        if tail > 0 {
            self.add(MutantChange::ArgumentsDropped, &[(end - tail..end, String::new())]);
            self.add(MutantChange::LastArgumentDropped, &[(end - 1..end, String::new())]);
        } else if let Some(&last) = self.arguments().last() {
            self.add(MutantChange::LastArgumentDropped, &[(last..last + 1, String::new())]);
        }
    }

    fn operand(&self, index: usize) -> Operand {
        self.call.command.map_or(Operand::Other, |command| command.operand(index))
    }

    fn rename(&mut self) {
        let own = self.own_words();
        for option in self.call.options.clone().into_iter().filter(|option| option.name == "name") {
            let Some(value) = option.value else { continue };
            for at in own.clone() {
                let text = &self.words[at].text;
                let next = self.words.get(at + 1).is_some_and(|next| next.text == value);
                if *text == option.typed && next {
                    self.add(MutantChange::OtherName, &[(at + 1..at + 2, shell::quoted(&format!("{value}2")))]);
                } else if *text == format!("{}={value}", option.typed) {
                    self.add(MutantChange::OtherName, &[(at..at + 1, shell::quoted(&format!("{text}2")))]);
                }
            }
        }
        for (index, at) in self.arguments().into_iter().enumerate() {
            let name = &self.words[at].text;
            let another = match self.operand(index) {
                Operand::Container => self.names.containers.iter().find(|other| *other != name).cloned(),
                Operand::Network | Operand::Volume => None,
                _ => continue,
            };
            let another = another.unwrap_or_else(|| format!("{name}2"));
            self.add(MutantChange::OtherName, &[(at..at + 1, shell::quoted(&another))]);
        }
    }

    fn change_images(&mut self) {
        for (index, at) in self.arguments().into_iter().enumerate() {
            if self.operand(index) != Operand::Image {
                continue;
            }
            let name = self.words[at].text.clone();
            let Ok(image) = name.parse::<ImageRef>() else { continue };
            if image.tag.is_some() && image.digest.is_none() {
                self.add(MutantChange::OtherTag, &[(at..at + 1, shell::quoted(&image.familiar_name()))]);
            }
            let known = self.names.images.iter().map(String::as_str);
            let is_other = |other: &&str| other.parse::<ImageRef>().is_ok_and(|other| other.name() != image.name());
            let another = known.chain(IMAGES).find(|other| !is_same_image(other, &name) && is_other(other));
            if let Some(another) = another {
                self.add(MutantChange::OtherImage, &[(at..at + 1, shell::quoted(another))]);
            }
        }
    }

    fn swap_arguments(&mut self) {
        let end = self.words.len();
        let pair = match self.arguments()[..] {
            [one, other, ..] => Some((one, other)),
            _ if self.tail() > 1 => Some((end - self.tail(), end - self.tail() + 1)),
            _ => None,
        };
        if let Some((one, other)) = pair {
            let text = |at: usize| self.line[self.words[at].span.clone()].to_owned();
            let edits = [(one..one + 1, text(other)), (other..other + 1, text(one))];
            self.add(MutantChange::ArgumentsSwapped, &edits);
        }
    }

    fn change_command(&mut self, options: &[(Range<usize>, String, String)]) {
        let Some(name) = self.call.command.map(|command| command.name) else { return };
        let verb = self.own_words().start.checked_sub(1);
        for (_, other) in NEIGHBOURS.iter().filter(|(from, _)| *from == name) {
            let (Some(verb), Some(target)) = (verb, find_command(other)) else { continue };
            let lacks = |target: &CommandSpec, name: &str| target.option(name).is_none();
            let mut edits = vec![(verb..verb + 1, (*other).to_owned())];
            let unknown = options.iter().filter(|(_, _, name)| lacks(target, name));
            edits.extend(unknown.map(|(range, text, _)| (range.clone(), text.clone())));
            // Two edits of the same word would conflict. In that case, the command gets no mutant of this kind.
            let mut starts: Vec<usize> = edits.iter().map(|(range, _)| range.start).collect();
            starts.sort_unstable();
            if starts.windows(2).all(|two| two[0] != two[1]) {
                self.add(MutantChange::OtherCommand, &edits);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(line: &str) -> Vec<String> {
        let names =
            KnownNames { images: vec!["alpine:3.20".into()], containers: vec!["kapal".into(), "perahu".into()] };
        let mutants = mutations(line, &names).into_iter();
        mutants.map(|mutant| format!("{}: {}", mutant.change.name(), mutant.typed.unwrap_or_default())).collect()
    }

    #[test]
    fn each_mutant_differs_from_the_command_in_one_place() {
        let cases: &[(&str, &[&str])] = &[
            (
                "docker create --name kapal alpine:3.20 sleep 600",
                &[
                    "option-dropped: docker create alpine:3.20 sleep 600",
                    "arguments-dropped: docker create --name kapal alpine:3.20",
                    "last-argument-dropped: docker create --name kapal alpine:3.20 sleep",
                    "other-name: docker create --name kapal2 alpine:3.20 sleep 600",
                    "other-tag: docker create --name kapal alpine sleep 600",
                    "other-image: docker create --name kapal busybox sleep 600",
                    "arguments-swapped: docker create --name kapal alpine:3.20 600 sleep",
                    "other-command: docker run --name kapal alpine:3.20 sleep 600",
                    "left-out: ",
                ],
            ),
            (
                "docker run -d --init --name=perahu busybox",
                &[
                    "option-dropped: docker run --init --name=perahu busybox",
                    "option-dropped: docker run -d --name=perahu busybox",
                    "option-dropped: docker run -d --init busybox",
                    "last-argument-dropped: docker run -d --init --name=perahu",
                    "other-name: docker run -d --init --name=perahu2 busybox",
                    "other-image: docker run -d --init --name=perahu alpine:3.20",
                    "other-command: docker create --init --name=perahu busybox",
                    "left-out: ",
                ],
            ),
            (
                "docker exec -it kapal uname -r",
                &[
                    "option-dropped: docker exec -t kapal uname -r",
                    "option-dropped: docker exec -i kapal uname -r",
                    "arguments-dropped: docker exec -it kapal",
                    "last-argument-dropped: docker exec -it kapal uname",
                    "other-name: docker exec -it perahu uname -r",
                    "arguments-swapped: docker exec -it kapal -r uname",
                    "left-out: ",
                ],
            ),
            (
                "docker stop -t 2 kapal",
                &[
                    "option-dropped: docker stop kapal",
                    "last-argument-dropped: docker stop -t 2",
                    "other-name: docker stop -t 2 perahu",
                    "other-command: docker kill kapal",
                    "left-out: ",
                ],
            ),
            (
                "docker rm kapal 'perahu' && docker ps -a",
                &[
                    "last-argument-dropped: docker rm kapal && docker ps -a",
                    "other-name: docker rm perahu 'perahu' && docker ps -a",
                    "other-name: docker rm kapal kapal && docker ps -a",
                    "arguments-swapped: docker rm 'perahu' kapal && docker ps -a",
                    "other-command: docker stop kapal 'perahu' && docker ps -a",
                    "option-dropped: docker rm kapal 'perahu' && docker ps",
                    "left-out: ",
                ],
            ),
            (
                "docker image tag alpine:3.20 toko:1.0",
                &[
                    "last-argument-dropped: docker image tag alpine:3.20",
                    "other-tag: docker image tag alpine toko:1.0",
                    "other-image: docker image tag busybox toko:1.0",
                    "other-tag: docker image tag alpine:3.20 toko",
                    "other-image: docker image tag alpine:3.20 alpine:3.20",
                    "arguments-swapped: docker image tag toko:1.0 alpine:3.20",
                    "left-out: ",
                ],
            ),
            ("echo a > b", &["left-out: "]),
            ("", &["left-out: "]),
        ];
        for (line, expected) in cases {
            assert_eq!(changed(line), *expected, "{line}");
        }
    }

    /// A dropped `:latest` or `--no-trunc=false` changes nothing.
    #[test]
    fn line_with_the_same_meaning_is_no_mutant() {
        let found = changed("docker pull --disable-content-trust=false busybox:latest");
        assert!(!found.iter().any(|mutant| mutant == "other-tag: docker pull busybox"), "{found:?}");
        assert_eq!(changed("docker ps --no-trunc=false"), ["left-out: "]);
    }

    /// No line makes the parser panic. The last mutant of each line is `left-out`.
    #[test]
    fn odd_command_line_gets_its_mutants_without_a_panic() {
        for line in [
            "docker",
            "docker run",
            "docker run --name",
            "docker run -",
            "docker run -- alpine",
            "docker exec kapal sh -c 'echo \"é\" > /a' < b",
            "docker stop $(docker ps -q)",
            "docker run -itd --name é é:é é\n> docker rm é",
            "docker run \\\n  --name kapal \\\n  alpine",
            "docker '",
            "sudo docker rm -f kapal; docker",
            "docker cp kapal:/a b",
            "docker compose -f a.yml up -d web",
        ] {
            let found = changed(line);
            assert_eq!(found.last().map(String::as_str), Some("left-out: "), "{line}");
        }
    }
}
