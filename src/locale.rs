//! Messages of the program, in the user's language.
//!
//! Code makes a [`Message`], an id with arguments; where it is shown to a person, a [`Language`]
//! translates it. The texts are Fluent catalogues, one folder per language below
//! `themes/default/locales/`, which also has the messages of pages (`site.yaml`). A new language is a
//! new folder.

mod catalogue;
mod message;
#[cfg(test)]
mod tests;

pub use message::{Message, Value};

use catalogue::Catalogue;
use include_dir::{Dir, include_dir};
use std::fmt;
use std::sync::OnceLock;

static FOLDERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/locales");

/// A language of the program: one that has a folder of catalogues.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Default for Language {
    /// English.
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl Language {
    /// The language of the source, whose catalogues every other falls back to.
    pub const ENGLISH: Self = Self("en");
    /// Chinese in simplified characters.
    pub const CHINESE: Self = Self("zh");

    /// Every language, by tag.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let tag = |folder: &'static Dir<'_>| folder.path().file_name()?.to_str().map(Self);
        let mut all: Vec<Self> = FOLDERS.dirs().filter_map(tag).collect();
        all.sort();
        all
    }

    /// The language of a BCP 47 tag (`zh-CN`) or a locale (`zh_CN.UTF-8`), by its first part; `None` if
    /// the program does not have it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::all().into_iter().find(|language| language.0.eq_ignore_ascii_case(primary))
    }

    /// Its tag, which is the name of its folder.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// The text of a message; the English one if the language lacks it; its id if no language has
    /// it.
    #[must_use]
    pub fn text(self, message: &Message) -> String {
        let own = self.catalogue().format(self, message);
        own.or_else(|| Self::ENGLISH.catalogue().format(self, message))
            .unwrap_or_else(|| message.id().to_owned())
    }

    /// The text of a message without arguments, by an id that is made at run time; `None` if there is
    /// none.
    #[must_use]
    pub fn find(self, id: &str) -> Option<String> {
        self.catalogue().find(id)
    }

    /// A file of the language's folder, e.g. `site.yaml`.
    #[must_use]
    pub fn file(self, name: &str) -> Option<&'static str> {
        FOLDERS.get_file(format!("{}/{name}", self.0))?.contents_utf8()
    }

    /// The files below a folder of the language's folder, by their paths from it: the
    /// `starter` that `init` writes.
    #[must_use]
    pub fn files(self, name: &str) -> Vec<(String, &'static str)> {
        let top = format!("{}/{name}", self.0);
        let mut files = Vec::new();
        let mut open: Vec<&Dir<'_>> = FOLDERS.get_dir(&top).into_iter().collect();
        while let Some(folder) = open.pop() {
            open.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().strip_prefix(&top).unwrap_or(file.path());
                let path = path.to_string_lossy().replace('\\', "/");
                files.extend(file.contents_utf8().map(|text| (path, text)));
            }
        }
        files.sort_unstable();
        files
    }

    fn catalogue(self) -> &'static Catalogue {
        static CATALOGUES: OnceLock<Vec<(Language, OnceLock<Catalogue>)>> = OnceLock::new();
        let all = CATALOGUES
            .get_or_init(|| Self::all().into_iter().map(|language| (language, OnceLock::new())).collect());
        let at = all.iter().position(|entry| entry.0 == self).unwrap_or_default();
        all[at].1.get_or_init(|| Catalogue::read(all[at].0, &FOLDERS))
    }
}

/// A [`Message`]: its id, which every catalogue has, and its arguments by the names that the
/// catalogues use.
///
/// ```
/// use handbook::{locale::Language, message};
/// let message = message!("did-you-mean", name = "运营经理");
/// assert_eq!(Language::ENGLISH.text(&message), "did you mean `运营经理`?");
/// assert_eq!(Language::CHINESE.text(&message), "是不是「运营经理」？");
/// ```
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::locale::Message::new($id)$(.with(stringify!($name), $value))*
    };
}
