//! Randuitcheques without I/O: what a scheme says, what a redemption may take, how the ledger books it, who pays.
//!
//! What is public about the cheques is one sentence, so every rule is a setting of a scheme (`shared/design/DOMAIN.md`,
//! "Randuitcheques"). Phone and server decide with this code; the server decides again.

mod charge;
mod explain;
mod ledger;
mod rules;
mod scheme;

pub use charge::{Charge, charge, propose};
pub use ledger::{Entry, EntryKind, LedgerAccount, Posting, sums_to_zero};
pub use rules::{AtTheDoor, LiveCode, OfflineUse, Place, may_redeem};
pub use scheme::{
    Accepted, ChequeUnit, FloorLimits, HolderPeriod, Issuer, MOST_CHEQUES, Payer, Proof, SchemeProblem, SchemeTerms,
    SettlementRhythm,
};
