//! `randpas demo`: fills an empty database with fictitious people and visits.

use clap::Args;
use storage::Store;

use crate::demo::{self, LOG_INS, PASSWORD, Size};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;
use super::progress;

/// How the demo data is drawn.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The same number gives the same people and visits on the same day.
    #[arg(long, value_name = "NUMBER", default_value_t = demo::SEED)]
    seed: u64,
    /// Visits that count until yesterday, those of today come on top; for more than a hundred thousand the story begins
    /// years ago.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().participations)]
    participations: usize,
    /// People with a pass.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().holders)]
    holders: usize,
}

/// More than these are not drawn: beyond them memory and pass numbers are the bound, and no region is so large.
const MOST_HOLDERS: usize = 2_000_000;
/// See [`MOST_HOLDERS`].
const MOST_PARTICIPATIONS: usize = 50_000_000;

impl Arguments {
    fn size(&self) -> Result<Size, Failure> {
        if !(1..=MOST_HOLDERS).contains(&self.holders) || self.participations > MOST_PARTICIPATIONS {
            return Err(Failure::usage(format!(
                "--holders is 1 to {MOST_HOLDERS} and --participations at most {MOST_PARTICIPATIONS}."
            )));
        }
        Ok(Size {
            participations: self.participations,
            holders: self.holders,
            seed: self.seed,
        })
    }
}

/// Runs the command.
pub(crate) async fn run(place: &Place, arguments: &Arguments, output: &mut Output) -> Result<(), Failure> {
    let size = arguments.size()?;
    let store = place.open().await?;
    if !fill(place, &store, size).await? {
        return Err(Failure::usage(
            "This database is not empty, and demo data must never mix with real people. \
             Choose an empty folder with --data DIR.",
        ));
    }
    print_log_ins(output)?;
    store.close().await;
    Ok(())
}

/// Fills the database if it is empty; says whether it did.
pub(crate) async fn fill(place: &Place, store: &Store, size: Size) -> Result<bool, Failure> {
    if !demo::is_empty(store).await? {
        return Ok(false);
    }
    let keys = place.keys(store).await?;
    let issuer = place.issuer()?;
    let summary = demo::fill(store, keys.signer.as_ref(), &issuer, size, &progress::bar).await?;
    eprintln!(
        "Demo data: {} organisers, {} activities, {} holders, {} visits. All of it is made up.",
        summary.organisers, summary.activities, summary.holders, summary.visits
    );
    Ok(true)
}

/// Whether this database was filled with demo data: only then do the demo log-ins work.
pub(crate) async fn is_demo(store: &Store) -> Result<bool, Failure> {
    let [first, ..] = LOG_INS;
    Ok(store.account_by_email(first.email).await?.is_some())
}

/// The demo accounts, one a line: address, password, role.
pub(crate) fn print_log_ins(output: &mut Output) -> Result<(), Failure> {
    for log_in in LOG_INS {
        output.line(&format!("{}  {PASSWORD}  {}", log_in.email, log_in.role))?;
    }
    Ok(output.flush()?)
}
