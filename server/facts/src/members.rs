//! Who belonged to which partnership when.

use domain::PartnershipId;

use crate::day::Day;

/// A municipality's time in a partnership, both days included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub(crate) partnership: PartnershipId,
    pub(crate) from: Day,
    pub(crate) until: Day,
}

/// The times, by the municipality's number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(Vec<Vec<Time>>);

/// Whether a municipality is in a partnership, for whoever asks a million times.
#[derive(Clone, Debug)]
pub(crate) enum In {
    Always,
    Never,
    /// First and last days.
    At(Vec<(Day, Day)>),
}

impl In {
    pub(crate) fn on(&self, day: Day) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::At(times) => times.iter().any(|(from, until)| (*from..=*until).contains(&day)),
        }
    }
}

impl Members {
    pub(crate) fn add(&mut self, partnership: PartnershipId, municipality: u16, from: Day, until: Day) {
        let place = usize::from(municipality);
        if self.0.len() <= place {
            self.0.resize(place + 1, Vec::new());
        }
        self.0[place].push(Time {
            partnership,
            from,
            until,
        });
    }

    /// Gives the times one order, whatever order they came in.
    pub(crate) fn sort(&mut self) {
        for times in &mut self.0 {
            times.sort_by_key(|time| (time.partnership, time.from, time.until));
        }
    }

    /// The times of a municipality.
    pub(crate) fn of(&self, municipality: usize) -> &[Time] {
        self.0.get(municipality).map_or(&[], Vec::as_slice)
    }

    /// Every partnership that ever had a member.
    pub(crate) fn partnerships(&self) -> Vec<PartnershipId> {
        let mut all: Vec<PartnershipId> = self.0.iter().flatten().map(|time| time.partnership).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether each of `count` municipalities is in the partnership, between two days that matter.
    pub(crate) fn filter(&self, partnership: Option<PartnershipId>, count: usize, first: Day, last: Day) -> Vec<In> {
        let one = |municipality: usize| {
            let Some(partnership) = partnership else {
                return In::Always;
            };
            let times = self
                .of(municipality)
                .iter()
                .filter(|time| time.partnership == partnership);
            let times: Vec<(Day, Day)> = times.map(|time| (time.from, time.until)).collect();
            if times.iter().any(|(from, until)| *from <= first && last <= *until) {
                In::Always
            } else if times.is_empty() {
                In::Never
            } else {
                In::At(times)
            }
        };
        (0..count).map(one).collect()
    }
}
