//! `POST /api/v1/check-ins`: one scan of an online client. It is acknowledged after the commit is durable.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use domain::{ActivityId, Reason, ScanId, Scanned, SignatureVerifier, parse_scan};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use storage::{CheckIn, CheckInError, Permission};
use utoipa::ToSchema;
use uuid::Uuid;

use super::CheckInResult;
use crate::api::input::{Errors, Fields};
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// A clock that is more than a year off is no clock: the field is wrong, not the time.
const LARGEST_OFFSET_MS: i64 = 366 * 24 * 3_600_000;
/// An event may have 16 KiB (docs/protocol.md §7); a credential is 125 characters, a foreign QR can be long.
const LONGEST_CREDENTIAL: usize = 8 * 1_024;

/// One scan.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(
    dead_code,
    reason = "describes the body; the fields are read one by one so that every bad one is reported"
)]
pub(crate) struct NewCheckIn {
    /// UUIDv7 that the client makes once for a scan and repeats when it retries.
    scan_id: Uuid,
    /// What the camera read: `RND1:…`. Either this or `number`.
    credential: Option<String>,
    /// The number as typed: `XXXX-XXXX-XXX`. Either this or `credential`.
    number: Option<String>,
    /// What the person came for.
    activity_id: Uuid,
    /// When it was scanned, by the client's clock (RFC 3339); now when left out.
    occurred_at: Option<String>,
    /// Milliseconds to add to the client's clock to get the server's.
    clock_offset_ms: Option<i64>,
    /// Whether a person typed it in afterwards.
    manual: Option<bool>,
}

/// The fields after checking, before the signature is.
struct Request {
    scan_id: ScanId,
    input: Result<Scanned, Reason>,
    raw: String,
    activity: ActivityId,
    occurred_at: Option<jiff::Timestamp>,
    clock_offset_ms: i64,
    manual: bool,
}

impl Request {
    fn read(fields: &Fields) -> Result<Self, Problem> {
        let mut errors = Errors::default();
        let scan_id = fields.parsed::<ScanId>("scan_id", "a UUID", &mut errors);
        let activity = fields.parsed::<ActivityId>("activity_id", "the UUID of an activity", &mut errors);
        let credential = fields.text("credential", LONGEST_CREDENTIAL, &mut errors);
        let number = fields.text("number", 64, &mut errors);
        let occurred_at = fields.moment("occurred_at", &mut errors);
        let clock_offset_ms = fields.whole("clock_offset_ms", LARGEST_OFFSET_MS, &mut errors);
        let manual = fields.flag("manual", &mut errors);
        let read = match (credential, number) {
            (Some(text), None) => Some((parse_scan(text), text)),
            (None, Some(text)) => Some((text.parse().map(Scanned::Number).map_err(|_| Reason::Malformed), text)),
            (Some(_), Some(_)) => {
                errors.add("number", "must be left out when `credential` is given");
                None
            }
            (None, None) => {
                if !errors.mentions(&["credential", "number"]) {
                    errors.add(
                        "credential",
                        "is missing; send `credential` (what the camera read) or `number`",
                    );
                }
                None
            }
        };
        match (scan_id, activity, read) {
            (Some(scan_id), Some(activity), Some((input, raw))) if errors.is_empty() => Ok(Self {
                scan_id,
                input,
                raw: raw.to_owned(),
                activity,
                occurred_at,
                clock_offset_ms,
                manual,
            }),
            _ => Err(errors.into_problem()),
        }
    }

    /// The request's meaning: the same pass, activity and moment, however they were spelt.
    fn content_hash(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        match &self.input {
            Ok(Scanned::Credential(credential)) => {
                digest.update(b"credential\0");
                digest.update(credential.body.to_bytes());
                digest.update(credential.signature);
            }
            Ok(Scanned::Number(number)) => {
                digest.update(b"number\0");
                digest.update(number.compact());
            }
            Err(_) => {
                digest.update(b"unreadable\0");
                digest.update(&self.raw);
            }
        }
        digest.update(self.activity.uuid().as_bytes());
        // A leading byte keeps "no moment" and every moment apart.
        digest.update([u8::from(self.occurred_at.is_some()), u8::from(self.manual)]);
        digest.update(
            self.occurred_at
                .map_or(0, jiff::Timestamp::as_microsecond)
                .to_be_bytes(),
        );
        digest.finalize().into()
    }
}

/// Count a visit.
///
/// Send the same `scan_id` again after a lost answer: the stored verdict comes back with 200. A refused pass is no
/// error: the answer is 201 with `verdict: refused` and the reason.
#[utoipa::path(
    post,
    path = "/api/v1/check-ins",
    tag = "check-ins",
    request_body = NewCheckIn,
    security(("client_token" = []), ("session" = [])),
    responses(
        (status = 201, description = "recorded; look at `verdict`", body = CheckInResult),
        (status = 200, description = "was recorded before, with the same content", body = CheckInResult),
        (status = 400, description = "`malformed`: not UTF-8, cut off, or not JSON", body = ProblemDocument),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied` or `cross_origin`", body = ProblemDocument),
        (status = 409, description = "`id_reuse`: the `scan_id` came with other content", body = ProblemDocument),
        (status = 413, description = "`too_large`", body = ProblemDocument),
        (status = 415, description = "`unsupported_media_type`", body = ProblemDocument),
        (status = 422, description = "`validation`: `errors` names every bad field", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<CheckInResult>), Problem> {
    let scope = caller.require(Permission::Scan)?;
    let request = Request::read(&Fields::read(&headers, body)?)?;
    let content_hash = request.content_hash();
    let key = match &request.input {
        Ok(Scanned::Credential(credential)) => {
            let kid = credential.body.kid;
            let asked = state.ring.ensure(kid).await;
            asked.map_err(|error| Problem::server_error("reading the signing keys", &error))?;
            let message = credential.signing_input(&state.issuer);
            Some(state.ring.verify(kid, message.as_bytes(), &credential.signature))
        }
        _ => None,
    };
    let check_in = CheckIn {
        scan_id: request.scan_id,
        input: request.input,
        key,
        content_hash,
        activity: request.activity,
        occurred_at: request.occurred_at,
        clock_offset_ms: request.clock_offset_ms,
        manual: request.manual,
        note: None,
    };
    let recorded = state.store.check_in(scope, check_in).await.map_err(problem)?;
    let status = if recorded.replay {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(CheckInResult::from(&recorded))))
}

fn problem(error: CheckInError) -> Problem {
    match error {
        CheckInError::IdReuse => Problem::new(
            ProblemCode::IdReuse,
            "This scan_id was recorded before with another pass, activity or time.",
        ),
        CheckInError::Denied => Problem::new(ProblemCode::RoleDenied, "This token or session may not scan."),
        CheckInError::Storage(error) => Problem::server_error("recording the scan", &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCAN: &str = "0198c0de-0000-7000-8000-000000000001";
    const ACTIVITY: &str = "0198c0de-0000-7000-8000-000000000002";

    fn read(json: &str) -> Result<Request, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        Request::read(&Fields::read(&headers, Ok(Bytes::from(json.to_owned())))?)
    }

    #[test]
    fn the_same_number_spelt_otherwise_is_the_same_content() {
        let hash = |number: &str, at: &str| {
            let json =
                format!(r#"{{"scan_id":"{SCAN}","number":"{number}","activity_id":"{ACTIVITY}","occurred_at":{at}}}"#);
            read(&json).unwrap().content_hash()
        };
        let number = domain::Number::from_tag(domain::Tag::try_from(123_456).unwrap()).to_string();
        let same = number.to_lowercase().replace('-', " ");
        assert_eq!(hash(&number, "null"), hash(&same, "null"));
        assert_ne!(hash(&number, "null"), hash(&number, "\"2026-03-01T10:00:00Z\""));
        assert_eq!(
            hash(&number, "\"2026-03-01T11:00:00+01:00\""),
            hash(&number, "\"2026-03-01T10:00:00Z\""),
            "the same moment"
        );
    }

    #[test]
    fn a_foreign_code_is_a_scan_and_not_a_bad_request() {
        let json = format!(r#"{{"scan_id":"{SCAN}","credential":"https://example.com","activity_id":"{ACTIVITY}"}}"#);
        assert_eq!(read(&json).unwrap().input.unwrap_err(), Reason::ForeignQr);
    }

    #[test]
    fn all_bad_fields_are_reported_together() {
        let Err(problem) = read(r#"{"scan_id":"1","occurred_at":"gisteren","manual":1}"#) else {
            unreachable!("nothing of this is right")
        };
        let json = serde_json::to_value(problem.document()).unwrap();
        let fields: Vec<_> = json["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["field"].as_str().unwrap())
            .collect();
        assert_eq!(
            fields,
            ["scan_id", "activity_id", "occurred_at", "manual", "credential"]
        );
    }

    #[test]
    fn pass_and_number_together_are_refused() {
        let json = format!(r#"{{"scan_id":"{SCAN}","credential":"RND1:X","number":"A","activity_id":"{ACTIVITY}"}}"#);
        assert!(read(&json).is_err());
    }
}
