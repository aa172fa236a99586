//! Contexts of the docker CLI for two engines.

use std::io;
use std::path::Path;

use serde_json::json;

use super::spec::NODES;
use crate::pack::Digest;

/// Returns the path of a node's socket in the lesson's shell.
pub(super) fn socket(node: &str) -> String {
    format!("/run/{node}.sock")
}

/// Writes a context for each of [`NODES`] into a configuration folder of the docker CLI.
///
/// # Errors
/// Fails if the files cannot be written.
pub fn write_contexts(config: &Path) -> io::Result<()> {
    for (node, _) in NODES {
        // The CLI finds a context by the digest of its name.
        let folder = config.join("contexts/meta").join(Digest::of(node.as_bytes()).hex());
        std::fs::create_dir_all(&folder)?;
        let endpoint = json!({ "Host": format!("unix://{}", socket(node)), "SkipTLSVerify": false });
        let meta = json!({ "Name": node, "Metadata": {}, "Endpoints": { "docker": endpoint } });
        std::fs::write(folder.join("meta.json"), meta.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_of_a_node_is_at_the_path_where_the_docker_cli_searches() {
        let dir = tempfile::tempdir().unwrap();
        write_contexts(dir.path()).unwrap();
        // The SHA-256 of `node-b`.
        let hex = Digest::of(b"node-b").hex();
        let meta = std::fs::read_to_string(dir.path().join("contexts/meta").join(hex).join("meta.json")).unwrap();
        assert!(meta.contains("\"Host\":\"unix:///run/node-b.sock\"") && meta.contains("\"Name\":\"node-b\""));
    }
}
