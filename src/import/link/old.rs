//! The addresses that led to the chapters of a book, and lead on.

use super::{Links, Meaning};
use crate::chapter::{folder, url};
use crate::handbook::link::is_external;
use crate::import::address::{on_disk, own_addresses, redirect_source};
use crate::import::report::{Kind, Report};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, HashMap};

impl Links<'_> {
    /// The addresses that led to each chapter, as far as no other page has them now. What is held
    /// back takes none from what readers see: neither by where it lies nor by what it says.
    pub(in crate::import) fn old_addresses(&self, report: &mut Report) -> BTreeMap<String, Vec<String>> {
        let mut addresses = Addresses { taken: HashMap::new(), old: BTreeMap::new() };
        let mut redirects: Vec<(String, String)> = Vec::new();
        for (from, to) in &self.book.redirects {
            match self.at_top(&format!("/{}", to.trim_start_matches('/'))) {
                Meaning::Chapter(file) if !is_external(to) => {
                    redirects.push((file, redirect_source(self.book, from)));
                }
                _ => report.add(Kind::Redirect, from, None, to),
            }
        }
        for is_closed in [false, true] {
            let of_kind = |file: &String| self.closed.contains(file.as_str()) == is_closed;
            let places = self.layout.places.iter().filter(|(file, _)| of_kind(file));
            addresses.take(places.map(|(file, place)| (place.target.as_str(), file.as_str())));
            if !is_closed {
                addresses.take(self.layout.stubs.keys().map(|stub| (stub.as_str(), "")));
            }
            self.take_folders(is_closed, &mut addresses);
            for (file, page) in self.pages.iter().filter(|(file, _)| of_kind(file)) {
                for address in own_addresses(self.book, file, page) {
                    addresses.add(file, &address, report);
                }
                let now = self.layout.places.get(file).map_or("", |place| place.target.as_str());
                for earlier in self.book.earlier_places(file).filter(|earlier| *earlier != now) {
                    addresses.add(file, &url(earlier), report);
                }
            }
            for (target, stub) in self.layout.stubs.iter().filter(|_| !is_closed) {
                let address = stub.address.as_ref().filter(|address| on_disk(address) != url(target));
                address.into_iter().for_each(|address| addresses.add(target, address, report));
            }
            for (file, address) in redirects.iter().filter(|(file, _)| of_kind(file)) {
                addresses.add(file, address, report);
            }
        }
        addresses.old
    }

    /// Folders have pages of their own, but for those that a page beside them names.
    fn take_folders(&self, is_closed: bool, addresses: &mut Addresses) {
        let places =
            self.layout.places.iter().filter(|(file, _)| self.closed.contains(file.as_str()) == is_closed);
        for (_, place) in places {
            let above = std::iter::successors(Some(folder(&place.target)), |path| {
                (!path.is_empty()).then(|| folder(path))
            });
            let is_free = |path: &str| self.layout.stubs.contains_key(&format!("{path}.md"));
            for path in above.filter(|path| !path.is_empty() && !is_free(path)) {
                let address = format!("{path}/index.html").to_lowercase();
                addresses.taken.entry(address).or_default();
            }
        }
    }
}

/// Addresses, and the chapters that they lead to.
struct Addresses {
    /// The chapter of each, or nothing for a page that is none; in lower case.
    taken: HashMap<String, String>,
    /// Those that are not where a chapter lies.
    old: BTreeMap<String, Vec<String>>,
}

impl Addresses {
    /// Takes the addresses at which chapters lie, by their places.
    fn take<'a>(&mut self, places: impl Iterator<Item = (&'a str, &'a str)>) {
        for (target, file) in places {
            self.taken.entry(url(target).to_lowercase()).or_insert_with(|| file.to_owned());
        }
    }

    fn add(&mut self, file: &str, address: &str, report: &mut Report) {
        let address = address.trim().trim_start_matches('/');
        let clean = !address.is_empty() && !address.split('/').any(|part| part.starts_with('.'));
        if !clean || address.contains(['?', '#', '\\', '*', ':']) {
            return;
        }
        let place = on_disk(address);
        let place = percent_decode_str(&place).decode_utf8_lossy().into_owned();
        match self.taken.get(&place.to_lowercase()) {
            Some(owner) if *owner == file => {}
            Some(_) => report.add(Kind::Redirect, file, None, format!("/{address}")),
            None => {
                let written = format!("/{}", place.strip_suffix("index.html").unwrap_or(&place));
                self.old.entry(file.to_owned()).or_default().push(written);
                self.taken.insert(place.to_lowercase(), file.to_owned());
            }
        }
    }
}
