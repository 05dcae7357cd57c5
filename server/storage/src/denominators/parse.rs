//! From the lines of a file to counts, or to everything that is wrong with them. Pure: what is known comes in.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use domain::{Nis, OrganiserId, Period, PeriodKind};
use jiff::civil::Date;

use super::BaselineOf;
use super::decode::{TextEncoding, decode};
use super::number::{NotACount, count};
use super::problem::{Fault, ImportProblems, shown};
use super::table::{self, Column};
use crate::records::{Municipality, Organiser};
use crate::text::folded;

/// What an imported file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportKind {
    /// Newcomers per municipality and year.
    Newcomers,
    /// Counts of organisers or municipalities from before the pass.
    Baseline,
}

impl ImportKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Newcomers, Self::Baseline];

    /// The stable spelling in the database and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Newcomers => "newcomers",
            Self::Baseline => "baseline",
        }
    }
}

/// The text is no [`ImportKind::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of import: use newcomers or baseline")]
pub struct UnknownImportKind;

impl std::str::FromStr for ImportKind {
    type Err = UnknownImportKind;

    fn from_str(text: &str) -> Result<Self, UnknownImportKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or(UnknownImportKind)
    }
}

/// Newcomers of one municipality in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewcomersRow {
    /// Line in the file.
    pub line: u64,
    /// A code that was valid on 1 January of the year.
    pub municipality: Nis,
    /// The year.
    pub year: i16,
    /// People.
    pub value: u64,
}

/// One count from before the pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineRow {
    /// Line in the file.
    pub line: u64,
    /// Whose.
    pub of: BaselineOf,
    /// The municipality, of an organiser where it is.
    pub municipality: Nis,
    /// When; over, and not the whole project.
    pub period: Period,
    /// Different people.
    pub participants: Option<u64>,
    /// Visits; never missing together with `participants`.
    pub visits: Option<u64>,
}

/// The lines of a file that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportRows {
    /// Of [`ImportKind::Newcomers`].
    Newcomers(Vec<NewcomersRow>),
    /// Of [`ImportKind::Baseline`].
    Baseline(Vec<BaselineRow>),
}

impl ImportRows {
    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Newcomers(rows) => rows.len(),
            Self::Baseline(rows) => rows.len(),
        }
    }

    /// Never: a file without lines is refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A file that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) rows: ImportRows,
    pub(super) text: String,
    pub(super) encoding: TextEncoding,
}

/// What the lines are held against.
pub(super) struct Known {
    /// Of all times: old codes are right for old years.
    pub(super) municipalities: Vec<Municipality>,
    /// Of the scope.
    pub(super) organisers: Vec<Organiser>,
    /// Nothing can have been counted after it.
    pub(super) today: Date,
}

/// The first year that is taken, as of periods.
const FIRST_YEAR: i16 = 2000;

const NIS: Column = Column {
    name: "nis",
    also: &["niscode", "nis-code", "nis code", "nis_code"],
    needed: true,
};
const PLACE: Column = Column {
    name: "gemeente",
    also: &["municipality", "naam", "naam gemeente"],
    needed: false,
};
const NEWCOMERS: [Column; 4] = [
    NIS,
    PLACE,
    Column {
        name: "jaar",
        also: &["year"],
        needed: true,
    },
    Column {
        name: "aantal",
        also: &["aantal nieuwkomers", "nieuwkomers", "newcomers", "value"],
        needed: true,
    },
];
const BASELINE: [Column; 6] = [
    Column {
        name: "organisator",
        also: &["organiser", "vereniging", "club"],
        needed: false,
    },
    Column { needed: false, ..NIS },
    PLACE,
    Column {
        name: "periode",
        also: &["period"],
        needed: true,
    },
    Column {
        name: "deelnemers",
        also: &["participants"],
        needed: false,
    },
    Column {
        name: "bezoeken",
        also: &["visits", "deelnames"],
        needed: false,
    },
];

/// Reads a file. All its problems, or all its lines: never a part.
pub(super) fn parse(kind: ImportKind, bytes: &[u8], known: &Known) -> Result<Parsed, ImportProblems> {
    let (text, encoding) = decode(bytes)?;
    let mut reader = Reader {
        known,
        problems: ImportProblems::default(),
    };
    let rows = match kind {
        ImportKind::Newcomers => ImportRows::Newcomers(reader.newcomers(&text)),
        ImportKind::Baseline => ImportRows::Baseline(reader.baseline(&text)),
    };
    if reader.problems.is_empty() {
        Ok(Parsed { rows, text, encoding })
    } else {
        Err(reader.problems.finish())
    }
}

/// "1 januari 2019"
fn in_words(day: Date) -> String {
    format!("{} {}", day.day(), Period::month_of(day).label_nl())
}

struct Reader<'a> {
    known: &'a Known,
    problems: ImportProblems,
}

impl<'a> Reader<'a> {
    fn newcomers(&mut self, text: &str) -> Vec<NewcomersRow> {
        let table = table::read(text, &NEWCOMERS, "nis;jaar;aantal", &mut self.problems);
        let mut seen = HashMap::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for (line, fields) in &table.rows {
            let line = *line;
            let [nis, place, year, value] = fields.as_slice() else {
                continue;
            };
            // All three are looked at before one of them ends the line: every problem is told at once.
            let municipality = self.municipality(line, nis, place);
            let year = self.year(line, year);
            let value = self.needed_count(line, "aantal", value);
            let (Some(municipality), Some(year)) = (municipality, year) else {
                continue;
            };
            let existed = Date::new(year, 1, 1).is_ok_and(|day| self.existed(line, municipality, day));
            let what = || format!("{} ({}) in {year}", municipality.name_nl, municipality.nis);
            let first = self.once(&mut seen, (municipality.nis, year), line, what);
            if let (true, true, Some(value)) = (existed, first, value) {
                rows.push(NewcomersRow {
                    line,
                    municipality: municipality.nis,
                    year,
                    value,
                });
            }
        }
        rows
    }

    fn baseline(&mut self, text: &str) -> Vec<BaselineRow> {
        const WANTED: &str = "organisator;nis;periode;deelnemers;bezoeken";
        let table = table::read(text, &BASELINE, WANTED, &mut self.problems);
        let mut seen = HashMap::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for (line, fields) in &table.rows {
            let line = *line;
            let [organiser, nis, place, period, participants, visits] = fields.as_slice() else {
                continue;
            };
            let whose = self.whose(line, organiser, nis, place);
            let period = self.period(line, period);
            let participants = self.count(line, "deelnemers", participants);
            let visits = self.count(line, "bezoeken", visits);
            if let (Some(None), Some(None)) = (participants, visits) {
                self.problems.add(line, Fault::NoCount);
                continue;
            }
            let (Some((of, municipality, name)), Some(period)) = (whose, period) else {
                continue;
            };
            // A club stays where it is when its municipality merges; only a municipality's own count has an age.
            let existed = matches!(of, BaselineOf::Organiser(_)) || self.existed(line, municipality, period.first());
            let first = self.once(&mut seen, (of, period.to_string()), line, || {
                format!("{name} in {period}")
            });
            if let (true, true, Some(participants), Some(visits)) = (existed, first, participants, visits) {
                rows.push(BaselineRow {
                    line,
                    of,
                    municipality: municipality.nis,
                    period,
                    participants,
                    visits,
                });
            }
        }
        rows
    }

    /// Whether this is the first line about the same thing.
    fn once<K: Eq + Hash>(
        &mut self,
        seen: &mut HashMap<K, u64>,
        key: K,
        line: u64,
        what: impl FnOnce() -> String,
    ) -> bool {
        match seen.entry(key) {
            Entry::Vacant(place) => {
                place.insert(line);
                true
            }
            Entry::Occupied(earlier) => {
                let (what, earlier) = (what(), *earlier.get());
                self.problems.add(line, Fault::Double { what, earlier });
                false
            }
        }
    }

    fn municipality(&mut self, line: u64, code: &str, name: &str) -> Option<&'a Municipality> {
        let known = self.known;
        if code.is_empty() {
            self.problems.add(line, Fault::Missing("nis"));
            return None;
        }
        let Ok(nis) = code.parse::<Nis>() else {
            self.problems.add(line, Fault::Nis(shown(code)));
            return None;
        };
        let Some(municipality) = known.municipalities.iter().find(|one| one.nis == nis) else {
            self.problems.add(line, Fault::UnknownNis(nis));
            return None;
        };
        let same = |other: &str| folded(other) == folded(name);
        if !(name.is_empty() || same(&municipality.name_nl) || municipality.name_fr.as_deref().is_some_and(same)) {
            let name_nl = municipality.name_nl.clone();
            let found = shown(name);
            self.problems.add(
                line,
                Fault::OtherName {
                    nis,
                    name: name_nl,
                    found,
                },
            );
            return None;
        }
        Some(municipality)
    }

    /// Whether the municipality existed on this day; old figures stay with the old code, new ones take the new.
    fn existed(&mut self, line: u64, municipality: &Municipality, day: Date) -> bool {
        let known = self.known;
        let name = |nis: Nis| {
            let found = known.municipalities.iter().find(|one| one.nis == nis);
            found.map(|one| (one.nis, one.name_nl.clone()))
        };
        if let Some(last) = municipality.valid_to.filter(|last| *last < day) {
            let what = Fault::Ended {
                nis: municipality.nis,
                name: municipality.name_nl.clone(),
                until: in_words(last),
                successor: municipality.successor.and_then(name),
            };
            self.problems.add(line, what);
            return false;
        }
        if let Some(first) = municipality.valid_from.filter(|first| *first > day) {
            let parts = known
                .municipalities
                .iter()
                .filter(|one| one.successor == Some(municipality.nis));
            let what = Fault::NotYet {
                nis: municipality.nis,
                name: municipality.name_nl.clone(),
                since: in_words(first),
                parts: parts.map(|one| (one.nis, one.name_nl.clone())).collect(),
            };
            self.problems.add(line, what);
            return false;
        }
        true
    }

    fn whose(
        &mut self,
        line: u64,
        organiser: &str,
        nis: &str,
        place: &str,
    ) -> Option<(BaselineOf, &'a Municipality, String)> {
        if organiser.is_empty() && nis.is_empty() {
            self.problems.add(line, Fault::Nobody);
            return None;
        }
        let known = self.known;
        let given = match nis.is_empty() {
            true => None,
            false => Some(self.municipality(line, nis, place)?),
        };
        if organiser.is_empty() {
            return given.map(|one| (BaselineOf::Municipality(one.nis), one, one.name_nl.clone()));
        }
        let (id, name) = (organiser.parse::<OrganiserId>().ok(), folded(organiser));
        let mut named = known
            .organisers
            .iter()
            .filter(|one| id.map_or_else(|| folded(&one.name) == name, |id| one.id == id))
            .filter(|one| given.is_none_or(|given| given.nis == one.municipality));
        let what = match (named.next(), named.next()) {
            (Some(one), None) => {
                let home = known
                    .municipalities
                    .iter()
                    .find(|place| place.nis == one.municipality)?;
                return Some((BaselineOf::Organiser(one.id), home, one.name.clone()));
            }
            (Some(_), Some(_)) => Fault::SeveralOrganisers(shown(organiser)),
            (None, _) => Fault::UnknownOrganiser(shown(organiser)),
        };
        self.problems.add(line, what);
        None
    }

    fn year(&mut self, line: u64, text: &str) -> Option<i16> {
        if text.is_empty() {
            self.problems.add(line, Fault::Missing("jaar"));
            return None;
        }
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let Some(year) = text.parse::<i16>().ok().filter(|_| digits) else {
            self.problems.add(line, Fault::Year(shown(text)));
            return None;
        };
        let (first, last) = (FIRST_YEAR, self.known.today.year());
        if !(first..=last).contains(&year) {
            self.problems.add(line, Fault::YearOutside { year, first, last });
            return None;
        }
        Some(year)
    }

    fn period(&mut self, line: u64, text: &str) -> Option<Period> {
        if text.is_empty() {
            self.problems.add(line, Fault::Missing("periode"));
            return None;
        }
        let Ok(period) = text.parse::<Period>() else {
            self.problems.add(line, Fault::Period(shown(text)));
            return None;
        };
        if period.kind() == PeriodKind::Project || period.last() >= self.known.today {
            self.problems.add(line, Fault::PeriodOpen(period));
            return None;
        }
        Some(period)
    }

    fn needed_count(&mut self, line: u64, column: &'static str, text: &str) -> Option<u64> {
        let value = self.count(line, column, text)?;
        if value.is_none() {
            self.problems.add(line, Fault::Missing(column));
        }
        value
    }

    /// `Some(None)`: nothing was written, which may be right.
    fn count(&mut self, line: u64, column: &'static str, text: &str) -> Option<Option<u64>> {
        let found = || shown(text);
        let what = match count(text) {
            Ok(value) => return Some(Some(value)),
            Err(NotACount::Empty) => return Some(None),
            Err(NotACount::Ambiguous) => Fault::Ambiguous { column, found: found() },
            Err(NotACount::Fraction) => Fault::Fraction { column, found: found() },
            Err(NotACount::Negative) => Fault::Negative { column, found: found() },
            Err(NotACount::TooLarge) => Fault::Many { column, found: found() },
            Err(NotACount::Other) => Fault::NoNumber { column, found: found() },
        };
        self.problems.add(line, what);
        None
    }
}
