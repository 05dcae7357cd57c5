//! The facts, and how they are kept current.

use domain::{
    AccountId, ActionId, ActivityId, Baseline, HolderId, NewcomerReason, Nis, OrganiserId, OrganiserKind, PartnerId,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::cheque::ChequeKind;
use crate::day::{Day, number, number_or_never};
use crate::dictionary::{Dictionary, NONE, at};
use crate::input;
use crate::members::Members;
use crate::visits::{Span, Visits};

/// Arrays are made anew once a quarter of them is garbage and that is worth the work.
const GARBAGE_WORTH_IT: usize = 4096;

#[derive(Clone, Copy, Debug)]
pub(crate) struct HolderRow {
    pub(crate) id: HolderId,
    pub(crate) birth_year: i16,
    pub(crate) reason: NewcomerReason,
    pub(crate) baseline: Baseline,
    pub(crate) municipality: u16,
    pub(crate) partner: u32,
    pub(crate) counter: u32,
    pub(crate) member_on: Day,
    pub(crate) visits: Span,
    pub(crate) passes: Span,
    pub(crate) cheques: Span,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct PassRow {
    pub(crate) issued: Day,
    pub(crate) from: Day,
    pub(crate) until: Day,
    pub(crate) ended: Day,
    pub(crate) activated: Day,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ChequeRow {
    pub(crate) day: Day,
    pub(crate) organiser: u32,
    pub(crate) pieces: u32,
    pub(crate) cents: u32,
    pub(crate) municipality: u16,
    pub(crate) kind: ChequeKind,
    pub(crate) first_visit: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ActivityRow {
    pub(crate) organiser: u32,
    pub(crate) action: u32,
    /// Those of its action included, in order, none twice.
    pub(crate) partners: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct OrganiserRow {
    pub(crate) kind: OrganiserKind,
    pub(crate) municipality: u16,
}

/// Everything that is counted.
///
/// The visits of a holder lie side by side in order of time. Replacing one holder's appends the new ones and leaves the old
/// as garbage, which is thrown away once it is a quarter.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub(crate) holders: Vec<HolderRow>,
    holder_numbers: std::collections::HashMap<HolderId, u32>,
    pub(crate) visits: Visits,
    pub(crate) passes: Vec<PassRow>,
    pub(crate) cheques: Vec<ChequeRow>,
    live_visits: usize,
    live_passes: usize,
    live_cheques: usize,

    pub(crate) municipalities: Dictionary<Nis>,
    pub(crate) activity_types: Dictionary<String>,
    pub(crate) activity_ids: Dictionary<ActivityId>,
    pub(crate) activities: Vec<ActivityRow>,
    pub(crate) organiser_ids: Dictionary<OrganiserId>,
    pub(crate) organisers: Vec<Option<OrganiserRow>>,
    pub(crate) actions: Dictionary<ActionId>,
    /// By action.
    pub(crate) funding_lines: Vec<Option<String>>,
    pub(crate) partners: Dictionary<PartnerId>,
    pub(crate) counters: Dictionary<AccountId>,
    pub(crate) members: Members,
    /// The organiser and the beginning of each session.
    pub(crate) sessions: Vec<(u32, Timestamp)>,
}

impl Facts {
    /// No facts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many holders, and how many visits.
    #[must_use]
    pub const fn size(&self) -> (usize, usize) {
        (self.holders.len(), self.live_visits)
    }

    /// Makes room, so that a load of known size moves nothing.
    pub fn reserve(&mut self, holders: usize, visits: usize) {
        self.holders.reserve_exact(holders);
        self.holder_numbers.reserve(holders);
        self.passes.reserve_exact(holders);
        self.visits.reserve(visits);
    }

    /// The number of an activity. One that no table told of yet belongs to no organiser until the next does.
    pub fn activity(&mut self, id: ActivityId) -> u32 {
        let number = self.activity_ids.number(&id);
        while self.activities.len() <= at(number) {
            self.activities.push(ActivityRow {
                organiser: NONE,
                action: NONE,
                partners: Vec::new(),
            });
        }
        number
    }

    /// The number of a municipality.
    pub fn municipality(&mut self, nis: Nis) -> u16 {
        u16::try_from(self.municipalities.number(&nis)).unwrap_or(u16::MAX)
    }

    /// The number of an activity type.
    pub fn activity_type(&mut self, code: &str) -> u16 {
        let number = match self.activity_types.find(code) {
            Some(number) => number,
            None => self.activity_types.number(&code.to_owned()),
        };
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    /// The number of an organiser.
    pub fn organiser(&mut self, id: OrganiserId) -> u32 {
        let number = self.organiser_ids.number(&id);
        if self.organisers.len() <= at(number) {
            self.organisers.resize(at(number) + 1, None);
        }
        number
    }

    /// Takes the small tables in, all of each. What visits refer to keeps its number.
    pub fn set_tables(&mut self, tables: &input::Tables) {
        for organiser in &tables.organisers {
            let number = self.organiser(organiser.id);
            let municipality = self.municipality(organiser.municipality);
            if let Some(row) = self.organisers.get_mut(at(number)) {
                *row = Some(OrganiserRow {
                    kind: organiser.kind,
                    municipality,
                });
            }
        }
        let mut partners_of_action: Vec<Vec<u32>> = Vec::new();
        self.funding_lines.clear();
        for action in &tables.actions {
            let number = at(self.actions.number(&action.id));
            if self.funding_lines.len() <= number {
                self.funding_lines.resize(number + 1, None);
                partners_of_action.resize(number + 1, Vec::new());
            }
            let partners = action
                .partners
                .iter()
                .map(|partner| self.partners.number(partner))
                .collect();
            partners_of_action[number] = partners;
            self.funding_lines[number].clone_from(&action.funding_line);
        }
        for activity in &tables.activities {
            let number = self.activity(activity.id);
            let organiser = self.organiser(activity.organiser);
            let action = self.actions.number_or_none(activity.action.as_ref());
            let mut partners: Vec<u32> = activity
                .partners
                .iter()
                .map(|partner| self.partners.number(partner))
                .collect();
            partners.extend(partners_of_action.get(at(action)).into_iter().flatten());
            partners.sort_unstable();
            partners.dedup();
            if let Some(row) = self.activities.get_mut(at(number)) {
                *row = ActivityRow {
                    organiser,
                    action,
                    partners,
                };
            }
        }
        self.members = Members::default();
        for member in &tables.members {
            let municipality = self.municipality(member.municipality);
            self.members.add(
                member.partnership,
                municipality,
                number(member.from),
                number_or_never(member.until),
            );
        }
        self.members.sort();
        self.sessions = tables
            .sessions
            .iter()
            .map(|session| (self.organiser(session.organiser), session.starts_at))
            .collect();
    }

    /// Adds a holder, or replaces what is known of one. Passes, visits and cheques stay.
    pub fn set_holder(&mut self, holder: &input::Holder) {
        let municipality = self.municipality(holder.municipality);
        let row = HolderRow {
            id: holder.id,
            birth_year: holder.birth_year,
            reason: holder.reason,
            baseline: holder.baseline,
            municipality,
            partner: self.partners.number_or_none(holder.partner.as_ref()),
            counter: self.counters.number_or_none(holder.counter.as_ref()),
            member_on: number_or_never(holder.member_on),
            visits: Span::default(),
            passes: Span::default(),
            cheques: Span::default(),
        };
        match self.holder_numbers.get(&holder.id) {
            Some(number) => {
                if let Some(known) = self.holders.get_mut(at(*number)) {
                    *known = HolderRow {
                        visits: known.visits,
                        passes: known.passes,
                        cheques: known.cheques,
                        ..row
                    };
                }
            }
            None => {
                let number = u32::try_from(self.holders.len()).unwrap_or(NONE);
                self.holder_numbers.insert(holder.id, number);
                self.holders.push(row);
            }
        }
    }

    fn holder(&self, id: HolderId) -> Option<usize> {
        self.holder_numbers.get(&id).map(|number| at(*number))
    }

    /// Replaces a holder's passes. Of a holder that is not known: nothing happens.
    pub fn set_passes(&mut self, id: HolderId, passes: &[input::Pass]) {
        let mut rows: Vec<PassRow> = passes
            .iter()
            .map(|pass| PassRow {
                issued: number(pass.issued_on),
                from: number(pass.valid_from),
                until: number(pass.valid_until),
                ended: number_or_never(pass.ended_on),
                activated: number_or_never(pass.activated_on),
            })
            .collect();
        rows.sort_by_key(|pass| (pass.issued, pass.ended, pass.activated, pass.from, pass.until));
        let Some(place) = self.holder(id) else { return };
        let Some(holder) = self.holders.get_mut(place) else {
            return;
        };
        self.live_passes = self.live_passes + rows.len() - holder.passes.range().len();
        holder.passes = append(&mut self.passes, holder.passes, &rows);
        if is_worn(self.passes.len(), self.live_passes) {
            compact(
                &mut self.passes,
                self.holders.iter_mut().map(|holder| &mut holder.passes),
            );
        }
    }

    /// Replaces a holder's cheque facts. Of a holder that is not known: nothing happens.
    pub fn set_cheques(&mut self, id: HolderId, cheques: &[input::Cheque]) {
        let mut rows: Vec<ChequeRow> = cheques
            .iter()
            .map(|cheque| ChequeRow {
                day: number(cheque.day),
                organiser: cheque.organiser.unwrap_or(NONE),
                pieces: cheque.pieces,
                cents: cheque.cents,
                municipality: cheque.municipality,
                kind: cheque.kind,
                first_visit: cheque.first_visit,
            })
            .collect();
        rows.sort_by_key(|row| (row.day, row.kind.code(), row.organiser, row.pieces, row.cents));
        let Some(place) = self.holder(id) else { return };
        let Some(holder) = self.holders.get_mut(place) else {
            return;
        };
        self.live_cheques = self.live_cheques + rows.len() - holder.cheques.range().len();
        holder.cheques = append(&mut self.cheques, holder.cheques, &rows);
        if is_worn(self.cheques.len(), self.live_cheques) {
            compact(
                &mut self.cheques,
                self.holders.iter_mut().map(|holder| &mut holder.cheques),
            );
        }
    }

    /// Replaces a holder's visits, given in order of time. Of a holder that is not known: nothing happens.
    pub fn set_visits(&mut self, id: HolderId, visits: &[input::Visit]) {
        let Some(place) = self.holder(id) else { return };
        let Some(holder) = self.holders.get_mut(place) else {
            return;
        };
        self.live_visits = self.live_visits + visits.len() - holder.visits.range().len();
        holder.visits = self.visits.replace(holder.visits, visits);
        if is_worn(self.visits.len(), self.live_visits) {
            self.visits
                .compact(self.holders.iter_mut().map(|holder| &mut holder.visits));
        }
    }

    /// The first day on which anything happened that is counted.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        let first = self.holders.iter().flat_map(|holder| {
            // Each lies in order of time.
            let first = |span: Span| (!span.is_empty()).then_some(span.range().start);
            let visit = first(holder.visits).and_then(|at| self.visits.day.get(at).copied());
            let pass = first(holder.passes)
                .and_then(|at| self.passes.get(at))
                .map(|pass| pass.issued);
            let cheque = first(holder.cheques)
                .and_then(|at| self.cheques.get(at))
                .map(|cheque| cheque.day);
            [visit, pass, cheque].into_iter().flatten()
        });
        let first = first.min()?;
        crate::day::date(first)
    }
}

fn is_worn(all: usize, live: usize) -> bool {
    let garbage = all - live;
    garbage > GARBAGE_WORTH_IT && garbage * 4 > all
}

fn append<T: Copy>(all: &mut Vec<T>, old: Span, new: &[T]) -> Span {
    if old.range().end == all.len() {
        all.truncate(old.range().start);
    }
    let start = u32::try_from(all.len()).unwrap_or(u32::MAX);
    all.extend_from_slice(new);
    Span {
        start,
        len: u32::try_from(new.len()).unwrap_or(u32::MAX),
    }
}

fn compact<'s, T: Copy>(all: &mut Vec<T>, spans: impl Iterator<Item = &'s mut Span>) {
    let mut kept = Vec::with_capacity(all.len());
    for span in spans {
        let start = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        kept.extend_from_slice(all.get(span.range()).unwrap_or_default());
        span.start = start;
    }
    *all = kept;
}
