//! The half-year sheet of Plan Samenleven: one KPI per action, and no participation in two of them.

use std::collections::BTreeSet;

use domain::{Dimension, Figure, FigureCode, FigureRow, NO_KEY, PeriodKind};
use storage::{Action, ActionFilter};

use super::Content;
use crate::ReportError;
use crate::block::{bars, drawable, figure, list, note, section, sentence};
use crate::desk::Desk;
use crate::dutch::number;
use crate::phrase::{Value, count};

pub(crate) async fn content(desk: &Desk<'_>) -> Result<Content, ReportError> {
    if desk.when.period.kind() != PeriodKind::HalfYear {
        return Err(ReportError::Invalid(
            "the sheet of Plan Samenleven is about a half-year: 2026-H1 or 2026-H2",
        ));
    }
    let by = [Dimension::Action];
    let filter = ActionFilter {
        partnership: desk.partnership,
        until: Some(desk.last_day()),
        as_of: desk.as_of,
        ..ActionFilter::default()
    };
    let (visits, people, new, actions) = futures::try_join!(
        desk.figure(FigureCode::Participations, &by),
        desk.figure(FigureCode::Participants, &by),
        desk.figure(FigureCode::NewToLeisure, &by),
        async { Ok(desk.store.actions(desk.scope, &filter).await?) },
    )?;
    let funded = of_the_plan(&actions);
    let shown = |row: &&FigureRow| key(row) != NO_KEY && (funded.is_empty() || funded.contains(key(row)));
    let points: Vec<String> = visits
        .rows
        .iter()
        .filter(shown)
        .map(|row| kpi(row, &visits, &people, &new))
        .collect();
    let mut blocks = vec![sentence(overview(points.len(), !funded.is_empty()))];
    blocks.extend(list(points.clone()));
    blocks.push(note(ONCE));
    let chart = drawable(&visits, "participations", bars);
    blocks.push(figure("KPI per actie: bezoeken", visits, chart));
    blocks.push(figure("Deelnemers per actie", people, None));
    blocks.push(figure("Nieuw in de vrije tijd, per actie", new, None));
    Ok(Content {
        lead: vec![overview(points.len(), !funded.is_empty())],
        sections: vec![section("kpi", "KPI per actie", blocks)],
    })
}

/// Why the KPIs may be added up.
const ONCE: &str = "Een bezoek telt in precies één KPI: die van de actie waar de activiteit bij hoort. Een activiteit hoort \
                    bij hoogstens één actie. Bezoeken aan activiteiten zonder actie tellen in geen enkele KPI. Deelnemers \
                    mag je niet optellen: wie bij twee acties komt, is één deelnemer.";

/// The keys of the actions that Plan Samenleven pays for; none when nobody wrote down what pays.
fn of_the_plan(actions: &[Action]) -> BTreeSet<String> {
    actions
        .iter()
        .filter(|action| {
            let line = action.funding_line.as_deref().unwrap_or_default();
            line.to_lowercase().contains("samenleven")
        })
        .map(|action| action.id.to_string())
        .collect()
}

fn overview(actions: usize, funded: bool) -> String {
    let n = u64::try_from(actions).unwrap_or(u64::MAX);
    match (n, funded) {
        (0, _) => "Er zijn geen acties om over te rapporteren.".to_owned(),
        (n, true) => format!(
            "Deze fiche gaat over {} die Plan Samenleven mee betaalt.",
            count(n, "actie", "acties")
        ),
        (n, false) => format!(
            "Deze fiche gaat over {}. Bij geen enkele actie staat Plan Samenleven als financiering.",
            if n == 1 {
                "1 actie".to_owned()
            } else {
                format!("alle {} acties", number(n))
            }
        ),
    }
}

/// `Proef een sport: 120 bezoeken, 41 deelnemers, 18 nieuw in de vrije tijd.`
fn kpi(row: &FigureRow, visits: &Figure, people: &Figure, new: &Figure) -> String {
    let name = row.names.first().cloned().unwrap_or_default();
    let other = |figure: &Figure, column: &str| {
        let found = figure.rows.iter().find(|other| key(other) == key(row));
        found.map_or(Value::Known(0), |found| Value::row(figure, found, column))
    };
    let said = |value: Value, one: &str, many: &str| match value {
        Value::Known(0) => format!("geen {many}"),
        Value::Known(n) => count(n, one, many),
        Value::Hidden | Value::Missing => format!("aantal {many} niet getoond"),
    };
    let new = match other(new, "new_to_leisure") {
        Value::Known(0) => "niemand nieuw in de vrije tijd".to_owned(),
        Value::Known(n) => format!("{} nieuw in de vrije tijd", number(n)),
        Value::Hidden | Value::Missing => "aantal nieuw in de vrije tijd niet getoond".to_owned(),
    };
    format!(
        "{name}: {}, {}, {new}.",
        said(Value::row(visits, row, "participations"), "bezoek", "bezoeken"),
        said(other(people, "participants"), "deelnemer", "deelnemers"),
    )
}

fn key(row: &FigureRow) -> &str {
    row.key.first().map_or(NO_KEY, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{figure, with_row};
    use domain::FigureCell;

    #[test]
    fn a_kpi_is_a_line_of_its_action() {
        let of = |code: FigureCode, cells: &[(&str, FigureCell)]| {
            cells.iter().fold(
                figure(code, &[(code.code(), FigureCell::Nothing)]),
                |figure, (key, cell)| with_row(figure, key, &format!("Actie {key}"), vec![cell.clone()]),
            )
        };
        let count = FigureCell::count;
        let visits = of(
            FigureCode::Participations,
            &[
                ("a", count(120)),
                ("b", count(1)),
                ("c", FigureCell::Hidden),
                ("d", count(0)),
            ],
        );
        let people = of(
            FigureCode::Participants,
            &[("a", count(41)), ("b", count(1)), ("c", FigureCell::Hidden)],
        );
        let new = of(FigureCode::NewToLeisure, &[("a", count(18)), ("c", FigureCell::Hidden)]);
        let lines: Vec<String> = visits.rows.iter().map(|row| kpi(row, &visits, &people, &new)).collect();
        assert_eq!(
            lines,
            [
                "Actie a: 120 bezoeken, 41 deelnemers, 18 nieuw in de vrije tijd.",
                "Actie b: 1 bezoek, 1 deelnemer, niemand nieuw in de vrije tijd.",
                "Actie c: aantal bezoeken niet getoond, aantal deelnemers niet getoond, aantal nieuw in de vrije tijd \
                 niet getoond.",
                "Actie d: geen bezoeken, geen deelnemers, niemand nieuw in de vrije tijd.",
            ]
        );
    }

    #[test]
    fn the_sheet_says_which_actions_it_is_about() {
        assert_eq!(overview(0, false), "Er zijn geen acties om over te rapporteren.");
        assert_eq!(
            overview(1, true),
            "Deze fiche gaat over 1 actie die Plan Samenleven mee betaalt."
        );
        assert_eq!(
            overview(3, true),
            "Deze fiche gaat over 3 acties die Plan Samenleven mee betaalt."
        );
        assert!(overview(3, false).starts_with("Deze fiche gaat over alle 3 acties."));
    }
}
