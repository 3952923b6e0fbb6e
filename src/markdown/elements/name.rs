//! Which names are elements, and what each is good for.

/// What becomes of an element that nothing closes, and how far it may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It has no inside, and shows something by itself.
    Void,
    /// It has no inside, and says something by its attributes alone.
    Setting,
    /// It stands in a line, and is begun anew in each block that it reaches over.
    Inline,
    /// A block. It ends with its container.
    Block,
    /// A block whose name is also what people write for something to be filled in.
    Word,
    /// Its end may be left out (HTML 13.1.2.4).
    Optional,
    /// Its inside holds no tags, so it ends in its own block.
    Raw,
    /// Nobody sees its inside.
    Unseen,
    /// It shows what its address names, and its inside only where that fails.
    Media,
    /// An element of SVG or MathML, where `/>` ends it.
    Foreign,
}

/// The class of an element; `None` where no element has that name, which is in lower
/// case. With `trust` authors may also use SVG, MathML and elements of their own.
pub(super) fn class(name: &str, trust: bool) -> Option<Class> {
    Some(match name {
        "br" | "hr" | "wbr" | "col" => Class::Void,
        "area" | "base" | "basefont" | "bgsound" | "embed" | "frame" | "image" | "img" | "input"
        | "keygen" | "link" | "meta" | "param" | "source" | "track" => Class::Setting,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "blink" | "button" | "cite" | "code"
        | "data" | "del" | "dfn" | "em" | "font" | "i" | "ins" | "kbd" | "label" | "map" | "mark"
        | "meter" | "nobr" | "output" | "progress" | "q" | "rb" | "rtc" | "ruby" | "s" | "samp" | "slot"
        | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u" | "var" => {
            Class::Inline
        }
        "article" | "aside" | "blockquote" | "center" | "details" | "dialog" | "dir" | "div" | "dl"
        | "fieldset" | "figcaption" | "figure" | "form" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hgroup" | "marquee" | "nav" | "ol" | "pre" | "section" | "select" | "table" | "ul" => {
            Class::Block
        }
        "address" | "footer" | "header" | "legend" | "main" | "menu" | "menuitem" | "search" | "summary" => {
            Class::Word
        }
        "body" | "caption" | "colgroup" | "dd" | "dt" | "html" | "li" | "optgroup" | "option" | "p"
        | "rp" | "rt" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Class::Optional,
        "iframe" | "noembed" | "noframes" | "script" | "style" | "textarea" | "title" | "xmp" => Class::Raw,
        "datalist" | "head" | "math" | "noscript" | "svg" | "template" => Class::Unseen,
        "applet" | "audio" | "canvas" | "object" | "picture" | "video" => Class::Media,
        _ if is_office(name) => Class::Inline,
        _ if trust && is_foreign(name) => Class::Foreign,
        // A custom element's name has a hyphen (HTML 4.13.3).
        _ if trust && name.contains('-') => Class::Block,
        _ => return None,
    })
}

/// Whether only Office gives elements such a name: a text that was pasted from Word has them.
pub(in crate::markdown) fn is_office(name: &str) -> bool {
    ["o:", "w:", "v:", "st1:"].iter().any(|prefix| name.starts_with(prefix))
}

fn is_foreign(name: &str) -> bool {
    const SVG: &str = "animate animatemotion animatetransform circle clippath defs desc ellipse \
        foreignobject g line lineargradient marker mask metadata mpath path pattern polygon polyline \
        radialgradient rect set stop switch symbol text textpath tspan use view filter";
    const MATHML: &str = "annotation annotation-xml maction menclose merror mfenced mfrac mi \
        mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt \
        mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics";
    let is_in = |names: &str| names.split(' ').any(|known| known == name);
    is_in(SVG) || is_in(MATHML) || name.starts_with("fe") && name.len() > 5
}

/// Whether an attribute may stand without a value.
pub(super) fn is_switch(attribute: &str) -> bool {
    const SWITCHES: &str = "allowfullscreen async autofocus autoplay border checked compact controls \
        crossorigin default defer disabled download formnovalidate hidden inert ismap itemscope loop \
        markdown multiple muted nomodule noresize noshade novalidate nowrap open playsinline popover \
        readonly required reversed selected";
    // Frameworks and authors make further ones.
    SWITCHES.split(' ').any(|known| known == attribute) || attribute.contains(['-', ':', '@', '.', '_'])
}

/// Elements in which those stand whose end may be left out.
pub(super) const AROUND_OPTIONAL: [&str; 8] =
    ["ul", "ol", "menu", "dl", "table", "select", "datalist", "ruby"];

/// The name of a tag, in lower case, and whether the tag closes; `None` where that is
/// no tag.
pub(super) fn of_tag(html: &str) -> Option<(String, bool)> {
    let inside = html.strip_prefix('<')?;
    let closes = inside.starts_with('/');
    let inside = &inside[usize::from(closes)..];
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(inside.len());
    let name = &inside[..end];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| (name.to_ascii_lowercase(), closes))
}
