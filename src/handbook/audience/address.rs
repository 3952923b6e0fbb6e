//! Where an address leads, as a browser reads it.
//!
//! An author may write one address in many ways: with a default port, a user's
//! name, capitals in the host, line breaks, backslashes, `./` and `%2F`. Browsers
//! take them all for one (WHATWG URL), and so it is here.

use crate::text::{encode_path, floor_boundary};
use ammonia::Url;
use percent_encoding::percent_decode_str;
use std::ops::Range;

/// Bytes of an address in running text that are looked at, at most.
const REACH: usize = 600;

/// Addresses at which sites of the handbook may stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Sites {
    bases: Vec<Url>,
    /// Their hosts as running text may write them, in lower case.
    hosts: Vec<String>,
}

impl Sites {
    /// Sites at these addresses, which have a scheme.
    pub(super) fn new(addresses: &[String]) -> Self {
        let written = addresses.iter().filter_map(|address| {
            let rest = address.split_once("//")?.1;
            let host = rest.split(['/', '?', '#']).next()?;
            let host = host.rsplit('@').next()?.split(':').next()?;
            Some(host.to_lowercase())
        });
        let mut hosts: Vec<String> = written.collect();
        let bases: Vec<Url> = addresses.iter().filter_map(|address| Url::parse(address).ok()).collect();
        hosts.extend(bases.iter().filter_map(|base| base.host_str().map(str::to_owned)));
        hosts.retain(|host| !host.is_empty());
        hosts.sort_unstable();
        hosts.dedup();
        Self { bases, hosts }
    }

    /// The paths below the sites' roots that an address on the page at `page` may lead
    /// to, decoded.
    pub(super) fn paths(&self, page: &str, destination: &str) -> Vec<String> {
        let nowhere = Url::parse("https://site.invalid/").ok();
        let unknown: Vec<Url> = nowhere.into_iter().filter(|_| self.bases.is_empty()).collect();
        let bases = || self.bases.iter().chain(&unknown);
        // The page may stand below each of them, and `/…` leads below the same host only.
        let from = bases().filter_map(|base| base.join(&encode_path(page)).ok());
        let to = from.filter_map(|from| from.join(destination).ok());
        let mut paths: Vec<String> =
            to.flat_map(|to| bases().filter_map(move |base| below(base, &to)).collect::<Vec<_>>()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Whether a text may hold an address of one of them at all: escapes and entities
    /// could hide a host from a look at the source.
    pub(super) fn may_stand_in(&self, text: &str) -> bool {
        if self.hosts.is_empty() {
            return false;
        }
        let lower = text.to_ascii_lowercase();
        let holds = |host: &String| memchr::memmem::find(lower.as_bytes(), host.as_bytes()).is_some();
        memchr::memchr2(b'&', b'\\', text.as_bytes()).is_some() || self.hosts.iter().any(holds)
    }

    /// Places of running text at which an address of a site may begin, and the address
    /// as far as it may go, with a scheme.
    pub(super) fn written<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let lower = text.to_ascii_lowercase();
        let mut addresses: Vec<(usize, Range<usize>)> = Vec::new();
        for host in &self.hosts {
            for (at, _) in lower.match_indices(host.as_str()) {
                let free = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.';
                if !lower[..at].chars().next_back().is_none_or(free) {
                    continue;
                }
                let end = floor_boundary(text, at + REACH);
                let ends = |c: char| c.is_whitespace() || "<>\"|`，。；！？、）】》」』“”".contains(c);
                let end = at + text[at..end].find(ends).unwrap_or(end - at);
                addresses.push((begin(&lower, at), at..end));
            }
        }
        addresses.sort_by_key(|(begin, host)| (*begin, host.start));
        addresses.into_iter()
    }
}

/// The path of an address below a site's root. Schemes do not count: a server often
/// answers to both.
fn below(base: &Url, to: &Url) -> Option<String> {
    let host = |url: &Url| url.host_str().map(|host| host.trim_end_matches('.').to_owned());
    let web = |url: &Url| matches!(url.scheme(), "http" | "https");
    if host(base) != host(to) || base.port() != to.port() || !web(to) {
        return None;
    }
    let decoded = |url: &Url| percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let (base, path) = (decoded(base), decoded(to));
    let rest = path.strip_prefix(base.as_str()).or_else(|| path.strip_prefix(base.trim_end_matches('/')))?;
    let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    Some(parts.join("/"))
}

/// Where an address begins whose host stands at a place: at its scheme.
fn begin(text: &str, host: usize) -> usize {
    // No further than an address reaches, or a line of many hosts costs their square.
    let before = &text[floor_boundary(text, host.saturating_sub(REACH))..host];
    // A user's name and password.
    let user = before.rfind("//").filter(|slashes| {
        let name = &before[slashes + 2..];
        name.is_empty() || name.ends_with('@') && !name.contains(char::is_whitespace)
    });
    let Some(slashes) = user else { return host };
    let begin = before[..slashes].strip_suffix(':').map_or(slashes, |rest| {
        let letters = rest.chars().rev().take_while(char::is_ascii_alphabetic).count();
        if letters == 0 { slashes } else { rest.len() - letters }
    });
    host - before.len() + begin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites() -> Sites {
        Sites::new(&[
            "https://Intra.example.com/hb/".to_owned(),
            "https://intra.example.com/hb/board/".to_owned(),
        ])
    }

    #[test]
    fn one_address_is_written_in_many_ways() {
        for written in [
            "https://intra.example.com/hb/R&D/x.html",
            "HTTPS://INTRA.example.COM:443/hb/R%26D/x.html#a",
            "http://user:pass@intra.example.com/hb/./a/../R%26D/x.html?q",
            "//intra.example.com/hb//R&D/x.html",
            "https:\\\\intra.example.com\\hb\\R&D\\x.html",
            "ht\ntps://intra.exam\tple.com/hb/R&D/x.html",
            " https://intra.example.com./hb/R&D/x.html ",
            "/hb/R&D/x.html",
            "../R&D/x.html",
            "%2e%2e/R%26D/x.html",
        ] {
            let paths = sites().paths("guide/a.html", written);
            assert!(paths.contains(&"R&D/x.html".to_owned()), "{written}: {paths:?}");
        }
        for written in [
            "https://intra.example.com:8443/hb/x",
            "https://example.com/hb/x",
            "mailto:a@intra.example.com",
            "/other/x",
        ] {
            assert!(sites().paths("a.html", written).is_empty(), "{written}");
        }
        assert_eq!(Sites::default().paths("a/b.html", "..\\c.html"), ["c.html"]);
    }

    #[test]
    fn addresses_are_found_in_running_text() {
        let addresses = |text: &str| -> Vec<String> {
            sites().written(text).map(|(begin, place)| text[begin..place.end].to_owned()).collect()
        };
        assert_eq!(
            addresses("见https://u@intra.example.com/hb/密/甲.html。后"),
            ["https://u@intra.example.com/hb/密/甲.html"]
        );
        assert_eq!(
            addresses("Intra.Example.com:443/hb/x and xintra.example.com/hb"),
            ["Intra.Example.com:443/hb/x"]
        );
    }
}
