//! Which tables say something of the document: labels, and beside or below each its value.
//!
//! Tables of data use the same words: a matrix of approvals has columns 审核 and 批准, a list of
//! files has 文件编号 and 版本. Their first row is not what the document says of itself. So a
//! table is taken as a whole or not at all: each row has to be labels with their values beside
//! them, or labels alone with one row of values below.

use super::label::{Pair, is_label, is_taken, label, line_pairs};
use super::model::{Block, Cell, Row, Table};

/// What a table says, and the cells of it that name whose it is.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) pairs: Vec<Pair>,
    pub(super) rest: Vec<Cell>,
    /// Labels that no field stands for, and those without a value.
    unknown: usize,
    empty: usize,
    /// Whether labels stood above their values.
    has_columns: bool,
}

/// The longest value, in characters, and the longest name of a company or a title.
const LONGEST: (usize, usize) = (80, 60);

/// The longest label that is not known.
const LABEL: usize = 12;

/// What heads columns of data and is nothing that a document says of itself.
const COLUMNS: [&str; 24] = [
    "职责",
    "说明",
    "内容",
    "备注",
    "事项",
    "名称",
    "要求",
    "标准",
    "金额",
    "比例",
    "时限",
    "范围",
    "权限",
    "姓名",
    "职务",
    "岗位",
    "人员",
    "流程",
    "措施",
    "责任",
    "数量",
    "description",
    "remarks",
    "responsibility",
];

/// Labels that any table of data may have as well.
const COMMON: [&str; 12] =
    ["名称", "标题", "题目", "部门", "岗位", "角色", "类型", "种类", "类别", "状态", "效力", "title"];

/// Labels that are values too: 状态 | 废止.
const STATES: [&str; 3] = ["废止", "生效", "受控"];

/// Reads a table; `None` where it is one of data, or a form to be filled in.
pub(super) fn read(table: &Table, title: Option<&str>) -> Option<Said> {
    let mut said = Said::default();
    let mut rows = table.rows.iter();
    while let Some(row) = rows.next() {
        if said.row(row, title) {
            continue;
        }
        // The rows below the values would be further values, and of a table of data.
        let values = rows.next()?;
        if !said.columns(row, values) {
            return None;
        }
    }
    let is_own = |pair: &&Pair| {
        is_taken(&pair.label) && !COMMON.contains(&pair.label.as_str()) && !pair.value.is_empty()
    };
    let known = said.pairs.iter().filter(is_own).count();
    let is_data = |pair: &Pair| COLUMNS.contains(&label(&pair.value).as_str());
    let is_prose = |pair: &Pair| pair.value.chars().count() > LONGEST.0;
    let is_it = known >= 2
        && said.unknown < known
        && said.empty <= known
        && !said.pairs.iter().any(|pair| is_data(pair) || is_prose(pair));
    is_it.then_some(said)
}

impl Said {
    /// Takes a row whose labels have their values beside them; false where it has others.
    fn row(&mut self, row: &Row, title: Option<&str>) -> bool {
        let mut found = Self::default();
        let mut cells = row.cells.iter().peekable();
        let mut before = String::new();
        while let Some(cell) = cells.next() {
            let words = cell.words();
            let lines = line_pairs(&words.replace('\n', "　"));
            if is_plain(cell) && lines.iter().any(|pair| is_label(&pair.label)) && !lines[0].value.is_empty()
            {
                found.pairs.extend(lines);
                continue;
            }
            let name = label(&words);
            let value = cells.peek().copied().filter(|next| is_value(next));
            if is_label(&name) {
                let Some(value) = value else { return false };
                found.pair(&name, value, &mut before);
                cells.next();
            } else if is_whose(cell, row, title)
                || value.is_none() && before.is_empty() && found.rest.is_empty()
            {
                if words.chars().count() > LONGEST.1 {
                    return false;
                }
                found.rest.push(cell.clone());
            } else {
                let Some(value) = value.filter(|_| words.chars().count() <= LABEL) else { return false };
                found.unknown += 1;
                found.pair(&name, value, &mut before);
                cells.next();
            }
        }
        // A row of which nothing is known is one of data, below labels and where it is wide.
        let is_unknown = found.unknown > 0 && found.pairs.iter().all(|pair| !is_label(&pair.label));
        if is_unknown && (self.has_columns || found.unknown > 1) {
            return false;
        }
        self.pairs.append(&mut found.pairs);
        self.rest.append(&mut found.rest);
        self.unknown += found.unknown;
        self.empty += found.empty;
        true
    }

    fn pair(&mut self, name: &str, value: &Cell, before: &mut String) {
        let text = value.words().trim().to_owned();
        self.empty += usize::from(text.is_empty());
        // 编制 | 张三 | 日期 | 2024-03-01: the day belongs to who stands before it.
        let name =
            if name == "日期" && !before.is_empty() { format!("{before}日期") } else { name.to_owned() };
        before.clone_from(&name);
        self.pairs.push(Pair { label: name, value: text });
    }

    /// Takes a row of labels with the row of their values below; false where they are others.
    fn columns(&mut self, heads: &Row, values: &Row) -> bool {
        let is_same = heads.cells.len() == values.cells.len() && heads.cells.len() > 1;
        let is_head = |cell: &Cell| cell.rows == 1 && is_label(&label(&cell.words()));
        let is_below = |(head, value): (&Cell, &Cell)| head.column == value.column && is_value(value);
        if !is_same
            || !heads.cells.iter().all(is_head)
            || !heads.cells.iter().zip(&values.cells).all(is_below)
        {
            return false;
        }
        self.has_columns = true;
        let mut before = String::new();
        for (head, value) in heads.cells.iter().zip(&values.cells) {
            self.pair(&label(&head.words()), value, &mut before);
        }
        true
    }
}

/// Whether a cell may be the value of a label: it names nothing itself and is no more than words.
fn is_value(cell: &Cell) -> bool {
    let words = cell.words();
    let name = label(&words);
    let is_name = is_label(&name) && !STATES.contains(&name.as_str());
    is_plain(cell) && !is_name && !line_pairs(&words).iter().any(|pair| is_label(&pair.label))
}

/// Whether a cell holds words alone, which a value can say.
fn is_plain(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => paragraph.is_plain(),
        Block::Notes(_) => true,
        Block::Table(_) | Block::Rule => false,
    })
}

/// Whether a cell says whose document it is, or which: the company, the title, a logo.
fn is_whose(cell: &Cell, row: &Row, title: Option<&str>) -> bool {
    let words = label(&cell.words());
    words.is_empty()
        || words.ends_with('页')
        || cell.rows > 1
        || row.cells.len() == 1
        || title.is_some_and(|title| label(title) == words)
        || super::letterhead::is_body(&words)
}

/// Labels with their values beside them that decide who may read, also in a table that says
/// more than a document says of itself.
pub(super) fn readers(table: &Table) -> Vec<Pair> {
    let decides = |name: &str| matches!(super::label::field(name), Some("audience" | "confidentiality"));
    let mut found = Vec::new();
    for row in &table.rows {
        for cell in &row.cells {
            let lines = line_pairs(&cell.words().replace('\n', "　"));
            found.extend(lines.into_iter().filter(|pair| decides(&pair.label) && !pair.value.is_empty()));
        }
        for (cell, next) in row.cells.iter().zip(row.cells.iter().skip(1)) {
            let (name, value) = (label(&cell.words()), next.words());
            if decides(&name) && is_value(next) && !value.trim().is_empty() {
                found.push(Pair { label: name, value: value.trim().to_owned() });
            }
        }
    }
    found
}
