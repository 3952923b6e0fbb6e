//! `search`: asks the index in the terminal.

use super::{Common, Failure};
use super::{editions, output};
use handbook::builder::Builder;
use handbook::search::SearchResponse;
use std::fmt::Write as _;
use std::process::ExitCode;

pub(super) fn run(query: &str, json: bool, limit: usize, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let sources = project.read();
    if let Some(name) = &common.audience {
        editions::known(&editions::config(&sources), name)?;
    }
    let build = Builder::new().build(&sources, &common.request()?);
    common.speak_as(&build.site.handbook);
    let answer = build.site.index().search(query, limit);
    let text = if json {
        serde_json::to_string_pretty(&answer).map_err(|error| error.to_string())? + "\n"
    } else {
        shown(&answer)
    };
    output::write_stdout(text.as_bytes())
}

fn shown(answer: &SearchResponse) -> String {
    let mut text = String::new();
    for result in &answer.results {
        let _ = writeln!(text, "{}", result.title);
        for place in &result.clauses {
            let label = if place.title.is_empty() { String::new() } else { format!("{}: ", place.title) };
            let excerpt = place.excerpt.strip_prefix(&place.title).unwrap_or(&place.excerpt).trim_start();
            let _ = writeln!(text, "    {label}{excerpt}");
        }
        if result.clauses.is_empty() && !result.excerpt.is_empty() {
            let _ = writeln!(text, "    {}", result.excerpt);
        }
        let _ =
            writeln!(text, "    {}\n", percent_encoding::percent_decode_str(&result.url).decode_utf8_lossy());
    }
    let plural = if answer.count == 1 { "chapter" } else { "chapters" };
    let exact =
        if answer.exact < answer.count { format!(", {} as typed", answer.exact) } else { String::new() };
    let _ = writeln!(text, "{} {plural}{exact}", answer.count);
    text
}
