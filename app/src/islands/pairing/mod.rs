//! Pairing a phone with an organiser (`/koppel`, `docs/protocol.md` §2): a code, a name, and a key that never leaves the
//! browser.
//!
//! As in the scanner, markup is the server's and the browser only shows, hides and fills. Without JavaScript the form stays
//! closed and the page says why: without it there is no key either.

#[cfg(feature = "hydrate")]
mod browser;
mod island;
#[cfg(feature = "ssr")]
mod markup;
mod texts;

pub use island::{Pairing, PairingProps};
#[cfg(feature = "ssr")]
pub use markup::markup;
pub use texts::Text;
