//! A scan, from the moment's facts to the verdict, and from the set of events to the count.

mod decide;
mod flag;
mod fold;
mod reason;
mod sentence;
mod window;

pub use decide::{
    ActivityFacts, CountingRule, DATE_SKEW_MINUTES, Decision, Facts, PassFacts, PassStatus, SessionFacts, Verdict,
    decide,
};
pub use flag::{Flag, Flags};
pub use fold::{FoldEvent, fold};
pub use reason::{Lang, Reason};
pub use window::{LATEST_AHEAD_MINUTES, Window, effective_at};
