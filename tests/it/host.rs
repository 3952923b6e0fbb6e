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
    let text =
        project.run(&["host", "nginx", "--base", "/handbook", "--site", "/srv/site"]).expect(0).stdout();
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
    }
    let text = project.run(&["host", "gitlab", "--branch", "release"]).expect(0).stdout();
    let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    assert!(value["pages"]["artifacts"]["paths"][0] == "public" && text.contains("--deny-warnings"));
    assert_eq!(value["pages"]["rules"][0]["if"], "$CI_COMMIT_BRANCH == \"release\"");
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
        "hosting/handbook.service",
        "hosting/handbook.timer",
        "hosting/nginx.conf",
    ] {
        assert!(written.contains(path), "{path}: {written:?}");
    }
    assert_eq!(written.len(), 13, "{written:?}");
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
