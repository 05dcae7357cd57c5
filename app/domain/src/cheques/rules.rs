//! Whether a redemption may be: one function for phone and server, the step "scheme limits" of PROTOCOL §5.

use super::scheme::{ChequeUnit, MOST_CHEQUES, SchemeTerms};
use crate::id::OrganiserId;
use crate::municipality::Nis;
use crate::people::OrganiserKind;
use crate::scan::Reason;

/// Where cheques are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The organiser.
    pub organiser: OrganiserId,
    /// Its kind.
    pub kind: OrganiserKind,
    /// Its municipality.
    pub municipality: Nis,
    /// The activity's taalicoon.
    pub taalicoon: Option<u8>,
}

/// What is known of the code that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveCode {
    /// Paper, a typed number, or a picture of a pass.
    None,
    /// The code on the phone, of now.
    Fresh,
    /// The code on a phone, but of another time: a screenshot.
    Stale,
}

/// What a device took without network before this.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfflineUse {
    /// Of this pass, by this package.
    pub of_pass: u32,
    /// Today, of any pass.
    pub of_device_today: u32,
    /// The package is older than seven days: the device only counts.
    pub package_stale: bool,
}

/// The moment at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtTheDoor {
    /// Where.
    pub place: Place,
    /// How many cheques.
    pub quantity: u32,
    /// How many people come in: 1, or 2 with a companion.
    pub heads: u32,
    /// Usable cheques of the scheme that are left; `None` when that is not known (a phone without network).
    pub open: Option<u32>,
    /// What was shown.
    pub live: LiveCode,
    /// Without network: what was taken before.
    pub offline: Option<OfflineUse>,
}

/// Whether `quantity` cheques may be taken.
///
/// # Errors
/// The reason of the first rule that says no: the place ([`Reason::SchemeNotAccepted`]), what was shown
/// ([`Reason::NeedsLiveCode`], [`Reason::StaleLiveCode`]), the network ([`Reason::NeedsOnline`], [`Reason::PackageStale`],
/// [`Reason::OverOfflineLimit`]), the number ([`Reason::InsufficientBalance`], [`Reason::ChequeSpent`] when none is left).
pub fn may_redeem(terms: &SchemeTerms, door: &AtTheDoor) -> Result<(), Reason> {
    let accepted = &terms.accepted;
    let place = &door.place;
    let is_taken = is_listed(&accepted.organisers, &place.organiser)
        && is_listed(&accepted.kinds, &place.kind)
        && is_listed(&accepted.municipalities, &place.municipality)
        && (accepted.taaliconen.is_empty()
            || place
                .taalicoon
                .is_some_and(|level| accepted.taaliconen.contains(&level)));
    let most_heads = if terms.companion { 2 } else { 1 };
    if !is_taken || !(1..=most_heads).contains(&door.heads) {
        return Err(Reason::SchemeNotAccepted);
    }
    match door.live {
        LiveCode::Stale => return Err(Reason::StaleLiveCode),
        LiveCode::None if terms.live_code => return Err(Reason::NeedsLiveCode),
        LiveCode::None | LiveCode::Fresh => {}
    }
    if let Some(used) = door.offline {
        let limits = terms.offline;
        if !limits.allow_any() {
            return Err(Reason::NeedsOnline);
        }
        if used.package_stale {
            return Err(Reason::PackageStale);
        }
        let over = door.quantity > limits.per_scan
            || used.of_pass.saturating_add(door.quantity) > limits.per_pass
            || used.of_device_today.saturating_add(door.quantity) > limits.per_device_day;
        if over {
            return Err(Reason::OverOfflineLimit);
        }
    }
    let too_many_entries = terms.unit == ChequeUnit::Entry && door.quantity > door.heads;
    if door.quantity == 0 || door.quantity > MOST_CHEQUES || too_many_entries {
        return Err(Reason::Malformed);
    }
    match door.open {
        Some(0) => Err(Reason::ChequeSpent),
        Some(open) if open < door.quantity => Err(Reason::InsufficientBalance),
        _ => Ok(()),
    }
}

fn is_listed<T: PartialEq>(list: &[T], one: &T) -> bool {
    list.is_empty() || list.contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cheques::scheme::{Accepted, FloorLimits, example};
    use uuid::Uuid;

    fn door() -> AtTheDoor {
        AtTheDoor {
            place: Place {
                organiser: OrganiserId::from(Uuid::from_u128(1)),
                kind: OrganiserKind::CommunityCentre,
                municipality: Nis::try_from(23102).unwrap(),
                taalicoon: Some(2),
            },
            quantity: 1,
            heads: 1,
            open: Some(3),
            live: LiveCode::None,
            offline: None,
        }
    }

    #[test]
    fn cheques_are_taken_only_where_the_scheme_says() {
        let refusing = [
            Accepted {
                organisers: vec![OrganiserId::from(Uuid::from_u128(2))],
                ..Accepted::default()
            },
            Accepted {
                kinds: vec![OrganiserKind::Library],
                ..Accepted::default()
            },
            Accepted {
                municipalities: vec![Nis::try_from(23098).unwrap()],
                ..Accepted::default()
            },
            Accepted {
                taaliconen: vec![3, 4],
                ..Accepted::default()
            },
        ];
        for accepted in refusing {
            let terms = SchemeTerms { accepted, ..example() };
            assert_eq!(may_redeem(&terms, &door()), Err(Reason::SchemeNotAccepted));
        }
        assert_eq!(may_redeem(&example(), &door()), Ok(()));
        let two = AtTheDoor { heads: 2, ..door() };
        assert_eq!(may_redeem(&example(), &two), Err(Reason::SchemeNotAccepted));
        let duo = SchemeTerms {
            companion: true,
            ..example()
        };
        assert_eq!(may_redeem(&duo, &two), Ok(()));
    }

    #[test]
    fn a_screenshot_is_refused_everywhere_and_paper_only_where_the_code_must_live() {
        let mut shown = door();
        shown.live = LiveCode::Stale;
        assert_eq!(may_redeem(&example(), &shown), Err(Reason::StaleLiveCode));
        let live = SchemeTerms {
            live_code: true,
            ..example()
        };
        assert_eq!(may_redeem(&live, &door()), Err(Reason::NeedsLiveCode));
        shown.live = LiveCode::Fresh;
        assert_eq!(may_redeem(&live, &shown), Ok(()));
    }

    #[test]
    fn without_network_the_floor_limits_hold() {
        let offline = |quantity, of_pass, of_device_today| AtTheDoor {
            quantity,
            open: None,
            offline: Some(OfflineUse {
                of_pass,
                of_device_today,
                package_stale: false,
            }),
            ..door()
        };
        let terms = example();
        assert_eq!(may_redeem(&terms, &offline(2, 2, 98)), Ok(()));
        assert_eq!(may_redeem(&terms, &offline(3, 0, 0)), Err(Reason::OverOfflineLimit));
        assert_eq!(may_redeem(&terms, &offline(2, 3, 0)), Err(Reason::OverOfflineLimit));
        assert_eq!(may_redeem(&terms, &offline(2, 0, 99)), Err(Reason::OverOfflineLimit));
        let mut stale = offline(1, 0, 0);
        stale.offline = stale.offline.map(|used| OfflineUse {
            package_stale: true,
            ..used
        });
        assert_eq!(may_redeem(&terms, &stale), Err(Reason::PackageStale));
        let never = SchemeTerms {
            offline: FloorLimits {
                per_scan: 0,
                per_pass: 0,
                per_device_day: 0,
            },
            ..example()
        };
        assert_eq!(may_redeem(&never, &offline(1, 0, 0)), Err(Reason::NeedsOnline));
    }

    #[test]
    fn no_more_is_taken_than_there_is() {
        let with = |open, quantity| AtTheDoor {
            open: Some(open),
            quantity,
            ..door()
        };
        assert_eq!(may_redeem(&example(), &with(3, 3)), Ok(()));
        assert_eq!(may_redeem(&example(), &with(3, 4)), Err(Reason::InsufficientBalance));
        assert_eq!(may_redeem(&example(), &with(0, 1)), Err(Reason::ChequeSpent));
        assert_eq!(may_redeem(&example(), &with(3, 0)), Err(Reason::Malformed));
        let entry = SchemeTerms {
            unit: ChequeUnit::Entry,
            ..example()
        };
        assert_eq!(may_redeem(&entry, &with(3, 2)), Err(Reason::Malformed));
    }
}
