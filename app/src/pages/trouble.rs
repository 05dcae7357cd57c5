//! The page instead of the page: not found, not allowed, broken.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::components::icon::big_icon;
use crate::locales::nl::{self, trouble as text};
use crate::respond::{Page, PageError};

/// What the page says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trouble {
    pub(crate) status: StatusCode,
    pub(crate) icon: &'static str,
    pub(crate) title: &'static str,
    /// What happened, what was kept, what to do now.
    pub(crate) what: &'static str,
    /// Where to go: address and text.
    pub(crate) action: (&'static str, &'static str),
}

impl Trouble {
    /// The page.
    pub(crate) fn page(self) -> Page {
        let Self {
            status,
            icon,
            title,
            what,
            action: (href, label),
        } = self;
        Page::new(title, what, move || {
            view! {
                <section class="trouble">
                    {big_icon(icon, "trouble__icon")} <h1 class="trouble__title">{title}</h1>
                    <p class="trouble__what">{what}</p>
                    <div class="button-row">
                        <a class="button button--main" href=href>
                            {label}
                        </a>
                    </div>
                </section>
            }
        })
        .class("main--narrow")
        .status(status)
        .unlisted()
    }
}

/// The page for an error.
pub(crate) fn page(error: &PageError) -> Page {
    let (status, icon, title, what) = match error {
        PageError::NotFound => (
            StatusCode::NOT_FOUND,
            "search",
            text::NOT_FOUND_TITLE,
            text::NOT_FOUND_WHAT,
        ),
        PageError::Method => (
            StatusCode::METHOD_NOT_ALLOWED,
            "alert",
            text::METHOD_TITLE,
            text::METHOD_WHAT,
        ),
        PageError::LogInFirst { .. } | PageError::Denied => {
            (StatusCode::FORBIDDEN, "lock", text::DENIED_TITLE, text::DENIED_WHAT)
        }
        PageError::LoggedOut => {
            return Trouble {
                status: StatusCode::FORBIDDEN,
                icon: "lock",
                title: text::LOGGED_OUT_TITLE,
                what: text::LOGGED_OUT_WHAT,
                action: ("/aanmelden", nl::LOG_IN),
            }
            .page();
        }
        PageError::Unreadable | PageError::Invalid => (
            StatusCode::BAD_REQUEST,
            "alert",
            text::UNREADABLE_TITLE,
            text::UNREADABLE_WHAT,
        ),
        PageError::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "photo",
            text::TOO_LARGE_TITLE,
            text::TOO_LARGE_WHAT,
        ),
        PageError::Broken(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "alert",
            text::BROKEN_TITLE,
            text::BROKEN_WHAT,
        ),
    };
    Trouble {
        status,
        icon,
        title,
        what,
        action: ("/", text::HOME),
    }
    .page()
}
