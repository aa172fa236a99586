//! Tests the comparison of lines: elisions, blank lines, digests, and differences between engines.

use super::*;

#[test]
fn elided_port_matches_in_ipv4_and_ipv6_addresses() {
    let written = "0.0.0.0:[..]->80/tcp, :::[..]->80/tcp";
    for printed in ["0.0.0.0:49153->80/tcp, :::49153->80/tcp", "0.0.0.0:49153->80/tcp, [::]:49153->80/tcp"] {
        met(written, printed);
    }
    differs(written, "0.0.0.0:49153->81/tcp, :::49153->81/tcp");
}

#[test]
fn elision_matches_any_number_of_lines() {
    met("...", "");
    met("...", "a\nb\n\nc");
    met("a\n...\nz", "a\nz");
    met("a\n...\nz", "a\nb\nc\nz");
    met("...\nb\n...\nd", "a\nb\nc\nb\nd");
    met("a\n...\n...\nz", "a\nz");
    differs("a\n...\nz", "a\nb");
    differs("...\nb", "b\nc");
    differs("....", "a\nb");
}

#[test]
fn elision_ends_at_the_line_with_the_bound_id() {
    let mut lesson = Lesson::default();
    lesson.met("aaaaaaaaaaaa", "111111111111");
    lesson.met("...\nid aaaaaaaaaaaa\n...", "id 222222222222\nid 333333333333\nid 111111111111\nx");
    lesson.differs("...\nid aaaaaaaaaaaa\n...", "id 222222222222\nid 333333333333\nx");
    // The elision could end at the first id, but only the last line shows that this binding is wrong.
    lesson
        .met("...\nid bbbbbbbbbbbb\n...\nlast bbbbbbbbbbbb", "id 222222222222\nid 333333333333\nx\nlast 333333333333");
}

#[test]
fn blank_lines_are_compared_only_within_the_output() {
    met("a\n\nb", "a\n\nb\n\n\n");
    for (written, printed) in
        [("a\n\n", "a"), ("\n\na\n", "a"), ("a", "\n\na"), ("\na", "\n\na"), ("\n \n", ""), ("", "\n")]
    {
        met(written, printed);
    }
    differs("a\nb", "a\n\nb");
    differs("a\n\nb", "a\nb");
    differs("\na\nb", "a\n\nb");
    differs("\n", "a");
    // This transcript is from Docker's documentation.
    met("\nDRIVER    VOLUME NAME\nlocal     dvol\n\n", "DRIVER    VOLUME NAME\nlocal     dvol");
    let mut exact = Lesson::exact();
    exact.met("\na\n", "a");
    exact.differs("a\n\nb", "a\nb");
}

#[test]
fn blank_lines_beside_typed_input_are_ignored() {
    let printed = "/ # ls\na\n/ # exit";
    for written in ["/ # ls\n\na\n\n/ # exit", "\n/ # ls\na\n/ # exit\n", printed] {
        met(written, printed);
        met(printed, written);
    }
    differs("/ # ls\na\n\nb\n/ # exit", "/ # ls\na\nb\n/ # exit");
    met("a\n\n^C", "a\n^C");
    met("a\n\n^C\n\nb", "a\n^Cb");
    met("/ # cat\n...\n\n/ # exit", "/ # cat\n\nx\n/ # exit");
}

#[test]
fn properties_of_the_machine_and_random_values_may_differ() {
    let mut lesson = Lesson::default();
    let (engine, other) =
        ("MWMQ:UEIE:QU4V:M3DR:UXD7:QJ7S:6THT:6WZ5:XUNB:S2D4:GXMM:WXX7", "5be4cf28-c3c1-4d64-9c77-f4ce1e1a9d1e");
    lesson.met(engine, other);
    lesson.met(&format!(" ID: {engine}"), &format!(" ID: {other}"));
    lesson.differs(engine, &other.replace("5be4", "5be5"));
    met(
        " Runtimes: io.containerd.runc.v2 io.containerd.runtime.v1.linux runc",
        " Runtimes: runc io.containerd.runc.v2",
    );
    differs(" Runtimes: io.containerd.runc.v2 runc", " Runtimes: runc");
    met("default unix:///run/dermaga/d.sock", "default unix:///var/run/docker.sock");
    differs("default unix:///run/dermaga/d.sock", "default tcp://10.0.0.9:2375");
    met(" Cgroup Driver: systemd\n CPUs: 8\n Name: rumah", " Cgroup Driver: cgroupfs\n CPUs: 2\n Name: server satu");
    differs(" Images: 3", " Images: 4");
    met("#5 [2/3] RUN sleep 1\n#5 1.234 a\n#5 DONE 2.0s", "#5 [2/3] RUN sleep 1\n#5 12.0 a\n#5 DONE 13.5s");
    differs("#5 [2/3] RUN sleep 1", "#5 [2/3] RUN sleep 2");
}

#[test]
fn extra_or_missing_line_differs() {
    let comparison = differs("a\nb\nc", "a\nc");
    let states: Vec<_> = comparison.rows.iter().map(|row| (row.expected, row.found, row.state)).collect();
    assert_eq!(
        states,
        [(Some(0), Some(0), RowState::Same), (Some(1), None, RowState::Missing), (Some(2), Some(1), RowState::Same)]
    );
    let comparison = differs("a\nc", "a\nb\nc");
    assert_eq!(comparison.rows[1].state, RowState::Unexpected);
    differs("", "a");
    differs("a", "");
    met("", "");
}

#[test]
fn wrong_line_is_aligned_with_its_expected_line() {
    let comparison = differs(
        "a\nStatus: Downloaded newer image for mongo:4.1\nz",
        "a\nStatus: Image is up to date for mongo:4.1\nz",
    );
    let row = &comparison.rows[1];
    assert_eq!((row.expected, row.found, row.state), (Some(1), Some(1), RowState::Differs));
    assert_eq!((row.marks.expected.first(), row.marks.found.first()), (Some(&(8..30)), Some(&(8..27))));
}

#[test]
fn matching_line_binds_its_id_even_if_another_line_differs() {
    let mut lesson = Lesson::default();
    lesson.differs("id aaaaaaaaaaaa\nsalah\n", "id 111111111111\nbenar\n");
    lesson.met("aaaaaaaaaaaa", "111111111111");
    lesson.differs("aaaaaaaaaaaa", "222222222222");
}

#[test]
fn digest_in_the_output_is_not_bound_as_an_image_id() {
    let hex = "8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";
    let run = "c6e691ebc0942ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";
    // On the author's engine, the id of an image is the digest of its configuration. In this run, the id is the digest
    // of the image's manifest.
    let mut lesson = Lesson::default();
    lesson.met(&format!("Digest: sha256:{hex}"), &format!("Digest: sha256:{run}"));
    lesson.met("d93e3cc722d8", &run[..12]);
    lesson.met("sha256:d93e3cc722d80000000000000000000000000000000000000000000000000000", &format!("sha256:{run}"));
    lesson.met(&format!("mongo@sha256:{hex}"), &format!("mongo@sha256:{run}"));
    lesson.differs(&format!("mongo@sha256:{hex}"), &format!("mongo@sha256:{}", run.replace('c', "d")));
    lesson.differs(hex, &format!("sha256:{run}"));
}

#[test]
fn messages_of_different_docker_versions_match() {
    met(
        "docker: Error response from daemon: Conflict. The container name \"/satu\" is already in use by container \"8f14e45fceea\". You have to remove (or rename) that container to be able to reuse that name.\nSee 'docker run --help'.",
        "docker: Error response from daemon: Conflict. The container name \"/satu\" is already in use by container \"0a1b2c3d4e5f\". You have to remove (or rename) that container to be able to reuse that name\n\nRun 'docker run --help' for more information",
    );
    met("Error: No such container: x", "Error response from daemon: No such container: x");
    differs("x\nSee 'docker run --help'.", "x");
    differs("x", "x\n\nRun 'docker run --help' for more information");
}

#[test]
fn exact_fence_accepts_elisions_but_compares_volatile_tokens() {
    let mut lesson = Lesson::exact();
    lesson.differs("13.3kB", "8.8kB");
    lesson.differs("8f14e45fceea", "0a1b2c3d4e5f");
    lesson.differs("7413c47ba209: Pull complete", "0fe7e7cbb2e8: Pull complete");
    lesson.met("a\n...\n13[..]kB", "a\nb\n13.3kB");
    lesson.met(
        "REPOSITORY   TAG   SIZE\nmongo        4.1   1MB",
        "REPOSITORY      TAG      SIZE\nmongo           4.1      1MB",
    );
    lesson
        .differs("REPOSITORY   TAG   SIZE\nmongo        4.1   1MB", "REPOSITORY   TAG   SIZE\nmongo        4.1   2MB");
}
