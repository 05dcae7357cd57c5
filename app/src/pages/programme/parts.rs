//! Pieces that several of these pages are made of.

use domain::{Cents, CostKind};
use leptos::prelude::*;

use crate::components::field::{Choice, described_by, error_line};
use crate::components::icon::icon;
use crate::forms::Filled;
use crate::locales::nl;

/// Several lines of text. `name` is also its id.
pub(super) fn textarea(
    form: &Filled,
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    rows: &'static str,
    maxlength: &'static str,
) -> AnyView {
    let error = form.error(name).map(str::to_owned);
    let class = if error.is_some() { "field field--error" } else { "field" };
    let described = described_by(name, hint.is_some(), error.is_some());
    let hint_id = format!("{name}-hint");
    // The newline after the tag is the browser's to drop; what was typed keeps its own.
    let value = format!("\n{}", form.typed.raw(name));
    view! {
        <div class=class>
            <label class="field__label" for=name>
                {label}
            </label>
            {hint.map(|words| view! { <p class="field__hint" id=hint_id>{words}</p> })}
            {error_line(name, error.clone())}
            <textarea
                class="field__input"
                id=name
                name=name
                rows=rows
                maxlength=maxlength
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
            >
                {value}
            </textarea>
        </div>
    }
    .into_any()
}

/// Boxes to tick, any number of them. The first carries the field's id.
pub(super) fn boxes(
    form: &Filled,
    name: &'static str,
    legend: &'static str,
    hint: Option<&'static str>,
    answers: Vec<Choice>,
) -> AnyView {
    let error = form.error(name).map(str::to_owned);
    let described = described_by(name, hint.is_some(), error.is_some());
    let hint_id = format!("{name}-hint");
    let boxes = answers
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            let id = if place == 0 {
                name.to_owned()
            } else {
                format!("{name}-{place}")
            };
            let checked = form.typed.all(name).any(|value| value == answer.value);
            view! {
                <label class="choice">
                    <input class="choice__input" type="checkbox" id=id name=name value=answer.value checked=checked />
                    <span class="choice__text">{answer.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" aria-describedby=described>
            <legend class="choices__legend">{legend}</legend>
            {hint.map(|words| view! { <p class="field__hint" id=hint_id>{words}</p> })}
            {error_line(name, error)}
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// A part of a page that is folded until it is wanted, or has something wrong in it.
pub(super) fn fold(title: &'static str, open: bool, content: AnyView) -> AnyView {
    view! {
        <details class="fold" open=open>
            <summary class="fold__summary">{icon("plus")} {title}</summary>
            <div class="fold__body">{content}</div>
        </details>
    }
    .into_any()
}

/// One fact.
pub(super) fn fact(term: &'static str, value: impl Into<String>) -> AnyView {
    let value = value.into();
    view! {
        <div class="facts__row">
            <dt class="facts__term">{term}</dt>
            <dd class="facts__value">{value}</dd>
        </div>
    }
    .into_any()
}

/// A heading of a column.
pub(super) fn heading(text: &'static str, number: bool) -> AnyView {
    let class = number.then_some("table__number");
    view! {
        <th scope="col" class=class>
            {text}
        </th>
    }
    .into_any()
}

/// An amount in a table. Spaces that do not break keep the sign with its number.
pub(super) fn euro(amount: Cents) -> AnyView {
    view! { <td class="table__number">{nl::programme::euro(amount)}</td> }.into_any()
}

/// The kinds of cost to choose from.
pub(super) fn kinds() -> Vec<Choice> {
    CostKind::ALL
        .iter()
        .map(|kind| Choice::new(kind, kind.label_nl()))
        .collect()
}

/// A small form with one button: taking a line back, loosening an activity. `what` is read out after the button's text.
pub(super) fn quick_form(action: String, button: &'static str, what: &str) -> AnyView {
    let what = format!(": {what}");
    view! {
        <form method="post" action=action>
            <button class="button button--quiet">
                {button} <span class="visually-hidden">{what}</span>
            </button>
        </form>
    }
    .into_any()
}
