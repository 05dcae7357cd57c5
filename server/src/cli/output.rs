//! Standard output holds data and nothing else, and a reader that stops reading is no error.

use std::io::{self, BufWriter, Stdout, Write};

/// A buffered standard output.
#[derive(Debug)]
pub(crate) struct Output {
    out: BufWriter<Stdout>,
}

/// Nothing more can be written.
#[derive(Debug)]
pub(crate) enum Closed {
    /// The reader went away.
    Pipe,
    /// The disk is full, or the like.
    Failed(io::Error),
}

impl From<io::Error> for Closed {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Pipe
        } else {
            Self::Failed(error)
        }
    }
}

impl Output {
    /// The program's own standard output.
    pub(crate) fn stdout() -> Self {
        Self {
            out: BufWriter::new(io::stdout()),
        }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Closed> {
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Text as it is.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Closed> {
        Ok(self.out.write_all(bytes)?)
    }

    /// Hands everything to the reader now.
    pub(crate) fn flush(&mut self) -> Result<(), Closed> {
        Ok(self.out.flush()?)
    }
}
