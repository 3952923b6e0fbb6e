//! Random edits of a handbook, as an author's day brings them: the same seed gives
//! the same edits.

use std::fs;
use std::path::{Path, PathBuf};

/// Numbers that look random and are the same each time (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The seed: of the environment, else of the clock.
pub(crate) fn seed() -> u64 {
    let clock = || std::time::UNIX_EPOCH.elapsed().map_or(1, |time| time.subsec_nanos().into());
    std::env::var("HANDBOOK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(clock)
}

/// Changes a project on disk, step by step.
pub(crate) struct Author {
    root: PathBuf,
    random: Random,
    /// The files as they were in the beginning, to be taken back to.
    first: Vec<(PathBuf, Vec<u8>)>,
    round: usize,
}

/// A thing that an author does; it says what it did.
type Act = fn(&mut Author) -> String;

/// With the weight of each.
const ACTS: &[(usize, Act)] = &[
    (20, Author::insert_line),
    (8, Author::remove_line),
    (14, Author::set_field),
    (2, Author::break_front_matter),
    (8, Author::take_back),
    (5, Author::create),
    (4, Author::rename),
    (4, Author::remove),
    (2, Author::rename_folder),
    (3, Author::attach),
    (4, Author::settings),
    (4, Author::organization),
    (5, Author::theme),
];

impl Author {
    pub(crate) fn new(root: &Path, seed: u64) -> Self {
        let files = files(root).into_iter();
        let first = files.map(|path| (path.clone(), fs::read(&path).expect("readable"))).collect();
        Self { root: root.to_owned(), random: Random(seed), first, round: 0 }
    }

    /// One change; says what it was.
    pub(crate) fn act(&mut self) -> String {
        self.round += 1;
        let mut left = self.random.below(ACTS.iter().map(|act| act.0).sum());
        let act = ACTS.iter().find(|act| left.checked_sub(act.0).map(|rest| left = rest).is_none());
        (act.expect("weights").1)(self)
    }

    fn write(&self, path: &Path, text: impl AsRef<[u8]>) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).expect("inside").to_string_lossy().into_owned()
    }

    fn chapters(&self) -> Vec<PathBuf> {
        let all = files(&self.root.join("content")).into_iter();
        let chapters: Vec<PathBuf> =
            all.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
        assert!(!chapters.is_empty(), "no chapter is left");
        chapters
    }

    fn chapter(&mut self) -> (PathBuf, Vec<String>) {
        let chapters = self.chapters();
        let path = self.random.of(&chapters).clone();
        let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
        (path, text.split_inclusive('\n').map(str::to_owned).collect())
    }

    /// Title, id or alias of some chapter, and its path from the content folder.
    fn other(&mut self) -> (String, String) {
        let (path, lines) = self.chapter();
        let field = ["title: ", "id: ", "# "];
        let named = lines.iter().find_map(|line| field.iter().find_map(|field| line.strip_prefix(field)));
        let name = named.unwrap_or("无名").trim().trim_matches('"').to_owned();
        (name, self.name(&path).trim_start_matches("content/").to_owned())
    }

    fn insert_line(&mut self) -> String {
        let (name, other) = self.other();
        let (round, clause) = (self.round, 1 + self.random.below(30));
        let lines = [
            format!("第{round}次写下的话。"),
            format!("按照《{name}》办理。"),
            format!("按照《{name}》第{clause}条第二款和本制度第{clause}条办理。"),
            format!("见[那一章](/{other})与[那一条](/{other}#第{clause}条)。"),
            format!("见[[{name}]]和[[{name}#第{clause}条]]，参照{name}。"),
            format!("![[{name}#第{clause}条]]"),
            format!("![[{name}]]"),
            format!("## 第{round}节 新的一节 {{#place-{}}}", round % 7),
            format!("第{clause}条 新的一条，见[别处](#place-{}) 。", round % 7),
            format!("《无人知道的第{}号文件》与 SLA、转化率、ROI。", round % 5),
            format!("![图](pictures/{}.svg) ![无](gone.png)", round % 3),
            "<div id=\"raw\">原文<script>alert(1)</script></div>".to_owned(),
            format!("| 甲 | 乙 |\n| --- | --- |\n| {round} | 《{name}》 |"),
            format!("[断](gone-{round}.md) [大小写](/{})", other.to_uppercase()),
        ];
        let line = self.random.of(&lines).clone();
        let (path, mut text) = self.chapter();
        let at = self.random.below(text.len() + 1);
        text.insert(at, format!("\n{line}\n\n"));
        self.write(&path, text.concat());
        format!("{}:{at} gets {line}", self.name(&path))
    }

    fn remove_line(&mut self) -> String {
        let (path, mut text) = self.chapter();
        let at = self.random.below(text.len());
        let count = 1 + self.random.below(3);
        text.drain(at.min(text.len())..(at + count).min(text.len()));
        self.write(&path, text.concat());
        format!("{} loses {count} lines from {at}", self.name(&path))
    }

    fn set_field(&mut self) -> String {
        let (name, other) = self.other();
        let round = self.round;
        let fields = [
            format!("title: 新题{}", round % 9),
            format!("title: {name}"),
            format!("id: ID-{:03}", round % 9),
            format!("aliases: [别名{}, {name}]", round % 5),
            format!(
                "status: {}",
                self.random.of(&["draft", "approved", "in_force", "superseded", "retired"])
            ),
            format!("supersedes: [{name}]"),
            format!("related: [{name}, 没有的]"),
            format!("departments: [{}]", self.random.of(&["淘宝运营部", "运维部", "没有的部"])),
            format!("roles: [{}]", self.random.of(&["总经理", "合规专员", "没有的岗"])),
            format!("owner: {}", self.random.of(&["总经理", "某人", "总经里"])),
            format!("order: {}", self.random.below(50)),
            format!("topics: [专题{}, 战略]", round % 4),
            format!("effective: 20{}-01-01", 20 + self.random.below(12)),
            "review_by: 2020-01-01".to_owned(),
            format!("redirect_from: [old-{}.html, /{other}/]", round % 4),
            "required_reading: all".to_owned(),
            "glossary: false".to_owned(),
            format!("terms: [{{term: 新词{}, definition: \"即《{name}》。\"}}]", round % 4),
            format!("summary: 摘要{round}"),
            "unknown_field: 1".to_owned(),
        ];
        let field = self.random.of(&fields).clone();
        let (path, mut text) = self.chapter();
        let key = format!("{}:", field.split(':').next().unwrap_or_default());
        if text.first().is_none_or(|line| line.trim_end() != "---") {
            text.splice(0..0, ["---\n".to_owned(), "---\n".to_owned()]);
        }
        let end = text.iter().skip(1).position(|line| line.trim_end() == "---").map_or(1, |at| at + 1);
        match text[..end].iter().position(|line| line.starts_with(&key)) {
            Some(at) => text[at] = format!("{field}\n"),
            None => text.insert(1, format!("{field}\n")),
        }
        self.write(&path, text.concat());
        format!("{} says {field}", self.name(&path))
    }

    fn break_front_matter(&mut self) -> String {
        let (path, mut text) = self.chapter();
        text.insert(1.min(text.len()), "title: [\n".to_owned());
        self.write(&path, text.concat());
        format!("{} has broken front matter", self.name(&path))
    }

    fn take_back(&mut self) -> String {
        let (path, bytes) = self.random.of(&self.first).clone();
        self.write(&path, bytes);
        format!("{} is as in the beginning", self.name(&path))
    }

    fn create(&mut self) -> String {
        let (like, text) = self.chapter();
        let names =
            ["新章.md", "index.md", "README.md", "附件一.md", "deep/er/下面.md", "Case.md", "case.md"];
        let path = like.parent().expect("a folder").join(self.random.of(&names));
        let title = format!("# 新写的第{}章\n\n", self.round);
        let text = if self.random.below(2) == 0 {
            text.concat()
        } else {
            title + "第一条 新的。\n\n第二条 见前条。\n"
        };
        self.write(&path, text);
        format!("{} is written", self.name(&path))
    }

    fn rename(&mut self) -> String {
        let (path, _) = self.chapter();
        let new = path.with_file_name(format!("改名{}.md", self.round % 4));
        fs::rename(&path, &new).expect("renamed");
        format!("{} becomes {}", self.name(&path), self.name(&new))
    }

    fn remove(&mut self) -> String {
        let (path, _) = self.chapter();
        if self.chapters().len() > 8 {
            fs::remove_file(&path).expect("removed");
        }
        format!("{} goes", self.name(&path))
    }

    fn rename_folder(&mut self) -> String {
        let (path, _) = self.chapter();
        let folder = path.parent().expect("a folder");
        let new = self.root.join(format!("content/搬{}", self.round % 3));
        if folder == self.root.join("content") || new.exists() || new.starts_with(folder) {
            return "nothing".to_owned();
        }
        fs::rename(folder, &new).expect("renamed");
        format!("{} becomes {}", self.name(folder), self.name(&new))
    }

    fn attach(&mut self) -> String {
        let (beside, _) = self.chapter();
        let names = ["附件一.pdf", "附件二.xlsx", "pictures/0.svg", "pictures/1.svg", "form.docx"];
        let path = beside.parent().expect("a folder").join(self.random.of(&names));
        if path.exists() && self.random.below(2) == 0 {
            fs::remove_file(&path).expect("removed");
            return format!("{} goes", self.name(&path));
        }
        let size = 10 + self.random.below(90);
        self.write(
            &path,
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"10\"/>"),
        );
        format!("{} is written", self.name(&path))
    }

    fn settings(&mut self) -> String {
        let path = self.root.join("handbook.yaml");
        let round = self.round;
        let texts = [
            format!("title: 手册{round}\n"),
            "language: en\n".to_owned(),
            "title: T\nbase_url: https://example.com/h/\nchecks: {broken-link: error, unknown-title: off}\n"
                .to_owned(),
            "title: T\nmarkdown: {raw_html: trust}\n".to_owned(),
            "title: T\ntheme: other\n".to_owned(),
            "external_references: [{title: 无人知道的第1号文件}, {title: 新题1}]\n".to_owned(),
            "titel: T\nchecks: {x: y}\n".to_owned(),
            "title: [\n".to_owned(),
        ];
        let text = self.random.of(&texts).clone();
        self.write(&path, &text);
        format!("handbook.yaml becomes {text}")
    }

    fn organization(&mut self) -> String {
        let path = self.root.join("organization.yaml");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let text = match self.random.below(4) {
            0 => text.replace("name: 淘宝运营部", &format!("name: 淘宝运营{}部", self.round)),
            1 => format!("departments:\n  - {{id: d{0}, name: 新部{0}, parent: d{0}}}\n", self.round),
            2 if path.exists() => {
                fs::remove_file(&path).expect("removed");
                return "organization.yaml goes".to_owned();
            }
            _ => text.replacen("reports_to: ", "reports_to: x", 1),
        };
        self.write(&path, &text);
        format!("organization.yaml is another, of {} bytes", text.len())
    }

    fn theme(&mut self) -> String {
        let round = self.round;
        let texts = [
            (
                "templates/chapter.html",
                format!(
                    "{{% extends \"default/chapter.html\" %}}{{% block footer %}}{round}{{% endblock %}}"
                ),
            ),
            ("templates/chapter.html", "{% if %}".to_owned()),
            ("templates/parts/navigation.html", format!("<ul>{round}</ul>")),
            ("templates/404.html", "{{ nothing.there }}".to_owned()),
            ("locales/zh.yaml", format!("home: 主页{round}\n")),
            ("assets/handbook.css", format!("body {{ margin: {round}px }}\n")),
            ("assets/new.js", format!("console.log({round});\n")),
        ];
        let theme = *self.random.of(&["default", "default", "other"]);
        let (name, text) = self.random.of(&texts).clone();
        let path = self.root.join("themes").join(theme).join(name);
        if path.exists() && self.random.below(2) == 0 {
            fs::remove_file(&path).expect("removed");
            return format!("{} goes", self.name(&path));
        }
        self.write(&path, text);
        format!("{} is written", self.name(&path))
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
