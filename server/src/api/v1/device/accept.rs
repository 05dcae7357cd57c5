//! What a device hands over: who signed it, which of its events can be read, what its passes are worth. One way for what
//! the device sends itself and for what a person uploads for it.

use std::collections::{BTreeSet, HashSet};

use domain::device::event::LARGEST_EVENT_BYTES;
use domain::device::sync::LARGEST_BATCH;
use domain::{
    Credential, DeviceEvent, DeviceId, EventKind, EventResult, Flags, Reason, Scanned, SignatureVerifier, SyncRequest,
    Verdict,
};
use jiff::Timestamp;
use serde_json::Value;
use storage::{DeviceScan, KnownDevice, Scope, SyncOutcome};

use crate::api::input::Errors;
use crate::auth::device::signer;
use crate::auth::jose::Signed;
use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;

/// The longest id that is given back of an event that cannot be read.
const LONGEST_ECHO: usize = 64;

/// What a device signed, read and not recorded yet.
pub(crate) struct Checked {
    known: KnownDevice,
    request: SyncRequest<Incoming>,
}

/// What was accepted, durably.
pub(crate) struct Accepted {
    /// Whose events they are; it may be revoked.
    pub(crate) known: KnownDevice,
    /// How many more wait on the device.
    pub(crate) waiting: u32,
    /// Since when the device wants to hear of others' visits.
    pub(crate) recent_since: Option<Timestamp>,
    /// One an event, in order.
    pub(crate) results: Vec<EventResult>,
    /// How many of them could not be read.
    pub(crate) unreadable: usize,
}

/// Reads `jws` and checks who signed it. `only`: the devices whose events may be handed over here.
///
/// Whatever is not signed by a device that we know is 401.
pub(crate) async fn check(state: &AppState, jws: &str, only: Option<&HashSet<DeviceId>>) -> Result<Checked, Problem> {
    let unreadable = || {
        let detail = "Send a compact JWS with `alg` ES256 and the device's id as `kid`.";
        Problem::new(ProblemCode::Unauthenticated, detail)
    };
    let signed = Signed::read(jws.trim()).ok_or_else(unreadable)?;
    let id = signed.kid.as_deref().and_then(|kid| kid.parse::<DeviceId>().ok());
    let id = id.ok_or_else(unreadable)?;
    if only.is_some_and(|only| !only.contains(&id)) {
        return Err(Problem::new(
            ProblemCode::DeviceUnknown,
            "No device of this id is yours.",
        ));
    }
    let (known, _) = signer(state, id, &signed).await?;
    let request = read(&signed.payload)?;
    if request.device_id != id {
        let mut errors = Errors::default();
        errors.add("device_id", "must be the `kid` of the header");
        return Err(errors.into_problem());
    }
    Ok(Checked { known, request })
}

/// Judges the signatures of the passes and records the events. An event that cannot be read gets a result of its own.
pub(crate) async fn record(state: &AppState, Checked { known, request }: Checked) -> Result<Accepted, Problem> {
    let mut results = Vec::with_capacity(request.events.len());
    let mut events = Vec::with_capacity(request.events.len());
    for event in request.events {
        match event {
            // Its result is filled in below.
            Incoming::Event(event) => {
                results.push(None);
                events.push(event);
            }
            Incoming::Unreadable(scan_id) => results.push(Some(refused(scan_id, Reason::Malformed))),
        }
    }
    let unreadable = results.len() - events.len();
    let ids: Vec<_> = events.iter().map(|event| event.scan_id).collect();
    let scans = judge_keys(state, &known.scope, events).await?;
    let outcomes = state.store.sync(&known.scope, request.waiting, scans).await;
    let outcomes = outcomes.map_err(|error| Problem::server_error("recording the scans", &error))?;
    let mut recorded = ids.into_iter().zip(outcomes).map(|(id, outcome)| match outcome {
        SyncOutcome::Recorded(recorded) => EventResult {
            scan_id: id.to_string(),
            verdict: recorded.verdict,
            reason: recorded.reason,
            flags: recorded.flags,
        },
        SyncOutcome::IdReuse => refused(id.to_string(), Reason::IdReuse),
    });
    let results: Option<Vec<EventResult>> = results
        .into_iter()
        .map(|result| result.or_else(|| recorded.next()))
        .collect();
    let results = results.ok_or_else(|| {
        tracing::error!("storage gave fewer results than events");
        Problem::new(
            ProblemCode::ServerError,
            "Some results are missing; sending the same again is safe.",
        )
    })?;
    Ok(Accepted {
        known,
        waiting: request.waiting,
        recent_since: request.recent_since,
        results,
        unreadable,
    })
}

/// One event of a request.
#[derive(Debug)]
enum Incoming {
    /// It can be judged.
    Event(DeviceEvent),
    /// It is none, by the id that it gives itself.
    Unreadable(String),
}

impl From<DeviceEvent> for Incoming {
    fn from(event: DeviceEvent) -> Self {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        if event.is_sound() && length(&event.credential) + length(&event.number) <= LARGEST_EVENT_BYTES {
            Self::Event(event)
        } else {
            Self::Unreadable(event.scan_id.to_string())
        }
    }
}

impl From<Value> for Incoming {
    fn from(value: Value) -> Self {
        let named = value.get("scan_id").and_then(Value::as_str).unwrap_or_default();
        let named: String = named.chars().take(LONGEST_ECHO).collect();
        serde_json::from_value::<DeviceEvent>(value).map_or(Self::Unreadable(named), Self::from)
    }
}

/// Reads the payload: all events in one go, and one by one only when one of them cannot be read.
fn read(payload: &[u8]) -> Result<SyncRequest<Incoming>, Problem> {
    let request = match serde_json::from_slice::<SyncRequest>(payload) {
        Ok(request) => incoming(request),
        Err(_) => incoming(serde_json::from_slice::<SyncRequest<Value>>(payload).map_err(|error| {
            Problem::new(
                ProblemCode::Malformed,
                format!("The payload must be a JSON object with device_id, sent_at and events: {error}."),
            )
        })?),
    };
    if request.events.len() > LARGEST_BATCH {
        let mut errors = Errors::default();
        errors.add(
            "events",
            format!("must be {LARGEST_BATCH} at most; send the rest in the next request"),
        );
        return Err(errors.into_problem());
    }
    Ok(request)
}

fn incoming<E: Into<Incoming>>(request: SyncRequest<E>) -> SyncRequest<Incoming> {
    SyncRequest {
        device_id: request.device_id,
        sent_at: request.sent_at,
        waiting: request.waiting,
        recent_since: request.recent_since,
        events: request.events.into_iter().map(Into::into).collect(),
    }
}

fn refused(scan_id: String, reason: Reason) -> EventResult {
    EventResult {
        scan_id,
        verdict: Verdict::Refused,
        reason,
        flags: Flags::new(),
    }
}

/// Checks the signature of every pass that was scanned. A code that is, bit for bit, one that we issued needs no
/// calculation: that is nearly every one, and a third of what an event cost.
async fn judge_keys(state: &AppState, scope: &Scope, events: Vec<DeviceEvent>) -> Result<Vec<DeviceScan>, Problem> {
    let passes: Vec<Option<Credential>> = events.iter().map(scanned_pass).collect();
    let kids: BTreeSet<u8> = passes.iter().flatten().map(|pass| pass.body.kid).collect();
    for kid in kids {
        let asked = state.ring.ensure(kid).await;
        asked.map_err(|error| Problem::server_error("reading the signing keys", &error))?;
    }
    let shown: Vec<Credential> = passes.iter().flatten().copied().collect();
    let issued = state.store.are_issued(scope, &shown).await;
    let issued = issued.map_err(|error| Problem::server_error("looking up the passes", &error))?;
    let mut issued = issued.into_iter();
    let mut check = |pass: Credential| {
        if issued.next() == Some(true) {
            return state.ring.of_issued(pass.body.kid);
        }
        let message = pass.signing_input(&state.issuer);
        state.ring.verify(pass.body.kid, message.as_bytes(), &pass.signature)
    };
    // Two hundred signatures take some milliseconds of a core: other requests must not wait behind them.
    let scans = tokio::task::block_in_place(|| {
        events
            .into_iter()
            .zip(passes)
            .map(|(event, pass)| DeviceScan {
                event,
                key: pass.map(&mut check),
            })
            .collect()
    });
    Ok(scans)
}

fn scanned_pass(event: &DeviceEvent) -> Option<Credential> {
    match (event.kind, event.scanned()) {
        (EventKind::CheckIn, Ok(Scanned::Credential(credential))) => Some(credential),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "0198c0de-0000-7000-8000-000000000001";

    fn event() -> Value {
        json!({
            "scan_id": ID, "seq": 1, "prev": null, "kind": "check_in", "credential": "RND1:X", "number": null,
            "activity_id": ID, "occurred_at": "2026-03-01T10:00:00Z", "clock_offset_ms": 0, "package_epoch": 1,
            "device_verdict": "counted", "device_reason": "ok", "manual": false,
        })
    }

    fn request(events: &[Value]) -> Vec<u8> {
        let request = json!({"device_id": ID, "sent_at": "2026-03-01T10:00:00Z", "events": events});
        serde_json::to_vec(&request).unwrap()
    }

    #[test]
    fn one_bad_event_never_fails_its_neighbours() {
        let with = |member: &str, value: Value| {
            let mut event = event();
            event[member] = value;
            event
        };
        let bad = [
            json!({"scan_id": "niets"}),
            json!(7),
            with("seq", json!(0)),
            with("clock_offset_ms", json!(i64::MIN)),
            with("prev", json!("\u{0}")),
            with("credential", json!("A".repeat(LARGEST_EVENT_BYTES + 1))),
            with("scan_id", json!("x".repeat(1_000))),
            with("kind", json!("annul")),
        ];
        let mut events = vec![event()];
        for bad in bad {
            events.extend([bad, event()]);
        }
        let read = read(&request(&events)).unwrap();
        let kinds: Vec<bool> = read
            .events
            .iter()
            .map(|event| matches!(event, Incoming::Event(_)))
            .collect();
        let expected: Vec<bool> = (0..events.len()).map(|at| at % 2 == 0).collect();
        assert_eq!(kinds, expected);
        let echo = |at: usize| match &read.events[at] {
            Incoming::Unreadable(id) => id.clone(),
            Incoming::Event(_) => unreachable!("not readable"),
        };
        assert_eq!(
            (echo(1).as_str(), echo(3).as_str(), echo(5).as_str()),
            ("niets", "", ID)
        );
        assert_eq!(echo(13).len(), LONGEST_ECHO);
    }

    #[test]
    fn more_than_two_hundred_are_refused_with_the_limit() {
        assert_eq!(read(&request(&vec![event(); 200])).unwrap().events.len(), 200);
        let problem = read(&request(&vec![event(); 201])).unwrap_err();
        assert_eq!(problem.status(), 422);
        assert!(problem.detail().contains("200"));
        for nothing in ["", "[]", "{}", "null", "{\"device_id\":1}"] {
            assert_eq!(read(nothing.as_bytes()).unwrap_err().status(), 400, "{nothing}");
        }
    }
}
