//! A PostgreSQL cluster for tests: the one that `DATABASE_URL` names, or a throw-away one of this process.
//!
//! The throw-away cluster lives in a folder of its own under the temporary directory, listens on a free port of this
//! machine only, and is stopped and removed when the process ends, however it ends: a small shell waits for the end
//! of a pipe that only this process holds open.

use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A running cluster and the pipe whose end stops it.
struct Cluster {
    url: String,
    /// Held for its open standard input, see the module's text.
    _guard: Option<Child>,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();

/// The address of a database in a cluster where tests may make more. Starts the throw-away cluster at the first call.
///
/// # Panics
/// When `DATABASE_URL` is not set and no PostgreSQL server is installed or it does not start.
pub async fn url() -> String {
    // Starting takes a second or two and blocks; the runtime's other threads go on.
    match tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start).url.clone()).await {
        Ok(url) => url,
        Err(error) => panic!("no PostgreSQL for tests: {error}"),
    }
}

fn start() -> Cluster {
    if let Ok(url) = std::env::var("DATABASE_URL")
        && url.starts_with("postgres")
    {
        return Cluster { url, _guard: None };
    }
    let bin = newest_server();
    let home = std::env::temp_dir().join(format!("randpas-postgres-{}", std::process::id()));
    let port = free_port();
    // PostgreSQL refuses to run as root; packages make the user `postgres` for it.
    let as_root = is_root();
    let run = |program: &str, arguments: &[&str]| {
        let path = bin.join(program);
        let mut command = if as_root {
            Command::new("runuser")
        } else {
            Command::new(&path)
        };
        if as_root {
            command.args(["-u", "postgres", "--"]).arg(&path);
        }
        // The server would keep an inherited pipe open and this call waiting for ever.
        let log = std::fs::File::create(std::env::temp_dir().join(format!("randpas-{program}-{port}.log")));
        match log.and_then(|log| Ok((log.try_clone()?, log))) {
            Ok((out, err)) => command.stdin(Stdio::null()).stdout(out).stderr(err),
            Err(error) => panic!("no log for {program}: {error}"),
        };
        match command.args(arguments).current_dir("/").status() {
            Ok(status) if status.success() => {}
            other => panic!(
                "{} failed ({other:?}); see its log in {}",
                path.display(),
                std::env::temp_dir().display()
            ),
        }
    };
    let data = home.join("data");
    let (data, socket) = (data.display().to_string(), home.display().to_string());
    make_home(&home, as_root);
    run(
        "initdb",
        &[
            "--no-sync",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
            &data,
        ],
    );
    // Tests need no durability; a measurement does.
    let fsync = std::env::var("RANDPAS_TEST_FSYNC").unwrap_or_else(|_| "off".to_owned());
    let settings = format!(
        "-p {port} -k {socket} -c listen_addresses=127.0.0.1 -c fsync={fsync} -c full_page_writes={fsync} \
         -c max_connections=300 -c shared_buffers=64MB"
    );
    run("pg_ctl", &["start", "-w", "-t", "60", "-D", &data, "-o", &settings]);
    let guard = guard(&bin, &data, &home, port, as_root);
    Cluster {
        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        _guard: Some(guard),
    }
}

/// The folder of the newest installed server.
fn newest_server() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse::<u32>().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max();
    match newest {
        Some((_, bin)) => bin,
        None => panic!("no PostgreSQL in /usr/lib/postgresql: install it (apt install postgresql) or set DATABASE_URL"),
    }
}

fn free_port() -> u16 {
    match TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()) {
        Ok(address) => address.port(),
        Err(error) => panic!("no free port: {error}"),
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn make_home(home: &Path, as_root: bool) {
    let made = std::fs::create_dir_all(home).is_ok();
    let owned = !as_root
        || Command::new("chown")
            .arg("postgres")
            .arg(home)
            .status()
            .is_ok_and(|chown| chown.success());
    assert!(made && owned, "{} cannot be made for PostgreSQL", home.display());
}

/// Stops and removes the cluster when this process is gone.
fn guard(bin: &Path, data: &str, home: &Path, port: u16, as_root: bool) -> Child {
    let runuser = if as_root { "runuser -u postgres -- " } else { "" };
    let script = format!(
        "cat >/dev/null; cd /; {runuser}'{}' stop -m immediate -D '{data}'; rm -rf '{}' '{}'/randpas-*-{port}.log",
        bin.join("pg_ctl").display(),
        home.display(),
        std::env::temp_dir().display(),
    );
    let guard = Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Not in our process group: the interrupt that stops the tests must not stop the cleaning up.
        .process_group(0)
        .spawn();
    match guard {
        // Nothing is ever written; the pipe only has to stay open.
        Ok(child) => child,
        Err(error) => panic!("no shell to clean up with: {error}"),
    }
}
