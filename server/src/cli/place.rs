//! Where the data is: the options that every command takes.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use storage::{DatabaseUrl, Environment, Store};

use crate::keys::{KeyUse, Keys, ReportKeys, SeedSource};

use super::failure::Failure;

/// `iss` of a pass when nobody chose one. It is signed into every pass, so it must never depend on an address that
/// may change.
const DEFAULT_ISSUER: &str = "urn:randpas";

/// Where the data is.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// Folder with the database and the keys; made when it does not exist.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "data",
        env = "RANDPAS_DATA"
    )]
    pub(crate) data: PathBuf,
    /// Another database: postgres://user:password@host/name or sqlite:PATH. Keys stay in the data folder.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "DATABASE_URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Name of the issuer that is signed into every pass: choose it before the first pass and keep it.
    #[arg(long, global = true, value_name = "NAME", default_value = DEFAULT_ISSUER, env = "RANDPAS_ISSUER")]
    issuer: String,
}

impl Place {
    /// Opens the database: makes it, or brings it up to date.
    pub(crate) async fn open(&self) -> Result<Store, Failure> {
        let url = match self
            .database_url
            .as_deref()
            .map(str::trim)
            .filter(|url| !url.is_empty())
        {
            Some(url) => url.parse()?,
            None => {
                self.make_folder()?;
                DatabaseUrl::from_data_dir(&self.data)
            }
        };
        Ok(Store::open(&url, Environment::system()).await?)
    }

    /// The keys to sign and check passes with; the first ones are made here.
    pub(crate) async fn keys(&self, store: &Store) -> Result<Keys, Failure> {
        Ok(Keys::open(store, &self.seeds(KeyUse::Pass)?).await?)
    }

    /// The keys to seal reports with; the first one is made here.
    pub(crate) async fn report_keys(&self, store: &Store) -> Result<ReportKeys, Failure> {
        Ok(ReportKeys::open(store, &self.seeds(KeyUse::Report)?).await?)
    }

    fn seeds(&self, usage: KeyUse) -> Result<SeedSource, Failure> {
        let given = std::env::var(usage.variable()).ok();
        Ok(SeedSource::find(&self.data, usage, given.as_deref())?)
    }

    /// `iss` of every pass.
    pub(crate) fn issuer(&self) -> Result<Arc<str>, Failure> {
        let issuer = self.issuer.trim();
        // It is written into a JWT without escaping.
        if issuer.is_empty() || issuer.len() > 200 || issuer.chars().any(|c| c.is_control() || matches!(c, '"' | '\\'))
        {
            return Err(Failure::usage(
                "--issuer must be 1 to 200 characters without quotes or backslashes.",
            ));
        }
        Ok(issuer.into())
    }

    fn make_folder(&self) -> Result<(), Failure> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        // Names and municipalities of people are in it: nobody else on this machine needs to read them.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.data).map_err(|error| {
            Failure::environment(format!(
                "The data folder {} cannot be made: {error}. \
                 Choose another with --data DIR, or change its permissions.",
                self.data.display()
            ))
        })
    }
}
