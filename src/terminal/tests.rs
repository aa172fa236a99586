//! Tests drawn pages, and properties that every page has.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::lesson::{Block, EngineFamily, LessonId, parse};
use crate::text::Source;

fn style(width: usize) -> PageStyle {
    PageStyle { width, ..PageStyle::default() }
}

fn shown(markdown: &str, width: usize) -> String {
    render(markdown, &style(width))
}

fn plain(markdown: &str, lang: Lang) -> String {
    render(markdown, &PageStyle { plain: true, lang, ..style(60) })
}

#[test]
fn headings_lists_and_tasks_are_drawn() {
    let page = shown("# Judul\n\nsatu\ndua\n\n- a\n  - b\n    1. c\n- [x] d\n- [ ] e\n\n3. tiga\n4. empat\n", 40);
    assert_eq!(page, "Judul\n═════\n\nsatu dua\n\n• a\n  • b\n    1. c\n• [x] d\n• [ ] e\n\n3. tiga\n4. empat\n");
    assert_eq!(plain("- [x] d\n- [ ] e\n", Lang::Id), "- Selesai: d\n- Belum: e\n");
}

#[test]
fn aside_has_a_title_in_the_readers_language() {
    assert_eq!(shown("> [!WARNING]\n> Hati-hati.\n", 40), "│ Peringatan\n│ Hati-hati.\n");
    assert_eq!(plain("> [!TIP]\n> Try it.\n\n> said\n", Lang::En), "Tip:\n  Try it.\n\nQuote:\n  said\n");
}

#[test]
fn link_shows_its_address() {
    let text = "[a](https://x.id/p), [b](../dasar/kontainer-pertama.md#x), [c](#d), <https://y.id>";
    assert_eq!(shown(text, 100), "a (https://x.id/p), b (kontainer-pertama), c, https://y.id\n");
}

#[test]
fn table_that_is_too_wide_becomes_a_list() {
    let table = "| perintah | gunanya |\n| --- | --: |\n| `docker ps` | menampilkan yang berjalan |\n";
    assert_eq!(
        shown(table, 60),
        "perintah                     gunanya\n────────────────────────────────────\n\
         docker ps  menampilkan yang berjalan\n"
    );
    for line in shown(table, 30).lines() {
        assert!(line.width() <= 30, "{line}");
    }
    let narrow = "| a | b |\n| --- | --- |\n| katayangpanjangsekali | katalainyangpanjang |\n";
    assert_eq!(shown(narrow, 24), "a: katayangpanjangsekali\nb: katalainyangpanjang\n");
    assert_eq!(plain(table, Lang::Id), "perintah: docker ps\ngunanya: menampilkan yang berjalan\n");
}

#[test]
fn images_footnotes_definitions_and_html_are_drawn() {
    assert_eq!(shown("![peta](a.png)\n\n![](b.png)", 40), "[gambar: peta]\n\n[gambar tanpa keterangan]\n");
    assert_eq!(shown("a[^1]\n\n[^1]: kaki\n", 40), "a[1]\n\n[1] kaki\n");
    assert_eq!(shown("istilah\n: arti\n", 40), "istilah\n    arti\n");
    assert_eq!(shown("<div>isi</div>\n\na<br>b <b>c</b>", 40), "isi\n\na\nb c\n");
    assert_eq!(shown("~~x~~ **y** _z_ `w`", 40), "~~x~~ y z \"w\"\n");
    assert_eq!(shown("", 40), "\n");
}

#[test]
fn control_characters_of_a_lesson_are_sanitised() {
    let evil = "a\u{1b}[31mb &#27;[2J `\u{202e}c` [x](https://e.id/\u{1b}]8)\n\n```\n\u{9b}1m\ttab\n```\n";
    for color in [Color::None, Color::Dark] {
        let page = render(evil, &PageStyle { color, ..style(80) });
        assert_safe(&page);
        assert!(!page.contains("\u{1b}[31m") && !page.contains("\u{1b}[2J"), "{page:?}");
    }
}

/// Accepts only the program's own escape sequences, which set attributes.
fn assert_safe(page: &str) {
    let mut rest = page;
    while let Some(at) = rest.find(|c: char| c.is_control() && c != '\n') {
        rest = &rest[at..];
        let sgr = rest.strip_prefix("\u{1b}[").and_then(|r| {
            let end = r.find('m')?;
            r[..end].chars().all(|c| c.is_ascii_digit() || c == ';').then(|| &r[end + 1..])
        });
        rest = sgr.unwrap_or_else(|| panic!("{:?} in {page:?}", &rest[..rest.len().min(12)]));
    }
}

fn lesson(text: &str) -> Lesson {
    parse(&Source::new("l.md", text), LessonId("l".into())).0
}

const LESSON: &str = "---\ntitle: É\n---\n\n# Judul\n\nPembuka.\n\n## Satu {#satu}\n\n1. ketik:\n\n   ```console\n   $ \
    docker ps\n   NAMES\n   ```\n\n2. lalu [di sini][x]:\n\n```console,blank\n$ docker ____ web\n```\n\n\
    ```console,solution\n$ docker stop web\nweb\n```\n\n```console,hidden\n$ true\n```\n\n\
    ```console,since=29\n$ docker info\n[..]\n...\n```\n\n```check\nran: docker\n```\n\n[x]: https://e.id\n";

#[test]
fn step_shows_prose_and_fitting_transcripts_in_order() {
    let lesson = lesson(LESSON);
    let shown = |cli_major| {
        let conditions = Conditions { cli_major, family: EngineFamily::Docker, abilities: Vec::new() };
        step(&lesson, &lesson.steps[0], &style(60), &conditions)
    };
    assert_eq!(
        shown(29),
        "Satu\n────\n\n1. ketik:\n\n  $ docker ps\n  NAMES\n\n2. lalu di sini (https://e.id):\n\n  \
         $ docker stop web\n  web\n\n  $ docker info\n  …\n  …\n"
    );
    assert!(!shown(20).contains("info"), "{}", shown(20));
    assert_eq!(prose(&lesson, lesson.opening, &style(60)), "Judul\n═════\n\nPembuka.\n");
}

#[test]
fn plain_style_describes_a_transcript_in_words() {
    let lesson = lesson(LESSON);
    let words = PageStyle { plain: true, ..style(60) };
    let all: String = lesson.transcripts().take(2).map(|(_, each)| transcript(each, &words)).collect();
    assert_eq!(all, "Ketik: docker ps\nKeluaran:\nNAMES\nKetik: docker KOSONG web\n");
}

#[test]
fn inline_renders_an_option_on_one_line() {
    assert_eq!(inline("`a` dan **b**\nc", &style(80)), "`a` dan b c");
    assert_eq!(inline("13. ", &style(80)), "13.");
    assert_eq!(inline("---", &style(80)), "---");
    assert_eq!(inline("`docker\u{1b}`", &style(80)), "`docker␛`");
}

#[test]
fn deeply_nested_blocks_stay_within_the_width() {
    for text in ["> ".repeat(5_000), "- ".repeat(5_000), format!("{}x", "1. ".repeat(2_000))] {
        for line in shown(&format!("{text}kata kata kata"), 20).lines() {
            assert!(line.width() <= 20, "{line:?}");
        }
    }
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z é日🐳]{0,30}",
        "[\\x00-\\x7f]{0,12}",
        "\\PC{0,8}",
        Just("\n\n".to_owned()),
        Just("\n- ".to_owned()),
        Just("\n1. ".to_owned()),
        Just("\n> ".to_owned()),
        Just("\n> [!NOTE]\n> ".to_owned()),
        Just("\n| a | b |\n| - | :-: |\n| ".to_owned()),
        Just(" | ".to_owned()),
        Just("\n## ".to_owned()),
        Just("**".to_owned()),
        Just("_".to_owned()),
        Just("~~".to_owned()),
        Just("[x](".to_owned()),
        Just("![y](".to_owned()),
        Just(")".to_owned()),
        Just("[^1]".to_owned()),
        Just("\n[^1]: ".to_owned()),
        Just("\n: ".to_owned()),
        Just("\n```console\n$ ".to_owned()),
        Just("\n```\n".to_owned()),
        Just("<b>".to_owned()),
        Just("`".to_owned()),
        Just("\n- [ ] ".to_owned()),
        Just("\n    ".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_markdown_is_drawn_within_its_width(text in markdown(), width in 20_usize..=200, plain: bool) {
        let style = PageStyle { plain, ..style(width) };
        let words = Words::new(Lang::Id);
        let pen = Pen::new(&style, &words);
        for line in Page::new(&pen, &text, &|_| true).draw(width) {
            let free = line.verbatim || line.runs.iter().any(|run| run.whole);
            prop_assert!(free || line.width() <= width, "{} > {width}: {line:?}", line.width());
        }
        for color in [Color::None, Color::Light] {
            let page = render(&text, &PageStyle { color, ..style });
            assert_safe(&page);
            prop_assert!(page.ends_with('\n'));
            let bare = !page.contains('\u{1b}');
            prop_assert!(color != Color::None || bare);
        }
        assert_safe(&inline(&text, &style));
    }
}

#[test]
fn step_omits_page_only_prose_and_notes_have_no_task_number() {
    let text = "# A\n\n## Satu {#satu}\n\nTampil.\n\n<!-- page -->\n\nHanya halaman.\n\n- daftar\n\n<!-- /page -->\n\n\
                Lagi.\n\n## Dua {#dua}\n\n```console\n$ true\n```\n\n## Catatan {#catatan .notes}\n\nVersi.\n";
    let lesson = lesson(text);
    let Block::Prose(span) = lesson.steps[0].blocks[0] else { panic!("{:?}", lesson.steps[0].blocks) };
    assert_eq!(prose(&lesson, span, &style(60)), "Tampil.\n\nLagi.\n");
    let conditions = Conditions { cli_major: 29, family: EngineFamily::Docker, abilities: Vec::new() };
    assert!(step(&lesson, &lesson.steps[0], &style(60), &conditions).ends_with("Tampil.\n\nLagi.\n"));
    assert_eq!((lesson.task_count(), lesson.task_number(0), lesson.task_number(1)), (1, 0, 1));
    assert_eq!((lesson.step_of_number(1), lesson.step_of_number(2)), (Some(1), None));
    assert!(lesson.steps[2].is_notes && !lesson.steps[1].is_notes);
}
