//! Snippets of PyMdown, `--8<-- "file"`, which bring in other files. A chapter of ours holds its own
//! text alone, whoever may see the other file: the marker is not shown, and told.

use super::super::component::COMMENT;
use super::super::container::Instead;
use super::super::verbatim;

/// What a line says.
enum Says {
    /// It names a file.
    One,
    /// It begins or ends a list of files.
    Edge,
    /// It shows such a line, without the sign before it.
    Shown,
}

/// What stands for the lines that bring in files.
pub(in crate::markdown) fn marks(text: &str) -> Vec<Instead> {
    if !text.contains("8<-") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    // Only in a box words stand so deep.
    let has_boxes = ["=== \"", "!!! ", "??? ", "???+ "].iter().any(|sign| text.contains(sign));
    let edges = text.lines().filter(|line| matches!(says(line.trim_start_matches(SIGNS)), Some(Says::Edge)));
    let mut lists = edges.count() / 2;
    let (mut at, mut is_list, mut found) = (0, false, Vec::new());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(SIGNS);
        let start = at + line.len() - bare.len();
        let place = start..start + bare.trim_end().len();
        let is_deep = line.starts_with("    ") && !has_boxes;
        let is_code = is_deep || verbatim::holds(&code, at);
        at += line.len();
        let new = match says(bare) {
            _ if is_code => continue,
            Some(Says::Edge) if is_list => {
                is_list = false;
                ""
            }
            Some(Says::Edge) if lists > 0 => {
                lists -= 1;
                is_list = true;
                COMMENT
            }
            _ if is_list => "",
            Some(Says::One) => COMMENT,
            Some(Says::Shown) => {
                found.push(Instead { place: start..start + 1, new: String::new(), is_words: true });
                continue;
            }
            _ => continue,
        };
        found.push(Instead { place, new: new.to_owned(), is_words: true });
    }
    found
}

/// What may stand before a marker in its line.
const SIGNS: [char; 3] = [' ', '\t', '>'];

fn says(bare: &str) -> Option<Says> {
    let bare = bare.trim_end();
    let shown = bare.strip_prefix(';');
    let rest = shown.unwrap_or(bare);
    let behind = rest.trim_start_matches('-').strip_prefix("8<").filter(|_| rest.starts_with('-'))?;
    let path = behind.strip_prefix('-')?.trim_start_matches('-').trim();
    match path {
        _ if shown.is_some() => Some(Says::Shown),
        "" => Some(Says::Edge),
        _ if path.len() > 2 && path.starts_with(['"', '\'']) && path.ends_with(['"', '\'']) => {
            Some(Says::One)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn markers_are_found_where_they_are_read() {
        for (text, new) in [
            ("a\n\n--8<-- \"b.md\"\n\nc\n", "a\n\n<!---->\n\nc\n"),
            ("-8<- 'b.md'\n", "<!---->\n"),
            ("--8<--\na.md\nb.md\n--8<--\nc\n", "<!---->\n\n\n\nc\n"),
            (";--8<-- \"a\"\n", "--8<-- \"a\"\n"),
            ("> --8<-- \"a\"\n", "> <!---->\n"),
            ("```\n--8<-- \"a\"\n```\n", "```\n--8<-- \"a\"\n```\n"),
            ("a --8<-- \"b\"\n--8<-- a\n--8<--\n", "a --8<-- \"b\"\n--8<-- a\n--8<--\n"),
        ] {
            let (mut out, mut at) = (String::new(), 0);
            for instead in marks(text) {
                out.push_str(&text[at..instead.place.start]);
                out.push_str(&instead.new);
                at = instead.place.end;
            }
            assert_eq!(out + &text[at..], new, "{text}");
        }
    }
}
