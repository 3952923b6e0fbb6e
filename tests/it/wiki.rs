//! Wiki links: titles, paths and files by name, headings by their words, pictures.

use crate::support::Project;

fn project(chapter: &str) -> Project {
    let project = Project::new(
        "
//- handbook.yaml
title: T
language: en
//- content/trips/travel.md
---
title: Business trips
id: TRV-1
---

## Booking

Booked.

### By train: how?

Trains.

## Refunds

### By train

Refunded.
//- content/trips/index.md
# All trips
//- content/pictures/photo.png
x
//- content/pictures/form (1).pdf
x
//- content/a/twice.png
x
//- content/b/twice.png
x
",
    );
    project.write("content/a.md", chapter);
    project
}

/// Where the links of the page lead, and what it says of it.
fn links(project: &Project) -> (Vec<(String, String)>, String) {
    let run = project.run(&["build"]).expect(0);
    (project.page("site/a.html").links(".text a:not(.anchor)"), run.stdout() + &run.stderr())
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(to, says)| ((*to).to_owned(), (*says).to_owned())).collect()
}

#[test]
fn a_bar_in_a_table_and_a_citation_leave_wiki_links_alone() {
    let project = project(
        "# A

| link | x |
| --- | --- |
| [[TRV-1\\|Trip4]] | w |
| [[travel#Booking\\|Trip2]] | w |
| [[TRV-1|Trip5]] | [[travel#Refunds|Trip6]] |

See [[Business trips]], the law says [[1]](https://example.com/law) and [[2]](<https://example.com/b> \"t\").

[[*foo* bar]] [[TRV-1]](see above)

[*foo* bar]: https://example.com/foo
",
    );
    let (links, said) = links(&project);
    assert_eq!(
        links,
        pairs(&[
            ("trips/travel.html", "Trip4"),
            ("trips/travel.html#booking", "Trip2"),
            ("trips/travel.html", "Trip5"),
            ("trips/travel.html#refunds", "Trip6"),
            ("trips/travel.html", "Business trips"),
            ("https://example.com/law", "[1]"),
            ("https://example.com/b", "[2]"),
            ("https://example.com/foo", "foo bar"),
            ("trips/travel.html", "TRV-1"),
        ])
    );
    assert!(!said.contains("a.md:"), "{said}");
}

#[test]
fn headings_are_named_by_their_words_and_files_by_their_names() {
    let project = project(
        "# A

[[Business trips#Booking]] [[TRV-1#By train how|a]] [[TRV-1#Refunds#By train|b]] [[#Own part|c]]

[[travel]] [[Travel.md|d]] [[trips/travel|e]] [[trips|f]] [[form (1).pdf]] [[pictures/photo.png|g]] [[travel|]]

## Own part
",
    );
    let (links, said) = links(&project);
    assert_eq!(
        links,
        pairs(&[
            ("trips/travel.html#booking", "Business trips#Booking"),
            ("trips/travel.html#by-train-how", "a"),
            ("trips/travel.html#by-train", "b"),
            ("#own-part", "c"),
            ("trips/travel.html", "travel"),
            ("trips/travel.html", "d"),
            ("trips/travel.html", "e"),
            ("trips/index.html", "f"),
            ("pictures/form (1).pdf", "form (1).pdf"),
            ("pictures/photo.png", "g"),
            ("trips/travel.html", "travel"),
        ])
    );
    assert!(!said.contains("a.md:"), "{said}");
}

#[test]
fn pictures_are_found_by_name_and_have_the_width_that_is_asked_for() {
    let project = project(
        "# A

![[photo.png|200]]

![[photo.png|200x100]] ![[pictures/photo.png|A photo]] ![[photo.png]]

![[form (1).pdf]]

![[twice.png]]

![[nowhere.png]]
",
    );
    let (links, said) = links(&project);
    let page = project.page("site/a.html");
    let pictures: Vec<[Option<&str>; 4]> = page
        .all(".text img")
        .iter()
        .map(|picture| ["src", "alt", "width", "height"].map(|name| picture.attr(name)))
        .collect();
    let source = Some("pictures/photo.png");
    assert_eq!(
        pictures,
        [
            [source, Some("photo"), None, None],
            [source, Some("photo"), Some("200"), Some("100")],
            [source, Some("A photo"), None, None],
            [source, Some("photo"), None, None],
        ]
    );
    assert_eq!(links, pairs(&[("pictures/form (1).pdf", "form (1).pdf")]));
    for place in ["a.md:9:", "a.md:11:"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(said.contains("twice.png") && said.contains("nowhere.png"), "{said}");
}

#[test]
fn an_unknown_heading_is_told_and_embeds_nothing() {
    let project = project(
        "# A

![[TRV-1#Nope]]

![[TRV-1#Booking#By train]]

![[TRV-1#Booking#Refunds]]

![[TRV-1#Refunds]]
",
    );
    let (links, said) = links(&project);
    let page = project.read("site/a.html");
    for place in ["a.md:3:", "a.md:5:", "a.md:7:"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(!said.contains("a.md:9:"), "{said}");
    assert!(page.contains("Refunded.") && !page.contains("Booked."), "{page}");
    assert!(
        links.iter().any(|(to, says)| to.starts_with("trips/travel.html") && says == "TRV-1#Nope"),
        "{links:?}"
    );
}
