//! The definitions of FIGURES §2 as plain SQL: the oracle for whatever answers faster one day.

use domain::{Dimension, FigureCode, Period, RawCell};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::columns::Day;
use crate::engine::{from_row, read};
use crate::error::{Error, Result, Tried as _};
use crate::scope::Scope;
use crate::store::Store;

/// What a figure counts, and where.
struct Definition {
    /// `FROM` and `WHERE`. `$1`: partnership, `$2` and `$3`: first and last day.
    source: &'static str,
    /// The figure itself; the people behind it are always distinct holders.
    value: &'static str,
}

const PARTICIPATIONS: &str = "
    FROM participation AS f
    JOIN organiser AS o ON o.id = f.organiser_id
    WHERE ($1 IS NULL OR f.holder_municipality IN (
              SELECT municipality FROM partnership_member WHERE partnership_id = $1
          ))
      AND f.local_day BETWEEN $2 AND $3";

const FIRST_PARTICIPATIONS: &str = "
    FROM participation AS f
    JOIN organiser AS o ON o.id = f.organiser_id
    WHERE ($1 IS NULL OR f.holder_municipality IN (
              SELECT municipality FROM partnership_member WHERE partnership_id = $1
          ))
      AND f.local_day BETWEEN $2 AND $3
      AND f.first_visit";

const FIRST_OF_NEW_TO_LEISURE: &str = "
    FROM participation AS f
    JOIN organiser AS o ON o.id = f.organiser_id
    JOIN holder AS h ON h.id = f.holder_id
    WHERE ($1 IS NULL OR f.holder_municipality IN (
              SELECT municipality FROM partnership_member WHERE partnership_id = $1
          ))
      AND f.local_day BETWEEN $2 AND $3
      AND f.first_visit
      AND h.baseline = 'no'";

const PASSES: &str = "
    FROM pass AS f
    JOIN holder AS h ON h.id = f.holder_id
    WHERE ($1 IS NULL OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1))
      AND f.issued_on BETWEEN $2 AND $3";

const PEOPLE: &str = "count(DISTINCT f.holder_id)";
const ROWS: &str = "count(*)";

fn definition(code: FigureCode) -> Result<Definition> {
    Ok(match code {
        FigureCode::PassesIssued => Definition {
            source: PASSES,
            value: ROWS,
        },
        FigureCode::Participations => Definition {
            source: PARTICIPATIONS,
            value: ROWS,
        },
        FigureCode::Participants => Definition {
            source: PARTICIPATIONS,
            value: PEOPLE,
        },
        FigureCode::FirstParticipants => Definition {
            source: FIRST_PARTICIPATIONS,
            value: PEOPLE,
        },
        FigureCode::NewToLeisure => Definition {
            source: FIRST_OF_NEW_TO_LEISURE,
            value: PEOPLE,
        },
        _ => return Err(Error::Invalid("this figure is not computed yet")),
    })
}

/// The column of a dimension; its alias tells [`CountRow`] how to read it.
fn column(code: FigureCode, dimension: Dimension) -> Result<&'static str> {
    if code == FigureCode::PassesIssued {
        return match dimension {
            Dimension::Municipality => Ok("h.municipality AS municipality"),
            Dimension::Month => Ok("f.issued_month AS month"),
            _ => Err(Error::Invalid("passes are split by municipality and month only")),
        };
    }
    Ok(match dimension {
        Dimension::Municipality => "f.holder_municipality AS municipality",
        Dimension::Month => "f.month AS month",
        Dimension::Organiser => "f.organiser_id AS organiser",
        Dimension::OrganiserKind => "o.kind AS organiser_kind",
        Dimension::ActivityType => "f.activity_type AS activity_type",
        _ => return Err(Error::Invalid("this dimension is not computed yet")),
    })
}

/// How a month is written as a key.
pub(super) fn month_key(month: i64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

/// One row of any of the queries.
struct CountRow(RawCell);

from_row!(CountRow, row => {
    use sqlx::Column as _;
    let mut key = Vec::with_capacity(2);
    for column in row.columns() {
        match column.name() {
            "people" | "value" => {}
            "municipality" => key.push(format!("{:05}", row.try_get::<i64, _>(column.ordinal())?)),
            "month" => key.push(month_key(row.try_get(column.ordinal())?)),
            "organiser" => key.push(row.try_get::<Uuid, _>(column.ordinal())?.to_string()),
            _ => key.push(row.try_get::<String, _>(column.ordinal())?),
        }
    }
    CountRow(RawCell {
        key,
        people: row.try_get::<i64, _>("people")?.unsigned_abs(),
        value: row.try_get::<i64, _>("value")?.unsigned_abs(),
    })
});

/// The cells that are not zero, by key, and the total.
pub(super) async fn count(
    store: &Store,
    scope: &Scope,
    code: FigureCode,
    period: Period,
    by: &[Dimension],
) -> Result<(Vec<RawCell>, RawCell)> {
    let total = select(store, scope, code, period, &[]).await?.pop();
    let total = total.unwrap_or(RawCell {
        key: Vec::new(),
        people: 0,
        value: 0,
    });
    let mut cells = if by.is_empty() {
        Vec::new()
    } else {
        select(store, scope, code, period, by).await?
    };
    cells.sort_by(|one, other| one.key.cmp(&other.key));
    Ok((cells, total))
}

async fn select(
    store: &Store,
    scope: &Scope,
    code: FigureCode,
    period: Period,
    by: &[Dimension],
) -> Result<Vec<RawCell>> {
    let Definition { source, value } = definition(code)?;
    // Only constants of this file are put together here, never data.
    let mut sql = String::from("\n    SELECT ");
    for dimension in by {
        sql.push_str(column(code, *dimension)?);
        sql.push_str(", ");
    }
    sql.push_str(&format!("{PEOPLE} AS people, {value} AS value{source}"));
    if !by.is_empty() {
        let ordinals: Vec<String> = (1..=by.len()).map(|ordinal| ordinal.to_string()).collect();
        sql.push_str(&format!("\n    GROUP BY {}", ordinals.join(", ")));
    }
    let (partnership, first, last) = (scope.partnership_uuid(), Day(period.first()), Day(period.last()));
    let rows: Vec<CountRow> = read!(store.db(), pool => sqlx::query_as(AssertSqlSafe(sql))
        .bind(partnership)
        .bind(first)
        .bind(last)
        .fetch_all(pool)
        .await)
    .tried("counting a figure")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
