//! Tests the comparison of ids, states, ports and names of containers in the outputs of several commands.

use super::*;

const LONG: &str = "8f14e45fceea167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de";
const OTHER: &str = "0a1b2c3d4e5f167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de";

fn ps(id: &str, status: &str, ports: &str) -> String {
    format!(
        "\
CONTAINER ID   IMAGE          COMMAND                  CREATED         STATUS         PORTS                                   NAMES
{id}   nginx:alpine   \"/docker-entrypoint.…\"   3 seconds ago   {status:<12}   {ports:<39} web
"
    )
}

fn new_ps(id: &str, status: &str, ports: &str) -> String {
    format!(
        "\
CONTAINER ID   IMAGE          COMMAND                  CREATED                  STATUS                  PORTS                                     NAMES
{id}   nginx:alpine   \"/docker-entrypoint.…\"   Less than a second ago   {status:<21}   {ports:<41} web
"
    )
}

const PORTS: &str = "0.0.0.0:8080->80/tcp, :::8080->80/tcp";
const NEW_PORTS: &str = "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp";

#[test]
fn id_that_run_printed_must_be_the_id_in_ps() {
    let mut lesson = Lesson::default();
    lesson.met(LONG, OTHER);
    let written = ps(&LONG[..12], "Up 2 seconds", PORTS);
    lesson.met(&written, &new_ps(&OTHER[..12], "Up Less than a second", NEW_PORTS));
    lesson.differs(&written, &new_ps("111111111111", "Up Less than a second", NEW_PORTS));
}

#[test]
fn wrong_id_differs_with_a_note_about_the_bound_id() {
    let mut lesson = Lesson::default();
    lesson.met(LONG, OTHER);
    let comparison =
        lesson.differs(&ps(&LONG[..12], "Up 2 seconds", PORTS), &new_ps("111111111111", "Up 1 second", NEW_PORTS));
    let row = &comparison.rows[1];
    assert_eq!((row.state, row.cells.as_slice()), (RowState::Differs, &["CONTAINER ID".to_owned()][..]));
    let note = Note::Bound {
        expected: LONG[..12].into(),
        found: "111111111111".into(),
        stands_for: Some(OTHER.into()),
        written: None,
    };
    assert_eq!(row.notes, [note]);
    assert_eq!(row.marks.expected, vec![0..12]);
    // The row above differs, so its id is not bound yet.
    lesson.met("222222222222", "111111111111");
}

#[test]
fn container_with_another_state_or_exit_status_differs() {
    let comparison =
        differs(&ps("8f14e45fceea", "Up 2 seconds", PORTS), &ps("8f14e45fceea", "Exited (1) 2 seconds ago", ""));
    assert_eq!(comparison.rows[1].cells, ["STATUS", "PORTS"]);
    differs(&ps("8f14e45fceea", "Up 2 seconds", PORTS), &ps("8f14e45fceea", "Up 2 seconds (unhealthy)", PORTS));
    differs(&ps("8f14e45fceea", "Exited (137) 2 seconds ago", ""), &ps("8f14e45fceea", "Exited (0) 2 seconds ago", ""));
}

#[test]
fn missing_or_extra_container_in_a_table_differs() {
    let (header, row) = (ps("8f14e45fceea", "Created", ""), ps("8f14e45fceea", "Created", ""));
    let header = header.lines().next().unwrap();
    let row = row.lines().nth(1).unwrap();
    met(&format!("{header}\n"), "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n");
    let missing = differs(&format!("{header}\n{row}\n"), header);
    assert_eq!(missing.rows[1].state, RowState::Missing);
    let extra = differs(header, &format!("{header}\n{row}\n"));
    assert_eq!(extra.rows[1].state, RowState::Unexpected);
    met(&format!("{header}\n...\n"), &format!("{header}\n{row}\n"));
    met(&format!("{header}\n...\n"), header);
}

#[test]
fn published_port_must_be_equal_and_random_port_is_bound() {
    let up = "Up 2 seconds";
    differs(&ps("8f14e45fceea", up, PORTS), &ps("8f14e45fceea", up, "0.0.0.0:8081->80/tcp, [::]:8081->80/tcp"));
    differs(&ps("8f14e45fceea", up, PORTS), &ps("8f14e45fceea", up, "80/tcp"));
    let mut lesson = Lesson::default();
    lesson.met(
        &ps("8f14e45fceea", up, "0.0.0.0:49153->80/tcp, :::49153->80/tcp"),
        &new_ps("8f14e45fceea", up, "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp"),
    );
    lesson.met("80/tcp -> 0.0.0.0:49153\n80/tcp -> :::49153", "80/tcp -> 0.0.0.0:32768\n80/tcp -> [::]:32768");
    lesson.met("80/tcp -> 0.0.0.0:49153", "80/tcp -> 0.0.0.0:32768\n80/tcp -> [::]:32768");
    lesson.met("80/tcp -> 0.0.0.0:49153\n80/tcp -> [::]:49153", "80/tcp -> 0.0.0.0:32768");
    lesson.differs("80/tcp -> 0.0.0.0:49153", "80/tcp -> 0.0.0.0:32769");
    lesson.differs("80/tcp -> 0.0.0.0:49153", "80/tcp -> [::]:32768");
}

#[test]
fn generated_name_is_bound_and_chosen_name_must_be_equal() {
    let row = |name: &str| format!("NAMES            STATUS\n{name:<16} Up 3 seconds\n");
    let mut lesson = Lesson::default();
    lesson.met(&row("goofy_turing"), &row("zen_wu"));
    lesson.met("goofy_turing", "zen_wu");
    lesson.differs("goofy_turing", "brave_hopper");
    lesson.differs("sad_curie", "zen_wu");
    lesson.differs(&row("web"), &row("zen_wu"));
    lesson.differs(&row("goofy_turing"), &row("web"));
    lesson.differs(&row("web"), &row("api"));
}

#[test]
fn rows_match_in_any_order_with_consistent_bindings() {
    let table = |rows: &[&str]| format!("CONTAINER ID   NAMES    CREATED\n{}\n", rows.join("\n"));
    let written = table(&["aaaaaaaaaaaa   satu     3 seconds ago", "bbbbbbbbbbbb   dua      5 seconds ago"]);
    let mut lesson = Lesson::default();
    lesson.met("bbbbbbbbbbbb", "222222222222");
    lesson.met(&written, &table(&["222222222222   dua      About a minute ago", "111111111111   satu     N/A"]));
    lesson.differs(&written, &table(&["111111111111   dua      1 second ago", "222222222222   satu     1 second ago"]));

    // The expected rows differ only in their ids and generated names. An earlier command has bound the id of the second
    // expected row to the id of the first printed row.
    let written = table(&["cccccccccccc   zen_wu   1 second ago", "dddddddddddd   sad_curie   1 second ago"]);
    lesson.met("dddddddddddd", "333333333333");
    lesson.met(
        &written,
        &table(&["333333333333   brave_hopper   1 second ago", "444444444444   happy_bell   1 second ago"]),
    );
    lesson.met("zen_wu", "happy_bell");
}

#[test]
fn tables_with_400_similar_rows_are_compared_fast() {
    let table = |offset: usize| {
        let rows = (0..400).map(|row| format!("{:012x}   zen_wu{}\n", row + offset, row % 10));
        format!("CONTAINER ID   NAMES\n{}", rows.collect::<String>())
    };
    differs(&table(0x1000_0000), &table(0x2000_0000).replace("zen_wu7", "zen_wu8"));
}
