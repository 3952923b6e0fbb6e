//! Which numbers belong to one count, and what else explains that they do not follow
//! each other.

use super::super::{ClauseNumber, Document, Heading, Unit, clause, mention};
use super::count::Numbered;
use std::collections::BTreeMap;

/// What an extract or an amendment is called.
const PARTS: [&str; 20] = [
    "摘录",
    "节选",
    "節選",
    "摘编",
    "选编",
    "摘抄",
    "选登",
    "片段",
    "节录",
    "修正案",
    "修订对照",
    "修改对照",
    "对照表",
    "修订说明",
    "修改说明",
    "修订案",
    "Extract",
    "Excerpt",
    "Amendment",
    "extract",
];

/// Whether a text of this name has clauses of other texts, or only some of its own.
pub(in super::super) fn is_of_parts(title: &str) -> bool {
    let decision = ["修改", "修订", "修正"].iter().any(|word| title.contains(word))
        && ["决定", "决议", "通知"]
            .iter()
            .any(|word| title.trim_end_matches(['》', '）', ')']).contains(word));
    decision || PARTS.iter().any(|word| title.contains(word))
}

/// Whether what stands below a heading counts for itself: an appendix, a form.
fn is_appendix(title: &str) -> bool {
    let bare = title.trim_start_matches(['（', '(', '【', '[', ' ', '\u{3000}']);
    let word = ["附件", "附录", "附錄", "附表", "附图", "附：", "附:", "附一", "附二", "附三"]
        .iter()
        .any(|word| bare.starts_with(word));
    let english = ["Appendix", "Annex", "Schedule", "Exhibit", "Attachment"]
        .iter()
        .any(|word| bare.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    word || english || mention::appendix_number(bare).is_some()
}

/// The counts of a text: its articles, and its headings of each unit.
pub(super) fn counts(document: &Document) -> Vec<Vec<Numbered>> {
    let mut counts = Counts::default();
    let mut clauses = document.clauses.iter().peekable();
    for heading in &document.headings {
        while let Some(clause) = clauses.next_if(|clause| clause.span().start < heading.span.start) {
            counts.article(clause.number, clause.span().start);
        }
        counts.heading(heading);
    }
    for clause in clauses {
        counts.article(clause.number, clause.span().start);
    }
    counts.finish()
}

#[derive(Default)]
struct Counts {
    done: Vec<Vec<Numbered>>,
    articles: Vec<Numbered>,
    /// Whether a heading stands between the last article and the next, and whether one
    /// without a number does.
    headed: bool,
    titled: bool,
    /// The headings that are being counted, by level and unit.
    headings: BTreeMap<(u8, Unit), Vec<Numbered>>,
    /// The level of the heading below which nothing is compared.
    muted: Option<u8>,
}

impl Counts {
    fn article(&mut self, number: ClauseNumber, start: usize) {
        if self.muted.is_some() {
            return;
        }
        let goes_on = self.articles.last().is_none_or(|last| {
            last.number.number + 1 == number.number || last.number.number == number.number
        });
        let anew = self.headed && number.number == 1 || self.titled && !goes_on;
        (self.headed, self.titled) = (false, false);
        if anew {
            self.done.push(std::mem::take(&mut self.articles));
        }
        self.articles.push(Numbered { number, start });
    }

    fn heading(&mut self, heading: &Heading) {
        if self.muted.is_some_and(|level| heading.level < level) {
            self.muted = None;
        }
        if self.muted.is_some() {
            return;
        }
        if heading.level > 1 && (is_appendix(&heading.text) || is_of_parts(&heading.text)) {
            self.muted = Some(heading.level);
            return;
        }
        let number = heading.clause.filter(|number| number.unit != Unit::Article);
        self.headed = true;
        self.titled |= heading.clause.is_none();
        let below: Vec<_> = self.headings.keys().filter(|key| key.0 > heading.level).copied().collect();
        for key in below {
            self.done.extend(self.headings.remove(&key));
        }
        if let Some(number) = number {
            let one = Numbered { number, start: heading.span.start };
            self.headings.entry((heading.level, number.unit)).or_default().push(one);
        }
    }

    fn finish(mut self) -> Vec<Vec<Numbered>> {
        self.done.push(self.articles);
        self.done.extend(self.headings.into_values());
        self.done
    }
}

/// A count without what stands in a quotation that goes over several paragraphs.
pub(super) fn without_quotations(text: &str, count: Vec<Numbered>) -> Vec<Numbered> {
    let (mut open, mut place) = (0_i32, count.first().map_or(0, |first| first.start));
    let mut own = Vec::with_capacity(count.len());
    for one in count {
        for line in text.get(place..one.start).unwrap_or("").lines() {
            let begins = line.trim_start_matches(clause::is_space).starts_with('“');
            // Each paragraph of a quotation may begin with a mark, and only the last end with one.
            if line.starts_with('#') || begins && open > 0 {
                open = 0;
            }
            let marks = line.chars().map(|c| match c {
                '“' => 1,
                '”' => -1,
                _ => 0,
            });
            open = marks.fold(open, |open, mark: i32| (open + mark).max(0));
        }
        place = one.start;
        if open == 0 {
            own.push(one);
        }
    }
    own
}

/// Whether the text between two clauses says that those between them are left out.
pub(super) fn explains_gap(text: &str, before: &Numbered, behind: &Numbered) -> bool {
    let between = text.get(before.start..behind.start).unwrap_or("");
    between.lines().any(|line| {
        let bare = line.trim_matches(|c| clause::is_space(c) || "（）()[]【】*_".contains(c));
        let dots =
            !bare.is_empty() && bare.chars().all(|c| "…⋯.．。·".contains(c)) && bare != "。" && bare != ".";
        let omitted = (bare.ends_with("略") || bare.ends_with("省略") || bare.starts_with("略"))
            && bare.chars().count() <= 12;
        // 第五条至第八条 删除
        let range = clause::number(bare).is_some_and(|(number, _)| {
            number.number > before.number.number && number.number < behind.number.number
        });
        dots || omitted || range
    })
}
