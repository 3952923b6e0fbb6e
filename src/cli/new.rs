//! `new`: writes a chapter with front matter.

use super::init::failed;
use super::{Common, Failure, output};
use handbook::chapter::{readable, without_suffix};
use handbook::locale::Language;
use handbook::message;
use handbook::text::fold_path;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(path: &str, title: Option<&str>, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let name = path.trim_start_matches("./");
    let name = name.strip_prefix("content/").unwrap_or(name);
    let name = if without_suffix(name).is_some() { name.to_owned() } else { format!("{name}.md") };
    // Names that begin with a dot are not read.
    let read = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    let inside = Path::new(&name).components().all(read);
    if !inside {
        return Err(message!("cli-new-outside", path = path, folder = project.content.as_path()));
    }
    let file = project.content.join(&name);
    // A link may lead out of the project.
    let there = file.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok());
    if !there.is_some_and(|there| there.starts_with(&project.content)) {
        return Err(message!("cli-new-outside", path = path, folder = project.content.as_path()));
    }
    if let Some(other) = alike(&project.content, &name) {
        return Err(message!("cli-new-alike", path = file.as_path(), other = other.as_path()));
    }
    let stem = without_suffix(&name).and_then(|stem| stem.rsplit('/').next()).unwrap_or("");
    let title = title.map_or_else(|| readable(stem), str::to_owned);
    let text = chapter(common.language(), &title, &common.today()?.to_string());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    let mut created = fs::File::create_new(&file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => message!("cli-new-exists", path = file.as_path()),
        _ => failed(&file, &error),
    })?;
    created.write_all(text.as_bytes()).map_err(|error| failed(&file, &error))?;
    output::print_line(common, &message!("cli-new-done", path = file.as_path()));
    Ok(ExitCode::SUCCESS)
}

/// What lies there under another spelling of one of the names in a path that is not there itself:
/// disks of macOS and Windows take both for one.
fn alike(content: &Path, path: &str) -> Option<PathBuf> {
    let mut folder = content.to_owned();
    for part in path.split('/') {
        let below = folder.join(part);
        if fs::symlink_metadata(&below).is_err() {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let like = |name: &OsString| name.to_str().is_some_and(|name| fold_path(name) == fold_path(part));
            return Some(folder.join(entries.map(|entry| entry.file_name()).filter(like).min()?));
        }
        folder = below;
    }
    None
}

/// The language's `chapter.md` with the title and the day. The title is inserted last, since it may
/// contain a placeholder.
fn chapter(language: Language, title: &str, today: &str) -> String {
    let template = language.file("chapter.md").or_else(|| Language::ENGLISH.file("chapter.md"));
    // JSON strings are YAML strings too.
    let quoted = serde_json::to_string(title).unwrap_or_default();
    template.unwrap_or_default().replace("{date}", today).replace("{title}", &quoted)
}
