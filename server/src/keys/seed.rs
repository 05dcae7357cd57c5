//! Where the 32 secret bytes of a signing key live: `DATA/keys/pass-<kid>.key` or `report-<kid>.key`, readable by its
//! owner only, or the environment variable `RANDPAS_PASS_KEY` or `RANDPAS_REPORT_KEY` when several servers share one
//! database.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// What a key signs. A key signs one kind of thing only: a report can never pass for a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyUse {
    /// Passes.
    Pass,
    /// Frozen reports.
    Report,
}

impl KeyUse {
    /// Start of the names of its files.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Pass => "pass-",
            Self::Report => "report-",
        }
    }

    /// The variable that holds a seed instead.
    pub(crate) const fn variable(self) -> &'static str {
        match self {
            Self::Pass => "RANDPAS_PASS_KEY",
            Self::Report => "RANDPAS_REPORT_KEY",
        }
    }
}

/// Where to look for the seed.
#[derive(Clone)]
pub(crate) enum SeedSource {
    /// The seed itself, from the environment.
    Given([u8; 32]),
    /// The folder with key files; it need not exist yet.
    Folder(PathBuf),
}

/// Why the seed could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SeedError {
    /// Not 32 bytes in base64.
    #[error("{place} does not hold 32 bytes in base64 (make one with: openssl rand -base64 32)")]
    Shape {
        /// The variable or the file.
        place: String,
    },
    /// The file system said no.
    #[error("cannot {what} {path}", path = path.display())]
    Io {
        /// "read", "make" or "write".
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        #[source]
        source: io::Error,
    },
}

impl SeedSource {
    /// The environment's seed when it is set, else the folder `keys` in the data folder.
    pub(crate) fn find(data: &Path, usage: KeyUse, environment: Option<&str>) -> Result<Self, SeedError> {
        match environment.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => parse(text).map(Self::Given).ok_or_else(|| SeedError::Shape {
                place: format!("The environment variable {}", usage.variable()),
            }),
            None => Ok(Self::Folder(data.join("keys"))),
        }
    }
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok()?;
    bytes.try_into().ok()
}

/// The key files of a folder for one use, ordered by number. A folder that does not exist has none.
pub(super) fn list(folder: &Path, usage: KeyUse) -> Result<Vec<(u8, PathBuf)>, SeedError> {
    let failed = |source| SeedError::Io {
        what: "read",
        path: folder.to_owned(),
        source,
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(kid) = name
            .strip_prefix(usage.prefix())
            .and_then(|n| n.strip_suffix(".key"))
            .and_then(|n| n.parse().ok())
        {
            found.push((kid, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a key file.
pub(super) fn read(path: &Path) -> Result<[u8; 32], SeedError> {
    let text = fs::read_to_string(path).map_err(|source| SeedError::Io {
        what: "read",
        path: path.to_owned(),
        source,
    })?;
    parse(&text).ok_or_else(|| SeedError::Shape {
        place: path.display().to_string(),
    })
}

/// Keeps a new seed; never overwrites one. The folder is for its owner only, and so is the file.
pub(super) fn write(folder: &Path, usage: KeyUse, kid: u8, seed: &[u8; 32]) -> Result<(), SeedError> {
    make_private_folder(folder).map_err(|source| SeedError::Io {
        what: "make",
        path: folder.to_owned(),
        source,
    })?;
    let path = folder.join(format!("{}{kid}.key", usage.prefix()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(&path)
        .and_then(|mut file| {
            writeln!(file, "{}", STANDARD.encode(seed))?;
            file.sync_all()
        })
        .map_err(|source| SeedError::Io {
            what: "write",
            path,
            source,
        })
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_kept_privately_and_never_overwritten() {
        let folder = std::env::temp_dir().join(format!("randpas-seed-{}", std::process::id()));
        let keys = folder.join("keys");
        write(&keys, KeyUse::Pass, 7, &[9; 32]).unwrap();
        let files = list(&keys, KeyUse::Pass).unwrap();
        assert!(list(&keys, KeyUse::Report).unwrap().is_empty(), "each use has its own");
        assert_eq!(files.len(), 1);
        assert_eq!((files[0].0, read(&files[0].1).unwrap()), (7, [9; 32]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&files[0].1).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(write(&keys, KeyUse::Pass, 7, &[1; 32]).is_err());
        assert_eq!(read(&files[0].1).unwrap(), [9; 32]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_wrong_seed_says_what_a_right_one_is() {
        let Err(error) = SeedSource::find(Path::new("/x"), KeyUse::Pass, Some("abc")) else {
            unreachable!("three letters are no key")
        };
        assert!(error.to_string().contains("32 bytes"));
        assert!(matches!(
            SeedSource::find(Path::new("/x"), KeyUse::Report, Some(" ")),
            Ok(SeedSource::Folder(_))
        ));
    }
}
