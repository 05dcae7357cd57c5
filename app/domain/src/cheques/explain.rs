//! What the settings of a scheme mean, in plain Dutch: read before a scheme is switched on.

use super::scheme::{ChequeUnit, HolderPeriod, Issuer, Proof, SchemeTerms, SettlementRhythm};

impl SchemeTerms {
    /// The settings as sentences, in the order in which a cheque lives.
    #[must_use]
    pub fn explain_nl(&self) -> Vec<String> {
        let worth = match self.unit {
            ChequeUnit::Euro => format!("Eén cheque is {} waard.", self.face_value),
            ChequeUnit::Entry => format!(
                "Eén cheque is één toegang waard. De organisator krijgt er {} voor.",
                self.face_value
            ),
        };
        let per = match self.per {
            HolderPeriod::Month => "per maand",
            HolderPeriod::Quarter => "per kwartaal",
            HolderPeriod::HalfYear => "per half jaar",
            HolderPeriod::CalendarYear => "per kalenderjaar",
            HolderPeriod::WorkYear => "per werkjaar (1 december tot 30 november)",
            HolderPeriod::Ever => "in totaal",
        };
        let limit = format!("Een pashouder krijgt hoogstens {} {per}.", cheques(self.per_holder));
        let by: Vec<&str> = self
            .issuers
            .iter()
            .map(|issuer| match issuer {
                Issuer::Counter => "de balie",
                Issuer::Coordinator => "de coördinator",
            })
            .collect();
        let proof = match self.proof {
            Proof::None => "Een bewijs is niet nodig.",
            Proof::Nt2Enrolment => "De pashouder toont een inschrijving voor een cursus Nederlands.",
            Proof::Attest => "De pashouder toont een attest.",
        };
        let validity = match self.valid_days {
            1 => "Een cheque is 1 dag geldig, op de dag waarop hij geactiveerd is.".to_owned(),
            days => format!("Een cheque is {days} dagen geldig, vanaf de dag waarop hij geactiveerd is."),
        };
        let companion = if self.companion {
            "Er mag één persoon mee naar binnen."
        } else {
            "De cheque is voor de pashouder alleen."
        };
        let live = self
            .live_code
            .then(|| "De pashouder toont de pas op de eigen telefoon. Een kopie of een foto telt niet.".to_owned());
        let offline = if self.offline.allow_any() {
            format!(
                "Zonder netwerk neemt een toestel hoogstens {} per scan, {} per pas en {} per dag aan.",
                cheques(self.offline.per_scan),
                cheques(self.offline.per_pass),
                cheques(self.offline.per_device_day)
            )
        } else {
            "Zonder netwerk neemt een toestel geen cheques aan.".to_owned()
        };
        let rhythm = match self.settlement {
            SettlementRhythm::Month => "elke maand",
            SettlementRhythm::Quarter => "elk kwartaal",
            SettlementRhythm::HalfYear => "elk half jaar",
        };
        let reversal = match self.reversal_days {
            0 => "Een gebruikte cheque kan niet terug.".to_owned(),
            1 => "Een gebruikte cheque kan 1 dag lang terug, tot hij is afgerekend.".to_owned(),
            days => format!("Een gebruikte cheque kan {days} dagen lang terug, tot hij is afgerekend."),
        };
        let payers: Vec<String> = self
            .payers
            .iter()
            .map(|payer| format!("{} {} %", payer.name, payer.share))
            .collect();
        [
            worth,
            limit,
            format!("Uitgedeeld door {}.", and(&by)),
            proof.to_owned(),
            validity,
            self.places_nl(),
            companion.to_owned(),
        ]
        .into_iter()
        .chain(live)
        .chain([
            offline,
            reversal,
            format!("We betalen de organisatoren {rhythm}."),
            format!("Wie betaalt: {}.", payers.join(", ")),
        ])
        .collect()
    }

    fn places_nl(&self) -> String {
        let accepted = &self.accepted;
        let mut limits = Vec::new();
        if !accepted.organisers.is_empty() {
            limits.push(match accepted.organisers.len() {
                1 => "bij 1 gekozen organisator".to_owned(),
                count => format!("bij {count} gekozen organisatoren"),
            });
        }
        if !accepted.kinds.is_empty() {
            let kinds: Vec<&str> = accepted.kinds.iter().map(|kind| kind.label_nl()).collect();
            limits.push(format!("bij deze soorten: {}", kinds.join(", ").to_lowercase()));
        }
        if !accepted.municipalities.is_empty() {
            limits.push(match accepted.municipalities.len() {
                1 => "in 1 gekozen gemeente".to_owned(),
                count => format!("in {count} gekozen gemeenten"),
            });
        }
        if !accepted.taaliconen.is_empty() {
            let levels: Vec<String> = accepted.taaliconen.iter().map(ToString::to_string).collect();
            limits.push(format!("voor activiteiten met taalicoon {}", levels.join(", ")));
        }
        if limits.is_empty() {
            return "Bruikbaar bij elke organisator en elke activiteit.".to_owned();
        }
        format!("Bruikbaar {}.", limits.join(", "))
    }
}

fn cheques(count: u32) -> String {
    match count {
        1 => "1 cheque".to_owned(),
        count => format!("{count} cheques"),
    }
}

fn and(words: &[&str]) -> String {
    match words {
        [] => "niemand".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::cheques::scheme::{Accepted, FloorLimits, example};
    use crate::cheques::{ChequeUnit, Issuer, SchemeTerms};

    #[test]
    fn the_settings_read_as_sentences() {
        let sentences = example().explain_nl();
        assert_eq!(
            sentences,
            [
                "Eén cheque is € 5,00 waard.",
                "Een pashouder krijgt hoogstens 10 cheques per kalenderjaar.",
                "Uitgedeeld door de balie.",
                "De pashouder toont een inschrijving voor een cursus Nederlands.",
                "Een cheque is 365 dagen geldig, vanaf de dag waarop hij geactiveerd is.",
                "Bruikbaar bij elke organisator en elke activiteit.",
                "De cheque is voor de pashouder alleen.",
                "Zonder netwerk neemt een toestel hoogstens 2 cheques per scan, 4 cheques per pas en 100 cheques per dag aan.",
                "Een gebruikte cheque kan 14 dagen lang terug, tot hij is afgerekend.",
                "We betalen de organisatoren elke maand.",
                "Wie betaalt: Gemeente 20 %, Project 80 %.",
            ]
        );
    }

    #[test]
    fn other_settings_read_as_other_sentences() {
        let terms = SchemeTerms {
            unit: ChequeUnit::Entry,
            issuers: vec![Issuer::Counter, Issuer::Coordinator],
            per_holder: 1,
            companion: true,
            live_code: true,
            offline: FloorLimits {
                per_scan: 0,
                per_pass: 0,
                per_device_day: 0,
            },
            accepted: Accepted {
                taaliconen: vec![1, 2],
                ..Accepted::default()
            },
            ..example()
        };
        let text = terms.explain_nl().join("\n");
        for sentence in [
            "Eén cheque is één toegang waard. De organisator krijgt er € 5,00 voor.",
            "hoogstens 1 cheque per kalenderjaar",
            "Uitgedeeld door de balie en de coördinator.",
            "Bruikbaar voor activiteiten met taalicoon 1, 2.",
            "Er mag één persoon mee naar binnen.",
            "Een kopie of een foto telt niet.",
            "Zonder netwerk neemt een toestel geen cheques aan.",
        ] {
            assert!(text.contains(sentence), "{sentence} is not in:\n{text}");
        }
    }
}
