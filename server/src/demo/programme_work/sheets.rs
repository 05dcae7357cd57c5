//! The invented learning network: members before and after a merger, meetings, practice sheets.

use domain::{ActionId, Dimension, FigureCode, NetworkKind, NetworkMemberId, Period};
use jiff::civil::{Date, date};
use storage::{NewMeeting, NewNetworkMember, NewPractice, PracticeFigure, Scope, Store};

use super::ago;
use crate::demo::DemoError;

/// Nine OCMWs, three of which merged in 2019 into two.
const NINE: [&str; 9] = [
    "OCMW Bocholt",
    "OCMW Bree",
    "OCMW Hamont-Achel",
    "OCMW Hechtel-Eksel",
    "OCMW Lommel",
    "OCMW Meeuwen-Gruitrode",
    "OCMW Neerpelt",
    "OCMW Overpelt",
    "OCMW Peer",
];
const AFTER: [&str; 8] = [
    "OCMW Bocholt",
    "OCMW Bree",
    "OCMW Hamont-Achel",
    "OCMW Hechtel-Eksel",
    "OCMW Lommel",
    "OCMW Oudsbergen",
    "OCMW Peer",
    "OCMW Pelt",
];
const VALLEY: [&str; 3] = ["Gemeente Beersel", "Gemeente Drogenbos", "Gemeente Sint-Pieters-Leeuw"];

/// Writes the network down. `actions` are those of the work plan, in its order.
pub(super) async fn add(store: &Store, scope: &Scope, actions: &[ActionId], today: Date) -> Result<(), DemoError> {
    let after = member(
        store,
        scope,
        "Welzijnsregio Noord (voorbeeld)",
        date(2019, 1, 1),
        None,
        None,
        &AFTER,
    )
    .await?;
    let until = Some(date(2018, 12, 31));
    let before = "Welzijnsregio van negen OCMW's (voorbeeld)";
    member(store, scope, before, date(2017, 5, 16), until, Some(after), &NINE).await?;
    let valley = NewNetworkMember {
        partnership: None,
        name: "Samenwerking Zennevallei (voorbeeld)".to_owned(),
        kind: NetworkKind::Municipalities,
        bodies: VALLEY.map(str::to_owned).to_vec(),
        joined_on: ago(today, 400),
        left_on: None,
        successor: None,
    };
    let valley = store.add_network_member(scope, &valley).await?;
    for (title, days, attendees, notes) in [
        (
            "Kennismaking en lopende acties",
            390,
            vec![after, valley],
            "Elk verband toont één actie die werkt en één die niet werkt.",
        ),
        (
            "Verankering in het meerjarenplan",
            160,
            vec![after, valley],
            "Wie een actie wil houden, heeft vóór de zomer een code nodig.",
        ),
        ("Vrijwilligers vinden en houden", 25, vec![valley], ""),
    ] {
        let new = NewMeeting {
            partnership: None,
            title: title.to_owned(),
            held_on: ago(today, days),
            attendees,
            notes: notes.to_owned(),
        };
        store.add_meeting(scope, &new).await?;
    }
    practices(store, scope, actions, valley, today).await
}

async fn member(
    store: &Store,
    scope: &Scope,
    name: &str,
    joined_on: Date,
    left_on: Option<Date>,
    successor: Option<NetworkMemberId>,
    bodies: &[&str],
) -> Result<NetworkMemberId, DemoError> {
    let new = NewNetworkMember {
        partnership: None,
        name: name.to_owned(),
        kind: NetworkKind::WelfareRegion,
        bodies: bodies.iter().map(|body| (*body).to_owned()).collect(),
        joined_on,
        left_on,
        successor,
    };
    Ok(store.add_network_member(scope, &new).await?)
}

/// A sheet: title, problem, approach, result, days ago, place of its action in the plan, figures.
struct Sheet {
    title: &'static str,
    problem: &'static str,
    approach: &'static str,
    result: &'static str,
    days: i32,
    action: Option<usize>,
    figures: &'static [(FigureCode, Option<Dimension>)],
}

const SHEETS: [Sheet; 4] = [
    Sheet {
        title: "Een buddy voor de eerste keer",
        problem: "Veel nieuwkomers kennen de club, maar durven niet alleen te gaan.",
        approach: "Een vrijwilliger gaat de eerste drie keer mee.\nDe toeleider brengt beiden samen bij de uitreiking van de pas.\n\
                   Na drie keer vraagt de buddy of het lukt.",
        result: "De meesten komen terug zonder buddy. De club kent hen nu bij naam.",
        days: 150,
        action: Some(0),
        figures: &[
            (FigureCode::FirstParticipants, None),
            (FigureCode::NewToLeisure, Some(Dimension::Municipality)),
        ],
    },
    Sheet {
        title: "De prijs staat op de affiche",
        problem: "Mensen vragen niet naar een korting. Ze blijven weg.",
        approach: "Op elke affiche staan twee prijzen: zonder en met pas. Aan de kassa vraagt niemand naar een inkomen.",
        result: "Aan de kassa is er geen gesprek over geld meer nodig.",
        days: 120,
        action: None,
        figures: &[(FigureCode::ThresholdEuro, None)],
    },
    Sheet {
        title: "Praattafels waar al mensen zijn",
        problem: "Een praattafel in een klas trekt altijd dezelfde mensen.",
        approach: "De praattafel staat in het café van het gemeenschapscentrum, net voor een andere activiteit.",
        result: "Wie komt praten, blijft voor de activiteit erna.",
        days: 60,
        action: Some(1),
        figures: &[
            (FigureCode::Participants, Some(Dimension::DutchLevel)),
            (FigureCode::PracticeHours, None),
        ],
    },
    Sheet {
        title: "Drie proeflessen, dan pas lid",
        problem: "Een heel jaar lidgeld vooraf is een grote stap.",
        approach: "Elke club geeft drie proeflessen aan de prijs met pas. Daarna belt de club zelf op.",
        result: "Clubs vinden nieuwe leden. De kinderen kiezen een sport die bij hen past.",
        days: 20,
        action: Some(4),
        figures: &[(FigureCode::Sustained, Some(Dimension::OrganiserKind))],
    },
];

async fn practices(
    store: &Store,
    scope: &Scope,
    actions: &[ActionId],
    valley: NetworkMemberId,
    today: Date,
) -> Result<(), DemoError> {
    let period = Period::work_year_of(today);
    for sheet in SHEETS {
        let figure = |(code, by): &(FigureCode, Option<Dimension>)| PracticeFigure {
            code: *code,
            period,
            by: by.iter().copied().collect(),
        };
        let new = NewPractice {
            partnership: None,
            // The sheet without an action of ours is the neighbours'.
            member: sheet.action.is_none().then_some(valley),
            action: sheet.action.and_then(|place| actions.get(place)).copied(),
            title: sheet.title.to_owned(),
            problem: sheet.problem.to_owned(),
            approach: sheet.approach.to_owned(),
            result: sheet.result.to_owned(),
            shared_on: ago(today, sheet.days),
            figures: sheet.figures.iter().map(figure).collect(),
        };
        store.add_practice(scope, &new).await?;
    }
    Ok(())
}
