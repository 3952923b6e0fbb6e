//! The vocabulary of formulas: MathML Core.

use super::{Element, Vocabulary, attribute};

const ELEMENTS: &[&str] = &[
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// What the library calls the places of a table and the like; the theme has a rule for each.
const CLASSES: &[&str] = &["cell-", "menv-", "mop-"];

/// Formulas.
pub(in super::super) struct MathMl;

impl Vocabulary for MathMl {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)], out: &mut String) -> Element {
        let Some(name) = ELEMENTS.iter().find(|known| **known == name) else {
            return Element::Dropped;
        };
        out.push('<');
        out.push_str(name);
        for (key, value) in attributes {
            match *key {
                "class" => classes(value, out),
                "style" => color(value, out),
                key if ATTRIBUTES.contains(&key) && is_plain(value) => attribute(out, key, value),
                _ => {}
            }
        }
        Element::Kept(name)
    }
}

fn classes(value: &str, out: &mut String) {
    let known = |class: &&str| CLASSES.iter().any(|prefix| class.starts_with(prefix)) && is_plain(class);
    let kept: Vec<&str> = value.split_whitespace().filter(known).collect();
    if !kept.is_empty() {
        attribute(out, "class", &kept.join(" "));
    }
}

/// `\color` comes as a style; MathML has an attribute for it.
fn color(style: &str, out: &mut String) {
    let color = style.split(';').find_map(|rule| rule.trim().strip_prefix("color: rgb("));
    let Some(color) = color.and_then(|rest| rest.strip_suffix(')')) else { return };
    let parts: Vec<u8> = color.split_whitespace().filter_map(|part| part.parse().ok()).collect();
    if let [red, green, blue] = parts[..] {
        attribute(out, "mathcolor", &format!("#{red:02x}{green:02x}{blue:02x}"));
    }
}

fn is_plain(value: &str) -> bool {
    value.len() <= 60 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b".+-% ".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::MathMl;

    #[test]
    fn only_formulas_are_left() {
        let bad = "<math display=block onclick=x xlink:href='javascript:x'><mi style='color: rgb(1 2 255)' class='menv-a evil'>a</mi>\
                   <script>x</script><maction actiontype=x><mi>b</mi></maction><mtext><b href=x>c</b></mtext>\
                   <mi style='background:url(x)'>&lt;d&amp;</mi><mspace width='1em'/></math>";
        let good = "<math display=\"block\"><mi mathcolor=\"#0102ff\" class=\"menv-a\">a</mi><mtext></mtext>\
                    <mi>&lt;d&amp;</mi><mspace width=\"1em\"/></math>";
        assert_eq!(clean(bad, &mut MathMl).as_deref(), Some(good));
        for broken in ["<math>", "<math></mi></math>", "</math>"] {
            assert_eq!(clean(broken, &mut MathMl), None, "{broken}");
        }
    }
}
