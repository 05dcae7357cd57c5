//! How complete the facts behind a figure are.

use domain::{Coverage, Period, start_of_day};
use jiff::ToSpan as _;

use crate::columns::{At, Day};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::scope::Scope;
use crate::store::Store;

/// An organiser was active when a session of it began in the period, and scanned when a visit of that time counts.
const ORGANISERS: &str = "
    SELECT
        count(*) AS active,
        count(scanned.organiser_id) AS scanned
    FROM (
        SELECT DISTINCT a.organiser_id
        FROM activity_session AS s
        JOIN activity AS a ON a.id = s.activity_id
        JOIN organiser AS o ON o.id = a.organiser_id
        WHERE s.starts_at >= $1
          AND s.starts_at < $2
          AND ($3 IS NULL OR o.municipality IN (
                  SELECT municipality FROM partnership_member WHERE partnership_id = $3
              ))
    ) AS active
    LEFT JOIN (
        SELECT DISTINCT organiser_id
        FROM participation
        WHERE local_day BETWEEN $4 AND $5
    ) AS scanned ON scanned.organiser_id = active.organiser_id";

const SCANS: &str = "
    SELECT count(*) AS scans, count(CASE WHEN manual THEN 1 END) AS manual
    FROM participation
    WHERE local_day BETWEEN $1 AND $2
      AND ($3 IS NULL OR holder_municipality IN (
              SELECT municipality FROM partnership_member WHERE partnership_id = $3
          ))";

struct Organisers {
    active: i64,
    scanned: i64,
}

from_row!(Organisers, row => Organisers { active: row.try_get("active")?, scanned: row.try_get("scanned")? });

struct Scans {
    scans: i64,
    manual: i64,
}

from_row!(Scans, row => Scans { scans: row.try_get("scans")?, manual: row.try_get("manual")? });

/// Coverage of the period up to now: a session that is still to come could not be scanned.
pub(super) async fn coverage(store: &Store, scope: &Scope, period: Period) -> Result<Coverage> {
    const TRIED: &str = "counting coverage";
    let (first, last) = (Day(period.first()), Day(period.last()));
    let from = start_of_day(period.first());
    let until = start_of_day(period.last().saturating_add(1.day())).min(store.env().now());
    let partnership = scope.partnership_uuid();
    let organisers: Organisers = read!(store.db(), pool => sqlx::query_as(ORGANISERS)
        .bind(At(from))
        .bind(At(until))
        .bind(partnership)
        .bind(first)
        .bind(last)
        .fetch_one(pool)
        .await)
    .tried(TRIED)?;
    let scans: Scans = read!(store.db(), pool => sqlx::query_as(SCANS)
        .bind(first)
        .bind(last)
        .bind(partnership)
        .fetch_one(pool)
        .await)
    .tried(TRIED)?;
    Ok(Coverage {
        organisers_active: organisers.active.unsigned_abs(),
        organisers_scanned: organisers.scanned.unsigned_abs(),
        manual: scans.manual.unsigned_abs(),
        scans: scans.scans.unsigned_abs(),
        unsent_devices: 0,
    })
}
