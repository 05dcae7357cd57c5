//! Visits on their way into the database, as fast as each engine takes them.
//!
//! A set as JSON (see `set`) costs SQLite some twenty microseconds a row and PostgreSQL more: nothing for a group of scans,
//! a minute for a million. Here SQLite gets bound values, hundreds of rows a statement, and PostgreSQL its own `COPY`.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::{HolderId, PassId, ScanId, SessionId, Verdict};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe, PgConnection, SqliteConnection};
use uuid::Uuid;

use super::LoadedActivity;
use crate::columns::{At, Day, month_of, nis_code};
use crate::engine::{Engine, Tx};
use crate::scope::Actor;

/// Rows a batch on SQLite: 18 values each stay far under its bound of 32766 in a statement.
const SQLITE_ROWS: usize = 500;
/// Rows a batch on PostgreSQL: some megabytes of text.
const POSTGRES_ROWS: usize = 20_000;

/// How many visits make a batch.
pub(super) const fn rows(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => SQLITE_ROWS,
        Engine::Postgres => POSTGRES_ROWS,
    }
}

/// One accepted scan.
pub(super) struct Scan<'a> {
    pub(super) scan_id: ScanId,
    pub(super) content_hash: [u8; 32],
    pub(super) activity_id: Uuid,
    pub(super) activity: &'a LoadedActivity,
    pub(super) holder: HolderId,
    pub(super) holder_municipality: domain::Nis,
    pub(super) pass: PassId,
    pub(super) tag: i64,
    pub(super) session: SessionId,
    pub(super) day: Date,
    pub(super) window: Uuid,
    pub(super) at: Timestamp,
    pub(super) manual: bool,
    /// `None`: a duplicate; otherwise whether it is the holder's first visit.
    pub(super) counted: Option<bool>,
}

/// Scans and the participations that follow from them, ready for one engine.
pub(super) enum Batch {
    Sqlite {
        scans: usize,
        scan_values: SqliteArguments,
        visits: usize,
        visit_values: SqliteArguments,
    },
    Postgres {
        scans: String,
        visits: String,
    },
}

const SCAN_COLUMNS: &str = "
    scan_id, kind, content_hash, actor_kind, actor_id, activity_id, organiser_id, pass_id, pass_tag, holder_id,
    session_id, local_day, window_id, occurred_at, clock_offset_ms, received_at, effective_at, seq, offline, manual,
    accepted, verdict, reason, flags";
const VISIT_COLUMNS: &str = "
    window_id, scan_id, holder_id, activity_id, session_id, organiser_id, organiser_municipality, holder_municipality,
    activity_type, local_day, month, effective_at, price_cents, pass_price_cents, minutes, taalicoon, manual,
    first_visit";

impl Batch {
    /// Lays out scans for an engine.
    pub(super) fn new<'a>(
        engine: Engine,
        actor: Actor,
        scans: impl Iterator<Item = Scan<'a>>,
    ) -> Result<Self, sqlx::Error> {
        match engine {
            Engine::Sqlite => Self::sqlite(scans).map_err(sqlx::Error::Encode),
            Engine::Postgres => Ok(Self::postgres(actor, scans)),
        }
    }

    fn sqlite<'a>(all: impl Iterator<Item = Scan<'a>>) -> Result<Self, sqlx::error::BoxDynError> {
        let (mut scans, mut visits) = (0, 0);
        let (mut one, mut two) = (SqliteArguments::default(), SqliteArguments::default());
        for scan in all {
            scans += 1;
            one.add(scan.scan_id.uuid())?;
            one.add(scan.content_hash.as_slice().to_vec())?;
            one.add(scan.activity_id)?;
            one.add(scan.activity.organiser.uuid())?;
            one.add(scan.pass.uuid())?;
            one.add(scan.tag)?;
            one.add(scan.holder.uuid())?;
            one.add(scan.session.uuid())?;
            one.add(Day(scan.day))?;
            one.add(scan.window)?;
            // Bound three times: a number for it (`?7`) would make SQLite search a list for every value of the statement.
            for _ in 0..3 {
                one.add(At(scan.at))?;
            }
            one.add(scan.manual)?;
            one.add(flags(scan.manual))?;
            let Some(first) = scan.counted else {
                continue;
            };
            visits += 1;
            two.add(scan.window)?;
            two.add(scan.scan_id.uuid())?;
            two.add(scan.holder.uuid())?;
            two.add(scan.activity_id)?;
            two.add(scan.session.uuid())?;
            two.add(scan.activity.organiser.uuid())?;
            two.add(nis_code(scan.activity.organiser_municipality))?;
            two.add(nis_code(scan.holder_municipality))?;
            two.add(scan.activity.activity_type.clone())?;
            two.add(Day(scan.day))?;
            two.add(month_of(scan.day))?;
            two.add(At(scan.at))?;
            two.add(scan.activity.price_cents.0)?;
            two.add(scan.activity.pass_price_cents.0)?;
            two.add(scan.activity.minutes.map(i64::from))?;
            two.add(scan.activity.taalicoon.map(i64::from))?;
            two.add(scan.manual)?;
            two.add(first)?;
        }
        Ok(Self::Sqlite {
            scans,
            scan_values: one,
            visits,
            visit_values: two,
        })
    }

    fn postgres<'a>(actor: Actor, all: impl Iterator<Item = Scan<'a>>) -> Self {
        let (mut scans, mut visits) = (String::new(), String::new());
        let (kind, by) = (actor.kind(), optional(actor.uuid()));
        let (verdict, reason) = (Verdict::Counted.code(), domain::Reason::Ok.code());
        for scan in all {
            let (id, window, holder, session) = (scan.scan_id, scan.window, scan.holder, scan.session);
            let (activity, organiser) = (scan.activity_id, scan.activity.organiser);
            let (day, at, manual) = (scan.day, crate::environment::whole_microseconds(scan.at), scan.manual);
            let mut hash = String::with_capacity(64);
            for byte in scan.content_hash {
                let _ = write!(hash, "{byte:02x}");
            }
            // Writing to a String cannot fail.
            let _ = writeln!(
                scans,
                "{id}\tcheck_in\t\\\\x{hash}\t{kind}\t{by}\t{activity}\t{organiser}\t{}\t{}\t{holder}\t{session}\t{day}\t\
                 {window}\t{at}\t0\t{at}\t{at}\t0\tf\t{manual}\tt\t{verdict}\t{reason}\t{}",
                scan.pass,
                scan.tag,
                flags(manual),
            );
            let Some(first) = scan.counted else {
                continue;
            };
            let _ = writeln!(
                visits,
                "{window}\t{id}\t{holder}\t{activity}\t{session}\t{organiser}\t{}\t{}\t{}\t{day}\t{}\t{at}\t{}\t{}\t{}\t{}\t\
                 {manual}\t{first}",
                nis_code(scan.activity.organiser_municipality),
                nis_code(scan.holder_municipality),
                escaped(&scan.activity.activity_type),
                month_of(day),
                scan.activity.price_cents.0,
                scan.activity.pass_price_cents.0,
                optional(scan.activity.minutes),
                optional(scan.activity.taalicoon),
            );
        }
        Self::Postgres { scans, visits }
    }
}

/// The flags of a scan as the event table keeps them.
fn flags(manual: bool) -> String {
    let flags: domain::Flags = manual.then_some(domain::Flag::Manual).into_iter().collect();
    flags.to_text()
}

/// A value of a `COPY`, or its null.
fn optional(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(|| "\\N".to_owned(), |value| value.to_string())
}

/// A text of a `COPY`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

/// The statements of full batches, made once: they are a hundred kilobytes of text.
#[derive(Clone)]
pub(super) struct Statements {
    actor: Actor,
    scans: Arc<str>,
    visits: Arc<str>,
}

impl Statements {
    pub(super) fn new(actor: Actor) -> Self {
        Self {
            actor,
            scans: scans_sql(actor, SQLITE_ROWS).into(),
            visits: visits_sql(actor, SQLITE_ROWS).into(),
        }
    }
}

/// `(?,?),(?,?)`: one row of text so many times.
fn repeated(head: String, row: &str, rows: usize) -> String {
    let mut sql = head;
    sql.reserve(rows * (row.len() + 1));
    for place in 0..rows {
        if place > 0 {
            sql.push(',');
        }
        sql.push_str(row);
    }
    sql
}

/// What is the same for every scan stands in the text: codes of this program, and an id.
fn scans_sql(actor: Actor, rows: usize) -> String {
    let by = actor
        .uuid()
        .map_or_else(|| "NULL".to_owned(), |id| format!("X'{}'", id.simple()));
    let row = format!(
        "(?,'check_in',?,'{}',{by},?,?,?,?,?,?,?,?,?,0,?,?,0,0,?,1,'{}','{}',?)",
        actor.kind(),
        Verdict::Counted.code(),
        domain::Reason::Ok.code(),
    );
    repeated(format!("INSERT INTO event ({SCAN_COLUMNS}) VALUES "), &row, rows)
}

fn visits_sql(_: Actor, rows: usize) -> String {
    let row = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    repeated(
        format!("INSERT INTO participation ({VISIT_COLUMNS}) VALUES "),
        row,
        rows,
    )
}

/// Writes a batch.
pub(super) async fn insert(tx: &mut Tx, statements: &Statements, batch: Batch) -> Result<(), sqlx::Error> {
    match (tx, batch) {
        (
            Tx::Sqlite(tx),
            Batch::Sqlite {
                scans,
                scan_values,
                visits,
                visit_values,
            },
        ) => {
            values(tx, scans, (statements.actor, &statements.scans), scans_sql, scan_values).await?;
            values(
                tx,
                visits,
                (statements.actor, &statements.visits),
                visits_sql,
                visit_values,
            )
            .await
        }
        (Tx::Postgres(tx), Batch::Postgres { scans, visits }) => {
            copy(tx, &format!("COPY event ({SCAN_COLUMNS}) FROM STDIN"), scans).await?;
            copy(tx, &format!("COPY participation ({VISIT_COLUMNS}) FROM STDIN"), visits).await
        }
        (Tx::Sqlite(_), Batch::Postgres { .. }) | (Tx::Postgres(_), Batch::Sqlite { .. }) => {
            Err(sqlx::Error::Protocol("a batch of the other engine".to_owned()))
        }
    }
}

async fn values(
    connection: &mut SqliteConnection,
    rows: usize,
    (actor, full): (Actor, &Arc<str>),
    other: fn(Actor, usize) -> String,
    values: SqliteArguments,
) -> Result<(), sqlx::Error> {
    if rows == 0 {
        return Ok(());
    }
    let (sql, keep) = if rows == SQLITE_ROWS {
        (full.clone(), true)
    } else {
        (other(actor, rows).into(), false)
    };
    // The text is made of constants and numbers of this file only.
    sqlx::query_with(AssertSqlSafe(sql), values)
        .persistent(keep)
        .execute(connection)
        .await
        .map(drop)
}

async fn copy(connection: &mut PgConnection, statement: &str, text: String) -> Result<(), sqlx::Error> {
    if text.is_empty() {
        return Ok(());
    }
    let mut copy = connection.copy_in_raw(statement).await?;
    copy.send(text.into_bytes()).await?;
    copy.finish().await.map(drop)
}
