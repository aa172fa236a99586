//! Fills the gaps of commands, and compares an answer with the solution.

use crate::shell::{self, Item, Word};

/// The sign for a gap.
pub(super) const GAP: &str = "____";

/// Returns the number of equal words at the beginning of two commands.
pub(super) fn agree(one: &str, other: &str) -> usize {
    words(one).iter().zip(&words(other)).take_while(|(one, other)| one == other).count()
}

/// Whether `typed` looks like the whole command, not like a text for the gap.
pub(super) fn begins_like(typed: &str, gapped: &str) -> bool {
    let first = |text: &str| text.split_whitespace().next().map(str::to_owned);
    first(gapped).is_some_and(|word| word != GAP && first(typed).as_ref() == Some(&word))
}

/// Returns the command with `typed` in its gap. For several gaps, `typed` must have the same number of parts, separated
/// by commas.
pub(super) fn fill(gapped: &str, typed: &str) -> Option<String> {
    let parts: Vec<&str> = gapped.split(GAP).map(|part| part.trim_matches('_')).collect();
    let gaps = parts.len().checked_sub(1).filter(|&gaps| gaps > 0)?;
    let fillings: Vec<&str> = if gaps == 1 { vec![typed] } else { typed.split(',').map(str::trim).collect() };
    if fillings.len() != gaps {
        return None;
    }
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        whole.push_str(part);
        whole.push_str(fillings.get(index).copied().unwrap_or_default());
    }
    Some(whole)
}

/// Returns the texts in `whole` that fill the gaps of `gapped`; `None` if the commands differ outside of the gaps.
pub(super) fn fillings(gapped: &str, whole: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = gapped.trim().split(GAP).map(|part| part.trim_matches('_')).collect();
    let (first, others) = parts.split_first()?;
    let mut rest = whole.trim().strip_prefix(first)?;
    let mut fillings = Vec::new();
    for (at, part) in others.iter().enumerate() {
        let end = if at + 1 == others.len() {
            rest.len() - rest.strip_suffix(part).map(|_| part.len())?
        } else {
            rest.find(part).filter(|_| !part.is_empty())?
        };
        fillings.push(rest[..end].trim().to_owned());
        rest = &rest[end + part.len()..];
    }
    Some(fillings)
}

/// Returns the beginning of the text for the first gap: the first word of this text, without the last letters of the
/// word. Returns `None` if `solution` differs from `gapped` outside of the gap.
pub(super) fn begin(gapped: &str, solution: &str) -> Option<String> {
    let (before, after) = gapped.trim().split_once(GAP)?;
    let rest = solution.trim().strip_prefix(before)?;
    let after = after.trim_start_matches('_').split(GAP).next().unwrap_or_default();
    let filling = if after.is_empty() { rest } else { &rest[..rest.find(after)?] };
    let word = filling.split_whitespace().next()?;
    let shown = word.chars().count().div_ceil(3);
    Some(word.chars().take(shown).collect())
}

/// Returns the words and operators of shell text, without quotes.
fn words(text: &str) -> Vec<String> {
    let texts = |words: Vec<Word>| words.into_iter().map(|word| word.meaning).collect::<Vec<_>>();
    let each = |item| match item {
        Item::Command(command) => {
            let targets = command.redirects.into_iter().flat_map(|one| [one.operator, one.target.meaning]);
            texts(command.assignments).into_iter().chain(texts(command.words)).chain(targets).collect()
        }
        Item::Words(words) => texts(words),
        Item::Keyword(word) => texts(vec![word]),
        Item::Operator(operator, _) => vec![operator],
    };
    shell::read(text.trim()).items.into_iter().flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_from_an_answer_and_read_back_from_a_command() {
        assert_eq!(fill("docker ____ -a", "ps").as_deref(), Some("docker ps -a"));
        assert_eq!(fill("docker ______ x", "pull").as_deref(), Some("docker pull x"));
        assert_eq!(fill("docker ____ -p ____ x", "run, 80:80").as_deref(), Some("docker run -p 80:80 x"));
        assert_eq!(fill("docker ____ -p ____ x", "run"), None);
        assert_eq!(fill("docker ps", "x"), None);
        assert_eq!(agree("docker ps", "docker ps -a"), 2);
        let filled = |gapped: &str, whole: &str| fillings(gapped, whole).map(|all| all.join("|"));
        assert_eq!(filled("docker ____ -a", "docker ps -a").as_deref(), Some("ps"));
        assert_eq!(filled("docker run ____ a", "docker run -d --name b a").as_deref(), Some("-d --name b"));
        assert_eq!(filled("docker run -p ____ ____", "docker run -p 80:80 a").as_deref(), Some("80:80|a"));
        assert_eq!(filled("docker ____ a", "docker ps"), None);
        assert_eq!(begin("docker ____ -a", "docker ps -a").as_deref(), Some("p"));
        assert_eq!(begin("docker ______ x", "docker inspect x").as_deref(), Some("ins"));
        assert_eq!(begin("docker run -p ____ ____", "docker run -p 8080:80 nginx").as_deref(), Some("808"));
        assert_eq!(begin("docker ps ____", "docker container ls -a"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,40}", other in "[a-z '\"\\\\$-|=]{0,30}") {
            let _ = (fillings(&text, &other), fillings(&other, &text), fill(&text, &other), agree(&text, &other), begin(&text, &other), begin(&other, &text));
        }
    }
}
