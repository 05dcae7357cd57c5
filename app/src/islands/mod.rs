//! Islands: the only parts of the pages that run in the browser.
//!
//! There are two, [`scanner`] on `/scan` and [`pairing`] on `/koppel`; both rest on `device`, what a paired phone keeps.
//! Everything else is HTML that works without them.

#[cfg(feature = "hydrate")]
mod device;
#[cfg(feature = "hydrate")]
mod dom;
pub mod pairing;
pub mod scanner;
mod texts;

pub use pairing::Pairing;
pub use scanner::Scanner;
