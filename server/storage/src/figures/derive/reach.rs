//! `reach`: the part of those who could that came.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Dimension, FigureCell, Measure, Nis, Period};
use jiff::civil::Date;

use super::cells::share;
use super::draft::{At, Draft};
use super::source::Source;
use crate::denominators::Denominator;
use crate::error::Result;
use crate::records::{Municipality, Partnership};

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    source.load(&[Measure::Participants, Measure::PassesActive]).await?;
    let newcomers = Newcomers::read(source).await?;
    let source = &*source;
    let mut draft = source.draft(|at| {
        let people = source.now(Measure::Participants, at);
        let passes = source.now(Measure::PassesActive, at);
        let newcomers = newcomers.cell(source, at);
        let shares = [share(&people, &passes), share(&people, &newcomers)];
        let [of_passes, of_newcomers] = shares;
        vec![people, passes, newcomers, of_passes, of_newcomers]
    });
    draft.notes = newcomers.notes(source);
    Ok(draft)
}

/// How many newcomers there are, where somebody counted them. What nobody counted is not guessed.
struct Newcomers {
    by_year: BTreeMap<i16, BTreeMap<Nis, Denominator>>,
    places: Vec<Municipality>,
    partnerships: Vec<Partnership>,
}

impl Newcomers {
    async fn read(source: &Source<'_>) -> Result<Self> {
        let (store, scope) = (source.store, source.scope);
        let mut years = BTreeSet::from([year_of(source, source.plan.period)]);
        if source.plan.shown.contains(&Dimension::Month) {
            years.extend(source.months().into_iter().map(|month| year_of(source, month)));
        }
        let mut by_year = BTreeMap::new();
        for year in years {
            by_year.insert(year, store.denominators(scope, year, source.plan.as_of).await?);
        }
        Ok(Self {
            by_year,
            places: store.municipality_history(scope).await?,
            partnerships: store.partnerships(scope).await?,
        })
    }

    /// Of the places of a row; nothing where newcomers cannot be split as the row is.
    fn cell(&self, source: &Source<'_>, at: &At<'_>) -> FigureCell {
        let Some(places) = self.places_of(source, at) else {
            return FigureCell::Nothing;
        };
        let year = year_of(source, at.period);
        let found: Option<Vec<u64>> = places.iter().map(|&place| self.of(year, place)).collect();
        match found {
            Some(found) if !found.is_empty() => FigureCell::count(found.iter().sum()),
            _ => FigureCell::NoDenominator,
        }
    }

    /// The municipalities of a row: its own, those of its partnership, or all.
    fn places_of(&self, source: &Source<'_>, at: &At<'_>) -> Option<Vec<Nis>> {
        let plan = source.plan;
        let keys = plan.shown.iter().copied().zip(at.key.iter().map(String::as_str));
        let filter = plan.filter.iter().map(|(dimension, key)| (*dimension, key.as_str()));
        let mut partnership = plan.partnership.map(|id| id.to_string());
        let mut place = None;
        for (dimension, key) in keys.chain(filter) {
            match dimension {
                Dimension::Municipality => place = Some(key.parse::<Nis>().ok()?),
                Dimension::Partnership => partnership = Some(key.to_owned()),
                Dimension::Month => {}
                _ => return None,
            }
        }
        if let Some(place) = place {
            return Some(vec![place]);
        }
        let asked = |known: &&Partnership| partnership.as_ref().is_none_or(|id| known.id.to_string() == *id);
        let members = self
            .partnerships
            .iter()
            .filter(asked)
            .flat_map(|known| &known.municipalities);
        Some(members.copied().collect::<BTreeSet<Nis>>().into_iter().collect())
    }

    /// Of one municipality: as counted, or after a merger those of all that merged. A municipality that merged keeps only
    /// what was counted under its own code.
    fn of(&self, year: i16, place: Nis) -> Option<u64> {
        let counted = self.by_year.get(&year)?;
        if let Some(own) = counted.get(&place) {
            return Some(own.value);
        }
        let merged: Vec<Nis> = self
            .places
            .iter()
            .filter(|other| other.successor == Some(place))
            .map(|other| other.nis)
            .collect();
        if merged.is_empty() {
            return None;
        }
        merged
            .iter()
            .map(|other| counted.get(other).map(|found| found.value))
            .sum()
    }

    /// Who counted, and where nobody did.
    fn notes(&self, source: &Source<'_>) -> Vec<String> {
        let whole = At {
            key: &[],
            period: source.plan.period,
            compare: None,
        };
        let year = year_of(source, source.plan.period);
        let Some(places) = self.places_of(source, &whole) else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        let counted = self.by_year.get(&year).into_iter().flatten();
        let sources: BTreeSet<String> = counted
            .map(|(_, found)| format!("{}, {}", found.source, day_nl(found.dated)))
            .collect();
        if !sources.is_empty() {
            let sources: Vec<String> = sources.into_iter().collect();
            notes.push(format!("Nieuwkomers in {year}: {}.", sources.join("; ")));
        }
        let missing: Vec<&str> = places
            .iter()
            .filter(|&&place| self.of(year, place).is_none())
            .filter_map(|place| self.places.iter().find(|known| known.nis == *place))
            .map(|known| known.name_nl.as_str())
            .collect();
        if !missing.is_empty() && missing.len() == places.len() {
            notes.push(format!(
                "Hoeveel nieuwkomers er in {year} waren, is nog niet ingevoerd."
            ));
        } else if !missing.is_empty() {
            notes.push(format!(
                "Van {} is nog niet ingevoerd hoeveel nieuwkomers er in {year} waren; een totaal is er daarom niet.",
                missing.join(", ")
            ));
        }
        notes
    }
}

/// The year of which the newcomers are taken: that in which the period ends, or has come so far.
fn year_of(source: &Source<'_>, period: Period) -> i16 {
    period.last().min(source.last_day()).year()
}

/// `5 januari 2026`
fn day_nl(day: Date) -> String {
    format!("{} {}", day.day(), Period::month_of(day).label_nl())
}
