//! What is wrong with a file, line by line, in a sentence that says what to do.

use std::fmt;

use domain::{Nis, Period};

use super::{LARGEST_IMPORT, MOST_LINES};

/// The most problems that are told; the others are counted.
const MOST: usize = 50;

/// One thing that is wrong on one line. [`fmt::Display`] is a Dutch sentence without the line number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// The line in the file, 1 for the first.
    pub line: u64,
    /// What is wrong there.
    pub what: Fault,
}

/// What can be wrong on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is larger than [`LARGEST_IMPORT`].
    TooLarge,
    /// The file has more lines than `MOST_LINES`.
    TooManyLines,
    /// An Excel file, not a CSV.
    Workbook,
    /// "Unicode text" of Excel.
    Utf16,
    /// Something with zero bytes.
    NotText,
    /// Nothing but empty lines.
    Empty,
    /// A head, and no line under it.
    NoRows,
    /// The first line names none of the columns.
    NoHead {
        /// The columns that must be there.
        wanted: &'static str,
    },
    /// Columns or fields are kept apart by something else.
    Separator {
        /// What stands there, in words.
        found: &'static str,
    },
    /// A column that must be there is not.
    MissingColumn(&'static str),
    /// A column that nobody knows.
    UnknownColumn(String),
    /// Two columns for the same thing.
    DoubleColumn(&'static str),
    /// Fewer fields than columns.
    TooFewFields {
        /// Fields on the line.
        found: usize,
        /// Columns in the head.
        wanted: usize,
    },
    /// More fields than columns.
    TooManyFields {
        /// Fields on the line.
        found: usize,
        /// Columns in the head.
        wanted: usize,
        /// Whether a decimal comma may be the cause.
        comma: bool,
    },
    /// A quote that does not close on its line.
    Quote,
    /// No municipality's code.
    Nis(String),
    /// A code that is well written and not known here.
    UnknownNis(Nis),
    /// The name beside the code is another municipality's.
    OtherName {
        /// The code.
        nis: Nis,
        /// Its name.
        name: String,
        /// The name on the line.
        found: String,
    },
    /// The municipality did not exist any more.
    Ended {
        /// The code.
        nis: Nis,
        /// Its name.
        name: String,
        /// The last day on which it existed, in words.
        until: String,
        /// What it became: code and name.
        successor: Option<(Nis, String)>,
    },
    /// The municipality did not exist yet.
    NotYet {
        /// The code.
        nis: Nis,
        /// Its name.
        name: String,
        /// The first day on which it existed, in words.
        since: String,
        /// What it was made of: codes and names.
        parts: Vec<(Nis, String)>,
    },
    /// No year of four digits.
    Year(String),
    /// A year outside the bounds.
    YearOutside {
        /// The year on the line.
        year: i16,
        /// The first that is taken.
        first: i16,
        /// The last that is taken.
        last: i16,
    },
    /// No period.
    Period(String),
    /// A period that is not over, or that has no end.
    PeriodOpen(Period),
    /// Nothing stands where a value must.
    Missing(&'static str),
    /// "1.204": two readings.
    Ambiguous {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// "12,5".
    Fraction {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// Below zero.
    Negative {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// More than ten million.
    Many {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// No number.
    NoNumber {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// No organiser of that name.
    UnknownOrganiser(String),
    /// Several organisers of that name.
    SeveralOrganisers(String),
    /// Neither an organiser nor a municipality.
    Nobody,
    /// Neither participants nor visits.
    NoCount,
    /// The same as an earlier line.
    Double {
        /// What stands there twice, in words.
        what: String,
        /// The earlier line.
        earlier: u64,
    },
}

impl ImportProblem {
    pub(super) const fn at(line: u64, what: Fault) -> Self {
        Self { line, what }
    }
}

/// "72025 Neerpelt en 72029 Overpelt"
fn listed(places: &[(Nis, String)]) -> String {
    let names: Vec<String> = places.iter().map(|(nis, name)| format!("{nis} {name}")).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} en {last}", others.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Fault::TooLarge => write!(
                f,
                "Hier is het bestand al groter dan {} kB: meer leest Randpas niet. Bewaar alleen de nodige regels.",
                LARGEST_IMPORT / 1024
            ),
            Fault::TooManyLines => write!(
                f,
                "Hier zijn er meer dan {MOST_LINES} regels. Splits het bestand in delen."
            ),
            Fault::Workbook => f.write_str("Dit is een Excel-bestand. Bewaar het als ‘CSV UTF-8’ en kies dat bestand."),
            Fault::Utf16 => f.write_str("Dit is ‘Unicode-tekst’ (UTF-16). Bewaar het bestand als ‘CSV UTF-8’."),
            Fault::NotText => {
                f.write_str("Hier staat een teken dat niet in een tekst hoort. Is dit wel een CSV-bestand?")
            }
            Fault::Empty => f.write_str("Het bestand is leeg."),
            Fault::NoRows => f.write_str("Onder de eerste regel staat niets. Vul minstens één regel in."),
            Fault::NoHead { wanted } => write!(
                f,
                "De namen van de kolommen ontbreken. Zet op de eerste regel: {wanted}."
            ),
            Fault::Separator { found } => write!(
                f,
                "De kolommen zijn gescheiden met {found}. Gebruik op elke regel een puntkomma."
            ),
            Fault::MissingColumn(column) => write!(f, "De kolom ‘{column}’ ontbreekt."),
            Fault::UnknownColumn(found) => write!(f, "De kolom ‘{found}’ hoort hier niet. Haal ze weg."),
            Fault::DoubleColumn(column) => write!(f, "De kolom ‘{column}’ staat er twee keer. Haal er een weg."),
            Fault::TooFewFields { found, wanted } => {
                write!(
                    f,
                    "Hier staan {found} velden, maar er zijn {wanted} kolommen. Er ontbreekt iets."
                )
            }
            Fault::TooManyFields { found, wanted, comma } => {
                write!(f, "Hier staan {found} velden, maar er zijn {wanted} kolommen.")?;
                if *comma {
                    f.write_str(" Staat er een komma in een getal? Scheid de kolommen dan met een puntkomma.")?;
                }
                Ok(())
            }
            Fault::Quote => f.write_str("Hier staat een aanhalingsteken te veel of te weinig."),
            Fault::Nis(found) => write!(f, "‘{found}’ is geen NIS-code. Schrijf vijf cijfers, zoals 23102."),
            Fault::UnknownNis(nis) => write!(f, "De NIS-code {nis} is hier niet bekend. Kijk de code na."),
            Fault::OtherName { nis, name, found } => {
                write!(
                    f,
                    "{nis} is de code van {name}, maar er staat ‘{found}’. Kijk na wat juist is."
                )
            }
            Fault::Ended {
                nis,
                name,
                until,
                successor,
            } => {
                write!(f, "{name} ({nis}) bestond maar tot en met {until}.")?;
                match successor {
                    Some((code, new)) => write!(f, " Daarna is het {new}: gebruik de code {code}."),
                    None => Ok(()),
                }
            }
            Fault::NotYet {
                nis,
                name,
                since,
                parts,
            } => {
                write!(f, "{name} ({nis}) bestaat pas sinds {since}.")?;
                if parts.is_empty() {
                    return Ok(());
                }
                write!(f, " Gebruik de codes van toen: {}.", listed(parts))
            }
            Fault::Year(found) => write!(f, "‘{found}’ is geen jaar. Schrijf vier cijfers, zoals 2025."),
            Fault::YearOutside { year, first, last } => {
                write!(f, "Het jaar {year} kan niet. Het moet tussen {first} en {last} liggen.")
            }
            Fault::Period(found) => write!(
                f,
                "‘{found}’ is geen periode. Schrijf bijvoorbeeld 2017, 2017-Q1, 2017-03 of 2016-2017 (werkjaar)."
            ),
            Fault::PeriodOpen(period) => write!(
                f,
                "De periode {period} is nog niet voorbij. Een telling gaat over vroeger."
            ),
            Fault::Missing(column) => write!(
                f,
                "In de kolom ‘{column}’ staat niets. Vul ze in, of haal de regel weg."
            ),
            Fault::Ambiguous { column, found } => write!(
                f,
                "‘{found}’ in de kolom ‘{column}’ kan twee getallen zijn. Schrijf het zonder punt of komma."
            ),
            Fault::Fraction { column, found } => {
                write!(
                    f,
                    "‘{found}’ in de kolom ‘{column}’ is geen geheel getal. Een half mens bestaat niet."
                )
            }
            Fault::Negative { column, found } => {
                write!(f, "‘{found}’ in de kolom ‘{column}’ is minder dan nul. Dat kan niet.")
            }
            Fault::Many { column, found } => {
                write!(
                    f,
                    "‘{found}’ in de kolom ‘{column}’ is meer dan tien miljoen. Kijk het getal na."
                )
            }
            Fault::NoNumber { column, found } => {
                write!(
                    f,
                    "‘{found}’ in de kolom ‘{column}’ is geen getal. Schrijf alleen cijfers."
                )
            }
            Fault::UnknownOrganiser(found) => write!(
                f,
                "De organisator ‘{found}’ is hier niet bekend. Schrijf de naam zoals in Randpas."
            ),
            Fault::SeveralOrganisers(found) => write!(
                f,
                "Er zijn meer organisatoren met de naam ‘{found}’. Vul ook de NIS-code van de gemeente in."
            ),
            Fault::Nobody => f.write_str("Vul een organisator of een gemeente in."),
            Fault::NoCount => f.write_str("Vul deelnemers of bezoeken in, of allebei."),
            Fault::Double { what, earlier } => write!(f, "{what} staat ook al op regel {earlier}. Houd er een over."),
        }
    }
}

/// Everything that is wrong with a file, in the order of its lines; at most fifty are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportProblems {
    /// The first ones.
    pub told: Vec<ImportProblem>,
    /// How many more there are.
    pub more: u64,
}

impl ImportProblems {
    /// Bounded by the lines that are read and the columns that they have.
    pub(super) fn add(&mut self, line: u64, what: Fault) {
        self.told.push(ImportProblem::at(line, what));
    }

    /// In the order of the lines, and cut to what is told: the form of a file is looked at before what it says.
    pub(super) fn finish(mut self) -> Self {
        self.told.sort_by_key(|problem| problem.line);
        self.more = u64::try_from(self.told.len().saturating_sub(MOST)).unwrap_or(u64::MAX);
        self.told.truncate(MOST);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.told.len())
            .unwrap_or(u64::MAX)
            .saturating_add(self.more)
    }
}

impl From<ImportProblem> for ImportProblems {
    fn from(problem: ImportProblem) -> Self {
        Self {
            told: vec![problem],
            more: 0,
        }
    }
}

/// A text of the file as it is told: short, and on one line.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.trim().chars().filter(|c| !c.is_control()).take(40).collect();
    if text.trim().chars().count() > 40 {
        shown.push('…');
    }
    shown
}
