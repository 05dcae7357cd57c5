//! Words of the choices on the pages of figures: which figure, which period, split by what.

use domain::{Dimension, FigureCode};

/// Groups of figures with the question that each answers, as the overview lists them.
pub(crate) const GROUPS: [(&str, &[FigureCode]); 5] = [
    (
        "Mensen",
        &[
            FigureCode::Participants,
            FigureCode::FirstParticipants,
            FigureCode::NewToLeisure,
            FigureCode::Sustained,
            FigureCode::Reach,
            FigureCode::Change,
            FigureCode::Retention,
        ],
    ),
    (
        "Passen",
        &[FigureCode::PassesIssued, FigureCode::PassesActive, FigureCode::Funnel],
    ),
    (
        "Bezoeken",
        &[
            FigureCode::Participations,
            FigureCode::Crossings,
            FigureCode::PracticeHours,
            FigureCode::Coverage,
        ],
    ),
    ("Geld", &[FigureCode::ThresholdEuro, FigureCode::Cheques]),
    ("Acties", &[FigureCode::NewActions, FigureCode::Anchoring]),
];

/// The question that a figure answers.
pub(crate) const fn question(code: FigureCode) -> &'static str {
    match code {
        FigureCode::PassesIssued => "Hoeveel passen zijn er uitgereikt?",
        FigureCode::PassesActive => "Hoeveel passen zijn er geldig?",
        FigureCode::Participations => "Hoe vaak kwam er iemand?",
        FigureCode::Participants => "Hoeveel nieuwkomers deden mee?",
        FigureCode::FirstParticipants => "Hoeveel nieuwkomers begonnen?",
        FigureCode::NewToLeisure => "Wie deed het jaar ervoor aan niets mee?",
        FigureCode::Sustained => "Wie blijft komen?",
        FigureCode::Reach => "Welk deel bereiken we?",
        FigureCode::Change => "Komen er meer of minder mensen dan ervoor?",
        FigureCode::Retention => "Wie komt er na maanden nog?",
        FigureCode::Funnel => "Hoe gaat het van pas tot lid?",
        FigureCode::ThresholdEuro => "Hoeveel moesten mensen niet betalen?",
        FigureCode::Cheques => "Hoeveel Randuitcheques zijn er gebruikt?",
        FigureCode::Crossings => "Wie gaat naar een andere gemeente?",
        FigureCode::PracticeHours => "Hoeveel uur oefenen mensen Nederlands?",
        FigureCode::NewActions => "Welke acties zijn begonnen?",
        FigureCode::Anchoring => "Welke acties blijven?",
        FigureCode::Coverage => "Hoe volledig zijn deze cijfers?",
    }
}

/// How a dimension is written in an address: `?per=leeftijd&gemeente=23102`.
pub(crate) const fn slug(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Municipality => "gemeente",
        Dimension::Month => "maand",
        Dimension::Organiser => "organisator",
        Dimension::OrganiserKind => "soort-organisator",
        Dimension::ActivityType => "soort-activiteit",
        Dimension::Action => "actie",
        Dimension::Partner => "partner",
        Dimension::AgeBand => "leeftijd",
        Dimension::NewcomerReason => "reden",
        Dimension::DutchLevel => "nederlands",
        Dimension::FundingLine => "financiering",
        Dimension::Partnership => "samenwerkingsverband",
        Dimension::ActivityMunicipality => "gemeente-activiteit",
        Dimension::Counter => "balie",
    }
}

/// The dimension that an address names, in Dutch or by its code.
pub(crate) fn dimension(text: &str) -> Option<Dimension> {
    Dimension::ALL
        .iter()
        .copied()
        .find(|known| slug(*known) == text || known.code() == text)
}

/// `per gemeente`
pub(crate) fn per(dimension: Dimension) -> String {
    format!(
        "per {}",
        dimension.label_nl().to_lowercase().replace("nederlands", "Nederlands")
    )
}

pub(crate) const FIGURE: &str = "Cijfer";
pub(crate) const SPLIT_BY: &str = "Opgedeeld per";
pub(crate) const AND_BY: &str = "En per";
pub(crate) const NOT_SPLIT: &str = "Niet opdelen";
pub(crate) const COMPARE: &str = "Vergelijk met";
pub(crate) const NOT_COMPARED: &str = "Niet vergelijken";
pub(crate) const FROM: &str = "Van";
pub(crate) const UNTIL: &str = "Tot en met";
pub(crate) const RANGE: &str = "Andere dagen kiezen";
pub(crate) const RANGE_HINT: &str = "Vul je hier twee dagen in, dan gaan die voor op de periode.";
pub(crate) const HALF_YEARS: &str = "Halve jaren";
pub(crate) const WHOLE: &str = "Alles";
pub(crate) const CRUMBS: &str = "Waar je bent";
pub(crate) const REMOVE_FILTER: &str = "toon weer alles";
pub(crate) const CLICK_ROW: &str = "Kies een naam in de tabel om alleen dat te zien.";
pub(crate) const SPLIT_MORE: &str = "Bekijk dit cijfer";
pub(crate) const ALL_FIGURES: &str = "Alle cijfers";
pub(crate) const ALL_FIGURES_LEAD: &str =
    "Kies een cijfer. Daarna kun je het opdelen: per gemeente, per leeftijd, per organisator en meer.";
pub(crate) const UNKNOWN_FIGURE_TITLE: &str = "Dit cijfer kennen we niet";
pub(crate) const UNKNOWN_FIGURE: &str =
    "Misschien is de link oud, of staat er een fout in. Dit zijn de cijfers die er zijn:";
pub(crate) const CANNOT_SPLIT: &str =
    "Zo kunnen we dit cijfer niet opdelen. Je ziet nu het hele cijfer. Kies hieronder een andere manier.";
pub(crate) const TOO_MANY: &str = "Meer dan twee opdelingen samen tonen we niet: dan gaat het over te weinig mensen.";
pub(crate) const UNKNOWN_DIMENSION: &str =
    "Een deel van deze link kennen we niet. Dat deel hebben we weggelaten. Kies hieronder wat je wilt zien.";
pub(crate) const COMPARE_WRONG: &str =
    "De periode om mee te vergelijken, kennen we niet. Je ziet nu geen vergelijking.";
pub(crate) const RANGE_NOT_YOURS: &str =
    "Zelf dagen kiezen kan alleen met een account van de coördinator. Je ziet nu dit jaar. Kies een andere periode.";
pub(crate) const RANGE_WRONG: &str = "De eerste dag moet voor de laatste dag komen. Je ziet nu de gekozen periode.";
pub(crate) const OPEN_DATA: &str = "Open data";
pub(crate) const METHOD_LINK: &str = "Lees hoe we tellen en beschermen";
pub(crate) const EACH_FIGURE: &str = "Wat elk cijfer precies zegt";
pub(crate) const PRINT: &str = "Druk af";

pub(crate) const BY_PARTNERSHIP: &str = "Per samenwerkingsverband";
pub(crate) const TREND: &str = "Maand na maand";
pub(crate) const KINDS: &str = "Per soort organisator, maand na maand";
pub(crate) const COMPARED: &str = "Vergeleken met een andere periode";

pub(crate) const OWN_TITLE: &str = "Eigen cijfers";
pub(crate) const OWN_DESCRIPTION: &str = "De ruwe cijfers van je eigen organisatie.";
pub(crate) const OWN_MARK: &str =
    "Ruwe cijfers, alleen voor jou. Deel deze pagina niet: kleine getallen kunnen over één mens gaan.";
pub(crate) const OWN_LEAD: &str = "Dit zijn alle bezoeken die je eigen organisatie telde. Niets is verborgen.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_listed_once() {
        let mut listed: Vec<FigureCode> = GROUPS.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
        assert_eq!(listed.len(), FigureCode::ALL.len());
        listed.sort_by_key(|code| code.code());
        listed.dedup();
        assert_eq!(listed.len(), FigureCode::ALL.len());
    }

    #[test]
    fn an_address_names_each_dimension_in_one_way_and_reads_it_in_two() {
        for known in Dimension::ALL.iter().copied() {
            assert_eq!(dimension(slug(known)), Some(known));
            assert_eq!(dimension(known.code()), Some(known));
        }
        assert_eq!(dimension("schoenmaat"), None);
        assert_eq!(per(Dimension::DutchLevel), "per niveau Nederlands");
    }
}
