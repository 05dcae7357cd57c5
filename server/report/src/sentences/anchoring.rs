//! Question 7: which actions qualify for going on when the project ends.

use domain::{AnchoringDecision, Figure, FigureCell, FigureRow};

use crate::dutch::date;
use crate::phrase::{count, join};

/// What was decided about the action of a row, wherever anything was.
pub(crate) fn decision(figure: &Figure, row: &FigureRow) -> Option<AnchoringDecision> {
    let Some(FigureCell::Text { text }) = figure.cell(row, "decision") else {
        return None;
    };
    AnchoringDecision::ALL
        .iter()
        .copied()
        .find(|known| known.code() == text || known.label_nl().eq_ignore_ascii_case(text))
}

/// Which actions qualify, which go on already, and about which nothing was decided.
pub(crate) fn overview(figure: &Figure) -> String {
    let with = |wanted: Option<AnchoringDecision>| -> Vec<String> {
        let rows = figure.rows.iter().filter(|row| decision(figure, row) == wanted);
        rows.map(name).collect()
    };
    if figure.rows.is_empty() {
        return "Er zijn nog geen acties genoteerd.".to_owned();
    }
    let (anchored, proposed, stopped, open) = (
        with(Some(AnchoringDecision::Anchored)),
        with(Some(AnchoringDecision::Proposed)),
        with(Some(AnchoringDecision::Stopped)),
        with(None),
    );
    let mut sentences = vec![if proposed.is_empty() {
        "Er is geen actie voorgesteld voor verankering.".to_owned()
    } else {
        format!(
            "Voor verankering {} in aanmerking: {}.",
            if proposed.len() == 1 { "komt" } else { "komen" },
            join(&proposed)
        )
    }];
    if !anchored.is_empty() {
        sentences.push(format!("Al verankerd: {}.", join(&anchored)));
    }
    if !stopped.is_empty() {
        let verb = if stopped.len() == 1 { "stopt" } else { "stoppen" };
        sentences.push(format!("{} {verb}.", join(&stopped)));
    }
    let open = u64::try_from(open.len()).unwrap_or(u64::MAX);
    if open > 0 {
        sentences.push(format!("Over {} is nog niets beslist.", count(open, "actie", "acties")));
    }
    sentences.join(" ")
}

/// One point of the list: what was decided, when, and under which code of the municipality's plan.
pub(crate) fn point(figure: &Figure, row: &FigureRow) -> Option<String> {
    let decided = decision(figure, row)?;
    let word = match decided {
        AnchoringDecision::Proposed => "voorgesteld voor verankering",
        AnchoringDecision::Anchored => "verankerd",
        AnchoringDecision::Stopped => "stopgezet",
    };
    let on = match figure.cell(row, "decided_on") {
        Some(FigureCell::Day { day }) => format!(" op {}", date(*day)),
        _ => String::new(),
    };
    let code = match figure.cell(row, "bbc_code") {
        Some(FigureCell::Text { text }) if !text.is_empty() => format!(" (BBC-actie {text})"),
        _ => String::new(),
    };
    Some(format!("{}: {word}{on}{code}.", name(row)))
}

fn name(row: &FigureRow) -> String {
    row.names.first().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{figure, with_row};
    use domain::FigureCode;

    /// Name, decision, day and code of an action.
    type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

    fn actions(rows: &[Row<'_>]) -> Figure {
        let text =
            |text: Option<&str>| text.map_or(FigureCell::Nothing, |text| FigureCell::Text { text: text.to_owned() });
        let empty = figure(
            FigureCode::Anchoring,
            &[
                ("decision", FigureCell::Nothing),
                ("decided_on", FigureCell::Nothing),
                ("bbc_code", FigureCell::Nothing),
            ],
        );
        rows.iter().fold(empty, |figure, (name, decision, day, code)| {
            let day = day.map_or(FigureCell::Nothing, |day| FigureCell::Day {
                day: day.parse().unwrap(),
            });
            with_row(figure, name, name, vec![text(*decision), day, text(*code)])
        })
    }

    #[test]
    fn decisions_are_told_by_what_they_mean() {
        let found = actions(&[
            ("Proef een sport", Some("Verankerd"), Some("2026-10-01"), Some("ACT-12")),
            ("Praattafel", Some("proposed"), Some("2026-11-02"), None),
            ("Kookles", Some("Voorgesteld"), None, None),
            ("Fietsles", Some("Stopgezet"), Some("2026-09-30"), None),
            ("Wandelen", None, None, None),
        ]);
        assert_eq!(
            overview(&found),
            "Voor verankering komen in aanmerking: Praattafel en Kookles. Al verankerd: Proef een sport. Fietsles \
             stopt. Over 1 actie is nog niets beslist."
        );
        let points: Vec<String> = found.rows.iter().filter_map(|row| point(&found, row)).collect();
        assert_eq!(
            points,
            [
                "Proef een sport: verankerd op 1 oktober 2026 (BBC-actie ACT-12).",
                "Praattafel: voorgesteld voor verankering op 2 november 2026.",
                "Kookles: voorgesteld voor verankering.",
                "Fietsles: stopgezet op 30 september 2026.",
            ]
        );
    }

    #[test]
    fn without_actions_or_decisions_that_is_what_it_says() {
        assert_eq!(overview(&actions(&[])), "Er zijn nog geen acties genoteerd.");
        assert_eq!(
            overview(&actions(&[("A", None, None, None), ("B", None, None, None)])),
            "Er is geen actie voorgesteld voor verankering. Over 2 acties is nog niets beslist."
        );
    }
}
