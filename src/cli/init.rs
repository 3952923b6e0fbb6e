//! `init`: writes a small handbook that can be built at once and says what to do next.

use super::{Common, Failure, output};
use handbook::locale::Language;
use handbook::message;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The days in a starter that stand for today and for a year from now. So the starter is a handbook
/// that can be built and tested like any other.
const DAYS: [&str; 2] = ["2000-01-01", "2001-01-01"];

pub(super) fn run(dir: &Path, common: &Common) -> Result<ExitCode, Failure> {
    let dir = if common.root == Path::new(".") { dir.to_owned() } else { common.root.join(dir) };
    if dir.exists() {
        let mut entries = fs::read_dir(&dir).map_err(|error| failed(&dir, &error))?;
        if entries.next().is_some() {
            return Err(message!("cli-init-not-empty", folder = dir.as_path()));
        }
    }
    let today = common.today()?;
    let later = today.checked_add(jiff::Span::new().years(1)).unwrap_or(today);
    fs::create_dir_all(&dir).map_err(|error| failed(&dir, &error))?;
    for (name, text) in starter(common.language()) {
        let text = text.replace(DAYS[0], &today.to_string()).replace(DAYS[1], &later.to_string());
        write(&dir.join(name), &text)?;
    }
    output::print_line(common, &message!("cli-init-done", folder = dir.as_path()));
    Ok(ExitCode::SUCCESS)
}

/// The files of the language's starter. An unfinished language has none yet.
fn starter(language: Language) -> Vec<(String, &'static str)> {
    let own = language.files("starter");
    if own.is_empty() { Language::ENGLISH.files("starter") } else { own }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    fs::write(path, text).map_err(|error| failed(path, &error))
}

/// The message for a failing disk.
pub(super) fn failed(path: &Path, error: &io::Error) -> Failure {
    message!("disk-failed", path = path, reason = error)
}
