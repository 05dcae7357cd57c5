//! Documents: what they say, in Dutch, and from which figures. Pages and files are made from the same [`Document`].

mod model;

pub use model::{Block, Chart, Check, Document, DocumentKind, Section, Table};
