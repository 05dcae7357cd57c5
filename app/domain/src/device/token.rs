//! What the device's key signs: a short-lived token for reading, a JWS for handing over. ES256 both; the phone signs with
//! WebCrypto, the server checks with its own library, and both lay the text out here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::DeviceId;

/// The longest that a device's token may be valid.
pub const LONGEST_TOKEN_SECONDS: i64 = 120;

/// How far a device's clock may run ahead when it makes a token.
pub const TOKEN_LEEWAY_SECONDS: i64 = 60;

/// The claims of `Authorization: Device <JWT>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceClaims {
    /// The device.
    pub sub: DeviceId,
    /// The origin that it talks to, `https://host[:port]`.
    pub aud: String,
    /// Made at: seconds since 1970, by the device's corrected clock.
    pub iat: i64,
    /// Valid until, exclusive.
    pub exp: i64,
}

impl DeviceClaims {
    /// A token made at `now` for `origin`.
    #[must_use]
    pub fn new(device: DeviceId, origin: &str, now: Timestamp) -> Self {
        let iat = now.as_second();
        Self {
            sub: device,
            aud: origin.to_owned(),
            iat,
            exp: iat + LONGEST_TOKEN_SECONDS,
        }
    }

    /// Whether it is valid at `now`: not longer than allowed, not from the future, not over.
    #[must_use]
    pub fn is_current(&self, now: Timestamp) -> bool {
        let now = now.as_second();
        self.iat <= now.saturating_add(TOKEN_LEEWAY_SECONDS)
            && self.exp > now
            && self.exp.saturating_sub(self.iat) <= LONGEST_TOKEN_SECONDS
    }

    /// What has to be signed; the JWT is this, a dot, and the signature.
    #[must_use]
    pub fn signing_input(&self) -> String {
        jws_input(
            r#"{"typ":"JWT","alg":"ES256"}"#,
            &serde_json::to_vec(self).unwrap_or_default(),
        )
    }
}

/// What has to be signed to hand `payload` (JSON) over as this device.
#[must_use]
pub fn sync_input(device: DeviceId, payload: &[u8]) -> String {
    jws_input(&format!(r#"{{"alg":"ES256","kid":"{device}"}}"#), payload)
}

/// The compact form of a signed text. `signature` is `r ‖ s`, as WebCrypto and JOSE have it.
#[must_use]
pub fn compact(signing_input: &str, signature: &[u8]) -> String {
    format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn jws_input(header: &str, payload: &[u8]) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_token_lives_two_minutes_and_not_longer() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let device = DeviceId::from(Uuid::from_u128(7));
        let claims = DeviceClaims::new(device, "https://pas.example", at(1_000));
        assert!(claims.is_current(at(1_000)) && claims.is_current(at(1_119)) && claims.is_current(at(940)));
        assert!(!claims.is_current(at(1_120)), "over");
        assert!(!claims.is_current(at(939)), "from the future");
        let longer = DeviceClaims {
            exp: claims.exp + 1,
            ..claims
        };
        assert!(!longer.is_current(at(1_000)), "longer than allowed");
    }

    #[test]
    fn the_layout_is_a_compact_jws() {
        let device = DeviceId::from(Uuid::from_u128(7));
        let signed = compact(&sync_input(device, b"{}"), &[0; 64]);
        let parts: Vec<&str> = signed.split('.').collect();
        let header = URL_SAFE_NO_PAD.decode(parts[0]).unwrap();
        assert_eq!(
            String::from_utf8(header).unwrap(),
            r#"{"alg":"ES256","kid":"00000000-0000-0000-0000-000000000007"}"#
        );
        assert_eq!((parts[1], parts[2].len()), ("e30", 86));
    }
}
