//! The program `randpas`: web server, API and command line. See `randpas --help`.

mod api;
mod auth;
mod cli;
mod demo;
mod http;
mod keys;
mod reports;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
