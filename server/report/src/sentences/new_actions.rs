//! Question 6: which actions began.

use domain::{Figure, FigureCell, FigureRow};

use crate::dutch::date;
use crate::phrase::{Value, When, agree, count, join};

/// How many, and which.
pub(crate) fn overview(when: When, figure: &Figure) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    let names: Vec<String> = figure.rows.iter().map(name).collect();
    match u64::try_from(names.len()).unwrap_or(u64::MAX) {
        0 => format!("{start} begon er{so_far} geen nieuwe actie."),
        n => format!(
            "{start} {} er{so_far} {}: {}.",
            agree(n, "begon", "begonnen"),
            count(n, "nieuwe actie", "nieuwe acties"),
            join(&names)
        ),
    }
}

/// One point of the list.
pub(crate) fn point(figure: &Figure, row: &FigureRow) -> String {
    let since = match figure.cell(row, "first_day") {
        Some(FigureCell::Day { day }) => format!("eerste activiteit op {}", date(*day)),
        _ => "eerste activiteit nog niet bekend".to_owned(),
    };
    let (visits, people) = (
        Value::row(figure, row, "participations"),
        Value::row(figure, row, "participants"),
    );
    let took_part = match (visits, people) {
        (Value::Known(0), _) | (_, Value::Known(0)) => "nog geen bezoeken".to_owned(),
        (Value::Known(visits), Value::Known(people)) => format!(
            "{} van {}",
            count(visits, "bezoek", "bezoeken"),
            count(people, "deelnemer", "deelnemers")
        ),
        (Value::Known(visits), _) => count(visits, "bezoek", "bezoeken"),
        (_, Value::Known(people)) => count(people, "deelnemer", "deelnemers"),
        (Value::Hidden, _) | (_, Value::Hidden) => "het aantal bezoeken en deelnemers tonen we niet".to_owned(),
        _ => "het aantal bezoeken is niet bekend".to_owned(),
    };
    format!("{}: {since}; {took_part}.", name(row))
}

fn name(row: &FigureRow) -> String {
    row.names.first().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{figure, with_row};
    use crate::phrase::when;
    use domain::FigureCode;

    fn actions(rows: &[(&str, FigureCell, FigureCell, FigureCell)]) -> Figure {
        let empty = figure(
            FigureCode::NewActions,
            &[
                ("first_day", FigureCell::Nothing),
                ("participations", FigureCell::count(0)),
                ("participants", FigureCell::count(0)),
            ],
        );
        rows.iter().fold(empty, |figure, (name, day, visits, people)| {
            with_row(figure, name, name, vec![day.clone(), visits.clone(), people.clone()])
        })
    }

    #[test]
    fn actions_are_named_and_told() {
        let count = FigureCell::count;
        let day = FigureCell::Day {
            day: "2026-03-12".parse().unwrap(),
        };
        let found = actions(&[
            ("Proef een sport", day.clone(), count(120), count(41)),
            ("Praattafel", day.clone(), count(1), count(1)),
            ("Kookles", day.clone(), FigureCell::Hidden, FigureCell::Hidden),
            ("Fietsles", FigureCell::Nothing, count(0), count(0)),
            ("Wandelen", day, count(30), FigureCell::Hidden),
        ]);
        assert_eq!(
            overview(when("2025-2026", false), &found),
            "In het werkjaar 2025-2026 begonnen er 5 nieuwe acties: Proef een sport, Praattafel, Kookles, Fietsles en \
             Wandelen."
        );
        let points: Vec<String> = found.rows.iter().map(|row| point(&found, row)).collect();
        assert_eq!(
            points,
            [
                "Proef een sport: eerste activiteit op 12 maart 2026; 120 bezoeken van 41 deelnemers.",
                "Praattafel: eerste activiteit op 12 maart 2026; 1 bezoek van 1 deelnemer.",
                "Kookles: eerste activiteit op 12 maart 2026; het aantal bezoeken en deelnemers tonen we niet.",
                "Fietsles: eerste activiteit nog niet bekend; nog geen bezoeken.",
                "Wandelen: eerste activiteit op 12 maart 2026; 30 bezoeken.",
            ]
        );
        assert_eq!(
            overview(when("2026", true), &actions(&[])),
            "In 2026 begon er tot nu toe geen nieuwe actie."
        );
        assert_eq!(
            overview(
                when("2026", false),
                &actions(&[("A", FigureCell::Nothing, count(0), count(0))])
            ),
            "In 2026 begon er 1 nieuwe actie: A."
        );
    }
}
