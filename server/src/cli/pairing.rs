//! `randpas pairing create`: a code with which one phone joins an organiser, once, within ten minutes.

use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use domain::{DeviceRole, OrganiserId};
use storage::Scope;

use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// Commands about pairing.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a one-time code and print it on the last line; it is not shown again.
    Create(Create),
}

/// A new code.
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The organiser that the device will scan for.
    #[arg(long, value_name = "ID")]
    organiser: String,
    /// What it may do: a counter counts visits, a redeemer also takes cheques, a supervisor also takes back what other
    /// devices scanned.
    #[arg(long, value_enum, default_value_t = PairingRole::Counter)]
    role: PairingRole,
}

/// The roles that a device can have.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PairingRole {
    Counter,
    Redeemer,
    Supervisor,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Create(Create { organiser, role }) = command;
    let organiser = self::organiser(&organiser)?;
    let role = match role {
        PairingRole::Counter => DeviceRole::Counter,
        PairingRole::Redeemer => DeviceRole::Redeemer,
        PairingRole::Supervisor => DeviceRole::Supervisor,
    };
    let store = place.open().await?;
    let (code, until) = store.create_pairing(&Scope::cli(), organiser, role).await?;
    // To the second: nobody needs the rest.
    let until = until.round(jiff::Unit::Second).unwrap_or(until);
    eprintln!(
        "Open /koppel#{} on the phone, or type this code there. One phone can use it, until {until}:",
        code.compact()
    );
    output.line(&format!("{code}"))?;
    store.close().await;
    Ok(())
}

/// Reads the value of `--organiser`.
pub(super) fn organiser(text: &str) -> Result<OrganiserId, Failure> {
    OrganiserId::from_str(text.trim()).map_err(|_| {
        Failure::usage(format!(
            "--organiser must be the id of an organiser (a UUID), not {text:?}."
        ))
    })
}
