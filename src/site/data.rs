//! What the site says to other programs: `sitemap.xml` and `index.json`.

use super::Site;
use crate::chapter::field::Field;
use crate::handbook::routes::{Page, SITEMAP};
use crate::id::{ChapterId, PageNumber};
use serde::{Serialize, Serializer};
use std::fmt::Write as _;

/// All chapters' metadata: what `index.json` holds, and what a template of another
/// output may read.
#[derive(Serialize)]
pub(super) struct Metadata<'a> {
    title: String,
    language: &'a str,
    date: String,
    chapters: Vec<ChapterEntry<'a>>,
    departments: Vec<DepartmentEntry<'a>>,
    roles: Vec<RoleEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct ChapterEntry<'a> {
    title: &'a str,
    url: String,
    source: &'a str,
    /// By the table of fields, in its order.
    #[serde(flatten)]
    fields: Fields,
    section: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    overdue: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    superseded_by: Vec<String>,
}

/// Keys and values in the order given.
struct Fields(Vec<(&'static str, serde_json::Value)>);

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[derive(Serialize)]
struct DepartmentEntry<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    parent: Option<&'a str>,
}

#[derive(Serialize)]
struct RoleEntry<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    department: Option<&'a str>,
    reports_to: Option<&'a str>,
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

impl Site {
    /// `sitemap.xml` (sitemaps.org protocol 0.9): all addresses, or those of its parts
    /// if one file may not hold them all.
    pub(super) fn sitemap(&self) -> String {
        let routes = &self.handbook.routes;
        let parts = routes.in_sitemap().count().div_ceil(SITEMAP);
        if parts < 2 {
            return self.sitemap_part(PageNumber::FIRST);
        }
        let mut xml = format!("{XML}<sitemapindex xmlns=\"{SITEMAPS}\">\n");
        for number in (0..parts).map(PageNumber::new) {
            let url = self.absolute(routes.address(Page::SitemapPart(number))).replace('&', "&amp;");
            let _ = writeln!(xml, "<sitemap><loc>{url}</loc></sitemap>");
        }
        xml.push_str("</sitemapindex>\n");
        xml
    }

    /// A part of the sitemap.
    pub(super) fn sitemap_part(&self, number: PageNumber) -> String {
        let mut xml = format!("{XML}<urlset xmlns=\"{SITEMAPS}\">\n");
        for address in self.handbook.routes.in_sitemap().skip(number.items(SITEMAP).start).take(SITEMAP) {
            let url = self.absolute(&crate::text::encode_path(address)).replace('&', "&amp;");
            let _ = writeln!(xml, "<url><loc>{url}</loc></url>");
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// `index.json`: one entry a chapter, in reading order.
    pub(super) fn index_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(&self.metadata()).unwrap_or_default();
        json.push('\n');
        json
    }

    pub(super) fn metadata(&self) -> Metadata<'_> {
        let handbook = &self.handbook;
        let organization = &handbook.organization;
        let departments = organization.departments.iter_enumerated().map(|(id, entry)| DepartmentEntry {
            id: &entry.id,
            name: &entry.name,
            url: self.department_link(id).url,
            parent: entry.parent.map(|id| organization.departments[id].id.as_str()),
        });
        let roles = organization.roles.iter_enumerated().map(|(id, entry)| RoleEntry {
            id: &entry.id,
            name: &entry.name,
            url: self.role_link(id).url,
            department: entry.department.map(|id| organization.departments[id].id.as_str()),
            reports_to: entry.reports_to.map(|id| organization.roles[id].id.as_str()),
        });
        Metadata {
            title: super::title(handbook, &self.theme),
            language: &handbook.language,
            date: handbook.today.to_string(),
            chapters: handbook.tree.order.iter().map(|id| self.entry(*id)).collect(),
            departments: departments.collect(),
            roles: roles.collect(),
        }
    }

    pub(super) fn entry(&self, id: ChapterId) -> ChapterEntry<'_> {
        let handbook = &self.handbook;
        let chapter = &handbook.chapters[id];
        let lifecycle = &handbook.lifecycles[id];
        let fields = Field::ALL.iter().filter(|field| field.row().data);
        let fields = fields.filter_map(|field| Some((field.row().key, self.field_data(id, *field)?)));
        ChapterEntry {
            title: &chapter.title,
            url: self.chapter_url(id),
            source: &chapter.source.name,
            fields: Fields(fields.collect()),
            section: &handbook.tree.sections[handbook.tree.section_of[id]].path,
            overdue: lifecycle.overdue,
            superseded_by: lifecycle.superseded_by.iter().map(|id| self.chapter_url(*id)).collect(),
        }
    }
}
