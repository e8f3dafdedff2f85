//! What a worker may use.

use std::io;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

/// What one worker may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space in bytes, the program itself included.
    pub memory: u64,
    /// Processor time of one job, in whole seconds.
    pub processor: Duration,
    /// Time of one job on the clock; what [`ask`](crate::ask) takes does not count.
    pub clock: Duration,
    /// Longest answer in bytes.
    pub answer: u64,
    /// Memory in use, in bytes, from which on a worker is replaced after its job.
    pub grown: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            processor: Duration::from_secs(15),
            clock: Duration::from_mins(1),
            answer: 32 << 20,
            grown: 256 << 20,
        }
    }
}

impl Limits {
    /// Takes on, for good, what holds for the whole life of this process.
    pub(crate) fn enter(&self) -> io::Result<()> {
        lower(Resource::As, self.memory)?;
        // No core dumps, no files.
        lower(Resource::Core, 0)?;
        lower(Resource::Fsize, 0)
    }

    /// Gives this process the processor time of one more job.
    pub(crate) fn begin_job(&self) -> io::Result<()> {
        let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
        let used = u64::try_from(used).unwrap_or(0);
        // The limit counts whole seconds, those begun as well.
        let current = Some(used + self.processor.as_secs() + 1);
        Ok(setrlimit(Resource::Cpu, Rlimit { current, maximum: getrlimit(Resource::Cpu).maximum })?)
    }
}

fn lower(resource: Resource, to: u64) -> io::Result<()> {
    let to = getrlimit(resource).maximum.map_or(to, |maximum| maximum.min(to));
    Ok(setrlimit(resource, Rlimit { current: Some(to), maximum: Some(to) })?)
}
