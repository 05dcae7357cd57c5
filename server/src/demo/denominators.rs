//! Made-up denominators and counts from before the pass, imported as a coordinator would.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::ImportId;
use jiff::civil::Date;
use storage::{ImportError, ImportKind, NewImport, Scope, Store};

use super::DemoError;
use super::dice::Dice;
use super::organisers::ENTRIES;
use super::people::{HOMES, Person};

/// Whoever reads it anywhere sees that it is made up.
const SOURCE: &str = "Fictief: verzonnen voor deze demo";

/// Imports newcomers for every year of the story, and what some organisers counted in the year before it.
pub(super) async fn import(
    store: &Store,
    dice: &mut Dice,
    people: &[Person],
    first: Date,
    today: Date,
) -> Result<(), DemoError> {
    let newcomers = newcomers(dice, people, first, today);
    keep(
        store,
        ImportKind::Newcomers,
        "nieuwkomers-fictief.csv",
        newcomers,
        today,
    )
    .await?;
    let before = before(dice, first);
    keep(store, ImportKind::Baseline, "vroeger-fictief.csv", before, today).await
}

async fn keep(store: &Store, kind: ImportKind, name: &str, text: String, today: Date) -> Result<(), DemoError> {
    let new = NewImport {
        id: ImportId::from(store.env().uuid_v7()),
        kind,
        file_name: name.to_owned(),
        source: SOURCE.to_owned(),
        dated: today,
        bytes: text.into_bytes(),
    };
    match store.import_denominators(&Scope::cli(), new).await {
        Ok(_) => Ok(()),
        Err(ImportError::Storage(error)) => Err(error.into()),
        Err(ImportError::Refused(_)) => Err(DemoError::Impossible("denominator")),
    }
}

/// About twice as many newcomers as passes that were issued until then.
fn newcomers(dice: &mut Dice, people: &[Person], first: Date, today: Date) -> String {
    let mut text = String::from("nis;jaar;aantal\n");
    let mut passes: BTreeMap<(u32, i16), i64> = BTreeMap::new();
    for person in people {
        *passes.entry((person.nis, person.issued_on.year())).or_default() += 1;
    }
    for (nis, _) in HOMES {
        let more = dice.between(16, 26);
        let mut so_far = 0;
        for year in first.year()..=today.year() {
            so_far += passes.get(&(nis, year)).copied().unwrap_or(0);
            let value = so_far * more / 10 + dice.between(20, 60);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{nis};{year};{value}");
        }
    }
    text
}

/// The seven centres and a few clubs knew how many newcomers came in the year before.
fn before(dice: &mut Dice, first: Date) -> String {
    let mut text = String::from("organisator;nis;periode;deelnemers;bezoeken\n");
    let year = first.year() - 1;
    for entry in ENTRIES.iter().take(12) {
        let participants = dice.between(8, 60);
        let visits = participants * dice.between(2, 6);
        let _ = writeln!(text, "{};{};{year};{participants};{visits}", entry.name, entry.nis);
    }
    text
}
