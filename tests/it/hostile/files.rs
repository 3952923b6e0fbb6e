//! Files that are not what their names say, and names that are not what they seem.
#![cfg(unix)]

use super::{accepted, assert_said, bounded, refused};
use crate::crawl::crawl;
use crate::support::Project;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

fn check(project: &Project) -> String {
    bounded(project, &["check", "--color", "never"]).stderr()
}

#[test]
fn other_encodings() {
    let project = Project::new("//- content/ok.md\n好\n");
    // 采购制度 in GBK.
    project.write("content/gbk.md", b"# \xb2\xc9\xb9\xba\xd6\xc6\xb6\xc8\n");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    project.write("content/utf16.md", [b"\xFF\xFE".to_vec(), utf16("# 采购制度\n")].concat());
    project.write("content/ascii16.md", utf16("# Purchasing rules\n"));
    project.write("organization.yaml", utf16("departments: []\n"));
    let said = refused(&project);
    let gbk = "error[encoding]: the text is probably GBK (GB 18030), not UTF-8 (first wrong byte in line 1)";
    assert_said(&said, gbk, "content/gbk.md:1:3");
    let marked = "error[encoding]: the text is UTF-16, not UTF-8 (first wrong byte in line 1)";
    assert_said(&said, marked, "content/utf16.md:1:1");
    assert_said(&said, "error[encoding]: the text is UTF-16, not UTF-8 (line 1)", "content/ascii16.md:1:2");
    assert!(said.contains("--> organization.yaml:1:2") && said.contains("save the file as UTF-8"), "{said}");
}

#[test]
fn writing_that_turns_round() {
    let project = Project::new("");
    project.write("content/a.md", "---\ntitle: 甲\u{202E}乙\n---\n\n文\u{202E}字\n");
    project.write("content/b.md", "# 丙\u{2066}丁\n\n文\n");
    project.write("content/fdp\u{202E}gpj.exe", "x");
    project.write("organization.yaml", "departments:\n  - {id: d, name: 部\u{202E}门}\n");
    let said = check(&project);
    let message = "warning[bidi-control]: the title holds characters that turn the direction of writing: ";
    assert_said(&said, &format!("{message}甲[U+202E]乙"), "content/a.md:2:8");
    assert_said(&said, &format!("{message}丙[U+2066]丁"), "content/b.md:1:1");
    let message = "warning[bidi-control]: the name of content/fdp[U+202E]gpj.exe holds characters";
    assert_said(&said, message, "content/fdp");
    let message =
        "warning[bidi-control]: the name holds characters that turn the direction of writing: 部[U+202E]门";
    assert_said(&said, message, "organization.yaml:2:19");
    assert!(!said.contains(['\u{202E}', '\u{2066}']), "a message must not turn round either");
    bounded(&project, &["build", "-q"]).expect(0);
    for (name, bytes) in project.tree("site") {
        let text = String::from_utf8_lossy(&bytes);
        let own = name == "a.html"
            || name == "b.html"
            || name.starts_with("search/")
            || name.starts_with("previews/");
        let listed = name == ".handbook-manifest.json" || name.starts_with("fdp");
        assert!(own || listed || !text.contains('\u{202E}'), "{name}");
    }
    assert!(project.read("site/a-z.html").contains("甲[U+202E]乙"));
}

#[test]
fn names_with_every_byte() {
    let project = Project::new("//- content/index.md\n# 手册\n");
    let content = project.path().join("content");
    let mut links = String::new();
    let mut foreign = 0;
    for byte in (1..=255_u8).filter(|byte| *byte != b'/') {
        let name = [format!("{byte:03}-").as_bytes(), &[byte], b".md"].concat();
        if byte >= 0x80 {
            foreign += 1;
        } else {
            links += &format!("- [{byte}](<%{:02X}>)\n", byte)
                .replace("%", &format!("{byte:03}-%"))
                .replace(">)", ".md>)");
        }
        fs::write(content.join(OsStr::from_bytes(&name)), format!("# 章{byte:03}\n\n[回](index.md)\n"))
            .expect("a file");
        let attachment = [format!("{byte:03}-").as_bytes(), &[byte], b".bin"].concat();
        fs::write(content.join(OsStr::from_bytes(&attachment)), "x").expect("a file");
    }
    project.write("content/index.md", format!("# 手册\n\n{links}"));
    let run = bounded(&project, &["build", "--format", "json"]).expect(0);
    let said = run.stdout();
    assert_eq!(
        said.matches("was not read: its name is not valid Unicode").count(),
        foreign * 2,
        "{said:.3000}"
    );
    let broken: Vec<&str> = said.lines().filter(|line| line.contains("\"broken-link\"")).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let pages = crawl(&project.tree("site"));
    let chapters = pages.iter().filter(|name| name.as_bytes()[..3].iter().all(u8::is_ascii_digit)).count();
    assert_eq!(chapters, 127, "{pages:?}");
}

#[test]
fn names_that_look_like_something_else() {
    let project = Project::new("//- content/index.md\n# 手册\n");
    for name in [
        "a%20b",
        "a b",
        "a?b",
        "a#b",
        "a\"b",
        "a'b",
        "a\nb",
        "a\\b",
        "a&b",
        "a<b>",
        "%2e%2e",
        "..a",
        "a..",
        "CON",
        "a:b",
        "a*b",
        "-rf",
        "--help",
        "$(x)",
        "`x`",
        "{{ site.title }}",
        "{% raw %}",
        "%",
        "%zz",
        "ｆull",
        "ß",
        "javascript:alert(1)",
        "http:",
        "字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字",
    ] {
        project.write(&format!("content/{name}.md"), "文\n\n[回](index.md)\n");
        project.write(&format!("content/d/{name}/x.md"), "文\n\n[回](../../index.md)\n");
        project.write(&format!("content/f/{name}.txt"), "x");
    }
    accepted(&project);
    assert!(crawl(&project.tree("site")).len() > 60);
    let inside = project.path().join("site");
    assert!(
        project.tree(".").keys().all(|name| !name.contains("/../")) && inside.join("a%20b.html").exists()
    );
}

#[test]
fn names_that_differ_only_in_form_or_case() {
    let project = Project::new("");
    for name in ["é.md", "e\u{301}.md", "A.md", "a.md", "Dir/x.md", "dir/x.md"] {
        project.write(&format!("content/{name}"), "文\n");
    }
    let said = refused(&project);
    for (one, other, url) in [
        ("a.md", "A.md", "a.html"),
        ("dir/x.md", "Dir/x.md", "dir/x.html"),
        ("é.md", "e\u{301}.md", "é.html"),
    ] {
        let message = format!(
            "error[duplicate-url]: content/{one} and content/{other} would both be published as {url}"
        );
        assert_said(&said, &message, &format!("content/{one}"));
    }
    let project = Project::new("//- content/c.md\n[甲](e\u{301}.md) [乙](É.md)\n//- content/é.md\n文\n");
    assert_eq!(check(&project).matches("warning[case-mismatch]").count(), 2);
}

#[test]
fn links_in_circles_and_out_of_the_folder() {
    let project = Project::new("//- content/a.md\n文\n//- secret.md\n秘密\n");
    let content = project.path().join("content");
    for (target, name) in [
        (".", "loop"),
        ("l2", "l1"),
        ("l1", "l2"),
        ("/etc", "etc"),
        ("/etc/hostname", "hostname.md"),
        ("/etc/hostname", "hostname.txt"),
        ("nowhere", "gone.md"),
        ("../secret.md", "secret.md"),
        ("/dev/zero", "zero.md"),
        ("/proc/self/environ", "environment.md"),
    ] {
        symlink(target, content.join(name)).expect("a link");
    }
    let run = bounded(&project, &["build", "--color", "never"]).expect(0);
    let said = run.stderr();
    let outside = "was not read: it is a link that leads out of the folder";
    for (name, why) in [
        ("content/etc", outside),
        ("content/hostname.md", outside),
        ("content/hostname.txt", outside),
        ("content/secret.md", outside),
        ("content/zero.md", outside),
        ("content/environment.md", outside),
        ("content/loop", "was not read: it is a link in a circle"),
        ("content/l1", "was not read: the system says: Too many levels of symbolic links"),
        ("content/gone.md", "was not read: it is not there"),
    ] {
        assert_said(&said, &format!("warning[unreadable]: {name} {why}"), name);
    }
    for (name, bytes) in project.tree("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("秘密"), "{name}");
    }
}

#[test]
fn pipes_and_folders_in_the_place_of_files() {
    let project = Project::new("//- content/a.md\n文\n");
    let settings = ["handbook.yaml", "organization.yaml", "themes/default/templates/base.html"];
    for name in ["content/p.md", "content/p.png"].iter().chain(&settings) {
        let path = project.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
    }
    fs::create_dir_all(project.path().join("content/folder.md")).expect("a folder");
    let said = refused(&project);
    for name in settings {
        let message = if name.ends_with(".yaml") { "a folder, a pipe" } else { "a pipe" };
        let message = format!("error[unreadable-settings]: {name} was not read: it is {message} or a device");
        assert_said(&said, &message, name);
        fs::remove_file(project.path().join(name)).expect("removed");
    }
    let said = bounded(&project, &["build", "--color", "never"]).expect(0).stderr();
    for name in ["content/p.md", "content/p.png"] {
        let message =
            format!("warning[unreadable]: {name} was not read: it is a pipe or a device, not a file");
        assert_said(&said, &message, name);
    }
    for (target, name) in [("/dev/zero", "organization.yaml"), ("/etc", "handbook.yaml")] {
        symlink(target, project.path().join(name)).expect("a link");
        let said = bounded(&project, &["build", "--color", "never"]).expect(1).stderr();
        let message = "was not read: it is a folder, a pipe or a device, not a file";
        assert_said(&said, &format!("error[unreadable-settings]: {name} {message}"), name);
        fs::remove_file(project.path().join(name)).expect("removed");
    }
}

#[test]
fn a_pipe_in_the_place_of_the_settings_holds_no_command_up() {
    let project = Project::new("//- content/a.md\n文\n");
    assert!(
        Command::new("mkfifo").arg(project.path().join("handbook.yaml")).status().expect("mkfifo").success()
    );
    for arguments in [&["host", "nginx"][..], &["publish", "out"], &["serve", "--audience", "staff"]] {
        let mut command = Command::new("timeout");
        command.arg("60").args(crate::support::PROGRAM).args(arguments).current_dir(project.path());
        let output = command.output().expect("timeout of coreutils");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("handbook.yaml was not read: it is a folder, a pipe or a device"), "{said}");
        assert!(!project.path().join("out").exists(), "nothing is published");
    }
}

/// Root may read everything, so another user is needed to see this.
#[test]
fn files_that_may_not_be_read() {
    let project = Project::new("//- content/a.md\n文\n//- content/b.md\n秘密\n//- content/d/c.md\n秘密\n");
    let set = |name: &str, mode| {
        fs::set_permissions(project.path().join(name), fs::Permissions::from_mode(mode))
            .expect("permissions");
    };
    let root = fs::metadata("/proc/self").is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0);
    set("content/b.md", 0o000);
    set("content/d", 0o000);
    project.write("content/e.bin", "秘密");
    set("content/e.bin", 0o000);
    set("", 0o755);
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    if root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    // The program itself may lie where the other user may not look.
    let program = project.path().join("handbook");
    fs::copy(env!("CARGO_BIN_EXE_handbook"), &program).expect("a copy");
    let output =
        command.arg(&program).args(["check", "--color", "never"]).current_dir(project.path()).output();
    let said = String::from_utf8_lossy(&output.expect("setpriv of util-linux").stderr).into_owned();
    set("content/d", 0o755);
    assert_said(&said, "warning[unreadable]: content/b.md was not read: permission denied", "content/b.md");
    assert_said(&said, "warning[unreadable]: content/e.bin was not read: permission denied", "content/e.bin");
    assert_said(&said, "warning[unreadable]: content/d was not read: permission denied", "content/d");
}

#[test]
fn files_that_are_too_large_or_lie_too_deep() {
    let project = Project::new("//- content/a.md\n文\n");
    project.write("content/large.md", "x");
    let large =
        fs::OpenOptions::new().write(true).open(project.path().join("content/large.md")).expect("open");
    large.set_len(64 * 1024 * 1024 + 1).expect("a hole");
    project.write(&format!("content/{}b.md", "d/".repeat(70)), "文\n");
    let said = refused(&project);
    assert_said(&said, "error[limit]: content/large.md is larger than 64 MB", "content/large.md");
    let deep = "d/".repeat(64);
    let message = format!("error[limit]: content/{}", &deep[..deep.len()]);
    assert!(said.contains(&message) && said.contains("lies more than 64 folders deep"), "{said:.2000}");
}

#[test]
fn pictures_that_are_none() {
    let project =
        Project::new("//- content/a.md\n![甲](a.png)![乙](b.jpg)![丙](c.webp)![丁](d.avif)![戊](e.svg)\n");
    project.write("content/a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff");
    project.write("content/b.jpg", [b"\xff\xd8".to_vec(), b"\xff\xe0\0\x02".repeat(100_000)].concat());
    project.write("content/c.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X");
    project.write("content/d.avif", [b"\0\0\0\x01ftypavif".to_vec(), vec![0; 1000]].concat());
    project.write("content/e.svg", "<svg ".to_owned() + &"a='b' ".repeat(100_000));
    accepted(&project);
}
