//! Tests the architecture of `src`. Modules use each other only as the table of rings in CONTRIBUTING.md allows. No
//! files of a module use each other in a circle. Only certain modules use crates that do I/O.

mod graph;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use graph::{Graph, Module};

/// Crates that do I/O, each with the modules that may import it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("bollard", &["engine"]),
    ("client::conn::http1", &["http_client"]),
    ("pty_process", &["session"]),
    ("axum", &["pack", "serve"]),
    ("notify", &["serve"]),
    ("clap", &["cli"]),
    ("avt", &["transcript"]),
    ("fluent_bundle", &["words"]),
    ("quick_junit", &["report"]),
    ("syntect", &["highlight"]),
    ("two_face", &["highlight"]),
    ("rusqlite", &["store"]),
    ("ammonia", &["site"]),
    ("mdbook_driver", &["site", "store"]),
    ("mdbook_preprocessor", &["site", "store"]),
    ("mdbook_renderer", &["site"]),
    ("askama", &["site", "serve"]),
    ("pagefind_stem", &["site"]),
    ("ab_glyph", &["social_picture"]),
    ("png", &["social_picture"]),
    ("crossterm", &["terminal", "quiz"]),
    ("inquire", &["quiz", "menu", "learn", "cli"]),
    ("annotate_snippets", &["report"]),
    ("granit_parser", &["lesson"]),
    ("mdbook_markdown", &["lesson", "terminal", "site"]),
    // Modules in rings 0 to 2 are pure, so their callers log the events. Only one module sets up the log.
    (
        "tracing",
        &[
            "session", "engine", "pack", "sandbox", "store", "gateway", "site", "quiz", "explain", "doctor", "clean",
            "menu", "run", "learn", "cli",
        ],
    ),
    ("tracing_subscriber", &["cli"]),
];

/// A row of the table of rings: the module's ring, and the modules that it may use. `None` means all modules.
struct Rule {
    ring: u8,
    may_use: Option<BTreeSet<String>>,
}

/// Returns the table of rings in CONTRIBUTING.md, by module.
fn rings() -> BTreeMap<String, Rule> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md");
    let text = fs::read_to_string(path).expect("CONTRIBUTING.md is readable");
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [ring, module, _, uses] = cells[..] else { return None };
        let may_use = match uses {
            "all" => None,
            "–" => Some(BTreeSet::new()),
            list => Some(list.split(", ").map(str::to_owned).collect()),
        };
        Some((module.trim_matches('`').to_owned(), Rule { ring: ring.parse().ok()?, may_use }))
    });
    rows.collect()
}

/// Asserts that `wrong` is empty. Otherwise, prints its lines and `advice`.
fn assert_none(wrong: &BTreeSet<String>, advice: &str) {
    let lines: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert!(wrong.is_empty(), "{}\n{advice}", lines.join("\n"));
}

#[test]
fn modules_use_only_what_the_ring_table_allows() {
    let (graph, rings) = (Graph::read(), rings());
    let mut wrong = BTreeSet::new();
    for (module, file) in graph.files.iter().filter(|(module, _)| !module.is_empty()) {
        let Some(rule) = rings.get(&module[0]) else { continue };
        let Some(may_use) = &rule.may_use else { continue };
        let tops = graph.uses(module).into_iter().filter_map(|used| used.first().cloned());
        for used in tops.filter(|used| *used != module[0] && !may_use.contains(used)) {
            wrong.insert(format!("{}: `{}` uses `{used}`", file.path.display(), module[0]));
        }
    }
    assert_none(
        &wrong,
        "Move the shared type inward, or hand the value down as an argument. If the picture itself should change, \
         change the table in CONTRIBUTING.md.",
    );
}

#[test]
fn ring_table_lists_every_module_and_no_module_uses_an_outer_ring() {
    let rings = rings();
    let modules: BTreeSet<String> = Graph::read()
        .files
        .into_keys()
        .filter_map(|module| module.into_iter().next())
        .filter(|name| name != "main")
        .collect();
    let listed: BTreeSet<String> = rings.keys().cloned().collect();
    assert_eq!(listed, modules, "the table of rings in CONTRIBUTING.md lists the modules of src");
    let mut wrong = BTreeSet::new();
    for (module, rule) in &rings {
        for used in rule.may_use.iter().flatten() {
            match rings.get(used) {
                None => drop(wrong.insert(format!("`{module}` may use `{used}`, which is no module"))),
                Some(other) if other.ring > rule.ring => {
                    wrong.insert(format!("`{module}` in ring {} may use `{used}` in ring {}", rule.ring, other.ring));
                }
                Some(_) => {}
            }
        }
    }
    let allowed: BTreeMap<Module, BTreeSet<Module>> = rings
        .into_iter()
        .map(|(module, rule)| (vec![module], rule.may_use.into_iter().flatten().map(|used| vec![used]).collect()))
        .collect();
    wrong.extend(circles(&allowed).into_iter().map(|circle| format!("a circle of modules: {circle:?}")));
    assert_none(&wrong, "Arrows between modules point inward.");
}

#[test]
fn files_of_a_module_do_not_use_each_other_in_a_circle() {
    let graph = Graph::read();
    // A module may use the items of its parent modules, so these edges are left out.
    let uses = graph.files.keys().map(|module| {
        let uses = graph.uses(module).into_iter().filter(|used| used.first() == module.first());
        (module.clone(), uses.filter(|used| !module.starts_with(used)).collect::<BTreeSet<Module>>())
    });
    let uses: BTreeMap<Module, BTreeSet<Module>> = uses.collect();
    let name = |module: &Module| graph.files[module].path.display().to_string();
    let mut wrong = BTreeSet::new();
    for circle in circles(&uses) {
        let edges = circle.iter().map(|module| {
            let inside: Vec<String> = uses[module].iter().filter(|used| circle.contains(*used)).map(&name).collect();
            format!("  {} uses {}", name(module), inside.join(", "))
        });
        wrong.insert(format!("a circle of {} files:\n{}", circle.len(), edges.collect::<Vec<_>>().join("\n")));
    }
    assert_none(&wrong, "Move what they share into a file of its own that uses none of them.");
}

/// Returns the groups of two or more modules in which each module reaches every other module.
fn circles(uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<BTreeSet<Module>> {
    let reach: BTreeMap<&Module, BTreeSet<&Module>> = uses
        .keys()
        .map(|from| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(node) = next.pop() {
                next.extend(uses.get(node).into_iter().flatten().filter(|used| seen.insert(*used)));
            }
            (from, seen)
        })
        .collect();
    let circle = |from: &&Module| {
        let back = reach[*from].iter().filter(|to| reach.get(**to).is_some_and(|there| there.contains(*from)));
        back.map(|to| (*to).clone()).collect::<BTreeSet<Module>>()
    };
    reach.keys().map(circle).filter(|circle| circle.len() > 1).collect()
}

#[test]
fn each_io_crate_is_used_only_by_its_modules_and_only_cli_reads_the_environment() {
    let mut wrong = BTreeSet::new();
    for (module, file) in &Graph::read().files {
        let Some(top) = module.first() else { continue };
        for (name, homes) in ONLY_IN {
            if file.code.contains(&format!("{name}::")) && !homes.contains(&top.as_str()) {
                wrong.insert(format!("{}: `{name}` belongs in {homes:?}", file.path.display()));
            }
        }
        let environment = file.code.contains("std::env::var") || file.code.contains("env::vars");
        if environment && top != "cli" {
            wrong.insert(format!("{}: only `cli` reads the environment", file.path.display()));
        }
    }
    assert_none(&wrong, "Hand the value down as an argument.");
}

#[test]
fn no_file_has_a_catch_all_name() {
    let names = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
    for file in Graph::read().files.values() {
        let stem = file.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        assert!(!names.contains(&stem), "{}: name the file for the one idea it holds", file.path.display());
    }
}
