//! A phone's queue towards a bad line: it tries again for ever, and forgets nothing before it is acknowledged.

use std::time::{Duration, Instant};

use domain::{EventResult, SyncAnswer, Verdict};
use reqwest::{Client, Response};
use serde_json::Value;
use tests::server::Answer;

/// No story waits longer for one acknowledgement.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// What hands over scans: of a phone in batches, of a client one by one.
#[derive(Clone)]
pub(crate) struct Outbox {
    http: Client,
    sync: String,
    check_ins: String,
    token: String,
}

impl Outbox {
    /// `url` makes an address from a path; `token` is an online client's.
    pub(crate) fn new(url: impl Fn(&str) -> String, token: &str) -> Self {
        let http = Client::builder()
            .pool_max_idle_per_host(0)
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self {
            http,
            sync: url("/api/v1/device/sync"),
            check_ins: url("/api/v1/check-ins"),
            token: token.to_owned(),
        }
    }

    /// Tries a batch once.
    pub(crate) async fn try_batch(&self, jws: &str) -> Result<Response, reqwest::Error> {
        let request = self.http.post(&self.sync).header("content-type", "application/jose");
        request.body(jws.to_owned()).send().await
    }

    /// Tries a batch until it is acknowledged; gives one result an event.
    pub(crate) async fn batch(&self, jws: &str) -> Vec<EventResult> {
        let answer = until_acknowledged(|| self.try_batch(jws)).await;
        serde_json::from_str::<SyncAnswer>(&answer).unwrap().results
    }

    /// Tries a check-in until it is acknowledged; gives its verdict.
    pub(crate) async fn check_in(&self, body: &Value) -> Verdict {
        let answer = until_acknowledged(|| {
            let request = self.http.post(&self.check_ins).bearer_auth(&self.token);
            request.json(body).send()
        });
        let answer: Value = serde_json::from_str(&answer.await).unwrap();
        serde_json::from_value(answer["verdict"].clone()).unwrap()
    }
}

/// The first whole answer that says it was taken. A refusal is a mistake of the test, anything else is tried again.
async fn until_acknowledged<Sent>(send: impl Fn() -> Sent) -> String
where
    Sent: Future<Output = Result<Response, reqwest::Error>>,
{
    let begin = Instant::now();
    loop {
        let heard = match send().await {
            Ok(answer) => {
                let status = answer.status();
                match answer.text().await {
                    Ok(text) if status.is_success() => return text,
                    Ok(text) if !status.is_server_error() => panic!("{status}: {text}"),
                    Ok(text) => format!("{status}: {text}"),
                    Err(error) => error.to_string(),
                }
            }
            Err(error) => error.to_string(),
        };
        assert!(
            begin.elapsed() < PATIENCE,
            "not acknowledged within {PATIENCE:?}: {heard}"
        );
        tokio::time::sleep(PAUSE).await;
    }
}

/// One result an event, of a hand-over that was taken.
pub(crate) fn results(answer: &Answer) -> Vec<EventResult> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    serde_json::from_str::<SyncAnswer>(&answer.text).unwrap().results
}
