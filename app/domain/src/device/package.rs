//! What a device knows without network (`docs/protocol.md` §3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::DeviceRole;
use crate::credential::VerificationKey;
use crate::id::{ActivityId, OrganiserId};
use crate::money::Cents;
use crate::scan::{ActivityFacts, CountingRule, SessionFacts};

/// Everything a device needs for an evening. No names, no numbers, no list of holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Which package this is; a higher one is newer.
    pub epoch: i64,
    /// When the server made it.
    pub issued_at: Timestamp,
    /// After this the device only counts.
    pub expires_at: Timestamp,
    /// `iss` of every pass.
    pub issuer: String,
    /// Keys that sign passes.
    pub keys: Vec<PackageKey>,
    /// Passes that are not valid.
    pub status_list: PackageStatusList,
    /// Whose device this is.
    pub organiser: PackageOrganiser,
    /// What the device may do, as of now.
    pub role: DeviceRole,
    /// Activities of the organiser with a session around now.
    pub activities: Vec<PackageActivity>,
    /// Cheque schemes; none yet.
    pub schemes: Vec<serde_json::Value>,
    /// Visits that other devices counted: [`crate::scan::visit_key`].
    pub recent: Vec<String>,
    /// Times and bounds.
    pub limits: Limits,
}

/// A key that signs passes, as the JWKS has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageKey {
    /// The number by which credentials name it.
    pub kid: u8,
    /// The public key, base64url.
    pub x: String,
    /// When it was withdrawn.
    pub revoked_at: Option<Timestamp>,
}

impl PackageKey {
    /// The key of these bytes.
    #[must_use]
    pub fn new(kid: u8, public: &[u8; 32], revoked_at: Option<Timestamp>) -> Self {
        Self {
            kid,
            x: URL_SAFE_NO_PAD.encode(public),
            revoked_at,
        }
    }

    /// The key for checking; `None` when `x` is no key.
    #[must_use]
    pub fn verification_key(&self) -> Option<VerificationKey> {
        let public = URL_SAFE_NO_PAD.decode(&self.x).ok()?.try_into().ok()?;
        Some(VerificationKey {
            kid: self.kid,
            public,
            revoked: self.revoked_at.is_some(),
        })
    }
}

/// The packed status list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageStatusList {
    /// Bits a credential: 2.
    pub bits: u8,
    /// See [`super::StatusList::from_lst`].
    pub lst: String,
}

/// Whose device it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageOrganiser {
    /// The organiser.
    pub id: OrganiserId,
    /// Its name.
    pub name: String,
}

/// An activity with its sessions around now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageActivity {
    /// The activity.
    pub id: ActivityId,
    /// Its name.
    pub name: String,
    /// How often a holder counts.
    pub rule: CountingRule,
    /// Minutes before a session from which scans are taken.
    pub opens_before_min: i32,
    /// Minutes after it.
    pub closes_after_min: i32,
    /// Price without the pass.
    pub price_cents: Cents,
    /// Price with it.
    pub pass_price_cents: Cents,
    /// Its sessions from a week ago to four weeks ahead.
    pub sessions: Vec<SessionFacts>,
}

impl PackageActivity {
    /// The facts for [`crate::decide`]. The package holds only the organiser's own activities, so scanning is allowed.
    #[must_use]
    pub fn facts(&self, organiser: OrganiserId) -> ActivityFacts {
        ActivityFacts {
            id: self.id,
            organiser,
            rule: self.rule,
            sessions: self.sessions.clone(),
            opens_before_min: self.opens_before_min,
            closes_after_min: self.closes_after_min,
            may_scan: true,
        }
    }
}

/// Times and bounds that the server sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Warn when the package is older.
    pub warn_after_s: i64,
    /// Older than this, only count.
    pub count_only_after_s: i64,
    /// Events in one request.
    pub batch: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            warn_after_s: 24 * 3600,
            count_only_after_s: 7 * 24 * 3600,
            batch: 200,
        }
    }
}

/// How old a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Good.
    Fresh,
    /// More than a day: a person should bring the device to a network.
    Old,
    /// More than a week: visits count, cheques do not.
    Stale,
}

impl Package {
    /// How old it is at `now`, the device's own clock corrected by its offset. `checked_at` is when the server last said
    /// that it is still the newest; a clock before that makes it fresh.
    #[must_use]
    pub fn freshness(&self, checked_at: Timestamp, now: Timestamp) -> Freshness {
        let age = checked_at.max(self.issued_at).duration_until(now);
        if age > SignedDuration::from_secs(self.limits.count_only_after_s) {
            Freshness::Stale
        } else if age > SignedDuration::from_secs(self.limits.warn_after_s) {
            Freshness::Old
        } else {
            Freshness::Fresh
        }
    }

    /// The activity that a volunteer most likely means at `now`: one that takes scans, the nearest to its start; else
    /// the next one.
    #[must_use]
    pub fn likely_activity(&self, now: Timestamp) -> Option<&PackageActivity> {
        let open = self
            .activities
            .iter()
            .filter_map(|activity| {
                let session = activity.facts(self.organiser.id).session_at(now)?.starts_at;
                Some((now.duration_until(session).abs(), activity))
            })
            .min_by_key(|(away, _)| *away);
        let next = || {
            self.activities
                .iter()
                .filter_map(|activity| {
                    let starts = activity.sessions.iter().map(|session| session.starts_at);
                    Some((starts.filter(|starts| *starts > now).min()?, activity))
                })
                .min_by_key(|(starts, _)| *starts)
        };
        open.map(|(_, activity)| activity)
            .or_else(|| next().map(|(_, activity)| activity))
    }
}
