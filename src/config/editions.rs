//! `editions:` of handbook.yaml: where the texts come from that chapters had at their
//! versions, and which of them are taken back.

use crate::text::fold;
use crate::yaml::{Reader, Spanned};
use serde_yaml::Value;

/// Where editions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditionsFrom {
    /// The repository's history, and the files of `editions/`, which outweigh it.
    Git,
    /// The files of `editions/`.
    Folder,
    /// There are none.
    Nowhere,
}

/// The settings of editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Editions {
    /// Where they come from; `None` where handbook.yaml does not say it.
    pub from: Option<EditionsFrom>,
    /// Editions that are taken back, written `HR-001@1.1`.
    pub withhold: Vec<Spanned>,
}

const CHOICES: [(&str, &str, EditionsFrom); 4] = [
    ("git", "", EditionsFrom::Git),
    ("folder", "文件夹", EditionsFrom::Folder),
    ("off", "关闭", EditionsFrom::Nowhere),
    // YAML 1.1 reads `off` so.
    ("false", "", EditionsFrom::Nowhere),
];

impl Editions {
    /// Whether the version of a chapter is taken back. Ids do not tell case.
    #[must_use]
    pub fn takes_back(&self, slug: &str, version: &str) -> bool {
        let is_it = |name: &Spanned| fold(&name.text) == fold(&format!("{slug}@{version}"));
        self.withhold.iter().any(is_it)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        if !reader.value("editions").is_some_and(Value::is_mapping) {
            let from = reader.choice("editions", &CHOICES);
            // What cannot be read must not publish a history.
            let from = from.or_else(|| reader.value("editions").map(|_| EditionsFrom::Nowhere));
            return Self { from, ..Self::default() };
        }
        let Some(mut editions) = reader.mapping("editions") else { return Self::default() };
        let is_known = editions.entries().all(|(key, _)| matches!(key, "source" | "withhold"));
        editions.unknown_keys(&["source", "withhold"]);
        // Nor must what a misspelt key may have said; where it says nothing it is as without any.
        let is_unsaid = is_known && editions.value("source").is_none();
        let from = editions.choice("source", &CHOICES);
        let from = from.or((!is_unsaid).then_some(EditionsFrom::Nowhere));
        let withhold = editions.strings("withhold");
        reader.absorb(&mut editions);
        Self { from, withhold }
    }
}
