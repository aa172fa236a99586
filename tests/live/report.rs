//! Tests `dermaga doctor --report`. The report contains facts for a maintainer, and nothing personal.

use crate::project::{Ended, Project};

/// Words in the environment of these tests that must not appear in a report.
const PERSONAL: [&str; 9] =
    ["siti", "rahayu", "/home", "laptop", "192.168", "2375", "proxy.kantor", "geheim", "registry.kantor"];

/// Runs `script` and then the program with the environment of a user named Siti: her home, host name, engine and proxy.
fn run_as_siti(lang: &str, script: &str) -> Ended {
    let project = Project::new();
    let home = "/home/siti-rahayu";
    let script =
        format!("set -e\nmount -t tmpfs tmpfs /home\nmkdir {home}\nhostname laptop-siti\n{script}\nexec \"$@\"");
    let words =
        ["--mount", "--uts", "--propagation", "private", "sh", "-c", &script, "sh", env!("CARGO_BIN_EXE_dermaga")];
    let run = project.program("unshare", &words).args(["doctor", "--report", "--lang", lang]).within(60);
    run.env("HOME", home)
        .env("USER", "siti-rahayu")
        .env("LOGNAME", "siti-rahayu")
        .env("XDG_CACHE_HOME", "/home/siti-rahayu/.cache")
        .env("XDG_STATE_HOME", "/home/siti-rahayu/.local/state")
        .env("XDG_CONFIG_HOME", "/home/siti-rahayu/.config")
        .env("DERMAGA_PACK", "/home/siti-rahayu/pack")
        .env("DOCKER_HOST", "tcp://192.168.7.9:2375")
        .env("DOCKER_CONFIG", "/home/siti-rahayu/registry.kantor")
        .env("https_proxy", "http://siti:geheim@proxy.kantor:3128")
        .env("NO_PROXY", "laptop-siti,registry.kantor")
        .env("TERM", "laptop-siti/siti")
        .env("LC_ALL", "siti-rahayu")
        .env("TZ", ":/home/siti-rahayu/zone")
        .run()
        .code(0)
}

#[test]
fn report_contains_machine_facts_and_no_personal_data() {
    for (lang, sentence) in [("id", "tanpa nama"), ("en", "no names")] {
        let ended = run_as_siti(lang, "");
        for personal in PERSONAL {
            assert!(!ended.all().to_lowercase().contains(personal), "{personal}: {}", ended.all());
        }
        assert!(ended.err.contains(sentence), "{}", ended.all());
        assert!(ended.out.starts_with("```text\n") && ended.out.ends_with("```\n"), "{}", ended.out);
        let field = |name: &str| {
            let line = ended.out.lines().find(|line| line.starts_with(&format!("{name}  ")));
            line.unwrap_or_else(|| panic!("no {name}: {}", ended.out)).to_owned()
        };
        assert!(field("dermaga").contains(env!("CARGO_PKG_VERSION")));
        assert!(field("engine").contains("none at TCP: connect-"));
        assert!(field("private engine").contains("starts in "));
        assert!(field("pack").ends_with("not found"));
        assert!(field("variables").ends_with("DERMAGA_PACK, DOCKER_CONFIG, DOCKER_HOST, NO_PROXY, https_proxy"));
        for name in ["system", "kernel", "cgroups", "memory", "disk", "docker CLI"] {
            assert!(!field(name).ends_with("unknown"), "{}", field(name));
        }
    }
}

#[test]
fn report_says_that_the_machine_has_no_docker_cli() {
    let ended = run_as_siti("en", "mkdir /home/bin\nln -s /usr/bin/env /home/bin/env\nPATH=/home/bin");
    for said in ["docker CLI      does not start: NotFound", "blocks: no-client"] {
        assert!(ended.out.contains(said), "no `{said}`: {}", ended.out);
    }
}
