//! Lines of `docker pull` and `docker push` that show a layer's progress.

static_patterns! {
    /// Matches a layer's id and state. More text may follow only the states in the last line of the pattern.
    static PROGRESS = r"(?x)^[0-9a-f]{12}:\ (?:
        (?: Already\ exists | Download\ complete | Layer\ already\ exists | Preparing | Pull\ complete | Pulling\ fs\ layer
          | Pushed | Verifying\ Checksum | Waiting ) \s*$
      | Buffering\ to\ disk | Downloading | Extracting | Mounted\ from\  | Pushing | Retrying\ in\  )";
}

/// Whether `line` shows the progress of a layer.
pub(super) fn is_progress(line: &str) -> bool {
    PROGRESS.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_with_a_layer_id_and_a_known_state_is_progress() {
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
