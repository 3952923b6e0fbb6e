//! Ids: one type for each kind of list that the handbook numbers, and a vector that is
//! indexed by the id of its items.
//!
//! Chapters, folders, departments and roles refer to each other by number, often several
//! kinds in one loop. As bare integers they are easily mixed up, and no test notices where
//! two happen to be equal. All ids count from 0; what readers see counts from 1 and is
//! computed where it is shown ([`PageNumber::shown`]).

use rayon::prelude::*;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut, Range};

/// A number that names an item of one kind of list.
pub trait Id: Copy + Ord + Hash + fmt::Debug + Send + Sync + 'static {
    /// The id of the item at an index. Lists have fewer than 2³² items.
    fn new(index: usize) -> Self;

    /// The index of the item.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the item at an index.
            #[must_use]
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }

            /// The index of the item.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl Id for $name {
            fn new(index: usize) -> Self {
                Self::new(index)
            }

            fn index(self) -> usize {
                self.index()
            }
        }
    )*};
}

ids! {
    /// A published chapter of a handbook, in the order of file names.
    ChapterId
    /// A chapter's position in reading order.
    Rank
    /// A file that is published as it is, in the order of names.
    AttachmentId
    /// A folder of chapters.
    SectionId
    /// A department of the organization.
    DepartmentId
    /// A role of the organization.
    RoleId
    /// A group of readers, in the order of `audiences:`.
    AudienceId
    /// A document outside the handbook, in the order of `external_references:`.
    ExternalId
    /// A term of the glossary, in alphabetical order.
    GlossaryTermId
    /// A definition among those of its chapter.
    DefinitionId
    /// A heading among those of its chapter.
    HeadingId
    /// A clause among those of its chapter.
    ClauseId
    /// A term of a taxonomy.
    TaxonomyTermId
    /// A value of a vocabulary.
    ChoiceId
    /// A region of the map.
    RegionId
    /// The editions of a chapter, among those of all chapters.
    HistoryId
    /// An edition among those of its chapter.
    EditionNumber
    /// A page of a list that fills several.
    PageNumber
}

impl SectionId {
    /// The content folder itself.
    pub const ROOT: Self = Self::new(0);
}

impl RegionId {
    /// The whole handbook.
    pub const ROOT: Self = Self::new(0);
}

impl PageNumber {
    /// The first page of a list.
    pub const FIRST: Self = Self::new(0);

    /// The number that readers see, from 1.
    #[must_use]
    pub const fn shown(self) -> usize {
        self.index() + 1
    }

    /// The positions in the list of the items on this page.
    #[must_use]
    pub const fn items(self, per_page: usize) -> Range<usize> {
        self.index() * per_page..(self.index() + 1) * per_page
    }

    /// The page that an item of the list is on.
    #[must_use]
    pub const fn of_item(item: usize, per_page: usize) -> Self {
        Self::new(item / per_page)
    }
}

/// A vector whose items are found by an id, not by a bare index.
pub struct IdVec<I, T> {
    items: Vec<T>,
    id: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// An empty vector.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Vec::new(), id: PhantomData }
    }

    /// One item for each of another vector's.
    #[must_use]
    pub fn for_each_of<U>(other: &IdVec<I, U>, item: T) -> Self
    where
        T: Clone,
    {
        vec![item; other.len()].into()
    }

    /// The number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items, for what needs no ids.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// The first item.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }

    /// The item of an id, if there is one.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The item of an id, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.index())
    }

    /// Appends an item and returns its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }

    /// The id that the next item will get.
    #[must_use]
    pub fn next_id(&self) -> I {
        I::new(self.items.len())
    }

    /// The ids of all items, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The ids of all items, to be worked on in parallel.
    pub fn par_ids(&self) -> impl IndexedParallelIterator<Item = I> + use<I, T> {
        (0..self.items.len()).into_par_iter().map(I::new)
    }

    /// The items, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// The items with their ids, in order.
    pub fn iter_enumerated(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.items.iter().enumerate().map(|(index, item)| (I::new(index), item))
    }

    /// The first item that meets a condition.
    pub fn position(&self, condition: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(condition).map(I::new)
    }

    /// The id of the item that compares as equal, in a sorted vector.
    pub fn binary_search_by(&self, compare: impl FnMut(&T) -> std::cmp::Ordering) -> Option<I> {
        self.items.binary_search_by(compare).ok().map(I::new)
    }

    /// The items of a range, with their ids. What of it does not exist is left out.
    pub fn range_enumerated(&self, range: Range<I>) -> impl Iterator<Item = (I, &T)> {
        let range = range.start.index()..range.end.index().min(self.items.len());
        let items = self.items.get(range.clone()).unwrap_or(&[]);
        range.map(I::new).zip(items)
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, id: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<C: IntoIterator<Item = T>>(items: C) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<'a, I, T> IntoIterator for &'a IdVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IdVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<I, T> IntoIterator for IdVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

// Derived, these would ask the same of the id's type.

impl<I, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T: Clone> Clone for IdVec<I, T> {
    fn clone(&self) -> Self {
        self.items.clone().into()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IdVec<I, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(formatter)
    }
}

impl<I, T: PartialEq> PartialEq for IdVec<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<I, T: Eq> Eq for IdVec<I, T> {}

impl<I, T: Hash> Hash for IdVec<I, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.items.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_the_id_that_push_gave() {
        let mut list: IdVec<ChapterId, &str> = IdVec::new();
        let ids = ["a", "b"].map(|item| list.push(item));
        assert_eq!(ids.map(|id| list[id]), ["a", "b"]);
        assert_eq!(list.ids().collect::<Vec<_>>(), ids);
        assert_eq!(list.get(list.next_id()), None);
        assert_eq!(list.range_enumerated(ids[1]..ChapterId::new(9)).collect::<Vec<_>>(), [(ids[1], &"b")]);
    }

    #[test]
    fn pages_count_from_one_for_readers_only() {
        let page = PageNumber::of_item(250, 100);
        assert_eq!((page.index(), page.shown(), page.items(100)), (2, 3, 200..300));
    }
}
