//! What was spent.

use domain::{ActionId, Cents, CostLineId, PartnershipId};
use uuid::Uuid;

use super::records::{CostFilter, CostLine, NewCostLine};
use crate::columns::{At, Day, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::bounded;

const LIST: &str = "
    SELECT id, action_id, kind, description, cents, spent_on
    FROM cost_line
    WHERE ($1 IS NULL OR partnership_id = $1)
      AND ($2 IS NULL OR partnership_id = $2)
      AND ($3 IS NULL OR action_id = $3)
      AND ($4 IS NULL OR spent_on >= $4)
      AND ($5 IS NULL OR spent_on <= $5)
      AND ($6 IS NULL OR recorded_at <= $6)
      AND (withdrawn_at IS NULL OR withdrawn_at > $6)
    ORDER BY spent_on, id";

const INSERT: &str = "
    INSERT INTO cost_line (
        id, partnership_id, action_id, kind, description, cents, spent_on, recorded_by, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const WITHDRAW: &str = "
    UPDATE cost_line
    SET withdrawn_at = $3
    WHERE id = $1 AND withdrawn_at IS NULL AND ($2 IS NULL OR partnership_id = $2)";

from_row!(CostLine, row => CostLine {
    id: CostLineId::from(row.try_get::<Uuid, _>("id")?),
    action: row.try_get::<Option<Uuid>, _>("action_id")?.map(ActionId::from),
    kind: parsed(row.try_get("kind")?)?,
    description: row.try_get("description")?,
    cents: Cents(row.try_get("cents")?),
    spent_on: row.try_get::<Day, _>("spent_on")?.0,
});

impl Store {
    /// Writes down what was spent.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an action or partnership
    /// outside the scope; [`Error::Invalid`] for an amount of nothing, a day to come, or a description outside 1–200
    /// characters.
    pub async fn add_cost_line(&self, scope: &Scope, new: &NewCostLine) -> Result<CostLineId> {
        const TRIED: &str = "adding a cost line";
        scope.require(Permission::ManageProgramme)?;
        let description = bounded(
            &new.description,
            200,
            "a cost line's description has 1 to 200 characters",
        )?;
        if new.cents.0 <= 0 {
            return Err(Error::Invalid("a cost line is more than zero"));
        }
        if new.spent_on > self.env().today() {
            return Err(Error::Invalid("money is not spent in the future"));
        }
        let partnership = self.partnership_for(scope, new.action, new.partnership).await?;
        let id = CostLineId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let by = scope.actor().uuid();
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT)
            .bind(id.uuid())
            .bind(partnership)
            .bind(new.action.map(ActionId::uuid))
            .bind(new.kind.code())
            .bind(description)
            .bind(new.cents.0)
            .bind(Day(new.spent_on))
            .bind(by)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }

    /// Takes a cost line back. It stays for reports as of an earlier moment.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a line outside the scope
    /// or taken back before.
    pub async fn withdraw_cost_line(&self, scope: &Scope, id: CostLineId) -> Result<()> {
        const TRIED: &str = "taking back a cost line";
        scope.require(Permission::ManageProgramme)?;
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => sqlx::query(WITHDRAW)
            .bind(id.uuid())
            .bind(scope.partnership_uuid())
            .bind(now)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if changed == 0 {
            return Err(Error::Unknown("cost line"));
        }
        tx.commit().await.tried(TRIED)
    }

    /// What was spent, the oldest first.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read finances; [`Error::Database`].
    pub async fn cost_lines(&self, scope: &Scope, filter: &CostFilter) -> Result<Vec<CostLine>> {
        scope.require(Permission::ReadFinances)?;
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(scope.partnership_uuid())
            .bind(filter.partnership.map(PartnershipId::uuid))
            .bind(filter.action.map(ActionId::uuid))
            .bind(filter.from.map(Day))
            .bind(filter.until.map(Day))
            .bind(filter.as_of.map(At))
            .fetch_all(pool)
            .await)
        .tried("listing costs")
    }
}
