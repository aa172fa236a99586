//! Describes proofs in words.

use super::html::escape;
use crate::record::Proof;
use crate::words::Words;

/// Returns an engine's name and version without the distribution's suffix: `Docker 20.10.24`.
pub(super) fn engine(version: &str, family: &str) -> String {
    let version = version.split(['+', '~']).next().unwrap_or_default();
    match family {
        "podman" => format!("Podman {version}"),
        "containerd" => format!("Docker {version} (containerd)"),
        _ => format!("Docker {version}"),
    }
}

/// Renders a day as a `time` element.
pub(super) fn day(date: &str, words: &Words) -> String {
    let said = day_text(date, words);
    let shown = escape(&said);
    if said == date { shown } else { format!("<time datetime=\"{}\">{shown}</time>", escape(date)) }
}

/// Returns a day in words. A text that is not a day stays as it is.
pub(super) fn day_text(date: &str, words: &Words) -> String {
    let parts: Option<Vec<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    let Some([year, month, day]) = parts.as_deref() else { return date.to_owned() };
    let (year, month, day) = (year.to_string(), format!("m{month}"), day.to_string());
    words.say("book-date", &[("year", &year), ("month", &month), ("day", &day)])
}

/// Returns the engine and the day of every proof, the newest engine first: `Docker 20.10.24, 24 November 2026`.
pub(super) fn told(proofs: &[&Proof], words: &Words) -> String {
    let told: Vec<String> = proofs
        .iter()
        .rev()
        .map(|proof| format!("{}, {}", escape(&engine(&proof.engine, &proof.family)), day(&proof.date, words)))
        .collect();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn description_of_a_proof_names_engine_and_day() {
        let text = |text: &str| text.to_owned();
        let proof = Proof {
            digest: String::new(),
            engine: text("20.10.24+dfsg1"),
            cli: text("20.10.24+dfsg1"),
            family: text("docker"),
            date: text("2026-11-24"),
        };
        let words = Words::new(Lang::Id);
        assert_eq!(told(&[&proof], &words), "Docker 20.10.24, <time datetime=\"2026-11-24\">24 November 2026</time>");
        assert_eq!(day("2026-13", &words), "2026-13");
    }
}
