//! Words that mean the same, are mistyped or written in another way, in both engines.

use crate::search::both_find;
use crate::support::Project;

#[test]
fn words_of_synonyms_yaml_find_each_other() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/pay.md\n# 费用制度\n\n员工凭发票报销。\n\
         //- content/typed.md\n# 窗口\n\n走账在窗口办理。\n\
         //- content/kudos.md\n# Spot awards\n\nManagers may give a spot award.\n\
         //- synonyms.yaml\n- [走账, 报销, 打条子]\n- [spot award, Kudos]\n",
    );
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("走账", &["pay.html", "typed.html"]),
            ("打条子", &["pay.html", "typed.html"]),
            ("怎么打条子", &["pay.html", "typed.html"]),
            ("\"打条子\"", &[]),
            ("kudos", &["kudos.html"]),
            ("窗口打条子", &["typed.html"]),
        ],
    );
    // What was typed comes first.
    let found = project.run(&["search", "走账"]).stdout();
    assert!(found.starts_with("窗口"), "{found}");
}

#[test]
fn groups_that_say_nothing_are_told_with_their_line() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n乙。\n\
         //- synonyms.yaml\n- [甲, 乙]\n- []\n- [丙]\n- [丁, 戊, 丁]\n- [乙, 甲]\n",
    );
    let told = project.run(&["check", "--format", "github"]).stdout();
    for (line, says) in [(2, "no words"), (3, "one word"), (4, "already a word"), (5, "stands above")] {
        let place = format!("file=synonyms.yaml,line={line},");
        assert!(told.lines().any(|row| row.contains(&place) && row.contains(says)), "{line}: {told}");
    }
    project.write("synonyms.yaml", "甲: [乙\n");
    let run = project.run(&["check"]);
    assert!(run.stderr().contains("synonyms.yaml") || run.stdout().contains("synonyms.yaml"));
    assert_ne!(run.status(), 0);
}
