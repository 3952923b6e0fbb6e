//! Whether an address that leads nowhere tells of something withheld all the same.
//!
//! Other tools have another top, another ending or another scheme for one file:
//! `content/board/pay.md`, `en/board/pay.php`, `ref:board/pay`, `#/board/pay`, `board/pay.md:12`. A
//! browser that follows one finds nothing; who reads it has the name of what is withheld.

use super::Withheld;
use crate::handbook::link::{is_external, join};
use crate::text::fold;
use percent_encoding::percent_decode_str;

/// Bytes of an address that is looked at: no path is longer.
const LONGEST: usize = 4_096;
/// Endings that one page has with other tools.
const ENDINGS: [&str; 11] =
    ["md", "mdx", "markdown", "html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "adoc"];

impl Withheld {
    /// Whether an address in a chapter of this folder, which leads to nothing, tells of something
    /// withheld.
    pub(super) fn is_told_by(&self, folder: &str, address: &str) -> bool {
        let has_host = is_external(address) && (address.starts_with("//") || address.contains("://"));
        if self.paths.is_empty() || address.len() > LONGEST || has_host {
            return false;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let values = query.split('&').filter_map(|part| Some(part.split_once('=')?.1));
        let mut inner = values.chain([fragment.split('?').next().unwrap_or("")]);
        self.is_told_by_path(folder, without_scheme(path)) || inner.any(|part| self.is_told_by_value(part))
    }

    /// The same of what stands behind the path of an address that leads somewhere: an anchor may be
    /// a path too, as docsify has it.
    pub(super) fn is_told_behind(&self, address: &str) -> bool {
        let at = address.find(['#', '?']).unwrap_or(address.len());
        self.is_told_by("", &address[at..])
    }

    fn is_told_by_value(&self, part: &str) -> bool {
        part.contains('/') && self.is_told_by_path("", part)
    }

    fn is_told_by_path(&self, folder: &str, path: &str) -> bool {
        let decoded = percent_decode_str(path.trim()).decode_utf8_lossy().replace('\\', "/");
        if decoded.is_empty() {
            return false;
        }
        let path = without_line(&decoded);
        let below = join(folder, path);
        // Above the top of the book there may be the folder that holds it.
        let above = path.trim_start_matches("../").trim_start_matches('/');
        [below.as_deref().unwrap_or(""), above].into_iter().any(|path| self.ends(path))
    }

    /// Whether the end of a path is one of something withheld, or a part of it the id.
    fn ends(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        let named =
            |part: &str| self.ids.contains(&fold(part)) || self.ids.contains(&fold(without_ending(part).0));
        if path.split('/').any(named) {
            return true;
        }
        let (stem, ending) = without_ending(path);
        let stem = own_page(stem);
        let is_ours = matches!(ending, "md" | "mdx" | "markdown");
        let starts = std::iter::once(0).chain(stem.match_indices('/').map(|(slash, _)| slash + 1));
        // What is one word may be anything, but for the name of a chapter's file.
        let mut ends = starts.map(|start| &stem[start..]).filter(|end| is_ours || end.contains('/'));
        ends.any(|end| self.stems.contains(&fold(end)))
    }
}

/// A path without the name of a folder's own page.
pub(super) fn own_page(stem: &str) -> &str {
    ["/index", "/README"].into_iter().find_map(|name| stem.strip_suffix(name)).unwrap_or(stem)
}

/// A path without the scheme of another tool, such as `ref:`.
fn without_scheme(path: &str) -> &str {
    let scheme = path.split_once(':').filter(|(_, rest)| is_external(path) && !is_line(rest));
    scheme.map_or(path, |(_, rest)| rest)
}

/// A path without the number of a line, as editors and compilers write it.
fn without_line(path: &str) -> &str {
    match path.split_once(':') {
        Some((before, line)) if is_line(line) => before,
        _ => path,
    }
}

fn is_line(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// A path without the ending of a page, and that.
fn without_ending(path: &str) -> (&str, &str) {
    match path.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) => (stem, ending),
        _ => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_tools_write_for_a_withheld_file_tells_of_it() {
        let withheld = Withheld {
            paths: ["board/pay.md".to_owned()].into(),
            stems: ["board/pay".to_owned(), "plan".to_owned()].into(),
            ids: ["hr-1".to_owned()].into(),
            ..Withheld::default()
        };
        for address in [
            "content/board/pay.md",
            "../../content/board/pay.md",
            "view/board/pay",
            "/en/board/PAY.html",
            "board/pay.php",
            "board/pay.md:12",
            "board/pay.md:12:3",
            "board%2Fpay.md",
            "#board/pay",
            "/#/board/pay?x",
            "?id=board/pay",
            "x.html?a=b&file=board/pay.md",
            "ref:board/pay",
            "content/plan.md",
            "editions/HR-1/1.0.md",
            "../HR-1.html",
            "board\\pay.md",
            "plan.md:12",
            "content/board/pay/index.md",
        ] {
            assert!(withheld.is_told_by("guide", address), "{address}");
        }
        assert!(withheld.is_told_by("board", "pay.php"));
        for address in [
            "",
            "#",
            "pay.php",
            "other/pay.md",
            "apps/plan",
            "plan.html",
            "https://a.b/board/pay.md",
            "#plan",
            "x?y=1",
        ] {
            assert!(!withheld.is_told_by("guide", address), "{address}");
        }
    }
}
