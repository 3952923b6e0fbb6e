//! `import`: makes a project of a book that was written for another tool.

use super::{Common, Failure, output};
use handbook::disk::import::{Written, audiences, check_folder, earlier, read, write};
use handbook::import::{Kind, Report, Tool, import, recognize};
use handbook::message;
use handbook::report::Format;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    source: PathBuf,
    dir: PathBuf,
    #[arg(long, value_name = "TOOL", value_parser = tool())]
    from: Option<String>,
}

fn tool() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(Tool::ALL.iter().map(|tool| tool.name()))
}

pub(super) fn run(args: &ImportArgs, common: &Common) -> Result<ExitCode, Failure> {
    let place =
        |path: &Path| if common.root == Path::new(".") { path.to_owned() } else { common.root.join(path) };
    let (source, dir) = (place(&args.source), place(&args.dir));
    let (folder, last) = check_folder(&source, &dir)?;
    let tree = read(&source, &folder)?;
    // A book whose settings went astray is not another tool's.
    let before = last.as_ref().and_then(|last| Tool::named(&last.tool));
    let from = args.from.as_deref().and_then(Tool::named).or(before);
    let earlier = earlier(&folder, last.as_ref());
    let mut project = import(&tree, from, common.language(), &audiences(&folder), common.today()?, earlier);
    if let (None, Some(before), now) = (&args.from, before, recognize(&tree))
        && before != now
    {
        let (tool, now, name) = (before.label(), now.label(), now.name());
        let note = message!("import-as-before", tool = tool, now = now, name = name);
        output::print_message(common.language(), &note);
    }
    if project.report.count(Kind::Chapter) == 0 {
        if project.report.count(Kind::OldFormat) > 0 {
            return Err(message!("import-old-format", source = source.as_path()));
        }
        if project.report.count(Kind::Encrypted) > 0 {
            return Err(message!("import-encrypted", source = source.as_path()));
        }
        let is_zip = source.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        if source.is_file() && !is_zip {
            return Err(message!("import-no-chapter-file", source = source.as_path()));
        }
        return Err(message!("import-no-chapter", source = source.as_path()));
    }
    let above = if source.is_file() { source.parent().unwrap_or(Path::new(".")) } else { source.as_path() };
    let done = write(above, &folder, last, &tree, &mut project)?;
    let report = &project.report;
    if common.format() == Format::Json {
        return output::write_stdout(report.to_json().as_bytes());
    }
    print_done(&done, report, &folder, common);
    Ok(ExitCode::SUCCESS)
}

fn print_done(done: &Written, report: &Report, folder: &Path, common: &Common) {
    let summary = message!(
        "import-done",
        tool = report.tool.label(),
        chapters = report.count(Kind::Chapter),
        folder = folder,
        written = done.written,
        same = done.same,
    );
    output::print_line(common, &summary);
    if done.kept > 0 {
        output::print_line(common, &message!("import-kept", number = done.kept));
    }
    if done.withdrawn > 0 {
        output::print_line(common, &message!("import-withdrawn", number = done.withdrawn));
    }
    let shown = report.count(Kind::EditedAndWithheld);
    if shown > 0 {
        output::print_line(common, &message!("import-still-shown", number = shown));
    }
    let (left, name) = (report.left(), done.report.as_str());
    let next = match left {
        0 => message!("import-nothing-left", report = name),
        _ => message!("import-left", number = left, report = name),
    };
    output::print_line(common, &next);
    output::print_line(common, &message!("import-next", folder = folder));
}
