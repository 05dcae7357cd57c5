//! `randpas device list` and `randpas device revoke`: the phones that scan without an account.

use std::str::FromStr;

use clap::{Args, Subcommand};
use domain::DeviceId;
use jiff::Timestamp;
use serde::Serialize;
use storage::{Device, Scope};
use uuid::Uuid;

use super::failure::Failure;
use super::output::Output;
use super::pairing::organiser;
use super::place::Place;

/// Commands about paired devices.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print one line for each device; revoked ones last.
    List(List),
    /// Take a device out of use, as of its next request. What it scanned and did not yet send waits for a person.
    Revoke(Revoke),
}

/// Which devices.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only of this organiser.
    #[arg(long, value_name = "ID")]
    organiser: Option<String>,
    /// JSON lines instead of id, state, role, waiting, last seen and name with a tab between.
    #[arg(long)]
    json: bool,
}

/// Which device.
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    /// The id of the device, as `randpas device list` prints it.
    #[arg(value_name = "ID")]
    device: String,
}

#[derive(Serialize)]
struct Line<'a> {
    id: Uuid,
    organiser: Uuid,
    name: &'a str,
    role: &'static str,
    created_at: Timestamp,
    last_seen_at: Option<Timestamp>,
    waiting: u32,
    roll_requested: bool,
    revoked_at: Option<Timestamp>,
}

impl<'a> From<&'a Device> for Line<'a> {
    fn from(device: &'a Device) -> Self {
        Self {
            id: device.id.uuid(),
            organiser: device.organiser.uuid(),
            name: &device.name,
            role: device.role.code(),
            created_at: device.created_at,
            last_seen_at: device.last_seen_at,
            waiting: device.waiting,
            roll_requested: device.roll_requested,
            revoked_at: device.revoked_at,
        }
    }
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::List(list) => self::list(place, list, output).await,
        Command::Revoke(Revoke { device }) => {
            let id = DeviceId::from_str(device.trim())
                .map_err(|_| Failure::usage(format!("{device:?} is not the id of a device (a UUID).")))?;
            let store = place.open().await?;
            store.revoke_device(&Scope::cli(), id).await?;
            eprintln!(
                "The device is out of use. What it scanned and did not yet send waits for a person to release it."
            );
            store.close().await;
            Ok(())
        }
    }
}

async fn list(place: &Place, List { organiser: only, json }: List, output: &mut Output) -> Result<(), Failure> {
    let only = only.as_deref().map(organiser).transpose()?;
    let store = place.open().await?;
    let devices = match only {
        Some(organiser) => store.devices(&Scope::cli(), organiser).await?,
        None => store.all_devices(&Scope::cli()).await?,
    };
    for device in &devices {
        if json {
            let line = serde_json::to_string(&Line::from(device)).map_err(|error| Failure::Other(error.to_string()))?;
            output.line(&line)?;
        } else {
            let state = if device.revoked_at.is_some() {
                "revoked"
            } else {
                "in use"
            };
            let seen = device
                .last_seen_at
                .map_or_else(|| "never".to_owned(), |at| at.to_string());
            output.line(&format!(
                "{}\t{state}\t{}\t{}\t{seen}\t{}",
                device.id, device.role, device.waiting, device.name
            ))?;
        }
    }
    store.close().await;
    Ok(())
}
