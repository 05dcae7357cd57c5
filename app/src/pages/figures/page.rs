//! `GET /cijfers`: first a sentence, then the picture, then the table; and how it was counted.

use axum::extract::Query;
use axum::response::Response;
use domain::{Dimension, FigureCode, Period, PublishedTable};
use leptos::prelude::*;
use serde::Deserialize;

use super::periods;
use super::query::{by_month, by_municipality, table, total};
use crate::charts::Point;
use crate::charts::bars::bars;
use crate::charts::columns::columns;
use crate::charts::table::{Column, table as table_twin};
use crate::charts::tile_map::tile_map;
use crate::components::field::select;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::Filled;
use crate::locales::nl::figures as text;
use crate::pages::Names;
use crate::respond::{Page, PageError, Visit};

/// The chosen period.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    periode: String,
}

/// Everything on the page.
struct Figures {
    /// Participants and participations per municipality, then who started and who is new: what the method explains.
    tables: [PublishedTable; 4],
    municipalities: [Vec<Point>; 2],
    months: [Vec<Point>; 2],
    /// Totals of participants and of participations.
    totals: [Option<u64>; 2],
    /// Whether the last month has not ended.
    running: bool,
    /// Whether the period has more than one month.
    several_months: bool,
}

impl Figures {
    async fn load(visit: &Visit, period: Period, names: &Names) -> Result<Self, PageError> {
        use FigureCode::{FirstParticipants, NewToLeisure, Participants, Participations};
        let municipality = [Dimension::Municipality];
        let month = [Dimension::Month];
        let (participants, participations, first, new, people_by_month, visits_by_month) = futures::try_join!(
            table(visit, Participants, period, &municipality),
            table(visit, Participations, period, &municipality),
            table(visit, FirstParticipants, period, &[]),
            table(visit, NewToLeisure, period, &[]),
            table(visit, Participants, period, &month),
            table(visit, Participations, period, &month),
        )?;
        Ok(Self {
            municipalities: [
                by_municipality(&participants, names),
                by_municipality(&participations, names),
            ],
            months: [by_month(&people_by_month), by_month(&visits_by_month)],
            totals: [total(&participants), total(&participations)],
            running: period.contains(visit.context().store.env().today()),
            several_months: period.months().nth(1).is_some(),
            tables: [participants, participations, first, new],
        })
    }

    fn first(&self) -> Option<u64> {
        total(&self.tables[2])
    }

    fn new_to_leisure(&self) -> Option<u64> {
        total(&self.tables[3])
    }
}

/// `GET /cijfers`
pub(crate) async fn show(visit: Visit, Query(Chosen { periode }): Query<Chosen>) -> Result<Response, PageError> {
    let today = visit.context().store.env().today();
    let asked = periods::parse(&periode);
    let wrong = asked.is_none() && !periode.trim().is_empty();
    let period = asked.unwrap_or_else(|| Period::calendar_year_of(today));
    let names = Names::load(&visit).await?;
    let figures = Figures::load(&visit, period, &names).await?;
    let title = match asked {
        Some(period) => format!("{}: {}", text::TITLE, period.label_nl()),
        None => text::TITLE.to_owned(),
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let sentence = text::sentence(figures.totals[0], figures.totals[1]);
        let new = text::new_sentence(figures.first(), figures.new_to_leisure());
        let lead = new.map_or_else(|| sentence.clone(), |new| format!("{sentence} {new}"));
        let picker = Filled::new([("periode", period.to_string())].into_iter().collect());
        view! {
            {page_head(Some(text::kicker(&period.label_nl())), text::TITLE.to_owned(), Some(lead))}
            {wrong.then(|| notice(Tone::Wait, text::PERIOD_WRONG))} <form class="filter" method="get" action="/cijfers">
                {select(&picker, "periode", text::PERIOD, None, None, periods::groups(today, period))}
                <button class="button">{text::SHOW}</button>
            </form>
            {keys(&figures)}
            {municipalities(&figures)}
            {figures.several_months.then(|| months(&figures))}
            {method(&figures.tables)}
        }
    });
    Ok(page.section(Section::Figures).class("main--wide").answer(&visit).await)
}

/// The headline numbers.
fn keys(figures: &Figures) -> AnyView {
    let numbers = [
        (figures.totals[0], text::PARTICIPANTS),
        (figures.totals[1], text::PARTICIPATIONS),
        (figures.first(), text::FIRST),
        (figures.new_to_leisure(), text::NEW),
    ];
    let items = numbers
        .map(|(value, label)| {
            let spoken = value
                .is_none()
                .then(|| view! { <span class="visually-hidden">" (" {text::HIDDEN_SPOKEN} ")"</span> });
            view! {
                <li class="key">
                    <span class="key__number">{text::cell(value)} {spoken}</span>
                    " "
                    <span class="key__label">{label}</span>
                </li>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <ul class="tiles-row" aria-label=text::KEYS>
            {items}
        </ul>
    }
    .into_any()
}

fn municipalities(figures: &Figures) -> AnyView {
    let [people, visits] = &figures.municipalities;
    let title = text::chart_title(text::PARTICIPANTS, text::BY_MUNICIPALITY);
    let caption = format!(
        "{} en {}, {}",
        text::chart_title(text::PARTICIPANTS, ""),
        text::PARTICIPATIONS,
        text::BY_MUNICIPALITY.to_lowercase()
    );
    let columns = columns_of(figures, people, visits);
    let labels = people.iter().map(|point| point.label.clone()).collect();
    let map_label = title.clone();
    view! {
        <section class="figure">
            <h2 class="figure__title">{title}</h2>
            <div class="figure__picture figure__pictures">
                <div>{tile_map(map_label, people)}</div>
                <figure class="chart-figure">
                    <figcaption class="chart-figure__caption">
                        {text::chart_title(text::PARTICIPATIONS, text::BY_MUNICIPALITY)}
                    </figcaption>
                    {bars("gemeenten", &text::chart_title(text::PARTICIPATIONS, text::BY_MUNICIPALITY), visits)}
                </figure>
            </div>
            <p class="note">{text::MUNICIPALITY_NOTE}</p>
            {table_twin(caption, text::MUNICIPALITY, labels, &columns)}
            {downloads(&figures.tables[0], "municipality")}
        </section>
    }
    .into_any()
}

fn months(figures: &Figures) -> AnyView {
    let [people, visits] = &figures.months;
    let titles = [text::PARTICIPANTS, text::PARTICIPATIONS].map(|what| text::chart_title(what, text::BY_MONTH));
    let [people_title, visits_title] = titles.clone();
    let caption = format!("{people_title} en {}", visits_title.to_lowercase());
    let table_columns = columns_of(figures, people, visits);
    let labels = people.iter().map(|point| point.label.clone()).collect();
    view! {
        <section class="figure">
            <h2 class="figure__title">{text::BY_MONTH}</h2>
            <div class="figure__picture figure__pictures">
                <figure class="chart-figure">
                    <figcaption class="chart-figure__caption">{people_title.clone()}</figcaption>
                    {columns("maanden-mensen", &people_title, people, figures.running)}
                </figure>
                <figure class="chart-figure">
                    <figcaption class="chart-figure__caption">{visits_title.clone()}</figcaption>
                    {columns("maanden-keren", &visits_title, visits, figures.running)}
                </figure>
            </div>
            <p class="note">{text::MONTH_NOTE}</p>
            {table_twin(caption, text::MONTH, labels, &table_columns)}
            {downloads(&figures.tables[0], "month")}
        </section>
    }
    .into_any()
}

/// People and visits side by side, matched by key: a table may lack a row that the other has.
fn columns_of(figures: &Figures, people: &[Point], visits: &[Point]) -> Vec<Column> {
    let matched: Vec<Point> = people
        .iter()
        .map(|person| match visits.iter().find(|visit| visit.key == person.key) {
            Some(visit) => visit.clone(),
            None => Point {
                value: Some(0),
                ..person.clone()
            },
        })
        .collect();
    vec![
        Column::new(text::PARTICIPANTS, people, figures.totals[0]),
        Column::new(text::PARTICIPATIONS, &matched, figures.totals[1]),
    ]
}

/// The same numbers as files.
fn downloads(table: &PublishedTable, by: &'static str) -> AnyView {
    let links = [FigureCode::Participants, FigureCode::Participations]
        .map(|code| {
            let href = format!("/cijfers.csv?code={code}&period={}&by={by}", table.period);
            let label = format!("{}: {}", text::CSV, code.title_nl());
            view! {
                <a href=href download>
                    {icon("download")}
                    {label}
                </a>
                " "
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="method">
            <p class="method__links">{links}</p>
        </div>
    }
    .into_any()
}

/// How it was counted: what each figure means, the date, how complete it is, and what is hidden.
fn method(tables: &[PublishedTable; 4]) -> AnyView {
    let [participants, ..] = tables;
    let coverage = &participants.coverage;
    let coverage = text::coverage(
        coverage.organisers_active,
        coverage.organisers_scanned,
        coverage.manual,
        coverage.scans,
    );
    let definitions = tables
        .iter()
        .map(|table| (table.code.title_nl(), table.code.definition_nl().to_owned()));
    let lines = definitions
        .chain([
            (text::DATA_DATE, text::data_date(participants.data_date)),
            (text::COVERAGE, coverage),
            (text::SUPPRESSION, participants.suppression.rule.clone()),
        ])
        .map(|(term, words)| {
            view! {
                <p class="method__line">
                    <b>{term}</b>
                    " "
                    {words}
                </p>
            }
        })
        .collect_view();
    view! {
        <section class="figure">
            <h2 class="figure__title">{text::METHOD}</h2>
            <div class="method">{lines}</div>
        </section>
    }
    .into_any()
}
