//! `editions:` of handbook.yaml: where the texts come from that chapters had at their
//! versions, and which of them are taken back.

use crate::yaml::Reader;
use serde_yaml::Value;
use std::collections::BTreeSet;

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
    pub withhold: BTreeSet<String>,
}

const CHOICES: [(&str, &str, EditionsFrom); 4] = [
    ("git", "", EditionsFrom::Git),
    ("folder", "文件夹", EditionsFrom::Folder),
    ("off", "关闭", EditionsFrom::Nowhere),
    // YAML 1.1 reads `off` so.
    ("false", "", EditionsFrom::Nowhere),
];

impl Editions {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        if !reader.value("editions").is_some_and(Value::is_mapping) {
            let from = reader.choice("editions", &CHOICES);
            // What cannot be read must not publish a history.
            let from = from.or_else(|| reader.value("editions").map(|_| EditionsFrom::Nowhere));
            return Self { from, ..Self::default() };
        }
        let Some(mut editions) = reader.mapping("editions") else { return Self::default() };
        editions.unknown_keys(&["source", "withhold"]);
        let from = editions.choice("source", &CHOICES).or(Some(EditionsFrom::Nowhere));
        let withhold = editions.strings("withhold").into_iter().map(|name| name.text).collect();
        reader.absorb(&mut editions);
        Self { from, withhold }
    }
}
