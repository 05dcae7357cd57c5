//! A figure of a document: its picture if it has one, its table always, and how it was counted.

use domain::{Figure, Unit};
use leptos::prelude::*;
use report::{Chart, Table};

use crate::charts::bars::bars;
use crate::charts::columns::columns;
use crate::charts::funnel::{Step, after, funnel};
use crate::charts::table::{folded, table, wrapped};
use crate::charts::tile_map::tile_map;
use crate::charts::{Point, style};
use crate::components::document::words::method;
use crate::locales::nl::reports as text;

/// A table of so many rows is not folded although nothing is drawn.
const SHORT: usize = 14;

/// The figure. `id` must be unique on the page.
pub(super) fn figure(id: &str, caption: &str, figure: &Figure, chart: Option<&Chart>, running: bool) -> AnyView {
    let picture = chart.map(|chart| {
        view! { <div class="figure__picture">{picture(id, caption, figure, chart, running)}</div> }
    });
    let twin = if picture.is_some() || figure.rows.len() > SHORT {
        folded(caption, &[figure], |_| None)
    } else {
        table(caption, &[figure], |_| None)
    };
    view! {
        <section class="report__figure">
            <h3 class="figure__title">{caption.to_owned()}</h3>
            {picture}
            {twin}
            {method(caption, figure)}
        </section>
    }
    .into_any()
}

fn picture(id: &str, caption: &str, figure: &Figure, chart: &Chart, running: bool) -> AnyView {
    match chart {
        Chart::Bars { column } => bars(id, caption, &Point::of(figure, column), style(figure, column)),
        Chart::Columns { column } => columns(id, caption, &Point::of(figure, column), style(figure, column), running),
        Chart::TileMap { column } => tile_map(
            caption.to_owned(),
            &Point::of(figure, column),
            style(figure, column),
            None,
            |_| None,
        ),
        Chart::Funnel => funnel(id, caption, &steps(figure), style(figure, "issued")),
    }
}

/// All columns of people in the total row, with the days between where the figure has them.
fn steps(figure: &Figure) -> Vec<Step> {
    figure
        .columns
        .iter()
        .zip(&figure.total.cells)
        .filter(|(column, cell)| column.unit == Unit::People && (cell.is_hidden() || cell.as_count().is_some()))
        .map(|(column, cell)| Step {
            label: column.label.clone(),
            value: cell.as_count().and_then(|count| u64::try_from(count).ok()),
            after: days_before(&column.name)
                .and_then(|days| figure.total_cell(days))
                .and_then(after),
        })
        .collect()
}

/// The column with the days before a step of the funnel.
fn days_before(step: &str) -> Option<&'static str> {
    match step {
        "first_visit" => Some("days_to_first"),
        "third_visit" => Some("days_to_third"),
        "member" => Some("days_to_member"),
        _ => None,
    }
}

/// A table of words and amounts.
pub(super) fn plain_table(table: &Table) -> AnyView {
    let class = |at: usize| {
        table
            .numeric
            .get(at)
            .copied()
            .unwrap_or(false)
            .then_some("table__number")
    };
    let headings = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            view! {
                <th scope="col" class=class(at)>
                    {heading.clone()}
                </th>
            }
        })
        .collect_view();
    let row = |cells: &Vec<String>| {
        let cells = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let cell = cell.clone();
                if at == 0 {
                    view! { <th scope="row">{cell}</th> }.into_any()
                } else {
                    view! { <td class=class(at)>{cell}</td> }.into_any()
                }
            })
            .collect_view();
        view! { <tr>{cells}</tr> }
    };
    let (rows, total) = match table.rows.split_last() {
        Some((last, most)) if table.has_total => (most, Some(last)),
        _ => (table.rows.as_slice(), None),
    };
    let foot = total.map(|total| view! { <tfoot>{row(total)}</tfoot> });
    let inside = view! {
        <thead>
            <tr>{headings}</tr>
        </thead>
        <tbody>{rows.iter().map(row).collect_view()}</tbody>
        {foot}
    };
    let caption = if table.rows.is_empty() {
        format!("{} ({})", table.caption, text::EMPTY)
    } else {
        table.caption.clone()
    };
    view! { <div class="report__table">{wrapped(&caption, inside.into_any())}</div> }.into_any()
}
