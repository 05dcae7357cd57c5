//! What an address asks for: the same words for the page, its files and its frozen copies.
//!
//! `/antwoord?samenwerkingsverband=…&periode=2025-2026&vergelijk=2024-2025&stand=2026-11-01`

use domain::local_time::end_of_day;
use domain::{Period, PeriodKind, local_day};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::{DocumentKind, ReportError, ReportRequest};

/// An address with a long key is not one of ours.
const LONGEST: usize = 80;

impl ReportRequest {
    /// What a query asks. A missing period is the work year of `today` (of the half-year sheet: the half-year); a missing
    /// comparison is the period before, an empty one is none; `stand` is a day, up to whose end things are known.
    ///
    /// # Errors
    /// [`ReportError::Invalid`], which says which word could not be read.
    pub fn from_query(kind: DocumentKind, pairs: &[(String, String)], today: Date) -> Result<Self, ReportError> {
        let found = |name: &str| {
            let pair = pairs.iter().rev().find(|(known, _)| known == name);
            pair.map(|(_, value)| value.trim())
        };
        let given = |name: &str| found(name).filter(|value| !value.is_empty());
        if pairs.iter().any(|(_, value)| value.len() > LONGEST) {
            return Err(ReportError::Invalid("the address holds something that is too long"));
        }
        let period = given("periode").map_or_else(
            || Ok(usual_period(kind, today)),
            |text| {
                text.parse::<Period>()
                    .map_err(|_| ReportError::Invalid("periode is no period"))
            },
        )?;
        let compare = match found("vergelijk") {
            None => before(period),
            Some("") => None,
            Some(text) => Some(
                text.parse::<Period>()
                    .map_err(|_| ReportError::Invalid("vergelijk is no period"))?,
            ),
        };
        let partnership = given("samenwerkingsverband")
            .map(|text| text.parse().map_err(|_| ReportError::Unknown("partnership")))
            .transpose()?;
        let municipality = given("gemeente")
            .map(|text| text.parse().map_err(|_| ReportError::Unknown("municipality")))
            .transpose()?;
        let as_of = given("stand")
            .map(|text| {
                text.parse::<Date>()
                    .map_err(|_| ReportError::Invalid("stand is no day"))
            })
            .transpose()?
            .map(last_moment);
        Ok(Self {
            kind,
            partnership,
            municipality,
            period,
            compare,
            as_of,
        })
    }

    /// The query that asks for this: [`ReportRequest::from_query`] reads it back. All its characters are safe in an address.
    #[must_use]
    pub fn query(&self) -> String {
        let compare = self.compare.map(|period| period.to_string()).unwrap_or_default();
        let mut parts = vec![format!("periode={}", self.period), format!("vergelijk={compare}")];
        if let Some(partnership) = self.partnership {
            parts.insert(0, format!("samenwerkingsverband={partnership}"));
        }
        if let Some(municipality) = self.municipality {
            parts.push(format!("gemeente={municipality}"));
        }
        if let Some(day) = self.as_of.map(local_day) {
            parts.push(format!("stand={day}"));
        }
        parts.join("&")
    }
}

/// The period of a document for which nobody named one.
#[must_use]
pub fn usual_period(kind: DocumentKind, today: Date) -> Period {
    match kind {
        DocumentKind::PlanSamenleven => Period::half_year_of(today),
        _ => Period::work_year_of(today),
    }
}

/// The period before, of the same kind; nothing comes before the whole project or a free range.
#[must_use]
pub fn before(period: Period) -> Option<Period> {
    let yesterday = period.first().checked_sub(1.day()).ok()?;
    let found = match period.kind() {
        PeriodKind::Month => Period::month_of(yesterday),
        PeriodKind::Quarter => Period::quarter_of(yesterday),
        PeriodKind::HalfYear => Period::half_year_of(yesterday),
        PeriodKind::CalendarYear => Period::calendar_year_of(yesterday),
        PeriodKind::WorkYear => Period::work_year_of(yesterday),
        PeriodKind::Project | PeriodKind::Range => return None,
    };
    // Years that no period may name have none.
    found.to_string().parse().ok()
}

/// The last millisecond of a day: what was received on that day is known, what came on the next is not.
fn last_moment(day: Date) -> Timestamp {
    let end = end_of_day(day);
    end.checked_sub(SignedDuration::from_millis(1)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Vec<(String, String)> {
        query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    fn read(kind: DocumentKind, query: &str) -> Result<ReportRequest, ReportError> {
        ReportRequest::from_query(kind, &pairs(query), "2026-11-25".parse().unwrap())
    }

    #[test]
    fn an_address_without_words_is_this_work_year_beside_the_one_before() {
        let request = read(DocumentKind::Answer, "").unwrap();
        assert_eq!(request.query(), "periode=2025-2026&vergelijk=2024-2025");
        assert_eq!(
            read(DocumentKind::PlanSamenleven, "").unwrap().query(),
            "periode=2026-H2&vergelijk=2026-H1"
        );
        assert_eq!(
            read(DocumentKind::Answer, "periode=project").unwrap().query(),
            "periode=project&vergelijk="
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let query = "samenwerkingsverband=0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b&periode=2026-03&vergelijk=&gemeente=23102&\
                     stand=2026-10-25";
        let request = read(DocumentKind::Municipality, query).unwrap();
        assert_eq!(request.query(), query);
        assert_eq!(
            request.as_of.unwrap().to_string(),
            "2026-10-25T22:59:59.999Z",
            "the end of the day on which summer time ends"
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for query in ["periode=ooit", "vergelijk=2026-13", "stand=gisteren"] {
            assert!(
                matches!(read(DocumentKind::Answer, query), Err(ReportError::Invalid(_))),
                "{query}"
            );
        }
        for query in ["samenwerkingsverband=x", "gemeente=1"] {
            assert!(
                matches!(read(DocumentKind::Answer, query), Err(ReportError::Unknown(_))),
                "{query}"
            );
        }
        let long = format!("gemeente={}", "1".repeat(100));
        assert!(matches!(
            read(DocumentKind::Answer, &long),
            Err(ReportError::Invalid(_))
        ));
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        for (period, other) in [
            ("2026-01", Some("2025-12")),
            ("2026-Q1", Some("2025-Q4")),
            ("2026-H2", Some("2026-H1")),
            ("2026", Some("2025")),
            ("2025-2026", Some("2024-2025")),
            ("2000", None),
            ("project", None),
            ("2026-01-01..2026-01-31", None),
        ] {
            let found = before(period.parse().unwrap()).map(|found| found.to_string());
            assert_eq!(found.as_deref(), other, "{period}");
        }
    }
}
