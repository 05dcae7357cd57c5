//! The settings of a scheme. A cheque keeps the settings that it was issued under: each change is another version.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::code_enum;
use crate::id::OrganiserId;
use crate::money::Cents;
use crate::municipality::Nis;
use crate::people::OrganiserKind;
use crate::programme::BasisPoints;

/// The most cheques in one redemption, one issue to one holder, or one limit: more is a slip of the keyboard.
pub const MOST_CHEQUES: u32 = 1_000;

/// The most that one cheque may be worth.
const MOST_VALUE: Cents = Cents(50_000);

code_enum! {
    /// What one cheque is good for.
    ChequeUnit("cheque unit") {
        /// Its face value in euro.
        Euro = "euro",
        /// One entry, whatever it costs.
        Entry = "entry",
    }
}

code_enum! {
    /// Over what the number per holder is limited.
    HolderPeriod("limit period") {
        /// A calendar month.
        Month = "month",
        /// A quarter.
        Quarter = "quarter",
        /// A half-year.
        HalfYear = "half_year",
        /// A calendar year.
        CalendarYear = "calendar_year",
        /// A work year, 1 December to 30 November.
        WorkYear = "work_year",
        /// For ever.
        Ever = "ever",
    }
}

code_enum! {
    /// Who may hand cheques out.
    Issuer("issuer") {
        /// The counter of a municipality.
        Counter = "counter",
        /// The coordinator.
        Coordinator = "coordinator",
    }
}

code_enum! {
    /// What has to be shown.
    Proof("proof") {
        /// Nothing.
        None = "none",
        /// Enrolment in a course of Dutch.
        Nt2Enrolment = "nt2_enrolment",
        /// An attest.
        Attest = "attest",
    }
}

code_enum! {
    /// How often organisers are paid.
    SettlementRhythm("settlement period") {
        /// Every month.
        Month = "month",
        /// Every quarter.
        Quarter = "quarter",
        /// Every half-year.
        HalfYear = "half_year",
    }
}

/// Where cheques are taken. An empty list is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Accepted {
    /// Only by these organisers.
    pub organisers: Vec<OrganiserId>,
    /// Only by these kinds.
    pub kinds: Vec<OrganiserKind>,
    /// Only by organisers of these municipalities.
    pub municipalities: Vec<Nis>,
    /// Only at activities with one of these taaliconen, 1 to 4.
    pub taaliconen: Vec<u8>,
}

/// How many cheques a phone may take without network (PROTOCOL §6). Zero anywhere: never without network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorLimits {
    /// At one scan.
    pub per_scan: u32,
    /// Of one pass, as long as the device has the same package.
    pub per_pass: u32,
    /// On one device in one day.
    pub per_device_day: u32,
}

/// Who pays a part of what was redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// "Gemeente", "Project", the name on the statement.
    pub name: String,
    /// Which part.
    pub share: BasisPoints,
}

/// One version of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeTerms {
    /// "Randuitcheque 2026".
    pub name: String,
    /// What one cheque is good for.
    pub unit: ChequeUnit,
    /// Euro: what it is worth. Entry: what the organiser is paid for it.
    pub face_value: Cents,
    /// At most so many cheques for one holder …
    pub per_holder: u32,
    /// … in one of these.
    pub per: HolderPeriod,
    /// Days that a cheque may be used, from the day on which it was made usable.
    pub valid_days: u32,
    /// Who may hand it out.
    pub issuers: Vec<Issuer>,
    /// What has to be shown for it.
    pub proof: Proof,
    /// Where it is taken.
    #[serde(default)]
    pub accepted: Accepted,
    /// Whether a companion may come in on it as well.
    pub companion: bool,
    /// Whether a copy of the code is refused: only the code on the phone, which changes.
    pub live_code: bool,
    /// How much without network.
    pub offline: FloorLimits,
    /// How often organisers are paid.
    pub settlement: SettlementRhythm,
    /// For so many days a redemption may be taken back, unless it was settled before.
    #[serde(default = "usual_reversal_days")]
    pub reversal_days: u32,
    /// Who pays what: together 100 %.
    pub payers: Vec<Payer>,
}

const fn usual_reversal_days() -> u32 {
    14
}

/// A setting that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SchemeProblem {
    /// No name, or more than 80 characters.
    #[error("a scheme's name has 1 to 80 characters")]
    Name,
    /// A face value of nothing, or of more than € 500.
    #[error("a cheque is worth more than nothing and at most € 500")]
    FaceValue,
    /// No cheques a holder, or more than a thousand.
    #[error("a holder gets 1 to 1000 cheques")]
    PerHolder,
    /// Valid for no day, or for more than ten years.
    #[error("a cheque is valid for 1 to 3660 days")]
    Validity,
    /// Nobody may hand it out.
    #[error("somebody has to hand the cheques out")]
    Issuers,
    /// A taalicoon that does not exist.
    #[error("taaliconen are 1, 2, 3 and 4")]
    Taalicoon,
    /// More at one scan than of one pass, or of one pass than in a day.
    #[error("without network, a scan takes no more than a pass, and a pass no more than a day")]
    FloorLimits,
    /// A copy is refused, but a phone without network cannot tell.
    #[error("a scheme that needs the live code takes nothing without network")]
    LiveOffline,
    /// More than a year.
    #[error("a redemption may be taken back for at most 366 days")]
    Reversal,
    /// Payers without a name, twice the same, or not 100 % together.
    #[error("the payers have names of their own and pay 100 % together")]
    Payers,
}

impl FloorLimits {
    /// Whether anything may be taken without network.
    #[must_use]
    pub const fn allow_any(self) -> bool {
        self.per_scan > 0 && self.per_pass > 0 && self.per_device_day > 0
    }
}

impl SchemeTerms {
    /// Everything that is wrong with the settings; empty when they can be used.
    #[must_use]
    pub fn problems(&self) -> Vec<SchemeProblem> {
        let FloorLimits {
            per_scan,
            per_pass,
            per_device_day,
        } = self.offline;
        let mut names: Vec<&str> = self.payers.iter().map(|payer| payer.name.trim()).collect();
        names.sort_unstable();
        let named = names.iter().all(|name| (1..=80).contains(&name.chars().count()));
        let shared = self.payers.iter().map(|payer| u64::from(payer.share.0)).sum::<u64>();
        let own_names = names.windows(2).all(|pair| pair[0] != pair[1]);
        let checks = [
            (
                (1..=80).contains(&self.name.trim().chars().count()),
                SchemeProblem::Name,
            ),
            (
                self.face_value > Cents(0) && self.face_value <= MOST_VALUE,
                SchemeProblem::FaceValue,
            ),
            ((1..=MOST_CHEQUES).contains(&self.per_holder), SchemeProblem::PerHolder),
            ((1..=3660).contains(&self.valid_days), SchemeProblem::Validity),
            (!self.issuers.is_empty(), SchemeProblem::Issuers),
            (
                self.accepted.taaliconen.iter().all(|level| (1..=4).contains(level)),
                SchemeProblem::Taalicoon,
            ),
            (
                !self.offline.allow_any() || (per_scan <= per_pass && per_pass <= per_device_day),
                SchemeProblem::FloorLimits,
            ),
            (
                !(self.live_code && self.offline.allow_any()),
                SchemeProblem::LiveOffline,
            ),
            (self.reversal_days <= 366, SchemeProblem::Reversal),
            (
                named && own_names && shared == u64::from(BasisPoints::WHOLE.0),
                SchemeProblem::Payers,
            ),
        ];
        let wrong = checks.into_iter().filter(|(right, _)| !right);
        wrong.map(|(_, problem)| problem).collect()
    }
}

#[cfg(test)]
pub(crate) fn example() -> SchemeTerms {
    SchemeTerms {
        name: "Randuitcheque (fictief)".to_owned(),
        unit: ChequeUnit::Euro,
        face_value: Cents(500),
        per_holder: 10,
        per: HolderPeriod::CalendarYear,
        valid_days: 365,
        issuers: vec![Issuer::Counter],
        proof: Proof::Nt2Enrolment,
        accepted: Accepted::default(),
        companion: false,
        live_code: false,
        offline: FloorLimits {
            per_scan: 2,
            per_pass: 4,
            per_device_day: 100,
        },
        settlement: SettlementRhythm::Month,
        reversal_days: 14,
        payers: vec![
            Payer {
                name: "Gemeente".to_owned(),
                share: BasisPoints(2_000),
            },
            Payer {
                name: "Project".to_owned(),
                share: BasisPoints(8_000),
            },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_impossible_setting_is_named() {
        assert_eq!(example().problems(), []);
        type Spoil = fn(&mut SchemeTerms);
        let spoils: [(Spoil, SchemeProblem); 11] = [
            (|terms| terms.name = "  ".to_owned(), SchemeProblem::Name),
            (|terms| terms.face_value = Cents(0), SchemeProblem::FaceValue),
            (|terms| terms.face_value = Cents(50_001), SchemeProblem::FaceValue),
            (|terms| terms.per_holder = 0, SchemeProblem::PerHolder),
            (|terms| terms.valid_days = 0, SchemeProblem::Validity),
            (|terms| terms.issuers.clear(), SchemeProblem::Issuers),
            (|terms| terms.accepted.taaliconen = vec![5], SchemeProblem::Taalicoon),
            (|terms| terms.offline.per_scan = 5, SchemeProblem::FloorLimits),
            (|terms| terms.live_code = true, SchemeProblem::LiveOffline),
            (|terms| terms.reversal_days = 400, SchemeProblem::Reversal),
            (
                |terms| terms.payers[0].share = BasisPoints(1_999),
                SchemeProblem::Payers,
            ),
        ];
        for (spoil, problem) in spoils {
            let mut terms = example();
            spoil(&mut terms);
            assert_eq!(terms.problems(), [problem]);
        }
    }

    #[test]
    fn a_setting_that_nobody_knows_is_refused() {
        let mut json = serde_json::to_value(example()).unwrap();
        assert_eq!(serde_json::from_value::<SchemeTerms>(json.clone()).unwrap(), example());
        json["colour"] = "red".into();
        assert!(serde_json::from_value::<SchemeTerms>(json).is_err());
    }
}
