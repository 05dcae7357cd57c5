//! Texts of the pages of documents. What the documents themselves say is written in `report`.

use jiff::Timestamp;
use report::{Document, DocumentKind, dutch};

pub(crate) const ANSWER_DESCRIPTION: &str = "De zeven vragen van het Vlaams Parlement over de pas, beantwoord met cijfers: \
    deelname, partners, lerend netwerk, drempels en verankering.";
pub(crate) const LIST_TITLE: &str = "Verslagen";
pub(crate) const LIST_DESCRIPTION: &str = "Maak een verslag van één periode: antwoord, tussentijds verslag, eindverslag, fiche van Plan Samenleven of gemeente.";
pub(crate) const LIST_LEAD: &str =
    "Kies een verslag. Het wordt gemaakt met de cijfers van nu, of met die van een vroegere dag.";

/// What a kind of document is for, in one sentence.
pub(crate) const fn lead(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Answer => "De zeven vragen die het Vlaams Parlement stelde, beantwoord met cijfers.",
        DocumentKind::Interim => "Wat er gebeurde en wat het opleverde, zonder geld.",
        DocumentKind::Final => "Wat er gebeurde en wat het opleverde, met begroting, uitgaven en eigen aandeel.",
        DocumentKind::PlanSamenleven => "Eén KPI per actie, over een half jaar.",
        DocumentKind::Municipality => "De inwoners en de organisatoren van één gemeente.",
    }
}

pub(crate) const PARTNERSHIP: &str = "Samenwerkingsverband";
pub(crate) const ALL_PARTNERSHIPS: &str = "Alle samenwerkingsverbanden";
pub(crate) const MUNICIPALITY: &str = "Gemeente";
pub(crate) const CHOOSE_MUNICIPALITY: &str = "Kies een gemeente…";
pub(crate) const PERIOD: &str = "Periode";
pub(crate) const COMPARE: &str = "Vergelijk met";
pub(crate) const NO_COMPARE: &str = "Niet vergelijken";
pub(crate) const AS_OF: &str = "Stand op een vroegere dag";
pub(crate) const AS_OF_HINT: &str = "Wat we toen wisten. Laat leeg voor nu.";
pub(crate) const SHOW: &str = "Maak het verslag";

pub(crate) const WRONG: &str =
    "Iets in het adres kennen we niet. Je ziet nu het gewone verslag. Kies hieronder wat je wilt.";
pub(crate) const HALF_YEAR_NEEDED: &str = "De fiche van Plan Samenleven gaat over een half jaar. Kies een half jaar.";
pub(crate) const WORK_YEAR_NEEDED: &str =
    "Geld tellen we per werkjaar. Kies een werkjaar, of de hele looptijd van het project.";
pub(crate) const MUNICIPALITY_NEEDED: &str = "Kies eerst een gemeente.";
pub(crate) const CANNOT: &str = "Dit verslag kunnen we zo niet maken. Kies een andere periode.";

/// What is missing when a document of this kind could not be made.
pub(crate) const fn needed(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::PlanSamenleven => HALF_YEAR_NEEDED,
        DocumentKind::Final => WORK_YEAR_NEEDED,
        DocumentKind::Municipality => MUNICIPALITY_NEEDED,
        DocumentKind::Answer | DocumentKind::Interim => CANNOT,
    }
}

pub(crate) const FILES: &str = "Bewaar of deel";
pub(crate) const PDF: &str = "PDF";
pub(crate) const XLSX: &str = "Excel";
pub(crate) const CSV: &str = "CSV";
pub(crate) const JSON: &str = "JSON";
pub(crate) const PRINT: &str = "Druk af";
pub(crate) const OTHER: &str = "Andere verslagen";

pub(crate) const CONTENTS: &str = "Inhoud";
pub(crate) const HOW_COUNTED: &str = "Hoe is dit geteld?";
pub(crate) const WHAT: &str = "Wat is dit?";
pub(crate) const CODE: &str = "Code";
pub(crate) const COMPARED: &str = "Vergeleken met";
pub(crate) const DATA_DATE: &str = "Gegevens van";
pub(crate) const COVERAGE: &str = "Hoe volledig?";
pub(crate) const SUPPRESSION: &str = "Wat tonen we niet?";
pub(crate) const NOTE: &str = "Let op";
pub(crate) const RAW: &str = "Dit zijn eigen cijfers zonder bescherming. Deel ze niet.";
pub(crate) const EMPTY: &str = "leeg";
pub(crate) const ABOUT: &str = "Over dit verslag";
pub(crate) const FACTS: &str = "Gemaakt uit";
pub(crate) const CHECK: &str = "Controle";
pub(crate) const METHOD: &str = "Hoe we tellen en beschermen";
pub(crate) const NOT_FROZEN: &str =
    "Dit verslag is niet vastgelegd. Het kan morgen andere cijfers tonen, als er nog gegevens bijkomen.";

pub(crate) const FREEZE_TITLE: &str = "Leg dit verslag vast";
pub(crate) const FREEZE_WHY: &str = "We bewaren het dan met zijn cijfers, zijn datum en een handtekening. Het krijgt een \
    controlecode en een QR-code. Wie het verslag krijgt, kan daarmee nagaan dat niemand iets veranderde.";
pub(crate) const FREEZE: &str = "Leg vast";
pub(crate) const FROZEN_TITLE: &str = "Vastgelegde verslagen";
pub(crate) const NONE_FROZEN: &str = "Er is nog geen verslag vastgelegd.";
pub(crate) const CHECK_ONE: &str = "Kijk een vastgelegd verslag na met zijn code";

/// The hash of the facts, for whoever wants to compare two reports.
pub(crate) fn facts(hash: &str) -> String {
    if hash.is_empty() {
        "Een controlegetal van de gegevens is er niet.".to_owned()
    } else {
        format!("Gegevens met controlegetal {hash}. Hetzelfde getal betekent: dezelfde gegevens.")
    }
}

/// When it was frozen, and under which code.
pub(crate) fn frozen(code: &str, at: Timestamp) -> String {
    format!("Vastgelegd op {}. Controlecode: {code}.", dutch::moment(at))
}

/// Over the title: of whom and over which period.
pub(crate) fn kicker(document: &Document) -> String {
    let compared = document
        .compare
        .map(|period| format!(", vergeleken met {}", period.label_nl()))
        .unwrap_or_default();
    format!("{} · {}{compared}", document.subject, document.period.label_nl())
}

/// The title of the page: no two documents have the same.
pub(crate) fn page_title(document: &Document) -> String {
    format!(
        "{}: {}, {}",
        document.title,
        document.subject,
        document.period.label_nl()
    )
}

/// Only on paper: what this sheet is, of whom, of when.
pub(crate) fn paper(document: &Document) -> String {
    format!(
        "Randpas. {}. Gegevens van {}.",
        page_title(document),
        dutch::moment(document.data_date)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_of_whom_and_of_when() {
        let sample = report::sample();
        assert_eq!(
            kicker(&sample),
            "Voorbeeldverband (verzonnen cijfers) · werkjaar 2025-2026, vergeleken met werkjaar 2024-2025"
        );
        assert_eq!(
            page_title(&sample),
            "Antwoord: Voorbeeldverband (verzonnen cijfers), werkjaar 2025-2026"
        );
    }
}
