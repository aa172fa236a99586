//! Lines of `docker pull` and `docker push` that show a layer's progress.

/// The states that may follow `7413c47ba209: `; `true` if more text may follow the state.
const STATES: &[(&str, bool)] = &[
    ("Already exists", false),
    ("Buffering to disk", true),
    ("Download complete", false),
    ("Downloading", true),
    ("Extracting", true),
    ("Layer already exists", false),
    ("Mounted from ", true),
    ("Preparing", false),
    ("Pull complete", false),
    ("Pulling fs layer", false),
    ("Pushed", false),
    ("Pushing", true),
    ("Retrying in ", true),
    ("Verifying Checksum", false),
    ("Waiting", false),
];

/// Whether `line` shows the progress of a layer.
pub(super) fn is_progress(line: &str) -> bool {
    let Some((id, state)) = line.trim_end().split_once(": ") else { return false };
    id.len() == 12
        && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && STATES.iter().any(|&(word, more)| if more { state.starts_with(word) } else { state == word })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layer_states_are_recognized() {
        for line in [
            "7413c47ba209: Pull complete",
            "7413c47ba209: Downloading [==>    ]  131.1kB/12MB",
            "7413c47ba209: Downloading 131.1kB/12MB",
            "5f70bf18a086: Mounted from library/nginx",
            "5f70bf18a086: Layer already exists ",
        ] {
            assert!(is_progress(line), "{line}");
        }
        for line in
            ["4.1: Pulling from library/mongo", "7413c47ba209: Pull completed", "7413c47ba20: Waiting", "Waiting"]
        {
            assert!(!is_progress(line), "{line}");
        }
    }
}
