//! What a device posts and is answered, and what becomes of an event then.

use domain::{Decision, QueueFile, QueueState, Reason, SyncAnswer, SyncRequest, Verdict, honour_refusal, settle};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct Message {
    name: String,
    /// `request`, `answer` or `queue_file`.
    kind: String,
    text: String,
    /// Every known member, in its fixed order.
    canonical: String,
}

/// What the phone said, what the server answers, and where the event goes.
#[derive(Serialize, Deserialize)]
pub(super) struct Settled(Verdict, Verdict, QueueState);

/// What the phone said, and the server's own decision beside it.
#[derive(Serialize, Deserialize)]
pub(super) struct Honoured {
    name: String,
    device_verdict: Verdict,
    device_reason: Reason,
    decision: Decision,
    expect: Decision,
}

pub(super) fn messages() -> Vec<Message> {
    let message = |name: &str, kind: &str, text: &str, canonical: &str| Message {
        name: name.to_owned(),
        kind: kind.to_owned(),
        text: text.to_owned(),
        canonical: canonical.to_owned(),
    };
    let request = r#"{"device_id":"00000000-0000-7000-8000-000000000007","sent_at":"2026-03-10T18:30:00Z","waiting":0,"recent_since":null,"events":[]}"#;
    let full_request = r#"{"device_id":"00000000-0000-7000-8000-000000000007","sent_at":"2026-03-10T18:30:00Z","waiting":12,"recent_since":"2026-03-10T18:00:00Z","events":[{"scan_id":"00000000-0000-7000-8000-000000000001","seq":1,"prev":null,"kind":"check_in","credential":null,"number":"014D-2PF2-DBV","activity_id":"00000000-0000-7000-8000-0000000000c9","occurred_at":"2026-03-10T18:30:00Z","clock_offset_ms":0,"package_epoch":7,"device_verdict":"flagged","device_reason":"needs_online","manual":true}]}"#;
    let answer = r#"{"server_time":"2026-03-10T18:30:01Z","results":[{"scan_id":"00000000-0000-7000-8000-000000000001","verdict":"duplicate","reason":"already_counted","flags":["duplicate_offline","manual"]}],"package_epoch":8,"recent":["AAAAAAAAAAA"],"recent_until":"2026-03-10T18:30:01Z","roll_key":false,"revoked":false}"#;
    let queue = r#"{"format":"randpas-queue-1","batches":["eyJhbGciOiJFUzI1NiJ9.e30.AA"]}"#;
    vec![
        message("nothing to hand over", "request", request, request),
        message(
            "the members that may be absent",
            "request",
            r#"{"device_id":"00000000-0000-7000-8000-000000000007","sent_at":"2026-03-10T18:30:00Z","events":[]}"#,
            request,
        ),
        message("one event", "request", full_request, full_request),
        message("an answer", "answer", answer, answer),
        message(
            "an answer of a server that never asks for a new key",
            "answer",
            &answer.replace(",\"roll_key\":false,\"revoked\":false", ""),
            answer,
        ),
        message("a queue as a file", "queue_file", queue, queue),
    ]
}

pub(super) fn settled() -> Vec<Settled> {
    use QueueState::{Acknowledged, DeadLetter};
    use Verdict::{Annulled, Counted, Duplicate, Flagged, Refused};
    let table = [
        (
            Counted,
            [Acknowledged, Acknowledged, DeadLetter, Acknowledged, Acknowledged],
        ),
        (
            Flagged,
            [Acknowledged, Acknowledged, DeadLetter, Acknowledged, Acknowledged],
        ),
        (Refused, [Acknowledged; 5]),
        (Duplicate, [Acknowledged; 5]),
        (Annulled, [DeadLetter, DeadLetter, DeadLetter, DeadLetter, Acknowledged]),
    ];
    let results = [Counted, Duplicate, Refused, Flagged, Annulled];
    table
        .into_iter()
        .flat_map(|(device, states)| {
            let row = results.into_iter().zip(states);
            row.map(move |(result, state)| Settled(device, result, state))
        })
        .collect()
}

pub(super) fn honoured() -> Vec<Honoured> {
    let decision = |verdict, reason| Decision {
        verdict,
        reason,
        session: Some(super::package::id(2).into()),
        day: "2026-03-10".parse().unwrap(),
    };
    let row = |name: &str, device: (Verdict, Reason), server: (Verdict, Reason), expect: (Verdict, Reason)| Honoured {
        name: name.to_owned(),
        device_verdict: device.0,
        device_reason: device.1,
        decision: decision(server.0, server.1),
        expect: decision(expect.0, expect.1),
    };
    let ok = (Verdict::Counted, Reason::Ok);
    let noted = (Verdict::Flagged, Reason::NeedsOnline);
    let again = (Verdict::Duplicate, Reason::AlreadyCounted);
    let suspended = (Verdict::Refused, Reason::Suspended);
    let unknown_key = (Verdict::Refused, Reason::UnknownKey);
    vec![
        row("both count", ok, ok, ok),
        row("the phone noted, the server counts", noted, ok, ok),
        row("the phone counted, the server has more to say", ok, again, again),
        row("the phone counted, the server refuses", ok, suspended, suspended),
        row("the phone saw a repeat, the server counts", again, ok, ok),
        row(
            "who was sent away for a blocked pass never counts",
            suspended,
            ok,
            suspended,
        ),
        row(
            "who was sent away for an unknown key never counts",
            unknown_key,
            ok,
            unknown_key,
        ),
        row("who was sent away is no repeat", suspended, again, suspended),
        row(
            "both refuse: the server knows better why",
            unknown_key,
            suspended,
            suspended,
        ),
    ]
}

pub(super) fn check(messages: &[Message], settled: &[Settled], honoured: &[Honoured]) {
    assert!(messages.len() >= 6 && settled.len() == 25 && honoured.len() >= 9);
    for Message {
        name,
        kind,
        text,
        canonical,
    } in messages
    {
        let again = match kind.as_str() {
            "request" => serde_json::to_string(&serde_json::from_str::<SyncRequest>(text).unwrap()),
            "answer" => serde_json::to_string(&serde_json::from_str::<SyncAnswer>(text).unwrap()),
            _ => serde_json::to_string(&serde_json::from_str::<QueueFile>(text).unwrap()),
        };
        assert_eq!(&again.unwrap(), canonical, "{name}");
    }
    for Settled(device, result, state) in settled {
        assert_eq!(settle(*device, *result), *state, "{device} then {result}");
    }
    for case in honoured {
        let found = honour_refusal(case.device_verdict, case.device_reason, case.decision);
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
