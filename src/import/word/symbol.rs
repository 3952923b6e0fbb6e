//! Signs of the fonts Symbol, Wingdings and Webdings, which have numbers of their own
//! for what Unicode has elsewhere.

use super::numeral::circled;

/// The sign that a font shows for one of its characters; none where it is not known.
pub(super) fn sign(font: &str, code: u32) -> Option<String> {
    // Word keeps them in the private area, from F000.
    let given = code;
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = |row: &[(u32, &str)]| row.iter().find(|row| row.0 == code).map(|row| row.1.to_owned());
    match font.to_ascii_lowercase().as_str() {
        "wingdings" => wingdings(code).or_else(|| known(WINGDINGS)),
        "wingdings 2" => known(WINGDINGS_2).or_else(|| circled_in(code, 0x6a)),
        "wingdings 3" => known(WINGDINGS_3),
        "webdings" => known(WEBDINGS),
        "symbol" => symbol(code),
        // Another font shows the character itself.
        _ => char::from_u32(given).filter(|sign| !is_private(*sign)).map(String::from),
    }
}

/// Whether Unicode leaves a character to fonts.
pub(super) fn is_private(sign: char) -> bool {
    matches!(u32::from(sign), 0xe000..=0xf8ff)
}

/// Whether a font shows signs where others have letters.
pub(super) fn is_signs(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.starts_with("wingdings") || font == "webdings"
}

/// The sign of a list without numbers.
pub(super) fn bullet(text: &str, font: Option<&str>) -> String {
    let font = font.unwrap_or("symbol");
    let shown = |sign: char| match is_private(sign) || is_signs(font) {
        true => self::sign(font, u32::from(sign)).unwrap_or_else(|| "•".to_owned()),
        false => sign.to_string(),
    };
    text.chars().map(shown).collect()
}

/// Zero to ten in circles, white then black, from a code.
fn circled_in(code: u32, first: u32) -> Option<String> {
    let number = code.checked_sub(first)?;
    match number {
        0..=9 => circled(number + 1),
        10..=19 => char::from_u32(0x2776 + number - 10).map(String::from),
        _ => None,
    }
}

fn wingdings(code: u32) -> Option<String> {
    match code {
        0x80 => circled(0),
        0x81..=0x8a => circled(code - 0x80),
        0x8b => Some("⓿".to_owned()),
        0x8c..=0x95 => char::from_u32(0x2776 + code - 0x8c).map(String::from),
        _ => None,
    }
}

const WINGDINGS: &[(u32, &str)] = &[
    (0x20, " "),
    (0x21, "✏"),
    (0x22, "✂"),
    (0x28, "☎"),
    (0x29, "✆"),
    (0x2a, "✉"),
    (0x46, "☞"),
    (0x4a, "☺"),
    (0x4c, "☹"),
    (0x6c, "●"),
    (0x6d, "❍"),
    (0x6e, "■"),
    (0x6f, "□"),
    (0x70, "□"),
    (0x71, "❑"),
    (0x72, "❒"),
    (0x74, "⧫"),
    (0x75, "◆"),
    (0x76, "❖"),
    (0x77, "◆"),
    (0x9e, "·"),
    (0x9f, "•"),
    (0xa1, "○"),
    (0xa4, "◉"),
    (0xa7, "▪"),
    (0xa8, "☐"),
    (0xab, "★"),
    (0xd8, "➢"),
    (0xdf, "←"),
    (0xe0, "→"),
    (0xe1, "↑"),
    (0xe2, "↓"),
    (0xe8, "➔"),
    (0xef, "⇦"),
    (0xf0, "⇨"),
    (0xfb, "✗"),
    (0xfc, "✓"),
    (0xfd, "☒"),
    (0xfe, "☑"),
];

const WINGDINGS_2: &[(u32, &str)] = &[
    (0x4f, "✗"),
    (0x50, "✓"),
    (0x51, "☒"),
    (0x52, "☑"),
    (0x53, "☒"),
    (0x54, "☒"),
    (0x97, "•"),
    (0xa2, "■"),
    (0xa3, "☐"),
];

const WINGDINGS_3: &[(u32, &str)] =
    &[(0x66, "←"), (0x67, "→"), (0x68, "↑"), (0x69, "↓"), (0x7d, "▶"), (0x84, "◀"), (0x85, "▶")];

const WEBDINGS: &[(u32, &str)] =
    &[(0x61, "✓"), (0x72, "✗"), (0x67, "■"), (0x63, "□"), (0x6e, "●"), (0x69, "ℹ")];

/// The letters of Symbol, from 0x41 and from 0x61.
const GREEK: [&str; 2] = ["ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"];

fn symbol(code: u32) -> Option<String> {
    const SIGNS: &[(u32, &str)] = &[
        (0x2a, "∗"),
        (0x2d, "−"),
        (0xa3, "≤"),
        (0xa5, "∞"),
        (0xab, "↔"),
        (0xac, "←"),
        (0xad, "↑"),
        (0xae, "→"),
        (0xaf, "↓"),
        (0xb0, "°"),
        (0xb1, "±"),
        (0xb3, "≥"),
        (0xb4, "×"),
        (0xb6, "∂"),
        (0xb7, "•"),
        (0xb8, "÷"),
        (0xb9, "≠"),
        (0xba, "≡"),
        (0xbb, "≈"),
        (0xbc, "…"),
        (0xc5, "⊕"),
        (0xc7, "∩"),
        (0xc8, "∪"),
        (0xcc, "⊂"),
        (0xce, "∈"),
        (0xd0, "∠"),
        (0xd5, "∏"),
        (0xd6, "√"),
        (0xde, "⇒"),
        (0xe5, "∑"),
        (0xf2, "∫"),
    ];
    let letter = |first: u32, row: &str| row.chars().nth(code.checked_sub(first)? as usize);
    let greek = letter(0x41, GREEK[0]).or_else(|| letter(0x61, GREEK[1]));
    let known = SIGNS.iter().find(|row| row.0 == code).map(|row| row.1.to_owned());
    let plain = char::from_u32(code).filter(|sign| sign.is_ascii() && !sign.is_ascii_alphabetic());
    known.or_else(|| greek.or(plain).map(String::from))
}
