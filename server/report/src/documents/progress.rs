//! The interim report (content) and the final report (content and finance).

use super::Content;
use crate::ReportError;
use crate::block::{section, sentence};
use crate::content::drawn_in::DrawnIn;
use crate::content::{actions, finance, network, partners, practice, route, thresholds};
use crate::desk::Desk;

/// What was done and what came of it.
pub(crate) async fn interim(desk: &Desk<'_>) -> Result<Content, ReportError> {
    let (drawn_in, route, dutch, crossings, partners) = futures::try_join!(
        Box::pin(DrawnIn::read(desk)),
        Box::pin(route::blocks(desk)),
        Box::pin(route::dutch(desk)),
        Box::pin(route::crossings(desk)),
        Box::pin(partners::blocks(desk)),
    )?;
    let (thresholds, new_actions, anchoring, members, meetings, practices) = futures::try_join!(
        Box::pin(thresholds::blocks(desk)),
        Box::pin(actions::new(desk)),
        Box::pin(actions::anchoring(desk)),
        Box::pin(network::members(desk)),
        Box::pin(network::meetings(desk)),
        Box::pin(practice::blocks(desk)),
    )?;
    let mut lead = drawn_in.lead(desk);
    lead.push(drawn_in.answer(desk));
    let mut took_part = vec![sentence(drawn_in.answer(desk))];
    took_part.extend(drawn_in.blocks(desk));
    let mut learning = members;
    learning.extend(meetings);
    learning.extend(practices);
    Ok(Content {
        lead,
        sections: vec![
            section("participation", "Deelname", took_part),
            section("route", "Van pas naar lid", route),
            section("dutch", "Nederlands oefenen", dutch),
            section("crossings", "Over de gemeentegrens", crossings),
            section("partners", "Samenwerking met partners", partners),
            section("thresholds", "Financiële drempels", thresholds),
            section("new-actions", "Nieuwe acties", new_actions),
            section("anchoring", "Verankering", anchoring),
            section("network", "Lerend netwerk", learning),
        ],
    })
}

/// The same with the money.
pub(crate) async fn closing(desk: &Desk<'_>) -> Result<Content, ReportError> {
    // First: who may not see it is refused before anything is counted.
    let money = finance::sections(desk).await?;
    let mut content = Box::pin(interim(desk)).await?;
    content.sections.extend(money);
    Ok(content)
}
