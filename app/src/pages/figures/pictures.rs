//! Which picture goes with which figure: by what it is split, and by what it is.

use domain::{Dimension, Figure, FigureCell, FigureCode, Period, Unit};
use leptos::prelude::*;

use super::address::Asked;
use super::query::main_column;
use crate::charts::bars::bars;
use crate::charts::columns::columns;
use crate::charts::cross::{cross, panels};
use crate::charts::funnel::{Step, after, drawable, funnel};
use crate::charts::heat::heat;
use crate::charts::multiples::multiples;
use crate::charts::table::{folded, table};
use crate::charts::tile_map::tile_map;
use crate::charts::whisker::{Estimate, whisker};
use crate::charts::{Point, style};
use crate::locales::nl::figures as text;

/// A figure with what is needed to draw it.
pub(super) struct Drawn<'a> {
    /// The figure.
    pub(super) figure: &'a Figure,
    /// The same by its first and by its second dimension alone: the totals of a table of two.
    pub(super) margins: [Option<&'a Figure>; 2],
    /// What was asked: where rows lead.
    pub(super) asked: &'a Asked,
    /// Whether the period has not ended.
    pub(super) running: bool,
}

impl Drawn<'_> {
    /// Picture and table. Every picture has its table; what has no picture has its table open.
    pub(super) fn view(&self) -> AnyView {
        let Self { figure, .. } = self;
        if !figure.raw && !self.asked.is_published(figure.code) {
            return self.longer(text::NOT_PUBLISHED);
        }
        match (figure.code, figure.by.as_slice()) {
            (FigureCode::Retention, _) => self.cohorts(),
            (FigureCode::Funnel, []) => self.route(),
            (FigureCode::Change, _) => self.change(),
            (FigureCode::NewActions | FigureCode::Anchoring, _) => self.only_table(),
            (_, []) => self.whole(),
            (_, [one]) => self.one(*one),
            (_, [_, _]) => self.two(),
            _ => self.only_table(),
        }
    }

    /// No table, or nothing in it: the periods over which there is one, with what to say about it.
    fn longer(&self, words: &'static str) -> AnyView {
        let day = self.asked.period.last().min(domain::local_day(self.figure.data_date));
        let links = [Period::work_year_of(day), Period::project()]
            .map(|period| {
                let href = self.asked.over(period).page(self.figure.code);
                view! {
                    <li>
                        <a class="chip" href=href>
                            {text::capital(&period.label_nl())}
                        </a>
                    </li>
                }
            })
            .into_iter()
            .collect_view();
        view! {
            <p class="figure__remark">{words}</p>
            <ul class="chips__list">{links}</ul>
        }
        .into_any()
    }

    /// The name of the column that is drawn: the one that was asked, if it can be drawn.
    fn column(&self) -> &str {
        let asked = self.asked.column.as_deref();
        let known = asked.and_then(|name| self.drawable().find(|column| column.name == name));
        known.map_or_else(|| main_column(self.figure.code), |column| column.name.as_str())
    }

    /// Columns with numbers that bars and shades can show.
    fn drawable(&self) -> impl Iterator<Item = &domain::FigureColumn> {
        self.figure.columns.iter().filter(|column| {
            matches!(
                column.unit,
                Unit::People | Unit::Visits | Unit::Pieces | Unit::Cents | Unit::Minutes
            )
        })
    }

    fn heading(&self, column: &str) -> String {
        let label = self.figure.columns.iter().find(|known| known.name == column);
        label.map_or_else(|| self.figure.code.title_nl().to_owned(), |known| known.label.clone())
    }

    /// `Deelnemers per gemeente, 2026`
    fn caption(&self, column: &str) -> String {
        let by: Vec<String> = self.figure.by.iter().map(|dimension| text::per(*dimension)).collect();
        let period = self.figure.period.label_nl();
        format!("{} {}, {period}", self.heading(column), by.join(" en ")).replace(" ,", ",")
    }

    fn href(&self, dimension: Dimension, key: &str) -> Option<String> {
        // What belongs to several keys at once, or to a month, is asked as what it is.
        let code = match self.figure.code {
            FigureCode::NewActions | FigureCode::Anchoring => FigureCode::Participants,
            code if code.filters_by(dimension) || dimension == Dimension::Month => code,
            _ => return None,
        };
        (!self.figure.raw).then(|| self.asked.within(dimension, key).page(code))
    }

    fn row_href(&self, row: &domain::FigureRow) -> Option<String> {
        match (self.figure.by.as_slice(), row.key.as_slice()) {
            ([dimension], [key]) => self.href(*dimension, key),
            _ => None,
        }
    }

    fn twin(&self, caption: &str) -> AnyView {
        folded(caption, &[self.figure], |row| self.row_href(row))
    }

    fn only_table(&self) -> AnyView {
        // Without an action there is no table either: the sentence says so.
        if !self.figure.by.is_empty() && self.figure.rows.is_empty() {
            return ().into_any();
        }
        let caption = self.caption(main_column(self.figure.code));
        view! {
            {table(&caption, &[self.figure], |row| self.row_href(row))}
            {self.hint()}
        }
        .into_any()
    }

    /// Nothing to split: all columns as numbers.
    fn whole(&self) -> AnyView {
        match (self.figure.code, self.figure.columns.len()) {
            (FigureCode::Coverage, _) => self.only_table(),
            (_, 0 | 1) => ().into_any(),
            // The headline numbers are the same.
            _ => self.twin(&self.caption(main_column(self.figure.code))),
        }
    }

    fn hint(&self) -> Option<AnyView> {
        let leads = self.figure.rows.iter().any(|row| self.row_href(row).is_some());
        leads.then(|| view! { <p class="note">{text::CLICK_ROW}</p> }.into_any())
    }

    fn one(&self, dimension: Dimension) -> AnyView {
        let column = self.column();
        let points = Point::of(self.figure, column);
        let style = style(self.figure, column);
        let caption = self.caption(column);
        let picture = match dimension {
            Dimension::Month => columns("beeld", &caption, &points, style, self.running),
            Dimension::Municipality | Dimension::ActivityMunicipality => {
                let chosen = self.asked.only_key(dimension);
                view! {
                    <div>
                        {tile_map(caption.clone(), &points, style, chosen, |point| self.href(dimension, &point.key))}
                    </div>
                    <div>{bars("beeld", &caption, &points, style)}</div>
                }
                .into_any()
            }
            _ => bars("beeld", &caption, &points, style),
        };
        let class = match dimension {
            Dimension::Municipality | Dimension::ActivityMunicipality => "figure__picture figure__pictures",
            _ => "figure__picture",
        };
        view! {
            {self.columns_to_choose()}
            <div class=class>{picture}</div>
            {self.twin(&caption)}
            {self.hint()}
        }
        .into_any()
    }

    fn two(&self) -> AnyView {
        let column = self.column();
        let caption = self.caption(column);
        let style = style(self.figure, column);
        let along = self
            .figure
            .by
            .iter()
            .position(|dimension| *dimension == Dimension::Month);
        let small = along.map(|along| multiples("klein", &panels(self.figure, column, along), style));
        let table = cross(&caption, self.figure, column, self.margins, |place, key| {
            self.figure
                .by
                .get(place)
                .and_then(|dimension| self.href(*dimension, key))
        });
        view! {
            {self.columns_to_choose()}
            {small}
            {table}
            <p class="note">{text::CLICK_ROW}</p>
        }
        .into_any()
    }

    /// Which column the picture shows, when there are several.
    fn columns_to_choose(&self) -> Option<AnyView> {
        let columns: Vec<_> = self.drawable().collect();
        if columns.len() < 2 || self.figure.raw {
            return None;
        }
        let chosen = self.column();
        let links = columns
            .into_iter()
            .map(|column| {
                let current = (column.name == chosen).then_some("true");
                view! {
                    <li>
                        <a
                            class="chip"
                            href=self.asked.drawing(&column.name).page(self.figure.code)
                            aria-current=current
                        >
                            {column.label.clone()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        Some(
            view! {
                <nav class="chips" aria-label=text::COLUMNS>
                    <ul class="chips__list">{links}</ul>
                </nav>
            }
            .into_any(),
        )
    }

    fn cohorts(&self) -> AnyView {
        let caption = self.caption("issued");
        view! {
            {heat(&caption, self.figure)}
            <p class="note">{text::COHORTS_NOTE}</p>
            {self.twin(&caption)}
        }
        .into_any()
    }

    fn route(&self) -> AnyView {
        let steps = route(self.figure);
        let caption = self.caption("issued");
        let picture = drawable(&steps).then(|| funnel("weg", &caption, &steps, style(self.figure, "issued")));
        view! {
            <div class="figure__picture figure__picture--narrow">{picture}</div>
            {folded(&caption, &[self.figure], |_| None)}
        }
        .into_any()
    }

    fn change(&self) -> AnyView {
        let caption = match self.figure.compare {
            Some(other) => format!("{}, vergeleken met {}", self.figure.period.label_nl(), other.label_nl()),
            None => self.caption("now"),
        };
        let estimates = if self.figure.by.is_empty() {
            [("ratio", text::PARTICIPANTS), ("visits_ratio", text::PARTICIPATIONS)]
                .map(|(column, label)| estimate(self.figure.total_cell(column), &text::capital(label), self.figure))
                .to_vec()
        } else {
            let whole = estimate(self.figure.total_cell("ratio"), text::TOTAL, self.figure);
            let rows = self
                .figure
                .rows
                .iter()
                .map(|row| estimate(self.figure.cell(row, "ratio"), &row.names.join(", "), self.figure));
            std::iter::once(whole).chain(rows).collect()
        };
        view! {
            <div class="figure__picture figure__picture--narrow">{whisker("verschil", &caption, &estimates)}</div>
            <p class="note">{text::WHISKER_NOTE}</p>
            {self.twin(&caption)}
        }
        .into_any()
    }
}

/// The steps of the funnel, from its total.
fn route(figure: &Figure) -> Vec<Step> {
    [
        ("issued", None),
        ("activated", None),
        ("first_visit", Some("days_to_first")),
        ("third_visit", Some("days_to_third")),
        ("member", Some("days_to_member")),
    ]
    .into_iter()
    .filter_map(|(column, days)| {
        let value = match figure.total_cell(column)? {
            FigureCell::Count { value } => Some(u64::try_from(*value).unwrap_or(0)),
            FigureCell::Hidden => None,
            _ => return None,
        };
        let label = figure.columns.iter().find(|known| known.name == column)?.label.clone();
        let after = days.and_then(|days| figure.total_cell(days)).and_then(after);
        Some(Step { label, value, after })
    })
    .collect()
}

fn estimate(cell: Option<&FigureCell>, label: &str, figure: &Figure) -> Estimate {
    let value = match cell {
        Some(FigureCell::Estimate { value, low, high }) => Ok([*value, *low, *high]),
        Some(FigureCell::Hidden) => Err(text::HIDDEN_LEGEND.to_owned()),
        Some(cell) => Err(style(figure, "ratio").shown(cell).text),
        None => Err(text::NO_VALUES.trim_end_matches('.').to_owned()),
    };
    Estimate {
        label: label.to_owned(),
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples::{by, by_two, cell, figure};
    use domain::Unit;

    fn html(figure: &Figure, asked: &Asked) -> String {
        let drawn = Drawn {
            figure,
            margins: [None, None],
            asked,
            running: false,
        };
        drawn.view().to_html()
    }

    fn asked() -> Asked {
        Asked::of("2026".parse().unwrap())
    }

    #[test]
    fn every_way_to_split_has_a_picture_and_a_table() {
        use Dimension::{AgeBand, Month, Municipality};
        for (dimension, mark) in [
            (Municipality, "tilemap"),
            (Month, "chart--phone"),
            (AgeBand, "chart--bars"),
        ] {
            let html = html(
                &by(dimension, &[("2026-01", Some(9)), ("65+", None)]),
                &asked().by(&[dimension]),
            );
            assert!(html.contains(mark) && html.contains("<table"), "{dimension}: {html}");
        }
        let pair = by_two([Municipality, AgeBand], &[("23102", "65+", None)]);
        let html_pair = html(&pair, &asked().by(&[Municipality, AgeBand]));
        assert!(
            !html_pair.contains("<table")
                && html_pair.contains("/cijfers/participants?periode=2025-2026&amp;per=gemeente"),
            "over a calendar year there is no such table: {html_pair}"
        );
        let figure = by_two([Municipality, Month], &[("23102", "2026-01", Some(9))]);
        let html = html(&figure, &asked().by(&[Municipality, Month]));
        assert!(html.contains("multiples") && html.contains("cross__cell"), "{html}");
    }

    #[test]
    fn a_row_leads_to_that_row_only_and_nothing_of_an_own_figure_leads_anywhere() {
        let asked = asked().by(&[Dimension::OrganiserKind]);
        let mut figure = by(Dimension::OrganiserKind, &[("library", Some(9))]);
        let with = html(&figure, &asked);
        assert!(
            with.contains("href=\"/cijfers/participants?periode=2026&amp;soort-organisator=library\""),
            "{with}"
        );
        figure.raw = true;
        assert!(
            !html(&figure, &asked).contains("<a "),
            "raw counts have no address to send"
        );
    }

    #[test]
    fn the_column_that_was_asked_is_drawn_and_another_word_is_not() {
        let money = figure(
            FigureCode::ThresholdEuro,
            &[Dimension::AgeBand],
            &[("discount_cents", Unit::Cents), ("total_cents", Unit::Cents)],
            vec![(vec!["65+"], vec![cell(Some(120_000)), cell(Some(150_000))])],
            vec![cell(Some(120_000)), cell(Some(150_000))],
        );
        let asked = asked().by(&[Dimension::AgeBand]);
        assert!(html(&money, &asked.drawing("discount_cents")).contains("Kolom discount_cents per leeftijd"));
        assert!(html(&money, &asked.drawing("<script>")).contains("Kolom total_cents per leeftijd"));
        assert!(!html(&money, &asked.drawing("<script>")).contains("<script>"));
    }

    #[test]
    fn the_route_has_its_days_and_skips_none() {
        let funnel = figure(
            FigureCode::Funnel,
            &[],
            &[
                ("issued", Unit::People),
                ("first_visit", Unit::People),
                ("days_to_first", Unit::Days),
            ],
            Vec::new(),
            vec![cell(Some(400)), cell(None), FigureCell::Number { value: 12.0 }],
        );
        let html = html(&funnel, &asked());
        assert!(
            html.contains("de helft binnen 12\u{a0}dagen") && html.contains("&lt;5"),
            "{html}"
        );
    }
}
