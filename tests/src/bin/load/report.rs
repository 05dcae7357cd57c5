//! What measurements have in common: times, the run in the middle, the server's memory.

use std::time::Duration;

use crate::Failure;

/// How long requests took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) longest: Duration,
}

impl Times {
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share / 1_000).min(times.len().saturating_sub(1)));
        Self {
            p50: at(500).copied().unwrap_or_default(),
            p99: at(990).copied().unwrap_or_default(),
            longest: times.last().copied().unwrap_or_default(),
        }
    }
}

/// The run in the middle, by this number.
pub(crate) fn median<Run: Clone + Default>(runs: &[Run], by: impl Fn(&Run) -> f64) -> Run {
    let mut sorted = runs.to_vec();
    sorted.sort_by(|one, two| by(one).total_cmp(&by(two)));
    sorted.get(sorted.len() / 2).cloned().unwrap_or_default()
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// What the process holds in memory.
pub(crate) fn resident_mb(pid: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kib * 1_024.0 / 1_000_000.0)
}

/// The processor time that the process has used so far, on all cores: what it has whatever else runs on this machine.
pub(crate) fn processor_time(pid: u32) -> Result<Duration, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th after it, in hundredths.
    let (_, after) = stat.rsplit_once(") ").ok_or("no stat")?;
    let mut fields = after.split(' ').skip(11);
    let mut next = || -> Result<u64, Failure> { Ok(fields.next().ok_or("no time")?.parse()?) };
    Ok(Duration::from_millis(10 * (next()? + next()?)))
}
