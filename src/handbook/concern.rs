//! Which chapters concern a department or a role, and through whom.
//!
//! A rule for everyone concerns every role. Were it written out for each, pages
//! would grow with the product of rules and roles. So what comes from above is
//! listed up to a bound, and the page of the department it comes from, or the
//! index of all chapters, has the rest.

use super::Handbook;
use super::routes::PER_PAGE;
use crate::id::{ChapterId, DepartmentId, RoleId};
use std::collections::{BTreeMap, HashSet};

/// The chapters that concern a department or a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concern {
    /// Each once.
    pub chapters: Vec<Concerning>,
    /// How many more come through a department, or apply to everyone (`None`).
    pub more: BTreeMap<Option<DepartmentId>, usize>,
}

/// A chapter that concerns a department or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concerning {
    /// The chapter.
    pub chapter: ChapterId,
    /// The department it comes through; `None` is everyone.
    pub through: Option<DepartmentId>,
}

impl Handbook {
    /// Listed chapters that concern a department: its own first, then those of
    /// the departments above, nearest first, then those that apply to everyone.
    #[must_use]
    pub fn concerning_department(&self, department: DepartmentId) -> Concern {
        let above = self.organization.ancestry(department).collect();
        self.concerning(above, Some(department), HashSet::new())
    }

    /// Listed chapters that concern a role but do not name it: through its
    /// department and those above, then those that apply to everyone.
    #[must_use]
    pub fn concerning_role(&self, role: RoleId) -> Concern {
        let department = self.organization.roles[role].department;
        let above = department.map_or_else(Vec::new, |at| self.organization.ancestry(at).collect());
        self.concerning(above, None, self.membership.roles[role].iter().copied().collect())
    }

    /// Listed chapters that name a role, in reading order.
    #[must_use]
    pub fn naming_role(&self, role: RoleId) -> Vec<ChapterId> {
        self.membership.roles[role].iter().copied().filter(|at| self.is_listed(*at)).collect()
    }

    /// What comes through `own` is listed whole.
    fn concerning(
        &self,
        above: Vec<DepartmentId>,
        own: Option<DepartmentId>,
        mut seen: HashSet<ChapterId>,
    ) -> Concern {
        let mut concern = Concern::default();
        let groups = above.into_iter().map(|at| (Some(at), &self.membership.departments[at]));
        for (through, chapters) in groups.chain([(None, &self.membership.everyone)]) {
            let bound = if through.is_some() && through == own { usize::MAX } else { PER_PAGE };
            let mut count = 0;
            for chapter in chapters {
                if !self.is_listed(*chapter) || !seen.insert(*chapter) {
                    continue;
                }
                count += 1;
                if count <= bound {
                    concern.chapters.push(Concerning { chapter: *chapter, through });
                }
            }
            if count > bound {
                concern.more.insert(through, count - bound);
            }
        }
        concern
    }
}
