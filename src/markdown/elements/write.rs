//! The events again, once it is known where each element ends.

use super::super::{emphasis, raw};
use super::{ElementTag, Fate, Item, Spanned};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// The events of a text, with what opens and closes elements where that is missing.
pub(super) fn write(items: Vec<Item<'_>>, tags: Vec<ElementTag>) -> Vec<Spanned<'_>> {
    let mut writer = Writer {
        tags,
        events: Vec::with_capacity(items.len()),
        carried: Carried::default(),
        end: 0,
        is_live: false,
    };
    let (mut code, mut block) = (false, false);
    for item in items {
        match &item.event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::HtmlBlock) => block = true,
            Event::End(TagEnd::HtmlBlock) => {
                block = false;
                writer.close_block(item.span.end);
            }
            _ => {}
        }
        let is_inline = emphasis::is_inline(&item.event) && !code && !block;
        writer.turn(is_inline, &item.span);
        writer.item(item);
    }
    writer.events
}

/// The elements that go on in the next block.
#[derive(Default)]
struct Carried {
    /// The tags, and their HTML without ids; `None` where one has ended.
    tags: Vec<Option<(usize, String)>>,
    places: HashMap<usize, usize>,
}

struct Writer<'a> {
    tags: Vec<ElementTag>,
    events: Vec<Spanned<'a>>,
    carried: Carried,
    /// Where the last event of a line ended.
    end: usize,
    /// Whether the elements that are carried are open in the run that is written.
    is_live: bool,
}

impl<'a> Writer<'a> {
    /// Begins and ends stretches of text, and with them the elements that are carried.
    fn turn(&mut self, is_inline: bool, span: &Range<usize>) {
        if is_inline && !self.is_live {
            self.carried.compact();
            for (_, html) in self.carried.tags.iter().flatten() {
                self.events.push((Event::InlineHtml(html.clone().into()), span.start..span.start));
            }
        } else if !is_inline && self.is_live {
            let end = self.end;
            for (id, _) in self.carried.tags.iter().flatten().rev() {
                let close = format!("</{}>", self.tags[*id].name);
                self.events.push((Event::InlineHtml(close.into()), end..end));
            }
        }
        self.is_live = is_inline;
        self.end = span.end;
    }

    /// What a block of raw HTML opens and other blocks go on with is closed at its end.
    fn close_block(&mut self, at: usize) {
        for (id, _) in self.carried.tags.iter().flatten().rev() {
            let tag = &mut self.tags[*id];
            if !std::mem::take(&mut tag.in_block) {
                break;
            }
            let close = format!("</{}>", tag.name);
            self.events.push((Event::Html(close.into()), at..at));
        }
    }

    fn item(&mut self, item: Item<'a>) {
        let Item { event, span, tag } = item;
        let Some(id) = tag else {
            self.events.push((event, span));
            return;
        };
        let (html, in_block) = match &event {
            Event::Html(html) => (html.clone(), true),
            Event::InlineHtml(html) => (html.clone(), false),
            _ => return,
        };
        match self.tags[id].fate {
            Fate::Kept => self.events.push((event, span)),
            Fate::Text => self.events.push((Event::Text(html), span)),
            Fate::Closed => {
                let close: CowStr<'a> = format!("</{}>", self.tags[id].name).into();
                let close = if in_block { Event::Html(close) } else { Event::InlineHtml(close) };
                let end = span.end;
                self.events.extend([(event, span), (close, end..end)]);
            }
            Fate::Carried => {
                self.carried.push(id, without_id(&html));
                self.events.push((event, span));
            }
            Fate::Ends(opening) => {
                // In a block of raw HTML it is not open.
                if self.carried.end(opening) && !in_block {
                    self.events.push((event, span));
                }
            }
        }
    }
}

impl Carried {
    fn push(&mut self, id: usize, html: String) {
        self.places.insert(id, self.tags.len());
        self.tags.push(Some((id, html)));
    }

    /// Ends an element; says whether it was carried.
    fn end(&mut self, id: usize) -> bool {
        let place = self.places.remove(&id).and_then(|place| self.tags.get_mut(place));
        let was_carried = place.and_then(Option::take).is_some();
        while matches!(self.tags.last(), Some(None)) {
            self.tags.pop();
        }
        was_carried
    }

    fn compact(&mut self) {
        if self.places.len() < self.tags.len() {
            self.tags.retain(Option::is_some);
            let ids = self.tags.iter().flatten().map(|(id, _)| *id);
            self.places = ids.enumerate().map(|(place, id)| (id, place)).collect();
        }
    }
}

/// An opening tag for a further block: an id marks one place alone.
fn without_id(html: &str) -> String {
    let mut places = Vec::new();
    raw::opening_tags(html, |tag| {
        let ids =
            tag.attributes.into_iter().filter(|attribute| matches!(attribute.name.as_str(), "id" | "name"));
        places.extend(ids.map(|attribute| attribute.whole));
    });
    let mut kept = html.to_owned();
    for place in places.into_iter().rev() {
        kept.replace_range(place, "");
    }
    kept
}
