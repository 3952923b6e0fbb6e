//! Fingerprints: cache keys for the results of a step.
//!
//! The key of a result is the fingerprint of all that its step may read. So a cached result
//! is used only where all of that is unchanged, and nothing needs to be invalidated.

use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// The fingerprint of a value (xxh3, 128 bits). Within one program, equal values of one type
/// have equal fingerprints.
#[must_use]
pub(crate) fn fingerprint(value: &impl Hash) -> u128 {
    let mut hasher = Streaming(Xxh3::new());
    value.hash(&mut hasher);
    hasher.0.digest128()
}

/// Xxh3 as a `Hasher`; the digest of 128 bits is taken at the end.
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
