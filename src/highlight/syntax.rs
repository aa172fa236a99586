//! Splits code with `syntect`. The grammars are those of bat, which include all languages of lessons, such as
//! Dockerfile.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{Class, CodePiece};

/// The maximum length of a line, and of the whole code, in bytes. Longer code stays plain, because some grammars are
/// slow on long code.
const LONGEST_LINE: usize = 2_000;
const MOST_CODE: usize = 64 << 10;

// Loading takes 2 ms. Adding a syntax would link all syntaxes again, which takes 0.5 s.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The class for each prefix of a scope's name. The innermost scope that has one of these prefixes decides. If several
/// prefixes match this scope, the first prefix in the table wins.
static CLASSES: LazyLock<Vec<(Scope, Option<Class>)>> = LazyLock::new(|| {
    let table: [(&str, Option<Class>); 32] = [
        ("comment", Some(Class::Comment)),
        ("punctuation.definition.comment", Some(Class::Comment)),
        ("punctuation.definition.string", Some(Class::String)),
        ("punctuation.definition.parameter", Some(Class::Option)),
        ("punctuation.definition.variable", Some(Class::Variable)),
        ("entity.name.tag", Some(Class::Key)),
        ("entity.other.attribute-name", Some(Class::Key)),
        ("support.type.property-name", Some(Class::Key)),
        ("string.unquoted.plain.out.yaml", None),
        ("string.unquoted", None),
        ("string", Some(Class::String)),
        ("constant.character.escape", Some(Class::Constant)),
        ("constant", Some(Class::Constant)),
        ("keyword.operator", None),
        ("keyword.other.dockerfile", Some(Class::Keyword)),
        ("keyword", Some(Class::Keyword)),
        ("storage", Some(Class::Keyword)),
        ("entity.name.function", Some(Class::Function)),
        ("support.function", Some(Class::Function)),
        ("variable.function", Some(Class::Function)),
        ("variable.parameter.option", Some(Class::Option)),
        ("variable.parameter", Some(Class::Option)),
        ("variable.other.key", Some(Class::Key)),
        ("variable", Some(Class::Variable)),
        ("support.type", Some(Class::Keyword)),
        ("entity.name", Some(Class::Key)),
        ("markup.inserted", Some(Class::Inserted)),
        ("markup.deleted", Some(Class::Deleted)),
        ("markup.heading", Some(Class::Keyword)),
        ("markup.bold", Some(Class::Function)),
        ("markup.raw", Some(Class::String)),
        ("meta.diff.header", Some(Class::Keyword)),
    ];
    table.into_iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, class))).collect()
});

static KEYS: LazyLock<Vec<Scope>> = LazyLock::new(|| {
    let names = ["meta.mapping.key", "meta.structure.dictionary.key"];
    names.into_iter().filter_map(|name| Scope::new(name).ok()).collect()
});

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "docker-compose" | "compose" | "compose.yaml" => "yaml",
        "containerfile" => "dockerfile",
        "shell" => "bash",
        "jsonc" | "json5" => "json",
        "dotenv" => "env",
        "" | "text" | "txt" | "plain" | "plaintext" => return None,
        other => other,
    };
    SYNTAXES.find_syntax_by_token(token)
}

/// Whether there is a grammar for this language.
#[cfg(test)]
pub(super) fn is_known(language: &str) -> bool {
    find(language).is_some()
}

/// Splits `code`. Returns one plain piece if the language is unknown or the code is too large.
pub(super) fn pieces(code: &str, language: &str) -> Vec<CodePiece> {
    let readable = code.len() <= MOST_CODE && code.lines().all(|line| line.len() <= LONGEST_LINE);
    let parsed = find(language).filter(|_| readable).and_then(|syntax| parse(code, syntax));
    parsed.unwrap_or_else(|| vec![CodePiece::new(None, code)])
}

fn parse(code: &str, syntax: &SyntaxReference) -> Option<Vec<CodePiece>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = Vec::new();
    for line in code.split_inclusive('\n') {
        // The grammars expect a line end after each line.
        let ended = line.ends_with('\n');
        let owned = if ended { String::new() } else { format!("{line}\n") };
        let whole = if ended { line } else { owned.as_str() };
        let mut at = 0;
        for (place, op) in state.parse_line(whole, &SYNTAXES).ok()? {
            let place = place.min(line.len());
            if place > at {
                out.push(CodePiece::new(class_of(&stack), line.get(at..place)?));
                at = place;
            }
            stack.apply(&op).ok()?;
        }
        out.push(CodePiece::new(class_of(&stack), line.get(at..)?));
    }
    Some(out)
}

fn class_of(stack: &ScopeStack) -> Option<Class> {
    // A quoted key counts as a key, not as a string.
    if stack.as_slice().iter().any(|scope| KEYS.iter().any(|key| key.is_prefix_of(*scope))) {
        return Some(Class::Key);
    }
    stack
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| CLASSES.iter().find(|(begin, _)| begin.is_prefix_of(*scope)).map(|(_, class)| *class))?
}
