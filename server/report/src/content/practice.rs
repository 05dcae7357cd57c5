//! Practice sheets that were shared, with the figures that back them (question 3).

use storage::{FigureRequest, Practice, PracticeFilter};

use crate::block::{figure, list, note, sentence};
use crate::desk::Desk;
use crate::sentences::practices;
use crate::{Block, ReportError};

/// So many sheets are told in full; of the others the title.
const IN_FULL: usize = 12;

pub(crate) async fn blocks(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let filter = PracticeFilter {
        partnership: desk.partnership,
        from: Some(desk.when.period.first()),
        until: Some(desk.last_day()),
    };
    let shared = desk.store.practices(desk.scope, &filter).await?;
    let mut blocks = vec![sentence(practices::overview(desk.when, shared.len()))];
    for practice in shared.iter().take(IN_FULL) {
        blocks.extend(sheet(desk, practice).await?);
    }
    let others = shared.iter().skip(IN_FULL).map(head).collect();
    blocks.extend(list(others));
    Ok(blocks)
}

fn head(practice: &Practice) -> String {
    practices::head(
        &practice.title,
        practice.shared_on,
        practice.member.as_ref().map(|(_, name)| name.as_str()),
    )
}

async fn sheet(desk: &Desk<'_>, practice: &Practice) -> Result<Vec<Block>, ReportError> {
    let mut points = vec![
        format!("Probleem: {}", practice.problem),
        format!("Aanpak: {}", practice.approach),
        format!("Resultaat: {}", practice.result),
    ];
    if let Some((_, action)) = &practice.action {
        points.push(format!("Actie: {action}"));
    }
    let mut blocks = vec![sentence(head(practice))];
    blocks.extend(list(points));
    blocks.extend(practices::figures(&practice.title, practice.figures.len()).map(note));
    for backing in &practice.figures {
        let request = FigureRequest::new(backing.code, backing.period).by(&backing.by);
        // A sheet may name a figure that is not for this reader: the sheet stands without it.
        match desk.ask(request).await {
            Ok(found) => blocks.push(figure(
                format!("{}, {}", backing.code.title_nl(), backing.period.label_nl()),
                found,
                None,
            )),
            Err(ReportError::Denied(_) | ReportError::Invalid(_)) => {
                blocks.push(note(format!("{}: niet te tonen.", backing.code.title_nl())));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(blocks)
}
