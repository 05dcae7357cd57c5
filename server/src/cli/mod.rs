//! The command line: every command in its own file, one way to fail.

mod client;
mod demo;
mod device;
mod failure;
mod figures;
mod import;
mod migrate;
mod output;
mod pairing;
mod pass;
mod place;
mod progress;
mod report;
mod serve;
mod suggest;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use output::Output;
use place::Place;

/// Leisure pass for newcomers in the Vlaamse Rand: issue passes, count visits, answer with figures.
#[derive(Debug, Parser)]
#[command(
    name = "randpas",
    version,
    after_help = "Exit codes: 0 done, 1 something failed, 2 wrong arguments, 3 database, files or port not usable,\n\
                  4 a file that is no report of ours (report verify).\n\
                  Start with `randpas serve --demo` and open http://127.0.0.1:3000."
)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the website and the API.
    Serve(serve::Arguments),
    /// Fill an empty database with fictitious demo data and print the demo log-ins.
    Demo(demo::Arguments),
    /// Create the database or bring it up to date.
    Migrate,
    /// Passes.
    #[command(subcommand)]
    Pass(pass::Command),
    /// API clients: programs that scan or read.
    #[command(subcommand)]
    Client(client::Command),
    /// Codes that pair a phone with an organiser.
    #[command(subcommand)]
    Pairing(pairing::Command),
    /// Phones that scan for an organiser without an account.
    #[command(subcommand)]
    Device(device::Command),
    /// Bring in what figures are divided by or compared with.
    #[command(subcommand)]
    Import(import::Command),
    /// Print a figure, protected against disclosure like everywhere else.
    Figures(figures::Arguments),
    /// Documents as files: make, freeze, verify.
    #[command(subcommand)]
    Report(report::Command),
}

/// Reads the arguments, runs the command and says in one sentence what went wrong, if anything did.
pub(crate) fn main() -> ExitCode {
    let Cli { place, command } = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return Failure::environment(format!("The program could not start its threads: {error}.")).report();
        }
    };
    let mut output = Output::stdout();
    let done = runtime.block_on(async {
        match command {
            Command::Serve(arguments) => serve::run(&place, arguments, &mut output).await,
            Command::Demo(arguments) => demo::run(&place, &arguments, &mut output).await,
            Command::Migrate => migrate::run(&place, &mut output).await,
            Command::Pass(command) => pass::run(&place, command, &mut output).await,
            Command::Client(command) => client::run(&place, command, &mut output).await,
            Command::Pairing(command) => pairing::run(&place, command, &mut output).await,
            Command::Device(command) => device::run(&place, command, &mut output).await,
            Command::Import(command) => import::run(&place, command, &mut output).await,
            Command::Figures(arguments) => figures::run(&place, &arguments, &mut output).await,
            Command::Report(command) => report::run(&place, command, &mut output).await,
        }
    });
    let done = done.and_then(|()| Ok(output.flush()?));
    // Blocking work that is still running must not hold the exit up.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Cli::command().debug_assert();
    }
}
