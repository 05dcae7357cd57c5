//! What the coordinator does on `/begroting`: what pays for a year, what may be spent, what was.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::{ActionId, BasisPoints, Cents, CostKind, Nis, OwnShareSplit, Period, PeriodKind};
use storage::{BudgetYear, Municipality, NewBudgetLine, NewCostLine, known_inhabitants};

use super::page::{
    Asked, COST, Forms, LINE, LineFields, OWN_SHARE, SPENT_ON, SPLIT, SUBSIDY, YEAR, page, period, share_field,
};
use crate::forms::{Filled, Typed};
use crate::locales::nl::programme as text;
use crate::pages::programme::{read, require_writer};
use crate::respond::{PageError, Visit, see_other};

/// The work year that a form is about.
fn year(typed: &Typed) -> Result<Period, PageError> {
    let year: Period = typed.get(YEAR).parse().map_err(|_| PageError::Unreadable)?;
    match year.kind() {
        PeriodKind::WorkYear => Ok(year),
        _ => Err(PageError::Unreadable),
    }
}

fn back(year: Period, done: &str) -> Response {
    see_other(&format!("/begroting?jaar={year}&gedaan={done}"), [])
}

/// `POST /begroting/instelling`
pub(crate) async fn set(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let year = year(&typed)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let members = store.municipalities(scope).await?;
    let form = match setting(typed.clone(), year, &members) {
        Ok(setting) => match store.set_budget_year(scope, None, &setting).await {
            Ok(()) => return Ok(back(year, "instelling")),
            Err(storage::Error::Invalid(_) | storage::Error::Unknown(_)) => {
                let mut form = Filled::new(typed);
                form.wrong(SPLIT, text::NOT_KEPT);
                form
            }
            Err(error) => return Err(error.into()),
        },
        Err(form) => form,
    };
    let forms = Forms {
        setting: Some(form),
        ..Forms::default()
    };
    page(&visit, year, forms, None).await
}

fn setting(typed: Typed, year: Period, members: &[Municipality]) -> Result<BudgetYear, Filled> {
    let mut form = Filled::new(typed);
    let subsidy = read::amount_or_nothing(&mut form, SUBSIDY);
    let own_share = read::percent(&mut form, OWN_SHARE);
    let split = read::choice::<OwnShareSplit>(&mut form, SPLIT, text::SPLIT_WRONG);
    let weights = split.and_then(|split| weights(&mut form, split, members));
    match (subsidy, own_share, split, weights) {
        (Some(subsidy), Some(own_share), Some(split), Some(weights)) => Ok(BudgetYear {
            year,
            subsidy,
            own_share,
            split,
            weights,
        }),
        _ => Err(form),
    }
}

/// The weight of each municipality; with an equal split the store makes them.
fn weights(form: &mut Filled, split: OwnShareSplit, members: &[Municipality]) -> Option<Vec<(Nis, u64)>> {
    match split {
        OwnShareSplit::Equal => Some(Vec::new()),
        OwnShareSplit::Inhabitants => {
            let known = known_inhabitants();
            let missing: Vec<&str> = members
                .iter()
                .filter(|member| !known.contains_key(&member.nis))
                .map(|member| member.name_nl.as_str())
                .collect();
            if !missing.is_empty() {
                form.wrong(SPLIT, text::no_inhabitants(&missing.join(", ")));
                return None;
            }
            let weight = |member: &Municipality| Some((member.nis, *known.get(&member.nis)?));
            Some(members.iter().filter_map(weight).collect())
        }
        OwnShareSplit::Typed => typed_weights(form, members),
    }
}

fn typed_weights(form: &mut Filled, members: &[Municipality]) -> Option<Vec<(Nis, u64)>> {
    let mut weights = Vec::new();
    let mut sum = 0;
    for member in members {
        let typed = form.typed.get(&share_field(member)).to_owned();
        if typed.is_empty() {
            continue;
        }
        let Ok(points) = typed.parse::<BasisPoints>() else {
            form.wrong(SPLIT, text::share_wrong(&member.name_nl));
            return None;
        };
        sum += points.0;
        if points.0 > 0 {
            weights.push((member.nis, u64::from(points.0)));
        }
    }
    if sum != BasisPoints::WHOLE.0 {
        form.wrong(SPLIT, text::shares_sum(BasisPoints(sum)));
        return None;
    }
    Some(weights)
}

/// What a line of either kind says.
struct Line {
    action: Option<ActionId>,
    kind: CostKind,
    description: String,
    cents: Cents,
}

fn line(form: &mut Filled, fields: &LineFields) -> Option<Line> {
    let action = read::maybe_choice::<ActionId>(form, fields.action, text::ACTION_WRONG);
    let kind = read::choice::<CostKind>(form, fields.kind, text::KIND_WRONG);
    let description = read::line(form, fields.description, 200, text::WHAT_WRONG);
    let cents = read::amount(form, fields.amount);
    Some(Line {
        action: action?,
        kind: kind?,
        description: description?,
        cents: cents?,
    })
}

/// `POST /begroting/ramingen`
pub(crate) async fn add_line(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let year = year(&typed)?;
    let mut form = Filled::new(typed);
    if let Some(line) = line(&mut form, &LINE) {
        let new = NewBudgetLine {
            partnership: None,
            year,
            action: line.action,
            kind: line.kind,
            description: line.description,
            cents: line.cents,
        };
        visit.context().store.add_budget_line(&visit.viewer.scope, &new).await?;
        return Ok(back(year, "raming"));
    }
    let forms = Forms {
        line: form,
        ..Forms::default()
    };
    page(&visit, year, forms, None).await
}

/// `POST /begroting/kosten`
pub(crate) async fn add_cost(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let year = year(&typed)?;
    let store = &visit.context().store;
    let mut form = Filled::new(typed);
    let line = line(&mut form, &COST);
    let spent_on = read::past_day(&mut form, SPENT_ON, store.env().today());
    if let (Some(line), Some(spent_on)) = (line, spent_on) {
        let new = NewCostLine {
            partnership: None,
            action: line.action,
            kind: line.kind,
            description: line.description,
            cents: line.cents,
            spent_on,
        };
        store.add_cost_line(&visit.viewer.scope, &new).await?;
        // To the year of the day: there the line is to be seen.
        return Ok(back(Period::work_year_of(spent_on), "kost"));
    }
    let forms = Forms {
        cost: Some(form),
        ..Forms::default()
    };
    page(&visit, year, forms, None).await
}

/// `POST /begroting/ramingen/{id}/terug`
pub(crate) async fn withdraw_line(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    visit
        .context()
        .store
        .withdraw_budget_line(&visit.viewer.scope, id)
        .await?;
    Ok(back(period(&visit, &asked.jaar)?, "terug"))
}

/// `POST /begroting/kosten/{id}/terug`
pub(crate) async fn withdraw_cost(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    visit
        .context()
        .store
        .withdraw_cost_line(&visit.viewer.scope, id)
        .await?;
    Ok(back(period(&visit, &asked.jaar)?, "terug"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(nis: &str, name: &str) -> Municipality {
        Municipality {
            nis: nis.parse().unwrap(),
            name_nl: name.to_owned(),
            name_fr: None,
            postcodes: Vec::new(),
            facility: true,
            centre: None,
            valid_from: None,
            valid_to: None,
            successor: None,
        }
    }

    fn read(split: &str, wemmel: &str, drogenbos: &str) -> Result<BudgetYear, Filled> {
        let members = [member("23098", "Drogenbos"), member("23102", "Wemmel")];
        let typed = [
            (SUBSIDY, "10.000,00"),
            (OWN_SHARE, "20"),
            (SPLIT, split),
            ("deel_23102", wemmel),
            ("deel_23098", drogenbos),
        ];
        setting(typed.into_iter().collect(), "2025-2026".parse().unwrap(), &members)
    }

    #[test]
    fn percentages_make_exactly_a_hundred() {
        let good = read("typed", "66,67", "33.33").unwrap();
        assert_eq!(good.subsidy, Cents(1_000_000));
        assert_eq!(
            good.weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>(),
            [3_333, 6_667]
        );
        let form = read("typed", "66,66", "33,33").unwrap_err();
        assert!(form.error(SPLIT).unwrap().contains("99,99"), "{:?}", form.errors);
        let form = read("typed", "veel", "33,33").unwrap_err();
        assert!(form.error(SPLIT).unwrap().contains("Wemmel"));
        assert!(read("equal", "", "").unwrap().weights.is_empty());
        assert_eq!(read("inhabitants", "", "").unwrap().weights.len(), 2);
        assert!(read("", "", "").is_err());
    }
}
