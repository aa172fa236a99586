//! Renders one line of shell as HTML, and marks its parts with CSS classes.

use std::fmt::Write as _;

use super::escape;

static_patterns! {
    /// Matches a quoted text (even if its closing quotation mark is missing), a comment, an operator, white space, or a
    /// word.
    static SHELL_PIECE = r#"'[^']*'?|"(?:\\.?|[^"\\])*"?|\#.*|[|&;<>]+|\s+|[^\s'"|;<>]+"#;
}

/// Splits a line of shell into pieces, each with its CSS class. The program, options and quoted texts have a class. The
/// class of other text is empty. A site has thousands of commands, and this function is much faster than a grammar of
/// bash.
pub fn shell_pieces(line: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let mut first = true;
    SHELL_PIECE.find_iter(line).map(move |piece| {
        let piece = piece.as_str();
        let class = match piece.chars().next() {
            Some('\'' | '"') => "tok-str",
            Some('-') => "tok-opt",
            Some('$') => "tok-var",
            Some('#') => "tok-com",
            Some('|' | '&' | ';' | '<' | '>' | '\\') => {
                first = matches!(piece.trim_end(), "|" | "||" | "&&" | ";" | "&");
                "tok-op"
            }
            Some(c) if c.is_whitespace() => "",
            _ if first && !piece.contains('=') => {
                first = false;
                "tok-cmd"
            }
            _ => "",
        };
        (class, piece)
    })
}

/// Renders a line of shell as HTML with the classes of [`shell_pieces`].
#[must_use]
pub fn shell_line(line: &str) -> String {
    let mut html = String::new();
    for (class, piece) in shell_pieces(line) {
        if class.is_empty() {
            html.push_str(&escape(piece));
        } else {
            let _ = write!(html, "<span class=\"{class}\">{}</span>", escape(piece));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_shell_line_together_contain_the_whole_line() {
        for line in [
            "docker run -d --name 'a b' x | grep \"q\\\"\" && echo $HOME # ya",
            "echo \"",
            "echo \"a\\",
            "é 'ü",
            "",
            "a&&b;c",
            "'",
        ] {
            let pieces: String = SHELL_PIECE.find_iter(line).map(|piece| piece.as_str()).collect();
            assert_eq!(pieces, line);
        }
        assert_eq!(
            shell_line("docker ps -a"),
            "<span class=\"tok-cmd\">docker</span> ps <span class=\"tok-opt\">-a</span>"
        );
    }
}
