//! Pictograms from `/icons.svg`. They are decoration: the words beside them say the same.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// A pictogram the size of the text. `name` is a symbol of `/icons.svg`.
pub(crate) fn icon(name: &'static str) -> AnyView {
    svg("icon", name)
}

/// A pictogram of 48 px, with the class of the place that it is in.
pub(crate) fn big_icon(name: &'static str, place: &'static str) -> AnyView {
    svg(&format!("icon icon--big {place}"), name)
}

/// A symbol with a class of its own instead of `icon`.
pub(crate) fn svg(class: &str, name: &'static str) -> AnyView {
    InertElement::new(format!(
        r##"<svg class="{class}" aria-hidden="true"><use href="/icons.svg#{name}"></use></svg>"##
    ))
    .into_any()
}
