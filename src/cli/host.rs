//! `host`: configurations for what serves or builds the site, printed or written.

mod zone;

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

/// What is to be configured, and how.
#[derive(Debug, Args)]
pub(super) struct HostArgs {
    /// What the configuration is for
    target: TargetArg,
    /// Writes the files into the handbook's folder, instead of printing them
    #[arg(long)]
    write: bool,
    /// Folder to write into [default: the handbook's folder]
    #[arg(long, value_name = "DIR", requires = "write")]
    into: Option<PathBuf>,
    /// What the site is called on the server: names its folders, service and
    /// container [default: made of title, base_url and audience]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Folder of the site on the server [default: /srv/handbook/NAME]
    #[arg(long, value_name = "PATH")]
    site: Option<String>,
    /// Folder of the handbook's sources on the server [default:
    /// /srv/handbook-source/NAME]
    #[arg(long, value_name = "PATH")]
    checkout: Option<String>,
    /// Name of the server [default: that in base_url]
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    /// Path of the site on the server, e.g. /handbook/ [default: that in base_url, else /]
    #[arg(long, value_name = "PATH", value_parser = base)]
    base: Option<String>,
    /// Port, or address and port, to listen at [default: 80, or 443 with a certificate]
    #[arg(long, value_name = "[ADDRESS:]PORT")]
    listen: Option<String>,
    /// File of the server's certificate, on the server
    #[arg(long, value_name = "PATH", requires = "key")]
    certificate: Option<String>,
    /// File of the certificate's key, on the server
    #[arg(long, value_name = "PATH", requires = "certificate")]
    key: Option<String>,
    /// Lets only people in who have signed in with OpenID Connect, at this provider
    #[arg(
        long,
        value_name = "ISSUER",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "https://login.example.com/realms/company"
    )]
    oidc: Option<String>,
    /// Port of the server at which oauth2-proxy answers; a second site there needs
    /// another one
    #[arg(long, value_name = "PORT", default_value_t = 4180)]
    oidc_port: u16,
    /// Time zone in which days begin, e.g. Asia/Shanghai; without a value that of
    /// the handbook's language [default: that of the machine that builds]
    #[arg(
        long,
        value_name = "ZONE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = zone::BY_LANGUAGE
    )]
    timezone: Option<String>,
    /// nginx has the module for .br files (Debian: libnginx-mod-http-brotli-static)
    #[arg(long)]
    brotli: bool,
    /// Branch that is published
    #[arg(long, value_name = "NAME", default_value = "main")]
    branch: String,
    /// Git address of the program handbook, for targets that install it
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
}

impl From<TargetArg> for Target {
    fn from(target: TargetArg) -> Self {
        match target {
            TargetArg::Nginx => Self::Nginx,
            TargetArg::Caddy => Self::Caddy,
            TargetArg::Apache => Self::Apache,
            TargetArg::Container => Self::Container,
            TargetArg::Systemd => Self::Systemd,
            TargetArg::Github => Self::Github,
            TargetArg::Gitlab => Self::Gitlab,
            TargetArg::Gitea => Self::Gitea,
        }
    }
}

fn base(written: &str) -> Result<String, String> {
    base_path(written).ok_or_else(|| "write a path such as /handbook/".to_owned())
}

pub(super) fn run(args: &HostArgs, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let config = config(&project)?;
    let settings = settings(args, common, &project, &config)?;
    let target = Target::from(args.target);
    if target.builds() && settings.restricted && settings.audience.is_none() {
        output::failure(common, &without_audience(&config));
        return Ok(ExitCode::FAILURE);
    }
    let files = files(target, &settings)?;
    if args.write {
        return write(args, common, &project, &files);
    }
    output::write_stdout(printed(&files).as_bytes())
}

/// The settings; where they cannot be known, neither can it be known who may
/// read the site.
fn config(project: &Project) -> Result<Config, Failure> {
    let mut sources = Sources::default();
    sources.config = project.read_config().map_err(|found| found.message)?;
    let checked = handbook::builder::config(&sources);
    match checked.diagnostics.iter().find(|found| found.level == Level::Error) {
        None => Ok(checked.value),
        Some(found) => Err(message!(
            "host-settings-wrong",
            path = found.path.as_deref().unwrap_or("handbook.yaml"),
            wrong = &found.message
        )),
    }
}

/// What is built with nobody there must not be the whole handbook by a slip.
fn without_audience(config: &Config) -> Failure {
    let ids: Vec<&str> = config.audiences.list.iter().map(|one| one.id.as_str()).collect();
    format!(
        "handbook.yaml declares audiences, and this builds a site with nobody there to look: say for whom\n  \
         name one with --audience (there are: {}), or in handbook.yaml: `publish: {{audience: {}}}`\n  \
         if all who reach this site may read everything, write there: `checks: {{restricted-chapter: off}}`",
        ids.join(", "),
        ids.first().unwrap_or(&"NAME")
    )
    .into()
}

fn settings(
    args: &HostArgs,
    common: &Common,
    project: &Project,
    config: &Config,
) -> Result<Settings, Failure> {
    let mut settings = Settings::new(if config.title.is_empty() { "handbook" } else { &config.title });
    settings.restricted = config.is_restricted();
    let mut own = None;
    if let Some(name) = common.audience.as_ref().or(config.publish.audience.as_ref()) {
        super::editions::known(config, name)?;
        let audience = config.audiences.find(name).and_then(|at| config.audiences.list.get(at));
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
    settings.zone = args.timezone.as_deref().map(|name| zone::of(name, config)).transpose()?;
    settings.program = match &args.source {
        Some(url) => Program::Git(url.clone()),
        None if holds_the_program(&project.root) => Program::Here,
        None => Program::Unknown,
    };
    Ok(settings)
}

/// Whether the handbook lies in the source of this very program.
fn holds_the_program(root: &Path) -> bool {
    let package = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    package.lines().any(|line| line.trim() == "name = \"handbook\"")
}

/// One file as it is; several each under its path.
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
    // Without content/ everything in the folder is published, but for what is hidden.
    if args.into.is_none() && project.is_bare() && files.iter().any(|file| !file.path.starts_with('.')) {
        return Err("this handbook has no content/ folder, so the files would be published with it\n  \
                    name another folder with --into"
            .to_owned()
            .into());
    }
    let foreign: Vec<&str> = files
        .iter()
        .filter(|file| !may_replace(&folder.join(&file.path)))
        .map(|file| file.path.as_str())
        .collect();
    if !foreign.is_empty() {
        return Err(format!(
            "{} was not written by handbook, or was changed since; nothing was touched\n  \
             move it away, or print the configuration without --write",
            foreign.join(", ")
        )
        .into());
    }
    for file in files {
        let path = folder.join(&file.path);
        replace(&path, &file.text).map_err(|error| format!("{}: {error}", path.display()))?;
        output::say(common, &format!("{} written", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether nothing stands there, or what handbook wrote and nobody changed.
fn may_replace(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(data) => data.is_file() && fs::read_to_string(path).is_ok_and(|text| is_untouched(&text)),
    }
}

/// The new text in one step: a web server that reads meanwhile sees no half.
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
