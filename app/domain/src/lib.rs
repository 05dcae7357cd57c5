//! The rules of Randpas without I/O: credential, decision, fold, paired devices, figures and disclosure control.
//!
//! The crate knows no clock, no random source, no database and no HTTP: the caller hands them in. That is why the very
//! same code runs on the server and in a browser, and why one set of golden vectors (`tests/vectors/`) checks both.
//! The rules themselves are written down in `docs/protocol.md` and `docs/figures.md`.

pub mod cheques;
mod codes;
pub mod credential;
pub mod device;
pub mod disclosure;
pub mod figures;
pub mod id;
pub mod local_time;
pub mod money;
pub mod municipality;
pub mod payee;
pub mod people;
pub mod programme;
pub mod scan;

pub use codes::UnknownCode;
pub use credential::{
    Body, BodyError, Credential, CredentialDay, Ed25519Verifier, KeyError, KeyVerdict, LiveProof, Number, NumberError,
    PassKind, QrError, Scanned, SignatureVerifier, Tag, VerificationKey, live_mac, live_step, parse_scan,
};
pub use device::{
    ChainBreak, ChainLink, DeviceEvent, DeviceRole, EventKind, EventResult, Freshness, Judge, Judged, Limits, Package,
    PackageActivity, PackageKey, PackageOrganiser, PackageStatusList, PairingCode, PairingCodeError, QueueFile,
    QueueState, StatusList, StatusListError, SyncAnswer, SyncRequest, chain_breaks, chain_link, honour_refusal, settle,
};
pub use disclosure::{Axis, Published, RawSystem, SystemCount, Thresholds, is_published, protect_system, rule_nl};
pub use figures::{
    AgeBand, CHEAP_UP_TO_CENTS, Coverage, Dimension, Figure, FigureCell, FigureCode, FigureColumn, FigureRow, Measure,
    NO_KEY, PAID_MORE_THAN_CENTS, Period, PeriodError, PeriodKind, PublishedRow, PublishedTable, Suppression, Unit,
};
pub use id::{
    AccountId, ActionId, ActivityId, AgreementId, BudgetLineId, ChequeBatchId, ChequeLotId, ClientId, CostLineId,
    DeviceId, HolderId, ImportId, MeetingId, NetworkMemberId, OrganiserId, PartnerId, PartnershipId, PassId,
    PracticeId, ScanId, SchemeId, SessionId, SettlementId, uuid_v7,
};
pub use local_time::{local_day, start_of_day};
pub use money::{Cents, MoneyError};
pub use municipality::{Nis, NisError};
pub use payee::{Iban, IbanError, Kbo, KboError, VCode, VCodeError};
pub use people::{Baseline, BirthYear, BirthYearError, FirstName, FirstNameError, NewcomerReason, OrganiserKind};
pub use programme::{
    AnchoringDecision, BasisPoints, BasisPointsError, BbcCode, BbcCodeError, CostKind, NetworkKind, OwnShareSplit,
    own_share, split_cents,
};
pub use scan::{
    ActivityFacts, AnnulFacts, CountingRule, Decision, Facts, Flag, Flags, FoldEvent, Lang, PassFacts, PassStatus,
    PassView, Reason, SessionFacts, Verdict, Window, decide, effective_at, fold, may_annul, visit_key,
};
