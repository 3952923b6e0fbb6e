//! `organization.yaml`, begun from what the chapters name.
//!
//! Departments and roles that chapters apply to are listed. Of owners, authors and
//! approvers, those whose names say that they are a department or a role.

use super::{Content, OutputFile};
use crate::chapter::vocabulary::Status;
use crate::chapter::{Chapter, Hold};
use crate::markdown::MarkdownOptions;
use crate::source::Source;
use crate::text::fold;
use pinyin::ToPinyin;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What names of departments end in, and what they hold.
const DEPARTMENTS: [&str; 22] = [
    "team",
    "teams",
    "group",
    "department",
    "division",
    "office",
    "committee",
    "board",
    "unit",
    "working group",
    "部",
    "部门",
    "中心",
    "组",
    "处",
    "科",
    "室",
    "办公室",
    "委员会",
    "小组",
    "院",
    "局",
];

const ROLES: [&str; 30] = [
    "officer",
    "manager",
    "lead",
    "leader",
    "director",
    "head",
    "engineer",
    "chief",
    "ceo",
    "cto",
    "cfo",
    "ciso",
    "coo",
    "president",
    "administrator",
    "admin",
    "owner",
    "specialist",
    "coordinator",
    "editor",
    "经理",
    "主管",
    "总监",
    "专员",
    "负责人",
    "主任",
    "管理员",
    "工程师",
    "总裁",
    "部长",
];

/// Adds the file, unless nothing was named.
pub(super) fn add(files: &mut BTreeMap<String, OutputFile>) {
    let mut names: [BTreeMap<String, String>; 2] = Default::default();
    let texts = files.iter().filter(|(path, _)| path.starts_with("content/"));
    for (path, file) in texts {
        let Content::Text(text) = &file.content else { continue };
        let head = head(text);
        let chapter =
            Chapter::structure(&Source::new(path.as_str(), path.as_str(), head), &MarkdownOptions::default());
        let front = &chapter.front;
        // Whom a chapter names that not everybody sees is nobody's business.
        let is_draft = front.status.value() == Some(Status::Draft) || chapter.hold != Hold::Open;
        if is_draft || chapter.may_be_restricted() {
            continue;
        }
        let mut put =
            |at: usize, name: &str| _ = names[at].entry(fold(name)).or_insert_with(|| name.to_owned());
        front.departments.iter().for_each(|name| put(0, &name.text));
        front.roles.iter().for_each(|name| put(1, &name.text));
        for party in front.owner.iter().chain(&front.author).chain(&front.reviewer).chain(&front.approver) {
            if ends(&party.text, &ROLES) {
                put(1, &party.text);
            } else if ends(&party.text, &DEPARTMENTS) {
                put(0, &party.text);
            }
        }
    }
    let [departments, mut roles] = names;
    roles.retain(|key, _| !departments.contains_key(key));
    let mut ids = BTreeSet::new();
    let mut out = Mapping::new();
    for (key, list) in [("departments", departments), ("roles", roles)] {
        let entries: Vec<Value> = list.values().map(|name| entry(name, &mut ids)).collect();
        if !entries.is_empty() {
            out.insert(key.into(), entries.into());
        }
    }
    if !out.is_empty() {
        let text = serde_yaml::to_string(&out).unwrap_or_default();
        files.insert(
            "organization.yaml".to_owned(),
            OutputFile { content: Content::Text(text), source: String::new() },
        );
    }
}

fn head(text: &str) -> String {
    let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 9);
    text[..end].to_owned()
}

fn ends(name: &str, list: &[&str]) -> bool {
    let folded = name.trim().to_lowercase();
    list.iter().any(|word| match word.is_ascii() {
        true => folded.split(|c: char| !c.is_alphanumeric()).next_back() == Some(word),
        false => folded.ends_with(word),
    })
}

fn entry(name: &str, ids: &mut BTreeSet<String>) -> Value {
    let mut id = String::new();
    for c in name.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                id.push('-');
                id.push_str(syllable.plain());
                id.push('-');
            }
            None if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            None => id.push('-'),
        }
    }
    let parts: Vec<&str> = id.split('-').filter(|part| !part.is_empty()).collect();
    let base = if parts.is_empty() { "unit".to_owned() } else { parts.join("-") };
    let mut id = base.clone();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        id = format!("{base}-{number}");
        number += 1;
    }
    let mut entry = Mapping::new();
    entry.insert("id".into(), id.into());
    entry.insert("name".into(), name.into());
    Value::Mapping(entry)
}
