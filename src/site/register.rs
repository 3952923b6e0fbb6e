//! The register of controlled documents: its page, and the table for spreadsheets.

use super::Site;
use super::cards::slice;
use crate::chapter::field::Field;
use crate::handbook::routes::{PER_PAGE, Page};
use crate::id::{ChapterId, PageNumber};
use crate::page::{Link, RegisterPage, RegisterRow};

/// Departments and roles that a row of a page shows at most.
const APPLIES: usize = 8;

/// The columns of the table, each by the theme's word for it.
const COLUMNS: [&str; 13] = [
    "control_id",
    "register_title",
    "control_kind",
    "control_status",
    "control_version",
    "control_effective",
    "control_review_by",
    "control_owner",
    "control_approver",
    "applies_to",
    "control_supersedes",
    "control_superseded_by",
    "register_address",
];

impl Site {
    pub(super) fn register_page(&self, number: PageNumber) -> RegisterPage {
        let controlled: Vec<ChapterId> = self.handbook.controlled().collect();
        let address = self.handbook.routes.address(Page::Register(number));
        RegisterPage {
            context: self.index_context(address, self.translate("index_register")),
            rows: slice(&controlled, number, PER_PAGE).iter().map(|id| self.register_row(*id)).collect(),
            total: controlled.len(),
            table: self.url(Page::RegisterTable),
            reviews: self.url(Page::Reviews(PageNumber::FIRST)),
            pagination: self.pagination(number, controlled.len(), PER_PAGE, Page::Register),
        }
    }

    /// A row for a page; of those to whom it applies at most [`APPLIES`] are shown.
    pub(super) fn register_row(&self, id: ChapterId) -> RegisterRow {
        let mut row = self.whole_row(id);
        row.applies_more = row.applies_to.len().saturating_sub(APPLIES);
        row.applies_to.truncate(APPLIES);
        row
    }

    /// A row with all that it may hold.
    pub(super) fn whole_row(&self, id: ChapterId) -> RegisterRow {
        let metadata = &self.handbook.metadata[id];
        let parties = |field: Field| -> Vec<Link> {
            metadata.parties(field).iter().map(|party| self.party_of(field, party)).collect()
        };
        let departments = metadata.departments.iter().map(|id| self.department_link(*id));
        let roles = metadata.roles.iter().map(|id| self.role_link(*id));
        let lifecycle = &self.handbook.lifecycles[id];
        RegisterRow {
            card: self.card(id),
            review_by: lifecycle.review_by.map_or_else(String::new, |date| date.to_string()),
            reviewed: self.last_review(id),
            owner: parties(Field::Owner),
            approver: parties(Field::Approver),
            applies_to: departments.chain(roles).collect(),
            applies_more: 0,
            replaces: metadata.documents(Field::Supersedes).iter().map(|id| self.chapter_link(*id)).collect(),
            replaced_by: lifecycle.superseded_by.iter().map(|id| self.chapter_link(*id)).collect(),
        }
    }

    /// `register.csv`, which spreadsheets open as it is: a byte order mark, without which
    /// Excel takes UTF-8 for something else, and no cell that it would run.
    pub(super) fn register_table(&self) -> Vec<u8> {
        let chapters: Vec<ChapterId> = self.handbook.controlled().collect();
        self.list_csv(&chapters)
    }

    /// What the columns of the table are called.
    pub(super) fn columns(&self) -> Vec<String> {
        COLUMNS.iter().map(|key| self.translate(key).to_owned()).collect()
    }

    /// A row as the cells of the table.
    pub(super) fn cells(&self, row: &RegisterRow) -> Vec<String> {
        let listed = |links: &[Link]| {
            let titles: Vec<&str> = links.iter().map(|link| link.title.as_str()).collect();
            titles.join("; ")
        };
        let word = |label: &Option<crate::page::Label>| {
            label.as_ref().map_or_else(String::new, |label| label.text.clone())
        };
        let applies_to = match row.applies_to.as_slice() {
            [] => self.translate("applies_to_everyone").to_owned(),
            named => listed(named),
        };
        let absolute = self.absolute(&row.card.url);
        vec![
            row.card.id.clone(),
            row.card.title.clone(),
            word(&row.card.kind),
            word(&row.card.status),
            row.card.version.clone(),
            row.card.effective.clone(),
            row.review_by.clone(),
            listed(&row.owner),
            listed(&row.approver),
            applies_to,
            listed(&row.replaces),
            listed(&row.replaced_by),
            if absolute.is_empty() { row.card.url.clone() } else { absolute },
        ]
    }
}

/// Rows as comma-separated values (RFC 4180) for a spreadsheet.
pub(super) fn table(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| written(cell)).collect();
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table.into_bytes()
}

/// A cell. What a spreadsheet would run as a formula gets an apostrophe in front, as OWASP
/// advises ("CSV injection").
fn written(cell: &str) -> String {
    let runs = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r']);
    let safe = if runs { format!("'{cell}") } else { cell.to_owned() };
    match safe.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", safe.replace('"', "\"\"")),
        false => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_runs_nothing_and_keeps_its_cells() {
        let row = ["=1+1", "a,b", "say \"so\"", " +2", "第1条\n第2条", "A-1"].map(str::to_owned);
        let table = table(std::iter::once(row.to_vec()));
        let text = String::from_utf8(table).unwrap();
        assert_eq!(text, "\u{feff}'=1+1,\"a,b\",\"say \"\"so\"\"\",' +2,\"第1条\n第2条\",A-1\r\n");
    }
}
