//! Controls a headless Chromium over a pipe. Needs no port and no driver program. Chromium ends when the tests end.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, PipeWriter, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The time limit of every wait.
const LIMIT: Duration = Duration::from_secs(150);

/// The messages that the browser has sent.
#[derive(Default)]
struct Heard {
    answers: HashMap<u64, Value>,
    /// The events of each tab by its session id, in order.
    events: HashMap<String, Vec<Value>>,
    gone: bool,
}

pub(crate) struct Chromium {
    to: Mutex<PipeWriter>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    next: AtomicU64,
}

impl Chromium {
    /// Returns the browser that all tests share. Each test opens its own tabs in this browser.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Chromium> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    fn start() -> Self {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let there = |name: &&&str| Command::new("sh").args(["-c", "command -v \"$1\" >/dev/null", "sh", name]).status();
        let Some(program) = names.iter().find(|name| there(name).is_ok_and(|status| status.success())) else {
            panic!("these tests need Chromium: run `make setup`, or install the package chromium");
        };
        let profile = tempfile::Builder::new().prefix("dm-chromium").tempdir().expect("a folder").keep();
        let (from_browser, browsers) = std::io::pipe().expect("a pipe");
        let (reads, to) = std::io::pipe().expect("a pipe");
        // The browser reads commands from descriptor 3 and answers on descriptor 4. The browser's helper processes
        // outlive it for a moment, so the script removes the profile folder last.
        let script = "profile=$1; shift; \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>&1; sleep 1; rm -rf \"$profile\"";
        let child = Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(&profile)
            .arg(program)
            .args(["--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--no-sandbox"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"])
            .args(["--disable-renderer-backgrounding", "--disable-background-timer-throttling", "--mute-audio"])
            .args(["--force-color-profile=srgb", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::from(reads))
            .stdout(Stdio::from(browsers))
            .stderr(Stdio::null())
            .spawn();
        // When the tests end, the pipe closes. Then the browser ends, and the shell ends after it.
        drop(child.expect("sh"));
        let heard = Arc::new((Mutex::new(Heard::default()), Condvar::new()));
        let ear = Arc::clone(&heard);
        std::thread::spawn(move || {
            let mut lines = BufReader::new(from_browser);
            let mut said = Vec::new();
            while lines.read_until(0, &mut said).is_ok_and(|length| length > 0) {
                said.pop();
                let Ok(message) = serde_json::from_slice::<Value>(&said) else { break };
                said.clear();
                let mut heard = ear.0.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(id) = message["id"].as_u64() {
                    heard.answers.insert(id, message);
                } else {
                    let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
                    heard.events.entry(session).or_default().push(message);
                }
                ear.1.notify_all();
            }
            ear.0.lock().unwrap_or_else(PoisonError::into_inner).gone = true;
            ear.1.notify_all();
        });
        Self { to: Mutex::new(to), heard, next: AtomicU64::new(1) }
    }

    fn ask(&self, session: Option<&str>, method: &str, params: &Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut order = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            order["sessionId"] = json!(session);
        }
        self.say(&order).map_err(|error| error.to_string())?;
        let answer = self.wait(method, |heard| heard.answers.remove(&id));
        if answer["error"].is_null() { Ok(answer["result"].clone()) } else { Err(answer["error"].to_string()) }
    }

    fn say(&self, order: &Value) -> std::io::Result<()> {
        let mut bytes = order.to_string().into_bytes();
        bytes.push(0);
        self.to.lock().unwrap_or_else(PoisonError::into_inner).write_all(&bytes)
    }

    fn wait<T>(&self, what: &str, mut found: impl FnMut(&mut Heard) -> Option<T>) -> T {
        let begin = Instant::now();
        let mut heard = self.heard.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = found(&mut heard) {
                return found;
            }
            assert!(!heard.gone, "Chromium ended while waiting for {what}");
            let left = LIMIT.checked_sub(begin.elapsed());
            let left = left.unwrap_or_else(|| panic!("Chromium did not answer in {LIMIT:?}: {what}"));
            heard = self.heard.1.wait_timeout(heard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Opens a tab with its own cookies and its own storage.
    pub(crate) fn tab(&'static self) -> Tab {
        let ask = |method: &str, params: &Value| self.ask(None, method, params).expect("an answer");
        let context = ask("Target.createBrowserContext", &json!({}))["browserContextId"].clone();
        let target = json!({ "url": "about:blank", "browserContextId": context, "width": 1280, "height": 800 });
        let target = ask("Target.createTarget", &target)["targetId"].clone();
        let session =
            ask("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }))["sessionId"].clone();
        let session = session.as_str().expect("a session").to_owned();
        let tab = Tab { browser: self, session, context };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            tab.ask(&format!("{domain}.enable"), json!({}));
        }
        tab.ask("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
        let focus = json!({ "enabled": true });
        tab.ask("Emulation.setFocusEmulationEnabled", focus);
        tab
    }
}

pub(crate) struct Tab {
    browser: &'static Chromium,
    session: String,
    context: Value,
}

impl Drop for Tab {
    fn drop(&mut self) {
        // The test does not wait for the answer to this command.
        let order = json!({ "id": 0, "method": "Target.disposeBrowserContext", "params": { "browserContextId": self.context } });
        let _ = self.browser.say(&order);
    }
}

impl Tab {
    #[expect(clippy::needless_pass_by_value, reason = "reads better at every call")]
    pub(crate) fn ask(&self, method: &str, params: Value) -> Value {
        self.browser.ask(Some(&self.session), method, &params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Opens an address and waits until its page has loaded.
    pub(crate) fn open(&self, address: &str) {
        self.take("Page.loadEventFired");
        let answer = self.ask("Page.navigate", json!({ "url": address }));
        assert!(answer["errorText"].is_null(), "{address}: {}", answer["errorText"]);
        if answer["loaderId"].is_string() {
            self.wait_for("Page.loadEventFired");
        }
    }

    /// Waits for an event with this method, removes it, and returns its parameters.
    pub(crate) fn wait_for(&self, method: &str) -> Value {
        self.browser.wait(method, |heard| {
            let events = heard.events.get_mut(&self.session)?;
            let at = events.iter().position(|event| event["method"] == method)?;
            Some(events.remove(at)["params"].clone())
        })
    }

    /// Removes all events with this method that have arrived, and returns their parameters.
    pub(crate) fn take(&self, method: &str) -> Vec<Value> {
        let mut heard = self.browser.heard.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(events) = heard.events.get_mut(&self.session) else { return Vec::new() };
        let (taken, kept) = std::mem::take(events).into_iter().partition(|event| event["method"] == method);
        *events = kept;
        let taken: Vec<Value> = taken;
        taken.into_iter().map(|event| event["params"].clone()).collect()
    }

    /// Runs a script and returns its value. If the value is a promise, waits for its result.
    pub(crate) fn run(&self, script: &str) -> Value {
        let asked = json!({ "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let answer = self.ask("Runtime.evaluate", asked);
        let wrong = &answer["exceptionDetails"];
        assert!(wrong.is_null(), "{}\n{script:.400}", wrong["exception"]["description"].as_str().unwrap_or("?"));
        answer["result"]["value"].clone()
    }

    /// Runs a script and returns its value as text.
    pub(crate) fn text(&self, script: &str) -> String {
        match self.run(script) {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    /// Runs a script repeatedly until its value is true.
    pub(crate) fn until(&self, script: &str) {
        let begin = Instant::now();
        while self.run(script) != json!(true) {
            assert!(begin.elapsed() < LIMIT, "never true: {script}\n{}", self.text("document.body.innerText"));
            self.run("new Promise((done) => requestAnimationFrame(() => done(0)))");
        }
    }

    /// Presses a key, by its name in `KeyboardEvent.key`.
    pub(crate) fn press(&self, key: &str) {
        let (code, number) = match key {
            "Tab" => ("Tab", 9),
            "Enter" => ("Enter", 13),
            "Escape" => ("Escape", 27),
            "ArrowUp" => ("ArrowUp", 38),
            "ArrowDown" => ("ArrowDown", 40),
            " " => ("Space", 32),
            _ => ("", 0),
        };
        let text = match key {
            "Enter" => "\r",
            key if key.chars().count() == 1 => key,
            _ => "",
        };
        let mut down = json!({ "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "key": key, "code": code,
            "windowsVirtualKeyCode": number });
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.ask("Input.dispatchKeyEvent", down);
        let up = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number });
        self.ask("Input.dispatchKeyEvent", up);
    }

    /// Types into the element that has the focus.
    pub(crate) fn type_in(&self, text: &str) {
        self.ask("Input.insertText", json!({ "text": text }));
    }

    /// Sets the window's size, in CSS pixels.
    pub(crate) fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.ask("Emulation.setDeviceMetricsOverride", size);
    }

    /// Sets the colour scheme that the device prefers: `light` or `dark`.
    pub(crate) fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.ask("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Enables or disables scripts.
    pub(crate) fn scripts(&self, on: bool) {
        self.ask("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Allows scripts to read and write the clipboard.
    pub(crate) fn allow_clipboard(&self) {
        let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
        let allowed = json!({ "permissions": permissions, "browserContextId": self.context });
        self.browser.ask(None, "Browser.grantPermissions", &allowed).expect("a permission");
    }

    /// Returns the errors and warnings in the console since the last call. The console contains messages of scripts and
    /// of the content security policy.
    pub(crate) fn errors(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for event in self.take("Runtime.exceptionThrown") {
            wrong.push(event["exceptionDetails"]["exception"]["description"].to_string());
        }
        for event in self.take("Runtime.consoleAPICalled") {
            if matches!(event["type"].as_str(), Some("error" | "warning" | "assert")) {
                wrong.push(event["args"].to_string());
            }
        }
        for event in self.take("Log.entryAdded") {
            if matches!(event["entry"]["level"].as_str(), Some("error" | "warning")) {
                wrong.push(format!("{} {}", event["entry"]["text"], event["entry"]["url"]));
            }
        }
        wrong
    }

    /// Returns the addresses that pages have requested since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        let sent = self.take("Network.requestWillBeSent");
        sent.iter().filter_map(|event| event["request"]["url"].as_str().map(str::to_owned)).collect()
    }
}
