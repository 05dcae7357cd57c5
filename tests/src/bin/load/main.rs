//! The load tool: real credentials against a server that it starts itself, on this machine only, bounded in time. It
//! prints Markdown tables with a line a run and the median.
//!
//! - `load check-ins sqlite|postgres [RUNS] [SECONDS] [CONNECTIONS]`: online clients, one scan a request
//! - `load sync sqlite|postgres [RUNS] [SECONDS] [DEVICES]`: paired devices, two hundred scans a request
//! - `load drain sqlite|postgres [RUNS] [DEVICES]`: a thousand queued scans a device, once the network is back
//!
//! The tool is deliberately bare, because it shares the two cores with the server that it measures.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

mod check_ins;
mod report;
mod sync;
mod wire;

use std::time::Duration;

use tests::home::Engine;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "usage: load check-ins|sync|drain sqlite|postgres [RUNS] [SECONDS] [CONNECTIONS or DEVICES]";

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let what = arguments.first().map_or("", String::as_str);
    let engine = match arguments.get(1).map(String::as_str) {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres") => Engine::Postgres,
        _ => return Err(USAGE.into()),
    };
    let number = |at: usize, otherwise: usize| -> Result<usize, Failure> {
        arguments.get(at).map_or(Ok(otherwise), |text| Ok(text.parse()?))
    };
    let runs = number(2, 5)?;
    // One thread: the tool must not take more of the machine than it has to.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if what == "drain" {
        return runtime.block_on(sync::drain(engine, bounded(runs, 1)?, number(3, 5)?));
    }
    let seconds = number(3, 8)?;
    let (runs, length) = (bounded(runs, seconds)?, Duration::from_secs(u64::try_from(seconds)?));
    match what {
        "check-ins" => runtime.block_on(check_ins::check_ins(engine, runs, length, number(4, 64)?.min(1_000))),
        "sync" => runtime.block_on(sync::sync(engine, runs, length, number(4, 5)?.min(100))),
        _ => Err(USAGE.into()),
    }
}

/// So many runs, when all of them take ten minutes at most.
fn bounded(runs: usize, seconds: usize) -> Result<usize, Failure> {
    if runs * seconds > 600 {
        return Err("at most ten minutes".into());
    }
    Ok(runs)
}
