//! Describes claims as sentences, for learners who do not know the engine's field names.

use super::claim::what;
use crate::claims::{key_text, subject_text};
use crate::lesson::{Ask, AskKey, Claim, Filters, Op, Subject};
use crate::transcript::sanitise;
use crate::words::Words;

/// Describes a claim in plain words, without field names and patterns. The text does not begin with a capital letter
/// and has no full stop. Uses general words if there is no message for this claim.
#[must_use]
pub fn plain_claim(claim: &Claim, words: &Words) -> String {
    if let Some(said) = describe_claim(claim, words) {
        return said;
    }
    let said = match &claim.subject {
        Subject::Ran(_) => words.say("learn-claim-typed-some", &[]),
        // The filters of these subjects, such as `key=value`, are not plain words, so the text leaves the filters out.
        Subject::Events(_) | Subject::Containers(_) | Subject::Images(_) | Subject::Engine => {
            words.say("claim-as-asked", &[])
        }
        subject => words.say("claim-as-asked-of", &[("subject", &what(&subject_text(subject), words))]),
    };
    on_node(claim, said, words)
}

/// Adds a capital letter and a full stop to the description of a claim.
#[must_use]
pub fn as_sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let end = if said.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Describes a claim in plain words. Returns `None` if there is no message for this claim.
#[must_use]
pub fn describe_claim(claim: &Claim, words: &Words) -> Option<String> {
    let said = if claim.absent { describe_absence(&claim.subject, words)? } else { describe_presence(claim, words)? };
    Some(on_node(claim, said, words))
}

fn describe_absence(subject: &Subject, words: &Words) -> Option<String> {
    let (kind, name) = match subject {
        Subject::Container(name) => ("clean-container", name),
        Subject::Image(name) => ("clean-image", name),
        Subject::Network(name) => ("clean-network", name),
        Subject::Volume(name) => ("clean-volume", name),
        Subject::File(name) => ("claim-kind-file", name),
        Subject::Registry(name) => return words.find("means-registry-gone", &[("name", &sanitise(name))]),
        _ => return None,
    };
    let kind = words.say(kind, &[]);
    Some(words.say("means-gone", &[("kind", &kind), ("name", &sanitise(name))]))
}

fn describe_presence(claim: &Claim, words: &Words) -> Option<String> {
    let subject = match &claim.subject {
        Subject::Events(filters) => return describe_events(filters, &claim.asks, words),
        Subject::Containers(filters) => return describe_list("containers", filters, &claim.asks, words),
        Subject::Images(filters) => return describe_list("images", filters, &claim.asks, words),
        Subject::Ran(_) => return None,
        Subject::Run { argv, .. } => format!("run {}", argv.join(" ")),
        subject => subject_text(subject),
    };
    let (kind, name) = subject.split_once(' ').unwrap_or((&subject, ""));
    // An exit status already says that the container has ended.
    let has_status = claim.asks.iter().any(|ask| key_text(&ask.key) == "State.ExitCode");
    let says_ended = |ask: &&Ask| has_status && key_text(&ask.key) == "State.Status";
    let asks = claim.asks.iter().filter(|ask| !says_ended(ask));
    let parts: Option<Vec<String>> = asks.map(|ask| describe_ask(kind, ask, words)).collect();
    // Equal parts are listed once.
    let mut parts = parts?;
    parts.dedup();
    let name = sanitise(name);
    let said = if parts.is_empty() {
        words.find(&format!("means-{kind}-there"), &[("name", &name)])?
    } else {
        words.say(&format!("means-{kind}"), &[("name", &name), ("what", &enumerate(parts, "means-and", words))])
    };
    Some(match &claim.subject {
        Subject::Run { inside: Some(container), .. } => {
            words.say("means-inside", &[("name", &sanitise(container)), ("what", &said)])
        }
        _ => said,
    })
}

/// Joins parts with commas, and adds the last part with the message `last_key`.
pub(crate) fn enumerate(mut parts: Vec<String>, last_key: &str, words: &Words) -> String {
    let last = parts.pop().unwrap_or_default();
    match parts.len() {
        0 => last,
        before => words.count(last_key, before, &[("before", &parts.join(", ")), ("last", &last)]),
    }
}

/// Adds the node of the claim to the description, if the claim names a node.
fn on_node(claim: &Claim, said: String, words: &Words) -> String {
    match &claim.on {
        Some(on) => words.say("means-on-node", &[("node", on), ("what", &said)]),
        None => said,
    }
}

/// Describes the events of one object, or of any object of a kind: `kapal` was created, started, then stopped.
fn describe_events(filters: &Filters, asks: &[Ask], words: &Words) -> Option<String> {
    const KINDS: [&str; 4] = ["container", "image", "network", "volume"];
    let is_known = |name: &str| name == "type" || name == "event" || KINDS.contains(&name);
    if !filters.iter().all(|(name, values)| is_known(name) && (values.len() == 1 || name == "event")) {
        return None;
    }
    let values = |wanted: &str| filters.iter().find(|(name, _)| name == wanted).map(|(_, values)| values);
    let value = |wanted: &str| values(wanted)?.first().map(String::as_str);
    let mut named = KINDS.into_iter().filter_map(|kind| Some((kind, value(kind)?)));
    let object = named.next();
    let kind = object.map(|(kind, _)| kind).or_else(|| value("type"))?;
    if named.next().is_some() || value("type").is_some_and(|given| given != kind) {
        return None;
    }
    let who = match object {
        Some((_, name)) => what(&format!("{kind} {name}"), words),
        None => words.find(&format!("means-any-{kind}"), &[])?,
    };
    let did = |event: &str| {
        let own = words.find(&format!("means-did-{kind}-{event}"), &[]);
        let any = || words.find(&format!("means-did-{event}"), &[]);
        own.or_else(any).unwrap_or_else(|| words.say("means-did-other", &[("event", &sanitise(event))]))
    };
    // The claim holds if any one of the events happened. Events with the same description are listed once.
    let one_of = values("event").map(|events| {
        let mut told: Vec<String> = events.iter().map(|event| did(event)).collect();
        told.dedup();
        enumerate(told, "means-or", words)
    });
    let happened = match (one_of, asks) {
        (None, [Ask { key: AskKey::Own(key), op, .. }]) if key == "in_order" => {
            // Later events share the word "was" of the first event.
            let then = |event: &String| words.find(&format!("means-did-{event}.then"), &[]);
            let each = op.texts()?.iter().enumerate();
            let each = each.map(|(at, event)| then(event).filter(|_| at > 0).unwrap_or_else(|| did(event)));
            enumerate(each.collect(), "means-did", words)
        }
        (Some(told), []) => told,
        (Some(told), [Ask { key: AskKey::Own(key), op, .. }]) if key == "count" => {
            let (count, key) = match op {
                Op::AtLeast(amount) => (amount.to_string(), "means-times-least"),
                Op::Is(count) => (count.clone(), "means-times"),
                _ => return None,
            };
            match count.as_str() {
                "0" => return None,
                "1" => told,
                count => words.say(key, &[("what", &told), ("value", count)]),
            }
        }
        _ => return None,
    };
    Some(words.say("means-events", &[("who", &who), ("what", &happened)]))
}

/// Describes a claim about the number of containers or images. Returns `None` if the claim has several filters.
fn describe_list(subject: &str, filters: &Filters, asks: &[Ask], words: &Words) -> Option<String> {
    let (key, value) = match filters.as_slice() {
        [] => (format!("means-{subject}"), ""),
        [(name, values)] if values.len() == 1 => (format!("means-{subject}-{name}"), values[0].as_str()),
        _ => return None,
    };
    let noun = |count: usize| {
        let own = format!("{key}-{value}");
        let noun =
            [own, key.clone()].into_iter().map(|key| (words.count(&key, count, &[("name", &sanitise(value))]), key));
        noun.into_iter().find(|(said, key)| said != key).map(|(said, _)| said)
    };
    let (count, is_least) = match asks {
        [] => (1, true),
        [Ask { key: AskKey::Own(key), op, .. }] if key == "count" => match op {
            Op::Is(count) => (count.parse().ok()?, false),
            Op::AtLeast(count) => (count.to_string().parse().ok()?, true),
            _ => return None,
        },
        _ => return None,
    };
    let key = match (count, is_least) {
        (0, false) => "means-none",
        (_, false) => "means-count",
        (_, true) => "means-count-least",
    };
    Some(words.count(key, count, &[("noun", &noun(count.max(1))?)]))
}

/// Describes a condition with the message for its key and value, or else with the message for its key.
fn describe_ask(kind: &str, ask: &Ask, words: &Words) -> Option<String> {
    // The `*` in a path such as `a.*.b` is left out.
    let key = key_text(&ask.key).to_lowercase().replace(".*.", "-").replace('.', "-");
    let (form, values) = match &ask.op {
        Op::Is(value) => ("", vec![value.clone()]),
        // The words of a command are shown as one command.
        Op::All(values) if key == "config-cmd" => ("", vec![values.join(" ")]),
        Op::All(values) => ("", values.clone()),
        Op::AtLeast(amount) => ("-least", vec![amount.to_string()]),
        Op::Empty(false) => ("-some", Vec::new()),
        Op::Starts(words) => ("", vec![words.join(" ")]),
        Op::Matches(pattern) if pattern.ends_with("@sha256:[0-9a-f]{64}$") => ("-digest", Vec::new()),
        Op::Matches(pattern) => ("", vec![literal_text(pattern)?]),
        _ => return None,
    };
    let value = values.iter().map(|value| format!("`{}`", sanitise(value))).collect::<Vec<_>>();
    let exact = match values.as_slice() {
        [only] if only.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            words.find(&format!("means-{kind}-{key}-{}", only.to_lowercase()), &[])
        }
        _ => None,
    };
    let (count, value) = (value.len(), enumerate(value, "means-and", words));
    exact.or_else(|| words.find_count(&format!("means-{kind}-{key}{form}"), count, &[("value", &value)]))
}

/// Returns the literal text that a pattern matches, if there is only one. Leaves out anchors.
pub(crate) fn literal_text(pattern: &str) -> Option<String> {
    let line = pattern.strip_prefix('^').unwrap_or(pattern);
    let line = line.strip_suffix('$').unwrap_or(line);
    // Leaves out an optional end and an optional beginning.
    let line = line.strip_suffix(")?").and_then(|line| line.rsplit_once('(')).map_or(line, |(line, _)| line);
    let line = line.strip_prefix('(').and_then(|line| line.split_once(")?")).map_or(line, |(_, line)| line);
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '_' | ':'));
    let pieces: Vec<&str> = line.split("[.]").flat_map(|piece| piece.split("\\.")).collect();
    pieces.iter().all(|piece| plain(piece)).then(|| pieces.join("."))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;
    use crate::lesson::{Block, LessonId, parse};
    use crate::text::Source;
    use crate::words::Lang;

    fn claims(text: &str) -> Vec<Claim> {
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.iter().all(|one| one.severity != crate::text::Severity::Error), "{wrong:?}");
        let blocks = lesson.steps.into_iter().flat_map(|step| step.blocks);
        blocks.filter_map(|block| if let Block::Check(check) = block { Some(check.claim) } else { None }).collect()
    }

    fn of(check: &str) -> Option<String> {
        let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
        describe_claim(claims(&text).first().expect("a claim"), &Words::new(Lang::Id))
    }

    /// Compares the descriptions of all subjects in both languages with the expected sentences.
    #[test]
    fn claim_about_each_subject_becomes_a_sentence_in_both_languages() {
        for (check, indonesian, english) in [
            (
                "container: sapa\nConfig.Image: hello-world\nState.Status: exited\nState.ExitCode: 0",
                "Kontainer `sapa` dibuat dari image `hello-world` dan berakhir dengan status `0`.",
                "Container `sapa` was made from image `hello-world` and ended with status `0`.",
            ),
            (
                "container: kapal\nState.Running: true\nState.Status: running",
                "Kontainer `kapal` sedang berjalan.",
                "Container `kapal` is running.",
            ),
            (
                "container: kapal\nState.Status: created\nConfig.Cmd: [sleep, \"600\"]\nConfig.Tty: true",
                "Kontainer `kapal` sudah dibuat tetapi belum dimulai, punya perintah `sleep 600`, dan punya terminal (`-t`).",
                "Container `kapal` was created but not started, has the command `sleep 600`, and has a terminal (`-t`).",
            ),
            (
                "container: terkunci\nConfig.Image: { matches: \"@sha256:[0-9a-f]{64}$\" }",
                "Kontainer `terkunci` dikunci pada satu digest.",
                "Container `terkunci` is pinned to one digest.",
            ),
            (
                "container: a\nHostConfig.PortBindings.*.0.HostIp: 127.0.0.1",
                "Kontainer `a` menerbitkan portnya hanya di `127.0.0.1`.",
                "Container `a` publishes its port only at `127.0.0.1`.",
            ),
            ("container: a\nabsent: true", "Kontainer `a` sudah tidak ada.", "Container `a` is gone."),
            (
                "container: web\non: node-b\nState.Running: true",
                "Di `node-b`, kontainer `web` sedang berjalan.",
                "On `node-b`, container `web` is running.",
            ),
            ("image: alpine:3.20", "Image `alpine:3.20` ada.", "Image `alpine:3.20` is there."),
            (
                "image: mongo:4.1\nOs: linux\nRootFS.Layers: { at_least: 2 }",
                "Image `mongo:4.1` dibuat untuk `linux` dan punya `2` lapisan atau lebih.",
                "Image `mongo:4.1` is made for `linux` and has `2` or more layers.",
            ),
            ("image: a\nabsent: true", "Nama image `a` sudah tidak ada.", "Image name `a` is gone."),
            ("network: toko", "Jaringan `toko` ada.", "Network `toko` is there."),
            ("volume: gudang", "Volume `gudang` ada.", "Volume `gudang` is there."),
            (
                "events: { type: [container], container: [sapa] }\nin_order: [create, start, die]",
                "Kontainer `sapa` dibuat, dijalankan, lalu selesai.",
                "Container `sapa` was created, started, then ended.",
            ),
            (
                "events: { type: [container], container: [kapal] }\nin_order: [create, start, stop, destroy]",
                "Kontainer `kapal` dibuat, dijalankan, dihentikan, lalu dihapus.",
                "Container `kapal` was created, started, stopped, then removed.",
            ),
            (
                "events: { type: [container], container: [kapal], event: [stop] }\ncount: { at_least: 1 }",
                "Kontainer `kapal` dihentikan.",
                "Container `kapal` was stopped.",
            ),
            (
                "events: { type: [image], event: [load] }\ncount: { at_least: 1 }",
                "Sebuah image dimuat dari berkas.",
                "An image was loaded from a file.",
            ),
            (
                "events: { type: [volume], event: [destroy, prune] }\ncount: { at_least: 1 }",
                "Sebuah volume dihapus.",
                "A volume was removed.",
            ),
            (
                "events: { container: [kapal], event: [stop, kill] }",
                "Kontainer `kapal` dihentikan atau dikirimi sinyal.",
                "Container `kapal` was stopped or got a signal.",
            ),
            (
                "events: { container: [kapal], event: [top] }\ncount: 3",
                "Kontainer `kapal` mengalami peristiwa `top` 3 kali.",
                "Container `kapal` had the event `top` 3 times.",
            ),
            (
                "containers: { ancestor: [mongo] }\ncount: 0",
                "Tidak ada kontainer dari image `mongo`.",
                "There is no container of image `mongo`.",
            ),
            (
                "containers: { status: [running] }\ncount: { at_least: 2 }",
                "Ada sedikitnya 2 kontainer yang sedang berjalan.",
                "There are at least 2 running containers.",
            ),
            ("containers: {}\ncount: 1", "Ada 1 kontainer.", "There is one container."),
            (
                "images: { dangling: [\"true\"] }\ncount: 0",
                "Tidak ada image tanpa nama.",
                "There is no image without a name.",
            ),
            (
                "logs: bukti\nmatches: \"^3\\\\.20\"",
                "Log kontainer `bukti` memuat `3.20`.",
                "The log of container `bukti` has `3.20` in it.",
            ),
            (
                "changes: ubah\nadded: [/tanda]\ndeleted: [/etc/motd]",
                "Di dalam kontainer `ubah`, `/tanda` ditambahkan dan `/etc/motd` dihapus.",
                "Inside container `ubah`, `/tanda` was added and `/etc/motd` was removed.",
            ),
            (
                "top: perahu\ncontains: { matches: \"^sleep 600$\" }",
                "Di dalam kontainer `perahu`, `sleep 600` sedang berjalan.",
                "Inside container `perahu`, `sleep 600` is running.",
            ),
            (
                "run: [id, -u]\nin: web\nstdout: { matches: \"0\" }",
                "Di dalam kontainer `web`, perintah `id -u` mencetak `0`.",
                "Inside container `web`, the command `id -u` prints `0`.",
            ),
            ("run: [docker, version]", "Perintah `docker version` berhasil.", "The command `docker version` succeeds."),
            (
                "http: http://localhost:5000/v2/\nstatus: 200",
                "Alamat `http://localhost:5000/v2/` menjawab dengan status `200`.",
                "The address `http://localhost:5000/v2/` answers with status `200`.",
            ),
            (
                "registry: localhost:5000/tim/alat\ntag: \"1\"",
                "Registri menyimpan `localhost:5000/tim/alat` dengan tag `1`.",
                "The registry holds `localhost:5000/tim/alat` with the tag `1`.",
            ),
            ("file: muatan.tar", "Berkas `muatan.tar` ada.", "The file `muatan.tar` is there."),
            (
                "engine:\nApiVersion: { at_least: 1.41 }\nOSType: linux",
                "Mesin Docker mengenal API `1.41` atau lebih baru dan berjalan di `linux`.",
                "The Docker engine knows API `1.41` or newer and runs on `linux`.",
            ),
            (
                "ran: \"docker (ps|container ls).* (-a|--all)\"\nexit: 0",
                "Perintah yang diminta sudah dijalankan.",
                "The command asked for was run.",
            ),
            (
                "container: a\nNetworkSettings.Ports: x",
                "Kontainer `a` seperti yang diminta langkah ini.",
                "Container `a` is as this step asks.",
            ),
            (
                "events: { label: [a=b] }\ncount: 2",
                "Keadaan mesin Docker seperti yang diminta langkah ini.",
                "The Docker engine is in the state that this step asks for.",
            ),
        ] {
            let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
            let claim = claims(&text).remove(0);
            for (lang, said) in [(Lang::Id, indonesian), (Lang::En, english)] {
                assert_eq!(as_sentence(&plain_claim(&claim, &Words::new(lang))), said, "{check}");
            }
        }
        for other in ["container: a\nNetworkSettings.Ports: x", "top: a\ncontains: { matches: \"^a.*$\" }"] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn literal_text_leaves_out_anchors_and_optional_parts() {
        for (pattern, text) in [
            ("^(/bin/)?sh$", Some("sh")),
            ("busybox:1[.]35$", Some("busybox:1.35")),
            ("^alpine(:latest)?$", Some("alpine")),
            ("^(a|b)c$", None),
            ("^a.*$", None),
        ] {
            assert_eq!(literal_text(pattern).as_deref(), text, "{pattern}");
        }
    }

    /// Skips claims about absence, and about a command that the learner ran. Such claims may have the general
    /// description.
    #[test]
    fn every_claim_of_the_built_in_lessons_has_a_description() {
        let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let (mut seen, mut without) = (0, String::new());
        for (lang, folder) in [(Lang::Id, "id"), (Lang::En, "en")] {
            let words = Words::new(lang);
            let files = ["dasar", "image", "registri", "tentang"].map(|group| lessons.join(folder).join(group));
            for file in files.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten()) {
                let Some("md") = file.path().extension().and_then(|extension| extension.to_str()) else { continue };
                for claim in claims(&std::fs::read_to_string(file.path()).unwrap()) {
                    let is_plain = claim.absent || matches!(claim.subject, Subject::Ran(_));
                    if !is_plain && describe_claim(&claim, &words).is_none() {
                        let _ = writeln!(without, "{}: {:?} {:?}", file.path().display(), claim.subject, claim.asks);
                    }
                    seen += 1;
                }
            }
        }
        assert!(seen > 50 && without.is_empty(), "{seen}, without words:\n{without}");
    }
}
