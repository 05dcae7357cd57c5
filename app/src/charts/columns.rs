//! Columns over time, one for each month.

use leptos::prelude::*;

use crate::charts::Point;
use crate::charts::scale::{length, round_up};
use crate::locales::nl::figures::{self as text, Style};

/// Which of the two sizes of the same picture; the style sheet shows one.
#[derive(Debug, Clone, Copy)]
struct Size {
    name: &'static str,
    width: u32,
}

const SIZES: [Size; 2] = [
    Size {
        name: "phone",
        width: 320,
    },
    Size {
        name: "desk",
        width: 480,
    },
];
const HEIGHT: u32 = 240;
const TOP: u32 = 20;
const BOTTOM: u32 = 28;
const LEFT: u32 = 44;
const PLOT: u32 = HEIGHT - TOP - BOTTOM;
/// Height of a hidden column: clearly there, and saying nothing about its value.
const HIDDEN_HEIGHT: u32 = 22;

/// The picture in both sizes. `id` must be unique on the page. The last column is marked as still running when
/// `running`.
pub(crate) fn columns(id: &str, title: &str, points: &[Point], style: Style, running: bool) -> AnyView {
    SIZES
        .map(|size| chart(id, size, title, points, style, running))
        .into_iter()
        .collect_view()
        .into_any()
}

fn chart(id: &str, size: Size, title: &str, points: &[Point], style: Style, running: bool) -> AnyView {
    let unique = format!("{id}-{}", size.name);
    let (title_id, desc_id, hatch_id) = (format!("{unique}-t"), format!("{unique}-d"), format!("{unique}-h"));
    let max = round_up(Point::largest(points).map_or(0, |(_, value)| value));
    let count = u32::try_from(points.len().max(1)).unwrap_or(1);
    let step = (size.width - LEFT) / count;
    let width = (step * 3 / 4).clamp(2, 48);
    let base = HEIGHT - BOTTOM;
    let fill = format!("url(#{hatch_id})");
    let last = points.len().saturating_sub(1);
    let every = label_step(count, step);
    let values = points
        .iter()
        .map(|point| style.short(point.value).chars().count())
        .max()
        .is_none_or(|most| fits(most, step));
    let grid = [max / 2, max]
        .map(|value| {
            let y = base - length(value, max, PLOT);
            view! {
                <line class="chart__grid" x1=LEFT x2=size.width y1=y y2=y></line>
                <text class="chart__label" x=LEFT - 6 y=y + 4 text-anchor="end">
                    {style.short(Some(value))}
                </text>
            }
        })
        .into_iter()
        .collect_view();
    let bars = points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let x = LEFT + u32::try_from(place).unwrap_or(0) * step + (step - width) / 2;
            let middle = x + width / 2;
            let label = place.is_multiple_of(every).then(|| {
                view! {
                    <text class="chart__label" x=middle y=base + 18 text-anchor="middle">
                        {point.short.clone()}
                    </text>
                }
            });
            let bar = match point.value {
                None => view! {
                    <rect
                        class="chart__bar chart__bar--hidden"
                        x=x
                        y=base - HIDDEN_HEIGHT
                        width=width
                        height=HIDDEN_HEIGHT
                        fill=fill.clone()
                    ></rect>
                    {values.then(|| written(middle, base - HIDDEN_HEIGHT, style.hidden()))}
                }
                .into_any(),
                Some(value) => {
                    let height = length(value, max, PLOT);
                    let class = if running && place == last {
                        "chart__bar chart__bar--now"
                    } else {
                        "chart__bar"
                    };
                    view! {
                        <rect class=class x=x y=base - height width=width height=height></rect>
                        {values.then(|| written(middle, base - height, style.short(Some(value))))}
                    }
                    .into_any()
                }
            };
            view! {
                {bar}
                {label}
            }
        })
        .collect_view();
    let class = format!("chart chart--{}", size.name);
    let view_box = format!("0 0 {} {HEIGHT}", size.width);
    let summary = text::chart_summary(style, Point::largest(points), Point::hidden(points));
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <svg class=class viewBox=view_box role="img" aria-labelledby=labelled_by>
            <title id=title_id>{title.to_owned()}</title>
            <desc id=desc_id>{summary}</desc>
            {super::bars::hatch(&hatch_id)}
            {grid}
            <line class="chart__axis" x1=LEFT x2=size.width y1=base y2=base></line>
            {bars}
        </svg>
    }
    .into_any()
}

/// The value over a column.
fn written(x: u32, top: u32, value: String) -> AnyView {
    view! {
        <text class="chart__value" x=x y=top.saturating_sub(5) text-anchor="middle">
            {value}
        </text>
    }
    .into_any()
}

/// Whether a number of so many digits has room over a column: all columns have theirs, or none.
fn fits(digits: usize, step: u32) -> bool {
    usize::try_from(step / 9).is_ok_and(|room| digits <= room)
}

/// Every how many columns there is room for a label of three letters.
fn label_step(count: u32, step: u32) -> usize {
    let every = 30_u32.div_ceil(step.max(1)).clamp(1, count.max(1));
    usize::try_from(every).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    fn columns(id: &str, title: &str, points: &[Point], running: bool) -> AnyView {
        super::columns(id, title, points, Style::PEOPLE, running)
    }

    #[test]
    fn a_year_fits_on_a_phone_with_fewer_labels() {
        let step = (320 - LEFT) / 12;
        assert_eq!(label_step(12, step), 2);
        assert_eq!(label_step(12, (480 - LEFT) / 12), 1);
        assert!(!fits(3, step) && fits(4, (480 - LEFT) / 12));
    }

    #[test]
    fn hidden_columns_are_hatched_and_do_not_set_the_scale() {
        let html = columns("m", "Deelnemers", &points(&[("jan", Some(40)), ("feb", None)]), true).to_html();
        assert_eq!(html.matches("chart__bar--hidden").count(), 2, "one in each size");
        assert!(
            html.contains("url(#m-phone-h)") && html.contains("id=\"m-desk-h\""),
            "{html}"
        );
        assert!(
            html.contains("role=\"img\"") && html.contains("Het hoogst: Naam jan, met 40."),
            "{html}"
        );
    }

    #[test]
    fn nothing_to_draw_is_still_a_picture() {
        let html = columns("m", "Deelnemers", &[], false).to_html();
        assert!(html.contains("Er zijn geen waarden om te tonen."), "{html}");
    }
}
