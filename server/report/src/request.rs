//! What is asked for, and why there may be no document.

use domain::{Nis, PartnershipId, Period};
use jiff::Timestamp;

use crate::DocumentKind;

/// A document that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRequest {
    /// Which.
    pub kind: DocumentKind,
    /// Of which partnership; `None`: the scope's own, or the only one that there is.
    pub partnership: Option<PartnershipId>,
    /// Of which municipality; only [`DocumentKind::Municipality`] asks for it.
    pub municipality: Option<Nis>,
    /// Over which period.
    pub period: Period,
    /// Compared with which other.
    pub compare: Option<Period>,
    /// As it was known then; `None`: now.
    pub as_of: Option<Timestamp>,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The scope may not see it: the part about money, another partnership, a free range of days. Answer 403.
    #[error("{0} is not for this scope")]
    Denied(&'static str),
    /// There is no such partnership or municipality, or it is outside the scope. Answer 404.
    #[error("no such {0}")]
    Unknown(&'static str),
    /// Something is missing or contradicts itself. The text says what. Answer 422.
    #[error("{0}")]
    Invalid(&'static str),
    /// The figures or the programme could not be read. Answer 503 or 500.
    #[error("reading what the document tells failed")]
    Storage(#[source] storage::Error),
}

impl From<storage::Error> for ReportError {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Denied(what) => Self::Denied(what),
            storage::Error::Unknown(what) => Self::Unknown(what),
            storage::Error::Invalid(what) => Self::Invalid(what),
            error => Self::Storage(error),
        }
    }
}
