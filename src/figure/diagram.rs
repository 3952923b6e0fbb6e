//! A diagram in Mermaid's language as SVG.

mod limits;

use super::clean::{Drawing, Svg, attribute, escape};
use super::{Diagram, Leads, Problem};
use crate::cache::Cache;
use mermaid_svg::{Diagram as Tree, ParseError, Theme};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// Draws a diagram. `name` is what it is called where it has no title, `prefix` what its
/// ids begin with; `leads` is asked of each link in it.
pub fn draw(
    source: &str,
    name: &str,
    prefix: &str,
    leads: &mut dyn FnMut(&str) -> Leads,
    cache: &Cache,
) -> Result<Diagram, Problem> {
    limits::before(source)?;
    let make = || super::guarded(|| drawn(source)).unwrap_or(Err(Problem::Failed));
    let value = |made: &Result<Drawn, Problem>| made.as_ref().ok().and_then(Drawn::value);
    let mut drawn = cache.get_or_make("diagram", source, |value| Drawn::read(value).map(Ok), make, value)?;
    let drawing = match Svg::read(&drawn.markup, prefix, leads) {
        Some(drawing) => drawing,
        // A cache may have given something that is no drawing.
        None => {
            drawn = make()?;
            Svg::read(&drawn.markup, prefix, leads).ok_or(Problem::Failed)?
        }
    };
    Ok(Diagram { is_wide: drawing.size.0 > 640.0, svg: wrapped(&drawing, &drawn, name) })
}

/// What the library makes of a source, before it is cleaned.
#[derive(Debug, Default)]
struct Drawn {
    /// What the author calls it, and how it is told to those who cannot see it; empty for
    /// nothing.
    title: String,
    description: String,
    markup: String,
}

impl Drawn {
    /// As a cache keeps it.
    fn value(&self) -> Option<Vec<u8>> {
        let parts = [self.title.as_str(), &self.description, &self.markup];
        (!parts.iter().any(|part| part.contains('\0'))).then(|| parts.join("\0").into_bytes())
    }

    fn read(value: &[u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(value).ok()?.split('\0').map(str::to_owned);
        let drawn = Self { title: parts.next()?, description: parts.next()?, markup: parts.next()? };
        parts.next().is_none().then_some(drawn)
    }
}

/// The destinations of a diagram's links with the places at which they stand in its
/// source.
pub fn links(source: &str, cache: &Cache) -> Result<Vec<(String, Range<usize>)>, Problem> {
    let mut found: Vec<String> = Vec::new();
    let mut leads = |destination: &str| {
        found.push(destination.to_owned());
        Leads::Nowhere
    };
    draw(source, "", "", &mut leads, cache)?;
    let place = |destination: String| {
        let start = source.find(&destination);
        let place = start.map_or(0..source.len(), |start| start..start + destination.len());
        (destination, place)
    };
    Ok(found.into_iter().map(place).collect())
}

fn drawn(source: &str) -> Result<Drawn, Problem> {
    let (mut tree, meta) = mermaid_svg::parse_with_meta(source).map_err(|error| problem(&error, source))?;
    limits::after(&tree, source)?;
    if let Tree::Gantt(gantt) = &mut tree {
        // The line of today would differ from day to day.
        gantt.today_marker = Some("off".to_owned());
        // Of a step shorter than an hour there could be millions.
        gantt.tick_interval = gantt.tick_interval.take().filter(|step| {
            ["hour", "day", "week", "month"]
                .iter()
                .any(|unit| step.trim_start_matches(|c: char| c.is_ascii_digit()) == *unit)
        });
    }
    let markup = mermaid_svg::render_diagram_with(&tree, &theme()).map_err(|_| Problem::Failed)?;
    let titles = [meta.acc_title, meta.title.or_else(|| title(tree))];
    Ok(Drawn {
        title: titles.into_iter().flatten().find(|title| !title.is_empty()).unwrap_or_default(),
        description: meta.acc_descr.unwrap_or_default(),
        markup,
    })
}

/// The title that some kinds of diagram have among their lines.
fn title(tree: Tree) -> Option<String> {
    match tree {
        Tree::Pie(pie) => pie.title,
        Tree::Gantt(plan) => plan.title,
        Tree::Journey(journey) => journey.title,
        Tree::Timeline(line) => line.title,
        _ => None,
    }
}

/// The roles that the cleaner turns into classes.
fn theme() -> Theme {
    let list =
        |colors: &[&'static str]| Cow::Owned(colors.iter().map(|color| Cow::Borrowed(*color)).collect());
    Theme {
        cscale_palette: list(&super::clean::SERIES),
        pie_palette: list(&super::clean::SERIES),
        xychart_palette: list(&super::clean::SERIES),
        git_palette: list(&super::clean::LANES),
        pie_stroke: Some(Cow::Borrowed("#ffffff")),
        pie_opacity: Some(Cow::Borrowed("1")),
        font_size: 14.0,
        ..Theme::default_theme()
    }
}

fn problem(error: &ParseError, source: &str) -> Problem {
    match error {
        ParseError::UnknownDiagramType(kind) => {
            Problem::Kind(kind.split_whitespace().next().unwrap_or("").chars().take(40).collect())
        }
        ParseError::Empty => Problem::Empty,
        ParseError::Syntax { line, .. } => Problem::Line(line_of(source, *line)),
        _ => Problem::Failed,
    }
}

/// The place of a line, counted from 1. The library counts without front matter and
/// directives, which it takes out before.
fn line_of(source: &str, line: usize) -> Range<usize> {
    let mut at = 0;
    for (number, text) in source.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            let words = text.trim_end();
            return at + words.len() - words.trim_start().len()..at + words.len();
        }
        at += text.len();
    }
    0..source.len()
}

fn wrapped(drawing: &Drawing, drawn: &Drawn, name: &str) -> String {
    let (width, height) = drawing.size;
    let mut out = String::with_capacity(drawing.inside.len() + 256);
    // In a picture no link can be reached.
    let role = if drawing.has_links { "group" } else { "img" };
    let class = if drawing.own_colors { "drawing own-colors" } else { "drawing" };
    let _ = write!(
        out,
        "<svg class=\"{class}\" role=\"{role}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-size=\"14\""
    );
    attribute(&mut out, "aria-label", if drawn.title.is_empty() { name } else { &drawn.title });
    out.push('>');
    if !drawn.description.is_empty() {
        out.push_str("<desc>");
        escape(&mut out, &drawn.description);
        out.push_str("</desc>");
    }
    out.push_str(&drawing.inside);
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(
        source: &str,
        name: &str,
        prefix: &str,
        leads: &mut dyn FnMut(&str) -> Leads,
    ) -> Result<Diagram, Problem> {
        super::draw(source, name, prefix, leads, &Cache::default())
    }

    fn drawn(source: &str) -> Diagram {
        let mut leads = |to: &str| match to {
            "a.md" => Leads::To { address: "a.html".to_owned(), external: false },
            _ => Leads::Nowhere,
        };
        draw(source, "图", "d1-", &mut leads).unwrap_or_else(|problem| panic!("{source}: {problem:?}"))
    }

    #[test]
    fn every_kind_is_drawn_in_colours_of_the_theme() {
        for source in [
            "flowchart TD\nA[开始] --> B{是否？}\nB -->|是| C\nsubgraph 组\nC\nend\n",
            "sequenceDiagram\nautonumber\nparticipant 甲\n甲->>乙: 提交\nNote over 甲: 注\nalt 是\n乙-->>甲: 批准\nend\n",
            "stateDiagram-v2\n[*] --> 草稿\n草稿 --> 现行: 批准\n",
            "classDiagram\nclass 员工 {\n+String 姓名\n}\n员工 <|-- 经理\n",
            "erDiagram\nA ||--o{ B : 有\n",
            "gantt\ntitle 计划\ndateFormat YYYY-MM-DD\nsection 甲\n乙 :crit, a1, 2026-01-01, 3d\n丙 :after a1, 2d\n",
            "pie title 占比\n\"甲\" : 40\n\"乙\" : 60\n",
            "mindmap\n root((手册))\n  人事\n  财务\n",
            "timeline\ntitle 沿革\n2024 : 甲\n2026 : 乙 : 丙\n",
            "journey\ntitle 入职\nsection 首日\n报到: 5: 新员工\n",
            "gitGraph\ncommit\nbranch 修订\ncommit\ncheckout main\nmerge 修订\n",
        ] {
            let svg = drawn(source).svg;
            assert!(svg.starts_with("<svg class=\"drawing\" role=\"img\""), "{source}: {svg}");
            assert!(!svg.contains(" style=") && !svg.contains("font-family"), "{source}");
            assert_eq!(svg, drawn(source).svg);
        }
    }

    #[test]
    fn chinese_fits_its_box() {
        let svg = drawn("flowchart LR\nA[一二三四五六七八九十一二三四五六七八九十]\n").svg;
        let rect =
            svg.split("<rect ").nth(1).and_then(|rest| rest.split_once(" width=\"")).map(|(_, rest)| rest);
        let width: f64 =
            rect.and_then(|rest| rest.split('"').next()).and_then(|width| width.parse().ok()).unwrap();
        assert!(width >= 20.0 * 14.0, "{width}");
    }

    #[test]
    fn links_and_colours_of_the_author_are_told() {
        let source =
            "flowchart TD\nA --> B\nclick A \"a.md\" \"提示\"\nclick B \"secret.md\"\nstyle A fill:#f96\n";
        let svg = drawn(source).svg;
        assert!(svg.contains("<a href=\"a.html\"") && !svg.contains("secret"), "{svg}");
        assert!(svg.starts_with("<svg class=\"drawing own-colors\" role=\"group\""), "{svg}");
        let links = links(source, &Cache::default()).unwrap();
        let told: Vec<(&str, &str)> =
            links.iter().map(|(to, place)| (to.as_str(), &source[place.clone()])).collect();
        assert_eq!(told, [("a.md", "a.md"), ("secret.md", "secret.md")]);
    }

    #[test]
    fn problems_are_told_with_their_places() {
        let source = "flowchart TD\n  A --> B\n  ]]] nonsense [[[\n";
        match draw(source, "", "", &mut |_| Leads::Nowhere) {
            Err(Problem::Line(place)) => assert_eq!(&source[place], "]]] nonsense [[["),
            other => panic!("{other:?}"),
        }
        for (source, problem) in
            [("", Problem::Empty), ("flussbild TD\nA", Problem::Kind("flussbild".to_owned()))]
        {
            assert_eq!(draw(source, "", "", &mut |_| Leads::Nowhere), Err(problem));
        }
    }
}
