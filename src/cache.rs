//! A cache for what is slow to make and follows from a short text alone: colours of code,
//! formulas, diagrams, and what a commit says of the history before it.
//!
//! The pipeline is given one as a value; where it keeps what it holds is not its affair
//! (`disk::cache` has one that outlives the process). What comes out is not trusted: it
//! may be damaged, or written by somebody else. So each user checks what it gets by the
//! rules for what it would make itself, and makes it anew where that fails. What a page
//! says never depends on a cache.

use crate::fingerprint::fingerprint;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Part of every key. It changes where the form of a cached value does.
const FORMAT: u32 = 1;

/// Keeps values under keys, and may forget them at any time.
pub trait Store: Debug + Send + Sync {
    /// The value that was put under this key, if it is still known.
    fn get(&self, key: u128) -> Option<Vec<u8>>;
    /// Keeps a value.
    fn put(&self, key: u128, value: &[u8]);
    /// Whether what is put into it outlives the process.
    fn is_kept(&self) -> bool {
        true
    }
}

/// A handle to a store, or to none. All handles are equal: results do not depend on them.
#[derive(Debug, Clone, Default)]
pub struct Cache(Option<Arc<dyn Store>>);

impl Cache {
    /// A cache that keeps its values in this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(Some(store))
    }

    /// Whether what is put into it lasts.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.as_ref().is_some_and(|store| store.is_kept())
    }

    /// Whether there is a store at all.
    pub(crate) const fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// The value that was put under a kind and input, if it is still known.
    pub(crate) fn get(&self, kind: &str, input: impl Hash) -> Option<Vec<u8>> {
        self.0.as_ref()?.get(key(kind, input))
    }

    /// Keeps a value under a kind and input.
    pub(crate) fn put(&self, kind: &str, input: impl Hash, value: &[u8]) {
        if let Some(store) = &self.0 {
            store.put(key(kind, input), value);
        }
    }

    /// What `make` gives, or what `read` makes of the value that an earlier call has kept
    /// under the same kind and input. `read` gives `None` for a value that is not in order.
    /// `write` gives the value to be kept.
    pub(crate) fn get_or_make<T>(
        &self,
        kind: &str,
        input: impl Hash,
        read: impl FnOnce(&[u8]) -> Option<T>,
        make: impl FnOnce() -> T,
        write: impl FnOnce(&T) -> Option<Vec<u8>>,
    ) -> T {
        let Some(store) = &self.0 else { return make() };
        let key = key(kind, input);
        if let Some(known) = store.get(key).and_then(|value| read(&value)) {
            return known;
        }
        let made = make();
        if let Some(value) = write(&made) {
            store.put(key, &value);
        }
        made
    }
}

fn key(kind: &str, input: impl Hash) -> u128 {
    fingerprint(&(FORMAT, env!("CARGO_PKG_VERSION"), kind, input))
}

impl PartialEq for Cache {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cache {}

impl Hash for Cache {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

#[cfg(test)]
mod tests {
    use super::{Cache, Store};
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    #[derive(Debug, Default)]
    struct Memory(Mutex<BTreeMap<u128, Vec<u8>>>);

    impl Store for Memory {
        fn get(&self, key: u128) -> Option<Vec<u8>> {
            self.0.lock().unwrap().get(&key).cloned()
        }
        fn put(&self, key: u128, value: &[u8]) {
            self.0.lock().unwrap().insert(key, value.to_vec());
        }
    }

    #[test]
    fn a_value_is_made_once_and_again_where_it_cannot_be_read() {
        let memory = Arc::new(Memory::default());
        let cache = Cache::new(Arc::<Memory>::clone(&memory));
        let ask = |kind: &str, input: &str| {
            let mut made = false;
            let read = |value: &[u8]| String::from_utf8(value.to_vec()).ok();
            let make = || {
                made = true;
                input.to_uppercase()
            };
            let value = cache.get_or_make(kind, input, read, make, |value| Some(value.clone().into_bytes()));
            (value, made)
        };
        assert_eq!(ask("a", "x"), ("X".to_owned(), true));
        assert_eq!(ask("a", "x"), ("X".to_owned(), false));
        assert_eq!(ask("b", "x"), ("X".to_owned(), true), "a key covers the kind");
        for value in memory.0.lock().unwrap().values_mut() {
            *value = vec![0xFF];
        }
        assert_eq!(ask("a", "x"), ("X".to_owned(), true));
    }
}
