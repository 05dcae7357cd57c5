//! What a column holds: native types on each engine, one Rust type for both.

use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr;

use domain::Nis;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};

/// A moment: `TIMESTAMPTZ` on PostgreSQL, microseconds since 1970 as `INTEGER` on SQLite, where a text would sort
/// wrongly as soon as its fractions differ in length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At(pub(crate) Timestamp);

/// A calendar day: `DATE` on PostgreSQL, `YYYY-MM-DD` as `TEXT` on SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) Date);

impl Type<Sqlite> for At {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }

    fn compatible(ty: &SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(ty)
    }
}

impl Encode<'_, Sqlite> for At {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(crate::environment::whole_microseconds(self.0).as_microsecond(), buffer)
    }
}

impl Decode<'_, Sqlite> for At {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        let microseconds = <i64 as Decode<Sqlite>>::decode(value)?;
        Ok(Self(Timestamp::from_microsecond(microseconds)?))
    }
}

impl Type<Postgres> for At {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for At {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let at = crate::environment::whole_microseconds(self.0);
        Encode::<Postgres>::encode(jiff_sqlx::Timestamp::from(at), buffer)
    }
}

impl<'r> Decode<'r, Postgres> for At {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let at = <jiff_sqlx::Timestamp as Decode<'r, Postgres>>::decode(value)?;
        Ok(Self(at.to_jiff()))
    }
}

impl Type<Sqlite> for Day {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Day {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(self.0.to_string(), buffer)
    }
}

impl<'r> Decode<'r, Sqlite> for Day {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<'r, Sqlite>>::decode(value)?.parse()?))
    }
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Date as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(jiff_sqlx::Date::from(self.0), buffer)
    }
}

impl<'r> Decode<'r, Postgres> for Day {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(
            <jiff_sqlx::Date as Decode<'r, Postgres>>::decode(value)?.to_jiff(),
        ))
    }
}

/// A value in the database that the code does not understand: a newer program wrote it, or somebody by hand.
fn not_understood(source: impl StdError + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(source))
}

/// Reads a stable code (`once_per_day`) as its type.
pub(crate) fn parsed<T>(text: &str) -> Result<T, sqlx::Error>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    text.parse()
        .map_err(|error: T::Err| sqlx::Error::Decode(format!("{text:?}: {error}").into()))
}

/// Reads a checked type from its stored value.
pub(crate) fn checked<T, S>(stored: S) -> Result<T, sqlx::Error>
where
    T: TryFrom<S>,
    T::Error: StdError + Send + Sync + 'static,
{
    T::try_from(stored).map_err(not_understood)
}

/// Reads a municipality's code.
pub(crate) fn nis(code: i64) -> Result<Nis, sqlx::Error> {
    parsed(&format!("{code:05}"))
}

/// A municipality's code as the database keeps it.
pub(crate) fn nis_code(nis: Nis) -> i64 {
    i64::from(nis.get())
}

/// Reads a fixed number of bytes.
pub(crate) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], sqlx::Error> {
    bytes.try_into().map_err(not_understood)
}

/// Year and month of the moment's local day: 202611.
pub(crate) fn month(at: Timestamp) -> i64 {
    month_of(domain::local_day(at))
}

/// Year and month of a day: 202611.
pub(crate) fn month_of(day: Date) -> i64 {
    i64::from(day.year()) * 100 + i64::from(day.month())
}
