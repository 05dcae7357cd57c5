//! Islands: the only parts of the pages that run in the browser.
//!
//! There are two, [`scanner`] on `/scan` and [`pairing`] on `/koppel`; both rest on `device`, what a paired phone keeps.
//! Everything else is HTML that works without them.
//!
//! An island is markup by the server inside an element with `data-island`, and code that shows, hides and fills it. Leptos
//! renders it and has no part in the browser: there is nothing to hydrate, and its runtime was a fifth of the bundle
//! (`docs/decisions/0006`).

#[cfg(feature = "hydrate")]
mod device;
#[cfg(feature = "hydrate")]
mod dom;
pub mod pairing;
pub mod scanner;
mod texts;
#[cfg(all(test, feature = "ssr"))]
mod wire_names;

/// Wakes whatever island the page has.
#[cfg(feature = "hydrate")]
pub fn wake() {
    if dom::find::<web_sys::Element>("[data-island=scanner]").is_some() {
        scanner::browser::start();
    }
    if dom::find::<web_sys::Element>("[data-island=pairing]").is_some() {
        pairing::browser::start();
    }
}
