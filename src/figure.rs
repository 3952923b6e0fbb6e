//! Formulas and diagrams: TeX becomes MathML and Mermaid becomes SVG when the site is
//! built, so that no script draws them in the browser.
//!
//! Two libraries do the drawing, and neither is trusted. A limit of size stands before
//! each, a panic is caught, and what comes out is read element by element and written
//! anew: only what `clean` knows is kept. Colours become classes, which the theme fills
//! in for light and dark.

#[cfg(any(feature = "diagram", feature = "formula"))]
mod clean;
#[cfg(feature = "diagram")]
mod diagram;
mod dollar;
#[cfg(feature = "formula")]
mod formula;

#[cfg(feature = "diagram")]
pub use diagram::{draw, links};
pub use dollar::{Formula, formulas};
#[cfg(feature = "formula")]
pub use formula::mathml;

#[cfg(not(all(feature = "diagram", feature = "formula")))]
use crate::cache::Cache;
use std::ops::Range;

/// Why a formula is not shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the source it cannot be read; all of it where that is not known.
    pub place: Range<usize>,
}

/// Where a link of a diagram leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To an address, as it is to stand in the attribute before escaping.
    To {
        /// The address.
        address: String,
        /// Whether it is outside the handbook.
        external: bool,
    },
    /// Nowhere: what it is on is shown without a link.
    Nowhere,
}

/// Why a diagram is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is in it.
    Empty,
    /// It begins with a word that is no kind of diagram.
    Kind(String),
    /// A line cannot be read.
    Line(Range<usize>),
    /// It is larger than what is drawn.
    Size,
    /// A group contains itself.
    Circle(String),
    /// The library could not draw it.
    Failed,
}

/// A diagram as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// The `svg` element.
    pub svg: String,
    /// Whether it is too wide to be shown small.
    pub is_wide: bool,
}

/// Whether a block of code of this language is a diagram: `mermaid`, or `{mermaid}` as
/// notebooks write it.
#[must_use]
pub fn is_diagram(info: &str) -> bool {
    let language = info.trim_start_matches('{').split([' ', ',', '{', '}', ':']).next().unwrap_or("");
    cfg!(feature = "diagram") && language.eq_ignore_ascii_case("mermaid")
}

/// Whether a block of code of this language is a formula, as code hosts have it.
#[must_use]
pub fn is_formula(info: &str) -> bool {
    cfg!(feature = "formula") && info.split_whitespace().next() == Some("math")
}

/// Draws no diagram; [`is_diagram`] knows none either.
#[cfg(not(feature = "diagram"))]
pub fn draw(
    _: &str,
    _: &str,
    _: &str,
    _: &mut dyn FnMut(&str) -> Leads,
    _: &Cache,
) -> Result<Diagram, Problem> {
    Err(Problem::Failed)
}

/// Reads no diagram; [`is_diagram`] knows none either.
#[cfg(not(feature = "diagram"))]
pub fn links(_: &str, _: &Cache) -> Result<Vec<(String, Range<usize>)>, Problem> {
    Err(Problem::Failed)
}

/// Reads no formula, so that what is written is shown.
#[cfg(not(feature = "formula"))]
pub fn mathml(source: &str, _: bool, _: &Cache) -> Result<String, Fault> {
    Err(Fault { place: 0..source.len() })
}

/// The stack of the thread that a diagram is drawn on, in bytes: nesting that the limits
/// of size admit must not exhaust it.
#[cfg(feature = "diagram")]
const STACK: usize = 32 << 20;

/// Runs a library on a stack of its own. `None` if it panicked.
#[cfg(feature = "diagram")]
fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}
