//! The poster of an activity: a holder's own phone scans it and counts its own passes, for clubs without a scanner.
//!
//! Statistics only: a poster can be copied, so nothing of value hangs on it. A phone counts the passes whose claim it
//! holds and no others, and only while the activity can be scanned.

use domain::{ActivityId, FirstName, KeyVerdict, Number, PairingCode, PassId, ScanId, Scanned, SignatureVerifier};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::check_ins::{CheckInError, Request};
use crate::columns::At;
use crate::engine::{read, within};
use crate::error::{Error, Result, Tried as _};
use crate::manual::scan_of_form;
use crate::records::{Activity, CheckIn, Recorded};
use crate::scope::Scope;
use crate::store::Store;

/// The most passes that are counted with one form: as many as a phone holds.
pub const MOST_PASSES: usize = 8;

const FIND: &str = "SELECT code FROM door WHERE activity_id = $1";

const ACTIVITY: &str = "SELECT activity_id FROM door WHERE code = $1";

/// Either the activity has a code by now, or 40 random bits met another activity's.
const INSERT: &str = "
    INSERT INTO door (activity_id, code, created_at)
    VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING";

/// What became of one pass at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorVisit {
    /// The pass.
    pub number: Number,
    /// Whose it is: shown to the phone that holds the pass.
    pub first_name: FirstName,
    /// What became of it.
    pub recorded: Recorded,
}

/// Why nobody could be counted at a door.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// No activity has this code. Answer 404.
    #[error("no such door")]
    Unknown,
    /// A pass that this phone does not hold. Answer 403 `role_denied`.
    #[error("the pass is not on this phone")]
    NotYours,
    /// The database failed; sending it again is safe.
    #[error("counting at a door failed")]
    Storage(#[source] Error),
}

impl From<Error> for DoorError {
    fn from(error: Error) -> Self {
        Self::Storage(error)
    }
}

/// The symbols of a code as it is kept, from what somebody typed or scanned.
fn compact(code: &str) -> Option<String> {
    code.parse::<PairingCode>().ok().map(|code| code.compact())
}

impl Store {
    /// The code on the poster of an activity: made once, the same ever after.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices; [`Error::Unknown`] for an activity outside it.
    pub async fn door_code(&self, scope: &Scope, activity: ActivityId) -> Result<String> {
        const TRIED: &str = "making the code of a door";
        let known = self.activity(scope, activity).await?;
        let organiser = known.ok_or(Error::Unknown("activity"))?.organiser;
        self.manages(scope, organiser).await?;
        loop {
            let found: Option<String> = read!(self.db(), pool => sqlx::query_scalar(FIND)
                .bind(activity.uuid())
                .fetch_optional(pool)
                .await)
            .tried(TRIED)?;
            if let Some(code) = found {
                return Ok(code);
            }
            let code = PairingCode::from_bytes(self.env().bytes()).compact();
            let now = At(self.env().now());
            let mut tx = self.begin().await?;
            within!(tx, c => sqlx::query(INSERT)
                .bind(activity.uuid())
                .bind(code)
                .bind(now)
                .execute(c)
                .await
                .map(drop))
            .tried(TRIED)?;
            tx.commit().await.tried(TRIED)?;
        }
    }

    /// The activity with this code on its poster, typed as sloppily as anybody likes. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn door(&self, code: &str) -> Result<Option<Activity>> {
        let Some(code) = compact(code) else {
            return Ok(None);
        };
        let found: Option<Uuid> = read!(self.db(), pool => sqlx::query_scalar(ACTIVITY)
            .bind(code)
            .fetch_optional(pool)
            .await)
        .tried("finding a door")?;
        match found {
            Some(activity) => self.activity(&Scope::public(), ActivityId::from(activity)).await,
            None => Ok(None),
        }
    }

    /// Counts passes at a door, all in the name of the holder of each. `claims` are the claim tokens of the asking phone;
    /// `form` is the id of its form: sending the form twice counts once.
    ///
    /// # Errors
    /// [`DoorError`]; with a pass that is not the phone's, none is counted.
    pub async fn check_in_at_door(
        &self,
        claims: &[String],
        code: &str,
        passes: &[PassId],
        form: ScanId,
        issuer: &str,
        verifier: &(dyn SignatureVerifier + Send + Sync),
    ) -> Result<Vec<DoorVisit>, DoorError> {
        let activity = self.door(code).await?.ok_or(DoorError::Unknown)?.id;
        let mut own = Vec::new();
        for claim in claims.iter().take(MOST_PASSES) {
            own.extend(self.pass_by_claim(claim).await?);
        }
        let mut chosen = Vec::new();
        for pass in passes.iter().take(MOST_PASSES) {
            let held = own.iter().find(|(held, _)| held.id == *pass);
            chosen.push(held.ok_or(DoorError::NotYours)?);
        }
        let received_at = self.env().now();
        let mut visits = Vec::with_capacity(chosen.len());
        for (pass, holder) in chosen {
            let key: KeyVerdict = pass.credential.verify(issuer, verifier);
            let check_in = CheckIn {
                scan_id: scan_of_form(form, &format!("{activity}/{}", pass.number)),
                input: Ok(Scanned::Credential(pass.credential)),
                key: Some(key),
                content_hash: Sha256::digest(format!("door\n{activity}\n{}", pass.number)).into(),
                activity,
                occurred_at: None,
                clock_offset_ms: 0,
                manual: false,
                note: None,
            };
            let request = Request::check_in(Scope::of_holder(holder.id), check_in, received_at);
            let recorded = self.writer().check_in(request).await.map_err(failed)?;
            visits.push(DoorVisit {
                number: pass.number,
                first_name: holder.first_name.clone(),
                recorded,
            });
        }
        Ok(visits)
    }
}

/// The id comes from the form and the pass, so it cannot have been used for another scan.
fn failed(error: CheckInError) -> DoorError {
    match error {
        CheckInError::Storage(error) => DoorError::Storage(error),
        CheckInError::IdReuse | CheckInError::Denied => DoorError::NotYours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        assert_eq!(compact("abcd-0o1l").as_deref(), Some("ABCD0011"));
        assert_eq!(compact("ABCD 0011").as_deref(), Some("ABCD0011"));
        for wrong in ["", "ABCD001", "../../etc", "ABCD00111"] {
            assert_eq!(compact(wrong), None, "{wrong}");
        }
    }
}
