//! What Randpas keeps: one query text for SQLite and PostgreSQL, the group-commit writer, migrations.
//!
//! [`Store`] is the one door. Every method takes a [`Scope`]: who asks, for which tenants. A scope is made in one place
//! only, so what is out of scope cannot be asked for. Rules are not here but in `domain`; this crate loads the facts,
//! asks, and keeps what was decided.
//!
//! Where to look: one file an aggregate (`holders`, `passes`, `activities` …), `check_ins` for the writer, `figures`
//! for the counts, `engine` and `set` for how one text serves two engines.

mod accounts;
mod activities;
mod bulk;
mod check_ins;
mod clients;
mod columns;
mod denominators;
mod devices;
mod doors;
mod engine;
mod environment;
mod error;
mod evening;
mod figures;
mod holders;
mod keys;
mod manual;
mod membership;
mod migrations;
mod municipalities;
mod open;
mod organisers;
mod passes;
mod programme;
mod records;
mod reports;
mod scope;
mod secret;
mod seed;
mod set;
mod store;
mod text;

pub use bulk::{Bulk, BulkActivity, BulkHistory, BulkHolder, BulkMember, BulkSession, BulkVisit};
pub use check_ins::{AnnulError, CheckInError, ReleaseError, SyncOutcome};
pub use denominators::{
    BaselineCount, BaselineOf, BaselineRow, Denominator, Fault, ImportError, ImportKind, ImportPreview, ImportProblem,
    ImportProblems, ImportRecord, ImportRows, LARGEST_IMPORT, NewImport, NewcomersRow, Replaced, TextEncoding,
    UnknownImportKind, YearTotal,
};
pub use devices::{KnownDevice, LONGEST_DEVICE_NAME, PackageFacts, PairingError};
pub use doors::{DoorError, DoorVisit, MOST_PASSES};
pub use engine::Engine;
pub use environment::{Clock, Environment, MovableClock, Random};
pub use error::{Error, Result, SignError};
pub use evening::{
    ActivityCount, Evening, EveningDevice, EveningScan, EveningScans, LONGEST_LIST, ManualCount, OrganiserSession,
};
pub use facts::ChequeKind;
pub use figures::{ChequeFact, FigureRequest, Names, NewMember};
pub use manual::{MOST_PEOPLE, NewManualCount, scan_of_form};
pub use membership::Membership;
pub use open::{DatabaseUrl, OpenError};
pub use passes::{PassSigner, validity};
pub use programme::{
    Action, ActionActivity, ActionChange, ActionFilter, Agreement, Budget, BudgetLine, BudgetRow, BudgetYear,
    CostFilter, CostLine, Decision, KindTotal, Meeting, MunicipalShare, NetworkBody, NetworkMember, NewAction,
    NewAgreement, NewBudgetLine, NewCostLine, NewDecision, NewMeeting, NewNetworkMember, NewPractice, Practice,
    PracticeFigure, PracticeFilter, known_inhabitants,
};
pub use records::{
    Account, Activity, ActivityFilter, CheckIn, ClaimToken, Client, ClientToken, Device, DeviceKey, DeviceScan,
    FigureQuery, Holder, IssuedPass, Municipality, NewAccount, NewActivity, NewHolder, NewOrganiser, Organiser,
    OrganiserFilter, Page, Partner, Partnership, Pass, RecentScan, Recorded, Session, SessionToken, SigningKeyRecord,
};
pub use reports::{FrozenHash, FrozenReport, NewFrozenFile, NewFrozenReport};
pub use scope::{Actor, Permission, Role, Scope, UnknownRole};
pub use store::Store;
