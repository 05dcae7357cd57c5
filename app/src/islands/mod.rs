//! Islands: the only parts of the pages that run in the browser.
//!
//! There is one, [`scanner`]. Everything else is HTML that works without it.

pub mod scanner;

pub use scanner::Scanner;
