//! Where each value of a YAML text stands, read once.
//!
//! A text with a thousand mistakes asks for a thousand places; reading it anew
//! for each would take time that grows with the square.

use super::Step;
use saphyr_parser::{Event, Parser};
use std::collections::HashMap;

/// Start and end, in bytes of the text.
type ByteRange = (usize, usize);

/// The places of a text's values.
#[derive(Debug, Default)]
pub(super) struct Places {
    nodes: Vec<Node>,
    /// The first key that stands twice in one mapping: both places.
    repeated: Option<(ByteRange, ByteRange)>,
}

#[derive(Debug)]
struct Node {
    /// Where its first event stands.
    place: ByteRange,
    /// End of its last scalar; `None` where the text broke off before.
    last: Option<usize>,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Scalar,
    /// The first value of each key, and where the key stands.
    Mapping(HashMap<String, (usize, ByteRange)>),
    Sequence(Vec<usize>),
}

/// A collection that is being read.
struct OpenCollection {
    node: usize,
    /// The key whose value comes next; without a text where it is no scalar.
    key: Option<(Option<String>, ByteRange)>,
    /// Scalars that had been read before it.
    scalars: usize,
}

impl Places {
    pub(super) fn new(yaml: &str) -> Self {
        Builder::default().read(yaml)
    }

    /// Both places of the first key that stands twice in one mapping.
    pub(super) const fn repeated(&self) -> Option<(ByteRange, ByteRange)> {
        self.repeated
    }

    /// Where the value at `steps` stands, or its key if that is asked for or
    /// there is no value.
    pub(super) fn find(&self, steps: &[Step], key: bool) -> Option<ByteRange> {
        let mut here = self.nodes.first()?;
        let mut key_place = here.place;
        for step in steps {
            let next = match (step, &here.shape) {
                (Step::Key(key), Shape::Mapping(values)) => {
                    let (value, place) = values.get(key)?;
                    key_place = *place;
                    *value
                }
                (Step::Item(item), Shape::Sequence(items)) => *items.get(*item)?,
                _ => return Some(here.place),
            };
            here = self.nodes.get(next)?;
        }
        let scalar = matches!(here.shape, Shape::Scalar);
        if key || (scalar && here.place.0 == here.place.1) {
            return Some(key_place);
        }
        if scalar { Some(here.place) } else { Some((here.place.0, here.last?)) }
    }
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    repeated: Option<(ByteRange, ByteRange)>,
    open: Vec<OpenCollection>,
    /// How many scalars were read, and where the last of them ends.
    scalars: (usize, usize),
}

impl Builder {
    fn read(mut self, yaml: &str) -> Places {
        // The parser counts characters.
        let offsets: Vec<usize> =
            if yaml.is_ascii() { Vec::new() } else { yaml.char_indices().map(|(byte, _)| byte).collect() };
        let byte = |at: usize| match offsets.get(at) {
            Some(byte) => *byte,
            None if offsets.is_empty() => at.min(yaml.len()),
            None => yaml.len(),
        };
        for next in Parser::new_from_str(yaml) {
            let Ok((event, span)) = next else { break };
            self.event(event, (byte(span.start.index()), byte(span.end.index())));
            if !self.nodes.is_empty() && self.open.is_empty() {
                break;
            }
        }
        Places { nodes: self.nodes, repeated: self.repeated }
    }

    fn event(&mut self, event: Event<'_>, place: ByteRange) {
        match event {
            Event::Scalar(text, ..) => {
                self.scalars = (self.scalars.0 + 1, place.1);
                self.add(Shape::Scalar, Some(text.into_owned()), place);
            }
            Event::Alias(_) => {
                self.scalars = (self.scalars.0 + 1, place.1);
                self.add(Shape::Scalar, None, place);
            }
            Event::MappingStart(..) => self.open(Shape::Mapping(HashMap::new()), place),
            Event::SequenceStart(..) => self.open(Shape::Sequence(Vec::new()), place),
            Event::MappingEnd | Event::SequenceEnd => {
                let Some(done) = self.open.pop() else { return };
                if let Some(node) = self.nodes.get_mut(done.node) {
                    let empty = self.scalars.0 == done.scalars;
                    node.last = Some(if empty { node.place.1 } else { self.scalars.1 });
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, shape: Shape, place: ByteRange) {
        let node = self.add(shape, None, place);
        self.open.push(OpenCollection { node, key: None, scalars: self.scalars.0 });
    }

    /// Puts a value into the collection that is open, if any; gives its number.
    fn add(&mut self, shape: Shape, text: Option<String>, place: ByteRange) -> usize {
        let number = self.nodes.len();
        let last = matches!(shape, Shape::Scalar).then_some(place.1);
        self.nodes.push(Node { place, last, shape });
        let Some(open) = self.open.last_mut() else { return number };
        match self.nodes.get_mut(open.node).map(|node| &mut node.shape) {
            Some(Shape::Sequence(items)) => items.push(number),
            Some(Shape::Mapping(values)) => match open.key.take() {
                None => open.key = Some((text, place)),
                Some((Some(key), key_place)) => {
                    let first = values.entry(key).or_insert((number, key_place)).1;
                    if first != key_place && self.repeated.is_none() {
                        self.repeated = Some((first, key_place));
                    }
                }
                Some((None, _)) => {}
            },
            Some(Shape::Scalar) | None => {}
        }
        number
    }
}
