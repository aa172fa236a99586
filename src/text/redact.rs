//! Removes secrets from the log. Every command, message and URL passes through this module before it is logged.
//! Headers, bodies and typed input are never logged.
//!
//! The rules hide too much rather than too little. A log without an argument is still useful, but a leaked password
//! does harm.

use regex::Captures;

/// The replacement for hidden text.
const HIDDEN: &str = "***";
/// The maximum length of a message, in characters.
const LONGEST: usize = 400;

/// Patterns that show that a command handles a secret. All values of such a command are hidden.
const SECRET_SIGNS: [&str; 6] = [
    "login|pass|pwd=|pw=|secret|token|auth|cred|key|bearer|cookie|rahasia|sandi|base64|config\\.json",
    // The prefixes of the tokens of well-known services.
    "eyj|dckr_|gh[opsu]_|github_pat|glpat|xox[bp]|akia",
    // `scheme://user:password@host`.
    "://[^/\\s]*@",
    // `curl -u name:password`. A number before the colon is a user id, as in `docker run -u 1000:1000`, and no secret.
    "\\s(?:-u|--user)[\\s=]*[^\\s:]*[^\\s:\\d][^\\s:]*:\\S",
    "(?:mysql|mariadb)\\S*\\s(?s:.*)-p\\S",
    "redis-cli\\s(?s:.*)-a\\s",
];
/// The name of an environment variable.
const NAME: &str = "[A-Z_][A-Z0-9_]*";

static_patterns! {
    static SECRET = &format!("(?i){}", SECRET_SIGNS.join("|"));
    /// Matches `NAME=value` of an environment variable, quoted or not.
    static VARIABLE =
        &format!("\"({NAME})=[^\"]*\"|'({NAME})=[^']*'|\\b({NAME})=(?:\"[^\"]*\"|'[^']*'|\\S*)");
    /// Matches the user name and the password in a URL.
    static USER = "://[^/\\s\"'@]*@";
    /// Matches a name and a value in a URL's query.
    static QUERY = "([?&][\\w.-]+)=[^&\\s\"'`]*";
    /// Matches a field with a secret, such as `Authorization: Basic …` or `"password": "…"`.
    static FIELD =
        "(?i)([\\w-]*(?:authorization|registry-auth|passw\\w*|token|secret)[\\w-]*[\"']?\\s*[:=]\\s*)(?:\"[^\"]*\"|[^,;}\"\\n]*)";
}

/// Returns the first line of a command, and hides the values of environment variables. If the command handles a secret,
/// hides all values.
#[must_use]
pub fn redact_command(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let shown = if SECRET.is_match(text) {
        without_values(first)
    } else {
        let name =
            |found: &Captures<'_>| found.iter().skip(1).flatten().next().map_or("", |name| name.as_str()).to_owned();
        VARIABLE.replace_all(first, |found: &Captures<'_>| format!("{}={HIDDEN}", name(found))).into_owned()
    };
    match lines.count() {
        0 => cut(&shown),
        more => format!("{} … (+{more} lines)", cut(&shown)),
    }
}

/// Returns the text of an error without the secrets in its URLs and headers.
#[must_use]
pub fn redact_message(text: &str) -> String {
    let text = USER.replace_all(text, "://***@");
    let text = QUERY.replace_all(&text, "$1=***");
    cut(&FIELD.replace_all(&text, "$1***"))
}

/// Returns a request's path and the names in its query. Omits the values in the query, which can be build arguments,
/// labels and filters.
#[must_use]
pub fn redact_target(raw: &str) -> String {
    let Some((path, query)) = raw.split_once('?') else { return cut(raw) };
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    cut(&format!("{path}?{}", names.join("&")))
}

/// Returns a command line that keeps only the program, the subcommand of `docker`, and the names of options.
fn without_values(line: &str) -> String {
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte));
    let is_docker = matches!(line.split_whitespace().next(), Some("docker" | "podman"));
    let shown = |(at, word): (usize, &str)| {
        let name = word.split('=').next().unwrap_or_default();
        match word.strip_prefix('-') {
            None if is_plain(word) && (at == 0 || at == 1 && is_docker) => word.to_owned(),
            Some(long) if long.starts_with('-') && is_plain(name) => {
                format!("{name}{}", if name == word { "" } else { "=***" })
            }
            // The option's value may follow the letter in the same word, as in `-psecret`.
            Some(short) if !short.starts_with('-') && short.len() > 1 => {
                format!("-{}{HIDDEN}", short.chars().next().unwrap_or_default())
            }
            Some(short) if short.len() <= 1 => word.to_owned(),
            _ => HIDDEN.to_owned(),
        }
    };
    line.split_whitespace().enumerate().map(shown).collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redacted_command_shows_no_secret_value() {
        for (command, shown) in [
            (
                "docker run --rm -p 8080:80 -u 1000:1000 nginx:1.25",
                "docker run --rm -p 8080:80 -u 1000:1000 nginx:1.25",
            ),
            ("docker login -u u -p geheim", "docker login -u *** -p ***"),
            ("docker login -u=u -pgeheim localhost:5000", "docker login -u*** -p*** ***"),
            ("docker login --username u --password=geheim", "docker login --username *** --password=***"),
            ("echo geheim | docker login -u u --password-stdin", "echo *** *** *** *** -u *** --password-stdin"),
            ("docker login --password-stdin <<< geheim", "docker login --password-stdin *** ***"),
            ("echo geheim|docker login -u u --password-stdin", "echo *** *** -u *** --password-stdin"),
            ("docker run -e POSTGRES_PASSWORD=geheim postgres", "docker run -e *** ***"),
            ("docker run -e MODE=geheim -d web", "docker run -e MODE=*** -d web"),
            ("docker run -e \"MODE=ge heim\" -d web", "docker run -e MODE=*** -d web"),
            ("MODE='ge heim' docker ps", "MODE=*** docker ps"),
            ("PASSWORD=geheim docker ps", "*** *** ***"),
            ("docker exec db mysql -uroot -pgeheim", "docker exec *** *** -u*** -p***"),
            ("docker exec db redis-cli -a geheim ping", "docker exec *** *** -a *** ***"),
            ("curl -u siti:geheim http://web", "curl -u *** ***"),
            ("curl https://siti:geheim@web/", "curl ***"),
            ("curl -H 'Authorization: Basic geheim' web", "curl -H *** *** *** ***"),
            ("curl 'http://web/?token=geheim'", "curl ***"),
            ("curl -H 'X: eyJhbGciOi.geheim' web", "curl -H *** *** ***"),
            (
                "cat > ~/.docker/config.json <<E\n{\"auths\":{\"x\":{\"auth\":\"geheim\"}}}\nE",
                "cat *** *** *** … (+2 lines)",
            ),
            ("echo satu\necho geheim", "echo satu … (+1 lines)"),
            ("docker build --build-arg NPM_TOKEN=geheim .", "docker build --build-arg *** ***"),
            ("", ""),
        ] {
            let redacted = redact_command(command);
            assert!(!redacted.contains("geheim"), "{redacted}");
            assert_eq!(redacted, shown, "{command}");
        }
    }

    #[test]
    fn redacted_message_shows_no_credentials() {
        for (message, shown) in [
            ("no such container: web", "no such container: web"),
            ("unauthorized: authentication required", "unauthorized: authentication required"),
            ("Get \"https://u:geheim@hub/v2/\": EOF", "Get \"https://***@hub/v2/\": EOF"),
            (
                "Get \"https://hub/token?account=u&token=geheim\": EOF",
                "Get \"https://hub/token?account=***&token=***\": EOF",
            ),
            ("header Authorization: Basic geheim", "header Authorization: ***"),
            ("{\"password\":\"geheim\",\"a\":1}", "{\"password\":***,\"a\":1}"),
        ] {
            assert_eq!(redact_message(message), shown);
        }
        assert_eq!(redact_message(&"a".repeat(500)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn redacted_target_shows_query_names_without_values() {
        assert_eq!(redact_target("/v1.41/build?t=web&buildargs=%7Bgeheim%7D"), "/v1.41/build?t&buildargs");
        assert_eq!(redact_target("/containers/web/json"), "/containers/web/json");
    }
}
