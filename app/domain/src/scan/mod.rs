//! A scan, from the moment's facts to the verdict, and from the set of events to the count.

mod annul;
mod decide;
mod flag;
mod fold;
mod memory;
mod reason;
mod sentence;
mod window;

pub use annul::{ANNUL_OWN_MINUTES, AnnulFacts, may_annul};
pub use decide::{
    ActivityFacts, CountingRule, DATE_SKEW_MINUTES, Decision, Facts, PassFacts, PassStatus, PassView, SessionFacts,
    Verdict, decide,
};
pub use flag::{Flag, Flags};
pub use fold::{FoldEvent, fold};
pub use memory::visit_key;
pub use reason::{Lang, Reason};
pub use window::{LATEST_AHEAD_MINUTES, Window, effective_at};
