//! `randpas report`: documents as files, frozen reports, and whether a file is one of ours.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::{Args, Subcommand, ValueEnum};
use domain::local_time::end_of_day;
use domain::{PartnershipId, Period};
use jiff::Timestamp;
use jiff::civil::Date;
use press::{Form, Seal};
use report::{DocumentKind, ReportError, ReportRequest};
use serde::Deserialize;
use storage::{Scope, SigningKeyRecord, Store};

use crate::http::problem::chain;
use crate::keys::kid_name;
use crate::reports::check::{Finding, check, check_offline};
use crate::reports::freeze::{FreezeError, freeze};
use crate::reports::{FileError, file_stem, files};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// Larger than any file of ours.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Documents.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The seven questions, answered.
    Answer(Make),
    /// The interim report: content.
    Interim(Make),
    /// The final report: content and finance.
    Final(Make),
    /// The half-year sheet of Plan Samenleven.
    PlanSamenleven(Make),
    /// The sheet of one municipality.
    Municipality(Make),
    /// Freeze a report: keep it as it is now, sealed, with a code by which anybody can check it.
    Freeze(Freeze),
    /// List the frozen reports.
    Frozen,
    /// Tell whether a file is a frozen report, unchanged. Exit code 0: genuine; 1: changed, or its seal is wrong;
    /// 4: nothing of ours.
    Verify(Verify),
}

/// Of whom and of when.
#[derive(Debug, Clone, Args)]
pub(crate) struct Asked {
    /// Id of the partnership; the default is the only one.
    #[arg(long, value_name = "ID")]
    partnership: Option<String>,
    /// NIS code of the municipality, for its sheet.
    #[arg(long, value_name = "NIS")]
    municipality: Option<String>,
    /// 2026, 2026-03, 2026-Q1, 2026-H1, 2025-2026 (work year) or project; the default is the current one of the document.
    #[arg(long, value_name = "P")]
    period: Option<String>,
    /// Compare with this period; the default is the one before, `none` compares with nothing.
    #[arg(long, value_name = "P2")]
    compare: Option<String>,
    /// As it was known at this moment (2026-11-25T12:00:00Z) or at the end of this day (2026-11-25).
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
}

/// A document to make.
#[derive(Debug, Args)]
pub(crate) struct Make {
    #[command(flatten)]
    asked: Asked,
    /// What kind of file; the default is what the name of the file says.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Where to write it; - for standard output.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// A report to freeze.
#[derive(Debug, Args)]
pub(crate) struct Freeze {
    /// answer, interim, final, plan-samenleven or municipality.
    kind: String,
    #[command(flatten)]
    asked: Asked,
    /// The address of the site, to which the QR code leads: `https://pas.example.be`.
    #[arg(long, value_name = "URL", env = "RANDPAS_PUBLIC_URL")]
    public_url: String,
    /// As everybody sees it, without amounts that are not for everybody: anybody may then read it at its code.
    #[arg(long)]
    public: bool,
    /// Also write the files and the seal (.jws) into this folder.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// A file to check.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The file: PDF, XLSX, CSV or JSON.
    file: PathBuf,
    /// Its seal; the default is the file beside it that ends in .jws, if there is one.
    #[arg(long, value_name = "FILE")]
    seal: Option<PathBuf>,
    /// Check without database, with these public keys: what /.well-known/report-keys.json gave.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read and to print.
    Pdf,
    /// To calculate on.
    Xlsx,
    /// One long table.
    Csv,
    /// For programs.
    Json,
    /// One page that needs nothing else.
    Html,
}

impl Format {
    fn of_name(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?;
        Self::from_str(end, true).ok()
    }

    const fn form(self) -> Option<Form> {
        match self {
            Self::Pdf => Some(Form::Pdf),
            Self::Xlsx => Some(Form::Xlsx),
            Self::Csv => Some(Form::Csv),
            Self::Json => Some(Form::Json),
            Self::Html => None,
        }
    }
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::Answer(make) => write(place, DocumentKind::Answer, make, output).await,
        Command::Interim(make) => write(place, DocumentKind::Interim, make, output).await,
        Command::Final(make) => write(place, DocumentKind::Final, make, output).await,
        Command::PlanSamenleven(make) => write(place, DocumentKind::PlanSamenleven, make, output).await,
        Command::Municipality(make) => write(place, DocumentKind::Municipality, make, output).await,
        Command::Freeze(arguments) => freeze_one(place, arguments, output).await,
        Command::Frozen => list(place, output).await,
        Command::Verify(arguments) => verify(place, &arguments, output).await,
    }
}

fn request(kind: DocumentKind, asked: &Asked, store: &Store) -> Result<ReportRequest, Failure> {
    let period = |text: &str| Period::from_str(text).map_err(|error| Failure::usage(format!("{error}.")));
    let of = match asked.period.as_deref() {
        Some(text) => period(text)?,
        None => report::usual_period(kind, store.env().today()),
    };
    let compare = match asked.compare.as_deref() {
        None => report::before(of),
        Some("none" | "") => None,
        Some(text) => Some(period(text)?),
    };
    let partnership = asked.partnership.as_deref().map(|text| {
        PartnershipId::from_str(text.trim())
            .map_err(|_| Failure::usage(format!("--partnership must be an id (a UUID), not {text:?}.")))
    });
    let municipality = asked.municipality.as_deref().map(|text| {
        text.trim().parse().map_err(|_| {
            Failure::usage(format!(
                "--municipality must be a NIS code of five digits, not {text:?}."
            ))
        })
    });
    Ok(ReportRequest {
        kind,
        partnership: partnership.transpose()?,
        municipality: municipality.transpose()?,
        period: of,
        compare,
        as_of: asked.as_of.as_deref().map(moment).transpose()?,
    })
}

/// A moment, or the end of a day in Brussels.
pub(super) fn moment(text: &str) -> Result<Timestamp, Failure> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    text.parse::<Date>().map(end_of_day).map_err(|_| {
        Failure::usage(format!(
            "--as-of must be a moment such as 2026-11-25T12:00:00Z or a day such as 2026-11-25, not {text:?}."
        ))
    })
}

async fn write(place: &Place, kind: DocumentKind, make: Make, output: &mut Output) -> Result<(), Failure> {
    let format = make.format.or_else(|| Format::of_name(&make.output)).ok_or_else(|| {
        Failure::usage("Name the kind of file: --format pdf, xlsx, csv, json or html, or end the file's name in it.")
    })?;
    let store = place.open().await?;
    let request = request(kind, &make.asked, &store)?;
    let document = report::build(&store, &Scope::cli(), request).await.map_err(refused)?;
    let bytes = match format.form() {
        None => press::html(&document).into_bytes(),
        Some(form) => {
            let mut made = files(document, &[form]).await.map_err(|error| broken(&error))?;
            made.pop().map(|(_, bytes)| bytes).unwrap_or_default()
        }
    };
    store.close().await;
    if make.output.as_os_str() == "-" {
        output.bytes(&bytes)?;
    } else {
        keep(&make.output, &bytes)?;
        eprintln!("{} written, {} kB.", make.output.display(), bytes.len().div_ceil(1000));
    }
    Ok(())
}

fn keep(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes)
        .map_err(|error| Failure::environment(format!("{} cannot be written: {error}.", path.display())))
}

fn refused(error: ReportError) -> Failure {
    match error {
        ReportError::Storage(error) => error.into(),
        error => Failure::usage(format!("{}.", capital(&chain(&error)))),
    }
}

fn broken(error: &FileError) -> Failure {
    Failure::Other(format!("{}.", capital(&chain(error))))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

async fn freeze_one(place: &Place, arguments: Freeze, output: &mut Output) -> Result<(), Failure> {
    let kind = crate::reports::kind_of(&arguments.kind).ok_or_else(|| {
        let all = DocumentKind::ALL.map(DocumentKind::code).join(", ");
        Failure::usage(format!(
            "There is no report {:?}. The reports are: {all}.",
            arguments.kind
        ))
    })?;
    let origin = super::serve::public_url(&arguments.public_url)?.to_string();
    let (issuer, store) = (place.issuer()?, place.open().await?);
    let keys = place.report_keys(&store).await?;
    let request = request(kind, &arguments.asked, &store)?;
    let scope = Scope::cli();
    let frozen = freeze(
        &store,
        &keys,
        &scope,
        request,
        origin.trim_end_matches('/'),
        &issuer,
        arguments.public,
    )
    .await
    .map_err(|error| match error {
        FreezeError::File(FileError::Report(error)) => refused(error),
        FreezeError::File(error) => broken(&error),
        FreezeError::Storage(error) => error.into(),
        error => Failure::Other(format!("{}.", capital(&chain(&error)))),
    })?;
    output.line(&frozen.code.to_string())?;
    eprintln!(
        "Frozen: {} of {}, {}. Anybody can check it on {}/controle/{}.",
        frozen.title,
        frozen.subject,
        frozen.period,
        origin.trim_end_matches('/'),
        frozen.code
    );
    if let Some(folder) = arguments.output {
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::environment(format!("{} cannot be made: {error}.", folder.display())))?;
        let stem = format!("{}-{}", file_stem(kind, &frozen.period), frozen.code);
        for form in Form::ALL {
            if let Some(bytes) = store.frozen_file(&scope, &frozen, form.extension()).await? {
                keep(&folder.join(format!("{stem}.{form}")), &bytes)?;
            }
        }
        keep(&folder.join(format!("{stem}.jws")), frozen.seal.as_bytes())?;
    }
    store.close().await;
    Ok(())
}

async fn list(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let store = place.open().await?;
    for report in store.frozen_reports(&Scope::cli()).await? {
        output.line(&format!(
            "{}  {}  {}  {}  {}",
            report.code, report.frozen_at, report.kind, report.period, report.subject
        ))?;
    }
    store.close().await;
    Ok(())
}

async fn verify(place: &Place, arguments: &Verify, output: &mut Output) -> Result<(), Failure> {
    let file = read(&arguments.file)?;
    let beside = arguments.file.with_extension("jws");
    let seal = match &arguments.seal {
        Some(path) => Some(text(path)?),
        None if beside.is_file() => Some(text(&beside)?),
        None => None,
    };
    let finding = match (&arguments.keys, &seal) {
        (Some(keys), Some(seal)) => check_offline(&known_keys(&text(keys)?)?, seal, &file),
        (Some(_), None) => {
            return Err(Failure::usage(
                "Without a database a file is checked by its seal: name it with --seal FILE.",
            ));
        }
        (None, seal) => {
            let store = place.open().await?;
            let keys = place.report_keys(&store).await?;
            let name = arguments
                .file
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let mut found = check(&store, &keys, &Scope::cli(), &file, name).await?;
            if let (Finding::Unknown, Some(seal)) = (&found, seal) {
                // A report that this database never kept, or keeps no more: its seal speaks for itself.
                let records = keys.records().await?;
                found = check_offline(&records, seal, &file);
            }
            store.close().await;
            found
        }
    };
    tell(&finding, output)
}

fn tell(finding: &Finding, output: &mut Output) -> Result<(), Failure> {
    match finding {
        Finding::Genuine(seal, form) => {
            output.line(&format!("Genuine: this {form} file is {}, byte for byte.", named(seal)))?;
            Ok(())
        }
        Finding::Changed(seal) => Err(Failure::Other(format!(
            "Changed: the file says that it is {}, but these are not the bytes that were frozen.",
            named(seal)
        ))),
        Finding::Broken(error) => Err(Failure::Other(format!("Not to be trusted: {error}."))),
        Finding::Unknown => Err(Failure::Unknown(
            "Unknown: no report that was frozen here has this file.".to_owned(),
        )),
    }
}

fn named(seal: &Seal) -> String {
    format!(
        "\"{}\" of {}, {}, data up to {}, frozen on {} with code {}",
        seal.title, seal.subject, seal.period, seal.data_date, seal.frozen_at, seal.code
    )
}

/// A key set as `/.well-known/report-keys.json` gives it.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    kid: String,
    x: String,
    revoked_at: Option<i64>,
}

fn known_keys(text: &str) -> Result<Vec<SigningKeyRecord>, Failure> {
    let wrong = || Failure::usage("--keys is not a key set such as /.well-known/report-keys.json gives.");
    let set: KeySet = serde_json::from_str(text).map_err(|_| wrong())?;
    let record = |key: Key| {
        let kid = (1..=u8::MAX).find(|kid| kid_name(*kid) == key.kid)?;
        Some(SigningKeyRecord {
            kid,
            public: URL_SAFE_NO_PAD.decode(key.x).ok()?.try_into().ok()?,
            not_before: Timestamp::MIN,
            not_after: Timestamp::MAX,
            revoked_at: key.revoked_at.and_then(|at| Timestamp::from_second(at).ok()),
        })
    };
    set.keys.into_iter().map(|key| record(key).ok_or_else(wrong)).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::usage(format!("{} cannot be read: {error}.", path.display()));
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| Failure::usage(format!("{} is not text.", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_in_brussels() {
        assert_eq!(
            moment("2026-11-25").unwrap(),
            "2026-11-25T23:00:00Z".parse::<Timestamp>().unwrap()
        );
        assert!(moment("2026-11-25T12:00:00Z").is_ok());
        assert!(matches!(moment("yesterday"), Err(Failure::Usage(_))));
    }

    #[test]
    fn the_name_of_a_file_says_its_kind() {
        assert_eq!(Format::of_name(Path::new("a/antwoord.PDF")), Some(Format::Pdf));
        assert_eq!(Format::of_name(Path::new("antwoord.html")), Some(Format::Html));
        assert_eq!(Format::of_name(Path::new("antwoord.doc")), None);
    }

    #[test]
    fn a_key_set_of_something_else_is_refused() {
        assert!(known_keys("{\"keys\":[{\"kid\":\"1\",\"x\":\"AAAA\"}]}").is_err());
        assert!(known_keys("{}").is_err());
        assert_eq!(known_keys("{\"keys\":[]}").unwrap().len(), 0);
    }
}
