//! Texts of the page that says how figures are counted and protected.

use super::number;

pub(crate) const TITLE: &str = "Hoe we tellen";
pub(crate) const DESCRIPTION: &str = "Wat we tellen, en waarom sommige getallen niet te zien zijn.";
pub(crate) const LEAD: &str = "Cijfers gaan over veel mensen samen. Nooit over jou alleen.";

/// A heading and its paragraphs.
type Part = (&'static str, &'static [&'static str]);

pub(crate) const BEFORE: [Part; 3] = [
    (
        "Wat we tellen",
        &[
            "Wie met de Randpas naar een activiteit komt, doet één bezoek. Twee keer scannen op dezelfde dag telt één keer. \
             Een scan die is teruggenomen, telt niet.",
            "Bij elk getal staat wat het precies is, over welke periode het gaat en tot welke dag we telden. Er staat ook \
             bij hoeveel organisatoren scanden. Scanden er weinig? Dan is het echte getal hoger.",
            "We schatten niets en we kiezen geen steekproef. Elk getal is geteld.",
        ],
    ),
    (
        "Waarom je soms <5 ziet",
        &[
            "Kwamen er maar drie mensen uit een gemeente? Dan weet een buur misschien wie dat waren. Daarom tonen we geen \
             getal over minder dan vijf mensen. Je ziet dan <5.",
            "Gaat een tabel over de reden van komst of over het niveau Nederlands? Dan moeten het er minstens tien zijn.",
            "Een nul die je ziet, is echt nul. Heel soms verbergen we ook een nul, als het niet anders kan.",
            "Ook \u{201e}bijna iedereen\u{201d} vertelt iets. Waren op twee na alle starters nieuw? Dan gaat dat over die \
             twee. Ook dat getal tonen we niet.",
        ],
    ),
    (
        "Waarom soms ook een groot getal ontbreekt",
        &[
            "Eén getal weglaten is niet genoeg. Wie het totaal kent, rekent het uit. Daarom laten we er nog een paar weg. We \
             kiezen zo klein en zo weinig mogelijk.",
            "Dit voorbeeld is verzonnen. In januari kwamen uit de eerste gemeente 3 mensen, elk één keer.",
        ],
    ),
];

pub(crate) const EXAMPLE: &str = "Bezoeken in twee maanden (verzonnen)";
pub(crate) const PLACE: &str = "Gemeente";
pub(crate) const PLACES: [&str; 3] = ["Eerste gemeente", "Tweede gemeente", "Derde gemeente"];
pub(crate) const MONTHS: [&str; 3] = ["Januari", "Februari", "Samen"];
pub(crate) const TOTAL: &str = "Totaal";
pub(crate) const HIDDEN: &str = "verborgen";

pub(crate) const AFTER: [Part; 4] = [
    (
        "Wat je in het voorbeeld ziet",
        &[
            "De 3 is weg. Stond de tweede gemeente er in januari wel? Dan is 3 het totaal min de twee andere. Die laten we dus \
             ook weg.",
            "Stonden de getallen van februari er wel? Dan is 3 het getal van de twee maanden samen, min februari. Dus ook \
             die twee laten we weg. De rest kan blijven staan.",
        ],
    ),
    (
        "Ook over langere en kortere periodes",
        &[
            "Drie maanden zijn samen een kwartaal. Een werkjaar begint in december, een kalenderjaar in januari. Wie al die \
             tabellen naast elkaar legt, mag nog altijd niets over enkele mensen vinden. Dat rekenen we vooraf na, voor alle \
             tabellen samen.",
            "Een tabel met twee indelingen, zoals gemeente en soort activiteit, bestaat alleen voor een werkjaar en voor het \
             hele project. Anders blijft er te weinig over om te tonen.",
        ],
    ),
    (
        "Hoe we dat nakijken",
        &[
            "Een programma speelt voor speurneus. Het krijgt alle tabellen van verzonnen groepen mensen. Het kent ook onze \
             regels. Dan zoekt het naar een getal dat we niet toonden. Dat doet het bij elke nieuwe versie, voor \
             honderden groepen. Vindt het iets? Dan komt die versie er niet.",
        ],
    ),
    (
        "Wat we niet kunnen beloven",
        &[
            "Wie je kent en weet dat je er was, weet dat nog altijd. En wie ook andere lijsten heeft, kan soms beter raden dan \
             met onze cijfers alleen.",
            "Een percentage over minder dan twintig mensen tonen we niet: één persoon meer of minder verandert het te veel.",
            "Komen er meer mensen? Dat zegt nog niet waarom. Cijfers over bezoeken bewijzen geen oorzaak.",
        ],
    ),
];

/// A number of the example, or what stands in its place.
pub(crate) fn shown(value: Option<u64>) -> String {
    value.map_or_else(|| HIDDEN.to_owned(), number)
}
