//! The browser writes and reads by hand what the domain lays out with `serde` (`device/wire.rs`): the names in both are held
//! together here, where `serde` is at hand.

use std::collections::BTreeSet;

use domain::{
    ActivityId, Cents, CountingRule, DeviceEvent, DeviceRole, EventKind, EventResult, Flags, Limits, Package,
    PackageActivity, PackageKey, PackageOrganiser, PackageStatusList, QueueFile, Reason, SessionFacts, SyncAnswer,
    SyncRequest, Verdict,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

const WIRE: &str = include_str!("device/wire.rs");

/// Of no use on a phone: nobody reads flags there, and there are no cheques.
const LEFT_OUT: [&str; 2] = ["flags", "schemes"];

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "019ca8d7-2d7b-7fff-bfff-ffffffffffff".parse().unwrap()
}

fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            into.insert(name.clone());
            names(value, into);
        }),
        Value::Array(values) => values.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}

fn names_of(value: impl Serialize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    names(&serde_json::to_value(value).unwrap(), &mut found);
    found.retain(|name| !LEFT_OUT.contains(&name.as_str()));
    found
}

fn event() -> DeviceEvent {
    DeviceEvent {
        scan_id: id(),
        seq: 1,
        prev: None,
        kind: EventKind::Annul,
        credential: None,
        number: None,
        activity_id: id::<ActivityId>(),
        target_scan_id: Some(id()),
        occurred_at: Timestamp::UNIX_EPOCH,
        clock_offset_ms: 0,
        package_epoch: 0,
        device_verdict: Verdict::Annulled,
        device_reason: Reason::Annulled,
        manual: false,
    }
}

fn package() -> Package {
    let at = Timestamp::UNIX_EPOCH;
    Package {
        epoch: 1,
        issued_at: at,
        expires_at: at,
        issuer: String::new(),
        keys: vec![PackageKey::new(1, &[0; 32], None)],
        status_list: PackageStatusList {
            bits: 2,
            lst: String::new(),
        },
        organiser: PackageOrganiser {
            id: id(),
            name: String::new(),
        },
        role: DeviceRole::Counter,
        activities: vec![PackageActivity {
            id: id(),
            name: String::new(),
            rule: CountingRule::OncePerDay,
            opens_before_min: 0,
            closes_after_min: 0,
            price_cents: Cents(0),
            pass_price_cents: Cents(0),
            sessions: vec![SessionFacts {
                id: id(),
                starts_at: at,
                ends_at: at,
            }],
        }],
        schemes: Vec::new(),
        recent: Vec::new(),
        limits: Limits::default(),
    }
}

fn answer() -> SyncAnswer {
    SyncAnswer {
        server_time: Timestamp::UNIX_EPOCH,
        results: vec![EventResult {
            scan_id: String::new(),
            verdict: Verdict::Counted,
            reason: Reason::Ok,
            flags: Flags::new(),
        }],
        package_epoch: 1,
        recent: Vec::new(),
        recent_until: Timestamp::UNIX_EPOCH,
        roll_key: false,
        revoked: false,
    }
}

/// The function of `wire.rs` that begins so.
fn function(head: &str) -> &'static str {
    let (_, from) = WIRE.split_once(head).unwrap();
    from.split_once("\n}\n").unwrap().0
}

#[test]
fn the_browser_reads_every_name_that_the_server_writes() {
    for name in names_of(package()) {
        let quoted = format!("\"{name}\"");
        let read = function("pub(crate) fn package(").contains(&quoted) || function("\nfn activity(").contains(&quoted);
        assert!(read, "{name} of the package");
    }
    for name in names_of(answer()) {
        assert!(
            function("pub(crate) fn answer(").contains(&format!("\"{name}\"")),
            "{name} of an answer"
        );
    }
}

#[test]
fn the_browser_writes_every_name_that_the_server_reads() {
    for name in names_of(event()) {
        for head in ["pub(crate) fn event(", "pub(crate) fn event_text("] {
            assert!(
                function(head).contains(&format!("\"{name}\"")),
                "{name} of an event: {head}"
            );
        }
    }
    let request = SyncRequest::<DeviceEvent> {
        device_id: id(),
        sent_at: Timestamp::UNIX_EPOCH,
        waiting: 0,
        recent_since: None,
        events: Vec::new(),
    };
    for name in names_of(request) {
        let written = format!("\\\"{name}\\\":");
        assert!(
            function("pub(crate) fn request(").contains(&written),
            "{name} of a request"
        );
    }
    for name in names_of(QueueFile::new(Vec::new())) {
        let written = format!("\\\"{name}\\\":");
        assert!(
            include_str!("device/export.rs").contains(&written),
            "{name} of the file"
        );
    }
}
