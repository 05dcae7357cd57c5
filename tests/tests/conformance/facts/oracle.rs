//! The definitions of `docs/figures.md` §2 as plain SQL: what the facts in memory are held to. Here and nowhere in the
//! program, so that no raw count can get out of it.

use std::collections::BTreeMap;

use domain::{Dimension, Measure, Period};
use jiff::civil::Date;
use sqlx::{AssertSqlSafe, PgPool, Row as _, SqlitePool};
use storage::Engine;
use tests::conformance::World;

/// A connection of its own, beside the store.
pub(crate) enum Oracle {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// By keys: people and value.
pub(crate) type Counts = BTreeMap<Vec<String>, (i64, i64)>;

impl Oracle {
    pub(crate) async fn of(world: &World) -> Self {
        let url = world.url.to_string();
        match world.store.engine() {
            Engine::Sqlite => Self::Sqlite(SqlitePool::connect(&url).await.unwrap()),
            Engine::Postgres => Self::Postgres(PgPool::connect(&url).await.unwrap()),
        }
    }

    /// Runs what no method of the store does (yet), and notes that small tables changed.
    pub(crate) async fn change(&self, sql: &str) {
        const NOTE: &str = "INSERT INTO fact_change (kind, holders) VALUES (1, $1)";
        let sql = || AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(pool) => {
                sqlx::query(sql()).execute(pool).await.unwrap();
                sqlx::query(NOTE).bind(Vec::<u8>::new()).execute(pool).await.unwrap();
            }
            Self::Postgres(pool) => {
                sqlx::query(sql()).execute(pool).await.unwrap();
                sqlx::query(NOTE).bind(Vec::<u8>::new()).execute(pool).await.unwrap();
            }
        }
    }

    /// Counts a measure over a period.
    pub(crate) async fn count(&self, measure: Measure, by: &[Dimension], period: Period, today: Date) -> Counts {
        let sql = AssertSqlSafe(self.sql(measure, by, period, today));
        let read = |keys: Vec<String>, people: i64, value: i64| (keys, (people, value));
        match self {
            Self::Sqlite(pool) => {
                let rows = sqlx::query(sql).fetch_all(pool).await.unwrap();
                let rows = rows.iter().map(|row| {
                    let keys = (0..by.len()).map(|key| row.get(key)).collect();
                    read(keys, row.get("people"), row.get("value"))
                });
                rows.collect()
            }
            Self::Postgres(pool) => {
                let rows = sqlx::query(sql).fetch_all(pool).await.unwrap();
                let rows = rows.iter().map(|row| {
                    let keys = (0..by.len()).map(|key| row.get(key)).collect();
                    read(keys, row.get("people"), row.get("value"))
                });
                rows.collect()
            }
        }
    }

    fn id(&self, column: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("lower(hex({column}))"),
            Self::Postgres(_) => format!("replace(CAST({column} AS TEXT), '-', '')"),
        }
    }

    fn later(&self, day: &str, days: i32) -> String {
        match self {
            Self::Sqlite(_) => format!("date({day}, '+{days} days')"),
            Self::Postgres(_) => format!("({day} + {days})"),
        }
    }

    fn column(&self, dimension: Dimension, of_passes: bool, year: i16) -> String {
        let year = if of_passes {
            year.to_string()
        } else {
            "(f.month / 100)".to_owned()
        };
        match dimension {
            Dimension::Municipality if of_passes => "CAST(h.municipality AS TEXT)".to_owned(),
            Dimension::Municipality => "CAST(f.holder_municipality AS TEXT)".to_owned(),
            Dimension::ActivityMunicipality => "CAST(f.organiser_municipality AS TEXT)".to_owned(),
            Dimension::Organiser => self.id("f.organiser_id"),
            Dimension::OrganiserKind => "o.kind".to_owned(),
            Dimension::ActivityType => "f.activity_type".to_owned(),
            Dimension::Action => {
                format!(
                    "CASE WHEN a.action_id IS NULL THEN 'none' ELSE {} END",
                    self.id("a.action_id")
                )
            }
            Dimension::DutchLevel => "COALESCE(CAST(f.taalicoon AS TEXT), 'none')".to_owned(),
            Dimension::NewcomerReason => "h.newcomer_reason".to_owned(),
            Dimension::AgeBand => {
                let age = format!("{year} - h.birth_year");
                format!(
                    "CASE WHEN {age} <= 11 THEN '0-11' WHEN {age} <= 17 THEN '12-17' WHEN {age} <= 24 THEN '18-24'
                     WHEN {age} <= 34 THEN '25-34' WHEN {age} <= 49 THEN '35-49' WHEN {age} <= 64 THEN '50-64'
                     ELSE '65+' END"
                )
            }
            _ => panic!("the oracle does not know {dimension}"),
        }
    }

    /// Each holder's own sum first, by keys; then people, and the value that the measure makes of the sums.
    fn sql(&self, measure: Measure, by: &[Dimension], period: Period, today: Date) -> String {
        let (first, last, until) = (period.first(), period.last(), period.last().min(today));
        let of_passes = matches!(measure, Measure::PassesIssued | Measure::PassesActive);
        let keys: Vec<String> = by
            .iter()
            .map(|dimension| self.column(*dimension, of_passes, until.year()))
            .collect();
        let keys: Vec<String> = keys
            .iter()
            .zip(1..)
            .map(|(column, number)| format!("{column} AS k{number}"))
            .collect();
        let names: Vec<String> = (1..=by.len()).map(|number| format!("k{number}")).collect();
        let comma = |list: &[String]| list.iter().map(|item| format!("{item}, ")).collect::<String>();
        let member = |municipality: &str, day: &str| {
            format!(
                "EXISTS (SELECT 1 FROM partnership_member AS m WHERE m.municipality = {municipality}
                   AND m.member_from <= {day} AND (m.member_until IS NULL OR m.member_until >= {day}))"
            )
        };
        let (source, own) = match measure {
            Measure::PassesIssued => (
                format!(
                    "FROM pass AS f JOIN holder AS h ON h.id = f.holder_id
                     WHERE f.issued_on BETWEEN '{first}' AND '{last}' AND {}",
                    member("h.municipality", "f.issued_on")
                ),
                "1".to_owned(),
            ),
            Measure::PassesActive => (
                format!(
                    "FROM pass AS f JOIN holder AS h ON h.id = f.holder_id
                     WHERE '{first}' <= '{today}' AND f.issued_on <= '{until}' AND f.valid_from <= '{until}'
                       AND f.valid_until >= '{until}' AND (f.ended_on IS NULL OR f.ended_on > '{until}') AND {}",
                    member("h.municipality", &format!("'{until}'"))
                ),
                "1".to_owned(),
            ),
            _ => {
                let minutes = "f.taalicoon IS NOT NULL AND f.minutes > 0";
                let stayed = format!(
                    "f.holder_id IN (
                         SELECT p.holder_id
                         FROM participation AS p
                         JOIN (SELECT holder_id, MIN(local_day) AS first FROM participation GROUP BY holder_id) AS s
                             ON s.holder_id = p.holder_id
                         WHERE p.local_day <= {}
                         GROUP BY p.holder_id
                         HAVING count(*) >= 3 AND count(DISTINCT p.month) >= 2
                     )",
                    self.later("s.first", 180)
                );
                let (only, own) = match measure {
                    Measure::Participations | Measure::Participants => ("TRUE", "1"),
                    Measure::FirstParticipants => ("f.first_visit", "1"),
                    Measure::NewToLeisure => ("f.first_visit", "CASE WHEN h.baseline = 'no' THEN 1 ELSE 0 END"),
                    Measure::Sustained => (stayed.as_str(), "1"),
                    Measure::ThresholdCents => (
                        "f.price_cents > f.pass_price_cents",
                        "f.price_cents - f.pass_price_cents",
                    ),
                    Measure::PracticeMinutes | Measure::PracticeParticipants | Measure::Practice40 => {
                        (minutes, "f.minutes")
                    }
                    _ => panic!("the oracle does not know {measure}"),
                };
                (
                    format!(
                        "FROM participation AS f
                         JOIN holder AS h ON h.id = f.holder_id
                         JOIN organiser AS o ON o.id = f.organiser_id
                         JOIN activity AS a ON a.id = f.activity_id
                         WHERE f.local_day BETWEEN '{first}' AND '{last}' AND {only} AND {}",
                        member("f.holder_municipality", "f.local_day")
                    ),
                    own.to_owned(),
                )
            }
        };
        let value = match measure {
            Measure::Participants | Measure::FirstParticipants | Measure::Sustained | Measure::PracticeParticipants => {
                "count(*)"
            }
            Measure::Practice40 => "count(CASE WHEN own >= 2400 THEN 1 END)",
            _ => "CAST(COALESCE(SUM(own), 0) AS BIGINT)",
        };
        let group: Vec<String> = (1..=by.len()).map(|number| number.to_string()).collect();
        let outer = if group.is_empty() {
            String::new()
        } else {
            format!("GROUP BY {}", group.join(", "))
        };
        let inner: Vec<String> = (1..=by.len() + 1).map(|number| number.to_string()).collect();
        format!(
            "SELECT {}count(*) AS people, {value} AS value
             FROM (SELECT {}f.holder_id, SUM({own}) AS own {source} GROUP BY {}) AS each_holder
             {outer}",
            comma(&names),
            comma(&keys),
            inner.join(", ")
        )
    }
}
