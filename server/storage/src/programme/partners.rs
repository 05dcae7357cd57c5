//! The partners that refer newcomers and hold activities, and what was agreed with them.

use std::collections::BTreeMap;

use domain::{ActivityId, AgreementId, PartnerId, PartnershipId, Period, start_of_day};
use uuid::Uuid;

use super::paragraphs;
use super::records::{Agreement, NewAgreement};
use crate::columns::{At, Day};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::records::Partner;
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::{bounded, folded};

const NAMES: &str = "SELECT id, name FROM partner";

const INSERT_PARTNER: &str = "INSERT INTO partner (id, name) VALUES ($1, $2)";

const AGREEMENTS: &str = "
    SELECT g.id, g.partner_id, p.name AS partner_name, g.agreed_on, g.ends_on, g.text
    FROM agreement AS g
    JOIN partner AS p ON p.id = g.partner_id
    WHERE ($1 IS NULL OR g.partnership_id = $1)
      AND ($2 IS NULL OR g.partnership_id = $2)
    ORDER BY g.agreed_on, g.id";

/// Partners of the activity itself and of its action: the same activity counts once for each.
const TOGETHER: &str = "
    SELECT held.partner_id, count(DISTINCT held.activity_id) AS activities
    FROM (
        SELECT ap.partner_id, v.id AS activity_id, v.organiser_id
        FROM action_partner AS ap
        JOIN activity AS v ON v.action_id = ap.action_id
        UNION
        SELECT vp.partner_id, v.id AS activity_id, v.organiser_id
        FROM activity_partner AS vp
        JOIN activity AS v ON v.id = vp.activity_id
    ) AS held
    JOIN organiser AS o ON o.id = held.organiser_id
    WHERE ($1 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1))
      AND ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
      AND EXISTS (
          SELECT 1
          FROM activity_session AS s
          WHERE s.activity_id = held.activity_id AND s.starts_at >= $3 AND s.starts_at < $4
      )
    GROUP BY held.partner_id";

const REACHED_ACTIVITY: &str = "
    SELECT count(*)
    FROM activity AS v
    JOIN organiser AS o ON o.id = v.organiser_id
    WHERE v.id = $1
      AND ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))";

const ACTIVITY_PARTNERS: &str = "
    SELECT p.id, p.name
    FROM activity_partner AS vp
    JOIN partner AS p ON p.id = vp.partner_id
    WHERE vp.activity_id = $1";

const FORGET_ACTIVITY_PARTNERS: &str = "DELETE FROM activity_partner WHERE activity_id = $1";

const ADD_ACTIVITY_PARTNER: &str = "
    INSERT INTO activity_partner (activity_id, partner_id)
    VALUES ($1, $2)
    ON CONFLICT DO NOTHING";

const INSERT_AGREEMENT: &str = "
    INSERT INTO agreement (id, partnership_id, partner_id, agreed_on, ends_on, text, recorded_by, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const END: &str = "
    UPDATE agreement
    SET ends_on = $3
    WHERE id = $1 AND agreed_on <= $3 AND ($2 IS NULL OR partnership_id = $2)";

/// How many activities a partner held.
struct Held {
    partner: PartnerId,
    activities: i64,
}

from_row!(Held, row => Held {
    partner: PartnerId::from(row.try_get::<Uuid, _>("partner_id")?),
    activities: row.try_get("activities")?,
});

from_row!(Agreement, row => Agreement {
    id: AgreementId::from(row.try_get::<Uuid, _>("id")?),
    partner: PartnerId::from(row.try_get::<Uuid, _>("partner_id")?),
    partner_name: row.try_get("partner_name")?,
    agreed_on: row.try_get::<Day, _>("agreed_on")?.0,
    ends_on: row.try_get::<Option<Day>, _>("ends_on")?.map(|day| day.0),
    text: row.try_get("text")?,
});

impl Store {
    /// Adds a partner. Partners are shared by all partnerships: the same association is the same partner.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Invalid`] for a name outside 1–120
    /// characters; [`Error::Exists`] for a name that is there already, whatever its capitals.
    pub async fn add_partner(&self, scope: &Scope, name: &str) -> Result<Partner> {
        const TRIED: &str = "adding a partner";
        scope.require(Permission::ManageProgramme)?;
        let name = bounded(name, 120, "a partner's name has 1 to 120 characters")?;
        let mut tx = self.begin().await?;
        let known: Vec<Partner> = within!(tx, c => sqlx::query_as(NAMES).fetch_all(c).await).tried(TRIED)?;
        if known.iter().any(|partner| folded(&partner.name) == folded(&name)) {
            return Err(Error::Exists("partner"));
        }
        let id = PartnerId::from(self.env().uuid_v7());
        within!(tx, c => sqlx::query(INSERT_PARTNER)
            .bind(id.uuid())
            .bind(&name)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(Partner { id, name })
    }

    /// Per partner: how many activities with a session that starts in the period are held with it, by itself or through
    /// their action. A partner without any is left out.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read reports; [`Error::Database`].
    pub async fn partner_activities(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        period: Period,
    ) -> Result<BTreeMap<PartnerId, u64>> {
        scope.require(Permission::ReadReports)?;
        let after = period.last().tomorrow().unwrap_or(period.last());
        let held: Vec<Held> = read!(self.db(), pool => sqlx::query_as(TOGETHER)
            .bind(scope.partnership_uuid())
            .bind(partnership.map(PartnershipId::uuid))
            .bind(At(start_of_day(period.first())))
            .bind(At(start_of_day(after)))
            .fetch_all(pool)
            .await)
        .tried("counting what partners hold")?;
        let count = |held: Held| (held.partner, held.activities.try_into().unwrap_or(0));
        Ok(held.into_iter().map(count).collect())
    }

    /// The partners that an activity is held with by itself, by name; those of its action come on top.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read figures; [`Error::Database`].
    pub async fn activity_partners(&self, scope: &Scope, activity: ActivityId) -> Result<Vec<Partner>> {
        scope.require(Permission::ReadFigures)?;
        let mut partners: Vec<Partner> = read!(self.db(), pool => sqlx::query_as(ACTIVITY_PARTNERS)
            .bind(activity.uuid())
            .fetch_all(pool)
            .await)
        .tried("listing an activity's partners")?;
        partners.sort_by_cached_key(|partner| folded(&partner.name));
        Ok(partners)
    }

    /// Says with whom an activity is held; who is not named, no longer is.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an activity outside the
    /// scope or a partner that is not there.
    pub async fn set_activity_partners(
        &self,
        scope: &Scope,
        activity: ActivityId,
        partners: &[PartnerId],
    ) -> Result<()> {
        const TRIED: &str = "changing an activity's partners";
        scope.require(Permission::ManageProgramme)?;
        let known = self.partners(scope).await?;
        if !partners.iter().all(|id| known.iter().any(|partner| partner.id == *id)) {
            return Err(Error::Unknown("partner"));
        }
        let mut tx = self.begin().await?;
        let reached: i64 = within!(tx, c => sqlx::query_scalar(REACHED_ACTIVITY)
            .bind(activity.uuid())
            .bind(scope.partnership_uuid())
            .fetch_one(c)
            .await)
        .tried(TRIED)?;
        if reached == 0 {
            return Err(Error::Unknown("activity"));
        }
        within!(tx, c => {
            sqlx::query(FORGET_ACTIVITY_PARTNERS).bind(activity.uuid()).execute(&mut *c).await.tried(TRIED)?;
            for partner in partners {
                sqlx::query(ADD_ACTIVITY_PARTNER)
                    .bind(activity.uuid())
                    .bind(partner.uuid())
                    .execute(&mut *c)
                    .await
                    .tried(TRIED)?;
            }
        });
        change::of_tables(&mut tx).await.tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }

    /// What was agreed with partners, the oldest first. Agreements of public bodies are public.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read reports; [`Error::Database`].
    pub async fn agreements(&self, scope: &Scope, partnership: Option<PartnershipId>) -> Result<Vec<Agreement>> {
        scope.require(Permission::ReadReports)?;
        read!(self.db(), pool => sqlx::query_as(AGREEMENTS)
            .bind(scope.partnership_uuid())
            .bind(partnership.map(PartnershipId::uuid))
            .fetch_all(pool)
            .await)
        .tried("listing agreements")
    }

    /// Writes down what was agreed with a partner.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a partner or partnership
    /// that is not there; [`Error::Invalid`] for an end before the start, or a text outside 1–2000 characters.
    pub async fn add_agreement(&self, scope: &Scope, new: &NewAgreement) -> Result<AgreementId> {
        const TRIED: &str = "adding an agreement";
        scope.require(Permission::ManageProgramme)?;
        let text = paragraphs(&new.text, 2000, "an agreement's text has 1 to 2000 characters")?;
        if new.ends_on.is_some_and(|end| end < new.agreed_on) {
            return Err(Error::Invalid("an agreement does not end before it starts"));
        }
        let partnership = self.programme_partnership(scope, new.partnership).await?;
        if !self.partners(scope).await?.iter().any(|known| known.id == new.partner) {
            return Err(Error::Unknown("partner"));
        }
        let id = AgreementId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let by = scope.actor().uuid();
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT_AGREEMENT)
            .bind(id.uuid())
            .bind(partnership)
            .bind(new.partner.uuid())
            .bind(Day(new.agreed_on))
            .bind(new.ends_on.map(Day))
            .bind(text)
            .bind(by)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }

    /// Says on which day an agreement ends.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an agreement outside the
    /// scope, or one that starts after that day.
    pub async fn end_agreement(&self, scope: &Scope, id: AgreementId, ends_on: jiff::civil::Date) -> Result<()> {
        const TRIED: &str = "ending an agreement";
        scope.require(Permission::ManageProgramme)?;
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => sqlx::query(END)
            .bind(id.uuid())
            .bind(scope.partnership_uuid())
            .bind(Day(ends_on))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if changed == 0 {
            return Err(Error::Unknown("agreement"));
        }
        tx.commit().await.tried(TRIED)
    }
}
