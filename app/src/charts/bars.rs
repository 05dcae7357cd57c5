//! Bars side by side, longest first: one for each municipality, organiser, age band.

use leptos::prelude::*;

use crate::charts::Point;
use crate::charts::scale::{length, round_up};
use crate::locales::nl::figures::{self as text, Style};

const WIDTH: u32 = 360;
const BAR: u32 = 16;
/// Room for the number behind the longest bar.
const NUMBER: u32 = 64;
/// Length of a hidden bar: clearly there, and saying nothing about its value.
const HIDDEN_LENGTH: u32 = 28;
/// More bars than this are in the table only.
const MOST: usize = 24;
/// The most letters of a name that stands before its bar, `Sint-Genesius-Rode`.
const BESIDE: usize = 20;
/// The most letters of a name that stands over its bar.
const OVER: usize = 48;

/// Where names and bars stand.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Height of a row.
    row: u32,
    /// From where bars begin.
    left: u32,
    /// Whether the name stands over its bar: names of organisers are long.
    over: bool,
}

const LAYOUTS: [Layout; 2] = [
    Layout {
        row: 26,
        left: 136,
        over: false,
    },
    Layout {
        row: 44,
        left: 1,
        over: true,
    },
];

impl Layout {
    fn of(points: &[&Point]) -> Self {
        let long = points.iter().any(|point| point.label.chars().count() > BESIDE);
        LAYOUTS[usize::from(long)]
    }

    const fn plot(self) -> u32 {
        WIDTH - self.left - NUMBER
    }
}

/// The picture. `id` must be unique on the page.
pub(crate) fn bars(id: &str, title: &str, points: &[Point], style: Style) -> AnyView {
    let (title_id, desc_id, hatch_id) = (format!("{id}-t"), format!("{id}-d"), format!("{id}-h"));
    let max = round_up(Point::largest(points).map_or(0, |(_, value)| value));
    let mut sorted: Vec<&Point> = points.iter().collect();
    // Hidden ones after all others: their place must say nothing about their value.
    sorted.sort_by_key(|point| {
        (
            point.value.is_none(),
            std::cmp::Reverse(point.value),
            point.label.clone(),
        )
    });
    let left_out = sorted.len().saturating_sub(MOST);
    sorted.truncate(MOST);
    let layout = Layout::of(&sorted);
    let height = u32::try_from(sorted.len().max(1)).unwrap_or(1) * layout.row;
    let fill = format!("url(#{hatch_id})");
    let rows = sorted
        .into_iter()
        .enumerate()
        .map(|(place, point)| {
            let top = u32::try_from(place).unwrap_or(0) * layout.row;
            row(top, layout, point, max, style, &fill)
        })
        .collect_view();
    let summary = text::chart_summary(style, Point::largest(points), Point::hidden(points));
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <svg
            class="chart chart--bars"
            viewBox=format!("0 0 {WIDTH} {height}")
            role="img"
            aria-labelledby=labelled_by
        >
            <title id=title_id>{title.to_owned()}</title>
            <desc id=desc_id>{summary}</desc>
            {hatch(&hatch_id)}
            <line class="chart__axis" x1=layout.left x2=layout.left y1="0" y2=height></line>
            {rows}
        </svg>
        {(left_out > 0).then(|| view! { <p class="note">{text::left_out(left_out)}</p> })}
    }
    .into_any()
}

fn row(y: u32, layout: Layout, point: &Point, max: u64, style: Style, fill: &str) -> AnyView {
    let top = if layout.over {
        y + layout.row - BAR - 4
    } else {
        y + (layout.row - BAR) / 2
    };
    let text_y = top + BAR - 3;
    let (bar, end) = match point.value {
        None => {
            let fill = fill.to_owned();
            let bar = view! {
                <rect
                    class="chart__bar chart__bar--hidden"
                    x=layout.left
                    y=top
                    width=HIDDEN_LENGTH
                    height=BAR
                    fill=fill
                ></rect>
            };
            (bar.into_any(), layout.left + HIDDEN_LENGTH)
        }
        Some(value) => {
            let width = length(value, max, layout.plot());
            let bar = view! { <rect class="chart__bar" x=layout.left y=top width=width height=BAR></rect> };
            (bar.into_any(), layout.left + width)
        }
    };
    let (x, name_y, anchor, most) = if layout.over {
        (layout.left, top - 6, "start", OVER)
    } else {
        (layout.left - 8, text_y, "end", BESIDE)
    };
    view! {
        <text class="chart__label" x=x y=name_y text-anchor=anchor>
            {text::cut(&point.label, most)}
        </text>
        {bar}
        <text class="chart__value" x=end + 6 y=text_y>
            {style.short(point.value)}
        </text>
    }
    .into_any()
}

/// The pattern of what is hidden.
pub(crate) fn hatch(id: &str) -> AnyView {
    leptos::tachys::html::InertElement::new(format!(
        "<defs><pattern id=\"{id}\" class=\"chart__hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"chart__hatch-ground\" width=\"8\" height=\"8\"></rect>\
         <rect class=\"chart__hatch-line\" width=\"3\" height=\"8\"></rect></pattern></defs>"
    ))
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    #[test]
    fn the_longest_is_first_and_the_hidden_are_last() {
        let html = bars(
            "g",
            "Deelnemers",
            &points(&[("a", None), ("b", Some(3)), ("c", Some(9)), ("d", Some(0))]),
            Style::PEOPLE,
        )
        .to_html();
        let at = |name: &str| {
            html.find(&format!("{name}</text>"))
                .unwrap_or_else(|| html.find(name).unwrap_or(0))
        };
        assert!(
            at("Naam c") < at("Naam b") && at("Naam b") < at("Naam d") && at("Naam d") < at("Naam a"),
            "{html}"
        );
        assert_eq!(html.matches("chart__bar--hidden").count(), 1);
        assert!(html.contains("patternUnits"), "SVG names keep their capitals: {html}");
    }

    #[test]
    fn names_of_organisers_are_text_and_do_not_run_into_their_bars() {
        let mut organisers = points(&[("a", Some(3)), ("b", Some(9))]);
        organisers[0].label = "<script>alert(1)</script> & de zeer lange naam van een vereniging uit Wemmel".to_owned();
        let html = bars("o", "Deelnemers", &organisers, Style::PEOPLE).to_html();
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"), "{html}");
        assert!(html.contains('…') && html.contains("text-anchor=\"start\""), "{html}");
    }

    #[test]
    fn what_does_not_fit_is_said_to_be_in_the_table() {
        let many: Vec<(String, Option<u64>)> = (0..30).map(|place| (format!("o{place}"), Some(place))).collect();
        let many: Vec<(&str, Option<u64>)> = many.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        let html = bars("o", "Deelnemers", &points(&many), Style::PEOPLE).to_html();
        assert!(html.contains("Nog 6 staan alleen in de tabel."), "{html}");
    }
}
