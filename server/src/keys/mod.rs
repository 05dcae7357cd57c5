//! The keys that sign passes and those that seal reports: the secret seed on disk or in the environment, the public half
//! in the database.

mod report;
mod ring;
mod seed;
mod signer;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use storage::{Scope, SigningKeyRecord, Store};

pub(crate) use report::{ReportKeys, check_with, kid_name};
pub(crate) use ring::KeyRing;
pub(crate) use seed::{KeyUse, SeedError, SeedSource};
pub(crate) use signer::{Ed25519Signer, SignerError};

/// How long the signatures of a new key are accepted: a scheme year's passes must outlive the year after it.
const LIFETIME: SignedDuration = SignedDuration::from_hours(5 * 366 * 24);

/// How far a new key starts in the past, so that a server whose clock runs behind does not refuse it.
const EARLY: SignedDuration = SignedDuration::from_hours(24);

/// The keys of a running program.
#[derive(Clone)]
pub(crate) struct Keys {
    /// Signs new passes.
    pub(crate) signer: Arc<Ed25519Signer>,
    /// Checks signatures.
    pub(crate) ring: Arc<KeyRing>,
}

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// The seed could not be read or kept.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The seed is not a key.
    #[error("the signing key cannot be used: {0}")]
    Signer(#[from] SignerError),
    /// The database did not answer.
    #[error("the signing keys could not be read from or added to the database")]
    Storage(#[from] storage::Error),
    /// A folder and a database that do not belong together.
    #[error(
        "{path} is not the key with number {kid} that this database knows; \
         put the key folder that belongs to the database back, or move this file away to start with a new key",
        path = path.display()
    )]
    Stranger {
        /// The file.
        path: PathBuf,
        /// Its number.
        kid: u8,
    },
    /// A credential has one byte for the key's number.
    #[error("all 255 key numbers are in use")]
    Exhausted,
}

impl Keys {
    /// Finds the key to sign with, makes one at first need, and registers its public half.
    ///
    /// The seed is written before the public half is stored: after a crash between the two the next start finds
    /// the file and finishes the work, and no pass can be signed by a key whose seed was never kept.
    pub(crate) async fn open(store: &Store, source: &SeedSource) -> Result<Self, KeyError> {
        let scope = Scope::cli();
        let known = store.signing_keys(&scope).await?;
        let signer = choose(store, KeyUse::Pass, source, &known)?;
        if !known.iter().any(|key| key.kid == signer.number()) {
            store
                .add_signing_key(&scope, record(&signer, store.env().now()))
                .await?;
        }
        let ring = Arc::new(KeyRing::new(store.clone()));
        ring.refresh().await?;
        Ok(Self {
            signer: Arc::new(signer),
            ring,
        })
    }
}

/// The key to sign with for one use: the newest of its files that is not revoked, or a new one.
fn choose(
    store: &Store,
    usage: KeyUse,
    source: &SeedSource,
    known: &[SigningKeyRecord],
) -> Result<Ed25519Signer, KeyError> {
    Ok(match source {
        SeedSource::Given(seed) => {
            let kid = match known
                .iter()
                .find(|key| signer::public_of(seed).is_ok_and(|p| p == key.public))
            {
                Some(key) => key.kid,
                None => next_kid(known, &[])?,
            };
            Ed25519Signer::new(kid, seed)?
        }
        SeedSource::Folder(folder) => {
            let files = seed::list(folder, usage)?;
            let mut usable = None;
            for (kid, path) in files.iter().rev() {
                let signer = Ed25519Signer::new(*kid, &seed::read(path)?)?;
                match known.iter().find(|key| key.kid == *kid) {
                    Some(key) if key.public != signer.public() => {
                        return Err(KeyError::Stranger {
                            path: path.clone(),
                            kid: *kid,
                        });
                    }
                    Some(key) if key.revoked_at.is_some() => {}
                    _ => {
                        usable = Some(signer);
                        break;
                    }
                }
            }
            if let Some(signer) = usable {
                signer
            } else {
                let taken: Vec<u8> = files.iter().map(|(kid, _)| *kid).collect();
                let kid = next_kid(known, &taken)?;
                let seed = store.env().bytes::<32>();
                seed::write(folder, usage, kid, &seed)?;
                Ed25519Signer::new(kid, &seed)?
            }
        }
    })
}

fn record(signer: &Ed25519Signer, now: Timestamp) -> SigningKeyRecord {
    SigningKeyRecord {
        kid: signer.number(),
        public: signer.public(),
        not_before: now.checked_sub(EARLY).unwrap_or(now),
        not_after: now.checked_add(LIFETIME).unwrap_or(Timestamp::MAX),
        revoked_at: None,
    }
}

fn next_kid(known: &[SigningKeyRecord], taken: &[u8]) -> Result<u8, KeyError> {
    (1..=u8::MAX)
        .find(|kid| !known.iter().any(|key| key.kid == *kid) && !taken.contains(kid))
        .ok_or(KeyError::Exhausted)
}

#[cfg(test)]
mod tests {
    use domain::{KeyVerdict, SignatureVerifier};
    use storage::{DatabaseUrl, Environment, PassSigner};

    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("randpas-keys-{name}-{}", std::process::id()));
            let _stale = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        async fn store(&self) -> Store {
            let now = "2026-03-10T11:00:00Z".parse().unwrap();
            let url = DatabaseUrl::from_data_dir(&self.0);
            Store::open(&url, Environment::fixed(now, 1)).await.unwrap()
        }

        fn seeds(&self) -> SeedSource {
            SeedSource::Folder(self.0.join("keys"))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ignored = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn the_key_made_at_first_need_is_the_key_ever_after() {
        let folder = Folder::new("same");
        let store = folder.store().await;
        let first = Keys::open(&store, &folder.seeds()).await.unwrap();
        let again = Keys::open(&store, &folder.seeds()).await.unwrap();
        assert_eq!(first.signer.public(), again.signer.public());
        assert_eq!(again.ring.records().len(), 1);
        store.close().await;
    }

    #[tokio::test]
    async fn a_revoked_key_signs_nothing_more_and_its_passes_say_so() {
        let folder = Folder::new("revoked");
        let store = folder.store().await;
        let old = Keys::open(&store, &folder.seeds()).await.unwrap();
        let signature = old.signer.sign(b"pass").unwrap();
        assert_eq!(
            old.ring.verify(old.signer.number(), b"pass", &signature),
            KeyVerdict::Valid
        );
        assert_eq!(
            old.ring.verify(old.signer.number(), b"other", &signature),
            KeyVerdict::BadSignature
        );
        assert_eq!(old.ring.verify(200, b"pass", &signature), KeyVerdict::UnknownKey);
        let at = store.env().now();
        store
            .revoke_signing_key(&Scope::cli(), old.signer.number(), at)
            .await
            .unwrap();
        let new = Keys::open(&store, &folder.seeds()).await.unwrap();
        assert_ne!(new.signer.number(), old.signer.number());
        assert_eq!(
            new.ring.verify(old.signer.number(), b"pass", &signature),
            KeyVerdict::KeyRevoked
        );
        assert_eq!(
            new.ring.verify(old.signer.number(), b"other", &signature),
            KeyVerdict::BadSignature
        );
        store.close().await;
    }

    #[tokio::test]
    async fn a_key_folder_of_another_database_is_refused() {
        let (one, other) = (Folder::new("one"), Folder::new("other"));
        let (store, stranger) = (one.store().await, other.store().await);
        Keys::open(&store, &one.seeds()).await.unwrap();
        let given = SeedSource::Given([7; 32]);
        Keys::open(&stranger, &given).await.unwrap();
        assert!(matches!(
            Keys::open(&stranger, &one.seeds()).await,
            Err(KeyError::Stranger { kid: 1, .. })
        ));
        store.close().await;
        stranger.close().await;
    }
}
