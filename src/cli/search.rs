//! `search`: searches the index in the terminal.

use super::{Common, Failure, cache, output, targets};
use handbook::builder::Builder;
use handbook::locale::Language;
use handbook::message;
use handbook::search::{MatchStep, SearchResponse};
use std::fmt::Write as _;
use std::process::ExitCode;

pub(super) fn run(query: &str, json: bool, limit: usize, common: &Common) -> Result<ExitCode, Failure> {
    let (project, sources) = targets::read(common)?;
    let cache = cache::open(common, &project, [], false);
    let build = Builder::new().with_cache(cache.handle()).build(&sources, &common.request()?);
    common.use_language_of(&build.site.handbook);
    let answer = build.site.index().search(query, limit);
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
        MatchStep::Words => message!("cli-found-words", number = answer.count),
        _ if answer.exact < answer.count => {
            message!("cli-found-exact", number = answer.count, exact = answer.exact)
        }
        _ => message!("cli-chapters", number = answer.count),
    };
    let _ = writeln!(text, "{}", language.text(&count));
    text
}
