//! What a figure says, in a sentence or two: the first thing on its page. Made of published cells only; what is hidden is
//! not guessed.

use domain::{Dimension, Figure, FigureCell, FigureCode};
use report::dutch;

use super::super::{count, number};

/// The sentences of a figure, from its total.
pub(crate) fn sentences(figure: &Figure) -> String {
    let one = |column: &str| Whole::of(figure, column);
    match figure.code {
        FigureCode::PassesIssued => match one("passes_issued") {
            Whole::Known(0) => "In deze periode is nog geen pas uitgereikt.".to_owned(),
            Whole::Known(1) => "1 pas is uitgereikt.".to_owned(),
            Whole::Known(n) => format!("{} passen zijn uitgereikt.", number(n)),
            other => other.refusal("het aantal passen"),
        },
        FigureCode::PassesActive => match one("passes_active") {
            Whole::Known(0) => "Op de laatste dag is er geen pas geldig.".to_owned(),
            Whole::Known(1) => "1 pas is geldig op de laatste dag.".to_owned(),
            Whole::Known(n) => format!("{} passen zijn geldig op de laatste dag.", number(n)),
            other => other.refusal("het aantal passen"),
        },
        FigureCode::Participations => match one("participations") {
            Whole::Known(0) => "In deze periode is nog geen bezoek geteld.".to_owned(),
            Whole::Known(1) => "Er is 1 bezoek geteld.".to_owned(),
            Whole::Known(n) => format!("Er zijn {} bezoeken geteld.", number(n)),
            other => other.refusal("het aantal bezoeken"),
        },
        FigureCode::Participants => people(
            &one("participants"),
            ["deed mee", "deden mee"],
            "In deze periode deed nog niemand mee.",
        ),
        FigureCode::FirstParticipants => people(
            &one("first_participants"),
            ["kwam voor het eerst", "kwamen voor het eerst"],
            "In deze periode kwam er niemand voor het eerst.",
        ),
        FigureCode::NewToLeisure => people(
            &one("new_to_leisure"),
            [
                "begon en deed het jaar ervoor aan niets mee",
                "begonnen en deden het jaar ervoor aan niets mee",
            ],
            "In deze periode begon niemand die het jaar ervoor aan niets meedeed.",
        ),
        FigureCode::Sustained => people(
            &one("sustained"),
            [
                "bleef komen: minstens drie bezoeken, in twee maanden of meer",
                "bleven komen: minstens drie bezoeken, in twee maanden of meer",
            ],
            "In deze periode is er nog niemand die bleef komen.",
        ),
        FigureCode::Reach => reach(figure),
        FigureCode::Change => change(figure),
        FigureCode::Retention => retention(figure),
        FigureCode::Funnel => funnel(figure),
        FigureCode::ThresholdEuro => threshold(figure),
        FigureCode::Cheques => match one("redeemed") {
            Whole::Known(0) => "In deze periode is nog geen Randuitcheque gebruikt.".to_owned(),
            Whole::Known(n) => {
                let cents = Whole::of(figure, "redeemed_cents").known();
                let worth = cents
                    .map(|cents| format!(", samen {}", euro(cents)))
                    .unwrap_or_default();
                let verb = if n == 1 { "is" } else { "zijn" };
                format!(
                    "Er {verb} {} gebruikt{worth}.",
                    count(n, "Randuitcheque", "Randuitcheques")
                )
            }
            other => other.refusal("het aantal Randuitcheques"),
        },
        FigureCode::Crossings => crossings(figure),
        FigureCode::PracticeHours => practice(figure),
        FigureCode::NewActions => match figure.rows.len() {
            0 => "In deze periode begon geen nieuwe actie.".to_owned(),
            1 => "1 nieuwe actie begon in deze periode.".to_owned(),
            n => format!("{n} nieuwe acties begonnen in deze periode."),
        },
        FigureCode::Anchoring => match figure.rows.len() {
            0 => "Er zijn in deze periode geen acties.".to_owned(),
            n => format!(
                "{} in deze periode. De tabel toont wat elke actie opleverde, wat ze kostte, en wat er beslist is.",
                count(n as u64, "actie liep", "acties liepen")
            ),
        },
        FigureCode::Coverage => dutch::coverage(&figure.coverage),
    }
}

/// The whole of a column.
enum Whole {
    Known(u64),
    Hidden,
    Missing,
}

impl Whole {
    fn of(figure: &Figure, column: &str) -> Self {
        match figure.total_cell(column) {
            Some(FigureCell::Count { value }) => Self::Known(u64::try_from(*value).unwrap_or(0)),
            Some(FigureCell::Hidden) => Self::Hidden,
            _ => Self::Missing,
        }
    }

    const fn known(&self) -> Option<u64> {
        match self {
            Self::Known(value) => Some(*value),
            _ => None,
        }
    }

    /// Why there is no number.
    fn refusal(&self, what: &str) -> String {
        match self {
            Self::Hidden => format!("Om mensen te beschermen tonen we {what} hier niet."),
            _ => "Voor deze keuze is er geen totaal.".to_owned(),
        }
    }
}

fn people(whole: &Whole, [one, many]: [&str; 2], none: &str) -> String {
    match whole {
        Whole::Known(0) => none.to_owned(),
        Whole::Known(1) => format!("1 nieuwkomer {one}."),
        Whole::Known(n) => format!("{} nieuwkomers {many}.", number(*n)),
        other => other.refusal("het aantal mensen"),
    }
}

fn euro(cents: u64) -> String {
    dutch::euro(i64::try_from(cents).unwrap_or(i64::MAX))
}

fn estimate(figure: &Figure, column: &str) -> Option<[f64; 3]> {
    match figure.total_cell(column) {
        Some(FigureCell::Estimate { value, low, high }) => Some([*value, *low, *high]),
        _ => None,
    }
}

/// `41 op de 100`, as people say a share.
fn in_hundred(share: f64) -> String {
    dutch::decimal(share * 100.0, 0)
}

fn reach(figure: &Figure) -> String {
    let passes = match estimate(figure, "share_of_passes") {
        Some([value, low, high]) => format!(
            "Van elke 100 geldige passen {} er {} minstens één keer gebruikt (tussen {} en {}).",
            if in_hundred(value) == "1" { "is" } else { "zijn" },
            in_hundred(value),
            in_hundred(low),
            in_hundred(high)
        ),
        None => "Er zijn te weinig gegevens om te zeggen welk deel van de passen gebruikt is.".to_owned(),
    };
    let newcomers = match (
        estimate(figure, "share_of_newcomers"),
        figure.total_cell("share_of_newcomers"),
    ) {
        (Some([value, ..]), _) => format!(" Dat is {} van alle nieuwkomers.", dutch::percent(value)),
        (None, Some(FigureCell::NoDenominator)) => {
            " We weten niet hoeveel nieuwkomers er wonen: daarom delen we daar niet door.".to_owned()
        }
        _ => String::new(),
    };
    format!("{passes}{newcomers}")
}

/// How this period compares with the other.
pub(crate) fn change(figure: &Figure) -> String {
    let Some(other) = figure.compare else {
        return "Kies een periode om mee te vergelijken.".to_owned();
    };
    let (before, now) = (Whole::of(figure, "before"), Whole::of(figure, "now"));
    let (Some(before), Some(now)) = (before.known(), now.known()) else {
        return "Om mensen te beschermen tonen we deze vergelijking niet.".to_owned();
    };
    let label = other.label_nl();
    let counts = format!(
        "{} nu, tegenover {} in de vergelijkingsperiode ({label}).",
        count(now, "deelnemer", "deelnemers"),
        number(before)
    );
    let verdict = match (estimate(figure, "ratio"), now.cmp(&before)) {
        (Some([_, low, _]), std::cmp::Ordering::Greater) if low > 1.0 => {
            " Dat is duidelijk meer: meer dan toeval kan verklaren."
        }
        (Some([_, _, high]), std::cmp::Ordering::Less) if high < 1.0 => {
            " Dat is duidelijk minder: meer verschil dan toeval kan verklaren."
        }
        (Some(_), _) => " Het verschil is zo klein dat het ook toeval kan zijn.",
        (None, _) => "",
    };
    format!("{counts}{verdict}")
}

fn retention(figure: &Figure) -> String {
    let Some(issued) = Whole::of(figure, "issued").known().filter(|issued| *issued > 0) else {
        return "Er zijn nog geen passen om te volgen.".to_owned();
    };
    let steps: Vec<String> = [
        ("share_1", "één maand"),
        ("share_3", "drie maanden"),
        ("share_6", "zes maanden"),
        ("share_12", "een jaar"),
    ]
    .into_iter()
    .filter_map(|(column, words)| {
        let [value, ..] = estimate(figure, column)?;
        Some(format!("{} na {words} of later", dutch::percent(value)))
    })
    .collect();
    let holders = count(issued, "pashouder", "pashouders");
    match steps.as_slice() {
        [] => format!("We volgen {holders}. Het is nog te vroeg, of het zijn te weinig mensen, voor een percentage."),
        steps => format!("We volgen {holders}. Nog minstens één keer kwam {}.", enumerate(steps)),
    }
}

fn funnel(figure: &Figure) -> String {
    let Some(issued) = Whole::of(figure, "issued").known().filter(|issued| *issued > 0) else {
        return "Er zijn in deze periode geen passen uitgereikt om te volgen.".to_owned();
    };
    let steps: Vec<String> = [("first_visit", "een eerste keer"), ("third_visit", "een derde keer")]
        .into_iter()
        .filter_map(|(column, words)| Some(format!("{} {words}", number(Whole::of(figure, column).known()?))))
        .collect();
    let holders = count(issued, "pashouder", "pashouders");
    let mut text = match steps.as_slice() {
        [] => format!("We volgen {holders}."),
        steps => format!("Van {holders} kwamen er {}.", enumerate(steps)),
    };
    match Whole::of(figure, "member").known() {
        Some(0) => text.push_str(" Nog niemand werd lid van een vereniging."),
        Some(1) => text.push_str(" 1 van hen werd lid van een vereniging."),
        Some(n) => text.push_str(&format!(" {} van hen werden lid van een vereniging.", number(n))),
        None => {}
    }
    text
}

fn threshold(figure: &Figure) -> String {
    let total = match Whole::of(figure, "total_cents") {
        Whole::Known(0) => return "In deze periode is er nog geen korting gegeven.".to_owned(),
        Whole::Known(cents) => format!("Pashouders moesten samen {} niet betalen.", euro(cents)),
        other => return other.refusal("het bedrag"),
    };
    match figure.total_cell("mean_cents") {
        Some(FigureCell::Number { value }) => {
            let mean = dutch::cell(&FigureCell::Number { value: *value }, domain::Unit::Cents, 1);
            format!("{total} Dat is gemiddeld {mean} voor elke deelnemer.")
        }
        Some(FigureCell::Count { value }) => {
            format!("{total} Dat is gemiddeld {} voor elke deelnemer.", dutch::euro(*value))
        }
        _ => total,
    }
}

/// Shown cells off the diagonal are a safe lower bound: hidden ones only add to it.
fn crossings(figure: &Figure) -> String {
    let off_diagonal = figure.rows.iter().filter(|row| match row.key.as_slice() {
        [from, to] => from != to,
        _ => false,
    });
    let mut over = 0_u64;
    let mut hidden = false;
    for row in off_diagonal {
        match figure.cell(row, "participations") {
            Some(FigureCell::Count { value }) => over = over.saturating_add(u64::try_from(*value).unwrap_or(0)),
            Some(FigureCell::Hidden) => hidden = true,
            _ => {}
        }
    }
    match (over, hidden) {
        (0, false) => "Niemand ging naar een activiteit in een andere gemeente.".to_owned(),
        (0, true) => "Om mensen te beschermen tonen we niet hoeveel bezoeken in een andere gemeente waren.".to_owned(),
        (over, hidden) => format!(
            "{}{} in een andere gemeente dan waar de pashouder woont.",
            if hidden { "Minstens " } else { "" },
            count(over, "bezoek was", "bezoeken waren")
        ),
    }
}

fn practice(figure: &Figure) -> String {
    let minutes = match Whole::of(figure, "minutes") {
        Whole::Known(0) => return "In deze periode oefende nog niemand Nederlands bij een activiteit.".to_owned(),
        Whole::Known(minutes) => minutes,
        other => return other.refusal("het aantal uren"),
    };
    let hours = dutch::cell(&FigureCell::count(minutes), domain::Unit::Minutes, 1);
    let text = format!("Pashouders oefenden samen {hours} Nederlands.");
    match Whole::of(figure, "with_40_hours").known() {
        Some(0) => format!("{text} Nog niemand haalde 40 uur."),
        Some(1) => format!("{text} 1 van hen haalde 40 uur of meer."),
        Some(n) => format!("{text} {} van hen haalden 40 uur of meer.", number(n)),
        None => text,
    }
}

/// `a, b en c`
fn enumerate(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} en {last}", start.join(", ")),
    }
}

/// What the first column of a figure that is split shows: where it is most.
pub(crate) fn where_most(dimension: Dimension, name: &str, value: &str) -> String {
    match dimension {
        Dimension::Municipality | Dimension::ActivityMunicipality => format!("Het meest in {name}: {value}."),
        Dimension::Month => format!("Het meest in {name}: {value}."),
        _ => format!("Het meest: {name}, met {value}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples::{cell, figure};
    use domain::Unit;

    fn of(code: FigureCode, columns: &[(&str, Unit)], total: Vec<FigureCell>) -> String {
        sentences(&figure(code, &[], columns, Vec::new(), total)).replace('\u{a0}', " ")
    }

    fn estimate(value: f64, low: f64, high: f64) -> FigureCell {
        FigureCell::Estimate { value, low, high }
    }

    #[test]
    fn counts_agree_for_none_one_many_and_hidden() {
        let one = |value| {
            of(
                FigureCode::Participants,
                &[("participants", Unit::People)],
                vec![cell(value)],
            )
        };
        assert_eq!(one(Some(0)), "In deze periode deed nog niemand mee.");
        assert_eq!(one(Some(1)), "1 nieuwkomer deed mee.");
        assert_eq!(one(Some(1204)), "1.204 nieuwkomers deden mee.");
        assert_eq!(
            one(None),
            "Om mensen te beschermen tonen we het aantal mensen hier niet."
        );
    }

    #[test]
    fn no_figure_is_without_words_whatever_is_missing() {
        for code in FigureCode::ALL.iter().copied() {
            let text = of(code, &[], Vec::new());
            assert!(text.ends_with('.') && !text.contains("  "), "{code}: {text}");
        }
    }

    #[test]
    fn reach_without_denominator_says_so() {
        let columns = [("share_of_passes", Unit::Share), ("share_of_newcomers", Unit::Share)];
        let text = of(
            FigureCode::Reach,
            &columns,
            vec![estimate(0.41, 0.37, 0.45), FigureCell::NoDenominator],
        );
        assert_eq!(
            text,
            "Van elke 100 geldige passen zijn er 41 minstens één keer gebruikt (tussen 37 en 45). We weten niet hoeveel \
             nieuwkomers er wonen: daarom delen we daar niet door."
        );
    }

    #[test]
    fn a_difference_that_may_be_chance_is_called_that() {
        let columns = [("before", Unit::People), ("now", Unit::People), ("ratio", Unit::Ratio)];
        let of = |before, now, ratio| {
            let mut figure = figure(
                FigureCode::Change,
                &[],
                &columns,
                Vec::new(),
                vec![cell(before), cell(now), ratio],
            );
            figure.compare = "2025".parse().ok();
            sentences(&figure)
        };
        assert!(of(Some(250), Some(312), estimate(1.25, 1.05, 1.48)).contains("duidelijk meer"));
        assert!(of(Some(312), Some(250), estimate(0.8, 0.68, 0.95)).contains("duidelijk minder"));
        assert!(of(Some(30), Some(33), estimate(1.1, 0.7, 1.8)).contains("ook toeval"));
        assert!(of(None, Some(33), FigureCell::Hidden).contains("beschermen"));
    }

    #[test]
    fn crossings_are_a_lower_bound_when_something_is_hidden() {
        let by = [Dimension::Municipality, Dimension::ActivityMunicipality];
        let rows = vec![
            (vec!["23102", "23102"], vec![cell(Some(40))]),
            (vec!["23102", "23002"], vec![cell(Some(7))]),
            (vec!["23002", "23102"], vec![cell(None)]),
        ];
        let matrix = figure(
            FigureCode::Crossings,
            &by,
            &[("participations", Unit::Visits)],
            rows,
            vec![cell(Some(49))],
        );
        assert_eq!(
            sentences(&matrix),
            "Minstens 7 bezoeken waren in een andere gemeente dan waar de pashouder woont."
        );
    }

    #[test]
    fn money_hours_and_routes_are_said_in_full() {
        let text = of(
            FigureCode::ThresholdEuro,
            &[("total_cents", Unit::Cents), ("mean_cents", Unit::Cents)],
            vec![cell(Some(120_450)), FigureCell::Number { value: 2_304.0 }],
        );
        assert_eq!(
            text,
            "Pashouders moesten samen € 1.204,50 niet betalen. Dat is gemiddeld € 23,04 voor elke deelnemer."
        );
        let text = of(
            FigureCode::Funnel,
            &[
                ("issued", Unit::People),
                ("first_visit", Unit::People),
                ("third_visit", Unit::People),
                ("member", Unit::People),
            ],
            vec![cell(Some(400)), cell(Some(300)), cell(Some(120)), cell(Some(1))],
        );
        assert_eq!(
            text,
            "Van 400 pashouders kwamen er 300 een eerste keer en 120 een derde keer. 1 van hen werd lid van een vereniging."
        );
    }
}
