//! What stands after a fence's first word: `console,exit=1|255,timeout=10m`.

use std::time::Duration;

use super::{Attrs, EngineFamily};
use crate::text::{Code, Diagnostic, Span, nearest};

/// A fence's info string, taken apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) word: String,
    pub(crate) attrs: Attrs,
    pub(crate) file: Option<String>,
}

const KNOWN: [&str; 13] = [
    "exit", "timeout", "hidden", "blank", "solution", "shuffle", "prompt", "needs", "since", "until", "engine",
    "exact", "file",
];

/// Whether a fence with this first word, or with `file=`, is ours to read.
pub(crate) fn is_ours(info: &str) -> bool {
    let word = info.split(',').next().unwrap_or_default().trim();
    matches!(word, "console" | "check" | "quiz") || split(info).iter().any(|part| part.trim().starts_with("file="))
}

/// Takes `info` apart; mistakes are told at `span`.
pub(crate) fn read(info: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Info {
    let mut parts = split(info).into_iter();
    let mut read = Info { word: parts.next().unwrap_or_default().trim().to_owned(), ..Info::default() };
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let (name, value) =
            part.split_once('=').map_or((part, None), |(name, value)| (name.trim(), Some(value.trim())));
        if attribute(&mut read, name, value).is_none() {
            let code = if KNOWN.contains(&name) { "L012" } else { "L011" };
            let near = nearest(name, KNOWN).unwrap_or("").to_owned();
            diagnostics.push(
                Diagnostic::error(Code(code), span)
                    .with("name", name)
                    .with("value", value.unwrap_or_default())
                    .with("nearest", near)
                    .with("known", KNOWN.join(", ")),
            );
        }
    }
    read
}

fn attribute(info: &mut Info, name: &str, value: Option<&str>) -> Option<()> {
    let attrs = &mut info.attrs;
    match (name, value) {
        ("hidden", None) => attrs.hidden = true,
        ("blank", None) => attrs.blank = true,
        ("solution", None) => attrs.solution = true,
        ("shuffle", None) => attrs.shuffle = true,
        ("exact", None) => attrs.exact = true,
        ("exit", Some(value)) => {
            attrs.exit = value.split('|').map(|one| one.trim().parse().ok()).collect::<Option<Vec<i32>>>()?;
        }
        ("timeout", Some(value)) => attrs.timeout = Some(duration(value)?),
        ("prompt", Some(value)) => attrs.prompt = Some(unquote(value)?),
        ("needs", Some(value)) => {
            attrs.needs = value.split('+').map(|need| need.trim().to_owned()).collect();
            attrs.needs.iter().all(|need| !need.is_empty()).then_some(())?;
        }
        ("since", Some(value)) => attrs.since = Some(value.parse().ok()?),
        ("until", Some(value)) => attrs.until = Some(value.parse().ok()?),
        ("engine", Some(value)) => {
            attrs.engine = Some(match value {
                "docker" => EngineFamily::Docker,
                "containerd" => EngineFamily::Containerd,
                "podman" => EngineFamily::Podman,
                _ => return None,
            });
        }
        ("file", Some(value)) if !value.is_empty() => {
            info.file = Some(unquote(value).unwrap_or_else(|| value.to_owned()))
        }
        _ => return None,
    }
    Some(())
}

/// Splits at commas that are not in quotes.
fn split(info: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut quote) = (0, None);
    for (at, c) in info.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == ',' => {
                parts.push(&info[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&info[begin..]);
    parts
}

fn unquote(value: &str) -> Option<String> {
    for quote in ['\'', '"'] {
        if let Some(inside) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return (!inside.is_empty()).then(|| inside.to_owned());
        }
    }
    (!value.is_empty() && !value.contains(['\'', '"'])).then(|| value.to_owned())
}

/// `90s`, `10m`, `1m30s`, `500ms`, `1h`.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|&at| at > 0)?;
        let number: u32 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        total += match &rest[..unit] {
            "ms" => Duration::from_millis(number.into()),
            "s" => Duration::from_secs(number.into()),
            "m" => Duration::from_secs(u64::from(number) * 60),
            "h" => Duration::from_secs(u64::from(number) * 3600),
            _ => return None,
        };
        rest = &rest[unit..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(info: &str) -> Info {
        let mut diagnostics = Vec::new();
        let read = read(info, Span::default(), &mut diagnostics);
        assert_eq!(diagnostics, [], "{info}");
        read
    }

    #[test]
    fn everything_an_author_can_write() {
        let info =
            good("console, exit=1|255, timeout=1m30s,prompt='>>> ',needs=compose+buildkit,since=29,engine=podman");
        assert_eq!(info.word, "console");
        assert_eq!(info.attrs.exit, [1, 255]);
        assert_eq!(info.attrs.timeout, Some(Duration::from_secs(90)));
        assert_eq!(info.attrs.prompt.as_deref(), Some(">>> "));
        assert_eq!(info.attrs.needs, ["compose", "buildkit"]);
        assert_eq!((info.attrs.since, info.attrs.engine), (Some(29), Some(EngineFamily::Podman)));
        assert_eq!(good("dockerfile,file=app/Dockerfile").file.as_deref(), Some("app/Dockerfile"));
        assert_eq!(good("console,prompt='Continue? [y/N], '").attrs.prompt.as_deref(), Some("Continue? [y/N], "));
    }

    #[test]
    fn mistakes_are_told() {
        for (info, code) in [
            ("console,timeot=3s", "L011"),
            ("console,exit=satu", "L012"),
            ("console,timeout=10", "L012"),
            ("console,hidden=yes", "L012"),
            ("console,needs=a++b", "L012"),
        ] {
            let mut diagnostics = Vec::new();
            read(info, Span::default(), &mut diagnostics);
            assert_eq!(diagnostics.len(), 1, "{info}");
            assert_eq!(diagnostics[0].code.0, code, "{info}");
        }
    }
}
