//! The keys that seal reports: as those of passes, in a table of their own. A report that was frozen ten years ago is
//! still to be checked, so a key's signatures do not run out; only revoking it ends them.

use aws_lc_rs::signature::{ED25519, ParsedPublicKey};
use jiff::{SignedDuration, Timestamp};
use press::{Seal, SealError};
use storage::{PassSigner, Scope, SignError, SigningKeyRecord, Store};

use super::{EARLY, Ed25519Signer, KeyError, KeyUse, SeedSource, choose};

/// For how long the key itself may seal: then a new one is due.
const LIFETIME: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// The key that seals, and all that ever did.
pub(crate) struct ReportKeys {
    store: Store,
    signer: Ed25519Signer,
}

/// Name of a key in a seal: not a bare number, which is what keys of passes are called.
pub(crate) fn kid_name(kid: u8) -> String {
    format!("report-{kid}")
}

impl ReportKeys {
    /// Finds the key to seal with, makes one at first need, and registers its public half.
    pub(crate) async fn open(store: &Store, source: &SeedSource) -> Result<Self, KeyError> {
        let scope = Scope::cli();
        let known = store.report_keys(&scope).await?;
        let signer = choose(store, KeyUse::Report, source, &known)?;
        if !known.iter().any(|key| key.kid == signer.number()) {
            let now = store.env().now();
            let key = SigningKeyRecord {
                kid: signer.number(),
                public: signer.public(),
                not_before: now.checked_sub(EARLY).unwrap_or(now),
                not_after: now.checked_add(LIFETIME).unwrap_or(Timestamp::MAX),
                revoked_at: None,
            };
            store.add_report_key(&scope, key).await?;
        }
        Ok(Self {
            store: store.clone(),
            signer,
        })
    }

    /// Seals.
    pub(crate) fn seal(&self, seal: &Seal) -> Result<String, SignError> {
        let input = seal
            .signing_input(&kid_name(self.signer.number()))
            .map_err(|error| SignError(error.to_string()))?;
        let signature = self.signer.sign(input.as_bytes())?;
        Ok(Seal::compact(&input, &signature))
    }

    /// The public keys, for whoever wants to check a seal elsewhere.
    pub(crate) async fn records(&self) -> Result<Vec<SigningKeyRecord>, storage::Error> {
        self.store.report_keys(&Scope::job()).await
    }

    /// Opens a seal with the keys of this database: those of other servers and revocations count at once.
    pub(crate) async fn check(&self, text: &str) -> Result<Result<Seal, SealError>, storage::Error> {
        let keys = self.records().await?;
        Ok(check_with(&keys, text))
    }
}

impl app::SealCheck for ReportKeys {
    fn is_right<'a>(&'a self, seal: &'a str, code: &'a str) -> app::SealVerdict<'a> {
        Box::pin(async move { Ok(self.check(seal).await?.is_ok_and(|seal| seal.code == code)) })
    }
}

/// Opens a seal with these keys.
pub(crate) fn check_with(keys: &[SigningKeyRecord], text: &str) -> Result<Seal, SealError> {
    Seal::open(text, |kid, input, signature| {
        let key = keys
            .iter()
            .find(|key| kid_name(key.kid) == kid)
            .ok_or(SealError::UnknownKey)?;
        let parsed = ParsedPublicKey::new(&ED25519, key.public).map_err(|_| SealError::UnknownKey)?;
        parsed.verify_sig(input, signature).map_err(|_| SealError::Signature)?;
        // Only a right signature says that the seal is of the revoked key; a wrong one is just wrong.
        match key.revoked_at {
            Some(_) => Err(SealError::RevokedKey),
            None => Ok(()),
        }
    })
}

#[cfg(test)]
mod tests {
    use press::Form;
    use storage::{DatabaseUrl, Environment};

    use super::*;

    async fn keys(name: &str, seed: u8) -> (ReportKeys, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("randpas-report-keys-{name}-{}", std::process::id()));
        let _stale = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let now = "2026-11-25T11:00:00Z".parse().unwrap();
        let store = Store::open(
            &DatabaseUrl::from_data_dir(&folder),
            Environment::fixed(now, u64::from(seed)),
        )
        .await
        .unwrap();
        let keys = ReportKeys::open(&store, &SeedSource::Folder(folder.join("keys")))
            .await
            .unwrap();
        (keys, folder)
    }

    fn seal() -> Seal {
        Seal::of(&report::sample(), "urn:randpas", &[(Form::Pdf, b"%PDF".to_vec())]).unwrap()
    }

    #[tokio::test]
    async fn the_key_of_reports_has_a_file_of_its_own_and_seals() {
        let (keys, folder) = keys("own", 1).await;
        assert!(folder.join("keys/report-1.key").is_file());
        assert!(!folder.join("keys/pass-1.key").exists());
        let text = keys.seal(&seal()).unwrap();
        assert_eq!(keys.check(&text).await.unwrap(), Ok(seal()));
        let again = ReportKeys::open(&keys.store, &SeedSource::Folder(folder.join("keys")))
            .await
            .unwrap();
        assert_eq!(again.signer.public(), keys.signer.public());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn another_key_of_the_same_number_seals_nothing_here() {
        let ((ours, one), (theirs, other)) = (keys("ours", 1).await, keys("theirs", 2).await);
        let text = theirs.seal(&seal()).unwrap();
        assert_eq!(ours.check(&text).await.unwrap(), Err(SealError::Signature));
        let at = ours.store.env().now();
        let own = ours.seal(&seal()).unwrap();
        ours.store.revoke_report_key(&Scope::cli(), 1, at).await.unwrap();
        assert_eq!(ours.check(&own).await.unwrap(), Err(SealError::RevokedKey));
        for folder in [one, other] {
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}
