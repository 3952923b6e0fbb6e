//! The pages of the guide that list every rule are those that the registry makes.

use crate::support::repository;
use handbook::locale::Language;
use std::fs;

/// `HANDBOOK_UPDATE=1 cargo nextest run -E 'test(rules)'` writes the pages anew.
#[test]
fn the_guide_lists_the_rules_that_there_are() {
    for (language, path) in
        [(Language::CHINESE, "content/guide/rules.md"), (Language::ENGLISH, "content/guide/en/rules.md")]
    {
        let file = repository().join(path);
        let page = handbook::rule::page(language);
        if std::env::var_os("HANDBOOK_UPDATE").is_some() {
            fs::write(&file, &page).expect("written");
        }
        assert!(fs::read_to_string(&file).expect(path) == page, "{path} is not what the registry says");
    }
}
