//! What people call the keys of a table: the names of places, clubs, actions, partners and counters, and the Dutch words of
//! codes.

use std::collections::HashMap;

use domain::{AgeBand, Dimension, NO_KEY, NewcomerReason, OrganiserKind, Period};
use uuid::Uuid;

use crate::columns::nis;
use crate::engine::read;
use crate::error::{Result, Tried as _};
use crate::scope::{Actor, Scope};
use crate::store::Store;

/// The names of keys.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<(Dimension, String), String>);

impl Names {
    /// What people call this key; the key itself where nothing is known of it.
    #[must_use]
    pub fn of(&self, dimension: Dimension, key: &str) -> String {
        if key == NO_KEY {
            return nobody(dimension).to_owned();
        }
        let coded = match dimension {
            Dimension::Month => key.parse::<Period>().ok().map(|month| month.label_nl()),
            Dimension::OrganiserKind => key.parse::<OrganiserKind>().ok().map(|kind| kind.label_nl().to_owned()),
            Dimension::AgeBand => key.parse::<AgeBand>().ok().map(|band| band.label_nl().to_owned()),
            Dimension::NewcomerReason => {
                let reason = key.parse::<NewcomerReason>().ok();
                reason.map(|reason| reason.label_nl().to_owned())
            }
            Dimension::DutchLevel => Some(format!("taalicoon {key}")),
            // The two sides of a border are municipalities alike.
            Dimension::ActivityMunicipality => self.0.get(&(Dimension::Municipality, key.to_owned())).cloned(),
            _ => self.0.get(&(dimension, key.to_owned())).cloned(),
        };
        coded.unwrap_or_else(|| key.to_owned())
    }
}

/// The words for what belongs to none.
const fn nobody(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Action => "geen actie",
        Dimension::Partner => "geen partner",
        Dimension::DutchLevel => "zonder taalicoon",
        Dimension::FundingLine => "geen financiering",
        Dimension::Partnership => "geen samenwerkingsverband",
        Dimension::Counter => "geen balie",
        _ => "geen",
    }
}

const MUNICIPALITIES: &str = "SELECT nis, name_nl FROM municipality";

/// Names by id, of each dimension whose keys are ids. Who works at a counter is not for the public.
const NAMED: [(Dimension, &str); 5] = [
    (Dimension::Organiser, "SELECT id, name FROM organiser"),
    (Dimension::Action, "SELECT id, name FROM action"),
    (Dimension::Partner, "SELECT id, name FROM partner"),
    (Dimension::Partnership, "SELECT id, name FROM partnership"),
    (Dimension::Counter, "SELECT id, name FROM account"),
];

const TRIED: &str = "reading the names of keys";

impl Store {
    /// The names of all keys that figures of this scope can have.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn names(&self, scope: &Scope) -> Result<Names> {
        let mut names = HashMap::new();
        let found: Vec<(i64, String)> =
            read!(self.db(), pool => sqlx::query_as(MUNICIPALITIES).fetch_all(pool).await).tried(TRIED)?;
        for (code, name) in found {
            names.insert((Dimension::Municipality, nis(code).tried(TRIED)?.to_string()), name);
        }
        for (dimension, sql) in NAMED {
            if dimension == Dimension::Counter && scope.actor() == Actor::Public {
                continue;
            }
            let found: Vec<(Uuid, String)> =
                read!(self.db(), pool => sqlx::query_as(sql).fetch_all(pool).await).tried(TRIED)?;
            names.extend(found.into_iter().map(|(id, name)| ((dimension, id.to_string()), name)));
        }
        Ok(Names(names))
    }
}
