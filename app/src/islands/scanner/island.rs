//! The island itself.
#![cfg_attr(
    feature = "hydrate",
    expect(unreachable_pub, reason = "the macro's entry for the browser is called by name")
)]

use leptos::prelude::*;

use super::state::Scan;
use super::texts::Texts;
use super::{act, view};

/// The camera button and, once it is pressed, the scanner over the whole screen.
///
/// `texts` are [`Texts::dutch`]; `today` is how many scans of this organiser were counted today.
#[island]
pub fn Scanner(
    /// Scans of this organiser that were counted today, before the page was made.
    today: u64,
    /// What the scanner says.
    texts: Texts,
) -> impl IntoView {
    let scan = Scan::new(today, texts);
    act::mounted(scan);
    view! {
        {view::start(scan)}
        {view::screen(scan)}
    }
}
