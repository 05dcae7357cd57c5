//! Secrets that are shown once: made from 256 random bits, kept as their SHA-256 only.
//!
//! A plain hash is enough here, unlike for passwords: nobody can guess 256 random bits, however fast the hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::environment::Environment;

/// A longer text cannot be one of ours, and need not be hashed.
const LONGEST: usize = 128;

/// A new secret and the hash to keep.
pub(crate) fn fresh(env: &Environment) -> (String, Vec<u8>) {
    let secret = URL_SAFE_NO_PAD.encode(env.bytes::<32>());
    let hash = Sha256::digest(secret.as_bytes()).to_vec();
    (secret, hash)
}

/// The hash of a secret that somebody presents; `None`: it cannot be one of ours.
pub(crate) fn hash(presented: &str) -> Option<Vec<u8>> {
    let presented = presented.trim();
    (!presented.is_empty() && presented.len() <= LONGEST).then(|| Sha256::digest(presented.as_bytes()).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_presented_secret_has_the_hash_that_is_kept() {
        let env = Environment::fixed(jiff::Timestamp::UNIX_EPOCH, 7);
        let (secret, kept) = fresh(&env);
        assert!(secret.len() >= 43);
        assert_eq!(hash(&secret), Some(kept));
        assert_ne!(fresh(&env).0, secret);
        assert_eq!(hash(""), None);
        assert_eq!(hash(&"a".repeat(129)), None);
    }
}
