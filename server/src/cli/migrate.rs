//! `randpas migrate`: creates the database or brings it up to date, and nothing else.

use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// Opening is migrating; a newer or damaged database is refused there.
pub(crate) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let store = place.open().await?;
    output.line(&format!("The {} database is up to date.", store.engine()))?;
    store.close().await;
    Ok(())
}
