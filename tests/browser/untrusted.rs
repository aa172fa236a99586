//! Tests that no content of somebody else's lesson runs as a script.

use serde_json::json;

use crate::chromium::Chromium;
use crate::site::Site;

const LESSON: &str = r#"# Satu

<script>self.ran = 1</script>
<img src="x.png" onerror="self.ran = 1">
<svg onload="self.ran = 1"><script>self.ran = 1</script></svg>
<style>body { display: none }</style>
<iframe src="https://x.test/"></iframe>
<meta http-equiv="refresh" content="0;url=https://x.test/">
<form action="https://x.test/"><button formaction="javascript:self.ran = 1">x</button></form>
<object data="https://x.test/"></object><embed src="https://x.test/"><base href="https://x.test/">
<link rel="stylesheet" href="https://x.test/x.css">
<a href="javascript:self.ran = 1" id="a1">a</a> <a href="JaVaScRiPt:self.ran = 1">b</a> <a href="data:text/html,x">c</a>
<details ontoggle="self.ran = 1" open><summary>d</summary>e</details>

[f](javascript:self.ran=1) ![g](javascript:self.ran=1) [h](vbscript:x)

## Langkah {#langkah}

<div class="terminal"><button class="copy" data-copy="rm -rf /">Salin</button></div>

```console
$ echo '<img src=x onerror="self.ran = 1">'
<img src=x onerror="self.ran = 1">
```

```quiz
ask: "<img src=x onerror='self.ran = 1'>"
options:
  - text: "<script>self.ran = 1</script>"
    right: true
    why: "<svg onload='self.ran = 1'>"
  - text: "[x](javascript:self.ran=1)"
    why: "Bukan."
```
"#;

const COURSE: &str = "title = { id = \"<img src=x onerror=self.ran=1>\" }\nlanguages = [\"id\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\" }\nlessons = [\"satu\"]\n";

/// Describes all content of pages that could run as a script, or that has run.
pub(crate) fn dangers(site: &Site, pages: &[String]) -> Vec<String> {
    let tab = Chromium::shared().tab();
    // The content security policy is switched off, because the pages must be safe without it.
    tab.ask("Page.setBypassCSP", json!({ "enabled": true }));
    let mut found = Vec::new();
    for page in pages {
        tab.open(&site.at(page));
        tab.run("for (const one of document.querySelectorAll('main a, main summary')) if (!/^(https?|mailto):/.test(one.protocol \
                 ?? '')) one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); 0");
        tab.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
        let script = "[...document.querySelectorAll('main *, title')].flatMap((one) => [\
                      ...(/^(script|style|iframe|object|embed|base|meta|link)$/i.test(one.tagName) ? [one.tagName] : []), \
                      ...[...one.attributes].filter((attribute) => /^on|^formaction$|^style$/i.test(attribute.name) || \
                      /^\\s*(javascript|vbscript|data):/i.test(attribute.value)).map((attribute) => attribute.name + '=' + \
                      attribute.value)]).concat(self.ran ? ['it ran'] : [])";
        let lines = tab.run(script);
        found.extend(lines.as_array().expect("a list").iter().map(|line| format!("{page}: {line}")));
        let away = tab.requests().into_iter().filter(|asked| asked.contains("x.test"));
        found.extend(away.map(|asked| format!("{page}: asks {asked}")));
    }
    found
}

#[test]
fn no_content_of_somebody_elses_lesson_runs_as_a_script() {
    let site = Site::of(&[("course.toml", COURSE), ("id/g/satu.md", LESSON), ("id/g/x.png", "no picture")]);
    assert_eq!(dangers(&site, &site.pages()), Vec::<String>::new());
    // The content security policy reports no error, because the pages have no content that it would block.
    let tab = Chromium::shared().tab();
    for page in site.pages() {
        tab.open(&site.at(&page));
        assert_eq!(tab.errors(), Vec::<String>::new(), "{page}");
    }
    tab.open(&site.at("g/satu.html"));
    let copies = tab.run("[...document.querySelectorAll('[data-copy]')].map((one) => one.dataset.copy)");
    assert!(!copies.to_string().contains("rm -rf"), "{copies}");
    // The search shows markup in a lesson as text.
    tab.press("/");
    tab.type_in("onerror");
    tab.until(
        "document.querySelector('.hit') !== null || document.getElementById('d-search-said').textContent.length > 60",
    );
    assert_eq!(
        tab.run("document.querySelector('#d-search-list img, #d-search-list script') === null && !self.ran"),
        json!(true)
    );
}

#[test]
fn no_built_in_page_contains_anything_that_could_run_as_a_script() {
    let site = Site::ours();
    assert_eq!(dangers(site, &site.pages()), Vec::<String>::new());
}

#[test]
fn content_security_policy_blocks_scripts_in_a_pages_content() {
    let planted =
        "<main id=\"d-content\" tabindex=\"-1\"><script>self.ran = 1</script><img src=\"x\" onerror=\"self.ran = 1\">";
    let site = Site::changed(|_, text| text.replace("<main id=\"d-content\" tabindex=\"-1\">", planted));
    let tab = Chromium::shared().tab();
    tab.open(&site.at("index.html"));
    assert_eq!(tab.run("self.ran === undefined"), json!(true));
    assert!(tab.errors().iter().any(|error| error.contains("Content Security Policy")));
}
