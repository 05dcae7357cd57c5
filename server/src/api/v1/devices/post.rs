//! `POST /api/v1/devices`: a phone with a pairing code becomes a device of the organiser (docs/protocol.md §2).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use domain::PairingCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use storage::{PairingError, Scope};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::input::{Errors, Fields};
use crate::auth::address;
use crate::auth::jose::device_key;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// A phone that wants to join.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(
    dead_code,
    reason = "describes the body; the fields are read one by one so that every bad one is reported"
)]
pub(crate) struct NewDevice {
    /// Eight letters and digits, as the organiser's page or `randpas pairing create` shows them.
    pairing_code: String,
    /// 1 to 60 characters by which people recognise the device.
    name: String,
    /// The public half of a P-256 key as a JWK: `kty`, `crv`, `x`, `y`.
    #[schema(value_type = Object)]
    public_key: Value,
}

/// The device that the phone is now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PairedDevice {
    /// Names the device in every token and every hand-over.
    device_id: Uuid,
    /// Whose device it is.
    organiser: DeviceOrganiser,
    /// `counter`, `redeemer` or `supervisor`.
    role: &'static str,
    /// The server's clock, RFC 3339.
    #[schema(value_type = String)]
    server_time: Timestamp,
}

/// Whose device it is.
#[derive(Debug, Serialize, ToSchema)]
struct DeviceOrganiser {
    /// The organiser.
    id: Uuid,
    /// Its name.
    name: String,
}

/// Pair a device.
///
/// Without log-in: the code is the permission. It can be used once, for ten minutes. Sending the same code with the
/// same key again, after a lost answer, gives the same device.
#[utoipa::path(
    post,
    path = "/api/v1/devices",
    tag = "devices",
    request_body = NewDevice,
    responses(
        (status = 201, description = "paired", body = PairedDevice),
        (status = 400, description = "`malformed`: not UTF-8, cut off, or not JSON", body = ProblemDocument),
        (status = 404, description = "`pairing_code_unknown`", body = ProblemDocument),
        (status = 409, description = "`pairing_code_used`", body = ProblemDocument),
        (status = 410, description = "`pairing_code_expired`", body = ProblemDocument),
        (status = 415, description = "`unsupported_media_type`", body = ProblemDocument),
        (status = 422, description = "`validation`: `errors` names every bad field", body = ProblemDocument),
        (status = 429, description = "`rate_limited`: too many wrong codes from one address", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<PairedDevice>), Problem> {
    let fields = Fields::read(&headers, body)?;
    let mut errors = Errors::default();
    let code = fields.parsed::<PairingCode>("pairing_code", "eight letters and digits", &mut errors);
    let name = fields.required("name", 1_024, &mut errors);
    let key = fields.value("public_key", &mut errors);
    let key = key.and_then(|jwk| errors.keep("public_key", device_key(jwk)));
    let (Some(code), Some(name), Some(key)) = (code, name, key) else {
        return Err(errors.into_problem());
    };
    let (from, now) = (address::current(), state.store.env().now());
    state.pairing_tries.take(from, now).map_err(Problem::too_many)?;
    let paired = state.store.pair_device(&Scope::public(), &code, name, key).await;
    let device = paired.map_err(problem)?;
    // Whoever has a good code may pair the next phone: a club's whole desk has one address.
    state.pairing_tries.forgive(&from);
    let failed = |error: storage::Error| Problem::server_error("looking up the organiser", &error);
    let organiser = state.store.organiser(&Scope::public(), device.organiser).await;
    let organiser = organiser
        .map_err(failed)?
        .ok_or_else(|| Problem::not_found("organiser"))?;
    let paired = PairedDevice {
        device_id: device.id.uuid(),
        organiser: DeviceOrganiser {
            id: organiser.id.uuid(),
            name: organiser.name,
        },
        role: device.role.code(),
        server_time: state.store.env().now(),
    };
    Ok((StatusCode::CREATED, Json(paired)))
}

fn problem(error: PairingError) -> Problem {
    match error {
        PairingError::Unknown => Problem::new(
            ProblemCode::PairingCodeUnknown,
            "No organiser made this code in the last day.",
        ),
        PairingError::Expired => Problem::new(
            ProblemCode::PairingCodeExpired,
            "A code can be used for ten minutes; this one is older.",
        ),
        PairingError::Used => Problem::new(
            ProblemCode::PairingCodeUsed,
            "A device with another key used this code.",
        ),
        PairingError::Name => {
            let mut errors = Errors::default();
            errors.add("name", "must be 1 to 60 characters on one line");
            errors.into_problem()
        }
        PairingError::Storage(error) => Problem::server_error("pairing the device", &error),
    }
}
