//! How large a picture says it is, so that a page can keep its place while it loads.

use std::fs;
use std::io::Read;
use std::path::Path;

/// Width and height in pixels; `None` where a file is no picture or does not say.
pub(super) fn dimensions(path: &Path, name: &str) -> Option<(u32, u32)> {
    let end = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if end == "svg" {
        let mut head = String::new();
        fs::File::open(path).ok()?.take(4096).read_to_string(&mut head).ok()?;
        return svg_dimensions(&head);
    }
    if !matches!(end.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "avif" | "ico") {
        return None;
    }
    let size = imagesize::size(path).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of an SVG's root element, else those of its view box.
fn svg_dimensions(head: &str) -> Option<(u32, u32)> {
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag[at..].chars().next()?;
        tag[at + 1..].split(quote).next()
    };
    let pixels = |text: &str| {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        (1.0..100_000.0).contains(&number).then_some(number.round() as u32)
    };
    if let (Some(width), Some(height)) =
        (attribute("width").and_then(pixels), attribute("height").and_then(pixels))
    {
        return Some((width, height));
    }
    let mut sides = attribute("viewBox")?.split([' ', ',']).filter(|side| !side.is_empty()).skip(2);
    Some((pixels(sides.next()?)?, pixels(sides.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_sizes_come_from_attributes_or_view_box() {
        assert_eq!(svg_dimensions("<?xml?><svg width=\"20px\" height='10'>"), Some((20, 10)));
        assert_eq!(svg_dimensions("<svg viewBox=\"0 0 24 12.4\">"), Some((24, 12)));
        assert_eq!(svg_dimensions("<svg>"), None);
    }
}
