//! Every figure of FIGURES §2, worked out from published tables: a file for each that is more than its measures.
//!
//! - `request`: what is asked, and what is refused
//! - `source`: the published tables of a request; `draft`: rows of cells; `cells`: arithmetic that keeps hidden what is
//!   hidden
//! - the others: one figure each

mod actions;
mod activities;
mod cells;
mod change;
mod completeness;
mod counts;
mod draft;
mod funnel;
mod reach;
mod request;
mod retention;
mod source;
mod threshold;

use domain::{Dimension, Figure, FigureCode, FigureRow, PartnershipId, Suppression, is_published, rule_nl};

pub use request::FigureRequest;

use self::draft::Draft;
use self::request::Plan;
use self::source::Source;
use super::names::Names;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::store::Store;

impl Store {
    /// A figure as it may be shown, exported and sent: worked out from what came through disclosure control, and from what
    /// is no fact about people.
    ///
    /// # Errors
    /// [`Error::Denied`] for a free range of days or another moment than now, unless a coordinator, an auditor or the command
    /// line asks, and for raw counts of anything but one's own organiser; [`Error::Unknown`] for a partnership outside the scope;
    /// [`Error::Invalid`] for more than two dimensions (filters included), a dimension that the figure does not have, or
    /// no period to compare with; [`Error::Database`].
    pub async fn compute(&self, scope: &Scope, request: &FigureRequest) -> Result<Figure> {
        let mut plan = Plan::of(scope, request)?;
        let partnership = self.partnership_of(scope, &mut plan).await?;
        let mut source = Source::new(self, scope, &plan);
        let source = &mut source;
        let draft = match plan.code {
            FigureCode::Reach => reach::derive(source).await?,
            FigureCode::Change => change::derive(source).await?,
            FigureCode::Retention => retention::derive(source).await?,
            FigureCode::Funnel => funnel::derive(source).await?,
            FigureCode::Cheques => counts::cheques(source).await?,
            FigureCode::Coverage => completeness::derive(source).await?,
            FigureCode::PracticeHours | FigureCode::Crossings => counts::each(source).await?,
            FigureCode::ThresholdEuro => threshold::derive(source).await?,
            FigureCode::NewActions => actions::new_actions(source).await?,
            FigureCode::Anchoring => actions::anchoring(source).await?,
            FigureCode::PassesIssued
            | FigureCode::PassesActive
            | FigureCode::Participations
            | FigureCode::Participants
            | FigureCode::FirstParticipants
            | FigureCode::NewToLeisure
            | FigureCode::Sustained => counts::simple(source).await?,
        };
        let names = self.names_of(scope, &plan).await?;
        let suppression = suppression(&plan, source.k(), draft.hidden());
        let coverage = source.coverage(plan.period).await?;
        let Draft {
            columns,
            rows,
            total,
            mut notes,
        } = draft;
        notes.extend(too_fine(&plan));
        let row = |(key, cells): (Vec<String>, Vec<_>)| FigureRow {
            names: plan
                .shown
                .iter()
                .zip(&key)
                .map(|(dimension, key)| names.of(*dimension, key))
                .collect(),
            key,
            cells,
        };
        Ok(Figure {
            code: plan.code,
            period: plan.period,
            compare: plan.compare,
            partnership,
            by: plan.shown.clone(),
            columns,
            rows: rows.into_iter().map(row).collect(),
            total: FigureRow {
                key: Vec::new(),
                names: Vec::new(),
                cells: total,
            },
            definition: plan.code.definition_nl().to_owned(),
            data_date: self.data_date(plan.as_of),
            coverage,
            suppression,
            raw: plan.raw,
            notes,
        })
    }

    /// The partnership that is asked for, the scope's own, or the only one there is: with one partnership its figures and
    /// those of "all" are the same tables, for two sets of tables over nearly the same people would give the rest away.
    async fn partnership_of(&self, scope: &Scope, plan: &mut Plan) -> Result<Option<String>> {
        let all = self.partnerships(&Scope::public()).await?;
        let own = scope.partnership_uuid().map(PartnershipId::from);
        let asked = match (own, plan.partnership) {
            (Some(own), Some(asked)) if own != asked => return Err(Error::Unknown("partnership")),
            (own, asked) => own.or(asked),
        };
        plan.alone = all.len() < 2;
        let found = match asked {
            Some(asked) => Some(
                all.into_iter()
                    .find(|known| known.id == asked)
                    .ok_or(Error::Unknown("partnership"))?,
            ),
            None => all.into_iter().next().filter(|_| plan.alone),
        };
        plan.partnership = found.as_ref().map(|known| known.id);
        Ok(found.map(|known| known.name))
    }

    /// The names of the rows' keys; those of months and codes are in no database.
    async fn names_of(&self, scope: &Scope, plan: &Plan) -> Result<Names> {
        let coded = |dimension: &Dimension| {
            matches!(
                dimension,
                Dimension::Month
                    | Dimension::OrganiserKind
                    | Dimension::ActivityType
                    | Dimension::AgeBand
                    | Dimension::NewcomerReason
                    | Dimension::DutchLevel
                    | Dimension::FundingLine
            )
        };
        if plan.shown.iter().all(coded) {
            return Ok(Names::default());
        }
        self.names(scope).await
    }
}

/// What to say of a table by two dimensions over a period that has none: every cell of it is hidden, however many people.
fn too_fine(plan: &Plan) -> Option<String> {
    let mut by: Vec<Dimension> = plan.shown.clone();
    by.extend(plan.filter.iter().map(|(dimension, _)| *dimension));
    by.retain(|dimension| *dimension != Dimension::Month);
    by.sort_unstable();
    by.dedup();
    let periods = [Some(plan.period), plan.compare];
    let missing = periods.into_iter().flatten().any(|period| !is_published(&by, &period));
    (missing && !plan.raw).then(|| {
        "Twee indelingen samen tonen we alleen over een werkjaar of over de hele looptijd. Kies zo'n periode."
            .to_owned()
    })
}

fn suppression(plan: &Plan, k: u64, hidden: usize) -> Suppression {
    let rule = if plan.raw {
        "Dit zijn eigen cijfers, zonder bescherming van kleine aantallen. Deel ze met niemand.".to_owned()
    } else {
        rule_nl(k)
    };
    Suppression { k, hidden, rule }
}
