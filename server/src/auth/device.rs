//! A paired device that asks: `Authorization: Device <JWT>`, signed by the device's own key (docs/protocol.md §2).
//!
//! Nothing is remembered between two requests: whoever is revoked is refused at the next one.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use domain::DeviceId;
use domain::device::token::DeviceClaims;
use storage::KnownDevice;

use super::jose::Signed;
use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;

/// A longer token holds more than a token.
const LONGEST_TOKEN: usize = 2_048;

/// Which of its keys a device signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignedWith {
    /// The newest.
    Current,
    /// The one before the last roll: the answer to the roll may not have arrived.
    Old,
}

/// The device that asks; it is paired and not revoked.
#[derive(Debug)]
pub(crate) struct DeviceCaller {
    /// The device with its keys and its scope.
    pub(crate) known: KnownDevice,
    /// Which of its keys opened the door.
    pub(crate) with: SignedWith,
}

/// The device of a signed text, when one of its keys signed it; revoked or not.
pub(crate) async fn signer(
    state: &AppState,
    id: DeviceId,
    signed: &Signed<'_>,
) -> Result<(KnownDevice, SignedWith), Problem> {
    let found = state.store.device_by_id(id).await;
    let known = found
        .map_err(|error| Problem::server_error("looking up the device", &error))?
        .ok_or_else(|| Problem::new(ProblemCode::DeviceUnknown, "No device of this id was paired here."))?;
    let with = if signed.is_by(&known.key) {
        SignedWith::Current
    } else if known.old_key.as_ref().is_some_and(|key| signed.is_by(key)) {
        SignedWith::Old
    } else {
        return Err(Problem::new(
            ProblemCode::DeviceKeyUnknown,
            "The signature is not by a key of this device.",
        ));
    };
    Ok((known, with))
}

/// Refuses a device that the organiser took out of use.
pub(crate) fn in_use(known: &KnownDevice) -> Result<(), Problem> {
    match known.device.revoked_at {
        None => Ok(()),
        Some(at) => Err(Problem::new(
            ProblemCode::DeviceRevoked,
            format!("The organiser revoked this device at {at}. Scans that it still has are taken into quarantine."),
        )),
    }
}

impl FromRequestParts<AppState> for DeviceCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let refused = |detail: &str| Problem::new(ProblemCode::Unauthenticated, detail);
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(device_token)
            .ok_or_else(|| refused("`Authorization` must read `Device <JWT>`, signed by the device's key."))?;
        let signed = Signed::read(token).ok_or_else(|| refused("The token must be a JWT with `\"alg\":\"ES256\"`."))?;
        let claims: DeviceClaims = serde_json::from_slice(&signed.payload)
            .map_err(|_| refused("The token's claims must be `sub`, `aud`, `iat` and `exp`."))?;
        let (known, with) = signer(state, claims.sub, &signed).await?;
        if !is_ours(&claims.aud, state, &parts.headers, &parts.uri) {
            return Err(refused(
                "`aud` must be the origin of this server, `https://host[:port]`.",
            ));
        }
        let now = state.store.env().now();
        if !claims.is_current(now) {
            return Err(Problem::new(
                ProblemCode::DeviceTokenExpired,
                format!("It is {now} here; a token may live 120 seconds. `Date` tells the clock's error."),
            ));
        }
        in_use(&known)?;
        Ok(Self { known, with })
    }
}

fn device_token(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("device") && token.len() <= LONGEST_TOKEN).then_some(token)
}

/// Whether a token was made for this server: its public address, or the one that the browser sees.
fn is_ours(aud: &str, state: &AppState, headers: &HeaderMap, uri: &Uri) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    names(aud, state.public_authority.as_deref(), state.secure, host)
}

/// `public` is reached by https or not, as the operator said; `host` by either, because a proxy may end TLS.
fn names(aud: &str, public: Option<&str>, secure: bool, host: Option<&str>) -> bool {
    let Some((scheme, authority)) = aud.split_once("://") else {
        return false;
    };
    let public = public == Some(authority) && scheme == if secure { "https" } else { "http" };
    public || (matches!(scheme, "http" | "https") && host == Some(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_devices_token_is_read() {
        assert_eq!(device_token("Device a.b.c"), Some("a.b.c"));
        assert_eq!(device_token("device  a.b.c "), Some("a.b.c"));
        assert_eq!(device_token("Bearer a.b.c"), None);
        assert_eq!(device_token("Device"), None);
        assert_eq!(device_token(&format!("Device {}", "a".repeat(LONGEST_TOKEN + 1))), None);
    }

    #[test]
    fn a_token_for_another_server_is_not_for_us() {
        let ours = |aud| names(aud, Some("pas.example"), true, Some("10.0.0.1:3000"));
        assert!(ours("https://pas.example"));
        assert!(ours("http://10.0.0.1:3000"));
        for wrong in [
            "http://pas.example",
            "https://pas.example/",
            "https://evil.example",
            "pas.example",
            "",
            "ftp://10.0.0.1:3000",
        ] {
            assert!(!ours(wrong), "{wrong}");
        }
        assert!(!names("https://", None, true, None));
    }
}
