//! The parent's side: some workers, each with one job at a time.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::frame::{self, Kind};
use crate::limits::Limits;
use crate::process::Worker;

/// Bytes of a body that are sent at a time.
const PIECE: usize = 64 << 10;

/// What a worker died of, or was ended for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Death {
    /// It needed more memory than [`Limits::memory`].
    #[error("it needed more memory than is allowed")]
    Memory,
    /// It used up [`Limits::processor`].
    #[error("it needed more processor time than is allowed")]
    Processor,
    /// It did not answer within [`Limits::clock`].
    #[error("it did not end in time")]
    Clock,
    /// Its answer was longer than [`Limits::answer`].
    #[error("its result is larger than is allowed")]
    Answer,
    /// It nested deeper than the stack is.
    #[error("it is nested too deeply")]
    Stack,
    /// A signal ended it.
    #[error("signal {0} ended the process that read it")]
    Signal(i32),
    /// It ended by itself without an answer.
    #[error("the process that read it ended without an answer{}: {said}", .code.map(|code| format!(" ({code})")).unwrap_or_default())]
    Exit {
        /// Its exit status.
        code: Option<i32>,
        /// The last line that it printed as an error.
        said: String,
    },
}

/// Why a job has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// No worker can be started: no job will have an answer.
    #[error("cannot start a worker process: {0}")]
    Start(io::Error),
    /// The body cannot be read to its end.
    #[error(transparent)]
    Body(io::Error),
    /// The job killed its worker.
    #[error(transparent)]
    Died(#[from] Death),
}

/// Workers of one kind; any number of threads may [`run`](Pool::run) jobs, and there are as many workers
/// as threads run jobs at a time.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    arguments: Vec<OsString>,
    setup: Vec<u8>,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool of workers that are `program` started with `arguments`, which must call
    /// [`serve`](crate::serve) with the same limits; each gets `setup` first. None is started yet.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, setup: Vec<u8>, limits: Limits) -> Self {
        // What whoever started this process left open is nothing for workers.
        close_fds::set_fds_cloexec(3, &[]);
        Self { program, arguments, setup, limits, idle: Mutex::default() }
    }

    /// Has a worker do the job of `head` and `body`; `reply` answers what it asks meanwhile.
    pub fn run(
        &self,
        head: &[u8],
        body: &mut impl Read,
        reply: &mut impl FnMut(&[u8]) -> Vec<u8>,
    ) -> Result<Vec<u8>, RunError> {
        let idle = self.idle().pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.start().map_err(RunError::Start)?,
        };
        match self.exchange(&mut worker, head, body, reply) {
            Ok(answer) => {
                if worker.memory() <= self.limits.grown {
                    self.idle().push(worker);
                }
                Ok(answer)
            }
            Err(Broken::Body(error)) => Err(RunError::Body(error)),
            Err(Broken::Pipe(error)) => Err(worker.death(&error).into()),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        // A list of workers is whole whatever thread failed.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(&self) -> io::Result<Worker> {
        let mut worker = Worker::start(Command::new(&self.program).args(&self.arguments))?;
        let deadline = Instant::now() + self.limits.clock;
        frame::write(&mut worker.until(deadline), Kind::Setup, &self.setup)?;
        Ok(worker)
    }

    fn exchange(
        &self,
        worker: &mut Worker,
        head: &[u8],
        body: &mut impl Read,
        reply: &mut impl FnMut(&[u8]) -> Vec<u8>,
    ) -> Result<Vec<u8>, Broken> {
        let mut channel = worker.until(Instant::now() + self.limits.clock);
        frame::write(&mut channel, Kind::Head, head)?;
        let mut piece = vec![0; PIECE];
        loop {
            match body.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => frame::write(&mut channel, Kind::Body, &piece[..length])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Broken::Body(error)),
            }
        }
        frame::write(&mut channel, Kind::End, &[])?;
        loop {
            match frame::read(&mut channel, self.limits.answer)? {
                Some((Kind::Answer, answer)) => return Ok(answer),
                Some((Kind::Question, question)) => {
                    let asked = Instant::now();
                    let answer = reply(&question);
                    channel.extend(asked.elapsed());
                    frame::write(&mut channel, Kind::Reply, &answer)?;
                }
                Some(_) | None => return Err(Broken::Pipe(io::ErrorKind::UnexpectedEof.into())),
            }
        }
    }
}

/// Where an exchange broke off.
enum Broken {
    Body(io::Error),
    Pipe(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Pipe(error)
    }
}
