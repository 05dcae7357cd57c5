//! "The phone was empty": visits that a person writes down afterwards.
//!
//! A number becomes an ordinary check-in, flagged `manual`. People without a number are kept beside the check-ins: they
//! are shown, and never counted as holders.

use domain::{ActivityId, OrganiserId, ScanId, SessionId};
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::columns::{At, Day};
use crate::engine::within;
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::bounded;

/// The most people in one entry: more is a slip of the finger.
pub const MOST_PEOPLE: u32 = 2_000;

/// People of whom nobody has a number, as the form gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewManualCount {
    /// Made with the form: sent twice is counted once.
    pub id: ScanId,
    /// Where they came.
    pub activity: ActivityId,
    /// At which of its sessions; one that has started.
    pub session: SessionId,
    /// 1 to [`MOST_PEOPLE`].
    pub people: u32,
    /// Why nobody was scanned: 1–200 characters.
    pub note: String,
}

const TRIED: &str = "recording people without a number";

const SESSION: &str = "
    SELECT a.organiser_id, s.starts_at
    FROM activity_session AS s
    JOIN activity AS a ON a.id = s.activity_id
    JOIN organiser AS o ON o.id = a.organiser_id
    WHERE s.id = $1
      AND s.activity_id = $2
      AND ($3 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $3))";

const INSERT: &str = "
    INSERT INTO manual_count (
        id, organiser_id, activity_id, session_id, local_day, people, note, actor_kind, actor_id, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (id) DO NOTHING";

const SAME: &str = "
    SELECT count(*)
    FROM manual_count
    WHERE id = $1
      AND session_id = $2
      AND people = $3
      AND note = $4";

/// The id of one scan of a form that holds several: the same form and the same scan give the same id, so a form that is
/// sent twice counts once. It keeps the time in the form's own id, so that it sorts beside its neighbours.
#[must_use]
pub fn scan_of_form(form: ScanId, scan: &str) -> ScanId {
    let hash = Sha256::new()
        .chain_update(form.uuid().as_bytes())
        .chain_update(scan.as_bytes())
        .finalize();
    let [a, b, c, d, e, f, ..] = *form.uuid().as_bytes();
    let made_at = i64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    let made_at = Timestamp::from_millisecond(made_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut rest = [0; 10];
    rest.copy_from_slice(&hash[..10]);
    ScanId::from(domain::uuid_v7(made_at, rest))
}

impl Store {
    /// Writes down people without a number. The same entry again changes nothing.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices; [`Error::Unknown`] for a session outside it;
    /// [`Error::Invalid`] for a session to come, a number of people or a note outside the bounds of [`NewManualCount`];
    /// [`Error::Exists`] when the id was used for another entry.
    pub async fn record_manual_count(&self, scope: &Scope, new: NewManualCount) -> Result<()> {
        scope.require(Permission::ManageDevices)?;
        let note = bounded(&new.note, 200, "a reason has 1 to 200 characters")?;
        if !(1..=MOST_PEOPLE).contains(&new.people) {
            return Err(Error::Invalid("people are 1 to 2000"));
        }
        let now = self.env().now();
        let mut tx = self.begin().await?;
        let session: Option<(Uuid, At)> = within!(tx, c => sqlx::query_as(SESSION)
            .bind(new.session.uuid())
            .bind(new.activity.uuid())
            .bind(scope.partnership_uuid())
            .fetch_optional(c)
            .await)
        .tried(TRIED)?;
        let (organiser, At(starts_at)) = session.ok_or(Error::Unknown("session"))?;
        if !scope.reaches_organiser(OrganiserId::from(organiser)) {
            return Err(Error::Unknown("session"));
        }
        if starts_at > now {
            return Err(Error::Invalid("the session has not started"));
        }
        let day: Date = domain::local_day(starts_at);
        let inserted = within!(tx, c => sqlx::query(INSERT)
            .bind(new.id.uuid())
            .bind(organiser)
            .bind(new.activity.uuid())
            .bind(new.session.uuid())
            .bind(Day(day))
            .bind(i64::from(new.people))
            .bind(&note)
            .bind(scope.actor().kind())
            .bind(scope.actor().uuid())
            .bind(At(now))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if inserted == 0 {
            let same: i64 = within!(tx, c => sqlx::query_scalar(SAME)
                .bind(new.id.uuid())
                .bind(new.session.uuid())
                .bind(i64::from(new.people))
                .bind(&note)
                .fetch_one(c)
                .await)
            .tried(TRIED)?;
            if same == 0 {
                return Err(Error::Exists("an entry with this id"));
            }
        }
        tx.commit().await.tried(TRIED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_scan_of_the_same_form_has_the_same_id_beside_the_forms_own() {
        let made_at: Timestamp = "2026-03-10T18:30:00Z".parse().unwrap_or_default();
        let form = ScanId::from(domain::uuid_v7(made_at, [7; 10]));
        let id = scan_of_form(form, "a").uuid();
        assert_eq!(id, scan_of_form(form, "a").uuid());
        assert_ne!(id, scan_of_form(form, "b").uuid());
        assert_ne!(id, scan_of_form(domain::uuid_v7(made_at, [8; 10]).into(), "a").uuid());
        assert_eq!(id.as_bytes()[..6], form.uuid().as_bytes()[..6]);
        assert_eq!(id.get_version_num(), 7);
        // Whatever a form sends as its id is an id.
        assert_eq!(scan_of_form(Uuid::max().into(), "a").uuid().get_version_num(), 7);
    }
}
