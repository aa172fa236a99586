//! Reads the files under `src`. Finds out from `use` declarations and paths which file uses which other files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The path of a module without `crate`, such as `["lesson", "parse", "yaml"]`.
pub(super) type Module = Vec<String>;

/// A name that a `use` declaration imports. The name `*` stands for all names of the module at `path`.
struct Import {
    name: String,
    path: Vec<String>,
}

/// A file under `src`.
pub(super) struct SourceFile {
    /// The path of the file below `src`.
    pub(super) path: PathBuf,
    /// The text of the file, without comments and tests.
    pub(super) code: String,
    imports: Vec<Import>,
    children: Vec<String>,
}

/// All files under `src` by module, except files that contain only tests.
pub(super) struct Graph {
    pub(super) files: BTreeMap<Module, SourceFile>,
}

impl Graph {
    pub(super) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut paths = Vec::new();
        list_files(&root, &mut paths);
        let mut files = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for path in paths {
            let text = fs::read_to_string(&path).expect("a source is readable");
            let path = path.strip_prefix(&root).expect("a path below src").to_path_buf();
            let module = module_of(&path);
            let (code, test_modules) = without_tests(&text);
            tests.extend(test_modules.into_iter().map(|name| [module.clone(), vec![name]].concat()));
            let children = code.lines().filter_map(declared_module).collect();
            let imports = imports(&code);
            files.insert(module, SourceFile { path, code, imports, children });
        }
        files.retain(|module, _| !(1..=module.len()).any(|length| tests.contains(&module[..length])));
        Self { files }
    }

    /// Returns the modules whose files the file of `module` uses: its child modules, its imports and its paths.
    pub(super) fn uses(&self, module: &Module) -> BTreeSet<Module> {
        let file = &self.files[module];
        let declared = file.children.iter().map(|child| [module.clone(), vec![child.clone()]].concat());
        let imported = file.imports.iter().filter_map(|import| {
            let mut path = import.path.clone();
            path.extend((import.name == "*").then(|| "*".to_owned()));
            self.resolve(module, &path, 0)
        });
        let named = paths_in(&file.code);
        let named = named.iter().filter_map(|path| self.resolve(module, path, 0));
        let mut uses: BTreeSet<Module> = declared.chain(imported).chain(named).collect();
        uses.retain(|used| used != module && self.files.contains_key(used));
        uses
    }

    /// Returns the module that defines the item at `path`, as seen from `module`. Follows re-exports.
    fn resolve(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let mut here = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => module.split_last()?.1.to_vec(),
            name => {
                let child = [module.clone(), vec![name.to_owned()]].concat();
                if !self.files.contains_key(&child) {
                    return None;
                }
                child
            }
        };
        for (index, name) in rest.iter().enumerate() {
            let child = [here.clone(), vec![name.clone()]].concat();
            if name == "super" {
                here.pop();
            } else if self.files.contains_key(&child) {
                here = child;
            } else {
                let onward = |path: &[String]| {
                    let path = [path, &rest[index + 1..]].concat();
                    if depth < 8 { self.resolve(&here, &path, depth + 1) } else { None }
                };
                let file = self.files.get(&here)?;
                let import = file.imports.iter().find(|import| import.name == *name);
                let through_glob = || {
                    file.imports.iter().filter(|import| import.name == "*").find_map(|import| {
                        let target = self.resolve(&here, &import.path, depth + 1)?;
                        self.files.get(&target).filter(|file| defines(&file.code, name)).map(|_| target)
                    })
                };
                return import.and_then(|import| onward(&import.path)).or_else(through_glob).or(Some(here));
            }
        }
        Some(here)
    }
}

fn list_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            list_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Returns the module of a file. Both `lesson/parse/mod.rs` and `lesson/parse.rs` are `lesson::parse`. The module of
/// `lib.rs` has an empty path.
fn module_of(path: &Path) -> Module {
    let parts = path.with_extension("");
    let parts = parts.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.filter(|part| part != "mod" && part != "lib").collect()
}

/// Returns the code without comments and without items under `cfg(test)`. Also returns the names of modules that are
/// declared under `cfg(test)`.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let (mut code, mut tests) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let item = lines.by_ref().find(|line| !line.trim_start().starts_with("#[")).unwrap_or_default();
        tests.extend(declared_module(item));
        if item.ends_with('{') {
            let end = format!("{indent}}}");
            lines.by_ref().find(|line| line.starts_with(&end));
        } else if !item.ends_with([';', '}']) {
            lines.by_ref().find(|line| line.ends_with(';'));
        }
    }
    (code, tests)
}

/// Returns the name of the module if `line` is a declaration such as `mod name;` or `pub mod name;`.
fn declared_module(line: &str) -> Option<String> {
    let (before, name) = line.strip_suffix(';')?.split_once("mod ")?;
    let is_declaration = before.is_empty() || before.trim_start().starts_with("pub");
    (is_declaration && name.chars().all(is_name_char)).then(|| name.to_owned())
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Returns every name that the `use` declarations of `code` import.
fn imports(code: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line = &code[code[..at].rfind('\n').map_or(0, |start| start + 1)..at];
        let starts_item = line.trim().is_empty() || line.trim().starts_with("pub");
        if let Some(end) = code[at..].find(';').filter(|_| starts_item) {
            expand(&code[at + 4..at + end], &[], &mut imports);
        }
    }
    imports
}

/// Adds to `imports` the names that a use tree such as `a::{b, c as d, e::*}` imports. `before` is the path before the
/// tree.
fn expand(tree: &str, before: &[String], imports: &mut Vec<Import>) {
    let tree = tree.trim();
    let (head, group) = match tree.split_once('{') {
        Some((head, rest)) => (head.trim().trim_end_matches("::"), rest.strip_suffix('}')),
        None => (tree, None),
    };
    let (path, alias) = head.split_once(" as ").map_or((head, None), |(path, alias)| (path, Some(alias.trim())));
    let mut path: Vec<String> =
        before.iter().cloned().chain(path.split("::").filter(|part| !part.is_empty()).map(str::to_owned)).collect();
    let Some(group) = group else {
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let Some(last) = path.last().cloned() else { return };
        if last == "*" {
            path.pop();
        }
        imports.push(Import { name: alias.map_or(last, str::to_owned), path });
        return;
    };
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&group[start..at], &path, imports);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !group[start..].trim().is_empty() {
        expand(&group[start..], &path, imports);
    }
}

/// Returns the paths in the code that begin with `crate::`, `super::` or `self::`.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for begin in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(begin) {
            if !code[..at].ends_with(|c: char| is_name_char(c) || c == ':') {
                let path = code[at..].split(|c: char| !is_name_char(c) && c != ':').next().unwrap_or_default();
                paths.push(path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
            }
        }
    }
    paths
}

fn defines(code: &str, name: &str) -> bool {
    ["struct ", "enum ", "trait ", "type ", "fn ", "const ", "static "].iter().any(|keyword| {
        let needle = format!("{keyword}{name}");
        code.match_indices(&needle).any(|(at, _)| !code[at + needle.len()..].starts_with(is_name_char))
    })
}
