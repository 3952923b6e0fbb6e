//! `search`: searches the index in the terminal.

use super::{Common, Failure, output, targets};
use handbook::builder::Builder;
use handbook::locale::Language;
use handbook::message;
use handbook::search::{MatchStep, QueryPart, SearchOptions, SearchResponse};
use std::fmt::Write as _;
use std::process::ExitCode;

/// A department or role that is preferred: `department=finance`, `role=客服专员`.
pub(super) fn preference(written: &str) -> Result<(String, String), String> {
    let (facet, value) = written.split_once('=').unwrap_or((written, ""));
    match matches!(facet, "department" | "role") && !value.is_empty() {
        true => Ok((facet.to_owned(), value.to_owned())),
        false => Err("department=… / role=…".to_owned()),
    }
}

pub(super) fn run(
    query: &str,
    json: bool,
    limit: usize,
    prefer: &[(String, String)],
    common: &Common,
) -> Result<ExitCode, Failure> {
    let (project, sources) = targets::read(common)?;
    let build = Builder::new().with_cache(project.cache).build(&sources, &common.request()?);
    common.use_language_of(&build.site.handbook);
    let mut options = SearchOptions::default();
    (options.limit, options.prefer) = (limit, prefer.to_vec());
    let answer = build.site.index().search_with(query, &options);
    let text = if json {
        serde_json::to_string_pretty(&answer).unwrap_or_default() + "\n"
    } else {
        shown(&answer, common.language())
    };
    output::write_stdout(text.as_bytes())
}

fn shown(answer: &SearchResponse, language: Language) -> String {
    let mut text = String::new();
    for result in &answer.results {
        let _ = writeln!(text, "{}", result.title);
        for place in &result.clauses {
            let label = match place.title.is_empty() {
                true => String::new(),
                false => language.text(&message!("cli-found-clause", title = &place.title)),
            };
            let excerpt = place.excerpt.strip_prefix(&place.title).unwrap_or(&place.excerpt).trim_start();
            let _ = writeln!(text, "    {label}{excerpt}");
        }
        if result.clauses.is_empty() && !result.excerpt.is_empty() {
            let _ = writeln!(text, "    {}", result.excerpt);
        }
        let _ =
            writeln!(text, "    {}\n", percent_encoding::percent_decode_str(&result.url).decode_utf8_lossy());
    }
    let count = match answer.step {
        MatchStep::Closest if answer.count > 0 => message!("cli-found-closest", number = answer.count),
        MatchStep::Words if let Some(complete) = answer.complete => {
            message!("cli-found-complete", number = answer.count, complete = complete)
        }
        MatchStep::Words => message!("cli-found-words", number = answer.count),
        _ if answer.exact < answer.count => {
            message!("cli-found-exact", number = answer.count, exact = answer.exact)
        }
        _ => message!("cli-chapters", number = answer.count),
    };
    let _ = writeln!(text, "{}", language.text(&count));
    if let Some(query) = &answer.suggestion {
        let message = match answer.corrected {
            true => message!("cli-found-corrected", query = query),
            false => message!("cli-found-suggestion", query = query),
        };
        let _ = writeln!(text, "{}", language.text(&message));
    }
    if !answer.parts.is_empty() {
        let part = |part: &QueryPart| {
            language.text(&message!("cli-found-part", text = &part.text, number = part.count))
        };
        let parts: Vec<String> = answer.parts.iter().map(part).collect();
        let _ = writeln!(text, "{}", language.text(&message!("cli-found-parts", parts = parts.join(" "))));
    }
    text
}
