//! What must go with every figure (FIGURES §2), and what goes with the document as a whole.

use domain::Figure;
use leptos::prelude::*;
use report::{Document, dutch};

use crate::locales::nl::figures::period_in_full;
use crate::locales::nl::reports as text;

/// Code, definition, period, data date, coverage and suppression rule of a figure, folded under its table.
pub(super) fn method(caption: &str, figure: &Figure) -> AnyView {
    let compare = figure.compare.map(|period| (text::COMPARED, period_in_full(period)));
    let whose = figure.partnership.clone().map(|name| (text::PARTNERSHIP, name));
    let raw = figure.raw.then(|| (text::NOTE, text::RAW.to_owned()));
    let notes = figure.notes.iter().map(|note| (text::NOTE, note.clone()));
    let lines: Vec<(&str, String)> = [
        (text::WHAT, figure.definition.clone()),
        (text::CODE, figure.code.to_string()),
        (text::PERIOD, period_in_full(figure.period)),
    ]
    .into_iter()
    .chain(compare)
    .chain(whose)
    .chain([
        (text::DATA_DATE, dutch::moment(figure.data_date)),
        (text::COVERAGE, dutch::coverage(&figure.coverage)),
        (text::SUPPRESSION, figure.suppression.rule.clone()),
    ])
    .chain(raw)
    .chain(notes)
    .collect();
    view! {
        <details class="fold">
            <summary class="fold__summary">
                {text::HOW_COUNTED} <span class="visually-hidden">" " {caption.to_owned()}</span>
            </summary>
            <div class="fold__body">
                <div class="method">{lines_of(lines)}</div>
            </div>
        </details>
    }
    .into_any()
}

/// The end of a document: from when its data are, of which facts it was made, and where it can be checked.
pub(super) fn about(document: &Document) -> AnyView {
    let mut lines = vec![
        (text::DATA_DATE, dutch::moment(document.data_date)),
        (text::FACTS, text::facts(&document.facts_hash)),
    ];
    let check = match &document.check {
        None => {
            lines.push((text::CHECK, text::NOT_FROZEN.to_owned()));
            None
        }
        Some(check) => {
            lines.push((text::CHECK, text::frozen(&check.code, check.frozen_at)));
            Some(view! { <a href=check.url.clone()>{check.url.clone()}</a> })
        }
    };
    view! {
        <section class="report__section report__about">
            <h2 class="report__heading">{text::ABOUT}</h2>
            <div class="method">
                {lines_of(lines)} <p class="method__links">{check} <a href="/cijfers/methode">{text::METHOD}</a></p>
            </div>
        </section>
    }
    .into_any()
}

fn lines_of(lines: Vec<(&'static str, String)>) -> AnyView {
    lines
        .into_iter()
        .map(|(term, words)| {
            view! {
                <p class="method__line">
                    <b>{term}</b>
                    " "
                    {words}
                </p>
            }
        })
        .collect_view()
        .into_any()
}
