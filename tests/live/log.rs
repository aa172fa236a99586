//! Tests the log of `dermaga test`. The log names the command at which a lesson hangs, and contains no secret of the
//! lesson.

use crate::project::{Project, block, lesson};

/// The password of these tests as plain text, and its base64 form at each of the three possible alignments.
const SECRETS: [&str; 4] = ["geheim", "Z2VoZWlt", "ZWhlaW", "aGVpb"];

/// Asserts that no line of `log` contains the password in any of its forms.
pub(crate) fn assert_no_secret(log: &str) {
    for secret in SECRETS {
        let leak = log.lines().find(|line| line.contains(secret));
        assert!(leak.is_none(), "{secret}: {}", leak.unwrap_or_default());
    }
}

#[test]
fn lesson_with_logins_leaves_no_secret_in_the_log() {
    let pull = block("console,hidden", "$ docker pull -q registry:2\n$ docker pull -q busybox:1.35");
    let registry = block("console", "$ docker run -d --name reg -p 5000:5000 registry:2\n...");
    let ready = block("check", "http: http://localhost:5000/v2/\nstatus: 200\nwithin: 30s");
    let logins = "$ docker login -u u -p geheim localhost:5000\n...\n\
                  $ echo geheim | docker login -u u --password-stdin localhost:5000\n...\n\
                  $ cat \"$DOCKER_CONFIG/config.json\"\n...\n\
                  $ docker tag busybox:1.35 localhost:5000/b:1\n\
                  $ docker push localhost:5000/b:1\n...\n\
                  $ docker run --rm -e DB_PASSWORD=geheim busybox:1.35 env\n...\n\
                  $ docker run --rm --network host busybox:1.35 wget -q -O- --header 'Authorization: Basic dTpnZWhlaW0=' 'http://u:geheim@localhost:5000/v2/?token=geheim'\n...\n\
                  $ docker run --rm -it busybox:1.35 sh\n/ # P=geheim\n/ # exit";
    let wrong = block("console", "$ cat \"$DOCKER_CONFIG/config.json\"; false\nhalo");
    let project =
        Project::with(&lesson(&[("a", &(pull + &registry + &ready)), ("b", &block("console", logins)), ("c", &wrong)]));
    let words = ["test", "--log", "log.txt", "lesson.md"];
    let ended = project.with_engine(words).env("DERMAGA_LOG", "trace").run().code(1).is_clean().is_alone();
    // Only the last step differs, so the logins succeeded.
    assert!(ended.out.contains("halo"), "{}", ended.all());
    let log = project.read("log.txt");
    for shown in [
        "step{id=b}",
        "docker login -u *** -p ***",
        "lesson ended",
        "verdict=\"differs\" status=Some(1)",
        "ended code=1",
    ] {
        assert!(log.contains(shown), "no `{shown}` in\n{log}");
    }
    assert_no_secret(&log);
}

#[test]
fn log_shows_the_input_that_could_not_be_typed_into_a_hanging_command() {
    let ask = block("console,timeout=5s", "$ docker run --rm -it busybox:1.35 sh\n/ # sleep 99\n/ # geheim");
    let pull = block("console,hidden", "$ docker pull -q busybox:1.35");
    let project = Project::with(&lesson(&[("tanya", &(pull + &ask))]));
    let _ = project.with_engine(["test", "--log", "log.txt", "lesson.md"]).run();
    let log = project.read("log.txt");
    for shown in
        ["step{id=tanya}:command{line=", "typed cue=0", "waits to type cue=1", "time limit is reached limit=5s"]
    {
        assert!(log.contains(shown), "no `{shown}` in\n{log}");
    }
    assert_no_secret(&log);
}
