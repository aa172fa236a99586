//! The real bash under a pseudo-terminal.

use std::time::Duration;

use dermaga::session::{End, Input, Ran, Session, ShellSpec};

const LIMIT: Duration = Duration::from_secs(60);

struct Shell {
    session: Session,
    _scratch: tempfile::TempDir,
}

impl Shell {
    async fn start() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let path = std::env::var("PATH").unwrap();
        let spec = ShellSpec {
            columns: 100,
            rows: 200,
            dir: scratch.path().to_owned(),
            env: vec![("PATH".into(), path), ("HOME".into(), "/".into()), ("LANG".into(), "C.UTF-8".into())],
            enter: Vec::new(),
            scratch: scratch.path().to_owned(),
        };
        Self { session: Session::start(spec).await.unwrap(), _scratch: scratch }
    }

    async fn run(&mut self, text: &str) -> Ran {
        self.session.run(Input { text, cues: &[], come: &|_, _| true }, LIMIT, &mut |_| {}).await.unwrap()
    }
}

#[tokio::test]
async fn a_command() {
    let mut shell = Shell::start().await;
    for (text, lines, status) in [
        ("echo halo", &["halo"][..], 0),
        ("true", &[], 0),
        ("false", &[], 1),
        ("echo $?", &["1"], 0),
        ("cd /; X=1", &[], 0),
        ("echo $X $PWD", &["1 /"], 0),
        ("sleep .1 & true", &["[1] "], 0),
        ("wait", &["[1]+  Done                    sleep .1"], 0),
    ] {
        let ran = shell.run(text).await;
        eprintln!("{ran:?}");
        assert_eq!(ran.end, End::Status(status), "{text}");
        if !text.contains('&') {
            assert_eq!(ran.lines, lines, "{text}");
        }
    }
    assert_eq!(shell.session.directory(), "/");
    shell.session.close().await;
}
