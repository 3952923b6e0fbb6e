//! A book that came as one file: a zip of documents or of a repository.
//!
//! Its entries are taken for files of a folder, under the same limits. Nothing is unpacked
//! to a disk, so a name that leads out of the archive has nowhere to lead to; it is told.

use super::read::{Kept, MAX_FILES, is_left_out};
use crate::import::SourceTree;
use crate::import::archive::{Archive, ArchiveFault, Limits};

/// The files of an archive; a folder that holds all of them is not part of their paths.
pub(super) fn read(bytes: &[u8]) -> Result<SourceTree, ArchiveFault> {
    let archive = Archive::open(bytes, Limits { entries: MAX_FILES, ..Limits::default() })?;
    let mut tree = SourceTree::default();
    tree.unread.extend(archive.outside().iter().map(|name| (name.clone(), "../".to_owned())));
    let names: Vec<&str> =
        archive.names().filter(|name| !name.split('/').any(|part| part == "__MACOSX")).collect();
    let top = common_folder(&names);
    let mut total = 0;
    for name in names {
        let path = &name[top.len()..];
        let mut above = "";
        if path.split('/').any(|part| is_left_out(part, std::mem::replace(&mut above, part))) {
            continue;
        }
        match archive.read(name) {
            Some(Ok(bytes)) => {
                let size = bytes.len() as u64;
                Kept { path, size, is_copied: false }.put(&mut tree, &mut total, |_| Ok(bytes));
            }
            Some(Err(fault)) => tree.unread.push((path.to_owned(), fault.name().to_owned())),
            None => {}
        }
    }
    Ok(tree)
}

/// The folder at the top that all files lie in, with its `/`.
fn common_folder(names: &[&str]) -> String {
    let top = names.first().and_then(|name| name.split_once('/')).map_or("", |(top, _)| top);
    let start = format!("{top}/");
    let is_common =
        !top.is_empty() && !top.starts_with('.') && names.iter().all(|name| name.starts_with(&start));
    if is_common { start } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::common_folder;

    #[test]
    fn a_folder_around_all_files_is_no_part_of_their_paths() {
        assert_eq!(common_folder(&["a/b.md", "a/c/d.md"]), "a/");
        assert_eq!(common_folder(&["a/b.md", "ab/d.md"]), "");
        assert_eq!(common_folder(&["b.md"]), "");
        assert_eq!(common_folder(&[]), "");
    }
}
