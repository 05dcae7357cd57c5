//! The quick-add form: what, when, where, price.

use axum::http::StatusCode;
use axum::response::Response;
use domain::local_time::from_local_datetime;
use domain::{ActionId, Cents, CountingRule, OrganiserId};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use storage::{Action, ActionFilter, NewActivity, Organiser, OrganiserFilter, Permission};

use super::list;
use crate::components::field::{Choice, Input, error_summary, select};
use crate::components::icon::icon;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, activities as text};
use crate::respond::{PageError, Visit, see_other};

/// Names of the fields.
const WHAT: &str = "wat";
const DAY: &str = "dag";
const START: &str = "van";
const END: &str = "tot";
const WHERE: &str = "waar";
const PRICE: &str = "prijs";
const ORGANISER: &str = "organisator";
const ACTION: &str = "actie";

/// What an activity is until its organiser says more in the full form.
const TYPE: &str = "activiteit";

/// An empty form.
pub(crate) fn blank() -> Filled {
    Filled::new(Typed::default())
}

/// The organisers that this viewer may add for: one's own, or all of the partnership.
pub(crate) async fn organisers(visit: &Visit) -> Result<Vec<Organiser>, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    Ok(match scope.organiser() {
        Some(own) => store.organiser(scope, own).await?.into_iter().collect(),
        None => store.organisers(scope, OrganiserFilter::default()).await?,
    })
}

/// The actions that an activity can belong to: only who manages the programme says so.
pub(crate) async fn actions(visit: &Visit) -> Result<Vec<Action>, PageError> {
    if !visit.viewer.may(Permission::ManageProgramme) {
        return Ok(Vec::new());
    }
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    Ok(store.actions(scope, &ActionFilter::default()).await?)
}

/// `POST /activiteiten`
pub(crate) async fn add(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    visit.require(Permission::AddActivity)?;
    let organisers = organisers(&visit).await?;
    // An action that is none is no reason to lose an activity: it can be linked on the action's page.
    let chosen = typed.get(ACTION).parse::<ActionId>().ok();
    let action = chosen.filter(|_| visit.viewer.may(Permission::ManageProgramme));
    let store = &visit.context().store;
    let new = match read(typed.clone(), &organisers, store.env().today()) {
        Ok(new) => new,
        Err(form) => {
            return list::page(&visit, list::Wanted::default(), form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match store.add_activity(&visit.viewer.scope, new).await {
        Ok(activity) => {
            if let Some(action) = action {
                store
                    .link_activity(&visit.viewer.scope, activity.id, Some(action))
                    .await?;
            }
            Ok(see_other(&format!("/activiteiten/{}?toegevoegd=1", activity.id), []))
        }
        Err(storage::Error::Invalid(_) | storage::Error::Unknown(_) | storage::Error::Exists(_)) => {
            let mut form = Filled::new(typed);
            form.wrong(WHAT, text::NOT_ADDED);
            list::page(&visit, list::Wanted::default(), form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads the form. The errors are in the form that comes back.
fn read(typed: Typed, organisers: &[Organiser], today: Date) -> Result<NewActivity, Filled> {
    let mut form = Filled::new(typed);
    let organiser = organiser(&mut form, organisers);
    let name = line(&mut form, WHAT, 120, text::WHAT_WRONG);
    let when = when(&mut form, today);
    let place = line(&mut form, WHERE, 200, text::WHERE_WRONG);
    let price = Cents::try_from(form.typed.get(PRICE));
    let price = form.take(PRICE, price, text::PRICE_WRONG);
    match (organiser, name, when, place, price) {
        (Some(organiser), Some(name), Some((starts_at, ends_at)), Some(place), Some(price_cents)) => Ok(NewActivity {
            organiser,
            name,
            starts_at,
            ends_at,
            place,
            price_cents,
            rule: CountingRule::OncePerDay,
            activity_type: TYPE.to_owned(),
            taalicoon: None,
            minutes: None,
        }),
        _ => Err(form),
    }
}

fn organiser(form: &mut Filled, organisers: &[Organiser]) -> Option<OrganiserId> {
    if let [only] = organisers {
        return Some(only.id);
    }
    let chosen = form.typed.get(ORGANISER).parse::<OrganiserId>().ok();
    let known = chosen.filter(|id| organisers.iter().any(|one| one.id == *id));
    form.take(ORGANISER, known.ok_or(()), text::ORGANISER_WRONG)
}

fn line(form: &mut Filled, field: &'static str, most: usize, message: &str) -> Option<String> {
    let value = form.typed.get(field).to_owned();
    let fits = (1..=most).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    form.take(field, fits.then_some(value).ok_or(()), message)
}

/// One step of three boxes. An end before the start is after midnight.
fn when(form: &mut Filled, today: Date) -> Option<(Timestamp, Timestamp)> {
    let day = form.typed.get(DAY).parse::<Date>();
    let day = form.take(DAY, day, text::DAY_WRONG);
    let start = time(form.typed.get(START));
    let start = form.take(START, start.ok_or(()), text::START_WRONG);
    let end = time(form.typed.get(END));
    let end = form.take(END, end.ok_or(()), text::END_WRONG);
    let (day, start, end) = (day?, start?, end?);
    let near = day.year() >= today.year() - 1 && day.year() <= today.year() + 2;
    form.take(DAY, near.then_some(()).ok_or(()), text::DAY_FAR)?;
    form.take(END, (start != end).then_some(()).ok_or(()), text::END_SAME)?;
    let last_day = if end < start { day.saturating_add(1.day()) } else { day };
    Some((
        from_local_datetime(day.to_datetime(start)),
        from_local_datetime(last_day.to_datetime(end)),
    ))
}

/// `19:00`, as browsers send it, and `19.00`, `19u` and `19u30`, as people type where there is no time box.
pub(crate) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', '.', 'u', 'h']).unwrap_or((text, ""));
    let part = |digits: &str| -> Option<i8> {
        let plain = !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    let minute = minute.get(..2).filter(|_| minute.len() == 5).unwrap_or(minute); // 19:00:00
    Time::new(part(hour)?, if minute.is_empty() { 0 } else { part(minute)? }, 0, 0).ok()
}

/// The form, folded until it is wanted or has errors. With a choice of organiser only where there is one.
pub(crate) fn view(form: &Filled, organisers: &[Organiser], actions: &[Action]) -> AnyView {
    let open = !form.errors.is_empty();
    let choose = (organisers.len() > 1).then(|| {
        let choices = organisers
            .iter()
            .map(|one| Choice::new(one.id, one.name.clone()))
            .collect();
        select(
            form,
            ORGANISER,
            text::ADD_ORGANISER,
            None,
            Some(nl::CHOOSE),
            vec![(None, choices)],
        )
    });
    let of_action = (!actions.is_empty()).then(|| {
        let choices = actions
            .iter()
            .map(|one| Choice::new(one.id, one.name.clone()))
            .collect();
        select(
            form,
            ACTION,
            text::ADD_ACTION,
            None,
            Some(text::ADD_NO_ACTION),
            vec![(None, choices)],
        )
    });
    view! {
        <details class="fold" id="nieuw" open=open>
            <summary class="fold__summary">{icon("plus")} {text::ADD_OPEN}</summary>
            <div class="fold__body">
                <form class="form" method="post" action="/activiteiten" novalidate>
                    {error_summary(form)} <h2 class="heading">{text::ADD_TITLE}</h2> {choose}
                    {Input::text(WHAT, text::ADD_WHAT).hint(text::ADD_WHAT_HINT).keyboard("text", "120").view(form)}
                    <fieldset class="choices">
                        <legend class="choices__legend">{text::ADD_WHEN}</legend>
                        <div class="field-row">
                            {Input::text(DAY, text::ADD_DAY).kind("date").view(form)}
                            {Input::text(START, text::ADD_START).kind("time").view(form)}
                            {Input::text(END, text::ADD_END).kind("time").view(form)}
                        </div>
                    </fieldset>
                    {Input::text(WHERE, text::ADD_WHERE).hint(text::ADD_WHERE_HINT).keyboard("text", "200").view(form)}
                    {Input::text(PRICE, text::ADD_PRICE)
                        .hint(text::ADD_PRICE_HINT)
                        .class("field__input field__input--short")
                        .keyboard("decimal", "12")
                        .view(form)} {of_action} <div class="action-bar">
                        <button class="button button--main">{icon("plus")} {text::ADD_SUBMIT}</button>
                    </div>
                </form>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::OrganiserKind;
    use jiff::civil::date;

    fn organisers(count: u8) -> Vec<Organiser> {
        let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        (0..count)
            .map(|i| Organiser {
                id: OrganiserId::from(domain::uuid_v7(at, [i; 10])),
                name: format!("Club {i}"),
                kind: OrganiserKind::SportsClub,
                municipality: "23102".parse().unwrap(),
            })
            .collect()
    }

    fn typed() -> Typed {
        [
            (WHAT, "Yoga"),
            (DAY, "2026-11-27"),
            (START, "19:00"),
            (END, "21:00"),
            (WHERE, "Zaal"),
            (PRICE, "3,50"),
        ]
        .into_iter()
        .collect()
    }

    fn wrong(field: &'static str, value: &str) -> Vec<&'static str> {
        let form = read(typed().with(field, value), &organisers(1), date(2026, 11, 20)).unwrap_err();
        form.errors.iter().map(|error| error.field).collect()
    }

    #[test]
    fn four_fields_are_an_activity_in_local_time() {
        let new = read(typed(), &organisers(1), date(2026, 11, 20)).unwrap();
        assert_eq!(new.starts_at.to_string(), "2026-11-27T18:00:00Z");
        assert_eq!(new.ends_at.to_string(), "2026-11-27T20:00:00Z");
        assert_eq!(new.price_cents, Cents(350));
    }

    #[test]
    fn an_end_before_the_start_is_after_midnight() {
        let new = read(
            typed().with(START, "22:00").with(END, "01:00"),
            &organisers(1),
            date(2026, 11, 20),
        )
        .unwrap();
        assert_eq!(new.ends_at.to_string(), "2026-11-28T00:00:00Z");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("19:00", "19:00"),
            ("19.30", "19:30"),
            ("9u", "09:00"),
            ("9u05", "09:05"),
            ("19:00:00", "19:00"),
        ] {
            assert_eq!(
                time(text).map(|t| t.strftime("%H:%M").to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["", "25:00", "19:60", "x", "1900", "-1:00", "19:0x"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        for (field, value) in [
            (WHAT, ""),
            (WHAT, &"a".repeat(121)),
            (DAY, "27/11/2026"),
            (DAY, "1999-01-01"),
            (START, "straks"),
            (END, "19:00"),
            (WHERE, " "),
            (PRICE, "gratis"),
            (PRICE, "-1"),
            (PRICE, "3,505"),
        ] {
            assert_eq!(wrong(field, value), [field], "{field} = {value:?}");
        }
    }

    #[test]
    fn who_has_one_organiser_need_not_choose_and_who_has_more_must() {
        let form = read(typed(), &organisers(2), date(2026, 11, 20)).unwrap_err();
        assert_eq!(form.errors.iter().map(|e| e.field).collect::<Vec<_>>(), [ORGANISER]);
        let two = organisers(2);
        let chosen = typed().with(ORGANISER, two[1].id.to_string());
        assert_eq!(read(chosen, &two, date(2026, 11, 20)).unwrap().organiser, two[1].id);
    }
}
