//! Waits for the end of a program. Records the program's output, exit status, duration, memory and leftover processes.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::watch::Watch;

/// The result of a run that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit status. If a signal has ended the program, 128 plus the signal's number.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
    /// The duration of the run.
    pub(crate) elapsed: Duration,
    /// The peak memory of the program's own process, in KiB.
    pub(crate) peak: u64,
    /// The processes of the program's engine or lessons that still run after the program's end.
    pub(crate) survivors: Vec<String>,
}

impl Ended {
    /// Asserts the exit status.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code {} where {code} was expected\n{}", self.code, self.all());
        self
    }

    /// Asserts that standard output contains each of these texts.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for words in words {
            assert!(self.out.contains(words), "not said: {words}\n{}", self.all());
        }
        self
    }

    /// Asserts that standard error contains each of these texts.
    #[track_caller]
    pub(crate) fn complains(self, words: &[&str]) -> Self {
        for words in words {
            assert!(self.err.contains(words), "not complained: {words}\n{}", self.all());
        }
        self
    }

    /// Asserts that the output has no control characters except tabs and line ends, no panic, and no key of a message.
    #[track_caller]
    #[expect(clippy::wrong_self_convention, reason = "reads as a sentence")]
    pub(crate) fn is_clean(self) -> Self {
        for text in [&self.out, &self.err] {
            let control = text.chars().find(|&c| c.is_control() && c != '\n' && c != '\t');
            assert!(control.is_none(), "{control:?} in the output:\n{}", self.all().escape_debug());
            assert!(!text.contains("panicked at"), "{}", self.all());
            let key = text.split(|c: char| !c.is_ascii_lowercase() && c != '-').find(|word| {
                ["help-", "failure-", "sandbox-", "broken-", "diff-", "run-", "skip-", "file-"]
                    .iter()
                    .any(|key| word.starts_with(key) && word.len() > key.len())
            });
            assert!(key.is_none_or(|key| key == "run-started"), "a bare key {key:?}:\n{}", self.all());
        }
        self
    }

    /// Asserts that no process of the run has survived the program.
    #[track_caller]
    #[expect(clippy::wrong_self_convention, reason = "reads as a sentence")]
    pub(crate) fn is_alone(self) -> Self {
        assert!(self.survivors.is_empty(), "still running: {:#?}\n{}", self.survivors, self.all());
        self
    }

    /// Returns standard output and standard error, for messages.
    pub(crate) fn all(&self) -> String {
        format!("--- stdout\n{}--- stderr\n{}", self.out, self.err)
    }
}

/// Waits for the end of `child` and reads its output. Calls `heard` with each line of standard output and the process
/// id. Panics after `limit`. `mark` is a path that occurs in the arguments or the environment of every process of the
/// run.
pub(super) fn finish(mut child: Child, mark: &Path, limit: Duration, mut heard: impl FnMut(&str, u32)) -> Ended {
    let begun = Instant::now();
    let pid = child.id();
    let mut watch = Watch::start(pid, mark);
    let (tell, lines) = mpsc::channel();
    let out = child.stdout.take().map(|out| {
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            let mut line = Vec::new();
            while out.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let _ = tell.send(String::from_utf8_lossy(&line).into_owned());
                line.clear();
            }
        })
    });
    let err = child.stderr.take().map(|mut err| {
        thread::spawn(move || {
            let mut text = Vec::new();
            let _ = err.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        })
    });
    let mut said = String::new();
    let status = loop {
        for line in lines.try_iter() {
            heard(line.trim_end(), pid);
            said.push_str(&line);
        }
        watch.look();
        if let Some(status) = child.try_wait().expect("its status") {
            break status;
        }
        if begun.elapsed() > limit {
            let _ = child.kill();
            panic!("no end after {limit:?}; it said:\n{said}");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let elapsed = begun.elapsed();
    let _ = out.map(thread::JoinHandle::join);
    for line in lines.try_iter() {
        heard(line.trim_end(), pid);
        said.push_str(&line);
    }
    let err = err.and_then(|err| err.join().ok()).unwrap_or_default();
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default());
    Ended { code, out: said, err, elapsed, peak: watch.peak(), survivors: watch.survivors() }
}
