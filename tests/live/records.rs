//! Parses the output of `dermaga test --json`.

/// One event of a run.
pub(crate) type Record = serde_json::Value;

/// Returns all events of a run. Panics if the first or the last event is missing.
#[track_caller]
pub(crate) fn records(out: &str) -> Vec<Record> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let records: Vec<Record> = out.lines().map(read).collect();
    let (first, last) = (records.first().expect("a first event"), records.last().expect("a last event"));
    assert_eq!((&first["event"], &first["version"]), (&"run-started".into(), &1.into()));
    assert_eq!(last["event"], "run-ended");
    records
}

/// Returns the verdict of an event, or `none` if the event has no verdict.
pub(crate) fn verdict_of(record: &Record) -> &str {
    record["judged"]["verdict"].as_str().unwrap_or("none")
}
