//! The least that a generator must do, to measure `handbook build` against:
//! read each Markdown file, turn it into HTML with pulldown-cmark, write it.
//! One thread, no theme, no links, no index.
//!
//!     cargo run --release --example floor -- CONTENT OUTPUT

use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(content), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err(std::io::Error::other("usage: floor CONTENT OUTPUT"));
    };
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS
        | pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | pulldown_cmark::Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | pulldown_cmark::Options::ENABLE_GFM;
    for entry in walkdir::WalkDir::new(&content).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != "md" && end != "mdx") {
            continue;
        }
        let text = std::fs::read_to_string(path)?;
        let mut html = String::with_capacity(text.len() * 3 / 2);
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, options));
        let relative = path.strip_prefix(&content).map_err(std::io::Error::other)?;
        let target = Path::new(&output).join(relative).with_extension("html");
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(target, html)?;
    }
    Ok(())
}
