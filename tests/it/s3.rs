//! `publish` against a server that speaks the protocol of S3 (moto, from PyPI;
//! `tests/run` installs it into `target/s3`), and against one that answers with
//! what it was told in secret.

use crate::support::{Project, Run, repository};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{Attribute, ObjectStoreExt};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

/// Tells its port, and ends when its standard input does.
const SERVER: &str = "
import sys, boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer('127.0.0.1', 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
store = boto3.client('s3', endpoint_url=f'http://127.0.0.1:{port}', region_name='us-east-1',
    aws_access_key_id='test', aws_secret_access_key='test')
for name in ['docs', 'intranet']:
    store.create_bucket(Bucket=name)
print(port, flush=True)
sys.stdin.read()
server.stop()
";

/// A running store with the empty buckets `docs` and `intranet`.
pub(crate) struct Server {
    child: Child,
    pub(crate) endpoint: String,
    _output: BufReader<ChildStdout>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let python = repository().join("target/s3/bin/python");
        assert!(python.exists(), "{} is missing: tests/run installs it", python.display());
        let mut command = Command::new(python);
        command.args(["-c", SERVER]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("python starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut port = String::new();
        output.read_line(&mut port).expect("a port");
        let endpoint = format!("http://127.0.0.1:{}", port.trim());
        Self { child, endpoint, _output: output }
    }

    fn bucket(&self) -> AmazonS3 {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = AmazonS3Builder::new().with_bucket_name("docs").with_region("us-east-1");
        let builder = builder.with_access_key_id("test").with_secret_access_key("test");
        builder.with_endpoint(&self.endpoint).with_allow_http(true).build().expect("a store")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

const KEY: &str = "AKIAKEYTHATNOBODYSEES";
const SECRET: &str = "secret/that+nobody/sees";
const TOKEN: &str = "token-that-nobody-sees";

fn run(project: &Project, endpoint: &str, arguments: &[&str]) -> Run {
    let mut command = crate::support::program();
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000").args(arguments);
    command.env("AWS_ENDPOINT", endpoint).env("AWS_ACCESS_KEY_ID", KEY);
    command.env("AWS_SECRET_ACCESS_KEY", SECRET).env("AWS_SESSION_TOKEN", TOKEN);
    let run = Run(command.output().expect("handbook runs"));
    for secret in [KEY, SECRET, TOKEN] {
        let told = run.stderr() + &run.stdout();
        assert!(!told.contains(secret), "it told a secret: {told}");
    }
    run
}

#[test]
fn a_site_is_published_to_a_server_that_speaks_s3() {
    let server = Server::start();
    let project = Project::new(
        "//- content/index.md\n# 手册\n//- content/制 度/甲~1%.md\n# 甲\n//- content/b.md\n# B\n",
    );
    let publish = |arguments: &[&str]| {
        run(&project, &server.endpoint, &[&["publish", "s3://docs/hr", "-v"], arguments].concat())
    };
    let dry = publish(&["--dry-run"]).expect(0).stdout();
    let first = publish(&[]).expect(0).stderr();
    let count = dry.lines().count();
    assert!(count > 20 && first.contains(&format!("; {count} written")), "{first}");
    assert!(publish(&[]).expect(0).stderr().contains("; 0 written"));

    project.run(&["build", "-q"]).expect(0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let bucket = server.bucket();
    for (name, bytes) in project.tree("site").iter().filter(|(name, _)| !name.starts_with('.')) {
        let object = Path::parse(format!("hr/{name}")).expect("a name");
        let (there, kind) = runtime.block_on(async {
            let found = bucket.get(&object).await.unwrap_or_else(|error| panic!("{name}: {error}"));
            let kind = found.attributes.get(&Attribute::ContentType).map(|kind| kind.as_ref().to_owned());
            (found.bytes().await.expect("read"), kind)
        });
        assert!(there == bytes[..], "{name} differs");
        if name.ends_with(".html") {
            assert_eq!(kind.as_deref(), Some("text/html; charset=utf-8"), "{name}");
        }
    }

    std::fs::remove_file(project.path().join("content/b.md")).expect("removed");
    project.write("content/c.md", "# C\n");
    runtime.block_on(bucket.put(&Path::from("hr/c.html"), "mine".into())).expect("put");
    let refused = publish(&[]).expect(2).stderr();
    assert!(refused.contains("hr/c.html was not put there by handbook"), "{refused}");
    assert!(runtime.block_on(bucket.head(&Path::from("hr/b.html"))).is_ok());
    runtime.block_on(bucket.delete(&Path::from("hr/c.html"))).expect("gone");
    publish(&[]).expect(0);
    assert!(runtime.block_on(bucket.head(&Path::from("hr/c.html"))).is_ok());
    let gone = runtime.block_on(bucket.head(&Path::from("hr/b.html")));
    assert!(matches!(gone, Err(object_store::Error::NotFound { .. })), "{gone:?}");

    let missing = run(&project, &server.endpoint, &["publish", "s3://nowhere/hr"]).expect(2).stderr();
    assert!(missing.contains("NoSuchBucket") && missing.contains("nothing was touched"), "{missing}");
}

/// As S3 does where a signature is wrong, but telling even more.
#[test]
fn an_answer_that_tells_secrets_is_not_passed_on() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut asked = [0; 8192];
            let _ = stream.read(&mut asked);
            let body = format!(
                "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>{KEY}</AWSAccessKeyId>\
                 <StringToSign>{SECRET} {TOKEN}</StringToSign></Error>"
            );
            let _ = write!(
                stream,
                "HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let project = Project::new("//- content/index.md\n# H\n");
    let words = run(&project, &endpoint, &["publish", "s3://docs/hr", "-v"]).expect(2).stderr();
    assert!(words.contains("SignatureDoesNotMatch") && words.contains("nothing was touched"), "{words}");
    let words = run(&project, &format!("http://{KEY}:{SECRET}@127.0.0.1:1"), &["publish", "s3://docs"]);
    assert!(words.expect(2).stderr().contains("an endpoint holds no credentials"));
}
