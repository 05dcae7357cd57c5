//! The fixed grid of periods: the only ones that the public can ask for (`docs/figures.md` §3). Disclosure control sees all
//! of them at once.

use jiff::civil::Date;

use super::Period;

impl Period {
    /// Every month from the first fact to today, the quarters, half-years, calendar years and work years that these months
    /// lie in, and the project: each kind in order, the shortest first. No fact yet, or a first one that lies ahead: the
    /// periods of today.
    #[must_use]
    pub fn grid(first: Date, today: Date) -> Vec<Self> {
        let months: Vec<Self> = Self::range(first.min(today), today)
            .map(|life| life.months().collect())
            .unwrap_or_default();
        let of_kind = |period_of: fn(Date) -> Self| {
            let mut periods: Vec<Self> = months.iter().map(|month| period_of(month.first())).collect();
            periods.dedup();
            periods
        };
        let mut grid = months.clone();
        for period_of in [
            Self::quarter_of,
            Self::half_year_of,
            Self::calendar_year_of,
            Self::work_year_of,
        ] {
            grid.extend(of_kind(period_of));
        }
        grid.push(Self::project());
        grid
    }

    /// Whether every day of the other lies in it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_grid_has_every_period_that_a_day_of_it_lies_in() {
        let grid: Vec<String> = Period::grid(date(2025, 11, 17), date(2026, 1, 2))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            grid,
            [
                "2025-11",
                "2025-12",
                "2026-01",
                "2025-Q4",
                "2026-Q1",
                "2025-H2",
                "2026-H1",
                "2025",
                "2026",
                "2024-2025",
                "2025-2026",
                "project"
            ]
        );
    }

    #[test]
    fn a_grid_without_a_past_is_the_periods_of_today() {
        let grid = Period::grid(date(2026, 5, 1), date(2026, 3, 8));
        assert_eq!(
            (grid.len(), grid[0].to_string(), grid[4].to_string()),
            (6, "2026-03".into(), "2025-2026".into())
        );
    }

    #[test]
    fn a_quarter_lies_in_its_work_year_only_if_its_months_all_do() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        assert!(period("2025-2026").covers(&period("2026-Q3")));
        assert!(!period("2025-2026").covers(&period("2026-Q4")));
        assert!(period("project").covers(&period("2025-2026")));
    }
}
