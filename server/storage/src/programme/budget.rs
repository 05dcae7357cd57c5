//! The money of a work year: what may be spent, what was, what the subsidy pays and what the municipalities pay.

use std::collections::BTreeMap;

use domain::{ActionId, BasisPoints, BudgetLineId, Cents, Nis, OwnShareSplit, PartnershipId, Period, PeriodKind};
use jiff::Timestamp;
use uuid::Uuid;

use super::records::{ActionFilter, Budget, BudgetLine, BudgetYear, CostFilter, CostLine, NewBudgetLine};
use super::sum::Sum;
use crate::columns::{At, Day, nis, nis_code, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::bounded;

/// The last column: inhabitants, dated in the heading.
const MUNICIPALITIES: &str = include_str!("../../data/municipalities.csv");

const LINES: &str = "
    SELECT id, work_year, action_id, kind, description, cents
    FROM budget_line
    WHERE partnership_id = $1
      AND ($2 IS NULL OR work_year = $2)
      AND ($3 IS NULL OR recorded_at <= $3)
      AND (withdrawn_at IS NULL OR withdrawn_at > $3)
    ORDER BY work_year, id";

const INSERT_LINE: &str = "
    INSERT INTO budget_line (
        id, partnership_id, work_year, action_id, kind, description, cents, recorded_by, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const WITHDRAW_LINE: &str = "
    UPDATE budget_line
    SET withdrawn_at = $3
    WHERE id = $1 AND withdrawn_at IS NULL AND ($2 IS NULL OR partnership_id = $2)";

const YEARS: &str = "
    SELECT work_year, subsidy_cents, own_share_bp, split
    FROM budget_year
    WHERE partnership_id = $1
    ORDER BY work_year";

const WEIGHTS: &str = "
    SELECT work_year, municipality, weight
    FROM budget_share
    WHERE partnership_id = $1
    ORDER BY work_year, municipality";

const MEMBERS: &str = "
    SELECT DISTINCT municipality
    FROM partnership_member
    WHERE partnership_id = $1
      AND member_from <= $3
      AND (member_until IS NULL OR member_until >= $2)
    ORDER BY municipality";

const SET_YEAR: &str = "
    INSERT INTO budget_year (
        partnership_id, work_year, subsidy_cents, own_share_bp, split, recorded_by, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (partnership_id, work_year) DO UPDATE
    SET subsidy_cents = excluded.subsidy_cents,
        own_share_bp = excluded.own_share_bp,
        split = excluded.split,
        recorded_by = excluded.recorded_by,
        recorded_at = excluded.recorded_at";

const FORGET_WEIGHTS: &str = "DELETE FROM budget_share WHERE partnership_id = $1 AND work_year = $2";

const INSERT_WEIGHT: &str = "
    INSERT INTO budget_share (partnership_id, work_year, municipality, weight)
    VALUES ($1, $2, $3, $4)";

from_row!(BudgetLine, row => BudgetLine {
    id: BudgetLineId::from(row.try_get::<Uuid, _>("id")?),
    year: parsed(row.try_get("work_year")?)?,
    action: row.try_get::<Option<Uuid>, _>("action_id")?.map(ActionId::from),
    kind: parsed(row.try_get("kind")?)?,
    description: row.try_get("description")?,
    cents: Cents(row.try_get("cents")?),
});

from_row!(BudgetYear, row => BudgetYear {
    year: parsed(row.try_get("work_year")?)?,
    subsidy: Cents(row.try_get("subsidy_cents")?),
    own_share: BasisPoints(row.try_get::<i64, _>("own_share_bp")?.try_into().unwrap_or(0)),
    split: parsed(row.try_get("split")?)?,
    weights: Vec::new(),
});

struct Weight {
    year: Period,
    municipality: Nis,
    weight: u64,
}

from_row!(Weight, row => Weight {
    year: parsed(row.try_get("work_year")?)?,
    municipality: nis(row.try_get("municipality")?)?,
    weight: row.try_get::<i64, _>("weight")?.try_into().unwrap_or(0),
});

/// The inhabitants of each municipality of the Rand, as the product's own list has them (its data set is of 2020): what
/// the form for a split by inhabitants starts with.
#[must_use]
pub fn known_inhabitants() -> BTreeMap<Nis, u64> {
    let line = |line: &str| {
        let nis = line.split(',').next()?.parse().ok()?;
        Some((nis, line.rsplit(',').next()?.trim().parse().ok()?))
    };
    MUNICIPALITIES.lines().skip(1).filter_map(line).collect()
}

fn is_work_year(period: Period) -> Result<Period> {
    if period.kind() == PeriodKind::WorkYear {
        return Ok(period);
    }
    Err(Error::Invalid("a budget is of a work year, such as 2025-2026"))
}

/// What a year without settings has: no subsidy, 20 %, split equally.
fn unset(year: Period, members: &[Nis]) -> BudgetYear {
    BudgetYear {
        year,
        subsidy: Cents(0),
        own_share: BasisPoints::USUAL_OWN_SHARE,
        split: OwnShareSplit::Equal,
        weights: members.iter().map(|nis| (*nis, 1)).collect(),
    }
}

/// The weights as they are kept, or why they are none.
fn checked_weights(setting: &BudgetYear, members: &[Nis]) -> Result<Vec<(Nis, u64)>> {
    if setting.split == OwnShareSplit::Equal {
        return Ok(members.iter().map(|nis| (*nis, 1)).collect());
    }
    let mut weights = BTreeMap::new();
    for (nis, weight) in &setting.weights {
        if !members.contains(nis) {
            return Err(Error::Unknown("municipality"));
        }
        if weights.insert(*nis, *weight).is_some() {
            return Err(Error::Invalid("a municipality has one share"));
        }
    }
    let sum: u64 = weights.values().sum();
    match setting.split {
        OwnShareSplit::Typed if sum != u64::from(BasisPoints::WHOLE.0) => {
            Err(Error::Invalid("the percentages make 100 together"))
        }
        OwnShareSplit::Inhabitants if weights.len() < members.len() || weights.values().any(|weight| *weight == 0) => {
            Err(Error::Invalid("every municipality has inhabitants"))
        }
        _ => Ok(weights.into_iter().collect()),
    }
}

impl Store {
    /// The work years in which money was budgeted, spent or granted, oldest first; the present one is always among them.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read finances; [`Error::Unknown`] for a partnership outside the scope.
    pub async fn budget_years(&self, scope: &Scope, partnership: Option<PartnershipId>) -> Result<Vec<Period>> {
        scope.require(Permission::ReadFinances)?;
        let of = self.programme_partnership(scope, partnership).await?;
        let spent = self.costs_of(scope, of, None, None).await?;
        let lines = self.lines_of(of, None, None).await?;
        let set = self.years_of(of).await?;
        let mut years: Vec<Period> = spent
            .iter()
            .map(|line| Period::work_year_of(line.spent_on))
            .chain(lines.iter().map(|line| line.year))
            .chain(set.into_keys())
            .chain([Period::work_year_of(self.env().today())])
            .collect();
        years.sort_unstable();
        years.dedup();
        Ok(years)
    }

    /// What pays for a work year, and how the municipalities split their part; as long as nobody said: nothing, 20 %,
    /// equally over the members of that year.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read finances; [`Error::Invalid`] for another period than a work year;
    /// [`Error::Unknown`] for a partnership outside the scope.
    pub async fn budget_year(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        year: Period,
    ) -> Result<BudgetYear> {
        scope.require(Permission::ReadFinances)?;
        let year = is_work_year(year)?;
        let of = self.programme_partnership(scope, partnership).await?;
        match self.years_of(of).await?.remove(&year) {
            Some(set) => Ok(set),
            None => Ok(unset(year, &self.members_of(of, year).await?)),
        }
    }

    /// Says what pays for a work year and how the municipalities split their part. With an equal split the weights are
    /// made here: 1 for each member of that year.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a municipality that was
    /// no member in that year; [`Error::Invalid`] for another period than a work year, typed percentages that do not make
    /// 100, a municipality without inhabitants, or a share above 100 %.
    pub async fn set_budget_year(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        setting: &BudgetYear,
    ) -> Result<()> {
        const TRIED: &str = "setting what pays for a work year";
        scope.require(Permission::ManageProgramme)?;
        let year = is_work_year(setting.year)?;
        if setting.subsidy.0 < 0 {
            return Err(Error::Invalid("a subsidy is not negative"));
        }
        if setting.own_share > BasisPoints::WHOLE {
            return Err(Error::Invalid("an own share is at most 100 %"));
        }
        let of = self.programme_partnership(scope, partnership).await?;
        let weights = checked_weights(setting, &self.members_of(of, year).await?)?;
        let (year, now, by) = (year.to_string(), At(self.env().now()), scope.actor().uuid());
        let mut tx = self.begin().await?;
        within!(tx, c => {
            sqlx::query(SET_YEAR)
                .bind(of)
                .bind(&year)
                .bind(setting.subsidy.0)
                .bind(i64::from(setting.own_share.0))
                .bind(setting.split.code())
                .bind(by)
                .bind(now)
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
            sqlx::query(FORGET_WEIGHTS).bind(of).bind(&year).execute(&mut *c).await.tried(TRIED)?;
            for (municipality, weight) in weights {
                sqlx::query(INSERT_WEIGHT)
                    .bind(of)
                    .bind(&year)
                    .bind(nis_code(municipality))
                    .bind(i64::try_from(weight).unwrap_or(i64::MAX))
                    .execute(&mut *c)
                    .await
                    .tried(TRIED)?;
            }
        });
        tx.commit().await.tried(TRIED)
    }

    /// What may be spent in a work year, in the order in which it was written down.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read finances; [`Error::Unknown`] for a partnership outside the scope.
    pub async fn budget_lines(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        year: Period,
    ) -> Result<Vec<BudgetLine>> {
        scope.require(Permission::ReadFinances)?;
        let of = self.programme_partnership(scope, partnership).await?;
        self.lines_of(of, Some(year), None).await
    }

    /// Adds a budget line.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for an action or partnership
    /// outside the scope; [`Error::Invalid`] for another period than a work year, an amount of nothing, or a description
    /// outside 1–200 characters.
    pub async fn add_budget_line(&self, scope: &Scope, new: &NewBudgetLine) -> Result<BudgetLineId> {
        const TRIED: &str = "adding a budget line";
        scope.require(Permission::ManageProgramme)?;
        let year = is_work_year(new.year)?;
        let description = bounded(
            &new.description,
            200,
            "a budget line's description has 1 to 200 characters",
        )?;
        if new.cents.0 <= 0 {
            return Err(Error::Invalid("a budget line is more than zero"));
        }
        let partnership = self.partnership_for(scope, new.action, new.partnership).await?;
        let id = BudgetLineId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let by = scope.actor().uuid();
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT_LINE)
            .bind(id.uuid())
            .bind(partnership)
            .bind(year.to_string())
            .bind(new.action.map(ActionId::uuid))
            .bind(new.kind.code())
            .bind(description)
            .bind(new.cents.0)
            .bind(by)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }

    /// Takes a budget line back. It stays for reports as of an earlier moment.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a line outside the scope
    /// or taken back before.
    pub async fn withdraw_budget_line(&self, scope: &Scope, id: BudgetLineId) -> Result<()> {
        const TRIED: &str = "taking back a budget line";
        scope.require(Permission::ManageProgramme)?;
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => sqlx::query(WITHDRAW_LINE)
            .bind(id.uuid())
            .bind(scope.partnership_uuid())
            .bind(now)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if changed == 0 {
            return Err(Error::Unknown("budget line"));
        }
        tx.commit().await.tried(TRIED)
    }

    /// The money of one partnership in a work year, or with `project` in all its work years: each with its own subsidy,
    /// own share and split, then added up.
    ///
    /// # Errors
    /// [`Error::Denied`] for who may not read finances; [`Error::Invalid`] for another period; [`Error::Unknown`] for a
    /// partnership outside the scope.
    pub async fn budget(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Budget> {
        scope.require(Permission::ReadFinances)?;
        let of = self.programme_partnership(scope, partnership).await?;
        let years = match period.kind() {
            PeriodKind::Project => self.budget_years(scope, partnership).await?,
            _ => vec![is_work_year(period)?],
        };
        let filter = ActionFilter {
            partnership: Some(PartnershipId::from(of)),
            ..ActionFilter::default()
        };
        let names: BTreeMap<ActionId, String> = self
            .actions(scope, &filter)
            .await?
            .into_iter()
            .map(|action| (action.id, action.name))
            .collect();
        let places: BTreeMap<Nis, String> = self
            .municipality_history(scope)
            .await?
            .into_iter()
            .map(|place| (place.nis, place.name_nl))
            .collect();
        let mut settings = self.years_of(of).await?;
        let mut sum = Sum::default();
        for year in years {
            let setting = match settings.remove(&year) {
                Some(set) => set,
                None => unset(year, &self.members_of(of, year).await?),
            };
            let lines = self.lines_of(of, Some(year), as_of).await?;
            let costs = self.costs_of(scope, of, Some(year), as_of).await?;
            sum.add_year(&setting, &lines, &costs);
        }
        Ok(sum.finish(period, &names, &places))
    }

    async fn years_of(&self, partnership: Uuid) -> Result<BTreeMap<Period, BudgetYear>> {
        const TRIED: &str = "listing what pays for the work years";
        let years: Vec<BudgetYear> =
            read!(self.db(), pool => sqlx::query_as(YEARS).bind(partnership).fetch_all(pool).await).tried(TRIED)?;
        let weights: Vec<Weight> =
            read!(self.db(), pool => sqlx::query_as(WEIGHTS).bind(partnership).fetch_all(pool).await).tried(TRIED)?;
        let mut years: BTreeMap<Period, BudgetYear> = years.into_iter().map(|year| (year.year, year)).collect();
        for weight in weights {
            if let Some(year) = years.get_mut(&weight.year) {
                year.weights.push((weight.municipality, weight.weight));
            }
        }
        Ok(years)
    }

    async fn members_of(&self, partnership: Uuid, year: Period) -> Result<Vec<Nis>> {
        const TRIED: &str = "listing the members of a work year";
        let members: Vec<i64> = read!(self.db(), pool => sqlx::query_scalar(MEMBERS)
            .bind(partnership)
            .bind(Day(year.first()))
            .bind(Day(year.last()))
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        members.into_iter().map(nis).collect::<Result<_, _>>().tried(TRIED)
    }

    async fn lines_of(
        &self,
        partnership: Uuid,
        year: Option<Period>,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<BudgetLine>> {
        read!(self.db(), pool => sqlx::query_as(LINES)
            .bind(partnership)
            .bind(year.map(|year| year.to_string()))
            .bind(as_of.map(At))
            .fetch_all(pool)
            .await)
        .tried("listing budget lines")
    }

    async fn costs_of(
        &self,
        scope: &Scope,
        partnership: Uuid,
        year: Option<Period>,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<CostLine>> {
        let filter = CostFilter {
            partnership: Some(PartnershipId::from(partnership)),
            from: year.map(|year| year.first()),
            until: year.map(|year| year.last()),
            as_of,
            ..CostFilter::default()
        };
        self.cost_lines(scope, &filter).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_of_the_list_has_inhabitants() {
        let known = known_inhabitants();
        assert_eq!(known.len(), 19);
        assert!(known.values().all(|inhabitants| *inhabitants > 1_000));
    }
}
