//! Organisers: clubs, centres, libraries.

use domain::OrganiserId;
use uuid::Uuid;

use crate::columns::{nis, nis_code, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::records::{NewOrganiser, Organiser, OrganiserFilter};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::{anywhere, bounded, folded};

/// The longest list: more than the whole Rand has.
const MOST: i64 = 1000;

const LIST: &str = "
    SELECT id, name, kind, municipality
    FROM organiser
    WHERE ($1 IS NULL OR municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1))
      AND ($2 IS NULL OR municipality = $2)
      AND ($3 IS NULL OR search LIKE $3 ESCAPE '\\')
      AND ($4 IS NULL OR id = $4)
    ORDER BY search, id
    LIMIT $5";

const INSERT: &str = "INSERT INTO organiser (id, name, kind, municipality, search) VALUES ($1, $2, $3, $4, $5)";

const REACHED: &str = "
    SELECT count(*)
    FROM municipality
    WHERE nis = $2
      AND ($1 IS NULL OR nis IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1))";

from_row!(Organiser, row => Organiser {
    id: OrganiserId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    kind: parsed(row.try_get("kind")?)?,
    municipality: nis(row.try_get("municipality")?)?,
});

impl Store {
    /// The organisers of the scope's partnership, by name; at most a thousand. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn organisers(&self, scope: &Scope, filter: OrganiserFilter) -> Result<Vec<Organiser>> {
        self.list_organisers(scope, &filter, None).await
    }

    /// One organiser; `None` when it is unknown or outside the scope's partnership.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn organiser(&self, scope: &Scope, id: OrganiserId) -> Result<Option<Organiser>> {
        Ok(self
            .list_organisers(scope, &OrganiserFilter::default(), Some(id))
            .await?
            .pop())
    }

    async fn list_organisers(
        &self,
        scope: &Scope,
        filter: &OrganiserFilter,
        id: Option<OrganiserId>,
    ) -> Result<Vec<Organiser>> {
        let municipality = filter.municipality.map(nis_code);
        let pattern = anywhere(filter.search.as_deref());
        let id = id.map(OrganiserId::uuid);
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(scope.partnership_uuid())
            .bind(municipality)
            .bind(pattern)
            .bind(id)
            .bind(MOST)
            .fetch_all(pool)
            .await)
        .tried("listing organisers")
    }

    /// Adds an organiser.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Invalid`] for a name outside 1–120 characters;
    /// [`Error::Unknown`] for a municipality outside the scope.
    pub async fn add_organiser(&self, scope: &Scope, new: NewOrganiser) -> Result<Organiser> {
        scope.require(Permission::ManageClients)?;
        let name = bounded(&new.name, 120, "an organiser's name has 1 to 120 characters")?;
        let mut tx = self.begin().await?;
        let municipality = nis_code(new.municipality);
        let reached: i64 = within!(tx, c => sqlx::query_scalar(REACHED)
            .bind(scope.partnership_uuid())
            .bind(municipality)
            .fetch_one(c)
            .await)
        .tried("checking the municipality")?;
        if reached == 0 {
            return Err(Error::Unknown("municipality"));
        }
        let id = OrganiserId::from(self.env().uuid_v7());
        within!(tx, c => sqlx::query(INSERT)
            .bind(id.uuid())
            .bind(&name)
            .bind(new.kind.code())
            .bind(municipality)
            .bind(folded(&name))
            .execute(c)
            .await
            .map(drop))
        .tried("adding an organiser")?;
        change::of_tables(&mut tx).await.tried("adding an organiser")?;
        tx.commit().await.tried("adding an organiser")?;
        Ok(Organiser {
            id,
            name,
            kind: new.kind,
            municipality: new.municipality,
        })
    }
}
