//! What is drawn at all: diagrams of a size that ends in reasonable time, whose groups
//! do not contain themselves.

use super::Problem;
use mermaid_svg::Diagram as Tree;
use mermaid_svg::ast::{GanttDiagram, TaskEnd, TaskStart};
use std::collections::{HashMap, HashSet};

/// Bytes and lines of a source, and bytes of one line.
const LENGTH: (usize, usize, usize) = (20_000, 500, 2_000);
/// `&` of one line: each joins all nodes before it with all behind it.
const JOINED: usize = 20;
/// Digits that may stand together: numbers are rows, columns and steps.
const DIGITS: usize = 12;
/// Digits of a number in diagrams whose numbers are places of a grid.
const GRID_DIGITS: usize = 4;
/// Years that a plan may reach over: each day is looked at.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;
/// Days that a task may last.
const DAYS: f64 = 10_000.0;
/// Nodes and edges of one diagram; Mermaid draws as many edges.
const EDGES: usize = 500;

/// Looks at the source before the library does.
pub(super) fn before(source: &str) -> Result<(), Problem> {
    if source.trim().is_empty() {
        return Err(Problem::Empty);
    }
    let long = |line: &str| line.len() > LENGTH.2 || line.matches('&').count() > JOINED;
    let begins =
        |line: &str| ["packet", "block", "radar"].iter().any(|kind| line.trim_start().starts_with(kind));
    let is_grid = source.lines().any(begins);
    let most = if is_grid { GRID_DIGITS } else { DIGITS };
    let digits = source.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() > most);
    let large = source.len() > LENGTH.0 || source.lines().count() > LENGTH.1;
    if large || digits || source.lines().any(long) { Err(Problem::Size) } else { Ok(()) }
}

/// Looks at what the library has read before it is drawn.
pub(super) fn after(tree: &Tree, source: &str) -> Result<(), Problem> {
    match tree {
        Tree::Flowchart(flow) => {
            few(flow.edges.len())?;
            few(flow.nodes.len())?;
            tree_of(flow.subgraphs.iter().flat_map(|group| {
                let inside = group.child_subgraph_ids.iter().chain(&group.node_ids);
                inside.map(|id| (group.id.as_str(), id.as_str()))
            }))
        }
        Tree::State(state) => {
            few(state.transitions.len())?;
            tree_of(
                state.composites.iter().flat_map(|group| {
                    group.regions.iter().flatten().map(|id| (group.id.as_str(), id.as_str()))
                }),
            )
        }
        Tree::Architecture(parts) => {
            let groups = parts.groups.iter();
            tree_of(
                groups.filter_map(|group| group.parent.as_deref().map(|parent| (parent, group.id.as_str()))),
            )
        }
        Tree::Gantt(gantt) => dates(gantt, source),
        _ => Ok(()),
    }
}

/// Whether the tasks of a plan lie in our times: each day between them is looked at, and
/// a date that cannot be read counts as 1970.
fn dates(gantt: &GanttDiagram, source: &str) -> Result<(), Problem> {
    let format = gantt.date_format.as_deref().unwrap_or("YYYY-MM-DD");
    let is_near = |date: &str| {
        let numbers: Vec<&str> = date.split(|c: char| !c.is_ascii_digit()).collect();
        let is_year = |number: &&str| {
            let year = number.get(..4).filter(|_| matches!(number.len(), 4 | 8));
            year.and_then(|year| year.parse().ok()).is_some_and(|year| YEARS.contains(&year))
        };
        let mut long = numbers.iter().filter(|number| number.len() > 2);
        let leads = !format.starts_with('Y') || numbers.first().is_some_and(is_year);
        leads && (numbers.iter().any(&is_year) || !format.contains('Y')) && long.all(is_year)
    };
    if no_day_is_left(&gantt.excludes) {
        return Err(Problem::Size);
    }
    for task in gantt.sections.iter().flat_map(|section| &section.tasks) {
        let begins = if let TaskStart::Date(date) = &task.start { Some(date) } else { None };
        let ends = if let TaskEnd::Date(date) = &task.end { Some(date) } else { None };
        if let Some(date) = [begins, ends].into_iter().flatten().find(|date| !is_near(date)) {
            let start = source.find(date.as_str()).unwrap_or(0);
            return Err(Problem::Line(start..(start + date.len()).min(source.len())));
        }
        if matches!(task.end, TaskEnd::Duration(days) if days.abs() > DAYS) {
            return Err(Problem::Size);
        }
    }
    Ok(())
}

/// Whether a plan leaves out every day of the week, so that no task would end.
fn no_day_is_left(excludes: &[String]) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let words = excludes.join(" ").to_lowercase();
    let named = DAYS.iter().filter(|day| words.contains(**day)).count();
    let weekends = if words.contains("weekends") { 2 } else { 0 };
    named + weekends >= DAYS.len()
}

fn few(count: usize) -> Result<(), Problem> {
    if count > EDGES { Err(Problem::Size) } else { Ok(()) }
}

/// Whether groups, each with what is in it, are in no circle.
fn tree_of<'a>(inside: impl Iterator<Item = (&'a str, &'a str)>) -> Result<(), Problem> {
    let mut groups: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut order = Vec::new();
    for (group, id) in inside {
        groups.entry(group).or_insert_with(|| {
            order.push(group);
            Vec::new()
        });
        groups.entry(group).or_default().push(id);
    }
    let (mut done, mut open) = (HashSet::new(), HashSet::new());
    for group in order {
        // Depth first, without recursion: `None` marks the end of a group.
        let mut stack = vec![(group, false)];
        while let Some((id, leaving)) = stack.pop() {
            if leaving {
                open.remove(id);
                done.insert(id);
            } else if open.contains(id) {
                return Err(Problem::Circle(id.to_owned()));
            } else if let Some(inner) = groups.get(id).filter(|_| !done.contains(id)) {
                open.insert(id);
                stack.push((id, true));
                stack.extend(inner.iter().map(|id| (*id, false)));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::draw;
    use super::Problem;
    use crate::figure::Leads;

    fn problem(source: &str) -> Option<Problem> {
        draw(source, "图", "d-", &mut |_| Leads::Nowhere, &crate::cache::Cache::default()).err()
    }

    #[test]
    fn what_would_not_end_is_refused() {
        let plan = |task: &str| {
            format!("gantt\ndateFormat YYYY-MM-DD\nexcludes weekends\nsection 甲\n乙 :a1, {task}\n")
        };
        assert_eq!(problem(&plan("2026-01-01, 5d")), None);
        for task in [
            "20260-01-01, 5d",
            "0 2026-01-01, 5d",
            "x 2026-01-01, 5d",
            "1-01-01, 5d",
            "x, 5d",
            "2026-01-01, 9999-01-01",
        ] {
            assert!(matches!(problem(&plan(task)), Some(Problem::Line(_))), "{task}");
        }
        for source in [
            plan("2026-01-01, 99999d"),
            plan("2026-01-01, 5d").replace("weekends", "weekends,monday,tuesday,wednesday,thursday,friday"),
            "packet-beta\n0-99999999: \"x\"\n".to_owned(),
            "flowchart TD\n".to_owned() + &"A --> B\n".repeat(501),
            "flowchart TD\n".to_owned() + &"A & ".repeat(30) + "B --> C",
            "flowchart TD\n".to_owned() + &"x".repeat(20_000),
        ] {
            assert_eq!(problem(&source), Some(Problem::Size), "{}", &source[..60.min(source.len())]);
        }
    }

    #[test]
    fn circles_are_refused() {
        let state = "stateDiagram-v2\nstate 甲 {\n[*] --> 乙\n乙 --> 甲\n}\n";
        assert_eq!(problem(state), Some(Problem::Circle("甲".to_owned())));
        let groups = "flowchart TD\nsubgraph a\nsubgraph b\na --> c\nend\nend\n";
        assert!(problem(groups).is_none_or(|problem| matches!(problem, Problem::Circle(_))));
    }
}
