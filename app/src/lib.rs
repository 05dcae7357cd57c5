//! Everything a browser can show: shell, pages, components, charts, islands and the Dutch texts.
//!
//! With the feature `ssr` this crate is the website: [`router`] answers every page and every form. Pages load what
//! they show *before* they render, so a page is one pass over plain data: no suspense, no client state, and the whole
//! body is known when the first byte leaves (which is what an `ETag` and compression want).
//! With the feature `hydrate` only [`islands`] is left: that is all the browser downloads, and only on `/scan`.
// A view's type names every element in it; the scanner's is deeper than the compiler expects of a type.
#![recursion_limit = "512"]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a failed unwrap fails the test"))]

pub mod islands;

#[cfg(feature = "ssr")]
mod charts;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod cookies;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod locales;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod respond;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(all(test, feature = "ssr"))]
mod site_tests;

#[cfg(feature = "ssr")]
pub use context::{
    Context, LogInError, PasswordCheck, QueueReceipt, QueueUpload, QueueUploadError, SealCheck, SealVerdict, Upload,
    Verification, Viewer,
};
#[cfg(feature = "ssr")]
pub use cookies::{CLAIMS_COOKIE, session_cookie_name};
#[cfg(feature = "ssr")]
pub use pages::figures::csv::write as figure_csv;
#[cfg(feature = "ssr")]
pub use routes::router;
