//! The fields of front matter, one row each.
//!
//! What is alike for all fields is made from this table and stands nowhere else:
//! reading them, checking keys, the control block, `index.json`. A field that
//! chapters are indexed or filtered by has a row among the taxonomies too
//! (`handbook::taxonomy`).

mod value;
mod words;

pub use value::{FieldContent, FieldType, FieldValue, Permalink, Place};
pub(super) use words::of_entry;

use super::approval::{Approval, Procedure};
use super::audience::Audience;
use super::front_matter::{RequiredReading, Responsibility, Revision};
use super::record::ReviewRecord;
use super::term::TermEntry;
use super::vocabulary::{Choice, Confidentiality, Kind, Status};
use crate::lean::{Lean, empty};
use crate::yaml::{Reader, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

/// What the table says of a field.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// Its key.
    pub key: &'static str,
    /// Other keys that are read where it has no value.
    pub also: &'static [&'static str],
    /// Chinese words that authors write as a key and mean it. They are not read; the
    /// diagnostic proposes the key.
    pub words: &'static [&'static str],
    /// What it holds.
    pub field_type: FieldType,
    /// Whether the control block of a chapter's page shows it, in the order of this
    /// table, under the theme's word `control_KEY`.
    pub control: bool,
    /// Whether `index.json` has it.
    pub data: bool,
}

impl Row {
    const fn plain(key: &'static str, field_type: FieldType) -> Self {
        Self { key, also: &[], words: &[], field_type, control: false, data: false }
    }
}

/// Declares the control data of a chapter: fields that most chapters have, and behind one
/// pointer those that few have. Fields come marked one after the other.
macro_rules! control_data {
    ({$($usual:tt)*} {$($rare:tt)*} usual $(#[$doc:meta])* $name:ident: $type:ty; $($rest:tt)*) => {
        control_data! { {$($usual)* $(#[$doc])* pub $name: $type,} {$($rare)*} $($rest)* }
    };
    ({$($usual:tt)*} {$($rare:tt)*} rare $(#[$doc:meta])* $name:ident: $type:ty; $($rest:tt)*) => {
        control_data! { {$($usual)*} {$($rare)* $(#[$doc])* pub $name: $type,} $($rest)* }
    };
    ({$($usual:tt)*} {$($rare:tt)*}) => {
        /// The control data of a chapter. The fields of [`RareFields`] are read and written as
        /// if they were its own.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[non_exhaustive]
        pub struct FrontMatter {
            $($usual)*
            rare: Lean<RareFields>,
        }

        /// The fields that few chapters have.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[non_exhaustive]
        pub struct RareFields {
            $($rare)*
        }
    };
}

/// Declares the fields: the enum that names them, their rows, and the structs that
/// hold their values.
macro_rules! fields {
    ($($(#[$doc:meta])* $mark:ident $field:ident $name:ident: $type:ty { $($part:ident: $value:expr),* })*) => {
        /// A field of front matter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Field {
            $($(#[$doc])* $field,)*
        }

        impl Field {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$field),*];

            /// Its row.
            #[must_use]
            pub const fn row(self) -> Row {
                match self {
                    $(Self::$field => Row {
                        $($part: $value,)*
                        ..Row::plain(stringify!($name), <$type as FieldValue>::TYPE)
                    },)*
                }
            }
        }

        control_data! { {} {} $($mark $(#[$doc])* $name: $type;)* }

        impl FrontMatter {
            /// The values of all fields; what is wrong is left empty.
            pub(super) fn of(reader: &mut Reader<'_>) -> Self {
                let mut front = Self::default();
                $(if let Some(value) = read(reader, Field::$field.row()) {
                    front.$name = value;
                })*
                front
            }

            /// What a field says.
            #[must_use]
            pub fn content(&self, field: Field) -> FieldContent<'_> {
                match field {
                    $(Field::$field => self.$name.content(),)*
                }
            }
        }
    };
}

fields! {
    /// Title, where given.
    usual Title title: Option<String> { words: &["标题", "题名", "题目", "名称", "制度名称", "文件名称"] }
    /// A shorter title for the navigation.
    usual NavTitle nav_title: Option<String> { also: &["sidebar_label", "linkTitle"], words: &["导航标题", "导航名称"] }
    /// Unique, stable id.
    usual Id id: Option<Spanned> { words: &["制度编号", "编号", "文件编号", "文号"], data: true }
    /// One sentence.
    usual Summary summary: String { also: &["description"], words: &["摘要", "简介", "概要", "说明"], data: true }
    /// Language of the text where it is not the handbook's (BCP 47).
    rare Language language: Option<String> { words: &["语言"] }
    /// Departments it applies to, by name.
    rare Departments departments: Vec<Spanned> {
        words: &["适用部门", "部门"], field_type: FieldType::Departments, data: true
    }
    /// Roles it applies to, by name.
    rare Roles roles: Vec<Spanned> { words: &["适用岗位", "岗位", "角色"], field_type: FieldType::Roles, data: true }
    /// Who looks after it.
    rare Owner owner: Vec<Spanned> {
        words: &["归口", "归口部门", "归口管理部门", "责任部门", "主管部门"], field_type: FieldType::Parties, control: true, data: true
    }
    /// Who wrote it.
    rare Author author: Vec<Spanned> { words: &["编制", "编制人", "起草", "起草人", "拟稿", "拟稿人", "作者"], field_type: FieldType::Parties, control: true }
    /// Who examined it.
    rare Reviewer reviewer: Vec<Spanned> { words: &["审核", "审核人", "复核", "复核人"], field_type: FieldType::Parties, control: true }
    /// Who put it in force.
    rare Approver approver: Vec<Spanned> {
        words: &["批准", "批准人", "审批", "审批人", "签发", "签发人"], field_type: FieldType::Parties, control: true, data: true
    }
    /// Who approved which text.
    rare Approvals approvals: Vec<Approval> { words: &["批准记录", "审批记录"], control: true, data: true }
    /// The steps by which a rule that touches staff was made.
    rare Procedure procedure: Option<Procedure> { words: &["民主程序"], control: true, data: true }
    /// Whether its control data must be whole.
    rare Controlled controlled: Option<bool> { words: &["受控"] }
    /// Responsibility matrix.
    rare Raci raci: Vec<Responsibility> { words: &["职责矩阵", "职责", "责任矩阵"] }
    /// Where it stands in its life.
    usual Status status: Choice<Status> { words: &["状态", "效力"], data: true }
    /// Version as written.
    usual Version version: String { words: &["版本", "版本号"], data: true }
    /// In force from.
    rare Effective effective: Option<Date> { words: &["生效日期", "施行日期", "生效", "实施日期", "生效时间", "施行时间", "实施时间"], data: true }
    /// To be reviewed by.
    rare ReviewBy review_by: Option<Date> { words: &["复审日期", "复审", "评审日期"], control: true, data: true }
    /// Reviews that have taken place.
    rare Reviews reviews: Vec<ReviewRecord> { words: &["复审记录", "评审记录"], control: true, data: true }
    /// No longer in force from.
    rare Retired retired: Option<Date> { words: &["废止日期", "废止", "失效日期"], control: true }
    /// What it replaced, by id or title.
    rare Supersedes supersedes: Vec<Spanned> { words: &["取代", "替代", "代替"], field_type: FieldType::Documents, control: true, data: true }
    /// What it has to do with, by id or title.
    rare Related related: Vec<Spanned> { words: &["相关制度", "相关", "相关文件"], field_type: FieldType::Documents }
    /// Revision history as written.
    rare Revisions revisions: Vec<Revision> { words: &["修订记录", "修订", "修订历史", "变更记录"] }
    /// What kind of document it is.
    rare Kind kind: Choice<Kind> { words: &["文种", "类型", "种类", "类别", "文件类型"], control: true, data: true }
    /// How far it may be told.
    rare Confidentiality confidentiality: Option<Confidentiality> {
        words: &["密级"], control: true, data: true
    }
    /// Free topics.
    rare Topics topics: Vec<Spanned> { words: &["主题", "标签", "关键词"], control: true, data: true }
    /// Other titles.
    rare Aliases aliases: Vec<Spanned> { also: &["alias"], words: &["别名", "又称", "简称", "曾用名"], control: true, data: true }
    /// Addresses that lead here.
    rare RedirectFrom redirect_from: Vec<Spanned> { words: &["旧网址", "旧地址", "原地址", "跳转"] }
    /// Address at which another tool published it. Links that name it lead here.
    rare Permalink permalink: Permalink { also: &["slug", "url"] }
    /// Who may see it.
    usual Audience audience: Audience { words: &["知悉范围"], control: true }
    /// Who must read it.
    rare RequiredReading required_reading: Option<RequiredReading> { words: &["必读"] }
    /// Place among its siblings; those without come after, by name.
    usual Order order: Place { also: &["weight", "sidebar_position", "nav_order"], words: &["顺序", "排序", "序号"] }
    /// Whether a table of contents is shown.
    rare Toc toc: Option<bool> { words: &["目录"] }
    /// Terms it defines.
    rare Terms terms: Vec<TermEntry> { words: &["术语", "术语表"] }
    /// Whether terms are marked in its text.
    rare Glossary glossary: Option<bool> {}
    /// Template other than `chapter.html`.
    rare Template template: Option<Spanned> { words: &["模板"] }
    /// `x-` keys and those under `extra:`, for the project's own templates.
    rare Extra extra: BTreeMap<String, serde_yaml::Value> {}
}

impl Deref for FrontMatter {
    type Target = RareFields;

    fn deref(&self) -> &RareFields {
        &self.rare
    }
}

impl DerefMut for FrontMatter {
    fn deref_mut(&mut self) -> &mut RareFields {
        &mut self.rare
    }
}

empty!(RareFields);

/// What a field holds, if that is anything.
fn read<T: FieldValue>(reader: &mut Reader<'_>, row: Row) -> Option<T> {
    let keys = std::iter::once(row.key).chain(row.also.iter().copied());
    let mut values = keys.map(|key| T::read(reader, key));
    values.find(|value| *value != T::default())
}

impl Field {
    /// All keys that are read.
    pub(super) fn keys() -> impl Iterator<Item = &'static str> {
        let keys = |field: &Self| std::iter::once(field.row().key).chain(field.row().also.iter().copied());
        Self::ALL.iter().flat_map(keys)
    }

    /// The keys of its vocabulary; empty where it has none.
    #[must_use]
    pub const fn choices(self) -> &'static [&'static str] {
        match self.row().field_type {
            FieldType::Choice(keys) => keys,
            _ => &[],
        }
    }

    /// Whether a key is read.
    pub(super) fn is_key(key: &str) -> bool {
        Self::keys().any(|known| known == key)
    }

    /// Whether a key, or a Chinese word for one, says what a chapter is, which no text begins with.
    pub(super) fn is_of_control(key: &str) -> bool {
        const KEYS: [&str; 5] = ["title", "id", "status", "version", "audience"];
        let key = Self::meant_by(key, None).map_or(key, |(key, _)| key);
        KEYS.contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_and_no_word_means_two_fields() {
        let keys: Vec<_> = Field::keys().collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        let words: Vec<_> = Field::ALL.iter().flat_map(|field| field.row().words).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        let meant = |word: &str, value: &str| Field::meant_by(word, Some(&value.into()));
        assert_eq!(meant("标题", "甲"), Some(("title", true)));
        assert_eq!(meant("部门", "财务部"), Some(("departments", false)));
        assert_eq!(meant("适用部门", "财务部"), Some(("departments", true)));
        assert_eq!(meant("状态", "现行"), Some(("status", true)));
        assert_eq!(meant("编号", "A-1"), Some(("id", true)));
        assert_eq!(meant("批准", "王芳"), Some(("approver", true)));
        assert_eq!(meant("批准", "2026-01-01"), Some(("approver", false)));
        assert_eq!(meant("Effective date", "2026-01-01"), Some(("effective", true)));
        assert_eq!(meant("review", "2027-02-28"), Some(("review_by", true)));
        assert_eq!(meant("review", "weekly"), Some(("review_by", false)));
        // Who may see a chapter is for a person to say.
        assert_eq!(meant("密级", "机密"), Some(("confidentiality", false)));
        assert_eq!(meant("知悉范围", "董事会"), Some(("audience", false)));
    }
}
