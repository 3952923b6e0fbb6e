//! What is wrong with editions: a text that was changed in silence, a version that no file
//! can be called by.

use super::{Edition, Histories, History};
use crate::chapter::Chapter;
use crate::chapter::front_matter::Revision;
use crate::chapter::version::compare_versions;
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::yaml::Step;
use std::sync::Arc;

impl Histories {
    /// The diagnostics about the chapters' present texts, for a handbook that has editions.
    #[must_use]
    pub fn diagnostics(&self, chapters: &[Arc<Chapter>]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for chapter in chapters {
            let version = &chapter.front.version;
            if !version.is_empty() && !is_file_name(version) {
                let message = message!("invalid-value-version", version = version);
                let wrong = Diagnostic::new(&rule::INVALID_VALUE, message)
                    .help(message!("invalid-value-version.help"));
                diagnostics.push(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong));
            }
            let history = self.of(&chapter.source.name);
            diagnostics.extend(history.and_then(|(_, history)| silent_change(history, chapter)));
            diagnostics.extend(history.and_then(|(_, history)| lower_version(history, chapter)));
        }
        diagnostics
    }
}

/// The diagnostic for a present text that is not what was published under its version.
fn silent_change(history: &History, chapter: &Chapter) -> Option<Diagnostic> {
    let version = &chapter.front.version;
    let edition = history.editions.get(history.find(version)?)?;
    let is_editorial = |revision: Option<&Revision>| revision.is_some_and(|revision| revision.editorial);
    if !edition.is_present
        || is_editorial(edition.revision())
        || is_editorial(chapter.front.own_revision())
        || edition.first_text? == chapter.text_fingerprint()
    {
        return None;
    }
    let is_released = edition.source.path != chapter.source.path;
    let message = message!("silent-change", version = version);
    let told = Diagnostic::new(&rule::SILENT_CHANGE, message).help(message!("silent-change.help"));
    let told = match is_released {
        true => told.related(&edition.source.path, None, message!("silent-change-released")),
        false => told,
    };
    Some(chapter.front_diagnostic(&[Step::Key("version".to_owned())], told))
}

/// The diagnostic for a present text that comes into force after a higher version.
fn lower_version(history: &History, chapter: &Chapter) -> Option<Diagnostic> {
    let own = history.editions.iter().position(|edition| edition.is_present)?;
    let version = &chapter.front.version;
    let is_higher = |edition: &&Edition| {
        compare_versions(edition.version(), version).is_some_and(std::cmp::Ordering::is_gt)
    };
    let higher = history.editions[..own].iter().find(is_higher)?;
    let message = message!("revision-order-lower", version = version, other = higher.version());
    let wrong = Diagnostic::new(&rule::REVISION_ORDER, message)
        .help(message!("revision-order-lower.help", other = higher.version()));
    Some(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong))
}

impl Edition {
    /// Whether its version can be the name of a file on every system.
    #[must_use]
    pub fn has_a_name(&self) -> bool {
        is_file_name(self.version())
    }
}

/// Whether a version may stand in a URL path and be the name of a file.
#[must_use]
pub fn is_file_name(version: &str) -> bool {
    let bad = |c: char| {
        c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%')
    };
    let edge = |c: char| c == '.' || c.is_whitespace();
    !version.is_empty()
        && version.len() <= 100
        && !version.contains(bad)
        && !version.contains("..")
        && !version.starts_with(edge)
        && !version.ends_with(edge)
        && version != "index"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_must_be_able_to_name_a_file() {
        for good in ["1.0", "2026年版", "v2 (rev A)", "2.1-beta"] {
            assert!(is_file_name(good), "{good}");
        }
        for bad in ["", ".1", "1.", "1..2", "../../etc", "a/b", "a\\b", "1:2", "a\nb", " 1", "index"] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }
}
