//! `host`: what each target prints, and what `--write` leaves alone.
//!
//! That servers accept and obey it is tried in `tests/browser/host.test.mjs`.

use crate::support::Project;
use std::collections::BTreeSet;

const TARGETS: [&str; 8] = ["nginx", "caddy", "apache", "container", "systemd", "github", "gitlab", "gitea"];
const SMALL: &str = "
//- handbook.yaml
title: 手册
base_url: https://intranet.example.com/制度/
//- content/index.md
# 手册
";

#[test]
fn every_target_prints_a_configuration_of_this_handbook() {
    let project = Project::new(SMALL);
    for target in TARGETS {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(text.contains(&format!("# Made by `handbook host {target}` (")), "{text}");
        assert!(text.contains("# 手册\n") && !text.replace("${{", "").contains("{{"), "{text}");
        assert!(!text.contains("unsafe-"), "{text}");
        if matches!(target, "nginx" | "caddy" | "apache") {
            assert!(text.contains("intranet.example.com") && text.contains("/制度/"), "{text}");
        }
    }
    assert_eq!(project.tree(".").len(), 2, "printing writes nothing");
}

#[test]
fn the_configuration_of_nginx_in_full() {
    let project = Project::new(SMALL);
    let text = project
        .run(&["host", "nginx", "--base", "/handbook", "--site", "/srv/site", "--name", "rules"])
        .expect(0)
        .stdout();
    let text = text.split_once('\n').expect("lines").1;
    insta::assert_snapshot!(text);
}

#[test]
fn every_web_server_is_told_the_same() {
    let project = Project::new(SMALL);
    for target in ["nginx", "caddy", "apache", "container"] {
        let text = project.run(&["host", target]).expect(0).stdout();
        for word in [
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "default-src 'none'; frame-ancestors 'none'; sandbox",
            "nosniff",
            "Referrer-Policy",
            "max-age=31536000, immutable",
            "no-cache",
            "404.html",
        ] {
            assert!(text.contains(word), "{target}: {word}");
        }
    }
}

/// Workflows are YAML, their steps build strictly, and no shell line holds a
/// value that a stranger can set.
#[test]
fn workflows_are_valid_and_strict() {
    let project = Project::new(SMALL);
    for (target, steps) in [("github", "/jobs/build/steps"), ("gitea", "/jobs/handbook/steps")] {
        let text =
            project.run(&["host", target, "--source", "https://git.example.com/h.git"]).expect(0).stdout();
        let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        let value = serde_json::to_value(value).expect("JSON");
        let steps = value.pointer(steps).and_then(|steps| steps.as_array()).expect("steps");
        let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
        assert!(runs.iter().any(|run| run.contains("handbook build --deny-warnings")), "{runs:#?}");
        assert!(runs.iter().all(|run| !run.contains("${{")), "{runs:#?}");
        assert_eq!(value["env"]["HANDBOOK_SOURCE"], "https://git.example.com/h.git");
        let kept = steps.iter().filter_map(|step| step["with"]["path"].as_str());
        assert_eq!(kept.filter(|path| *path == "~/.cache/handbook").count(), usize::from(target == "github"));
    }
    let text = project.run(&["host", "gitlab", "--branch", "release"]).expect(0).stdout();
    let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    assert!(value["pages"]["artifacts"]["paths"][0] == "public" && text.contains("--deny-warnings"));
    assert_eq!(value["pages"]["rules"][0]["if"], "$CI_COMMIT_BRANCH == \"release\"");
}

const AUDIENCES: &str = "
//- handbook.yaml
title: 手册
base_url: https://intranet.example.com/制度/
audiences:
  staff: 员工
  管理层: {name: 管理人员, includes: [staff]}
//- content/index.md
# 手册
";
const BUILDERS: [&str; 5] = ["container", "systemd", "github", "gitlab", "gitea"];

#[test]
fn what_builds_with_nobody_there_names_an_audience_or_stops() {
    let project = Project::new(AUDIENCES);
    for target in BUILDERS {
        let run = project.run(&["host", target]).expect(1);
        assert!(run.stdout().is_empty(), "{target}");
        for words in ["--audience", "staff, 管理层", "publish: {audience: staff}", "restricted-chapter: off"]
        {
            assert!(run.stderr().contains(words), "{target}: {}", run.stderr());
        }
        project.run(&["host", target, "--write"]).expect(1);
        let text = project.run(&["host", target, "--audience", "管理人员"]).expect(0).stdout();
        assert!(text.contains("build ") || text.contains("publish "), "{text}");
        assert!(text.contains(" --audience 管理层"), "{text}");
        assert!(!text.contains("--replace") && !text.contains("--shrink"), "{text}");
        let run = project.run(&["host", target, "--audience", "stuff"]).expect(2).stderr();
        assert!(run.contains("no audience is called `stuff`") && run.contains("`staff`"), "{run}");
    }
    assert_eq!(project.tree(".").len(), 2, "nothing was written");

    project.write("handbook.yaml", format!("{}publish: {{audience: 员工}}\n", project.read("handbook.yaml")));
    for target in BUILDERS {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(text.contains(" --audience staff"), "{text}");
        let text = project.run(&["host", target, "--audience", "管理层"]).expect(0).stdout();
        assert!(text.contains(" --audience 管理层") && !text.contains(" --audience staff"), "{text}");
    }
    let whole = AUDIENCES.replace("//- content", "checks: {restricted-chapter: off}\n//- content");
    let project = Project::new(&whole);
    for target in BUILDERS {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(!text.contains("--audience "), "{text}");
    }
    // Of what cannot be read nobody knows whether it declares audiences.
    project.write("handbook.yaml", "audiences: [\n");
    let run = project.run(&["host", "systemd"]).expect(2).stderr();
    assert!(run.contains("handbook.yaml") && run.contains("mend it first"), "{run}");
}

#[test]
fn ci_fetches_the_whole_history_that_editions_are_read_from() {
    let project = Project::new(SMALL);
    for (target, words) in
        [("github", "fetch-depth: 0"), ("gitea", "fetch-depth: 0"), ("gitlab", "GIT_DEPTH: 0")]
    {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(text.contains(words), "{target}: {text}");
    }
}

#[test]
fn publish_takes_its_audience_from_handbook_yaml() {
    let project = Project::new(AUDIENCES);
    project.write("content/薪酬.md", "---\naudience: 管理层\n---\n# 薪酬\n");
    let settings = project.read("handbook.yaml");
    project.write("handbook.yaml", format!("{settings}publish: {{target: out, audience: 员工}}\n"));
    project.run(&["publish", "-q"]).expect(0);
    assert!(!project.path().join("out/薪酬.html").exists() && project.path().join("out/index.html").exists());
    project.run(&["publish", "-q", "other", "--audience", "管理层"]).expect(0);
    assert!(project.path().join("other/薪酬.html").exists());
    project.write("handbook.yaml", format!("{settings}publish: {{target: third, audience: stuff}}\n"));
    let run = project.run(&["publish"]).expect(2).stderr();
    assert!(run.contains("no audience is called `stuff`"), "{run}");
    let run = project.run(&["check"]).expect(1).stderr();
    assert!(run.contains("error[unknown-audience]") && run.contains("handbook.yaml:6:"), "{run}");
    assert!(!project.path().join("third").exists());
}

/// All names that a configuration gives to things on a server.
fn names(text: &str) -> BTreeSet<String> {
    let begin = ["/srv/handbook", "$handbook_", "handbook-", "--name "];
    let word = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '$' | '.'));
    let ours = text.split(word).filter(|one| begin.iter().any(|begin| one.starts_with(begin)));
    ours.map(|one| one.trim_end_matches(['.', '/']).to_owned()).collect()
}

#[test]
fn two_sites_on_one_server_share_no_name() {
    let other = SMALL.replace("title: 手册", "title: 守则");
    let elsewhere = SMALL.replace("intranet", "extranet");
    let (audiences, other, elsewhere) =
        (Project::new(AUDIENCES), Project::new(&other), Project::new(&elsewhere));
    let small = Project::new(SMALL);
    for target in ["nginx", "systemd", "container", "apache", "caddy", "gitea"] {
        let all = [
            small.run(&["host", target]),
            other.run(&["host", target]),
            elsewhere.run(&["host", target]),
            audiences.run(&["host", target, "--audience", "staff"]),
            audiences.run(&["host", target, "--audience", "管理层"]),
        ]
        .map(|run| names(&run.expect(0).stdout()));
        for (at, one) in all.iter().enumerate() {
            assert!(!one.is_empty(), "{target}");
            for two in &all[at + 1..] {
                let shared: Vec<_> = one.intersection(two).filter(|name| *name != "/srv/handbook").collect();
                assert!(shared.is_empty(), "{target}: {shared:?}");
            }
        }
        assert_eq!(all[0], names(&small.run(&["host", target]).expect(0).stdout()), "the same each time");
    }
    let text = small.run(&["host", "nginx", "--name", "rules"]).expect(0).stdout();
    assert!(text.contains("alias /srv/handbook/rules/;") && text.contains("$handbook_rules_cache"), "{text}");
    for audience in ["staff", "管理层"] {
        for target in ["nginx", "systemd", "gitea"] {
            audiences.run(&["host", target, "--write", "--audience", audience]).expect(0);
        }
    }
    assert_eq!(audiences.tree("hosting").len() + audiences.tree(".gitea").len(), 8);
}

#[test]
fn what_not_everyone_may_read_is_kept_by_no_shared_cache() {
    let (all, some) = (Project::new(SMALL), Project::new(AUDIENCES));
    for target in ["nginx", "caddy", "apache"] {
        let text = all.run(&["host", target]).expect(0).stdout();
        assert!(text.contains("\"public, max-age") && !text.contains("private"), "{text}");
        for arguments in [&["host", target][..], &["host", target, "--audience", "staff"]] {
            let text = some.run(arguments).expect(0).stdout();
            assert!(text.contains("\"private, max-age") && text.contains("\"private, no-cache"), "{text}");
            assert!(!text.contains("public, max-age"), "{text}");
        }
    }
}

#[test]
fn a_time_zone_is_set_only_where_it_is_asked_for() {
    let project = Project::new(&SMALL.replace("title: 手册", "title: 手册\nlanguage: zh-CN"));
    for target in BUILDERS {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(!text.contains("Asia/") && !text.contains("TZ"), "{text}");
        let text = project.run(&["host", target, "--timezone"]).expect(0).stdout();
        assert!(text.contains("Asia/Shanghai"), "{text}");
        let text = project.run(&["host", target, "--timezone=Europe/Berlin"]).expect(0).stdout();
        assert!(text.contains("Europe/Berlin") && !text.contains("Asia/"), "{text}");
    }
    let text = project.run(&["host", "github", "--timezone"]).expect(0).stdout();
    assert!(text.contains("cron: \"5 16 * * *\"\n"), "{text}");
    let run = Project::new(SMALL).run(&["host", "github", "--timezone"]).expect(2).stderr();
    assert!(run.contains("--timezone=Asia/Shanghai"), "{run}");
}

#[test]
fn images_and_actions_say_why_they_are_named_by_tags() {
    let project = Project::new(SMALL);
    for target in ["container", "github", "gitlab", "gitea"] {
        let text = project.run(&["host", target]).expect(0).stdout();
        assert!(text.contains("To pin") && text.contains("which move"), "{text}");
    }
}

/// Every XML of the systems that sites are served from, and not only SVG.
#[test]
fn every_server_takes_the_rights_from_all_xml() {
    let project = Project::new(SMALL);
    for target in ["nginx", "caddy", "apache", "container"] {
        let text = project.run(&["host", target]).expect(0).stdout();
        for ending in
            ["svg", "xhtml", "xml", "xsl", "xslt", "rss", "atom", "rdf", "kml", "mml", "mathml", "xht"]
        {
            assert!(text.contains(&format!("|{ending}|")), "{target}: {ending}");
        }
        assert!(text.contains("text/csv"), "{target}");
    }
}

#[test]
fn write_makes_the_files_and_replaces_only_its_own() {
    let project = Project::new(SMALL);
    for target in TARGETS {
        project.run(&["host", target, "--write"]).expect(0);
    }
    let written: BTreeSet<String> = project.tree(".").into_keys().collect();
    for path in [
        ".containerignore",
        ".gitea/workflows/handbook.yml",
        ".github/workflows/handbook.yml",
        ".gitlab-ci.yml",
        "Containerfile",
        "hosting/Caddyfile",
        "hosting/apache.conf",
        "hosting/container.conf",
        ".dockerignore",
        "hosting/nginx.conf",
    ] {
        assert!(written.contains(path), "{path}: {written:?}");
    }
    for end in ["service", "timer"] {
        let unit = |path: &&String| path.starts_with("hosting/handbook-shou-ce-") && path.ends_with(end);
        assert_eq!(written.iter().filter(unit).count(), 1, "{end}: {written:?}");
    }
    assert_eq!(project.read(".dockerignore"), project.read(".containerignore"));
    assert_eq!(written.len(), 14, "{written:?}");
    project.run(&["host", "nginx", "--write", "--site", "/elsewhere"]).expect(0);
    assert!(project.read("hosting/nginx.conf").contains("alias /elsewhere/;"));

    let changed = format!("{}# mine\n", project.read("hosting/nginx.conf"));
    project.write("hosting/nginx.conf", &changed);
    let run = project.run(&["host", "nginx", "--write"]).expect(2).stderr();
    assert!(run.contains("hosting/nginx.conf was not written by handbook, or was changed since"), "{run}");
    assert_eq!(project.read("hosting/nginx.conf"), changed);
    // The publication of a handbook is not disturbed by them.
    project.run(&["build", "-q", "--deny-warnings"]).expect(0);
}

#[test]
fn one_foreign_file_keeps_all_from_being_written() {
    let project = Project::new(SMALL);
    project.write("hosting/container.conf", "mine");
    let run = project.run(&["host", "container", "--write"]).expect(2).stderr();
    assert!(run.contains("hosting/container.conf") && run.contains("nothing was touched"), "{run}");
    assert!(!project.path().join("Containerfile").exists());
    project.run(&["host", "container", "--write", "--into", "elsewhere"]).expect(0);
    assert!(project.path().join("elsewhere/Containerfile").exists());
}

#[test]
fn a_second_audience_does_not_take_the_place_of_the_first_on_pages() {
    let project = Project::new(SMALL);
    let settings = format!("{}\naudiences:\n  staff: 员工\n  board: 董事会\n", project.read("handbook.yaml"));
    project.write("handbook.yaml", settings);
    for (target, file) in [("github", ".github/workflows/handbook-staff.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let host = |audience| project.run(&["host", target, "--write", "--audience", audience]);
        host("staff").expect(0);
        host("staff").expect(0);
        let before = project.tree(".");
        let told = host("board").expect(2).stderr();
        assert!(told.contains(file), "{told}");
        assert_eq!(project.tree("."), before);
        std::fs::remove_file(project.path().join(file)).expect("gone");
        host("board").expect(0);
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_left_alone() {
    let project = Project::new(SMALL);
    project.run(&["host", "gitlab", "--write"]).expect(0);
    project.write("target.yml", project.read(".gitlab-ci.yml"));
    std::fs::remove_file(project.path().join(".gitlab-ci.yml")).expect("gone");
    std::os::unix::fs::symlink("target.yml", project.path().join(".gitlab-ci.yml")).expect("link");
    project.run(&["host", "gitlab", "--write", "--branch", "other"]).expect(2);
}

#[test]
fn without_content_nothing_is_written_that_would_be_published() {
    let project = Project::new("//- a.md\n# A\n");
    let run = project.run(&["host", "nginx", "--write"]).expect(2).stderr();
    assert!(run.contains("--into"), "{run}");
    project.run(&["host", "github", "--write"]).expect(0);
    assert!(project.path().join(".github/workflows/handbook.yml").exists());
}

#[test]
fn values_that_a_configuration_could_mistake_are_refused() {
    let project = Project::new(SMALL);
    for arguments in [
        ["--site", "relative"],
        ["--site", "/a;rm"],
        ["--domain", "a;b"],
        ["--base", "/a b/"],
        ["--listen", "80;"],
        ["--branch", "$(x)"],
        ["--source", "`x`"],
        ["--source", "https://token@git.example.com/h.git"],
        ["--name", "../x"],
        ["--name", "手册"],
        ["--timezone=Nowhere/City", "--brotli"],
        ["--key", "/k"],
    ] {
        project.run(&[&["host", "nginx"][..], &arguments].concat()).expect(2);
    }
    project.run(&["host", "iis"]).expect(2);
    let anonymous = Project::new("//- content/a.md\n# A\n");
    let run = anonymous.run(&["host", "nginx", "--oidc"]).expect(2).stderr();
    assert!(run.contains("--domain"), "{run}");
}

#[test]
fn sign_in_is_asked_for_with_oidc() {
    let project = Project::new(SMALL);
    let login = "--oidc=https://login.example.org/realms/a/";
    for target in ["nginx", "caddy"] {
        let text = project.run(&["host", target, login]).expect(0).stdout();
        assert!(text.contains("oidc_issuer_url = \"https://login.example.org/realms/a\""), "{text}");
        assert!(text.contains("https://intranet.example.com/oauth2/callback"), "{text}");
        assert!(!text.contains("\"public, max-age"), "{text}");
    }
    let text = project.run(&["host", "apache", login]).expect(0).stdout();
    assert!(text.contains("Require valid-user") && text.contains("/realms/a/.well-known/"), "{text}");
}
