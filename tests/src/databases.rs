//! Databases of their own for tests, in the cluster that [`crate::postgres`] gives.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection as _, Executor as _, PgConnection};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A new, empty database; gives its address.
///
/// # Panics
/// When the cluster refuses.
pub async fn fresh() -> String {
    create("").await
}

/// A copy of a database that nobody is connected to; gives its address.
///
/// # Panics
/// When the cluster refuses.
pub async fn copy(url: &str) -> String {
    create(&format!(" TEMPLATE {}", name(url))).await
}

async fn create(like: &str) -> String {
    let admin = crate::postgres::url().await;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let new = format!("randpas_test_{}_{number}", std::process::id());
    let outcome: Result<(), sqlx::Error> = async {
        let mut connection = PgConnection::connect(&admin).await?;
        // Names are made here, of letters and digits only; an identifier cannot be a bound value.
        let statement = format!("CREATE DATABASE {new}{like}");
        connection.execute(sqlx::AssertSqlSafe(statement)).await?;
        connection.close().await
    }
    .await;
    if let Err(error) = outcome {
        panic!("no database for a test: {error}");
    }
    let (path, query) = admin
        .split_once('?')
        .map_or((admin.as_str(), String::new()), |(path, query)| {
            (path, format!("?{query}"))
        });
    let server = path.rsplit_once('/').map_or(path, |(server, _)| server);
    format!("{server}/{new}{query}")
}

/// The last part of the path.
fn name(url: &str) -> &str {
    let path = url.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}
