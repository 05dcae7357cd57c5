//! What the partnership does besides passes: actions and what becomes of them, money, partners, the learning network.
//!
//! What it is called and when it was, anybody may know; what it cost, only who may read finances. Only who manages the
//! programme changes it. Nothing here is about a person.

mod actions;
mod budget;
mod costs;
mod decisions;
mod network;
mod partners;
mod practices;
mod records;
mod sum;

use domain::{ActionId, PartnershipId};
use uuid::Uuid;

use crate::engine::read;
use crate::error::{Error, Result, Tried as _};
use crate::scope::Scope;
use crate::store::Store;

pub use budget::known_inhabitants;
pub use records::{
    Action, ActionActivity, ActionChange, ActionFilter, Agreement, Budget, BudgetLine, BudgetRow, BudgetYear,
    CostFilter, CostLine, Decision, KindTotal, Meeting, MunicipalShare, NetworkBody, NetworkMember, NewAction,
    NewAgreement, NewBudgetLine, NewCostLine, NewDecision, NewMeeting, NewNetworkMember, NewPractice, Practice,
    PracticeFigure, PracticeFilter,
};

const KNOWN_PARTNERSHIP: &str = "SELECT count(*) FROM partnership WHERE id = $1";

const PARTNERSHIP_OF_ACTION: &str = "
    SELECT partnership_id
    FROM action
    WHERE id = $1 AND ($2 IS NULL OR partnership_id = $2)";

/// Trims text of several lines, and refuses what is empty or longer than `longest` characters.
fn paragraphs(text: &str, longest: usize, refusal: &'static str) -> Result<String> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let unwanted = |character: char| character.is_control() && character != '\n';
    if text.is_empty() || text.chars().count() > longest || text.chars().any(unwanted) {
        return Err(Error::Invalid(refusal));
    }
    Ok(text.to_owned())
}

/// As [`paragraphs`], and nothing is something.
fn maybe_paragraphs(text: &str, longest: usize, refusal: &'static str) -> Result<String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => paragraphs(text, longest, refusal),
    }
}

impl Store {
    /// The partnership that something is written for: the scope's own, else the one that is asked for, else the oldest.
    async fn programme_partnership(&self, scope: &Scope, asked: Option<PartnershipId>) -> Result<Uuid> {
        let asked = asked.map(PartnershipId::uuid);
        let own = scope.partnership_uuid();
        match (own, asked) {
            (Some(own), Some(asked)) if own != asked => Err(Error::Unknown("partnership")),
            (Some(own), _) => Ok(own),
            (None, Some(asked)) => {
                let known: i64 = read!(self.db(), pool => sqlx::query_scalar(KNOWN_PARTNERSHIP)
                    .bind(asked)
                    .fetch_one(pool)
                    .await)
                .tried("finding a partnership")?;
                if known == 0 {
                    return Err(Error::Unknown("partnership"));
                }
                Ok(asked)
            }
            (None, None) => self.default_partnership().await,
        }
    }

    /// The partnership of an action in the scope.
    async fn partnership_of_action(&self, scope: &Scope, action: ActionId) -> Result<Uuid> {
        let found: Option<Uuid> = read!(self.db(), pool => sqlx::query_scalar(PARTNERSHIP_OF_ACTION)
            .bind(action.uuid())
            .bind(scope.partnership_uuid())
            .fetch_optional(pool)
            .await)
        .tried("finding an action")?;
        found.ok_or(Error::Unknown("action"))
    }

    /// For what is written for an action, or without one for a partnership as a whole.
    async fn partnership_for(
        &self,
        scope: &Scope,
        action: Option<ActionId>,
        asked: Option<PartnershipId>,
    ) -> Result<Uuid> {
        match action {
            None => self.programme_partnership(scope, asked).await,
            Some(action) => {
                let partnership = self.partnership_of_action(scope, action).await?;
                match asked {
                    Some(asked) if asked.uuid() != partnership => Err(Error::Unknown("action")),
                    _ => Ok(partnership),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_other_control_characters_refused() {
        assert!(matches!(paragraphs(" a\r\nb \n", 9, "no").as_deref(), Ok("a\nb")));
        assert!(paragraphs("a\0", 9, "no").is_err());
        assert!(paragraphs(" \n ", 9, "no").is_err());
        assert!(matches!(maybe_paragraphs(" \n ", 9, "no").as_deref(), Ok("")));
    }
}
