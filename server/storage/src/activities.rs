//! Activities and their sessions.

use domain::{ActivityId, Cents, OrganiserId, SessionId};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use uuid::Uuid;

use crate::columns::{At, nis, nis_code, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::records::{Activity, ActivityFilter, NewActivity, Page, Session};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::{anywhere, bounded, folded};

/// How long before its start and after its end a session can be scanned, in minutes: five hours (PROTOCOL §3).
pub(crate) const SCAN_WINDOW_MINUTES: i32 = 300;

/// Sorts after every session: the place of an activity without a coming session.
fn never() -> At {
    At(Timestamp::MAX)
}

const LIST: &str = "
    WITH listed AS (
        SELECT
            a.id, a.organiser_id, o.name AS organiser_name, o.municipality, a.name, a.activity_type, a.counting_rule,
            a.price_cents, a.pass_price_cents, a.taalicoon, a.minutes, a.place, a.search,
            o.search AS organiser_search,
            (
                SELECT s.id
                FROM activity_session AS s
                WHERE s.activity_id = a.id AND s.ends_at >= $1
                ORDER BY s.ends_at, s.id
                LIMIT 1
            ) AS next_session,
            EXISTS (
                SELECT 1
                FROM activity_session AS s
                WHERE s.activity_id = a.id AND s.closes_at >= $1 AND s.opens_at <= $1
            ) AS open_now
        FROM activity AS a
        JOIN organiser AS o ON o.id = a.organiser_id
        WHERE ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
    ),
    placed AS (
        SELECT listed.*, n.starts_at AS next_start, n.ends_at AS next_end, COALESCE(n.starts_at, $3) AS place_in_list
        FROM listed
        LEFT JOIN activity_session AS n ON n.id = listed.next_session
    )
    SELECT *
    FROM placed
    WHERE ($4 IS NULL OR municipality = $4)
      AND ($5 IS NULL OR organiser_id = $5)
      AND ($6 IS NULL OR id = $6)
      AND (NOT $7 OR open_now)
      AND (NOT $8 OR next_session IS NOT NULL)
      AND ($9 IS NULL OR search LIKE $9 ESCAPE '\\' OR organiser_search LIKE $9 ESCAPE '\\')
      AND (
          $10 IS NULL
          OR (place_in_list, id) > (SELECT after.place_in_list, after.id FROM placed AS after WHERE after.id = $10)
      )
    ORDER BY place_in_list, id
    LIMIT $11";

const SESSIONS: &str = "
    SELECT s.id, s.activity_id, s.starts_at, s.ends_at
    FROM activity_session AS s
    JOIN activity AS a ON a.id = s.activity_id
    JOIN organiser AS o ON o.id = a.organiser_id
    WHERE s.activity_id = $1
      AND ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
    ORDER BY s.starts_at, s.id";

const OWN_ORGANISER: &str = "
    SELECT count(*)
    FROM organiser
    WHERE id = $1
      AND ($2 IS NULL OR municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))";

const INSERT: &str = "
    INSERT INTO activity (
        id, organiser_id, name, activity_type, counting_rule, price_cents, pass_price_cents, taalicoon, minutes, place,
        opens_before_min, closes_after_min, search, created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $10, $11, $12)";

const INSERT_SESSION: &str = "
    INSERT INTO activity_session (id, activity_id, starts_at, ends_at, opens_at, closes_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

from_row!(Activity, row => Activity {
    id: ActivityId::from(row.try_get::<Uuid, _>("id")?),
    organiser: OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
    organiser_name: row.try_get("organiser_name")?,
    municipality: nis(row.try_get("municipality")?)?,
    name: row.try_get("name")?,
    activity_type: row.try_get("activity_type")?,
    rule: parsed(row.try_get("counting_rule")?)?,
    price_cents: Cents(row.try_get("price_cents")?),
    pass_price_cents: Cents(row.try_get("pass_price_cents")?),
    taalicoon: row.try_get::<Option<i64>, _>("taalicoon")?.and_then(|level| level.try_into().ok()),
    minutes: row.try_get::<Option<i64>, _>("minutes")?.and_then(|minutes| minutes.try_into().ok()),
    place: row.try_get("place")?,
    next_start: row.try_get::<Option<At>, _>("next_start")?.map(|at| at.0),
    next_end: row.try_get::<Option<At>, _>("next_end")?.map(|at| at.0),
    open_now: row.try_get("open_now")?,
});

from_row!(Session, row => Session {
    id: SessionId::from(row.try_get::<Uuid, _>("id")?),
    activity: ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
    starts_at: row.try_get::<At, _>("starts_at")?.0,
    ends_at: row.try_get::<At, _>("ends_at")?.0,
});

/// When scanning opens and closes for a session.
pub(crate) fn scan_window(starts_at: Timestamp, ends_at: Timestamp) -> (Timestamp, Timestamp) {
    let margin = SCAN_WINDOW_MINUTES.minutes();
    (
        starts_at.saturating_sub(margin).unwrap_or(starts_at),
        ends_at.saturating_add(margin).unwrap_or(ends_at),
    )
}

impl Store {
    /// Activities of the scope's partnership, those with the soonest session first. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn activities(&self, scope: &Scope, filter: ActivityFilter) -> Result<Page<Activity>> {
        let limit = usize::try_from(filter.limit.clamp(1, 200)).unwrap_or(1);
        let mut items = self.list_activities(scope, &filter, None).await?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.id);
        Ok(Page { items, next })
    }

    /// One activity; `None` when it is unknown or outside the scope's partnership.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn activity(&self, scope: &Scope, id: ActivityId) -> Result<Option<Activity>> {
        Ok(self
            .list_activities(scope, &ActivityFilter::default(), Some(id))
            .await?
            .pop())
    }

    /// One more than the page, to know whether there is a next.
    async fn list_activities(
        &self,
        scope: &Scope,
        filter: &ActivityFilter,
        id: Option<ActivityId>,
    ) -> Result<Vec<Activity>> {
        let now = At(self.env().now());
        let municipality = filter.municipality.map(nis_code);
        let organiser = filter.organiser.map(OrganiserId::uuid);
        let id = id.map(ActivityId::uuid);
        let pattern = anywhere(filter.search.as_deref());
        let after = filter.after.map(ActivityId::uuid);
        let limit = i64::from(filter.limit.clamp(1, 200)) + 1;
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(now)
            .bind(scope.partnership_uuid())
            .bind(never())
            .bind(municipality)
            .bind(organiser)
            .bind(id)
            .bind(filter.open_now)
            .bind(filter.upcoming)
            .bind(pattern)
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await)
        .tried("listing activities")
    }

    /// The sessions of an activity, in order of time; empty when it is unknown or outside the scope's partnership.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn activity_sessions(&self, scope: &Scope, id: ActivityId) -> Result<Vec<Session>> {
        read!(self.db(), pool => sqlx::query_as(SESSIONS)
            .bind(id.uuid())
            .bind(scope.partnership_uuid())
            .fetch_all(pool)
            .await)
        .tried("listing sessions")
    }

    /// Adds an activity with one session.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not add, or not for this organiser; [`Error::Unknown`] for an unknown
    /// organiser; [`Error::Invalid`] for values outside the bounds of [`NewActivity`].
    pub async fn add_activity(&self, scope: &Scope, new: NewActivity) -> Result<Activity> {
        const TRIED: &str = "adding an activity";
        scope.require(Permission::AddActivity)?;
        if !scope.reaches_organiser(new.organiser) {
            return Err(Error::Denied("adding an activity for another organiser"));
        }
        let name = bounded(&new.name, 120, "an activity's name has 1 to 120 characters")?;
        let activity_type = bounded(&new.activity_type, 40, "an activity's type has 1 to 40 characters")?;
        let place = match new.place.trim() {
            "" => String::new(),
            place => bounded(place, 200, "a place has at most 200 characters")?,
        };
        let length = new.ends_at.duration_since(new.starts_at);
        if length <= SignedDuration::ZERO || length > SignedDuration::from_hours(24) {
            return Err(Error::Invalid("a session ends after its start, within 24 hours"));
        }
        if new.price_cents.0 < 0 {
            return Err(Error::Invalid("a price is not negative"));
        }
        if new.taalicoon.is_some_and(|level| !(1..=4).contains(&level)) {
            return Err(Error::Invalid("a taalicoon is 1 to 4"));
        }
        let minutes = new.minutes.map_or_else(|| length.as_secs() / 60, i64::from);
        let id = ActivityId::from(self.env().uuid_v7());
        let session = SessionId::from(self.env().uuid_v7());
        let (opens_at, closes_at) = scan_window(new.starts_at, new.ends_at);
        let now = At(self.env().now());

        let mut tx = self.begin().await?;
        let known: i64 = within!(tx, c => sqlx::query_scalar(OWN_ORGANISER)
            .bind(new.organiser.uuid())
            .bind(scope.partnership_uuid())
            .fetch_one(c)
            .await)
        .tried("checking the organiser")?;
        if known == 0 {
            return Err(Error::Unknown("organiser"));
        }
        within!(tx, c => {
            sqlx::query(INSERT)
                .bind(id.uuid())
                .bind(new.organiser.uuid())
                .bind(&name)
                .bind(&activity_type)
                .bind(new.rule.code())
                .bind(new.price_cents.0)
                .bind(new.taalicoon.map(i64::from))
                .bind(minutes)
                .bind(&place)
                .bind(i64::from(SCAN_WINDOW_MINUTES))
                .bind(folded(&format!("{name} {place}")))
                .bind(now)
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
            sqlx::query(INSERT_SESSION)
                .bind(session.uuid())
                .bind(id.uuid())
                .bind(At(new.starts_at))
                .bind(At(new.ends_at))
                .bind(At(opens_at))
                .bind(At(closes_at))
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
        });
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        self.activity(scope, id).await?.ok_or(Error::Unknown("activity"))
    }
}
