//! Signing a pass with the library that also makes our other tokens, so that there is one Ed25519 on the server.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use storage::{PassSigner, SignError};

/// A key that signs passes.
pub(crate) struct Ed25519Signer {
    kid: u8,
    public: [u8; 32],
    key: EncodingKey,
}

/// The seed is not usable as a key.
#[derive(Debug, thiserror::Error)]
#[error("its 32 bytes are not an Ed25519 seed")]
pub(crate) struct SignerError;

/// The fixed start of a PKCS#8 version 1 document with an Ed25519 seed (RFC 8410 §7): only the seed differs.
const PKCS8_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The public half of a seed.
pub(super) fn public_of(seed: &[u8; 32]) -> Result<[u8; 32], SignerError> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| SignerError)?;
    pair.public_key().as_ref().try_into().map_err(|_| SignerError)
}

impl Ed25519Signer {
    /// The key with this number and secret.
    pub(crate) fn new(kid: u8, seed: &[u8; 32]) -> Result<Self, SignerError> {
        let public = public_of(seed)?;
        let mut document = PKCS8_PREFIX.to_vec();
        document.extend_from_slice(seed);
        Ok(Self {
            kid,
            public,
            key: EncodingKey::from_ed_der(&document),
        })
    }

    /// The key's number in every credential.
    pub(crate) const fn number(&self) -> u8 {
        self.kid
    }

    /// The public half.
    pub(crate) const fn public(&self) -> [u8; 32] {
        self.public
    }
}

impl PassSigner for Ed25519Signer {
    fn kid(&self) -> u8 {
        self.kid
    }

    fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], SignError> {
        let text = jsonwebtoken::crypto::sign(signing_input, &self.key, Algorithm::EdDSA)
            .map_err(|error| SignError(error.to_string()))?;
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|error| SignError(error.to_string()))?;
        bytes
            .try_into()
            .map_err(|_| SignError("the signature is not 64 bytes long".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Body, Credential, CredentialDay, PassKind, Tag};
    use jsonwebtoken::{DecodingKey, Header, Validation};
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Claims {
        iss: String,
        sub: String,
        idx: u32,
        knd: u8,
        nbf: i64,
        exp: i64,
    }

    fn body() -> Body {
        Body {
            version: 1,
            kind: PassKind::Personal,
            kid: 3,
            index: 41,
            tag: Tag::try_from(0x1234_5678_9abc_u64).unwrap(),
            from: CredentialDay::from_date(jiff::civil::date(2026, 12, 1)).unwrap(),
            until: CredentialDay::from_date(jiff::civil::date(2027, 11, 30)).unwrap(),
        }
    }

    /// The promise of docs/protocol §1: the QR code is the JWT in another coat.
    #[test]
    fn our_canonical_jwt_is_byte_for_byte_the_one_that_jsonwebtoken_makes() {
        let seed = [42; 32];
        let signer = Ed25519Signer::new(3, &seed).unwrap();
        let issuer = "https://pas.example";
        let body = body();
        let unsigned = Credential {
            body,
            signature: [0; 64],
            live: None,
        };
        let signature = signer.sign(unsigned.signing_input(issuer).as_bytes()).unwrap();
        let ours = Credential {
            body,
            signature,
            live: None,
        }
        .jwt(issuer);

        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some("3".to_owned());
        let number = domain::Number::from_tag(body.tag).compact();
        let claims = Claims {
            iss: issuer.to_owned(),
            sub: number,
            idx: 41,
            knd: 1,
            nbf: "2026-12-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second(),
            exp: "2027-12-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second(),
        };
        assert_eq!(ours, jsonwebtoken::encode(&header, &claims, &signer.key).unwrap());

        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.validate_exp = false;
        validation.set_issuer(&[issuer]);
        let key = DecodingKey::from_ed_der(&signer.public());
        let read = jsonwebtoken::decode::<Claims>(&ours, &key, &validation).unwrap();
        assert_eq!(read.claims.idx, 41);
    }
}
