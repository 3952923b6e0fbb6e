//! The handbook cut into regions small enough to be drawn.
//!
//! A map of three thousand chapters is a map of departments, and a department's
//! map is one of its teams. So regions form a tree: one that holds few chapters
//! shows them, all others show the regions below. Chapters stand in the first
//! department they apply to, those of no department in their folder.

use super::Handbook;
use crate::id::{ChapterId, DepartmentId, IdVec, Rank, RegionId, SectionId};
use std::collections::BTreeMap;

/// How many chapters a region shows at most before it is cut.
pub const CHAPTERS: usize = 48;
/// How many it shows where nothing tells them apart but their order.
pub const FLAT: usize = 64;
/// How many regions a region is cut into at most.
pub const PARTS: usize = 24;

/// What the chapters of a region or of a card have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Group {
    /// They are all there are.
    #[default]
    Whole,
    /// A department.
    Department(DepartmentId),
    /// A folder.
    Section(SectionId),
    /// Consecutive chapters of the region above.
    Stretch(Stretch),
    /// What is left over of the region above.
    Rest,
}

/// Consecutive chapters of a list, by their positions in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Stretch {
    /// The position of the first, from 0.
    pub start: usize,
    /// The position behind the last.
    pub end: usize,
}

impl Stretch {
    /// The numbers of the first and the last chapter, from 1, as readers see them.
    #[must_use]
    pub const fn shown(self) -> (usize, usize) {
        (self.start + 1, self.end)
    }
}

/// A part of the handbook, with a page of its own on the map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Region {
    /// What its chapters have in common.
    pub group: Group,
    /// The region above.
    pub parent: Option<RegionId>,
    /// Regions below; empty where it shows chapters.
    pub children: Vec<RegionId>,
    /// Its chapters and those of all regions below.
    pub chapters: Vec<ChapterId>,
    /// The same by group, where it shows them.
    pub groups: Vec<ChapterGroup>,
}

/// Chapters of a region that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChapterGroup {
    /// What they have in common.
    pub group: Group,
    /// The chapters, in reading order.
    pub chapters: Vec<ChapterId>,
}

/// All regions; the first is the whole handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Regions {
    /// Each before those below it.
    pub list: IdVec<RegionId, Region>,
    /// The lowest region of each chapter; `None` where it is not listed.
    pub of: IdVec<ChapterId, Option<RegionId>>,
}

/// A department or folder with what is below it.
#[derive(Debug, Default)]
struct Branch {
    own: Vec<ChapterId>,
    below: BTreeMap<BranchKey, Branch>,
}

/// The order of departments and folders: departments as declared, then folders as they
/// are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BranchKey {
    Department(DepartmentId),
    Section {
        /// The position of its first chapter in reading order.
        first: Option<Rank>,
        id: SectionId,
    },
}

impl BranchKey {
    const fn group(self) -> Group {
        match self {
            Self::Department(id) => Group::Department(id),
            Self::Section { id, .. } => Group::Section(id),
        }
    }
}

/// Something a region may be made of: a branch, or only what it holds itself.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    group: Group,
    branch: &'a Branch,
    alone: bool,
}

impl Regions {
    /// Cuts a handbook.
    #[must_use]
    pub fn new(handbook: &Handbook) -> Self {
        let mut root = Branch::default();
        let first = first_of(handbook);
        for chapter in handbook.listed() {
            let mut branch = &mut root;
            for key in path(handbook, &first, chapter) {
                branch = branch.below.entry(key).or_default();
            }
            branch.own.push(chapter);
        }
        let mut regions = Self { list: IdVec::new(), of: IdVec::for_each_of(&handbook.chapters, None) };
        let whole = Piece { group: Group::Whole, branch: &root, alone: false };
        if !whole.chapters().is_empty() {
            regions.add_region(Group::Whole, None, &[whole]);
        }
        regions
    }

    /// From the whole down to a region.
    #[must_use]
    pub fn chain(&self, region: RegionId) -> Vec<RegionId> {
        let above = |region: &RegionId| self.list.get(*region).and_then(|region| region.parent);
        let mut chain: Vec<RegionId> = std::iter::successors(Some(region), above).collect();
        chain.reverse();
        chain
    }

    fn add_region(&mut self, group: Group, parent: Option<RegionId>, pieces: &[Piece<'_>]) -> RegionId {
        let chapters: Vec<ChapterId> = pieces.iter().flat_map(Piece::chapters).collect();
        let region = self.list.push(Region { group, parent, chapters, ..Region::default() });
        if self.list[region].chapters.len() <= CHAPTERS {
            let mut groups = Vec::new();
            for piece in pieces {
                piece.gather(group, &mut groups);
            }
            self.show(region, groups);
            return region;
        }
        let parts = divide(pieces);
        if let [only] = parts.as_slice() {
            let (group, chapters) = (only.group, only.chapters());
            self.stretch(region, group, &chapters, 0);
            return region;
        }
        let most = parts.len().min(if parts.len() > PARTS { PARTS - 1 } else { PARTS });
        let (kept, rest) = largest(parts, most);
        for part in kept {
            let below = self.add_region(part.group, Some(region), &[part]);
            self.list[region].children.push(below);
        }
        if !rest.is_empty() {
            let below = self.add_region(Group::Rest, Some(region), &rest);
            self.list[region].children.push(below);
        }
        region
    }

    /// Cuts chapters that nothing tells apart into stretches of reading order.
    fn stretch(&mut self, region: RegionId, group: Group, chapters: &[ChapterId], before: usize) {
        if chapters.len() <= FLAT {
            self.show(region, vec![ChapterGroup { group, chapters: chapters.to_vec() }]);
            return;
        }
        let each = chapters.len().div_ceil(chapters.len().div_ceil(CHAPTERS).min(PARTS));
        let mut first = before;
        for part in chapters.chunks(each) {
            let stretch = Group::Stretch(Stretch { start: first, end: first + part.len() });
            let part_of =
                Region { group: stretch, parent: Some(region), chapters: part.to_vec(), ..Region::default() };
            let below = self.list.push(part_of);
            self.list[region].children.push(below);
            self.stretch(below, group, part, first);
            first += part.len();
        }
    }

    fn show(&mut self, region: RegionId, groups: Vec<ChapterGroup>) {
        for chapter in groups.iter().flat_map(|group| &group.chapters) {
            self.of[*chapter] = Some(region);
        }
        self.list[region].groups = groups;
    }
}

impl<'a> Piece<'a> {
    fn chapters(&self) -> Vec<ChapterId> {
        let mut chapters = self.branch.own.clone();
        if !self.alone {
            chapters.extend(self.below().flat_map(|piece| piece.chapters()));
        }
        chapters
    }

    /// Its chapters by the department or folder they stand in.
    fn gather(&self, group: Group, groups: &mut Vec<ChapterGroup>) {
        let group = if self.group == Group::Whole { group } else { self.group };
        if !self.branch.own.is_empty() {
            groups.push(ChapterGroup { group, chapters: self.branch.own.clone() });
        }
        if !self.alone {
            for piece in self.below() {
                piece.gather(group, groups);
            }
        }
    }

    fn below(&self) -> impl Iterator<Item = Piece<'a>> + use<'a> {
        self.branch.below.iter().map(|(key, branch)| Piece { group: key.group(), branch, alone: false })
    }

    /// What it falls into; nothing where it cannot be divided. A folder that holds
    /// nothing but one folder is passed through.
    fn parts(&self) -> Vec<Piece<'a>> {
        if self.alone {
            return Vec::new();
        }
        let mut branch = self.branch;
        while let (true, 1, Some(only)) =
            (branch.own.is_empty(), branch.below.len(), branch.below.values().next())
        {
            branch = only;
        }
        if branch.below.is_empty() {
            return Vec::new();
        }
        let whole = Piece { branch, ..*self };
        let own = Piece { alone: true, ..whole };
        (!branch.own.is_empty()).then_some(own).into_iter().chain(whole.below()).collect()
    }
}

/// Opens the largest pieces until each is small enough or there are many.
fn divide<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut parts: Vec<(usize, Piece<'a>)> = Vec::new();
    let sized = |piece: Piece<'a>| (piece.chapters().len(), piece);
    parts.extend(pieces.iter().copied().map(sized));
    loop {
        let room = |piece: &Piece<'_>| parts.len() == 1 || parts.len() - 1 + piece.parts().len() <= PARTS;
        let large = |(size, piece): &(usize, Piece<'_>)| {
            (*size > CHAPTERS || parts.len() == 1) && !piece.parts().is_empty() && room(piece)
        };
        let next = parts.iter().enumerate().filter(|(_, part)| large(part));
        let Some(at) = next.max_by_key(|(at, part)| (part.0, std::cmp::Reverse(*at))).map(|(at, _)| at)
        else {
            return parts.into_iter().map(|part| part.1).collect();
        };
        let opened: Vec<_> = parts[at].1.parts().into_iter().map(sized).collect();
        parts.splice(at..=at, opened);
    }
}

/// The largest pieces in their order, and the rest.
fn largest<'a>(pieces: Vec<Piece<'a>>, most: usize) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let mut by_size: Vec<usize> = (0..pieces.len()).collect();
    by_size.sort_by_cached_key(|at| std::cmp::Reverse(pieces[*at].chapters().len()));
    by_size.truncate(most);
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for (at, piece) in pieces.into_iter().enumerate() {
        if by_size.contains(&at) { kept.push(piece) } else { rest.push(piece) }
    }
    (kept, rest)
}

/// Departments or folders from the top down to a chapter.
fn path(handbook: &Handbook, first: &IdVec<SectionId, Option<Rank>>, chapter: ChapterId) -> Vec<BranchKey> {
    if let Some(own) = handbook.metadata[chapter].departments.first() {
        let mut path: Vec<_> = handbook.organization.ancestry(*own).map(BranchKey::Department).collect();
        path.reverse();
        return path;
    }
    let tree = &handbook.tree;
    let sections = tree.chain(tree.section_of[chapter]).into_iter();
    let named = sections.filter(|id| !tree.sections[*id].path.is_empty());
    named.map(|id| BranchKey::Section { first: first[id], id }).collect()
}

/// The position of each section's first chapter in reading order.
fn first_of(handbook: &Handbook) -> IdVec<SectionId, Option<Rank>> {
    let tree = &handbook.tree;
    let mut first = IdVec::for_each_of(&tree.sections, None);
    for (rank, chapter) in tree.order.iter_enumerated() {
        let mut section = Some(tree.section_of[*chapter]);
        while let Some(id) = section.filter(|id| first[*id].is_none()) {
            first[id] = Some(rank);
            section = tree.sections[id].parent;
        }
    }
    first
}
