//! Which files and folders are read, going by their names.
//!
//! Editors, office programs and file systems leave files beside those that people write:
//! locks, backups, thumbnails. Nobody means them to be published. What begins with a dot is
//! hidden and stays so, but for a few folders in which other tools keep the pictures of
//! chapters; there only pictures and documents are read.

use std::ffi::OsStr;
use std::path::Path;

/// Endings of backups, locks and files that are being written.
const ENDINGS: &str = "asd bak backup crdownload download dwl dwl2 lck old orig part partial rej save swn swo swp \
    temp tmp wbk";

/// Names of files that programs make for themselves.
const NAMES: &str = "desktop.ini ehthumbs.db ehthumbs_vista.db thumbs.db thumbs.db:encryptable icon\r";

/// The same of folders.
const FOLDERS: &str = "$recycle.bin @eadir __macosx";

/// Folders beginning with a dot that are read: whole, or one folder in them.
const TOOLS: [(&str, Option<&str>); 6] = [
    (".gitbook", Some("assets")),
    (".vuepress", Some("public")),
    (".vitepress", Some("public")),
    (".attachments", None),
    (".assets", None),
    (".images", None),
];

/// Endings of pictures and documents.
const DOCUMENTS: &str = "apng avif bmp csv doc docx dps et gif heic ico jfif jpeg jpg odp ods odt ofd pdf png pps ppsx ppt \
    pptx rtf svg tif tiff tsv txt vsd vsdx webp wps xls xlsx xmind";

fn is_one_of(list: &str, name: &str) -> bool {
    list.split(' ').any(|known| known == name)
}

/// Whether a file is one that an editor, an office program or a file system left behind.
fn is_left_behind(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.ends_with('~')
        || name.starts_with("~$")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || is_one_of(NAMES, &lower)
        || is_import_report(&lower)
        || is_one_of(ENDINGS, ending)
}

/// Whether a file is the report of an import. It tells what was left out, hidden text and comments
/// with it, and lies beside a project, never among its chapters.
fn is_import_report(name: &str) -> bool {
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".json"));
    let rest = stem.and_then(|stem| stem.strip_prefix("import-report"));
    let is_number = |rest: &str| {
        rest.strip_prefix('-')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    rest.is_some_and(|rest| rest.is_empty() || is_number(rest))
}

/// Where a folder lies: whether what is in it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Among the chapters.
    Content,
    /// In a tool's folder, of which only one folder is read.
    Tool(&'static str),
    /// In a folder that holds pictures and documents for chapters.
    Files,
}

impl Zone {
    /// The zone of what has this name in a folder of this zone; `None` where it is not read.
    pub(super) fn enter(self, name: &OsStr, is_folder: bool) -> Option<Self> {
        // A name that is not Unicode is reported by whoever reads the folder.
        let lossy = name.to_string_lossy();
        let name: &str = &lossy;
        if name.starts_with('.') {
            let tool =
                TOOLS.iter().find(|tool| tool.0 == name).filter(|_| is_folder && self == Self::Content)?;
            return Some(tool.1.map_or(Self::Files, Self::Tool));
        }
        if is_folder && is_one_of(FOLDERS, &name.to_lowercase())
            || name.ends_with('~')
            || !is_folder && is_left_behind(name)
        {
            return None;
        }
        match self {
            Self::Content => Some(Self::Content),
            Self::Tool(only) => (is_folder && name == only).then_some(Self::Files),
            Self::Files => (is_folder || is_document(name)).then_some(Self::Files),
        }
    }

    /// The zone of a path below the content folder; `None` where it is not read.
    pub(super) fn of(path: &Path, is_folder: bool) -> Option<Self> {
        let mut parts = path.iter().peekable();
        let mut zone = Self::Content;
        while let Some(part) = parts.next() {
            zone = zone.enter(part, is_folder || parts.peek().is_some())?;
        }
        Some(zone)
    }
}

fn is_document(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| is_one_of(DOCUMENTS, &ending.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_behind_is_not_read() {
        for name in [
            "~$表.docx",
            ".~lock.表.odt#",
            "a.md~",
            "采购.md.bak",
            "a.ORIG",
            ".a.md.swp",
            "a.swo",
            "x.tmp",
            "~WRL0001.tmp",
            "Thumbs.db",
            ".DS_Store",
            "Desktop.ini",
            "#a.md#",
            ".#a.md",
            "a.crdownload",
            ".env",
            ".env.local",
            "import-report.md",
            "import-report-2.md",
            "Import-Report.json",
            ".handbook-import.json",
        ] {
            assert_eq!(Zone::of(Path::new(name), false), None, "{name}");
            assert_eq!(Zone::of(&Path::new("附件").join(name), false), None, "{name}");
        }
        for name in [
            "表.docx",
            "a.md",
            "C#",
            "#1 规则.md",
            "~草图.png",
            "a.b.bak.md",
            "thumbs.png",
            "#",
            "import-reports.md",
            "import-report-a.md",
        ] {
            assert_eq!(Zone::of(Path::new(name), false), Some(Zone::Content), "{name}");
        }
        // A folder may have any name but those.
        assert_eq!(Zone::of(Path::new("2024.old/a.md"), false), Some(Zone::Content));
        assert_eq!(Zone::of(Path::new("__MACOSX/a.md"), false), None);
    }

    #[test]
    fn of_hidden_folders_only_those_of_pictures_are_read() {
        for path in [
            ".gitbook/assets/a.png",
            ".vuepress/public/img/a.svg",
            ".vitepress/public/a.pdf",
            "部门/.attachments/a.docx",
            ".assets/深/a.JPG",
            ".images/a.webp",
        ] {
            assert_eq!(Zone::of(Path::new(path), false), Some(Zone::Files), "{path}");
        }
        for path in [
            ".git/config",
            ".git/a.png",
            ".ssh/id.pdf",
            ".handbook/a.png",
            ".env",
            ".gitbook/a.png",
            ".vuepress/config.js",
            ".vuepress/components/a.png",
            ".attachments/a.md",
            ".attachments/a.js",
            ".attachments/a.html",
            ".assets/.git/a.png",
            ".assets/.env",
            ".images/.hidden.png",
            ".github/a.png",
            ".obsidian/a.png",
            ".attachments/~$a.docx",
            ".gitbook/assets/.attachments/a.png",
            ".attachments/key.pem",
        ] {
            assert_eq!(Zone::of(Path::new(path), false), None, "{path}");
        }
    }
}
