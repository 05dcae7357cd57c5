//! Passwords: argon2id, off the async threads, the same time and the same answer for an unknown account.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use app::{LogInError, PasswordCheck, Verification};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use storage::{Account, Store};
use tokio::sync::Semaphore;

use super::address;
use super::limiter::Limiter;

/// Tries at once for one address and account; one more every [`REFILL`].
const TRIES: u32 = 8;
/// Tries at once for one address over all accounts (a municipality's desks often share one).
const TRIES_PER_ADDRESS: u32 = 60;
/// Time for one more try.
const REFILL: Duration = Duration::from_secs(30);
/// Longer passwords are refused before they cost anything.
const LONGEST: usize = 1_024;

/// A password could not be hashed or a check could not be run.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub(crate) struct HashError(String);

/// 19 MiB, 2 passes, 1 lane: what OWASP asks at least for argon2id, about 20 ms here.
fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC text of a password, with a salt that the caller drew.
pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<String, HashError> {
    let failed = |error: argon2::password_hash::Error| HashError(error.to_string());
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    Ok(argon()
        .hash_password(password.as_bytes(), &salt)
        .map_err(failed)?
        .to_string())
}

/// Whether the password belongs to the PHC text. A text that cannot be read belongs to no password.
fn matches(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Checks passwords for the log-in page.
pub(crate) struct Passwords {
    store: Store,
    /// Checked when the account does not exist, so that the answer takes as long.
    decoy: Arc<str>,
    per_account: Limiter<(IpAddr, String)>,
    per_address: Limiter<IpAddr>,
    /// Each check takes 19 MiB and a core: a flood of log-ins must not take them all.
    at_once: Arc<Semaphore>,
}

impl Passwords {
    /// A checker with full buckets.
    pub(crate) fn new(store: Store) -> Result<Self, HashError> {
        let decoy = hash("nobody has this password", store.env().bytes())?;
        Ok(Self {
            store,
            decoy: decoy.into(),
            per_account: Limiter::new(TRIES, REFILL),
            per_address: Limiter::new(TRIES_PER_ADDRESS, REFILL / 10),
            at_once: Arc::new(Semaphore::new(2)),
        })
    }

    async fn check(&self, email: &str, password: &str) -> Result<Account, LogInError> {
        let unavailable = |error: Box<dyn std::error::Error + Send + Sync>| LogInError::Unavailable(error);
        let email = email.trim().to_lowercase();
        let (from, now) = (address::current(), self.store.env().now());
        let key = (from, email.clone());
        for taken in [
            self.per_address.take(from, now),
            self.per_account.take(key.clone(), now),
        ] {
            taken.map_err(|retry_after| LogInError::TooMany { retry_after })?;
        }
        let found = self
            .store
            .account_by_email(&email)
            .await
            .map_err(|error| unavailable(error.into()))?;
        let (account, phc) = match found {
            Some((account, phc)) => (Some(account), Arc::from(phc)),
            None => (None, Arc::clone(&self.decoy)),
        };
        let permit = Arc::clone(&self.at_once)
            .acquire_owned()
            .await
            .map_err(|error| unavailable(error.into()))?;
        let password = if password.len() > LONGEST {
            String::new()
        } else {
            password.to_owned()
        };
        let right = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            matches(&password, &phc)
        })
        .await
        .map_err(|error| unavailable(error.into()))?;
        match account {
            Some(account) if right => {
                self.per_account.forgive(&key);
                Ok(account)
            }
            _ => Err(LogInError::Wrong),
        }
    }
}

impl PasswordCheck for Passwords {
    fn verify<'a>(&'a self, email: &'a str, password: &'a str) -> Verification<'a> {
        Box::pin(self.check(email, password))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_password_only() {
        let phc = hash("zomer", [7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("zomer", &phc));
        assert!(!matches("Zomer", &phc));
        assert!(!matches("zomer", "not a hash"));
    }
}
