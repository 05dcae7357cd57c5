//! From an address to a document, or to the reason why there is none.

use domain::Period;
use jiff::civil::Date;
use report::{Document, DocumentKind, ReportError, ReportRequest};
use storage::Permission;

use crate::locales::nl::reports as text;
use crate::respond::{PageError, Visit};

/// Name and value of each part of a query.
pub(super) type Pairs = Vec<(String, String)>;

/// What came of an address.
pub(super) struct Loaded {
    /// What is asked for, as far as it could be read.
    pub(super) request: ReportRequest,
    /// The document; `None` when `problem` says what is missing.
    pub(super) document: Option<Document>,
    /// What to do about the address.
    pub(super) problem: Option<&'static str>,
    /// Whether the period has not ended.
    pub(super) running: bool,
}

/// Reads the address and makes the document.
pub(super) async fn load(visit: &Visit, kind: DocumentKind, pairs: &Pairs) -> Result<Loaded, PageError> {
    visit.require(Permission::ReadReports)?;
    if kind == DocumentKind::Final {
        visit.require(Permission::ReadFinances)?;
    }
    let store = &visit.context().store;
    let today = store.env().today();
    let (request, wrong) = match ReportRequest::from_query(kind, pairs, today) {
        Ok(request) => (request, None),
        Err(ReportError::Unknown(_)) => return Err(PageError::NotFound),
        Err(_) => (usual(kind, today), Some(text::WRONG)),
    };
    if kind == DocumentKind::Municipality && request.municipality.is_none() {
        return Ok(Loaded {
            running: request.period.contains(today),
            request,
            document: None,
            problem: wrong,
        });
    }
    let running = request.period.contains(today);
    let (document, problem) = match report::build(store, &visit.viewer.scope, request.clone()).await {
        Ok(document) => (Some(document), wrong),
        Err(ReportError::Invalid(_)) => (None, Some(text::needed(kind))),
        Err(error) => return Err(page_error(visit, error)),
    };
    Ok(Loaded {
        request,
        document,
        problem,
        running,
    })
}

/// Why there is no page.
fn page_error(visit: &Visit, error: ReportError) -> PageError {
    match error {
        ReportError::Denied(_) => visit
            .require(Permission::ReadFinances)
            .err()
            .unwrap_or(PageError::Denied),
        ReportError::Unknown(_) => PageError::NotFound,
        ReportError::Storage(error) => error.into(),
        error @ ReportError::Invalid(_) => PageError::broken(error),
    }
}

fn usual(kind: DocumentKind, today: Date) -> ReportRequest {
    let period: Period = report::usual_period(kind, today);
    ReportRequest {
        kind,
        partnership: None,
        municipality: None,
        period,
        compare: report::before(period),
        as_of: None,
    }
}
