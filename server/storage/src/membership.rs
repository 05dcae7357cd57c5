//! Of which organisers a holder is a member: what the counter sees on the card. Recording one is in `figures`.

use domain::{HolderId, OrganiserId};
use jiff::civil::Date;
use uuid::Uuid;

use crate::columns::Day;
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// A holder's membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Of whom.
    pub organiser: OrganiserId,
    /// Its name.
    pub organiser_name: String,
    /// The first day.
    pub since: Date,
}

const LIST: &str = "
    SELECT m.organiser_id, o.name, m.since
    FROM membership AS m
    JOIN organiser AS o ON o.id = m.organiser_id
    JOIN holder AS h ON h.id = m.holder_id
    WHERE m.holder_id = $1
      AND ($2 IS NULL OR h.municipality = $2)
      AND ($3 IS NULL OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $3))
    ORDER BY m.since, o.search, o.id";

from_row!(Membership, row => Membership {
    organiser: OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
    organiser_name: row.try_get("name")?,
    since: row.try_get::<Day, _>("since")?.0,
});

impl Store {
    /// The memberships of a holder, oldest first; none for a holder outside the scope.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not find holders; [`crate::Error::Database`].
    pub async fn memberships(&self, scope: &Scope, holder: HolderId) -> Result<Vec<Membership>> {
        scope.require(Permission::FindHolder)?;
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(holder.uuid())
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .fetch_all(pool)
            .await)
        .tried("listing memberships")
    }
}
