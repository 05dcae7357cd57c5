//! What an import would change, before it changes anything.

use std::collections::BTreeMap;

use domain::{Nis, OrganiserId, Period};
use uuid::Uuid;

use super::parse::{Known, Parsed, parse};
use super::{BaselineOf, ImportError, ImportKind, ImportRows, NewcomersRow, TextEncoding};
use crate::columns::{nis, parsed};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::records::Organiser;
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// What is shown before somebody says yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPreview {
    /// What the file holds.
    pub kind: ImportKind,
    /// How it was written.
    pub encoding: TextEncoding,
    /// Every line.
    pub rows: ImportRows,
    /// Of newcomers: the sum of each year, in order.
    pub totals: Vec<YearTotal>,
    /// Values that hold now and will not any more; equal ones are not among them.
    pub replaced: Vec<Replaced>,
    /// The file as text, to be handed in again.
    pub text: String,
}

/// The sum of one year of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearTotal {
    /// The year.
    pub year: i16,
    /// Municipalities.
    pub municipalities: u64,
    /// Newcomers.
    pub value: u64,
}

/// A value that an import takes the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Line of the new value.
    pub line: u64,
    /// The municipality.
    pub municipality: Nis,
    /// The organiser, of a count of one.
    pub organiser: Option<OrganiserId>,
    /// Year or period, as it is written.
    pub period: String,
    /// Participants, or newcomers: before and after.
    pub people: (Option<u64>, Option<u64>),
    /// Visits: before and after.
    pub visits: (Option<u64>, Option<u64>),
}

/// Every organiser of the scope: the list for people ends earlier.
const ORGANISERS: &str = "
    SELECT id, name, kind, municipality
    FROM organiser
    WHERE $1 IS NULL OR municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1)
    ORDER BY search, id";

/// An organiser, read for its name only.
struct Named(Organiser);

from_row!(Named, row => Named(Organiser {
    id: OrganiserId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    kind: parsed(row.try_get("kind")?)?,
    municipality: nis(row.try_get("municipality")?)?,
}));

impl Store {
    /// Reads a file and says what importing it would do. Changes nothing.
    ///
    /// `bytes` may end one byte after [`super::LARGEST_IMPORT`]; a longer file is refused all the same.
    ///
    /// # Errors
    /// [`ImportError::Refused`] with everything that is wrong with the file; [`crate::Error::Denied`] when the scope
    /// may not import; [`crate::Error::Database`].
    pub async fn preview_denominators(
        &self,
        scope: &Scope,
        kind: ImportKind,
        bytes: &[u8],
    ) -> Result<ImportPreview, ImportError> {
        scope.require(Permission::ImportFigures)?;
        let Parsed { rows, text, encoding } = self.parse_import(scope, kind, bytes).await?;
        let (totals, replaced) = match &rows {
            ImportRows::Newcomers(rows) => {
                let totals = totals(rows);
                let mut replaced = Vec::new();
                for total in &totals {
                    let held = self.denominators(scope, total.year, None).await?;
                    let of_year = rows.iter().filter(|row| row.year == total.year);
                    replaced.extend(of_year.filter_map(|row| {
                        let before = held.get(&row.municipality)?.value;
                        (before != row.value).then(|| Replaced {
                            line: row.line,
                            municipality: row.municipality,
                            organiser: None,
                            period: row.year.to_string(),
                            people: (Some(before), Some(row.value)),
                            visits: (None, None),
                        })
                    }));
                }
                replaced.sort_by_key(|one| one.line);
                (totals, replaced)
            }
            ImportRows::Baseline(rows) => {
                let held = self.baselines(scope, None, None, None).await?;
                let held: BTreeMap<(BaselineOf, Period), _> =
                    held.iter().map(|count| ((count.of, count.period), count)).collect();
                let replaced = rows.iter().filter_map(|row| {
                    let before = held.get(&(row.of, row.period))?;
                    let same = before.participants == row.participants && before.visits == row.visits;
                    (!same).then(|| Replaced {
                        line: row.line,
                        municipality: row.municipality,
                        organiser: match row.of {
                            BaselineOf::Organiser(id) => Some(id),
                            BaselineOf::Municipality(_) => None,
                        },
                        period: row.period.to_string(),
                        people: (before.participants, row.participants),
                        visits: (before.visits, row.visits),
                    })
                });
                (Vec::new(), replaced.collect())
            }
        };
        Ok(ImportPreview {
            kind,
            encoding,
            rows,
            totals,
            replaced,
            text,
        })
    }

    /// Reads a file with what this database knows.
    pub(super) async fn parse_import(
        &self,
        scope: &Scope,
        kind: ImportKind,
        bytes: &[u8],
    ) -> Result<Parsed, ImportError> {
        let organisers = match kind {
            ImportKind::Newcomers => Vec::new(),
            ImportKind::Baseline => {
                let named: Vec<Named> = read!(self.db(), pool => sqlx::query_as(ORGANISERS)
                    .bind(scope.partnership_uuid())
                    .fetch_all(pool)
                    .await)
                .tried("listing organisers")?;
                named.into_iter().map(|Named(organiser)| organiser).collect()
            }
        };
        let known = Known {
            municipalities: self.municipality_history(scope).await?,
            organisers,
            today: self.env().today(),
        };
        parse(kind, bytes, &known).map_err(ImportError::Refused)
    }
}

fn totals(rows: &[NewcomersRow]) -> Vec<YearTotal> {
    let mut years: BTreeMap<i16, YearTotal> = BTreeMap::new();
    for row in rows {
        let total = years.entry(row.year).or_insert(YearTotal {
            year: row.year,
            municipalities: 0,
            value: 0,
        });
        total.municipalities += 1;
        total.value += row.value;
    }
    years.into_values().collect()
}
