//! Formulas: Word's own writing (OMML) as TeX.
//!
//! All kinds of OMML that have a counterpart are written; each formula is told too, since
//! only a person sees whether it is still the same.

use super::NoteKind;
use super::body::Reader;
use super::model::{Inline, Look};
use super::xml::Element;

impl Reader<'_> {
    /// Reads a formula.
    pub(super) fn formula(&mut self, element: &Element, display: bool) {
        if !self.fields.shows() {
            return;
        }
        let tex = children(element).trim().to_owned();
        if tex.is_empty() {
            return;
        }
        self.tell(NoteKind::Formula, tex.clone());
        // Digits and words alone need no formula to be shown.
        let is_plain = element.elements().all(|child| child.name == "m:r" || child.name == "m:ctrlPr");
        let text: String = element.descendants("m:t").iter().map(|text| text.text()).collect();
        if is_plain && text.chars().all(|sign| sign.is_ascii_digit() || "., %+=".contains(sign)) {
            self.content.push(Inline::Text(text, Look::default()));
        } else {
            self.content.push(Inline::Formula { tex, display });
        }
    }
}

fn children(element: &Element) -> String {
    let mut out = String::new();
    for child in element.elements() {
        let piece = tex(child);
        // `\alpha` and `x` would become `\alphax`.
        let needs_space = piece.starts_with(|sign: char| sign.is_ascii_alphabetic()) && ends_in_command(&out);
        if needs_space {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

fn ends_in_command(text: &str) -> bool {
    let letters = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    letters.len() < text.len() && letters.ends_with('\\')
}

fn tex(element: &Element) -> String {
    let part = |name: &str| element.child(name).map(children).unwrap_or_default();
    let property = |path: &[&str]| element.at(path).and_then(|found| found.attribute("m:val"));
    match element.name.as_str() {
        "m:r" => run(element),
        "m:f" => match property(&["m:fPr", "m:type"]) {
            Some("lin") => format!("{{{}}}/{{{}}}", part("m:num"), part("m:den")),
            Some("noBar") => format!("\\binom{{{}}}{{{}}}", part("m:num"), part("m:den")),
            _ => format!("\\frac{{{}}}{{{}}}", part("m:num"), part("m:den")),
        },
        "m:sSup" => format!("{{{}}}^{{{}}}", part("m:e"), part("m:sup")),
        "m:sSub" => format!("{{{}}}_{{{}}}", part("m:e"), part("m:sub")),
        "m:sSubSup" => format!("{{{}}}_{{{}}}^{{{}}}", part("m:e"), part("m:sub"), part("m:sup")),
        "m:sPre" => format!("{{}}_{{{}}}^{{{}}}{{{}}}", part("m:sub"), part("m:sup"), part("m:e")),
        "m:rad" => match part("m:deg") {
            degree if degree.trim().is_empty() => format!("\\sqrt{{{}}}", part("m:e")),
            degree => format!("\\sqrt[{degree}]{{{}}}", part("m:e")),
        },
        "m:nary" => sum(element, &part("m:sub"), &part("m:sup"), &part("m:e")),
        "m:d" => delimited(element),
        "m:func" => format!("{}{{{}}}", function(&part("m:fName")), part("m:e")),
        "m:limLow" => format!("{}_{{{}}}", function(&part("m:e")), part("m:lim")),
        "m:limUpp" => format!("{}^{{{}}}", function(&part("m:e")), part("m:lim")),
        "m:acc" => format!("{}{{{}}}", accent(property(&["m:accPr", "m:chr"])), part("m:e")),
        "m:bar" => match property(&["m:barPr", "m:pos"]) {
            Some("top") => format!("\\overline{{{}}}", part("m:e")),
            _ => format!("\\underline{{{}}}", part("m:e")),
        },
        "m:groupChr" => match property(&["m:groupChrPr", "m:pos"]) {
            Some("top") => format!("\\overbrace{{{}}}", part("m:e")),
            _ => format!("\\underbrace{{{}}}", part("m:e")),
        },
        "m:m" => {
            let rows =
                element.all("m:mr").map(|row| row.all("m:e").map(children).collect::<Vec<_>>().join(" & "));
            format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.collect::<Vec<_>>().join(" \\\\ "))
        }
        "m:eqArr" => {
            let rows: Vec<String> = element.all("m:e").map(children).collect();
            format!("\\begin{{aligned}}{}\\end{{aligned}}", rows.join(" \\\\ "))
        }
        "m:box" | "m:borderBox" | "m:phant" => part("m:e"),
        "w:ins" | "m:e" | "m:oMath" | "w:smartTag" => children(element),
        _ => String::new(),
    }
}

fn run(element: &Element) -> String {
    let is_words = element.at(&["m:rPr", "m:nor"]).is_some();
    let text: String = element.all("m:t").map(Element::text).collect();
    let is_text = is_words || text.chars().any(|sign| matches!(u32::from(sign), 0x2e80..=0xffef));
    if is_text && !text.trim().is_empty() {
        return format!("\\text{{{}}}", text.chars().map(escape_word).collect::<String>());
    }
    let mut out = String::new();
    for sign in text.chars() {
        let piece = escape(sign);
        if ends_in_command(&out) && piece.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

/// A sign in words, where signs of formulas are what they are.
fn escape_word(sign: char) -> String {
    if "\\{}$%#&_^~".contains(sign) { escape(sign) } else { sign.to_string() }
}

fn escape(sign: char) -> String {
    match sign {
        '\\' => "\\backslash ".to_owned(),
        '{' | '}' | '$' | '%' | '#' | '&' | '_' => format!("\\{sign}"),
        '^' => "\\hat{}".to_owned(),
        '~' => "\\sim ".to_owned(),
        '×' => "\\times ".to_owned(),
        '÷' => "\\div ".to_owned(),
        '±' => "\\pm ".to_owned(),
        '·' => "\\cdot ".to_owned(),
        '≤' => "\\le ".to_owned(),
        '≥' => "\\ge ".to_owned(),
        '≠' => "\\ne ".to_owned(),
        '≈' => "\\approx ".to_owned(),
        '∞' => "\\infty ".to_owned(),
        '→' => "\\to ".to_owned(),
        '\u{200b}' | '\u{2061}' | '\u{2062}' => String::new(),
        sign => sign.to_string(),
    }
}

fn sum(element: &Element, below: &str, above: &str, inside: &str) -> String {
    let sign = element.at(&["m:naryPr", "m:chr"]).and_then(|sign| sign.attribute("m:val")).unwrap_or("∫");
    let command = match sign {
        "∑" => "\\sum",
        "∏" => "\\prod",
        "∐" => "\\coprod",
        "∬" => "\\iint",
        "∭" => "\\iiint",
        "∮" => "\\oint",
        "⋃" => "\\bigcup",
        "⋂" => "\\bigcap",
        _ => "\\int",
    };
    let limit = |mark: char, limit: &str| {
        if limit.is_empty() { String::new() } else { format!("{mark}{{{limit}}}") }
    };
    format!("{command}{}{}{{{inside}}}", limit('_', below), limit('^', above))
}

fn delimited(element: &Element) -> String {
    let property = |name: &str| element.at(&["m:dPr", name]).and_then(|found| found.attribute("m:val"));
    let side = |sign: &str| match sign {
        "" => ".".to_owned(),
        "{" | "}" => format!("\\{sign}"),
        "⌊" => "\\lfloor".to_owned(),
        "⌋" => "\\rfloor".to_owned(),
        "⌈" => "\\lceil".to_owned(),
        "⌉" => "\\rceil".to_owned(),
        sign => sign.to_owned(),
    };
    let inside: Vec<String> = element.all("m:e").map(children).collect();
    let inside = inside.join(property("m:sepChr").unwrap_or("|"));
    let (left, right) = (property("m:begChr").unwrap_or("("), property("m:endChr").unwrap_or(")"));
    format!("\\left{}{inside}\\right{}", side(left), side(right))
}

/// The command of a function that TeX knows.
fn function(name: &str) -> String {
    const KNOWN: [&str; 15] = [
        "sin", "cos", "tan", "cot", "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "arg",
    ];
    let bare =
        name.trim().strip_prefix("\\text{").and_then(|name| name.strip_suffix('}')).unwrap_or(name.trim());
    if KNOWN.contains(&bare) { format!("\\{bare}") } else { name.to_owned() }
}

fn accent(sign: Option<&str>) -> &'static str {
    match sign {
        Some("\u{0303}" | "~") => "\\tilde",
        Some("\u{0304}" | "\u{0305}" | "¯") => "\\bar",
        Some("\u{0307}") => "\\dot",
        Some("\u{0308}") => "\\ddot",
        Some("\u{20d7}" | "→") => "\\vec",
        _ => "\\hat",
    }
}
