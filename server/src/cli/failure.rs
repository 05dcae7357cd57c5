//! The one way in which a command fails: a sentence for people and an exit code for scripts.

use std::error::Error;
use std::process::ExitCode;

use crate::demo::DemoError;
use crate::http::problem::chain;
use crate::keys::{KeyError, SeedError};

use super::output::Closed;

/// Why a command did not finish.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments name something that does not exist or cannot be. Exit code 2, as for unknown options.
    Usage(String),
    /// Database, files, port or network are not usable. Exit code 3.
    Environment(String),
    /// Anything else. Exit code 1.
    Other(String),
    /// `report verify` found a file that was never frozen here. Exit code 4.
    Unknown(String),
    /// Whoever read our output has stopped reading (`| head`): no failure at all.
    Closed,
}

impl Failure {
    /// Exit code 2 with this sentence.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }

    /// Exit code 3 with this sentence.
    pub(crate) fn environment(sentence: impl Into<String>) -> Self {
        Self::Environment(sentence.into())
    }

    /// Prints the sentence and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let (sentence, code) = match self {
            Self::Usage(sentence) => (sentence, 2),
            Self::Environment(sentence) => (sentence, 3),
            Self::Other(sentence) => (sentence, 1),
            Self::Unknown(sentence) => (sentence, 4),
            Self::Closed => return ExitCode::SUCCESS,
        };
        eprintln!("randpas: {sentence}");
        ExitCode::from(code)
    }
}

/// The error and its causes as one sentence with a full stop.
fn sentence(error: &dyn Error) -> String {
    let mut text = chain(error);
    if !text.ends_with(['.', '!', '?', ')']) {
        text.push('.');
    }
    text
}

impl From<storage::OpenError> for Failure {
    fn from(error: storage::OpenError) -> Self {
        match error {
            storage::OpenError::Url => Self::Usage(sentence(&error)),
            error => Self::Environment(sentence(&error)),
        }
    }
}

impl From<DemoError> for Failure {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::Storage(error) => error.into(),
            error => Self::Other(sentence(&error)),
        }
    }
}

impl From<storage::Error> for Failure {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Database { .. } => Self::Environment(sentence(&error)),
            storage::Error::Unknown(_) | storage::Error::Invalid(_) | storage::Error::Exists(_) => {
                Self::Usage(sentence(&error))
            }
            error => Self::Other(sentence(&error)),
        }
    }
}

impl From<SeedError> for Failure {
    fn from(error: SeedError) -> Self {
        Self::Environment(sentence(&error))
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Environment(sentence(&error))
    }
}

impl From<Closed> for Failure {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Pipe => Self::Closed,
            Closed::Failed(error) => Self::Environment(format!("The output could not be written: {error}.")),
        }
    }
}
