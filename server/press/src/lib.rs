//! Documents as files: PDF, XLSX, CSV, JSON. The same document gives the same bytes, on any day and any machine.
//!
//! A file says no more than the document: every number in it is a cell of a [`domain::Figure`], which came through
//! disclosure control. What is hidden is a text (`<5`), never a zero and never an empty number.

mod csv;
mod error;
mod form;
mod html;
mod json;
mod pdf;
mod seal;
mod xlsx;

pub use csv::csv;
pub use error::PressError;
pub use form::{Form, UnknownForm};
pub use html::html;
pub use json::json;
pub use pdf::pdf;
pub use seal::{Seal, SealError, fingerprint, hexadecimal};
pub use xlsx::xlsx;
