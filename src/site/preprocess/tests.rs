use super::*;
use proptest::prelude::*;

fn made(content: &str) -> (String, Vec<&'static str>) {
    let (text, mistakes) = ready(content, &Words::new(Lang::En));
    let code = |(_, reason): &(usize, Reason)| match reason {
        Reason::Fence(one) | Reason::Beside(one) => one.code.0,
        Reason::Edits(_) => "edits",
    };
    (text, mistakes.iter().map(code).collect())
}

#[test]
fn each_block_becomes_one_line_and_prose_stays() {
    let lesson = "---\ntitle: A\n---\n# A\n\nText.\n\n## Step {#step}\n\n- item\n\n  ```console\n  $ docker run \\\n  > -d x\n  a\n\n  b <c>\n  ```\n\
                  after\n\n```check\nimage: x\nhints: [\"look\"]\n```\n\n```console,hidden\n$ true\n```\n\n## For teachers {.teacher}\n\nSecret.\n";
    let (text, found) = made(lesson);
    assert!(found.is_empty(), "{found:?}");
    assert!(
        !text.contains("title: A")
            && !text.contains("Secret")
            && !text.contains("true</code>")
            && !text.contains("```")
    );
    assert!(text.contains("## Step {#step}") && text.contains("Text."));
    let line = text.lines().find(|line| line.contains("docker run")).unwrap();
    assert!(line.contains("docker run \\&#10;-d x</code>") && line.contains("a&#10;&#10;b &lt;c&gt;"), "{line}");
    assert!(text.contains("look"));
}

#[test]
fn chapter_without_dermaga_blocks_is_unchanged() {
    let text = "# A\n\n```rust\nfn main() {}\n```\n\n```text\n$ not run\n```\n";
    let (same, found) = made(text);
    assert!(same == text && found.is_empty(), "{same}");
}

#[test]
fn input_that_mdbook_0_5_did_not_send_is_refused() {
    let refused = |input: &str| preprocess(input.as_bytes(), Vec::new()).unwrap_err();
    assert!(matches!(refused("{}"), PreprocessError::Input(_)));
    // The book of mdBook 0.4 has `sections` in place of `items`.
    let old = r#"[{"root":"/x","config":{"book":{"language":"id"}},"renderer":"html","mdbook_version":"0.4.52"},
                  {"sections":[],"__non_exhaustive":null}]"#;
    assert!(matches!(refused(old), PreprocessError::Version(version) if version == "0.4.52"));
    assert_eq!((language(old.as_bytes()), language(b"{}")), (Lang::Id, Lang::En));
    assert!(supports("html") && !supports("epub"));
}

#[test]
fn fence_with_mistake_stays_as_written_with_one_warning() {
    for (fence, code) in [
        ("```console\ndocker ps\n```", "L020"),
        ("```console\nC:\\> docker ps\n```", "L020"),
        ("```console\n# list them\n$ docker ps\n```", "L021"),
        ("```console,timout=3s,exti=1\n$ docker ps\n```", "L011"),
        ("```check\nimage: [\n```", "L040"),
        ("```check\nimage: a\nabsnt: true\npresnt: true\n```", "L052"),
        ("```quiz\nask: Which?\n```", "L071"),
        ("```text,file=../a\nb\n```", "L035"),
        ("```console,hidden\ndocker ps\n```", "L020"),
    ] {
        let chapter = format!("# A\n\nbefore\n\n{fence}\n\n- item\n\n  {}\n\nafter\n", fence.replace('\n', "\n  "));
        let (text, found) = made(&chapter);
        assert_eq!((text.as_str(), found), (chapter.as_str(), vec![code, code]), "{fence}");
    }
}

#[test]
fn blocks_beside_an_invalid_fence_are_still_rendered() {
    let chapter = "# A\n\n```console,since=29\n$ docker ps\nnew\n```\n\n```console,until=28\ndocker ps\n```\n\n\
                   ```check\nimage: a\n```\n\n```check\nimagee: b\n```\n\n```check\nimage: c\n```\n";
    let (text, found) = made(chapter);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(text.contains("```console,until=28\ndocker ps\n```") && text.contains("```check\nimagee: b\n```"));
    assert!(text.contains("new") && !text.contains("```console,since=29") && !text.contains("image: a\n"));
    assert!(!text.contains("image: c\n"), "{text}");
}

#[test]
fn mistakes_are_reported_only_in_chapters_with_a_dermaga_fence() {
    let twice = "# A\n\n## B {#b}\n\n## C {#b}\n\n```consle\n$ x\n```\n";
    assert_eq!(made(twice), (twice.to_owned(), vec![]));
    let (_, found) = made(&format!("{twice}\n```console\n$ x\n```\n"));
    assert_eq!(found, ["L008", "L016"]);
}

#[test]
fn front_matter_is_removed_and_horizontal_rules_stay() {
    for front in ["---\nlayout: page\ntags: [a]\n---\n", "+++\ntitle = \"A\"\n+++\n", "---\nminutes: 3\n---\n"] {
        assert_eq!(made(&format!("{front}# A\n")), ("\n# A\n".to_owned(), vec![]), "{front}");
    }
    for text in ["---\n\nText.\n\n---\n\nMore.\n", "---\nA: b\n\nText without a key.\n\n---\n", "---\ntitle: [\n---\n"]
    {
        assert_eq!(made(text), (text.to_owned(), vec![]));
    }
}

#[test]
fn warning_names_the_line_in_the_authors_file() {
    let author = "# A\n{{#include ten.txt}}\n\nB\n```console\n{{#include out.txt}}\n```\n";
    let ten: String = (1..=10).map(|number| format!("{number}\n")).collect();
    let sent = author.replace("{{#include ten.txt}}\n", &ten).replace("{{#include out.txt}}\n", "x\ny\nz\n");
    let line = |text: &str| author_line(&sent, author)(sent.find(text).unwrap());
    assert_eq!((line("# A"), line("7\n"), line("B\n"), line("```"), line("z\n")), (1, 2, 4, 5, 6));
    assert_eq!(author_line("a\nb\n", "")(2), 1);
}

/// Returns the text of HTML, without tags and entities, and with single spaces.
fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = rest[at..].find('>').filter(|_| tag).map_or(at + 1, |end| at + end + 1);
        out.push_str(if tag { &rest[..at] } else { &rest[..=at] });
        if let Some((_, prompt)) = rest[at..end].split_once("data-prompt=\"") {
            out.push_str(prompt.split('"').next().unwrap());
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#10;", "\n"),
        ("&amp;", "&"),
    ];
    let text = entities.iter().fold(out, |text, (from, to)| text.replace(from, to));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elisions that authors write. Dermaga's blocks show a sign instead of an elision.
const ELISIONS: [&str; 7] = ["...", "....", "…", "<...>", "(...)", "[...]", "<snip>"];

/// Finds the lines of a chapter that are missing in the output. Ignores parts that are left out or replaced on purpose.
fn lost(content: &str) -> Vec<String> {
    let (text, mistakes) = ready(content, &Words::new(Lang::En));
    let (lesson, _) = parse_alone(&Source::new("", content), LessonId(String::new()));
    let stays = |span: Span| mistakes.iter().any(|(at, reason)| matches!(reason, Reason::Fence(_)) && holds(span, *at));
    let mut kept = content.to_owned();
    let mut blank = |span: Span| kept.replace_range(span.start..span.end, &" ".repeat(span.len()));
    lesson.teacher.iter().copied().for_each(&mut blank);
    if lesson.front.is_read {
        blank(lesson.front.span);
    }
    for block in lesson.steps.iter().flat_map(|step| &step.blocks).filter(|block| !stays(block.span())) {
        match block {
            Block::Transcript(one) if !one.attrs.hidden => {
                blank(Span::new(one.span.start, one.body.start));
                blank(Span::new(one.body.end, one.span.end));
            }
            Block::File(one) if !one.attrs.hidden => {
                let end = content[one.span.start..].find('\n').map_or(one.span.end, |at| one.span.start + at);
                blank(Span::new(one.span.start, end.min(one.span.end)));
                let last = content[..one.span.end].rfind('\n').map_or(one.span.start, |at| at + 1);
                blank(Span::new(last, one.span.end));
            }
            Block::Prose(_) => {}
            block => blank(block.span()),
        }
    }
    let (text, raw) = (shown(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
    let there = |line: &str| text.contains(line) || raw.contains(line);
    let found = |line: &str| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = line.trim_start_matches(['>', ' ', '-', '*', '1', '.']).to_owned();
        // If the reader must order the commands or fill gaps in them, the HTML does not join the prompt and the
        // command.
        let bare = bare.trim_start_matches(['$', '#', ' ']).to_owned();
        let gap = bare.replace("____", "");
        let elided = bare.replace("[..]", "…");
        let pieces: Vec<&str> = bare.split("____").collect();
        there(&line)
            || there(&bare)
            || there(&elided)
            || there(&gap)
            || ELISIONS.contains(&&*bare) && there("⋮")
            || line.starts_with("^C") && there("^C") && there(line.trim_start_matches("^C").trim())
            || pieces.len() > 1 && pieces.iter().all(|piece| there(piece.trim()))
            || bare.is_empty()
    };
    // Dermaga's blocks show control characters by name.
    kept.lines().filter(|line| !found(line) && !found(&sanitise(line))).map(str::to_owned).collect()
}

fn markdown_below(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => markdown_below(&path, out),
            path if path.extension().is_some_and(|extension| extension == "md") => out.push(path),
            _ => {}
        }
    }
}

#[test]
fn preprocessor_loses_no_line_of_the_repositorys_markdown_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/fixtures", "lessons", "docs", "examples"] {
        markdown_below(&root.join(folder), &mut files);
    }
    assert!(files.len() > 150, "{}", files.len());
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        assert_eq!(lost(&text), Vec::<String>::new(), "{}", file.display());
    }
}

/// Makes chapters from pieces: valid and invalid fences, in lists and quotations, between prose and front matter.
fn chapters() -> impl Strategy<Value = String> {
    const FRONTS: [&str; 6] =
        ["", "", "---\ntags: [a]\n---\n", "---\n\nrule\n\n---\n", "+++\na = 1\n+++\n", "---\na: [\n---\n"];
    const INFOS: [&str; 14] = [
        "console",
        "console",
        "console",
        "console,exit=1",
        "console,hidden",
        "console,timout=1s",
        "console,since=29",
        "console,until=28",
        "console,blank",
        "check",
        "quiz",
        "yaml,file=a/b.yml",
        "rust",
        "text,file=/abs",
    ];
    const LINES: [&str; 20] = [
        "$ docker ps",
        "$ docker run -it a",
        "# comment",
        "docker ps",
        "  $ indented",
        "> more",
        "$ echo \\",
        "",
        "image: a",
        "hints: [look]",
        "ask: Which?",
        "order: [a, b]",
        "...",
        "a [..] b",
        "<b> & \"c\"",
        "/ # ls",
        "exit",
        "^C",
        "$",
        "$ echo ____",
    ];
    const PROSE: [&str; 7] =
        ["## Head", "## Teacher {.teacher}", "words <em>here</em>", "", "    code", "| a | b |\n|---|---|", "---"];
    let line = (0..LINES.len(), any::<bool>()).prop_map(|(at, odd)| {
        let line = LINES[at];
        if odd && !line.is_empty() && !line.contains(':') { format!("{line} z") } else { line.to_owned() }
    });
    let fence = (0..INFOS.len(), prop::collection::vec(line, 0..7), 0..4_usize, any::<bool>()).prop_map(
        |(info, lines, place, closed)| {
            let end = if closed { "```\n" } else { "```\n```\n" };
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let fence = format!("```{}\n{text}{end}", INFOS[info]);
            let (first, next) = [("", ""), ("- ", "  "), ("> ", "> "), ("1. > ", "   > ")][place];
            fence
                .lines()
                .enumerate()
                .map(|(at, line)| format!("{}{line}\n", if at == 0 { first } else { next }))
                .collect()
        },
    );
    let piece = prop_oneof![3 => fence, 2 => (0..PROSE.len()).prop_map(|at| format!("{}\n", PROSE[at]))];
    let pieces = prop::collection::vec((piece, any::<bool>()), 0..9);
    (0..FRONTS.len(), pieces, any::<bool>()).prop_map(|(front, pieces, windows)| {
        let gap = |apart| if apart { "\n" } else { "" };
        let body: String = pieces.iter().map(|(piece, apart)| format!("{piece}{}", gap(*apart))).collect();
        let text = format!("{}{body}", FRONTS[front]);
        if windows { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_any_chapter_is_lost(chapter in chapters()) {
        prop_assert_eq!(lost(&chapter), Vec::<String>::new());
    }
}
