//! A home for one server: a data folder of its own and, on PostgreSQL, a database of its own.
//!
//! Filling a database with demo data costs seconds, so it happens once a test run and engine; each home is a copy.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::OnceCell;

use crate::databases;

/// The database under a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file in the data folder.
    Sqlite,
    /// A database of its own in the throw-away cluster, or in the one `DATABASE_URL` names.
    Postgres,
}

/// What a command of the CLI left behind.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; −1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ran {
    /// The lines of standard output, each read as JSON.
    ///
    /// # Panics
    /// When a line is not JSON.
    #[must_use]
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        let lines = self.stdout.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| match serde_json::from_str(line) {
                Ok(value) => value,
                Err(error) => panic!("not a JSON line ({error}): {line}"),
            })
            .collect()
    }

    /// The whole of standard output as one JSON value.
    ///
    /// # Panics
    /// When it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("not JSON ({error}): {}\n{}", self.stdout, self.stderr),
        }
    }

    /// Fails the test unless the command succeeded.
    ///
    /// # Panics
    /// When the exit code is not 0.
    #[must_use]
    pub fn succeeded(self) -> Self {
        assert_eq!(
            self.code, 0,
            "the command failed\nstdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }
}

/// A data folder (removed on drop) and the address of its database.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    engine: Engine,
    database_url: Option<String>,
}

static COUNT: AtomicU32 = AtomicU32::new(0);
static SQLITE_DEMO: OnceCell<Home> = OnceCell::const_new();
static POSTGRES_DEMO: OnceCell<Home> = OnceCell::const_new();

/// The binary under test: `RANDPAS_BIN`, else the release build in the workspace's target folder.
#[must_use]
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("RANDPAS_BIN") {
        return path.into();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join("release/randpas")
}

impl Home {
    /// An empty folder and an empty database.
    ///
    /// # Panics
    /// When the machine does not let us make one.
    pub async fn empty(engine: Engine) -> Self {
        let folder = new_folder();
        let database_url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(databases::fresh().await),
        };
        Self {
            folder,
            engine,
            database_url,
        }
    }

    /// A copy of the demo data.
    ///
    /// # Panics
    /// When `randpas demo` fails.
    pub async fn demo(engine: Engine) -> Self {
        let template = match engine {
            Engine::Sqlite => SQLITE_DEMO.get_or_init(|| Self::fill(engine)).await,
            Engine::Postgres => POSTGRES_DEMO.get_or_init(|| Self::fill(engine)).await,
        };
        let folder = new_folder();
        copy_folder(&template.folder, &folder);
        let database_url = match &template.database_url {
            None => None,
            Some(url) => Some(databases::copy(url).await),
        };
        Self {
            folder,
            engine,
            database_url,
        }
    }

    async fn fill(engine: Engine) -> Self {
        let home = Self::empty(engine).await;
        let _ = home.run(&["demo"]).await.succeeded();
        home
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The engine of this home.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The address of the database: `sqlite:PATH` or `postgres://…`.
    #[must_use]
    pub fn database_url(&self) -> String {
        let file = || format!("sqlite:{}", self.folder.join("randpas.sqlite").display());
        self.database_url.clone().unwrap_or_else(file)
    }

    /// A command of `randpas` on this home, with no setting taken from the machine.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments).arg("--data").arg(&self.folder);
        command
            .env_remove("DATABASE_URL")
            .env_remove("RANDPAS_PASS_KEY")
            .env_remove("RANDPAS_REPORT_KEY")
            .env_remove("RANDPAS_PUBLIC_URL")
            .env_remove("RUST_LOG");
        if let Some(url) = &self.database_url {
            command.env("DATABASE_URL", url);
        }
        command.kill_on_drop(true).stdin(Stdio::null());
        command
    }

    /// Runs a command of `randpas` to its end, two minutes at most.
    ///
    /// # Panics
    /// When the binary is not there or does not end.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments)).await
    }
}

/// Runs a prepared command to its end, two minutes at most.
///
/// # Panics
/// When the binary is not there or does not end.
pub async fn ran(mut command: Command) -> Ran {
    let output = tokio::time::timeout(Duration::from_secs(120), command.output()).await;
    let output = match output {
        Ok(Ok(output)) => output,
        Ok(Err(error)) => panic!("{} did not start ({error}): run `make build` first", binary().display()),
        Err(_) => panic!("{command:?} did not end within two minutes"),
    };
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The templates of a run outlive it, because nothing is dropped at a process's end: the next run takes them away.
fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name
            .strip_prefix("randpas-test-")
            .and_then(|rest| rest.split('-').next());
        let process = process.and_then(|digits| digits.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn new_folder() -> PathBuf {
    static SWEPT: Once = Once::new();
    SWEPT.call_once(sweep);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("randpas-test-{}-{number}", std::process::id()));
    // A process of an earlier run may have had this number and left its folder.
    let _ = std::fs::remove_dir_all(&folder);
    match std::fs::create_dir_all(&folder) {
        Ok(()) => folder,
        Err(error) => panic!("no folder for a test at {}: {error}", folder.display()),
    }
}

fn copy_folder(from: &Path, to: &Path) {
    let copy = || -> std::io::Result<()> {
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                std::fs::create_dir_all(&target)?;
                copy_folder(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target)?;
            }
        }
        Ok(())
    };
    if let Err(error) = copy() {
        panic!("the demo data did not copy to {}: {error}", to.display());
    }
}
