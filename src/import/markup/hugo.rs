//! Shortcodes of Hugo and of its themes for documents: Docsy, Book, Hextra.

use super::Context;
use super::made::{alert_for, fence, fence_for, link, tab};
use super::tag::{Arguments, Call, Style, replace};
use crate::chapter::{folder, without_suffix};
use crate::handbook::link::{join, relative};
use crate::import::report::{Kind, Report};
use crate::import::tree::{from_folder, within};
use crate::text::LineIndex;

const STYLE: Style = Style {
    marks: &[("{{<", ">}}"), ("{{%", "%}}")],
    closes: |name| name.strip_prefix('/'),
    raw: &["mermaid", "katex", "math", "highlight", "comment"],
    in_code: true,
};

/// Shortcodes that make a box, with the kind that they name themselves.
const BOXES: [&str; 14] = [
    "hint",
    "alert",
    "callout",
    "notice",
    "admonition",
    "note",
    "tip",
    "warning",
    "info",
    "important",
    "caution",
    "danger",
    "pageinfo",
    "attention",
];

/// A text with its shortcodes resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("{{<") && !text.contains("{{%") {
        return text.to_owned();
    }
    let index = LineIndex::new(text);
    replace(text, &STYLE, |call| {
        // `{{</* x */>}}` shows a shortcode.
        let shown = call.name.starts_with("/*").then(|| shown(&text[call.start..])).flatten();
        let new = shown.or_else(|| make(call, context))?;
        let new = if is_below_tabs(call, text) { format!("\n{}<!-- -->\n{new}", call.indent) } else { new };
        let line = context.lines_above + index.line_of(call.start);
        report.add(Kind::Rewritten, context.path, Some(line), format!("{} {}", call.name, call.rest).trim());
        Some(new)
    })
}

/// Whether tabs stand right below others, of which they would become part.
fn is_below_tabs(call: &Call<'_>, text: &str) -> bool {
    const TABS: [&str; 2] = ["tabs", "tabpane"];
    let above = text[..call.start].trim_end().strip_suffix("}}").filter(|_| TABS.contains(&call.name));
    let last = above.and_then(|above| above.rsplit("{{").next());
    let name = last.and_then(|tag| tag.trim_matches(['<', '>', '%', ' ']).strip_prefix('/'));
    name.is_some_and(|name| TABS.contains(&name.trim()))
}

/// A shortcode as readers see it, without what keeps Hugo from running it.
fn shown(text: &str) -> Option<String> {
    let (open, close) = STYLE.marks.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = text[open.len()..].split(close).next()?;
    let inner = inner.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    Some(format!("{open}{inner}{close}"))
}

fn make(call: &Call<'_>, context: &Context<'_>) -> Option<String> {
    let own = Arguments::read(call.rest);
    let name = call.name.to_ascii_lowercase();
    match (name.as_str(), call.inner) {
        ("ref" | "relref", None) => {
            let path = own.get("path").or_else(|| own.plain(0))?;
            reference(path, context).map(|path| path.replace(' ', "%20"))
        }
        ("figure" | "img" | "image", None) => {
            let src = own.any(&["src", "link"]).or_else(|| own.plain(0))?;
            let words = own.any(&["alt", "title", "caption"]).unwrap_or("");
            // A title stands below its picture, an alternative text nowhere.
            let caption = own.any(&["caption", "title"]);
            let title =
                caption.map_or(String::new(), |caption| format!(" \"{}\"", caption.replace('"', "'")));
            let picture = format!("![{}]({}{title})", words.replace(['[', ']'], ""), src.replace(' ', "%20"));
            let dest = own.get("link").filter(|dest| *dest != src && !dest.is_empty());
            Some(
                dest.map_or_else(
                    || picture.clone(),
                    |dest| format!("[{picture}]({})", dest.replace(' ', "%20")),
                ),
            )
        }
        (boxed, Some(inner)) if BOXES.contains(&boxed) => {
            let kind = own.any(&["type", "color", "context"]).or_else(|| own.plain(0)).unwrap_or(boxed);
            let title = own.get("title").or_else(|| own.plain(1));
            Some(alert_for(call, kind, title, inner))
        }
        ("details" | "expand" | "collapse", Some(inner)) => {
            let title = own.any(&["title", "summary"]).or_else(|| own.plain(0)).unwrap_or("…");
            Some(format!("<details>\n<summary>{title}</summary>\n\n{}\n\n</details>", inner.trim()))
        }
        ("tab", Some(inner)) => {
            // Hextra names tabs in the call around them.
            let title = own.any(&["name", "header", "title"]).or_else(|| own.plain(0)).unwrap_or(UNNAMED);
            Some(match language_of_tab(call, &own) {
                Some(language) => tab(title, &fence(&language, inner), call.indent),
                None => tab(title, inner, call.indent),
            })
        }
        ("tabs", Some(inner)) if inner.contains(UNNAMED) => named_tabs(inner, own.get("items")?),
        ("tabs" | "tabpane", Some(inner)) if inner.contains("===") => Some(inner.to_owned()),
        // `<--->` parts the columns of Hugo Book.
        ("columns", Some(inner)) => Some(inner.replace("<--->", "\n")),
        ("cards" | "section" | "steps" | "cardpane" | "column", Some(inner)) => Some(inner.to_owned()),
        ("card", inner) => {
            let title = own.any(&["title", "header"])?;
            let above = own.get("header").filter(|header| *header != title);
            let above = above.map_or(String::new(), |header| format!("{header} "));
            let title =
                own.any(&["link", "href"]).map_or_else(|| format!("**{title}**"), |dest| link(title, dest));
            let title = above + &title;
            let words = own.get("subtitle").map_or(String::new(), |words| format!(" {words}"));
            let below = own.get("footer").filter(|footer| !footer.is_empty());
            let (words, below) = match (inner, below) {
                (None, Some(footer)) => (format!("{words} {footer}"), String::new()),
                (Some(_), Some(footer)) => (words, format!("\n{footer}\n")),
                (_, None) => (words, String::new()),
            };
            let is_code = own.get("code") == Some("true");
            let code = |inner: &str| fence(own.get("lang").unwrap_or(""), inner);
            let held = inner.map(|inner| if is_code { code(inner) } else { inner.trim().to_owned() });
            let inner = held.map_or(String::new(), |held| format!("\n\n{held}\n")) + &below;
            let title = picture_of_card(&own) + &title;
            // Blanks before the call would make a list of a list.
            Some(format!("{}{title}{words}{inner}", if inner.is_empty() { "- " } else { "" }))
        }
        // Words for other authors, which no reader sees.
        ("comment", Some(_)) => Some(String::new()),
        ("badge", None) => Some(format!("=={}==", own.any(&["content", "title"]).or_else(|| own.plain(0))?)),
        ("badge", Some(inner)) => Some(format!("=={}==", inner.trim())),
        ("kbd", Some(inner)) => Some(format!("<kbd>{}</kbd>", inner.trim())),
        ("button", Some(inner)) => {
            let dest = own.any(&["href", "url", "link"]).map(str::to_owned);
            let dest = dest.or_else(|| reference(own.get("relref")?, context))?;
            Some(link(inner, &dest))
        }
        ("mermaid", Some(inner)) => Some(fence_for(call, "mermaid", inner)),
        ("katex" | "math", Some(inner)) => Some(format!("$${}$$", inner.trim().trim_matches('$'))),
        ("highlight", Some(inner)) => Some(fence_for(call, own.plain(0).unwrap_or(""), inner)),
        ("youtube", None) => {
            let id = own.get("id").or_else(|| own.plain(0))?;
            Some(format!("<https://www.youtube.com/watch?v={id}>"))
        }
        _ => of_theme(&name, call, &own, context),
    }
}

/// The language of a tab that holds code, as those of Docsy do unless they are told to hold text.
fn language_of_tab(call: &Call<'_>, own: &Arguments) -> Option<String> {
    let (_, rest) = call.outer.filter(|(name, _)| *name == "tabpane")?;
    let pane = Arguments::read(rest);
    let is_text = own.get("text").or_else(|| pane.get("text")) == Some("true");
    (!is_text).then(|| own.get("lang").or_else(|| pane.get("lang")).unwrap_or("").to_owned())
}

/// The title of a tab whose name stands in the call around it.
const UNNAMED: &str = "\u{2026}\u{2026}";

/// Tabs with the names of a list: `items="JSON,YAML"`.
fn named_tabs(inner: &str, items: &str) -> Option<String> {
    let mut names = items.split(',').map(str::trim);
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    let mark = format!("=== \"{UNNAMED}\"");
    while let Some(at) = rest.find(&mark) {
        out.push_str(&rest[..at]);
        out.push_str(&format!("=== \"{}\"", names.next()?.replace('"', "'")));
        rest = &rest[at + mark.len()..];
    }
    out.push_str(rest);
    Some(out)
}

/// What the themes Docsy and Hextra have besides.
fn of_theme(name: &str, call: &Call<'_>, own: &Arguments, context: &Context<'_>) -> Option<String> {
    let titled = |title: Option<&str>, inner: &str| {
        let title = title.map_or(String::new(), |title| format!("**{}**\n\n", title.trim()));
        format!("{title}{}\n", inner.trim_matches('\n'))
    };
    match (name, call.inner) {
        ("icon" | "fa" | "blocks/link-down", None) => Some(String::new()),
        ("term", None) => own.any(&["entry", "term"]).or_else(|| own.plain(0)).map(str::to_owned),
        ("new-feature", None) => Some(format!("=={}==", own.any(&["version"]).or_else(|| own.plain(0))?)),
        // What only a script would show is a file that readers can open.
        ("pdf" | "asciinema" | "jupyter", None) => {
            let path = own.any(&["src", "file", "path"]).or_else(|| own.plain(0))?;
            Some(link(path.rsplit('/').next().unwrap_or(path), path))
        }
        ("param", None) => {
            let key = own.get("name").or_else(|| own.plain(0))?;
            let of_page = crate::import::page::string(context.front, key);
            of_page.or_else(|| context.book.values.get(&format!("params.{key}")).cloned())
        }
        ("blocks/cover" | "blocks/lead" | "blocks/section", Some(inner)) => {
            Some(titled(own.get("title"), inner))
        }
        ("blocks/feature", Some(inner)) => {
            let more = own.get("url").map_or(String::new(), |url| format!("\n{}\n", link(url, url)));
            Some(titled(own.get("title"), inner) + &more)
        }
        ("filetree/container", Some(inner)) => Some(inner.trim_matches('\n').to_owned() + "\n"),
        ("filetree/folder", inner) => {
            let inside: String = inner
                .unwrap_or("")
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| format!("\n  {}", line.strip_prefix(call.indent).unwrap_or(line).trim_end()))
                .collect();
            Some(format!("- {}/{inside}", own.get("name")?))
        }
        ("filetree/file", None) => Some(format!("- {}", own.get("name")?)),
        (
            "hextra/feature-grid"
            | "hextra/hero-container"
            | "hextra/hero-badge"
            | "hextra/hero-headline"
            | "hextra/hero-subtitle"
            | "hextra/hero-section",
            Some(inner),
        ) => Some(inner.to_owned()),
        ("hextra/hero-button", None) => Some(link(own.get("text")?, own.get("link")?)),
        ("hextra/feature-card", None) => {
            let title = own.get("title")?;
            let title = own.get("link").map_or_else(|| format!("**{title}**"), |dest| link(title, dest));
            let title = picture_of_card(own) + &title;
            Some(format!("- {title} {}", own.get("subtitle").unwrap_or("")).trim_end().to_owned())
        }
        _ => None,
    }
}

/// The picture that a card shows above its title.
fn picture_of_card(own: &Arguments) -> String {
    let picture = own.any(&["img", "image"]).filter(|picture| !picture.is_empty());
    picture.map_or(String::new(), |src| format!("![]({}) ", src.replace(' ', "%20")))
}

/// The path from the chapter to the one that a reference means.
fn reference(written: &str, context: &Context<'_>) -> Option<String> {
    let (path, fragment) = written.split_once('#').map_or((written, ""), |(path, fragment)| (path, fragment));
    let sign = if fragment.is_empty() { "" } else { "#" };
    if path.is_empty() {
        return Some(format!("{sign}{fragment}"));
    }
    let root = &context.book.root;
    let mut places = Vec::new();
    if let Some(rest) = path.strip_prefix('/') {
        // The chapter of the same language first.
        let own = context.book.languages.iter().map(|language| within(root, language));
        let own = own.filter(|own| from_folder(own, context.path).is_some());
        places.extend(own.map(|own| within(&own, rest)));
        places.push(within(root, rest));
    } else {
        places.extend(join(folder(context.path), path));
        places.push(within(root, path));
    }
    let exact = places.iter().find_map(|place| chapter(place, context));
    // A name alone means the one chapter that has it.
    let found = exact.or_else(|| {
        let name = without_suffix(path).unwrap_or(path);
        context.tree.only_chapter(root, name).map(str::to_owned)
    })?;
    let from = from_folder(root, folder(context.path)).unwrap_or("");
    let to = from_folder(root, &found)?;
    Some(format!("{}{sign}{fragment}", relative(from, to)))
}

fn chapter(place: &str, context: &Context<'_>) -> Option<String> {
    let place = place.trim_end_matches('/');
    let stem = without_suffix(place).unwrap_or(place);
    let names = [place.to_owned(), format!("{stem}.md"), within(stem, "_index.md"), within(stem, "index.md")];
    names.into_iter().find(|name| context.tree.has(name) && without_suffix(name).is_some())
}
