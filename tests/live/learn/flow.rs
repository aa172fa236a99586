//! Tests commands that print faster than the terminal reads. The output continues without a key, and Ctrl-C ends it.

use std::time::{Duration, Instant};

use super::small::{IMAGE, begin, project};

/// Commands that print more output than the tutor buffers.
const LOUD: [&str; 8] = [
    "seq 1 30000",
    "yes abcdefgh | head -c 200000",
    "od -An -v -tx1 -N 60000 /dev/zero",
    "head -c 150000 /dev/zero | tr '\\0' 'x'",
    "docker run --rm busybox:1.35 seq 1 30000",
    "docker run --rm -t busybox:1.35 seq 1 30000",
    "for i in $(seq 3000); do echo $i satu dua tiga empat lima enam tujuh delapan; done",
    "ls -lR /usr/share/doc 2>/dev/null | head -c 250000",
];

/// Types each command, reads `bytes_a_second` bytes of its output per second, and waits for the prompt. `None` means as
/// fast as possible.
async fn all_end(bytes_a_second: Option<usize>, commands: &[&str]) {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    for (at, command) in commands.iter().enumerate() {
        // A separate `echo` prints the mark `selesai-N.` after the command's output.
        person.types(&format!("{command}; echo; echo sel\"\"esai-{at}.")).await;
        person.reads_slowly_until(&format!("selesai-{at}."), bytes_a_second).await;
        person.prompt().await;
    }
}

#[tokio::test]
async fn loud_commands_run_to_their_end_at_a_fast_terminal() {
    all_end(None, &LOUD).await;
}

#[tokio::test]
async fn loud_commands_run_to_their_end_at_a_slow_terminal() {
    all_end(Some(300_000), &LOUD[..5]).await;
    all_end(Some(20_000), &["seq 1 20000"]).await;
}

#[tokio::test]
async fn terminal_that_pauses_gets_all_output_afterwards() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("seq 1 200000; echo sel\"\"esai.").await;
    person.sees("1 2 3").await;
    // The terminal reads nothing for ten times as long as the command would run.
    tokio::time::sleep(Duration::from_secs(2)).await;
    person.sees("199999 200000 selesai.").await;
    person.prompt().await;
}

#[tokio::test]
async fn long_output_takes_little_memory_and_ends_soon_after_ctrl_c() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("yes sangat-ribut | head -c 60000000; echo sel\"\"esai.").await;
    person.reads_slowly_until("selesai.", None).await;
    person.prompt().await;
    let peak = person.peak_memory();
    assert!(peak < 150 << 20, "{} MiB", peak >> 20);

    // At 20 KB per second, the terminal would need seconds to show the buffered output.
    person.types("yes berisik").await;
    person.reads_slowly_until("berisik", Some(20_000)).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    person.press("\u{3}").await;
    person.reads_slowly_until("[1/3]", Some(20_000)).await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

/// If a program reads Ctrl-C as a key, as editors do, the tutor discards none of the program's output.
#[tokio::test]
async fn ctrl_c_that_a_program_reads_as_a_key_discards_no_output() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("stty -isig; seq 1 30000; stty isig; echo sel\"\"esai.").await;
    person.sees("1 2 3").await;
    person.presses_more("\u{3}").await;
    person.sees("29998 29999 30000").await;
    person.sees("selesai.").await;
}
