//! Emoji and icons by name: `:tada:`, `:material-check:`.

/// Longer names than these are none.
const LONGEST: usize = 60;

/// Sets of icons that Material draws for `:material-check:`.
pub(crate) const ICONS: [&str; 4] = ["material-", "octicons-", "fontawesome-", "simple-"];

/// The sign whose name a text begins with, and how long that is. GitBook writes `\_` in names.
pub(crate) fn named(text: &str) -> Option<(usize, &'static str)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '\\');
    let length = text[1..].find(|c| !is_name(c)).filter(|length| (1..LONGEST).contains(length))?;
    text[1 + length..].starts_with(':').then_some(())?;
    let sign = emojis::get_by_shortcode(&text[1..=length].replace('\\', ""))?;
    Some((length + 2, sign.as_str()))
}

/// The sign of an icon. No font here has icons; two of them say something in a table.
pub(crate) fn icon_sign(icon: &str) -> Option<&'static str> {
    match icon.rsplit('-').next()? {
        "check:" => Some("✓"),
        "close:" => Some("✗"),
        _ => None,
    }
}

/// `:material-check:` at the beginning of a text.
pub(crate) fn icon(text: &str) -> Option<&str> {
    let name = &text[1..];
    let set = ICONS.iter().find(|set| name.starts_with(**set))?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    (name[end..].starts_with(':') && end > set.len()).then(|| &text[..end + 2])
}
