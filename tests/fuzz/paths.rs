//! Paths that the preview is asked for: they lead to addresses of the site and to
//! files of the content folder, and nowhere else.

use super::{seconds, text_of};
use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::serve::requested_path;
use handbook::site::{Output, Site};
use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

const WORDS: &[&str] = &[
    "/",
    "//",
    ".",
    "..",
    "../",
    "/../",
    "%2e",
    "%2E%2e",
    "%2f",
    "%2F..",
    "%5c",
    "\\",
    "..\\",
    "%00",
    "\0",
    "%",
    "%%",
    "%zz",
    "%c0%ae",
    "%e4%b8%ad",
    "中",
    "%ff",
    "?",
    "#",
    ";",
    ":",
    "~",
    "secret.txt",
    "secret",
    ".txt",
    "a.html",
    "a",
    "a.bin",
    "d",
    "d/",
    "d/c.html",
    "index.html",
    "content",
    "assets",
    "-/findings",
    ".handbook-manifest.json",
    ".git",
    "etc/passwd",
    "proc/self/environ",
    "C:",
    "file:",
    "http://",
    "link",
    "link/secret.txt",
    " ",
    "%20",
    "+",
    "&",
    "=",
];

struct Kept {
    _folder: tempfile::TempDir,
    project: Project,
    site: Site,
    addresses: BTreeSet<String>,
}

/// A project with a secret beside it, and a link to it that appeared later.
fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for (name, text) in [
            ("secret.txt", "SECRET"),
            ("content/a.md", "# 甲\n"),
            ("content/a.bin", "x"),
            ("content/d/c.md", "# 乙\n"),
            ("content/中.txt", "x"),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, text).expect("a file");
        }
        let project = Project::open(root).expect("a project");
        let sources = project.read();
        let site = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a date"))).site;
        let addresses = site.addresses().into_iter().map(str::to_owned).collect();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("content/link")).expect("a link");
        Kept { _folder: folder, project, site, addresses }
    })
}

#[test]
fn paths() {
    bolero::check!().with_type::<Vec<u8>>().with_test_time(seconds()).for_each(|bytes: &Vec<u8>| {
        let kept = kept();
        let path = text_of(bytes, WORDS);
        let Some(address) = requested_path(&path) else { return };
        match kept.site.render(&address) {
            None => assert!(!kept.addresses.contains(&address), "{path:?}"),
            Some(Ok(Output::File(name))) => {
                assert!(kept.addresses.contains(&address), "{path:?}");
                assert_eq!(kept.project.read_attachment(&name).expect("a file"), b"x", "{path:?}");
            }
            Some(output) => assert!(output.is_ok() && kept.addresses.contains(&address), "{path:?}"),
        }
        // Even if an address passed as a name, no file outside is read.
        for name in [&address, &path] {
            if let Ok(bytes) = kept.project.read_attachment(name) {
                assert_ne!(bytes, b"SECRET", "{name:?}");
            }
        }
    });
}
