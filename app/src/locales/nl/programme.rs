//! Texts of the work plan: actions, partners and money.

use domain::{AnchoringDecision, BasisPoints, Cents, OwnShareSplit, Period};
use storage::{Action, Budget};

use super::count;
use crate::components::notice::Tone;

pub(crate) const KICKER: &str = "Werking";
pub(crate) const KICKER_ACTION: &str = "Actie";
pub(crate) const NONE: &str = "nog niet";
pub(crate) const KEEP: &str = "Bewaar";
pub(crate) const SHOW: &str = "Toon";
pub(crate) const SEARCH: &str = "Zoek";
pub(crate) const TAKE_BACK: &str = "Haal weg";
pub(crate) const READ_ONLY: &str = "Je kan dit lezen. Alleen de coördinator kan het veranderen.";
pub(crate) const NOT_KEPT: &str = "Dit is niet bewaard. Kijk de velden na en probeer opnieuw.";

/// `€ 1.250,00`, with spaces that do not break.
pub(crate) fn euro(amount: Cents) -> String {
    amount.to_string().replace(' ', "\u{a0}")
}

/// An amount as a field shows it: `1250,00`.
pub(crate) fn plain_amount(amount: Cents) -> String {
    format!("{},{:02}", amount.0 / 100, amount.0.rem_euclid(100))
}

/// `12,5 %`, with a space that does not break.
pub(crate) fn percent(share: BasisPoints) -> String {
    format!("{share}\u{a0}%")
}

/// `van 1 maart 2026 tot en met 30 juni 2026`, or `sinds 1 maart 2026`.
pub(crate) fn span(from: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("Van {from} tot en met {until}"),
        None => format!("Sinds {from}"),
    }
}

// Actions.

pub(crate) const ACTIONS: &str = "Acties";
pub(crate) const ACTIONS_DESCRIPTION: &str =
    "De acties van het werkplan: wanneer ze begonnen, met welke partners en wat ervan blijft.";
pub(crate) const ACTION_DESCRIPTION: &str = "Eén actie van het werkplan: activiteiten, kosten en beslissingen.";
pub(crate) const NO_ACTIONS: &str = "Er zijn nog geen acties";
pub(crate) const NO_ACTIONS_TEXT: &str =
    "Een actie is een deel van je werkplan. Maak er een en koppel er activiteiten aan.";
pub(crate) const NO_ACTIVITY: &str = "Nog geen activiteit";
pub(crate) const UNDECIDED: &str = "Nog niet beslist";
pub(crate) const NEW_ACTION: &str = "Nieuwe actie";
pub(crate) const ADD_ACTION: &str = "Maak de actie";
pub(crate) const CHANGE_ACTION: &str = "Verander deze actie";
pub(crate) const ABOUT_ACTION: &str = "Over deze actie";
pub(crate) const TO_ACTIONS: &str = "Alle acties";
pub(crate) const TO_FIGURES: &str = "Bekijk de cijfers van deze actie";

pub(crate) const NAME: &str = "Naam van de actie";
pub(crate) const NAME_HINT: &str = "Bijvoorbeeld: Zwemmen met een buddy.";
pub(crate) const NAME_WRONG: &str = "Geef de actie een naam van hoogstens 120 tekens.";
pub(crate) const FUNDING: &str = "Financiering";
pub(crate) const FUNDING_HINT: &str = "Wie betaalt dit? Bijvoorbeeld: Impulssubsidie. Je mag dit leeg laten.";
pub(crate) const FUNDING_WRONG: &str = "Schrijf de financiering in hoogstens 60 tekens.";
pub(crate) const BBC: &str = "Code van de actie in BBC";
pub(crate) const BBC_HINT: &str = "De code in het meerjarenplan van de gemeente. Je mag dit leeg laten.";
pub(crate) const BBC_WRONG: &str = "Een code heeft hoogstens 40 tekens: letters, cijfers, punt of streepje, en minstens één cijfer. Bijvoorbeeld: ACT-12.";
pub(crate) const FIRST_ACTIVITY: &str = "Eerste activiteit";

/// `Begonnen op 3 maart 2026`
pub(crate) fn started(day: &str) -> String {
    format!("Eerste activiteit op {day}")
}

/// How many actions there are and what was decided about them.
pub(crate) fn actions_lead(actions: &[Action]) -> String {
    let anchored = actions
        .iter()
        .filter(|action| {
            let decision = action.decision.as_ref().map(|decision| decision.decision);
            decision == Some(AnchoringDecision::Anchored)
        })
        .count();
    let all = count(actions.len() as u64, "actie", "acties");
    match (actions.len(), anchored) {
        (0, _) => "Nog geen acties in het werkplan.".to_owned(),
        (_, 0) => format!("{all} in het werkplan. Nog geen enkele is verankerd."),
        (1, _) => format!("{all} in het werkplan. Die is verankerd."),
        (_, 1) => format!("{all} in het werkplan. Eén daarvan is verankerd."),
        (_, anchored) => format!("{all} in het werkplan. {anchored} daarvan zijn verankerd."),
    }
}

/// One sentence on an action.
pub(crate) fn action_lead(action: &Action) -> String {
    match (action.activities, action.first_day) {
        (0, _) | (_, None) => "Aan deze actie hangt nog geen activiteit.".to_owned(),
        (activities, Some(day)) => format!(
            "{}, de eerste op {}.",
            count(activities, "activiteit", "activiteiten"),
            super::date(day)
        ),
    }
}

/// What a form just did.
pub(crate) fn action_done(done: &str) -> Option<&'static str> {
    Some(match done {
        "toegevoegd" => "De actie is gemaakt. Koppel nu haar activiteiten.",
        "gewijzigd" => "De actie is bewaard.",
        "gekoppeld" => "De activiteiten horen nu bij deze actie. De cijfers volgen meteen.",
        "los" => "De activiteit hoort niet meer bij deze actie.",
        "kost" => "De kost is bewaard.",
        "kost_terug" => "De kost is weggehaald.",
        "beslist" => "De beslissing is bewaard.",
        _ => return None,
    })
}

pub(crate) const ACTIVITIES: &str = "Activiteiten";
pub(crate) const NO_ACTIVITIES: &str = "Nog geen activiteiten bij deze actie.";
pub(crate) const LOOSEN: &str = "Maak los";
pub(crate) const LINK_TITLE: &str = "Koppel activiteiten";
pub(crate) const LINK_SEARCH: &str = "Zoek een activiteit zonder actie";
pub(crate) const LINK_WHICH: &str = "Welke activiteiten horen bij deze actie?";
pub(crate) const LINK_HINT: &str = "Een activiteit hoort bij één actie. Zo telt een bezoek nooit twee keer.";
pub(crate) const LINK: &str = "Koppel aan deze actie";
pub(crate) const LINK_NONE: &str = "Duid minstens één activiteit aan.";
pub(crate) const NOTHING_LOOSE: &str = "Er zijn geen activiteiten zonder actie gevonden.";

pub(crate) const COSTS: &str = "Kosten";
pub(crate) const NO_COSTS: &str = "Nog geen kosten.";
pub(crate) const WHAT: &str = "Waarvoor";
pub(crate) const WHAT_WRONG: &str = "Schrijf waarvoor het is, in hoogstens 200 tekens.";
pub(crate) const KIND: &str = "Soort kost";
pub(crate) const KIND_WRONG: &str = "Kies een soort kost.";
pub(crate) const WHEN: &str = "Wanneer";
pub(crate) const AMOUNT: &str = "Bedrag";
pub(crate) const AMOUNT_EURO: &str = "Bedrag in euro";
pub(crate) const AMOUNT_WRONG: &str = "Schrijf een bedrag, bijvoorbeeld 125,50.";
pub(crate) const SPENT_ON: &str = "Betaald op";
pub(crate) const DAY_WRONG: &str = "Kies een dag, bijvoorbeeld 3/11/2026.";
pub(crate) const DAY_FUTURE: &str = "Die dag moet nog komen. Kies vandaag of een dag ervoor.";
pub(crate) const TAKING_BACK: &str = "Weghalen";
pub(crate) const TOGETHER: &str = "Samen";
pub(crate) const NEW_COST: &str = "Nieuwe kost";
pub(crate) const ADD_COST: &str = "Bewaar de kost";

pub(crate) const DECISIONS: &str = "Wat blijft ervan?";
pub(crate) const NO_DECISIONS: &str = "Er is nog niets beslist over deze actie.";
pub(crate) const NEW_DECISION: &str = "Nieuwe beslissing";
pub(crate) const DECISION: &str = "Wat is beslist?";
pub(crate) const DECISION_WRONG: &str = "Kies wat er beslist is.";
pub(crate) const DECIDED_ON: &str = "Beslist op";
pub(crate) const REASON: &str = "Waarom?";
pub(crate) const REASON_HINT: &str = "In enkele zinnen. Je mag dit leeg laten.";
pub(crate) const REASON_WRONG: &str = "Schrijf de reden in hoogstens 1000 tekens.";
pub(crate) const DECIDE: &str = "Bewaar de beslissing";

/// What each decision means.
pub(crate) const fn decision(decision: AnchoringDecision) -> &'static str {
    match decision {
        AnchoringDecision::Proposed => "Voorgesteld: we vragen om deze actie te houden",
        AnchoringDecision::Anchored => "Verankerd: de gemeenten zetten de actie zelf voort",
        AnchoringDecision::Stopped => "Stopgezet: de actie eindigt",
    }
}

// Partners.

pub(crate) const PARTNERS: &str = "Partners";
pub(crate) const PARTNERS_DESCRIPTION: &str = "De partners van het samenwerkingsverband en wat met hen is afgesproken.";
pub(crate) const PARTNERS_LEAD: &str = "Met wie we samenwerken, en wat we afspraken.";
pub(crate) const PARTNER: &str = "Partner";
pub(crate) const PARTNER_WRONG: &str = "Kies een partner uit de lijst.";
pub(crate) const PARTNER_NAME: &str = "Naam van de partner";
pub(crate) const PARTNER_NAME_WRONG: &str = "Geef de partner een naam van hoogstens 120 tekens.";
pub(crate) const PARTNER_KNOWN: &str = "Deze partner staat al in de lijst.";
pub(crate) const NEW_PARTNER: &str = "Nieuwe partner";
pub(crate) const ADD_PARTNER: &str = "Bewaar de partner";
pub(crate) const NEW_AGREEMENT: &str = "Nieuwe afspraak";
pub(crate) const ADD_AGREEMENT: &str = "Bewaar de afspraak";
pub(crate) const AGREED_ON: &str = "Afgesproken op";
pub(crate) const UNTIL: &str = "Tot en met";
pub(crate) const UNTIL_HINT: &str = "Leeg: zonder einddatum.";
pub(crate) const AGREEMENT: &str = "Wat is afgesproken?";
pub(crate) const AGREEMENT_HINT: &str =
    "Wie doet wat? In enkele zinnen. Deze tekst komt in het antwoord en de verslagen.";
pub(crate) const AGREEMENT_WRONG: &str = "Schrijf de afspraak in hoogstens 2000 tekens.";
pub(crate) const END_BEFORE_START: &str = "De afspraak eindigt voor ze begint. Kijk de dagen na.";
pub(crate) const NO_AGREEMENTS: &str = "Nog geen afspraken.";
pub(crate) const NO_SHARED_ACTIONS: &str = "Nog geen acties samen.";
pub(crate) const END_TITLE: &str = "Beëindig deze afspraak";
pub(crate) const LAST_DAY: &str = "Laatste dag";
pub(crate) const END_AGREEMENT: &str = "Beëindig";
pub(crate) const OVER: &str = "voorbij";

/// `Samen in: Zwemmen, Praattafel.`
pub(crate) fn shared_actions(names: &[String]) -> String {
    format!("Samen in: {}.", names.join(", "))
}

/// What a form just did.
pub(crate) fn partner_done(done: &str) -> Option<(Tone, &'static str)> {
    Some(match done {
        "partner" => (Tone::Ok, "De partner is bewaard."),
        "afspraak" => (Tone::Ok, "De afspraak is bewaard."),
        "beeindigd" => (Tone::Ok, "De laatste dag van de afspraak is bewaard."),
        "einde_fout" => (
            Tone::Wait,
            "De laatste dag is niet bewaard. Kies een dag die niet voor het begin van de afspraak ligt.",
        ),
        _ => return None,
    })
}

// Money.

pub(crate) const BUDGET_DESCRIPTION: &str =
    "Begroting en uitgaven per actie, de subsidie en het eigen aandeel van de gemeenten.";
pub(crate) const WORK_YEAR: &str = "Werkjaar";
pub(crate) const ALL_YEARS: &str = "Alle werkjaren samen";
pub(crate) const ACTION: &str = "Actie";
pub(crate) const ACTION_WRONG: &str = "Kies een actie uit de lijst.";
pub(crate) const WHOLE: &str = "Niet voor één actie";
pub(crate) const NO_MONEY: &str = "Voor deze tijd is nog niets begroot of uitgegeven.";
pub(crate) const BUDGETED: &str = "Begroot";
pub(crate) const SPENT: &str = "Uitgegeven";
pub(crate) const LEFT: &str = "Nog over";
pub(crate) const BY_ACTION: &str = "Begroting en uitgaven per actie";
pub(crate) const BY_KIND: &str = "Begroting en uitgaven per soort kost";
pub(crate) const WHO_PAYS: &str = "Wie betaalt?";
pub(crate) const SUBSIDY_GRANTED: &str = "Toegekende subsidie";
pub(crate) const SUBSIDY_USED: &str = "Daarvan gebruikt";
pub(crate) const OWN_OF_BUDGET: &str = "Eigen aandeel in de begroting";
pub(crate) const OWN_OF_SPENT: &str = "Eigen aandeel in de uitgaven";
pub(crate) const UNCOVERED: &str = "Door niemand betaald";
pub(crate) const MUNICIPALITY: &str = "Gemeente";
pub(crate) const PART: &str = "Deel";
pub(crate) const OF_BUDGET: &str = "Van de begroting";
pub(crate) const OF_SPENT: &str = "Van de uitgaven";
pub(crate) const SAME_PART: &str = "gelijk";
pub(crate) const SPLIT_TABLE: &str = "Het eigen aandeel per gemeente";
pub(crate) const ALL_LINES: &str = "Alle lijnen van de begroting";
pub(crate) const ALL_COSTS: &str = "Alle uitgaven";
pub(crate) const NEW_LINE: &str = "Nieuwe lijn in de begroting";
pub(crate) const ADD_LINE: &str = "Bewaar de lijn";
pub(crate) const SETTINGS: &str = "Subsidie en verdeling";
pub(crate) const SUBSIDY: &str = "Toegekende subsidie in euro";
pub(crate) const SUBSIDY_HINT: &str = "Voor dit werkjaar.";
pub(crate) const OWN_SHARE: &str = "Eigen aandeel in procent";
pub(crate) const OWN_SHARE_HINT: &str = "Wat de gemeenten zelf betalen. Gewoonlijk 20.";
pub(crate) const PERCENT_WRONG: &str = "Schrijf een percentage van 0 tot 100, bijvoorbeeld 20 of 12,5.";
pub(crate) const SPLIT: &str = "Hoe verdelen de gemeenten hun aandeel?";
pub(crate) const SPLIT_HINT: &str = "Inwoners: volgens de lijst van 2020 in dit programma.";
pub(crate) const SPLIT_WRONG: &str = "Kies hoe de gemeenten verdelen.";
pub(crate) const SHARES: &str = "Percentage per gemeente";
pub(crate) const SHARES_HINT: &str = "Alleen nodig bij zelf gekozen percentages. Samen moeten ze precies 100 zijn.";

/// Title of the page for a work year or for all.
pub(crate) fn budget_title(period: Period) -> String {
    if period == Period::project() {
        "Begroting van alle werkjaren".to_owned()
    } else {
        format!("Begroting {period}")
    }
}

/// What was spent of what.
pub(crate) fn budget_lead(budget: &Budget) -> String {
    match (budget.budget.0, budget.spent.0) {
        (0, 0) => "Er is nog niets begroot of uitgegeven.".to_owned(),
        (0, _) => format!("{} is uitgegeven. Er is nog niets begroot.", euro(budget.spent)),
        (planned, spent) if spent > planned => format!(
            "{} is uitgegeven. Dat is {} meer dan begroot.",
            euro(budget.spent),
            euro(budget.spent - budget.budget)
        ),
        _ => format!("{} is uitgegeven van {}.", euro(budget.spent), euro(budget.budget)),
    }
}

/// The rule of the money.
pub(crate) fn who_pays(share: &str) -> String {
    format!(
        "De gemeenten betalen zelf {share} van alle kosten. De subsidie betaalt de rest, hoogstens wat is toegekend."
    )
}

/// How the table was made.
pub(crate) fn split_note(split: OwnShareSplit) -> String {
    let how = split.label_nl();
    format!("{how}. De delen zijn samen precies het eigen aandeel: de laatste centen gaan naar de grootste resten.")
}

/// A typed percentage is none.
pub(crate) fn share_wrong(municipality: &str) -> String {
    format!("Het percentage van {municipality} is geen getal van 0 tot 100, bijvoorbeeld 12,5.")
}

/// Typed percentages do not make a hundred.
pub(crate) fn shares_sum(sum: BasisPoints) -> String {
    format!(
        "De percentages zijn samen {}. Ze moeten samen precies 100\u{a0}% zijn.",
        percent(sum)
    )
}

/// For some municipalities no number of inhabitants is known.
pub(crate) fn no_inhabitants(names: &str) -> String {
    format!("Het aantal inwoners is niet bekend voor {names}. Kies zelf percentages.")
}

/// What a form just did.
pub(crate) fn budget_done(done: &str) -> Option<&'static str> {
    Some(match done {
        "instelling" => "De subsidie en de verdeling zijn bewaard.",
        "raming" => "De lijn is bewaard.",
        "kost" => "De kost is bewaard.",
        "terug" => "De lijn is weggehaald.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_percentages_do_not_break_at_the_end_of_a_line() {
        assert_eq!(euro(Cents(125_000)), "€\u{a0}1.250,00");
        assert_eq!(percent(BasisPoints(1_250)), "12,5\u{a0}%");
        assert_eq!(plain_amount(Cents(125_005)), "1250,05");
    }

    #[test]
    fn percentages_that_do_not_add_up_are_named() {
        assert!(shares_sum(BasisPoints(9_999)).contains("99,99"));
    }
}
