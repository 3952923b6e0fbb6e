//! What takes the place of tags: boxes, tabs, code, links.

use super::place;
use super::tag::Call;

/// An alert of this kind, as the tool's words say it.
pub(super) fn alert(kind: &str, title: Option<&str>, inner: &str, indent: &str) -> String {
    let label = match kind.to_ascii_lowercase().as_str() {
        "tip" | "success" | "hint" | "check" | "done" => "TIP",
        "warning" | "warn" | "caution" | "attention" => "WARNING",
        "danger" | "error" | "bug" | "failure" => "CAUTION",
        "important" => "IMPORTANT",
        _ => "NOTE",
    };
    let title = title
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .map_or(String::new(), |title| format!(" {title}"));
    let mut out = format!("> [!{label}]{title}\n");
    for line in inner.trim_matches(['\n', '\r']).trim_end().lines() {
        let line = line.strip_prefix(indent).unwrap_or(line);
        out.push_str(indent);
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The same in place of a tag: below text that stands before it, in a list or quotation in which it
/// stands, and above text that follows it.
pub(super) fn alert_for(call: &Call<'_>, kind: &str, title: Option<&str>, inner: &str) -> String {
    let signs = call.place;
    let mut out = if call.is_behind_text {
        format!("\n\n{}", alert(kind, title, inner, ""))
    } else if signs.trim().is_empty() {
        alert(kind, title, inner, call.indent)
    } else {
        let before = place::going_on(signs);
        let inside: Vec<&str> =
            inner.lines().map(|line| line.strip_prefix(&*before).unwrap_or(line)).collect();
        place::put(&alert(kind, title, &inside.join("\n"), ""), signs) + "\n"
    };
    if call.is_before_text {
        out.push('\n');
        out.push_str(&place::going_on(signs));
    }
    out
}

/// A tab with this name.
pub(super) fn tab(title: &str, inner: &str, indent: &str) -> String {
    let title = title.replace('"', "'");
    let mut out = format!("\n{indent}=== \"{title}\"\n\n");
    for line in inner.trim_matches(['\n', '\r']).trim_end().lines() {
        if !line.trim().is_empty() {
            out.push_str(indent);
            out.push_str("    ");
            out.push_str(line.strip_prefix(indent).unwrap_or(line));
        }
        out.push('\n');
    }
    out
}

/// A block of code.
pub(in crate::import) fn fence(language: &str, inner: &str) -> String {
    let mut mark = "```".to_owned();
    while inner.contains(&mark) {
        mark.push('`');
    }
    format!("{mark}{language}\n{}\n{mark}", inner.trim_matches('\n'))
}

/// The same in place of a pair of tags: below text that stands before it, in the list or quotation in
/// which it stands, and above text that follows it. Else that would be code as well, to the end.
pub(super) fn fence_for(call: &Call<'_>, language: &str, inner: &str) -> String {
    let before = place::going_on(call.place);
    let bare = before.trim_end();
    let stripped =
        |line| str::strip_prefix(line, &*before).or_else(|| line.strip_prefix(bare)).unwrap_or(line);
    let lines: Vec<&str> = inner.lines().map(stripped).collect();
    let block = place::put(&fence(language, lines.join("\n").trim_end()), call.place);
    let above = if call.is_behind_text { "\n\n" } else { "" };
    let below = if call.is_before_text { format!("\n{bare}\n{before}") } else { String::new() };
    format!("{above}{block}{below}")
}

/// A link.
pub(super) fn link(words: &str, dest: &str) -> String {
    format!("[{}]({})", words.trim().replace(['[', ']'], ""), dest.replace(' ', "%20"))
}
