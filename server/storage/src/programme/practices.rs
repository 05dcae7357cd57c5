//! Practice sheets: a problem, what was done about it, what came of it, and the figures that back it.

use std::collections::BTreeMap;

use domain::{ActionId, Dimension, NetworkMemberId, PartnershipId, PeriodKind, PracticeId};
use uuid::Uuid;

use super::paragraphs;
use super::records::{NewPractice, Practice, PracticeFigure, PracticeFilter};
use crate::columns::{At, Day, parsed};
use crate::engine::{Tx, from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::bounded;

/// More would be a report.
const MOST_FIGURES: usize = 8;

const LIST: &str = "
    SELECT
        p.id, p.partnership_id, p.member_id, m.name AS member_name, p.action_id, a.name AS action_name, p.title,
        p.problem, p.approach, p.result, p.shared_on
    FROM practice AS p
    LEFT JOIN network_member AS m ON m.id = p.member_id
    LEFT JOIN action AS a ON a.id = p.action_id
    WHERE ($1 IS NULL OR p.partnership_id = $1)
      AND ($2 IS NULL OR p.partnership_id = $2)
      AND ($3 IS NULL OR p.id = $3)
      AND ($4 IS NULL OR p.shared_on >= $4)
      AND ($5 IS NULL OR p.shared_on <= $5)
      AND ($6 IS NULL OR p.shared_on <= $6)
    ORDER BY p.shared_on DESC, p.id DESC";

const FIGURES: &str = "
    SELECT practice_id, code, period, dimensions
    FROM practice_figure
    ORDER BY practice_id, position";

const INSERT: &str = "
    INSERT INTO practice (
        id, partnership_id, member_id, action_id, title, problem, approach, result, shared_on, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

const UPDATE: &str = "
    UPDATE practice
    SET member_id = $2, action_id = $3, title = $4, problem = $5, approach = $6, result = $7, shared_on = $8
    WHERE id = $1";

const FORGET_FIGURES: &str = "DELETE FROM practice_figure WHERE practice_id = $1";

const INSERT_FIGURE: &str = "
    INSERT INTO practice_figure (practice_id, position, code, period, dimensions)
    VALUES ($1, $2, $3, $4, $5)";

from_row!(Practice, row => Practice {
    id: PracticeId::from(row.try_get::<Uuid, _>("id")?),
    partnership: PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?),
    member: row
        .try_get::<Option<Uuid>, _>("member_id")?
        .map(NetworkMemberId::from)
        .zip(row.try_get::<Option<String>, _>("member_name")?),
    action: row
        .try_get::<Option<Uuid>, _>("action_id")?
        .map(ActionId::from)
        .zip(row.try_get::<Option<String>, _>("action_name")?),
    title: row.try_get("title")?,
    problem: row.try_get("problem")?,
    approach: row.try_get("approach")?,
    result: row.try_get("result")?,
    shared_on: row.try_get::<Day, _>("shared_on")?.0,
    figures: Vec::new(),
});

struct FigureOf {
    practice: PracticeId,
    figure: PracticeFigure,
}

fn dimensions(text: &str) -> Result<Vec<Dimension>, sqlx::Error> {
    text.split(',').filter(|code| !code.is_empty()).map(parsed).collect()
}

from_row!(FigureOf, row => FigureOf {
    practice: PracticeId::from(row.try_get::<Uuid, _>("practice_id")?),
    figure: PracticeFigure {
        code: parsed(row.try_get("code")?)?,
        period: parsed(row.try_get("period")?)?,
        by: dimensions(row.try_get("dimensions")?)?,
    },
});

/// The words of a sheet, checked.
struct Words {
    title: String,
    problem: String,
    approach: String,
    result: String,
}

fn checked(new: &NewPractice) -> Result<Words> {
    if new.figures.len() > MOST_FIGURES {
        return Err(Error::Invalid("a practice has at most 8 figures"));
    }
    for figure in &new.figures {
        if figure.by.len() > 2 {
            return Err(Error::Invalid("a figure is split by at most two dimensions"));
        }
        // A public page keeps to the fixed grid (FIGURES §3).
        if figure.period.kind() == PeriodKind::Range {
            return Err(Error::Invalid("a practice's figure has a period of the fixed grid"));
        }
    }
    Ok(Words {
        title: bounded(&new.title, 120, "a practice's title has 1 to 120 characters")?,
        problem: paragraphs(&new.problem, 2000, "a problem has 1 to 2000 characters")?,
        approach: paragraphs(&new.approach, 4000, "an approach has 1 to 4000 characters")?,
        result: paragraphs(&new.result, 2000, "a result has 1 to 2000 characters")?,
    })
}

impl Store {
    /// The practice sheets, the newest first. Public knowledge from the day they are shared; before, only who manages the
    /// programme sees them.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn practices(&self, scope: &Scope, filter: &PracticeFilter) -> Result<Vec<Practice>> {
        self.list_practices(scope, filter, None).await
    }

    /// One practice sheet; `None` when it is unknown, outside the scope, or not shared yet.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn practice(&self, scope: &Scope, id: PracticeId) -> Result<Option<Practice>> {
        let found = self.list_practices(scope, &PracticeFilter::default(), Some(id)).await?;
        Ok(found.into_iter().next())
    }

    async fn list_practices(
        &self,
        scope: &Scope,
        filter: &PracticeFilter,
        id: Option<PracticeId>,
    ) -> Result<Vec<Practice>> {
        const TRIED: &str = "listing practice sheets";
        let shared_by = (!scope.may(Permission::ManageProgramme)).then(|| Day(self.env().today()));
        let mut practices: Vec<Practice> = read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(scope.partnership_uuid())
            .bind(filter.partnership.map(PartnershipId::uuid))
            .bind(id.map(PracticeId::uuid))
            .bind(filter.from.map(Day))
            .bind(filter.until.map(Day))
            .bind(shared_by)
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        let figures: Vec<FigureOf> =
            read!(self.db(), pool => sqlx::query_as(FIGURES).fetch_all(pool).await).tried(TRIED)?;
        let mut by_practice: BTreeMap<PracticeId, Vec<PracticeFigure>> = BTreeMap::new();
        for FigureOf { practice, figure } in figures {
            by_practice.entry(practice).or_default().push(figure);
        }
        for practice in &mut practices {
            practice.figures = by_practice.remove(&practice.id).unwrap_or_default();
        }
        Ok(practices)
    }

    /// Adds a practice sheet.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a partnership, member or
    /// action that is not there; [`Error::Invalid`] for a field outside its bounds, or a figure of a free range.
    pub async fn add_practice(&self, scope: &Scope, new: &NewPractice) -> Result<PracticeId> {
        const TRIED: &str = "adding a practice sheet";
        scope.require(Permission::ManageProgramme)?;
        let words = checked(new)?;
        let partnership = self.programme_partnership(scope, new.partnership).await?;
        self.known_links(scope, new, partnership).await?;
        let id = PracticeId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT)
            .bind(id.uuid())
            .bind(partnership)
            .bind(new.member.map(NetworkMemberId::uuid))
            .bind(new.action.map(ActionId::uuid))
            .bind(words.title)
            .bind(words.problem)
            .bind(words.approach)
            .bind(words.result)
            .bind(Day(new.shared_on))
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_figures(&mut tx, id, &new.figures).await?;
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }

    /// Changes a practice sheet.
    ///
    /// # Errors
    /// As [`Store::add_practice`], and [`Error::Unknown`] for a sheet outside the scope.
    pub async fn change_practice(&self, scope: &Scope, id: PracticeId, change: &NewPractice) -> Result<()> {
        const TRIED: &str = "changing a practice sheet";
        scope.require(Permission::ManageProgramme)?;
        let words = checked(change)?;
        let known = self.practice(scope, id).await?.ok_or(Error::Unknown("practice"))?;
        self.known_links(scope, change, known.partnership.uuid()).await?;
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(UPDATE)
            .bind(id.uuid())
            .bind(change.member.map(NetworkMemberId::uuid))
            .bind(change.action.map(ActionId::uuid))
            .bind(words.title)
            .bind(words.problem)
            .bind(words.approach)
            .bind(words.result)
            .bind(Day(change.shared_on))
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_figures(&mut tx, id, &change.figures).await?;
        tx.commit().await.tried(TRIED)
    }

    /// Refuses a member or an action that is not there.
    async fn known_links(&self, scope: &Scope, new: &NewPractice, partnership: Uuid) -> Result<()> {
        if let Some(member) = new.member {
            let partnership = Some(PartnershipId::from(partnership));
            let members = self.network_members(scope, partnership).await?;
            if !members.iter().any(|known| known.id == member) {
                return Err(Error::Unknown("member"));
            }
        }
        if let Some(action) = new.action
            && self.partnership_of_action(scope, action).await? != partnership
        {
            return Err(Error::Unknown("action"));
        }
        Ok(())
    }
}

async fn set_figures(tx: &mut Tx, id: PracticeId, figures: &[PracticeFigure]) -> Result<()> {
    const TRIED: &str = "writing down a practice's figures";
    within!(*tx, c => {
        sqlx::query(FORGET_FIGURES).bind(id.uuid()).execute(&mut *c).await.tried(TRIED)?;
        for (position, figure) in (0_i64..).zip(figures) {
            let dimensions: Vec<&str> = figure.by.iter().map(|dimension| dimension.code()).collect();
            sqlx::query(INSERT_FIGURE)
                .bind(id.uuid())
                .bind(position)
                .bind(figure.code.code())
                .bind(figure.period.to_string())
                .bind(dimensions.join(","))
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
        }
    });
    Ok(())
}
