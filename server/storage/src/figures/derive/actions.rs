//! `new_actions` and `anchoring`: figures with an action on each row.

use domain::{Dimension, FigureCell, Measure};
use jiff::civil::Date;

use super::cells::{mean, sum_all, text};
use super::draft::Draft;
use super::source::Source;
use crate::error::Result;
use crate::programme::{Action, ActionFilter};

/// The actions of the plan's partnership; their costs and decisions as far as the period goes.
async fn actions(source: &Source<'_>) -> Result<Vec<Action>> {
    let plan = source.plan;
    let filter = ActionFilter {
        partnership: plan.partnership,
        from: Some(plan.period.first()),
        until: Some(plan.period.last()),
        as_of: plan.as_of,
    };
    let mut actions = source.store.actions(source.scope, &filter).await?;
    if let Some(only) = plan.only(Dimension::Action) {
        actions.retain(|action| action.id.to_string() == only);
    }
    Ok(actions)
}

/// Whether the first activity has been: one that is only planned did not begin anything.
fn began(source: &Source<'_>, action: &Action) -> Option<Date> {
    action.first_day.filter(|day| *day <= source.last_day())
}

/// Actions whose first activity falls in the period, the first one first.
pub(super) async fn new_actions(source: &mut Source<'_>) -> Result<Draft> {
    source.load(source.plan.code.measures()).await?;
    let mut draft = Draft::of(source.plan.code);
    let mut new: Vec<(Date, Action)> = actions(source)
        .await?
        .into_iter()
        .filter_map(|action| Some((began(source, &action)?, action)))
        .filter(|(day, _)| source.plan.period.contains(*day))
        .collect();
    new.sort_by(|(day, action), (other_day, other)| (day, &action.name).cmp(&(other_day, &other.name)));
    let mut visits = Vec::new();
    for (day, action) in new {
        let key = vec![action.id.to_string()];
        let of_action = source.cell(Measure::Participations, source.plan.period, &key);
        visits.push(of_action.clone());
        let cells = vec![
            FigureCell::Day { day },
            of_action,
            source.cell(Measure::Participants, source.plan.period, &key),
        ];
        draft.rows.push((key, cells));
    }
    draft.total = vec![FigureCell::Nothing, sum_all(&visits), FigureCell::Nothing];
    Ok(draft)
}

/// Actions about which there is anything to say in the period.
pub(super) async fn anchoring(source: &mut Source<'_>) -> Result<Draft> {
    let measures = source.plan.code.measures();
    source.load(measures).await?;
    let period = source.plan.period;
    let mut draft = Draft::of(source.plan.code);
    let (mut visits, mut costs) = (Vec::new(), Vec::new());
    for action in actions(source).await? {
        let key = vec![action.id.to_string()];
        let counts: Vec<FigureCell> = measures
            .iter()
            .map(|&measure| source.cell(measure, period, &key))
            .collect();
        let of_action = counts.first().cloned().unwrap_or(FigureCell::Nothing);
        let cost = action
            .cost
            .map_or(FigureCell::Nothing, |cost| FigureCell::Count { value: cost.0 });
        let decided = action
            .decision
            .as_ref()
            .filter(|decision| decision.decided_on <= period.last());
        let matters = of_action != FigureCell::count(0)
            || began(source, &action).is_some_and(|day| period.contains(day))
            || cost.as_count().is_some_and(|cents| cents > 0)
            || decided.is_some_and(|decision| period.contains(decision.decided_on));
        if !matters {
            continue;
        }
        visits.push(of_action.clone());
        costs.push(cost.clone());
        let partners: Vec<&str> = action.partners.iter().map(|partner| partner.name.as_str()).collect();
        let bbc_code = decided
            .and_then(|decision| decision.bbc_code.as_ref())
            .or(action.bbc_code.as_ref());
        let mut cells = counts;
        cells.extend([
            cost.clone(),
            mean(&cost, &of_action),
            text(Some(partners.join(", "))),
            text(decided.map(|decision| decision.decision.label_nl().to_owned())),
            decided.map_or(FigureCell::Nothing, |decision| FigureCell::Day {
                day: decision.decided_on,
            }),
            text(bbc_code.map(ToString::to_string)),
        ]);
        draft.rows.push((key, cells));
    }
    let may_see_costs = source.scope.may(crate::scope::Permission::ReadFinances);
    let (visits, costs) = (sum_all(&visits), sum_all(&costs));
    let costs = if may_see_costs { costs } else { FigureCell::Nothing };
    let nothing = || FigureCell::Nothing;
    draft.total = vec![visits.clone(), nothing(), nothing(), nothing()];
    draft.total.extend([costs.clone(), mean(&costs, &visits)]);
    draft.total.extend([nothing(), nothing(), nothing(), nothing()]);
    if !may_see_costs {
        draft
            .notes
            .push("Kosten staan in het eindverslag; in dit overzicht ziet alleen de coördinatie ze.".to_owned());
    }
    Ok(draft)
}
