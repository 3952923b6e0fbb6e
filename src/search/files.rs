//! The other files of the index: the manifest, the stored fields of chapters, the facets,
//! the folding table, synonyms, and the text that results show.

use super::bits::Bits;
use super::document::{IndexedDocument, index_metadata, normal};
use super::frequent::Neighbours;
use super::ids::{DocId, PassageId};
use super::limits::{LIMITS, Limits};
use super::passages::PassagePart;
use super::pinyin;
use super::postings::Postings;
use super::question::QUESTION_WORDS;
use super::shard::{self, Files, Shards, add, script};
use super::synonyms::SynonymGroup;
use super::token::fold;
use super::weights::Weights;
use crate::chapter::field::{Field, FieldContent};
use crate::chapter::front_matter::Status;
use crate::handbook::Handbook;
use crate::handbook::taxonomy::Taxonomy;
use crate::id::ChapterId;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Chapters in a file of the directory. The results of a search are spread over all of them, so
/// larger files would mostly carry what is not shown.
const DIRECTORY: usize = 16;

/// The stored fields of a chapter: what results and facets need besides its text.
#[derive(Debug, Clone, Default)]
pub(super) struct StoredFields {
    title: String,
    url: String,
    /// Aliases and id.
    others: Vec<String>,
    /// Names of departments, roles and topics.
    names: Vec<String>,
    summary: String,
    status: Option<Status>,
    /// Keys of status and kind, or the author's own words.
    shown: [String; 2],
    listed: bool,
}

impl StoredFields {
    pub(super) fn new(handbook: &Handbook, id: ChapterId) -> Self {
        let (chapter, metadata) = (&handbook.chapters[id], &handbook.metadata[id]);
        let (front, organization) = (&chapter.front, &handbook.organization);
        let topics = front.topics.iter().map(|topic| topic.text.clone());
        let departments = metadata.departments.iter().map(|id| &organization.departments[*id]);
        let roles = metadata.roles.iter().map(|id| &organization.roles[*id]);
        let names = departments.map(|item| item.name.clone()).chain(roles.map(|item| item.name.clone()));
        Self {
            title: chapter.title.clone(),
            url: chapter.url.to_string(),
            others: front.aliases.iter().chain(&front.id).map(|other| other.text.clone()).collect(),
            names: names.chain(topics).collect(),
            summary: front.summary.clone(),
            status: handbook.lifecycles[id].status,
            shown: [Field::Status, Field::Kind].map(|field| match handbook.field_content(id, field) {
                FieldContent::Choice(key) => key.to_owned(),
                FieldContent::Word(word) => word.to_owned(),
                _ => String::new(),
            }),
            listed: handbook.is_listed(id),
        }
    }

    /// The tokens of its metadata.
    pub(super) fn index(&self) -> IndexedDocument {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        index_metadata(&names)
    }

    /// Title, aliases and id.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.title).chain(&self.others).map(String::as_str)
    }

    /// Summary, and the names of departments, roles and topics.
    pub(super) fn metadata(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.summary).chain(&self.names).map(String::as_str)
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn summary(&self) -> Option<&str> {
        Some(self.summary.as_str()).filter(|summary| !summary.is_empty())
    }

    /// Whether index pages and empty queries list it.
    pub(super) const fn is_listed(&self) -> bool {
        self.listed
    }

    /// Whether it is superseded, retired or a draft; results put it after current ones.
    pub(super) fn is_past(&self) -> bool {
        matches!(self.status, Some(Status::Superseded | Status::Retired | Status::Draft))
    }
}

/// The manifest: what the browser loads first. The names of its fields are those of the JSON.
#[derive(Debug, Serialize)]
struct Manifest {
    version: u32,
    chapters: u32,
    weights: Weights,
    limits: Limits,
    /// For each chapter: number of passages, length of the title, past or not, listed or not.
    table: String,
    #[serde(rename = "pairs")]
    bigrams: Shards,
    words: Shards,
    directory: Directory,
    /// In the order in which they are shown.
    facets: Vec<Facet>,
    fold: String,
    synonyms: String,
}

/// The files that hold the stored fields.
#[derive(Debug, Serialize)]
struct Directory {
    /// Chapters in a file.
    size: usize,
    /// The names of the files, ten characters each.
    names: String,
}

/// A facet: its name in addresses and for scripts, and what readers call it.
#[derive(Debug, Serialize)]
struct Facet {
    name: &'static str,
    label: String,
    /// Whether its values keep the order they have; else those with most chapters come
    /// first.
    ordered: bool,
    /// The file of its values.
    file: String,
}

/// The values of a facet that some chapter has.
#[derive(Debug, Default, Serialize)]
struct Values {
    /// Key and label of each value.
    values: Vec<(String, String)>,
    /// The chapters of each, as bits.
    chapters: String,
}

/// Writes all files but those of text.
pub(super) struct FileWriter<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) documents: &'a [Arc<IndexedDocument>],
    pub(super) stored: &'a [StoredFields],
    pub(super) postings: &'a Postings,
    pub(super) label: &'a dyn Fn(&str) -> String,
}

impl FileWriter<'_> {
    pub(super) fn write(
        &self,
        neighbours: &Neighbours,
        glossary: &[Vec<String>],
        built_in: &[SynonymGroup],
    ) -> Files {
        let mut files = Files::new();
        let bigrams = shard::bigrams(self.postings, neighbours, &mut files);
        let words = shard::words(self.postings, &mut files);
        let manifest = Manifest {
            version: 1,
            chapters: self.postings.layout.doc_count(),
            weights: Weights::default(),
            limits: LIMITS,
            table: self.table(),
            bigrams,
            words,
            directory: self.directory(&mut files),
            facets: self.facets(&mut files),
            fold: add(
                &mut files,
                &(folding(), pinyin::syllables().into_iter().collect::<Vec<_>>().join(" "), QUESTION_WORDS),
            ),
            synonyms: synonyms(&mut files, glossary, built_in),
        };
        files.insert("search/index.js".to_owned(), script("index", &manifest));
        files
    }

    fn table(&self) -> String {
        let mut bits = Bits::default();
        for (document, stored) in self.documents.iter().zip(self.stored) {
            bits.gamma(count(document.passages.len()) + 1);
            bits.gamma(document.title_length + 1);
            bits.bit(stored.is_past());
            bits.bit(stored.listed);
        }
        bits.base64()
    }

    fn directory(&self, files: &mut Files) -> Directory {
        let mut names = String::new();
        for (stored, documents) in self.stored.chunks(DIRECTORY).zip(self.documents.chunks(DIRECTORY)) {
            let entry = |(stored, document): (&StoredFields, &Arc<IndexedDocument>)| {
                let [status, kind] = stored.shown.clone();
                let (others, names) = (stored.others.join("\n"), stored.names.join("\n"));
                let text = document.name.clone();
                (
                    stored.title.clone(),
                    stored.url.clone(),
                    text,
                    status,
                    kind,
                    others,
                    names,
                    stored.summary.clone(),
                    document.passages_in_file,
                )
            };
            let entries: Vec<_> = stored.iter().zip(documents).map(entry).collect();
            names.push_str(&add(files, &entries));
        }
        Directory { size: DIRECTORY, names }
    }

    fn facets(&self, files: &mut Files) -> Vec<Facet> {
        let facet = |taxonomy: Taxonomy| {
            let (row, ordered) = (taxonomy.row(), taxonomy.is_ordered());
            let file = add(files, &self.values(taxonomy)?);
            Some(Facet { name: row.facet, label: (self.label)(row.label), ordered, file })
        };
        Taxonomy::facets().into_iter().filter_map(facet).collect()
    }

    /// The terms of a taxonomy that listed chapters have; `None` if there are none.
    fn values(&self, taxonomy: Taxonomy) -> Option<Values> {
        let field = taxonomy.row().field.row().key;
        let (mut values, mut bits) = (Values::default(), Bits::default());
        for term in self.handbook.taxonomies.terms(taxonomy) {
            let listed = term.chapters.iter().filter(|chapter| self.handbook.is_listed(**chapter));
            // The index has the chapters in reading order.
            let chapters: Vec<u32> =
                listed.map(|chapter| count(self.handbook.tree.rank[*chapter].index())).collect();
            if chapters.is_empty() {
                continue;
            }
            let label = || (self.label)(&format!("{field}_{}", term.id));
            let name = if term.name.is_empty() { label() } else { term.name.clone() };
            values.values.push((term.id.clone(), name));
            bits.gamma(count(chapters.len()));
            bits.rising(chapters.into_iter(), self.postings.layout.doc_count());
        }
        values.chapters = bits.base64();
        (!values.values.is_empty()).then_some(values)
    }
}

/// Writes the groups of words that mean the same; of those of the built-in list, the words that
/// stand in a text and the others.
fn synonyms(files: &mut Files, glossary: &[Vec<String>], built_in: &[SynonymGroup]) -> String {
    if glossary.is_empty() && built_in.is_empty() {
        return String::new();
    }
    let built_in: Vec<_> = built_in.iter().map(|group| group.terms.split_at(group.standing)).collect();
    add(files, &(glossary, built_in))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The table of traditional characters, so that the browser folds queries as the index was
/// folded.
fn folding() -> String {
    let mut bits = Bits::default();
    let pairs: Vec<(u32, u32)> =
        crate::text::traditional().map(|(from, to)| (u32::from(from), u32::from(to))).collect();
    bits.gamma(count(pairs.len()) + 1);
    let (mut last, mut before) = (0, 0_u32);
    for (from, to) in pairs {
        bits.gamma(from - last);
        bits.bit(to < before);
        bits.gamma(to.abs_diff(before) + 1);
        (last, before) = (from, to);
    }
    bits.base64()
}

/// Groups of synonyms, folded.
pub(super) fn folded(synonyms: &[Vec<String>]) -> Vec<Vec<String>> {
    synonyms.iter().map(|group| group.iter().map(|term| fold(&normal(term))).collect()).collect()
}

/// Passages of a chapter that stand in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextFile {
    doc: DocId,
    /// The first of them, which the file is named by.
    first: PassageId,
}

/// The files of text by URL path. Chapters with the same text share them.
pub(super) fn texts(documents: &[Arc<IndexedDocument>]) -> HashMap<String, TextFile> {
    let mut texts = HashMap::new();
    for (doc, document) in DocId::all().zip(documents) {
        let passages = (0..).map(PassageId).take(document.passages.len());
        for first in passages.step_by(document.passages_in_file) {
            let path = format!("search/text/{}-{}.js", document.name, first.0);
            texts.entry(path).or_insert(TextFile { doc, first });
        }
    }
    texts
}

/// A file of text as a script.
pub(super) fn text(documents: &[Arc<IndexedDocument>], file: TextFile) -> Option<Vec<u8>> {
    let document = documents.get(file.doc.index())?;
    let mut files = document.passages.chunks(document.passages_in_file);
    let passages = files.nth(file.first.index() / document.passages_in_file)?;
    let shown: Vec<Vec<(&str, &str, &str)>> = passages.iter().map(|parts| shown(parts)).collect();
    Some(script(&format!("text/{}-{}", document.name, file.first.0), &shown))
}

/// Anchor, label and text of each part.
fn shown(parts: &[PassagePart]) -> Vec<(&str, &str, &str)> {
    parts.iter().map(|part| (part.anchor.as_str(), part.label.as_str(), part.text.as_str())).collect()
}
