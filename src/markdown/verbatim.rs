//! Where a text is code, in which markup of a tool is only shown: by its lines, before a parser
//! has read it.

use std::ops::Range;

/// The blocks and spans of code of a text, in order.
pub(crate) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut fence: Option<(char, usize, usize)> = None;
    let mut paragraph = 0..0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start().trim_start_matches(['>', ' ']);
        let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = mark.map_or(0, |mark| bare.chars().take_while(|c| *c == mark).count());
        match fence {
            Some((mark, length, open)) => {
                let closes =
                    bare.starts_with(mark) && run >= length && bare.trim_end().chars().all(|c| c == mark);
                if closes {
                    found.push(open..at);
                    fence = None;
                    paragraph = at..at;
                }
            }
            None => match mark.filter(|mark| run >= 3 && !(*mark == '`' && bare[run..].contains('`'))) {
                Some(mark) => {
                    spans(text, paragraph.clone(), &mut found);
                    fence = Some((mark, run, start));
                }
                None if line.trim().is_empty() => {
                    spans(text, paragraph.clone(), &mut found);
                    paragraph = at..at;
                }
                None => paragraph.end = at,
            },
        }
    }
    match fence {
        Some((_, _, open)) => found.push(open..text.len()),
        None => spans(text, paragraph, &mut found),
    }
    found
}

/// Spans between runs of backticks of one length.
fn spans(text: &str, paragraph: Range<usize>, found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let runs: Vec<Range<usize>> = {
        let mut runs = Vec::new();
        let mut at = paragraph.start;
        while at < paragraph.end {
            if bytes[at] != b'`' {
                at += 1;
                continue;
            }
            let length = bytes[at..paragraph.end].iter().take_while(|byte| **byte == b'`').count();
            runs.push(at..at + length);
            at += length;
        }
        runs
    };
    // The next run of each length, so that many open runs cost no search each.
    let mut next: std::collections::HashMap<usize, Vec<usize>> = std::collections::HashMap::new();
    for (at, run) in runs.iter().enumerate().rev() {
        next.entry(run.len()).or_default().push(at);
    }
    let mut at = 0;
    while at < runs.len() {
        let same = next.entry(runs[at].len()).or_default();
        while same.last().is_some_and(|other| *other <= at) {
            same.pop();
        }
        match same.last() {
            Some(close) => {
                found.push(runs[at].start..runs[*close].end);
                at = close + 1;
            }
            None => at += 1,
        }
    }
}

/// Whether a place lies in one of these ranges, which are in order.
pub(crate) fn holds(ranges: &[Range<usize>], place: usize) -> bool {
    let at = ranges.partition_point(|range| range.end <= place);
    ranges.get(at).is_some_and(|range| range.start <= place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found() {
        let text = "a `b` ``c ` d`` e\n\n```\nf\n```\ng `h\n\n    ~~~ x\n    `\n    ~~~\n";
        let code: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(code, ["`b`", "``c ` d``", "```\nf\n```\n", "    ~~~ x\n    `\n    ~~~\n"]);
        assert!(holds(&ranges(text), 3) && !holds(&ranges(text), 0));
    }
}
