//! What goes in: facts as whoever keeps them hands them over.

use domain::{
    AccountId, ActionId, ActivityId, Baseline, HolderId, NewcomerReason, Nis, OrganiserId, OrganiserKind, PartnerId,
    PartnershipId,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::cheque::ChequeKind;

/// What figures know of a holder.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// Who.
    pub id: HolderId,
    /// Year of birth.
    pub birth_year: i16,
    /// Why a newcomer.
    pub reason: NewcomerReason,
    /// Leisure before the pass.
    pub baseline: Baseline,
    /// Where the holder lives now: that of passes, of the funnel and of cohorts.
    pub municipality: Nis,
    /// Who referred the holder.
    pub partner: Option<PartnerId>,
    /// The account that issued the first pass.
    pub counter: Option<AccountId>,
    /// The first day as a member of any organiser.
    pub member_on: Option<Date>,
}

/// A pass of a holder.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// The local day of issue.
    pub issued_on: Date,
    /// First day of its validity.
    pub valid_from: Date,
    /// Last day of its validity.
    pub valid_until: Date,
    /// First day on which it was no longer valid before its time.
    pub ended_on: Option<Date>,
    /// The day on which it was opened on a phone.
    pub activated_on: Option<Date>,
}

/// A visit of a holder. Its activity, municipalities and type are what [`crate::Facts`] gave for them.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// [`crate::Facts::activity`].
    pub activity: u32,
    /// [`crate::Facts::municipality`] of the holder at that time.
    pub municipality: u16,
    /// [`crate::Facts::municipality`] of the organiser at that time.
    pub organiser_municipality: u16,
    /// [`crate::Facts::activity_type`].
    pub activity_type: u16,
    /// The local day.
    pub day: Date,
    /// Price without the pass, in cents.
    pub price_cents: u32,
    /// Price with the pass, in cents.
    pub pass_price_cents: u32,
    /// Minutes; 0: not known.
    pub minutes: u32,
    /// 1 to 4; 0: no taalicoon.
    pub taalicoon: u8,
    /// Typed in.
    pub manual: bool,
}

/// Something that happened to cheques of a holder.
#[derive(Clone, Copy, Debug)]
pub struct Cheque {
    /// What.
    pub kind: ChequeKind,
    /// [`crate::Facts::municipality`] of the holder at that time.
    pub municipality: u16,
    /// [`crate::Facts::organiser`] where it was used.
    pub organiser: Option<u32>,
    /// The local day.
    pub day: Date,
    /// How many.
    pub pieces: u32,
    /// Their worth together, in cents.
    pub cents: u32,
    /// Used at the holder's first visit ever.
    pub first_visit: bool,
}

/// An organiser.
#[derive(Clone, Copy, Debug)]
pub struct Organiser {
    /// Its id.
    pub id: OrganiserId,
    /// Its kind.
    pub kind: OrganiserKind,
    /// Where it is.
    pub municipality: Nis,
}

/// An activity.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Whose it is.
    pub organiser: OrganiserId,
    /// What it belongs to.
    pub action: Option<ActionId>,
    /// With whom it is held, besides the partners of its action.
    pub partners: Vec<PartnerId>,
}

/// An action.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// What pays for it.
    pub funding_line: Option<String>,
    /// With whom it is held.
    pub partners: Vec<PartnerId>,
}

/// A municipality's time in a partnership.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Of which.
    pub partnership: PartnershipId,
    /// Who.
    pub municipality: Nis,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// A session: that an organiser had something to scan.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Whose activity.
    pub organiser: OrganiserId,
    /// When it began.
    pub starts_at: Timestamp,
}

/// The small tables, all of each.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Organisers.
    pub organisers: Vec<Organiser>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Members of partnerships, over time.
    pub members: Vec<Member>,
    /// Sessions.
    pub sessions: Vec<Session>,
}
