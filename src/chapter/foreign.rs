//! Words of other programs and other offices for where a chapter stands in its life.
//!
//! Nobody can list them all. What matters is which hold back and which say that a
//! chapter is past; any other word is shown as it is and decides nothing.

use super::spelling::{fold_key, words};

/// What a word under `status` that is not ours says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The chapter is not published yet.
    NotYet,
    /// It is no longer in force.
    NoMore,
    /// Something else.
    Other,
}

/// English words, and those of a few other languages, one of which is enough.
const NOT_YET: &str = "authoring awaiting backlog blocked bozza borrador brouillon concealed declined deferred deleted \
    draft drafted drafting drafts editing embargoed entwurf future hidden hide hold idea incomplete \
    invisible kladde offline paused pending placeholder planned planning postponed prerelease private \
    queued rascunho rejected restricted review reviewing revise revising revision rework scheduled \
    secret stub submitted szkic taslak tba tbc tbd todo trash trashed unapproved unavailable unfinished \
    unlisted unpublish unpublished unready unreleased unreviewed unverified upcoming utkast waiting wip \
    wishlist withheld skeleton unsigned черновик 下書き 下书き 초안 비공개 مسودة טיוטה";

/// The same of several words.
const NOT_YET_PHRASES: &str = "no longer public, no longer published, in progress, inprogress, not published, not yet, not ready, not approved, not public, \
    not for publication, to do, to be, coming soon, do not publish, dont publish, under construction, \
    under development, in development";

/// Parts of Chinese words.
const NOT_YET_HAN: &str = "草稿 草案 初稿 底稿 送审 报审 报批 讨论稿 待审 待批 待发 待定 待完善 待核 待签 待修 待补 待更 待确认 \
    待评 待办 未 不发布 不公开 不可见 非公开 暂缓 暂不 内测 审核中 审批中 审查中 审阅中 审议中 评审中 \
    复核中 复审中 校对中 会签中 编写中 编制中 编辑中 起草中 撰写中 拟稿 拟定中 制定中 修订中 修改中 \
    完善中 进行中 讨论中 筹备中 准备中 流转中 提交 驳回 退回 私密 私有 私人 隐藏 保密 下线 下架";

/// Chinese words that mean it only when nothing else stands there.
const NOT_YET_ALONE: &str = "审核 审批 评审 审查 起草 编制 删除 搁置";

const NO_MORE: &str = "abandoned abolished archival archive archived cancelled canceled closed dead defunct deprecate \
    deprecated deprecation disabled discontinued ended eol expired former historic historical history \
    inactive invalid lapsed legacy obsolete obsoleted old outdated past removed repealed replaced \
    rescinded retire retired revoked stale sunset sunsetted superseded terminated void voided withdraw \
    withdrawn annulled nullified archiviert veraltet obsolète 廃止";

const NO_MORE_PHRASES: &str =
    "no longer, no more, end of life, out of date, out of use, not in force, not in use";

const NO_MORE_HAN: &str = "作废 停用 停止 废弃 废除 废止 失效 归档 存档 封存 过期 到期 撤销 撤回 终止 弃用 淘汰 取消 历史 旧版 \
    无效 注销 取代 替代 代替 过时 不再 已换版 停刊 解除 禁用 已停 中止";

/// What a word says, or the words of a sentence. Where one of them holds back, that counts.
pub(super) fn meaning(written: &str) -> Meaning {
    let parts: Vec<String> = words(written).collect();
    let spaced = format!(" {} ", parts.join(" "));
    let folded = fold_key(written);
    let any = |list: &str| parts.iter().any(|part| list.split(' ').any(|word| is_word(word, part)));
    let phrase = |list: &str| list.split(", ").any(|phrase| spaced.contains(&format!(" {phrase} ")));
    let han = |list: &str| list.split(' ').any(|part| folded.contains(part));
    let alone = || NOT_YET_ALONE.split(' ').any(|word| word == folded.trim());
    if any(NOT_YET)
        || phrase(NOT_YET_PHRASES)
        || han(NOT_YET_HAN)
        || folded.trim().starts_with('待')
        || alone()
    {
        Meaning::NotYet
    } else if any(NO_MORE) || phrase(NO_MORE_PHRASES) || han(NO_MORE_HAN) {
        Meaning::NoMore
    } else if parts.iter().any(|part| is_slip(part)) {
        Meaning::NotYet
    } else {
        Meaning::Other
    }
}

fn is_word(word: &str, part: &str) -> bool {
    word == part || !word.is_ascii() && fold_key(word) == part
}

/// Whether a word is one that holds back but for a letter: better held back than shown.
fn is_slip(part: &str) -> bool {
    (5..=14).contains(&part.len())
        && part.is_ascii()
        && NOT_YET_SLIPS.split(' ').any(|word| strsim::damerau_levenshtein(word, part) == 1)
}

/// Words that are recognized with a typing error; others are too near to words that mean
/// something else.
const NOT_YET_SLIPS: &str =
    "pending hidden private unpublished unlisted unreleased reviewing embargoed unfinished incomplete";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_not_yet_hold_back() {
        for word in [
            "wip",
            "WIP",
            "Work in Progress",
            "pending",
            "in review",
            "inReview",
            "under-review",
            "private",
            "hidden",
            "unpublished",
            "草稿",
            "待审",
            "待审核",
            "審核中",
            "未发布",
            "未發佈",
            "尚未批准",
            "Draft v2",
            "draft (2024)",
            "#draft",
            "status/draft",
            "🚧 WIP",
            "ＷＩＰ",
            "w\u{200B}ip",
            "not yet published",
            "To be reviewed",
            "penidng",
            "active, draft",
            "送审稿",
            "下架",
            "审核",
            "черновик",
            "archived draft",
        ] {
            assert_eq!(meaning(word), Meaning::NotYet, "{word}");
        }
    }

    #[test]
    fn words_for_no_more_are_past() {
        for word in [
            "deprecated",
            "Obsolete",
            "archived",
            "作废",
            "停用",
            "已作廢",
            "已废止",
            "no longer in use",
            "End of life",
            "Withdrawn 2024",
            "已归档",
            "失效",
        ] {
            assert_eq!(meaning(word), Meaning::NoMore, "{word}");
        }
    }

    #[test]
    fn other_words_decide_nothing() {
        for word in [
            "active",
            "final",
            "stable",
            "published",
            "reviewed",
            "有效",
            "生效",
            "试行",
            "执行中",
            "已审核",
            "accepted",
            "1",
            "",
        ] {
            assert_eq!(meaning(word), Meaning::Other, "{word}");
        }
    }
}
