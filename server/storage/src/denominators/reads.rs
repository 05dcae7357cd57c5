//! What holds now, or held at a moment in the past.

use std::collections::BTreeMap;

use domain::{Nis, OrganiserId, Period};
use jiff::Timestamp;
use uuid::Uuid;

use super::{BaselineCount, BaselineOf, Denominator};
use crate::columns::{At, Day, checked, nis, nis_code, parsed};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;

const DENOMINATORS: &str = "
    SELECT d.municipality, d.value, i.source, i.dated
    FROM denominator AS d
    JOIN figure_import AS i ON i.id = d.import_id
    WHERE d.year = $3
      AND ($1 IS NULL OR i.partnership_id = $1)
      AND i.imported_at <= $2
      AND (i.undone_at IS NULL OR i.undone_at > $2)
    ORDER BY i.imported_at, i.id";

const BASELINES: &str = "
    SELECT b.organiser_id, b.municipality, b.period, b.participants, b.visits, i.source, i.dated
    FROM baseline_count AS b
    JOIN figure_import AS i ON i.id = b.import_id
    WHERE ($1 IS NULL OR i.partnership_id = $1)
      AND i.imported_at <= $2
      AND (i.undone_at IS NULL OR i.undone_at > $2)
      AND ($3 IS NULL OR b.organiser_id = $3)
      AND ($4 IS NULL OR (b.organiser_id IS NULL AND b.municipality = $4))
      AND ($5 IS NULL OR b.period = $5)
    ORDER BY i.imported_at, i.id, b.line";

/// A denominator and where it is of.
struct Placed(Nis, Denominator);

from_row!(Placed, row => Placed(
    nis(row.try_get("municipality")?)?,
    Denominator {
        value: checked(row.try_get::<i64, _>("value")?)?,
        source: row.try_get("source")?,
        dated: row.try_get::<Day, _>("dated")?.0,
    },
));

from_row!(BaselineCount, row => {
    let municipality = nis(row.try_get("municipality")?)?;
    let organiser = row.try_get::<Option<Uuid>, _>("organiser_id")?.map(OrganiserId::from);
    BaselineCount {
        of: organiser.map_or(BaselineOf::Municipality(municipality), BaselineOf::Organiser),
        municipality,
        period: parsed(row.try_get("period")?)?,
        participants: row.try_get::<Option<i64>, _>("participants")?.map(checked).transpose()?,
        visits: row.try_get::<Option<i64>, _>("visits")?.map(checked).transpose()?,
        source: row.try_get("source")?,
        dated: row.try_get::<Day, _>("dated")?.0,
    }
});

impl Store {
    /// Newcomers per municipality in a year, by the codes that were valid in that year; `as_of`: what held at that
    /// moment instead of now. A municipality without an import has no entry: it is never guessed.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not read figures; [`crate::Error::Database`].
    pub async fn denominators(
        &self,
        scope: &Scope,
        year: i16,
        as_of: Option<Timestamp>,
    ) -> Result<BTreeMap<Nis, Denominator>> {
        scope.require(Permission::ReadFigures)?;
        let at = At(as_of.unwrap_or_else(|| self.env().now()));
        let placed: Vec<Placed> = read!(self.db(), pool => sqlx::query_as(DENOMINATORS)
            .bind(scope.partnership_uuid())
            .bind(at)
            .bind(i64::from(year))
            .fetch_all(pool)
            .await)
        .tried("reading denominators")?;
        // Oldest import first: what comes later holds.
        Ok(placed.into_iter().map(|Placed(nis, value)| (nis, value)).collect())
    }

    /// Counts from before the pass: `of` one organiser or municipality, or all; for exactly this period, or all;
    /// `as_of` as in [`Store::denominators`]. Ordered by whose and period.
    ///
    /// # Errors
    /// As [`Store::denominators`].
    pub async fn baselines(
        &self,
        scope: &Scope,
        of: Option<BaselineOf>,
        period: Option<Period>,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<BaselineCount>> {
        scope.require(Permission::ReadFigures)?;
        let at = At(as_of.unwrap_or_else(|| self.env().now()));
        let (organiser, municipality) = match of {
            None => (None, None),
            Some(BaselineOf::Organiser(id)) => (Some(id.uuid()), None),
            Some(BaselineOf::Municipality(nis)) => (None, Some(nis_code(nis))),
        };
        let counts: Vec<BaselineCount> = read!(self.db(), pool => sqlx::query_as(BASELINES)
            .bind(scope.partnership_uuid())
            .bind(at)
            .bind(organiser)
            .bind(municipality)
            .bind(period.map(|period| period.to_string()))
            .fetch_all(pool)
            .await)
        .tried("reading counts from before the pass")?;
        let latest: BTreeMap<_, _> = counts
            .into_iter()
            .map(|count| ((count.of, count.period.first(), count.period.last()), count))
            .collect();
        Ok(latest.into_values().collect())
    }
}
