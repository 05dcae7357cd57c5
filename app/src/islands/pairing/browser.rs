//! Pairing in the browser: the key is made and kept here, and only its public half is sent.

use std::cell::Cell;

use domain::{DeviceId, DeviceRole, PairingCode};
use jiff::Timestamp;
use js_sys::{JSON, Object, Set};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::texts::Text;
use crate::islands::device::idb::{Database, call};
use crate::islands::device::memory::{self, Device};
use crate::islands::device::net::{self, Reply, Sender};
use crate::islands::device::store::{self, Found};
use crate::islands::device::{background, crypto, package, wire};
use crate::islands::dom;

const PATH: &str = "/api/v1/devices";
const FORM: &str = "form[data-pair=form]";

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// The island runs: the form opens, unless this phone is paired.
pub(crate) fn start() {
    dom::spawn(async {
        if matches!(store::load().await, Found::Paired) {
            paired();
            return;
        }
        dom::listen("submit", |event| {
            if dom::target::<Element>(&event).is_some_and(|form| form.matches(FORM).unwrap_or(false)) {
                event.prevent_default();
                dom::spawn(submit());
            }
        });
        // The same page again with another code: a second link was opened.
        dom::listen("hashchange", |_| fill_code());
        fill_code();
        if let Some(field) = field("naam") {
            field.set_value(&say(kind()));
        }
        working(false);
    });
}

fn paired() {
    let organiser = memory::read(|device| device.organiser.clone()).unwrap_or_default();
    if let Some(name) = dom::find::<Element>("[data-part=pair-organiser]") {
        name.set_text_content(Some(&organiser));
    }
    hide(FORM, true);
    hide("[data-part=pair-paired]", false);
}

/// The code of the link: behind the `#`, which no server ever sees.
fn fill_code() {
    let fragment = dom::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    if let (Ok(code), Some(field)) = (fragment.trim_start_matches('#').parse::<PairingCode>(), field("code")) {
        field.set_value(&code.to_string());
    }
}

/// What this is, as far as the browser tells.
fn kind() -> Text {
    let agent = dom::window().and_then(|window| window.navigator().user_agent().ok());
    let agent = agent.unwrap_or_default();
    let agent = js_sys::JsString::from(agent);
    let has = |words: &[&str]| words.iter().any(|word| agent.includes(word, 0));
    if has(&["iPad", "Tablet"]) || (has(&["Android"]) && !has(&["Mobile"])) {
        Text::Tablet
    } else if has(&["Mobile", "iPhone"]) {
        Text::Phone
    } else {
        Text::Computer
    }
}

async fn submit() {
    if BUSY.replace(true) {
        return;
    }
    working(true);
    let done = pair().await;
    match done {
        Ok(()) => dom::go("/scan"),
        Err(text) => {
            if let Some(words) = dom::find::<Element>("[data-part=pair-trouble-words]") {
                words.set_text_content(Some(&say(text)));
            }
            hide("[data-part=pair-trouble]", false);
            let wrong = match text {
                Text::CodeMissing | Text::Unknown | Text::Expired | Text::Used => field("code"),
                Text::NameMissing => field("naam"),
                _ => None,
            };
            if let Some(field) = wrong {
                let _ = field.focus();
            }
            BUSY.set(false);
            working(false);
        }
    }
}

/// Everything that pairing is.
async fn pair() -> Result<(), Text> {
    let code: PairingCode = value("code").parse().map_err(|_| Text::CodeMissing)?;
    let name = value("naam");
    if name.is_empty() {
        return Err(Text::NameMissing);
    }
    if !crypto::is_there() {
        return Err(Text::NoKeys);
    }
    let database = store::open().await.map_err(|_| Text::NoStorage)?;
    let (key, jwk) = trial(&database, &code).await?;
    let body = Object::new();
    dom::set(&body, "pairing_code", &code.to_string().into());
    dom::set(&body, "name", &name.as_str().into());
    dom::set(&body, "public_key", &jwk);
    let body = JSON::stringify(&body).map(String::from).map_err(|_| Text::NoKeys)?;
    let headers = [("content-type", "application/json"), ("accept", "application/json")];
    let reply = net::send(Sender::Device, "POST", PATH, &headers, Some(&body))
        .await
        .ok_or(Text::NoNetwork)?;
    let device = answered(&reply, name, key, database)?;
    keep(device).await.map_err(|_| Text::NoStorage)
}

/// The key for this code: the one of the last attempt when its answer was lost, for with it the server knows the phone
/// again. It is on the disk before the code is spent: some private windows open a database and then keep no key in it.
async fn trial(database: &Database, code: &PairingCode) -> Result<(JsValue, JsValue), Text> {
    let code = code.compact();
    let before = store::read_meta(database, "trial").await.map_err(|_| Text::NoStorage)?;
    if dom::text(&before, "code").as_deref() == Some(&*code) {
        return Ok((dom::get(&before, "key"), dom::get(&before, "jwk")));
    }
    let (key, jwk) = crypto::make().await.map_err(|_| Text::NoKeys)?;
    let record = Object::new();
    for (name, value) in [("code", &code.into()), ("key", &key), ("jwk", &jwk)] {
        dom::set(&record, name, value);
    }
    let kept = store::write_meta(database, "trial", &record).await;
    kept.map(|()| (key, jwk)).map_err(|_| Text::NoStorage)
}

/// The device that the server made, or why it made none.
fn answered(reply: &Reply, name: String, key: JsValue, database: Database) -> Result<Device, Text> {
    if reply.status != 201 {
        return Err(match (reply.status, &*reply.code()) {
            (_, "pairing_code_unknown") => Text::Unknown,
            (_, "pairing_code_expired") => Text::Expired,
            (_, "pairing_code_used") => Text::Used,
            (429, _) => Text::TooMany,
            (422, _) => Text::NameMissing,
            _ => Text::ServerTrouble,
        });
    }
    let answer = JSON::parse(&reply.text).unwrap_or_default();
    let id: Option<DeviceId> = dom::text(&answer, "device_id").and_then(|id| id.parse().ok());
    let role = wire::coded(&answer, "role", DeviceRole::ALL, DeviceRole::code);
    let server = dom::text(&answer, "server_time").and_then(|time| wire::instant(&time));
    Ok(Device {
        id: id.ok_or(Text::ServerTrouble)?,
        name,
        organiser: dom::text(&dom::get(&answer, "organiser"), "name").unwrap_or_default(),
        role: role.unwrap_or(DeviceRole::Counter),
        key,
        next: None,
        judge: None,
        etag: String::new(),
        checked_at: Timestamp::UNIX_EPOCH,
        offset_ms: server.map_or(0, |server| server.as_millisecond() - reply.middle),
        last_sync: None,
        recent_until: None,
        visits: Set::new(&JsValue::UNDEFINED),
        waiting: 0,
        letters: 0,
        today: 0,
        day: String::new(),
        revoked: false,
        unknown: false,
        database,
    })
}

/// On the disk, marked, asked to be kept, and with its first package.
async fn keep(device: Device) -> Result<(), JsValue> {
    // What an earlier pairing left belongs to nobody any more.
    store::erase(&device.database).await?;
    let (database, record) = store::device_record(&device);
    store::write_meta(&database, "device", &record).await?;
    store::write_meta(&database, "sync", &store::sync_record(&device)).await?;
    store::mark(Some(device.id));
    memory::replace(Some(device));
    let storage = dom::window().map(|window| dom::get(&window.navigator(), "storage"));
    if let Some(storage) = storage
        && let Ok(asked) = call(&storage, "persist", &[])
    {
        // Some browsers ask the person; the scanner does not wait for the answer.
        dom::spawn(net::settle(asked.unchecked_into()));
    }
    background::tell_worker("paired", false).await;
    // The scanner fetches it as well when this one does not come.
    package::refresh().await;
    Ok(())
}

fn field(name: &str) -> Option<HtmlInputElement> {
    dom::find(&[FORM, " input[name=", name, "]"].concat())
}

fn value(name: &str) -> String {
    field(name)
        .map(|field| field.value().trim().to_owned())
        .unwrap_or_default()
}

/// The words of `text`, from the markup.
fn say(text: Text) -> String {
    let said = dom::find::<Element>("[data-part=pair-texts]").and_then(|texts| texts.children().item(text as u32));
    said.and_then(|words| words.text_content()).unwrap_or_default()
}

fn working(busy: bool) {
    if let Some(button) = dom::find::<HtmlElement>("[data-pair=submit]") {
        let _ = button.toggle_attribute_with_force("disabled", busy);
    }
    if let Some(label) = dom::find::<Element>("[data-part=pair-submit]") {
        label.set_text_content(Some(&say(if busy { Text::Busy } else { Text::Submit })));
    }
    if busy {
        hide("[data-part=pair-trouble]", true);
    }
}

fn hide(selector: &str, hidden: bool) {
    if let Some(element) = dom::find::<Element>(selector) {
        let _ = element.toggle_attribute_with_force("hidden", hidden);
    }
}
