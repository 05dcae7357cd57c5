//! The queue that commits many requests together.
//!
//! One flush to disk costs milliseconds however much it holds, so requests that arrive together share one transaction.
//! Nobody is answered before the commit. A lone request does not wait for company: the writer lingers only as long as
//! the group before had more than what has arrived.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;
use jiff::Timestamp;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::check_ins::CheckInError;
use crate::check_ins::batch::{self, Outcome};
use crate::engine::{Db, Engine};
use crate::error::Error;
use crate::records::{CheckIn, Recorded};
use crate::scope::Scope;

/// The most requests in one transaction.
const GROUP: usize = 256;

/// The longest that a group waits to fill up.
const LINGER: Duration = Duration::from_millis(2);

/// Requests that may wait; more wait in front of the queue, which holds the clients back.
const QUEUE: usize = 1024;

/// How often a group is tried again after another server wrote one of its ids at the same moment.
const RACES: usize = 3;

/// A check-in on its way.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) scope: Scope,
    pub(crate) check_in: CheckIn,
    pub(crate) received_at: Timestamp,
}

struct Job {
    request: Request,
    reply: oneshot::Sender<Result<Recorded, CheckInError>>,
}

/// What the queue carries.
enum Message {
    Job(Box<Job>),
    /// Finish what is queued, take nothing more.
    Stop,
}

/// The way into the queue.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Message>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the task. It ends when the last handle is gone or on [`Writer::stop`].
    pub(crate) fn start(db: Db) -> Self {
        let (queue, messages) = mpsc::channel(QUEUE);
        let task = tokio::spawn(run(db, messages));
        Self {
            queue,
            task: Mutex::new(Some(task)),
        }
    }

    /// Answers after the check-in is durable.
    pub(crate) async fn check_in(&self, request: Request) -> Result<Recorded, CheckInError> {
        let (reply, answer) = oneshot::channel();
        if self
            .queue
            .send(Message::Job(Box::new(Job { request, reply })))
            .await
            .is_err()
        {
            return Err(storage(sqlx::Error::PoolClosed));
        }
        answer
            .await
            .unwrap_or_else(|_| Err(storage(sqlx::Error::WorkerCrashed)))
    }

    /// Finishes what is queued and ends the task. Later check-ins fail.
    pub(crate) async fn stop(&self) {
        if let Some(task) = self.task.lock().await.take() {
            // The task may have ended by itself; either way it is over afterwards.
            let _ = self.queue.send(Message::Stop).await;
            let _ = task.await;
        }
    }
}

fn storage(source: sqlx::Error) -> CheckInError {
    CheckInError::Storage(Error::Database {
        tried: "recording a check-in",
        source,
    })
}

async fn run(db: Db, mut messages: mpsc::Receiver<Message>) {
    let mut expected = 1;
    let mut group = Vec::with_capacity(GROUP);
    // Zero messages: the queue is closed and empty.
    while messages.recv_many(&mut group, GROUP).await > 0 {
        let fill = async {
            while group.len() < expected {
                let room = GROUP - group.len();
                if messages.recv_many(&mut group, room).await == 0 {
                    break;
                }
            }
        };
        // Time over is as good as full.
        let _ = tokio::time::timeout(LINGER, fill).await;
        expected = group.len();
        let mut jobs = Vec::with_capacity(group.len());
        for message in group.drain(..) {
            match message {
                Message::Job(job) => jobs.push(*job),
                Message::Stop => messages.close(),
            }
        }
        // A panic must not end the writer: whoever waits gets an error, the next group goes on.
        if AssertUnwindSafe(commit(&db, jobs)).catch_unwind().await.is_err() {
            tracing::error!("recording a group of check-ins panicked; its clients were told to try again");
        }
    }
}

/// Records a group in one transaction. When that fails for a reason that may lie in one of them, each gets its own.
async fn commit(db: &Db, jobs: Vec<Job>) {
    if jobs.is_empty() {
        return;
    }
    let requests: Vec<&Request> = jobs.iter().map(|job| &job.request).collect();
    let results = match attempt(db, &requests).await {
        Ok(outcomes) => outcomes.into_iter().map(answer).collect(),
        Err(error) if requests.len() > 1 && error.as_database_error().is_some() => {
            tracing::warn!(%error, size = requests.len(), "a group of check-ins failed; trying them one by one");
            let mut results = Vec::with_capacity(requests.len());
            for request in requests {
                results.push(match attempt(db, &[request]).await {
                    Ok(mut outcomes) => outcomes.pop().map_or(Err(storage(sqlx::Error::RowNotFound)), answer),
                    Err(error) => Err(storage(error)),
                });
            }
            results
        }
        // The connection is gone: trying each would only let everybody wait longer.
        Err(error) => {
            let text = error.to_string();
            let mut results: Vec<_> = jobs
                .iter()
                .skip(1)
                .map(|_| Err(storage(sqlx::Error::Protocol(text.clone()))))
                .collect();
            results.push(Err(storage(error)));
            results
        }
    };
    for (job, result) in jobs.into_iter().zip(results) {
        // The client may have gone away; its scan is recorded all the same.
        let _ = job.reply.send(result);
    }
}

fn answer(outcome: Outcome) -> Result<Recorded, CheckInError> {
    match outcome {
        Outcome::Recorded(recorded) => Ok(recorded),
        Outcome::IdReuse => Err(CheckInError::IdReuse),
    }
}

/// One transaction with everything in it, tried again when another server was faster with one of the ids.
async fn attempt(db: &Db, requests: &[&Request]) -> Result<Vec<Outcome>, sqlx::Error> {
    let mut races = 0;
    loop {
        let mut tx = db.begin().await?;
        match batch::record(&mut tx, requests).await {
            Ok(outcomes) => {
                tx.commit().await?;
                return Ok(outcomes);
            }
            Err(batch::Failure::Raced) if races < RACES && db.engine() == Engine::Postgres => {
                races += 1;
                tx.rollback().await?;
            }
            Err(batch::Failure::Raced) => return Err(sqlx::Error::RowNotFound),
            Err(batch::Failure::Database(error)) => {
                // The error that counts is the first one; a failed rollback closes the connection.
                let _ = tx.rollback().await;
                return Err(error);
            }
        }
    }
}
