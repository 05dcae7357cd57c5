//! What an address of the figures asks for. Every state of a page is an address: it can be sent, kept and printed, and it
//! keeps its meaning.
//!
//! `/cijfers/participants?periode=2026&vergelijk=2025&per=gemeente&per=leeftijd&soort-organisator=library`

use domain::{Dimension, FigureCode, PartnershipId, Period};
use jiff::civil::Date;
use storage::FigureRequest;

use super::periods;
use super::query::compares;
use crate::locales::nl::figures::{self as text, slug};
use crate::pages::query_escape;

/// Filters and dimensions together: what disclosure control protects together.
pub(super) const MOST_DIMENSIONS: usize = 2;
/// The most of a key that is taken: ids and codes are shorter.
const LONGEST_KEY: usize = 80;

/// Name and value of each part of a query, in order.
pub(super) type Pairs = Vec<(String, String)>;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Over which period.
    pub(super) period: Period,
    /// Compared with which other.
    pub(super) compare: Option<Period>,
    /// Split by what.
    pub(super) by: Vec<Dimension>,
    /// Only these keys.
    pub(super) filter: Vec<(Dimension, String)>,
    /// Only this partnership.
    pub(super) partnership: Option<PartnershipId>,
    /// Which column the picture shows, by its stable name; the figure's main one when `None`.
    pub(super) column: Option<String>,
}

/// What in an address could not be taken; the page says so, and shows the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// No period.
    Period,
    /// Free days are not for everybody.
    RangeNotYours,
    /// Free days that end before they begin, or of which one is missing.
    Range,
    /// No period to compare with.
    Compare,
    /// No dimension, or no key of one.
    Dimension,
    /// Three or more dimensions.
    TooMany,
    /// A dimension that the figure does not have.
    Split,
}

impl Wrong {
    /// What is said about it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Period => text::PERIOD_WRONG,
            Self::RangeNotYours => text::RANGE_NOT_YOURS,
            Self::Range => text::RANGE_WRONG,
            Self::Compare => text::COMPARE_WRONG,
            Self::Dimension => text::UNKNOWN_DIMENSION,
            Self::TooMany => text::TOO_MANY,
            Self::Split => text::CANNOT_SPLIT,
        }
    }
}

/// What a viewer may ask, and on which day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Today, in Brussels.
    pub(super) today: Date,
    /// Whether free days may be asked.
    pub(super) ranges: bool,
    /// Whether figures may be split by what is not for the public, such as the counter.
    pub(super) logged_in: bool,
}

impl Rules {
    /// Whether this viewer gets tables by a dimension at all.
    pub(super) const fn sees(self, dimension: Dimension) -> bool {
        self.logged_in || dimension.is_public()
    }

    /// The dimension that an address names, for who may see it.
    fn dimension(self, name: &str) -> Option<Dimension> {
        text::dimension(name).filter(|dimension| self.sees(*dimension))
    }
}

impl Asked {
    /// This year, whole.
    pub(super) const fn of(period: Period) -> Self {
        Self {
            period,
            compare: None,
            by: Vec::new(),
            filter: Vec::new(),
            partnership: None,
            column: None,
        }
    }

    /// Reads a query, in Dutch or with the API's names. What it does not know is left out and told.
    pub(super) fn read(pairs: &Pairs, rules: Rules) -> (Self, Vec<Wrong>) {
        let mut asked = Self::of(Period::calendar_year_of(rules.today));
        let mut wrong = Vec::new();
        let mut days = ["", ""];
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_str() {
                "periode" | "period" => match periods::parse(value, rules.ranges) {
                    Ok(period) => asked.period = period,
                    Err(why) => wrong.push(why),
                },
                "van" => days[0] = value,
                "tot" => days[1] = value,
                "vergelijk" | "compare" => match periods::parse(value, rules.ranges) {
                    Ok(period) => asked.compare = Some(period),
                    Err(Wrong::RangeNotYours) => wrong.push(Wrong::RangeNotYours),
                    Err(_) => wrong.push(Wrong::Compare),
                },
                "kolom" if value.len() <= LONGEST_KEY => asked.column = Some(value.to_owned()),
                "per" | "en" | "by" => {
                    for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                        match rules.dimension(part) {
                            Some(dimension) if !asked.by.contains(&dimension) => asked.by.push(dimension),
                            Some(_) => {}
                            None => wrong.push(Wrong::Dimension),
                        }
                    }
                }
                // The figure itself is in the path, and other words are no part of what is asked.
                name => {
                    if let Some(dimension) = rules.dimension(name) {
                        wrong.extend(asked.only(dimension, value));
                    }
                }
            }
        }
        wrong.extend(asked.set_days(days, rules));
        asked
            .by
            .retain(|by| asked.filter.iter().all(|(dimension, _)| dimension != by));
        if asked.filter.len() > MOST_DIMENSIONS {
            asked.filter.truncate(MOST_DIMENSIONS);
            wrong.push(Wrong::TooMany);
        }
        let room = MOST_DIMENSIONS - asked.filter.len();
        if asked.by.len() > room {
            asked.by.truncate(room);
            wrong.push(Wrong::TooMany);
        }
        wrong.sort_by_key(|wrong| *wrong as u8);
        wrong.dedup();
        (asked, wrong)
    }

    /// Takes a filter. A month is a period and a partnership is a place of its own: neither costs a dimension.
    fn only(&mut self, dimension: Dimension, key: &str) -> Option<Wrong> {
        if key.len() > LONGEST_KEY || key.contains(char::is_control) || key.contains(char::REPLACEMENT_CHARACTER) {
            return Some(Wrong::Dimension);
        }
        match dimension {
            Dimension::Month => match periods::parse(key, false) {
                Ok(period) => self.period = period,
                Err(wrong) => return Some(wrong),
            },
            Dimension::Partnership => match key.parse() {
                Ok(id) => self.partnership = Some(id),
                Err(_) => return Some(Wrong::Dimension),
            },
            _ => {
                self.filter.retain(|(known, _)| *known != dimension);
                self.filter.push((dimension, key.to_owned()));
            }
        }
        None
    }

    fn set_days(&mut self, days: [&str; 2], rules: Rules) -> Option<Wrong> {
        let [from, until] = days;
        match (from.is_empty(), until.is_empty()) {
            (true, true) => return None,
            _ if !rules.ranges => return Some(Wrong::RangeNotYours),
            _ => {}
        }
        let range = from
            .parse::<Date>()
            .ok()
            .zip(until.parse::<Date>().ok())
            .and_then(|(from, until)| Period::range(from, until).ok());
        match range {
            Some(period) => {
                self.period = period;
                None
            }
            None => Some(Wrong::Range),
        }
    }

    /// Leaves out what this figure cannot be split by, and tells.
    pub(super) fn fit(&mut self, code: FigureCode) -> Option<Wrong> {
        let before = self.by.len() + self.filter.len();
        self.by.retain(|dimension| code.splits_by(*dimension));
        self.filter.retain(|(dimension, _)| code.filters_by(*dimension));
        let mut wrong = (self.by.len() + self.filter.len() < before).then_some(Wrong::Split);
        // What a figure is always split by counts as well.
        let filtered = |dimension: &Dimension| self.filter.iter().any(|(known, _)| known == dimension);
        let own = code.own_rows().iter().filter(|dimension| !filtered(dimension)).count();
        let shown = if self.by.is_empty() { own } else { self.by.len() };
        let room = MOST_DIMENSIONS.saturating_sub(shown);
        if self.filter.len() > room {
            self.filter.truncate(room);
            wrong = Some(Wrong::TooMany);
        }
        wrong
    }

    /// The request for a figure.
    pub(super) fn request(&self, code: FigureCode) -> FigureRequest {
        FigureRequest {
            by: self.by.clone(),
            filter: self.filter.clone(),
            partnership: self.partnership,
            compare: self.compare.filter(|_| compares(code)),
            ..FigureRequest::new(code, self.period)
        }
    }

    /// The same, split by these instead.
    #[must_use]
    pub(super) fn by(&self, by: &[Dimension]) -> Self {
        Self {
            by: by.to_vec(),
            ..self.clone()
        }
    }

    /// The same, over another period.
    #[must_use]
    pub(super) fn over(&self, period: Period) -> Self {
        Self { period, ..self.clone() }
    }

    /// Whether the tables of this figure exist over this period: by two dimensions they do only over work years and the
    /// whole project.
    pub(super) fn is_published(&self, code: FigureCode) -> bool {
        let shown = if self.by.is_empty() { code.own_rows() } else { &self.by };
        let mut all: Vec<Dimension> = shown.to_vec();
        all.extend(self.filter.iter().map(|(dimension, _)| *dimension));
        all.sort_unstable();
        all.dedup();
        domain::is_published(&all, &self.period)
    }

    /// The same, with another column in the picture.
    #[must_use]
    pub(super) fn drawing(&self, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..self.clone()
        }
    }

    /// Only one key: what a click on its row asks. The rest of the table stays split as it was.
    #[must_use]
    pub(super) fn within(&self, dimension: Dimension, key: &str) -> Self {
        let mut inside = self.clone();
        inside.by.retain(|by| *by != dimension);
        // A key that cannot be asked leaves the page as it is.
        let _ = inside.only(dimension, key);
        inside
    }

    /// Without a filter.
    #[must_use]
    pub(super) fn without(&self, dimension: Dimension) -> Self {
        let mut outside = self.clone();
        outside.filter.retain(|(known, _)| *known != dimension);
        outside
    }

    /// The key that this dimension is limited to.
    pub(super) fn only_key(&self, dimension: Dimension) -> Option<&str> {
        let found = self.filter.iter().find(|(known, _)| *known == dimension);
        found.map(|(_, key)| key.as_str())
    }

    /// The page of a figure.
    pub(super) fn page(&self, code: FigureCode) -> String {
        format!("/cijfers/{code}?{}", self.query())
    }

    /// The overview.
    pub(super) fn overview(&self) -> String {
        format!("/cijfers?{}", self.query())
    }

    /// The file with exactly what the page shows.
    pub(super) fn file(&self, code: FigureCode) -> String {
        format!("/cijfers.csv?code={code}&{}", self.query())
    }

    /// Everything but the figure.
    fn query(&self) -> String {
        let mut parts = vec![format!("periode={}", self.period)];
        parts.extend(self.compare.map(|other| format!("vergelijk={other}")));
        parts.extend(self.by.iter().map(|dimension| format!("per={}", slug(*dimension))));
        let filters = self
            .filter
            .iter()
            .map(|(dimension, key)| format!("{}={}", slug(*dimension), query_escape(key)));
        parts.extend(filters);
        parts.extend(
            self.partnership
                .map(|id| format!("{}={id}", slug(Dimension::Partnership))),
        );
        parts.extend(
            self.column
                .as_ref()
                .map(|column| format!("kolom={}", query_escape(column))),
        );
        parts.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(query: &str, ranges: bool) -> (Asked, Vec<Wrong>) {
        let pairs: Pairs = query
            .split('&')
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let rules = Rules {
            today: date(2026, 11, 20),
            ranges,
            logged_in: ranges,
        };
        Asked::read(&pairs, rules)
    }

    #[test]
    fn an_address_keeps_its_meaning_when_it_is_written_again() {
        for query in [
            "periode=2026",
            "periode=2026-03&vergelijk=2025-03&per=gemeente&per=leeftijd",
            "periode=project&per=soort-organisator&gemeente=23102",
            "periode=2025-2026&actie=none&financiering=AMIF",
        ] {
            let (asked, wrong) = read(query, true);
            assert_eq!(wrong, [], "{query}");
            assert_eq!(asked.overview(), format!("/cijfers?{query}"));
        }
    }

    #[test]
    fn the_names_of_the_api_are_taken_too() {
        let (asked, wrong) = read("period=2026&by=municipality,age_band", false);
        assert_eq!(
            (asked.by, wrong),
            (vec![Dimension::Municipality, Dimension::AgeBand], Vec::new())
        );
    }

    #[test]
    fn what_is_not_known_is_told_and_the_rest_is_shown() {
        let (asked, wrong) = read("periode=ooit&per=schoenmaat&per=gemeente&vergelijk=x", false);
        assert_eq!(wrong, [Wrong::Period, Wrong::Compare, Wrong::Dimension]);
        assert_eq!((asked.period.to_string().as_str(), asked.by.len()), ("2026", 1));
        let (asked, wrong) = read("per=gemeente&per=leeftijd&organisator=x", true);
        assert_eq!(wrong, [Wrong::TooMany]);
        assert_eq!((asked.by.len(), asked.filter.len()), (1, 1));
    }

    #[test]
    fn free_days_are_only_for_who_may_choose_them() {
        for query in ["periode=2026-01-05..2026-02-11", "van=2026-01-05&tot=2026-02-11"] {
            assert_eq!(read(query, false).1, [Wrong::RangeNotYours], "{query}");
            let (asked, wrong) = read(query, true);
            assert_eq!(wrong, [], "{query}");
            assert_eq!(asked.period.to_string(), "2026-01-05..2026-02-11");
        }
        assert_eq!(read("van=2026-03-01&tot=2026-02-01", true).1, [Wrong::Range]);
        assert_eq!(read("van=2026-03-01", true).1, [Wrong::Range]);
    }

    #[test]
    fn counters_and_what_makes_up_other_tables_are_nothing_for_the_public() {
        for (name, dimension) in [
            ("balie", Dimension::Counter),
            ("organisator", Dimension::Organiser),
            ("financiering", Dimension::FundingLine),
        ] {
            assert_eq!(read(&format!("per={name}"), false).1, [Wrong::Dimension], "{name}");
            assert_eq!(read(&format!("per={name}"), true).0.by, [dimension], "{name}");
            assert_eq!(read(&format!("{name}=none"), false).0.filter, [], "{name}");
        }
    }

    #[test]
    fn a_click_on_a_row_asks_for_that_row_only() {
        let (asked, _) = read("periode=2026&per=gemeente&per=maand", false);
        let inside = asked.within(Dimension::Municipality, "23102");
        assert_eq!(
            inside.page(FigureCode::Participants),
            "/cijfers/participants?periode=2026&per=maand&gemeente=23102"
        );
        assert_eq!(inside.without(Dimension::Municipality).filter, []);
        let month = asked.within(Dimension::Month, "2026-03");
        assert_eq!(
            month.overview(),
            "/cijfers?periode=2026-03&per=gemeente",
            "a month is a period"
        );
    }

    #[test]
    fn tables_by_two_dimensions_exist_over_work_years_and_the_project() {
        for (query, published) in [
            ("periode=2026&per=gemeente", true),
            ("periode=2026&per=gemeente&per=maand", true),
            ("periode=2026&per=gemeente&per=leeftijd", false),
            ("periode=2026&per=gemeente&leeftijd=65+", false),
            ("periode=2025-2026&per=gemeente&per=leeftijd", true),
            ("periode=project&per=gemeente&leeftijd=65+", true),
        ] {
            assert_eq!(
                read(query, false).0.is_published(FigureCode::Participants),
                published,
                "{query}"
            );
        }
        assert!(!read("periode=2026", false).0.is_published(FigureCode::Crossings));
    }

    #[test]
    fn what_a_figure_cannot_be_split_by_is_left_out() {
        let (mut asked, _) = read("periode=2026&per=organisator&gemeente=23102", true);
        assert_eq!(asked.clone().fit(FigureCode::Participants), None);
        assert_eq!(asked.fit(FigureCode::PassesIssued), Some(Wrong::Split));
        assert_eq!((asked.by.len(), asked.filter.len()), (0, 1));
        let (mut asked, _) = read("gemeente=23102&leeftijd=65+", false);
        assert_eq!(
            asked.fit(FigureCode::Retention),
            Some(Wrong::TooMany),
            "it has months already"
        );
        assert_eq!(asked.filter.len(), 1);
    }

    #[test]
    fn a_key_cannot_break_out_of_the_address() {
        let (asked, _) = read("periode=2026", false);
        let inside = asked.within(Dimension::FundingLine, "AMIF & co\"=1");
        assert_eq!(
            inside.overview(),
            "/cijfers?periode=2026&financiering=AMIF%20%26%20co%22%3D1"
        );
        assert_eq!(
            asked.within(Dimension::FundingLine, "\0").overview(),
            asked.overview(),
            "what no key can be"
        );
    }
}
