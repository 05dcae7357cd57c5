//! The choices of a document: of whom, over which period, beside which other, as of when.

use domain::{PeriodKind, local_day};
use jiff::civil::Date;
use leptos::prelude::*;
use report::{DocumentKind, ReportRequest};
use storage::{Municipality, Partnership, Role};

use crate::components::field::{Choice, Group, Input, select};
use crate::forms::{Filled, Typed};
use crate::locales::nl::reports as text;
use crate::pages::figures::periods;
use crate::pages::municipality_choices;
use crate::respond::{PageError, Visit};

/// Whom a viewer may choose.
pub(super) struct Choices {
    partnerships: Vec<Partnership>,
    municipalities: Vec<Municipality>,
    today: Date,
    /// Whether figures of an earlier moment may be asked: two moments side by side could give people away.
    moments: bool,
}

impl Choices {
    pub(super) async fn load(visit: &Visit) -> Result<Self, PageError> {
        let (store, scope) = (&visit.context().store, &visit.viewer.scope);
        Ok(Self {
            partnerships: store.partnerships(scope).await?,
            municipalities: store.municipalities(scope).await?,
            today: store.env().today(),
            moments: matches!(scope.role(), Some(Role::Coordinator | Role::Auditor)),
        })
    }

    /// The form. It only ever leads to an address.
    pub(super) fn form(&self, action: String, request: &ReportRequest) -> AnyView {
        let typed: Typed = [
            (
                "samenwerkingsverband",
                request.partnership.map(|id| id.to_string()).unwrap_or_default(),
            ),
            (
                "gemeente",
                request.municipality.map(|nis| nis.to_string()).unwrap_or_default(),
            ),
            ("periode", request.period.to_string()),
            (
                "vergelijk",
                request.compare.map(|period| period.to_string()).unwrap_or_default(),
            ),
            (
                "stand",
                request.as_of.map(|at| local_day(at).to_string()).unwrap_or_default(),
            ),
        ]
        .into_iter()
        .collect();
        let filled = Filled::new(typed);
        let partnership = (self.partnerships.len() > 1).then(|| {
            let choices = self
                .partnerships
                .iter()
                .map(|one| Choice::new(one.id, one.name.clone()))
                .collect();
            select(
                &filled,
                "samenwerkingsverband",
                text::PARTNERSHIP,
                None,
                (request.kind != DocumentKind::Final).then_some(text::ALL_PARTNERSHIPS),
                vec![(None, choices)],
            )
        });
        let municipality = (request.kind == DocumentKind::Municipality).then(|| {
            select(
                &filled,
                "gemeente",
                text::MUNICIPALITY,
                None,
                Some(text::CHOOSE_MUNICIPALITY),
                vec![(None, municipality_choices(&self.municipalities))],
            )
        });
        let periods = only(request.kind, periods::groups(self.today, Some(request.period)));
        let compare = (request.kind != DocumentKind::PlanSamenleven).then(|| {
            select(
                &filled,
                "vergelijk",
                text::COMPARE,
                None,
                Some(text::NO_COMPARE),
                periods::groups(self.today, request.compare),
            )
        });
        let as_of = self.moments.then(|| {
            let day = Input::text("stand", text::AS_OF).kind("date").optional();
            day.hint(text::AS_OF_HINT).view(&filled)
        });
        view! {
            <form class="filter" method="get" action=action>
                {partnership}
                {municipality}
                {select(&filled, "periode", text::PERIOD, None, None, periods)}
                {compare}
                {as_of}
                <button class="button">{text::SHOW}</button>
            </form>
        }
        .into_any()
    }
}

/// The periods that a kind of document can be about.
fn only(kind: DocumentKind, groups: Vec<Group>) -> Vec<Group> {
    let fits = |choice: &Choice| {
        let Ok(period) = choice.value.parse::<domain::Period>() else {
            return false;
        };
        match kind {
            DocumentKind::PlanSamenleven => period.kind() == PeriodKind::HalfYear,
            DocumentKind::Final => matches!(period.kind(), PeriodKind::WorkYear | PeriodKind::Project),
            DocumentKind::Answer | DocumentKind::Interim | DocumentKind::Municipality => true,
        }
    };
    groups
        .into_iter()
        .map(|(heading, choices)| (heading, choices.into_iter().filter(fits).collect::<Vec<_>>()))
        .filter(|(_, choices)| !choices.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_offers_only_periods_that_it_can_be_about() {
        let groups = || periods::groups("2026-11-25".parse().unwrap(), None);
        let kinds = |kind| -> Vec<PeriodKind> {
            only(kind, groups())
                .into_iter()
                .flat_map(|(_, choices)| choices)
                .map(|choice| choice.value.parse::<domain::Period>().unwrap().kind())
                .collect()
        };
        let half = kinds(DocumentKind::PlanSamenleven);
        assert!(!half.is_empty() && half.iter().all(|kind| *kind == PeriodKind::HalfYear));
        let money = kinds(DocumentKind::Final);
        assert!(money.contains(&PeriodKind::Project) && !money.contains(&PeriodKind::Month));
        assert!(kinds(DocumentKind::Answer).contains(&PeriodKind::Month));
    }
}
