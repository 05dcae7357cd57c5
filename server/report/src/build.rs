//! From a request to a document.

use storage::{Scope, Store};

use crate::desk::Desk;
use crate::documents::{Content, answer, municipality, plan_samenleven, progress};
use crate::{Document, DocumentKind, ReportError, ReportRequest};

/// Builds a document from published figures and from the programme.
///
/// # Errors
/// [`ReportError::Denied`] for the part about money and for a free range of days, unless the scope may;
/// [`ReportError::Unknown`] for a partnership or municipality that is not there or not in the scope;
/// [`ReportError::Invalid`] for a period that the kind of document is not about, or a sheet of no municipality;
/// [`ReportError::Storage`].
pub async fn build(store: &Store, scope: &Scope, request: ReportRequest) -> Result<Document, ReportError> {
    let desk = Desk::open(store, scope, &request).await?;
    let content = async {
        match request.kind {
            DocumentKind::Answer => Box::pin(answer::content(&desk)).await,
            DocumentKind::Interim => Box::pin(progress::interim(&desk)).await,
            DocumentKind::Final => Box::pin(progress::closing(&desk)).await,
            DocumentKind::PlanSamenleven => Box::pin(plan_samenleven::content(&desk)).await,
            DocumentKind::Municipality => Box::pin(municipality::content(&desk)).await,
        }
    };
    let hash = async { Ok(store.facts_hash(scope, request.as_of).await?) };
    let (Content { lead, sections }, facts_hash) = futures::try_join!(Box::pin(content), hash)?;
    Ok(Document {
        kind: request.kind,
        title: request.kind.title_nl().to_owned(),
        subject: desk.subject.clone(),
        period: request.period,
        compare: request.compare,
        data_date: store.data_date(request.as_of),
        facts_hash,
        lead,
        sections,
        check: None,
    })
}
