//! Writes what a release says into front matter, line by line, so that comments, order and
//! line ends stay as their author wrote them.

use super::Entry;
use crate::chapter::Chapter;
use crate::chapter::audience::Audience;
use crate::locale::Message;
use crate::markdown::MarkdownOptions;
use crate::message;
use crate::source::Source;

/// The text with the version, the date and a line of the revision history that `entry`
/// gives.
///
/// # Errors
/// A message where there is no front matter, or where it is written in a way that cannot be
/// added to.
pub(super) fn updated(text: &str, entry: &Entry) -> Result<String, Message> {
    let chapter = Chapter::parse(&Source::new("", "chapter.md", text), &MarkdownOptions::default());
    let Some(yaml) = chapter.front_yaml() else { return Err(message!("cli-release-front-matter")) };
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text[yaml.span.clone()].lines().map(str::to_owned).collect();
    let version = entry.version.clone().unwrap_or_else(|| chapter.front.version.clone());
    if entry.version.is_some() {
        set(&mut lines, "version", &quoted(&version))?;
    }
    // A new version is in force from today, unless it is said otherwise: not from the day of the last.
    let is_new = entry.version.is_some() && version != chapter.front.version;
    let effective = entry.effective.or(is_new.then_some(entry.today));
    if let Some(date) = effective {
        set(&mut lines, "effective", &date.to_string())?;
    }
    let is_told = chapter.front.revisions.iter().any(|revision| revision.version == version);
    if !is_told && !version.is_empty() {
        let mut revision = format!("{{version: {}, date: {}", quoted(&version), entry.today);
        for (key, value) in [("by", &entry.by), ("note", &entry.note)] {
            if let Some(value) = value {
                revision.push_str(&format!(", {key}: {}", quoted(value)));
            }
        }
        revision.push_str(&format!(", digest: {}}}", chapter.digest()));
        append(&mut lines, &revision)?;
    }
    let mut front = lines.join(end_of_line);
    front.push_str(end_of_line);
    let behind = text[yaml.span.end..].trim_start_matches(['\r', '\n']);
    let updated = format!("{}{front}{behind}", &text[..yaml.span.start]);
    // What was written must be what is read.
    let read = Chapter::parse(&Source::new("", "chapter.md", updated.clone()), &MarkdownOptions::default());
    let holds = read.front.version == version
        && effective.is_none_or(|date| read.front.effective == Some(date))
        && (version.is_empty() || read.front.revisions.iter().any(|revision| revision.version == version))
        && read.front.title == chapter.front.title
        && read.front.id == chapter.front.id;
    if holds { Ok(updated) } else { Err(message!("cli-release-by-hand")) }
}

/// The text with these groups as its audience.
///
/// # Errors
/// A message where the front matter is written in a way that cannot be added to.
pub(super) fn for_readers(text: &str, names: &[String]) -> Result<String, Message> {
    let chapter = Chapter::parse(&Source::new("", "chapter.md", text), &MarkdownOptions::default());
    let Some(yaml) = chapter.front_yaml() else { return Err(message!("cli-release-front-matter")) };
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let (front, behind) = text.split_at(yaml.span.end);
    let front = front.trim_end_matches(['\r', '\n']);
    let behind = behind.trim_start_matches(['\r', '\n']);
    let updated = format!("{front}{end_of_line}audience: [{}]{end_of_line}{behind}", names.join(", "));
    let read = Chapter::parse(&Source::new("", "chapter.md", updated.clone()), &MarkdownOptions::default());
    match read.front.audience {
        Audience::Named(_) => Ok(updated),
        _ => Err(message!("cli-release-by-hand")),
    }
}

/// A value that YAML reads as this text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r', '\t'], " "))
}

fn is_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Gives a key at the top a value.
fn set(lines: &mut Vec<String>, key: &str, value: &str) -> Result<(), Message> {
    match lines.iter().position(|line| is_key(line, key)) {
        Some(at) => {
            // A value on lines of its own is not ours to take apart.
            if lines.get(at + 1).is_some_and(|next| next.starts_with([' ', '\t'])) {
                return Err(message!("cli-release-by-hand"));
            }
            lines[at] = format!("{key}: {value}");
        }
        None => lines.push(format!("{key}: {value}")),
    }
    Ok(())
}

/// Adds an entry to the list `revisions`.
fn append(lines: &mut Vec<String>, revision: &str) -> Result<(), Message> {
    let Some(at) = lines.iter().position(|line| is_key(line, "revisions")) else {
        lines.push("revisions:".to_owned());
        lines.push(format!("  - {revision}"));
        return Ok(());
    };
    let written = lines[at].split_once(':').map_or("", |(_, rest)| rest.trim());
    if !(written.is_empty() || written.starts_with('#') || written == "[]") {
        return Err(message!("cli-release-by-hand"));
    }
    if written == "[]" {
        lines[at] = "revisions:".to_owned();
    }
    let belongs = |line: &String| line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
    let mut end = at + 1 + lines[at + 1..].iter().take_while(|line| belongs(line)).count();
    while end > at + 1 && lines[end - 1].trim().is_empty() {
        end -= 1;
    }
    let item = lines[at + 1..end].iter().find(|line| line.trim_start().starts_with('-'));
    let indent = item.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]).to_owned();
    lines.insert(end, format!("{indent}- {revision}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(version: Option<&str>) -> Entry {
        Entry {
            version: version.map(str::to_owned),
            effective: None,
            note: Some("年假改为\"六天\"".to_owned()),
            by: None,
            today: "2026-11-29".parse().unwrap(),
        }
    }

    #[test]
    fn a_release_adds_its_lines_and_leaves_the_others() {
        let text = "---\ntitle: 甲 # 说明\nversion: '1.0'\nrevisions:\n- {version: '1.0', date: 2025-01-01}\n\nowner: 乙\n---\n正文\n";
        let wanted = "---\ntitle: 甲 # 说明\nversion: \"1.1\"\nrevisions:\n- {version: '1.0', date: 2025-01-01}\n\
                      - {version: \"1.1\", date: 2026-11-29, note: \"年假改为\\\"六天\\\"\", digest: DIGEST}\n\nowner: 乙\neffective: 2026-11-29\n---\n正文\n";
        let digest = crate::chapter::version::sha256("正文\n".as_bytes());
        assert_eq!(updated(text, &entry(Some("1.1"))).unwrap(), wanted.replace("DIGEST", &digest));
        // The present version is told of already.
        assert_eq!(updated(text, &entry(None)).unwrap(), text);
    }

    #[test]
    fn line_ends_stay_and_what_cannot_be_added_to_is_refused() {
        let text = "---\r\ntitle: 甲\r\nversion: 2\r\n---\r\n\r\n正文\r\n";
        let done = updated(text, &entry(None)).unwrap();
        assert!(
            done.starts_with("---\r\ntitle: 甲\r\nversion: 2\r\nrevisions:\r\n  - {version: \"2\""),
            "{done}"
        );
        assert!(done.ends_with("---\r\n\r\n正文\r\n"), "{done}");
        assert!(updated("---\nversion: '1'\nrevisions: [{version: '0'}]\n---\n", &entry(None)).is_err());
        assert!(updated("没有信息区\n", &entry(Some("1"))).is_err());
    }
}
