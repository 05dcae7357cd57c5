//! All facts in one order, whatever order they came in: what is hashed, so that two reports can say that they stand on the
//! same facts.

use crate::day::Day;
use crate::dictionary::at;
use crate::store::Facts;

/// What separates one kind of record from another; a change of the layout changes it.
const LAYOUT: &[u8] = b"randpas facts 1\n";

/// Writes records, each with its length before every text of variable length.
struct Out<'w> {
    write: &'w mut dyn FnMut(&[u8]),
    buffer: Vec<u8>,
}

/// Bytes that are handed over at once.
const CHUNK: usize = 16 * 1024;

impl Out<'_> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            (self.write)(&self.buffer);
            self.buffer.clear();
        }
    }

    fn int(&mut self, value: impl Into<i64>) {
        self.bytes(&value.into().to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.int(i64::try_from(text.len()).unwrap_or(i64::MAX));
        self.bytes(text.as_bytes());
    }

    /// An id, or sixteen zeros for none.
    fn id(&mut self, id: Option<[u8; 16]>) {
        self.bytes(&id.unwrap_or_default());
    }
}

impl Facts {
    /// Hands all facts over as bytes, in the order of their ids and days, and not in that of arrival.
    pub fn canonical(&self, write: &mut dyn FnMut(&[u8])) {
        let mut out = Out {
            write,
            buffer: Vec::with_capacity(CHUNK * 2),
        };
        out.bytes(LAYOUT);
        self.small_tables(&mut out);
        let mut order: Vec<usize> = (0..self.holders.len()).collect();
        order.sort_by_key(|place| self.holders.get(*place).map(|holder| holder.id));
        for holder in order {
            self.holder_record(holder, &mut out);
        }
        let Out { write, buffer } = out;
        write(&buffer);
    }

    fn nis(&self, municipality: u16) -> i64 {
        self.municipalities
            .key(u32::from(municipality))
            .map_or(0, |nis| i64::from(nis.get()))
    }

    fn small_tables(&self, out: &mut Out<'_>) {
        // Only what visits refer to: an activity that is added later changes nothing that was counted.
        let mut visited = vec![false; self.activities.len()];
        let mut used = vec![false; self.organisers.len()];
        for holder in &self.holders {
            for activity in self.visits.activity.get(holder.visits.range()).unwrap_or_default() {
                visited[at(*activity)] = true;
            }
            for cheque in self.cheques.get(holder.cheques.range()).unwrap_or_default() {
                if let Some(used) = used.get_mut(at(cheque.organiser)) {
                    *used = true;
                }
            }
        }
        let ids = self.activity_ids.keys().iter();
        let mut activities: Vec<_> = ids
            .zip(&self.activities)
            .zip(&visited)
            .filter(|(_, visited)| **visited)
            .collect();
        activities.sort_by_key(|((id, _), _)| **id);
        for ((_, row), _) in &activities {
            if let Some(used) = used.get_mut(at(row.organiser)) {
                *used = true;
            }
        }
        let ids = self.organiser_ids.keys().iter();
        let mut organisers: Vec<_> = ids
            .zip(&self.organisers)
            .zip(&used)
            .filter(|(_, used)| **used)
            .collect();
        organisers.sort_by_key(|((id, _), _)| **id);
        for ((id, row), _) in organisers {
            let Some(row) = row else { continue };
            out.text("organiser");
            out.id(Some(id.uuid().into_bytes()));
            out.text(row.kind.code());
            out.int(self.nis(row.municipality));
        }
        for ((id, row), _) in activities {
            out.text("activity");
            out.id(Some(id.uuid().into_bytes()));
            out.id(self.organiser_ids.key(row.organiser).map(|id| id.uuid().into_bytes()));
            out.id(self.actions.key(row.action).map(|id| id.uuid().into_bytes()));
            let line = self.funding_lines.get(at(row.action)).and_then(Option::as_deref);
            out.text(line.unwrap_or_default());
            let mut partners: Vec<[u8; 16]> = (row.partners.iter())
                .filter_map(|partner| self.partners.key(*partner))
                .map(|id| id.uuid().into_bytes())
                .collect();
            partners.sort_unstable();
            for partner in partners {
                out.id(Some(partner));
            }
        }
        let mut members: Vec<(i64, [u8; 16], Day, Day)> = (0..self.municipalities.keys().len())
            .flat_map(|municipality| {
                let nis = u16::try_from(municipality).map_or(0, |municipality| self.nis(municipality));
                let times = self.members.of(municipality).iter();
                times.map(move |time| (nis, time.partnership.uuid().into_bytes(), time.from, time.until))
            })
            .collect();
        members.sort_unstable();
        for (nis, partnership, from, until) in members {
            out.text("member");
            out.int(nis);
            out.id(Some(partnership));
            out.int(from);
            out.int(until);
        }
    }

    fn holder_record(&self, place: usize, out: &mut Out<'_>) {
        let Some(holder) = self.holders.get(place) else { return };
        out.text("holder");
        out.id(Some(holder.id.uuid().into_bytes()));
        out.int(holder.birth_year);
        out.text(holder.reason.code());
        out.text(holder.baseline.code());
        out.int(self.nis(holder.municipality));
        out.id(self.partners.key(holder.partner).map(|id| id.uuid().into_bytes()));
        out.id(self.counters.key(holder.counter).map(|id| id.uuid().into_bytes()));
        out.int(holder.member_on);
        for pass in self.passes.get(holder.passes.range()).unwrap_or_default() {
            for day in [pass.issued, pass.from, pass.until, pass.ended, pass.activated] {
                out.int(day);
            }
        }
        out.text("visits");
        let visits = &self.visits;
        for visit in holder.visits.range() {
            out.int(visits.day[visit]);
            out.id(self
                .activity_ids
                .key(visits.activity[visit])
                .map(|id| id.uuid().into_bytes()));
            out.int(self.nis(visits.municipality[visit]));
            out.int(self.nis(visits.organiser_municipality[visit]));
            let kind = self.activity_types.key(u32::from(visits.activity_type[visit]));
            out.text(kind.map_or("", String::as_str));
            out.int(visits.price[visit]);
            out.int(visits.pass_price[visit]);
            out.int(visits.minutes[visit]);
            out.bytes(&[visits.taalicoon[visit], u8::from(visits.manual[visit])]);
        }
        out.text("cheques");
        for cheque in self.cheques.get(holder.cheques.range()).unwrap_or_default() {
            out.int(cheque.day);
            out.text(cheque.kind.code());
            out.id(self
                .organiser_ids
                .key(cheque.organiser)
                .map(|id| id.uuid().into_bytes()));
            out.int(self.nis(cheque.municipality));
            out.int(cheque.pieces);
            out.int(cheque.cents);
            out.bytes(&[u8::from(cheque.first_visit)]);
        }
    }
}
