//! The rows of the programme as the rest of the product sees them: plain data, no behaviour.

use domain::{
    ActionId, ActivityId, AgreementId, AnchoringDecision, BasisPoints, BbcCode, BudgetLineId, Cents, CostKind,
    CostLineId, Dimension, FigureCode, MeetingId, NetworkKind, NetworkMemberId, Nis, OwnShareSplit, PartnerId,
    PartnershipId, Period, PracticeId,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::records::Partner;

/// An action of the work plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// Whose work plan.
    pub partnership: PartnershipId,
    /// What it is called.
    pub name: String,
    /// What pays for it: "Impulssubsidie 2026".
    pub funding_line: Option<String>,
    /// Its code in the multi-year plan.
    pub bbc_code: Option<BbcCode>,
    /// With whom, by name.
    pub partners: Vec<Partner>,
    /// How many activities belong to it.
    pub activities: u64,
    /// The local day of its first activity, planned or past.
    pub first_day: Option<Date>,
    /// What was spent in the filter's days. `None`: the scope may not read finances.
    pub cost: Option<Cents>,
    /// What was decided last.
    pub decision: Option<Decision>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// Which actions, and which of their costs and decisions. The default is all of the scope.
#[derive(Clone, Debug, Default)]
pub struct ActionFilter {
    /// Only of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only costs from this day.
    pub from: Option<Date>,
    /// Only costs and decisions up to this day, included.
    pub until: Option<Date>,
    /// Only what had been written down by then.
    pub as_of: Option<Timestamp>,
}

/// An action to be added.
#[derive(Clone, Debug, Default)]
pub struct NewAction {
    /// Whose; `None`: the scope's own, else the oldest partnership.
    pub partnership: Option<PartnershipId>,
    /// The rest.
    pub action: ActionChange,
}

/// What can change of an action.
#[derive(Clone, Debug, Default)]
pub struct ActionChange {
    /// 1–120 characters.
    pub name: String,
    /// Up to 60 characters.
    pub funding_line: Option<String>,
    /// Its code in the multi-year plan.
    pub bbc_code: Option<BbcCode>,
    /// With whom.
    pub partners: Vec<PartnerId>,
}

/// An activity as an action's list needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionActivity {
    /// Its id.
    pub id: ActivityId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub organiser_name: String,
    /// The start of its first session.
    pub first_start: Option<Timestamp>,
}

/// What was decided about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// About which action.
    pub action: ActionId,
    /// What.
    pub decision: AnchoringDecision,
    /// On which day.
    pub decided_on: Date,
    /// The code under which it goes on.
    pub bbc_code: Option<BbcCode>,
    /// Why, in words; may be empty.
    pub reason: String,
    /// When it was written down.
    pub recorded_at: Timestamp,
}

/// A decision to be written down.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// About which action.
    pub action: ActionId,
    /// What.
    pub decision: AnchoringDecision,
    /// On which day; not in the future.
    pub decided_on: Date,
    /// The code under which it goes on; `None`: the action's own, if it has one.
    pub bbc_code: Option<BbcCode>,
    /// Up to 1000 characters.
    pub reason: String,
}

/// What was spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// Its id.
    pub id: CostLineId,
    /// For which action; `None`: for the partnership as a whole.
    pub action: Option<ActionId>,
    /// What on.
    pub kind: CostKind,
    /// What, in words.
    pub description: String,
    /// How much.
    pub cents: Cents,
    /// When.
    pub spent_on: Date,
}

/// A cost line to be added.
#[derive(Clone, Debug)]
pub struct NewCostLine {
    /// Whose; `None`: the action's, else the scope's own, else the oldest partnership.
    pub partnership: Option<PartnershipId>,
    /// For which action; `None`: for the partnership as a whole.
    pub action: Option<ActionId>,
    /// What on.
    pub kind: CostKind,
    /// 1–200 characters.
    pub description: String,
    /// More than zero.
    pub cents: Cents,
    /// Not in the future.
    pub spent_on: Date,
}

/// Which cost lines. The default is all of the scope.
#[derive(Clone, Debug, Default)]
pub struct CostFilter {
    /// Only of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only of this action.
    pub action: Option<ActionId>,
    /// Only from this day.
    pub from: Option<Date>,
    /// Only up to this day, included.
    pub until: Option<Date>,
    /// Only what stood there then.
    pub as_of: Option<Timestamp>,
}

/// What may be spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its id.
    pub id: BudgetLineId,
    /// The work year.
    pub year: Period,
    /// For which action; `None`: for the partnership as a whole.
    pub action: Option<ActionId>,
    /// What on.
    pub kind: CostKind,
    /// What, in words.
    pub description: String,
    /// How much.
    pub cents: Cents,
}

/// A budget line to be added.
#[derive(Clone, Debug)]
pub struct NewBudgetLine {
    /// Whose; `None`: the action's, else the scope's own, else the oldest partnership.
    pub partnership: Option<PartnershipId>,
    /// The work year.
    pub year: Period,
    /// For which action; `None`: for the partnership as a whole.
    pub action: Option<ActionId>,
    /// What on.
    pub kind: CostKind,
    /// 1–200 characters.
    pub description: String,
    /// More than zero.
    pub cents: Cents,
}

/// What pays for a work year, and how the municipalities split their part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetYear {
    /// The work year.
    pub year: Period,
    /// The subsidy that was granted.
    pub subsidy: Cents,
    /// The municipalities' own share of all costs.
    pub own_share: BasisPoints,
    /// How they split it.
    pub split: OwnShareSplit,
    /// The weight of each municipality: 1, its inhabitants, or hundredths of a percent that make 10,000 together.
    pub weights: Vec<(Nis, u64)>,
}

/// Budget and spending of one action, or of the partnership as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetRow {
    /// The action; `None`: what belongs to none.
    pub action: Option<ActionId>,
    /// Its name; empty for what belongs to none.
    pub name: String,
    /// What may be spent.
    pub budget: Cents,
    /// What was spent.
    pub spent: Cents,
}

/// Budget and spending on one kind of cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindTotal {
    /// The kind.
    pub kind: CostKind,
    /// What may be spent.
    pub budget: Cents,
    /// What was spent.
    pub spent: Cents,
}

/// What one municipality pays of the own share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MunicipalShare {
    /// Which.
    pub municipality: Nis,
    /// Its name.
    pub name: String,
    /// Its weight in the split; over several work years of the last of them.
    pub weight: u64,
    /// Of the own share in the budget.
    pub of_budget: Cents,
    /// Of the own share in what was spent.
    pub of_spent: Cents,
}

/// The money of a work year, or of all work years together.
///
/// The own share is its part of all costs, rounded to the cent; the subsidy pays the rest, at most what was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The work year, or `project`.
    pub period: Period,
    /// Per action by name, then what belongs to none.
    pub rows: Vec<BudgetRow>,
    /// Per kind of cost, those without any left out.
    pub kinds: Vec<KindTotal>,
    /// All that may be spent.
    pub budget: Cents,
    /// All that was spent.
    pub spent: Cents,
    /// The subsidy that was granted.
    pub subsidy: Cents,
    /// What the subsidy pays of what was spent.
    pub subsidy_used: Cents,
    /// The own share of all costs; over several work years of the last of them.
    pub own_share: BasisPoints,
    /// How it is split; over several work years in the last of them.
    pub split: OwnShareSplit,
    /// The own share in the budget.
    pub own_of_budget: Cents,
    /// The own share in what was spent.
    pub own_of_spent: Cents,
    /// Spent, and paid by neither the subsidy nor the own share.
    pub uncovered: Cents,
    /// Per municipality by name.
    pub shares: Vec<MunicipalShare>,
}

/// What was agreed with a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// With whom.
    pub partner: PartnerId,
    /// The partner's name.
    pub partner_name: String,
    /// When.
    pub agreed_on: Date,
    /// Its last day; `None`: until somebody says otherwise.
    pub ends_on: Option<Date>,
    /// What, in words.
    pub text: String,
}

/// An agreement to be added.
#[derive(Clone, Debug)]
pub struct NewAgreement {
    /// Whose; `None`: the scope's own, else the oldest partnership.
    pub partnership: Option<PartnershipId>,
    /// With whom.
    pub partner: PartnerId,
    /// When.
    pub agreed_on: Date,
    /// Its last day, not before the first.
    pub ends_on: Option<Date>,
    /// 1–2000 characters.
    pub text: String,
}

/// A municipality or OCMW in a member of the learning network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkBody {
    /// As it was typed: "OCMW Neerpelt".
    pub name: String,
    /// The municipality, when the name is one that is known.
    pub municipality: Option<Nis>,
    /// The last day of that municipality, when it merged.
    pub until: Option<Date>,
    /// The name of what it merged into.
    pub now: Option<String>,
}

/// A member of the learning network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkMember {
    /// Its id.
    pub id: NetworkMemberId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: NetworkKind,
    /// Who works together in it.
    pub bodies: Vec<NetworkBody>,
    /// First day.
    pub joined_on: Date,
    /// Last day; `None`: it still belongs.
    pub left_on: Option<Date>,
    /// What it went on in.
    pub successor: Option<NetworkMemberId>,
    /// What that is called.
    pub successor_name: Option<String>,
}

/// A member to be added or changed.
#[derive(Clone, Debug)]
pub struct NewNetworkMember {
    /// Who keeps it; `None`: the scope's own, else the oldest partnership. A change leaves it as it is.
    pub partnership: Option<PartnershipId>,
    /// 1–120 characters.
    pub name: String,
    /// What it is.
    pub kind: NetworkKind,
    /// At most 60, each 1–120 characters.
    pub bodies: Vec<String>,
    /// First day.
    pub joined_on: Date,
    /// Last day, not before the first; needed with a successor.
    pub left_on: Option<Date>,
    /// What it went on in: another member, and never in a circle.
    pub successor: Option<NetworkMemberId>,
}

/// A meeting of the learning network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// What it was about.
    pub title: String,
    /// When.
    pub held_on: Date,
    /// Who was there, by name.
    pub attendees: Vec<(NetworkMemberId, String)>,
    /// What was said. `None`: the scope does not manage the programme.
    pub notes: Option<String>,
}

/// A meeting to be added.
#[derive(Clone, Debug)]
pub struct NewMeeting {
    /// Who keeps it; `None`: the scope's own, else the oldest partnership.
    pub partnership: Option<PartnershipId>,
    /// 1–120 characters.
    pub title: String,
    /// When; may be in the future.
    pub held_on: Date,
    /// Who was there.
    pub attendees: Vec<NetworkMemberId>,
    /// Up to 4000 characters.
    pub notes: String,
}

/// A figure that backs a practice: asked anew, and protected, each time somebody looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeFigure {
    /// Which figure.
    pub code: FigureCode,
    /// Over which period of the fixed grid.
    pub period: Period,
    /// Split by what; at most two.
    pub by: Vec<Dimension>,
}

/// A practice sheet: a solution that others can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its id.
    pub id: PracticeId,
    /// Who keeps it.
    pub partnership: PartnershipId,
    /// Which member shared it, and its name; `None`: the partnership itself.
    pub member: Option<(NetworkMemberId, String)>,
    /// The action it comes from, and its name.
    pub action: Option<(ActionId, String)>,
    /// What it is called.
    pub title: String,
    /// What was wrong.
    pub problem: String,
    /// What was done.
    pub approach: String,
    /// What came of it, in words.
    pub result: String,
    /// When it was shared.
    pub shared_on: Date,
    /// What backs it.
    pub figures: Vec<PracticeFigure>,
}

/// A practice sheet to be added or changed.
#[derive(Clone, Debug)]
pub struct NewPractice {
    /// Who keeps it; `None`: the scope's own, else the oldest partnership. A change leaves it as it is.
    pub partnership: Option<PartnershipId>,
    /// Which member shared it; `None`: the partnership itself.
    pub member: Option<NetworkMemberId>,
    /// The action it comes from.
    pub action: Option<ActionId>,
    /// 1–120 characters.
    pub title: String,
    /// 1–2000 characters.
    pub problem: String,
    /// 1–4000 characters.
    pub approach: String,
    /// 1–2000 characters.
    pub result: String,
    /// When it is shared: before that day only who manages the programme sees it.
    pub shared_on: Date,
    /// At most 8.
    pub figures: Vec<PracticeFigure>,
}

/// Which practice sheets. The default is all of the scope.
#[derive(Clone, Debug, Default)]
pub struct PracticeFilter {
    /// Only of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only shared from this day.
    pub from: Option<Date>,
    /// Only shared up to this day, included.
    pub until: Option<Date>,
}
