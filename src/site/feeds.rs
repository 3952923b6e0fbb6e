//! Feeds of what has changed (Atom, RFC 4287): of all chapters, and of those that concern a
//! department or a role. The site of an audience has those of what that audience may see.
//!
//! An entry's id is made of what names a change for ever: the chapter's id, the version and
//! the day. So a chapter that moves is not announced anew.

use super::Site;
use crate::handbook::register::Change;
use crate::handbook::routes::Page;
use crate::id::{ChapterId, DepartmentId, PageNumber, RoleId};
use crate::page::Link;
use crate::text::encode_path;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

/// How many changes a feed tells of.
const ENTRIES: usize = 50;

impl Site {
    /// The feed of all changes.
    pub(super) fn feed(&self) -> String {
        let title = self.feed_title(None);
        self.atom(Page::Feed, &title, Page::Changes(PageNumber::FIRST), &|_| true)
    }

    /// The feed of what concerns a department: its own chapters, those of the departments
    /// above it, and those for everyone.
    pub(super) fn department_feed(&self, id: DepartmentId) -> String {
        let organization = &self.handbook.organization;
        let above: BTreeSet<DepartmentId> = organization.ancestry(id).collect();
        let title = self.feed_title(Some(&organization.departments[id].name));
        self.atom(Page::DepartmentFeed(id), &title, Page::department(id, PageNumber::FIRST), &|chapter| {
            self.is_for(chapter, &above, None)
        })
    }

    /// The feed of what concerns a role.
    pub(super) fn role_feed(&self, id: RoleId) -> String {
        let organization = &self.handbook.organization;
        let role = &organization.roles[id];
        let above: BTreeSet<DepartmentId> = role
            .department
            .map_or_else(BTreeSet::new, |department| organization.ancestry(department).collect());
        let title = self.feed_title(Some(&role.name));
        self.atom(Page::RoleFeed(id), &title, Page::role(id, PageNumber::FIRST), &|chapter| {
            self.is_for(chapter, &above, Some(id))
        })
    }

    /// The links to the feeds that a page names.
    pub(super) fn feed_links(&self, own: Option<(Page, &str)>) -> Vec<Link> {
        let link = |page: Page, title: String| {
            let url = self.url(page);
            (!url.is_empty()).then_some(Link { title, url })
        };
        let own = own.and_then(|(page, name)| link(page, self.feed_title(Some(name))));
        own.into_iter().chain(link(Page::Feed, self.feed_title(None))).collect()
    }

    fn feed_title(&self, of: Option<&str>) -> String {
        let changes = self.translate("index_changes");
        match of {
            Some(name) => format!("{} · {name} · {changes}", self.title()),
            None => format!("{} · {changes}", self.title()),
        }
    }

    /// Whether a chapter applies to a role, or to one of these departments.
    fn is_for(&self, chapter: ChapterId, departments: &BTreeSet<DepartmentId>, role: Option<RoleId>) -> bool {
        let metadata = &self.handbook.metadata[chapter];
        let everyone = metadata.departments.is_empty() && metadata.roles.is_empty();
        everyone
            || metadata.departments.iter().any(|id| departments.contains(id))
            || role.is_some_and(|role| metadata.roles.contains(&role))
    }

    fn atom(&self, own: Page, title: &str, shown: Page, is_for: &dyn Fn(ChapterId) -> bool) -> String {
        let told = |change: &&Change| {
            is_for(change.chapter)
                && !self.handbook.revision(**change).is_some_and(|revision| revision.editorial)
        };
        let entries: Vec<&Change> = self.all_changes().iter().filter(told).take(ENTRIES).collect();
        let address = self.absolute(&self.url(own));
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let language = &self.handbook.language;
        let _ =
            writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(language));
        let updated = entries.first().map_or(self.handbook.today, |change| change.date);
        element(&mut xml, "id", &address);
        element(&mut xml, "title", title);
        element(&mut xml, "updated", &format!("{updated}T00:00:00Z"));
        author(&mut xml, &self.title());
        link(&mut xml, "self", "application/atom+xml", &address);
        link(&mut xml, "alternate", "text/html", &self.absolute(&self.url(shown)));
        let mut known = HashMap::new();
        for change in entries {
            self.atom_entry(&mut xml, *change, &mut known);
        }
        xml.push_str("</feed>\n");
        xml
    }

    fn atom_entry(&self, xml: &mut String, change: Change, known: &mut HashMap<String, usize>) {
        let entry = self.change_entry(change);
        let date = &entry.date;
        let mut id = self.change_tag(change, &entry.version);
        let count = known.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(id, "/{count}");
        }
        let title = match entry.version.as_str() {
            "" => entry.card.title.clone(),
            version => format!("{} {version}", entry.card.title),
        };
        let url = if entry.redline.is_empty() { &entry.card.url } else { &entry.redline };
        let clauses: Vec<&str> = entry.clauses.iter().map(|clause| clause.title.as_str()).collect();
        let mut lines: Vec<String> =
            [entry.note.clone()].into_iter().filter(|note| !note.is_empty()).collect();
        if !clauses.is_empty() {
            let more = if entry.clauses_more > 0 { " …" } else { "" };
            lines.push(format!("{}{more}", clauses.join(self.translate("comma"))));
        }
        xml.push_str("<entry>\n");
        element(xml, "id", &id);
        element(xml, "title", &title);
        element(xml, "updated", &format!("{date}T00:00:00Z"));
        if !entry.by.is_empty() {
            author(xml, &entry.by);
        }
        link(xml, "alternate", "text/html", &self.absolute(url));
        element(xml, "summary", &lines.join("\n"));
        xml.push_str("</entry>\n");
    }

    /// A tag URI (RFC 4151) of a change.
    fn change_tag(&self, change: Change, version: &str) -> String {
        let base = self.handbook.config.base_url.as_deref().unwrap_or("");
        let host = base.split("://").nth(1).unwrap_or("").split(['/', ':']).next().unwrap_or("");
        let chapter = &self.handbook.chapters[change.chapter];
        let name = chapter.front.id.as_ref().map_or_else(
            || crate::chapter::without_suffix(&chapter.source.name).unwrap_or(&chapter.source.name),
            |id| id.text.as_str(),
        );
        let specific = encode_path(&format!("{name}/{version}"));
        format!("tag:{},{}:{specific}", encode_path(&host.to_lowercase()), change.date)
    }
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

fn author(xml: &mut String, name: &str) {
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(name));
}

fn link(xml: &mut String, relation: &str, kind: &str, address: &str) {
    let _ = writeln!(xml, "<link rel=\"{relation}\" type=\"{kind}\" href=\"{}\"/>", escaped(address));
}

/// A text as it may stand in XML 1.0, which has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_cannot_hold_is_a_space() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\n\u{FFFE}"), "a&lt;b&gt; &amp; &quot;c&quot; \n ");
    }
}
