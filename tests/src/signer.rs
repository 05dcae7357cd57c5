//! Signs what the server never would: passes of another year, passes that were never issued.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::{Body, Credential};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::Value;

use crate::home::Home;

/// The server's own pass key, read from its data folder.
#[derive(Debug)]
pub struct TestSigner {
    kid: u8,
    key: SigningKey,
}

impl TestSigner {
    /// The key of this home.
    ///
    /// # Panics
    /// When the folder holds no key.
    #[must_use]
    pub fn of(home: &Home) -> Self {
        let folder = home.folder().join("keys");
        let Ok(entries) = std::fs::read_dir(&folder) else {
            panic!("no keys in {}", folder.display())
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let kid = name.strip_prefix("pass-").and_then(|rest| rest.strip_suffix(".key"));
            if let Some(kid) = kid.and_then(|kid| kid.parse().ok()) {
                let seed = seed(&std::fs::read(entry.path()).unwrap_or_default());
                return Self {
                    kid,
                    key: SigningKey::from_bytes(&seed),
                };
            }
        }
        panic!("no pass key in {}", folder.display());
    }

    /// Signs a body as the server would.
    #[must_use]
    pub fn credential(&self, body: Body, issuer: &str) -> Credential {
        let mut credential = Credential {
            body: Body { kid: self.kid, ..body },
            signature: [0; 64],
            live: None,
        };
        credential.signature = self.key.sign(credential.signing_input(issuer).as_bytes()).to_bytes();
        credential
    }
}

/// The file holds the 32 bytes in base64.
fn seed(file: &[u8]) -> [u8; 32] {
    let text = String::from_utf8_lossy(file).trim().to_owned();
    match STANDARD.decode(text).unwrap_or_default().try_into() {
        Ok(seed) => seed,
        Err(_) => panic!("the key file holds no 32 bytes"),
    }
}

impl storage::PassSigner for TestSigner {
    fn kid(&self) -> u8 {
        self.kid
    }

    fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], storage::SignError> {
        Ok(self.key.sign(signing_input).to_bytes())
    }
}

/// The payload of a JWT, not verified.
///
/// # Panics
/// When it is no JWT.
#[must_use]
pub fn jwt_payload(jwt: &str) -> Value {
    let payload = jwt.split('.').nth(1).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(payload).unwrap_or_default();
    match serde_json::from_slice(&bytes) {
        Ok(value) => value,
        Err(error) => panic!("no JWT ({error}): {jwt}"),
    }
}
