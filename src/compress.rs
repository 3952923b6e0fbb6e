//! Compressed copies of texts, for web servers that send a file as it lies.
//!
//! Equal bytes in give equal bytes out: gzip's header carries no time and no
//! name. Nothing here knows of files.

use crate::media;
use flate2::read::{GzDecoder, GzEncoder};
use std::io::Read;

/// Bytes that a file must have to be worth a compressed copy: below this a
/// network packet is saved by neither form.
pub const WORTHWHILE: usize = 1024;
/// Bytes of a file that is compressed at most; it must be held in memory.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// How far brotli may look back, as a power of two; browsers accept up to 24.
const WINDOW: u32 = 22;
/// Brotli's effort. From 10 on it takes ten times as long for some 5 % less.
const EFFORT: u32 = 9;
const BUFFER: usize = 1 << 16;

/// A form in which a file can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// All forms, in the order in which they are made.
pub const ENCODINGS: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

impl Encoding {
    /// What is put behind a file's name, with its dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
        }
    }

    /// The compressed copy; `None` where it would not be smaller.
    #[must_use]
    pub fn compress(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut packed = Vec::with_capacity(bytes.len() / 3);
        let done = match self {
            Self::Gzip => GzEncoder::new(bytes, flate2::Compression::best()).read_to_end(&mut packed),
            Self::Brotli => brotli::CompressorReader::new(bytes, BUFFER, EFFORT, window(bytes.len()))
                .read_to_end(&mut packed),
        };
        (done.is_ok() && packed.len() < bytes.len()).then_some(packed)
    }

    /// Whether `packed` is a copy of `bytes`, by whatever program it was made.
    /// A copy of something larger is not unpacked further than needed.
    #[must_use]
    pub fn holds(self, packed: &[u8], bytes: &[u8]) -> bool {
        self.unpack(packed, bytes.len()).is_some_and(|plain| plain == bytes)
    }

    /// What a copy holds, if that is whole and not more than `limit` bytes.
    #[must_use]
    pub fn unpack(self, packed: &[u8], limit: usize) -> Option<Vec<u8>> {
        let mut plain = Vec::new();
        let more = limit as u64 + 1;
        let done = match self {
            Self::Gzip => GzDecoder::new(packed).take(more).read_to_end(&mut plain),
            Self::Brotli => brotli::Decompressor::new(packed, BUFFER).take(more).read_to_end(&mut plain),
        };
        (done.is_ok() && plain.len() <= limit).then_some(plain)
    }
}

/// A window that holds a whole small file costs less memory than the largest.
fn window(bytes: usize) -> u32 {
    (bytes.max(1).ilog2() + 1).clamp(10, WINDOW)
}

/// Whether a file of this name and size gets compressed copies.
#[must_use]
pub fn is_worthwhile(name: &str, bytes: u64) -> bool {
    bytes > WORTHWHILE as u64 && bytes <= LARGEST as u64 && media::text(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_hold_what_was_packed_and_are_equal_each_time() {
        let text = "第十五条 员工应当遵守本制度。\n".repeat(200);
        for encoding in ENCODINGS {
            let packed = encoding.compress(text.as_bytes()).expect("smaller");
            assert!(packed.len() < text.len() / 10);
            assert!(encoding.holds(&packed, text.as_bytes()));
            assert!(!encoding.holds(&packed, &text.as_bytes()[1..]));
            assert!(!encoding.holds(&packed[..packed.len() / 2], text.as_bytes()));
            assert!(!encoding.holds(b"", text.as_bytes()));
            assert_eq!(encoding.compress(text.as_bytes()), Some(packed));
        }
    }

    #[test]
    fn gzip_says_neither_time_nor_name() {
        let packed = Encoding::Gzip.compress(&[b'a'; 5_000]).expect("smaller");
        assert_eq!(packed[3..8], [0; 5], "flags and time");
    }

    #[test]
    fn what_cannot_shrink_has_no_copy() {
        let noise: Vec<u8> =
            (0..4_000_u64).map(|at| (xxhash_rust::xxh3::xxh3_64(&at.to_le_bytes()) & 0xff) as u8).collect();
        for encoding in ENCODINGS {
            assert_eq!(encoding.compress(&noise), None);
        }
    }

    #[test]
    fn texts_over_a_kilobyte_are_worthwhile() {
        assert!(is_worthwhile("a/b.HTML", 1025) && is_worthwhile("assets/a.0123abcd.css", 9_000));
        assert!(!is_worthwhile("a.html", 1024) && !is_worthwhile("a.png", 9_000));
        assert!(!is_worthwhile("html", 9_000) && !is_worthwhile("a.html.gz", 9_000));
        assert!(!is_worthwhile("a.csv", 1 << 40));
    }
}
