//! The rules of Randpas without I/O: credential, decision, fold, figures and disclosure control.
//!
//! The crate knows no clock, no random source, no database and no HTTP: the caller hands them in. That is why the very
//! same code runs on the server and in a browser, and why one set of golden vectors (`tests/vectors/`) checks both.
//! The rules themselves are written down in `docs/protocol.md` and `docs/figures.md`.

mod codes;
pub mod credential;
pub mod disclosure;
pub mod figures;
pub mod id;
pub mod local_time;
pub mod money;
pub mod municipality;
pub mod people;
pub mod scan;

pub use codes::UnknownCode;
pub use credential::{
    Body, BodyError, Credential, CredentialDay, Ed25519Verifier, KeyError, KeyVerdict, LiveProof, Number, NumberError,
    PassKind, QrError, Scanned, SignatureVerifier, Tag, VerificationKey, live_mac, live_step, parse_scan,
};
pub use disclosure::protect;
pub use figures::{
    Coverage, Dimension, FigureCode, Period, PeriodError, PeriodKind, PublishedRow, PublishedTable, RawCell, RawTable,
    Suppression,
};
pub use id::{
    AccountId, ActionId, ActivityId, ClientId, HolderId, OrganiserId, PartnerId, PartnershipId, PassId, ScanId,
    SessionId, uuid_v7,
};
pub use local_time::{local_day, start_of_day};
pub use money::{Cents, MoneyError};
pub use municipality::{Nis, NisError};
pub use people::{Baseline, BirthYear, BirthYearError, FirstName, FirstNameError, NewcomerReason, OrganiserKind};
pub use scan::{
    ActivityFacts, CountingRule, Decision, Facts, Flag, Flags, FoldEvent, Lang, PassFacts, PassStatus, Reason,
    SessionFacts, Verdict, Window, decide, effective_at, fold,
};
