//! `publish` to what is no store, or to one that answers with nonsense: a message
//! each time, in our own words, and never a crash.

use crate::support::{Project, Run};
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

const SECRET: &str = "hunter2hunter2";

fn command(project: &Project, arguments: &[&str]) -> Command {
    let mut command = crate::support::program();
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000").args(arguments);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("AWS_ACCESS_KEY_ID", "AKIA").env("AWS_SECRET_ACCESS_KEY", SECRET);
    command.env("AWS_REGION", "us-east-1");
    command
}

/// Runs it; it fails with words that hold no secret.
fn refused(command: &mut Command) -> String {
    let run = Run(command.output().expect("handbook runs")).expect(2);
    let told = run.stderr() + &run.stdout();
    assert!(!told.contains("panicked") && !told.contains(SECRET), "{told}");
    told
}

fn book() -> Project {
    Project::new("//- content/index.md\n# H\n")
}

#[test]
fn an_endpoint_that_is_no_address_is_told() {
    let project = book();
    for endpoint in [
        "127.0.0.1:9",
        "localhost",
        "http://",
        "ftp://a",
        "http://1.2.3.4.5",
        "http://a b",
        "https://商店",
        "",
    ] {
        let told = refused(&mut command(&project, &["publish", "s3://docs/x", "--endpoint", endpoint]));
        assert!(told.contains("the endpoint") && told.contains("with its scheme"), "{endpoint}: {told}");
        let mut by_environment = command(&project, &["publish", "s3://docs/x"]);
        for name in ["AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"] {
            assert!(
                refused(by_environment.env(name, endpoint)).contains("the endpoint"),
                "{name}={endpoint}"
            );
        }
    }
    let with_password = format!("u:{SECRET}@127.0.0.1:9");
    let told = refused(&mut command(&project, &["publish", "s3://docs/x", "--endpoint", &with_password]));
    assert!(told.contains("an endpoint holds no credentials"), "{told}");

    project.write("handbook.yaml", "publish: {target: 's3://docs/x', endpoint: '127.0.0.1:9'}\n");
    assert!(refused(&mut command(&project, &["publish"])).contains("the endpoint"));
    let told = project.run(&["check"]).expect(1).stderr();
    assert!(told.contains("handbook.yaml:1:") && told.contains("the endpoint `127.0.0.1:9`"), "{told}");
    project.write("handbook.yaml", format!("publish:\n  endpoint: u:{SECRET}@127.0.0.1:9\n"));
    let told = project.run(&["check"]).expect(1).stderr();
    assert!(told.contains("holds credentials") && !told.contains(SECRET), "{told}");
}

#[test]
fn an_endpoint_that_was_asked_for_outweighs_the_environment() {
    let project = book();
    let (endpoint, told) = store(|_, _| answer("500 X", "")); // closed below: nothing is asked there
    drop(told);
    let mut command = command(&project, &["publish", "s3://docs/x", "--endpoint", "127.0.0.1:9"]);
    assert!(refused(command.env("AWS_ENDPOINT_URL_S3", endpoint)).contains("127.0.0.1:9"));
}

#[test]
fn credentials_that_cannot_stand_in_a_header_are_told_by_name() {
    let project = book();
    let publish = ["publish", "s3://docs/x", "--endpoint", "http://127.0.0.1:1"];
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"] {
        for end in ["\n", "\r\n", "\u{1}", "钥", " "] {
            let told = refused(command(&project, &publish).env(name, format!("{SECRET}{end}")));
            assert!(told.contains(name), "{name} {end:?}: {told}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let garbled = OsStr::from_bytes(b"\xff\xfe");
        assert!(refused(command(&project, &publish).env("AWS_SESSION_TOKEN", garbled)).contains("Unicode"));
        // A variable of somebody else's is no matter.
        let told = refused(
            command(&project, &["publish", "s3://docs/x", "--endpoint", "http://127.0.0.1:1"])
                .env("SOMETHING", garbled)
                .env("AWS_CHECKSUM_ALGORITHM", "none of these"),
        );
        assert!(told.contains("cannot be reached"), "{told}");
    }
}

#[test]
fn addresses_and_tokens_of_a_machine_that_are_none_are_told_by_name() {
    let project = book();
    project.write("token", "hunter2\n");
    let publish = ["publish", "s3://docs/x", "--endpoint", "http://127.0.0.1:1"];
    for (name, value) in [
        ("AWS_METADATA_ENDPOINT", "x"),
        ("AWS_METADATA_ENDPOINT", "http://a b"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", " x"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a\n"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "x"),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "token"),
        ("AWS_ENDPOINT_URL_STS", "garbage here"),
    ] {
        let mut command = command(&project, &publish);
        command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        command.env("AWS_WEB_IDENTITY_TOKEN_FILE", "token").env("AWS_ROLE_ARN", "r");
        let told = refused(command.env(name, value));
        assert!(told.contains(name), "{name}={value}: {told}");
    }
}

/// A server that answers each request by `say(method, target)`; its address.
fn store(
    say: impl Fn(&str, &str) -> Vec<u8> + Send + 'static,
) -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut asked = Vec::new();
            let mut part = [0; 4096];
            while !asked.windows(4).any(|four| four == b"\r\n\r\n") {
                match stream.read(&mut part) {
                    Ok(0) | Err(_) => break,
                    Ok(read) => asked.extend_from_slice(&part[..read]),
                }
            }
            let asked = String::from_utf8_lossy(&asked).into_owned();
            let mut words = asked.split(' ');
            let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            let _ = tell.send(format!("{method} {target}"));
            let _ = stream.write_all(&say(method, target));
        }
    });
    (endpoint, told)
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\nlast-modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n\
         etag: \"x\"\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn listed(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><ListBucketResult>{inside}</ListBucketResult>")
}

fn object(key: &str, size: &str) -> String {
    format!(
        "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2020-01-01T00:00:00Z</LastModified></Contents>"
    )
}

/// What comes of a store that has no manifest, and lists in this way.
fn of_list(list: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let (endpoint, _told) = store(move |_, target| match target.contains("list-type") {
        true => list(target),
        false => answer("404 Not Found", "<Error><Code>NoSuchKey</Code></Error>"),
    });
    refused(&mut command(&book(), &["publish", "s3://docs/hr", "--endpoint", &endpoint]))
}

/// What comes of a store whose manifest is answered so, and that holds nothing else.
fn of_manifest(manifest: Vec<u8>) -> String {
    let (endpoint, _told) = store(move |_, target| match target.contains("list-type") {
        true => answer("200 OK", &listed("")),
        false => manifest.clone(),
    });
    refused(&mut command(&book(), &["publish", "s3://docs/hr", "--endpoint", &endpoint]))
}

#[test]
fn a_list_that_makes_no_sense_is_told_in_our_words() {
    let nonsense = "makes no sense";
    for body in [
        listed("<Contents><Key>hr/a").replace("</ListBucketResult>", ""),
        "{\"keys\": [\"hunter3\"]}".to_owned(),
        "<!doctype html><html><p>hunter3<br></html>".to_owned(),
        listed(&object("hr/a.html", "-5")),
        listed(&object("hr/a.html", "hunter3")),
        listed(&object("hr/a.html", "99999999999999999999999")),
        listed(&object("hr/../hunter3", "5")),
        listed(&object("hr//hunter3", "5")),
        listed(&(object("hr/a.html", "5") + &object("hr/a.html", "6"))),
        String::new(),
    ] {
        let told = of_list({
            let body = body.clone();
            move |_| answer("200 OK", &body)
        });
        assert!(told.contains(nonsense) && told.contains("nothing was touched"), "{body}: {told}");
        assert!(!told.contains("hunter3"), "{told}");
    }
    let told = of_list(|_| answer("200 OK", &listed(&object("hr/hunter3", "5"))));
    assert!(told.contains("that handbook did not put there") && !told.contains("hunter3"), "{told}");
}

#[test]
fn a_list_without_end_comes_to_an_end() {
    let more = "<IsTruncated>true</IsTruncated>";
    let same = listed(&format!("{more}<NextContinuationToken>again</NextContinuationToken>"));
    assert!(of_list(move |_| answer("200 OK", &same)).contains("has no end"));
    let count = std::sync::atomic::AtomicUsize::new(0);
    let told = of_list(move |_| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let token = format!("{more}<NextContinuationToken>{number}</NextContinuationToken>");
        answer("200 OK", &listed(&token))
    });
    assert!(told.contains("has no end"), "{told}");
    let long =
        listed(&format!("{more}<NextContinuationToken>{}</NextContinuationToken>", "x".repeat(100_000)));
    assert!(of_list(move |_| answer("200 OK", &long)).contains("has no end"));
}

#[test]
fn a_manifest_that_is_none_is_told_in_our_words() {
    let not_ours = "was not written by `handbook publish`";
    for body in [
        "",
        "<html>hunter3</html>",
        "[]",
        "{\"files\": 1}",
        "{\"generator\":\"hunter3\",\"version\":99,\"files\":{}}",
    ] {
        let told = of_manifest(answer("200 OK", body));
        assert!(told.contains(not_ours) && !told.contains("hunter3"), "{body}: {told}");
    }
    for (bad, words) in [
        (answer("403 hunter3", "<Error><Code>hunter3</Code><Message>hunter3</Message></Error>"), "403 Forbidden"),
        (answer("400 hunter3", "<Error><Code>InvalidToken</Code>hunter3</Error>"), "InvalidToken"),
        (answer("301 hunter3", "hunter3"), "sends elsewhere"),
        (b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhunter3".to_vec(), "makes no sense"),
        (b"HTTP/1.1 307 X\r\nlocation: http://hunter3.invalid/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(), "s3://docs/hr"),
    ] {
        let told = of_manifest(bad);
        assert!(told.contains(words) && !told.contains("hunter3"), "{told}");
    }
}

/// Names in a manifest that lead out of the place are no files of ours.
#[test]
fn a_manifest_that_names_what_lies_outside_removes_nothing_there() {
    let manifest = r#"{"generator":"handbook","version":1,"files":{"../hunter3":null,"/etc/hunter3":null,"a//hunter3":null}}"#;
    let (endpoint, told) = store(move |_, target| match target.contains("list-type") {
        true => answer("200 OK", &listed("")),
        false => answer("200 OK", manifest),
    });
    let run = command(&book(), &["publish", "s3://docs/hr", "--endpoint", &endpoint, "--dry-run"]).output();
    let run = Run(run.expect("handbook runs"));
    assert!(!run.stderr().contains("panicked") && !run.stdout().contains("../"), "{}", run.stderr());
    assert!(told.try_iter().all(|asked| !asked.contains("DELETE") && !asked.contains("../")));
}
