//! Short messages on a page: it worked, nothing here, something to know.

use leptos::prelude::*;

use crate::components::icon::{big_icon, icon};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It worked.
    Ok,
    /// Look at this first.
    Wait,
}

/// One line, read out when it appears.
pub(crate) fn notice(tone: Tone, text: &'static str) -> AnyView {
    let (class, name) = match tone {
        Tone::Ok => ("alert alert--ok", "tick"),
        Tone::Wait => ("alert alert--wait", "alert"),
    };
    view! {
        <p class=class role="status">
            {icon(name)}
            <span>{text}</span>
        </p>
    }
    .into_any()
}

/// Nothing here: what that means, and one thing to do.
pub(crate) fn empty(
    name: &'static str,
    title: &'static str,
    text: &'static str,
    action: Option<(&'static str, &'static str)>,
) -> AnyView {
    view! {
        <div class="empty">
            {big_icon(name, "empty__icon")}
            <p class="empty__title">{title}</p>
            <p>{text}</p>
            {action
                .map(|(href, text)| {
                    view! {
                        <a class="button" href=href>
                            {text}
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The head of a page: where we are, what it is, one sentence.
pub(crate) fn page_head(kicker: Option<String>, title: String, lead: Option<String>) -> AnyView {
    view! {
        <header class="page-head">
            {kicker.map(|text| view! { <p class="page-head__kicker">{text}</p> })}
            <h1 class="page-head__title">{title}</h1>
            {lead.map(|text| view! { <p class="page-head__lead">{text}</p> })}
        </header>
    }
    .into_any()
}
