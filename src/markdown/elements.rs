//! Raw HTML made whole: which tags are elements, and where each ends.
//!
//! The parser takes all that looks like a tag for one, and hands it on fragment by
//! fragment. A browser would then lose `<placeholder>`, show the rest of a page bold
//! after `if a<b and c>d`, and read a chapter as the text of a `<textarea>`. So this
//! step looks at all events of a text that holds tags, and
//!
//! - makes text of tags that are no elements, and of elements that nothing closes;
//! - closes a block with the container that it stands in: an item, a quote, the chapter;
//! - closes an element of a line at the end of each block and begins it anew in the next,
//!   where it is closed in a later one;
//! - leaves out closing tags of what is not open;
//! - cuts declarations, processing instructions and CDATA out of other HTML.
//!
//! What comes out is HTML whose elements are closed. It changes nothing else.

mod block;
mod mask;
mod name;
mod write;

use super::{MarkdownOptions, RawHtml};
use name::Class;
pub(super) use name::is_office;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// Passes on the events of a text, with its raw HTML made whole where the dialect is on.
pub(super) fn events(
    text: &str,
    body: usize,
    options: &MarkdownOptions,
    mut found: impl FnMut(Event<'_>, &Range<usize>),
) {
    let trust = options.raw_html == RawHtml::Trust;
    let may_stand_in = || !options.dialect.is_plain() || may_stand_in(text.get(body..).unwrap_or(""));
    if !options.extensions || !may_stand_in() {
        for (event, span) in super::events(text, body, options) {
            found(event, &span);
        }
        return;
    }
    let masked = mask::mask(text, body, options);
    let parsed = masked.as_ref().map_or(text, |masked| &masked.text);
    let mut reader = Reader::new(text, trust);
    for (event, span) in super::events(parsed, body, options) {
        reader.event(
            match &masked {
                Some(masked) => masked.unmask(event),
                None => event,
            },
            span,
        );
    }
    let Reader { items, tags, .. } = reader.finish();
    if tags.is_empty() {
        items.into_iter().for_each(|item| found(item.event, &item.span));
        return;
    }
    for (event, span) in write::write(items, tags) {
        found(event, &span);
    }
}

/// Whether there may be raw HTML in a text.
fn may_stand_in(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?');
    memchr::memchr_iter(b'<', bytes).any(|at| bytes.get(at + 1).is_some_and(begins))
}

/// An event, and the tag that it is.
struct Item<'a> {
    event: Event<'a>,
    span: Range<usize>,
    tag: Option<usize>,
}

/// A tag of an element.
struct ElementTag {
    name: String,
    class: Class,
    /// Whether it stands in a block of raw HTML.
    in_block: bool,
    /// The stretch of text or the block of raw HTML that it stands in.
    run: usize,
    /// How many containers are around it.
    depth: usize,
    /// Its place among the items.
    item: usize,
    length: usize,
    /// Whether it only marks a place: `<a name=x>`.
    is_anchor: bool,
    /// Whether an element is open that one stands in whose end may be left out.
    has_frame: bool,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is written as it is.
    Kept,
    Text,
    /// It is written, and its end behind it.
    Closed,
    /// It is written, and begun anew in each block up to its end.
    Carried,
    /// It closes this tag, which was carried.
    Ends(usize),
}

struct Reader<'t, 'a> {
    text: &'t str,
    trust: bool,
    items: Vec<Item<'a>>,
    tags: Vec<ElementTag>,
    /// Opening tags that are not closed yet, by name.
    open: HashMap<String, Vec<usize>>,
    /// The opening tags of each container that is open.
    containers: Vec<Vec<usize>>,
    run: usize,
    /// Images that are open: of what is in them only the words count.
    images: usize,
    /// The open block of raw HTML.
    block: Option<(String, Range<usize>)>,
    /// Bytes that may be written to begin elements anew.
    budget: usize,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(text: &'t str, trust: bool) -> Self {
        Self {
            text,
            trust,
            items: Vec::new(),
            tags: Vec::new(),
            open: HashMap::new(),
            containers: vec![Vec::new()],
            run: 0,
            images: 0,
            block: None,
            budget: text.len().saturating_mul(16).saturating_add(4_096),
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) {
        match &event {
            Event::Html(line) => {
                let (html, place) = self.block.get_or_insert_with(|| (String::new(), span.clone()));
                html.push_str(line);
                place.end = place.end.max(span.end);
                return;
            }
            Event::InlineHtml(html) if !is_aside(html) => {
                if let Some((name, closes)) = name::of_tag(html) {
                    return self.tag(event, span, &name, closes, false);
                }
            }
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(tag) if is_container(tag) => self.containers.push(Vec::new()),
            Event::End(TagEnd::HtmlBlock) => self.end_block(),
            Event::End(tag) if ends_container(*tag) => self.end_container(span.end),
            _ => {}
        }
        self.run += usize::from(!super::emphasis::is_inline(&event));
        self.push(event, span);
    }

    fn push(&mut self, event: Event<'a>, span: Range<usize>) {
        self.items.push(Item { event, span, tag: None });
    }

    /// Takes a tag, whose event is raw HTML.
    fn tag(&mut self, event: Event<'a>, span: Range<usize>, name: &str, closes: bool, in_block: bool) {
        let html = match &event {
            Event::Html(html) | Event::InlineHtml(html) => html.clone(),
            _ => return,
        };
        let is_open = |name: &str| self.open.get(name).is_some_and(|open| !open.is_empty());
        // Within a drawing its own elements are elements, whether it stays or not.
        let any = self.trust || is_open("svg") || is_open("math");
        let class =
            name::class(name, any).filter(|class| *class == Class::Raw || closes || !has_words(&html));
        let Some(class) = class else {
            return self.push(Event::Text(html), span);
        };
        if self.images > 0 {
            return self.push(event, span);
        }
        match class {
            // A browser reads `</br>` as `<br>`.
            Class::Void | Class::Setting if closes && name != "br" => {}
            Class::Setting if !html.contains(char::is_whitespace) => self.push(Event::Text(html), span),
            Class::Void | Class::Setting => self.push(event, span),
            _ if closes => self.close(event, span, name, class, in_block),
            _ => self.open(event, span, name, class, in_block),
        }
    }

    fn open(&mut self, event: Event<'a>, span: Range<usize>, name: &str, class: Class, in_block: bool) {
        let html = match &event {
            Event::Html(html) | Event::InlineHtml(html) => html,
            _ => return,
        };
        let ends_itself = html.ends_with("/>");
        let mut is_anchor = false;
        if name == "a" {
            super::raw::opening_tags(html, |tag| {
                let has = |name: &str| tag.attributes.iter().any(|attribute| attribute.name == name);
                is_anchor = (has("name") || has("id")) && !has("href");
            });
        }
        let is_open = |name: &&str| self.open.get(*name).is_some_and(|open| !open.is_empty());
        let tag = ElementTag {
            class,
            in_block,
            run: self.run,
            depth: self.containers.len(),
            item: self.items.len(),
            length: html.len(),
            is_anchor,
            has_frame: class == Class::Optional && name::AROUND_OPTIONAL.iter().any(is_open),
            fate: if ends_itself && !matches!(class, Class::Foreign | Class::Optional) {
                Fate::Closed
            } else {
                Fate::Kept
            },
            name: name.to_owned(),
        };
        let id = self.tags.len();
        if tag.fate == Fate::Kept && !(ends_itself && class == Class::Foreign) {
            self.open.entry(tag.name.clone()).or_default().push(id);
            if let Some(container) = self.containers.last_mut() {
                container.push(id);
            }
        }
        self.tags.push(tag);
        self.items.push(Item { event, span, tag: Some(id) });
    }

    /// A closing tag closes what is open in its container; what stands in a line it may
    /// close in one around it.
    fn close(&mut self, event: Event<'a>, span: Range<usize>, name: &str, class: Class, in_block: bool) {
        let Some(open) = self.open.get_mut(name) else { return };
        let (run, depth) = (self.run, self.containers.len());
        let fits = |tag: &ElementTag| {
            (tag.depth == depth || class == Class::Inline) && (class != Class::Raw || tag.run == run)
        };
        let Some(opening) = open.last().copied().filter(|id| fits(&self.tags[*id])) else { return };
        open.pop();
        let is_carried = class == Class::Inline && self.tags[opening].run != run;
        let cost = self.tags[opening].length.saturating_mul(run - self.tags[opening].run);
        if is_carried && cost > self.budget {
            self.tags[opening].fate = Fate::Text;
            return;
        }
        let mut fate = Fate::Kept;
        if is_carried {
            self.budget -= cost;
            self.tags[opening].fate = Fate::Carried;
            fate = Fate::Ends(opening);
        } else {
            // It is no longer looked for.
            self.tags[opening].fate = Fate::Kept;
        }
        self.tags[opening].depth = usize::MAX;
        self.tags.push(ElementTag {
            name: name.to_owned(),
            class,
            in_block,
            run,
            depth: usize::MAX,
            item: self.items.len(),
            length: 0,
            is_anchor: false,
            has_frame: false,
            fate,
        });
        let id = self.tags.len() - 1;
        self.items.push(Item { event, span, tag: Some(id) });
    }

    /// Ends a container, and with it the blocks that are open in it.
    fn end_container(&mut self, at: usize) {
        let mut ends = String::new();
        for id in self.containers.pop().unwrap_or_default().into_iter().rev() {
            let tag = &mut self.tags[id];
            if let Some(open) = self.open.get_mut(&tag.name)
                && open.last() == Some(&id)
            {
                open.pop();
            }
            // A depth beyond all says that it is closed.
            if tag.depth == usize::MAX || tag.fate != Fate::Kept {
                continue;
            }
            tag.fate = unclosed(tag, &self.items[tag.item].event);
            let goes_on = tag.fate == Fate::Kept && !matches!(tag.class, Class::Optional);
            if goes_on {
                ends.push_str("</");
                ends.push_str(&tag.name);
                ends.push('>');
            }
        }
        if !ends.is_empty() {
            self.push(Event::Start(Tag::HtmlBlock), at..at);
            self.push(Event::Html(ends.into()), at..at);
            self.push(Event::End(TagEnd::HtmlBlock), at..at);
        }
        if self.containers.is_empty() {
            self.containers.push(Vec::new());
        }
    }

    fn finish(mut self) -> Self {
        let end = self.text.len();
        while self.containers.len() > 1 {
            self.end_container(end);
        }
        self.end_container(end);
        self
    }
}

/// What becomes of an opening tag that nothing closes.
fn unclosed(tag: &ElementTag, event: &Event<'_>) -> Fate {
    let has_attributes =
        matches!(event, Event::Html(html) | Event::InlineHtml(html) if html.contains(char::is_whitespace));
    match tag.class {
        Class::Inline if tag.is_anchor => Fate::Closed,
        Class::Media if has_attributes => Fate::Closed,
        Class::Block | Class::Foreign if tag.in_block => Fate::Kept,
        Class::Word if tag.in_block && has_attributes => Fate::Kept,
        Class::Optional if tag.in_block || tag.has_frame || tag.name == "p" => Fate::Kept,
        _ => Fate::Text,
    }
}

/// Whether attributes of a tag are words: `<b and c>` is no tag.
fn has_words(html: &str) -> bool {
    let mut has_words = false;
    super::raw::opening_tags(html, |tag| {
        let mut bare = tag.attributes.iter().filter(|attribute| attribute.value.is_empty());
        has_words |= bare.any(|attribute| {
            let is_assigned = html[attribute.whole.clone()].contains('=');
            !is_assigned && !name::is_switch(&attribute.name)
        });
    });
    has_words
}

/// Whether raw HTML is a comment, a declaration or the like: no tag.
fn is_aside(html: &str) -> bool {
    html.starts_with("<!") || html.starts_with("<?")
}

/// Whether a block holds blocks of its own, so that elements in it end with it.
const fn is_container(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableCell
    )
}

const fn ends_container(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableCell
    )
}
