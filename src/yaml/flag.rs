//! Yes and no, as people and other programs write them.

use serde_yaml::Value;
use unicode_normalization::UnicodeNormalization;

const YES: [&str; 16] =
    ["true", "yes", "y", "on", "1", "t", "是", "是的", "对", "真", "有", "开", "开启", "启用", "✓", "✔"];
const NO: [&str; 15] =
    ["false", "no", "n", "off", "0", "f", "否", "不", "不是", "假", "无", "关", "关闭", "✗", "✘"];

/// Whether a value says yes or no; `None` where it says neither.
pub(crate) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) => flag_word(text),
        Value::Number(number) => flag_word(&number.to_string()),
        Value::Tagged(tagged) => flag(&tagged.value),
        Value::Sequence(items) if items.len() == 1 => flag(&items[0]),
        _ => None,
    }
}

/// The same of a word.
fn flag_word(text: &str) -> Option<bool> {
    let folded: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    let bare =
        folded.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '.' | '。' | '!' | '！'));
    if YES.contains(&bare) {
        Some(true)
    } else if NO.contains(&bare) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_known_in_every_spelling() {
        for yes in ["true", " TRUE ", "Yes", "on", "1", "是", "ｔｒｕｅ", "'true'"] {
            assert_eq!(flag_word(yes), Some(true), "{yes}");
        }
        for no in ["false", "False", "no", "否", "0", "off"] {
            assert_eq!(flag_word(no), Some(false), "{no}");
        }
        assert_eq!((flag_word("maybe"), flag_word(""), flag(&Value::Null)), (None, None, None));
    }
}
