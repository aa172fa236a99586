//! Recognizes prompts of the lesson's shell and of programs inside it.

use regex::Regex;

/// A pattern for the name of a user or a machine.
const NAME: &str = r"[\w.-]+";

static_patterns! {
    static DOLLAR = r"^\$(?: |$)";
    static HASH = "^#(?: |$)";
    /// Matches `(name) `, which Python's virtual environments and other tools put before a prompt.
    static ENVIRONMENT = &format!(r"^\({NAME}\) ");
    /// Matches a prompt with a host and a directory: `user@host:dir$ `, `user@host:dir $ `, `host:dir# `, `host:dir
    /// user$ `.
    static HOST = &format!(r"^(?P<who>(?:{NAME}@)?{NAME}):[/~][^ \t]*(?: (?P<user>{NAME})?)??(?P<sign>[$#])(?: |$)");
    /// Matches a prompt in brackets: `[user@host dir]$ `. Toolbox puts a symbol before this prompt.
    static BRACKET = &format!(r"^⬢*\[(?P<who>{NAME}@{NAME}) [^ \]]+\](?P<sign>[$#])(?: |$)");
    /// Matches a prompt that consists of a directory: `~/src$ `.
    static DIRECTORY = r"^[~/][^ ]*\$(?: |$)";
    /// Matches a prompt with names but without a directory: `node1$ `, `user@host# `, `bash $ `, `% `.
    static NAMED = &format!(
        r"(?x)^(?:
            (?: % | {NAME}@{NAME} :? [$\#] | \({NAME}\)\$ | \p{{Alphabetic}}[\w.-]* [$\#] ) (?:\ |$)
          | (?: ❯ | {NAME}@{NAME}\ \$ | \({NAME}\)\ \$ | \p{{Alphabetic}}[\w.-]*\ \$ )\  )"
    );
    /// The default prompt of a shell: `bash-5.2# `, `sh-4.4$ `.
    static VERSION = r"^(?:bash|sh)-[0-9.]+[$#](?: |$)";
    /// The prompt of busybox: `/ # `, `~ $ `.
    static BUSYBOX = r"^[/~][^ ]* [$#](?: |$)";
    /// An inner prompt with the name of a machine but without a directory: `root@box# `, `(box)# `, `box$ `.
    static INNER_NAMED = &format!(r"^(?:\p{{Alphabetic}}[^\W_]*|{NAME}@{NAME}|\({NAME}\))[$#](?: |$)");
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

/// Returns the length of a pattern's match at the beginning of a line.
fn len(pattern: &Regex, line: &str) -> Option<usize> {
    pattern.find(line).map(|found| found.end())
}

/// Returns the name in a prompt, `host` or `user@host`, and the prompt's sign.
fn names(pattern: &Regex, line: &str) -> Option<(String, String)> {
    let found = pattern.captures(line)?;
    let who = &found["who"];
    // The user's name is either before or after the directory, not in both places.
    let is_twice = who.contains('@') && found.name("user").is_some();
    (!is_twice).then(|| (who.to_owned(), found["sign"].to_owned()))
}

/// The form of a prompt. The directory in a prompt may change from command to command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Prompt {
    /// `$ `, the prompt of a user.
    Dollar,
    /// `# `, the prompt of root.
    Hash,
    /// `user@host:dir$ `, with the names and the sign.
    Host(String, String),
    /// `[user@host dir]$ `, with the names and the sign.
    Bracket(String, String),
    /// `~/src$ ` or `/srv$ `, a directory alone.
    Directory,
    /// `/ # `, `~ $ `: the prompt of busybox, with its directory.
    Busybox,
    /// `bash-5.2# `: the default prompt of a shell.
    Shell,
    /// `mysql> `, `>>> `, `postgres=# `: the prompt of a program that is not a shell.
    Program,
    /// Fixed text: `node1$ `, the value of `prompt=`, or the prompt of an inner shell that looks like the outer prompt.
    Literal(String),
}

impl Prompt {
    /// Returns the form of the outer prompt at the beginning of a line.
    pub(super) fn outer(line: &str) -> Option<Self> {
        let line = &line[len(&ENVIRONMENT, line).unwrap_or(0)..];
        let literal = || len(&NAMED, line).filter(|_| !VERSION.is_match(line)).map(|len| Self::literal(line, len));
        Self::one_of([Self::Dollar, Self::Hash], line)
            .or_else(|| Self::host(line))
            .or_else(|| Self::bracket(line))
            .or_else(|| Self::one_of([Self::Directory], line))
            .or_else(literal)
    }

    /// Returns the form of the inner prompt at the beginning of a line.
    pub(super) fn inner(line: &str) -> Option<Self> {
        Self::one_of([Self::Dollar, Self::Hash, Self::Busybox, Self::Shell], line)
            .or_else(|| Self::bracket(line))
            .or_else(|| Self::one_of([Self::Program], line))
            .or_else(|| Self::host(line))
            .or_else(|| len(&INNER_NAMED, line).map(|len| Self::literal(line, len)))
    }

    fn one_of<const N: usize>(forms: [Self; N], line: &str) -> Option<Self> {
        forms.into_iter().find(|form| form.bare_len_in(line).is_some())
    }

    fn host(line: &str) -> Option<Self> {
        names(&HOST, line).map(|(who, sign)| Self::Host(who, sign))
    }

    fn bracket(line: &str) -> Option<Self> {
        names(&BRACKET, line).map(|(who, sign)| Self::Bracket(who, sign))
    }

    /// Returns a prompt of fixed text: the first `len` bytes of `line`.
    pub(super) fn literal(line: &str, len: usize) -> Self {
        Self::Literal(line[..len].to_owned())
    }

    /// Returns the length of this prompt at the beginning of `line`, including the space. Returns `None` if `line`
    /// begins with another text.
    pub(super) fn len_in(&self, line: &str) -> Option<usize> {
        self.bare_len_in(line).or_else(|| {
            let environment = len(&ENVIRONMENT, line)?;
            Some(environment + self.bare_len_in(&line[environment..])?)
        })
    }

    fn bare_len_in(&self, line: &str) -> Option<usize> {
        match self {
            Self::Dollar => len(&DOLLAR, line),
            Self::Hash => len(&HASH, line),
            Self::Host(..) => len(&HOST, line).filter(|_| Self::host(line).as_ref() == Some(self)),
            Self::Bracket(..) => len(&BRACKET, line).filter(|_| Self::bracket(line).as_ref() == Some(self)),
            Self::Directory => len(&DIRECTORY, line),
            Self::Busybox => len(&BUSYBOX, line),
            Self::Shell => len(&VERSION, line),
            Self::Program => len(&PROGRAM, line),
            Self::Literal(prompt) if line == prompt.trim_end() => Some(line.len()),
            Self::Literal(prompt) => line.starts_with(prompt.as_str()).then_some(prompt.len()),
        }
    }

    /// Whether hardly any program except a shell in a container prints this prompt: `bash-5.2# `, `root@8f14e45fceea:/#
    /// `.
    pub(super) fn is_containers_own(&self) -> bool {
        match self {
            Self::Shell => true,
            Self::Host(who, _) => {
                let machine = who.rsplit('@').next().unwrap_or_default();
                machine.len() >= 8 && machine.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            _ => false,
        }
    }
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Whether `line` is the upper line of a prompt of two lines. The lower line begins with a usual prompt.
pub(super) fn is_prompt_header(line: &str) -> bool {
    !line.ends_with(['$', '#']) && HEADER.is_match(line)
}

/// Returns the length of the prompt at the beginning of a line, if this prompt has the form of the outer prompt
/// `outer`.
#[must_use]
pub fn outer_prompt_len(outer: &str, line: &str) -> Option<usize> {
    Prompt::outer(last_line(outer))?.len_in(line)
}

/// Whether a line is a command at the prompt of another machine: `host2$ ls` if `outer` is `host1$ `.
pub(super) fn is_on_another_machine(outer: &str, line: &str) -> bool {
    let Some(form) = Prompt::outer(line) else { return false };
    let names_machine = match &form {
        Prompt::Host(..) | Prompt::Bracket(..) => true,
        Prompt::Literal(prompt) => prompt.ends_with("$ ") && is_name(prompt.trim_end_matches("$ ")),
        _ => false,
    };
    let input = form.len_in(line).map_or("", |len| &line[len..]);
    names_machine && !input.trim().is_empty() && Prompt::outer(last_line(outer)) != Some(form)
}

/// Returns the length of the inner prompt at the beginning of a line. If `anywhere` is set, accepts only prompts that
/// the parser recognizes below any command.
#[must_use]
pub fn inner_prompt_len(line: &str, anywhere: bool) -> Option<usize> {
    Prompt::inner(line).filter(|form| !anywhere || form.is_containers_own())?.len_in(line)
}

/// Returns the last line of a prompt, which may have two lines.
pub(super) fn last_line(prompt: &str) -> &str {
    prompt.rsplit('\n').next().unwrap_or_default()
}

/// Whether `text` is an inner prompt without input, like the line on which a program waits for input.
#[must_use]
pub fn is_inner_prompt(text: &str) -> bool {
    Prompt::inner(text).and_then(|form| form.len_in(text)).is_some_and(|len| text[len..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_prompt_is_recognized() {
        let prompt =
            |line: &str| Prompt::outer(line).and_then(|form| form.len_in(line)).map(|len| line[..len].to_owned());
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
    fn prompt_keeps_its_form_if_the_directory_changes_but_not_if_the_user_changes() {
        let form = Prompt::outer("ryan@x:~$ cd /").unwrap();
        assert_eq!(form.len_in("ryan@x:/$ ls"), Some(10));
        assert_eq!(form.len_in("root@x:/# ls"), None);
        assert_eq!(form.len_in("ryan@x:/# ls"), None);
        let form = Prompt::outer("[ryan@x ~]$ cd /").unwrap();
        assert_eq!(form.len_in("[ryan@x /]$ ls"), Some(12));
        assert_eq!(form.len_in("[root@x /]# ls"), None);
        let form = Prompt::outer("~/src$ cd /").unwrap();
        assert_eq!((form.len_in("/$ ls"), form.len_in("/ # ls"), form.len_in("$ ls")), (Some(3), None, None));
        let form = Prompt::outer("$ . venv/bin/activate").unwrap();
        assert_eq!((form.len_in("(venv) $ ls"), form.len_in("(a note) $ ls")), (Some(9), None));
        let form = Prompt::outer("node1$ ls").unwrap();
        assert_eq!(
            (form.len_in("node1$ ls"), form.len_in("node2$ ls"), form.len_in("node1$")),
            (Some(7), None, Some(6))
        );
    }

    #[test]
    fn upper_line_of_a_prompt_with_two_lines_is_recognized() {
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
            let form = Prompt::inner(line).unwrap_or_else(|| panic!("{line:?}"));
            assert_eq!(form.len_in(line).map(|len| &line[..len]), Some(prompt));
        }
        for line in
            ["/bin/ls", "bash-x# y", "[a]# x", "total 0", "#!/bin/sh", "", "> x", "<a> x", "a -> b", "{\"a\"> 1"]
        {
            assert_eq!(Prompt::inner(line), None, "{line:?}");
        }
    }
}
