//! The documents: which parts, in which order, under which headings.

pub(crate) mod answer;
pub(crate) mod municipality;
pub(crate) mod plan_samenleven;
pub(crate) mod progress;

use crate::Section;

/// What a document says before its data date and hash are added.
pub(crate) struct Content {
    pub(crate) lead: Vec<String>,
    pub(crate) sections: Vec<Section>,
}
