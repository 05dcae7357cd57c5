//! `GET /cijfers/methode`: how figures are counted and protected, in plain Dutch, with an example that goes through the
//! very function that protects the figures.

use axum::response::Response;
use domain::{Axis, Dimension, Measure, Period, Published, RawSystem, SystemCount, Thresholds, protect_system};
use jiff::civil::date;
use leptos::prelude::*;

use crate::charts::table::wrapped;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::locales::nl::method as text;
use crate::respond::{Page, Visit};

/// Visits in January and in February, each by somebody else.
const EXAMPLE: [[u64; 3]; 2] = [[3, 20, 30], [10, 12, 50]];

pub(crate) async fn show(visit: Visit) -> Response {
    Page::new(text::TITLE, text::DESCRIPTION, || {
        view! {
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            <div class="prose">{parts(&text::BEFORE)}</div>
            {example()}
            <div class="prose">{parts(&text::AFTER)}</div>
            {super::definitions::definitions()}
        }
    })
    .section(Section::Figures)
    .class("main--narrow")
    .answer(&visit)
    .await
}

fn parts(parts: &[(&'static str, &'static [&'static str])]) -> AnyView {
    parts
        .iter()
        .map(|(heading, paragraphs)| {
            let paragraphs = paragraphs.iter().map(|words| view! { <p>{*words}</p> }).collect_view();
            view! {
                <h2>{*heading}</h2>
                {paragraphs}
            }
        })
        .collect_view()
        .into_any()
}

/// The example after protection, with January, February and the year as its periods.
fn protected() -> (Published, [Period; 3]) {
    let periods = [
        Period::month_of(date(2026, 1, 1)),
        Period::month_of(date(2026, 2, 1)),
        Period::calendar_year_of(date(2026, 1, 1)),
    ];
    let axes = vec![Axis {
        dimension: Dimension::Municipality,
        keys: text::PLACES.map(str::to_owned).to_vec(),
    }];
    let mut raw = RawSystem::new(Measure::Participations, axes, periods.to_vec());
    let months = EXAMPLE.map(|month| [month[0], month[1], month[2], month.iter().sum()]);
    let both: Vec<u64> = months[0]
        .iter()
        .zip(months[1])
        .map(|(first, second)| first + second)
        .collect();
    for (at, values) in [&months[0][..], &months[1][..], &both].into_iter().enumerate() {
        for (count, &value) in raw.table_mut(at).iter_mut().zip(values) {
            *count = SystemCount { people: value, value };
        }
    }
    (protect_system(&raw, Thresholds::default()), periods)
}

fn example() -> AnyView {
    let (published, periods) = protected();
    let cells = |key: Option<usize>| {
        periods
            .iter()
            .map(|period| {
                let value = text::shown(published.value(*period, &[key]));
                view! { <td class="table__number">{value}</td> }
            })
            .collect_view()
    };
    let headings = text::MONTHS
        .map(|month| view! { <th scope="col" class="table__number">{month}</th> })
        .into_iter()
        .collect_view();
    let rows = text::PLACES
        .iter()
        .enumerate()
        .map(|(key, place)| {
            view! {
                <tr>
                    <th scope="row">{*place}</th>
                    {cells(Some(key))}
                </tr>
            }
        })
        .collect_view();
    let inside = view! {
        <thead>
            <tr>
                <th scope="col">{text::PLACE}</th>
                {headings}
            </tr>
        </thead>
        <tbody>{rows}</tbody>
        <tfoot>
            <tr>
                <th scope="row">{text::TOTAL}</th>
                {cells(None)}
            </tr>
        </tfoot>
    };
    wrapped(text::EXAMPLE, inside.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_hides_what_its_words_say() {
        let (published, periods) = protected();
        let row = |key: Option<usize>| periods.map(|period| published.value(period, &[key]));
        assert_eq!(row(Some(0)), [None, None, Some(13)]);
        assert_eq!(row(Some(1)), [None, None, Some(32)]);
        assert_eq!(row(Some(2)), [Some(30), Some(50), Some(80)]);
        assert_eq!(row(None), [Some(53), Some(72), Some(125)]);
    }
}
