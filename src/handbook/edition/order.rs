//! The editions of a chapter in the order in which they came into force, and which of them is so
//! on a day.

use super::{Edition, History};
use crate::chapter::Chapter;
use crate::config::Config;
use jiff::civil::Date;
use std::sync::Arc;

impl Chapter {
    /// What the folder of its editions is called: its id, else its file's path without suffix.
    #[must_use]
    pub fn history_slug(&self) -> &str {
        let path = || crate::chapter::without_suffix(&self.source.name).unwrap_or(&self.source.name);
        self.front.id.as_ref().map_or_else(path, |id| id.text.as_str())
    }
}

impl Edition {
    /// Whether its day has come, and its file has not gone back since.
    fn is_begun(&self, today: Date) -> bool {
        self.begins.is_none_or(|day| day <= today) && !self.is_left(today)
    }

    /// Whether its file has gone back to an earlier version by a day.
    #[must_use]
    pub fn is_left(&self, today: Date) -> bool {
        self.left.is_some_and(|day| day <= today)
    }
}

impl History {
    /// The edition in force on a day; before the first of them, the first. One that is taken
    /// back is still the one in force, though nobody is shown its text: what was in force before
    /// it is not so again.
    #[must_use]
    pub fn on(&self, today: Date) -> Option<usize> {
        let last = self.editions.iter().rposition(|edition| edition.is_begun(today)).unwrap_or(0);
        // What is gone is shown on days on which it was in force.
        let ended = self.editions[last].ends.or(self.removed).is_some_and(|day| day <= today);
        (self.removed.is_none() || (!ended && self.editions[last].is_begun(today))).then_some(last)
    }

    /// Whether there is no text but that of `content/`.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.editions.iter().all(|edition| edition.is_present && edition.commit.is_none())
    }

    /// Adds an edition; one of the same version that was there before is replaced, since a
    /// file outweighs the repository.
    pub(super) fn add(&mut self, edition: Edition) {
        match self.find(edition.version()) {
            Some(known) => self.editions[known] = edition,
            None => self.editions.push(edition),
        }
    }

    /// Adds the text that lies in `content/`, if it is an edition. One of its version that was
    /// read from a file stays: it is what was released.
    pub(super) fn add_present(&mut self, chapter: &Arc<Chapter>) {
        let version = &chapter.front.version;
        if !chapter.is_published() {
            // Whoever makes a draft of a version that was published, or holds it back, takes the
            // chapter from the site: an older text must not come in its place.
            if self.find(version).is_some() {
                self.editions.clear();
            }
            return;
        }
        self.present = Some(Arc::clone(chapter));
        if version.is_empty() {
            return;
        }
        let mut present = Edition::new(chapter.source.clone(), chapter.front.clone(), None);
        present.is_present = true;
        match self.find(present.version()) {
            Some(known) if self.editions[known].commit.is_none() => {
                let released = &mut self.editions[known];
                released.is_present = true;
            }
            Some(known) => {
                let last = &self.editions[known];
                present.begins = present.begins.or(last.begins);
                present.first.clone_from(&last.first);
                present.commit.clone_from(&last.commit);
                // What lies there now is later than all that was committed.
                let is_committed = |edition: &Edition| edition.commit.is_some();
                let is_last = !self.editions[known + 1..].iter().any(is_committed);
                present.returned = if is_last { last.returned } else { Some(Date::MIN) };
                self.editions[known] = present;
            }
            None => self.editions.push(present),
        }
    }

    /// Puts the editions in order and says until when each is in force.
    pub(super) fn finish(&mut self, config: &Config) {
        self.editions.retain(Edition::has_a_name);
        self.leave();
        // Stable: of two that begin on one day the later written is the one in force.
        self.editions.sort_by_key(|edition| edition.begins);
        for at in 0..self.editions.len() {
            let is_back = self.editions[at].returned.is_some();
            let mut behind = self.editions[at + 1..].iter();
            let next = behind.find(|next| !is_back || next.left.is_none()).and_then(|next| next.begins);
            let own = &mut self.editions[at];
            own.ends = [next, own.front.retired, own.left].into_iter().flatten().min();
        }
        let path = || crate::chapter::without_suffix(&self.name).unwrap_or(&self.name);
        self.slug = self.id().unwrap_or_else(path).to_owned();
        for edition in &mut self.editions {
            edition.is_taken_back = config.editions.takes_back(&self.slug, &edition.front.version);
        }
        self.name_versions();
    }

    /// Finds the editions that begin after another to which their file went back later: who takes
    /// back a change, as `git revert` does, wants the earlier text in force again. Here they stand
    /// in the order of their last commits.
    fn leave(&mut self) {
        for at in 0..self.editions.len() {
            let back = &self.editions[at];
            let (Some(day), begins) = (back.returned, back.begins) else { continue };
            let is_present = back.is_present;
            let mut found = false;
            for (other, edition) in self.editions.iter_mut().enumerate() {
                let is_before = other < at || is_present && other != at;
                if is_before && edition.commit.is_some() && edition.begins > begins {
                    let day = edition.begins.map_or(day, |begins| begins.max(day));
                    edition.left = Some(edition.left.map_or(day, |left| left.min(day)));
                    found = true;
                }
            }
            if !found {
                self.editions[at].returned = None;
            }
        }
    }
}
