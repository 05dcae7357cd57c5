//! Who joined the learning network (question 4), and its meetings.

use jiff::civil::Date;
use storage::{NetworkBody, NetworkMember};

use crate::block::{sentence, table};
use crate::desk::Desk;
use crate::dutch::{date, number};
use crate::phrase::join;
use crate::sentences::network;
use crate::{Block, ReportError};

pub(crate) async fn members(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let last = desk.last_day();
    let known: Vec<NetworkMember> = desk.store.network_members(desk.scope, desk.partnership).await?;
    let known: Vec<NetworkMember> = known.into_iter().filter(|member| member.joined_on <= last).collect();
    let there = known.iter().filter(|member| still_there(member, last)).count();
    let names = |chosen: &dyn Fn(&NetworkMember) -> bool| -> Vec<String> {
        known
            .iter()
            .filter(|member| chosen(member))
            .map(|member| member.name.clone())
            .collect()
    };
    let joined = names(&|member| desk.covers(member.joined_on));
    let left = names(&|member| member.left_on.is_some_and(|day| desk.covers(day)));
    let mut blocks = vec![sentence(network::overview(desk.when, last, there, &joined, &left))];
    let rows = known
        .iter()
        .map(|member| {
            vec![
                member.name.clone(),
                member.kind.label_nl().to_owned(),
                bodies(&member.bodies, last),
                date(member.joined_on),
                until(member),
            ]
        })
        .collect();
    blocks.extend(table(
        "Andere samenwerkingsverbanden in het lerend netwerk",
        &[
            ("Naam", false),
            ("Soort", false),
            ("Besturen", false),
            ("Sinds", false),
            ("Tot", false),
        ],
        rows,
        false,
    ));
    Ok(blocks)
}

/// The meetings of the period.
pub(crate) async fn meetings(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let held = desk.store.meetings(desk.scope, desk.partnership).await?;
    let rows: Vec<Vec<String>> = held
        .into_iter()
        .filter(|meeting| desk.covers(meeting.held_on))
        .map(|meeting| {
            let present: Vec<String> = meeting.attendees.into_iter().map(|(_, name)| name).collect();
            vec![date(meeting.held_on), meeting.title, join(&present)]
        })
        .collect();
    let said = match rows.len() {
        0 => "Er waren in deze periode geen bijeenkomsten van het lerend netwerk.".to_owned(),
        1 => "Er was in deze periode 1 bijeenkomst van het lerend netwerk.".to_owned(),
        n => format!(
            "Er waren in deze periode {} bijeenkomsten van het lerend netwerk.",
            number(u64::try_from(n).unwrap_or(u64::MAX))
        ),
    };
    let mut blocks = vec![sentence(said)];
    blocks.extend(table(
        "Bijeenkomsten van het lerend netwerk",
        &[("Datum", false), ("Onderwerp", false), ("Aanwezig", false)],
        rows,
        false,
    ));
    Ok(blocks)
}

fn still_there(member: &NetworkMember, on: Date) -> bool {
    member.left_on.is_none_or(|left| left >= on)
}

/// Its last day and what it went on in.
fn until(member: &NetworkMember) -> String {
    match (member.left_on, &member.successor_name) {
        (None, _) => "–".to_owned(),
        (Some(day), None) => date(day),
        (Some(day), Some(next)) => format!("{}, ging verder als {next}", date(day)),
    }
}

/// `OCMW Bree, OCMW Neerpelt (sinds 1 januari 2019 Pelt)`: old names stay, with what they merged into.
fn bodies(bodies: &[NetworkBody], on: Date) -> String {
    let named: Vec<String> = bodies
        .iter()
        .map(|body| match (body.until, &body.now) {
            (Some(last), Some(now)) if last < on => {
                let since = last.tomorrow().map_or_else(|_| date(last), date);
                format!("{} (sinds {since} {now})", body.name)
            }
            _ => body.name.clone(),
        })
        .collect();
    join(&named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_merged_keeps_its_name_and_says_what_it_became() {
        let body = |name: &str, until: Option<&str>, now: Option<&str>| NetworkBody {
            name: name.to_owned(),
            municipality: None,
            until: until.map(|day| day.parse().unwrap()),
            now: now.map(str::to_owned),
        };
        let all = [
            body("OCMW Bree", None, None),
            body("OCMW Neerpelt", Some("2018-12-31"), Some("Pelt")),
        ];
        assert_eq!(
            bodies(&all, "2026-11-30".parse().unwrap()),
            "OCMW Bree en OCMW Neerpelt (sinds 1 januari 2019 Pelt)"
        );
        assert_eq!(
            bodies(&all, "2017-11-30".parse().unwrap()),
            "OCMW Bree en OCMW Neerpelt",
            "before the merger there is nothing to say"
        );
    }
}
