//! One running server and a small HTTP client for it.

use std::process::Stdio;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;

use crate::home::{Engine, Home};

/// A server on a free port; it is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
    http: Client,
    home: Home,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The content type without its parameters; empty when there is none.
    pub content_type: String,
    /// All headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.text) {
            Ok(value) => value,
            Err(error) => panic!("{} with a body that is not JSON ({error}): {}", self.status, self.text),
        }
    }

    /// A text member of the JSON body; empty when it is not there.
    #[must_use]
    pub fn member(&self, name: &str) -> String {
        self.json()
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Fails the test unless this is a problem of docs/protocol §7 with this status and one of these codes.
    ///
    /// # Panics
    /// When it is something else.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) {
        self.assert_some_problem(&[status]);
        assert_eq!(self.member("code"), code, "{}", self.text);
    }

    /// Fails the test unless this is a well-formed problem with one of these statuses, whatever its code.
    ///
    /// # Panics
    /// When it is something else.
    #[track_caller]
    pub fn assert_some_problem(&self, statuses: &[u16]) {
        assert!(
            statuses.contains(&self.status.as_u16()),
            "{} instead of {statuses:?}: {}",
            self.status,
            self.text
        );
        assert_eq!(self.content_type, "application/problem+json", "{}", self.text);
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16(), "{}", self.text);
        for member in ["type", "title", "code"] {
            assert!(
                body[member].as_str().is_some_and(|text| !text.is_empty()),
                "no {member}: {}",
                self.text
            );
        }
        for language in ["nl", "fr", "en"] {
            let sentence = body["user_message"][language].as_str().unwrap_or_default();
            assert!(sentence.contains(' '), "no sentence in {language}: {}", self.text);
        }
    }
}

impl Server {
    /// A server with demo data on this engine.
    ///
    /// # Panics
    /// When it does not start within half a minute.
    pub async fn start(engine: Engine) -> Self {
        Self::start_in(Home::demo(engine).await, &[]).await
    }

    /// A server on a given home, with more arguments.
    ///
    /// # Panics
    /// When it does not start within half a minute.
    pub async fn start_in(home: Home, more: &[&str]) -> Self {
        let port = free_port();
        let wish = format!("127.0.0.1:{port}");
        let log = match std::fs::File::create(home.folder().join("server.log")) {
            Ok(log) => log,
            Err(error) => panic!("no log file: {error}"),
        };
        let mut arguments = vec!["serve", "--addr", &wish];
        arguments.extend_from_slice(more);
        let mut command = home.command(&arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::from(log));
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("{:?} did not start: {error}", crate::home::binary()),
        };
        let address = tokio::time::timeout(Duration::from_secs(30), listening(&mut child)).await;
        let Ok(Some(address)) = address else {
            let log = std::fs::read_to_string(home.folder().join("server.log")).unwrap_or_default();
            panic!("the server did not say that it listens:\n{log}");
        };
        // No kept connections: after an answer to a body that was too large the server closes, rightly, and a request
        // that was sent at that very moment would fail for no fault of the server.
        let http = Client::builder()
            .pool_max_idle_per_host(0)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20));
        let http = match http.build() {
            Ok(http) => http,
            Err(error) => panic!("no HTTP client: {error}"),
        };
        Self {
            child,
            address,
            http,
            home,
        }
    }

    /// The data folder, the database and the CLI of this server.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// `host:port`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The server's process id while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// `http://host:port` followed by the path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Starts a request; give it to [`send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    /// `GET` with a bearer token (none when empty).
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&self, path: &str, token: &str) -> Answer {
        send(with_token(self.request(Method::GET, path), token)).await
    }

    /// `POST` of a JSON body with a bearer token (none when empty).
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        send(with_token(self.request(Method::POST, path).json(body), token)).await
    }

    /// `DELETE` with a bearer token (none when empty).
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn delete(&self, path: &str, token: &str) -> Answer {
        send(with_token(self.request(Method::DELETE, path), token)).await
    }

    /// Stops the server as an operator does (`SIGTERM`) and gives its exit code and its home.
    ///
    /// # Panics
    /// When it does not end within ten seconds.
    pub async fn stop(mut self) -> (i32, Home) {
        if let Some(pid) = self.child.id() {
            let _ = std::process::Command::new("kill")
                .arg("-TERM")
                .arg(pid.to_string())
                .status();
        }
        match tokio::time::timeout(Duration::from_secs(10), self.child.wait()).await {
            Ok(Ok(status)) => (status.code().unwrap_or(-1), self.home),
            _ => panic!("the server did not stop within ten seconds after SIGTERM"),
        }
    }

    /// Takes its power away (`SIGKILL`) and gives its home, to start again.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub async fn kill(mut self) -> Home {
        match self.child.kill().await {
            Ok(()) => self.home,
            Err(error) => panic!("the server cannot be killed: {error}"),
        }
    }
}

/// Sends a request and reads the whole answer.
///
/// # Panics
/// When there is no answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) => panic!("no answer: {error:?}"),
    };
    let status = response.status();
    let headers = response.headers().clone();
    let content_type = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_owned();
    let text = match response.text().await {
        Ok(text) => text,
        Err(error) => panic!("the answer broke off: {error:?}"),
    };
    Answer {
        status,
        content_type,
        headers,
        text,
    }
}

fn with_token(request: RequestBuilder, token: &str) -> RequestBuilder {
    if token.is_empty() {
        request
    } else {
        request.bearer_auth(token)
    }
}

/// A port that was free a moment ago.
///
/// # Panics
/// When the machine has none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    match listener {
        Ok(address) => address.port(),
        Err(error) => panic!("no free port: {error}"),
    }
}

/// Reads standard output up to the line `Listening on http://ADDRESS`; keeps draining it afterwards.
async fn listening(child: &mut Child) -> Option<String> {
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, address)) = line.split_once("Listening on ") {
            let address = address
                .trim()
                .trim_start_matches("http://")
                .trim_end_matches('/')
                .to_owned();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(address);
        }
    }
    None
}
