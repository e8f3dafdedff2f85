//! Packed bytes of a stream to plain ones, within a limit.
//!
//! Deflate is unpacked here and not by the object parser, for two things it does not offer: what
//! stands before a damaged place is kept, and the caller learns that something is missing.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::DeflateDecoder;
use lopdf::{DecompressError, Dictionary, Stream};

/// What came out.
#[derive(Debug)]
pub(crate) struct Unpacked {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether they are all there are.
    pub(crate) whole: bool,
    /// Whether there were more than allowed.
    pub(crate) over: bool,
    /// Whether they are not what was packed, by their checksum.
    pub(crate) altered: bool,
}

/// Most filters that one stream may name.
const MOST_FILTERS: usize = 8;

/// Unpacks `packed` through `filters` to at most `most` bytes at each step.
pub(crate) fn unpack(packed: &[u8], filters: &[(&[u8], Option<&Dictionary>)], most: usize) -> Unpacked {
    if filters.len() > MOST_FILTERS {
        return Unpacked { bytes: Vec::new(), whole: false, over: false, altered: false };
    }
    let mut bytes = Cow::Borrowed(packed);
    let (mut whole, mut over, mut altered) = (true, false, false);
    for (name, parameters) in filters {
        let predicted = parameters.is_some_and(|parameters| {
            parameters.get(b"Predictor").is_ok_and(|predictor| predictor.as_i64().is_ok_and(|it| it > 1))
        });
        let step = match *name {
            b"FlateDecode" | b"Fl" if !predicted => inflate(&bytes, most),
            b"Crypt" => continue,
            _ => by_parser(&bytes, name, *parameters, most),
        };
        whole &= step.whole;
        over |= step.over;
        altered |= step.altered;
        bytes = Cow::Owned(step.bytes);
    }
    over |= bytes.len() > most;
    let mut bytes = bytes.into_owned();
    bytes.truncate(most);
    Unpacked { bytes, whole, over, altered }
}

/// Inflates behind the two bytes of the zlib head, or where that is missing from the first byte on.
///
/// The checksum is compared here: decoders differ in whether they look at it, and those that do lose the
/// bytes that it belongs to.
fn inflate(packed: &[u8], most: usize) -> Unpacked {
    const HEAD: usize = 2;
    if packed.is_empty() {
        return Unpacked { bytes: Vec::new(), whole: true, over: false, altered: false };
    }
    let mut unpacked = inflate_behind(HEAD, packed, most);
    if unpacked.bytes.is_empty() && !unpacked.whole {
        unpacked = inflate_behind(0, packed, most);
        unpacked.whole &= !unpacked.bytes.is_empty();
    }
    unpacked
}

fn inflate_behind(skip: usize, packed: &[u8], most: usize) -> Unpacked {
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(packed.get(skip..).unwrap_or_default());
    let whole = read_some(&mut decoder, most, &mut bytes);
    let end = skip.saturating_add(usize::try_from(decoder.total_in()).unwrap_or(0));
    let over = bytes.len() > most;
    bytes.truncate(most);
    let sum = packed.get(end..).and_then(|rest| rest.first_chunk()).copied().map(u32::from_be_bytes);
    let altered = whole && !over && sum.is_some_and(|sum| sum != checksum(&bytes));
    Unpacked { bytes, whole: whole && !over, over, altered }
}

/// Adler-32.
fn checksum(bytes: &[u8]) -> u32 {
    const PRIME: u32 = 65_521;
    // As many sums as fit 32 bits.
    const RUN: usize = 5552;
    let (mut low, mut high) = (1u32, 0u32);
    for run in bytes.chunks(RUN) {
        for byte in run {
            low += u32::from(*byte);
            high += low;
        }
        low %= PRIME;
        high %= PRIME;
    }
    high << 16 | low
}

/// Reads to the end, an error, or one byte more than `most`; whether it was the end.
fn read_some(reader: impl Read, most: usize, bytes: &mut Vec<u8>) -> bool {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(bytes).is_ok()
}

fn by_parser(packed: &[u8], name: &[u8], parameters: Option<&Dictionary>, most: usize) -> Unpacked {
    let mut dictionary = Dictionary::new();
    dictionary.set("Filter", lopdf::Object::Name(name.to_vec()));
    if let Some(parameters) = parameters {
        dictionary.set("DecodeParms", parameters.clone());
    }
    match Stream::new(dictionary, packed.to_vec()).decompressed_content_with_limit(most) {
        Ok(bytes) => Unpacked { bytes, whole: true, over: false, altered: false },
        Err(error) => {
            let over = matches!(error, lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }));
            Unpacked { bytes: Vec::new(), whole: false, over, altered: false }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn keeps_what_stands_before_the_damage() {
        let plain: Vec<u8> = (0..20_000u32).flat_map(|number| (number * number).to_le_bytes()).collect();
        let packed = deflated(&plain);
        let half = unpack(&packed[..packed.len() / 2], &[(b"FlateDecode", None)], usize::MAX);
        assert!(!half.whole && !half.over && plain.starts_with(&half.bytes) && half.bytes.len() > 10_000);
    }

    #[test]
    fn nothing_is_whole() {
        assert!(unpack(b"", &[(b"FlateDecode", None)], usize::MAX).whole);
        assert!(!unpack(b"x", &[(b"FlateDecode", None)], usize::MAX).whole);
    }

    #[test]
    fn tells_altered_bytes() {
        let mut packed = deflated(b"some text that is short enough to be stored with few matches");
        let sum = packed.len() - 1;
        packed[sum] ^= 1;
        assert!(unpack(&packed, &[(b"FlateDecode", None)], usize::MAX).altered);
        packed[sum] ^= 1;
        assert!(!unpack(&packed, &[(b"FlateDecode", None)], usize::MAX).altered);
    }

    #[test]
    fn stops_at_the_limit() {
        let packed = deflated(&deflated(&vec![0; 10_000_000]));
        let filters: [(&[u8], Option<&Dictionary>); 2] = [(b"FlateDecode", None), (b"FlateDecode", None)];
        let some = unpack(&packed, &filters, 1_000_000);
        assert!(some.over && some.bytes.len() == 1_000_000);
    }
}
