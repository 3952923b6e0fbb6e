//! A formula in TeX as MathML.

mod other_names;

use super::Fault;
use super::clean::{MathMl, attribute, clean};
use crate::cache::Cache;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};
use std::ops::Range;

/// Bytes that a formula may have.
const LENGTH: usize = 8_000;
/// Braces and environments that may stand inside one another.
const DEPTH: usize = 60;
/// Bytes of MathML that may come of it: macros can multiply.
const OUTPUT: usize = 400_000;

/// A formula as a `math` element, in a line of its own or within one. The source is
/// its name for those who cannot see it, where the browser reads no MathML.
pub fn mathml(source: &str, display: bool, cache: &Cache) -> Result<String, Fault> {
    let fault = || Fault { place: 0..source.len() };
    // `\char` before anything but digits makes the library stop.
    if source.trim().is_empty() || source.len() > LENGTH || depth(source) > DEPTH || source.contains("\\char")
    {
        return Err(fault());
    }
    let make = || {
        let written = std::panic::catch_unwind(|| {
            write(source, display).or_else(|wrong| match other_names::rewritten(source) {
                Some(other) => write(&other, display).map_err(|_| wrong),
                None => Err(wrong),
            })
        });
        let written = written.map_err(|_| fault())??;
        clean(&written, &mut MathMl).ok_or_else(fault)
    };
    let cleaned = cache.get_or_make("formula", (source, display), read, make, value)?;
    let Some(rest) = cleaned.strip_prefix("<math") else { return Err(fault()) };
    let mut out = String::with_capacity(cleaned.len() + source.len() + 16);
    out.push_str("<math");
    attribute(&mut out, "alttext", source.trim());
    out.push_str(rest);
    Ok(out)
}

/// A formula that a cache has kept, if it is such a one as the cleaner writes.
fn read(value: &[u8]) -> Option<Result<String, Fault>> {
    let kept = std::str::from_utf8(value).ok()?;
    let is_clean = kept.starts_with("<math") && clean(kept, &mut MathMl).as_deref() == Some(kept);
    is_clean.then(|| Ok(kept.to_owned()))
}

/// What a cache keeps of a formula. The cleaner turns a style into this attribute and
/// would take it out if it read it.
fn value(made: &Result<String, Fault>) -> Option<Vec<u8>> {
    let cleaned = made.as_ref().ok().filter(|cleaned| !cleaned.contains(" mathcolor="))?;
    Some(cleaned.clone().into_bytes())
}

/// How deeply braces and environments nest at most.
fn depth(source: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for (at, c) in source.char_indices() {
        match c {
            '{' | '[' => open += 1,
            '\\' if ["\\left", "\\begin", "\\sqrt"].iter().any(|word| source[at..].starts_with(word)) => {
                open += 1
            }
            '}' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
        if c == '\\' && (source[at..].starts_with("\\right") || source[at..].starts_with("\\end")) {
            open = open.saturating_sub(1);
        }
    }
    most
}

fn write(source: &str, display: bool) -> Result<String, Fault> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(source, &storage) {
        match event {
            Ok(event) => events.push(event),
            Err(error) => return Err(Fault { place: place(&error, source) }),
        }
        if events.len() > OUTPUT / 8 {
            return Err(Fault { place: 0..source.len() });
        }
    }
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        ..RenderConfig::default()
    };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, ParserError>);
    match push_mathml(&mut out, events, config) {
        Ok(()) if out.len() <= OUTPUT => Ok(out),
        _ => Err(Fault { place: 0..source.len() }),
    }
}

/// Where the error is: at the command that is unknown, where that is what is wrong. The
/// library does not tell the place, so each command is read alone.
fn place(error: &ParserError, source: &str) -> Range<usize> {
    let unknown = if is_unknown(error) {
        commands(source).find(|place| is_foreign(&source[place.clone()]))
    } else {
        None
    };
    unknown.unwrap_or(0..source.len())
}

fn is_unknown(error: &ParserError) -> bool {
    use std::error::Error as _;
    error.source().is_some_and(|kind| kind.to_string().starts_with("unknown primitive"))
}

fn is_foreign(command: &str) -> bool {
    let storage = Storage::new();
    matches!(Parser::new(command, &storage).next(), Some(Err(error)) if is_unknown(&error))
}

/// The places of commands: a backslash and letters.
fn commands(source: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    source.match_indices('\\').filter_map(|(start, _)| {
        let name = source[start + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        (name > 0).then(|| start..start + 1 + name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mathml(source: &str, display: bool) -> Result<String, Fault> {
        super::mathml(source, display, &Cache::default())
    }

    fn read(source: &str) -> String {
        mathml(source, false).unwrap_or_else(|fault| panic!("{source}: {fault:?}"))
    }

    #[test]
    fn formulas_become_mathml() {
        assert_eq!(
            read(r"E=mc^2"),
            "<math alttext=\"E=mc^2\" display=\"inline\"><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>"
        );
        let chinese = read(r"\text{应付金额} = \frac{\text{单价} \times n}{2}");
        assert!(chinese.contains("<mtext>应付金额</mtext>") && chinese.contains("<mfrac>"), "{chinese}");
        assert!(!mathml("x < y & z", true).unwrap_err().place.is_empty());
        assert!(read(r"\bm{x} = 1 \tag{2}").contains("(2)"));
        assert!(mathml(r"\begin{aligned} a &= b \\ c &< d \end{aligned}", true).unwrap().contains("&lt;"));
    }

    #[test]
    fn nothing_but_mathml_comes_out() {
        for source in [r"\text{<script>x</script>}", r"\color{red}{x}", r"\cancel{x}", "a<b>c"] {
            let out = read(source);
            for bad in ["<script", "style", "<b>", "<x"] {
                assert!(!out.replace("alttext=\"", "").contains(bad) || bad == "<x", "{source}: {out}");
            }
        }
    }

    #[test]
    fn what_is_no_formula_is_told_with_its_place() {
        for (source, near) in [(r"x + \foo y", r"\foo"), (r"\text{金额} = \unbekannt{3}", r"\unbekannt")] {
            let fault = mathml(source, false).unwrap_err();
            assert_eq!(&source[fault.place], near, "{source}");
        }
        for source in ["", " ", r"\frac{a}{", "a_b_c", r"\def\a{\a\a}\a", r"}{", r"\end{x}", r"\begin{x}"] {
            let fault = mathml(source, false).unwrap_err();
            assert!(source.get(fault.place).is_some(), "{source}");
        }
    }

    #[test]
    fn odd_input_ends() {
        for piece in
            ["{", "\\left(", "\\frac", "^", "\\begin{matrix}", "\\sqrt", "\\text{", "_{", "&\\\\", "\\\\"]
        {
            let _ = mathml(&piece.repeat(7_900 / piece.len()), true);
        }
        let _ = mathml(
            r"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c}\d\d\d\d",
            true,
        );
    }
}
