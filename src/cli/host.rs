//! `host`: prints or writes configurations for programs that serve or build the site.

mod codeowners;
mod zone;

use super::usage::{self, UsageError};
use super::{Common, Failure, output};
use clap::{Args, ValueEnum};
use handbook::config::Config;
use handbook::diagnostic::Level;
use handbook::disk::Project;
use handbook::host::{File, Program, Settings, Target, base_path, files, is_untouched};
use handbook::message;
use handbook::source::Sources;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The target, and its settings.
#[derive(Debug, Args)]
pub(super) struct HostArgs {
    target: TargetArg,
    #[arg(long)]
    write: bool,
    #[arg(long, value_name = "DIR", requires = "write")]
    into: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long, value_name = "PATH")]
    site: Option<String>,
    #[arg(long, value_name = "PATH")]
    checkout: Option<String>,
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    #[arg(long, value_name = "PATH", value_parser = base)]
    base: Option<String>,
    #[arg(long, value_name = "[ADDRESS:]PORT")]
    listen: Option<String>,
    #[arg(long, value_name = "PATH", requires = "key")]
    certificate: Option<String>,
    #[arg(long, value_name = "PATH", requires = "certificate")]
    key: Option<String>,
    #[arg(
        long,
        value_name = "ISSUER",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "https://login.example.com/realms/company"
    )]
    oidc: Option<String>,
    #[arg(long, value_name = "PORT", default_value_t = 4180, value_parser = usage::port)]
    oidc_port: u16,
    #[arg(
        long,
        value_name = "ZONE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = zone::BY_LANGUAGE
    )]
    timezone: Option<String>,
    #[arg(long)]
    brotli: bool,
    #[arg(long, value_name = "NAME", default_value = "main")]
    branch: String,
    #[arg(long, value_name = "URL")]
    source: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TargetArg {
    Nginx,
    Caddy,
    Apache,
    Container,
    Systemd,
    Github,
    Gitlab,
    Gitea,
    Codeowners,
}

impl TargetArg {
    /// The configuration; `None` for what is made of the chapters.
    const fn target(self) -> Option<Target> {
        Some(match self {
            Self::Nginx => Target::Nginx,
            Self::Caddy => Target::Caddy,
            Self::Apache => Target::Apache,
            Self::Container => Target::Container,
            Self::Systemd => Target::Systemd,
            Self::Github => Target::Github,
            Self::Gitlab => Target::Gitlab,
            Self::Gitea => Target::Gitea,
            Self::Codeowners => return None,
        })
    }
}

fn base(written: &str) -> Result<String, UsageError> {
    base_path(written).ok_or_else(|| UsageError(message!("cli-usage-base")))
}

pub(super) fn run(args: &HostArgs, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let Some(target) = args.target.target() else {
        return put(args, common, &project, &[codeowners::file(common, &project)?]);
    };
    let config = config(&project)?;
    let settings = settings(args, common, &project, &config)?;
    if target.builds() && settings.restricted && settings.audience.is_none() {
        output::print_failure(common.language(), &without_audience(&config));
        return Ok(ExitCode::FAILURE);
    }
    put(args, common, &project, &files(target, &settings)?)
}

/// Writes or prints the files.
fn put(args: &HostArgs, common: &Common, project: &Project, files: &[File]) -> Result<ExitCode, Failure> {
    match args.write {
        true => write(args, common, project, files),
        false => output::write_stdout(printed(files).as_bytes()),
    }
}

/// The settings. If they cannot be read, it is unknown who may read the site.
fn config(project: &Project) -> Result<Config, Failure> {
    let mut sources = Sources::default();
    sources.config = project.read_config().map_err(|diagnostic| diagnostic.message.clone())?;
    let checked = handbook::builder::config(&sources);
    match checked.diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Error) {
        None => Ok(checked.value),
        Some(diagnostic) => Err(message!(
            "cli-host-settings-wrong",
            path = diagnostic.path.as_deref().unwrap_or("handbook.yaml"),
            wrong = &diagnostic.message
        )),
    }
}

/// An unattended build must not publish the whole handbook by mistake.
fn without_audience(config: &Config) -> Failure {
    let ids = config.audiences.list.iter().map(|item| item.id.as_str());
    let first = config.audiences.list.first().map_or("NAME", |item| item.id.as_str());
    message!("cli-host-no-audience", known = output::name_list(ids), first = first)
}

fn settings(
    args: &HostArgs,
    common: &Common,
    project: &Project,
    config: &Config,
) -> Result<Settings, Failure> {
    let mut settings = Settings::new(if config.title.is_empty() { "handbook" } else { &config.title });
    settings.language = common.language();
    settings.restricted = config.is_restricted();
    let mut own = None;
    if let Some(name) = common.audience.as_ref().or(config.publish.audience.as_ref()) {
        super::targets::check_audience(config, name)?;
        let audience = config.audiences.find(name).and_then(|id| config.audiences.list.get(id));
        own = audience.and_then(|audience| audience.base_url.as_ref());
        settings.audience = audience.map(|audience| audience.id.clone());
    }
    if let Some(url) = common.base_url.as_ref().or(own).or(config.base_url.as_ref()) {
        settings.read_base_url(url);
        settings.tell_base_url = common.base_url.is_some();
    }
    settings.name.clone_from(&args.name);
    settings.site.clone_from(&args.site);
    settings.checkout.clone_from(&args.checkout);
    if let Some(base) = &args.base {
        settings.base.clone_from(base);
    }
    settings.branch.clone_from(&args.branch);
    settings.domain = args.domain.clone().or(settings.domain);
    settings.listen.clone_from(&args.listen);
    settings.certificate = args.certificate.clone().zip(args.key.clone());
    settings.oidc = args.oidc.as_ref().map(|issuer| issuer.trim_end_matches('/').to_owned());
    settings.oidc_port = args.oidc_port;
    settings.brotli = args.brotli;
    settings.zone = args.timezone.as_deref().map(|name| zone::find_zone(name, config)).transpose()?;
    settings.program = match &args.source {
        Some(url) => Program::Git(url.clone()),
        None if holds_the_program(&project.root) => Program::Here,
        None => Program::Unknown,
    };
    Ok(settings)
}

/// Whether the handbook is in the source of this program.
fn holds_the_program(root: &Path) -> bool {
    let package = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    package.lines().any(|line| line.trim() == "name = \"handbook\"")
}

/// One file as it is; several, each under a line with its path.
fn printed(files: &[File]) -> String {
    if let [file] = files {
        return file.text.clone();
    }
    files.iter().fold(String::new(), |mut text, file| {
        let space = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{space}# ---- {} ----\n{}", file.path, file.text);
        text
    })
}

fn write(args: &HostArgs, common: &Common, project: &Project, files: &[File]) -> Result<ExitCode, Failure> {
    let folder = args.into.as_deref().unwrap_or(&project.root);
    // Without content/ everything in the folder is published, except hidden files.
    if args.into.is_none() && project.is_bare() && files.iter().any(|file| !file.path.starts_with('.')) {
        return Err(message!("cli-host-bare"));
    }
    let foreign: Vec<&str> = files
        .iter()
        .filter(|file| !may_replace(&folder.join(&file.path)))
        .map(|file| file.path.as_str())
        .collect();
    if !foreign.is_empty() {
        return Err(message!("cli-host-foreign", files = output::name_list(foreign)));
    }
    if let Some(other) = files.iter().find_map(|file| other_pages(args.target, folder, file)) {
        return Err(message!("cli-host-one-pages", path = other.as_path()));
    }
    for file in files {
        let path = folder.join(&file.path);
        replace(&path, &file.text)
            .map_err(|error| message!("disk-failed", path = path.as_path(), reason = &error))?;
        output::print_line(common, &message!("cli-host-written", path = path.as_path()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A file by which another site is published already where this one would be: GitHub and GitLab
/// have one site of Pages for each repository, and readers would see whichever came last.
fn other_pages(target: TargetArg, folder: &Path, file: &File) -> Option<PathBuf> {
    let path = folder.join(&file.path);
    let audience = |text: &str| {
        let rest = text.split_once(" --audience ")?.1;
        Some(rest.split_whitespace().next()?.to_owned())
    };
    match target {
        TargetArg::Github => {
            let beside = fs::read_dir(path.parent()?).ok()?;
            let mut beside: Vec<PathBuf> = beside.flatten().map(|entry| entry.path()).collect();
            beside.sort();
            let deploys = |text: String| text.contains("actions/deploy-pages");
            beside.into_iter().find(|other| {
                *other != path
                    && other.extension().is_some_and(|kind| kind == "yml" || kind == "yaml")
                    && fs::read_to_string(other).is_ok_and(deploys)
            })
        }
        TargetArg::Gitlab => {
            let there = fs::read_to_string(&path).ok()?;
            (audience(&there) != audience(&file.text)).then_some(path)
        }
        _ => None,
    }
}

/// Whether there is no file, or one that handbook wrote and nobody changed.
fn may_replace(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(data) => data.is_file() && fs::read_to_string(path).is_ok_and(|text| is_untouched(&text)),
    }
}

/// Replaces a file atomically, so that a web server never reads half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let waiting = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = fs::File::create_new(&waiting)?;
    let done = file.write_all(text.as_bytes()).and_then(|()| fs::rename(&waiting, path));
    if done.is_err() {
        let _ = fs::remove_file(&waiting);
    }
    done
}
