//! The decision on a phone: the facts come from the code and the package, the rule is [`crate::decide`].

use jiff::Timestamp;

use super::{Package, StatusList, StatusListError};
use crate::credential::{Credential, Ed25519Verifier, KeyVerdict, Number, Scanned};
use crate::id::ActivityId;
use crate::scan::{ActivityFacts, Decision, Facts, PassFacts, PassView, Reason, decide, visit_key};

/// A package made ready: keys parsed, status list unpacked.
#[derive(Debug, Clone)]
pub struct Judge {
    package: Package,
    verifier: Ed25519Verifier,
    statuses: StatusList,
}

/// What the phone says, and what it has to remember when the visit counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The decision.
    pub decision: Decision,
    /// See [`visit_key`]; `None` when nothing has to be remembered.
    pub key: Option<String>,
}

impl Judge {
    /// Makes a package ready. A key that is none is left out: what it signed is then `unknown_key`.
    ///
    /// # Errors
    /// A status list that cannot be read: without it a revoked pass would count.
    pub fn new(package: Package) -> Result<Self, StatusListError> {
        let statuses = StatusList::from_lst(&package.status_list.lst)?;
        let good = package
            .keys
            .iter()
            .filter_map(super::PackageKey::verification_key)
            .filter(|key| Ed25519Verifier::new([*key]).is_ok());
        let verifier = Ed25519Verifier::new(good).unwrap_or_default();
        Ok(Self {
            package,
            verifier,
            statuses,
        })
    }

    /// The package.
    #[must_use]
    pub const fn package(&self) -> &Package {
        &self.package
    }

    /// Judges one scan at `at` (the device's clock, corrected). `remembers` says whether a visit's key is known, from
    /// this phone's own memory or from the package.
    pub fn judge(
        &self,
        input: &Result<Scanned, Reason>,
        activity: ActivityId,
        at: Timestamp,
        remembers: impl Fn(&str) -> bool,
    ) -> Judged {
        let scanned = match input {
            Ok(scanned) => scanned,
            Err(reason) => {
                return Judged {
                    decision: Decision::refused(*reason, at),
                    key: None,
                };
            }
        };
        let found = self.package.activities.iter().find(|one| one.id == activity);
        let activity = found.map(|found| found.facts(self.package.organiser.id));
        let (key, pass) = match scanned {
            Scanned::Credential(credential) => (Some(self.check(credential)), Some(self.facts(credential))),
            Scanned::Number(_) => (None, None),
        };
        let facts = Facts {
            key,
            pass: pass.as_ref().map_or(PassView::OnlyNumber, PassView::Known),
            activity: activity.as_ref(),
            at,
            already_counted: false,
        };
        let first = decide(&facts);
        let key = activity
            .as_ref()
            .and_then(|activity| visit_key_of(&first, scanned.number(), activity));
        let known = key.as_deref().is_some_and(remembers);
        let decision = if known {
            decide(&Facts {
                already_counted: true,
                ..facts
            })
        } else {
            first
        };
        Judged { decision, key }
    }

    fn check(&self, credential: &Credential) -> KeyVerdict {
        credential.verify(&self.package.issuer, &self.verifier)
    }

    fn facts(&self, credential: &Credential) -> PassFacts {
        let body = &credential.body;
        PassFacts {
            kind: body.kind,
            from: body.from.to_date(),
            until: body.until.to_date(),
            status: self.statuses.status(body.index),
        }
    }
}

/// What to remember of a visit; nothing of one that found no session.
fn visit_key_of(decision: &Decision, number: Number, activity: &ActivityFacts) -> Option<String> {
    visit_key(number, activity.rule, activity.id, decision.session?, decision.day)
}
