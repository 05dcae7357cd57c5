//! The figures and their definitions: the words that go with every number.

use super::{Dimension, Measure};
use crate::codes::code_enum;

code_enum! {
    /// A figure of `docs/figures.md` §2.
    FigureCode("figure") {
        /// Passes issued.
        PassesIssued = "passes_issued",
        /// Passes valid on the last day.
        PassesActive = "passes_active",
        /// Visits.
        Participations = "participations",
        /// People.
        Participants = "participants",
        /// People who started.
        FirstParticipants = "first_participants",
        /// People who were drawn in.
        NewToLeisure = "new_to_leisure",
        /// People who stayed.
        Sustained = "sustained",
        /// Share of those who could.
        Reach = "reach",
        /// More or fewer than before.
        Change = "change",
        /// Who is still there after months.
        Retention = "retention",
        /// From pass to member.
        Funnel = "funnel",
        /// Money that people did not have to pay.
        ThresholdEuro = "threshold_euro",
        /// Randuitcheques.
        Cheques = "cheques",
        /// From which municipality to which.
        Crossings = "crossings",
        /// Hours of Dutch practice.
        PracticeHours = "practice_hours",
        /// Actions that began.
        NewActions = "new_actions",
        /// What stays when the project ends.
        Anchoring = "anchoring",
        /// How complete the figures are.
        Coverage = "coverage",
    }
}

impl FigureCode {
    /// The figures that this build computes: all of them.
    #[must_use]
    pub const fn available() -> &'static [Self] {
        Self::ALL
    }

    /// The measures that must have a dimension before the figure can be split by it. Of `reach` and `change` only the
    /// participants: what they are divided by stays empty where it cannot be split.
    #[must_use]
    pub const fn measures(self) -> &'static [Measure] {
        match self {
            Self::PassesIssued => &[Measure::PassesIssued],
            Self::PassesActive => &[Measure::PassesActive],
            Self::Participations | Self::Crossings => &[Measure::Participations],
            Self::Participants | Self::Reach => &[Measure::Participants],
            Self::FirstParticipants => &[Measure::FirstParticipants],
            Self::NewToLeisure => &[Measure::NewToLeisure],
            Self::Sustained => &[Measure::Sustained],
            Self::Change => &[Measure::Participants, Measure::Participations],
            Self::Retention => &[
                Measure::FunnelIssued,
                Measure::Retained1,
                Measure::Retained3,
                Measure::Retained6,
                Measure::Retained12,
            ],
            Self::Funnel => &[
                Measure::FunnelIssued,
                Measure::FunnelActivated,
                Measure::FunnelFirst,
                Measure::FunnelThird,
                Measure::FunnelMember,
            ],
            Self::ThresholdEuro => &[
                Measure::ThresholdCents,
                Measure::Participants,
                Measure::WouldHavePaidMore,
            ],
            Self::Cheques => &[
                Measure::ChequesIssued,
                Measure::ChequesActivated,
                Measure::ChequesRedeemed,
                Measure::ChequesExpired,
                Measure::ChequesReversed,
                Measure::ChequesOfflineLoss,
                Measure::ChequesRedeemedCents,
                Measure::ChequesFirstVisitors,
            ],
            Self::PracticeHours => &[
                Measure::PracticeMinutes,
                Measure::PracticeParticipants,
                Measure::Practice40,
            ],
            Self::NewActions => &[Measure::Participations, Measure::Participants],
            Self::Anchoring => &[
                Measure::Participations,
                Measure::Participants,
                Measure::NewToLeisure,
                Measure::Sustained,
            ],
            Self::Coverage => &[],
        }
    }

    /// What it is split by when nothing is asked: the rows that its definition names.
    #[must_use]
    pub const fn own_rows(self) -> &'static [Dimension] {
        match self {
            Self::Retention => &[Dimension::Month],
            Self::Crossings => &[Dimension::Municipality, Dimension::ActivityMunicipality],
            Self::NewActions | Self::Anchoring => &[Dimension::Action],
            _ => &[],
        }
    }

    /// Whether it can be split by this dimension.
    #[must_use]
    pub fn splits_by(self, dimension: Dimension) -> bool {
        match self {
            Self::Crossings => self.own_rows().contains(&dimension),
            Self::NewActions | Self::Anchoring => dimension == Dimension::Action,
            Self::Coverage => dimension == Dimension::Month,
            _ => self.filters_by(dimension),
        }
    }

    /// Whether it can be asked of one key of this dimension only.
    #[must_use]
    pub fn filters_by(self, dimension: Dimension) -> bool {
        self != Self::Coverage && self.measures().iter().all(|measure| measure.splits_by(dimension))
    }

    /// Whether the value itself is a number of people, so that *k* applies to it directly.
    #[must_use]
    pub const fn counts_people(self) -> bool {
        matches!(
            self,
            Self::PassesIssued
                | Self::PassesActive
                | Self::Participants
                | Self::FirstParticipants
                | Self::NewToLeisure
                | Self::Sustained
        )
    }

    /// A short Dutch name.
    #[must_use]
    pub const fn title_nl(self) -> &'static str {
        match self {
            Self::PassesIssued => "Passen uitgereikt",
            Self::PassesActive => "Geldige passen",
            Self::Participations => "Bezoeken",
            Self::Participants => "Deelnemers",
            Self::FirstParticipants => "Voor het eerst erbij",
            Self::NewToLeisure => "Nieuw in de vrije tijd",
            Self::Sustained => "Blijven komen",
            Self::Reach => "Bereik",
            Self::Change => "Meer of minder",
            Self::Retention => "Nog altijd erbij",
            Self::Funnel => "De weg van pas naar lid",
            Self::ThresholdEuro => "Weggenomen kosten",
            Self::Cheques => "Randuitcheques",
            Self::Crossings => "Over de gemeentegrens",
            Self::PracticeHours => "Uren Nederlands oefenen",
            Self::NewActions => "Nieuwe acties",
            Self::Anchoring => "Verankering",
            Self::Coverage => "Volledigheid",
        }
    }

    /// What exactly is counted, in one Dutch sentence.
    #[must_use]
    pub const fn definition_nl(self) -> &'static str {
        match self {
            Self::PassesIssued => "Het aantal passen dat in de periode is uitgereikt.",
            Self::PassesActive => "Het aantal passen dat geldig is op de laatste dag van de periode.",
            Self::Participations => {
                "Het aantal bezoeken: één pashouder op één moment van een activiteit, hoogstens één keer per dag."
            }
            Self::Participants => "Het aantal verschillende pashouders met minstens één bezoek in de periode.",
            Self::FirstParticipants => "Het aantal pashouders van wie het allereerste bezoek in de periode valt.",
            Self::NewToLeisure => {
                "Van de pashouders met hun allereerste bezoek in de periode: wie in de twaalf maanden voor de pas \
                 aan geen georganiseerde vrije tijd deed."
            }
            Self::Sustained => {
                "Het aantal deelnemers met minstens drie bezoeken, in minstens twee kalendermaanden, binnen 180 dagen \
                 na het eerste bezoek."
            }
            Self::Reach => {
                "Het aantal deelnemers, gedeeld door de geldige passen en door het aantal nieuwkomers, met het \
                 95%-interval."
            }
            Self::Change => "Het verschil in deelnemers en bezoeken met de vergelijkingsperiode, met het 95%-interval.",
            Self::Retention => {
                "Per maand van uitreiking: het deel van de pashouders met een bezoek na 1, 3, 6 en 12 maanden."
            }
            Self::Funnel => {
                "Hoeveel pashouders elke stap zetten, van uitreiking tot lidmaatschap, en na hoeveel dagen."
            }
            Self::ThresholdEuro => {
                "De prijs zonder pas min de prijs met pas, opgeteld over alle bezoeken, plus de cheques."
            }
            Self::Cheques => "Het aantal en het bedrag van de Randuitcheques, per toestand.",
            Self::Crossings => {
                "Het aantal bezoeken, van de gemeente van de pashouder naar de gemeente van de activiteit."
            }
            Self::PracticeHours => "Het aantal uren van bezoeken aan activiteiten met een taalicoon.",
            Self::NewActions => "Het aantal acties waarvan de eerste activiteit in het werkjaar valt.",
            Self::Anchoring => "Per actie: bezoeken, deelnemers, kosten en de beslissing over het vervolg.",
            Self::Coverage => {
                "Het aantal organisatoren dat scande, gedeeld door het aantal organisatoren met activiteiten."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_title_and_a_definition_that_is_a_sentence() {
        for code in FigureCode::ALL {
            assert!(!code.title_nl().is_empty());
            assert!(
                code.definition_nl().ends_with('.') && !code.definition_nl().contains("  "),
                "{code}"
            );
        }
        assert_eq!(FigureCode::ALL.len(), 18);
    }
}
