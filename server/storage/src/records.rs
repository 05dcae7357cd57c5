//! The rows as the rest of the product sees them: plain data, no behaviour.

use std::fmt;

use domain::{
    AccountId, ActivityId, Baseline, BirthYear, Cents, ClientId, CountingRule, Credential, DeviceEvent, DeviceId,
    DeviceRole, FigureCode, FirstName, Flags, HolderId, KeyVerdict, NewcomerReason, Nis, Number, OrganiserId,
    OrganiserKind, PartnerId, PartnershipId, PassId, PassStatus, Period, Reason, ScanId, Scanned, SessionId, Verdict,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::scope::Role;

/// A municipality, possibly of the past: merged ones keep their code and point to their successor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// The five-digit code of the statistical office.
    pub nis: Nis,
    /// Official Dutch name.
    pub name_nl: String,
    /// French name, where one is in official use.
    pub name_fr: Option<String>,
    /// Postal codes, ascending.
    pub postcodes: Vec<u16>,
    /// Whether it has language facilities for French speakers.
    pub facility: bool,
    /// Community centre of vzw 'de Rand', if there is one.
    pub centre: Option<String>,
    /// First day it existed, when known.
    pub valid_from: Option<Date>,
    /// Last day it existed; `None`: it still does.
    pub valid_to: Option<Date>,
    /// What it merged into.
    pub successor: Option<Nis>,
}

/// A set of municipalities that run the pass together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partnership {
    /// Its id.
    pub id: PartnershipId,
    /// Its name.
    pub name: String,
    /// Its members today, by code.
    pub municipalities: Vec<Nis>,
}

/// An organisation that refers newcomers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name, as [`Holder::partner`] and [`NewHolder::partner`] spell it.
    pub name: String,
}

/// A club, centre or library where the pass is scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organiser {
    /// Its id.
    pub id: OrganiserId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganiserKind,
    /// Where it is.
    pub municipality: Nis,
}

/// An organiser to be added.
#[derive(Clone, Debug)]
pub struct NewOrganiser {
    /// 1–120 characters.
    pub name: String,
    /// What it is.
    pub kind: OrganiserKind,
    /// Where it is.
    pub municipality: Nis,
}

/// Which organisers to list. The default is all of the scope.
#[derive(Clone, Debug, Default)]
pub struct OrganiserFilter {
    /// Only of this municipality.
    pub municipality: Option<Nis>,
    /// Only whose name contains this text, without regard to case.
    pub search: Option<String>,
}

/// Something a holder can go to, with its next session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Whose it is.
    pub organiser: OrganiserId,
    /// The organiser's name.
    pub organiser_name: String,
    /// The organiser's municipality.
    pub municipality: Nis,
    /// What it is called.
    pub name: String,
    /// Free but short: "sport", "taal", "cultuur".
    pub activity_type: String,
    /// What counts as one visit.
    pub rule: CountingRule,
    /// Price without the pass.
    pub price_cents: Cents,
    /// Price with the pass.
    pub pass_price_cents: Cents,
    /// How much Dutch it needs, 1 (hardly any) to 4 (fluent).
    pub taalicoon: Option<u8>,
    /// Minutes of one visit.
    pub minutes: Option<u32>,
    /// Where, in the organiser's words.
    pub place: String,
    /// Start of the running or next session.
    pub next_start: Option<Timestamp>,
    /// End of that session.
    pub next_end: Option<Timestamp>,
    /// Whether a scan window is open now.
    pub open_now: bool,
}

/// One time that an activity takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Of which activity.
    pub activity: ActivityId,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

/// Which activities to list. Ordered by next session, then by id.
#[derive(Clone, Debug)]
pub struct ActivityFilter {
    /// Only whose scan window is open now.
    pub open_now: bool,
    /// Only of organisers in this municipality.
    pub municipality: Option<Nis>,
    /// Only of this organiser.
    pub organiser: Option<OrganiserId>,
    /// Only with a session that has not ended.
    pub upcoming: bool,
    /// Only whose name, place or organiser contains this text, without regard to case.
    pub search: Option<String>,
    /// The last item of the page before.
    pub after: Option<ActivityId>,
    /// Items a page: 1–200, other values are clamped.
    pub limit: u32,
}

impl Default for ActivityFilter {
    fn default() -> Self {
        Self {
            open_now: false,
            municipality: None,
            organiser: None,
            upcoming: false,
            search: None,
            after: None,
            limit: 50,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, K = ActivityId> {
    /// What is on it.
    pub items: Vec<T>,
    /// `after` of the next page; `None`: this is the last.
    pub next: Option<K>,
}

/// An activity with its first session, as the quick-add form gives it.
#[derive(Clone, Debug)]
pub struct NewActivity {
    /// Whose it is; must be in scope.
    pub organiser: OrganiserId,
    /// 1–120 characters.
    pub name: String,
    /// Start of the session.
    pub starts_at: Timestamp,
    /// End of the session, after its start and within 24 hours of it.
    pub ends_at: Timestamp,
    /// Where; up to 200 characters.
    pub place: String,
    /// Price without the pass; the price with the pass starts equal to it.
    pub price_cents: Cents,
    /// What counts as one visit.
    pub rule: CountingRule,
    /// 1–40 characters.
    pub activity_type: String,
    /// 1–4.
    pub taalicoon: Option<u8>,
    /// Minutes of one visit; `None`: the length of the session.
    pub minutes: Option<u32>,
}

/// A newcomer with a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its id.
    pub id: HolderId,
    /// First name or nickname.
    pub first_name: FirstName,
    /// Year of birth.
    pub birth_year: BirthYear,
    /// Where the holder lives now.
    pub municipality: Nis,
    /// Why the holder is a newcomer.
    pub reason: NewcomerReason,
    /// "Organised leisure in the 12 months before the pass?"
    pub baseline: Baseline,
    /// Name of the partner that referred the holder.
    pub partner: Option<String>,
    /// When the holder was registered.
    pub created_at: Timestamp,
}

/// A holder to be registered, as the counter's form gives it.
#[derive(Clone, Debug)]
pub struct NewHolder {
    /// First name or nickname.
    pub first_name: FirstName,
    /// Year of birth.
    pub birth_year: BirthYear,
    /// Where the holder lives; must be in scope.
    pub municipality: Nis,
    /// Why the holder is a newcomer.
    pub reason: NewcomerReason,
    /// "Organised leisure in the 12 months before the pass?"
    pub baseline: Baseline,
    /// Name of the partner that referred the holder; must be one of [`crate::Store::partners`].
    pub partner: Option<String>,
}

/// An issued pass.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Its id.
    pub id: PassId,
    /// Whose it is.
    pub holder: HolderId,
    /// The number people read and type.
    pub number: Number,
    /// Dense number given at issue: its place in the status list.
    pub index: u32,
    /// The key that signed it.
    pub kid: u8,
    /// First day of validity.
    pub from: Date,
    /// Last day of validity.
    pub until: Date,
    /// Valid, suspended or revoked.
    pub status: PassStatus,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The signed credential, without live proof.
    pub credential: Credential,
}

/// What [`crate::Store::issue_pass`] made.
#[derive(Clone, Debug)]
pub struct IssuedPass {
    /// The new holder.
    pub holder: Holder,
    /// The new pass.
    pub pass: Pass,
    /// Opens the pass on the holder's phone. Shown once.
    pub claim: ClaimToken,
}

macro_rules! secret_text {
    ($(#[$text:meta])* $name:ident) => {
        $(#[$text])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(pub(crate) String);

        impl $name {
            /// The secret itself: base64url without padding, to be shown once.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret_text!(
    /// The secret of a claim link: whoever has it can show the pass. Only its hash is kept.
    ClaimToken
);
secret_text!(
    /// The secret of an API client. Only its hash is kept.
    ClientToken
);
secret_text!(
    /// The secret in a login cookie. Only its hash is kept.
    SessionToken
);

/// The public half of a key that signs passes. The private half is never in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKeyRecord {
    /// Its number in every credential.
    pub kid: u8,
    /// Ed25519 public key.
    pub public: [u8; 32],
    /// First moment it may sign.
    pub not_before: Timestamp,
    /// Last moment its signatures are accepted.
    pub not_after: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A person who can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Log-in name, lower case.
    pub email: String,
    /// Name on screen.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The municipality a counter is bound to.
    pub municipality: Option<Nis>,
    /// The organiser an organiser's account is bound to.
    pub organiser: Option<OrganiserId>,
}

/// An account to be added.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Log-in name; kept in lower case.
    pub email: String,
    /// Name on screen.
    pub name: String,
    /// Coordinator, counter, organiser or auditor.
    pub role: Role,
    /// Needed for a counter.
    pub municipality: Option<Nis>,
    /// Needed for an organiser.
    pub organiser: Option<OrganiserId>,
    /// As made by the caller (argon2id, PHC text).
    pub password_hash: String,
}

/// A program with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Name, for people.
    pub name: String,
    /// Ticketing, kiosk, counter or auditor.
    pub role: Role,
    /// The one organiser it may scan for; `None`: all of the partnership.
    pub organiser: Option<OrganiserId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A phone or tablet that scans for an organiser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub organiser: OrganiserId,
    /// Name, for people.
    pub name: String,
    /// What it may do.
    pub role: DeviceRole,
    /// When it was paired.
    pub created_at: Timestamp,
    /// When it was last heard of.
    pub last_seen_at: Option<Timestamp>,
    /// Events that still waited on it then.
    pub waiting: u32,
    /// Whether the organiser asked for a new key that has not come yet.
    pub roll_requested: bool,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// The public half of a device's key: a point of P-256, uncompressed (`04 ‖ x ‖ y`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceKey(pub [u8; 65]);

/// One event of a device, the signature of its pass already checked by the caller.
#[derive(Clone, Debug)]
pub struct DeviceScan {
    /// As the device wrote it down.
    pub event: DeviceEvent,
    /// What the key said of the pass; `None` without a credential.
    pub key: Option<KeyVerdict>,
}

/// One scan as it came in, its signature already checked by the caller.
#[derive(Clone, Debug)]
pub struct CheckIn {
    /// Given by the client; the same id with the same content is a replay.
    pub scan_id: ScanId,
    /// What was read, or why it could not be.
    pub input: Result<Scanned, Reason>,
    /// What the key said; `None` for a typed number.
    pub key: Option<KeyVerdict>,
    /// SHA-256 of the request's meaning: tells a replay from a re-used id.
    pub content_hash: [u8; 32],
    /// What the holder came for.
    pub activity: ActivityId,
    /// The client's clock at the scan; `None`: now.
    pub occurred_at: Option<Timestamp>,
    /// What must be added to the client's clock.
    pub clock_offset_ms: i64,
    /// Whether a person typed it in afterwards.
    pub manual: bool,
    /// Of a late manual registration: why it comes late.
    pub note: Option<String>,
}

/// What became of a scan, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its id.
    pub scan_id: ScanId,
    /// What it counts for.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What a person may want to look at.
    pub flags: Flags,
    /// Whether it is the holder's first visit ever.
    pub first_visit: bool,
    /// Whether this id was recorded before.
    pub replay: bool,
    /// Always `None` until holders can allow it.
    pub first_name: Option<FirstName>,
    /// The pass's number, when the pass is known.
    pub number: Option<Number>,
}

/// A scan in an organiser's list. Without a name: the scanner shows a verdict, never a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentScan {
    /// Its id.
    pub scan_id: ScanId,
    /// When it happened.
    pub at: Timestamp,
    /// What for.
    pub activity: ActivityId,
    /// The activity's name.
    pub activity_name: String,
    /// What it counts for now.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The pass's number, when the pass is known.
    pub number: Option<Number>,
}

/// Which figure, of when, split by what.
#[derive(Clone, Debug)]
pub struct FigureQuery {
    /// The figure.
    pub code: FigureCode,
    /// The period.
    pub period: Period,
    /// At most two dimensions, filters below included.
    pub by: Vec<domain::Dimension>,
    /// Only holders of this municipality. Counts as a dimension.
    pub municipality: Option<Nis>,
    /// Only visits to this organiser. Counts as a dimension.
    pub organiser: Option<OrganiserId>,
}
