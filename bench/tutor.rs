//! Measures the response times of the tutor as a person at the terminal sees them. Run it as root: `cargo bench --bench
//! tutor`.
//!
//! The benchmark performs the same actions with the tutor and in a plain bash, in turn.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/live/person.rs"]
mod person;
#[path = "../tests/support/mod.rs"]
mod project;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/live/learn/small.rs"]
mod small;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/live/support.rs"]
mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use person::Person;
use project::Project;
use small::trust;
use support::TestEngine;

/// The number of samples of each measurement.
const MANY: usize = 100;

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{name}: p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms ({} samples)", at(50), at(90), at(99), times.len());
}

#[tokio::main]
async fn main() {
    start().await;
    keys().await;
    verdict().await;
    watch().await;
}

async fn start() {
    let project = Project::new();
    let mut first = Person::start(&project, &["learn", "--lang", "id"]);
    first.sees("[↑↓").await;
    let (mut menu, mut version) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        let begun = Instant::now();
        let mut person = Person::start(&project, &["learn", "--lang", "id"]);
        person.sees("[↑↓").await;
        menu.push(begun.elapsed());
        let begun = Instant::now();
        let mut person = Person::start(&project, &["--version"]);
        person.sees("dermaga ").await;
        version.push(begun.elapsed());
    }
    report("start to menu", menu);
    report("start to --version", version);
}

fn lesson_of(steps: usize, block: impl Fn(usize) -> String) -> String {
    let mut text = String::from("# Angka\n");
    for step in 0..steps {
        let _ = write!(text, "\n## L{step} {{#l{step}}}\n\n{}\n", block(step));
    }
    text
}

async fn keys() {
    let engine = TestEngine::shared();
    let project = Project::new();
    project.write("a.md", lesson_of(1, |_| "```console\n$ echo a\na\n```".into()));
    let url = format!("unix://{}", engine.socket().display());
    let mut tutored = Person::start(&project, &["learn", "a.md", "--engine", &url]);
    trust(&mut tutored).await;
    tutored.prompt().await;
    let words = ["--norc".to_owned(), "-i".to_owned()];
    let mut plain = Person::run(&project, "/bin/bash", &words, &[("PS1", "polos ")]);
    plain.sees("polos").await;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for at in 0..MANY {
        let key = char::from(b'a' + u8::try_from(at % 26).unwrap_or(0)).to_string();
        for (person, times) in [(&mut tutored, &mut ours), (&mut plain, &mut theirs)] {
            let begun = Instant::now();
            person.press(&key).await;
            person.sees(&key).await;
            times.push(begun.elapsed());
        }
    }
    report("key to echo, tutored", ours);
    report("key to echo, plain bash", theirs);
}

/// Measures the time from a command's last output to the tutor's verdict, for claims that hold and for claims that
/// fail.
async fn verdict() {
    let engine = TestEngine::shared();
    let project = Project::new();
    let passes = |step: usize| {
        format!(
            "```console\n$ docker volume create lulus{step}\nlulus{step}\n```\n\n```check\nvolume: lulus{step}\n```"
        )
    };
    project.write("pass.md", lesson_of(MANY, passes));
    let misses = "```console\n$ echo a\na\n```\n\n```check\ncontainer: tidakada\nState.Running: true\n```";
    project.write("miss.md", lesson_of(1, |_| misses.into()));
    let url = format!("unix://{}", engine.socket().display());
    let mut passing = Person::start(&project, &["learn", "pass.md", "--engine", &url]);
    trust(&mut passing).await;
    passing.prompt().await;
    let mut missing = Person::start(&project, &["learn", "miss.md", "--engine", &url]);
    trust(&mut missing).await;
    missing.prompt().await;
    let words = ["--norc".to_owned(), "-i".to_owned()];
    let mut plain = Person::run(&project, "/bin/bash", &words, &[("PS1", "polos ")]);
    plain.sees("polos").await;
    let (mut passed, mut missed, mut prompted) = (Vec::new(), Vec::new(), Vec::new());
    for step in 0..MANY {
        passed.push(said(&mut passing, &format!("docker volume create lulus{step} >/dev/null; "), "✔").await);
        if step + 1 < MANY {
            passing.prompt().await;
            passing.press("\r").await;
            passing.prompt_of(step + 2).await;
        }
        missed.push(said(&mut missing, "", "✘").await);
        missing.prompt().await;
        prompted.push(said(&mut plain, "", "polos").await);
    }
    report("command ended to a pass", passed);
    report("command ended to a miss", missed);
    report("command ended to prompt, plain bash", prompted);
}

/// Types `before` and an `echo`. Returns the time from the output of `echo` until `sign` appears.
async fn said(person: &mut Person, before: &str, sign: &str) -> Duration {
    person.types(&format!("{before}echo ke\"\"luar")).await;
    person.sees("keluar").await;
    let begun = Instant::now();
    person.sees(sign).await;
    begun.elapsed()
}

async fn watch() {
    let engine = TestEngine::shared();
    let project = Project::new();
    let block = |step: usize| {
        format!(
            "```console\n$ docker volume create angka{step}\nangka{step}\n```\n\n```check\nvolume: angka{step}\n```"
        )
    };
    project.write("a.md", lesson_of(MANY, block));
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["watch", "a.md", "--engine", &url]);
    trust(&mut person).await;
    let mut times = Vec::new();
    for step in 0..MANY {
        person.hears("learn-watch-hint").await;
        person.press("x").await;
        engine.create_volume(&format!("angka{step}"));
        let begun = Instant::now();
        person.hears("learn-step-passed").await;
        times.push(begun.elapsed());
        person.press("\r").await;
    }
    report("engine event to tick in watch", times);
}
