//! The handbook that is changed: a copy, filled up to a size, with a chapter of
//! usual length in it that is open in the browser.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the chapter's front matter and the copy's organization say.
const DEPARTMENT: &str = "measured";
/// How many chapters link to the anchor that changes.
const LINKING: usize = 5;

/// A change: which file is written, with what, and what its page then shows.
pub(crate) type Change<'a> = Box<dyn Fn(usize) -> (PathBuf, String, String) + 'a>;

/// A handbook in a folder of its own.
pub(crate) struct Book {
    pub(crate) chapters: usize,
    pub(crate) bytes: usize,
    /// The address of the chapter that is changed.
    pub(crate) page: String,
    body: String,
    organization: String,
    theme: String,
}

impl Book {
    /// Copies a handbook, and its chapters until there are so many.
    pub(crate) fn copy(
        from: &Path,
        to: &Path,
        chapters: usize,
        megabytes: Option<usize>,
    ) -> io::Result<Self> {
        let bare = !from.join("content").is_dir();
        let content = if bare { from.to_owned() } else { from.join("content") };
        for name in ["handbook.yaml", "organization.yaml", "themes", "editions", ".git"] {
            copy_all(&from.join(name), &to.join(name))?;
        }
        copy_all(&content, &to.join("content"))?;
        let mut texts = read(&to.join("content"))?;
        texts.sort();
        let (mut count, mut bytes) = (texts.len(), texts.iter().map(|(_, text)| text.len()).sum::<usize>());
        fill(to, &texts, chapters, megabytes, (&mut count, &mut bytes))?;
        let config = fs::read_to_string(to.join("handbook.yaml")).unwrap_or_default();
        let theme = config.lines().find_map(|line| line.strip_prefix("theme:")).unwrap_or("default");
        let own = fs::read_to_string(to.join("organization.yaml")).unwrap_or_default();
        let mut book = Self {
            chapters: count + 1,
            bytes,
            page: "measured.html".to_owned(),
            body: middle(&texts),
            organization: own,
            theme: theme.trim().trim_matches(['"', '\'']).to_owned(),
        };
        let text = book.chapter("量度", "", "锚");
        book.bytes += text.len();
        fs::write(to.join("content/measured.md"), text)?;
        for (path, text) in texts.iter().step_by((texts.len() / LINKING).max(1)).take(LINKING) {
            let up = "../".repeat(
                path.strip_prefix(to.join("content")).map_or(0, |name| name.components().count() - 1),
            );
            fs::write(path, format!("{text}\n\n[量度]({up}measured.md#锚)\n"))?;
        }
        fs::write(to.join("organization.yaml"), book.departments("量度部"))?;
        Ok(book)
    }

    /// What is measured.
    pub(crate) fn changes(&self) -> Vec<(&'static str, Change<'_>)> {
        let chapter = || PathBuf::from("content/measured.md");
        let template = || PathBuf::from(format!("themes/{}/templates/chapter.html", self.theme));
        vec![
            (
                "a line of the text",
                Box::new(move |round| {
                    let line = format!("正文第{round}行。");
                    (chapter(), self.chapter("量度", &line, "锚"), line)
                }),
            ),
            (
                "a title",
                Box::new(move |round| {
                    let title = format!("量度办法{round}");
                    (chapter(), self.chapter(&title, "", "锚"), format!("<h1>{title}"))
                }),
            ),
            (
                "a cited anchor",
                Box::new(move |round| {
                    let anchor = if round % 2 == 0 { format!("锚{round}") } else { "锚".to_owned() };
                    (chapter(), self.chapter("量度", "", &anchor), format!("id=\"{anchor}\""))
                }),
            ),
            (
                "organization.yaml",
                Box::new(move |round| {
                    let name = format!("量度{round}部");
                    (PathBuf::from("organization.yaml"), self.departments(&name), name)
                }),
            ),
            (
                "a template",
                Box::new(move |round| {
                    let mark = format!("<!-- template {round} -->");
                    let text = format!(
                        "{{% extends \"default/chapter.html\" %}}{{% block footer %}}{mark}{{% endblock %}}"
                    );
                    (template(), text, mark)
                }),
            ),
        ]
    }

    fn chapter(&self, title: &str, line: &str, anchor: &str) -> String {
        format!(
            "---\ntitle: {title}\ndepartments: [{DEPARTMENT}]\n---\n\n{line}\n\n## 锚 {{#{anchor}}}\n\n{}",
            self.body
        )
    }

    fn departments(&self, name: &str) -> String {
        let entry = format!("departments:\n  - {{id: {DEPARTMENT}, name: {name}}}\n");
        match self.organization.split_once("departments:\n") {
            Some((before, behind)) => format!("{before}{entry}{behind}"),
            None => format!("{}{entry}", self.organization),
        }
    }
}

/// Writes copies of the chapters, each under another name and title. Where the
/// whole is to have a certain size, chapters that would make it too large by then
/// are passed over.
fn fill(
    to: &Path,
    texts: &[(PathBuf, String)],
    chapters: usize,
    megabytes: Option<usize>,
    (count, bytes): (&mut usize, &mut usize),
) -> io::Result<()> {
    let most = megabytes.map_or(f64::MAX, |megabytes| megabytes as f64 * 1e6 / chapters.max(1) as f64);
    let content = to.join("content");
    for (at, (path, text)) in texts.iter().cycle().enumerate().take(chapters * 100) {
        if *count >= chapters {
            break;
        }
        if (*bytes + text.len()) as f64 > most * (*count + 1) as f64 && text.len() as f64 > most / 4.0 {
            continue;
        }
        let volume = at / texts.len() + 2;
        let name = path.strip_prefix(&content).map_err(io::Error::other)?;
        let copy = content.join(format!("卷{volume}")).join(name);
        let text = retitled(text, volume);
        *bytes += text.len();
        *count += 1;
        fs::create_dir_all(copy.parent().unwrap_or(&content))?;
        fs::write(copy, text)?;
    }
    Ok(())
}

/// The text under another title: that of its front matter, else its first heading.
fn retitled(text: &str, volume: usize) -> String {
    let mut done = false;
    let lines = text.split_inclusive('\n').map(|line| {
        let mark = ["title: ", "# "].into_iter().find(|mark| !done && line.starts_with(mark));
        done |= mark.is_some();
        match mark {
            Some(mark) => format!("{mark}卷{volume}{}", &line[mark.len()..].trim_start_matches('"')),
            None => line.to_owned(),
        }
    });
    lines.collect()
}

/// The text of the chapter of middle length, without its front matter and title.
fn middle(texts: &[(PathBuf, String)]) -> String {
    let mut lengths: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    lengths.sort_by_key(|text| text.len());
    let text = lengths.get(lengths.len() / 2).copied().unwrap_or("");
    let body =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    body.split_inclusive('\n').filter(|line| !line.starts_with("# ")).collect()
}

fn read(content: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let files = walkdir::WalkDir::new(content).into_iter().filter_map(Result::ok);
    let chapters =
        files.filter(|entry| entry.path().extension().is_some_and(|end| end == "md" || end == "mdx"));
    chapters.map(|entry| Ok((entry.path().to_owned(), fs::read_to_string(entry.path())?))).collect()
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = match entry.path().strip_prefix(from) {
            Ok(below) if !below.as_os_str().is_empty() => to.join(below),
            _ => to.to_owned(),
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
