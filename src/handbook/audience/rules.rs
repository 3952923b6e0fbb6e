//! Who may see a text: what it says itself, else what its folder says.

use super::{Readers, other_key, unknown};
use crate::chapter::audience::Audience;
use crate::chapter::front_matter::FrontMatter;
use crate::chapter::version::EditionHead;
use crate::chapter::{Chapter, folder, index_rank, without_suffix};
use crate::config::audience::Audiences;
use crate::diagnostic::Diagnostic;
use crate::handbook::Input;
use crate::handbook::edition::{Edition, History};
use crate::source::{Above, EndOfFile, FolderPage, Source};
use crate::text::fold_path;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Who may see each chapter, by its name: what it says itself, else what the nearest
/// folder's own page says. The diagnostics are about names that no audience has.
pub(in crate::handbook) fn readers<'a>(
    input: &'a Input,
    chapters: &'a [Arc<Chapter>],
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<Arc<str>, Readers> {
    let audiences = &input.config.audiences;
    diagnostics.extend(chapters.iter().flat_map(|chapter| unknown(chapter, audiences)));
    let rules = Rules::new(input, chapters);
    let all = chapters.iter().map(|chapter| {
        let name = &chapter.source.name;
        (Arc::clone(name), rules.of_chapter(chapter))
    });
    all.collect()
}

/// What folders say of who may see what lies in them.
pub(in crate::handbook) struct Rules<'a> {
    input: &'a Input,
    /// By `x.md` beside `x/`, which may narrow and never widen, by path as disks compare it.
    beside: HashMap<String, Readers>,
    pages: BTreeMap<&'a str, Pages>,
    /// Folders whose pages say something, by path as disks compare it: of two that only case or
    /// Unicode form tells apart, the one may narrow who sees the other.
    alike: HashMap<String, BTreeSet<&'a str>>,
    /// By names of chapters that are gone: who might see them at their end.
    ends: HashMap<&'a str, Readers>,
}

/// What a folder's page of another time says of who may see what lies in the folder.
struct FolderSaid {
    readers: Readers,
    /// Whether it may only narrow what others say: that of a draft, or from beside the folder.
    narrows: bool,
}

fn nobody() -> Readers {
    Readers::Groups(BTreeSet::new())
}

impl<'a> Rules<'a> {
    /// The rules of these chapters' folders.
    pub(in crate::handbook) fn new(input: &'a Input, chapters: &'a [Arc<Chapter>]) -> Self {
        let (beside, alike, ends) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut rules = Self { input, beside, pages: BTreeMap::new(), alike, ends };
        for chapter in chapters {
            let name = &chapter.source.name;
            rules.add(name, rules.said(chapter), chapter.is_draft(input.today));
            // What a page says now counts besides what it said on the day.
            if let Some(latest) = input.latest.get(name) {
                rules.add(name, rules.own(latest), latest.is_draft(input.today));
            }
            if let (Some(stem), Some(readers)) = (without_suffix(name), rules.said(chapter)) {
                narrow(&mut rules.beside, stem, readers, &input.config.audiences);
            }
        }
        for name in &input.unread {
            rules.add(name, Some(nobody()), false);
            if let Some(stem) = without_suffix(name) {
                rules.beside.insert(fold_path(stem), nobody());
            }
        }
        if !input.config.audiences.list.is_empty() {
            let gone = input.histories.list.iter().filter(|history| history.removed.is_some());
            let ends: Vec<_> = gone.filter_map(|gone| Some((&*gone.name, rules.at_end(gone)?))).collect();
            rules.ends.extend(ends);
        }
        rules
    }

    fn add(&mut self, name: &'a str, readers: Option<Readers>, draft: bool) {
        if index_rank(name).is_none() {
            return;
        }
        let folder = folder(name);
        if readers.is_some() {
            self.alike.entry(fold_path(folder)).or_default().insert(folder);
        }
        self.pages.entry(folder).or_default().add(readers, draft);
    }

    fn own(&self, chapter: &Chapter) -> Option<Readers> {
        let audiences = &self.input.config.audiences;
        let is_doubtful =
            chapter.source.damaged || other_key(&chapter.front, &chapter.foreign_names, audiences).is_some();
        if is_doubtful {
            return Some(nobody());
        }
        self.named(&chapter.front).or_else(|| self.at_its_time(&chapter.source.above))
    }

    /// What the folders of a text of another time said then; `None` where they left it open.
    fn at_its_time(&self, above: &Above) -> Option<Readers> {
        let audiences = &self.input.config.audiences;
        let pages = match above {
            Above::Present => return None,
            Above::Lost => return (!audiences.list.is_empty()).then(nobody),
            Above::Then(pages) => pages,
        };
        let within = |one: Readers, other: Readers| one.within(&other, audiences);
        let said: Vec<Option<FolderSaid>> = pages.iter().map(|page| self.folder_said(page)).collect();
        let said = || pages.iter().zip(&said).filter_map(|(page, said)| Some((page, said.as_ref()?)));
        let own: Vec<(&FolderPage, &FolderSaid)> = said().filter(|(_, said)| !said.narrows).collect();
        let nearest = own.chunk_by(|one, other| one.0.folder == other.0.folder).next();
        let nearest = nearest.into_iter().flatten().map(|(_, said)| said.readers.clone());
        let besides = said().filter(|(_, said)| said.narrows).map(|(_, said)| said.readers.clone());
        nearest.chain(besides).reduce(within)
    }

    /// What a folder's page of another time says; `None` where it says nothing.
    fn folder_said(&self, page: &FolderPage) -> Option<FolderSaid> {
        let nobody = || Some(FolderSaid { readers: nobody(), narrows: page.is_beside });
        let Some(text) = &page.text else { return nobody() };
        let head = EditionHead::read(&Source::new("index.md", "index.md", Arc::clone(text)));
        if other_key(&head.front, &head.foreign_names, &self.input.config.audiences).is_some() {
            return nobody();
        }
        let readers = self.named(&head.front)?;
        Some(FolderSaid { readers, narrows: page.is_beside || !head.is_published })
    }

    /// Whom front matter names; `None` where it leaves that to the folder.
    fn named(&self, front: &FrontMatter) -> Option<Readers> {
        let audiences = &self.input.config.audiences;
        match &front.audience {
            Audience::Inherited => None,
            Audience::Unreadable => Some(nobody()),
            Audience::Named(names) => Some(Readers::Groups(
                names.iter().filter_map(|name| audiences.find(&name.text)).collect::<BTreeSet<_>>(),
            )),
        }
    }

    /// What a chapter says as it is shown, narrowed by what its present text says.
    fn said(&self, chapter: &Chapter) -> Option<Readers> {
        let shown = self.own(chapter);
        let Some(latest) = self.input.latest.get(&chapter.source.name) else { return shown };
        match (shown, self.own(latest)) {
            (Some(shown), Some(latest)) => Some(shown.within(&latest, &self.input.config.audiences)),
            (one, other) => one.or(other),
        }
    }

    /// Who may see a chapter.
    fn of_chapter(&self, chapter: &Chapter) -> Readers {
        let name = &chapter.source.name;
        let inherits = |chapter: &Chapter| self.own(chapter).is_none();
        let by_folder =
            inherits(chapter) || self.input.latest.get(name).is_some_and(|latest| inherits(latest));
        let within_end = |readers: Readers| self.within_end(name, readers);
        let is_of_another_time =
            chapter.source.above != Above::Present && chapter.front.audience == Audience::Inherited;
        match self.said(chapter) {
            Some(said) if is_of_another_time || by_folder && self.input.latest.contains_key(name) => {
                within_end(said.within(&self.inherited(name), &self.input.config.audiences))
            }
            Some(said) => within_end(said),
            None => within_end(self.inherited(name)),
        }
    }

    /// Those of these readers who might see a chapter at its end, if it is gone.
    fn within_end(&self, name: &str, readers: Readers) -> Readers {
        match self.ends.get(name) {
            Some(end) => readers.within(end, &self.input.config.audiences),
            None => readers,
        }
    }

    /// Who might see a chapter at its end: as its last text said, else its folders then; where no
    /// repository knows, as its last edition says.
    fn at_end(&self, gone: &History) -> Option<Readers> {
        // It is there, and says what nobody knows.
        if self.input.unread.contains(&gone.name) {
            return Some(nobody());
        }
        let ends = gone.ends.iter().map(|end| self.of_end(&gone.name, end));
        let within = |one: Readers, other: Readers| one.within(&other, &self.input.config.audiences);
        ends.reduce(within).or_else(|| Some(self.said_by_edition(&gone.name, gone.editions.last()?)))
    }

    fn of_end(&self, name: &str, end: &EndOfFile) -> Readers {
        let Some(text) = &end.text else { return nobody() };
        let audiences = &self.input.config.audiences;
        let head = EditionHead::read(&Source::new(name, name, Arc::clone(text)));
        if other_key(&head.front, &head.foreign_names, audiences).is_some() {
            return nobody();
        }
        let by_folders = || {
            let then = end.above.iter().filter_map(|above| self.at_its_time(above));
            then.fold(self.inherited(name), |readers, then| readers.within(&then, audiences))
        };
        self.named(&head.front).unwrap_or_else(by_folders)
    }

    /// Who may see an edition of the chapter with this name: what it says itself, else what its
    /// folder says and said.
    pub(in crate::handbook) fn of_edition(&self, name: &str, edition: &Edition) -> Readers {
        self.within_end(name, self.said_by_edition(name, edition))
    }

    fn said_by_edition(&self, name: &str, edition: &Edition) -> Readers {
        let inherited = || self.inherited(name);
        if other_key(&edition.front, &edition.foreign_names, &self.input.config.audiences).is_some() {
            return nobody();
        }
        match (self.named(&edition.front), self.at_its_time(&edition.source.above)) {
            (Some(said), _) => said,
            (None, Some(then)) => then.within(&inherited(), &self.input.config.audiences),
            (None, None) => inherited(),
        }
    }

    /// What the folders of a file say, and those of what it is a link to.
    fn inherited(&self, name: &str) -> Readers {
        let own = self.said_above(name);
        match self.input.links.get(name) {
            Some(target) => own.within(&self.said_above(target), &self.input.config.audiences),
            None => own,
        }
    }

    fn said_above(&self, name: &str) -> Readers {
        let audiences = &self.input.config.audiences;
        let mut narrowed = Readers::Everyone;
        let mut besides: Vec<&Readers> = Vec::new();
        let within = |readers: Readers, besides: &[&Readers]| {
            besides.iter().fold(readers, |readers, beside| readers.within(beside, audiences))
        };
        let mut above = folder(name);
        loop {
            let pages = self.pages.get(above);
            let says = pages.is_some_and(|pages| pages.published.is_some());
            if !says {
                besides.extend(self.beside_of(above));
            }
            if let Some(drafts) = pages.and_then(|pages| pages.drafts.as_ref()) {
                narrowed = narrowed.and(drafts);
            }
            if let Some(readers) = pages.and_then(|pages| pages.published.as_ref()) {
                return within(narrowed.and(readers), &besides);
            }
            if above.is_empty() {
                return within(narrowed, &besides);
            }
            above = folder(above);
        }
    }

    /// What is said of a folder that says nothing itself: by the chapter beside it, and by the pages
    /// of folders that a disk may take for it.
    fn beside_of(&self, folder: &str) -> impl Iterator<Item = &Readers> {
        let nothing = self.beside.is_empty() && self.alike.is_empty();
        let key = if nothing { String::new() } else { fold_path(folder) };
        let alike = self.alike.get(&key).into_iter().flatten().filter(move |like| **like != folder);
        let pages = alike.filter_map(|like| self.pages.get(like));
        let said = pages.flat_map(|pages| pages.published.iter().chain(&pages.drafts));
        self.beside.get(&key).into_iter().chain(said)
    }
}

/// Adds what a chapter says that may be the page of the folder beside it.
fn narrow(beside: &mut HashMap<String, Readers>, stem: &str, readers: Readers, audiences: &Audiences) {
    let known = beside.entry(fold_path(stem)).or_insert(Readers::Everyone);
    *known = known.within(&readers, audiences);
}

/// What a folder's own pages say about who may see the folder. Where there are several,
/// such as `index.md` and `README.md`, a reader must be admitted by all of them.
#[derive(Default)]
struct Pages {
    published: Option<Readers>,
    /// Drafts are in no site: they may narrow what is said elsewhere, never widen it.
    drafts: Option<Readers>,
}

impl Pages {
    fn add(&mut self, readers: Option<Readers>, draft: bool) {
        let Some(readers) = readers else { return };
        let place = if draft { &mut self.drafts } else { &mut self.published };
        *place = Some(place.take().map_or(readers.clone(), |other| other.and(&readers)));
    }
}
