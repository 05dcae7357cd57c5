//! How complete the facts of a period are.

use domain::{PartnershipId, Period};
use jiff::Timestamp;

use crate::day::number;
use crate::dictionary::at;
use crate::store::Facts;

/// Who had something to scan, and who scanned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Complete {
    /// Organisers of the partnership with a session that began in the period.
    pub active: u64,
    /// Of those, organisers with a visit in the period.
    pub scanned: u64,
    /// Visits of the partnership's holders.
    pub scans: u64,
    /// Of those, typed in.
    pub manual: u64,
}

impl Facts {
    /// How complete a period is: sessions that began from its first moment `from` to `until`, and visits on its days.
    #[must_use]
    pub fn complete(
        &self,
        partnership: Option<PartnershipId>,
        period: Period,
        from: Timestamp,
        until: Timestamp,
    ) -> Complete {
        let (first, last) = (number(period.first()), number(period.last()));
        let today = number(domain::local_day(until));
        let count = self.municipalities.keys().len();
        let members = self.members.filter(partnership, count, first, last);
        let mut scanned = vec![false; self.organisers.len()];
        let mut complete = Complete::default();
        let visits = &self.visits;
        for holder in &self.holders {
            let days = visits.day.get(holder.visits.range()).unwrap_or_default();
            let begin = days.partition_point(|day| *day < first);
            let end = days.partition_point(|day| *day <= last);
            for visit in holder.visits.range().skip(begin).take(end - begin) {
                let activity = self.activities.get(at(visits.activity[visit]));
                if let Some(organiser) = activity.and_then(|activity| scanned.get_mut(at(activity.organiser))) {
                    *organiser = true;
                }
                if members
                    .get(usize::from(visits.municipality[visit]))
                    .is_some_and(|member| member.on(visits.day[visit]))
                {
                    complete.scans += 1;
                    complete.manual += u64::from(visits.manual[visit]);
                }
            }
        }
        let mut active = vec![false; self.organisers.len()];
        for (organiser, starts_at) in &self.sessions {
            if let Some(organiser) = active.get_mut(at(*organiser))
                && (from..until).contains(starts_at)
            {
                *organiser = true;
            }
        }
        // A member when the period ends, or today.
        let day = last.min(today);
        for ((active, scanned), row) in active.iter().zip(&scanned).zip(&self.organisers) {
            let place = row.map_or(usize::MAX, |row| usize::from(row.municipality));
            if *active && members.get(place).is_some_and(|member| member.on(day)) {
                complete.active += 1;
                complete.scanned += u64::from(*scanned);
            }
        }
        complete
    }
}
