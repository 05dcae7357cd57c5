//! The way from pass to member, who stays, how much Dutch was practised, and who crosses a municipality's border: in reports
//! beside the seven questions.

use domain::{Dimension, FigureCode};

use crate::block::{NOT_SO_SHORT, figure, note, sentence};
use crate::desk::Desk;
use crate::dutch::hours;
use crate::phrase::{Value, When, agree, count};
use crate::{Block, Chart, ReportError};

/// From pass to member, per counter, and cohorts by month of issue.
pub(crate) async fn blocks(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let (route, cohorts) = futures::try_join!(
        desk.figure(FigureCode::Funnel, &[Dimension::Municipality]),
        desk.figure(FigureCode::Retention, &[]),
    )?;
    let chart = (Value::total(&route, "issued") != Value::Known(0)).then_some(Chart::Funnel);
    Ok(vec![
        sentence(way(
            desk.when,
            Value::total(&route, "issued"),
            Value::total(&route, "first_visit"),
            Value::total(&route, "member"),
        )),
        note("Wie pas een pas kreeg, had nog minder tijd om te komen of lid te worden."),
        figure("De weg van pas naar lid, per gemeente", route, chart),
        figure("Nog altijd erbij, per maand van uitreiking", cohorts, None),
    ])
}

/// How many hours of Dutch were practised.
pub(crate) async fn dutch(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let found = desk.figure(FigureCode::PracticeHours, &[]).await?;
    Ok(vec![
        sentence(practised(
            desk.when,
            Value::total(&found, "minutes"),
            Value::total(&found, "participants"),
            Value::total(&found, "with_40_hours"),
        )),
        figure("Uren Nederlands oefenen", found, None),
    ])
}

/// From which municipality people go to which.
pub(crate) async fn crossings(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    if !desk.fits(&[Dimension::Municipality, Dimension::ActivityMunicipality]) {
        return Ok(vec![
            sentence("Een pas uit de ene gemeente geldt ook in de andere."),
            note(NOT_SO_SHORT),
        ]);
    }
    let found = desk.figure(FigureCode::Crossings, &[]).await?;
    Ok(vec![
        sentence("Een pas uit de ene gemeente geldt ook in de andere. De tabel toont van waar de bezoekers komen."),
        figure("Bezoeken van de ene gemeente in de andere", found, None),
    ])
}

fn way(when: When, issued: Value, came: Value, members: Value) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match issued {
        Value::Known(0) => format!("{start} kreeg{so_far} niemand een eerste pas."),
        Value::Known(n) => {
            let came = match came {
                Value::Known(n) => format!(" {} minstens één keer.", came_word(n)),
                _ => String::new(),
            };
            let members = match members {
                Value::Known(n) => format!(" {} lid van een vereniging.", became_word(n)),
                _ => String::new(),
            };
            format!(
                "{start} {}{so_far} {} een eerste pas.{came}{members}",
                agree(n, "kreeg", "kregen"),
                count(n, "nieuwkomer", "nieuwkomers")
            )
        }
        Value::Hidden => format!(
            "Hoeveel nieuwkomers er {}{so_far} een eerste pas kregen, tonen we niet.",
            when.within()
        ),
        Value::Missing => format!(
            "Hoeveel nieuwkomers er {}{so_far} een eerste pas kregen, is niet bekend.",
            when.within()
        ),
    }
}

fn came_word(n: u64) -> String {
    match n {
        0 => "Niemand van hen kwam".to_owned(),
        n => format!("{} van hen {}", crate::dutch::number(n), agree(n, "kwam", "kwamen")),
    }
}

fn became_word(n: u64) -> String {
    match n {
        0 => "Niemand van hen werd".to_owned(),
        n => format!("{} van hen {}", crate::dutch::number(n), agree(n, "werd", "werden")),
    }
}

fn practised(when: When, minutes: Value, people: Value, with_40: Value) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    let total = match minutes {
        Value::Known(0) => return format!("{start} werd er{so_far} geen Nederlands geoefend met de pas."),
        Value::Known(minutes) => hours(f64::from(u32::try_from(minutes).unwrap_or(u32::MAX))),
        Value::Hidden => {
            return format!(
                "Hoeveel uur er {}{so_far} Nederlands geoefend werd, tonen we niet.",
                when.within()
            );
        }
        Value::Missing => {
            return format!(
                "Hoeveel uur er {}{so_far} Nederlands geoefend werd, is niet bekend.",
                when.within()
            );
        }
    };
    let people = match people {
        Value::Known(n) => format!(
            "{} {}{so_far} samen {total} Nederlands",
            count(n, "nieuwkomer", "nieuwkomers"),
            agree(n, "oefende", "oefenden")
        ),
        _ => format!("nieuwkomers oefenden{so_far} samen {total} Nederlands"),
    };
    let track = match with_40 {
        Value::Known(0) => " Nog niemand haalde 40 uur.".to_owned(),
        Value::Known(n) => format!(" {} 40 uur of meer.", count(n, "van hen haalde", "van hen haalden")),
        Value::Hidden => " Hoeveel van hen 40 uur haalden, tonen we niet.".to_owned(),
        Value::Missing => String::new(),
    };
    format!("{start}: {people} aan activiteiten met een taalicoon.{track}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;
    use Value::{Hidden, Known, Missing};

    #[test]
    fn the_way_from_pass_to_member_is_told_step_by_step() {
        for (issued, came, members, text) in [
            (
                Known(410),
                Known(301),
                Known(61),
                "In 2026 kregen 410 nieuwkomers een eerste pas. 301 van hen kwamen minstens één keer. 61 van hen \
                 werden lid van een vereniging.",
            ),
            (
                Known(1),
                Known(1),
                Known(0),
                "In 2026 kreeg 1 nieuwkomer een eerste pas. 1 van hen kwam minstens één keer. Niemand van hen werd \
                 lid van een vereniging.",
            ),
            (
                Known(9),
                Hidden,
                Missing,
                "In 2026 kregen 9 nieuwkomers een eerste pas.",
            ),
            (Known(0), Known(0), Known(0), "In 2026 kreeg niemand een eerste pas."),
            (
                Hidden,
                Hidden,
                Hidden,
                "Hoeveel nieuwkomers er in 2026 een eerste pas kregen, tonen we niet.",
            ),
        ] {
            assert_eq!(way(when("2026", false), issued, came, members), text);
        }
    }

    #[test]
    fn hours_of_dutch_are_told_with_those_who_practised() {
        for (minutes, people, track, text) in [
            (
                Known(90_000),
                Known(120),
                Known(14),
                "In 2026: 120 nieuwkomers oefenden samen 1.500\u{a0}uur Nederlands aan activiteiten met een \
                 taalicoon. 14 van hen haalden 40 uur of meer.",
            ),
            (
                Known(90),
                Known(1),
                Known(0),
                "In 2026: 1 nieuwkomer oefende samen 1,5\u{a0}uur Nederlands aan activiteiten met een taalicoon. \
                 Nog niemand haalde 40 uur.",
            ),
            (
                Known(0),
                Known(0),
                Known(0),
                "In 2026 werd er geen Nederlands geoefend met de pas.",
            ),
            (
                Hidden,
                Hidden,
                Hidden,
                "Hoeveel uur er in 2026 Nederlands geoefend werd, tonen we niet.",
            ),
        ] {
            assert_eq!(practised(when("2026", false), minutes, people, track), text);
        }
    }
}
