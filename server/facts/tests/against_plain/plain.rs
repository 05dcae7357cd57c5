//! The same counts in plain words: lists of facts, filters and sets. Slow, and easy to read beside `docs/figures.md` §2.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ActionId, ActivityId, AgeBand, Baseline, Dimension, HolderId, Measure, Nis, OrganiserId, OrganiserKind,
    PAID_MORE_THAN_CENTS, PartnerId, PartnershipId, Period,
};
use facts::{ChequeKind, input};
use jiff::ToSpan as _;
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) activity: ActivityId,
    pub(crate) municipality: Nis,
    pub(crate) organiser_municipality: Nis,
    pub(crate) activity_type: String,
    pub(crate) day: Date,
    pub(crate) price: u32,
    pub(crate) pass_price: u32,
    pub(crate) minutes: u32,
    pub(crate) taalicoon: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Cheque {
    pub(crate) kind: ChequeKind,
    pub(crate) municipality: Nis,
    pub(crate) organiser: Option<OrganiserId>,
    pub(crate) day: Date,
    pub(crate) pieces: u32,
    pub(crate) cents: u32,
    pub(crate) first_visit: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) holder: input::Holder,
    pub(crate) passes: Vec<input::Pass>,
    /// In order of time.
    pub(crate) visits: Vec<Visit>,
    pub(crate) cheques: Vec<Cheque>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) people: BTreeMap<HolderId, Person>,
    pub(crate) tables: input::Tables,
}

/// One thing that is counted: whose, its keys, how much.
struct Item<'a> {
    person: &'a Person,
    day: Date,
    municipality: Nis,
    visit: Option<&'a Visit>,
    organiser: Option<OrganiserId>,
    value: u64,
}

/// By keys (`None`: the total over that dimension): people and value.
pub(crate) type Table = BTreeMap<Vec<Option<String>>, (u64, u64)>;

impl World {
    fn activity(&self, id: ActivityId) -> &input::Activity {
        self.tables
            .activities
            .iter()
            .find(|activity| activity.id == id)
            .unwrap()
    }

    fn action(&self, id: Option<ActionId>) -> Option<&input::Action> {
        self.tables.actions.iter().find(|action| Some(action.id) == id)
    }

    fn is_member(&self, partnership: PartnershipId, municipality: Nis, day: Date) -> bool {
        self.tables.members.iter().any(|member| {
            member.partnership == partnership
                && member.municipality == municipality
                && member.from <= day
                && member.until.is_none_or(|until| day <= until)
        })
    }

    fn items(&self, measure: Measure, period: Period, today: Date) -> Vec<Item<'_>> {
        let mut items = Vec::new();
        for person in self.people.values() {
            let visits = &person.visits;
            let visit = |visit: &'_ Visit, value: u64| (visit.day, visit.municipality, value);
            let stayed = visits.first().is_some_and(|first| {
                let within: Vec<&Visit> = visits
                    .iter()
                    .filter(|visit| visit.day <= first.day.saturating_add(180.days()))
                    .collect();
                let months: BTreeSet<_> = within
                    .iter()
                    .map(|visit| (visit.day.year(), visit.day.month()))
                    .collect();
                within.len() >= 3 && months.len() >= 2
            });
            let of_dutch = |visit: &Visit| {
                if visit.taalicoon == 0 {
                    0
                } else {
                    u64::from(visit.minutes)
                }
            };
            for (number, one) in visits.iter().enumerate() {
                let value = match measure {
                    Measure::Participations | Measure::Participants => 1,
                    Measure::FirstParticipants if number == 0 => 1,
                    Measure::NewToLeisure if number == 0 => u64::from(person.holder.baseline == Baseline::No),
                    Measure::Sustained if stayed => 1,
                    Measure::ThresholdCents if one.price > one.pass_price => u64::from(one.price - one.pass_price),
                    Measure::WouldHavePaidMore => u64::from(one.price),
                    Measure::PracticeMinutes | Measure::PracticeParticipants | Measure::Practice40
                        if of_dutch(one) > 0 =>
                    {
                        of_dutch(one)
                    }
                    _ => continue,
                };
                let (day, municipality, value) = visit(one, value);
                items.push(Item {
                    person,
                    day,
                    municipality,
                    visit: Some(one),
                    organiser: Some(self.activity(one.activity).organiser),
                    value,
                });
            }
            let own = |day: Date| Item {
                person,
                day,
                municipality: person.holder.municipality,
                visit: None,
                organiser: None,
                value: 1,
            };
            let first_pass = person.passes.iter().map(|pass| pass.issued_on).min();
            let last_visit = visits.last().map(|visit| visit.day);
            let after = |months: i32| {
                first_pass
                    .zip(last_visit)
                    .is_some_and(|(issued, last)| last >= issued.saturating_add(months.months()))
            };
            let counts = match measure {
                Measure::PassesIssued => {
                    items.extend(person.passes.iter().map(|pass| own(pass.issued_on)));
                    false
                }
                Measure::PassesActive => {
                    let day = period.last().min(today);
                    let active = person.passes.iter().filter(|pass| {
                        pass.issued_on <= day
                            && pass.valid_from <= day
                            && day <= pass.valid_until
                            && pass.ended_on.is_none_or(|ended| day < ended)
                    });
                    if period.first() <= today {
                        items.extend(active.map(|_| own(day)));
                    }
                    false
                }
                Measure::FunnelIssued => true,
                Measure::FunnelActivated => {
                    !visits.is_empty() || person.passes.iter().any(|pass| pass.activated_on.is_some())
                }
                Measure::FunnelFirst => !visits.is_empty(),
                Measure::FunnelThird => visits.len() > 2,
                Measure::FunnelMember => person.holder.member_on.is_some(),
                Measure::Retained1 => after(1),
                Measure::Retained3 => after(3),
                Measure::Retained6 => after(6),
                Measure::Retained12 => after(12),
                _ => false,
            };
            if counts {
                items.extend(first_pass.map(own));
            }
            for cheque in &person.cheques {
                let value = match (measure, cheque.kind) {
                    (Measure::ChequesIssued, ChequeKind::Issued)
                    | (Measure::ChequesActivated, ChequeKind::Activated)
                    | (Measure::ChequesRedeemed, ChequeKind::Redeemed)
                    | (Measure::ChequesExpired, ChequeKind::Expired)
                    | (Measure::ChequesReversed, ChequeKind::Reversed)
                    | (Measure::ChequesOfflineLoss, ChequeKind::OfflineLoss) => cheque.pieces,
                    (Measure::ChequesRedeemedCents, ChequeKind::Redeemed) => cheque.cents,
                    (Measure::ChequesFirstVisitors, ChequeKind::Redeemed) if cheque.first_visit => 1,
                    _ => continue,
                };
                items.push(Item {
                    municipality: cheque.municipality,
                    organiser: cheque.organiser,
                    value: u64::from(value),
                    ..own(cheque.day)
                });
            }
        }
        items.retain(|item| period.contains(item.day) || measure == Measure::PassesActive);
        items
    }

    fn keys(&self, item: &Item<'_>, dimension: Dimension) -> Vec<String> {
        let or_none = |key: Option<String>| vec![key.unwrap_or_else(|| "none".to_owned())];
        let activity = item.visit.map(|visit| self.activity(visit.activity));
        let action = activity.and_then(|activity| self.action(activity.action));
        let organiser = self
            .tables
            .organisers
            .iter()
            .find(|known| Some(known.id) == item.organiser);
        match dimension {
            Dimension::Municipality => vec![item.municipality.to_string()],
            Dimension::Organiser => or_none(item.organiser.map(|id| id.to_string())),
            Dimension::OrganiserKind => or_none(organiser.map(|known: &input::Organiser| {
                let kind: OrganiserKind = known.kind;
                kind.code().to_owned()
            })),
            Dimension::ActivityType => or_none(item.visit.map(|visit| visit.activity_type.clone())),
            Dimension::Action => or_none(action.map(|action| action.id.to_string())),
            Dimension::FundingLine => or_none(action.and_then(|action| action.funding_line.clone())),
            Dimension::Partner if item.visit.is_some() => {
                let of_activity = activity.map(|activity| activity.partners.clone()).unwrap_or_default();
                let of_action = action.map(|action| action.partners.clone()).unwrap_or_default();
                let all: BTreeSet<PartnerId> = of_activity.into_iter().chain(of_action).collect();
                if all.is_empty() {
                    vec!["none".to_owned()]
                } else {
                    all.iter().map(ToString::to_string).collect()
                }
            }
            Dimension::Partner => or_none(item.person.holder.partner.map(|id| id.to_string())),
            Dimension::Counter => or_none(item.person.holder.counter.map(|id| id.to_string())),
            Dimension::AgeBand => {
                let band = AgeBand::of(item.person.holder.birth_year, item.day.year());
                vec![band.code().to_owned()]
            }
            Dimension::NewcomerReason => vec![item.person.holder.reason.code().to_owned()],
            Dimension::DutchLevel => {
                let level = item.visit.map_or(0, |visit| visit.taalicoon);
                or_none((level > 0).then(|| level.to_string()))
            }
            Dimension::Partnership => {
                let mut all: Vec<PartnershipId> = self.tables.members.iter().map(|member| member.partnership).collect();
                all.sort_unstable();
                let own = all
                    .into_iter()
                    .find(|id| self.is_member(*id, item.municipality, item.day));
                or_none(own.map(|id| id.to_string()))
            }
            Dimension::ActivityMunicipality => {
                or_none(item.visit.map(|visit| visit.organiser_municipality.to_string()))
            }
            Dimension::Month => unreachable!("months are periods"),
        }
    }

    /// Counts a measure over one period.
    pub(crate) fn count(
        &self,
        measure: Measure,
        by: &[Dimension],
        partnership: Option<PartnershipId>,
        period: Period,
        today: Date,
    ) -> Table {
        let mut sums: BTreeMap<Vec<Option<String>>, BTreeMap<HolderId, u64>> = BTreeMap::new();
        for item in self.items(measure, period, today) {
            let member = |partnership| self.is_member(partnership, item.municipality, item.day);
            if !partnership.is_none_or(member) {
                continue;
            }
            let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new()];
            for dimension in by {
                let keys = self.keys(&item, *dimension);
                let keys: Vec<Option<String>> = keys.into_iter().map(Some).chain([None]).collect();
                cells = cells
                    .iter()
                    .flat_map(|cell| {
                        keys.iter()
                            .map(|key| [cell.as_slice(), std::slice::from_ref(key)].concat())
                    })
                    .collect();
            }
            for cell in cells {
                *sums.entry(cell).or_default().entry(item.person.holder.id).or_default() += item.value;
            }
        }
        let value = |own: &BTreeMap<HolderId, u64>| -> u64 {
            match measure {
                Measure::WouldHavePaidMore => own.values().filter(|sum| **sum > PAID_MORE_THAN_CENTS).count() as u64,
                Measure::Practice40 => own.values().filter(|sum| **sum >= 2400).count() as u64,
                Measure::PassesIssued | Measure::PassesActive | Measure::NewToLeisure => own.values().sum(),
                _ if measure.counts_people() => own.len() as u64,
                _ => own.values().sum(),
            }
        };
        sums.into_iter()
            .map(|(cell, own)| (cell, (own.len() as u64, value(&own))))
            .collect()
    }
}
