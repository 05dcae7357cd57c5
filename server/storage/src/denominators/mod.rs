//! What figures are divided by (newcomers per municipality and year), and what organisers counted before the pass.
//!
//! Both come in as files, each with its source and date. Imports lie on top of one another: of several values for the
//! same place and time the newest import that was not undone holds, so undoing one brings back what was there before.

mod reads;

use domain::{Nis, OrganiserId, Period};
use jiff::civil::Date;

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
