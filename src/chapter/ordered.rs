//! Order and titles of a bare book of MyST by its table of contents, and of one of Nextra or Fumadocs, which has them in a file of each folder:
//! `_meta.json`, `meta.json`. What is code (`_meta.js`) says nothing here; an import reads more of it.

use super::readings::named;
use super::{Chapter, folder, is_index, toc, without_suffix};
use crate::fingerprint::fingerprint;
use crate::source::{Source, Sources};
use serde_yaml::{Mapping, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Where a chapter stands in its folder, and what it is called there.
type Place = (usize, Option<String>);

/// What a folder says of the names in it; `None` under an empty name is where the rest stands.
type Order = HashMap<String, Place>;

/// Gives chapters the order and the titles of the files of order, where they say nothing themselves.
pub fn put_in_order(chapters: &mut [Arc<Chapter>], sources: &Sources) {
    let is_fumadocs = sources
        .tools
        .iter()
        .any(|settings| named(settings).1 == "package.json" && settings.text.contains("\"fumadocs-"));
    let orders: HashMap<&str, Order> =
        sources.tools.iter().filter_map(|one| order(one, is_fumadocs)).collect();
    let listed = toc::all(sources);
    let listed: HashMap<&str, Place> = listed
        .iter()
        .flat_map(|(.., toc)| toc.files())
        .zip(1..)
        .map(|((file, title), at)| (file, (at, title.map(str::to_owned))))
        .collect();
    if orders.is_empty() && listed.is_empty() {
        return;
    }
    for chapter in chapters {
        let name = &*chapter.source.name;
        // The page of a folder stands where the folder does.
        let path = if is_index(name) { folder(name) } else { without_suffix(name).unwrap_or(name) };
        let own = path.rsplit('/').next().unwrap_or(path);
        let order = orders.get(folder(path)).filter(|_| !path.is_empty());
        let place = order.and_then(|order| order.get(own).or_else(|| order.get(REST)));
        let Some((at, title)) = listed.get(name).or(place).cloned() else { continue };
        let has_order = chapter.front.order.0.is_some();
        let has_title = chapter.front.nav_title.is_some();
        let chapter = Arc::make_mut(chapter);
        if !has_order {
            chapter.front.order.0 = i64::try_from(at).ok();
        }
        if !has_title {
            chapter.front.nav_title.clone_from(&title);
        }
        chapter.metadata_fingerprint = fingerprint(&(chapter.metadata_fingerprint, at, title));
    }
}

/// The name under which stands where all others are.
const REST: &str = "";

fn order(settings: &Source, is_fumadocs: bool) -> Option<(&str, Order)> {
    let (home, file) = named(settings);
    let value = || serde_yaml::from_str::<Value>(&settings.text).ok();
    let order = match file {
        "_meta.json" => of_nextra(value()?.as_mapping()?),
        "meta.json" if is_fumadocs => of_fumadocs(value()?.as_mapping()?),
        _ => return None,
    };
    Some((home, order))
}

/// `{"index": "Welcome", "guide": {"title": "The guide"}}`.
fn of_nextra(entries: &Mapping) -> Order {
    let said = |about: &Value, key: &str| about.as_mapping()?.get(key)?.as_str().map(str::to_owned);
    let is_chapter = |about: &Value| {
        said(about, "href").is_none()
            && said(about, "type").as_deref() != Some("separator")
            && said(about, "display").as_deref() != Some("hidden")
    };
    let own = entries.iter().filter_map(|(name, about)| Some((name.as_str()?, about)));
    let own = own.filter(|(name, about)| *name != "*" && is_chapter(about));
    let title = |about: &Value| about.as_str().map(str::to_owned).or_else(|| said(about, "title"));
    own.zip(1..).map(|((name, about), at)| (name.to_owned(), (at, title(about)))).collect()
}

/// `{"pages": ["index", "---Part---", "guide", "..."]}`.
fn of_fumadocs(settings: &Mapping) -> Order {
    let pages = settings.get("pages").and_then(Value::as_sequence);
    let pages = pages.into_iter().flatten().filter_map(Value::as_str);
    let is_chapter = |name: &&str| !name.starts_with("---") && !name.contains("](") && !name.starts_with('!');
    let named = pages.filter(is_chapter).zip(1..).map(|(name, at)| {
        let name = if matches!(name, "..." | "z...a") { REST } else { name.trim_start_matches("./") };
        (name.to_owned(), (at, None))
    });
    named.collect()
}
