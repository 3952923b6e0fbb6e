//! A project as it was at a commit, read from the repository and not from the disk.
//!
//! The texts are all that is read: of other files only the names are known, and the theme is
//! the program's own. Nothing is checked out.

use super::{Project, beside, encoding, git, is_chapter};
use crate::locale::Message;
use crate::source::{Attachment, HIDDEN_TOOLS, SETTINGS, Source, Sources, is_folder_data, is_tool_settings};
use std::path::Path;

/// Folders of a bare project that hold no chapters.
const SKIPPED: [&str; 4] = ["themes/", "target/", "node_modules/", "editions/"];

impl Project {
    /// The project at the two ends of `FROM..TO`; of `FROM...TO`, at the commit that both come
    /// from and at `TO`, as a merge request shows it. A side that is left out is `HEAD`.
    ///
    /// # Errors
    /// A message where there is no such commit, or git cannot be run.
    pub fn read_range(&self, range: &str) -> Result<[Sources; 2], Message> {
        let end = |name: &str| git::commit(&self.root, if name.is_empty() { "HEAD" } else { name });
        let (from, to) = match range.split_once("...") {
            Some((from, to)) => {
                let to = end(to)?;
                (git::merge_base(&self.root, &end(from)?, &to)?, to)
            }
            None => {
                let (from, to) = range.split_once("..").unwrap_or((range, ""));
                (end(from)?, end(to)?)
            }
        };
        Ok([self.read_at(&from)?, self.read_at(&to)?])
    }

    /// The project as it was at a commit.
    fn read_at(&self, commit: &str) -> Result<Sources, Message> {
        let mut files = git::list(&self.root, commit)?;
        files.retain(|file| !file.is_link);
        let bare = !files.iter().any(|file| file.path.starts_with("content/"));
        let prefix = if bare { "" } else { "content/" };
        let mut sources = Sources { bare, ..Sources::default() };
        let mut texts = Vec::new();
        for file in &files {
            if SETTINGS.contains(&file.path.as_str()) {
                texts.push(file);
                continue;
            }
            let Some(name) = file.path.strip_prefix(prefix) else {
                sources.attachments.extend(beside::attachment(&file.path));
                continue;
            };
            let known = |tool: &&str| sources.tools.iter().any(|known| *known.name == **tool);
            if let Some(tool) = hidden_tool(name).filter(|tool| bare && !known(tool)) {
                sources.tools.push(Source::new(tool, tool, ""));
            }
            let is_data = is_folder_data(name, |_| false);
            texts.extend((bare && is_data && !is_tool_settings(name)).then_some(file));
            let skipped = bare && SKIPPED.iter().any(|folder| name.starts_with(folder));
            if skipped || super::Zone::of(Path::new(name), false).is_none() {
                continue;
            }
            match is_chapter(name) {
                true => texts.push(file),
                false => {
                    sources.attachments.push(Attachment::new(name, None));
                    texts.extend((bare && is_tool_settings(name)).then_some(file));
                }
            }
        }
        let blobs: Vec<&str> = texts.iter().map(|file| file.id.as_str()).collect();
        let mut files = texts.iter();
        git::contents(&self.root, &blobs, &mut |bytes| {
            let Some(file) = files.next() else { return };
            sources.add_file(&file.path, prefix, bytes);
        })?;
        sources.chapters.sort_by(|one, other| one.name.cmp(&other.name));
        // What lies in content/ comes first.
        sources
            .attachments
            .sort_by(|one, other| (&one.name, one.is_beside).cmp(&(&other.name, other.is_beside)));
        sources.attachments.dedup_by(|one, other| one.name == other.name);
        Ok(sources)
    }
}

/// What tells of a tool whose settings are hidden: the file, or the folder that it lies in.
fn hidden_tool(name: &str) -> Option<&str> {
    let mut end = 0;
    let mut parts = name.split('/').map(|part| {
        end += part.len() + 1;
        (part, end - 1)
    });
    let (_, end) = parts.find(|(part, _)| HIDDEN_TOOLS.contains(part))?;
    (name[..end].matches('/').count() <= 2).then(|| &name[..end])
}

impl Sources {
    fn add_file(&mut self, path: &str, prefix: &str, bytes: Option<Vec<u8>>) {
        let settings = SETTINGS.contains(&path);
        let name = if settings { path } else { path.strip_prefix(prefix).unwrap_or(path) };
        let Some(bytes) = bytes else {
            match path {
                "handbook.yaml" => self.config_lost = true,
                "organization.yaml" | "synonyms.yaml" => {}
                _ if is_tool_settings(name) || is_folder_data(name, |_| false) => {}
                _ => self.unread.push(name.into()),
            }
            return;
        };
        let (text, damaged) =
            encoding::decode(bytes, &path.into(), &crate::rule::ENCODING, &mut self.diagnostics);
        let source = Source::new(path, name, text);
        let source = if damaged { source.damaged() } else { source };
        match path {
            "handbook.yaml" => self.config = Some(source),
            "organization.yaml" => self.organization = Some(source),
            "synonyms.yaml" => self.synonyms = Some(source),
            _ if is_tool_settings(path) => self.tools.push(source),
            _ if is_folder_data(path, |_| false) => self.folder_data.push(source),
            _ => self.chapters.push(source),
        }
    }
}
