//! What each figure and each of its columns says exactly: the end of the page about the method.

use domain::FigureCode;
use leptos::prelude::*;

use crate::locales::nl::figures as text;

/// Every figure, folded, with an id to link to.
pub(super) fn definitions() -> AnyView {
    let figures = text::GROUPS
        .iter()
        .flat_map(|(_, codes)| codes.iter().copied())
        .map(definition)
        .collect_view();
    view! {
        <section class="section">
            <h2 class="heading">{text::EACH_FIGURE}</h2>
            <div class="definitions">{figures}</div>
        </section>
    }
    .into_any()
}

fn definition(code: FigureCode) -> AnyView {
    let columns = code
        .columns()
        .iter()
        .map(|column| {
            view! {
                <div class="facts__row">
                    <dt class="facts__term">{column.label} " " <code>{column.name}</code></dt>
                    <dd>{column.definition}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="fold" id=code.code()>
            <summary class="fold__summary">
                <span>{code.title_nl()} " " <code>{code.code()}</code></span>
            </summary>
            <div class="fold__body">
                <p class="definitions__text">{code.definition_nl()}</p>
                <dl class="facts">{columns}</dl>
            </div>
        </details>
    }
    .into_any()
}
