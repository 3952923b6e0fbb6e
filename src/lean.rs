//! Values that stand in thousands of others and are mostly empty, or needed for a while only.
//!
//! A handbook holds all its chapters, and most of them leave most of what they may have
//! empty: a list that is empty takes 24 bytes, and dozens of such lists are part of each
//! chapter. Behind one pointer they take eight bytes where all of them are empty ([`Lean`]).
//! What is looked up by is made when it is first needed, and forgotten where nobody asks again
//! ([`Memo`]).

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// What takes no room where it is empty. It is read as if it were always there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lean<T>(Option<Box<T>>);

/// What has one empty value that all may share: its default.
pub(crate) trait Empty: Default + PartialEq + Sync + 'static {
    /// The empty value.
    fn empty() -> &'static Self;
}

impl<T: Empty> Lean<T> {
    /// Gives back the memory of what is empty after all.
    pub(crate) fn shrink(&mut self) {
        self.0 = self.0.take().filter(|value| **value != *T::empty());
    }

    /// The value where it takes room.
    pub(crate) fn held(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T: Empty> Deref for Lean<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => T::empty(),
        }
    }
}

impl<T: Empty> DerefMut for Lean<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Empty> From<T> for Lean<T> {
    fn from(value: T) -> Self {
        Self((value != *T::empty()).then(|| Box::new(value)))
    }
}

// What is empty is equal whether it takes room or not.
impl<T: Empty> PartialEq for Lean<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Empty + Eq> Eq for Lean<T> {}

/// Says that the default of a type is its [empty](Empty) value.
macro_rules! empty {
    ($type:ty) => {
        impl $crate::lean::Empty for $type {
            fn empty() -> &'static Self {
                static EMPTY: ::std::sync::LazyLock<$type> = ::std::sync::LazyLock::new(<$type>::default);
                &EMPTY
            }
        }
    };
}

pub(crate) use empty;

/// What follows from what it stands beside: made when it is first asked for, and again when it
/// was forgotten.
#[derive(Debug)]
pub(crate) struct Memo<T>(Mutex<Option<Arc<T>>>);

impl<T> Memo<T> {
    /// The value; `make` is called at most once for all that ask at a time, and must not
    /// ask for it itself.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> Arc<T> {
        Arc::clone(self.lock().get_or_insert_with(|| Arc::new(make())))
    }

    /// The value if it is there.
    pub(crate) fn known(&self) -> Option<Arc<T>> {
        self.lock().clone()
    }

    /// Frees it, as soon as nobody uses it.
    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.known()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Default, PartialEq)]
    struct Lists {
        one: Vec<u8>,
        other: Vec<u8>,
    }

    empty!(Lists);

    #[test]
    fn what_is_empty_takes_no_room_and_is_equal() {
        let mut lean: Lean<Lists> = Lean::default();
        assert!(lean.one.is_empty() && lean.0.is_none(), "to read it makes nothing");
        lean.other.clear();
        assert!(lean.0.is_some() && lean == Lean::default());
        lean.shrink();
        assert!(lean.0.is_none() && lean.held().is_none());
        lean.other.push(1);
        lean.shrink();
        assert_eq!(lean.other, [1]);
        assert_ne!(lean, Lean::default());
        assert_eq!(std::mem::size_of::<Lean<Lists>>(), std::mem::size_of::<usize>());
    }

    #[test]
    fn a_memo_is_made_once_until_it_is_forgotten() {
        let (memo, mut made) = (Memo::default(), 0);
        let mut ask = |memo: &Memo<u8>| {
            *memo.get(|| {
                made += 1;
                made
            })
        };
        assert_eq!((ask(&memo), ask(&memo), ask(&memo.clone())), (1, 1, 1));
        memo.forget();
        assert!(memo.known().is_none());
        assert_eq!(ask(&memo), 2);
    }
}
