//! What became of a file with each commit, from the log of a repository.

/// The changes of a file, the newest first.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<Change>);

/// Its blob from a commit on, or nothing where it was removed.
#[derive(Debug)]
struct Change {
    /// How many commits are newer.
    age: usize,
    blob: Option<String>,
}

impl Changes {
    /// Notes an older change.
    pub(super) fn add(&mut self, age: usize, blob: Option<&str>) {
        self.0.push(Change { age, blob: blob.map(str::to_owned) });
    }

    /// The age of the commit that removed it; `None` where it is there.
    pub(super) fn gone(&self) -> Option<usize> {
        self.0.first().filter(|newest| newest.blob.is_none()).map(|newest| newest.age)
    }

    /// All blobs that it had.
    pub(super) fn blobs(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|change| change.blob.as_deref())
    }

    /// Whether it was ever another than it is now.
    pub(super) const fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The blob at a commit, if there was a file; `None` where its history begins later.
    pub(super) fn at(&self, age: usize) -> Option<Option<&str>> {
        Some(self.0.iter().find(|change| change.age >= age)?.blob.as_deref())
    }

    /// The blob that is there now.
    pub(super) fn newest(&self) -> Option<&str> {
        self.0.first()?.blob.as_deref()
    }

    /// The first blob that there was.
    pub(super) fn oldest(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|change| change.blob.as_deref())
    }
}
