//! The queue that commits many requests together.
//!
//! One flush to disk costs milliseconds however much it holds, so requests that arrive together share one transaction.
//! Nobody is answered before the commit. A lone request does not wait for company: the writer lingers only as long as
//! the group before had more than what has arrived.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::check_ins::CheckInError;
use crate::check_ins::batch::{self, Outcome};
use crate::check_ins::request::Request;
use crate::check_ins::save::{self, Seen};
use crate::engine::{Db, Engine};
use crate::error::Error;
use crate::records::Recorded;

/// The most requests that a transaction waits to gather. One device's batch is never cut, so it may be more by that much.
const GROUP: usize = 256;

/// Devices hand over two hundred events at once, and nobody waits at a door for them: of those a transaction takes a
/// little more. Not all there are: a till beside them must not wait for a thousand.
const DEVICE_GROUP: usize = 400;

/// The longest that a group waits to fill up.
const LINGER: Duration = Duration::from_millis(2);

/// Jobs that may wait; more wait in front of the queue, which holds the clients back.
const QUEUE: usize = 1024;

/// How often a group is tried again after another server wrote one of its ids at the same moment.
const RACES: usize = 3;

/// What became of each request of a job.
type Results = Vec<Result<Recorded, CheckInError>>;

struct Job {
    requests: Vec<Request>,
    /// The device that sent them.
    seen: Option<Seen>,
    reply: oneshot::Sender<Results>,
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
        let mut results = self.record(vec![request], None).await;
        results
            .pop()
            .unwrap_or_else(|| Err(storage(sqlx::Error::WorkerCrashed)))
    }

    /// Answers after all events of a device are durable, in their order.
    pub(crate) async fn sync(&self, requests: Vec<Request>, seen: Seen) -> Results {
        self.record(requests, Some(seen)).await
    }

    async fn record(&self, requests: Vec<Request>, seen: Option<Seen>) -> Results {
        let (reply, answer) = oneshot::channel();
        let count = requests.len();
        let all = |error: fn() -> sqlx::Error| (0..count.max(1)).map(|_| Err(storage(error()))).collect();
        let job = Job { requests, seen, reply };
        if self.queue.send(Message::Job(Box::new(job))).await.is_err() {
            return all(|| sqlx::Error::PoolClosed);
        }
        answer.await.unwrap_or_else(|_| all(|| sqlx::Error::WorkerCrashed))
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

/// Jobs that will share a transaction.
#[derive(Default)]
struct Group {
    jobs: Vec<Job>,
    requests: usize,
    /// Some came from devices.
    devices: bool,
    stop: bool,
}

impl Group {
    fn add(&mut self, message: Message) {
        match message {
            Message::Job(job) => {
                self.requests += job.requests.len();
                self.devices |= job.seen.is_some();
                self.jobs.push(*job);
            }
            Message::Stop => self.stop = true,
        }
    }

    fn has_room(&self) -> bool {
        !self.stop && self.requests < if self.devices { DEVICE_GROUP } else { GROUP }
    }
}

async fn run(db: Db, mut messages: mpsc::Receiver<Message>) {
    let mut expected = 1;
    while let Some(first) = messages.recv().await {
        let mut group = Group::default();
        group.add(first);
        // What is there already.
        while group.has_room()
            && let Ok(message) = messages.try_recv()
        {
            group.add(message);
        }
        // A device's batch is a group already: waiting for company would hold back the phones and the commit alike.
        let fill = async {
            while group.jobs.len() < expected && group.has_room() && !group.devices {
                match messages.recv().await {
                    Some(message) => group.add(message),
                    None => break,
                }
            }
        };
        // Time over is as good as full.
        let _ = tokio::time::timeout(LINGER, fill).await;
        expected = group.jobs.len();
        if group.stop {
            // What is queued behind it is still recorded; nothing more gets in.
            messages.close();
        }
        // A panic must not end the writer: whoever waits gets an error, the next group goes on.
        if AssertUnwindSafe(commit(&db, group.jobs)).catch_unwind().await.is_err() {
            tracing::error!("recording a group of check-ins panicked; its clients were told to try again");
        }
    }
}

/// Records a group in one transaction. When that fails for a reason that may lie in one of them, each gets its own.
async fn commit(db: &Db, jobs: Vec<Job>) {
    if jobs.is_empty() {
        return;
    }
    let requests: Vec<&Request> = jobs.iter().flat_map(|job| &job.requests).collect();
    let seen: Vec<Seen> = jobs.iter().filter_map(|job| job.seen).collect();
    let results: Results = match attempt(db, &requests, &seen).await {
        Ok(outcomes) => outcomes.into_iter().map(answer).collect(),
        Err(error) if requests.len() > 1 && error.as_database_error().is_some() => {
            tracing::warn!(%error, size = requests.len(), "a group of check-ins failed; trying them one by one");
            let mut results = Vec::with_capacity(requests.len());
            for request in requests {
                results.push(match attempt(db, &[request], &[]).await {
                    Ok(mut outcomes) => outcomes.pop().map_or(Err(storage(sqlx::Error::RowNotFound)), answer),
                    Err(error) => Err(storage(error)),
                });
            }
            results
        }
        // The connection is gone: trying each would only let everybody wait longer.
        Err(error) => {
            let text = error.to_string();
            let mut results: Vec<_> = requests
                .iter()
                .skip(1)
                .map(|_| Err(storage(sqlx::Error::Protocol(text.clone()))))
                .collect();
            results.push(Err(storage(error)));
            results
        }
    };
    let mut results = results.into_iter();
    for job in jobs {
        let own = results.by_ref().take(job.requests.len()).collect();
        // The client may have gone away; its scans are recorded all the same.
        let _ = job.reply.send(own);
    }
}

fn answer(outcome: Outcome) -> Result<Recorded, CheckInError> {
    match outcome {
        Outcome::Recorded(recorded) => Ok(recorded),
        Outcome::IdReuse => Err(CheckInError::IdReuse),
    }
}

/// One transaction with everything in it, tried again when another server was faster with one of the ids.
async fn attempt(db: &Db, requests: &[&Request], devices: &[Seen]) -> Result<Vec<Outcome>, sqlx::Error> {
    let mut races = 0;
    loop {
        let mut tx = db.begin().await?;
        match batch::record(&mut tx, requests).await {
            Ok(outcomes) => {
                save::seen(&mut tx, devices.iter().copied()).await?;
                tx.commit().await?;
                return Ok(outcomes);
            }
            Err(batch::Failure::Raced) if races < RACES && db.engine() == Engine::Postgres => {
                races += 1;
                tx.rollback().await?;
            }
            Err(batch::Failure::Raced) => return Err(sqlx::Error::RowNotFound),
            Err(batch::Failure::Database(error)) => {
                // The error that counts is the first one. A connection whose rollback failed (SQLite rolls back by itself when the
                // disk is full) is closed when it is asked for again: see `open`.
                let _ = tx.rollback().await;
                return Err(error);
            }
        }
    }
}
