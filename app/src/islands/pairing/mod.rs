//! Pairing a phone with an organiser (`/koppel`, `docs/protocol.md` §2): a code, a name, and a key that never leaves the
//! browser.
//!
//! As in the scanner, markup is the server's and the browser only shows, hides and fills. Without JavaScript the form stays
//! closed and the page says why: without it there is no key either.

#[cfg(feature = "hydrate")]
pub(crate) mod browser;
#[cfg(feature = "ssr")]
mod markup;
mod texts;

#[cfg(feature = "ssr")]
pub use markup::markup;
pub use texts::Text;
