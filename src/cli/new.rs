//! `new`: a chapter with its front matter, ready to be written in.

use super::{Common, Failure, output};
use handbook::chapter::readable;
use std::fs;
use std::io::Write;
use std::path::{Component, Path};
use std::process::ExitCode;

pub(super) fn run(path: &str, title: Option<&str>, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let name = path.trim_start_matches("./");
    let name = name.strip_prefix("content/").unwrap_or(name);
    let name =
        if name.to_ascii_lowercase().ends_with(".md") { name.to_owned() } else { format!("{name}.md") };
    // What begins with a dot is not read.
    let read = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    let inside = Path::new(&name).components().all(read);
    if !inside {
        return Err(format!("{path}: name a file below {}", project.content.display()).into());
    }
    let file = project.content.join(&name);
    let stem = Path::new(&name).file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
    let title = title.map_or_else(|| readable(stem), str::to_owned);
    let text = chapter(&title, common.today()?.to_string().as_str());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut created = fs::File::create_new(&file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} exists already; nothing was touched", file.display())
        }
        _ => format!("{}: {error}", file.display()),
    })?;
    created.write_all(text.as_bytes()).map_err(|error| format!("{}: {error}", file.display()))?;
    output::say(common, &format!("{} is ready to be written in", file.display()));
    Ok(ExitCode::SUCCESS)
}

fn chapter(title: &str, today: &str) -> String {
    let quoted = serde_json::to_string(title).unwrap_or_default();
    let chinese = title.chars().any(handbook::text::is_cjk);
    let (summary, body) = if chinese {
        (
            "用一句话说明本章规定什么。",
            "## 第一章 总则\n\n第一条 为了……，制定本制度。\n\n第二条 本制度适用于……。\n",
        )
    } else {
        (
            "Say in one sentence what this chapter rules.",
            "## Purpose\n\nWhy this chapter exists and whom it applies to.\n",
        )
    };
    format!(
        "---\ntitle: {quoted}\nsummary: {summary}\nkind: policy\nstatus: draft\nversion: \"0.1\"\n\
         revisions:\n  - {{version: \"0.1\", date: {today}, note: \"{}\"}}\n---\n\n{body}",
        if chinese { "起草" } else { "First draft" }
    )
}
