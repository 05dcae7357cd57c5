//! One activity in a list.

use leptos::prelude::*;
use storage::Activity;

use crate::components::icon::{icon, svg};
use crate::locales::nl;

/// When it is: day, and from–to. Two dashes of text when nothing is planned.
pub(crate) fn when(activity: &Activity) -> (String, String) {
    match (activity.next_start, activity.next_end) {
        (Some(start), Some(end)) => (nl::day_short(start), format!("{}–{}", nl::clock(start), nl::clock(end))),
        (Some(start), None) => (nl::day_short(start), nl::clock(start)),
        (None, _) => (nl::activities::NO_DATE.to_owned(), String::new()),
    }
}

/// Price with the pass, and without it struck through when that was more.
pub(crate) fn price(activity: &Activity) -> AnyView {
    let with = nl::activities::price(activity.pass_price_cents);
    let without = (activity.price_cents > activity.pass_price_cents).then(|| {
        let was = nl::activities::price(activity.price_cents);
        view! {
            " "
            <span class="visually-hidden">{nl::activities::INSTEAD_OF}" "</span>
            <s class="price__was">{was}</s>
        }
    });
    view! { <span class="price">{with} {without}</span> }.into_any()
}

/// How much Dutch it needs.
pub(crate) fn dutch(level: Option<u8>) -> Option<AnyView> {
    let (name, words) = nl::activities::dutch(level?)?;
    Some(view! { <span class="taal">{svg("icon taal__icon", name)} {words}</span> }.into_any())
}

/// The whole entry, with a link to the activity's page.
pub(crate) fn entry(activity: &Activity, municipality: &str) -> AnyView {
    let (day, time) = when(activity);
    let class = if activity.open_now {
        "activity activity--now"
    } else {
        "activity"
    };
    let href = format!("/activiteiten/{}", activity.id);
    let place = place(&activity.place, municipality);
    let now = activity
        .open_now
        .then(|| view! { <span class="tag tag--now">{nl::activities::NOW}</span> });
    view! {
        <li class=class>
            <p class="activity__when">
                <span class="activity__day">{day}</span>
                <span class="activity__time">{time}</span>
            </p>
            <div class="activity__what">
                <h3 class="activity__name">
                    <a href=href>{activity.name.clone()}</a>
                </h3>
                <p class="activity__where">{icon("place")} {place}</p>
                <p class="activity__tags">{now} {price(activity)} {dutch(activity.taalicoon)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// `De Zandloper, Wemmel`, without saying the municipality twice.
pub(crate) fn place(place: &str, municipality: &str) -> String {
    match place {
        "" => municipality.to_owned(),
        place if place.contains(municipality) => place.to_owned(),
        place => format!("{place}, {municipality}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_is_named_once() {
        assert_eq!(place("De Zandloper", "Wemmel"), "De Zandloper, Wemmel");
        assert_eq!(place("Sporthal Wemmel", "Wemmel"), "Sporthal Wemmel");
        assert_eq!(place("", "Wemmel"), "Wemmel");
    }
}
