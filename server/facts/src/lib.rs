//! What is counted, in memory: a struct of arrays that answers any figure in milliseconds (`docs/figures.md` §5).
//!
//! Pure: no I/O, no clock. Whoever keeps the facts in a database loads them into [`Facts`], replaces what changed, and asks
//! [`Facts::count`], whose answer can leave only through `domain::protect_system`.
//!
//! - `input`: what goes in
//! - `store`, `visits`: the arrays, and how they are kept current
//! - `axis`: the keys of a dimension
//! - `calendar`, `tally`, `count`: one pass over the holders for all periods and cells
//! - `canonical`: all facts in one order, to be hashed
//! - `coverage`: how complete they are

mod axis;
mod calendar;
mod canonical;
mod cheque;
mod count;
mod coverage;
mod day;
mod dictionary;
pub mod input;
mod members;
mod steps;
mod store;
mod tally;
mod visits;

pub use cheque::ChequeKind;
pub use count::Ask;
pub use coverage::Complete;
pub use steps::Step;
pub use store::Facts;
