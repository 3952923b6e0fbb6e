//! The same finding at many places, as one.
//!
//! A book that comes from another tool has the same mistake in thousands of chapters. Two
//! diagnostics are the same where they say the same of different places.

use crate::diagnostic::{Details, Diagnostic, Level};
use crate::locale::Message;
use crate::rule::Rule;
use std::collections::HashMap;
use std::sync::Arc;

/// The same diagnostic at one or more places.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// At each place, in the order of files and places.
    pub(super) all: Vec<&'a Diagnostic>,
    /// How many files they are in; 0 where they have none.
    pub(super) files: usize,
}

impl<'a> Group<'a> {
    pub(super) fn first(&self) -> &'a Diagnostic {
        self.all[0]
    }

    fn add(&mut self, diagnostic: &'a Diagnostic) {
        // They come sorted, so that those of a file follow each other.
        let last = self.all.last().and_then(|last| last.path.as_ref());
        self.files += usize::from(diagnostic.path.is_some() && last != diagnostic.path.as_ref());
        self.all.push(diagnostic);
    }
}

/// What is said of a place.
type Said<'a> = (&'static Rule, Level, &'a Message, Option<&'a Message>, Option<&'a Message>, &'a [Arc<str>]);

/// Diagnostics in groups, in the order of their first places. One that refers to other
/// places is a group of its own.
pub(super) fn groups(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: HashMap<Said<'_>, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let new = groups.len();
        let at = match diagnostic.related.is_empty() {
            true => *known.entry(said(diagnostic)).or_insert(new),
            false => new,
        };
        if at == new {
            groups.push(Group { all: Vec::new(), files: 0 });
        }
        groups[at].add(diagnostic);
    }
    groups
}

fn said(diagnostic: &Diagnostic) -> Said<'_> {
    let Details { message, label, help, audiences, .. } = &**diagnostic;
    (diagnostic.rule, diagnostic.level, message, label.as_ref(), help.as_ref(), audiences)
}
