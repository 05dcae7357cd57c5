//! Checking signatures with parsed public keys, kept in memory and refreshed from the database: a key that another
//! server added, or a person revoked, is known here within a minute, and an unknown number asks at once.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use aws_lc_rs::signature::{ED25519, ParsedPublicKey};
use domain::{KeyVerdict, SignatureVerifier};
use storage::{Scope, SigningKeyRecord, Store};
use tokio::sync::Notify;

use crate::http::problem::chain;

/// An unknown number asks the database at most this often: forged codes must not become database load.
const PATIENCE: Duration = Duration::from_secs(2);

/// The keys whose signatures are accepted.
pub(crate) struct KeyRing {
    store: Store,
    known: RwLock<Known>,
    /// Rung when a code names a key that is not here; whoever keeps the ring current listens.
    missing: Notify,
}

#[derive(Default)]
struct Known {
    keys: HashMap<u8, Entry>,
    records: Vec<SigningKeyRecord>,
    asked: Option<Instant>,
}

struct Entry {
    /// `None`: the stored bytes are no key; nothing it signed can be right.
    key: Option<ParsedPublicKey>,
    revoked: bool,
}

impl KeyRing {
    /// An empty ring; [`KeyRing::refresh`] fills it.
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            known: RwLock::default(),
            missing: Notify::new(),
        }
    }

    /// Reads all keys again.
    pub(crate) async fn refresh(&self) -> Result<(), storage::Error> {
        let records = self.store.signing_keys(&Scope::job()).await?;
        let keys = records
            .iter()
            .map(|record| {
                let key = ParsedPublicKey::new(&ED25519, record.public).ok();
                (
                    record.kid,
                    Entry {
                        key,
                        revoked: record.revoked_at.is_some(),
                    },
                )
            })
            .collect();
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known {
            keys,
            records,
            asked: Some(Instant::now()),
        };
        Ok(())
    }

    /// Asks the database when this number is unknown, unless that was just done.
    pub(crate) async fn ensure(&self, kid: u8) -> Result<(), storage::Error> {
        let ask = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            !known.keys.contains_key(&kid) && known.asked.is_none_or(|asked| asked.elapsed() > PATIENCE)
        };
        if ask { self.refresh().await } else { Ok(()) }
    }

    /// Keeps the ring current until it is dropped: every `every`, and when a code names a key that is not here.
    pub(crate) async fn keep_current(&self, every: Duration) {
        let mut timer = tokio::time::interval(every);
        loop {
            tokio::select! {
                _ = timer.tick() => {}
                () = self.missing.notified() => {
                    let known = self.known.read().unwrap_or_else(PoisonError::into_inner).asked;
                    if known.is_some_and(|asked| asked.elapsed() <= PATIENCE) {
                        continue;
                    }
                }
            }
            if let Err(error) = self.refresh().await {
                tracing::warn!(error = %chain(&error), "the signing keys could not be refreshed");
            }
        }
    }

    /// What the key says of a code that is known to have been issued: as [`KeyRing::verify`], without calculating.
    pub(crate) fn of_issued(&self, kid: u8) -> KeyVerdict {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        match known.keys.get(&kid) {
            None => KeyVerdict::UnknownKey,
            Some(entry) if entry.revoked => KeyVerdict::KeyRevoked,
            Some(_) => KeyVerdict::Valid,
        }
    }

    /// The public keys as stored, for the JWKS document.
    pub(crate) fn records(&self) -> Vec<SigningKeyRecord> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .records
            .clone()
    }
}

impl SignatureVerifier for KeyRing {
    fn verify(&self, kid: u8, message: &[u8], signature: &[u8; 64]) -> KeyVerdict {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = known.keys.get(&kid) else {
            self.missing.notify_one();
            return KeyVerdict::UnknownKey;
        };
        // Only a right signature says that the code is of the revoked key; a wrong one is just wrong.
        let right = entry
            .key
            .as_ref()
            .is_some_and(|key| key.verify_sig(message, signature).is_ok());
        match (right, entry.revoked) {
            (false, _) => KeyVerdict::BadSignature,
            (true, true) => KeyVerdict::KeyRevoked,
            (true, false) => KeyVerdict::Valid,
        }
    }
}
