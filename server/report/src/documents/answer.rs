//! `Antwoord`: the seven questions of FIGURES §4, in the words in which they were asked in the Flemish Parliament.

use super::Content;
use crate::ReportError;
use crate::block::{section, sentence};
use crate::content::drawn_in::DrawnIn;
use crate::content::{actions, network, partners, practice, thresholds};
use crate::desk::Desk;
use crate::phrase::When;

pub(crate) async fn content(desk: &Desk<'_>) -> Result<Content, ReportError> {
    let (drawn_in, partners, practices, members, thresholds, new_actions, anchoring) = futures::try_join!(
        Box::pin(DrawnIn::read(desk)),
        Box::pin(partners::blocks(desk)),
        Box::pin(practice::blocks(desk)),
        Box::pin(network::members(desk)),
        Box::pin(thresholds::blocks(desk)),
        Box::pin(actions::new(desk)),
        Box::pin(actions::anchoring(desk)),
    )?;
    let answer = drawn_in.answer(desk);
    let mut lead = drawn_in.lead(desk);
    lead.push(answer.clone());
    let mut first = vec![sentence(answer)];
    first.extend(drawn_in.blocks(desk));
    let [q1, q2, q3, q4, q5, q6, q7] = questions(desk.when);
    Ok(Content {
        lead,
        sections: vec![
            section("drawn-in", q1, first),
            section("partners", q2, partners),
            section("practices", q3, practices),
            section("network", q4, members),
            section("thresholds", q5, thresholds),
            section("new-actions", q6, new_actions),
            section("anchoring", q7, anchoring),
        ],
    })
}

/// The headings. The questions of 2018 named partners and a work year; here stands whoever and whatever is asked about.
fn questions(when: When) -> [String; 7] {
    [
        "1. Werden er door de pas meer nieuwkomers verleid om deel te nemen aan vrijetijdsactiviteiten?".to_owned(),
        "2. Op welke manier werd er samengewerkt met partners? Wat zijn de concrete resultaten van deze \
         samenwerkingen?"
            .to_owned(),
        "3. Welke oplossingsstrategieën werden er gedeeld via het lerend netwerk?".to_owned(),
        "4. Welke andere intergemeentelijke samenwerkingen werden er opgenomen in het lerend netwerk?".to_owned(),
        "5. Welke financiële drempels tot participatie werden er weggewerkt?".to_owned(),
        format!("6. Welke nieuwe acties werden er {} ontwikkeld?", when.within()),
        "7. Welke acties komen in aanmerking voor verankering?".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;

    #[test]
    fn the_questions_are_those_that_parliament_asked() {
        let asked = questions(when("2025-2026", false));
        for (number, question) in (1..).zip(&asked) {
            assert!(
                question.starts_with(&format!("{number}. ")) && question.ends_with('?'),
                "{question}"
            );
        }
        assert_eq!(
            asked[5],
            "6. Welke nieuwe acties werden er in het werkjaar 2025-2026 ontwikkeld?"
        );
    }
}
