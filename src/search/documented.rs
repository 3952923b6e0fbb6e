//! Holds the numbers that `docs/search-format.md` states to those of the code.

use super::limits::LIMITS;
use super::{Weights, coverage, passages, synonym_files, texts};
use serde_json::{Map, Value, json};

const PAGE: &str = include_str!("../../docs/search-format.md");

/// The numbers of the table whose head begins with a word, by the name in its first column.
fn table(head: &str) -> Map<String, Value> {
    let rows = PAGE.lines().skip_while(|line| !line.starts_with(&format!("| {head} |"))).skip(2);
    let row = |line: &str| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let name = cells.next().expect("a name").trim_matches('`').to_owned();
        let value = cells.next().and_then(|cell| cell.parse::<f64>().ok());
        (name, json!(value.expect("a number")))
    };
    rows.take_while(|line| line.starts_with('|')).map(row).collect()
}

/// The fields of a value as floating-point numbers.
fn numbers(value: Value) -> Map<String, Value> {
    let Value::Object(fields) = value else { panic!("an object") };
    fields.into_iter().map(|(name, value)| (name, json!(value.as_f64()))).collect()
}

#[test]
fn the_page_on_the_format_states_the_numbers_of_the_code() {
    assert_eq!(table("Limit"), numbers(json!(LIMITS)));
    assert_eq!(table("Weight"), numbers(json!(Weights::default())));
    let constants = json!({
        "passage_characters": passages::PASSAGE,
        "line_bytes": passages::LINE,
        "volumes": texts::VOLUMES,
        "synonym_hash_bits": synonym_files::HASH_BITS,
        "opened_passages": coverage::MAX_PASSAGES,
        "well_shown": coverage::WELL_SHOWN,
        "enough": coverage::ENOUGH,
    });
    assert_eq!(table("Constant"), numbers(constants));
}
