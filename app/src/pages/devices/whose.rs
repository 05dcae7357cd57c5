//! Whose devices and evening a page is about: an organiser's account has its own, a coordinator chooses.

use leptos::prelude::*;
use storage::{Organiser, OrganiserFilter, Permission};

use crate::components::field::{Choice, select};
use crate::forms::{Filled, Typed};
use crate::locales::nl::devices as text;
use crate::respond::{PageError, Visit};

/// Name of the field and of the part of the address.
pub(crate) const ORGANISER: &str = "organisatie";

/// Whose, and who could be chosen.
#[derive(Debug, Clone)]
pub(crate) struct Whose {
    /// The organiser; `None`: still to be chosen.
    pub(crate) organiser: Option<Organiser>,
    /// Everybody to choose from; empty for who has one organiser.
    all: Vec<Organiser>,
}

impl Whose {
    /// Who this viewer asks about. `wanted` is what the address or form says.
    pub(crate) async fn load(visit: &Visit, wanted: &str) -> Result<Self, PageError> {
        visit.require(Permission::ManageDevices)?;
        let (store, scope) = (&visit.context().store, &visit.viewer.scope);
        if let Some(own) = scope.organiser() {
            return Ok(Self {
                organiser: store.organiser(scope, own).await?,
                all: Vec::new(),
            });
        }
        let all = store.organisers(scope, OrganiserFilter::default()).await?;
        let organiser = match (wanted.parse(), &all[..]) {
            (Ok(wanted), _) => store.organiser(scope, wanted).await?,
            (Err(_), [only]) => Some(only.clone()),
            (Err(_), _) => None,
        };
        Ok(Self { organiser, all })
    }

    /// The organiser that a form is about; it cannot be sent without one.
    pub(crate) async fn of_form(visit: &Visit, typed: &Typed) -> Result<(Self, Organiser), PageError> {
        let whose = Self::load(visit, typed.get(ORGANISER)).await?;
        let organiser = whose.organiser.clone().ok_or(PageError::NotFound)?;
        Ok((whose, organiser))
    }

    /// Whether somebody chooses.
    fn chooses(&self) -> bool {
        !self.all.is_empty()
    }

    /// An address of the same organiser: `path` and, where somebody chooses, who was chosen.
    pub(crate) fn link(&self, path: &str) -> String {
        match (&self.organiser, self.chooses()) {
            (Some(organiser), true) => {
                let sign = if path.contains('?') { '&' } else { '?' };
                let (path, place) = path
                    .split_once('#')
                    .map_or((path, String::new()), |(path, place)| (path, format!("#{place}")));
                format!("{path}{sign}{ORGANISER}={}{place}", organiser.id)
            }
            _ => path.to_owned(),
        }
    }

    /// The choice for a form.
    pub(crate) fn hidden(&self) -> Option<AnyView> {
        let organiser = self.organiser.as_ref().filter(|_| self.chooses())?;
        Some(view! { <input type="hidden" name=ORGANISER value=organiser.id.to_string() /> }.into_any())
    }

    /// The choice itself; nothing for who has one organiser.
    pub(crate) fn picker(&self, path: &'static str) -> Option<AnyView> {
        self.chooses().then(|| {
            let choices = self
                .all
                .iter()
                .map(|one| Choice::new(one.id, one.name.clone()))
                .collect();
            let chosen = self
                .organiser
                .as_ref()
                .map(|one| one.id.to_string())
                .unwrap_or_default();
            let form = Filled::new([(ORGANISER, chosen)].into_iter().collect());
            let empty = self.organiser.is_none().then_some(text::CHOOSE_EMPTY);
            view! {
                <form class="filter" method="get" action=path>
                    {select(&form, ORGANISER, text::CHOOSE_LABEL, None, empty, vec![(None, choices)])}
                    <button class="button">{text::CHOOSE_SUBMIT}</button>
                </form>
            }
            .into_any()
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::{Nis, OrganiserKind};

    use super::*;

    fn club() -> Organiser {
        Organiser {
            id: domain::uuid_v7("2026-11-20T18:00:00Z".parse().unwrap(), [1; 10]).into(),
            name: "Club".to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: "23102".parse::<Nis>().unwrap(),
        }
    }

    #[test]
    fn an_address_names_the_organiser_only_where_somebody_chooses() {
        let club = club();
        let own = Whose {
            organiser: Some(club.clone()),
            all: Vec::new(),
        };
        assert_eq!(own.link("/avond?dag=2026-11-20#geteld"), "/avond?dag=2026-11-20#geteld");
        let chosen = Whose {
            organiser: Some(club.clone()),
            all: vec![club.clone()],
        };
        assert_eq!(
            chosen.link("/avond?dag=2026-11-20#geteld"),
            format!("/avond?dag=2026-11-20&organisatie={}#geteld", club.id)
        );
        assert_eq!(
            chosen.link("/toestellen"),
            format!("/toestellen?organisatie={}", club.id)
        );
    }
}
