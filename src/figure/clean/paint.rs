//! Colours of a diagram as classes of the theme.
//!
//! The library is given colours that each stand for a role (`THEME`), or writes ones of
//! its own whose role is known. The theme's style sheet says what a role looks like in
//! light and in dark. What remains was chosen by the author.

/// What a shape, line or text is painted with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Paint<'a> {
    /// Not at all, or like what is around it.
    Word(&'static str),
    /// By the theme, by role.
    Role(&'static str),
    /// With a gradient of the diagram, by its id.
    Gradient(&'a str),
    /// By the author.
    Own(&'a str),
}

/// Categories of a chart, one for each. All are light, so that words on them are dark.
pub(in super::super) const SERIES: [&str; 10] = [
    "#c3d4f6", "#f6dfb1", "#c4e5c5", "#efc9df", "#bfe3e6", "#ddcdf3", "#f4cdbd", "#dbe4ab", "#c9cfd8",
    "#f2cacd",
];

/// The same as lines, which must be seen on paper.
pub(in super::super) const LANES: [&str; 8] =
    ["#4169b8", "#b07a1e", "#3c8a4c", "#b04a86", "#24808a", "#7a56b4", "#b4562f", "#6d7d1f"];

const ROLES: &[(&str, &str)] = &[
    ("000000", "ink"),
    ("000080", "ink"),
    ("222222", "ink"),
    ("333333", "ink"),
    ("444444", "ink"),
    ("666666", "soft"),
    ("999999", "soft"),
    ("ffffff", "paper"),
    ("fbfbff", "paper"),
    ("f6f6ff", "paper"),
    ("f1f1ff", "paper"),
    ("ececff", "node"),
    ("9370db", "edge"),
    ("fff5ad", "note"),
    ("aaaa33", "note-edge"),
    ("e8e8e8", "label"),
    ("efefef", "label"),
    ("ffffde", "group"),
    ("8a90dd", "task"),
    ("6666ff", "task"),
    ("534fbc", "edge"),
    ("bfc7ff", "node"),
    ("d3d3d3", "label"),
    ("ff8888", "alarm"),
    ("ff0000", "alarm"),
    ("ff8800", "alarm"),
];

/// Series of the library's own, which the theme cannot set.
const FOREIGN: [&str; 10] =
    ["4e79a7", "f28e2c", "e15759", "76b7b2", "59a14f", "edc949", "af7aa1", "ff9da7", "9c755f", "bab0ac"];

/// What the library makes of `SERIES` where it wants them darker.
const DARKER: [&str; 10] =
    ["97b4ef", "f1cc83", "a1d5a2", "e3a2c8", "9ad3d8", "c1a4e9", "edac91", "cad884", "abb5c3", "e8a1a6"];

const SERIES_ROLES: [&str; 10] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];
const LANE_ROLES: [&str; 8] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7"];

/// Reads a colour. `None` for what is none.
pub(super) fn read(value: &str) -> Option<Paint<'_>> {
    let value = value.trim();
    if let Some(word) =
        ["none", "currentColor", "inherit", "transparent"].into_iter().find(|word| *word == value)
    {
        return Some(Paint::Word(word));
    }
    if let Some(id) = value.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')) {
        return Some(Paint::Gradient(id));
    }
    let role = match value.strip_prefix('#') {
        Some(hex) => role(&long(hex)?),
        None if value == "black" => Some("ink"),
        None if value == "white" => Some("paper"),
        None if value == "red" => Some("alarm"),
        None => None,
    };
    match role {
        Some(role) => Some(Paint::Role(role)),
        None => is_color(value).then_some(Paint::Own(value)),
    }
}

/// Six digits for three or six.
fn long(hex: &str) -> Option<String> {
    let hex = hex.to_ascii_lowercase();
    let whole = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    match hex.len() {
        3 if whole => Some(hex.chars().flat_map(|c| [c, c]).collect()),
        4 | 6 | 8 if whole => Some(hex),
        _ => None,
    }
}

fn role(hex: &str) -> Option<&'static str> {
    let at = |colors: &[&str]| colors.iter().position(|color| color.trim_start_matches('#') == hex);
    let known = ROLES.iter().find(|(known, _)| *known == hex).map(|(_, role)| *role);
    let series = || at(&SERIES).or_else(|| at(&DARKER)).map(|at| SERIES_ROLES[at]);
    let lane = || at(&LANES).or_else(|| at(&FOREIGN)).map(|at| LANE_ROLES[at % LANE_ROLES.len()]);
    known.or_else(series).or_else(lane)
}

/// A hexadecimal number, a name or one of the functions that take numbers.
fn is_color(value: &str) -> bool {
    let numbers = |rest: &str| {
        rest.strip_suffix(')').is_some_and(|rest| {
            rest.len() <= 40 && rest.bytes().all(|b| b.is_ascii_digit() || b" ,.%/-".contains(&b))
        })
    };
    match value.strip_prefix('#') {
        Some(hex) => long(hex).is_some(),
        None => {
            let functions = ["rgb(", "rgba(", "hsl(", "hsla("];
            let name = value.len() <= 24 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
            !value.is_empty() && name || functions.iter().any(|f| value.strip_prefix(f).is_some_and(numbers))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        for (value, paint) in [
            ("none", Some(Paint::Word("none"))),
            ("#333", Some(Paint::Role("ink"))),
            ("#ECECFF", Some(Paint::Role("node"))),
            (SERIES[3], Some(Paint::Role("s3"))),
            ("url(#a)", Some(Paint::Gradient("a"))),
            ("#f96", Some(Paint::Own("#f96"))),
            ("hsl(10, 20%, 30%)", Some(Paint::Own("hsl(10, 20%, 30%)"))),
            ("url(https://x/y)", None),
            ("#xyz", None),
            ("var(--x)", None),
            ("expression(1)", None),
            ("", None),
        ] {
            assert_eq!(read(value), paint, "{value}");
        }
    }
}
