//! `init`: a small handbook that builds at once and says what to do next.

use super::{Common, Failure, output};
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// The starter project, as files of this repository, so that it can be read,
/// built and tested like any other handbook.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/sites/starter");

pub(super) fn run(dir: &Path, common: &Common) -> Result<ExitCode, Failure> {
    let dir = if common.root == Path::new(".") { dir.to_owned() } else { common.root.join(dir) };
    let disk = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    if dir.exists() {
        let mut entries = fs::read_dir(&dir).map_err(|error| disk(&dir, error))?;
        if entries.next().is_some() {
            return Err(format!(
                "{} is not empty; nothing was touched\n  choose a new folder",
                dir.display()
            )
            .into());
        }
    }
    let today = common.today()?;
    let later = today.checked_add(jiff::Span::new().years(1)).unwrap_or(today);
    write(&STARTER, &dir, &today.to_string(), &later.to_string())
        .map_err(|(path, error)| disk(&path, error))?;
    output::say(common, &format!("a new handbook is in {}; now run:", dir.display()));
    output::say(common, &format!("  cd {} && handbook serve", dir.display()));
    Ok(ExitCode::SUCCESS)
}

fn write(
    from: &Dir<'_>,
    root: &Path,
    today: &str,
    later: &str,
) -> Result<(), (std::path::PathBuf, std::io::Error)> {
    fs::create_dir_all(root).map_err(|error| (root.to_owned(), error))?;
    let mut folders = vec![from];
    while let Some(folder) = folders.pop() {
        for inner in folder.dirs() {
            let path = root.join(inner.path());
            fs::create_dir_all(&path).map_err(|error| (path, error))?;
            folders.push(inner);
        }
        for file in folder.files() {
            let path = root.join(file.path());
            let text = file.contents_utf8().unwrap_or_default();
            let text = text.replace("2000-01-01", today).replace("2001-01-01", later);
            fs::write(&path, text).map_err(|error| (path, error))?;
        }
    }
    Ok(())
}
