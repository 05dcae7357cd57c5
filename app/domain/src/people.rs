//! What is known of a newcomer and of an organiser: as little as the figures need.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::code_enum;

code_enum! {
    /// The answer to "organised leisure in the 12 months before the pass?". Only "no" can count as drawn in.
    Baseline("baseline answer") {
        /// Yes, already took part in something.
        Yes = "yes",
        /// No, nothing in those twelve months.
        No = "no",
        /// Nobody asked, or no answer.
        NotAsked = "not_asked",
    }
}

impl Baseline {
    /// The answer as the counter's form shows it.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Yes => "Ja",
            Self::No => "Nee",
            Self::NotAsked => "Niet gevraagd",
        }
    }
}

code_enum! {
    /// Why somebody counts as a newcomer.
    NewcomerReason("newcomer reason") {
        /// Follows a civic integration track.
        Inburgeraar = "inburgeraar",
        /// Learns Dutch as a second language.
        Nt2Learner = "nt2_learner",
        /// Moved here recently.
        RecentArrival = "recent_arrival",
        /// Another reason that the counter accepts.
        Other = "other",
    }
}

impl NewcomerReason {
    /// The reason as the counter's form shows it.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Inburgeraar => "Volgt een inburgeringstraject",
            Self::Nt2Learner => "Leert Nederlands",
            Self::RecentArrival => "Woont hier nog niet lang",
            Self::Other => "Een andere reden",
        }
    }
}

code_enum! {
    /// What sort of organiser it is, as the figures group them.
    OrganiserKind("organiser kind") {
        /// A sports club.
        SportsClub = "sports_club",
        /// A gemeenschapscentrum.
        CommunityCentre = "community_centre",
        /// A library.
        Library = "library",
        /// A youth club or youth service.
        Youth = "youth",
        /// Anything else.
        Other = "other",
    }
}

impl OrganiserKind {
    /// The kind as pages show it.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::SportsClub => "Sportclub",
            Self::CommunityCentre => "Gemeenschapscentrum",
            Self::Library => "Bibliotheek",
            Self::Youth => "Jeugdwerking",
            Self::Other => "Andere organisator",
        }
    }
}

/// Why a text is no first name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FirstNameError {
    /// Nothing but white space.
    #[error("a first name needs at least one character")]
    Empty,
    /// More than forty characters.
    #[error("a first name has at most 40 characters, not {0}")]
    TooLong(usize),
    /// A control character, line break or text-direction mark, which could change how other text on the card reads.
    #[error("a first name has no control characters")]
    ControlCharacter,
}

/// A first name or nickname: trimmed, 1 to 40 characters, any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FirstName(String);

impl FirstName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FirstName {
    type Error = FirstNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::try_from(text.as_str())
    }
}

impl TryFrom<&str> for FirstName {
    type Error = FirstNameError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let name = text.trim();
        let is_bidi =
            |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_line = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
        match name.chars().count() {
            0 => Err(FirstNameError::Empty),
            _ if name.chars().any(|c| c.is_control() || is_bidi(c) || is_line(c)) => {
                Err(FirstNameError::ControlCharacter)
            }
            length @ 41.. => Err(FirstNameError::TooLong(length)),
            _ => Ok(Self(name.to_owned())),
        }
    }
}

impl From<FirstName> for String {
    fn from(name: FirstName) -> Self {
        name.0
    }
}

impl fmt::Display for FirstName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A year in which nobody alive today can have been born, or that has not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a birth year lies between {earliest} and {latest}, not {found}")]
pub struct BirthYearError {
    /// The year as given.
    pub found: i16,
    /// The first year that would be accepted today.
    pub earliest: i16,
    /// The last year that would be accepted today.
    pub latest: i16,
}

/// The year of birth; the day is never asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BirthYear(i16);

impl BirthYear {
    /// Accepts somebody who turns 0 to 120 this year.
    ///
    /// # Errors
    /// A later year, or one more than 120 years ago.
    pub fn try_new(year: i16, today: Date) -> Result<Self, BirthYearError> {
        let (earliest, latest) = (today.year().saturating_sub(120), today.year());
        if (earliest..=latest).contains(&year) {
            Ok(Self(year))
        } else {
            Err(BirthYearError {
                found: year,
                earliest,
                latest,
            })
        }
    }

    /// A year that was checked when it was stored.
    #[must_use]
    pub const fn from_stored(year: i16) -> Self {
        Self(year)
    }

    /// The year.
    #[must_use]
    pub const fn get(self) -> i16 {
        self.0
    }
}

impl fmt::Display for BirthYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_first_name_is_trimmed_and_bounded() {
        assert_eq!(
            FirstName::try_from("  Ángel-María ".to_owned()).unwrap().as_str(),
            "Ángel-María"
        );
        assert_eq!(FirstName::try_from("ياسمين".to_owned()).unwrap().to_string(), "ياسمين");
        assert!(FirstName::try_from("é".repeat(40)).is_ok());
        assert_eq!(FirstName::try_from("é".repeat(41)), Err(FirstNameError::TooLong(41)));
        assert_eq!(FirstName::try_from(" \t ".to_owned()), Err(FirstNameError::Empty));
        for wrong in ["A\nB", "A\u{0}", "A\u{202e}B"] {
            assert_eq!(
                FirstName::try_from(wrong),
                Err(FirstNameError::ControlCharacter),
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn a_birth_year_is_at_most_120_years_ago() {
        let today = date(2026, 3, 1);
        assert!(BirthYear::try_new(1906, today).is_ok());
        assert!(BirthYear::try_new(2026, today).is_ok());
        assert!(BirthYear::try_new(1905, today).is_err());
        assert!(BirthYear::try_new(2027, today).is_err());
    }

    #[test]
    fn codes_are_stable_and_read_back() {
        for reason in NewcomerReason::ALL {
            assert_eq!(reason.code().parse::<NewcomerReason>().unwrap(), *reason);
            assert_eq!(serde_json::to_string(reason).unwrap(), format!("\"{}\"", reason.code()));
        }
        let error = "ja".parse::<Baseline>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"ja\" is no baseline answer; known: yes, no, not_asked"
        );
    }
}
