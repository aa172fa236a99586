//! Tests the program as process 1 of a container. As process 1, it must reap orphans and react to signals.

use rustix::process::{Pid, Signal, kill_process};

use crate::project::{Project, block, lesson};

#[test]
fn program_as_process_1_reaps_orphans_and_ends_at_sigterm() {
    let words = ["--pid", "--fork", "--mount-proc", "--kill-child", env!("CARGO_BIN_EXE_dermaga")];
    let steps = ["satu", "dua"].map(|name| lesson(&[(name, &block("console", "$ echo halo\nhalo"))]));
    let project = Project::new();
    for (name, text) in ["satu.md", "dua.md"].into_iter().zip(&steps) {
        project.write(name, text);
    }
    project.program("unshare", &words).args(["test", "satu.md", "dua.md"]).within(60).run().code(0);

    project.write("lama.md", lesson(&[("a", &block("console", "$ sleep 1000"))]));
    let mut sent = false;
    let run = project.program("unshare", &words).args(["test", "--json", "lama.md"]).within(60);
    let ended = run.run_with(|line, pid| {
        if line.contains("command-started") && !std::mem::replace(&mut sent, true) {
            let first = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
            let first = first.trim().parse().ok().and_then(Pid::from_raw).unwrap();
            kill_process(first, Signal::TERM).unwrap();
        }
    });
    ended.code(130).complains(&["Stopped"]).is_alone();
}
