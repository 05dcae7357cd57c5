//! Question 2: what was done with partners, and what came of it.

use crate::dutch::number;
use crate::phrase::{Value, When, agree, capital, count, join};

/// What is known of one partner in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartnerLine {
    /// `PIN vzw`
    pub(crate) name: String,
    /// Activities held together.
    pub(crate) activities: u64,
    /// Newcomers who got a pass in the period, sent by this partner.
    pub(crate) referred: Value,
    /// Of those: came at least once.
    pub(crate) came: Value,
    /// Of those: became a member somewhere.
    pub(crate) members: Value,
    /// Visits to the activities held together.
    pub(crate) visits: Value,
    /// People who started at such an activity and did nothing the year before.
    pub(crate) new: Value,
    /// Agreements noted in the period.
    pub(crate) agreements: u64,
}

impl PartnerLine {
    /// Whether anything at all happened with this partner.
    pub(crate) fn is_active(&self) -> bool {
        self.agreements > 0
            || self.activities > 0
            || [self.referred, self.visits]
                .iter()
                .any(|value| !matches!(value, Value::Known(0) | Value::Missing))
    }

    /// One point of the list.
    pub(crate) fn text(&self) -> String {
        if !self.is_active() {
            return format!("{}: in deze periode niets genoteerd.", self.name);
        }
        let agreements = (self.agreements > 0).then(|| count(self.agreements, "afspraak", "afspraken"));
        let parts: Vec<String> = [
            Some(match self.activities {
                0 => "geen activiteiten samen".to_owned(),
                n => format!("{} samen", count(n, "activiteit", "activiteiten")),
            }),
            self.referrals(),
            self.visits(),
            agreements,
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("{}: {}.", self.name, parts.join("; "))
    }

    fn referrals(&self) -> Option<String> {
        match self.referred {
            Value::Missing => None,
            Value::Hidden => Some("het aantal doorverwezen nieuwkomers tonen we niet".to_owned()),
            Value::Known(0) => Some("geen nieuwkomers doorverwezen".to_owned()),
            Value::Known(n) => {
                let then: Vec<String> = [
                    came(self.came),
                    self.members
                        .known()
                        .filter(|members| *members > 0)
                        .map(|members| format!("er {} lid {}", number(members), agree(members, "werd", "werden"))),
                ]
                .into_iter()
                .flatten()
                .collect();
                let sent = format!("{} doorverwezen", count(n, "nieuwkomer", "nieuwkomers"));
                Some(if then.is_empty() {
                    sent
                } else {
                    format!("{sent}, van wie {}", join(&then))
                })
            }
        }
    }

    fn visits(&self) -> Option<String> {
        match self.visits {
            Value::Missing => None,
            Value::Known(0) => Some("geen bezoeken aan samen georganiseerde activiteiten".to_owned()),
            Value::Hidden => Some("het aantal bezoeken aan samen georganiseerde activiteiten tonen we niet".to_owned()),
            Value::Known(n) => {
                let new = match self.new {
                    Value::Known(0) | Value::Missing => String::new(),
                    Value::Known(n) => format!(", {} nieuw in de vrije tijd", number(n)),
                    Value::Hidden => ", het aantal nieuw in de vrije tijd tonen we niet".to_owned(),
                };
                Some(format!("{}{new}", count(n, "bezoek", "bezoeken")))
            }
        }
    }
}

fn came(value: Value) -> Option<String> {
    match value {
        Value::Known(0) => Some("nog niemand kwam".to_owned()),
        Value::Known(n) => Some(format!(
            "er {} minstens één keer {}",
            number(n),
            agree(n, "kwam", "kwamen")
        )),
        _ => None,
    }
}

/// With how many partners, before the list.
pub(crate) fn overview(when: When, lines: &[PartnerLine]) -> String {
    let (within, so_far) = (when.within(), when.so_far());
    let all = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let active = u64::try_from(lines.iter().filter(|line| line.is_active()).count()).unwrap_or(u64::MAX);
    let names = || {
        let names: Vec<String> = lines
            .iter()
            .filter(|line| line.is_active())
            .map(|line| line.name.clone())
            .collect();
        join(&names)
    };
    match (all, active) {
        (0, _) => "Er zijn nog geen partners genoteerd.".to_owned(),
        (_, 0) => format!(
            "{}{so_far} is er met geen enkele van de genoteerde partners iets geregistreerd.",
            capital(&within)
        ),
        (_, n) => format!(
            "{} werd er{so_far} samengewerkt met {}: {}.",
            capital(&within),
            count(n, "partner", "partners"),
            names()
        ),
    }
}

/// What a referral and what an activity together means.
pub(crate) const HOW_COUNTED: &str = "Doorverwezen: de balie noteerde bij de pas welke partner de nieuwkomer stuurde. Samen georganiseerd: de partner \
     staat bij de activiteit of bij de actie. Een activiteit met twee partners telt bij allebei.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;
    use Value::{Hidden, Known, Missing};

    fn line(referred: Value, came: Value, members: Value, visits: Value, new: Value) -> PartnerLine {
        PartnerLine {
            name: "PIN vzw".to_owned(),
            activities: 12,
            referred,
            came,
            members,
            visits,
            new,
            agreements: 0,
        }
    }

    #[test]
    fn a_partner_is_told_with_all_that_came_of_it() {
        let mut full = line(Known(48), Known(31), Known(6), Known(120), Known(14));
        full.agreements = 2;
        let mut nothing = line(Known(0), Known(0), Known(0), Known(0), Known(0));
        nothing.activities = 0;
        let mut one = line(Known(1), Known(1), Known(1), Known(1), Known(1));
        one.activities = 1;
        one.agreements = 1;
        let mut only_sent = line(Known(9), Known(0), Known(0), Missing, Missing);
        only_sent.activities = 0;
        for (found, text) in [
            (
                full,
                "PIN vzw: 12 activiteiten samen; 48 nieuwkomers doorverwezen, van wie er 31 minstens één keer kwamen \
                 en er 6 lid werden; 120 bezoeken, 14 nieuw in de vrije tijd; 2 afspraken.",
            ),
            (
                one,
                "PIN vzw: 1 activiteit samen; 1 nieuwkomer doorverwezen, van wie er 1 minstens één keer kwam en er 1 \
                 lid werd; 1 bezoek, 1 nieuw in de vrije tijd; 1 afspraak.",
            ),
            (
                line(Hidden, Hidden, Hidden, Hidden, Hidden),
                "PIN vzw: 12 activiteiten samen; het aantal doorverwezen nieuwkomers tonen we niet; het aantal \
                 bezoeken aan samen georganiseerde activiteiten tonen we niet.",
            ),
            (
                line(Known(9), Hidden, Known(0), Known(30), Hidden),
                "PIN vzw: 12 activiteiten samen; 9 nieuwkomers doorverwezen; 30 bezoeken, het aantal nieuw in de \
                 vrije tijd tonen we niet.",
            ),
            (
                only_sent,
                "PIN vzw: geen activiteiten samen; 9 nieuwkomers doorverwezen, van wie nog niemand kwam.",
            ),
            (nothing, "PIN vzw: in deze periode niets genoteerd."),
        ] {
            assert_eq!(found.text(), text);
        }
    }

    #[test]
    fn the_overview_names_who_was_worked_with() {
        let active = line(Known(48), Known(31), Known(6), Known(120), Known(14));
        let other = PartnerLine {
            name: "Kanak".to_owned(),
            ..active.clone()
        };
        let idle = PartnerLine {
            name: "RISO".to_owned(),
            activities: 0,
            ..line(Known(0), Missing, Missing, Known(0), Missing)
        };
        let of = |lines: &[PartnerLine]| overview(when("2026", true), lines);
        assert_eq!(of(&[]), "Er zijn nog geen partners genoteerd.");
        assert_eq!(
            of(&[active, other, idle.clone()]),
            "In 2026 werd er tot nu toe samengewerkt met 2 partners: PIN vzw en Kanak."
        );
        assert_eq!(
            of(&[idle]),
            "In 2026 tot nu toe is er met geen enkele van de genoteerde partners iets geregistreerd."
        );
    }
}
