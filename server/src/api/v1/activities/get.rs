//! `GET /api/v1/activities`: what there is to do. Public.

use axum::Json;
use axum::extract::{Query, State};
use domain::{ActivityId, Nis, OrganiserId};
use serde::Serialize;
use storage::{Activity, ActivityFilter};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::input::{Errors, Parameters};
use crate::auth::caller::Caller;
use crate::http::problem::{FieldError, Problem, ProblemDocument};
use crate::http::state::AppState;

const KNOWN: [&str; 7] = [
    "open_now",
    "municipality",
    "organiser",
    "upcoming",
    "search",
    "after",
    "limit",
];

/// One page of activities.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityPage {
    /// Ordered by their next session.
    items: Vec<ActivityItem>,
    /// `after` for the next page; `null` on the last.
    next: Option<Uuid>,
}

/// An activity with its next session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityItem {
    /// The `activity_id` of a check-in.
    id: Uuid,
    /// What it is called.
    name: String,
    /// The organiser's name.
    organiser: String,
    /// The organiser's id.
    organiser_id: Uuid,
    /// NIS code of the organiser's municipality.
    municipality: String,
    /// Whether scans are counted now: from 5 hours before to 5 hours after a session.
    open_now: bool,
    /// Short kind, such as `sport`.
    activity_type: String,
    /// Where, in the organiser's words.
    place: String,
    /// `once_per_day`, `once_per_session` or `unlimited`.
    counting_rule: &'static str,
    /// Price without the pass, in euro cents.
    price_cents: i64,
    /// Price with the pass, in euro cents.
    pass_price_cents: i64,
    /// How much Dutch it needs: 1 (hardly any) to 4 (fluent).
    taalicoon: Option<u8>,
    /// Start of the running or next session.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_start: Option<jiff::Timestamp>,
    /// End of that session.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_end: Option<jiff::Timestamp>,
}

impl From<Activity> for ActivityItem {
    fn from(activity: Activity) -> Self {
        Self {
            id: activity.id.uuid(),
            name: activity.name,
            organiser: activity.organiser_name,
            organiser_id: activity.organiser.uuid(),
            municipality: activity.municipality.to_string(),
            open_now: activity.open_now,
            activity_type: activity.activity_type,
            place: activity.place,
            counting_rule: activity.rule.code(),
            price_cents: activity.price_cents.0,
            pass_price_cents: activity.pass_price_cents.0,
            taalicoon: activity.taalicoon,
            next_start: activity.next_start,
            next_end: activity.next_end,
        }
    }
}

/// List activities.
#[utoipa::path(
    get,
    path = "/api/v1/activities",
    tag = "activities",
    params(
        ("open_now" = Option<bool>, Query, description = "only where scans are counted now"),
        ("municipality" = Option<String>, Query, description = "only here (NIS code)", example = "23102"),
        ("organiser" = Option<Uuid>, Query, description = "only of this organiser"),
        ("upcoming" = Option<bool>, Query, description = "only with a session that has not ended"),
        ("search" = Option<String>, Query, description = "only whose name, place or organiser contains this"),
        ("after" = Option<Uuid>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "items a page, 1–200; 50 when left out"),
    ),
    security((), ("client_token" = []), ("session" = [])),
    responses(
        (status = 200, body = ActivityPage),
        (status = 422, description = "`validation`: a parameter is unknown or wrong", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    query: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ActivityPage>, Problem> {
    let mut errors = Errors::default();
    let Query(pairs) = query.unwrap_or_else(|_| {
        errors.add("query", "must be UTF-8 pairs of name=value");
        Query(Vec::new())
    });
    let filter = filter(&Parameters::new(pairs, &KNOWN, &mut errors), &mut errors);
    errors.into_result()?;
    let scope = caller.scope();
    if let Some(nis) = filter.municipality {
        let all = state.store.municipalities(scope).await;
        let all = all.map_err(|error| Problem::server_error("listing the municipalities", &error))?;
        if !all.iter().any(|one| one.nis == nis) {
            let detail = format!("no municipality of this partnership has the code {nis}").into();
            return Err(Problem::fields(vec![FieldError {
                field: "municipality".into(),
                detail,
            }]));
        }
    }
    let page = state.store.activities(scope, filter).await;
    let page = page.map_err(|error| Problem::server_error("listing the activities", &error))?;
    Ok(Json(ActivityPage {
        items: page.items.into_iter().map(ActivityItem::from).collect(),
        next: page.next.map(ActivityId::uuid),
    }))
}

fn filter(parameters: &Parameters, errors: &mut Errors) -> ActivityFilter {
    let search = parameters.text("search").map(str::to_owned);
    if search.as_ref().is_some_and(|text| text.chars().count() > 100) {
        errors.add("search", "must have 100 characters at most");
    }
    let limit = parameters
        .parsed::<u32>("limit", "a whole number from 1 to 200", errors)
        .unwrap_or(50);
    if !(1..=200).contains(&limit) {
        errors.add("limit", "must be a whole number from 1 to 200");
    }
    ActivityFilter {
        open_now: parameters.parsed("open_now", "true or false", errors).unwrap_or(false),
        municipality: parameters.parsed::<Nis>("municipality", "the five digits of a NIS code", errors),
        organiser: parameters.parsed::<OrganiserId>("organiser", "the UUID of an organiser", errors),
        upcoming: parameters.parsed("upcoming", "true or false", errors).unwrap_or(false),
        search,
        after: parameters.parsed::<ActivityId>("after", "`next` of the page before", errors),
        limit,
    }
}
