//! What a device signed: the compact form of JOSE, and nothing of JOSE but ES256.
//!
//! A signed text names its algorithm itself, which is how most attacks on JWTs begin. Here it does not choose: a header
//! that asks for anything else is not read at all, and the key is always a device's point on P-256.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use storage::DeviceKey;

/// A longer header says more than we read.
const LONGEST_HEADER: usize = 512;

/// A text in the compact form, not verified yet.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    /// Who is said to have signed, in a JWS.
    pub(crate) kid: Option<String>,
    /// What is said.
    pub(crate) payload: Vec<u8>,
    input: &'a str,
    signature: Vec<u8>,
}

/// The members of a header that are known; `crit` and all others are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    typ: Option<String>,
}

impl<'a> Signed<'a> {
    /// Takes the text apart; `None` when it is not `header.payload.signature` with `"alg":"ES256"`.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (input, signature) = text.rsplit_once('.')?;
        let (header, payload) = input.split_once('.')?;
        if header.len() > LONGEST_HEADER {
            return None;
        }
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: Header = serde_json::from_slice(&header).ok()?;
        let typ = header.typ.as_deref().unwrap_or("JWT");
        if header.alg != "ES256" || !(typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("JOSE")) {
            return None;
        }
        Some(Self {
            kid: header.kid,
            payload: URL_SAFE_NO_PAD.decode(payload).ok()?,
            input,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// Whether this key signed it.
    pub(crate) fn is_by(&self, key: &DeviceKey) -> bool {
        // A signature of another length is refused by the library.
        ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.0)
            .is_ok_and(|key| key.verify_sig(self.input.as_bytes(), &self.signature).is_ok())
    }
}

/// A public key as WebCrypto exports it.
#[derive(Debug, Deserialize)]
pub(crate) struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
    #[serde(default)]
    d: Option<serde_json::Value>,
}

/// Why a JWK cannot be a device's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwkError {
    /// Not a JWK, or of another kind.
    #[error("must be a JWK with kty EC, crv P-256, x and y")]
    Kind,
    /// The private half: it must never leave the device.
    #[error("must be the public key only; this one holds the private part, so make a new key")]
    Private,
    /// Coordinates that lie on no curve.
    #[error("is not a point of P-256")]
    Point,
}

/// The point of a JWK.
pub(crate) fn device_key(jwk: &serde_json::Value) -> Result<DeviceKey, JwkError> {
    let jwk = Jwk::deserialize(jwk).map_err(|_| JwkError::Kind)?;
    if jwk.d.is_some() {
        return Err(JwkError::Private);
    }
    if jwk.kty != "EC" || jwk.crv != "P-256" {
        return Err(JwkError::Kind);
    }
    let mut point = Vec::with_capacity(65);
    point.push(4);
    for coordinate in [&jwk.x, &jwk.y] {
        let coordinate = URL_SAFE_NO_PAD.decode(coordinate).map_err(|_| JwkError::Point)?;
        if coordinate.len() != 32 {
            return Err(JwkError::Point);
        }
        point.extend_from_slice(&coordinate);
    }
    let point: [u8; 65] = point.try_into().map_err(|_| JwkError::Point)?;
    ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).map_err(|_| JwkError::Point)?;
    Ok(DeviceKey(point))
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::json;

    use super::*;

    fn pair() -> (EcdsaKeyPair, DeviceKey) {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let key = DeviceKey(pair.public_key().as_ref().try_into().unwrap());
        (pair, key)
    }

    fn signed(pair: &EcdsaKeyPair, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let signature = pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        domain::device::token::compact(&input, signature.as_ref())
    }

    #[test]
    fn only_es256_by_the_devices_own_key_is_believed() {
        let ((pair, key), (_, other)) = (self::pair(), self::pair());
        let good = signed(&pair, r#"{"alg":"ES256","kid":"a"}"#, "{}");
        let read = Signed::read(&good).unwrap();
        assert_eq!((read.kid.as_deref(), read.payload.as_slice()), (Some("a"), &b"{}"[..]));
        assert!(read.is_by(&key) && !read.is_by(&other));
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256"}"#,
            r#"{"alg":"es256"}"#,
            r#"{"alg":"ES256","crit":["x"]}"#,
            r#"{"alg":"ES256","alg":"none"}"#,
            r#"{"alg":"ES256","jwk":{}}"#,
            r#"{"typ":"JWT"}"#,
            "[]",
            "",
        ] {
            assert!(Signed::read(&signed(&pair, header, "{}")).is_none(), "{header}");
        }
        let huge = format!(r#"{{"alg":"ES256","kid":"{}"}}"#, "k".repeat(100_000));
        assert!(Signed::read(&signed(&pair, &huge, "{}")).is_none());
    }

    #[test]
    fn a_changed_letter_breaks_the_seal_and_nothing_crashes() {
        let (pair, key) = pair();
        let good = signed(&pair, r#"{"alg":"ES256"}"#, r#"{"a":1}"#);
        for at in 0..good.len() {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let believed = Signed::read(&changed).is_some_and(|read| read.is_by(&key));
            assert!(!believed, "letter {at} may not be changed");
        }
        for text in [
            "",
            ".",
            "..",
            "...",
            "a.b",
            "é.é.é",
            &good[1..],
            &good[..good.len() - 2],
        ] {
            assert!(!Signed::read(text).is_some_and(|read| read.is_by(&key)), "{text}");
        }
    }

    #[test]
    fn a_key_is_a_public_point_of_p_256() {
        let (_, key) = pair();
        let [x, y] = [&key.0[1..33], &key.0[33..]].map(|half| URL_SAFE_NO_PAD.encode(half));
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "ext": true, "key_ops": ["verify"]});
        assert_eq!(device_key(&jwk), Ok(key));
        let with = |member: &str, value: serde_json::Value| {
            let mut jwk = jwk.clone();
            jwk[member] = value;
            device_key(&jwk)
        };
        assert_eq!(with("d", json!("AA")), Err(JwkError::Private));
        assert_eq!(with("crv", json!("P-384")), Err(JwkError::Kind));
        assert_eq!(with("kty", json!("RSA")), Err(JwkError::Kind));
        assert_eq!(with("x", json!(7)), Err(JwkError::Kind));
        assert_eq!(with("y", json!(x)), Err(JwkError::Point));
        assert_eq!(with("x", json!("AAAA")), Err(JwkError::Point));
        assert_eq!(device_key(&json!("key")), Err(JwkError::Kind));
    }
}
