//! One worker process, as its parent sees it.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::pool::Death;

/// Bytes of what a worker printed at its end that are looked at.
const LAST_WORDS: u64 = 4096;

/// A running worker. Dropping it ends the process and all that it started.
#[derive(Debug)]
pub(crate) struct Worker {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    errors: ChildStderr,
}

impl Worker {
    /// Starts `command` with pipes, in a process group of its own, without the environment.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let mut child = command
            .env_clear()
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(errors)) = pipes else {
            return Err(io::Error::other("the pipes of a worker are missing"));
        };
        // The parent waits with a deadline, never within a call.
        rustix::io::ioctl_fionbio(&input, true)?;
        rustix::io::ioctl_fionbio(&output, true)?;
        rustix::io::ioctl_fionbio(&errors, true)?;
        Ok(Self { child, input, output, errors })
    }

    /// Its pipes, until `deadline`.
    pub(crate) fn until(&mut self, deadline: Instant) -> Channel<'_> {
        Channel { worker: self, deadline }
    }

    /// How much memory it uses, in bytes; 0 where the system does not tell.
    pub(crate) fn memory(&self) -> u64 {
        let told = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap_or_default();
        let pages: Option<u64> = told.split(' ').nth(1).and_then(|pages| pages.parse().ok());
        pages.unwrap_or(0) * rustix::param::page_size() as u64
    }

    /// Ends it after `error` and tells what it died of.
    pub(crate) fn death(mut self, error: &io::Error) -> Death {
        match error.kind() {
            io::ErrorKind::TimedOut => return Death::Clock,
            io::ErrorKind::FileTooLarge => return Death::Answer,
            _ => {}
        }
        // The pipe is closed, so it is about to end; one that only closed its pipe is ended.
        let patience = Instant::now() + Duration::from_secs(1);
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < patience => std::thread::sleep(Duration::from_millis(2)),
                _ => break None,
            }
        };
        let mut said = Vec::new();
        let _ = self.errors.by_ref().take(LAST_WORDS).read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        let signal = status.and_then(|status| status.signal());
        match signal {
            Some(signal) if signal == Signal::XCPU.as_raw() => Death::Processor,
            Some(_) if said.contains("memory allocation of") => Death::Memory,
            Some(_) if said.contains("overflowed its stack") => Death::Stack,
            Some(signal) => Death::Signal(signal),
            None => {
                let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
                Death::Exit { code: status.and_then(|status| status.code()), said: last.to_owned() }
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A group that is gone needs no ending.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// The pipes of a worker; waiting for it past the deadline is an error of kind `TimedOut`.
pub(crate) struct Channel<'a> {
    worker: &'a mut Worker,
    deadline: Instant,
}

impl Channel<'_> {
    /// The deadline moves by `time`, which was not the worker's.
    pub(crate) fn extend(&mut self, time: Duration) {
        self.deadline += time;
    }
}

fn wait(pipe: impl AsFd, flags: PollFlags, deadline: Instant) -> io::Result<()> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let left = Timespec::try_from(left).map_err(io::Error::other)?;
    match poll(&mut [PollFd::new(&pipe, flags)], Some(&left)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

impl Read for Channel<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.worker.output.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    wait(&self.worker.output, PollFlags::IN, self.deadline)?;
                }
                done => return done,
            }
        }
    }
}

impl Write for Channel<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.worker.input.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    wait(&self.worker.input, PollFlags::OUT, self.deadline)?;
                }
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
