//! Keeping a file, listing what was kept, and taking it back.

use domain::{ImportId, OrganiserId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::{BaselineOf, ImportError, ImportKind, ImportRows};
use crate::columns::{At, Day, checked, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::set::{Kind, Set, Statement};
use crate::store::Store;
use crate::text::bounded;

/// The longest list of imports.
const MOST: i64 = 500;

/// A file to be imported.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Made with the form: sent twice is imported once.
    pub id: ImportId,
    /// What the file holds.
    pub kind: ImportKind,
    /// How the file is called, 1–200 characters.
    pub file_name: String,
    /// Who counted, 1–200 characters.
    pub source: String,
    /// The day of that count; not in the future.
    pub dated: Date,
    /// The file itself.
    pub bytes: Vec<u8>,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its id.
    pub id: ImportId,
    /// What the file held.
    pub kind: ImportKind,
    /// How the file was called.
    pub file_name: String,
    /// Who counted.
    pub source: String,
    /// The day of that count.
    pub dated: Date,
    /// How many values.
    pub rows: u64,
    /// Name of the account that imported it; `None`: the command line, or an account that is gone.
    pub imported_by: Option<String>,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Name of the account that undid it.
    pub undone_by: Option<String>,
    /// When it was undone; `None`: it holds.
    pub undone_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO figure_import
        (id, partnership_id, kind, file_name, source, dated, imported_kind, imported_by, imported_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id) DO NOTHING";

const INSERT_DENOMINATORS: Statement = Statement {
    columns: &[("municipality", Kind::Int), ("year", Kind::Int), ("value", Kind::Int)],
    body: "
        INSERT INTO denominator (import_id, municipality, year, value)
        SELECT $2, municipality, year, value
        FROM input",
};

const INSERT_BASELINES: Statement = Statement {
    columns: &[
        ("line", Kind::Int),
        ("organiser_id", Kind::Uuid),
        ("municipality", Kind::Int),
        ("period", Kind::Text),
        ("participants", Kind::Int),
        ("visits", Kind::Int),
    ],
    body: "
        INSERT INTO baseline_count (import_id, line, organiser_id, municipality, period, participants, visits)
        SELECT $2, line, organiser_id, municipality, period, participants, visits
        FROM input",
};

const LIST: &str = "
    SELECT
        i.id, i.kind, i.file_name, i.source, i.dated, i.imported_at, i.undone_at,
        importer.name AS imported_by, undoer.name AS undone_by,
        (SELECT count(*) FROM denominator AS d WHERE d.import_id = i.id)
            + (SELECT count(*) FROM baseline_count AS b WHERE b.import_id = i.id) AS kept
    FROM figure_import AS i
    LEFT JOIN account AS importer ON importer.id = i.imported_by
    LEFT JOIN account AS undoer ON undoer.id = i.undone_by
    WHERE $1 IS NULL OR i.partnership_id = $1
    ORDER BY i.imported_at DESC, i.id DESC
    LIMIT $2";

const UNDO: &str = "
    UPDATE figure_import
    SET undone_at = COALESCE(undone_at, $2),
        undone_kind = COALESCE(undone_kind, $3),
        undone_by = CASE WHEN undone_at IS NULL THEN $4 ELSE undone_by END
    WHERE id = $1
      AND ($5 IS NULL OR partnership_id = $5)";

from_row!(ImportRecord, row => ImportRecord {
    id: ImportId::from(row.try_get::<Uuid, _>("id")?),
    kind: parsed(row.try_get("kind")?)?,
    file_name: row.try_get("file_name")?,
    source: row.try_get("source")?,
    dated: row.try_get::<Day, _>("dated")?.0,
    rows: checked(row.try_get::<i64, _>("kept")?)?,
    imported_by: row.try_get("imported_by")?,
    imported_at: row.try_get::<At, _>("imported_at")?.0,
    undone_by: row.try_get("undone_by")?,
    undone_at: row.try_get::<Option<At>, _>("undone_at")?.map(|at| at.0),
});

impl Store {
    /// Keeps a file: all its lines or none. The same id again changes nothing. Gives how many values the file has.
    ///
    /// # Errors
    /// [`ImportError::Refused`] with everything that is wrong with the file; [`Error::Denied`] when the scope may not
    /// import; [`Error::Invalid`] for a name, source or date outside the bounds of [`NewImport`].
    pub async fn import_denominators(&self, scope: &Scope, new: NewImport) -> Result<usize, ImportError> {
        const TRIED: &str = "importing a file";
        scope.require(Permission::ImportFigures)?;
        let file_name = bounded(&new.file_name, 200, "a file's name has 1 to 200 characters")?;
        let source = bounded(&new.source, 200, "a source has 1 to 200 characters")?;
        if new.dated > self.env().today() {
            return Err(Error::Invalid("a count is not of the future").into());
        }
        let rows = self.parse_import(scope, new.kind, &new.bytes).await?.rows;
        let partnership = match scope.partnership_uuid() {
            Some(own) => own,
            None => self.default_partnership().await?,
        };
        let mut tx = self.begin().await?;
        let inserted = within!(tx, c => sqlx::query(INSERT)
            .bind(new.id.uuid())
            .bind(partnership)
            .bind(new.kind.code())
            .bind(file_name)
            .bind(source)
            .bind(Day(new.dated))
            .bind(scope.actor().kind())
            .bind(scope.actor().uuid())
            .bind(At(self.env().now()))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        let count = rows.len();
        if inserted == 0 {
            tx.rollback().await.tried(TRIED)?;
            return Ok(count);
        }
        let mut set = Set::new(tx.engine());
        // Every count is at most ten million: the parser says so.
        let int = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let statement = match rows {
            ImportRows::Newcomers(rows) => {
                for row in rows {
                    set.row()
                        .nis(row.municipality)
                        .int(i64::from(row.year))
                        .int(int(row.value));
                }
                &INSERT_DENOMINATORS
            }
            ImportRows::Baseline(rows) => {
                for row in rows {
                    let organiser = match row.of {
                        BaselineOf::Organiser(id) => Some(OrganiserId::uuid(id)),
                        BaselineOf::Municipality(_) => None,
                    };
                    set.row()
                        .int(int(row.line))
                        .maybe(organiser, Set::uuid)
                        .nis(row.municipality)
                        .text(&row.period.to_string())
                        .maybe(row.participants.map(int), Set::int)
                        .maybe(row.visits.map(int), Set::int);
                }
                &INSERT_BASELINES
            }
        };
        let (sql, set) = (statement.sql(tx.engine()), set.finish());
        within!(tx, c => sqlx::query(sql).bind(set).bind(new.id.uuid()).execute(c).await.map(drop)).tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(count)
    }

    /// The imports of the scope's partnership, newest first, undone ones included; at most five hundred.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not import; [`Error::Database`].
    pub async fn denominator_imports(&self, scope: &Scope) -> Result<Vec<ImportRecord>> {
        scope.require(Permission::ImportFigures)?;
        read!(self.db(), pool => sqlx::query_as(LIST).bind(scope.partnership_uuid()).bind(MOST).fetch_all(pool).await)
            .tried("listing imports")
    }

    /// Takes an import back: what held before it holds again. Twice is the same as once.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not import; [`Error::Unknown`] for an import outside it.
    pub async fn undo_denominator_import(&self, scope: &Scope, id: ImportId) -> Result<()> {
        const TRIED: &str = "undoing an import";
        scope.require(Permission::ImportFigures)?;
        let mut tx = self.begin().await?;
        let found = within!(tx, c => sqlx::query(UNDO)
            .bind(id.uuid())
            .bind(At(self.env().now()))
            .bind(scope.actor().kind())
            .bind(scope.actor().uuid())
            .bind(scope.partnership_uuid())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if found == 0 {
            return Err(Error::Unknown("import"));
        }
        tx.commit().await.tried(TRIED)
    }
}
