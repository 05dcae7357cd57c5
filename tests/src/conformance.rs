//! What the storage conformance suite stands on: a store on either engine with a clock that is moved by hand, and
//! builders for the people and places of its stories.
//!
//! Both engines get the same clock and the same random bytes, so a story must end in exactly the same words on both:
//! [`on_both_engines`] tells it twice and compares.

use std::fmt::Debug;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    ActivityId, Baseline, BirthYear, Cents, CountingRule, FirstName, KeyVerdict, NewcomerReason, Nis, OrganiserId,
    OrganiserKind, ScanId, Scanned,
};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};
use storage::{
    Activity, CheckIn, DatabaseUrl, Engine, Environment, IssuedPass, MovableClock, NewActivity, NewHolder,
    NewOrganiser, Organiser, Pass, PassSigner, Scope, SignError, Store,
};

/// The issuer in every credential of the suite.
pub const ISSUER: &str = "https://pas.example";

/// When every story begins: a Friday noon in Brussels.
pub const BEGIN: &str = "2026-03-20T11:00:00Z";

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// Signs with the same key every time.
#[derive(Debug)]
pub struct FixedSigner(SigningKey);

impl Default for FixedSigner {
    fn default() -> Self {
        Self(SigningKey::from_bytes(&[7; 32]))
    }
}

impl PassSigner for FixedSigner {
    fn kid(&self) -> u8 {
        1
    }

    fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.0.sign(signing_input).to_bytes())
    }
}

/// An open store on a database of its own, removed on drop (PostgreSQL's goes with its cluster).
#[derive(Debug)]
pub struct World {
    /// The store.
    pub store: Store,
    /// Moves the store's time.
    pub clock: MovableClock,
    /// Where the database is, to open it again.
    pub url: DatabaseUrl,
    told: Vec<String>,
    folder: Option<PathBuf>,
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // A folder that stays behind in the temporary directory harms nobody.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A new folder under the temporary directory.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn new_folder() -> PathBuf {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("randpas-conformance-{}-{number}", std::process::id()));
    if let Err(error) = std::fs::create_dir_all(&folder) {
        panic!("no folder {}: {error}", folder.display());
    }
    folder
}

/// Reads a moment.
///
/// # Panics
/// When it is not RFC 3339.
#[must_use]
pub fn moment(text: &str) -> Timestamp {
    match text.parse() {
        Ok(at) => at,
        Err(error) => panic!("{text}: {error}"),
    }
}

/// Reads a municipality's code.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn nis(code: u32) -> Nis {
    match Nis::try_from(code) {
        Ok(nis) => nis,
        Err(error) => panic!("{error}"),
    }
}

/// Tells a story on SQLite and on PostgreSQL and compares what was [`World::tell`]-told.
pub async fn on_both_engines<F, Told>(story: F)
where
    F: Fn(World) -> Told,
    Told: Future<Output = World>,
{
    let sqlite = story(World::open(Engine::Sqlite).await).await;
    let postgres = story(World::open(Engine::Postgres).await).await;
    assert_eq!(sqlite.told, postgres.told, "the engines tell different stories");
    sqlite.store.close().await;
    postgres.store.close().await;
}

impl World {
    /// Opens a new database.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(engine: Engine) -> Self {
        let (url, folder) = match engine {
            Engine::Sqlite => {
                let folder = new_folder();
                (DatabaseUrl::from_data_dir(&folder), Some(folder))
            }
            Engine::Postgres => match crate::databases::fresh().await.parse() {
                Ok(url) => (url, None),
                Err(error) => panic!("{error}"),
            },
        };
        let (env, clock) = Environment::movable(moment(BEGIN), 42);
        match Store::open(&url, env).await {
            Ok(store) => Self {
                store,
                clock,
                url,
                told: Vec::new(),
                folder,
            },
            Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
        }
    }

    /// Another server on the same database: the same time, random bytes of its own.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn second_server(&self) -> Store {
        let env = Environment {
            clock: Arc::new(self.clock.clone()),
            ..Environment::fixed(moment(BEGIN), 43)
        };
        match Store::open(&self.url, env).await {
            Ok(store) => store,
            Err(error) => panic!("{error}"),
        }
    }

    /// Writes down what must be the same on both engines.
    pub fn tell(&mut self, what: impl Debug) {
        self.told.push(format!("{what:?}"));
    }

    /// The present moment of the store.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.store.env().now()
    }

    /// Moves time forward.
    pub fn wait_minutes(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// A club in Wemmel.
    ///
    /// # Panics
    /// When it cannot be added.
    pub async fn club(&self, name: &str) -> Organiser {
        let new = NewOrganiser {
            name: name.to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: nis(23102),
        };
        match self.store.add_organiser(&Scope::cli(), new).await {
            Ok(organiser) => organiser,
            Err(error) => panic!("{error}"),
        }
    }

    /// What the quick-add form gives for a session that is on now.
    #[must_use]
    pub fn new_activity(&self, organiser: OrganiserId, rule: CountingRule) -> NewActivity {
        NewActivity {
            organiser,
            name: "Zwemmen voor iedereen".to_owned(),
            starts_at: self.now() - SignedDuration::from_mins(30),
            ends_at: self.now() + SignedDuration::from_mins(60),
            place: "Zwembad".to_owned(),
            price_cents: Cents(350),
            rule,
            activity_type: "sport".to_owned(),
            taalicoon: Some(2),
            minutes: None,
        }
    }

    /// An activity that is on now.
    ///
    /// # Panics
    /// When it cannot be added.
    pub async fn activity(&self, organiser: OrganiserId, rule: CountingRule) -> Activity {
        match self
            .store
            .add_activity(&Scope::cli(), self.new_activity(organiser, rule))
            .await
        {
            Ok(activity) => activity,
            Err(error) => panic!("{error}"),
        }
    }

    /// What the counter's form gives.
    ///
    /// # Panics
    /// When the name is no first name.
    #[must_use]
    pub fn new_holder(&self, name: &str, municipality: u32, baseline: Baseline) -> NewHolder {
        let (Ok(first_name), Ok(birth_year)) = (
            FirstName::try_from(name),
            BirthYear::try_new(1990, self.store.env().today()),
        ) else {
            panic!("{name} is no first name")
        };
        NewHolder {
            first_name,
            birth_year,
            municipality: nis(municipality),
            reason: NewcomerReason::RecentArrival,
            baseline,
            partner: None,
        }
    }

    /// Issues a pass in Wemmel.
    ///
    /// # Panics
    /// When it cannot be issued.
    pub async fn issue(&self, name: &str) -> IssuedPass {
        let new = self.new_holder(name, 23102, Baseline::No);
        match self
            .store
            .issue_pass(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
            .await
        {
            Ok(issued) => issued,
            Err(error) => panic!("{error}"),
        }
    }

    /// A new scan id.
    #[must_use]
    pub fn scan_id(&self) -> ScanId {
        ScanId::from(self.store.env().uuid_v7())
    }

    /// A scan of a pass whose signature was found valid, made now. It takes a second, so that no two are simultaneous:
    /// of those the ids decide, which are random.
    #[must_use]
    pub fn scan(&self, pass: &Pass, activity: ActivityId) -> CheckIn {
        self.clock.advance(SignedDuration::from_secs(1));
        CheckIn {
            scan_id: self.scan_id(),
            input: Ok(Scanned::Credential(pass.credential)),
            key: Some(KeyVerdict::Valid),
            content_hash: [1; 32],
            activity,
            occurred_at: None,
            clock_offset_ms: 0,
            manual: false,
            note: None,
        }
    }
}
