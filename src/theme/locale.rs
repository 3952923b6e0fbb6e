//! The messages of the interface: those of the embedded locale, overridden one by one by the
//! project's.

use super::ThemeFile;
use crate::diagnostic::Diagnostic;
use crate::locale::Language;
use crate::message;
use crate::rule;
use crate::yaml::Document;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All messages for `language`: the embedded ones, then the project's for the language (`zh`), then
/// the project's for the exact tag (`zh-HK`).
pub(super) fn load(
    files: &[&ThemeFile],
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut messages = embedded(Language::from_tag(language).unwrap_or_default());
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let mut exact = BTreeMap::new();
    // Folders below hold the messages of the program itself and the files that it writes.
    let is_locale = |name: &str| name.strip_prefix("locales/").is_some_and(|name| !name.contains('/'));
    for file in files.iter().filter(|file| is_locale(&file.name)) {
        let (words, mut own) = read(file);
        diagnostics.append(&mut own);
        if file.name == format!("locales/{language}.yaml") {
            exact = words;
        } else if file.name == format!("locales/{primary}.yaml") {
            messages.extend(words);
        }
    }
    messages.extend(exact);
    messages
}

/// The embedded messages.
pub(super) fn embedded(language: Language) -> BTreeMap<String, String> {
    language.file("site.yaml").and_then(|text| serde_yaml::from_str(text).ok()).unwrap_or_default()
}

/// Reads a locale file of the project; reports every message that is not text.
fn read(file: &ThemeFile) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let mut words = BTreeMap::new();
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        let diagnostic =
            Diagnostic::new(&rule::THEME, message!("theme-locale-encoding")).at(&file.path, None);
        return (words, vec![diagnostic]);
    };
    let parsed: Result<Option<BTreeMap<String, serde_yaml::Value>>, _> = serde_yaml::from_str(text);
    let map = match parsed {
        Ok(map) => map.unwrap_or_default(),
        Err(_) => {
            // A YAML error has a place; otherwise the file is not a mapping.
            let whole: Arc<str> = text.into();
            let parsed = Document::new(&file.path, &whole, 0..whole.len()).parse(&rule::THEME);
            let no_map = || Diagnostic::new(&rule::THEME, message!("theme-locale")).at(&file.path, None);
            return (words, vec![parsed.err().map_or_else(no_map, |diagnostic| *diagnostic)]);
        }
    };
    let mut diagnostics = Vec::new();
    for (key, value) in map {
        match value {
            serde_yaml::Value::String(word) => {
                words.insert(key, word);
            }
            serde_yaml::Value::Number(number) => {
                words.insert(key, number.to_string());
            }
            _ => {
                let span = text.find(&key).map(|at| at..at + key.len());
                let message = message!("theme-word", key = &key);
                diagnostics.push(Diagnostic::new(&rule::THEME, message).at(&file.path, span));
            }
        }
    }
    (words, diagnostics)
}
