//! Recognizes prompts of the lesson's shell and of programs inside it.

/// The form of a fence's outer prompt, read from its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OuterPrompt {
    /// `$ `, the prompt of a user.
    Dollar,
    /// `# `, the prompt of root.
    Hash,
    /// `user@host:dir$ `, or the same with `#`; the directory may change.
    Host {
        /// `user@host`, or `host` alone
        who: String,
        /// `$` or `#`
        sign: char,
    },
    /// `[user@host dir]$ `, or the same with `#`; the directory may change.
    Bracket {
        /// `user@host`
        who: String,
        /// `$` or `#`
        sign: char,
    },
    /// `~/src$ ` or `/srv$ `, a directory alone, which may change.
    Directory,
    /// Fixed text: `node1$ `, or the value of `prompt=`.
    Literal(String),
}

impl OuterPrompt {
    /// The form of the prompt at the beginning of a line.
    pub(super) fn of(line: &str) -> Option<Self> {
        let line = &line[environment_len(line)..];
        if sign_len(line, '$').is_some() {
            Some(Self::Dollar)
        } else if sign_len(line, '#').is_some() {
            Some(Self::Hash)
        } else if let Some(host) = host(line) {
            Some(Self::Host { who: host.who.to_owned(), sign: host.sign })
        } else if let Some(host) = bracket(line) {
            Some(Self::Bracket { who: host.who.to_owned(), sign: host.sign })
        } else if directory_len(line).is_some() {
            Some(Self::Directory)
        } else {
            name_len(line).map(|len| Self::Literal(line[..len].to_owned()))
        }
    }

    /// The length of the prompt at the beginning of `line`, with its space; `None` if there is none.
    pub(super) fn len_in(&self, line: &str) -> Option<usize> {
        let environment = environment_len(line);
        self.bare_len_in(line).or_else(|| {
            let len = self.bare_len_in(&line[environment..]).filter(|_| environment > 0)?;
            Some(environment + len)
        })
    }

    fn bare_len_in(&self, line: &str) -> Option<usize> {
        let same = |host: Option<Host<'_>>, who: &str, sign: char| {
            host.filter(|host| host.who == who && host.sign == sign).map(|host| host.len)
        };
        match self {
            Self::Dollar => sign_len(line, '$'),
            Self::Hash => sign_len(line, '#'),
            Self::Host { who, sign } => same(host(line), who, *sign),
            Self::Bracket { who, sign } => same(bracket(line), who, *sign),
            Self::Directory => directory_len(line),
            Self::Literal(prompt) => {
                let bare = prompt.trim_end();
                line.starts_with(prompt.as_str())
                    .then_some(prompt.len())
                    .or_else(|| (line == bare).then_some(bare.len()))
            }
        }
    }
}

/// The length of `$ `, or of a bare `$`, for the given sign.
fn sign_len(line: &str, sign: char) -> Option<usize> {
    let rest = line.strip_prefix(sign)?;
    match rest.chars().next() {
        Some(' ') => Some(2),
        None => Some(1),
        _ => None,
    }
}

/// The length of `$ `, `# `, or one of the bare signs.
fn any_sign_len(line: &str) -> Option<usize> {
    sign_len(line, '#').or_else(|| sign_len(line, '$'))
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_who(who: &str) -> bool {
    who.split_once('@').is_some_and(|(user, machine)| is_name(user) && is_name(machine))
}

/// The length of `(name) `, by which Python's virtual environments and others mark a prompt.
fn environment_len(line: &str) -> usize {
    let name = line.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map(|(name, _)| name);
    name.filter(|name| is_name(name)).map_or(0, |name| name.len() + 3)
}

/// The length of a prompt that is a directory alone: `~/src$ `.
fn directory_len(line: &str) -> Option<usize> {
    let end = line.find(' ').unwrap_or(line.len());
    let directory = line[..end].strip_suffix('$').filter(|directory| directory.starts_with(['~', '/']))?;
    Some(directory.len() + sign_len(&line[directory.len()..], '$')?)
}

/// The length of an inner prompt that names its machine and no directory: `root@box# `, `(box)# `, `box$ `.
fn named_len(line: &str) -> Option<usize> {
    let at = line.find(['$', '#'])?;
    let who = &line[..at];
    let is_plain = who.starts_with(char::is_alphabetic) && who.chars().all(char::is_alphanumeric);
    (is_plain || is_who(who) || in_brackets(who)).then_some(())?;
    Some(at + any_sign_len(&line[at..])?)
}

/// Whether the text is a name in round brackets: `(host)`.
fn in_brackets(who: &str) -> bool {
    who.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some_and(is_name)
}

/// Whether the line is the upper one of a prompt of two lines. The lower one begins with a usual prompt.
pub(super) fn is_prompt_header(line: &str) -> bool {
    !line.ends_with(['$', '#']) && HEADER.is_match(line)
}

/// Returns the length of the prompt at the beginning of a line, if the outer prompt `outer` has the same form.
#[must_use]
pub fn outer_prompt_len(outer: &str, line: &str) -> Option<usize> {
    OuterPrompt::of(last_line(outer))?.len_in(line)
}

/// Whether a line is a command at the prompt of another machine than `outer`: `host2$ ls` where the outer prompt is
/// `host1$ `.
pub(super) fn is_on_another_machine(outer: &str, line: &str) -> bool {
    let Some(form) = OuterPrompt::of(line) else { return false };
    let names_machine = match &form {
        OuterPrompt::Host { .. } | OuterPrompt::Bracket { .. } => true,
        OuterPrompt::Literal(prompt) => prompt.ends_with("$ ") && is_name(prompt.trim_end_matches("$ ")),
        _ => false,
    };
    let input = form.len_in(line).map_or("", |len| &line[len..]);
    names_machine && !input.trim().is_empty() && OuterPrompt::of(last_line(outer)) != Some(form)
}

/// Returns the length of the inner prompt at the beginning of a line. If `anywhere`, only of a prompt that is typed at
/// below any command.
#[must_use]
pub fn inner_prompt_len(line: &str, anywhere: bool) -> Option<usize> {
    InnerPrompt::of(line).filter(|form| !anywhere || form.is_containers_own())?.len_in(line)
}

/// The lower line of a prompt of two lines.
pub(super) fn last_line(prompt: &str) -> &str {
    prompt.rsplit('\n').next().unwrap_or_default()
}

/// The length of a prompt with a name: `node1$ `, `user@host# `, `bash $ `, `% `. A shell's default prompt, such as `bash-5.2$ `,
/// names no machine and does not count.
fn name_len(line: &str) -> Option<usize> {
    if let Some(len) = sign_len(line, '%').or_else(|| line.starts_with("❯ ").then_some("❯ ".len())) {
        return Some(len);
    }
    let at = line.find(['$', '#'])?;
    let is_apart = line[at..].starts_with("$ ");
    let who = line[..at].strip_suffix(' ').filter(|_| is_apart).unwrap_or(&line[..at]);
    let is_named = is_who(who)
        || line[..at].strip_suffix(':').is_some_and(is_who)
        || in_brackets(who) && line[at..].starts_with('$')
        || is_name(who) && who.starts_with(char::is_alphabetic);
    (is_named && version_len(line).is_none()).then_some(())?;
    Some(at + any_sign_len(&line[at..])?)
}

struct Host<'a> {
    who: &'a str,
    sign: char,
    len: usize,
}

/// Reads a prompt with a host: `user@host:dir$ `, `user@host:dir $ `, `host:dir# `, `host:dir user$ `.
fn host(line: &str) -> Option<Host<'_>> {
    let (who, rest) = line.split_once(':')?;
    let named = is_who(who);
    if !(named || is_name(who)) || !rest.starts_with(['/', '~']) {
        return None;
    }
    let word = |from: usize| from + rest[from..].find([' ', '\t']).unwrap_or(rest.len() - from);
    let sign_at = |end: usize| rest[..end].chars().last().filter(|sign| matches!(sign, '$' | '#'));
    let mut end = word(0);
    if sign_at(end).is_none() && rest[end..].starts_with(' ') {
        let begin = end + 1;
        end = word(begin);
        let before = rest[begin..end].strip_suffix(['$', '#'])?;
        if !(before.is_empty() || !named && is_name(before)) {
            return None;
        }
    }
    let sign = sign_at(end)?;
    let space = usize::from(rest[end..].starts_with(' '));
    Some(Host { who, sign, len: who.len() + 1 + end + space })
}

/// Reads a prompt in brackets: `[user@host dir]$ `.
fn bracket(line: &str) -> Option<Host<'_>> {
    // Toolbox marks its prompt with a symbol.
    let (inside, rest) = line.trim_start_matches('⬢').strip_prefix('[')?.split_once(']')?;
    let (who, directory) = inside.split_once(' ')?;
    if !is_who(who) || directory.is_empty() || directory.contains(' ') {
        return None;
    }
    let sign = rest.chars().next()?;
    Some(Host { who, sign, len: line.len() - rest.len() + any_sign_len(rest)? })
}

/// The length of a shell's default prompt: `bash-5.2# `, `sh-4.4$ `.
fn version_len(line: &str) -> Option<usize> {
    let version = line.strip_prefix("bash-").or_else(|| line.strip_prefix("sh-"))?;
    let digits = version.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|&at| at > 0)?;
    let rest = &version[digits..];
    Some(line.len() - rest.len() + any_sign_len(rest)?)
}

static_patterns! {
    /// The upper line of a prompt of two lines: `[node1] (local) root@192.168.0.18 ~`, `ryan@x ~/src`.
    static HEADER = r"^(?:\[[\w.-]+\] )?(?:\([\w.-]+\) )?[\w.-]+@[\w.-]+[: ] ?[~/]\S*$";
    /// The default prompts of programs that are not shells.
    static PROGRAM = r"(?x)^(?:
        [A-Za-z_][\w-]* (?:\ \[[^\]]*\](?:\ \w+)?)? >      # mysql>  MariaDB [(none)]>  rs0 [direct: primary] test>
      | (?:redis\ )? [\w.-]+:\d+ (?:\[\d+\])? (?:\(TX\))? >   # 127.0.0.1:6379>  127.0.0.1:6379[1]>
      | >>>                                                # Python
      | In\ \[\d+\]:                                      # IPython
      | [A-Za-z_]\w* [=(-] [\#>]                            # postgres=#  postgres=>  postgres-#
      | (?:irb|iex)\([^)]*\)(?::\d+)*[>*]                  # irb(main):001:0>  iex(1)>
    )(?:\ |$)";
}

/// The form of an inner prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InnerPrompt {
    /// `$ `
    Dollar,
    /// `# `
    Hash,
    /// `/ # `, `~ $ `: the prompt of busybox, with its directory.
    Busybox,
    /// `bash-5.2# `
    Shell,
    /// `root@8f14e45fceea:/# `
    Host(String),
    /// `[root@8f14e45fceea /]# `
    Bracket,
    /// `mysql> `, `>>> `, `postgres=# `: the prompt of a program that is not a shell.
    Program,
    /// Fixed text: a prompt like the outer one, of another shell.
    Literal(String),
}

impl InnerPrompt {
    /// The form of the prompt at the beginning of a line.
    pub(super) fn of(line: &str) -> Option<Self> {
        let forms = [Self::Dollar, Self::Hash, Self::Busybox, Self::Shell, Self::Bracket, Self::Program];
        forms
            .into_iter()
            .find(|form| form.len_in(line).is_some())
            .or_else(|| host(line).map(|host| Self::Host(host.who.to_owned())))
            .or_else(|| named_len(line).map(|len| Self::Literal(line[..len].to_owned())))
    }

    /// Whether hardly anything but a shell in a container prints this prompt: `bash-5.2# `, `root@8f14e45fceea:/# `.
    pub(super) fn is_containers_own(&self) -> bool {
        match self {
            Self::Shell => true,
            Self::Host(who) => {
                let machine = who.rsplit('@').next().unwrap_or_default();
                machine.len() >= 8 && machine.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            _ => false,
        }
    }

    /// The length of the prompt at the beginning of `line`.
    pub(super) fn len_in(&self, line: &str) -> Option<usize> {
        match self {
            Self::Dollar => sign_len(line, '$'),
            Self::Hash => sign_len(line, '#'),
            Self::Busybox => {
                let directory = line.find(' ')?;
                if !line.starts_with(['/', '~']) {
                    return None;
                }
                any_sign_len(&line[directory + 1..]).map(|len| directory + 1 + len)
            }
            Self::Shell => version_len(line),
            Self::Bracket => bracket(line).map(|host| host.len),
            Self::Host(who) => host(line).filter(|host| host.who == who).map(|host| host.len),
            Self::Literal(prompt) => line.starts_with(prompt.as_str()).then_some(prompt.len()),
            Self::Program => PROGRAM.find(line).map(|found| found.end()),
        }
    }
}

/// Whether the text is an inner prompt and nothing else, as before the cursor.
#[must_use]
pub fn is_inner_prompt(text: &str) -> bool {
    InnerPrompt::of(text).and_then(|form| form.len_in(text)).is_some_and(|len| text[len..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_prompt_is_recognized() {
        let prompt =
            |line: &str| OuterPrompt::of(line).and_then(|form| form.len_in(line)).map(|len| line[..len].to_owned());
        assert_eq!(prompt("$ docker ps").as_deref(), Some("$ "));
        assert_eq!(prompt("# docker ps").as_deref(), Some("# "));
        assert_eq!(prompt("root@server_rumah:/home/ryan# docker").as_deref(), Some("root@server_rumah:/home/ryan# "));
        assert_eq!(prompt("ryan@x:~$").as_deref(), Some("ryan@x:~$"));
        for (line, form) in [
            ("[root@localhost ~]# echo a", "[root@localhost ~]# "),
            ("[ryan@x src]$ ls", "[ryan@x src]$ "),
            ("node1$ docker ps", "node1$ "),
            ("ryan@x$ ls", "ryan@x$ "),
            ("% ls", "% "),
            ("alpine:~# ls", "alpine:~# "),
            ("ryan@x:~/src $ ls", "ryan@x:~/src $ "),
            ("MacBook:~ ryan$ ls", "MacBook:~ ryan$ "),
            ("~/src$ ls", "~/src$ "),
            ("~$ ls", "~$ "),
            ("/srv/app$ ls", "/srv/app$ "),
            ("bash $ ls", "bash $ "),
            ("(venv) $ pip list", "(venv) $ "),
            ("(venv) ryan@x:~$ pip list", "(venv) ryan@x:~$ "),
            ("(host)$ ls", "(host)$ "),
            ("ryan@x:$ ls", "ryan@x:$ "),
            ("❯ ls", "❯ "),
        ] {
            assert_eq!(prompt(line).as_deref(), Some(form));
        }
        for line in [
            "docker ps",
            "$docker",
            "#docker",
            "> x",
            "a@b:c$ x",
            "a@b: $ x",
            "@b:/$ x",
            "/ # ls",
            "",
            "bash-5.1# ls",
            "C:\\> dir",
            "PS C:\\> dir",
            "[1]+  Done  sleep 1",
            "[a@b]$ x",
            "price: 5$ each",
            "➜  ~ ls",
            "make # all of it",
            "/srv/app# ls",
            "/bin/ls $ x",
            "(box)# ls",
        ] {
            assert_eq!(prompt(line), None, "{line:?}");
        }
    }

    #[test]
    fn directory_of_a_prompt_may_change_but_not_its_user() {
        let form = OuterPrompt::of("ryan@x:~$ cd /").unwrap();
        assert_eq!(form.len_in("ryan@x:/$ ls"), Some(10));
        assert_eq!(form.len_in("root@x:/# ls"), None);
        assert_eq!(form.len_in("ryan@x:/# ls"), None);
        let form = OuterPrompt::of("[ryan@x ~]$ cd /").unwrap();
        assert_eq!(form.len_in("[ryan@x /]$ ls"), Some(12));
        assert_eq!(form.len_in("[root@x /]# ls"), None);
        let form = OuterPrompt::of("~/src$ cd /").unwrap();
        assert_eq!((form.len_in("/$ ls"), form.len_in("/ # ls"), form.len_in("$ ls")), (Some(3), None, None));
        let form = OuterPrompt::of("$ . venv/bin/activate").unwrap();
        assert_eq!((form.len_in("(venv) $ ls"), form.len_in("(a note) $ ls")), (Some(9), None));
        let form = OuterPrompt::of("node1$ ls").unwrap();
        assert_eq!(
            (form.len_in("node1$ ls"), form.len_in("node2$ ls"), form.len_in("node1$")),
            (Some(7), None, Some(6))
        );
    }

    #[test]
    fn upper_line_of_a_prompt_is_recognized() {
        for line in ["[node1] (local) root@192.168.0.18 ~", "ryan@x ~/src", "ryan@x: ~", "[node1] ryan@x:/srv"] {
            assert!(is_prompt_header(line), "{line}");
        }
        for line in ["ryan@x", "ryan@x:~$", "mail: ryan@x ~", "a b", "ryan@x ~ $"] {
            assert!(!is_prompt_header(line), "{line}");
        }
    }

    #[test]
    fn inner_prompt_is_recognized() {
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
            ("⬢[ryan@box ~]$ ls", "⬢[ryan@box ~]$ "),
            ("/ #", "/ #"),
            ("8f14e45fceea:~# ls", "8f14e45fceea:~# "),
            ("mysql> SELECT 1;", "mysql> "),
            ("MariaDB [(none)]> use a", "MariaDB [(none)]> "),
            ("postgres=# \\dt", "postgres=# "),
            ("shop=> select", "shop=> "),
            ("127.0.0.1:6379> ping", "127.0.0.1:6379> "),
            ("redis 127.0.0.1:6379[1]> ping", "redis 127.0.0.1:6379[1]> "),
            (">>> print(1)", ">>> "),
            ("test> db", "test> "),
            ("irb(main):001:0> 1", "irb(main):001:0> "),
            ("root@box# ls", "root@box# "),
            ("(box)# ls", "(box)# "),
            ("box$ ls", "box$ "),
        ] {
            let form = InnerPrompt::of(line).unwrap_or_else(|| panic!("{line:?}"));
            assert_eq!(form.len_in(line).map(|len| &line[..len]), Some(prompt));
        }
        for line in
            ["/bin/ls", "bash-x# y", "[a]# x", "total 0", "#!/bin/sh", "", "> x", "<a> x", "a -> b", "{\"a\"> 1"]
        {
            assert_eq!(InnerPrompt::of(line), None, "{line:?}");
        }
    }
}
