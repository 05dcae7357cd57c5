//! Documents: what they say, in Dutch, and from which figures. Pages and files are made from the same [`Document`].

mod block;
mod build;
mod content;
mod desk;
mod documents;
pub mod dutch;
#[cfg(test)]
mod fixtures;
mod model;
mod phrase;
mod query;
mod request;
mod sample;
mod sentences;
pub mod sheet;

pub use build::build;
pub use model::{Block, Chart, Check, Document, DocumentKind, Section, Table};
pub use query::{before, usual_period};
pub use request::{ReportError, ReportRequest};
pub use sample::sample;
