//! Who signed: one trait for server and phone, and the phone's own implementation.

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Credential;
use crate::codes::code_enum;

code_enum! {
    /// What became of a signature check.
    KeyVerdict("key verdict") {
        /// Signed by a key of the issuer.
        Valid = "valid",
        /// Not signed by the key it names: forged, or damaged in a way that still reads.
        BadSignature = "bad_signature",
        /// Names a key that is not here: synchronise first, the pass may be good.
        UnknownKey = "unknown_key",
        /// Names a key that the issuer has withdrawn.
        KeyRevoked = "key_revoked",
    }
}

/// Checks Ed25519 signatures of passes.
pub trait SignatureVerifier {
    /// Whether key `kid` signed `message`. Looks at the key first: an unknown or withdrawn one decides by itself.
    fn verify(&self, kid: u8, message: &[u8], signature: &[u8; 64]) -> KeyVerdict;
}

impl Credential {
    /// Rebuilds the JWT's signing input for `issuer` and checks this credential's signature over it.
    pub fn verify(&self, issuer: &str, verifier: &(impl SignatureVerifier + ?Sized)) -> KeyVerdict {
        verifier.verify(self.body.kid, self.signing_input(issuer).as_bytes(), &self.signature)
    }
}

/// A public key of the issuer, as the JWKS gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationKey {
    /// The number by which credentials name it.
    pub kid: u8,
    /// The 32 bytes of the public key (`x` of the JWK).
    pub public: [u8; 32],
    /// Withdrawn: nothing it signed is accepted any more.
    pub revoked: bool,
}

/// Thirty-two bytes that are no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("key {kid} is no usable Ed25519 public key")]
pub struct KeyError {
    /// The key that was refused.
    pub kid: u8,
}

/// The verifier of the browser. The server has its own, with the same answers.
#[derive(Debug, Clone, Default)]
pub struct Ed25519Verifier {
    keys: Vec<(VerificationKey, VerifyingKey)>,
}

impl Ed25519Verifier {
    /// Takes the issuer's public keys.
    ///
    /// # Errors
    /// The first key that is no point on the curve, or one of so low an order that it would accept anything.
    pub fn new(keys: impl IntoIterator<Item = VerificationKey>) -> Result<Self, KeyError> {
        let keys = keys
            .into_iter()
            .map(|key| match VerifyingKey::from_bytes(&key.public) {
                Ok(point) if !point.is_weak() => Ok((key, point)),
                _ => Err(KeyError { kid: key.kid }),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { keys })
    }
}

impl SignatureVerifier for Ed25519Verifier {
    fn verify(&self, kid: u8, message: &[u8], signature: &[u8; 64]) -> KeyVerdict {
        let Some((key, point)) = self.keys.iter().find(|(key, _)| key.kid == kid) else {
            return KeyVerdict::UnknownKey;
        };
        if key.revoked {
            return KeyVerdict::KeyRevoked;
        }
        match point.verify_strict(message, &Signature::from_bytes(signature)) {
            Ok(()) => KeyVerdict::Valid,
            Err(_) => KeyVerdict::BadSignature,
        }
    }
}
