//! Tests that the parts of a page do not move while the page loads on a slow phone with a slow network.

use serde_json::json;

use crate::chromium::Chromium;
use crate::site::Site;

/// The maximum layout shift of a page. Google's Web Vitals call a shift of up to 0.1 good.
const MOST: f64 = 0.02;

/// A script that collects the layout shifts of a page from the page's first byte on.
const COLLECT: &str = "self.shifts = []; new PerformanceObserver((list) => { for (const one of list.getEntries()) if \
                       (!one.hadRecentInput) shifts.push([one.value, one.sources.map((source) => \
                       (source.node?.outerHTML ?? source.node?.data ?? '?').slice(0, 100))]); }).observe({ type: \
                       'layout-shift', buffered: true })";

#[test]
fn page_that_loads_slowly_does_not_move() {
    let site = Site::ours();
    let mut wrong = Vec::new();
    let pages = [
        "index.html",
        "glosarium.html",
        "dasar/kontainer-pertama.html",
        // The part of the page above this step contains a quiz about an order, and an output that depends on Docker's
        // version.
        "dasar/kontainer-pertama.html#bersihkan",
        "image/mengambil-image.html#bersihkan",
    ];
    for width in [360, 1440] {
        let tab = Chromium::shared().tab();
        tab.size(width, 800);
        // The reader has marked steps as done. Later pages must show these marks at once, without a shift.
        tab.open(&site.at("dasar/kontainer-pertama.html"));
        tab.run("for (const one of [...document.querySelectorAll('.mark')].slice(1)) one.click(); 0");
        tab.ask("Page.addScriptToEvaluateOnNewDocument", json!({ "source": COLLECT }));
        let slow =
            json!({ "offline": false, "latency": 300, "downloadThroughput": 40_000, "uploadThroughput": 40_000 });
        tab.ask("Network.emulateNetworkConditions", slow);
        tab.ask("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
        for page in pages {
            tab.open("about:blank");
            tab.open(&site.at(page));
            tab.run("new Promise((done) => setTimeout(done, 300))");
            let total = tab.run("shifts.reduce((sum, [value]) => sum + value, 0)").as_f64().expect("a number");
            println!("{page} at {width}: {total:.4}");
            if total > MOST {
                wrong.push(format!("{page} at {width}: {total:.4}: {}", tab.run("shifts")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
