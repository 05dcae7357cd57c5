//! What figures are divided by (newcomers per municipality and year), and what organisers counted before the pass.
//!
//! Both come in as files, each with its source and date. Imports lie on top of one another: of several values for the
//! same place and time the newest import that was not undone holds, so undoing one brings back what was there before.

mod decode;
mod import;
mod number;
mod parse;
mod preview;
mod problem;
mod reads;
mod table;
#[cfg(test)]
mod tests;

use domain::{Nis, OrganiserId, Period};
use jiff::civil::Date;

use crate::error::Error;
pub use decode::TextEncoding;
pub use import::{ImportRecord, NewImport};
pub use parse::{BaselineRow, ImportKind, ImportRows, NewcomersRow, UnknownImportKind};
pub use preview::{ImportPreview, Replaced, YearTotal};
pub use problem::{Fault, ImportProblem, ImportProblems};

/// The largest file, in bytes: forty thousand lines. Whoever reads a file stops one byte further, and hands over what
/// was read: it is refused with the line on which it became too large.
pub const LARGEST_IMPORT: usize = 1024 * 1024;
/// The most lines under the head.
pub(crate) const MOST_LINES: usize = 20_000;

/// Why a file was not imported. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is not right.
    #[error("the file has {} problems", .0.count())]
    Refused(ImportProblems),
    /// The scope may not, the source or date is not right, or the database failed.
    #[error(transparent)]
    Storage(#[from] Error),
}

/// How many newcomers a municipality counted in a year, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denominator {
    /// People; 0 is a count like any other.
    pub value: u64,
    /// Who counted.
    pub source: String,
    /// The day of that count.
    pub dated: Date,
}

/// Whose count from before the pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaselineOf {
    /// An organiser's own.
    Organiser(OrganiserId),
    /// Of a whole municipality.
    Municipality(Nis),
}

/// A count from before the pass, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineCount {
    /// Whose.
    pub of: BaselineOf,
    /// The municipality, of an organiser where it is.
    pub municipality: Nis,
    /// When.
    pub period: Period,
    /// Different people, when that was counted.
    pub participants: Option<u64>,
    /// Visits, when those were counted.
    pub visits: Option<u64>,
    /// Who counted.
    pub source: String,
    /// The day of that count.
    pub dated: Date,
}
