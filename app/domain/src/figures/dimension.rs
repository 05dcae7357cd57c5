//! What a figure can be split by.

use crate::codes::code_enum;

code_enum! {
    /// A dimension of a table, of those that this build computes.
    Dimension("dimension") {
        /// The holder's municipality at the time; for issued passes, the holder's. Keys are NIS codes.
        Municipality = "municipality",
        /// The calendar month of the local day. Keys are written `2026-03`.
        Month = "month",
        /// The organiser. Keys are its id.
        Organiser = "organiser",
        /// The kind of organiser. Keys are codes such as `sports_club`.
        OrganiserKind = "organiser_kind",
        /// The type of activity. Keys are its code.
        ActivityType = "activity_type",
    }
}

impl Dimension {
    /// The heading of its column.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Municipality => "Gemeente",
            Self::Month => "Maand",
            Self::Organiser => "Organisator",
            Self::OrganiserKind => "Soort organisator",
            Self::ActivityType => "Soort activiteit",
        }
    }
}
