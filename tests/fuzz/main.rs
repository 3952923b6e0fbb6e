//! Fuzz targets. As tests each runs for a moment; by hand longer, with
//! `HANDBOOK_FUZZ_SECONDS=600 cargo test --test fuzz`, or with a coverage-guided
//! engine by `cargo bolero test links`.

#[cfg(all(feature = "diagram", feature = "formula"))]
mod figures;
mod front_matter;
mod links;
mod markdown;
mod paths;
mod queries;
mod secrets;

/// How long a target runs.
fn seconds() -> std::time::Duration {
    let set = std::env::var("HANDBOOK_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    std::time::Duration::from_secs(set.unwrap_or(5))
}

/// Words of a language that reaches deep into a parser far sooner than bytes
/// would: each byte of the input picks one.
fn text_of(bytes: &[u8], words: &[&str]) -> String {
    bytes.iter().map(|byte| words[usize::from(*byte) % words.len()]).collect()
}

/// The text that a reader sees: HTML without its tags.
fn visible(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.push_str(rest);
    text
}
