//! Packages between two requests: what an organiser's devices take along, and since when it is so.
//!
//! A device asks for its package now and then, and every hand-over tells it which package is the newest. Making one
//! reads every pass that is not valid, so the newest is remembered for a few seconds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::{DeviceRole, Limits, OrganiserId, Package, PackageKey, PackageStatusList, StatusList};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use storage::{PackageFacts, Scope, Store};

/// How long a package is the newest without looking again.
const BELIEVED: Duration = Duration::from_secs(5);

/// More organisers than a region has; then the memory begins anew.
const ROOM: usize = 4_096;

/// Packages by what decides their content.
pub(crate) struct Packages {
    store: Store,
    issuer: Arc<str>,
    known: Mutex<HashMap<(OrganiserId, DeviceRole), Known>>,
}

struct Known {
    built: Arc<Built>,
    looked_at: Instant,
}

/// A package as it was made, without what differs for each device: `recent`.
pub(crate) struct Built {
    /// The package; `epoch` is when this content was first seen here, in seconds since 1970.
    pub(crate) package: Package,
    /// Epoch and content. With the epoch in it, a server that was started again, or another one that counts epochs of
    /// its own, sends the same content once more; else the phone would ask for a newer package again and again.
    pub(crate) etag: String,
    content: String,
}

impl Packages {
    /// Nothing made yet.
    pub(crate) fn new(store: Store, issuer: Arc<str>) -> Self {
        Self {
            store,
            issuer,
            known: Mutex::default(),
        }
    }

    /// The package of this device as it is now, and what other devices counted in the last 24 hours.
    pub(crate) async fn fresh(&self, scope: &Scope) -> Result<(Arc<Built>, Vec<String>), storage::Error> {
        let mut facts = self.store.device_package(scope).await?;
        let recent = std::mem::take(&mut facts.recent);
        Ok((self.keep(facts), recent))
    }

    /// The epoch of the newest package of this device, at most a few seconds old.
    pub(crate) async fn epoch(&self, scope: &Scope) -> Result<i64, storage::Error> {
        if let Some(epoch) = self.remembered(scope) {
            return Ok(epoch);
        }
        Ok(self.fresh(scope).await?.0.package.epoch)
    }

    /// What is believed for now. Of many that ask when it is too old, one looks again and the others are answered.
    fn remembered(&self, scope: &Scope) -> Option<i64> {
        let key = (scope.organiser()?, scope.device_role()?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_mut(&key)?;
        if known.looked_at.elapsed() >= BELIEVED {
            known.looked_at = Instant::now();
            return None;
        }
        Some(known.built.package.epoch)
    }

    fn keep(&self, facts: PackageFacts) -> Arc<Built> {
        let now = self.store.env().now();
        let key = (facts.organiser.id, facts.role);
        let mut package = package(facts, &self.issuer);
        let content = content(&package);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.get(&key).map(|known| &known.built);
        package.epoch = match before {
            Some(before) if before.content == content => before.package.epoch,
            // A clock that was set back must not make the newer package look older.
            Some(before) => now.as_second().max(before.package.epoch + 1),
            None => now.as_second(),
        };
        let days = SignedDuration::from_secs(package.limits.count_only_after_s);
        package.issued_at = now;
        package.expires_at = now.saturating_add(days).unwrap_or(now);
        let built = Arc::new(Built {
            etag: format!("W/\"{}-{content}\"", package.epoch),
            package,
            content,
        });
        if known.len() >= ROOM {
            known.clear();
        }
        known.insert(
            key,
            Known {
                built: Arc::clone(&built),
                looked_at: Instant::now(),
            },
        );
        built
    }
}

/// Lays the facts out; times and epoch are the caller's.
fn package(facts: PackageFacts, issuer: &str) -> Package {
    let keys = facts.keys.iter();
    Package {
        epoch: 0,
        issued_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
        issuer: issuer.to_owned(),
        keys: keys
            .map(|key| PackageKey::new(key.kid, &key.public, key.revoked_at))
            .collect(),
        status_list: PackageStatusList {
            bits: domain::device::status_list::BITS,
            lst: StatusList::new(facts.passes, facts.exceptions).to_lst(),
        },
        organiser: facts.organiser,
        role: facts.role,
        activities: facts.activities,
        schemes: Vec::new(),
        recent: Vec::new(),
        limits: Limits::default(),
    }
}

/// What tells one content from another: everything but the times, the epoch and `recent`.
fn content(package: &Package) -> String {
    let content = serde_json::to_vec(package).unwrap_or_default();
    let hash = Sha256::digest(content);
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
