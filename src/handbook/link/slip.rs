//! Slips in a link by which it means no file at all: an address without `https://`, a path with `\\`,
//! a mail address, a title.

use super::super::Handbook;
use super::join;
use super::mend::repointed;
use super::scheme::Written;
use crate::chapter::Chapter;
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::locale::Message;
use crate::markdown::LinkRef;
use crate::message;
use crate::rule;

/// Ends of host names that are no endings of files.
const DOMAINS: [&str; 12] =
    [".com", ".cn", ".org", ".net", ".gov", ".edu", ".io", ".hk", ".tw", ".top", ".vip", ".info"];

/// What an author wrote and what should stand there.
struct Slip {
    help: Message,
    right: Option<Suggestion>,
}

impl Handbook {
    /// The finding for a link that leads nowhere, with its help where it is a slip of a known kind.
    pub(super) fn with_slip(
        &self,
        diagnostic: Diagnostic,
        written: &Written<'_>,
    ) -> Result<Diagnostic, Diagnostic> {
        let Some(slip) = self.slip(written) else { return Err(diagnostic) };
        let diagnostic = diagnostic.help(slip.help);
        Ok(match slip.right {
            Some(right) => diagnostic.suggest(right),
            None => diagnostic,
        })
    }

    fn slip(&self, written: &Written<'_>) -> Option<Slip> {
        let (path, raw) = (written.path.trim(), written.raw.trim());
        let certain = |right: String| Some(Suggestion::certain(right, Vec::new()));
        // Markdown takes two of them for one.
        if path.starts_with('\\') {
            return Some(Slip { help: message!("broken-link-share.help"), right: None });
        }
        if path.contains('\\') {
            let right = path.replace('\\', "/");
            let joined = join(written.chapter.folder(), &right)?;
            let is_there = self.spelled(&joined).is_some();
            let help = message!("broken-link-backslash.help", right = &right);
            let right = if is_there { certain(right) } else { Some(Suggestion::guess(right)) };
            return Some(Slip { help, right });
        }
        let scheme =
            ["https：", "http：", "HTTPS：", "HTTP："].into_iter().find(|scheme| path.starts_with(scheme));
        if let Some(scheme) = scheme {
            let right =
                format!("{}:{}", scheme.trim_end_matches('：'), raw_behind(raw, '：')?.replace('／', "/"));
            return Some(Slip {
                help: message!("broken-link-colon.help", right = &right),
                right: certain(right),
            });
        }
        if is_mail(path) {
            let right = format!("mailto:{path}");
            return Some(Slip {
                help: message!("broken-link-mail.help", right = &right),
                right: certain(right),
            });
        }
        if is_host(path.split('/').next().unwrap_or("")) {
            let right = format!("https://{raw}");
            return Some(Slip {
                help: message!("broken-link-host.help", right = &right),
                right: certain(right),
            });
        }
        let chapter = self.registry.document(path)?;
        let name = &self.chapters[chapter].source.name;
        let right = repointed(written, name);
        let help = message!("broken-link-title.help", right = &right, name = path);
        Some(Slip { help, right: certain(right) })
    }
}

/// A link without words, which nobody sees, or without an address. `[]()` has neither: it is how
/// some tools write an anchor.
pub(in super::super) fn half_written(chapter: &Chapter, link: &LinkRef) -> Option<Diagnostic> {
    let written = chapter.source.text.get(link.span.clone())?;
    let has_address = !link.dest.trim().is_empty();
    // MyST gives such a link the title of what it leads to.
    let is_wordless = written.starts_with("[](") && !chapter.dialect.myst;
    let message = match is_wordless {
        true if has_address => message!("broken-link-wordless", link = link.dest.trim()),
        false if !has_address && written.ends_with(')') => message!("broken-link-nowhere"),
        _ => return None,
    };
    let help = message!("broken-link-form.help");
    Some(Diagnostic::new(&rule::BROKEN_LINK, message).help(help))
}

/// What stands behind a sign, as it is written: perhaps the sign is escaped there.
fn raw_behind(raw: &str, sign: char) -> Option<&str> {
    let written = ["%EF%BC%9A", "%ef%bc%9a"].into_iter().find_map(|escaped| raw.split_once(escaped));
    raw.split_once(sign).or(written).map(|(_, rest)| rest)
}

fn is_mail(path: &str) -> bool {
    path.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !path.contains(['/', ' '])
            && host.split('.').filter(|part| !part.is_empty()).count() > 1
    })
}

fn is_host(host: &str) -> bool {
    let is_plain =
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':'));
    let name = host.split(':').next().unwrap_or("").to_ascii_lowercase();
    let is_known = || DOMAINS.iter().any(|end| name.len() > end.len() && name.ends_with(end));
    is_plain && (name.starts_with("www.") && name.matches('.').count() > 1 || is_known())
}

#[cfg(test)]
mod tests {
    use super::{is_host, is_mail};

    #[test]
    fn hosts_and_mail_addresses_are_no_files() {
        for host in ["www.gov.cn", "example.com", "oa.example.com:8080", "WWW.A.ORG"] {
            assert!(is_host(host), "{host}");
        }
        for file in ["a.md", "www", "报销.com", "notes.txt", ".com", "guide.html"] {
            assert!(!is_host(file), "{file}");
        }
        assert!(is_mail("hr@example.com"));
        for text in ["@example.com", "a@b", "x/a@b.c"] {
            assert!(!is_mail(text), "{text}");
        }
    }
}
