//! Other forms of English words, so that `days` answers for `day`. A rule of a few endings is
//! enough: a form that is no word stands in no text.

/// Endings of English words. A form that no chapter holds does no harm.
const ENDINGS: [&str; 5] = ["s", "es", "d", "ed", "ing"];

/// Whether a word may have other forms.
fn is_english(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What an English word may be a form of, itself first.
pub(super) fn stems(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    if !is_english(word) {
        return stems;
    }
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            stems.push(stem.to_owned());
            if ending == "ing" {
                stems.push(format!("{stem}e"));
            }
            let mut end = stem.bytes().rev();
            if ending.len() > 1 && end.next() == end.next() {
                stems.push(stem[..stem.len() - 1].to_owned());
            }
        }
    }
    let root = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied"));
    if let Some(root) = root.filter(|root| root.len() > 1) {
        stems.push(format!("{root}y"));
    }
    stems
}

/// The last letter of a word whose forms may double it: `n` of `plan`.
fn doubled(stem: &str) -> Option<char> {
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    let is_vowel = |letter| "aeiou".contains(letter);
    (!is_vowel(last) && !"wxy".contains(last) && is_vowel(before)).then_some(last)
}

/// Other forms of an English word.
pub(super) fn inflections(word: &str) -> Vec<String> {
    if !is_english(word) {
        return Vec::new();
    }
    let stems = stems(word);
    let mut forms = stems.clone();
    for stem in &stems {
        forms.extend(ENDINGS.iter().map(|ending| format!("{stem}{ending}")));
        if let Some(root) = stem.strip_suffix('e') {
            forms.push(format!("{root}ing"));
        }
        if let Some(root) = stem.strip_suffix('y') {
            forms.extend([format!("{root}ies"), format!("{root}ied")]);
        }
        if let Some(last) = doubled(stem) {
            forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]);
        }
    }
    let mut unique: Vec<String> = Vec::new();
    for form in forms {
        if form != word && !unique.contains(&form) {
            unique.push(form);
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_have_other_forms() {
        for (word, other) in [
            ("day", "days"),
            ("days", "day"),
            ("policies", "policy"),
            ("policy", "policies"),
            ("travelling", "travel"),
            ("reimburse", "reimbursed"),
            ("reimbursing", "reimburse"),
            ("planned", "plan"),
            ("plan", "planned"),
            ("travel", "travelling"),
            ("bullied", "bully"),
            ("bullied", "bullying"),
            ("apply", "applied"),
        ] {
            assert!(inflections(word).iter().any(|form| form == other), "{word} {other}");
        }
        assert!(inflections("a1b2").is_empty());
        assert!(stems("journalists").contains(&"journalist".to_owned()));
        assert_eq!(stems("a1b2"), ["a1b2"]);
    }
}
