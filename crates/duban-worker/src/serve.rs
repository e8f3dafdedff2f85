//! The worker's side.

use std::io::{self, Read, Write};

use crate::frame::{self, Kind};
use crate::limits::Limits;
use crate::sandbox;

/// Largest piece of what the parent sends: it is trusted, and streams bodies in small pieces.
const LARGEST: u64 = 1 << 30;

/// Serves the parent at the other end of standard input and output until it closes them. `make` gets what
/// the pool was set up with and gives the work: from the head and the body of a job to its answer.
///
/// From the first byte of the parent on this process is confined to `limits`, for good.
pub fn serve<W>(limits: &Limits, make: impl FnOnce(&[u8]) -> W) -> io::Result<()>
where
    W: FnMut(&[u8], Vec<u8>) -> Vec<u8>,
{
    // What a fault prints would fill the pipe; its message is part of the answer.
    std::panic::set_hook(Box::new(|_| {}));
    limits.enter()?;
    sandbox::enter()?;
    let Some(setup) = expect(Kind::Setup)? else { return Ok(()) };
    let mut work = make(&setup);
    while let Some(head) = expect(Kind::Head)? {
        limits.begin_job()?;
        let answer = work(&head, body()?);
        let mut output = io::stdout().lock();
        frame::write(&mut output, Kind::Answer, &answer)?;
        output.flush()?;
    }
    Ok(())
}

/// Asks the parent for something that this process must not do, in the middle of a job.
pub fn ask(question: &[u8]) -> io::Result<Vec<u8>> {
    let mut output = io::stdout().lock();
    frame::write(&mut output, Kind::Question, question)?;
    output.flush()?;
    expect(Kind::Reply)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// The next frame, which must be of `kind`; `None` where the parent has closed the pipe.
fn expect(kind: Kind) -> io::Result<Option<Vec<u8>>> {
    match next()? {
        Some((found, content)) if found == kind => Ok(Some(content)),
        None => Ok(None),
        Some(_) => Err(disorder()),
    }
}

fn body() -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        match next()? {
            Some((Kind::Body, piece)) => body.extend(piece),
            Some((Kind::End, _)) => return Ok(body),
            Some(_) => return Err(disorder()),
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn next() -> io::Result<Option<(Kind, Vec<u8>)>> {
    frame::read(&mut io::stdin().lock().by_ref(), LARGEST)
}

fn disorder() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "frames out of order")
}
