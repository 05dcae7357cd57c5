//! Promises about devices that hold for every input, tried on thousands of random ones.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device::retry::wait_ms;
use domain::device::token::DeviceClaims;
use domain::{
    ChainBreak, ChainLink, DeviceEvent, EventKind, Judge, Package, PairingCode, PassStatus, QueueFile, Reason,
    StatusList, SyncAnswer, SyncRequest, Verdict, chain_breaks, chain_link, parse_scan,
};
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<[u8; 16]>().prop_map(Uuid::from_bytes)
}

/// A whole chain of this many events.
fn chain(length: u8) -> Vec<ChainLink> {
    let mut prev = None;
    (1..=length)
        .map(|n| {
            let scan_id = Uuid::from_bytes([n; 16]).into();
            let link = ChainLink {
                seq: n.into(),
                scan_id,
                prev: prev.clone(),
            };
            prev = Some(chain_link(scan_id, prev.as_deref()));
            link
        })
        .collect()
}

/// The runs of missing numbers before the last one that came.
fn gaps(kept: &BTreeSet<i64>) -> Vec<ChainBreak> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for &seq in kept {
        if seq > next {
            gaps.push(ChainBreak::Missing {
                from: next,
                until: seq - 1,
            });
        }
        next = seq + 1;
    }
    gaps
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (-62_000_000_000_000i64..253_000_000_000_000).prop_map(|milli| Timestamp::from_millisecond(milli).unwrap())
}

fn event() -> impl Strategy<Value = DeviceEvent> {
    let ids = (uuid(), uuid(), prop::option::of(uuid()));
    let texts = (
        prop::option::of(".{0,70}"),
        prop::option::of(".{0,140}"),
        prop::option::of(".{0,20}"),
    );
    let told = (
        prop::sample::select(EventKind::ALL),
        prop::sample::select(Verdict::ALL),
        prop::sample::select(Reason::ALL),
        any::<bool>(),
    );
    (ids, texts, told, instant(), any::<[i64; 3]>()).prop_map(
        |((scan, activity, target), (prev, credential, number), (kind, verdict, reason, manual), at, numbers)| {
            DeviceEvent {
                scan_id: scan.into(),
                seq: numbers[0],
                prev,
                kind,
                credential,
                number,
                activity_id: activity.into(),
                target_scan_id: target.map(Into::into),
                occurred_at: at,
                clock_offset_ms: numbers[1],
                package_epoch: numbers[2],
                device_verdict: verdict,
                device_reason: reason,
                manual,
            }
        },
    )
}

/// JSON with the members that we know, and anything in them.
fn json() -> impl Strategy<Value = serde_json::Value> {
    const NAMES: &[&str] = &[
        "scan_id",
        "seq",
        "prev",
        "kind",
        "credential",
        "number",
        "activity_id",
        "target_scan_id",
        "occurred_at",
        "clock_offset_ms",
        "package_epoch",
        "device_verdict",
        "device_reason",
        "manual",
        "events",
        "device_id",
        "sent_at",
        "keys",
        "status_list",
        "lst",
        "limits",
        "batches",
        "format",
        "results",
        "flags",
    ];
    const TEXTS: &[&str] = &[
        "check_in",
        "annul",
        "ok",
        "counted",
        "2026-03-10T18:30:00Z",
        "00000000-0000-7000-8000-000000000001",
        "eNoDAAAAAAE",
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
        prop::sample::select(TEXTS).prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 40, 14, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((name, inner), 0..14).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// Reads a text as everything that travels between a phone and the server.
fn read_all(text: &str) {
    if let Ok(event) = serde_json::from_str::<DeviceEvent>(text) {
        let _ = (
            event.is_sound(),
            event.scanned(),
            event.content_hash(),
            event.next_prev(),
        );
    }
    let _ = serde_json::from_str::<SyncRequest>(text);
    let _ = serde_json::from_str::<SyncAnswer>(text);
    let _ = serde_json::from_str::<QueueFile>(text);
    let _ = serde_json::from_str::<DeviceClaims>(text).map(|claims| claims.is_current(Timestamp::UNIX_EPOCH));
    if let Ok(Ok(judge)) = serde_json::from_str::<Package>(text).map(Judge::new) {
        let package = judge.package();
        let activity = package
            .activities
            .first()
            .map_or(Uuid::nil().into(), |activity| activity.id);
        let _ = judge.judge(&parse_scan("0000-0000-01Y"), activity, package.issued_at, |_| true);
        let _ = package.freshness(package.issued_at, package.expires_at);
        let _ = package.likely_activity(package.issued_at);
    }
}

/// The packages of the golden vectors, as texts to be damaged.
fn packages() -> Vec<String> {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("../../../tests/vectors/device.json")).unwrap();
    let packages = vectors["packages"].as_array().unwrap();
    packages.iter().map(|named| named["package"].to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_chain_tells_exactly_what_is_missing(
        (length, shuffled) in (0u8..40).prop_flat_map(|length| (Just(length), Just(chain(length)).prop_shuffle())),
        lost in any::<u64>(), twice in 0usize..8,
    ) {
        let mut links = shuffled;
        links.retain(|link| lost >> link.seq & 1 == 0);
        let copies: Vec<_> = links.iter().take(twice).cloned().collect();
        links.extend(copies);
        let kept: BTreeSet<i64> = links.iter().map(|link| link.seq).collect();
        prop_assert_eq!(chain_breaks(&links), gaps(&kept));
        prop_assert!(kept.len() <= usize::from(length));
    }

    #[test]
    fn a_forged_link_breaks_the_chain_there_and_behind_it(length in 1u8..40, at in 0usize..40, other in "[A-Za-z0-9_-]{43}") {
        let mut links = chain(length);
        let at = at % links.len();
        links[at].prev = Some(other);
        let seq = links[at].seq;
        let mut expect = vec![ChainBreak::Broken { seq }];
        if at + 1 < links.len() {
            expect.push(ChainBreak::Broken { seq: seq + 1 });
        }
        links.reverse();
        prop_assert_eq!(chain_breaks(&links), expect);
    }

    #[test]
    fn no_numbers_make_a_chain_panic(links in prop::collection::vec((any::<i64>(), 0u8..3, prop::option::of("[ab]")), 0..8), near in any::<bool>()) {
        let links: Vec<ChainLink> = links
            .into_iter()
            .map(|(seq, scan, prev)| ChainLink {
                seq: if near { i64::MAX - seq.rem_euclid(3) } else { seq },
                scan_id: Uuid::from_bytes([scan; 16]).into(),
                prev,
            })
            .collect();
        let mut reversed = links.clone();
        reversed.reverse();
        prop_assert!(chain_breaks(&links).len() <= links.len());
        prop_assert_eq!(chain_breaks(&reversed).len(), chain_breaks(&links).len());
    }

    #[test]
    fn a_pairing_code_survives_print_and_typing(bytes: [u8; 5], other: [u8; 5]) {
        let code = PairingCode::from_bytes(bytes);
        let printed = code.to_string();
        let sloppy = printed.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        prop_assert_eq!(printed.parse::<PairingCode>(), Ok(code));
        prop_assert_eq!(sloppy.parse::<PairingCode>(), Ok(code));
        prop_assert_eq!(code.compact().parse::<PairingCode>(), Ok(code));
        prop_assert_eq!(PairingCode::from_bytes(other) == code, other == bytes);
        prop_assert_eq!(serde_json::from_str::<PairingCode>(&serde_json::to_string(&code).unwrap()).unwrap(), code);
    }

    #[test]
    fn an_event_survives_its_json_and_white_space(event in event()) {
        let text = serde_json::to_string(&event).unwrap();
        let pretty = serde_json::to_string_pretty(&event).unwrap();
        for text in [text, pretty] {
            let read: DeviceEvent = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read.content_hash(), event.content_hash());
            prop_assert_eq!(&read, &event);
        }
        let _ = (event.is_sound(), event.scanned());
        prop_assert_eq!(event.next_prev(), chain_link(event.scan_id, event.prev.as_deref()));
    }

    #[test]
    fn another_event_has_another_hash(one in event(), other in event(), manual in any::<bool>()) {
        prop_assert_eq!(one.content_hash() == other.content_hash(), one == other);
        let changed = DeviceEvent { manual, ..one.clone() };
        prop_assert_eq!(one.content_hash() == changed.content_hash(), one.manual == manual);
    }

    #[test]
    fn no_text_makes_a_device_parser_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let lossy = String::from_utf8_lossy(&bytes).into_owned();
        let packed = URL_SAFE_NO_PAD.encode(&bytes);
        let zlib = URL_SAFE_NO_PAD.encode([&[0x78, 0x9c], bytes.as_slice()].concat());
        for text in [text, lossy, packed, zlib] {
            let _ = text.parse::<PairingCode>();
            let _ = StatusList::from_lst(&text).map(|list| list.status(u32::MAX));
            read_all(&text);
        }
    }

    #[test]
    fn no_json_makes_a_device_parser_panic(value in json()) {
        read_all(&value.to_string());
    }

    #[test]
    fn a_wait_is_never_too_short_and_never_too_long(failures: u32, random: u32) {
        prop_assert!((500..=60_000).contains(&wait_ms(failures, random)));
    }
}

proptest! {
    // Fewer: each of these packs a list or reads a whole package.
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_status_list_survives_its_text(
        passes in 0u32..3_000,
        exceptions in prop::collection::vec((0u32..3_500, prop::sample::select(PassStatus::ALL)), 0..200),
    ) {
        let list = StatusList::new(passes, exceptions.iter().copied());
        prop_assert_eq!(&StatusList::from_lst(&list.to_lst()).unwrap(), &list);
        let told: BTreeMap<u32, PassStatus> = exceptions.into_iter().collect();
        for index in 0..3_600 {
            prop_assert_eq!(list.status(index), told.get(&index).copied().unwrap_or(PassStatus::Valid));
        }
    }

    #[test]
    fn a_damaged_message_never_makes_a_parser_panic(
        event in event(), package in prop::sample::select(packages()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        for text in [serde_json::to_string(&event).unwrap(), package] {
            let mut bytes = text.into_bytes();
            for (at, byte) in &damage {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            read_all(&String::from_utf8_lossy(&bytes));
        }
    }
}
