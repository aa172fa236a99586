//! Tests that a copy button copies only its command, and that a printed page is complete.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::chromium::{Chromium, Tab};
use crate::site::Site;

#[test]
fn copy_button_copies_only_the_command() {
    let tab = Chromium::shared().tab();
    tab.allow_clipboard();
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    let copy = |button: &str| {
        tab.run(&format!("{button}.click(), 0"));
        tab.until("document.getElementById('d-said').textContent !== ''");
        tab.text("navigator.clipboard.readText()")
    };
    assert_eq!(copy("document.querySelector('#ambil .copy')"), "docker pull mongo:4.1");
}

#[test]
fn copy_button_of_every_command_copies_its_typed_lines() {
    let tab = Chromium::shared().tab();
    for page in Site::ours().samples() {
        tab.open(&Site::ours().at(&page));
        // The copied text must be the typed lines, without prompts and without the output below them.
        let wrong = "[...document.querySelectorAll('.command')].filter((one) => one.querySelector('.copy')).filter((one) => \
                     one.querySelector('.copy').dataset.copy !== [...one.querySelectorAll('.typed')].map((line) => \
                     line.textContent).join('\\n')).map((one) => one.textContent)";
        assert_eq!(tab.run(wrong), json!([]), "{page}");
    }
}

#[test]
fn printed_page_contains_every_command_and_no_button() {
    let tab = Chromium::shared().tab();
    for (page, buttons) in [
        ("image/mengambil-image.html", ["Salin", "Tandai selesai", "Periksa jawaban", "Putar rekaman"]),
        ("cetak.html", ["Salin", "Tandai selesai", "Periksa jawaban", "Putar rekaman"]),
        ("en/cetak.html", ["Copy", "Mark as done", "Check the answer", "Play the recording"]),
    ] {
        tab.open(&Site::ours().at(page));
        let text = on_paper(&tab);
        let packed: String = text.split_whitespace().collect();
        let commands = tab.run("[...document.querySelectorAll('.command .copy')].map((one) => one.dataset.copy)");
        let commands = commands.as_array().expect("a list");
        assert!(commands.len() > 4, "{page}");
        for command in commands {
            let wanted: String = command.as_str().expect("text").split_whitespace().collect();
            assert!(packed.contains(&wanted), "{page}: {command} is not whole on paper:\n{text}");
        }
        for button in buttons {
            let mut cells = text.lines().flat_map(|line| line.split("  ")).map(str::trim);
            assert!(!cells.any(|cell| cell == button), "{page}: {button} is on paper:\n{text}");
        }
    }
}

#[test]
fn printed_lesson_has_two_pages_and_a_third_with_answers() {
    let tab = Chromium::shared().tab();
    for page in ["dasar/daur-hidup-kontainer.html", "en/dasar/daur-hidup-kontainer.html"] {
        tab.open(&Site::ours().at(page));
        assert_eq!(on_paper(&tab).matches('\u{c}').count(), 3, "{page}");
    }
}

/// Returns the text of the page's PDF. Form feeds separate the sheets.
fn on_paper(tab: &Tab) -> String {
    let pdf = tab.ask("Page.printToPDF", json!({ "paperWidth": 8.27, "paperHeight": 11.69 }));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.pdf");
    fs::write(&file, decode(pdf["data"].as_str().expect("a document"))).expect("a file");
    let text = Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-").output();
    let text = text.expect("pdftotext, of the package poppler-utils: run `make setup`");
    String::from_utf8_lossy(&text.stdout).into_owned()
}

/// Decodes Base64. The browser sends files in this encoding.
fn decode(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|&digit| digit == byte)) {
        bits = (bits << 6) | u32::try_from(digit).unwrap_or_default();
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
        }
    }
    out
}
