//! The pages, by area. A handler loads what its page shows, then renders it; forms are handled beside their page.

pub(crate) mod account;
pub(crate) mod activities;
pub(crate) mod check;
pub(crate) mod counter;
pub(crate) mod denominators;
pub(crate) mod devices;
pub(crate) mod doors;
pub(crate) mod evening;
pub(crate) mod figures;
pub(crate) mod holder;
pub(crate) mod home;
pub(crate) mod offline;
pub(crate) mod pair;
pub(crate) mod programme;
pub(crate) mod reports;
pub(crate) mod scan;
pub(crate) mod trouble;

use std::collections::BTreeMap;

use domain::Nis;
use storage::Municipality;

use crate::components::field::Choice;
use crate::locales::nl;
use crate::respond::{PageError, Visit};

/// Names of municipalities by code, merged ones included: old figures keep the old code.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(BTreeMap<u32, String>);

impl Names {
    /// Reads all names.
    pub(crate) async fn load(visit: &Visit) -> Result<Self, PageError> {
        let all = visit.context().store.municipality_history(&visit.viewer.scope).await?;
        Ok(Self(
            all.into_iter().map(|known| (known.nis.get(), known.name_nl)).collect(),
        ))
    }

    /// The Dutch name.
    pub(crate) fn of(&self, nis: Nis) -> &str {
        self.0.get(&nis.get()).map_or(nl::UNKNOWN_MUNICIPALITY, String::as_str)
    }
}

/// Municipalities to choose from.
pub(crate) fn municipality_choices(municipalities: &[Municipality]) -> Vec<Choice> {
    municipalities
        .iter()
        .map(|one| Choice::new(one.nis, one.name_nl.clone()))
        .collect()
}

/// What somebody searches for: one line of at most sixty characters, whatever was sent.
pub(crate) fn search_words(text: &str) -> String {
    let line: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    line.trim().to_owned()
}

/// Text made safe for a value in a query.
pub(crate) fn query_escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_one_short_line() {
        assert_eq!(search_words(" a\0b\nc "), "abc");
        assert_eq!(search_words(&"é".repeat(99)).chars().count(), 60);
    }

    #[test]
    fn nothing_in_a_query_value_can_start_another() {
        assert_eq!(query_escape("/balie?q=Zoë&x"), "/balie%3Fq%3DZo%C3%AB%26x");
    }
}
