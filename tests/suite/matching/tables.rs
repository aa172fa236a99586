//! Tests the comparison of tables: columns, cells, rows in any order, and the text around tables.

use super::*;

#[test]
fn added_or_missing_column_is_named_in_a_note() {
    let comparison = differs(
        "REPOSITORY   TAG      IMAGE ID       SIZE\nmongo        4.1      d93e3cc722d8   360MB",
        "REPOSITORY   TAG      IMAGE ID       CREATED        PLATFORM\nmongo        4.1      d93e3cc722d8   8 days ago     linux",
    );
    let header = &comparison.rows[0];
    assert_eq!(header.state, RowState::Differs);
    assert_eq!(
        header.notes,
        [Note::ColumnsAdded(vec!["CREATED".into(), "PLATFORM".into()]), Note::ColumnsLacking(vec!["SIZE".into()])]
    );
    assert_eq!(comparison.rows[1].state, RowState::Same, "the rest of the row is right");
}

#[test]
fn elision_in_a_table_allows_extra_rows_anywhere() {
    let written = "REPOSITORY   TAG    SIZE\n...\nmongo        4.1    360MB\n";
    let printed =
        |tag: &str| format!("REPOSITORY   TAG    SIZE\nmongo        {tag}    360MB\nalpine       3.20   8MB\n");
    met(written, &printed("4.1"));
    let comparison = differs(written, &printed("4.2"));
    let states: Vec<_> = comparison.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [RowState::Same, RowState::Same, RowState::Differs, RowState::Same]);
    assert_eq!(comparison.rows[2].cells, ["TAG"]);
}

#[test]
fn missing_row_does_not_affect_the_other_rows() {
    let written = "REPOSITORY   TAG    IMAGE ID       SIZE\nmongo        4.1    d93e3cc722d8   360MB\nalpine       3.20   aaaaaaaaaaaa   8MB\n";
    let comparison =
        differs(written, "REPOSITORY   TAG    IMAGE ID       SIZE\nalpine       3.20   bbbbbbbbbbbb   8MB\n");
    let states: Vec<_> = comparison.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [RowState::Same, RowState::Missing, RowState::Same]);
}

#[test]
fn none_and_ellipsis_in_a_cell_must_be_equal() {
    let row = |repository: &str, command: &str| {
        format!("REPOSITORY   COMMAND      SIZE\n{repository:<12} {command:<12} 1MB\n")
    };
    met(&row("<none>", "\"sh -c …\""), &row("<none>", "\"sh -c …\""));
    differs(&row("<none>", "\"sh -c …\""), &row("ubuntu", "\"sh -c …\""));
    differs(&row("<none>", "\"sh -c …\""), &row("<none>", "\"sh -c 'exit 3'\""));
    met(
        "CREATED BY        SIZE     COMMENT\n/bin/sh -c …      0B       x",
        "CREATED BY     SIZE   COMMENT\n/bin/sh -c …   7B     x",
    );
}

#[test]
fn command_or_tag_that_looks_like_a_time_must_be_equal() {
    let row = |tag: &str, command: &str| {
        format!("IMAGE              COMMAND        STATUS\nalpine:{tag:<11} {command:<14} Up 2 seconds\n")
    };
    met(&row("3.20", "\"sleep 1h0m9s\""), &row("3.20", "\"sleep 1h0m9s\""));
    differs(&row("3.20", "\"sleep 1h0m9s\""), &row("3.20", "\"sleep 2h0m9s\""));
    differs(&row("20210313", "sh"), &row("20210314", "sh"));
    differs(&row("2021-03-13", "sh"), &row("2021-03-14", "sh"));
}

#[test]
fn several_tables_with_text_between_them_match() {
    let written = "Images:\n\nREPOSITORY   SIZE\nmongo        1MB\n\nVolumes:\n\nVOLUME NAME   LINKS   SIZE\ndata          0       1MB\n";
    let printed = "Images:\n\nREPOSITORY     SIZE\nmongo          2MB\n\nVolumes:\n\nVOLUME NAME     LINKS     SIZE\ndata            0         0B\n";
    met(written, printed);
    differs(written, &printed.replace("data            0", "data            1"));
    differs(written, &printed.replace("Volumes", "Volume"));
    met("Images:\n\nREPOSITORY   SIZE\n...\n", printed);
}

#[test]
fn right_aligned_or_narrow_columns_match() {
    met(
        "PID   USER     TIME  COMMAND\n    1 root      0:00 sh\n    7 root      0:00 ps",
        "PID   USER     TIME  COMMAND\n    1 root      0:00 sh\n   12 root      0:01 ps",
    );
    differs(
        "PID   USER     TIME  COMMAND\n    1 root      0:00 sh",
        "PID   USER     TIME  COMMAND\n    1 root      0:00 ash",
    );
}

#[test]
fn misaligned_row_is_split_at_two_or_more_spaces() {
    met(
        "REPOSITORY    TAG       IMAGE ID       CREATED      SIZE\nhello-world  latest  d1165f221234  8 days ago  13.3kB",
        today::BEFORE,
    );
}

#[test]
fn wildcard_row_matches_a_whole_row() {
    met(
        "REPOSITORY    TAG       SIZE\nhello[..]\nmongo   [..]  1MB",
        "REPOSITORY    TAG       SIZE\nhello-world   latest    1kB\nmongo         4.1       2MB",
    );
    differs("REPOSITORY    TAG       SIZE\nhallo[..]", "REPOSITORY    TAG       SIZE\nhello-world   latest    1kB");
}

#[test]
fn line_below_a_table_is_not_a_row() {
    let wide = "NETWORK ID          NAME                DRIVER              SCOPE\n0e17efb29ef8        bridge              bridge              local\n";
    let narrow = "NETWORK ID     NAME      DRIVER    SCOPE\naaaaaaaaaaaa   bridge    bridge    local\n";
    for line in ["A sentence that another command prints after the table", "a b", "selesai", "one\ntwo words\n\nthree"]
    {
        met(&format!("{wide}{line}"), &format!("{narrow}{line}"));
        met(&format!("{narrow}{line}"), &format!("{wide}{line}"));
        differs(wide, &format!("{narrow}{line}"));
    }
    let comparison = differs(
        &format!("{wide}A sentence."),
        &format!("{narrow}aaaaaaaaaaab   host      host      local\nA sentence."),
    );
    let states: Vec<_> = comparison.rows.iter().map(|row| (row.expected, row.found, row.state)).collect();
    assert_eq!(
        states,
        [
            (Some(0), Some(0), RowState::Same),
            (Some(1), Some(1), RowState::Same),
            (None, Some(2), RowState::Unexpected),
            (Some(2), Some(3), RowState::Same)
        ]
    );
}

#[test]
fn row_with_one_cell_matches_in_any_order() {
    let table = |first: &str, second: &str| format!("NAMES      PORTS\n{first}\n{second}\n");
    met(&table("web", "db         80/tcp"), &table("db         80/tcp", "web"));
    met(&table("db         80/tcp", "web"), &table("db         80/tcp", "web"));
    differs(&table("db         80/tcp", "web"), &table("db         80/tcp", "wab"));
}

#[test]
fn image_table_of_docker_29_matches_if_only_ids_and_sizes_differ() {
    let table = |id: &str, size: &str| {
        format!(
            "IMAGE                ID             DISK USAGE   CONTENT SIZE   EXTRA\nhello-world:latest   {id}       {size}          4.5kB    U\n"
        )
    };
    met(&table("d1165f221234", "25.9kB"), &table("74cc54e27dc4", "13.3kB"));
    differs(&table("d1165f221234", "25.9kB"), &table("74cc54e27dc4", "13.3kB").replace("latest", "linux "));
}
