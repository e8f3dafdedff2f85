//! What goes over the pipes: a kind, a length in little-endian order, and so many bytes.

use std::io::{self, Read, Write};

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To the worker: what holds for all jobs.
    Setup = 1,
    /// To the worker: the head of a job.
    Head = 2,
    /// To the worker: a piece of its body.
    Body = 3,
    /// To the worker: the body is complete.
    End = 4,
    /// From the worker, in the middle of a job: a question.
    Question = 5,
    /// To the worker: what it asked for.
    Reply = 6,
    /// From the worker: what the job gave.
    Answer = 7,
}

const KINDS: [Kind; 7] =
    [Kind::Setup, Kind::Head, Kind::Body, Kind::End, Kind::Question, Kind::Reply, Kind::Answer];

/// Bytes before the content of a frame.
const HEADER: usize = 9;

/// Writes one frame.
pub(crate) fn write(writer: &mut impl Write, kind: Kind, content: &[u8]) -> io::Result<()> {
    let mut header = [kind as u8; HEADER];
    header[1..].copy_from_slice(&(content.len() as u64).to_le_bytes());
    writer.write_all(&header)?;
    writer.write_all(content)
}

/// Reads one frame of at most `limit` bytes; `None` where the pipe ends before it begins.
pub(crate) fn read(reader: &mut impl Read, limit: u64) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let mut header = [0; HEADER];
    loop {
        match reader.read(&mut header[..1]) {
            Ok(0) => return Ok(None),
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    reader.read_exact(&mut header[1..])?;
    let invalid = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let kind = KINDS.into_iter().find(|kind| *kind as u8 == header[0]);
    let kind = kind.ok_or_else(|| invalid("a frame of an unknown kind"))?;
    let length = header[1..].iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    if length > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a frame over the limit"));
    }
    // The memory grows with what really comes, whatever the length says.
    let mut content = Vec::new();
    reader.take(length).read_to_end(&mut content)?;
    if content.len() as u64 == length {
        Ok(Some((kind, content)))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were() {
        let mut pipe = Vec::new();
        write(&mut pipe, Kind::Head, "一、公开".as_bytes()).unwrap();
        write(&mut pipe, Kind::End, &[]).unwrap();
        let mut reader = pipe.as_slice();
        assert_eq!(read(&mut reader, 100).unwrap(), Some((Kind::Head, "一、公开".into())));
        assert_eq!(read(&mut reader, 100).unwrap(), Some((Kind::End, Vec::new())));
        assert_eq!(read(&mut reader, 100).unwrap(), None);
    }

    #[test]
    fn a_false_frame_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, Kind::Answer, &[0; 200]).unwrap();
        assert_eq!(read(&mut pipe.as_slice(), 100).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read(&mut &pipe[..50], 500).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        pipe[0] = 99;
        assert_eq!(read(&mut pipe.as_slice(), 500).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
