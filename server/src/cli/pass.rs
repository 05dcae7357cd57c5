//! `randpas pass issue`: many passes at once, for printed cards and for load tests.

use std::str::FromStr;

use clap::{Args, Subcommand};
use domain::{Baseline, BirthYear, FirstName, NewcomerReason, Nis};
use serde::Serialize;
use storage::{Municipality, NewHolder, Scope, Store};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;
use super::{progress, suggest};

/// Passes signed and stored in one go; the bar moves once for each.
const CHUNK: u32 = 500;

/// Commands about passes.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Issue passes and print one line for each.
    Issue(Issue),
}

/// What to issue.
#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// How many.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    count: u32,
    /// Municipality of the holders: the five digits of its NIS code, or its name.
    #[arg(long, value_name = "NIS")]
    municipality: String,
    /// First name of the holders, as long as nobody knows better.
    #[arg(long, value_name = "NAME", default_value = "Pashouder")]
    first_name: String,
    /// Year of birth of the holders.
    #[arg(long, value_name = "YEAR", default_value_t = 1990)]
    birth_year: i16,
    /// JSON lines with number, credential and jwt, instead of number and credential with a tab between.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    number: &'a str,
    credential: &'a str,
    jwt: &'a str,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Issue(issue) = command;
    let issuer = place.issuer()?;
    let store = place.open().await?;
    let municipality = municipality(&store, &issue.municipality).await?;
    let first_name = FirstName::try_from(issue.first_name.clone())
        .map_err(|error| Failure::usage(format!("--first-name cannot be used: {error}.")))?;
    let birth_year = BirthYear::try_new(issue.birth_year, store.env().today())
        .map_err(|error| Failure::usage(format!("--birth-year cannot be used: {error}.")))?;
    let keys = place.keys(&store).await?;
    let holder = NewHolder {
        first_name,
        birth_year,
        municipality,
        reason: NewcomerReason::Other,
        baseline: Baseline::NotAsked,
        partner: None,
    };
    let bar = progress::bar(u64::from(issue.count), "issuing passes");
    let mut left = issue.count;
    while left > 0 {
        let now = left.min(CHUNK);
        left -= now;
        let holders = (0..now).map(|_| holder.clone()).collect();
        let issued = store
            .issue_passes(&Scope::cli(), holders, keys.signer.as_ref(), &issuer)
            .await?;
        for pass in issued {
            let credential = pass.pass.credential.to_qr_text();
            let number = pass.pass.number.to_string();
            if issue.json {
                let jwt = pass.pass.credential.jwt(&issuer);
                let line = Line {
                    number: &number,
                    credential: &credential,
                    jwt: &jwt,
                };
                output.line(&serde_json::to_string(&line).map_err(|error| Failure::Other(error.to_string()))?)?;
            } else {
                output.line(&format!("{number}\t{credential}"))?;
            }
        }
        bar.inc(u64::from(now));
    }
    bar.finish_and_clear();
    store.close().await;
    Ok(())
}

/// The code of a municipality from its code or its name.
async fn municipality(store: &Store, typed: &str) -> Result<Nis, Failure> {
    let all = store.municipalities(&Scope::cli()).await?;
    let typed = typed.trim();
    let found = all
        .iter()
        .find(|one| Nis::from_str(typed).is_ok_and(|nis| nis == one.nis) || one.name_nl.eq_ignore_ascii_case(typed));
    if let Some(found) = found {
        return Ok(found.nis);
    }
    let by_name = suggest::closest(typed, all.iter().map(|one| one.name_nl.as_str()));
    let codes: Vec<String> = all.iter().map(|one| one.nis.to_string()).collect();
    let by_code = suggest::closest(typed, codes.iter().map(String::as_str));
    let guess = by_name
        .or(by_code)
        .and_then(|name| {
            all.iter()
                .find(|one| one.name_nl == name || one.nis.to_string() == name)
        })
        .map(|Municipality { nis, name_nl, .. }| format!("{nis} ({name_nl})"));
    Err(Failure::usage(format!(
        "There is no municipality {typed:?} in this partnership.{}",
        suggest::did_you_mean(guess)
    )))
}
