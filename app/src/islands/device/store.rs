//! What a paired phone keeps, and what it writes together.
//!
//! | store | key | value |
//! |---|---|---|
//! | `meta` | `device` | who it is, its key, the key to come |
//! | | `trial` | while pairing: code and key of an attempt whose answer may have been lost |
//! | | `package` | its text, ETag and when it was last checked |
//! | | `head` | the last number and link of the chain, and how many were counted on which day |
//! | | `sync` | clock offset, last answer, `recent_until` |
//! | `events` | `seq` | what the server does not have: text, state, attempts |
//! | `letters` | `seq` | what a person has to see: text, state, result |
//! | `seen` | visit key | the day on which it was learnt |
//! | `outgoing` | first `seq` | a signed request for the service worker to post |
//! | `answers` | first `seq` | what it was answered |

use std::rc::Rc;

use domain::{DeviceEvent, DeviceId, DeviceRole, Judge, QueueState, local_day};
use jiff::{SignedDuration, Timestamp};
use js_sys::{Array, Object, Set};
use wasm_bindgen::JsValue;

use super::idb::{self, Database, Failure, Mode, whole};
use super::memory::{self, Device};
use super::wire;
use crate::islands::dom;

const NAME: &str = "randpas-device";
const STORES: &[&str] = &["meta", "events", "letters", "seen", "outgoing", "answers"];

/// Beside the database, and wiped apart from it: tells a phone that lost its storage from one that was never paired.
const MARKER: &str = "randpas-device";

/// Visits of longer ago can meet no counting window any more: sessions that go past midnight need yesterday's.
const REMEMBERED_DAYS: i64 = 3;

/// What was found at the start.
pub(crate) enum Found {
    /// This browser is paired, and [`memory`] knows it.
    Paired,
    /// It is not.
    Nothing,
    /// It was, and its storage is gone.
    Lost,
    /// It was, and the browser does not open its storage.
    Closed,
}

/// Opens the phone's memory, and reads it if it is paired.
pub(crate) async fn load() -> Found {
    let marked = marker().is_some();
    let Ok(database) = open().await else {
        return if marked { Found::Closed } else { Found::Nothing };
    };
    match device(database).await {
        Ok(Some(device)) => {
            mark(Some(device.id));
            memory::replace(Some(device));
            Found::Paired
        }
        Ok(None) if marked => Found::Lost,
        Ok(None) => Found::Nothing,
        Err(_) => Found::Closed,
    }
}

/// Opens the database, new or not.
pub(crate) async fn open() -> Result<Database, Failure> {
    idb::open(NAME, STORES).await
}

async fn device(database: Database) -> Result<Option<Device>, Failure> {
    let tx = database.begin(&["meta", "events", "letters", "seen"], Mode::Read)?;
    let reading = async {
        let device = tx.get("meta", &"device".into()).await?;
        let package = tx.get("meta", &"package".into()).await?;
        let head = tx.get("meta", &"head".into()).await?;
        let sync = tx.get("meta", &"sync".into()).await?;
        let (keys, days) = (tx.keys("seen", u32::MAX).await?, tx.values("seen", u32::MAX).await?);
        let counts = (tx.count("events").await?, tx.count("letters").await?);
        Ok((device, package, head, sync, keys, days, counts))
    };
    let read = reading.await;
    let (found, package, head, sync, keys, days, (waiting, letters)) = tx.finish(read).await?;
    let Some(id) = dom::text(&found, "id").and_then(|id| id.parse().ok()) else {
        return Ok(None);
    };
    let oldest = oldest_day();
    let old: Vec<JsValue> = keys
        .iter()
        .zip(days.iter())
        .filter(|(_, day)| day.as_string().is_none_or(|day| day < oldest))
        .map(|(key, _)| key)
        .collect();
    let visits = Set::new(&keys);
    for key in &old {
        visits.delete(key);
    }
    forget_visits(&database, &old).await;
    let next = (dom::get(&found, "next"), dom::get(&found, "next_jwk"));
    let judge = dom::text(&package, "text").and_then(|text| ready(&text));
    Ok(Some(Device {
        id,
        name: dom::text(&found, "name").unwrap_or_default(),
        organiser: dom::text(&found, "organiser").unwrap_or_default(),
        role: role(&found),
        key: dom::get(&found, "key"),
        next: next.0.is_object().then_some(next),
        judge,
        etag: dom::text(&package, "etag").unwrap_or_default(),
        checked_at: instant(&package, "checked_at").unwrap_or_default(),
        offset_ms: dom::integer(&sync, "offset").unwrap_or_default(),
        last_sync: dom::integer(&sync, "last"),
        recent_until: dom::text(&sync, "until"),
        visits,
        waiting,
        letters,
        today: whole(&dom::get(&head, "today")),
        day: dom::text(&head, "day").unwrap_or_default(),
        revoked: dom::get(&found, "revoked").is_truthy(),
        unknown: false,
        database,
    }))
}

/// A package made ready to judge by; `None` for a text that is none.
pub(crate) fn ready(text: &str) -> Option<Rc<Judge>> {
    Judge::new(wire::package(text)?).ok().map(Rc::new)
}

/// The day before which visits are forgotten.
fn oldest_day() -> String {
    let oldest = dom::now().checked_sub(SignedDuration::from_hours(24 * REMEMBERED_DAYS));
    local_day(oldest.unwrap_or_default()).to_string()
}

async fn forget_visits(database: &Database, old: &[JsValue]) {
    if old.is_empty() {
        return;
    }
    if let Ok(tx) = database.begin(&["seen"], Mode::Write) {
        let forgotten = old.iter().try_for_each(|key| tx.delete("seen", key));
        // What stays is looked at again at the next start.
        let _ = tx.finish(forgotten).await;
    }
}

fn role(found: &JsValue) -> DeviceRole {
    wire::coded(found, "role", DeviceRole::ALL, DeviceRole::code).unwrap_or(DeviceRole::Counter)
}

fn instant(object: &JsValue, name: &str) -> Option<Timestamp> {
    Timestamp::from_millisecond(dom::integer(object, name)?).ok()
}

/// Who the device is, with both of its keys, as `meta` has it.
pub(crate) fn device_record(device: &Device) -> (Database, JsValue) {
    let value = Object::new();
    let put = |name: &str, text: &str| dom::set(&value, name, &text.into());
    put("id", &device.id.to_string());
    put("name", &device.name);
    put("organiser", &device.organiser);
    put("role", device.role.code());
    dom::set(&value, "key", &device.key);
    dom::set(&value, "revoked", &device.revoked.into());
    if let Some((key, jwk)) = &device.next {
        dom::set(&value, "next", key);
        dom::set(&value, "next_jwk", jwk);
    }
    (device.database.clone(), value.into())
}

/// Reads one value of `meta`.
pub(crate) async fn read_meta(database: &Database, key: &str) -> Result<JsValue, Failure> {
    let tx = database.begin(&["meta"], Mode::Read)?;
    let read = tx.get("meta", &key.into()).await;
    tx.finish(read).await
}

/// Writes one value of `meta`, to the disk.
pub(crate) async fn write_meta(database: &Database, key: &str, value: &JsValue) -> Result<(), Failure> {
    let tx = database.begin(&["meta"], Mode::WriteStrictly)?;
    let put = tx.put("meta", &key.into(), value);
    tx.finish(put).await
}

/// Clock and last answer of what [`memory`] knows, as `meta` has them.
pub(crate) fn sync_record(device: &Device) -> JsValue {
    let value = Object::new();
    put_sync(
        &value,
        device.offset_ms,
        device.last_sync,
        device.recent_until.as_deref(),
    );
    value.into()
}

/// Lays them out.
pub(crate) fn put_sync(value: &JsValue, offset_ms: i64, last: Option<i64>, until: Option<&str>) {
    dom::set_integer(value, "offset", offset_ms);
    if let Some(last) = last {
        dom::set_integer(value, "last", last);
    }
    if let Some(until) = until {
        dom::set(value, "until", &until.into());
    }
}

/// What is remembered or forgotten together with an event.
pub(crate) enum Visit {
    /// Nothing.
    Same,
    /// It counts: the key, when the rule needs one.
    Counted(Option<String>),
    /// It does not count any more.
    Annulled(Option<String>),
}

/// Writes an event, its place in the chain, and what it counts for: all of it on the disk, or none of it.
///
/// Number and link of `event` are set here. The numbers on the screen follow.
pub(crate) async fn record(database: &Database, visit: &Visit, mut event: DeviceEvent) -> Result<DeviceEvent, Failure> {
    let day = local_day(memory::read(|device| device.corrected(dom::now())).unwrap_or_default()).to_string();
    let tx = database.begin(&["meta", "events", "seen"], Mode::WriteStrictly)?;
    let writing = async {
        let head = tx.get("meta", &"head".into()).await?;
        event.seq = i64::from(whole(&dom::get(&head, "seq"))) + 1;
        event.prev = dom::text(&head, "prev");
        let mut today = match dom::text(&head, "day") {
            Some(known) if known == day => whole(&dom::get(&head, "today")),
            _ => 0,
        };
        match visit {
            Visit::Same => {}
            Visit::Counted(key) => {
                today = today.saturating_add(1);
                if let Some(key) = key {
                    tx.put("seen", &key.into(), &day.as_str().into())?;
                }
            }
            Visit::Annulled(key) => {
                today = today.saturating_sub(1);
                if let Some(key) = key {
                    tx.delete("seen", &key.into())?;
                }
            }
        }
        let text = wire::event_text(&event).ok_or(JsValue::UNDEFINED)?;
        tx.put("events", &seq_key(event.seq), &entry(&text, QueueState::Queued, 0))?;
        tx.put("meta", &"head".into(), &chain_head(&event, &day, today))?;
        Ok(today)
    };
    let written = writing.await;
    let today = tx.finish(written).await?;
    memory::change(|device| {
        device.waiting = device.waiting.saturating_add(1);
        device.today = today;
        device.day = day;
        match visit {
            Visit::Counted(Some(key)) => {
                device.visits.add(&key.into());
            }
            Visit::Annulled(Some(key)) => {
                device.visits.delete(&key.into());
            }
            _ => {}
        }
    });
    Ok(event)
}

fn chain_head(event: &DeviceEvent, day: &str, today: u32) -> JsValue {
    let head = Object::new();
    dom::set(&head, "seq", &seq_key(event.seq));
    dom::set(&head, "prev", &event.next_prev().into());
    dom::set(&head, "day", &day.into());
    dom::set(&head, "today", &today.into());
    head.into()
}

/// A value of `events` and `letters`.
pub(crate) fn entry(text: &str, state: QueueState, attempts: u32) -> JsValue {
    let entry = Object::new();
    dom::set(&entry, "text", &text.into());
    dom::set(&entry, "state", &state.code().into());
    dom::set(&entry, "attempts", &attempts.into());
    entry.into()
}

/// A sequence number as a key.
#[expect(clippy::cast_precision_loss, reason = "a phone makes fewer than 2^53 events")]
pub(crate) fn seq_key(seq: i64) -> JsValue {
    JsValue::from_f64(seq as f64)
}

/// The events among the values of `events`, with their texts.
pub(crate) fn events(values: &Array) -> Vec<(DeviceEvent, String)> {
    let mut events = Vec::new();
    for value in values.iter() {
        if let Some(text) = dom::text(&value, "text")
            && let Some(event) = wire::event(&text)
        {
            events.push((event, text));
        }
    }
    events
}

/// Forgets everything: the next pairing starts with nothing.
pub(crate) async fn erase(database: &Database) -> Result<(), Failure> {
    let tx = database.begin(STORES, Mode::WriteStrictly)?;
    let cleared = STORES.iter().try_for_each(|store| tx.clear(store));
    tx.finish(cleared).await?;
    mark(None);
    memory::replace(None);
    Ok(())
}

fn marker() -> Option<String> {
    local_storage()?.get_item(MARKER).ok()?
}

/// Leaves or removes the mark.
pub(crate) fn mark(id: Option<DeviceId>) {
    if let Some(storage) = local_storage() {
        let _ = match id {
            Some(id) => storage.set_item(MARKER, &id.to_string()),
            None => storage.remove_item(MARKER),
        };
    }
}

fn local_storage() -> Option<web_sys::Storage> {
    dom::window()?.local_storage().ok()?
}
