//! What is counted, in memory: a struct of arrays that answers any figure in milliseconds.

mod cheque;

pub use cheque::ChequeKind;
