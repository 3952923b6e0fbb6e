//! Chinese words that authors write for keys of front matter.
//!
//! They are not read, so that a chapter has one form in every handbook; the finding
//! about the unknown key says which key is meant.

/// Keys, each with the words for it.
const WORDS: &[(&str, &[&str])] = &[
    ("title", &["标题", "题名", "题目", "名称", "制度名称", "文件名称"]),
    ("id", &["编号", "制度编号", "文件编号", "文号"]),
    ("aliases", &["别名", "又称", "简称", "曾用名"]),
    ("redirect_from", &["旧地址", "原地址", "跳转"]),
    ("summary", &["摘要", "简介", "概要", "说明"]),
    ("language", &["语言"]),
    ("departments", &["部门", "适用部门"]),
    ("roles", &["岗位", "角色", "适用岗位"]),
    ("owner", &["归口", "归口部门", "归口管理部门", "责任部门", "主管部门"]),
    ("author", &["编制", "编制人", "起草", "起草人", "拟稿", "拟稿人", "作者"]),
    ("reviewer", &["审核", "审核人", "复核", "复核人"]),
    ("approver", &["批准", "批准人", "审批", "审批人", "签发", "签发人"]),
    ("raci", &["职责", "职责矩阵", "责任矩阵"]),
    ("status", &["状态", "效力"]),
    ("version", &["版本", "版本号"]),
    ("effective", &["生效", "生效日期", "施行日期", "实施日期"]),
    ("review_by", &["复审", "复审日期", "评审日期"]),
    ("retired", &["废止", "废止日期", "失效日期"]),
    ("supersedes", &["取代", "替代", "代替"]),
    ("related", &["相关", "相关文件", "相关制度"]),
    ("revisions", &["修订", "修订记录", "修订历史", "变更记录"]),
    ("kind", &["类型", "种类", "类别", "文件类型"]),
    ("topics", &["主题", "标签", "关键词"]),
    ("required_reading", &["必读"]),
    ("order", &["顺序", "排序", "序号"]),
    ("toc", &["目录"]),
    ("terms", &["术语"]),
    ("template", &["模板"]),
];

/// The key that a word means.
pub(super) fn key_meant_by(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|row| row.1.contains(&word.trim())).map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::super::front_matter::KEYS;
    use super::*;

    #[test]
    fn words_mean_one_key_each_that_is_read() {
        let mut seen = std::collections::HashSet::new();
        for (key, words) in WORDS {
            assert!(KEYS.contains(key), "{key}");
            assert!(words.iter().all(|word| seen.insert(word)), "{key}");
        }
        assert_eq!(key_meant_by("标题"), Some("title"));
        assert_eq!(key_meant_by("备注"), None);
    }
}
