//! The keys of a dimension, and which of them a fact has.

use std::collections::BTreeSet;

use domain::{AgeBand, Dimension, NO_KEY, PartnershipId};

use crate::calendar::Calendar;
use crate::day::Day;
use crate::dictionary::{NONE, at};
use crate::store::Facts;

/// What dimensions look at. Of a fact that lacks something (a pass has no activity), it is not asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    /// The holder's place.
    pub(crate) holder: u32,
    pub(crate) day: Day,
    /// The holder's, at that time.
    pub(crate) municipality: u16,
    /// The place of the visit, if it is one: what else is known of it is looked up only where it is asked.
    pub(crate) visit: usize,
    /// Of a cheque.
    pub(crate) organiser: u32,
}

/// What kind of facts is counted: the partner of a visit is not that of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Visits,
    Others,
}

/// How a fact finds its keys. A table ends with the key of none, for numbers that are none.
#[derive(Debug)]
enum By {
    Municipality(Vec<u32>),
    OrganiserMunicipality(Vec<u32>),
    Organiser(Vec<u32>),
    ActivityType(Vec<u32>),
    Activity(Vec<u32>),
    /// Several keys: from where to where in the second list.
    Activities(Vec<(u32, u32)>, Vec<u32>),
    Taalicoon([u32; 5]),
    Holder(Vec<u32>),
    /// By years of age.
    Age(Vec<u32>),
    /// By municipality: first and last day, and the key; in the end the key of none.
    Partnership(Vec<Vec<(Day, Day, u32)>>, u32),
}

/// A dimension over the facts.
#[derive(Debug)]
pub(crate) struct Axis {
    /// In order.
    pub(crate) keys: Vec<String>,
    /// Keys that stay although nothing is counted: people look for their municipality.
    pub(crate) stay: BTreeSet<String>,
    by: By,
}

/// The keys in order, none twice, and the place of each given one among them. One for none is added at the end of the table.
fn table(keys: impl Iterator<Item = String>) -> (Vec<String>, Vec<u32>) {
    let given: Vec<String> = keys.chain([NO_KEY.to_owned()]).collect();
    let mut ordered: Vec<String> = given.clone();
    ordered.sort_unstable();
    ordered.dedup();
    let place = |key: &String| ordered.binary_search(key).unwrap_or(0);
    let places = given.iter().map(|key| u32::try_from(place(key)).unwrap_or(0)).collect();
    (ordered, places)
}

/// The entry of a number; that of none for a number beyond.
fn look(table: &[u32], number: usize) -> &[u32] {
    let number = number.min(table.len().saturating_sub(1));
    table.get(number..=number).unwrap_or_default()
}

impl Axis {
    /// `None` for months, which are periods.
    pub(crate) fn new(facts: &Facts, dimension: Dimension, of: Of, partnership: Option<PartnershipId>) -> Option<Self> {
        let mut stay = BTreeSet::new();
        let none = || NO_KEY.to_owned();
        let (keys, by) = match dimension {
            Dimension::Month => return None,
            Dimension::Municipality => {
                for (number, nis) in facts.municipalities.keys().iter().enumerate() {
                    let mut times = facts.members.of(number).iter();
                    if times.any(|time| partnership.is_none_or(|asked| asked == time.partnership)) {
                        stay.insert(nis.to_string());
                    }
                }
                let (keys, places) = table(facts.municipalities.keys().iter().map(ToString::to_string));
                (keys, By::Municipality(places))
            }
            Dimension::ActivityMunicipality => {
                let (keys, places) = table(facts.municipalities.keys().iter().map(ToString::to_string));
                (keys, By::OrganiserMunicipality(places))
            }
            Dimension::Organiser => {
                let (keys, places) = table(facts.organiser_ids.keys().iter().map(ToString::to_string));
                (keys, of_organisers(facts, of, places))
            }
            Dimension::OrganiserKind => {
                let kind = |row: &Option<crate::store::OrganiserRow>| {
                    row.as_ref().map_or_else(none, |row| row.kind.code().to_owned())
                };
                let (keys, places) = table(facts.organisers.iter().map(kind));
                (keys, of_organisers(facts, of, places))
            }
            Dimension::ActivityType => {
                let (keys, places) = table(facts.activity_types.keys().iter().cloned());
                (keys, By::ActivityType(places))
            }
            Dimension::Action => {
                let (keys, places) = table(facts.activities.iter().map(|activity| {
                    facts
                        .actions
                        .key(activity.action)
                        .map_or_else(none, ToString::to_string)
                }));
                (keys, By::Activity(places))
            }
            Dimension::FundingLine => {
                let (keys, places) = table(facts.activities.iter().map(|activity| {
                    let line = facts.funding_lines.get(at(activity.action));
                    line.and_then(Clone::clone).unwrap_or_else(none)
                }));
                (keys, By::Activity(places))
            }
            Dimension::Partner if of == Of::Visits => several_partners(facts),
            Dimension::Partner => {
                let (keys, places) = table(facts.partners.keys().iter().map(ToString::to_string));
                let of_holders = facts
                    .holders
                    .iter()
                    .flat_map(|holder| look(&places, at(holder.partner)));
                let of_holders = of_holders.copied().collect();
                (keys, By::Holder(of_holders))
            }
            Dimension::Counter => {
                let (keys, places) = table(facts.counters.keys().iter().map(ToString::to_string));
                let of_holders = facts
                    .holders
                    .iter()
                    .flat_map(|holder| look(&places, at(holder.counter)));
                let of_holders = of_holders.copied().collect();
                (keys, By::Holder(of_holders))
            }
            Dimension::NewcomerReason => {
                let (keys, places) = table(facts.holders.iter().map(|holder| holder.reason.code().to_owned()));
                (keys, By::Holder(places))
            }
            Dimension::AgeBand => {
                let (keys, places) = table(AgeBand::ALL.iter().map(|band| band.code().to_owned()));
                let by_age = (0..=OLDEST).map(|age| places.get(AgeBand::of(0, age) as usize).copied().unwrap_or(0));
                (keys, By::Age(by_age.collect()))
            }
            Dimension::DutchLevel => {
                let (keys, places) = table((1..=4).map(|level: u8| level.to_string()));
                let [one, two, three, four, without] = *places.first_chunk::<5>()?;
                (keys, By::Taalicoon([without, one, two, three, four]))
            }
            Dimension::Partnership => partnerships(facts),
        };
        Some(Self { keys, stay, by })
    }

    /// Whether the keys of what a holder has can change from day to day.
    pub(crate) const fn changes_with_time(&self) -> bool {
        matches!(self.by, By::Age(_) | By::Partnership(..))
    }

    /// The keys of a fact: one, except where a visit has several partners.
    #[inline]
    pub(crate) fn of(&self, fact: &Fact, facts: &Facts, calendar: &Calendar) -> &[u32] {
        let visits = &facts.visits;
        match &self.by {
            By::Municipality(table) => look(table, usize::from(fact.municipality)),
            By::OrganiserMunicipality(table) => look(table, usize::from(visits.organiser_municipality[fact.visit])),
            By::Organiser(table) => look(table, at(fact.organiser)),
            By::ActivityType(table) => look(table, usize::from(visits.activity_type[fact.visit])),
            By::Activity(table) => look(table, at(visits.activity[fact.visit])),
            By::Activities(spans, keys) => {
                let place = at(visits.activity[fact.visit]).min(spans.len().saturating_sub(1));
                let span = spans.get(place).map(|(from, until)| at(*from)..at(*until));
                span.and_then(|span| keys.get(span)).unwrap_or_default()
            }
            By::Taalicoon(table) => look(table, usize::from(visits.taalicoon[fact.visit]).min(4)),
            By::Holder(table) => look(table, at(fact.holder)),
            By::Age(table) => {
                let born = facts.holders.get(at(fact.holder)).map_or(0, |holder| holder.birth_year);
                let age = calendar.year(fact.day).saturating_sub(born).max(0);
                look(table, usize::from(age.unsigned_abs()))
            }
            By::Partnership(times, none) => {
                let times = times.get(usize::from(fact.municipality)).map_or(&[][..], Vec::as_slice);
                let found = times
                    .iter()
                    .find(|(from, until, _)| (*from..=*until).contains(&fact.day));
                std::slice::from_ref(found.map_or(none, |(_, _, key)| key))
            }
        }
    }
}

/// Years of age that are told apart; whoever is older is in the last band too.
const OLDEST: i16 = 130;

/// By organiser: of a visit by its activity, which has one.
fn of_organisers(facts: &Facts, of: Of, places: Vec<u32>) -> By {
    if of == Of::Others {
        return By::Organiser(places);
    }
    let organisers = facts.activities.iter().map(|activity| activity.organiser).chain([NONE]);
    By::Activity(
        organisers
            .flat_map(|organiser| look(&places, at(organiser)))
            .copied()
            .collect(),
    )
}

/// Partners of the activity and of its action, or none.
fn several_partners(facts: &Facts) -> (Vec<String>, By) {
    let (keys, places) = table(facts.partners.keys().iter().map(ToString::to_string));
    let mut list = Vec::new();
    let mut spans = Vec::with_capacity(facts.activities.len() + 1);
    let place = |list: &Vec<u32>| u32::try_from(list.len()).unwrap_or(u32::MAX);
    for activity in &facts.activities {
        let from = place(&list);
        for partner in &activity.partners {
            list.extend(look(&places, at(*partner)));
        }
        if activity.partners.is_empty() {
            list.extend(places.last());
        }
        spans.push((from, place(&list)));
    }
    let from = place(&list);
    list.extend(places.last());
    spans.push((from, place(&list)));
    (keys, By::Activities(spans, list))
}

fn partnerships(facts: &Facts) -> (Vec<String>, By) {
    let (keys, places) = table(facts.members.partnerships().iter().map(ToString::to_string));
    let known = facts.members.partnerships();
    let count = facts.municipalities.keys().len();
    let times = (0..count).map(|municipality| {
        let times = facts.members.of(municipality).iter();
        times
            .filter_map(|time| {
                let number = known.binary_search(&time.partnership).ok()?;
                Some((time.from, time.until, *places.get(number)?))
            })
            .collect()
    });
    let none = places.last().copied().unwrap_or(0);
    (keys, By::Partnership(times.collect(), none))
}
