//! The forms in which a document is given away.

use std::fmt;
use std::str::FromStr;

use report::Document;
use serde::{Deserialize, Serialize};

use crate::PressError;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// To read and to print.
    Pdf,
    /// To calculate on.
    Xlsx,
    /// One long table, for any spreadsheet.
    Csv,
    /// The document itself, for programs.
    Json,
}

/// A form that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a form of file: use pdf, xlsx, csv or json")]
pub struct UnknownForm;

impl Form {
    /// Every form, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Xlsx, Self::Csv, Self::Json];

    /// The end of the file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The media type for `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }

    /// Writes the document in this form.
    ///
    /// # Errors
    /// [`PressError`] when the document does not fit the form.
    pub fn write(self, document: &Document) -> Result<Vec<u8>, PressError> {
        match self {
            Self::Pdf => crate::pdf(document),
            Self::Xlsx => crate::xlsx(document),
            Self::Csv => crate::csv(document),
            Self::Json => crate::json(document),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.extension())
    }
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(text: &str) -> Result<Self, UnknownForm> {
        Self::ALL
            .into_iter()
            .find(|form| form.extension() == text)
            .ok_or(UnknownForm)
    }
}
