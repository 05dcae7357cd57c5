//! What a file would change, with one question: keep it?

use axum::response::Response;
use domain::ImportId;
use leptos::prelude::*;
use storage::{BaselineOf, ImportPreview, ImportRows, OrganiserFilter, Replaced, YearTotal};

use super::field;
use super::upload::About;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::locales::nl::{self, denominators as text};
use crate::pages::Names;
use crate::respond::{Page, PageError, Visit};

/// Lines of the file that are shown.
const ROWS: usize = 20;
/// Replaced values that are shown.
const REPLACED: usize = 100;

/// Columns of a table: heading, and whether it holds numbers.
type Headings = &'static [(&'static str, bool)];

/// The page between looking and keeping.
pub(super) async fn answer(
    visit: &Visit,
    about: About,
    name: String,
    preview: ImportPreview,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let names = Names::load(visit).await?;
    let organisers = match preview.rows {
        ImportRows::Newcomers(_) => Vec::new(),
        ImportRows::Baseline(_) => store.organisers(scope, OrganiserFilter::default()).await?,
    };
    let whose = |of: BaselineOf| match of {
        BaselineOf::Municipality(nis) => names.of(nis).to_owned(),
        BaselineOf::Organiser(id) => {
            let found = organisers.iter().find(|organiser| organiser.id == id);
            found.map_or_else(|| id.to_string(), |organiser| organiser.name.clone())
        }
    };
    let (headings, rows) = lines(&preview.rows, &names, &whose);
    let changes = changes(&preview.replaced, &names, &whose);
    let id = ImportId::from(store.env().uuid_v7());
    let page = Page::new(text::PREVIEW_TITLE, text::PREVIEW_DESCRIPTION, move || {
        let lead = text::preview_lead(&name, preview.rows.len());
        let hidden_rows = preview.rows.len().saturating_sub(ROWS);
        let replaced = match preview.replaced.len() {
            0 => text::REPLACED_NONE.to_owned(),
            n => text::replaced(n),
        };
        let hidden = [
            (field::ID, id.to_string()),
            (field::KIND, about.kind.code().to_owned()),
            (field::SOURCE, about.source.clone()),
            (field::DATED, about.dated.to_string()),
            (field::NAME, name),
            (field::TEXT, preview.text),
        ]
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .into_iter()
        .collect_view();
        view! {
            {page_head(Some(text::kind(about.kind).to_owned()), text::PREVIEW_TITLE.to_owned(), Some(lead))}
            {text::encoding(preview.encoding).map(|text| notice(Tone::Wait, text))}
            <p>{text::SOURCE} ": " {text::said_by(&about.source, about.dated)}</p>
            {(!preview.totals.is_empty()).then(|| totals(&preview.totals))}
            <section class="section">
                <h2 class="heading">{text::REPLACED_TITLE}</h2>
                <p>{replaced}</p>
                {(!changes.is_empty()).then(|| table(text::REPLACED_TITLE, CHANGES, changes))}
            </section>
            <section class="section">
                {table(text::ROWS_TITLE, headings, rows)}
                {(hidden_rows > 0).then(|| view! { <p>{text::rows_more(hidden_rows)}</p> })}
            </section>
            <form class="button-row" method="post" action="/noemers">
                {hidden}
                <button class="button button--main">{icon("tick")} {text::CONFIRM}</button>
                <a class="button button--quiet" href="/noemers">
                    {text::CANCEL}
                </a>
            </form>
        }
    });
    Ok(page.section(Section::Figures).secret().answer(visit).await)
}

const CHANGES: Headings = &[
    (text::LINE, true),
    (text::WHOSE, false),
    (text::PERIOD, false),
    (text::BEFORE, true),
    (text::AFTER, true),
];
const NEWCOMERS: Headings = &[
    (text::LINE, true),
    (text::PLACE, false),
    (text::NOW_YEAR, true),
    (text::VALUE, true),
];
const BASELINE: Headings = &[
    (text::LINE, true),
    (text::WHOSE, false),
    (text::PERIOD, false),
    (text::PARTICIPANTS, true),
    (text::VISITS, true),
];
const TOTALS: Headings = &[
    (text::NOW_YEAR, true),
    (text::NOW_PLACES, true),
    (text::NOW_TOTAL, true),
];

fn shown(value: Option<u64>) -> String {
    value.map_or_else(|| "–".to_owned(), nl::number)
}

/// The first lines of the file, under their headings.
fn lines(rows: &ImportRows, names: &Names, whose: &dyn Fn(BaselineOf) -> String) -> (Headings, Vec<Vec<String>>) {
    match rows {
        ImportRows::Newcomers(rows) => {
            let rows = rows.iter().take(ROWS).map(|row| {
                vec![
                    row.line.to_string(),
                    names.of(row.municipality).to_owned(),
                    row.year.to_string(),
                    nl::number(row.value),
                ]
            });
            (NEWCOMERS, rows.collect())
        }
        ImportRows::Baseline(rows) => {
            let rows = rows.iter().take(ROWS).map(|row| {
                vec![
                    row.line.to_string(),
                    whose(row.of),
                    row.period.label_nl(),
                    shown(row.participants),
                    shown(row.visits),
                ]
            });
            (BASELINE, rows.collect())
        }
    }
}

/// One line for each value that changes; a count of visits beside one of people is a line of its own.
fn changes(replaced: &[Replaced], names: &Names, whose: &dyn Fn(BaselineOf) -> String) -> Vec<Vec<String>> {
    replaced
        .iter()
        .take(REPLACED)
        .flat_map(|one| {
            let who = match one.organiser {
                Some(id) => whose(BaselineOf::Organiser(id)),
                None => names.of(one.municipality).to_owned(),
            };
            [one.people, one.visits]
                .into_iter()
                .filter(|(before, after)| before != after)
                .map(move |(before, after)| {
                    vec![
                        one.line.to_string(),
                        who.clone(),
                        one.period.clone(),
                        shown(before),
                        shown(after),
                    ]
                })
        })
        .collect()
}

fn totals(totals: &[YearTotal]) -> AnyView {
    let rows = totals
        .iter()
        .map(|total| {
            vec![
                total.year.to_string(),
                nl::number(total.municipalities),
                nl::number(total.value),
            ]
        })
        .collect();
    view! { <section class="section">{table(text::TOTALS_TITLE, TOTALS, rows)}</section> }.into_any()
}

fn table(caption: &'static str, headings: Headings, rows: Vec<Vec<String>>) -> AnyView {
    let class = |place: usize| {
        headings
            .get(place)
            .and_then(|(_, number)| number.then_some("table__number"))
    };
    let head = headings
        .iter()
        .enumerate()
        .map(|(place, (heading, _))| {
            view! {
                <th scope="col" class=class(place)>
                    {*heading}
                </th>
            }
        })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(place, cell)| view! { <td class=class(place)>{cell}</td> })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="table">
                <caption class="table__caption">{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
