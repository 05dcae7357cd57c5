//! A server with demo data and what most tests need of it: passes, tokens, an activity that is open now.

use domain::{Baseline, BirthYear, FirstName, NewcomerReason, PassId};
use serde_json::{Value, json};
use storage::{Environment, NewHolder, Scope, Store};
use uuid::Uuid;

use crate::home::Engine;
use crate::server::{Answer, Server};
use crate::signer::TestSigner;

/// The municipality that tests issue passes in: Wemmel.
pub const WEMMEL: &str = "23102";

/// A server and a ticketing client that may scan for the whole partnership.
#[derive(Debug)]
pub struct World {
    /// The server.
    pub server: Server,
    /// The bearer token of a `ticketing` client.
    pub ticketing: String,
    environment: Environment,
}

/// A pass as `randpas pass issue --json` prints it.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Pass {
    /// The number people read: `XXXX-XXXX-XXX`.
    pub number: String,
    /// The text of the QR code: `RND1:…`.
    pub credential: String,
    /// The canonical JWT.
    pub jwt: String,
}

/// A check-in to send: the builder starts from a good one.
#[derive(Clone, Debug)]
pub struct CheckIn(Value);

impl CheckIn {
    /// A good one.
    #[must_use]
    pub fn new(scan_id: &str, credential: &str, activity: &str) -> Self {
        Self(json!({ "scan_id": scan_id, "credential": credential, "activity_id": activity }))
    }

    /// Any member, also one that is wrong on purpose.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.0[member] = value.into();
        self
    }

    /// Without a member.
    #[must_use]
    pub fn without(mut self, member: &str) -> Self {
        if let Some(members) = self.0.as_object_mut() {
            members.remove(member);
        }
        self
    }

    /// The typed number instead of the QR code.
    #[must_use]
    pub fn typed(self, number: &str) -> Self {
        self.without("credential").with("number", number)
    }

    /// The JSON body.
    #[must_use]
    pub fn body(&self) -> &Value {
        &self.0
    }

    /// The id of this scan.
    #[must_use]
    pub fn scan_id(&self) -> String {
        self.0["scan_id"].as_str().unwrap_or_default().to_owned()
    }
}

impl World {
    /// Starts a server with demo data on this engine and makes a ticketing client.
    pub async fn start(engine: Engine) -> Self {
        Self::around(Server::start(engine).await).await
    }

    /// Makes a ticketing client of a server that runs already.
    pub async fn around(server: Server) -> Self {
        let ticketing = token(&server, "ticketing").await;
        Self {
            server,
            ticketing,
            environment: Environment::system(),
        }
    }

    /// Kills the server and starts it again on the same home.
    #[must_use]
    pub async fn after_a_power_cut(self) -> Self {
        let Self {
            server,
            ticketing,
            environment,
        } = self;
        let server = Server::start_in(server.kill().await, &[]).await;
        Self {
            server,
            ticketing,
            environment,
        }
    }

    /// A new UUIDv7 as text.
    #[must_use]
    pub fn id(&self) -> String {
        self.environment.uuid_v7().to_string()
    }

    /// A new UUIDv7.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.environment.uuid_v7()
    }

    /// The clock and randomness of this machine.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Makes a client of this role through the CLI; gives its token.
    pub async fn token(&self, role: &str) -> String {
        token(&self.server, role).await
    }

    /// Issues passes in Wemmel through the CLI.
    pub async fn passes(&self, count: usize) -> Vec<Pass> {
        self.passes_in(count, WEMMEL).await
    }

    /// Issues passes through the CLI.
    ///
    /// # Panics
    /// When the CLI prints something else than one pass a line.
    pub async fn passes_in(&self, count: usize, municipality: &str) -> Vec<Pass> {
        let count_text = count.to_string();
        let arguments = [
            "pass",
            "issue",
            "--count",
            &count_text,
            "--municipality",
            municipality,
            "--json",
        ];
        let lines = self.server.home().run(&arguments).await.succeeded().json_lines();
        assert_eq!(lines.len(), count, "one line a pass");
        let read = lines.into_iter().map(|line| match serde_json::from_value(line) {
            Ok(pass) => pass,
            Err(error) => panic!("not a pass: {error}"),
        });
        read.collect()
    }

    /// One new pass.
    ///
    /// # Panics
    /// When the CLI fails.
    pub async fn pass(&self) -> Pass {
        self.passes(1).await.remove(0)
    }

    /// All activities that the public list shows for a query string such as `open_now=true`, page by page.
    ///
    /// # Panics
    /// When the list is not a list.
    pub async fn activities(&self, query: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/api/v1/activities?limit=100&{query}{after}");
            let page = self.server.get(&path, &self.ticketing).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let page = page.json();
            let items = page["items"].as_array().cloned().unwrap_or_default();
            assert!(all.len() < 5_000, "the list never ends");
            all.extend(items);
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return all,
            }
        }
    }

    /// An activity that is open now and counts a holder once a day or once a session.
    ///
    /// # Panics
    /// When the demo data has none.
    pub async fn open_activity(&self) -> String {
        self.open_activities().await.remove(0)
    }

    /// All activities that are open now and count a holder once.
    ///
    /// # Panics
    /// When the demo data has none.
    pub async fn open_activities(&self) -> Vec<String> {
        let open = self.activities("open_now=true").await;
        let once = open.iter().filter(|activity| activity["counting_rule"] != "unlimited");
        let ids: Vec<String> = once.map(|activity| text(activity, "id")).collect();
        assert!(!ids.is_empty(), "the demo data promises activities that are open now");
        ids
    }

    /// A good check-in of this pass at this activity.
    #[must_use]
    pub fn check_in(&self, pass: &Pass, activity: &str) -> CheckIn {
        CheckIn::new(&self.id(), &pass.credential, activity)
    }

    /// Sends a check-in as the ticketing client.
    pub async fn send(&self, check_in: &CheckIn) -> Answer {
        self.server
            .post("/api/v1/check-ins", &self.ticketing, check_in.body())
            .await
    }

    /// The database of this server, opened a second time, for states that no endpoint makes.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn store(&self) -> Store {
        self.store_at(self.environment.clone()).await
    }

    async fn store_at(&self, environment: Environment) -> Store {
        let Ok(url) = self.server.home().database_url().parse() else {
            panic!("not a database address")
        };
        match Store::open(&url, environment).await {
            Ok(store) => store,
            Err(error) => panic!("the server's database did not open a second time: {error}"),
        }
    }

    /// The inner id of a pass.
    ///
    /// # Panics
    /// When the database does not know it.
    pub async fn pass_id(&self, store: &Store, pass: &Pass) -> PassId {
        let Ok(number) = pass.number.parse() else {
            panic!("not a number: {}", pass.number)
        };
        match store.pass_by_number(&Scope::cli(), &number).await {
            Ok(Some((found, _))) => found.id,
            other => panic!("{} is not there: {other:?}", pass.number),
        }
    }

    /// A pass issued as if it were `years` later, with the server's own key.
    ///
    /// # Panics
    /// When it cannot be issued.
    pub async fn pass_of_another_year(&self, years: i32, issuer: &str) -> Pass {
        let then = self.environment.now() + jiff::SignedDuration::from_hours(i64::from(years) * 365 * 24);
        let store = self
            .store_at(Environment::fixed(then, u64::from(years.unsigned_abs())))
            .await;
        let holder = new_holder(&then);
        let signer = TestSigner::of(self.server.home());
        match store.issue_pass(&Scope::cli(), holder, &signer, issuer).await {
            Ok(issued) => Pass {
                number: issued.pass.number.to_string(),
                credential: issued.pass.credential.to_qr_text(),
                jwt: issued.pass.credential.jwt(issuer),
            },
            Err(error) => panic!("no pass of another year: {error}"),
        }
    }

    /// How many participations this month has over the whole partnership, by the CLI.
    ///
    /// # Panics
    /// When the figure has no total.
    pub async fn participations(&self) -> u64 {
        self.figure("participations").await
    }

    /// How many passes were issued this month over the whole partnership, by the CLI.
    ///
    /// # Panics
    /// When the figure has no total.
    pub async fn passes_issued(&self) -> u64 {
        self.figure("passes_issued").await
    }

    async fn figure(&self, code: &str) -> u64 {
        let today = self.environment.today();
        let period = format!("{:04}-{:02}", today.year(), today.month());
        let arguments = ["figures", code, "--period", &period, "--format", "json"];
        total(&self.server.home().run(&arguments).await.succeeded().json())
    }
}

/// Makes a client of this role through the CLI; its token is the last line.
///
/// # Panics
/// When the CLI prints none.
pub async fn token(server: &Server, role: &str) -> String {
    let arguments = ["client", "create", "--name", "Toets", "--role", role];
    let ran = server.home().run(&arguments).await.succeeded();
    match ran.stdout.trim_end().lines().last() {
        Some(token) if !token.trim().is_empty() => token.trim().to_owned(),
        _ => panic!("no token on the last line: {}", ran.stdout),
    }
}

fn new_holder(then: &jiff::Timestamp) -> NewHolder {
    let today = domain::local_day(*then);
    let holder = || {
        Some(NewHolder {
            first_name: FirstName::try_from("Amina".to_owned()).ok()?,
            birth_year: BirthYear::try_new(1990, today).ok()?,
            municipality: WEMMEL.parse().ok()?,
            reason: NewcomerReason::Nt2Learner,
            baseline: Baseline::No,
            partner: None,
        })
    };
    match holder() {
        Some(holder) => holder,
        None => panic!("a plain holder is refused"),
    }
}

/// The total of a published figure.
///
/// # Panics
/// When it has none.
#[must_use]
pub fn total(figure: &Value) -> u64 {
    match figure["total"]["value"].as_u64() {
        Some(value) => value,
        None => panic!("no total: {figure}"),
    }
}

/// A text member.
#[must_use]
pub fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

/// Runs each named story, an `async fn(World)`, as one test on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story($crate::world::World::start($crate::home::Engine::Sqlite).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story($crate::world::World::start($crate::home::Engine::Postgres).await).await;
            })+
        }
    };
}
