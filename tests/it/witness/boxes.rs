//! Boxes of MkDocs (`!!! note "Title"`, `??? note`, `=== "Tab"`), whose content CommonMark
//! takes for code: comrak gets their titles, and their contents without the indent, line by
//! line, so that lines keep their numbers.

/// Columns by which the content of a box is indented.
const INDENT: usize = 4;

/// The text, of boxes of MkDocs only the titles and contents.
pub(crate) fn without_boxes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Columns at which the lines begin that open the boxes around.
    let mut boxes: Vec<usize> = Vec::new();
    let mut code: Option<Fence> = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        if content.trim().is_empty() {
            out.push_str(line);
            continue;
        }
        let column = line.len() - content.len();
        // Code that nothing closes ends with its box.
        let is_behind = boxes.last().is_some_and(|begin| column < begin + INDENT);
        if let Some(open) = code.take_if(|_| is_behind)
            && out.ends_with("\n\n")
        {
            out.pop();
            out.extend([&*open.sign.to_string().repeat(open.length), "\n"]);
        }
        if code.is_none() {
            while boxes.last().is_some_and(|begin| column < begin + INDENT) {
                boxes.pop();
            }
        }
        let indent = &line[(boxes.len() * INDENT).min(column)..column];
        let fence = Fence::of(column, content);
        match (&code, fence) {
            (Some(open), Some(fence)) if open.closes(&fence) => code = None,
            (None, Some(fence)) => code = Some(fence),
            _ => {}
        }
        match title(content).filter(|_| code.is_none()) {
            Some(title) => {
                boxes.push(column);
                out.extend([indent, title, "\n"]);
            }
            None => out.extend([indent, content]),
        }
    }
    out
}

/// A line that begins or ends code.
struct Fence {
    column: usize,
    sign: char,
    length: usize,
    is_bare: bool,
}

impl Fence {
    fn of(column: usize, content: &str) -> Option<Self> {
        let sign = content.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let rest = content.trim_start_matches(sign);
        let length = content.len() - rest.len();
        (length >= 3).then(|| Self { column, sign, length, is_bare: rest.trim().is_empty() })
    }

    fn closes(&self, fence: &Self) -> bool {
        fence.is_bare
            && fence.sign == self.sign
            && fence.length >= self.length
            && fence.column < self.column + INDENT
    }
}

/// The title that stands in quotes on a line that opens a box, else nothing.
fn title(content: &str) -> Option<&str> {
    let signs = ["!!!", "???+", "???", "===+", "===!", "==="];
    let rest = signs.iter().find_map(|sign| content.strip_prefix(sign))?;
    let rest = rest.strip_prefix(' ').filter(|rest| !rest.trim().is_empty())?;
    let (_, title) = rest.split_once('"').unwrap_or_default();
    Some(title.trim_end().trim_end_matches('"'))
}
