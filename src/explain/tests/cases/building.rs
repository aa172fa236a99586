//! Messages about building.

use super::Case;

pub(super) const CASES: &[Case] = &[
    (
        "docker build .",
        1,
        "Sending build context to Docker daemon  2.048kB\nE: dockerfile parse error line 2: unknown instruction: RUNN",
        "instruction-unknown-near",
        "`RUN`",
    ),
    (
        "docker build .",
        1,
        "ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
        "instruction-unknown-near",
        "Line 2",
    ),
    (
        "docker build .",
        1,
        "E: dockerfile parse error line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        "dockerfile-wrong",
        "COPY requires",
    ),
    (
        "docker build .",
        1,
        "COPY failed: file not found in build context or excluded by .dockerignore: stat app.py: file does not exist",
        "copy-missing",
        "`app.py`",
    ),
    (
        "docker build .",
        1,
        r#"ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: "/app.py": not found"#,
        "copy-missing",
        "`/app.py`",
    ),
    (
        "docker build .",
        1,
        "COPY failed: forbidden path outside the build context: ../app.py ()",
        "copy-outside",
        "`../app.py`",
    ),
    ("docker build .", 1, "E: no build stage in current context", "from-missing", ""),
    ("docker build .", 1, "E: the Dockerfile (Dockerfile) cannot be empty", "dockerfile-empty", ""),
    (
        "docker build .",
        1,
        "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat /x/Dockerfile: no such file or directory",
        "dockerfile-missing",
        "",
    ),
    (
        "docker build .",
        1,
        "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory",
        "dockerfile-missing",
        "",
    ),
    (
        "docker build tidakada",
        1,
        r#"unable to prepare context: path "tidakada" not found"#,
        "context-missing",
        "`tidakada`",
    ),
    (
        "docker build .",
        127,
        "/bin/sh: tidakada: not found\nThe command '/bin/sh -c tidakada' returned a non-zero code: 127",
        "step-failed",
        "status 127",
    ),
    (
        "docker build .",
        1,
        r#"ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1"#,
        "step-failed",
        "status 1",
    ),
    (
        "DOCKER_BUILDKIT=1 docker build .",
        1,
        "ERROR: BuildKit is enabled but the buildx component is missing or broken.",
        "buildx-missing",
        "",
    ),
    ("docker compose up", 14, "no configuration file provided: not found", "compose-file", ""),
];
