//! `list`: the register of controlled documents in the terminal.

use super::{Common, Failure, FormatArg, output, targets, usage};
use handbook::site::Selection;
use std::fmt::Write as _;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// The columns that a terminal has room for: id, title, kind, status, version, in force from,
/// review by, owner.
const SHOWN: usize = 8;

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    #[arg(long, value_name = "NAME")]
    owner: Vec<String>,
    #[arg(long, value_name = "DAYS", value_parser = usage::days)]
    due: Option<i32>,
}

pub(super) fn run(args: &ListArgs, common: &Common) -> Result<ExitCode, Failure> {
    let (_, sources) = targets::read(common)?;
    let build = targets::build_aside(common, &sources)?;
    let selection =
        Selection { statuses: args.status.clone(), owners: args.owner.clone(), due_days: args.due };
    let chosen = build.site.select(&selection)?;
    let text = match common.format {
        FormatArg::Json => build.site.list_json(&chosen).into_bytes(),
        FormatArg::Csv => build.site.list_csv(&chosen),
        _ => aligned(&build.site.list_rows(&chosen)).into_bytes(),
    };
    output::write_stdout(&text)?;
    Ok(output::status(common, &build.diagnostics))
}

/// Rows in columns; a Chinese character is two cells wide.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..SHOWN).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let _ = write!(line, "{cell}{:room$}  ", "", room = width.saturating_sub(cell.width()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
