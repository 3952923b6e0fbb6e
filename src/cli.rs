//! The command line: commands, options and exit status.
//!
//! Exit status: 0 success, 1 diagnostics that are errors, 2 wrong usage or a failing disk, 3
//! reviews that are due where `check --due` asks for them.
//! Diagnostics go to standard error for people and to standard output for programs.

mod audit;
mod build;
mod cache;
mod day;
mod diff;
mod digest;
mod explain;
mod fix;
mod help;
mod host;
mod import;
mod init;
mod language;
mod list;
mod new;
mod output;
mod publish;
mod range;
mod release;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod targets;
mod usage;

use build::Run;
use clap::builder::TypedValueParser as _;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use handbook::builder::Request;
use handbook::config::{BadAddress, Config, parse_base_url};
use handbook::disk::Project;
use handbook::disk::publish::{Consent, Options};
use handbook::locale::{Language, Message};
use handbook::message;
use handbook::report::Format;
#[cfg(feature = "serve")]
use handbook::serve::Editor;
use handbook::source::Sources;
use jiff::civil::Date;
use std::cell::Cell;
use std::ffi::OsString;
#[cfg(feature = "serve")]
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments. The help texts of commands and options are in the catalogues; see `help`.
#[derive(Debug, Parser)]
#[command(
    name = "handbook",
    version,
    max_term_width = 100,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Init {
        dir: PathBuf,
    },
    New {
        path: String,
        #[arg(long)]
        title: Option<String>,
    },
    Import(import::ImportArgs),
    Build(BuildArgs),
    Publish(publish::PublishArgs),
    Check(CheckArgs),
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    Search {
        #[arg(required = true)]
        query: Vec<String>,
        #[arg(long)]
        json: bool,
        #[arg(long, default_value_t = 10, value_parser = usage::count)]
        limit: usize,
        #[arg(long, value_parser = search::preference)]
        prefer: Vec<(String, String)>,
    },
    List(list::ListArgs),
    Diff(diff::DiffArgs),
    Digest(digest::DigestArgs),
    Audit(audit::AuditArgs),
    Release(release::ReleaseArgs),
    Explain {
        code: Option<String>,
    },
    Host(Box<host::HostArgs>),
    Completions {
        shell: clap_complete::Shell,
    },
    Help {
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[arg(long)]
    precompress: bool,
    #[arg(long, conflicts_with = "audience")]
    all_audiences: bool,
    #[command(flatten)]
    consent: ConsentArgs,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[cfg(feature = "external")]
    #[arg(long)]
    external: bool,
    #[arg(long, conflicts_with = "audience")]
    all_audiences: bool,
    // What is mended are the sources, which all audiences share.
    #[arg(long, conflicts_with_all = ["audience", "all_audiences"])]
    fix: bool,
    #[arg(long, requires = "fix")]
    dry_run: bool,
    #[arg(long, value_name = "DAYS", value_parser = usage::days, conflicts_with = "fix")]
    due: Option<i32>,
}

impl CheckArgs {
    const fn external(&self) -> bool {
        #[cfg(feature = "external")]
        return self.external;
        #[cfg(not(feature = "external"))]
        false
    }
}

/// What the user confirms; otherwise it would be taken for a mistake.
#[derive(Debug, Clone, Copy, Args)]
struct ConsentArgs {
    #[arg(long)]
    replace: bool,
    #[arg(long)]
    shrink: bool,
}

impl ConsentArgs {
    fn read(self) -> Consent {
        let mut consent = Consent::default();
        consent.replace = self.replace;
        consent.shrink = self.shrink;
        consent
    }
}

/// Where the preview is served.
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
struct ServeArgs {
    #[arg(long, default_value = "127.0.0.1", value_parser = usage::address)]
    host: IpAddr,
    #[arg(long, default_value_t = 4040, value_parser = usage::port)]
    port: u16,
    #[arg(long)]
    open: bool,
    #[arg(long)]
    follow: bool,
    #[arg(long, value_name = "EDITOR", value_parser = usage::editor)]
    editor: Option<Editor>,
    #[arg(long = "allow-host", value_name = "NAME")]
    hosts: Vec<String>,
    #[arg(long)]
    poll: bool,
}

#[derive(Debug, Clone, Args)]
struct Common {
    #[arg(short = 'C', long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(short, long, global = true, value_name = "DIR")]
    output: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long, global = true)]
    drafts: bool,
    #[arg(long, global = true, value_name = "NAME")]
    audience: Option<String>,
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = usage::date)]
    date: Option<Date>,
    #[arg(long, global = true, value_enum, default_value_t = FormatArg::Human)]
    format: FormatArg,
    #[arg(long, global = true)]
    deny_warnings: bool,
    #[arg(short, long, global = true)]
    quiet: bool,
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    color: ColorArg,
    #[arg(long, global = true)]
    timings: bool,
    #[arg(long, global = true, value_name = "DIR", value_parser = clap::builder::OsStringValueParser::new().map(PathBuf::from))]
    cache: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LANG", value_parser = language::parse)]
    lang: Option<Language>,
    /// The language that `--lang` gives or that was detected.
    #[arg(skip)]
    language_cell: Cell<Language>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Human,
    Json,
    Github,
    /// Only where a verb prints rows of its own.
    #[value(hide = true)]
    Table,
    #[value(hide = true)]
    Csv,
    #[value(hide = true)]
    Text,
    #[value(hide = true)]
    Html,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorArg {
    Auto,
    Always,
    Never,
}

/// Parses `--base-url` here and not by clap, which would print a password in it.
fn base_url(written: &str) -> Result<String, Failure> {
    parse_base_url(written).map_err(|wrong| match wrong {
        BadAddress::Credentials => message!("cli-base-url-credentials"),
        BadAddress::Malformed => message!("cli-base-url-malformed", written = written),
    })
}

/// Why a command ended early; printed once, exit status 2.
type Failure = Message;

impl Common {
    fn project(&self) -> Result<Project, Failure> {
        let mut project = Project::open(&self.root).map_err(|error| error.message())?;
        project.skipped.push(self.output(&project));
        Ok(project)
    }

    fn output(&self, project: &Project) -> PathBuf {
        match &self.output {
            Some(output) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
            None => project.root.join("site"),
        }
    }

    /// The settings alone, for what must be known before everything is read. Their diagnostics are
    /// reported later.
    fn config(project: &Project) -> Result<Config, Failure> {
        let mut sources = Sources::default();
        sources.config = project.read_config().map_err(|diagnostic| diagnostic.message.clone())?;
        Ok(targets::config(&sources))
    }

    /// The language of the messages.
    fn language(&self) -> Language {
        self.language_cell.get()
    }

    /// Switches to the handbook's language, unless `--lang` gives one.
    fn use_language_of(&self, handbook: &handbook::handbook::Handbook) {
        if self.lang.is_none()
            && let Some(language) = Language::from_tag(&handbook.language)
        {
            self.language_cell.set(language);
        }
    }

    fn format(&self) -> Format {
        match self.format {
            FormatArg::Human | FormatArg::Table | FormatArg::Csv | FormatArg::Text | FormatArg::Html => {
                Format::Human
            }
            FormatArg::Json => Format::Json,
            FormatArg::Github => Format::Github,
        }
    }

    /// The request that the options make.
    fn request(&self) -> Result<Request, Failure> {
        let mut request = Request::new(self.today()?);
        request.drafts = self.drafts;
        request.base_url.clone_from(&self.base_url);
        request.audience.clone_from(&self.audience);
        Ok(request)
    }

    #[cfg(feature = "serve")]
    /// Whether no day was given, so that a preview follows the clock.
    fn goes_with_time(&self) -> bool {
        self.date.is_none() && std::env::var_os("SOURCE_DATE_EPOCH").is_none()
    }

    /// `--date`, else SOURCE_DATE_EPOCH, else today.
    fn today(&self) -> Result<Date, Failure> {
        self.date.map_or_else(day::today, Ok)
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = language::choose(&arguments);
    let mut command = help::localize(Cli::command(), language);
    let read = command
        .try_get_matches_from_mut(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command)));
    let mut cli = match read {
        Ok(cli) => cli,
        Err(error) => return usage::print_error(&error, language),
    };
    match cli.common.color {
        ColorArg::Auto => {}
        ColorArg::Always => anstream::ColorChoice::Always.write_global(),
        ColorArg::Never => anstream::ColorChoice::Never.write_global(),
    }
    cli.common.language_cell.set(language);
    let base_url = cli.common.base_url.as_deref().map(base_url).transpose();
    match base_url.and_then(|base_url| {
        cli.common.base_url = base_url;
        carry_out(&cli)
    }) {
        Ok(code) => code,
        Err(failure) => {
            output::print_failure(cli.common.language(), &failure);
            ExitCode::from(2)
        }
    }
}

fn carry_out(cli: &Cli) -> Result<ExitCode, Failure> {
    let common = &cli.common;
    match (common.format, &cli.verb) {
        (FormatArg::Table | FormatArg::Csv, Verb::List(_))
        | (FormatArg::Text | FormatArg::Html, Verb::Diff(_)) => {}
        (FormatArg::Table | FormatArg::Csv, _) => return Err(message!("cli-format-of-list")),
        (FormatArg::Text | FormatArg::Html, _) => return Err(message!("cli-format-of-diff")),
        _ => {}
    }
    match &cli.verb {
        Verb::Init { dir } => init::run(dir, common),
        Verb::New { path, title } => new::run(path, title.as_deref(), common),
        Verb::Import(args) => import::run(args, common),
        Verb::Build(args) => {
            let mut options = Options::default();
            options.precompress = args.precompress;
            options.consent = args.consent.read();
            build::run(common, Run::Build(options), args.all_audiences)
        }
        Verb::Publish(args) => publish::run(args, common),
        Verb::Check(args) if args.fix => fix::run(common, args.dry_run, args.external()),
        Verb::Check(args) => {
            let run = Run::Check { external: args.external(), due: args.due };
            build::run(common, run, args.all_audiences)
        }
        Verb::Search { query, json, limit, prefer } => {
            search::run(&query.join(" "), *json, *limit, prefer, common)
        }
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(args, common),
        Verb::List(args) => list::run(args, common),
        Verb::Diff(args) => diff::run(args, common),
        Verb::Digest(args) => digest::run(args, common),
        Verb::Audit(args) => audit::run(args, common),
        Verb::Release(args) => release::run(args, common),
        Verb::Explain { code } => explain::run(code.as_deref(), common),
        Verb::Host(args) => host::run(args, common),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            let mut command = help::localize(Cli::command(), common.language());
            clap_complete::generate(*shell, &mut command, "handbook", &mut script);
            output::write_stdout(&script)
        }
        Verb::Help { command } => {
            help::run(help::localize(Cli::command(), common.language()), command.as_deref())
        }
    }
}
