//! Scripts are linked as modules would be, a project's beside ours.

use super::super::{Theme, ThemeFile, embedded_below};
use super::*;

fn file(name: &str, text: &str) -> ThemeFile {
    ThemeFile { path: format!("themes/acme/{name}").into(), name: name.into(), bytes: text.as_bytes().into() }
}

/// What a theme publishes for an asset.
fn published(theme: &Theme, name: &str) -> Option<String> {
    let url = theme.asset_urls().get(name)?;
    let (_, bytes) = theme.assets().find(|(address, _)| address == url)?;
    Some(String::from_utf8(bytes.to_vec()).expect("UTF-8"))
}

/// The diagnostic's script or file, and its message behind the name.
fn faults(made: &[Diagnostic]) -> Vec<(Option<&str>, String)> {
    made.iter()
        .map(|diagnostic| {
            (diagnostic.path.as_deref(), crate::locale::Language::ENGLISH.text(&diagnostic.message))
        })
        .collect()
}

#[test]
fn modules_become_one_closure_in_the_order_in_which_they_need_each_other() {
    let files = [
        ("a.js", "import { b as two } from \"./b.js\";\nimport * as c from \"./c.js\";\nfetch(two, c.c);\n"),
        ("b.js", "import { c } from \"./c.js\";\nexport const b = c + 1;\n"),
        ("c.js", "/* FieldContent once. */\nexport const c = 1;\nconst b = 0;\n"),
    ];
    let expected = "(function () {\n\"use strict\";\n\
        const $c = (function () {\nconst E=1;const T=0;return{c:E};\n})();\n\
        const $b = (function () {\nconst{c:T}=$c;const E=T+1;return{b:E};\n})();\n\
        const{b:T}=$b;const E=$c;fetch(T,E.c);\n})();\n";
    assert_eq!(script("a.js", &files), expected);
}

#[test]
fn parts_are_not_published_by_themselves() {
    let theme = Theme::new(&[], "zh").value;
    for part in ["shared.js", "search.js", "search-text.js", "search-view.js"] {
        assert_eq!(published(&theme, part), None, "{part}");
    }
    for whole in ["theme.js", "handbook.js", "search-open.js", "search-engine.js"] {
        let script = published(&theme, whole).expect(whole);
        assert!(
            script.starts_with("(function () {\n\"use strict\";\n") && script.ends_with("})();\n"),
            "{whole}"
        );
        assert!(!script.contains("\nimport ") && !script.contains("\nexport "), "{whole}");
    }
}

#[test]
fn a_project_may_replace_a_part_or_a_whole() {
    let files = [
        file("assets/search-excerpt.js", "export function excerpt() { return acme; }\n"),
        file("assets/search-dialog.js", "/* acme's */ var global = 1;\n"),
    ];
    let made = Theme::new(&files, "zh");
    assert_eq!(made.diagnostics, []);
    assert!(published(&made.value, "search-engine.js").expect("a bundle").contains("return acme;"));
    assert_eq!(published(&made.value, "search-excerpt.js"), None);
    // Whole and no module: not a byte is changed.
    assert_eq!(published(&made.value, "search-dialog.js").as_deref(), Some("/* acme's */ var global = 1;\n"));
}

#[test]
fn a_project_may_write_modules_of_its_own() {
    let files = [
        file(
            "assets/own/a.js",
            "import { b } from \"./b.js\";\nimport { fold } from \"../search-text.js\";\nb(fold);\n",
        ),
        file("assets/own/b.js", "export function b() {}\n"),
        file("assets/alone.js", "import { x } from \"https://example.com/x.js\";\n"),
        file("assets/given.js", "export const given = 1;\n"),
    ];
    let made = Theme::new(&files, "zh");
    assert_eq!(made.diagnostics, []);
    let own = published(&made.value, "own/a.js").expect("a bundle");
    assert!(own.contains("const { b } = $own_b;\nconst { fold } = $search_text;\nb(fold);\n"), "{own}");
    assert_eq!(published(&made.value, "own/b.js"), None);
    // What a page may load as a module stays one.
    for alone in ["alone.js", "given.js"] {
        let text = files.iter().find(|file| file.name.ends_with(alone)).expect("a file");
        assert_eq!(published(&made.value, alone).map(String::into_bytes).as_deref(), Some(&*text.bytes));
    }
}

#[test]
fn a_script_that_cannot_be_linked_is_a_finding_and_ours_takes_its_place() {
    let ours = published(&Theme::new(&[], "zh").value, "search-engine.js").expect("ours");
    for (text, message, place) in [
        // As parts were written before they were modules.
        (
            "(function (global) { global.handbook.search.excerpt = 1; })(self);\n",
            "script `search-excerpt.js`: `search-excerpt.js` exports no `excerpt`",
            None,
        ),
        (
            "a();\nexport default 1;\n",
            "script `search-excerpt.js`: this form of import or export cannot be bundled",
            Some(5..22),
        ),
        (
            "import { a } from \"./nowhere.js\";\nexport const excerpt = a;\n",
            "script `search-excerpt.js`: there is no script `nowhere.js` to import",
            Some(0..33),
        ),
        (
            "import { a } from \"./search-text.js\";\nexport const excerpt = a;\n",
            "script `search-excerpt.js`: `search-text.js` exports no `a`",
            Some(0..37),
        ),
        (
            "import { search } from \"./search.js\";\nexport const excerpt = search;\n",
            "script `search-excerpt.js`: `search.js` is imported in a circle",
            Some(0..37),
        ),
    ] {
        let made = Theme::new(&[file("assets/search-excerpt.js", text)], "zh");
        assert_eq!(
            faults(&made.diagnostics),
            [(Some("themes/acme/assets/search-excerpt.js"), message.to_owned())]
        );
        assert_eq!(made.diagnostics[0].span, place, "{text}");
        assert_eq!(published(&made.value, "search-engine.js").as_ref(), Some(&ours));
    }
}

#[test]
fn a_copy_of_ours_is_published_as_ours_is() {
    let copies: Vec<_> = embedded_below("assets")
        .into_iter()
        .map(|(name, bytes)| file(&format!("assets/{name}"), std::str::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let (ours, copied) = (Theme::new(&[], "zh").value, Theme::new(&copies, "zh").value);
    assert_eq!(ours.assets().collect::<Vec<_>>(), copied.assets().collect::<Vec<_>>());
}
