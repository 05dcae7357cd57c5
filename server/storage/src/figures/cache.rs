//! Answers that were given, kept until a fact changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Published;
use jiff::civil::Date;

use crate::figures::published::Question;

/// Cells of all answers together: 16 bytes each.
const MOST_CELLS: usize = 2_000_000;

/// Answers, however small.
const MOST_ANSWERS: usize = 512;

/// The version of the facts, and the day: on another day the grid is another, and other passes are valid.
pub(crate) type State = (u64, Date);

/// An answer, or the place of one that is being counted.
#[derive(Debug, Default)]
pub(crate) struct Answer(Option<(State, Arc<Published>)>);

impl Answer {
    pub(crate) const fn new(state: State, published: Arc<Published>) -> Self {
        Self(Some((state, published)))
    }

    /// The answer, if nothing changed since.
    pub(crate) fn found(&self, now: State) -> Option<Arc<Published>> {
        let found = self.0.as_ref().filter(|(state, _)| *state == now);
        found.map(|(_, published)| Arc::clone(published))
    }
}

#[derive(Debug)]
struct Entry {
    answer: Arc<tokio::sync::Mutex<Answer>>,
    cells: usize,
    used: u64,
}

#[derive(Debug, Default)]
struct Entries {
    by_question: HashMap<Question, Entry>,
    uses: u64,
    cells: usize,
}

/// The answers of a store.
#[derive(Debug, Default)]
pub(crate) struct Answers(Mutex<Entries>);

impl Answers {
    /// The answer to a question, to be locked: whoever asks the same waits until it is counted.
    pub(crate) fn answer(&self, question: &Question) -> Arc<tokio::sync::Mutex<Answer>> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.uses += 1;
        let used = entries.uses;
        let entry = entries.by_question.entry(question.clone()).or_insert_with(|| Entry {
            answer: Arc::default(),
            cells: 0,
            used,
        });
        entry.used = used;
        Arc::clone(&entry.answer)
    }

    /// Notes how large an answer came out, and lets go of those that nobody asked for longest.
    pub(crate) fn counted(&self, question: &Question, cells: usize) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.by_question.get_mut(question) {
            let before = std::mem::replace(&mut entry.cells, cells);
            entries.cells = entries.cells + cells - before;
        }
        while entries.by_question.len() > 1 && (entries.cells > MOST_CELLS || entries.by_question.len() > MOST_ANSWERS)
        {
            let oldest = entries.by_question.iter().min_by_key(|(_, entry)| entry.used);
            let Some(oldest) = oldest.map(|(question, _)| question.clone()) else {
                break;
            };
            if let Some(gone) = entries.by_question.remove(&oldest) {
                entries.cells -= gone.cells;
            }
        }
    }
}
