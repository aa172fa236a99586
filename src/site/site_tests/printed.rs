//! Tests what is printed on paper.

use super::*;

#[test]
fn print_page_has_every_command_and_nothing_to_click() {
    let site = ours();
    let whole = &site["cetak.html"];
    assert!(whole.contains("noindex") && !site["sitemap.xml"].contains("cetak"));
    for bad in
        ["class=\"done", "class=\"replay", "class=\"turn\"", "<details class=\"more\"", "<details class=\"solution\""]
    {
        assert!(!whole.contains(bad), "{bad}");
    }
    let commands = |html: &str| html.matches("class=\"command\"").count();
    let all: usize = site
        .iter()
        .filter(|(path, _)| !path.starts_with("en/") && path.contains('/'))
        .map(|(_, html)| commands(html))
        .sum();
    assert_eq!(commands(whole), all);
}

#[test]
fn printed_lesson_ends_with_answers_and_a_qr_code() {
    let site = ours();
    let page = &site["dasar/kontainer-pertama.html"];
    let key = page.split("<section class=\"key print-only\">").nth(1).unwrap().split("</section>").next().unwrap();
    for answer in
        ["Daftar tanpa <code>sapa</code>", "<code>docker ps -a</code>", "<li>Image diambil dari registri</li>"]
    {
        assert!(key.contains(answer), "{answer}: {key}");
    }
    assert!(!key.contains("Satu baris"), "a wrong answer: {key}");
    assert!(page.contains("<figcaption>https://x.test/k/dasar/kontainer-pertama.html</figcaption>"));
    let keys = |html: &str| html.matches("<section class=\"key").count();
    let lessons = |(path, html): (&String, &String)| {
        usize::from(!path.starts_with("en/") && html.contains("data-lesson=\"") && path.contains('/')) * keys(html)
    };
    assert_eq!(keys(&site["cetak.html"]), site.iter().map(lessons).sum::<usize>());
    let nowhere =
        make(&read_collection(&[copied().path().to_owned()]).unwrap().courses[0], BuildOptions::default()).unwrap();
    assert!(nowhere.files.iter().all(|file| !String::from_utf8_lossy(&file.bytes).contains("class=\"qr ")));
}
