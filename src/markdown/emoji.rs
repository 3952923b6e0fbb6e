//! Emoji and icons by name: `:tada:`, `:material-check:`.

mod alias;

use crate::text::floor_boundary;

/// Longer names than these are none.
const LONGEST: usize = 60;

/// Sets of icons that Material draws for `:material-check:`.
pub(crate) const ICONS: [&str; 5] = ["material-", "octicons-", "fontawesome-", "simple-", "lucide-"];

/// What an icon of GitBook begins with: `<i class="fa-check">:check:</i>`.
pub(crate) const FONT_ICON: &str = "<i class=\"fa-";

/// The sign whose name a text begins with, and how long that is. GitBook writes `\_` in names.
pub(crate) fn named(text: &str) -> Option<(usize, &'static str)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '\\');
    let length = text[1..].find(|c| !is_name(c)).filter(|length| (1..LONGEST).contains(length))?;
    text[1 + length..].starts_with(':').then_some(())?;
    let name = text[1..=length].replace('\\', "");
    let alias = || alias::ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, sign)| *sign);
    let known = |name: &str| emojis::get_by_shortcode(name).map(|sign| sign.as_str());
    let sign = known(&name).or_else(alias).or_else(|| flag(&name)).or_else(|| known(&other_order(&name)?))?;
    Some((length + 2, sign))
}

/// `flag_es`, the flag of a country by its code.
fn flag(name: &str) -> Option<&'static str> {
    let code = name.strip_prefix("flag_").filter(|code| code.len() == 2)?;
    let signs = code.bytes().map(|byte| {
        byte.is_ascii_lowercase().then(|| char::from_u32(0x1F1E6 + u32::from(byte - b'a'))).flatten()
    });
    let signs: String = signs.collect::<Option<_>>()?;
    emojis::get(&signs).map(|sign| sign.as_str())
}

/// `man_raising_hand` of Twemoji is `raising_hand_man` of GitHub.
fn other_order(name: &str) -> Option<String> {
    let (who, what) = name.split_once('_')?;
    matches!(who, "man" | "woman" | "person").then(|| match who {
        "person" => what.to_owned(),
        _ => format!("{what}_{who}"),
    })
}

/// How long the icon is that a text begins with: no font here has it.
pub(crate) fn font_icon(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(FONT_ICON)?;
    let (class, rest) = rest.get(..floor_boundary(rest, LONGEST * 2))?.split_once("\">")?;
    let (name, _) = rest.split_once("</i>")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | ' ' | '_');
    let is_icon = class.chars().all(is_name) && name.chars().all(is_name);
    is_icon.then_some(FONT_ICON.len() + class.len() + 2 + name.len() + "</i>".len())
}

/// The sign of an icon. No font here has icons; two of them say something in a table.
pub(crate) fn icon_sign(icon: &str) -> Option<&'static str> {
    if icon == ":lucide-x:" {
        return Some("✗");
    }
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
