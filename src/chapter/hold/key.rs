//! Keys of other programs that say whether a chapter is published.

use crate::chapter::field::Field;
use crate::chapter::spelling::{letters, words};

/// Keys that hold back where they say yes, or anything but no.
const HIDES: &str = "draft drafts isdraft unlisted isunlisted unpublished isunpublished hidden ishidden private isprivate \
    wip unreleased headless nopublish donotpublish dontpublish notpublished eleventyexcludefromcollections 草稿 是否草稿 草案 隐藏 \
    是否隐藏 未发布 未公开 私有 私密 不公开 不发布 暂不发布 待审 待发布 非公开 下書き";

/// Keys that hold back where they say no, or anything but yes or a day.
const SHOWS: &str = "publish published ispublished shouldpublish 发布 是否发布 已发布 公开 是否公开 对外发布";

/// Keys of the day on which a chapter is published.
const DAYS: &str = "publishdate publishdatetime publishon publishat publishedat publishedon pubdate publicationdate \
    embargo embargountil 发布日期 发布时间";

/// Keys that mean other things too: they hold back only where they clearly say so.
const MAY_HIDE: &str = "hide exclude ignore ignored";
const MAY_SHOW: &str =
    "visible isvisible public ispublic listed list render released online live permalink 可见 显示";

/// Keys whose values are about a part of the page, or about another program's index.
const PARTS_OF_PAGE: &str = "layout title description tableofcontents toc outline pagination sidebar nav navbar \
    navigation menu menus search sitemap seo robots footer header hero banner comments feed breadcrumbs cover \
    image images icon author authors features links editlink lastupdated pagefind algolia tags";

/// Keys whose values are about whether a page is made.
const BUILDING: &str = "build publishing visibility page meta metadata params";

/// Words in keys that say where a chapter stands in its life, or who finds it.
const STATES: &str = "status state stage lifecycle visibility maturity workflow phase";
const HAN_STATES: &str = "状态 阶段 可见性 效力";

/// What a key says about its chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Hides,
    Shows,
    Day,
    MayHide,
    MayShow,
    State,
}

impl Key {
    pub(super) fn of(key: &str) -> Option<Self> {
        if Field::is_key(key) && !matches!(key, "status" | "permalink") {
            return None;
        }
        let folded = letters(key);
        let is = |list: &str| list.split(' ').any(|key| key == folded);
        let parts = || words(key);
        if is(HIDES) {
            Some(Self::Hides)
        } else if is(SHOWS) {
            Some(Self::Shows)
        } else if is(DAYS) {
            Some(Self::Day)
        } else if is(MAY_HIDE)
            || parts().any(|word| word == "draft" || word == "unlisted")
            || is_slip(&folded, HIDES)
        {
            Some(Self::MayHide)
        } else if is(MAY_SHOW)
            || parts().any(|word| word == "publish" || word == "published")
            || is_slip(&folded, SHOWS)
        {
            Some(Self::MayShow)
        } else if parts().any(|word| STATES.split(' ').any(|state| state == word))
            || HAN_STATES.split(' ').any(|part| folded.contains(part))
            || folded.ends_with("status")
            || is_slip(&folded, "status")
        {
            Some(Self::State)
        } else {
            None
        }
    }
}

/// Whether a key's values are about a part of the page.
pub(super) fn is_part_of_page(key: &str) -> bool {
    let folded = letters(key);
    PARTS_OF_PAGE.split(' ').any(|part| part == folded)
}

/// Whether a key's values are about whether the page is made.
pub(super) fn is_about_building(key: &str) -> bool {
    let folded = letters(key);
    BUILDING.split(' ').any(|word| word == folded)
}

/// Whether a key is one of a list but for a typing error.
fn is_slip(folded: &str, keys: &str) -> bool {
    let near = |key: &str| {
        key.len() >= 5
            && key.is_ascii()
            && key.len().abs_diff(folded.len()) <= 1
            && may_be_slip(folded.as_bytes(), key.as_bytes())
            && strsim::damerau_levenshtein(folded, key) == 1
    };
    folded.is_ascii() && keys.split(' ').any(near)
}

/// Whether two words differ in no more than two letters side by side. It costs nothing, and
/// every key of a book is compared with every key that is known.
fn may_be_slip(one: &[u8], two: &[u8]) -> bool {
    let begin = one.iter().zip(two).take_while(|(one, two)| one == two).count();
    let (one, two) = (&one[begin..], &two[begin..]);
    let end = one.iter().rev().zip(two.iter().rev()).take_while(|(one, two)| one == two).count();
    one.len().max(two.len()) - end <= 2
}

/// Whether a key of another program is understood, so that nobody need be told that
/// nothing reads it.
pub(in crate::chapter) fn is_understood(key: &str) -> bool {
    matches!(Key::of(key), Some(Key::Hides | Key::Shows)) || is_status(key) || retires(key)
}

/// Whether a key is `status`, however it is written.
fn is_status(key: &str) -> bool {
    letters(key) == "status"
}

/// Whether a key says of a chapter that it is no longer in force, where it says yes.
pub(super) fn retires(key: &str) -> bool {
    matches!(letters(key).as_str(), "deprecated" | "archived" | "obsolete" | "作废" | "停用" | "失效")
}
