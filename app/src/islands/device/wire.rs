//! What travels and what is kept, as JSON, read and written by the browser's own parser.
//!
//! The layout is the domain's (`domain::device`), which the server reads and writes with `serde`. In the browser that
//! machinery, with a parser for numbers and times that the browser has as well, weighs as much as everything else
//! together. A test holds the names here to those there.

use domain::{
    ActivityId, DeviceEvent, DeviceRole, EventKind, EventResult, Flags, Limits, Package, PackageActivity, PackageKey,
    PackageOrganiser, PackageStatusList, Reason, ScanId, SessionFacts, Verdict,
};
use domain::{Cents, CountingRule};
use jiff::Timestamp;
use js_sys::{Array, Date, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use crate::islands::dom;

/// What the answer to a request holds; see [`domain::SyncAnswer`].
pub(crate) struct Answer {
    pub(crate) server_time: Timestamp,
    pub(crate) results: Vec<EventResult>,
    pub(crate) package_epoch: i64,
    pub(crate) recent: Vec<String>,
    /// Given back as it came.
    pub(crate) recent_until: String,
    pub(crate) roll_key: bool,
    pub(crate) revoked: bool,
}

/// Reads an answer; `None` for a text that is none.
pub(crate) fn answer(text: &str) -> Option<Answer> {
    let answer = JSON::parse(text).ok()?;
    let result = |result: &JsValue| {
        Some(EventResult {
            scan_id: dom::text(result, "scan_id")?,
            verdict: coded(result, "verdict", Verdict::ALL, Verdict::code)?,
            reason: coded(result, "reason", Reason::ALL, Reason::code)?,
            // Nobody asks for them on the phone.
            flags: Flags::new(),
        })
    };
    Some(Answer {
        server_time: time(&answer, "server_time")?,
        results: list(&answer, "results", result)?,
        package_epoch: dom::integer(&answer, "package_epoch")?,
        recent: list(&answer, "recent", JsValue::as_string)?,
        recent_until: dom::text(&answer, "recent_until")?,
        roll_key: dom::get(&answer, "roll_key").is_truthy(),
        revoked: dom::get(&answer, "revoked").is_truthy(),
    })
}

/// The payload of a request over events that are texts already; see [`domain::SyncRequest`].
pub(crate) fn request(device_id: &str, waiting: u32, recent_since: Option<&str>, events: &[String]) -> String {
    let since = recent_since.map_or_else(|| "null".to_owned(), |since| ["\"", since, "\""].concat());
    [
        "{\"device_id\":\"",
        device_id,
        "\",\"sent_at\":\"",
        &iso(dom::now()),
        "\",\"waiting\":",
        &dom::digits(waiting),
        ",\"recent_since\":",
        &since,
        ",\"events\":[",
        &joined(events, ","),
        "]}",
    ]
    .concat()
}

/// Texts in a row.
pub(crate) fn joined(texts: &[String], between: &str) -> String {
    let mut row = String::new();
    for text in texts {
        if !row.is_empty() {
            row.push_str(between);
        }
        row.push_str(text);
    }
    row
}

/// Reads a package; `None` for a text that is none.
pub(crate) fn package(text: &str) -> Option<Package> {
    let package = JSON::parse(text).ok()?;
    let (organiser, statuses, limits) = (
        dom::get(&package, "organiser"),
        dom::get(&package, "status_list"),
        dom::get(&package, "limits"),
    );
    Some(Package {
        epoch: dom::integer(&package, "epoch")?,
        issued_at: time(&package, "issued_at")?,
        expires_at: time(&package, "expires_at")?,
        issuer: dom::text(&package, "issuer")?,
        keys: list(&package, "keys", |key| {
            Some(PackageKey {
                kid: small(key, "kid")?,
                x: dom::text(key, "x")?,
                revoked_at: time(key, "revoked_at"),
            })
        })?,
        status_list: PackageStatusList {
            bits: small(&statuses, "bits")?,
            lst: dom::text(&statuses, "lst")?,
        },
        organiser: PackageOrganiser {
            id: dom::text(&organiser, "id")?.parse().ok()?,
            name: dom::text(&organiser, "name")?,
        },
        role: coded(&package, "role", DeviceRole::ALL, DeviceRole::code)?,
        activities: list(&package, "activities", activity)?,
        // No cheques yet.
        schemes: Vec::new(),
        recent: list(&package, "recent", JsValue::as_string)?,
        limits: Limits {
            warn_after_s: dom::integer(&limits, "warn_after_s")?,
            count_only_after_s: dom::integer(&limits, "count_only_after_s")?,
            batch: small(&limits, "batch")?,
        },
    })
}

fn activity(activity: &JsValue) -> Option<PackageActivity> {
    Some(PackageActivity {
        id: dom::text(activity, "id")?.parse().ok()?,
        name: dom::text(activity, "name")?,
        rule: coded(activity, "rule", CountingRule::ALL, CountingRule::code)?,
        opens_before_min: small(activity, "opens_before_min")?,
        closes_after_min: small(activity, "closes_after_min")?,
        price_cents: Cents(dom::integer(activity, "price_cents")?),
        pass_price_cents: Cents(dom::integer(activity, "pass_price_cents")?),
        sessions: list(activity, "sessions", |session| {
            Some(SessionFacts {
                id: dom::text(session, "id")?.parse().ok()?,
                starts_at: time(session, "starts_at")?,
                ends_at: time(session, "ends_at")?,
            })
        })?,
    })
}

/// Reads an event; `None` for a text that is none.
pub(crate) fn event(text: &str) -> Option<DeviceEvent> {
    let event = JSON::parse(text).ok()?;
    let activity: ActivityId = dom::text(&event, "activity_id")?.parse().ok()?;
    let id = |name| dom::text(&event, name).and_then(|id| id.parse::<ScanId>().ok());
    Some(DeviceEvent {
        scan_id: id("scan_id")?,
        seq: dom::integer(&event, "seq")?,
        prev: dom::text(&event, "prev"),
        kind: coded(&event, "kind", EventKind::ALL, EventKind::code)?,
        credential: dom::text(&event, "credential"),
        number: dom::text(&event, "number"),
        activity_id: activity,
        target_scan_id: id("target_scan_id"),
        occurred_at: time(&event, "occurred_at")?,
        clock_offset_ms: dom::integer(&event, "clock_offset_ms")?,
        package_epoch: dom::integer(&event, "package_epoch")?,
        device_verdict: coded(&event, "device_verdict", Verdict::ALL, Verdict::code)?,
        device_reason: coded(&event, "device_reason", Reason::ALL, Reason::code)?,
        manual: dom::get(&event, "manual").is_truthy(),
    })
}

/// Writes an event.
pub(crate) fn event_text(event: &DeviceEvent) -> Option<String> {
    let object = Object::new();
    let put = |name: &str, text: &str| dom::set(&object, name, &text.into());
    let maybe = |name: &str, text: Option<&str>| dom::set(&object, name, &text.map_or(JsValue::NULL, JsValue::from));
    put("scan_id", &event.scan_id.to_string());
    dom::set_integer(&object, "seq", event.seq);
    maybe("prev", event.prev.as_deref());
    put("kind", event.kind.code());
    maybe("credential", event.credential.as_deref());
    maybe("number", event.number.as_deref());
    put("activity_id", &event.activity_id.to_string());
    if let Some(target) = event.target_scan_id {
        put("target_scan_id", &target.to_string());
    }
    put("occurred_at", &iso(event.occurred_at));
    dom::set_integer(&object, "clock_offset_ms", event.clock_offset_ms);
    dom::set_integer(&object, "package_epoch", event.package_epoch);
    put("device_verdict", event.device_verdict.code());
    put("device_reason", event.device_reason.code());
    dom::set(&object, "manual", &event.manual.into());
    JSON::stringify(&object).ok()?.as_string()
}

/// Every entry of a list; `None` when one of them is not what it should be.
fn list<T>(object: &JsValue, name: &str, read: impl Fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let array: Array = dom::get(object, name).dyn_into().ok()?;
    // Not `collect`: its machinery for stopping half-way is a kilobyte for every type.
    let mut values = Vec::new();
    for at in 0..array.length() {
        values.push(read(&array.get(at))?);
    }
    Some(values)
}

/// A value by its stable code.
pub(crate) fn coded<T: Copy>(object: &JsValue, name: &str, all: &[T], code: impl Fn(T) -> &'static str) -> Option<T> {
    let text = dom::text(object, name)?;
    all.iter().copied().find(|value| code(*value) == text)
}

fn small<T: TryFrom<i64>>(object: &JsValue, name: &str) -> Option<T> {
    dom::integer(object, name)?.try_into().ok()
}

/// An instant to the millisecond.
fn time(object: &JsValue, name: &str) -> Option<Timestamp> {
    instant(&dom::text(object, name)?)
}

/// An instant that was written as RFC 3339 in UTC, to the millisecond: not every browser reads more digits.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds below 2^53")]
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let at = match text.trim_end_matches('Z').split_once('.') {
        Some((seconds, rest)) if text.ends_with('Z') => {
            let digits = rest.get(..3).unwrap_or(rest);
            Date::parse(&[seconds, ".", digits, "Z"].concat())
        }
        _ => Date::parse(text),
    };
    at.is_finite().then(|| Timestamp::from_millisecond(at as i64).ok())?
}

/// RFC 3339 in UTC, with milliseconds.
#[expect(clippy::cast_precision_loss, reason = "milliseconds are below 2^53 for ages to come")]
pub(crate) fn iso(at: Timestamp) -> String {
    Date::new(&JsValue::from_f64(at.as_millisecond() as f64))
        .to_iso_string()
        .into()
}
