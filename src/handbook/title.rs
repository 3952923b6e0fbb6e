//! Titles: which chapter or outside document a name between 《 and 》 means.
//!
//! People shorten titles: 《劳动法》 is 中华人民共和国劳动法, 《采购制度》 may be 某某公司采购制度,
//! and few write （2024年修订）. So each title is indexed under its shorter forms too,
//! and a name is looked up in its own shorter forms; a full title always goes
//! before a shortened one, and a shortened one that would fit two documents in
//! force fits none. A document named without 《》 (依照刑法第二十条) is looked up by
//! what stands before a clause, from each place where a name can begin.

use super::lifecycle::Lifecycle;
use crate::chapter::Chapter;
use crate::chapter::front_matter::Status;
use crate::config::ExternalReference;
use crate::id::{ChapterId, ExternalId, IdVec};
use crate::text::{fold, fold_han, is_cjk};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What a title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentRef {
    /// A chapter.
    Chapter(ChapterId),
    /// An entry of the list of external references.
    External(ExternalId),
}

/// All titles, aliases and ids, and their shorter forms.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Titles {
    /// `None` for the name of a document that is withheld: it means nothing, and
    /// no shorter form of it means another.
    keys: HashMap<String, Option<DocumentRef>>,
}

/// The language of chapters whose handbook names none: `zh-CN` where the titles are
/// mostly Han, else `en`.
#[must_use]
pub fn guess_language(chapters: &[Arc<Chapter>]) -> &'static str {
    let chinese = chapters.iter().filter(|chapter| chapter.title.chars().any(is_cjk)).count();
    if chinese * 2 > chapters.len() { "zh-CN" } else { "en" }
}

/// All keys that a chapter answers to.
pub(super) fn keys_of(chapter: &Chapter) -> Vec<String> {
    let id = chapter.front.id.iter().map(|id| id.text.as_str());
    let aliases = chapter.front.aliases.iter().map(|alias| alias.text.as_str());
    id.chain(std::iter::once(chapter.title.as_str())).chain(aliases).map(title_key).collect()
}

impl Titles {
    pub(super) fn new(
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        lifecycles: &IdVec<ChapterId, Lifecycle>,
        externals: &IdVec<ExternalId, ExternalReference>,
        withheld: &HashSet<String>,
    ) -> Self {
        let mut keys: HashMap<String, Option<DocumentRef>> = HashMap::new();
        let mut shorter: BTreeMap<String, Vec<DocumentRef>> = BTreeMap::new();
        let mut insert = |name: &str, named: DocumentRef| {
            let key = title_key(name);
            for short in shorter_forms(&key) {
                let entry = shorter.entry(short).or_default();
                if entry.last() != Some(&named) {
                    entry.push(named);
                }
            }
            // Of two chapters with one name the one in force is meant.
            let known = keys.entry(key).or_insert(Some(named));
            if known.is_some_and(|known| outranks(named, known, lifecycles)) {
                *known = Some(named);
            }
        };
        for (id, chapter) in chapters.iter_enumerated() {
            if let Some(own) = &chapter.front.id {
                insert(&own.text, DocumentRef::Chapter(id));
            }
        }
        for (id, chapter) in chapters.iter_enumerated() {
            insert(&chapter.title, DocumentRef::Chapter(id));
        }
        for (id, chapter) in chapters.iter_enumerated() {
            for alias in &chapter.front.aliases {
                insert(&alias.text, DocumentRef::Chapter(id));
            }
        }
        for (id, entry) in externals.iter_enumerated() {
            insert(&entry.title, DocumentRef::External(id));
        }
        let fresh: Vec<&String> = withheld.iter().filter(|key| !keys.contains_key(*key)).collect();
        keys.extend(fresh.into_iter().map(|key| (key.clone(), None)));
        for (short, named) in shorter {
            if let Some(only) = only_one(&named, lifecycles) {
                keys.entry(short).or_insert(Some(only));
            }
        }
        Self { keys }
    }

    /// What the name between 《 and 》 means.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<DocumentRef> {
        self.look_up(name).flatten()
    }

    /// Whether the name is that of a document that is withheld.
    pub(super) fn is_withheld(&self, name: &str) -> bool {
        self.look_up(name) == Some(None)
    }

    fn look_up(&self, name: &str) -> Option<Option<DocumentRef>> {
        let key = title_key(name);
        let short = || shorter_forms(&key).into_iter().find_map(|short| self.keys.get(&short));
        self.keys.get(&key).or_else(short).copied()
    }

    /// All keys that lead to the `wanted` chapters.
    pub(super) fn keys_of(&self, wanted: impl Fn(ChapterId) -> bool) -> HashSet<String> {
        let leads =
            |named: &Option<DocumentRef>| matches!(named, Some(DocumentRef::Chapter(id)) if wanted(*id));
        self.keys.iter().filter(|(_, named)| leads(named)).map(|(key, _)| key.clone()).collect()
    }

    /// The document whose bare name a text ends in: the longest that begins
    /// where a name can begin. It has two characters or more, not all of ASCII unless it
    /// looks like an id (`HR-001`).
    #[must_use]
    pub fn at_end(&self, text: &str) -> Option<DocumentRef> {
        let text = title_key(text);
        let starts = text.char_indices().filter(|(start, _)| may_precede_name(&text[..*start]));
        let mut names = starts.map(|(start, _)| &text[start..]);
        let target = names.find_map(|name| {
            let named = self.keys.get(name)?;
            let is_id = || {
                name.len() > 2
                    && name.bytes().any(|byte| byte.is_ascii_digit())
                    && name.bytes().any(|byte| byte.is_ascii_alphabetic())
            };
            ((!name.is_ascii() && name.chars().nth(1).is_some()) || is_id()).then_some(*named)
        });
        target.flatten()
    }
}

/// Whether a document is in force and another one of the same name no longer, or not yet.
fn outranks(one: DocumentRef, other: DocumentRef, lifecycles: &IdVec<ChapterId, Lifecycle>) -> bool {
    let rank = |named: DocumentRef| match named {
        DocumentRef::Chapter(id) => rank_of(lifecycles.get(id).and_then(|lifecycle| lifecycle.status)),
        DocumentRef::External(_) => u8::MAX,
    };
    rank(one) < rank(other)
}

/// Which of several documents with one name is meant: the lowest.
const fn rank_of(status: Option<Status>) -> u8 {
    match status {
        Some(Status::InForce) | None => 0,
        Some(Status::Approved) => 1,
        Some(Status::Consultation) => 2,
        Some(Status::Draft) => 3,
        Some(Status::Superseded) => 4,
        Some(Status::Retired) => 5,
    }
}

/// Of several documents with one short name, the only one in force.
fn only_one(named: &[DocumentRef], lifecycles: &IdVec<ChapterId, Lifecycle>) -> Option<DocumentRef> {
    let counts = |named: &&DocumentRef| match named {
        DocumentRef::Chapter(id) => !matches!(
            lifecycles.get(*id).and_then(|lifecycle| lifecycle.status),
            Some(Status::Superseded | Status::Retired)
        ),
        DocumentRef::External(_) => true,
    };
    match named {
        [only] => Some(*only),
        several => {
            let mut in_force = several.iter().filter(counts);
            let first = in_force.next()?;
            in_force.next().is_none().then_some(*first)
        }
    }
}

/// A title as it is compared: nested 〈〉 count as 《》, traditional characters as
/// simplified ones, and spaces beside Chinese characters do not count.
pub(super) fn title_key(name: &str) -> String {
    let folded = fold(name.trim_matches(['《', '》']));
    let mut key = String::with_capacity(folded.len());
    let mut pending = false;
    for c in folded.chars() {
        if c.is_whitespace() {
            pending = true;
            continue;
        }
        if std::mem::take(&mut pending) && c.is_ascii() && key.ends_with(|last: char| last.is_ascii()) {
            key.push(' ');
        }
        key.push(match c {
            '〈' | '<' => '《',
            '〉' | '>' => '》',
            other => fold_han(other),
        });
    }
    key
}

/// A key without the state's or the company's name in front, without what stands
/// in brackets behind it, and without both.
fn shorter_forms(key: &str) -> Vec<String> {
    let mut forms: Vec<&str> = vec![key];
    if let Some(rest) = without_brackets(key) {
        forms.push(rest);
    }
    for at in 0..forms.len() {
        let form = forms[at];
        let bare = form.strip_prefix("中华人民共和国").or_else(|| without_company(form));
        forms.extend(bare.filter(|rest| rest.chars().nth(1).is_some()));
    }
    forms.into_iter().skip(1).map(str::to_owned).collect()
}

/// What stands before the brackets at the end: 办法（2024年修订）. What only counts is
/// part of the name: 修正案（五） is not 修正案（二）.
fn without_brackets(key: &str) -> Option<&str> {
    const OPENING: [char; 5] = ['(', '（', '[', '【', '〔'];
    let inside = key.strip_suffix([')', '）', ']', '】', '〕'])?;
    let open = inside.rfind(OPENING)?;
    let said = inside[open..].trim_start_matches(OPENING);
    let counts = |c: char| "〇零一二三四五六七八九十百上中下ivx".contains(c) || c.is_ascii_digit();
    if !said.is_empty() && said.chars().count() <= 3 && said.chars().all(counts) {
        return None;
    }
    let rest = inside[..open].trim_end();
    let rest = without_brackets(rest).unwrap_or(rest);
    (rest.chars().count() >= 2).then_some(rest)
}

/// What follows the company's name at the beginning of a title.
fn without_company(title: &str) -> Option<&str> {
    ["公司", "集团"].iter().find_map(|end| {
        let at = title.find(end)?;
        let rest = &title[at + end.len()..];
        let near = title[..at].chars().count() <= 16;
        (near && rest.chars().count() >= 4).then_some(rest)
    })
}

/// Whether a document's name can begin behind this text: 城市土地管理法 does not name
/// 土地管理法.
fn may_precede_name(before: &str) -> bool {
    const WORDS: [&str; 28] = [
        "照",
        "据",
        "反",
        "合",
        "及",
        "和",
        "与",
        "或",
        "按",
        "犯",
        "用",
        "对",
        "在",
        "以",
        "由",
        "从",
        "守",
        "行",
        "见",
        "到",
        "于",
        "将",
        "把",
        "是",
        "为",
        "的",
        "依",
        "中华人民共和国",
    ];
    match before.chars().next_back() {
        None => true,
        Some(c) if !c.is_alphanumeric() => true,
        Some(_) => WORDS.iter().any(|word| before.ends_with(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_what_people_vary() {
        assert_eq!(title_key("《 淘宝  运营制度 》"), title_key("淘宝运营制度"));
        assert_eq!(title_key("关于修改〈章程〉的决定"), title_key("关于修改《章程》的决定"));
        assert_eq!(title_key("採購管理辦法"), title_key("采购管理办法"));
        assert_eq!(title_key("ＩＴ Asset  Policy"), "it asset policy");
    }

    #[test]
    fn shorter_forms_are_told() {
        let forms = shorter_forms("中华人民共和国劳动法(2018年修正)");
        assert!(forms.contains(&"劳动法".to_owned()), "{forms:?}");
        assert!(forms.contains(&"中华人民共和国劳动法".to_owned()), "{forms:?}");
        assert_eq!(shorter_forms("某某有限公司采购管理制度"), ["采购管理制度"]);
        assert!(shorter_forms("采购制度").is_empty());
        for numbered in ["刑法修正案（五）", "会计准则(12)", "应急预案（下）", "guide (ii)"]
        {
            assert!(shorter_forms(numbered).is_empty(), "{numbered}");
        }
        assert_eq!(shorter_forms("劳动法(2018)"), ["劳动法"]);
        assert_eq!(shorter_forms("采购办法(试行)"), ["采购办法"]);
    }
}
