//! Which language the program speaks: that of `--lang`, else the handbook's, else
//! the locale's, else English.

use super::{Common, Failure};
use handbook::locale::{Language, Value};
use handbook::message;

/// The language for what is said before the handbook has been read.
pub(super) fn choose(common: &Common) -> Result<Language, Failure> {
    if let Some(tag) = &common.lang {
        let known: Value = Language::all().iter().map(|language| language.tag()).collect();
        return Language::from_tag(tag)
            .ok_or_else(|| message!("cli-unknown-language", written = tag, known = known));
    }
    Ok(of_handbook(common).or_else(of_locale).unwrap_or_default())
}

/// What handbook.yaml says.
fn of_handbook(common: &Common) -> Option<Language> {
    let project = handbook::disk::Project::open(&common.root).ok()?;
    let config = Common::config(&project).ok()?;
    Language::from_tag(&config.language?)
}

/// What the environment says, by the first variable that says anything.
fn of_locale() -> Option<Language> {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Language::from_tag(&["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)?)
}
