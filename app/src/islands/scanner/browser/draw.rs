//! Shows the state in the markup: what is hidden, pressed, and said. The only file that writes to the screen.

use domain::{Freshness, Reason, local_day};
use js_sys::Map;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::state::{Camera, Mode, State, Work};
use crate::islands::device::memory;
use crate::islands::device::store::Found;
use crate::islands::dom;
use crate::islands::scanner::outcome::Outcome;
use crate::islands::scanner::texts::Text;

pub(super) fn draw(state: &State) {
    let covers = state.camera != Camera::Off || state.outcome.is_some();
    start_button(state);
    last(state.last.as_ref().filter(|_| !covers));
    trouble(state);
    viewfinder(state);
    verdict(state);
    show("scanner", covers);
    let mode = match state.mode {
        Mode::Online => "online",
        Mode::Paired => "device",
        Mode::Closed => "closed",
    };
    set("start", "data-mode", mode);
    if state.mode == Mode::Paired {
        device();
    }
}

/// What is known before anything is drawn: that the storage is gone, or shut.
pub(super) fn messages(found: &Found) {
    show("lost", matches!(found, Found::Lost));
    show("shut", matches!(found, Found::Closed));
}

/// Shows the part of the page that fits, and says whether there is anything to scan with: nobody who is neither logged in
/// nor on a paired phone gets further than the sentence that says so.
pub(super) fn open_page(paired: bool) -> bool {
    let hide = |selector: &str, hidden: bool| {
        dom::each(selector, |element| {
            let _ = element.toggle_attribute_with_force("hidden", hidden);
        });
    };
    if paired {
        hide("[data-scan=closed],[data-scan=online]", true);
        hide("[data-scan=device]", false);
    }
    dom::find::<Element>("[data-scan=device][hidden]").is_none()
}

/// What only a paired phone has: numbers that are kept, the age of its data, its rights.
fn device() {
    let Some((known, fresh, revoked, unknown)) = memory::read(|device| {
        (
            device.judge.is_some(),
            device.freshness(),
            device.revoked,
            device.unknown,
        )
    }) else {
        return;
    };
    show("no-package", !known && !revoked);
    show("age-old", fresh == Some(Freshness::Old) && !revoked);
    show("age-stale", fresh == Some(Freshness::Stale) && !revoked);
    show("revoked", revoked);
    show("unknown", unknown && !revoked);
    let numbers = memory::read(|device| {
        let day = local_day(device.corrected(dom::now())).to_string();
        (
            device.counted_on(&day),
            device.waiting,
            device.letters,
            device.last_sync,
        )
    });
    let Some((today, waiting, letters, sent)) = numbers else {
        return;
    };
    let [today, waiting, letters] = [today, waiting, letters].map(dom::digits);
    let sent = sent.map(dom::clock_at).unwrap_or_default();
    show("status", true);
    for (name, words) in [
        ("status-today", &today),
        ("today", &today),
        ("status-waiting", &waiting),
        ("waiting", &waiting),
        ("status-letters", &letters),
        ("status-sent-at", &sent),
        ("sent-at", &sent),
    ] {
        fill(name, words);
    }
    show("status-to-see", letters != "0");
    show("status-sent", !sent.is_empty());
    show("sent", !sent.is_empty());
}

/// The sentence of `reason`, from the markup.
pub(super) fn say_reason(reason: Reason) -> String {
    let said = part("reasons").and_then(|reasons| reasons.children().item(reason as u32));
    said.and_then(|words| words.text_content()).unwrap_or_default()
}

/// The words of `text`, from the markup.
pub(super) fn say(text: Text) -> String {
    let said = part("texts").and_then(|texts| texts.children().item(text as u32));
    said.and_then(|words| words.text_content()).unwrap_or_default()
}

thread_local! {
    /// Parts that were looked for before. The markup is the server's: none comes, none goes.
    static PARTS: Map = Map::new();
}

pub(super) fn part(name: &str) -> Option<Element> {
    let key = name.into();
    let known = PARTS.with(|parts| parts.get(&key));
    if let Some(known) = known.dyn_ref::<Element>() {
        return Some(known.clone());
    }
    let found = dom::find::<Element>(&["[data-part=", name, "]"].concat())?;
    PARTS.with(|parts| parts.set(&key, &found));
    Some(found)
}

pub(super) fn show(name: &str, shown: bool) {
    if let Some(element) = part(name) {
        let _ = element.toggle_attribute_with_force("hidden", !shown);
    }
}

pub(super) fn fill(name: &str, words: &str) {
    if let Some(element) = part(name)
        // A live region that is written again is read aloud again.
        && element.text_content().as_deref() != Some(words)
    {
        element.set_text_content(Some(words));
    }
}

fn set(name: &str, attribute: &str, value: &str) {
    if let Some(element) = part(name) {
        let _ = element.set_attribute(attribute, value);
    }
}

fn start_button(state: &State) {
    // A paired phone without data cannot judge, and one without rights may not.
    let ready =
        state.mode != Mode::Paired || memory::read(|device| device.judge.is_some() && !device.revoked).unwrap_or(false);
    if let Some(button) = dom::find::<Element>("[data-do=start]") {
        let _ = button.toggle_attribute_with_force("disabled", state.camera != Camera::Off || !ready);
    }
    fill(
        "start-label",
        &say(if state.camera == Camera::Starting {
            Text::Starting
        } else {
            Text::Start
        }),
    );
}

/// In the page, once the verdict has left the screen.
fn last(last: Option<&Outcome>) {
    show("last", last.is_some());
    if let Some(last) = last {
        fill("last-word", &say(last.word()));
        fill("last-sentence", &last.sentence);
        show("last-undo", last.scan_id.is_some());
    }
}

/// In the page, or over the camera's picture.
fn trouble(state: &State) {
    let camera = state.camera != Camera::Off;
    for (here, message, slow) in [
        (!camera, "trouble-page", "slow-page"),
        (camera, "trouble-sheet", "slow-sheet"),
    ] {
        show(message, here && state.trouble.is_some());
        show(slow, here && state.slow);
        if let (true, Some(words)) = (here, &state.trouble) {
            fill(&[message, "-words"].concat(), words);
        }
    }
    show(
        "sheet",
        camera && (state.typing || state.slow || state.trouble.is_some()),
    );
    show("sheet-form", state.typing);
}

fn viewfinder(state: &State) {
    fill("activity", &state.activity_name);
    fill(
        "hint",
        &say(match (state.work, state.camera) {
            (Work::Asking, _) => Text::Busy,
            (Work::Reading, _) => Text::Reading,
            (Work::Idle, Camera::On) => Text::Hint,
            (Work::Idle, _) => Text::Starting,
        }),
    );
    for (name, on) in [("tool-torch", state.torch), ("tool-zoom", state.zoom)] {
        show(name, on.is_some());
        set(name, "aria-pressed", if on == Some(true) { "true" } else { "false" });
    }
    show(
        "tool-undo",
        state.last.as_ref().is_some_and(|last| last.scan_id.is_some()),
    );
    if state.mode == Mode::Online {
        fill("today", &dom::digits(state.today));
        fill("waiting", if state.waiting.is_some() { "1" } else { "0" });
        show("sent", !state.sent.is_empty());
        fill("sent-at", &state.sent);
    }
}

fn verdict(state: &State) {
    let Some(outcome) = &state.outcome else {
        show("verdict", false);
        return;
    };
    set("verdict", "class", &["verdict verdict--", outcome.look()].concat());
    set("verdict", "data-verdict", outcome.verdict);
    set("verdict", "data-reason", &outcome.reason);
    set(
        "verdict-shape] use[href",
        "href",
        &["/icons.svg#", outcome.symbol()].concat(),
    );
    fill("verdict-word", &say(outcome.word()));
    fill("verdict-sentence", &outcome.sentence);
    fill("verdict-detail", &outcome.detail);
    let passes = outcome.passes();
    show("verdict-undo", passes && outcome.scan_id.is_some());
    show("verdict-next", passes);
    show("verdict-timer", passes);
    show("verdict-retry", !passes && state.work == Work::Idle);
    show("verdict-drop", !passes && state.work == Work::Idle);
    show("verdict", true);
}
