//! The addresses that led to the chapters of a book, and lead on.

use super::{Links, Meaning};
use crate::chapter::{folder, url};
use crate::handbook::link::is_external;
use crate::import::address::{on_disk, own_addresses, redirect_source};
use crate::import::report::{Kind, Report};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, HashMap};

impl Links<'_> {
    /// The addresses that led to each chapter, as far as no other page has them now.
    pub(in crate::import) fn old_addresses(&self, report: &mut Report) -> BTreeMap<String, Vec<String>> {
        let mut taken: HashMap<String, &str> = HashMap::new();
        for (file, place) in &self.layout.places {
            taken.insert(url(&place.target).to_lowercase(), file);
        }
        for stub in self.layout.stubs.keys() {
            taken.insert(url(stub).to_lowercase(), "");
        }
        // Folders have pages of their own, but for those that a page beside them names.
        let targets = self.layout.places.values().map(|place| place.target.as_str());
        for target in targets {
            let above =
                std::iter::successors(Some(folder(target)), |path| (!path.is_empty()).then(|| folder(path)));
            let is_free = |path: &str| self.layout.stubs.contains_key(&format!("{path}.md"));
            for path in above.filter(|path| !path.is_empty() && !is_free(path)) {
                taken.entry(format!("{path}/index.html").to_lowercase()).or_insert("");
            }
        }
        let mut old: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut add = |file: &str, address: &str, report: &mut Report| {
            let address = address.trim().trim_start_matches('/');
            let clean = !address.is_empty() && !address.split('/').any(|part| part.starts_with('.'));
            if !clean || address.contains(['?', '#', '\\', '*', ':']) {
                return;
            }
            let place = on_disk(address);
            let place = percent_decode_str(&place).decode_utf8_lossy().into_owned();
            match taken.get(&place.to_lowercase()) {
                Some(owner) if *owner == file => {}
                Some(_) => report.add(Kind::Redirect, file, None, format!("/{address}")),
                None => {
                    let list = old.entry(file.to_owned()).or_default();
                    let written = format!("/{}", place.strip_suffix("index.html").unwrap_or(&place));
                    list.push(written);
                    let (key, _) = self
                        .layout
                        .places
                        .get_key_value(file)
                        .map_or(("", ""), |(key, _)| (key.as_str(), ""));
                    taken.insert(place.to_lowercase(), key);
                }
            }
        };
        for (file, page) in self.pages {
            for address in own_addresses(self.book, file, page) {
                add(file, &address, report);
            }
        }
        for (target, stub) in &self.layout.stubs {
            let address = stub.address.as_ref().filter(|address| on_disk(address) != url(target));
            if let Some(address) = address {
                add(target, address, report);
            }
        }
        for (from, to) in &self.book.redirects {
            let address = redirect_source(self.book, from);
            match self.at_top(&format!("/{}", to.trim_start_matches('/'))) {
                Meaning::Chapter(file) if !is_external(to) => add(&file, &address, report),
                _ => report.add(Kind::Redirect, from, None, to),
            }
        }
        old
    }
}
