//! What a figure can be split by.

use crate::codes::code_enum;

code_enum! {
    /// A dimension of a table (`docs/figures.md` §2).
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
        /// The action that the activity belongs to. Keys are its id, or `none`.
        Action = "action",
        /// Of visits: the partners that the activity or its action is held with (several are possible). Of passes and of the
        /// funnel: the partner that referred the holder. Keys are its id, or `none`.
        Partner = "partner",
        /// Age in the year of the visit or of the issue. Keys are those of [`crate::AgeBand`].
        AgeBand = "age_band",
        /// Why the holder counts as a newcomer. Keys are codes such as `nt2_learner`.
        NewcomerReason = "newcomer_reason",
        /// How much Dutch the activity asks for: its taalicoon. Keys are `1` to `4`, or `none`.
        DutchLevel = "dutch_level",
        /// What pays for the action. Keys are the words that the coordinator typed, or `none`.
        FundingLine = "funding_line",
        /// The partnership of the holder's municipality on that day. Keys are its id, or `none`.
        Partnership = "partnership",
        /// The municipality of the activity's organiser: the other side of `crossings`. Keys are NIS codes.
        ActivityMunicipality = "activity_municipality",
        /// The counter that issued the pass. Keys are the account's id, or `none`.
        Counter = "counter",
    }
}

/// The key of what belongs to none: an activity without action, a holder whom nobody referred.
pub const NO_KEY: &str = "none";

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
            Self::Action => "Actie",
            Self::Partner => "Partner",
            Self::AgeBand => "Leeftijd",
            Self::NewcomerReason => "Reden",
            Self::DutchLevel => "Niveau Nederlands",
            Self::FundingLine => "Financiering",
            Self::Partnership => "Samenwerkingsverband",
            Self::ActivityMunicipality => "Gemeente van de activiteit",
            Self::Counter => "Balie",
        }
    }

    /// Whether its tables are for everybody, or only for who logged in.
    ///
    /// Organisers make up the kinds and the municipalities of organisers, actions make up the funding lines: who has both tables can
    /// subtract, so the public gets one of each two. Who works at which counter is nothing for the public either.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Organiser | Self::FundingLine | Self::Counter)
    }

    /// Whether a table by it needs the higher threshold of FIGURES §3.
    #[must_use]
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::DutchLevel | Self::NewcomerReason)
    }
}

code_enum! {
    /// Age on 31 December of the year asked about, in bands.
    AgeBand("age band") {
        /// Under 12.
        Child = "0-11",
        /// 12 to 17.
        Teenager = "12-17",
        /// 18 to 24.
        Young = "18-24",
        /// 25 to 34.
        Adult = "25-34",
        /// 35 to 49.
        Middle = "35-49",
        /// 50 to 64.
        Older = "50-64",
        /// 65 and over.
        Senior = "65+",
    }
}

impl AgeBand {
    /// The band of somebody born in `birth_year`, in `year`. Only the year of birth is known, so the day is not.
    #[must_use]
    pub const fn of(birth_year: i16, year: i16) -> Self {
        match year.saturating_sub(birth_year) {
            ..=11 => Self::Child,
            12..=17 => Self::Teenager,
            18..=24 => Self::Young,
            25..=34 => Self::Adult,
            35..=49 => Self::Middle,
            50..=64 => Self::Older,
            _ => Self::Senior,
        }
    }

    /// The words on screen.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Child => "jonger dan 12",
            Self::Teenager => "12 tot 17",
            Self::Young => "18 tot 24",
            Self::Adult => "25 tot 34",
            Self::Middle => "35 tot 49",
            Self::Older => "50 tot 64",
            Self::Senior => "65 en ouder",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_gap() {
        let age = |years: i16| AgeBand::of(2026 - years, 2026).code();
        let edges = [
            (0, "0-11"),
            (11, "0-11"),
            (12, "12-17"),
            (17, "12-17"),
            (18, "18-24"),
            (24, "18-24"),
            (25, "25-34"),
        ];
        for (years, band) in
            edges
                .into_iter()
                .chain([(34, "25-34"), (35, "35-49"), (50, "50-64"), (64, "50-64"), (65, "65+")])
        {
            assert_eq!(age(years), band, "{years}");
        }
    }
}
