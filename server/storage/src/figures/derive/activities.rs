//! The activities of a period and what they cost with the pass: facts about activities, not about people.

use domain::{CHEAP_UP_TO_CENTS, Dimension, FigureCell, NO_KEY, PartnershipId, Period, start_of_day};
use jiff::ToSpan as _;
use uuid::Uuid;

use super::request::Plan;
use crate::columns::{At, Day, nis};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::scope::Scope;
use crate::store::Store;

/// `$1`, `$2`: from when until when a session begins. `$3`: partnership. `$4`, `$5`: first and last day. `$6`: known by.
const HELD: &str = "
    SELECT
        a.pass_price_cents, a.organiser_id, o.kind, o.municipality, a.activity_type, a.taalicoon, a.action_id,
        n.funding_line
    FROM activity AS a
    JOIN organiser AS o ON o.id = a.organiser_id
    LEFT JOIN action AS n ON n.id = a.action_id
    WHERE a.created_at <= $6
      AND EXISTS (
              SELECT 1
              FROM activity_session AS s
              WHERE s.activity_id = a.id AND s.starts_at >= $1 AND s.starts_at < $2
          )
      AND ($3 IS NULL OR o.municipality IN (
              SELECT municipality
              FROM partnership_member
              WHERE partnership_id = $3
                AND member_from <= $5
                AND (member_until IS NULL OR member_until >= $4)
          ))";

/// An activity with a session in the period.
struct Held {
    pass_price_cents: i64,
    organiser: Uuid,
    kind: String,
    municipality: String,
    activity_type: String,
    taalicoon: Option<i64>,
    action: Option<Uuid>,
    funding_line: Option<String>,
}

from_row!(Held, row => Held {
    pass_price_cents: row.try_get("pass_price_cents")?,
    organiser: row.try_get("organiser_id")?,
    kind: row.try_get("kind")?,
    municipality: nis(row.try_get("municipality")?)?.to_string(),
    activity_type: row.try_get("activity_type")?,
    taalicoon: row.try_get("taalicoon")?,
    action: row.try_get("action_id")?,
    funding_line: row.try_get("funding_line")?,
});

impl Held {
    /// The key of this activity; `None` for a dimension of people.
    fn key(&self, dimension: Dimension) -> Option<String> {
        let none = || NO_KEY.to_owned();
        Some(match dimension {
            Dimension::Organiser => self.organiser.to_string(),
            Dimension::OrganiserKind => self.kind.clone(),
            Dimension::ActivityMunicipality => self.municipality.clone(),
            Dimension::ActivityType => self.activity_type.clone(),
            Dimension::DutchLevel => self.taalicoon.map_or_else(none, |level| level.to_string()),
            Dimension::Action => self.action.map_or_else(none, |action| action.to_string()),
            Dimension::FundingLine => self.funding_line.clone().unwrap_or_else(none),
            _ => return None,
        })
    }
}

/// The activities of one period.
pub(super) struct Activities(Vec<Held>);

impl Activities {
    /// Those with a session that has begun.
    pub(super) async fn read(store: &Store, scope: &Scope, plan: &Plan, period: Period) -> Result<Self> {
        let known_by = store.data_date(plan.as_of);
        let from = start_of_day(period.first());
        let until = start_of_day(period.last().saturating_add(1.day())).min(known_by);
        let partnership = plan.partnership.map(PartnershipId::uuid).or(scope.partnership_uuid());
        let held: Vec<Held> = read!(store.db(), pool => sqlx::query_as(HELD)
            .bind(At(from))
            .bind(At(until))
            .bind(partnership)
            .bind(Day(period.first()))
            .bind(Day(period.last()))
            .bind(At(known_by))
            .fetch_all(pool)
            .await)
        .tried("counting activities")?;
        Ok(Self(held))
    }

    /// How many, and how many of them are free or cheap with the pass; nothing where the keys are of people.
    pub(super) fn count(&self, keys: &[(Dimension, &str)]) -> [FigureCell; 2] {
        let of_activities = |dimension: &Dimension| {
            matches!(
                dimension,
                Dimension::Organiser
                    | Dimension::OrganiserKind
                    | Dimension::ActivityMunicipality
                    | Dimension::ActivityType
                    | Dimension::DutchLevel
                    | Dimension::Action
                    | Dimension::FundingLine
            )
        };
        if !keys.iter().all(|(dimension, _)| of_activities(dimension)) {
            return [FigureCell::Nothing, FigureCell::Nothing];
        }
        let matches = |held: &&Held| {
            keys.iter()
                .all(|(dimension, key)| held.key(*dimension).as_deref() == Some(*key))
        };
        let cheap = |held: &&Held| u64::try_from(held.pass_price_cents).is_ok_and(|cents| cents <= CHEAP_UP_TO_CENTS);
        let held: Vec<&Held> = self.0.iter().filter(matches).collect();
        let cheap = held.iter().copied().filter(cheap).count();
        [held.len(), cheap].map(|count| FigureCell::count(u64::try_from(count).unwrap_or(u64::MAX)))
    }
}
