//! Texts of the denominators: what figures are divided by, and counts from before the pass.

use jiff::Timestamp;
use jiff::civil::Date;
use storage::{ImportKind, ImportRecord, TextEncoding};

use super::{count, date, moment, number};

pub(crate) const KICKER: &str = "Cijfers";
pub(crate) const TITLE: &str = "Noemers";
pub(crate) const DESCRIPTION: &str = "Hoeveel nieuwkomers er in elke gemeente zijn, en wat er vóór de pas is geteld.";
pub(crate) const LEAD: &str =
    "Bereik = deelnemers gedeeld door nieuwkomers. Zonder dat tweede getal, de noemer, zegt Randpas niets over bereik.";

pub(crate) const NOW_TITLE: &str = "Nieuwkomers die Randpas nu kent";
pub(crate) const NOW_YEAR: &str = "Jaar";
pub(crate) const NOW_PLACES: &str = "Gemeenten";
pub(crate) const NOW_TOTAL: &str = "Nieuwkomers";
pub(crate) const NOW_MISSING: &str = "Nog zonder noemer";

pub(crate) const ADD_TITLE: &str = "Nieuw bestand";
pub(crate) const ADD_TEXT: &str = "Je ziet eerst wat er verandert. Pas daarna zeg je ja.";
pub(crate) const FILE: &str = "CSV-bestand";
pub(crate) const FILE_HINT: &str = "Hoogstens 1 MB. Bewaar in Excel als ‘CSV UTF-8’.";
pub(crate) const KIND: &str = "Wat staat er in?";
pub(crate) const SOURCE: &str = "Bron";
pub(crate) const SOURCE_HINT: &str = "Wie heeft geteld? Bijvoorbeeld: Kruispuntbank Inburgering.";
pub(crate) const DATED: &str = "Datum van de telling";
pub(crate) const LOOK: &str = "Bekijk het bestand";
pub(crate) const TEMPLATE_TITLE: &str = "Leeg voorbeeld om in te vullen";
pub(crate) const TEMPLATE_TEXT: &str = "De kolom ‘gemeente’ mag weg. De volgorde van de kolommen is vrij.";

/// Text of a link to a template.
pub(crate) const fn template(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Newcomers => "Voorbeeld voor nieuwkomers (CSV)",
        ImportKind::Baseline => "Voorbeeld voor tellingen van vroeger (CSV)",
    }
}

/// What a file holds, as a choice.
pub(crate) const fn kind(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Newcomers => "Nieuwkomers per gemeente en jaar",
        ImportKind::Baseline => "Tellingen van vóór de pas",
    }
}

pub(crate) const FILE_MISSING: &str = "Kies een bestand.";
pub(crate) const KIND_WRONG: &str = "Kies wat er in het bestand staat.";
pub(crate) const SOURCE_WRONG: &str = "Schrijf wie heeft geteld, in hoogstens 200 tekens.";
pub(crate) const DATED_WRONG: &str = "Vul de datum van de telling in. Die ligt niet in de toekomst.";
pub(crate) const CHOOSE_AGAIN: &str = "Kies het bestand opnieuw: je browser onthoudt het niet.";

/// The error at the field of a file that is not right.
pub(crate) fn refused(problems: u64) -> String {
    let what = match problems {
        1 => "Er is 1 fout gevonden".to_owned(),
        n => format!("Er zijn {} fouten gevonden", number(n)),
    };
    format!("{what}. Er is niets bewaard. Kijk de regels hieronder na.")
}

pub(crate) const PROBLEMS_TITLE: &str = "Fouten in het bestand";
/// `Regel 3`
pub(crate) fn line(line: u64) -> String {
    format!("Regel {}", number(line))
}
/// What is not shown of many problems.
pub(crate) fn more(problems: u64) -> String {
    format!("En nog {}.", count(problems, "andere fout", "andere fouten"))
}

pub(crate) const PREVIEW_TITLE: &str = "Klopt dit?";
pub(crate) const PREVIEW_DESCRIPTION: &str = "Wat er verandert als je dit bestand bewaart.";
/// First sentence of the preview.
pub(crate) fn preview_lead(file: &str, lines: usize) -> String {
    let lines = count(u64::try_from(lines).unwrap_or(u64::MAX), "regel", "regels");
    format!("In ‘{file}’ staan {lines}, zonder fouten. Er is nog niets bewaard.")
}
/// How the file was written, when that is worth a word.
pub(crate) const fn encoding(encoding: TextEncoding) -> Option<&'static str> {
    match encoding {
        TextEncoding::Utf8 => None,
        TextEncoding::Windows1252 => {
            Some("Het bestand is niet in UTF-8 bewaard. Kijk na of namen met accenten juist zijn.")
        }
    }
}
pub(crate) const TOTALS_TITLE: &str = "Som per jaar";
pub(crate) const REPLACED_TITLE: &str = "Dit verandert";
pub(crate) const REPLACED_NONE: &str = "Er wordt geen enkel getal vervangen.";
/// How many numbers are replaced.
pub(crate) fn replaced(values: usize) -> String {
    match values {
        1 => "1 getal van nu wordt vervangen.".to_owned(),
        n => format!(
            "{} getallen van nu worden vervangen.",
            number(u64::try_from(n).unwrap_or(u64::MAX))
        ),
    }
}
pub(crate) const ROWS_TITLE: &str = "De regels";
/// What is not shown of a long file.
pub(crate) fn rows_more(rows: usize) -> String {
    format!(
        "En nog {}.",
        count(u64::try_from(rows).unwrap_or(u64::MAX), "regel", "regels")
    )
}
pub(crate) const LINE: &str = "Regel";
pub(crate) const PLACE: &str = "Gemeente";
pub(crate) const WHOSE: &str = "Wie";
pub(crate) const PERIOD: &str = "Periode";
pub(crate) const VALUE: &str = "Aantal";
pub(crate) const PARTICIPANTS: &str = "Deelnemers";
pub(crate) const VISITS: &str = "Bezoeken";
pub(crate) const BEFORE: &str = "Nu";
pub(crate) const AFTER: &str = "Straks";
pub(crate) const CONFIRM: &str = "Ja, bewaar dit";
pub(crate) const CANCEL: &str = "Nee, terug";
/// Source and date in one line.
pub(crate) fn said_by(source: &str, dated: Date) -> String {
    format!("{source}, {}", date(dated))
}

pub(crate) const KEPT: &str = "Het bestand is bewaard. De cijfers rekenen er vanaf nu mee.";
pub(crate) const UNDONE: &str = "Het bestand telt niet meer mee. Wat er vroeger stond, geldt weer.";

pub(crate) const IMPORTS_TITLE: &str = "Bewaarde bestanden";
pub(crate) const IMPORTS_NONE: &str = "Er is nog geen bestand bewaard.";
pub(crate) const UNDO: &str = "Maak ongedaan";
/// The button for who hears the page.
pub(crate) fn undo_spoken(file: &str) -> String {
    format!("Maak ‘{file}’ ongedaan")
}
/// Who brought a file in, when.
pub(crate) fn imported(record: &ImportRecord) -> String {
    let rows = count(record.rows, "regel", "regels");
    format!(
        "{rows} · {}",
        by("bewaard", record.imported_by.as_deref(), record.imported_at)
    )
}
/// Who took it back, when.
pub(crate) fn undone(record: &ImportRecord, at: Timestamp) -> String {
    by("ongedaan gemaakt", record.undone_by.as_deref(), at)
}

fn by(what: &str, who: Option<&str>, at: Timestamp) -> String {
    match who {
        Some(who) => format!("{what} door {who} op {}", moment(at)),
        None => format!("{what} op {}", moment(at)),
    }
}
