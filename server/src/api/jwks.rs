//! `GET /.well-known/jwks.json`: the public keys, so that any JWT library can check a pass (docs/protocol.md §1).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use storage::SigningKeyRecord;
use utoipa::ToSchema;

use crate::http::state::AppState;

/// A JSON Web Key Set with the issuer that the keys sign for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeySet {
    /// `iss` of every pass: with it a JWT can be rebuilt from a QR code without any look-up.
    issuer: String,
    /// The keys, the newest last.
    keys: Vec<Key>,
}

/// One Ed25519 public key (RFC 8037) with when it may be used.
#[derive(Debug, Serialize, ToSchema)]
struct Key {
    /// Always `OKP`.
    kty: &'static str,
    /// Always `Ed25519`.
    crv: &'static str,
    /// Always `EdDSA`.
    alg: &'static str,
    /// Always `sig`.
    r#use: &'static str,
    /// Number of the key, as in every credential.
    kid: String,
    /// The key, base64url.
    x: String,
    /// First second it may sign.
    nbf: i64,
    /// Last second its signatures are accepted.
    exp: i64,
    /// When it was revoked; passes that it signed are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<i64>,
}

impl From<SigningKeyRecord> for Key {
    fn from(record: SigningKeyRecord) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: record.kid.to_string(),
            x: URL_SAFE_NO_PAD.encode(record.public),
            nbf: record.not_before.as_second(),
            exp: record.not_after.as_second(),
            revoked_at: record.revoked_at.map(jiff::Timestamp::as_second),
        }
    }
}

/// The public keys of this server and its siblings.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "keys", responses((status = 200, body = KeySet)))]
pub(crate) async fn get(State(state): State<AppState>) -> Response {
    let mut records = state.ring.records();
    records.sort_by_key(|record| record.kid);
    let set = KeySet {
        issuer: state.issuer.to_string(),
        keys: records.into_iter().map(Key::from).collect(),
    };
    // Short, so that a revocation is known soon; long enough that a till does not ask at every scan.
    (
        [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))],
        Json(set),
    )
        .into_response()
}
