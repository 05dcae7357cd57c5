//! `randpas import denominators FILE`: newcomers per municipality and year, or counts from before the pass.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use domain::ImportId;
use jiff::civil::Date;
use storage::{ImportError, ImportKind, ImportPreview, ImportProblems, LARGEST_IMPORT, NewImport, Scope};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// Files that figures are divided by or compared with.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Import a CSV file: all of it, or nothing and a list of what is wrong on which line.
    Denominators(Denominators),
}

/// Which file, and who says so.
#[derive(Debug, Args)]
pub(crate) struct Denominators {
    /// The CSV file, or - for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who counted, such as "Kruispuntbank Inburgering".
    #[arg(long, value_name = "TEXT")]
    source: String,
    /// The day of that count, as 2026-01-31.
    #[arg(long, value_name = "DATE")]
    dated: Date,
    /// What the file holds: newcomers (nis;jaar;aantal) or baseline (organisator;nis;periode;deelnemers;bezoeken).
    #[arg(long, value_name = "KIND", default_value = "newcomers")]
    kind: ImportKind,
    /// Only look at the file: print what would be imported and what it would replace.
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Denominators(arguments) = command;
    let Denominators {
        file,
        source,
        dated,
        kind,
        dry_run,
    } = arguments;
    let bytes = read(&file)?;
    let store = place.open().await?;
    let scope = Scope::cli();
    let preview = store
        .preview_denominators(&scope, kind, &bytes)
        .await
        .map_err(|error| failed(&file, error))?;
    tell(&preview, output)?;
    if dry_run {
        eprintln!("The file is right. Nothing was imported: this was a dry run.");
    } else {
        let new = NewImport {
            id: ImportId::from(store.env().uuid_v7()),
            kind,
            file_name: name(&file),
            source,
            dated,
            bytes,
        };
        let count = store
            .import_denominators(&scope, new)
            .await
            .map_err(|error| failed(&file, error))?;
        eprintln!("Imported {count} values. To take them back: page /noemers.");
    }
    store.close().await;
    Ok(())
}

/// The file, but never more than a little beyond what is taken: a file of any size costs the same memory and time.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(LARGEST_IMPORT).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let done = if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes))
    };
    match done {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::environment(format!(
            "The file {} cannot be read: {error}.",
            file.display()
        ))),
    }
}

/// The file's name without its folder, as it is kept.
fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.is_empty() { "-".to_owned() } else { name }
}

/// What the import holds: sums of each year, and each value that it takes the place of.
fn tell(preview: &ImportPreview, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("{}\t{} values", preview.kind.code(), preview.rows.len()))?;
    for total in &preview.totals {
        output.line(&format!(
            "{}\t{} municipalities\t{} newcomers",
            total.year, total.municipalities, total.value
        ))?;
    }
    let shown = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    for one in &preview.replaced {
        let mut line = format!("replaces\t{}\t{}", one.municipality, one.period);
        if let Some(organiser) = one.organiser {
            line.push_str(&format!("\t{organiser}"));
        }
        for (before, after) in [one.people, one.visits] {
            if before.is_some() || after.is_some() {
                line.push_str(&format!("\t{} -> {}", shown(before), shown(after)));
            }
        }
        output.line(&line)?;
    }
    Ok(())
}

/// Prints what is wrong on which line, as compilers do.
fn failed(file: &Path, error: ImportError) -> Failure {
    match error {
        ImportError::Storage(error) => error.into(),
        ImportError::Refused(problems) => {
            for problem in &problems.told {
                eprintln!("{}:{}: {problem}", file.display(), problem.line);
            }
            Failure::Other(summary(&problems))
        }
    }
}

fn summary(problems: &ImportProblems) -> String {
    let count = problems.count();
    let more = match problems.more {
        0 => String::new(),
        more => format!(", {more} of them not shown"),
    };
    let noun = if count == 1 { "problem" } else { "problems" };
    format!("{count} {noun} in the file{more}. Nothing was imported.")
}
