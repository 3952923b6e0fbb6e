//! What is told of the order of rules and of editions: days on which none or two are in force,
//! facts that were changed after a release, a new version that begins before an old one.

use super::{LEAVE, build, commit, edit, git};
use crate::support::Project;

const DAY: &str = "2026-11-28";

/// The findings of a check, in one text.
fn told(project: &Project) -> String {
    project.run(&["check", "--date", DAY]).stderr()
}

/// A rule with this front matter, and one that replaces it.
fn two(old: &str, new: &str) -> String {
    let project = Project::new("");
    project
        .write("content/old.md", format!("---\ntitle: 旧差旅制度\nid: FIN-000\n{old}\n---\n第一条 甲。\n"));
    let new = format!("---\ntitle: 差旅制度\nid: FIN-001\nsupersedes: [FIN-000]\n{new}\n---\n第一条 乙。\n");
    project.write("content/new.md", new);
    told(&project)
}

#[test]
fn days_without_a_rule_are_told_of_the_past_and_of_the_future() {
    let begins = |day: &str| format!("status: in_force\neffective: {day}");
    for (old, new, is_gap) in [
        ("status: retired\nretired: 2025-01-01", begins("2025-03-01"), true),
        ("status: in_force\nretired: 2027-01-01", begins("2027-03-01"), true),
        ("status: superseded\nretired: 2027-01-01", begins("2027-01-01"), true),
        ("status: in_force\nretired: 2025-03-01", begins("2025-03-01"), false),
        ("status: superseded", begins("2025-03-01"), false),
        ("status: in_force", begins("2027-03-01"), false),
        // Nobody has agreed yet that it replaces anything.
        ("status: retired\nretired: 2025-01-01", "status: draft\neffective: 2027-01-01".to_owned(), false),
    ] {
        let stderr = two(old, &new);
        assert_eq!(stderr.contains("successor-gap"), is_gap, "{old}\n{new}\n{stderr}");
        assert!(!stderr.contains("successor-overlap"), "{old}\n{new}\n{stderr}");
    }
}

#[test]
fn days_with_two_rules_are_told() {
    for (old, new, place) in [
        ("effective: 2024-01-01\nretired: 2025-06-01", "2025-03-01", "content/old.md:5"),
        ("effective: 2024-01-01\nretired: 2027-06-01", "2027-03-01", "content/old.md:5"),
        ("effective: 2025-04-01", "2025-03-01", "content/old.md:4"),
        ("effective: 2024-01-01", "2025-03-01", ""),
        ("effective: 2025-03-01", "2025-03-01", ""),
    ] {
        let stderr = two(old, &format!("status: in_force\neffective: {new}"));
        assert_eq!(stderr.contains("successor-overlap"), !place.is_empty(), "{old}: {stderr}");
        assert!(stderr.contains(place) && !stderr.contains("successor-gap"), "{old}: {stderr}");
    }
}

#[test]
fn a_rule_is_superseded_only_once_its_successor_begins_whatever_that_ones_status() {
    let project = Project::new("");
    project.write("content/old.md", "---\ntitle: 旧制度\nid: A-0\nstatus: in_force\n---\n第一条 甲。\n");
    project.write(
        "content/new.md",
        "---\ntitle: 新制度\nid: A-1\neffective: 2027-01-01\nsupersedes: [A-0]\n---\n第一条 乙。\n",
    );
    let status = |day: &str| {
        let list = project.run(&["list", "--format", "json", "--date", day]).expect(0).stdout();
        let rows: serde_json::Value = serde_json::from_str(&list).unwrap();
        let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "A-0").unwrap().clone();
        row["status"].as_str().unwrap().to_owned()
    };
    assert_eq!((status(DAY), status("2027-01-01")), ("in_force".into(), "superseded".into()));
}

/// A chapter with a first edition in `editions/`, and what lies in `content/` now.
fn edition(first: &[(&str, &str)], now: &[(&str, &str)]) -> String {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    let changed = |changes: &[(&str, &str)]| {
        changes.iter().fold(LEAVE.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replace(old, new)
        })
    };
    let (first, now) = (changed(first), changed(now));
    let version = first.split("version: '").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    project.write(&format!("editions/HR-001/{version}.md"), first);
    project.write("content/leave.md", now);
    told(&project)
}

/// The second version, in force from this day.
fn second(day: &str) -> Vec<(&'static str, String)> {
    vec![
        ("version: '1.0'\neff", "version: '1.1'\neff".to_owned()),
        ("effective: 2025-01-01", format!("effective: {day}")),
        ("五天", "六天".to_owned()),
    ]
}

#[test]
fn days_between_two_editions_are_told() {
    let told = |first: &[(&str, &str)], day: &str, more: &[(&str, &str)]| {
        let now = second(day);
        let mut now: Vec<(&str, &str)> = now.iter().map(|(old, new)| (*old, new.as_str())).collect();
        now.extend(more);
        edition(first, &now)
    };
    let retired = [("approver: 总经理", "approver: 总经理\nretired: 2026-01-01")];
    let stderr = told(&retired, "2026-03-01", &[]);
    assert!(stderr.contains("successor-gap") && stderr.contains("content/leave.md:6"), "{stderr}");
    assert!(
        !told(&retired, "2026-01-01", &[]).contains("successor-"),
        "one day ends the one and begins the other"
    );
    // Amended before the day on which it was to end.
    assert!(!told(&retired, "2025-07-01", &[]).contains("successor-"));
    let stderr = told(&[], "2025-01-01", &[]);
    assert!(stderr.contains("successor-overlap") && stderr.contains("content/leave.md:6"), "{stderr}");
    let editorial = [("revisions:", "revisions:\n  - {version: '1.1', date: 2025-01-01, kind: editorial}")];
    assert!(!told(&[], "2025-01-01", &editorial).contains("successor-"));
}

#[test]
fn a_later_version_that_begins_earlier_is_told() {
    let now = second("2024-06-01");
    let now: Vec<(&str, &str)> = now.iter().map(|(old, new)| (*old, new.as_str())).collect();
    let stderr = edition(&[], &now);
    assert!(stderr.contains("revision-order") && stderr.contains("2024-06-01"), "{stderr}");
    // One that is released for later, while an older version is still being amended.
    let first =
        [("version: '1.0'\neff", "version: '2.0'\neff"), ("effective: 2025-01-01", "effective: 2027-01-01")];
    assert!(!edition(&first, &[]).contains("revision-order"));
    // Versions that are no numbers: what lies in `content/` is later than the repository.
    let project = Project::new("\n//- handbook.yaml\neditions: git\n");
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE.replace("version: '1.0'", "version: 甲版"));
    commit(&project, "2024-12-20");
    edit(
        &project,
        "content/leave.md",
        &[("version: 甲版\neffective: 2025-01-01", "version: 乙版\neffective: 2024-06-01")],
    );
    assert!(told(&project).contains("revision-order"), "{}", told(&project));
}

#[test]
fn facts_that_change_within_a_version_are_told_with_both_values() {
    for (old, new, key, said) in [
        ("effective: 2025-01-01", "effective: 2025-03-01", "effective", ["2025-01-01", "2025-03-01"]),
        ("approver: 总经理", "approver: 董事会", "approver", ["总经理", "董事会"]),
        ("title: 休假制度", "title: 假期制度", "title", ["休假制度", "假期制度"]),
        ("owner: 人事部", "owner: 行政部", "owner", ["人事部", "行政部"]),
        ("roles: [经理, 员工]", "roles: [经理]", "roles", ["经理, 员工", "经理"]),
        ("owner: 人事部\n", "", "owner", ["人事部", ""]),
    ] {
        let first = LEAVE.replace("approver:", "owner: 人事部\nroles: [经理, 员工]\napprover:");
        for from_git in [true, false] {
            let project = Project::new("");
            project
                .write("handbook.yaml", format!("editions: {}\n", if from_git { "git" } else { "folder" }));
            if from_git {
                git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
                project.write("content/leave.md", first.replace("status: approved", "status: draft"));
                commit(&project, "2024-12-10");
                project.write("content/leave.md", &first);
                commit(&project, "2024-12-20");
            } else {
                project.write("editions/HR-001/1.0.md", &first);
                project.write("content/leave.md", &first);
            }
            assert!(!told(&project).contains("silent-"), "{}", told(&project));
            edit(&project, "content/leave.md", &[(old, new)]);
            let stderr = told(&project);
            assert!(stderr.contains("silent-field") && stderr.contains(key), "{stderr}");
            assert!(said.iter().all(|said| stderr.contains(said)), "{key}: {stderr}");
            assert!(!stderr.contains("silent-change"), "{stderr}");
            if from_git {
                commit(&project, "2025-05-01");
                assert!(told(&project).contains("silent-field"), "committed or not: {stderr}");
            }
        }
    }
}

#[test]
fn what_is_added_or_lives_on_after_a_release_is_no_silent_change() {
    let added = [
        ("approver: 总经理", "approver: 总经理\nowner: 人事部\nreview_by: 2027-01-01"),
        ("status: approved", "status: in_force"),
    ];
    assert!(!edition(&[], &added).contains("silent-"));
    let editorial =
        [("approver: 总经理", "approver: 董事会"), ("note: 首次发布}", "note: 首次发布, kind: editorial}")];
    assert!(!edition(&[], &editorial).contains("silent-"));
    // A day moves the beginning that the revision gave.
    let first = [("effective: 2025-01-01\n", "")];
    assert!(edition(&first, &[("2025-01-01", "2025-02-01")]).contains("silent-field"));
    assert!(!edition(&first, &[("2025-01-01", "2024-12-20")]).contains("silent-"));
}

/// What `git revert` leaves: the earlier version again, with its own date.
#[test]
fn a_file_that_goes_back_shows_its_earlier_text_and_is_told() {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\neditions: git\n");
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE);
    commit(&project, "2024-12-20");
    let now = second("2026-01-01");
    let now: Vec<(&str, &str)> = now.iter().map(|(old, new)| (*old, new.as_str())).collect();
    let revised = "revisions:\n  - {version: '1.1', date: 2025-12-20}";
    edit(&project, "content/leave.md", &[&now[..], &[("revisions:", revised)]].concat());
    commit(&project, "2025-12-20");
    let shows = |day: &str, words: &str| {
        build(&project, day);
        let text = project.page("site/leave.html").texts(".text").concat();
        assert!(text.contains(words), "{day}: {text}");
    };
    shows(DAY, "六天");
    assert!(!told(&project).contains("revision-order"), "{}", told(&project));
    // Not committed yet; then on a day.
    project.write("content/leave.md", LEAVE);
    shows(DAY, "五天");
    assert!(told(&project).contains("revision-order") && told(&project).contains("content/leave.md:5"));
    commit(&project, "2026-06-01");
    for (day, words) in
        [("2025-06-01", "五天"), ("2026-03-01", "六天"), ("2026-06-01", "五天"), (DAY, "五天")]
    {
        shows(day, words);
    }
    let rows = project.page("site/versions/HR-001/index.html").texts(".editions tbody tr");
    assert!(rows[0].starts_with("1.1") && rows[0].contains("2026-06-01"), "until then: {rows:?}");
    assert!(rows[1].starts_with("1.0 现行"), "{rows:?}");
    assert!(told(&project).contains("revision-order"), "{}", told(&project));
    // A later version ends it.
    edit(
        &project,
        "content/leave.md",
        &[
            ("version: '1.0'\neff", "version: '1.2'\neff"),
            ("effective: 2025-01-01", "effective: 2026-08-01"),
            ("五天", "八天"),
            ("revisions:", "revisions:\n  - {version: '1.2', date: 2026-07-20}"),
        ],
    );
    commit(&project, "2026-07-20");
    shows("2026-07-01", "五天");
    shows(DAY, "八天");
    assert!(!told(&project).contains("revision-order"), "{}", told(&project));
}

#[test]
fn what_is_retired_later_is_in_force_until_then() {
    let project = Project::new("");
    let text = LEAVE.replace("status: approved", "status: retired\nretired: 2026-06-01");
    project.write("content/leave.md", text);
    let status = |day: &str| {
        let list = project.run(&["list", "--format", "json", "--date", day]).expect(0).stdout();
        let rows: serde_json::Value = serde_json::from_str(&list).unwrap();
        rows[0]["status"].as_str().unwrap().to_owned()
    };
    let days = ["2024-06-01", "2025-06-01", "2026-05-31", "2026-06-01"];
    assert_eq!(days.map(status), ["approved", "in_force", "in_force", "retired"]);
}

#[test]
fn a_version_without_a_revision_is_told() {
    for (version, status, is_told) in [
        ("1.0", "approved", false),
        ("v1.0", "approved", false),
        ("1.1", "approved", true),
        ("1.1", "draft", false),
    ] {
        let project = Project::new("");
        let text = LEAVE.replace("status: approved", &format!("status: {status}"));
        project
            .write("content/leave.md", text.replacen("version: '1.0'", &format!("version: '{version}'"), 1));
        let stderr = told(&project);
        assert_eq!(stderr.contains("revision-order"), is_told, "{version} {status}: {stderr}");
    }
}

#[test]
fn a_rule_tells_what_will_replace_it() {
    let project = Project::new("\n//- handbook.yaml\nlanguage: zh-CN\n");
    project.write("content/leave.md", LEAVE);
    let next = LEAVE.replace("HR-001", "HR-002\nsupersedes: [HR-001]").replace("2025-01-01", "2027-01-01");
    project.write("content/next.md", next.replace("休假制度", "假期制度"));
    build(&project, DAY);
    let page = project.page("site/leave.html");
    assert_eq!(page.texts(".notice-edition p"), ["自 2027-01-01 起，由下列规定取代："]);
    assert_eq!(page.links(".notice-edition a"), [("next.html".to_owned(), "假期制度".to_owned())]);
    build(&project, "2027-01-01");
    assert!(project.page("site/leave.html").texts(".notice-edition p").is_empty());
}

#[test]
fn a_changed_id_leaves_no_editions_behind_in_silence() {
    let project = Project::new("\n//- handbook.yaml\nlanguage: zh-CN\n");
    project.write("content/leave.md", LEAVE);
    project.run(&["release", "HR-001"]).expect(0);
    assert!(!told(&project).contains("unread-edition"));
    edit(&project, "content/leave.md", &[("HR-001", "HR-009")]);
    let stderr = told(&project);
    assert!(stderr.contains("unread-edition") && stderr.contains("editions/HR-009"), "{stderr}");
    std::fs::rename(project.path().join("editions/HR-001"), project.path().join("editions/HR-009")).unwrap();
    assert!(!told(&project).contains("unread-edition"), "{}", told(&project));
}
