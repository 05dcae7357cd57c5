//! From a request to a document.

use storage::{Scope, Store};

use crate::{Document, ReportError, ReportRequest};

/// Builds a document from published figures and from the programme.
///
/// # Errors
/// [`ReportError`]: what the scope may not see, what does not exist, and what could not be read.
#[expect(clippy::unused_async, reason = "the figures that it waits for come next")]
pub async fn build(_store: &Store, _scope: &Scope, request: ReportRequest) -> Result<Document, ReportError> {
    let mut document = crate::sample();
    document.kind = request.kind;
    document.period = request.period;
    document.compare = request.compare;
    Ok(document)
}
