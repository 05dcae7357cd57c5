//! One municipality: its inhabitants, and its organisers.

use domain::{Dimension, Figure, FigureCode};
use storage::FigureRequest;

use super::Content;
use crate::ReportError;
use crate::block::{NOT_SO_SHORT, bars, drawable, figure, note, section, sentence};
use crate::content::drawn_in::DrawnIn;
use crate::desk::Desk;
use crate::phrase::{Value, When, agree, count};

pub(crate) async fn content(desk: &Desk<'_>) -> Result<Content, ReportError> {
    let place = desk.municipality.map(|nis| nis.to_string()).unwrap_or_default();
    let here = |code| FigureRequest::new(code, desk.when.period).only(Dimension::ActivityMunicipality, place.clone());
    let organisers = here(FigureCode::Participations).by(&[Dimension::Organiser]);
    let origins = here(FigureCode::Participations).by(&[Dimension::Municipality]);
    let elsewhere = desk
        .request(FigureCode::Participations)
        .by(&[Dimension::ActivityMunicipality]);
    // Two dimensions each; over shorter periods such tables are not published.
    let fits = desk.fits(&[Dimension::ActivityMunicipality]);
    let by_name = desk.fits(&[Dimension::ActivityMunicipality, Dimension::Organiser]);
    let table = async |request: FigureRequest| {
        if fits && (by_name || !request.by.contains(&Dimension::Organiser)) {
            desk.ask(request).await.map(Some)
        } else {
            Ok(None)
        }
    };
    let (inhabitants, total, organisers, origins, elsewhere) = futures::try_join!(
        Box::pin(DrawnIn::read(desk)),
        desk.ask(here(FigureCode::Participations)),
        table(organisers),
        table(origins),
        table(elsewhere),
    )?;
    let lead = inhabitants.lead(desk);
    let mut people = vec![sentence(inhabitants.answer(desk))];
    people.extend(inhabitants.blocks(desk));
    people.extend(elsewhere.map(|found| with_bars("Waar inwoners naartoe gaan: bezoeken per gemeente", found)));
    let mut clubs = vec![
        sentence(visited(
            desk.when,
            &desk.subject,
            Value::total(&total, "participations"),
        )),
        note("Hier tellen alle bezoekers mee, ook wie in een andere gemeente woont."),
    ];
    if fits {
        clubs.extend(organisers.map(|found| with_bars("Bezoeken per organisator", found)));
        clubs.extend(origins.map(|found| with_bars("Van waar bezoekers komen: bezoeken per gemeente", found)));
    } else {
        clubs.push(note(NOT_SO_SHORT));
        clubs.push(figure("Bezoeken bij organisatoren", total, None));
    }
    Ok(Content {
        lead,
        sections: vec![
            section("inhabitants", "Inwoners", people),
            section("organisers", "Organisatoren", clubs),
        ],
    })
}

fn with_bars(caption: &str, found: Figure) -> crate::Block {
    let chart = drawable(&found, "participations", bars);
    figure(caption, found, chart)
}

fn visited(when: When, place: &str, visits: Value) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match visits {
        Value::Known(0) => format!("{start} kwam er{so_far} niemand met de pas bij een organisator in {place}."),
        Value::Known(n) => format!(
            "{start} {} er{so_far} {} met de pas bij organisatoren in {place}.",
            agree(n, "was", "waren"),
            count(n, "bezoek", "bezoeken")
        ),
        _ => format!(
            "Hoeveel bezoeken er {}{so_far} met de pas waren bij organisatoren in {place}, tonen we niet.",
            when.within()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;

    #[test]
    fn visits_at_organisers_are_told_for_none_one_many_and_hidden() {
        for (value, text) in [
            (
                Value::Known(0),
                "In 2026 kwam er niemand met de pas bij een organisator in Wemmel.",
            ),
            (
                Value::Known(1),
                "In 2026 was er 1 bezoek met de pas bij organisatoren in Wemmel.",
            ),
            (
                Value::Known(1204),
                "In 2026 waren er 1.204 bezoeken met de pas bij organisatoren in Wemmel.",
            ),
            (
                Value::Hidden,
                "Hoeveel bezoeken er in 2026 met de pas waren bij organisatoren in Wemmel, tonen we niet.",
            ),
        ] {
            assert_eq!(visited(when("2026", false), "Wemmel", value), text);
        }
    }
}
