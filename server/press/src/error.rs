//! Why a file could not be made.

/// Why a file could not be made. None of these is the reader's fault: the document does not fit the form.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// The document could not be written as JSON.
    #[error("the document could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The lines could not be written.
    #[error("the document could not be written as CSV")]
    Csv(#[from] ::csv::Error),
    /// The program's own typeface could not be opened.
    #[error("the typeface could not be opened")]
    Font,
    /// The document breaks a rule of the archive's standard.
    #[error("the document could not be written as PDF: {0}")]
    Pdf(String),
    /// The sheets could not be written.
    #[error("the document could not be written as XLSX")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
