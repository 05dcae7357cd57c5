//! What is asked of a figure, and what is refused before anything is counted.

use std::str::FromStr as _;

use domain::{
    AgeBand, Dimension, FigureCode, NO_KEY, NewcomerReason, Nis, OrganiserKind, PartnershipId, Period, PeriodKind,
};
use jiff::civil::Date;
use jiff::{Span, Timestamp, ToSpan as _};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::scope::{Actor, Permission, Role, Scope};

/// At most this many dimensions, filters included: what disclosure control can protect together.
const MOST_DIMENSIONS: usize = 2;

/// Which figure, of when, split by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRequest {
    /// The figure.
    pub code: FigureCode,
    /// The period.
    pub period: Period,
    /// The other period; for `change` the one before of the same kind when `None`.
    pub compare: Option<Period>,
    /// At most two dimensions, filters included. Empty: the rows that the figure's definition names.
    pub by: Vec<Dimension>,
    /// Only these keys: the slice of the bigger table, never a table of its own, for the two would hide different cells.
    pub filter: Vec<(Dimension, String)>,
    /// Only what is of this partnership; `None`: the scope's own, or all.
    pub partnership: Option<PartnershipId>,
    /// Without disclosure control: for an organiser's own visits, or the command line.
    pub raw: bool,
    /// From what had been received by then; `None`: by now.
    pub as_of: Option<Timestamp>,
}

impl FigureRequest {
    /// One number: no comparison, no rows, as of now.
    #[must_use]
    pub const fn new(code: FigureCode, period: Period) -> Self {
        Self {
            code,
            period,
            compare: None,
            by: Vec::new(),
            filter: Vec::new(),
            partnership: None,
            raw: false,
            as_of: None,
        }
    }

    /// Split by these.
    #[must_use]
    pub fn by(mut self, by: &[Dimension]) -> Self {
        self.by = by.to_vec();
        self
    }

    /// Only this key.
    #[must_use]
    pub fn only(mut self, dimension: Dimension, key: impl Into<String>) -> Self {
        self.filter.push((dimension, key.into()));
        self
    }
}

/// A request that can be answered.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) code: FigureCode,
    pub(super) period: Period,
    pub(super) compare: Option<Period>,
    /// The dimensions of the rows.
    pub(super) shown: Vec<Dimension>,
    pub(super) filter: Vec<(Dimension, String)>,
    pub(super) partnership: Option<PartnershipId>,
    /// There is no other partnership.
    pub(super) alone: bool,
    pub(super) raw: bool,
    pub(super) as_of: Option<Timestamp>,
}

impl Plan {
    /// Checks the request. The partnership is checked where it is looked up.
    pub(super) fn of(scope: &Scope, request: &FigureRequest) -> Result<Self> {
        let FigureRequest { code, period, .. } = *request;
        scope.require(Permission::ReadFigures)?;
        let mut plan = Self {
            code,
            period,
            compare: request.compare,
            shown: Vec::new(),
            filter: request.filter.clone(),
            partnership: request.partnership,
            alone: true,
            raw: request.raw,
            as_of: request.as_of,
        };
        for dimension in &request.by {
            if !plan.shown.contains(dimension) {
                plan.shown.push(*dimension);
            }
        }
        if plan.shown.is_empty() {
            plan.shown.extend(code.own_rows());
        }
        plan.check_dimensions()?;
        let filtered = plan.filter.iter().map(|(dimension, _)| dimension);
        if !plan
            .shown
            .iter()
            .chain(filtered)
            .all(|dimension| scope.may_split_by(*dimension))
        {
            return Err(Error::Denied("figures by organiser, funding line or counter"));
        }
        plan.check_periods(scope)?;
        if plan.raw && !plan.is_own(scope) {
            return Err(Error::Denied("raw counts of anybody but one's own organiser"));
        }
        Ok(plan)
    }

    fn check_dimensions(&self) -> Result<()> {
        let mut all = self.shown.clone();
        for (number, (dimension, key)) in self.filter.iter().enumerate() {
            if self.filter.iter().skip(number + 1).any(|(other, _)| other == dimension) {
                return Err(Error::Invalid("a figure is filtered by one key of a dimension"));
            }
            if !self.code.filters_by(*dimension) || *dimension == Dimension::Month {
                return Err(Error::Invalid(
                    "this figure cannot be filtered by that; for one month, ask that month as the period",
                ));
            }
            if !is_key(*dimension, key) {
                return Err(Error::Invalid("a filter is not a key of its dimension"));
            }
            if !all.contains(dimension) {
                all.push(*dimension);
            }
        }
        if all.len() > MOST_DIMENSIONS {
            return Err(Error::Invalid(
                "a figure is split by at most two dimensions, filters included",
            ));
        }
        if !self.shown.iter().all(|dimension| self.code.splits_by(*dimension)) {
            return Err(Error::Invalid(
                "this figure is not counted by that dimension: leave it out, or choose another figure",
            ));
        }
        Ok(())
    }

    fn check_periods(&mut self, scope: &Scope) -> Result<()> {
        let periods = [Some(self.period), self.compare];
        let ranges = periods
            .iter()
            .flatten()
            .any(|period| period.kind() == PeriodKind::Range);
        if ranges && !scope.may_choose_periods() {
            return Err(Error::Denied("a free range of days"));
        }
        // Who asks the same as of two moments gets what happened between them: a period as free as any range.
        if self.as_of.is_some() && !scope.may_choose_periods() {
            return Err(Error::Denied("figures as of another moment"));
        }
        if self.code == FigureCode::Change && self.compare.is_none() {
            let before = before(self.period).ok_or(Error::Invalid(
                "name the period to compare with: nothing comes before the whole project or a free range",
            ))?;
            self.compare = Some(before);
        }
        Ok(())
    }

    /// Whether raw counts are for this scope: the command line has the data anyhow, an organiser has scanned it.
    fn is_own(&self, scope: &Scope) -> bool {
        if matches!((scope.role(), scope.actor()), (None, Actor::Cli | Actor::Job)) {
            return true;
        }
        let (Some(Role::Organiser), Some(own)) = (scope.role(), scope.organiser()) else {
            return false;
        };
        let own = (Dimension::Organiser, own.to_string());
        self.filter.contains(&own)
    }

    /// The only key of a dimension that is asked.
    pub(super) fn only(&self, dimension: Dimension) -> Option<&str> {
        let found = self.filter.iter().find(|(other, _)| *other == dimension);
        found.map(|(_, key)| key.as_str())
    }
}

/// Whether a text can be a key of a dimension; a key that nothing has is zero, not an error.
fn is_key(dimension: Dimension, key: &str) -> bool {
    match dimension {
        Dimension::Municipality | Dimension::ActivityMunicipality => Nis::from_str(key).is_ok(),
        Dimension::Month => Period::from_str(key).is_ok_and(|period| period.kind() == PeriodKind::Month),
        Dimension::OrganiserKind => OrganiserKind::from_str(key).is_ok(),
        Dimension::AgeBand => AgeBand::from_str(key).is_ok(),
        Dimension::NewcomerReason => NewcomerReason::from_str(key).is_ok(),
        Dimension::DutchLevel => key == NO_KEY || ["1", "2", "3", "4"].contains(&key),
        Dimension::Organiser => Uuid::from_str(key).is_ok(),
        Dimension::Action | Dimension::Partner | Dimension::Partnership | Dimension::Counter => {
            key == NO_KEY || Uuid::from_str(key).is_ok()
        }
        Dimension::ActivityType | Dimension::FundingLine => true,
    }
}

/// The period before, of the same kind. Nothing comes before the project, and a free range has no kind.
fn before(period: Period) -> Option<Period> {
    let (of_day, length): (fn(Date) -> Period, Span) = match period.kind() {
        PeriodKind::Month => (Period::month_of, 1.month()),
        PeriodKind::Quarter => (Period::quarter_of, 3.months()),
        PeriodKind::HalfYear => (Period::half_year_of, 6.months()),
        PeriodKind::CalendarYear => (Period::calendar_year_of, 1.year()),
        PeriodKind::WorkYear => (Period::work_year_of, 1.year()),
        PeriodKind::Project | PeriodKind::Range => return None,
    };
    period.first().checked_sub(length).ok().map(of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before_of(text: &str) -> Option<String> {
        before(text.parse().unwrap()).map(|period| period.to_string())
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        for (period, other) in [
            ("2026-01", "2025-12"),
            ("2026-Q1", "2025-Q4"),
            ("2026-H2", "2026-H1"),
            ("2026", "2025"),
            ("2025-2026", "2024-2025"),
        ] {
            assert_eq!(before_of(period).as_deref(), Some(other));
        }
        assert_eq!(before_of("project"), None);
        assert_eq!(before_of("2026-01-01..2026-01-31"), None);
    }

    fn refused(scope: &Scope, request: &FigureRequest) -> String {
        Plan::of(scope, request).unwrap_err().to_string()
    }

    fn year(code: FigureCode) -> FigureRequest {
        FigureRequest::new(code, "2026".parse().unwrap())
    }

    #[test]
    fn what_cannot_be_answered_is_refused_in_words() {
        let public = Scope::public();
        let three = [Dimension::Municipality, Dimension::Month, Dimension::Organiser];
        assert!(refused(&public, &year(FigureCode::Participants).by(&three)).contains("two dimensions"));
        let passes = year(FigureCode::PassesIssued);
        assert!(refused(&public, &passes.by(&[Dimension::Organiser])).contains("not counted by"));
        let visits = year(FigureCode::Participations);
        let wrong_key = visits.clone().only(Dimension::Organiser, "Zwemclub");
        assert!(refused(&public, &wrong_key).contains("not a key"));
        assert!(refused(&public, &visits.clone().only(Dimension::Month, "2026-01")).contains("ask that month"));
        let change = FigureRequest::new(FigureCode::Change, Period::project());
        assert!(refused(&Scope::cli(), &change).contains("name the period"));
        let raw = FigureRequest { raw: true, ..visits };
        assert!(refused(&public, &raw).contains("not allowed"));
        assert!(Plan::of(&Scope::cli(), &raw).is_ok());
        let past = FigureRequest {
            as_of: Some(jiff::Timestamp::UNIX_EPOCH),
            ..year(FigureCode::Participants)
        };
        assert!(refused(&public, &past).contains("another moment"));
        assert!(Plan::of(&Scope::cli(), &past).is_ok());
        let twice = year(FigureCode::Participants)
            .only(Dimension::Municipality, "23102")
            .only(Dimension::Municipality, "23002");
        assert!(refused(&public, &twice).contains("one key"));
    }

    #[test]
    fn a_figure_has_the_rows_that_its_definition_names() {
        let plan = Plan::of(&Scope::public(), &year(FigureCode::Retention)).unwrap();
        assert_eq!(plan.shown, [Dimension::Month]);
        let plan = Plan::of(&Scope::public(), &year(FigureCode::Change)).unwrap();
        assert_eq!(plan.compare.map(|period| period.to_string()).as_deref(), Some("2025"));
    }
}
