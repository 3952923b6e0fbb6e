//! What a drawing promises, for scenes of all sizes.

use super::*;
use std::collections::BTreeMap;

/// A scene of `groups` cards with `rows` rows each and `edges` edges, the same every time.
fn scene(groups: usize, rows: usize, edges: usize) -> Scene {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    let titles = ["采购制度", "Travel and expenses policy", "互联网运营部门定位、人员发展与部门规划（试行）"];
    let cards = (0..groups).map(|group| Card {
        title: format!("第{group}部"),
        rows: (0..rows)
            .map(|_| Row { title: titles[next(3)].to_owned(), reserve: 20 * i32::try_from(next(3)).unwrap() })
            .collect(),
        ..Card::default()
    });
    let cards: Vec<Card> = cards.collect();
    let mut node = || Node { card: next(groups), row: Some(next(rows)) };
    let edges = (0..edges).map(|_| Edge { from: node(), to: node(), weight: 1 }).collect();
    Scene { cards, edges }
}

/// The same with groups that stand outside, and edges from and to them.
fn sided(rows: usize, outside: usize) -> Scene {
    let mut whole = scene(2, rows, rows);
    for edge in &mut whole.edges {
        edge.from.card += outside;
        edge.to.card += outside;
    }
    let card = |side: Side| Card { title: "别的部".to_owned(), noted: true, side, ..Card::default() };
    let mut cards: Vec<Card> = (0..outside).map(|_| card(Side::Before)).collect();
    cards.append(&mut whole.cards);
    cards.extend((0..outside).map(|_| card(Side::After)));
    whole.cards = cards;
    for row in 0..rows {
        let own = Node { card: outside + row % 2, row: Some(row) };
        let group = |first: usize| Node { card: first + row % outside, row: None };
        whole.edges.push(Edge { from: group(0), to: own, weight: 2 });
        whole.edges.push(Edge { from: own, to: group(outside + 2), weight: 3 });
    }
    whole
}

/// A scene of groups that refer to each other as wholes.
fn weighted(groups: usize) -> Scene {
    let mut whole = scene(groups, 3, 0);
    for from in 0..groups {
        for step in [1, 2, 5] {
            let to = (from + step) % groups;
            let node = |card: usize| Node { card, row: None };
            whole.edges.push(Edge { from: node(from), to: node(to), weight: step });
        }
        whole.cards[from].noted = true;
    }
    whole
}

fn scenes() -> Vec<(&'static str, Scene, bool)> {
    vec![
        ("nothing", Scene::default(), false),
        ("one chapter", scene(1, 1, 1), false),
        ("ten chapters", scene(3, 3, 12), false),
        ("forty in a list", scene(1, 40, 90), false),
        ("forty", scene(8, 5, 120), false),
        ("three hundred", scene(12, 25, 900), false),
        ("three thousand", scene(20, 150, 20_000), false),
        ("with groups outside", sided(40, 8), false),
        ("with few outside", sided(4, 2), false),
        ("groups only", weighted(12), true),
        ("many groups", weighted(24), true),
    ]
}

fn drawings() -> Vec<(String, Scene, Drawing, Viewport)> {
    let mut drawings = Vec::new();
    for (name, scene, weighted) in scenes() {
        for (size, room) in [("wide", Viewport::WIDE), ("narrow", Viewport::NARROW)] {
            let room = if weighted { room.weighted() } else { room };
            drawings.push((format!("{name}, {size}"), scene.clone(), draw(&scene, room), room));
        }
    }
    drawings
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

#[test]
fn nothing_lies_upon_another_or_leaves_the_drawing() {
    for (name, scene, drawing, _) in drawings() {
        let bounds = Area { x: 0, y: 0, width: drawing.width, height: drawing.height };
        let inside = |area: &Area, of: &Area| {
            area.x >= of.x
                && area.y >= of.y
                && area.x + area.width <= of.x + of.width
                && area.y + area.height <= of.y + of.height
        };
        for (at, card) in drawing.cards.iter().enumerate() {
            assert!(inside(&card.area, &bounds), "{name}: {:?} leaves the drawing", card.area);
            for other in &drawing.cards[at + 1..] {
                assert!(!overlap(&card.area, &other.area), "{name}: cards overlap");
            }
            let mut below = card.heading.area.y + card.heading.area.height;
            for row in &card.rows {
                assert!(inside(&row.area, &card.area) && row.area.y == below, "{name}: {:?}", row.area);
                below += row.area.height;
            }
        }
        let rows: usize = drawing.cards.iter().map(|card| card.rows.len()).sum();
        assert_eq!(rows, scene.cards.iter().map(|card| card.rows.len()).sum::<usize>(), "{name}");
        for (x, y) in drawing.lines.iter().flat_map(|line| &line.points) {
            assert!((0..=drawing.width).contains(x) && (0..=drawing.height).contains(y), "{name}: {x} {y}");
        }
    }
}

#[test]
fn titles_stay_in_their_rows() {
    for (name, scene, drawing, _) in drawings() {
        for row in drawing.cards.iter().flat_map(|card| &card.rows) {
            let source = &scene.cards[row.node.card].rows[row.node.row.unwrap()];
            assert!(!row.lines.is_empty() && row.lines.len() * 16 <= row.area.height as usize, "{name}");
            for line in &row.lines {
                let room = row.area.width - 2 * blocks::PADDING - source.reserve;
                assert!(text_width(line, blocks::TYPE) <= room, "{name}: {line}");
            }
        }
    }
}

#[test]
fn no_line_crosses_a_card() {
    for (name, _, drawing, _) in drawings() {
        for line in &drawing.lines {
            for ends in line.points.windows(2) {
                let ((ax, ay), (bx, by)) = (ends[0], ends[1]);
                assert!(ax == bx || ay == by, "{name}: a line runs askew");
                let street = Area {
                    x: ax.min(bx),
                    y: ay.min(by),
                    width: (ax - bx).abs().max(1),
                    height: (ay - by).abs().max(1),
                };
                let crossed = drawing.cards.iter().find(|card| {
                    let Area { x, y, width, height } = card.area;
                    overlap(&street, &Area { x: x + 1, y: y + 1, width: width - 2, height: height - 2 })
                });
                assert!(crossed.is_none(), "{name}: {street:?} crosses {:?}", crossed.map(|card| card.area));
            }
        }
    }
}

/// Whether a row or a column, and which; what lies in it.
type Streets = BTreeMap<(bool, i32), Vec<(i32, i32, Edge)>>;

/// Stretches of lines by the row or column of pixels they lie in.
fn stretches(drawing: &Drawing) -> Streets {
    let mut stretches = Streets::new();
    for line in &drawing.lines {
        for ends in line.points.windows(2) {
            let ((ax, ay), (bx, by)) = (ends[0], ends[1]);
            let (key, low, high) = if ay == by {
                ((true, ay), ax.min(bx), ax.max(bx))
            } else {
                ((false, ax), ay.min(by), ay.max(by))
            };
            if low < high {
                stretches.entry(key).or_default().push((low, high, line.edge));
            }
        }
    }
    stretches
}

#[test]
fn lines_share_a_street_only_with_an_end_in_common() {
    for (name, _, drawing, _) in drawings() {
        for (street, mut lines) in stretches(&drawing) {
            lines.sort_by_key(|line| (line.0, line.1));
            for (at, (_, high, edge)) in lines.iter().enumerate() {
                for (low, _, other) in lines[at + 1..].iter().take_while(|other| other.0 < *high) {
                    let together = edge.from == other.from || edge.to == other.to;
                    assert!(
                        together,
                        "{name}: {edge:?} and {other:?} lie upon each other at {street:?}, {low}"
                    );
                }
            }
        }
    }
}

#[test]
fn lines_begin_and_end_at_what_they_join() {
    for (name, _, drawing, _) in drawings() {
        let mut areas: BTreeMap<Node, Vec<Area>> = BTreeMap::new();
        for row in drawing.cards.iter().flat_map(|card| card.rows.iter().chain([&card.heading])) {
            areas.entry(row.node).or_default().push(row.area);
        }
        for line in &drawing.lines {
            for (node, point) in [(line.edge.from, line.points.first()), (line.edge.to, line.points.last())] {
                let (x, y) = point.copied().unwrap();
                let touches = areas[&node].iter().any(|area| {
                    let beside = (x - area.x).abs() <= 10 || (x - area.x - area.width).abs() <= 10;
                    beside && y > area.y && y < area.y + area.height
                });
                assert!(touches, "{name}: {x} {y} is not at {:?}", areas[&node]);
            }
        }
    }
}

#[test]
fn the_same_scene_gives_the_same_drawing() {
    for (name, mut scene, drawing, room) in drawings() {
        scene.edges.reverse();
        assert_eq!(draw(&scene, room), drawing, "{name}");
    }
}

#[test]
fn loops_and_edges_to_nothing_are_left_out_and_doubles_are_one() {
    let mut scene = scene(2, 2, 0);
    let node = |card: usize, row: usize| Node { card, row: Some(row) };
    let edge = |from: Node, to: Node| Edge { from, to, weight: 1 };
    scene.edges = vec![
        edge(node(0, 0), node(0, 0)),
        edge(node(0, 0), node(7, 0)),
        edge(node(0, 0), node(1, 9)),
        edge(node(0, 1), node(1, 0)),
        edge(node(0, 1), node(1, 0)),
    ];
    let drawing = draw(&scene, Viewport::WIDE);
    let drawn: Vec<Edge> = drawing.lines.iter().map(|line| line.edge).collect();
    assert_eq!(drawn, [Edge { weight: 2, ..edge(node(0, 1), node(1, 0)) }]);
    assert_eq!((drawing.heads.len(), drawing.left_out), (1, 0));
}

#[test]
fn where_there_are_too_many_edges_the_strongest_stay() {
    let mut scene = scene(10, 10, 5_000);
    scene.edges.truncate(2_000);
    let heavy = Edge { from: Node { card: 9, row: Some(9) }, to: Node { card: 0, row: Some(0) }, weight: 99 };
    scene.edges.push(heavy);
    let drawing = draw(&scene, Viewport::WIDE);
    assert_eq!(drawing.lines.len(), Viewport::WIDE.edges);
    assert!(drawing.left_out > 1_000, "{}", drawing.left_out);
    assert!(drawing.lines.iter().any(|line| line.edge.weight >= 99));
}

#[test]
fn a_title_of_two_hundred_characters_is_cut() {
    let long = "超".repeat(200);
    let row = Row { title: long.clone(), reserve: 60 };
    let scene =
        Scene { cards: vec![Card { title: long, rows: vec![row], ..Card::default() }], edges: Vec::new() };
    for room in [Viewport::WIDE, Viewport::NARROW] {
        let drawing = draw(&scene, room);
        let card = &drawing.cards[0];
        for placed in [&card.heading, &card.rows[0]] {
            assert!(placed.lines.last().is_some_and(|line| line.ends_with('…')), "{:?}", placed.lines);
            assert!(placed.lines.iter().all(|line| text_width(line, blocks::TYPE) < placed.area.width));
        }
        assert!(card.area.height < 120);
    }
}
