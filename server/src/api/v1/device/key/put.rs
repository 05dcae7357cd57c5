//! `PUT /api/v1/device/key`: a device gives itself a new key (docs/protocol.md §2).

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::input::{Errors, Fields};
use crate::auth::device::{DeviceCaller, SignedWith};
use crate::auth::jose::device_key;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// A device's new key.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body")]
pub(crate) struct NewDeviceKey {
    /// The public half of a P-256 key as a JWK: `kty`, `crv`, `x`, `y`.
    #[schema(value_type = Object)]
    public_key: Value,
}

/// Change the device's key.
///
/// Signed by the key that is current. What the key before it signed is still taken; the key before that is forgotten.
/// After a lost answer the same request, signed by either key, is answered with 204 again.
#[utoipa::path(
    put,
    path = "/api/v1/device/key",
    tag = "devices",
    request_body = NewDeviceKey,
    security(("device_token" = [])),
    responses(
        (status = 204, description = "the new key is current"),
        (status = 400, description = "`malformed`", body = ProblemDocument),
        (status = 401, description = "`device_unknown`, `device_key_unknown`, `device_token_expired` or \
                                      `unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`device_revoked`", body = ProblemDocument),
        (status = 415, description = "`unsupported_media_type`", body = ProblemDocument),
        (status = 422, description = "`validation`: not a public key of P-256", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    device: DeviceCaller,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let fields = Fields::read(&headers, body)?;
    let mut errors = Errors::default();
    let key = fields.value("public_key", &mut errors);
    let Some(key) = key.and_then(|jwk| errors.keep("public_key", device_key(jwk))) else {
        return Err(errors.into_problem());
    };
    if key == device.known.key {
        return Ok(StatusCode::NO_CONTENT);
    }
    // Whoever found an old key must not be able to take the device over with it.
    if device.with == SignedWith::Old {
        return Err(Problem::new(
            ProblemCode::DeviceKeyUnknown,
            "This key was replaced; only the current key may name a new one.",
        ));
    }
    match state.store.roll_device_key(&device.known.scope, key).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(storage::Error::Unknown(_)) => Err(Problem::new(
            ProblemCode::DeviceRevoked,
            "The organiser revoked this device a moment ago.",
        )),
        Err(error) => Err(Problem::server_error("changing the device's key", &error)),
    }
}
