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

/// What the second row of the menu offers: everything of figures, documents and the programme behind them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    /// Of the page, without its query: marks where somebody is.
    pub(crate) path: String,
    /// Has counts of their own (an organiser).
    pub(crate) own: bool,
    /// Keeps the programme: actions, partners.
    pub(crate) programme: bool,
    /// Sees the money.
    pub(crate) finances: bool,
    /// Imports denominators.
    pub(crate) imports: bool,
}

impl Work {
    /// Address, words, and whether this viewer sees the entry.
    const fn entries(&self) -> [(&'static str, &'static str, bool); 10] {
        [
            ("/cijfers", nl::MENU_OVERVIEW, true),
            ("/cijfers/eigen", nl::MENU_OWN, self.own),
            ("/antwoord", nl::MENU_ANSWER, true),
            ("/verslagen", nl::MENU_REPORTS, true),
            ("/lerend-netwerk", nl::MENU_NETWORK, true),
            ("/acties", nl::MENU_ACTIONS, self.programme || self.finances),
            ("/partners", nl::MENU_PARTNERS, self.programme || self.finances),
            ("/begroting", nl::MENU_BUDGET, self.finances),
            ("/noemers", nl::MENU_DENOMINATORS, self.imports),
            ("/cijfers/methode", nl::MENU_METHOD, true),
        ]
    }

    /// The entry that this page is, or lies under: the longest address that it begins with.
    fn current(&self) -> &'static str {
        let above = |href: &str| {
            self.path
                .strip_prefix(href)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let entries = self.entries().into_iter().map(|(href, ..)| href);
        entries
            .filter(|href| above(href))
            .max_by_key(|href| href.len())
            .unwrap_or_default()
    }
}

/// The second row: under the head of the page, never a second bar under the thumb.
pub(crate) fn submenu(work: &Work) -> AnyView {
    let current = work.current();
    let entries = work
        .entries()
        .into_iter()
        .filter(|(.., seen)| *seen)
        .map(|(href, text, _)| {
            // A page under an entry is not the entry itself.
            let mark = (href == current).then_some(if work.path == href { "page" } else { "true" });
            view! {
                <li>
                    <a class="subnav__link" href=href aria-current=mark>
                        {text}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="subnav" aria-label=nl::SUBMENU_LABEL>
            <ul class="subnav__list">{entries}</ul>
        </nav>
    }
    .into_any()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn work(path: &str) -> Work {
        Work {
            path: path.to_owned(),
            ..Work::default()
        }
    }

    #[test]
    fn the_second_row_marks_the_nearest_entry_and_shows_what_one_may() {
        assert_eq!(work("/cijfers/participants").current(), "/cijfers");
        assert_eq!(work("/cijfers/methode").current(), "/cijfers/methode");
        assert_eq!(work("/cijferszonder").current(), "");
        let html = submenu(&work("/cijfers/participants")).to_html();
        assert!(html.contains("href=\"/cijfers\" aria-current=\"true\""), "{html}");
        assert!(
            !html.contains("/begroting") && !html.contains("/cijfers/eigen"),
            "{html}"
        );
        let coordinator = Work {
            finances: true,
            ..work("/begroting")
        };
        assert!(
            submenu(&coordinator)
                .to_html()
                .contains("href=\"/begroting\" aria-current=\"page\"")
        );
    }
}
