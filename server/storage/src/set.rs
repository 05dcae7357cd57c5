//! Many rows in one statement: the set goes in as one JSON text, the engine takes it apart.
//!
//! A statement per row costs a trip to the engine's thread (SQLite) or over the network (PostgreSQL) each; a `VALUES`
//! list needs another prepared statement for every length. One bound text keeps one prepared statement for all lengths.
//! Only the clause that takes the JSON apart differs between the engines; it is written here and nowhere else.

use std::fmt::Write as _;

use domain::Nis;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::engine::Engine;

/// The type of one column of a set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Uuid,
    Int,
    Text,
    Time,
    Day,
    Bytes,
    Bool,
}

/// A statement over a set: `WITH input AS (…)`, then `body`, which sees the columns as the table `input`.
#[derive(Debug)]
pub(crate) struct Statement {
    /// Names and types of the set's columns, in the order in which [`Set`] gets them.
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// One text for both engines. `$1` is the set; further parameters follow.
    pub(crate) body: &'static str,
}

impl Statement {
    /// The whole text. Only constants of this crate go in, never data.
    pub(crate) fn sql(&self, engine: Engine) -> AssertSqlSafe<String> {
        let mut sql = String::with_capacity(self.body.len() + 64 * self.columns.len());
        sql.push_str(match engine {
            // Each row is read into SQLite's own form once: `->>` on a text would parse it anew for every column.
            Engine::Sqlite => "WITH item AS MATERIALIZED (SELECT jsonb(value) AS value FROM json_each($1)), ",
            Engine::Postgres => "WITH ",
        });
        sql.push_str("input AS MATERIALIZED (SELECT ");
        for (index, (name, kind)) in self.columns.iter().enumerate() {
            if index > 0 {
                sql.push_str(", ");
            }
            let column = match (engine, kind) {
                (Engine::Sqlite, Kind::Uuid | Kind::Bytes) => format!("unhex(item.value ->> {index})"),
                (Engine::Sqlite, _) => format!("item.value ->> {index}"),
                (Engine::Postgres, Kind::Text) => format!("item.value ->> {index}"),
                (Engine::Postgres, Kind::Bytes) => format!("decode(item.value ->> {index}, 'hex')"),
                (Engine::Postgres, Kind::Uuid) => format!("CAST(item.value ->> {index} AS UUID)"),
                (Engine::Postgres, Kind::Int) => format!("CAST(item.value ->> {index} AS BIGINT)"),
                (Engine::Postgres, Kind::Time) => format!("CAST(item.value ->> {index} AS TIMESTAMPTZ)"),
                (Engine::Postgres, Kind::Day) => format!("CAST(item.value ->> {index} AS DATE)"),
                (Engine::Postgres, Kind::Bool) => format!("CAST(item.value ->> {index} AS BOOLEAN)"),
            };
            sql.push_str(&column);
            sql.push_str(" AS ");
            sql.push_str(name);
        }
        sql.push_str(match engine {
            Engine::Sqlite => " FROM item) ",
            Engine::Postgres => " FROM jsonb_array_elements(CAST($1 AS JSONB)) AS item(value)) ",
        });
        sql.push_str(self.body);
        AssertSqlSafe(sql)
    }
}

/// The rows of a set, written as JSON while they come.
#[derive(Debug)]
pub(crate) struct Set {
    engine: Engine,
    json: String,
    rows: usize,
    first_in_row: bool,
}

impl Set {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            json: String::from("["),
            rows: 0,
            first_in_row: true,
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.rows
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Starts a row; its values follow in the order of [`Statement::columns`].
    pub(crate) fn row(&mut self) -> &mut Self {
        if self.rows > 0 {
            self.json.push_str("],");
        }
        self.json.push('[');
        self.rows += 1;
        self.first_in_row = true;
        self
    }

    /// The finished JSON, to be bound as `$1`.
    pub(crate) fn finish(mut self) -> String {
        self.json.push_str(if self.rows > 0 { "]]" } else { "]" });
        self.json
    }

    fn next(&mut self) -> &mut String {
        if !self.first_in_row {
            self.json.push(',');
        }
        self.first_in_row = false;
        &mut self.json
    }

    fn null(&mut self) -> &mut Self {
        self.next().push_str("null");
        self
    }

    pub(crate) fn uuid(&mut self, value: Uuid) -> &mut Self {
        let json = self.next();
        // Writing to a String cannot fail.
        let _ = write!(json, "\"{}\"", value.simple());
        self
    }

    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        let json = self.next();
        let _ = write!(json, "{value}");
        self
    }

    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        let plain = value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
        let json = self.next();
        if plain {
            json.push('"');
            json.push_str(value);
            json.push('"');
        } else {
            json.push_str(&serde_json::Value::from(value).to_string());
        }
        self
    }

    pub(crate) fn time(&mut self, value: Timestamp) -> &mut Self {
        let sqlite = self.engine == Engine::Sqlite;
        let value = crate::environment::whole_microseconds(value);
        let json = self.next();
        let _ = if sqlite {
            write!(json, "{}", value.as_microsecond())
        } else {
            write!(json, "\"{value}\"")
        };
        self
    }

    pub(crate) fn day(&mut self, value: Date) -> &mut Self {
        let json = self.next();
        let _ = write!(json, "\"{value}\"");
        self
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let json = self.next();
        json.push('"');
        for byte in value {
            json.push(char::from(HEX[usize::from(byte >> 4)]));
            json.push(char::from(HEX[usize::from(byte & 15)]));
        }
        json.push('"');
        self
    }

    pub(crate) fn bool(&mut self, value: bool) -> &mut Self {
        self.next().push_str(if value { "true" } else { "false" });
        self
    }

    pub(crate) fn nis(&mut self, value: Nis) -> &mut Self {
        self.int(i64::from(value.get()))
    }

    /// Writes `value` with `write`, or null: `set.maybe(kid, Set::int)`.
    pub(crate) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T) -> &mut Self) -> &mut Self {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_json_whatever_the_text_holds() {
        let mut set = Set::new(Engine::Sqlite);
        set.row().text("a \"quoted\" \\ text\nof two lines").int(-3).bool(true);
        set.row()
            .maybe(None, Set::text)
            .maybe(Some(4), Set::int)
            .bytes(&[0, 255]);
        assert_eq!(set.len(), 2);
        let json: serde_json::Value = serde_json::from_str(&set.finish()).unwrap_or_default();
        assert_eq!(
            json,
            serde_json::json!([["a \"quoted\" \\ text\nof two lines", -3, true], [null, 4, "00ff"]])
        );
        assert_eq!(Set::new(Engine::Postgres).finish(), "[]");
    }
}
