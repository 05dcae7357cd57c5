//! The route from pass to member: bars that get narrower, with how many days lie between.

use leptos::prelude::*;

use crate::charts::bars::hatch;
use crate::charts::scale::length;
use crate::locales::nl::figures::{self as text, Style};

const WIDTH: u32 = 320;
/// A line of words, a bar, and the days to the next.
const ROW: u32 = 72;
const BAR: u32 = 28;
const HIDDEN_LENGTH: u32 = 56;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// What people did.
    pub(crate) label: String,
    /// How many; `None` is hidden.
    pub(crate) value: Option<u64>,
    /// What is said of the time between the step before and this one.
    pub(crate) after: Option<String>,
}

/// The picture. `id` must be unique on the page.
pub(crate) fn funnel(id: &str, title: &str, steps: &[Step], style: Style) -> AnyView {
    let (title_id, desc_id, hatch_id) = (format!("{id}-t"), format!("{id}-d"), format!("{id}-h"));
    let max = steps.iter().filter_map(|step| step.value).max().unwrap_or(0);
    let fill = format!("url(#{hatch_id})");
    let rows = steps
        .iter()
        .enumerate()
        .map(|(place, step)| row(u32::try_from(place).unwrap_or(0) * ROW, step, max, style, &fill))
        .collect_view();
    let height = u32::try_from(steps.len().max(1)).unwrap_or(1) * ROW;
    let words: Vec<String> = steps
        .iter()
        .map(|step| format!("{}: {}.", step.label, style.short(step.value)))
        .collect();
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <svg
            class="chart chart--funnel"
            viewBox=format!("0 0 {WIDTH} {height}")
            role="img"
            aria-labelledby=labelled_by
        >
            <title id=title_id>{title.to_owned()}</title>
            <desc id=desc_id>{words.join(" ")}</desc>
            {hatch(&hatch_id)}
            {rows}
        </svg>
    }
    .into_any()
}

fn row(y: u32, step: &Step, max: u64, style: Style, fill: &str) -> AnyView {
    let width = step.value.map_or(HIDDEN_LENGTH, |value| length(value, max, WIDTH));
    let x = (WIDTH - width) / 2;
    let after = step.after.clone().map(|words| {
        view! {
            <text class="chart__label chart__label--quiet" x=WIDTH / 2 y=y + 12 text-anchor="middle">
                {words}
            </text>
        }
    });
    let bar = match step.value {
        None => view! {
            <rect
                class="chart__bar chart__bar--hidden"
                x=x
                y=y + 38
                width=width
                height=BAR
                fill=fill.to_owned()
            ></rect>
        }
        .into_any(),
        Some(_) => view! { <rect class="chart__bar" x=x y=y + 38 width=width height=BAR rx="4"></rect> }.into_any(),
    };
    view! {
        {after}
        <text class="chart__step" x=WIDTH / 2 y=y + 31 text-anchor="middle">
            {step.label.clone()}
            ": "
            <tspan class="chart__value">{style.short(step.value)}</tspan>
        </text>
        {bar}
    }
    .into_any()
}

/// Whether there is anything to draw a route of.
pub(crate) fn drawable(steps: &[Step]) -> bool {
    steps.iter().any(|step| step.value.is_some_and(|value| value > 0))
}

/// The words between two steps.
pub(crate) fn after(days: &domain::FigureCell) -> Option<String> {
    match days {
        domain::FigureCell::Number { value } => Some(text::after_days(*value)),
        domain::FigureCell::Count { value } => u32::try_from(*value).ok().map(|days| text::after_days(f64::from(days))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_get_narrower_and_hidden_ones_are_hatched() {
        let step = |label: &str, value, after: Option<&str>| Step {
            label: label.to_owned(),
            value,
            after: after.map(str::to_owned),
        };
        let steps = [
            step("Pas gekregen", Some(400), None),
            step("Eerste bezoek", Some(100), Some("na 12 dagen")),
            step("Lid geworden", None, None),
        ];
        let html = funnel("f", "De weg", &steps, Style::PEOPLE).to_html();
        assert!(
            html.contains("width=\"320\" height=\"28\"") && html.contains("width=\"80\" height=\"28\""),
            "{html}"
        );
        assert_eq!(html.matches("chart__bar--hidden").count(), 1, "{html}");
        assert!(html.contains("Lid geworden: &lt;5."), "{html}");
        assert!(drawable(&steps) && !drawable(&steps[2..]));
    }
}
