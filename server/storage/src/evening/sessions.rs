//! The moments that somebody can register late for.

use domain::{ActivityId, OrganiserId, SessionId};
use jiff::Timestamp;
use uuid::Uuid;

use super::OrganiserSession;
use crate::columns::At;
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::scope::Scope;
use crate::store::Store;

/// More than a month of the busiest organiser.
const MOST: i64 = 200;

const SESSIONS: &str = "
    SELECT s.id, s.activity_id, a.name AS activity_name, s.starts_at, s.ends_at, s.opens_at, s.closes_at
    FROM activity AS a
    JOIN activity_session AS s ON s.activity_id = a.id
    WHERE a.organiser_id = $1
      AND s.starts_at >= $2
      AND s.starts_at <= $3
    ORDER BY s.starts_at DESC, s.id
    LIMIT $4";

from_row!(OrganiserSession, row => OrganiserSession {
    id: SessionId::from(row.try_get::<Uuid, _>("id")?),
    activity: ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
    activity_name: row.try_get("activity_name")?,
    starts_at: row.try_get::<At, _>("starts_at")?.0,
    ends_at: row.try_get::<At, _>("ends_at")?.0,
    opens_at: row.try_get::<At, _>("opens_at")?.0,
    closes_at: row.try_get::<At, _>("closes_at")?.0,
});

impl Store {
    /// The organiser's sessions that started between two moments (both included), the newest first; at most two hundred.
    ///
    /// # Errors
    /// As [`Store::evening`].
    pub async fn organiser_sessions(
        &self,
        scope: &Scope,
        organiser: OrganiserId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<OrganiserSession>> {
        self.manages(scope, organiser).await?;
        read!(self.db(), pool => sqlx::query_as(SESSIONS)
            .bind(organiser.uuid())
            .bind(At(from))
            .bind(At(until))
            .bind(MOST)
            .fetch_all(pool)
            .await)
        .tried("listing the sessions of an organiser")
    }
}
