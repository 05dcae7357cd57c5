//! The island itself.
#![expect(unreachable_pub, reason = "the macro makes entries that are called by name")]

use leptos::prelude::*;

/// Wakes pairing up around its `children`, which are [`super::markup`].
#[island]
pub fn Pairing(
    /// The markup; the browser keeps it as the server drew it.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::browser::start();
    children()
}
