//! Reports as files: made on request, frozen and sealed, and checked.

pub(crate) mod check;
pub(crate) mod freeze;
pub(crate) mod routes;

use press::{Form, PressError};
use report::{Document, DocumentKind, ReportError};
use tokio::sync::Semaphore;

/// Files that are set at the same time. Each takes one core for a part of a second; the rest of the machine scans passes.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    /// There is no such document for this scope.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The document does not fit the form.
    #[error(transparent)]
    Press(#[from] PressError),
    /// The thread that did the work is gone.
    #[error("making the file was broken off")]
    Broken(#[source] tokio::task::JoinError),
}

/// The document in these forms, made beside the threads that answer requests.
pub(crate) async fn files(document: Document, forms: &[Form]) -> Result<Vec<(Form, Vec<u8>)>, FileError> {
    let forms = forms.to_vec();
    // Closed only at the end of the program; then nobody waits for the file.
    let _place = PRESSES.acquire().await;
    let work = move || -> Result<Vec<(Form, Vec<u8>)>, PressError> {
        forms
            .into_iter()
            .map(|form| Ok((form, form.write(&document)?)))
            .collect()
    };
    let made = tokio::task::spawn_blocking(work).await.map_err(FileError::Broken)?;
    Ok(made?)
}

/// Name of a file without its end: `randpas-antwoord-2025-2026`.
pub(crate) fn file_stem(kind: DocumentKind, period: &str) -> String {
    let kind = match kind {
        DocumentKind::Answer => "antwoord",
        DocumentKind::Interim => "tussentijds-verslag",
        DocumentKind::Final => "eindverslag",
        DocumentKind::PlanSamenleven => "plan-samenleven",
        DocumentKind::Municipality => "gemeentefiche",
    };
    format!("randpas-{kind}-{period}")
}

/// The kind with this name on the command line and in addresses.
pub(crate) fn kind_of(code: &str) -> Option<DocumentKind> {
    DocumentKind::ALL.into_iter().find(|kind| kind.code() == code)
}
