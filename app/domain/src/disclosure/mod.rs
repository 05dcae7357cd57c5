//! Disclosure control: what stands between a count and anything that can be shown.
//!
//! `docs/disclosure.md` is the method, `docs/figures.md` §3 the rule. A cell about 1 to *k* − 1 people is hidden. Then more
//! cells are hidden, as few and as small as possible, until no hidden cell can be worked out from everything else that the
//! product publishes of the measure: its totals, its tables by other dimensions, and longer and shorter periods. The attacker of
//! `tests/disclosure_attack.rs` tries.
//!
//! - `system`: counts before and after
//! - `rule`: what is too small, and what somebody who knows the rule knows of a hidden cell
//! - `time`: how months, quarters, years and work years hang together
//! - `layer`: cells, what bounds them, and which are hidden
//! - `search`: moves, in which hidden cells change and nothing shown does
//! - `protect`, `pair`: which moves are made, from the totals to the pairs of dimensions

mod layer;
mod pair;
mod protect;
mod rule;
mod search;
mod system;
mod time;

pub use protect::{is_published, protect_system};
pub use rule::{Thresholds, rule_nl};
pub use system::{Axis, Count as SystemCount, Published, RawSystem};

#[cfg(test)]
mod tests;
