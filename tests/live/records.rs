//! Reads the lines of `dermaga test --json`.

/// One event.
pub(crate) type Record = serde_json::Value;

/// Returns every event of a run. The run must be complete.
#[track_caller]
pub(crate) fn records(out: &str) -> Vec<Record> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let records: Vec<Record> = out.lines().map(read).collect();
    let (first, last) = (records.first().expect("a first event"), records.last().expect("a last event"));
    assert_eq!((&first["event"], &first["version"]), (&"run-started".into(), &1.into()));
    assert_eq!(last["event"], "run-ended");
    records
}

/// Returns the verdict of an event that has one.
pub(crate) fn verdict_of(record: &Record) -> &str {
    record["judged"]["verdict"].as_str().unwrap_or("none")
}
