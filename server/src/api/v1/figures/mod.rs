//! `/api/v1/figures`, and what a figure is for programs: a JSON document or CSV.

pub(crate) mod code;
pub(crate) mod csv;
pub(crate) mod document;

pub(crate) use document::FigureDocument;
