//! Front matter in our fields.
//!
//! What has another name with other tools gets ours. What has no field is kept under
//! `extra`, which templates can read, and told. A value that our field could not hold is
//! kept there too, so that it does not stop the build.

use super::Tool;
use super::address::is_address;
use super::book::Book;
use super::layout::{Place, Stub};
use super::markup::home;
use super::page::{POSITIONS, Page, string};
use super::report::{Kind, Report};
use super::unique::{Unique, are_aliases};
use super::withheld::{self, chapter, hold};
use crate::chapter::audience::suggests_audience;
use crate::chapter::is_known_key;
use crate::text::fold;
use serde_yaml::{Mapping, Value};

/// Keys of other tools, and our field for each; lists become lists.
pub(super) const RENAMED: [(&str, &str); 25] = [
    ("description", "summary"),
    ("tags", "topics"),
    ("tag", "topics"),
    ("keywords", "topics"),
    ("categories", "topics"),
    ("category", "topics"),
    ("authors", "author"),
    ("owners", "owner"),
    ("maintainer", "owner"),
    ("maintainers", "owner"),
    ("owner_slack", "owner"),
    ("responsible", "owner"),
    ("reviewers", "reviewer"),
    ("approvers", "approver"),
    ("approved_by", "approver"),
    ("team", "departments"),
    ("teams", "departments"),
    ("department", "departments"),
    ("role", "roles"),
    ("lang", "language"),
    ("locale", "language"),
    ("effective_date", "effective"),
    ("next_review", "review_by"),
    ("review_date", "review_by"),
    ("acronym", "id"),
];

/// Keys that say where a chapter stands or what it is called: the layout and the addresses have
/// what they say.
const SPENT: [&str; 13] = [
    "permalink",
    "slug",
    "url",
    "redirect_from",
    "redirects",
    "redirectFrom",
    "old_paths",
    "name",
    "title",
    "aliases",
    "sidebar_label",
    "nav_title",
    "linkTitle",
];

/// Fields of ours that with other tools mean something else.
const OTHERS: [&str; 4] = ["template", "toc", "extra", "order"];

/// The front matter of a chapter, with its `---` lines; empty where it says nothing.
pub(super) fn write(
    file: &str,
    page: &Page,
    place: &Place,
    old: &[String],
    unique: &Unique,
    book: &Book,
    report: &mut Report,
) -> String {
    let mut fields = Mapping::new();
    let mut extra = match page.front.get("extra") {
        Some(Value::Mapping(own)) => own.clone(),
        _ => Mapping::new(),
    };
    if page.is_broken {
        extra.insert("unread".into(), page.head.trim().into());
        if page.is_held {
            fields.insert("draft".into(), true.into());
        }
    }
    // A label of the navigation is the title only where the page has none itself.
    let labels = ["sidebar_label", "linkTitle", "nav_title"];
    let label = place.title.clone().or_else(|| labels.iter().find_map(|key| string(&page.front, key)));
    let title = if page.has_title || page.is_headed { Some(page.title.clone()) } else { label.clone() };
    if let Some(title) = title.as_ref().filter(|_| !page.is_headed || page.has_title) {
        fields.insert("title".into(), title.as_str().into());
    }
    let differs = |label: &String| title.as_ref().is_some_and(|title| fold(title) != fold(label));
    if let Some(label) = label.filter(|label| place.target != "index.md" && differs(label)) {
        fields.insert("nav_title".into(), label.into());
    }
    if let Some(order) = place.order {
        fields.insert("order".into(), (order as u64).into());
    }
    if !old.is_empty() {
        fields.insert("redirect_from".into(), old.iter().map(String::as_str).collect());
    }
    for (key, value) in &page.front {
        let Some(name) = key.as_str() else {
            extra.insert(key.clone(), value.clone());
            continue;
        };
        field(name, value, file, unique, book, &mut fields, &mut extra, report);
    }
    reviewed(page, &mut fields);
    keep_what_is_wrong(file, &mut fields, &mut extra, report);
    for key in extra.keys().filter_map(Value::as_str) {
        report.add(Kind::KeptKey, file, None, key);
    }
    let original = if page.is_broken { hold(file, &fields) } else { hold(file, &page.front) };
    withheld::tell_readers(file, page, book, report);
    let original = withheld::as_published(file, page, original, book, report);
    // Those of a draft lead nowhere.
    for address in old.iter().filter(|_| !original.is_closed(book.today)) {
        report.add(Kind::OldAddress, file, None, address);
    }
    withheld::keep_back(&place.target, original, &mut fields, extra);
    fenced(&fields)
}

#[expect(clippy::too_many_arguments, reason = "what a key becomes depends on all of them")]
fn field(
    name: &str,
    value: &Value,
    file: &str,
    unique: &Unique,
    book: &Book,
    fields: &mut Mapping,
    extra: &mut Mapping,
    report: &mut Report,
) {
    if name == "extra" && value.is_mapping() || value.is_null() {
        return;
    }
    if name == "audience" {
        let known: Vec<&str> =
            texts(value).into_iter().filter(|name| book.readers.find(name).is_some()).collect();
        match known.is_empty() {
            true => _ = extra.insert(name.into(), value.clone()),
            // Those that are not known would see more than is sure.
            false => _ = fields.insert(name.into(), known.into_iter().collect()),
        }
        return;
    }
    if suggests_audience(name) && !is_known_key(name) && withheld::is_open(value) {
        report.add(Kind::RenamedKey, file, None, format!("{name} → x-{name}"));
        fields.insert(format!("x-{name}").into(), value.clone());
        return;
    }
    let mut renamed = |ours: &str| report.add(Kind::RenamedKey, file, None, format!("{name} → {ours}"));
    if are_aliases(name, book) {
        let (addresses, names): (Vec<&str>, Vec<&str>) =
            texts(value).into_iter().partition(|alias| is_address(book, alias));
        if !addresses.is_empty() {
            renamed("redirect_from");
        }
        // A name that another chapter has would lead to one of the two by chance.
        let (names, others): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|alias| unique.is_of(file, alias));
        if !others.is_empty() {
            extra.insert(name.into(), others.into_iter().collect());
        }
        if !names.is_empty() {
            let known = fields.get("aliases").map(texts).unwrap_or_default();
            let all: Value = known.into_iter().chain(names).map(str::to_owned).collect::<Vec<_>>().into();
            fields.insert("aliases".into(), all);
        }
        return;
    }
    if POSITIONS.contains(&name)
        && (value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok()))
    {
        if name != "order" {
            renamed("order");
        }
        return;
    }
    if matches!(book.tool, Tool::Vitepress | Tool::Vuepress) && home::KEYS.contains(&name) {
        return;
    }
    if book.tool == Tool::Starlight && name == "hero" {
        return;
    }
    if SPENT.contains(&name) {
        match name {
            "permalink" | "slug" | "url" | "redirects" | "redirectFrom" | "old_paths" => {
                renamed("redirect_from")
            }
            "name" => renamed("title"),
            _ => {}
        }
        return;
    }
    // That of Docusaurus is part of the address.
    if name == "id" && book.tool == Tool::Docusaurus {
        return renamed("redirect_from");
    }
    if matches!(name, "id" | "acronym") {
        let is_own = string_of(value).is_some_and(|id| unique.has_id(&id));
        if is_own && !fields.contains_key("id") {
            fields.insert("id".into(), value.clone());
        } else {
            extra.insert(name.into(), value.clone());
        }
        return;
    }
    let named = (name == "author" || name == "authors").then(|| named(value, book)).flatten();
    let value = named.as_ref().unwrap_or(value);
    if let Some((_, ours)) = RENAMED.iter().find(|(theirs, _)| *theirs == name)
        && let Some(new) = renamed_value(ours, value, fields.get(*ours))
    {
        renamed(ours);
        fields.insert((*ours).into(), new);
        return;
    }
    let is_ours = is_known_key(name) && !(book.tool == Tool::Mkdocs && name == "status");
    let fits = !OTHERS.contains(&name) || name == "toc" && value.is_bool();
    if is_ours && fits && !fields.contains_key(name) {
        fields.insert(name.into(), value.clone());
    } else {
        extra.insert(name.into(), value.clone());
    }
}

/// People by their names, where the book has them by keys.
fn named(value: &Value, book: &Book) -> Option<Value> {
    if book.authors.is_empty() {
        return None;
    }
    let one = |value: &Value| {
        let name = value.as_str().and_then(|key| book.authors.get(key));
        name.map_or_else(|| value.clone(), |name| name.as_str().into())
    };
    Some(match value {
        Value::Sequence(list) => list.iter().map(one).collect::<Vec<_>>().into(),
        value => one(value),
    })
}

pub(super) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Sequence(list) => list.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one],
        _ => Vec::new(),
    }
}

/// The texts under a key of settings: those of a list, or the one that stands there alone.
pub(super) fn texts_under<'a>(settings: &'a Mapping, key: &str) -> Vec<&'a str> {
    settings.get(key).map(texts).unwrap_or_default()
}

fn string_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A value under our key; `None` where ours cannot hold it. Lists of both are joined.
fn renamed_value(ours: &str, value: &Value, known: Option<&Value>) -> Option<Value> {
    let names = || -> Option<Vec<String>> {
        let one = |value: &Value| match value {
            Value::Mapping(parts) => {
                ["name", "title", "label", "login"].iter().find_map(|key| string_of(parts.get(*key)?))
            }
            value => string_of(value),
        };
        match value {
            Value::Sequence(list) => list.iter().map(one).collect(),
            Value::String(text) if ours == "topics" => {
                let parts = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
                Some(parts.map(str::to_owned).collect())
            }
            value => Some(vec![one(value)?]),
        }
    };
    match ours {
        "summary" | "language" | "effective" | "review_by" => known
            .is_none()
            .then(|| string_of(value).filter(|text| !text.is_empty()).map(Value::from))
            .flatten(),
        _ => {
            let mut all: Vec<String> =
                known.map(texts).unwrap_or_default().into_iter().map(str::to_owned).collect();
            for name in names()? {
                if !name.is_empty() && !all.contains(&name) {
                    all.push(name);
                }
            }
            Some(all.into_iter().map(Value::from).collect::<Vec<_>>().into())
        }
    }
}

/// `last_reviewed_on` and `review_in: 6 months` of the Middleman template for documents.
fn reviewed(page: &Page, fields: &mut Mapping) {
    let own = |key: &str| string(&page.front, key);
    let (Some(last), Some(period)) = (own("last_reviewed_on"), own("review_in")) else { return };
    let Ok(day) = last.parse::<jiff::civil::Date>() else { return };
    let mut words = period.split_whitespace();
    let (Some(Ok(count)), Some(unit)) = (words.next().map(str::parse::<i32>), words.next()) else { return };
    if !(0..=1200).contains(&count) {
        return;
    }
    let span = match unit.trim_end_matches('s') {
        "day" => jiff::Span::new().days(count),
        "week" => jiff::Span::new().weeks(count),
        "month" => jiff::Span::new().months(count),
        "year" => jiff::Span::new().years(count),
        _ => return,
    };
    if let Ok(next) = day.checked_add(span) {
        fields.insert("review_by".into(), next.to_string().into());
    }
}

/// Moves what our fields refuse to `extra`: a value of another tool must not stop the build.
fn keep_what_is_wrong(file: &str, fields: &mut Mapping, extra: &mut Mapping, report: &mut Report) {
    let is_wrong = |fields: &Mapping| chapter(file, fields).is_broken;
    if !is_wrong(fields) {
        return;
    }
    for key in fields.keys().cloned().collect::<Vec<_>>() {
        let Some(value) = fields.get(&key).cloned() else { continue };
        let alone: Mapping = std::iter::once((key.clone(), value.clone())).collect();
        if is_wrong(&alone) {
            fields.remove(&key);
            report.add(Kind::FrontMatter, file, None, key.as_str().unwrap_or(""));
            extra.insert(key, value);
        }
    }
}

/// The front matter of a page that only names its section.
pub(super) fn stub(stub: &Stub, old: &[String]) -> String {
    let mut fields = Mapping::new();
    fields.insert("title".into(), stub.title.as_str().into());
    let own = [("nav_title", &stub.nav_title), ("summary", &stub.summary)];
    for (key, said) in own.into_iter().filter_map(|(key, said)| Some((key, said.as_deref()?))) {
        fields.insert(key.into(), said.into());
    }
    if !old.is_empty() {
        fields.insert("redirect_from".into(), old.iter().map(String::as_str).collect());
    }
    if let Some(order) = stub.order {
        fields.insert("order".into(), (order as u64).into());
    }
    fenced(&fields)
}

pub(super) fn fenced(fields: &Mapping) -> String {
    if fields.is_empty() {
        return String::new();
    }
    // What cannot be written could say that not everybody may see the chapter.
    let yaml = serde_yaml::to_string(fields).unwrap_or_else(|_| "draft: true\n".to_owned());
    format!("---\n{yaml}---\n")
}
