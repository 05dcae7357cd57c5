//! What becomes of an action: proposed, anchored in the municipalities' own plan, or stopped. The history is kept.

use domain::ActionId;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::maybe_paragraphs;
use super::records::{Decision, NewDecision};
use crate::columns::{At, Day, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// Of two decisions on one day, the one that was written down last stands.
const LIST: &str = "
    SELECT d.action_id, d.decision, d.decided_on, d.bbc_code, d.reason, d.recorded_at
    FROM anchoring_decision AS d
    JOIN action AS a ON a.id = d.action_id
    WHERE ($1 IS NULL OR a.partnership_id = $1)
      AND ($2 IS NULL OR d.action_id = $2)
      AND ($3 IS NULL OR d.decided_on <= $3)
      AND ($4 IS NULL OR d.recorded_at <= $4)
    ORDER BY d.decided_on, d.recorded_at, d.id";

const INSERT: &str = "
    INSERT INTO anchoring_decision (
        id, action_id, decision, decided_on, bbc_code, reason, recorded_by, recorded_at
    )
    VALUES (
        $1, $2, $3, $4, COALESCE($5, (SELECT bbc_code FROM action WHERE id = $2)), $6, $7, $8
    )";

from_row!(Decision, row => Decision {
    action: ActionId::from(row.try_get::<Uuid, _>("action_id")?),
    decision: parsed(row.try_get("decision")?)?,
    decided_on: row.try_get::<Day, _>("decided_on")?.0,
    bbc_code: row.try_get::<Option<String>, _>("bbc_code")?.as_deref().map(parsed).transpose()?,
    reason: row.try_get("reason")?,
    recorded_at: row.try_get::<At, _>("recorded_at")?.0,
});

impl Store {
    /// Writes down what was decided about an action. An earlier decision stays as history.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an action outside the
    /// scope; [`Error::Invalid`] for a day that is still to come, or a reason of more than 1000 characters.
    pub async fn decide_anchoring(&self, scope: &Scope, new: &NewDecision) -> Result<()> {
        const TRIED: &str = "deciding about an action";
        scope.require(Permission::ManageProgramme)?;
        self.partnership_of_action(scope, new.action).await?;
        if new.decided_on > self.env().today() {
            return Err(Error::Invalid("a decision is not in the future"));
        }
        let reason = maybe_paragraphs(&new.reason, 1000, "a reason has at most 1000 characters")?;
        let id = self.env().uuid_v7();
        let now = At(self.env().now());
        let by = scope.actor().uuid();
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT)
            .bind(id)
            .bind(new.action.uuid())
            .bind(new.decision.code())
            .bind(Day(new.decided_on))
            .bind(new.bbc_code.clone().map(String::from))
            .bind(reason)
            .bind(by)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }

    /// What was decided about an action, the oldest first: the last one stands.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read figures; [`Error::Database`].
    pub async fn anchoring_decisions(&self, scope: &Scope, action: ActionId) -> Result<Vec<Decision>> {
        scope.require(Permission::ReadFigures)?;
        self.list_decisions(scope, Some(action), None, None).await
    }

    /// Of one action or of all, the oldest first.
    pub(super) async fn list_decisions(
        &self,
        scope: &Scope,
        action: Option<ActionId>,
        until: Option<Date>,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Decision>> {
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(scope.partnership_uuid())
            .bind(action.map(ActionId::uuid))
            .bind(until.map(Day))
            .bind(as_of.map(At))
            .fetch_all(pool)
            .await)
        .tried("listing decisions")
    }
}
