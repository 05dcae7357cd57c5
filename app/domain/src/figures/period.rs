//! Periods as `docs/figures.md` spells them.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::code_enum;

/// The years that a period may name.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// "The partnership's whole life" starts and ends outside anything that can have been counted.
const PROJECT: (Date, Date) = (date(2000, 1, 1), date(2199, 12, 31));

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

code_enum! {
    /// What sort of period.
    PeriodKind("period kind") {
        /// `2026-03`
        Month = "month",
        /// `2026-Q1`
        Quarter = "quarter",
        /// `2026-H1`
        HalfYear = "half_year",
        /// `2025-2026`: 1 December to 30 November.
        WorkYear = "work_year",
        /// `2026`
        CalendarYear = "calendar_year",
        /// `project`
        Project = "project",
        /// `2026-01-05..2026-02-11`
        Range = "range",
    }
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeriodError {
    /// None of the spellings.
    #[error(
        "\"{0}\" is no period; write 2026-03, 2026-Q1, 2026-H1, 2026, 2025-2026, project or 2026-01-05..2026-02-11"
    )]
    Spelling(String),
    /// A year outside 2000 to 2199.
    #[error("\"{0}\" lies outside the years 2000 to 2199")]
    Year(String),
    /// A range that ends before it starts.
    #[error("\"{0}\" ends before it starts")]
    Reversed(String),
}

/// A period: whole local days, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: Date,
    last: Date,
    kind: PeriodKind,
}

impl Period {
    /// The month of a day.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self {
            first: day.first_of_month(),
            last: day.last_of_month(),
            kind: PeriodKind::Month,
        }
    }

    /// The calendar year of a day.
    #[must_use]
    pub fn calendar_year_of(day: Date) -> Self {
        Self {
            first: day.first_of_year(),
            last: day.last_of_year(),
            kind: PeriodKind::CalendarYear,
        }
    }

    /// The work year of a day: 1 December to 30 November.
    #[must_use]
    pub fn work_year_of(day: Date) -> Self {
        let starts_in = if day.month() == 12 {
            day.year()
        } else {
            day.year().saturating_sub(1)
        };
        let months = |year: i16, month: i8| Date::new(year, month, 1).unwrap_or(day);
        Self {
            first: months(starts_in, 12),
            last: months(starts_in.saturating_add(1), 11).last_of_month(),
            kind: PeriodKind::WorkYear,
        }
    }

    /// The quarter of a day.
    #[must_use]
    pub fn quarter_of(day: Date) -> Self {
        let starts_in = (day.month() - 1) / 3 * 3 + 1;
        Self::months_from(day.year(), starts_in, 3, PeriodKind::Quarter).unwrap_or_else(|| Self::month_of(day))
    }

    /// The half calendar year of a day.
    #[must_use]
    pub fn half_year_of(day: Date) -> Self {
        let starts_in = (day.month() - 1) / 6 * 6 + 1;
        Self::months_from(day.year(), starts_in, 6, PeriodKind::HalfYear).unwrap_or_else(|| Self::month_of(day))
    }

    /// The whole life of the partnerships.
    #[must_use]
    pub const fn project() -> Self {
        Self {
            first: PROJECT.0,
            last: PROJECT.1,
            kind: PeriodKind::Project,
        }
    }

    /// A free range, both days included.
    ///
    /// # Errors
    /// A range that ends before it starts, or outside the years that periods have.
    pub fn range(first: Date, last: Date) -> Result<Self, PeriodError> {
        let text = || format!("{first}..{last}");
        if last < first {
            return Err(PeriodError::Reversed(text()));
        }
        if !YEARS.contains(&first.year()) || !YEARS.contains(&last.year()) {
            return Err(PeriodError::Year(text()));
        }
        Ok(Self {
            first,
            last,
            kind: PeriodKind::Range,
        })
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The last day, included.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// What sort of period.
    #[must_use]
    pub const fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The months that it touches, in order.
    pub fn months(&self) -> impl Iterator<Item = Self> + use<> {
        let last = self.last;
        std::iter::successors(Some(Self::month_of(self.first)), |month| {
            month.first.checked_add(1.month()).ok().map(Self::month_of)
        })
        .take_while(move |month| month.first <= last)
    }

    /// The period as a Dutch page names it, without article or capital: "maart 2026", "werkjaar 2025-2026".
    #[must_use]
    pub fn label_nl(&self) -> String {
        let year = self.first.year();
        match self.kind {
            PeriodKind::Month => format!("{} {year}", month_nl(self.first)),
            PeriodKind::Quarter => {
                let name = ["eerste", "tweede", "derde", "vierde"][usize::from(quarter_of(self.first) - 1)];
                format!("{name} kwartaal van {year}")
            }
            PeriodKind::HalfYear if self.first.month() == 1 => format!("eerste helft van {year}"),
            PeriodKind::HalfYear => format!("tweede helft van {year}"),
            PeriodKind::WorkYear => format!("werkjaar {self}"),
            PeriodKind::CalendarYear => year.to_string(),
            PeriodKind::Project => "hele looptijd van het project".to_owned(),
            PeriodKind::Range => format!("{} tot en met {}", day_nl(self.first), day_nl(self.last)),
        }
    }

    fn months_from(year: i16, month: i8, months: i32, kind: PeriodKind) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        let last = first.checked_add(months.months()).ok()?.yesterday().ok()?;
        Some(Self { first, last, kind })
    }
}

fn month_nl(day: Date) -> &'static str {
    MONTHS_NL[usize::from(day.month().unsigned_abs().saturating_sub(1) % 12)]
}

fn day_nl(day: Date) -> String {
    format!("{} {} {}", day.day(), month_nl(day), day.year())
}

fn quarter_of(day: Date) -> u8 {
    (day.month().unsigned_abs() - 1) / 3 + 1
}

/// Exactly `N` ASCII digits.
fn digits<const N: usize>(text: &str) -> Option<i16> {
    (text.len() == N && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Exactly `YYYY-MM-DD`; jiff itself would take more spellings.
fn day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    Date::new(
        digits::<4>(year)?,
        i8::try_from(digits::<2>(month)?).ok()?,
        i8::try_from(digits::<2>(day)?).ok()?,
    )
    .ok()
}

/// Every spelling except the range, which has errors of its own.
fn named(text: &str) -> Option<Period> {
    let Some((year, part)) = text.split_once('-') else {
        return Period::months_from(digits::<4>(text)?, 1, 12, PeriodKind::CalendarYear);
    };
    let year = digits::<4>(year)?;
    if let Some(next) = digits::<4>(part) {
        return (next == year + 1)
            .then(|| Period::months_from(year, 12, 12, PeriodKind::WorkYear))
            .flatten();
    }
    if let Some(month) = digits::<2>(part) {
        return Period::months_from(year, i8::try_from(month).ok()?, 1, PeriodKind::Month);
    }
    let (first, months, kind) = match part {
        "Q1" => (1, 3, PeriodKind::Quarter),
        "Q2" => (4, 3, PeriodKind::Quarter),
        "Q3" => (7, 3, PeriodKind::Quarter),
        "Q4" => (10, 3, PeriodKind::Quarter),
        "H1" => (1, 6, PeriodKind::HalfYear),
        "H2" => (7, 6, PeriodKind::HalfYear),
        _ => return None,
    };
    Period::months_from(year, first, months, kind)
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let shown = || text.chars().take(60).collect::<String>();
        let spelling = || PeriodError::Spelling(shown());
        if text == "project" {
            return Ok(Self::project());
        }
        if let Some((first, last)) = text.split_once("..") {
            return Self::range(day(first).ok_or_else(spelling)?, day(last).ok_or_else(spelling)?);
        }
        let period = named(text).ok_or_else(spelling)?;
        if YEARS.contains(&period.first.year()) && YEARS.contains(&period.last.year()) {
            Ok(period)
        } else {
            Err(PeriodError::Year(shown()))
        }
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        f.pad(&match self.kind {
            PeriodKind::Month => format!("{year:04}-{month:02}"),
            PeriodKind::Quarter => format!("{year:04}-Q{}", quarter_of(self.first)),
            PeriodKind::HalfYear => format!("{year:04}-H{}", if month == 1 { 1 } else { 2 }),
            PeriodKind::WorkYear => format!("{year:04}-{:04}", year + 1),
            PeriodKind::CalendarYear => format!("{year:04}"),
            PeriodKind::Project => "project".to_owned(),
            PeriodKind::Range => format!("{}..{}", self.first, self.last),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_has_its_first_and_last_day() {
        for (text, first, last, label) in [
            ("2026-03", "2026-03-01", "2026-03-31", "maart 2026"),
            ("2028-02", "2028-02-01", "2028-02-29", "februari 2028"),
            ("2026-Q1", "2026-01-01", "2026-03-31", "eerste kwartaal van 2026"),
            ("2026-Q4", "2026-10-01", "2026-12-31", "vierde kwartaal van 2026"),
            ("2026-H1", "2026-01-01", "2026-06-30", "eerste helft van 2026"),
            ("2026-H2", "2026-07-01", "2026-12-31", "tweede helft van 2026"),
            ("2026", "2026-01-01", "2026-12-31", "2026"),
            ("2025-2026", "2025-12-01", "2026-11-30", "werkjaar 2025-2026"),
            ("project", "2000-01-01", "2199-12-31", "hele looptijd van het project"),
            (
                "2026-01-05..2026-02-11",
                "2026-01-05",
                "2026-02-11",
                "5 januari 2026 tot en met 11 februari 2026",
            ),
            (
                "2026-01-05..2026-01-05",
                "2026-01-05",
                "2026-01-05",
                "5 januari 2026 tot en met 5 januari 2026",
            ),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(
                (period.first().to_string(), period.last().to_string()),
                (first.into(), last.into()),
                "{text}"
            );
            assert_eq!(
                (period.to_string(), period.label_nl()),
                (text.to_owned(), label.to_owned())
            );
            assert_eq!(serde_json::to_string(&period).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn other_texts_are_no_period() {
        for text in [
            "",
            "2026-13",
            "2026-00",
            "2026-3",
            "2026-Q5",
            "2026-q1",
            "2026-H3",
            "2025-2027",
            "2026-2025",
            "26",
            " 2026",
            "2026-03-01",
            "2026-01-05..",
            "..",
            "2026-02-30..2026-03-01",
            "2026-1-5..2026-2-11",
            "२०२६",
            "-2026",
            "Project",
        ] {
            assert!(
                matches!(text.parse::<Period>(), Err(PeriodError::Spelling(_))),
                "{text}"
            );
        }
        for text in ["1999", "1999-2000", "2200-01", "2199-2200", "1999-12-31..2000-01-01"] {
            assert!(matches!(text.parse::<Period>(), Err(PeriodError::Year(_))), "{text}");
        }
        assert!(matches!(
            "2026-02-11..2026-01-05".parse::<Period>(),
            Err(PeriodError::Reversed(_))
        ));
    }

    #[test]
    fn a_work_year_starts_in_december() {
        assert_eq!(Period::work_year_of(date(2025, 12, 1)).to_string(), "2025-2026");
        assert_eq!(Period::work_year_of(date(2026, 11, 30)).to_string(), "2025-2026");
        assert_eq!(Period::work_year_of(date(2026, 12, 1)).to_string(), "2026-2027");
        let months: Vec<_> = Period::work_year_of(date(2026, 3, 1))
            .months()
            .map(|month| month.to_string())
            .collect();
        assert_eq!(
            (months.len(), months[0].as_str(), months[11].as_str()),
            (12, "2025-12", "2026-11")
        );
    }
}
