//! Actions of the work plan, the activities that belong to them, and the partners they are held with.

use std::collections::BTreeMap;

use domain::{ActionId, ActivityId, Cents, PartnerId, PartnershipId};
use uuid::Uuid;

use super::records::{Action, ActionActivity, ActionChange, ActionFilter, Decision, NewAction};
use crate::columns::{At, Day, parsed};
use crate::engine::{Tx, from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::records::Partner;
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::{anywhere, bounded, folded};

const PARTNERS_TRIED: &str = "changing an action's partners";

/// The longest list of activities that wait for an action.
const MOST_LOOSE: i64 = 60;

const LIST: &str = "
    SELECT
        a.id, a.partnership_id, a.name, a.funding_line, a.bbc_code, a.created_at,
        (SELECT count(*) FROM activity AS v WHERE v.action_id = a.id) AS activities,
        (
            SELECT MIN(s.starts_at)
            FROM activity AS v
            JOIN activity_session AS s ON s.activity_id = v.id
            WHERE v.action_id = a.id
        ) AS first_start,
        (
            SELECT CAST(COALESCE(SUM(c.cents), 0) AS BIGINT)
            FROM cost_line AS c
            WHERE c.action_id = a.id
              AND ($4 IS NULL OR c.spent_on >= $4)
              AND ($5 IS NULL OR c.spent_on <= $5)
              AND ($6 IS NULL OR c.recorded_at <= $6)
              AND (c.withdrawn_at IS NULL OR c.withdrawn_at > $6)
        ) AS cost_cents
    FROM action AS a
    WHERE ($1 IS NULL OR a.partnership_id = $1)
      AND ($2 IS NULL OR a.partnership_id = $2)
      AND ($3 IS NULL OR a.id = $3)
      AND ($6 IS NULL OR a.created_at <= $6)";

const PARTNERS: &str = "
    SELECT ap.action_id, p.id, p.name
    FROM action_partner AS ap
    JOIN partner AS p ON p.id = ap.partner_id";

const ACTIVITIES: &str = "
    SELECT
        v.id, v.name, o.name AS organiser_name,
        (SELECT MIN(s.starts_at) FROM activity_session AS s WHERE s.activity_id = v.id) AS first_start
    FROM activity AS v
    JOIN organiser AS o ON o.id = v.organiser_id
    WHERE v.action_id = $1
    ORDER BY first_start, v.id";

const LOOSE: &str = "
    SELECT
        v.id, v.name, o.name AS organiser_name,
        (SELECT MIN(s.starts_at) FROM activity_session AS s WHERE s.activity_id = v.id) AS first_start
    FROM activity AS v
    JOIN organiser AS o ON o.id = v.organiser_id
    WHERE v.action_id IS NULL
      AND o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1)
      AND ($2 IS NULL OR v.search LIKE $2 ESCAPE '\\' OR o.search LIKE $2 ESCAPE '\\')
    ORDER BY v.created_at DESC, v.id DESC
    LIMIT $3";

const INSERT: &str = "
    INSERT INTO action (id, partnership_id, name, funding_line, bbc_code, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

const UPDATE: &str = "UPDATE action SET name = $2, funding_line = $3, bbc_code = $4 WHERE id = $1";

const KNOWN_PARTNER: &str = "SELECT count(*) FROM partner WHERE id = $1";

const FORGET_PARTNERS: &str = "DELETE FROM action_partner WHERE action_id = $1";

const ADD_PARTNER: &str = "
    INSERT INTO action_partner (action_id, partner_id)
    VALUES ($1, $2)
    ON CONFLICT DO NOTHING";

/// An activity of the partnership that belongs to no action, or to one of the partnership.
const LINKABLE: &str = "
    SELECT count(*)
    FROM activity AS v
    JOIN organiser AS o ON o.id = v.organiser_id
    WHERE v.id = $1
      AND ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
      AND (
          v.action_id IS NULL
          OR $2 IS NULL
          OR v.action_id IN (SELECT id FROM action WHERE partnership_id = $2)
      )";

const LINK: &str = "UPDATE activity SET action_id = $2 WHERE id = $1";

const ACTION_OF_ACTIVITY: &str = "
    SELECT a.id
    FROM activity AS v
    JOIN action AS a ON a.id = v.action_id
    WHERE v.id = $1 AND ($2 IS NULL OR a.partnership_id = $2)";

/// An action without what other tables know of it.
struct Bare(Action);

from_row!(Bare, row => Bare(Action {
    id: ActionId::from(row.try_get::<Uuid, _>("id")?),
    partnership: PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?),
    name: row.try_get("name")?,
    funding_line: row.try_get("funding_line")?,
    bbc_code: row.try_get::<Option<String>, _>("bbc_code")?.as_deref().map(parsed).transpose()?,
    partners: Vec::new(),
    activities: row.try_get::<i64, _>("activities")?.try_into().unwrap_or(0),
    first_day: row.try_get::<Option<At>, _>("first_start")?.map(|at| domain::local_day(at.0)),
    cost: Some(Cents(row.try_get("cost_cents")?)),
    decision: None,
    created_at: row.try_get::<At, _>("created_at")?.0,
}));

/// A partner of an action.
struct With {
    action: ActionId,
    partner: Partner,
}

from_row!(With, row => With {
    action: ActionId::from(row.try_get::<Uuid, _>("action_id")?),
    partner: Partner {
        id: PartnerId::from(row.try_get::<Uuid, _>("id")?),
        name: row.try_get("name")?,
    },
});

from_row!(ActionActivity, row => ActionActivity {
    id: ActivityId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    organiser_name: row.try_get("organiser_name")?,
    first_start: row.try_get::<Option<At>, _>("first_start")?.map(|at| at.0),
});

/// The fields of an action, checked.
struct Fields {
    name: String,
    funding_line: Option<String>,
    bbc_code: Option<String>,
}

fn checked(change: &ActionChange) -> Result<Fields> {
    let funding_line = change
        .funding_line
        .as_deref()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    Ok(Fields {
        name: bounded(&change.name, 120, "an action's name has 1 to 120 characters")?,
        funding_line: funding_line
            .map(|line| bounded(line, 60, "a funding line has at most 60 characters"))
            .transpose()?,
        bbc_code: change.bbc_code.clone().map(String::from),
    })
}

impl Store {
    /// The actions of the scope's partnership, by name, with their latest decision. What they are, anybody may know; what
    /// they cost is `None` unless the scope may read finances.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read figures; [`Error::Database`].
    pub async fn actions(&self, scope: &Scope, filter: &ActionFilter) -> Result<Vec<Action>> {
        self.list_actions(scope, filter, None).await
    }

    /// One action with all its costs; `None` when it is unknown or outside the scope.
    ///
    /// # Errors
    /// As [`Store::actions`].
    pub async fn action(&self, scope: &Scope, id: ActionId) -> Result<Option<Action>> {
        Ok(self
            .list_actions(scope, &ActionFilter::default(), Some(id))
            .await?
            .pop())
    }

    async fn list_actions(&self, scope: &Scope, filter: &ActionFilter, id: Option<ActionId>) -> Result<Vec<Action>> {
        const TRIED: &str = "listing actions";
        scope.require(Permission::ReadFigures)?;
        let bare: Vec<Bare> = read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(scope.partnership_uuid())
            .bind(filter.partnership.map(PartnershipId::uuid))
            .bind(id.map(ActionId::uuid))
            .bind(filter.from.map(Day))
            .bind(filter.until.map(Day))
            .bind(filter.as_of.map(At))
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        let with: Vec<With> = read!(self.db(), pool => sqlx::query_as(PARTNERS).fetch_all(pool).await).tried(TRIED)?;
        let mut partners: BTreeMap<ActionId, Vec<Partner>> = BTreeMap::new();
        for With { action, partner } in with {
            partners.entry(action).or_default().push(partner);
        }
        let mut decisions: BTreeMap<ActionId, Decision> = BTreeMap::new();
        for decision in self.list_decisions(scope, id, filter.until, filter.as_of).await? {
            // Oldest first: the last one stays.
            decisions.insert(decision.action, decision);
        }
        let sees_costs = scope.may(Permission::ReadFinances);
        let mut actions: Vec<Action> = bare.into_iter().map(|Bare(action)| action).collect();
        for action in &mut actions {
            action.partners = partners.remove(&action.id).unwrap_or_default();
            action.partners.sort_by_cached_key(|partner| folded(&partner.name));
            action.decision = decisions.remove(&action.id);
            action.cost = action.cost.filter(|_| sees_costs);
        }
        // Here, because the engines sort letters differently.
        actions.sort_by_cached_key(|action| (folded(&action.name), action.id));
        Ok(actions)
    }

    /// Adds an action.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Invalid`] for a field outside its
    /// bounds; [`Error::Unknown`] for a partner or partnership that is not there.
    pub async fn add_action(&self, scope: &Scope, new: &NewAction) -> Result<Action> {
        const TRIED: &str = "adding an action";
        scope.require(Permission::ManageProgramme)?;
        let fields = checked(&new.action)?;
        let partnership = self.programme_partnership(scope, new.partnership).await?;
        let id = ActionId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT)
            .bind(id.uuid())
            .bind(partnership)
            .bind(fields.name)
            .bind(fields.funding_line)
            .bind(fields.bbc_code)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_partners(&mut tx, id, &new.action.partners).await?;
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        self.action(scope, id).await?.ok_or(Error::Unknown("action"))
    }

    /// Changes what an action is called, what pays for it and with whom it is held.
    ///
    /// # Errors
    /// As [`Store::add_action`], and [`Error::Unknown`] for an action outside the scope.
    pub async fn change_action(&self, scope: &Scope, id: ActionId, change: &ActionChange) -> Result<Action> {
        const TRIED: &str = "changing an action";
        scope.require(Permission::ManageProgramme)?;
        let fields = checked(change)?;
        self.partnership_of_action(scope, id).await?;
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(UPDATE)
            .bind(id.uuid())
            .bind(fields.name)
            .bind(fields.funding_line)
            .bind(fields.bbc_code)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_partners(&mut tx, id, &change.partners).await?;
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        self.action(scope, id).await?.ok_or(Error::Unknown("action"))
    }

    /// Says with whom an action is held; who is not named, no longer is.
    ///
    /// # Errors
    /// As [`Store::change_action`].
    pub async fn set_action_partners(&self, scope: &Scope, id: ActionId, partners: &[PartnerId]) -> Result<()> {
        scope.require(Permission::ManageProgramme)?;
        self.partnership_of_action(scope, id).await?;
        let mut tx = self.begin().await?;
        set_partners(&mut tx, id, partners).await?;
        change::of_tables(&mut tx).await.tried(PARTNERS_TRIED)?;
        tx.commit().await.tried(PARTNERS_TRIED)
    }

    /// Lets an activity belong to an action, or with `None` to none. An activity belongs to one action at most, so that
    /// one visit is never counted for two (FIGURES §4, Plan Samenleven).
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an action outside the
    /// scope, or an activity outside the action's partnership.
    pub async fn link_activity(&self, scope: &Scope, activity: ActivityId, action: Option<ActionId>) -> Result<()> {
        const TRIED: &str = "linking an activity";
        scope.require(Permission::ManageProgramme)?;
        let partnership = match action {
            Some(action) => Some(self.partnership_of_action(scope, action).await?),
            None => scope.partnership_uuid(),
        };
        let mut tx = self.begin().await?;
        let linkable: i64 = within!(tx, c => sqlx::query_scalar(LINKABLE)
            .bind(activity.uuid())
            .bind(partnership)
            .fetch_one(c)
            .await)
        .tried(TRIED)?;
        if linkable == 0 {
            return Err(Error::Unknown("activity"));
        }
        within!(tx, c => sqlx::query(LINK)
            .bind(activity.uuid())
            .bind(action.map(ActionId::uuid))
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }

    /// The action that an activity belongs to, when it is one of the scope.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read figures; [`Error::Database`].
    pub async fn action_of_activity(&self, scope: &Scope, activity: ActivityId) -> Result<Option<ActionId>> {
        scope.require(Permission::ReadFigures)?;
        let found: Option<Uuid> = read!(self.db(), pool => sqlx::query_scalar(ACTION_OF_ACTIVITY)
            .bind(activity.uuid())
            .bind(scope.partnership_uuid())
            .fetch_optional(pool)
            .await)
        .tried("finding the action of an activity")?;
        Ok(found.map(ActionId::from))
    }

    /// The activities of an action, the earliest first.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read figures; [`Error::Unknown`] for an action outside the scope.
    pub async fn action_activities(&self, scope: &Scope, action: ActionId) -> Result<Vec<ActionActivity>> {
        scope.require(Permission::ReadFigures)?;
        self.partnership_of_action(scope, action).await?;
        read!(self.db(), pool => sqlx::query_as(ACTIVITIES).bind(action.uuid()).fetch_all(pool).await)
            .tried("listing an action's activities")
    }

    /// The newest activities that could be linked to an action and belong to none; at most sixty.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an action outside the
    /// scope.
    pub async fn loose_activities(
        &self,
        scope: &Scope,
        action: ActionId,
        search: Option<&str>,
    ) -> Result<Vec<ActionActivity>> {
        scope.require(Permission::ManageProgramme)?;
        let partnership = self.partnership_of_action(scope, action).await?;
        let pattern = anywhere(search);
        read!(self.db(), pool => sqlx::query_as(LOOSE)
            .bind(partnership)
            .bind(pattern)
            .bind(MOST_LOOSE)
            .fetch_all(pool)
            .await)
        .tried("listing activities without action")
    }
}

async fn set_partners(tx: &mut Tx, id: ActionId, partners: &[PartnerId]) -> Result<()> {
    const TRIED: &str = PARTNERS_TRIED;
    for partner in partners {
        let known: i64 = within!(*tx, c => sqlx::query_scalar(KNOWN_PARTNER).bind(partner.uuid()).fetch_one(c).await)
            .tried(TRIED)?;
        if known == 0 {
            return Err(Error::Unknown("partner"));
        }
    }
    within!(*tx, c => {
        sqlx::query(FORGET_PARTNERS).bind(id.uuid()).execute(&mut *c).await.tried(TRIED)?;
        for partner in partners {
            sqlx::query(ADD_PARTNER).bind(id.uuid()).bind(partner.uuid()).execute(&mut *c).await.tried(TRIED)?;
        }
    });
    Ok(())
}
