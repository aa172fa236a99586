//! Prompts: those of the lesson's shell, and those of programs inside it.

/// The form of a fence's outer prompt, taken from its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outer {
    /// `$ `
    Dollar,
    /// `# `
    Hash,
    /// `user@host:dir$ ` or with `#`; the directory may change.
    Host {
        /// `user@host`
        who: String,
        /// `$` or `#`
        sign: char,
    },
}

impl Outer {
    /// The form of a line that begins with a prompt.
    pub(super) fn of(line: &str) -> Option<Self> {
        if sign_len(line, '$').is_some() {
            Some(Self::Dollar)
        } else if sign_len(line, '#').is_some() {
            Some(Self::Hash)
        } else {
            let host = host(line)?;
            Some(Self::Host { who: host.who.to_owned(), sign: host.sign })
        }
    }

    /// How long the prompt is that `line` begins with, its space included; `None` when it does not begin with it.
    pub(super) fn len_in(&self, line: &str) -> Option<usize> {
        match self {
            Self::Dollar => sign_len(line, '$'),
            Self::Hash => sign_len(line, '#'),
            Self::Host { who, sign } => {
                host(line).filter(|host| host.who == who && host.sign == *sign).map(|host| host.len)
            }
        }
    }
}

/// `$ ` or a bare `$`.
fn sign_len(line: &str, sign: char) -> Option<usize> {
    let rest = line.strip_prefix(sign)?;
    match rest.chars().next() {
        Some(' ') => Some(2),
        None => Some(1),
        _ => None,
    }
}

struct Host<'a> {
    who: &'a str,
    sign: char,
    len: usize,
}

/// `user@host:dir$ `
fn host(line: &str) -> Option<Host<'_>> {
    let (who, rest) = line.split_once(':')?;
    let (user, machine) = who.split_once('@')?;
    let name =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if !name(user) || !name(machine) || !rest.starts_with(['/', '~']) {
        return None;
    }
    let directory = rest.find([' ', '\t']).unwrap_or(rest.len());
    let sign = rest[..directory].chars().last().filter(|sign| matches!(sign, '$' | '#'))?;
    let space = usize::from(rest[directory..].starts_with(' '));
    Some(Host { who, sign, len: who.len() + 1 + directory + space })
}

/// The form of an inner prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inner {
    /// `$ `
    Dollar,
    /// `# `
    Hash,
    /// `/ # `, `~ $ `: busybox, with its directory.
    Busybox,
    /// `bash-5.2# `
    Shell,
    /// `root@8f14e45fceea:/# `
    Host(String),
    /// `[root@8f14e45fceea /]# `
    Bracket,
}

impl Inner {
    /// The form of a line that begins with an inner prompt.
    pub(super) fn of(line: &str) -> Option<Self> {
        let forms = [Self::Dollar, Self::Hash, Self::Busybox, Self::Shell, Self::Bracket];
        forms
            .into_iter()
            .find(|form| form.len_in(line).is_some())
            .or_else(|| host(line).map(|host| Self::Host(host.who.to_owned())))
    }

    /// How long the prompt is that `line` begins with.
    pub(super) fn len_in(&self, line: &str) -> Option<usize> {
        match self {
            Self::Dollar => sign_len(line, '$'),
            Self::Hash => sign_len(line, '#'),
            Self::Busybox => {
                let directory = line.find(' ')?;
                if !line.starts_with(['/', '~']) {
                    return None;
                }
                let rest = &line[directory + 1..];
                sign_len(rest, '#').or_else(|| sign_len(rest, '$')).map(|len| directory + 1 + len)
            }
            Self::Shell => {
                let version = line.strip_prefix("bash-").or_else(|| line.strip_prefix("sh-"))?;
                let digits = version.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|&at| at > 0)?;
                let rest = &version[digits..];
                let sign = sign_len(rest, '#').or_else(|| sign_len(rest, '$'))?;
                Some(line.len() - rest.len() + sign)
            }
            Self::Bracket => {
                let inside = line.strip_prefix('[')?;
                let (who, rest) = inside.split_once(']')?;
                if !who.contains('@') || who.split(' ').count() != 2 {
                    return None;
                }
                let sign = sign_len(rest, '#').or_else(|| sign_len(rest, '$'))?;
                Some(line.len() - rest.len() + sign)
            }
            Self::Host(who) => host(line).filter(|host| host.who == who).map(|host| host.len),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_prompts() {
        let prompt = |line: &str| Outer::of(line).and_then(|form| form.len_in(line)).map(|len| line[..len].to_owned());
        assert_eq!(prompt("$ docker ps").as_deref(), Some("$ "));
        assert_eq!(prompt("# docker ps").as_deref(), Some("# "));
        assert_eq!(prompt("root@server_rumah:/home/ryan# docker").as_deref(), Some("root@server_rumah:/home/ryan# "));
        assert_eq!(prompt("ryan@x:~$").as_deref(), Some("ryan@x:~$"));
        for line in ["docker ps", "$docker", "#docker", "> x", "a@b:c$ x", "a@b: $ x", "@b:/$ x", "/ # ls", ""] {
            assert_eq!(prompt(line), None, "{line:?}");
        }
    }

    #[test]
    fn the_directory_may_change_but_not_the_user() {
        let form = Outer::of("ryan@x:~$ cd /").unwrap();
        assert_eq!(form.len_in("ryan@x:/$ ls"), Some(10));
        assert_eq!(form.len_in("root@x:/# ls"), None);
        assert_eq!(form.len_in("ryan@x:/# ls"), None);
    }

    #[test]
    fn inner_prompts() {
        for (line, prompt) in [
            ("/ # ls", "/ # "),
            ("/usr/src # ls", "/usr/src # "),
            ("~ $ ls", "~ $ "),
            ("# ls", "# "),
            ("$ ls", "$ "),
            ("bash-5.2# ls", "bash-5.2# "),
            ("sh-4.4$ ls", "sh-4.4$ "),
            ("root@8f14e45fceea:/# ls", "root@8f14e45fceea:/# "),
            ("[root@8f14e45fceea /]# ls", "[root@8f14e45fceea /]# "),
            ("/ #", "/ #"),
        ] {
            let form = Inner::of(line).unwrap_or_else(|| panic!("{line:?}"));
            assert_eq!(form.len_in(line).map(|len| &line[..len]), Some(prompt));
        }
        for line in ["/bin/ls", "bash-# x", "[a]# x", "total 0", "#!/bin/sh", ""] {
            assert_eq!(Inner::of(line), None, "{line:?}");
        }
    }
}
