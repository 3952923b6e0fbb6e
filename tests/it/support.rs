//! Small projects written as text, and runs of the real binary over them.

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project in a folder of its own, gone when the test ends.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// Makes a project of files, each after a line `//- path`.
    pub(crate) fn new(fixture: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let mut path = None;
        let mut text = String::new();
        for line in fixture.trim_start_matches('\n').lines().chain(["//- "]) {
            if let Some(next) = line.strip_prefix("//- ") {
                if let Some(path) = path.replace(next.to_owned()) {
                    project.write(&path, &text);
                }
                text.clear();
            } else {
                text.push_str(line);
                text.push('\n');
            }
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A page of the site that the project has built.
    pub(crate) fn page(&self, path: &str) -> Page {
        Page(Html::parse_document(&self.read(path)))
    }

    /// Runs `handbook` in the project, on a fixed day.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.path(), arguments)
    }

    /// All files below a folder, by path.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path().join(folder))
    }
}

/// The program, saying in English what it says: what stands in Chinese is looked at by
/// the tests of `messages`.
pub(crate) const PROGRAM: [&str; 3] = [env!("CARGO_BIN_EXE_handbook"), "--lang", "en"];

/// A run of [`PROGRAM`].
pub(crate) fn program() -> Command {
    let mut command = Command::new(PROGRAM[0]);
    // The cache of whoever runs the tests is not theirs.
    command.args(&PROGRAM[1..]).env("HANDBOOK_CACHE", "");
    command
}

/// A page, looked at by selectors.
pub(crate) struct Page(Html);

impl Page {
    /// The elements that a selector finds, in the order of the page.
    pub(crate) fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(css).expect(css)).collect()
    }

    /// The text of each of them.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).iter().map(|element| element.text().collect()).collect()
    }

    /// Where each of these links leads, decoded, and what it says.
    pub(crate) fn links(&self, css: &str) -> Vec<(String, String)> {
        let link = |element: &ElementRef<'_>| {
            let href = element.attr("href").unwrap_or_default();
            let href = percent_encoding::percent_decode_str(href).decode_utf8().expect("UTF-8");
            (href.into_owned(), element.text().collect())
        };
        self.all(css).iter().map(link).collect()
    }

    /// How many of these links lead to an address with these words.
    pub(crate) fn count(&self, css: &str, href: &str, words: &str) -> usize {
        self.links(css).iter().filter(|(to, says)| to == href && says == words).count()
    }
}

/// Runs `handbook` in a folder, on a fixed day.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1790000000").args(arguments);
    Run(command.output().expect("handbook runs"))
}

/// Runs `handbook` as one whom permissions bind.
pub(crate) fn run_bound(project: &Project, arguments: &[&str]) -> Run {
    let root = fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
    if !root {
        return project.run(arguments);
    }
    // Takes away what lets root write everywhere.
    let mut command = Command::new("setpriv");
    command.arg("--bounding-set=-all").args(PROGRAM).args(arguments).env("HANDBOOK_CACHE", "");
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000");
    Run(command.output().expect("setpriv runs"))
}

/// Changes who may read and write a file or folder.
pub(crate) fn set_mode(project: &Project, path: &str, mode: u32) {
    fs::set_permissions(project.path().join(path), fs::Permissions::from_mode(mode)).expect("a mode");
}

/// A run's result.
pub(crate) struct Run(pub(crate) Output);

impl Run {
    pub(crate) fn status(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Asserts the exit status, showing the messages where it differs.
    pub(crate) fn expect(self, status: i32) -> Self {
        assert_eq!(self.status(), status, "stdout:\n{}\nstderr:\n{}", self.stdout(), self.stderr());
        self
    }
}

/// All files below a folder, by path with `/`.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
            files.insert(name, fs::read(entry.path()).expect("readable"));
        }
    }
    files
}

/// The folder of this repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `search.mjs` with JSON in and JSON out.
pub(crate) fn node(verb: &str, folder: &Path, input: &serde_json::Value) -> serde_json::Value {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut child = Command::new("node")
        .arg(repository().join("tests/it/search.mjs"))
        .arg(verb)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is needed for this test");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.to_string().as_bytes()).expect("node reads");
    drop(stdin);
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// How many chapters the published search of a site finds for each query.
pub(crate) fn ask(site: &Path, queries: &[String]) -> Vec<u64> {
    let input = queries.iter().map(|query| serde_json::json!([query, {}])).collect();
    let answers = node("ask", site, &serde_json::Value::Array(input));
    let counts = answers.as_array().into_iter().flatten().map(|answer| answer["count"].as_u64());
    counts.map(|count| count.expect("a count")).collect()
}
