//! How many took part, for how many it was new, more or fewer than before, which part of those who could (question 1).

use domain::{Dimension, Figure, FigureCode, PeriodKind};

use crate::ReportError;
use crate::block::{bars, columns, drawable, figure, note, paragraph, sentence, tile_map};
use crate::content::baseline;
use crate::desk::Desk;
use crate::dutch;
use crate::phrase::Value;
use crate::sentences::{change, drawn_in, reach};
use crate::{Block, Chart};

/// The figures behind it, each asked once.
pub(crate) struct DrawnIn {
    participants: Figure,
    visits: Figure,
    first: Figure,
    new: Figure,
    stayed: Figure,
    reach: Figure,
    change: Option<Figure>,
    coverage: Figure,
    baselines: Option<Block>,
}

impl DrawnIn {
    pub(crate) async fn read(desk: &Desk<'_>) -> Result<Self, ReportError> {
        use FigureCode::{Coverage, FirstParticipants, NewToLeisure, Participants, Participations, Reach, Sustained};
        let place = desk.municipality.is_none().then_some(Dimension::Municipality);
        let by_place = place.as_slice();
        let month = (desk.when.period.kind() != PeriodKind::Month).then_some(Dimension::Month);
        let by_month = month.as_slice();
        let (participants, visits, first, new, stayed, reach, change, coverage, baselines) = futures::try_join!(
            desk.figure(Participants, by_month),
            desk.figure(Participations, by_month),
            desk.compared(FirstParticipants, &[]),
            desk.figure(NewToLeisure, by_place),
            desk.compared(Sustained, &[]),
            desk.figure(Reach, by_place),
            desk.change(),
            desk.whole(Coverage),
            baseline::table_of(desk),
        )?;
        Ok(Self {
            participants,
            visits,
            first,
            new,
            stayed,
            reach,
            change,
            coverage,
            baselines,
        })
    }

    fn people(&self) -> Value {
        Value::total(&self.participants, "participants")
    }

    fn started(&self) -> Value {
        Value::total(&self.first, "first_participants")
    }

    /// What the whole document begins with.
    pub(crate) fn lead(&self, desk: &Desk<'_>) -> Vec<String> {
        let mut lead = vec![drawn_in::participants(
            desk.when,
            self.people(),
            self.participants.suppression.k,
        )];
        lead.extend(drawn_in::first(self.people(), self.started()));
        lead.extend(drawn_in::new_to_leisure(
            self.started(),
            Value::total(&self.new, "new_to_leisure"),
        ));
        lead
    }

    /// The answer to "more?", to stand before all else.
    pub(crate) fn answer(&self, desk: &Desk<'_>) -> String {
        let verdict = self.change.as_ref().map_or(change::Verdict::Unknown, change::verdict);
        change::answer(verdict, desk.before)
    }

    /// Sentences, then pictures and tables.
    pub(crate) fn blocks(self, desk: &Desk<'_>) -> Vec<Block> {
        let people = self.people();
        let visits = Value::total(&self.visits, "participations");
        let mut took_part = self.lead(desk).into_iter();
        let mut blocks: Vec<Block> = [
            paragraph([took_part.next(), drawn_in::visits(people, visits)]),
            paragraph(took_part.map(Some)),
            paragraph([drawn_in::sustained(people, Value::total(&self.stayed, "sustained"))]),
            self.compare(desk),
            paragraph([
                Some(reach::of_passes(&self.reach)),
                Some(reach::of_newcomers(&self.reach)),
            ]),
        ]
        .into_iter()
        .flatten()
        .collect();
        blocks.push(sentence(dutch::coverage(&self.participants.coverage)));
        blocks.push(note(drawn_in::NO_PROOF));
        if self.change.is_some() && desk.when.running {
            blocks.push(note(change::RUNNING));
        }
        self.pictures(&mut blocks);
        blocks
    }

    fn compare(&self, desk: &Desk<'_>) -> Option<Block> {
        let (found, before) = (self.change.as_ref()?, desk.before?);
        paragraph([Some(change::people(found, before)), change::visits(found)])
    }

    fn pictures(self, blocks: &mut Vec<Block>) {
        let months = |figure: &Figure, column: &str| drawable(figure, column, columns);
        let chart = months(&self.participants, "participants");
        let per_month = |figure: &Figure, what: &str| {
            let by = if figure.rows.is_empty() { "" } else { " per maand" };
            format!("{what}{by}")
        };
        blocks.push(figure(
            per_month(&self.participants, "Deelnemers"),
            self.participants,
            chart,
        ));
        let chart = months(&self.visits, "participations");
        blocks.push(figure(per_month(&self.visits, "Bezoeken"), self.visits, chart));
        blocks.push(figure("Voor het eerst erbij", self.first, None));
        let chart: Option<Chart> = drawable(&self.new, "new_to_leisure", bars);
        let caption = if self.new.rows.is_empty() {
            "Nieuw in de vrije tijd"
        } else {
            "Nieuw in de vrije tijd, per gemeente"
        };
        blocks.push(figure(caption, self.new, chart));
        blocks.push(figure("Blijven komen", self.stayed, None));
        if let Some(change) = self.change {
            blocks.push(figure("Meer of minder dan in de vergelijkingsperiode", change, None));
        }
        blocks.extend(self.baselines);
        let chart = drawable(&self.reach, "participants", tile_map);
        let caption = if self.reach.rows.is_empty() {
            "Bereik"
        } else {
            "Bereik per gemeente"
        };
        blocks.push(figure(caption, self.reach, chart));
        blocks.push(figure("Volledigheid van de cijfers", self.coverage, None));
    }
}
