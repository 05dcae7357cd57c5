//! The columns of each figure: their stable names, headings, units and definitions.

use super::{FigureCode, FigureColumn, Unit};

/// What a column of a figure is. The name never changes once published: programs and frozen reports go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnDefinition {
    /// The stable name: `share_of_passes`.
    pub name: &'static str,
    /// The heading, in Dutch.
    pub label: &'static str,
    /// What its numbers are.
    pub unit: Unit,
    /// What exactly it says, in a Dutch sentence.
    pub definition: &'static str,
}

impl ColumnDefinition {
    /// The column as a figure carries it.
    #[must_use]
    pub fn column(&self) -> FigureColumn {
        FigureColumn {
            name: self.name.to_owned(),
            label: self.label.to_owned(),
            unit: self.unit,
        }
    }
}

const fn column(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> ColumnDefinition {
    ColumnDefinition {
        name,
        label,
        unit,
        definition,
    }
}

const REACH: &[ColumnDefinition] = &[
    column(
        "participants",
        "Deelnemers",
        Unit::People,
        "Het aantal verschillende pashouders met minstens één bezoek in de periode.",
    ),
    column(
        "passes_active",
        "Geldige passen",
        Unit::Pieces,
        "Het aantal passen dat geldig is op de laatste dag van de periode.",
    ),
    column(
        "newcomers",
        "Nieuwkomers",
        Unit::People,
        "Het aantal nieuwkomers in het jaar waarin de periode eindigt, volgens de bron in de opmerking.",
    ),
    column(
        "share_of_passes",
        "Deel van de passen",
        Unit::Share,
        "De deelnemers, gedeeld door de geldige passen, met het 95%-interval van Wilson.",
    ),
    column(
        "share_of_newcomers",
        "Deel van de nieuwkomers",
        Unit::Share,
        "De deelnemers, gedeeld door de nieuwkomers, met het 95%-interval van Wilson.",
    ),
];

const CHANGE: &[ColumnDefinition] = &[
    column(
        "before",
        "Deelnemers vroeger",
        Unit::People,
        "Het aantal deelnemers in de vergelijkingsperiode.",
    ),
    column(
        "now",
        "Deelnemers nu",
        Unit::People,
        "Het aantal deelnemers in de periode.",
    ),
    column(
        "difference",
        "Verschil",
        Unit::Difference,
        "De deelnemers in de periode min de deelnemers in de vergelijkingsperiode.",
    ),
    column(
        "ratio",
        "Verhouding",
        Unit::Ratio,
        "De deelnemers in de periode, gedeeld door die in de vergelijkingsperiode, met het exacte 95%-interval voor twee \
         Poisson-getallen.",
    ),
    column(
        "visits_before",
        "Bezoeken vroeger",
        Unit::Visits,
        "Het aantal bezoeken in de vergelijkingsperiode.",
    ),
    column(
        "visits_now",
        "Bezoeken nu",
        Unit::Visits,
        "Het aantal bezoeken in de periode.",
    ),
    column(
        "visits_difference",
        "Verschil in bezoeken",
        Unit::Difference,
        "De bezoeken in de periode min de bezoeken in de vergelijkingsperiode.",
    ),
    column(
        "visits_ratio",
        "Verhouding van bezoeken",
        Unit::Ratio,
        "De bezoeken in de periode, gedeeld door die in de vergelijkingsperiode, met het exacte 95%-interval voor twee \
         Poisson-getallen.",
    ),
    column(
        "share_before",
        "Deel van de passen vroeger",
        Unit::Share,
        "De deelnemers in de vergelijkingsperiode, gedeeld door de geldige passen van toen, met het 95%-interval van Wilson.",
    ),
    column(
        "share_now",
        "Deel van de passen nu",
        Unit::Share,
        "De deelnemers in de periode, gedeeld door de geldige passen, met het 95%-interval van Wilson.",
    ),
    column(
        "share_difference",
        "Verschil in deel",
        Unit::Difference,
        "Het deel van de passen nu min het deel vroeger, met het 95%-interval van Newcombe.",
    ),
];

const RETENTION: &[ColumnDefinition] = &[
    column(
        "issued",
        "Eerste passen",
        Unit::People,
        "Het aantal pashouders van wie de eerste pas in de maand of de periode is uitgereikt.",
    ),
    column(
        "after_1",
        "Na 1 maand",
        Unit::People,
        "Van hen: wie kwam één maand na de pas of later nog.",
    ),
    column(
        "after_3",
        "Na 3 maanden",
        Unit::People,
        "Van hen: wie kwam drie maanden na de pas of later nog.",
    ),
    column(
        "after_6",
        "Na 6 maanden",
        Unit::People,
        "Van hen: wie kwam zes maanden na de pas of later nog.",
    ),
    column(
        "after_12",
        "Na 12 maanden",
        Unit::People,
        "Van hen: wie kwam twaalf maanden na de pas of later nog.",
    ),
    column(
        "share_1",
        "Deel na 1 maand",
        Unit::Share,
        "Wie na één maand nog kwam, gedeeld door de eerste passen.",
    ),
    column(
        "share_3",
        "Deel na 3 maanden",
        Unit::Share,
        "Wie na drie maanden nog kwam, gedeeld door de eerste passen.",
    ),
    column(
        "share_6",
        "Deel na 6 maanden",
        Unit::Share,
        "Wie na zes maanden nog kwam, gedeeld door de eerste passen.",
    ),
    column(
        "share_12",
        "Deel na 12 maanden",
        Unit::Share,
        "Wie na twaalf maanden nog kwam, gedeeld door de eerste passen.",
    ),
];

const FUNNEL: &[ColumnDefinition] = &[
    column(
        "issued",
        "Pas gekregen",
        Unit::People,
        "Het aantal pashouders van wie de eerste pas in de periode is uitgereikt.",
    ),
    column(
        "activated",
        "Pas gebruikt",
        Unit::People,
        "Van hen: wie opende de pas op een telefoon, of kwam.",
    ),
    column(
        "first_visit",
        "Eerste bezoek",
        Unit::People,
        "Van hen: wie kwam minstens één keer.",
    ),
    column(
        "third_visit",
        "Derde bezoek",
        Unit::People,
        "Van hen: wie kwam minstens drie keer.",
    ),
    column("member", "Lid", Unit::People, "Van hen: wie werd ergens lid."),
    column(
        "days_to_first",
        "Dagen tot het eerste bezoek",
        Unit::Days,
        "De mediaan van het aantal dagen van de pas tot het eerste bezoek; niet onder 20 mensen.",
    ),
    column(
        "days_to_third",
        "Dagen tot het derde bezoek",
        Unit::Days,
        "De mediaan van het aantal dagen van het eerste tot het derde bezoek; niet onder 20 mensen.",
    ),
    column(
        "days_to_member",
        "Dagen tot lid",
        Unit::Days,
        "De mediaan van het aantal dagen van het derde bezoek tot het lidmaatschap; niet onder 20 mensen.",
    ),
];

const THRESHOLD: &[ColumnDefinition] = &[
    column(
        "discount_cents",
        "Korting",
        Unit::Cents,
        "De prijs zonder pas min de prijs met pas, opgeteld over alle bezoeken.",
    ),
    column(
        "cheque_cents",
        "Cheques",
        Unit::Cents,
        "Het bedrag van de gebruikte Randuitcheques.",
    ),
    column("total_cents", "Samen", Unit::Cents, "De korting plus de cheques."),
    column(
        "mean_cents",
        "Gemiddeld per deelnemer",
        Unit::Cents,
        "De korting plus de cheques, gedeeld door het aantal deelnemers.",
    ),
    column(
        "would_have_paid_more",
        "Had meer dan € 25 betaald",
        Unit::People,
        "Het aantal deelnemers dat zonder pas in de periode meer dan € 25 had betaald.",
    ),
    column(
        "share_paid_more",
        "Deel dat meer had betaald",
        Unit::Share,
        "Wie zonder pas meer dan € 25 had betaald, gedeeld door de deelnemers, met het 95%-interval van Wilson.",
    ),
    column(
        "activities",
        "Activiteiten",
        Unit::Pieces,
        "Het aantal activiteiten met minstens één moment in de periode.",
    ),
    column(
        "activities_free_or_cheap",
        "Gratis of hoogstens € 3",
        Unit::Pieces,
        "Van die activiteiten: wat met de pas gratis is of hoogstens € 3 kost.",
    ),
];

const CHEQUES: &[ColumnDefinition] = &[
    column(
        "issued",
        "Uitgereikt",
        Unit::Pieces,
        "Het aantal uitgereikte Randuitcheques.",
    ),
    column(
        "activated",
        "Geactiveerd",
        Unit::Pieces,
        "Het aantal cheques dat bruikbaar werd gemaakt.",
    ),
    column("redeemed", "Gebruikt", Unit::Pieces, "Het aantal gebruikte cheques."),
    column(
        "expired",
        "Vervallen",
        Unit::Pieces,
        "Het aantal cheques dat niet op tijd is gebruikt.",
    ),
    column(
        "reversed",
        "Teruggedraaid",
        Unit::Pieces,
        "Het aantal cheques waarvan het gebruik is teruggedraaid.",
    ),
    column(
        "offline_loss",
        "Dubbel zonder netwerk",
        Unit::Pieces,
        "Het aantal cheques dat zonder netwerk twee keer is gebruikt.",
    ),
    column(
        "redeemed_cents",
        "Bedrag",
        Unit::Cents,
        "Het bedrag van de gebruikte cheques.",
    ),
    column(
        "first_visitors",
        "Eerste bezoek met cheque",
        Unit::People,
        "Het aantal pashouders dat bij het allereerste bezoek een cheque gebruikte.",
    ),
];

const CROSSINGS: &[ColumnDefinition] = &[column(
    "participations",
    "Bezoeken",
    Unit::Visits,
    "Het aantal bezoeken van pashouders van de ene gemeente aan activiteiten in de andere.",
)];

const PRACTICE: &[ColumnDefinition] = &[
    column(
        "minutes",
        "Minuten",
        Unit::Minutes,
        "De minuten van alle bezoeken aan activiteiten met een taalicoon.",
    ),
    column(
        "participants",
        "Deelnemers",
        Unit::People,
        "Het aantal pashouders dat zo'n activiteit bezocht.",
    ),
    column(
        "with_40_hours",
        "Met 40 uur of meer",
        Unit::People,
        "Het aantal pashouders met 40 uur of meer in de periode: het participatietraject.",
    ),
];

const NEW_ACTIONS: &[ColumnDefinition] = &[
    column(
        "first_day",
        "Eerste activiteit",
        Unit::Day,
        "De dag van de eerste activiteit van de actie.",
    ),
    column(
        "participations",
        "Bezoeken",
        Unit::Visits,
        "Het aantal bezoeken in de periode.",
    ),
    column(
        "participants",
        "Deelnemers",
        Unit::People,
        "Het aantal verschillende pashouders met minstens één bezoek in de periode.",
    ),
];

const ANCHORING: &[ColumnDefinition] = &[
    column(
        "participations",
        "Bezoeken",
        Unit::Visits,
        "Het aantal bezoeken in de periode.",
    ),
    column(
        "participants",
        "Deelnemers",
        Unit::People,
        "Het aantal verschillende pashouders met minstens één bezoek in de periode.",
    ),
    column(
        "new_to_leisure",
        "Nieuw in de vrije tijd",
        Unit::People,
        "Wie hier voor het allereerst kwam, en in de twaalf maanden voor de pas aan geen georganiseerde vrije tijd deed.",
    ),
    column(
        "sustained",
        "Blijven komen",
        Unit::People,
        "De deelnemers met minstens drie bezoeken, in minstens twee kalendermaanden, binnen 180 dagen na het eerste.",
    ),
    column(
        "cost_cents",
        "Kosten",
        Unit::Cents,
        "De kosten van de actie in de periode.",
    ),
    column(
        "cost_per_participation_cents",
        "Kosten per bezoek",
        Unit::Cents,
        "De kosten van de actie, gedeeld door het aantal bezoeken.",
    ),
    column("partners", "Partners", Unit::Text, "Met wie de actie is gehouden."),
    column("decision", "Beslissing", Unit::Text, "Wat over het vervolg is beslist."),
    column("decided_on", "Beslist op", Unit::Day, "De dag van de beslissing."),
    column(
        "bbc_code",
        "BBC-actie",
        Unit::Text,
        "De code van de actie in het meerjarenplan van de gemeente (BBC).",
    ),
];

const COVERAGE: &[ColumnDefinition] = &[
    column(
        "organisers_active",
        "Organisatoren met activiteiten",
        Unit::Pieces,
        "Het aantal organisatoren met minstens één activiteit in de periode.",
    ),
    column(
        "organisers_scanned",
        "Organisatoren die scanden",
        Unit::Pieces,
        "Van hen: wie minstens één pas scande.",
    ),
    column(
        "share",
        "Deel dat scande",
        Unit::Share,
        "De organisatoren die scanden, gedeeld door de organisatoren met activiteiten.",
    ),
    column("scans", "Scans", Unit::Visits, "Het aantal bezoeken dat telt."),
    column(
        "manual",
        "Met de hand",
        Unit::Visits,
        "Van die bezoeken: wat iemand zelf intikte.",
    ),
    column(
        "manual_share",
        "Deel met de hand",
        Unit::Share,
        "De ingetikte bezoeken, gedeeld door alle bezoeken.",
    ),
    column(
        "unsent_devices",
        "Toestellen met scans",
        Unit::Pieces,
        "Het aantal toestellen waarop nog scans wachten, voor zover zij dat meldden.",
    ),
];

const fn simple(code: FigureCode, unit: Unit) -> ColumnDefinition {
    column(code.code(), code.title_nl(), unit, code.definition_nl())
}

impl FigureCode {
    /// The columns of its rows, in order.
    #[must_use]
    pub const fn columns(self) -> &'static [ColumnDefinition] {
        const PASSES_ISSUED: &[ColumnDefinition] = &[simple(FigureCode::PassesIssued, Unit::Pieces)];
        const PASSES_ACTIVE: &[ColumnDefinition] = &[simple(FigureCode::PassesActive, Unit::Pieces)];
        const PARTICIPATIONS: &[ColumnDefinition] = &[simple(FigureCode::Participations, Unit::Visits)];
        const PARTICIPANTS: &[ColumnDefinition] = &[simple(FigureCode::Participants, Unit::People)];
        const FIRST: &[ColumnDefinition] = &[simple(FigureCode::FirstParticipants, Unit::People)];
        const NEW: &[ColumnDefinition] = &[simple(FigureCode::NewToLeisure, Unit::People)];
        const SUSTAINED: &[ColumnDefinition] = &[simple(FigureCode::Sustained, Unit::People)];
        match self {
            Self::PassesIssued => PASSES_ISSUED,
            Self::PassesActive => PASSES_ACTIVE,
            Self::Participations => PARTICIPATIONS,
            Self::Participants => PARTICIPANTS,
            Self::FirstParticipants => FIRST,
            Self::NewToLeisure => NEW,
            Self::Sustained => SUSTAINED,
            Self::Reach => REACH,
            Self::Change => CHANGE,
            Self::Retention => RETENTION,
            Self::Funnel => FUNNEL,
            Self::ThresholdEuro => THRESHOLD,
            Self::Cheques => CHEQUES,
            Self::Crossings => CROSSINGS,
            Self::PracticeHours => PRACTICE,
            Self::NewActions => NEW_ACTIONS,
            Self::Anchoring => ANCHORING,
            Self::Coverage => COVERAGE,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::figures::{CHEAP_UP_TO_CENTS, PAID_MORE_THAN_CENTS};

    #[test]
    fn every_column_has_a_name_of_its_own_a_heading_and_a_definition_that_is_a_sentence() {
        for code in FigureCode::ALL {
            let columns = code.columns();
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len(), "{code}");
            for column in columns {
                assert!(!column.label.is_empty(), "{code} {}", column.name);
                assert!(
                    column.definition.ends_with('.') && !column.definition.contains("  "),
                    "{code} {}",
                    column.name
                );
            }
        }
    }

    /// The words say 25 and 3 euro; whoever changes the constants changes them too.
    #[test]
    fn the_amounts_in_the_words_are_those_that_are_counted_with() {
        assert_eq!((PAID_MORE_THAN_CENTS, CHEAP_UP_TO_CENTS), (2_500, 300));
    }
}
