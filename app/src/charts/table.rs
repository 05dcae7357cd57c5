//! The table with the same numbers as a picture.

use leptos::prelude::*;

use crate::charts::Point;
use crate::locales::nl::{self, figures as text};

/// One column of numbers: its heading, the values in the order of the rows, and the total.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// What is counted.
    pub(crate) heading: String,
    /// Row by row; `None` is hidden.
    pub(crate) values: Vec<Option<u64>>,
    /// Of all rows; `None` is hidden.
    pub(crate) total: Option<u64>,
}

impl Column {
    /// The values of these points.
    pub(crate) fn new(heading: impl Into<String>, points: &[Point], total: Option<u64>) -> Self {
        Self {
            heading: heading.into(),
            values: points.iter().map(|point| point.value).collect(),
            total,
        }
    }
}

/// A folded table. `first` heads the column with `labels`.
pub(crate) fn table(caption: String, first: &'static str, labels: Vec<String>, columns: &[Column]) -> AnyView {
    let headings = columns
        .iter()
        .map(|column| {
            let heading = column.heading.clone();
            view! {
                <th scope="col" class="table__number">
                    {heading}
                </th>
            }
        })
        .collect_view();
    let rows = labels
        .into_iter()
        .enumerate()
        .map(|(row, label)| {
            let cells = columns
                .iter()
                .map(|column| cell(column.values.get(row).copied().unwrap_or(Some(0))))
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let totals = columns.iter().map(|column| cell(column.total)).collect_view();
    let label = caption.clone();
    view! {
        <details class="fold">
            <summary class="fold__summary">
                {text::AS_TABLE}
                <span class="visually-hidden">": " {label.clone()}</span>
            </summary>
            <div class="fold__body">
                <div class="table-wrap" tabindex="0" role="region" aria-label=label>
                    <table class="table">
                        <caption class="table__caption">{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{first}</th>
                                {headings}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                        <tfoot>
                            <tr>
                                <th scope="row">{text::TOTAL}</th>
                                {totals}
                            </tr>
                        </tfoot>
                    </table>
                </div>
            </div>
        </details>
    }
    .into_any()
}

fn cell(value: Option<u64>) -> AnyView {
    match value {
        Some(value) => view! { <td class="table__number">{nl::number(value)}</td> }.into_any(),
        None => view! {
            <td class="table__number table__hidden">
                {text::HIDDEN} <span class="visually-hidden">" (" {text::HIDDEN_SPOKEN} ")"</span>
            </td>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    #[test]
    fn the_table_says_what_the_picture_says_and_hides_what_it_hides() {
        let points = points(&[("a", Some(1204)), ("b", None), ("c", Some(0))]);
        let labels = points.iter().map(|point| point.label.clone()).collect();
        let column = Column::new("deelnemers", &points, None);
        let html = table("Deelnemers".to_owned(), "Gemeente", labels, &[column]).to_html();
        assert!(html.contains("1.204") && html.contains("&lt;5"), "{html}");
        assert!(
            html.contains("<caption") && html.contains("scope=\"row\"") && html.contains("scope=\"col\""),
            "{html}"
        );
        assert_eq!(
            html.matches("table__hidden").count(),
            2,
            "one cell and the total: {html}"
        );
    }
}
