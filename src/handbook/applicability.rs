//! Which chapters apply to a department or a role, and through whom.
//!
//! A rule for everyone concerns every role. Were it written out for each, pages
//! would grow with the product of rules and roles. So what comes from above is
//! listed up to a bound, and the page of the department it comes from, or the
//! index of all chapters, has the rest.

use super::Handbook;
use super::routes::PER_PAGE;
use crate::id::{ChapterId, DepartmentId, RoleId};
use std::collections::{BTreeMap, HashSet};

/// The chapters that apply to a department or a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applicability {
    /// Each once.
    pub chapters: Vec<ApplicableChapter>,
    /// How many more come through a department, or apply to everyone (`None`).
    pub more: BTreeMap<Option<DepartmentId>, usize>,
}

/// A chapter that concerns a department or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplicableChapter {
    /// The chapter.
    pub chapter: ChapterId,
    /// The department it comes through; `None` is everyone.
    pub through: Option<DepartmentId>,
}

impl Handbook {
    /// Listed chapters that apply to a department: its own first, then those of
    /// the departments above, nearest first, then those that apply to everyone.
    #[must_use]
    pub fn applicable_to_department(&self, department: DepartmentId) -> Applicability {
        let above = self.organization.ancestry(department).collect();
        self.applicable(above, Some(department), HashSet::new())
    }

    /// Listed chapters that apply to a role but do not name it: through its
    /// department and those above, then those that apply to everyone.
    #[must_use]
    pub fn applicable_to_role(&self, role: RoleId) -> Applicability {
        let department = self.organization.roles[role].department;
        let above = department.map_or_else(Vec::new, |id| self.organization.ancestry(id).collect());
        self.applicable(above, None, self.org_index.roles[role].iter().copied().collect())
    }

    /// Listed chapters that name a role, in reading order.
    #[must_use]
    pub fn naming_role(&self, role: RoleId) -> Vec<ChapterId> {
        self.org_index.roles[role].iter().copied().filter(|id| self.is_listed(*id)).collect()
    }

    /// What comes through `own` is listed whole.
    fn applicable(
        &self,
        above: Vec<DepartmentId>,
        own: Option<DepartmentId>,
        mut seen: HashSet<ChapterId>,
    ) -> Applicability {
        let mut applicability = Applicability::default();
        let groups = above.into_iter().map(|id| (Some(id), &self.org_index.departments[id]));
        for (through, chapters) in groups.chain([(None, &self.org_index.everyone)]) {
            let bound = if through.is_some() && through == own { usize::MAX } else { PER_PAGE };
            let mut count = 0;
            for chapter in chapters {
                if !self.is_listed(*chapter) || !seen.insert(*chapter) {
                    continue;
                }
                count += 1;
                if count <= bound {
                    applicability.chapters.push(ApplicableChapter { chapter: *chapter, through });
                }
            }
            if count > bound {
                applicability.more.insert(through, count - bound);
            }
        }
        applicability
    }
}
