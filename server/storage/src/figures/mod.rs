//! Figures: facts → counts → disclosure control. Nothing gets around `domain::protect_system`.
//!
//! - `change`: what is noted where facts change; `record`: facts that are no scans
//! - `load`, `current`, `past`: the facts in memory, as they are and as they were
//! - `published`, `cache`: counts that came through disclosure control, kept until a fact changes
//! - `derive`: the figures, worked out from them
//! - `coverage`: how complete the facts are; `names`: what keys are called
//! - `table`: one measure as a plain table

mod cache;
pub(crate) mod change;
mod coverage;
mod current;
mod derive;
mod load;
mod names;
mod past;
mod published;
mod record;
mod table;

pub(crate) use current::Memory;
pub use derive::FigureRequest;
pub use names::Names;
pub use record::{ChequeFact, NewMember};
