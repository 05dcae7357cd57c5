//! Documents: what they say, in Dutch, and from which figures. Pages and files are made from the same [`Document`].

mod build;
pub mod dutch;
mod model;
mod request;
mod sample;
pub mod sheet;

pub use build::build;
pub use model::{Block, Chart, Check, Document, DocumentKind, Section, Table};
pub use request::{ReportError, ReportRequest};
pub use sample::sample;
