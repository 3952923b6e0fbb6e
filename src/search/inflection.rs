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

/// Endings that make a noun of a verb, or an adjective: what the other word ends with in their place, and how many
/// letters the part that both have has at least. `state` makes no `station`.
const DERIVED: [(&str, &str, usize); 17] = [
    ("ication", "y", 3),
    ("ation", "e", 4),
    ("ation", "", 4),
    ("ion", "e", 5),
    ("ion", "", 5),
    ("ment", "", 3),
    ("ement", "e", 3),
    ("al", "", 5),
    ("al", "e", 4),
    ("ance", "", 5),
    ("ance", "e", 4),
    ("ence", "", 5),
    ("able", "", 4),
    ("able", "e", 4),
    ("bility", "ble", 3),
    ("ity", "e", 4),
    ("ness", "", 3),
];

/// English words that are made of a word by another ending, or of which it is made: `promotion` for `promoted`.
/// One that no chapter holds does no harm.
pub(super) fn derivations(word: &str) -> Vec<String> {
    if !is_english(word) {
        return Vec::new();
    }
    let known = inflections(word);
    let mut found: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if form != word && !known.contains(&form) && !found.contains(&form) {
            found.push(form);
        }
    };
    for stem in stems(word) {
        for (long, short, least) in DERIVED {
            let other = |from: &str, to: &str| {
                let root = stem.strip_suffix(from).filter(|root| root.len() >= least)?;
                Some(format!("{root}{to}"))
            };
            if let Some(origin) = other(long, short) {
                inflections(&origin).into_iter().for_each(&mut add);
                add(origin);
            }
            if let Some(derived) = other(short, long) {
                add(format!("{derived}s"));
                add(derived);
            }
        }
    }
    found
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
        for (word, other) in [
            ("promoted", "promotion"),
            ("promotion", "promoted"),
            ("applying", "applications"),
            ("application", "applied"),
            ("reimbursed", "reimbursement"),
            ("approval", "approving"),
            ("approves", "approval"),
            ("eligible", "eligibility"),
            ("notification", "notify"),
            ("terminated", "termination"),
            ("attend", "attendance"),
            ("insured", "insurance"),
            ("sick", "sickness"),
        ] {
            assert!(derivations(word).iter().any(|form| form == other), "{word} {other}");
        }
        for (word, other) in [("state", "station"), ("pens", "pension"), ("miss", "mission")] {
            assert!(!derivations(word).iter().any(|form| form == other), "{word} {other}");
        }
        assert!(inflections("a1b2").is_empty() && derivations("a1b2").is_empty());
        assert!(stems("journalists").contains(&"journalist".to_owned()));
        assert_eq!(stems("a1b2"), ["a1b2"]);
    }
}
