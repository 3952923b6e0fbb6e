//! Fingerprints: what a step may read, as one number by which its result is kept.
//!
//! A result is taken from a memo only where the fingerprint of all that its step
//! may read is the same; so nothing has to be declared out of date.

use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// The fingerprint of a value (xxh3, 128 bits). Equal values of one type have
/// equal ones, within one program.
#[must_use]
pub fn fingerprint(value: &impl Hash) -> u128 {
    let mut hasher = Streaming(Xxh3::new());
    value.hash(&mut hasher);
    hasher.0.digest128()
}

/// Xxh3 as a hasher, whose 128 bits are asked for in the end.
struct Streaming(Xxh3);

impl Hasher for Streaming {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn parts_are_told_apart() {
        assert_eq!(fingerprint(&("a", 1)), fingerprint(&("a", 1)));
        assert_ne!(fingerprint(&("ab", "c")), fingerprint(&("a", "bc")));
        assert_ne!(fingerprint(&vec!["a"]), fingerprint(&vec!["a", ""]));
    }
}
