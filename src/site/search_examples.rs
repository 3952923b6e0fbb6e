//! What the help of the search page shows to type: a title, an id with a clause, a term of the
//! handbook at hand, so that each example finds something.

use super::Site;
use crate::id::ChapterId;
use crate::page::SearchExample;
use crate::search;

impl Site {
    /// Examples of queries, each with what it is an example of.
    pub(super) fn search_examples(&self) -> Vec<SearchExample> {
        let handbook = &self.handbook;
        let listed: Vec<ChapterId> = handbook.listed().collect();
        let clause = |id: &ChapterId| {
            let anchors = handbook.chapters[*id].document.clauses.iter().map(|clause| &*clause.anchor);
            let mut labels = anchors.filter(|anchor| anchor.starts_with('第') && anchor.ends_with('条'));
            labels.next().map(str::to_owned)
        };
        let named = |id: &&ChapterId| handbook.chapters[**id].front.id.is_some() && clause(id).is_some();
        let Some(chapter) = listed.iter().find(named).or_else(|| listed.first()) else { return Vec::new() };
        let title = handbook.chapters[*chapter].title.as_str();
        let terms: Vec<&str> =
            handbook.glossary.groups().iter().filter_map(|names| names.first()).map(String::as_str).collect();
        let word = terms.first().copied().unwrap_or(title);
        let form = |key: &str, word: &str| self.translate(key).replace("{word}", word);

        let id = handbook.chapters[*chapter].front.id.as_ref().map(|id| id.text.as_str());
        let numbered = id.zip(clause(chapter)).map(|(id, clause)| format!("{id} {clause}"));
        let without = match terms.as_slice() {
            [first, second, ..] => Some(format!("{first} -{second}")),
            _ => None,
        };
        let examples = [
            ("search_about_words", Some(title.to_owned())),
            ("search_about_clause", numbered),
            ("search_about_term", terms.first().map(|term| (*term).to_owned())),
            ("search_about_exact", Some(form("search_quoted", word))),
            ("search_about_without", without),
            ("search_about_title", Some(form("search_titled", title))),
            ("search_about_pinyin", search::initials(title)),
        ];
        let example = |(about, typed): (&str, Option<String>)| {
            Some(SearchExample { typed: typed?, about: self.translate(about).to_owned() })
        };
        examples.into_iter().filter_map(example).collect()
    }
}
