//! How long the steps of the funnel take.

use std::collections::BTreeMap;

use domain::{Dimension, Measure, PartnershipId, Period};

use crate::axis::{Axis, Fact, Of};
use crate::calendar::Calendar;
use crate::day::{Day, NEVER, number};
use crate::dictionary::{NONE, at};
use crate::store::Facts;

/// People who took a step, and the median of their days.
pub type Step = Option<(u64, f64)>;

/// Days of all who took each of the three steps.
type Days = [Vec<Day>; 3];

impl Facts {
    /// For the holders whose first pass was issued in the period, by the keys of `by` and (without keys) in all: from the
    /// pass to the first visit, from the first visit to the third, from the third to membership (0 for whoever was a member
    /// before). `None` for a dimension that holders do not have.
    #[must_use]
    pub fn steps(
        &self,
        by: &[Dimension],
        period: Period,
        partnership: Option<PartnershipId>,
    ) -> Option<BTreeMap<Vec<String>, [Step; 3]>> {
        if by.len() > 2 || by.iter().any(|dimension| !Measure::FunnelIssued.splits_by(*dimension)) {
            return None;
        }
        let axes: Option<Vec<Axis>> = by
            .iter()
            .map(|dimension| Axis::new(self, *dimension, Of::Others, partnership))
            .collect();
        let axes = axes?;
        let (first, last) = (number(period.first()), number(period.last()));
        let members = self
            .members
            .filter(partnership, self.municipalities.keys().len(), first, last);
        let calendar = Calendar::new(&[], 0, -1);
        let mut groups: BTreeMap<Vec<u32>, Days> = BTreeMap::from([(Vec::new(), Days::default())]);
        for (place, holder) in self.holders.iter().enumerate() {
            let Some(issued) = self.passes.get(holder.passes.range()).and_then(|passes| passes.first()) else {
                continue;
            };
            let issued = issued.issued;
            let member = members.get(usize::from(holder.municipality));
            if !(first..=last).contains(&issued) || !member.is_some_and(|member| member.on(issued)) {
                continue;
            }
            let visits = self.visits.day.get(holder.visits.range()).unwrap_or_default();
            let third = visits.get(2).copied();
            let joined = (holder.member_on != NEVER).then_some(holder.member_on);
            let days = [
                visits.first().map(|first| first - issued),
                third.zip(visits.first()).map(|(third, first)| third - first),
                joined.zip(third).map(|(joined, third)| (joined - third).max(0)),
            ];
            let fact = Fact {
                holder: u32::try_from(place).unwrap_or(NONE),
                day: issued,
                municipality: holder.municipality,
                visit: usize::MAX,
                organiser: NONE,
            };
            // A holder has one key of each of these dimensions.
            let key: Vec<u32> = axes
                .iter()
                .filter_map(|axis| axis.of(&fact, self, &calendar).first().copied())
                .collect();
            let all = (!key.is_empty()).then(Vec::new);
            for key in all.into_iter().chain([key]) {
                let group = groups.entry(key).or_default();
                for (list, days) in group.iter_mut().zip(days) {
                    list.extend(days);
                }
            }
        }
        let name = |key: &[u32]| -> Vec<String> {
            let keys = key.iter().zip(&axes);
            keys.filter_map(|(key, axis)| axis.keys.get(at(*key)).cloned())
                .collect()
        };
        Some(
            groups
                .into_iter()
                .map(|(key, days)| (name(&key), days.map(median)))
                .collect(),
        )
    }
}

fn median(mut days: Vec<Day>) -> Step {
    days.sort_unstable();
    let middle = days.len() / 2;
    let upper = f64::from(*days.get(middle)?);
    let lower = if days.len().is_multiple_of(2) {
        f64::from(*days.get(middle - 1)?)
    } else {
        upper
    };
    Some((
        u64::try_from(days.len()).unwrap_or(u64::MAX),
        f64::midpoint(lower, upper),
    ))
}
