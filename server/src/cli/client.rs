//! `randpas client create`: a token for a program, shown once.

use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use domain::OrganiserId;
use storage::{Role, Scope};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// Commands about API clients.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a client and print its token on the last line; it is not shown again.
    Create(Create),
}

/// A new client.
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// Name by which people recognise it.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What it may do: ticketing and kiosk scan, a counter issues passes, an auditor reads figures.
    #[arg(long, value_enum)]
    role: ClientRole,
    /// Only for this organiser.
    #[arg(long, value_name = "ID")]
    organiser: Option<String>,
}

/// The roles that a program can have.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ClientRole {
    Ticketing,
    Kiosk,
    Counter,
    Auditor,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Create(Create { name, role, organiser }) = command;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Failure::usage("--name must be 1 to 120 characters on one line."));
    }
    let organiser = organiser
        .map(|text| {
            OrganiserId::from_str(text.trim()).map_err(|_| {
                Failure::usage(format!(
                    "--organiser must be the id of an organiser (a UUID), not {text:?}."
                ))
            })
        })
        .transpose()?;
    let role = match role {
        ClientRole::Ticketing => Role::Ticketing,
        ClientRole::Kiosk => Role::Kiosk,
        ClientRole::Counter => Role::Counter,
        ClientRole::Auditor => Role::Auditor,
    };
    let store = place.open().await?;
    let (client, token) = store.create_client(&Scope::cli(), name, role, organiser).await?;
    eprintln!(
        "Client {} ({}) can use this token, which is not shown again:",
        client.name, client.role
    );
    output.line(&format!("{token}"))?;
    store.close().await;
    Ok(())
}
