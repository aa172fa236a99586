//! Tests the patterns of the table, with tokens that engines print and with text that only resembles such tokens.

use super::*;

fn shown(text: &str, place: TextContext) -> Vec<(TokenClass, &str)> {
    tokens(text, place, None).into_iter().map(|token| (token.class, &text[token.range])).collect()
}

fn is(class: TokenClass, cases: &[(&str, &str)]) {
    for (text, token) in cases {
        let found = shown(text, TextContext::Line);
        assert!(found.contains(&(class, token)), "{text:?} should hold {class:?} {token:?}: {found:?}");
    }
}

fn is_not(class: TokenClass, cases: &[&str]) {
    for text in cases {
        let found = shown(text, TextContext::Line);
        assert!(found.iter().all(|(other, _)| *other != class), "{text:?} should hold no {class:?}: {found:?}");
    }
}

const HEX: &str = "8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";

#[test]
fn digests_are_volatile() {
    let digest = format!("sha256:{HEX}");
    is(
        TokenClass::Digest,
        &[
            (&format!("Digest: {digest}"), &digest),
            (&format!("mongo@{digest}"), &digest),
            (&format!("1: digest: {digest} size: 528"), &digest),
            (&format!("    \"digest\": \"{digest}\","), &digest),
        ],
    );
    is_not(TokenClass::Digest, &[&digest, HEX, &format!("Deleted: {digest}")]);
    is(
        TokenClass::Sha,
        &[(&digest, &digest), (&format!("Deleted: {digest}"), &digest), ("sha256:d93e3c", "sha256:d93e3c")],
    );
}

#[test]
fn ids_are_volatile() {
    is(
        TokenClass::Id,
        &[
            (HEX, HEX),
            ("d93e3cc722d8", "d93e3cc722d8"),
            (" ---> d93e3cc722d8", "d93e3cc722d8"),
            ("root@8f14e45fceea:/# ", "8f14e45fceea"),
            ("in use by container \"8f14e45fceea\". You", "8f14e45fceea"),
            ("running container 8f14e45fceea. Stop it", "8f14e45fceea"),
            ("endpoint dua (8f14e45fceea)", "8f14e45fceea"),
        ],
    );
    is_not(
        TokenClass::Id,
        &[
            "8f14e45fcee",
            "8f14e45fceeaa",
            "8F14E45FCEEA",
            "app-8f14e45fceea",
            "8f14e45fceea.log",
            "8f14e45fceea-json.log",
            "/var/lib/8f14e45fceea",
            "8f14e45fceea/x",
            "x8f14e45fceea",
        ],
    );
}

#[test]
fn random_values_are_volatile() {
    const ENGINE: &str = "MWMQ:UEIE:QU4V:M3DR:UXD7:QJ7S:6THT:6WZ5:XUNB:S2D4:GXMM:WXX7";
    const UUID: &str = "5be4cf28-c3c1-4d64-9c77-f4ce1e1a9d1e";
    const KEY: &str = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM";
    let letters = ["ABCD"; 12].join(":");
    is(
        TokenClass::Random,
        &[
            (ENGINE, ENGINE),
            (&letters, &letters),
            (&format!(" ID: {ENGINE}"), ENGINE),
            (&format!(" ID: {UUID}"), UUID),
            (&format!("256 {KEY} root@a (ED25519)"), KEY),
        ],
    );
    let more = format!("{ENGINE}:ABCD");
    is_not(TokenClass::Random, &[&more, &ENGINE[5..], &format!("/x/{UUID}"), &KEY[..49], "ABCD:EFGH"]);
    is(TokenClass::Id, &[("node (dxn1zf6l61qsb1josjja83ngz) is", "dxn1zf6l61qsb1josjja83ngz")]);
    is_not(TokenClass::Id, &["abcdefghijklmnopqrstuvwxy", "dxn1zf6l61qsb1josjja83ng"]);
}

#[test]
fn machine_properties_are_volatile() {
    is(
        TokenClass::Machine,
        &[
            (" CPUs: 8", "8"),
            (" Total Memory: 15.6GiB", "15.6GiB"),
            (" Kernel Version: 6.1.0-18-amd64", "6.1.0-18-amd64"),
            (" Operating System: Debian GNU/Linux 12 (bookworm)", "Debian GNU/Linux 12 (bookworm)"),
            (" Name: server_rumah", "server_rumah"),
            (" Cgroup Driver: systemd", "systemd"),
            ("  Backing Filesystem: extfs", "extfs"),
            (" Docker Root Dir: /var/lib/docker", "/var/lib/docker"),
        ],
    );
    is_not(
        TokenClass::Machine,
        &["Name: web", "  Name: web", " Images: 3", "  Running: 1", "CPUs: 8", " Server Version: 28.5.2", " CPUs:"],
    );
}

#[test]
fn socket_paths_are_volatile() {
    is(
        TokenClass::Socket,
        &[
            ("default unix:///run/dermaga/d.sock", "unix:///run/dermaga/d.sock"),
            ("daemon at unix:///var/run/docker.sock. Is", "unix:///var/run/docker.sock"),
            ("unix:///run/user/1000/docker.sock   x", "unix:///run/user/1000/docker.sock"),
            ("'unix:///home/ani/.docker/run/docker.sock'", "unix:///home/ani/.docker/run/docker.sock"),
        ],
    );
    is_not(TokenClass::Socket, &["unix:///tmp/web.sock", "/var/run/docker.sock", "tcp://10.0.0.1:2375"]);
}

#[test]
fn generated_names_are_volatile() {
    is(TokenClass::Name, &[("goofy_turing", "goofy_turing"), ("Name: zen_wu2 ", "zen_wu2")]);
    is_not(TokenClass::Name, &["server_rumah", "goofy_ryan", "goofy_turing_x", "goofy-turing"]);
}

#[test]
fn private_addresses_are_volatile() {
    is(
        TokenClass::Address,
        &[
            ("172.17.0.2", "172.17.0.2"),
            ("inet addr:10.1.2.3/24", "10.1.2.3"),
            ("from 192.168.1.7: seq=0", "192.168.1.7"),
            ("fe80::42:acff:fe11:2", "fe80::42:acff:fe11:2"),
            ("fd00:1::2/64", "fd00:1::2"),
        ],
    );
    is_not(TokenClass::Address, &["127.0.0.1", "0.0.0.0", "8.8.8.8", "172.32.0.1", "10.1.2", "1.10.2.3.4", "fd00"]);
    is(TokenClass::Mac, &[("\"02:42:ac:11:00:02\"", "02:42:ac:11:00:02")]);
    is_not(TokenClass::Mac, &["02:42:ac:11:00", "02:42:ac:11:00:02:03"]);
}

#[test]
fn ports_that_the_engine_chose_are_volatile() {
    is(
        TokenClass::Port,
        &[
            ("0.0.0.0:49153->80/tcp", "49153"),
            ("80/tcp -> 0.0.0.0:32768", "32768"),
            ("\"HostPort\": \"49153\"", "49153"),
            ("listening on port 41234", "41234"),
        ],
    );
    is_not(TokenClass::Port, &["0.0.0.0:8080->80/tcp", "localhost:32767", "total 49153", "x:99999", "1:49153:2"]);
}

#[test]
fn process_ids_are_volatile() {
    is(TokenClass::Pid, &[("[1] 12345", "12345"), ("  \"Pid\": 4711,", "4711")]);
    is_not(TokenClass::Pid, &["[1] 12345 done", "x [1] 12345", "12345"]);
    assert_eq!(shown("4711", TextContext::Processes), [(TokenClass::Pid, "4711")]);
}

#[test]
fn sizes_are_volatile() {
    is(
        TokenClass::Size,
        &[
            ("13.3kB", "13.3kB"),
            ("0B", "0B"),
            ("1.09kB (virtual 13.3kB)", "13.3kB"),
            ("1.5GiB / 2GiB", "2GiB"),
            ("12.3 MB/s", "12.3 MB"),
            ("1,234 kB", "1,234 kB"),
            (&format!("1: digest: sha256:{HEX} size: 528"), "528"),
        ],
    );
    is_not(TokenClass::Size, &["1.2", "12", "v1.2B", "4.1: Pulling", "12 B", "5MBit", "mongo:4MB"]);
}

#[test]
fn ages_and_durations_are_volatile() {
    is(
        TokenClass::Age,
        &[
            ("8 days ago", "8 days ago"),
            ("Less than a second ago", "Less than a second ago"),
            ("Exited (0) About a minute ago", "About a minute ago"),
            ("N/A", "N/A"),
        ],
    );
    is_not(TokenClass::Age, &["Up 3 seconds", "long ago", "days ago"]);
    is(
        TokenClass::Duration,
        &[
            ("Up 3 seconds", "3 seconds"),
            ("Up About an hour (healthy)", "About an hour"),
            ("[+] Building 1.2s (7/7)", "1.2s"),
            ("real\t0m0.523s", "0m0.523s"),
            ("time=0.045 ms", "0.045 ms"),
            ("mdev = 0.045/0.1/0.2/0.000 ms", "0.045/0.1/0.2/0.000 ms"),
            ("1h2m3s", "1h2m3s"),
            ("#5 0.234 halo", "0.234"),
            ("#5 DONE 0.3s", "0.3s"),
        ],
    );
    is_not(TokenClass::Duration, &["512m", "1h", "v1.10s", "alpine:10s", "3 apples", "-10s", "#5 [2/3] RUN", "#5 1 x"]);
}

#[test]
fn times_are_volatile() {
    is(
        TokenClass::Instant,
        &[
            ("2021-03-13T04:05:06.123456789Z", "2021-03-13T04:05:06.123456789Z"),
            ("2021-03-13T04:05:06+07:00 GET", "2021-03-13T04:05:06+07:00"),
            ("2021-03-13 04:05:06 +0000 UTC", "2021-03-13 04:05:06 +0000 UTC"),
            ("2021/03/13 04:05:06 [notice]", "2021/03/13 04:05:06"),
            ("2021-03-13 04:05:06 GET", "2021-03-13 04:05:06"),
            ("Sat Mar 13 04:05:06 UTC 2021", "Sat Mar 13 04:05:06 UTC 2021"),
            ("Tue Mar  2 20:18:05 2021", "Tue Mar  2 20:18:05 2021"),
            ("Sat, 13 Mar 2021 04:05:06 GMT", "Sat, 13 Mar 2021 04:05:06 GMT"),
            ("[13/Mar/2021:04:05:06 +0000]", "13/Mar/2021:04:05:06 +0000"),
            ("1:M 13 Mar 2021 04:05:06.123 # x", "13 Mar 2021 04:05:06.123"),
        ],
    );
    is(
        TokenClass::Day,
        &[
            ("-rw-r--r-- 1 root root 12 Mar 13 04:05 Dockerfile", "Mar 13 04:05"),
            ("drwxr-xr-x 2 root root 40 Mar  3  2021 etc", "Mar  3  2021"),
            ("pada 2021-03-13.", "2021-03-13"),
        ],
    );
    is_not(TokenClass::Day, &["alpine:2021-03-13", "backup-2021-03-13", "Mar 13"]);
    is(TokenClass::Clock, &[("12:34:56", "12:34:56"), ("12:34:56.789", "12:34:56.789")]);
    is_not(TokenClass::Clock, &["80:80", "12:34", "1:2:3:4", "00:00:00:11"]);
    assert_eq!(shown("00:00:00", TextContext::Times), [(TokenClass::Clock, "00:00:00")]);
    assert_eq!(shown("0:00", TextContext::Times), [(TokenClass::Clock, "0:00")]);
}

#[test]
fn kind_of_a_cell_decides_which_tokens_are_volatile() {
    assert_eq!(shown("\"sleep 10s\"", TextContext::Written), []);
    assert_eq!(shown("2021-03-13", TextContext::Written), []);
    assert_eq!(shown("d93e3cc722d8", TextContext::Written), [(TokenClass::Id, "d93e3cc722d8")]);
    assert_eq!(shown("0.42%", TextContext::Use), [(TokenClass::Percent, "0.42%")]);
    assert_eq!(shown("0.42%", TextContext::Cell), []);
}

#[test]
fn lesson_directory_is_a_token_alone_and_before_a_slash() {
    let found = |text: &str| tokens(text, TextContext::Line, Some("/run/l1/")).len();
    assert_eq!(found("/run/l1"), 1);
    assert_eq!(found("COPY /run/l1/Dockerfile"), 1);
    assert_eq!(found("/run/l12"), 0);
    assert_eq!(found("/x/run/l1"), 0);
}

#[test]
fn every_pattern_of_the_table_compiles() {
    assert_eq!((EACH.len(), ANY.len()), (TABLE.len(), TABLE.len()));
}
