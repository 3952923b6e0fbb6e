//! Tables: each in a region that scrolls by itself, alignment as classes.

use super::super::document::Alignment;
use super::super::escape;
use super::{Table, Writer};
use std::fmt::Write as _;

impl<'d> Writer<'d, '_> {
    pub(super) fn table(&mut self, alignments: &'d [Alignment]) {
        self.line();
        if self.options.extensions {
            self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
            escape::text(&mut self.out, self.resolve.word("table_region"));
            // Regions must be told apart by name (ARIA, landmark regions).
            self.tables += 1;
            let _ = write!(self.out, " {}\">", self.tables);
        }
        self.out.push_str("<table>\n");
        self.table = Some(Table { alignments, column: 0, in_head: true });
    }

    pub(super) fn table_row(&mut self, head: bool) {
        let Some(table) = &mut self.table else { return };
        table.column = 0;
        if !head && table.in_head {
            table.in_head = false;
            let at = self.out.len() - "<tr>\n".len();
            self.out.insert_str(at, "<tbody>\n");
        }
    }

    pub(super) fn cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let alignment = table.alignments.get(table.column).copied().unwrap_or(Alignment::None);
        table.column += 1;
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => "left",
            Alignment::Center => "center",
            Alignment::Right => "right",
        };
        self.out.push_str(if table.in_head { "<th" } else { "<td" });
        if self.options.extensions {
            if table.in_head {
                self.out.push_str(" scope=\"col\"");
            }
            if !class.is_empty() {
                let _ = write!(self.out, " class=\"align-{class}\"");
            }
        } else if !class.is_empty() {
            let _ = write!(self.out, " align=\"{class}\"");
        }
        self.out.push('>');
    }
}
