//! Top and bottom of every page: brand, menu, account, footer.

use leptos::prelude::*;

use crate::components::icon::{icon, svg};
use crate::locales::nl;

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// `/pas`
    Pass,
    /// `/activiteiten`
    Activities,
    /// `/scan`
    Scan,
    /// `/balie`
    Counter,
    /// `/cijfers`
    Figures,
    /// None of the menu's.
    Other,
}

struct Entry {
    section: Section,
    href: &'static str,
    icon: &'static str,
    text: &'static str,
}

const MENU: [Entry; 5] = [
    Entry {
        section: Section::Pass,
        href: "/pas",
        icon: "pass",
        text: nl::MENU_PASS,
    },
    Entry {
        section: Section::Activities,
        href: "/activiteiten",
        icon: "calendar",
        text: nl::MENU_ACTIVITIES,
    },
    Entry {
        section: Section::Scan,
        href: "/scan",
        icon: "scan",
        text: nl::MENU_SCAN,
    },
    Entry {
        section: Section::Counter,
        href: "/balie",
        icon: "people",
        text: nl::MENU_COUNTER,
    },
    Entry {
        section: Section::Figures,
        href: "/cijfers",
        icon: "chart",
        text: nl::MENU_FIGURES,
    },
];

/// Brand, menu (at most five entries: it is a bar at the bottom of a phone) and who is logged in.
pub(crate) fn masthead(section: Section, account_name: Option<String>, counter: bool) -> AnyView {
    let entries = MENU
        .iter()
        .filter(|entry| counter || entry.section != Section::Counter)
        .map(|entry| {
            let current = (entry.section == section).then_some("page");
            view! {
                <li class="nav__item">
                    <a class="nav__link" href=entry.href aria-current=current>
                        {icon(entry.icon)}
                        <span class="nav__text">{entry.text}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let account = match account_name {
        Some(name) => view! {
            <span class="masthead__who">{name}</span>
            <form method="post" action="/afmelden">
                <button class="masthead__link">{nl::LOG_OUT}</button>
            </form>
        }
        .into_any(),
        None => view! { <a class="masthead__link" href="/aanmelden">{nl::LOG_IN}</a> }.into_any(),
    };
    view! {
        <header class="masthead">
            <a class="brand" href="/">
                {svg("brand__mark", "mark")}
                <span class="brand__name">{nl::SITE}</span>
            </a>
            <nav class="nav" aria-label=nl::MENU_LABEL>
                <ul class="nav__list">{entries}</ul>
            </nav>
            <div class="masthead__account">{account}</div>
        </header>
    }
    .into_any()
}

/// What every page ends with.
pub(crate) fn footer() -> AnyView {
    view! {
        <footer class="footer">
            <p class="footer__line">{nl::FOOTER_LINE}</p>
            <ul class="footer__links">
                <li>
                    <a href="/over">{nl::FOOTER_ABOUT}</a>
                </li>
                <li>
                    <a href="/cijfers">{nl::MENU_FIGURES}</a>
                </li>
                <li>
                    <a href="/api">{nl::FOOTER_API}</a>
                </li>
            </ul>
        </footer>
    }
    .into_any()
}
