//! The command line: what can be asked, and how an answer ends.
//!
//! Exit status: 0 fine, 1 findings that are errors, 2 wrong usage or a failing
//! disk. Findings go to standard error for people and to standard output for
//! programs.

mod build;
mod day;
mod editions;
mod host;
mod init;
mod language;
mod new;
mod output;
mod publish;
mod search;
mod serve;

use build::Run;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use handbook::builder::Request;
use handbook::config::{BadAddress, Config, parse_base_url};
use handbook::disk::Project;
use handbook::disk::publish::{Consent, Options};
use handbook::locale::{Language, Message};
use handbook::message;
use handbook::report::Format;
use handbook::source::Sources;
use jiff::civil::Date;
use std::cell::Cell;
use std::path::PathBuf;
use std::process::ExitCode;

/// Turns a company's policy chapters into a searchable, cross-linked handbook.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Makes a new handbook in a folder
    Init {
        /// Folder to make; must be empty or not exist
        dir: PathBuf,
    },
    /// Makes a new chapter
    New {
        /// File below content/, e.g. operations/travel.md
        path: String,
        /// Title; default: made from the file's name
        #[arg(long)]
        title: Option<String>,
    },
    /// Writes the site
    Build(BuildArgs),
    /// Writes the site into a folder or an object store; only what differs
    Publish(publish::PublishArgs),
    /// Says what is wrong, and writes nothing
    Check {
        /// Asks the network whether links that lead outside still lead somewhere
        #[arg(long)]
        external: bool,
        /// Checks what each audience sees
        #[arg(long, conflicts_with = "audience")]
        all_audiences: bool,
    },
    /// Shows the site at an address of this machine and follows every change
    Serve(ServeArgs),
    /// Searches the handbook
    Search {
        /// Words; in quotes also: '"exact phrase" -without title:word'
        #[arg(required = true)]
        query: Vec<String>,
        /// Prints the answer as JSON
        #[arg(long)]
        json: bool,
        /// Chapters shown at most; 0 for all
        #[arg(long, default_value_t = 10)]
        limit: usize,
    },
    /// Prints or writes a configuration for a web server, a timer or CI
    Host(Box<host::HostArgs>),
    /// Prints a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What is written besides the site itself.
#[derive(Debug, Args)]
struct BuildArgs {
    /// Writes .gz and .br beside texts over 1 KB, for servers that send them as they lie
    #[arg(long)]
    precompress: bool,
    /// Writes a site for each audience of handbook.yaml, each into a folder of its
    /// name in the output folder
    #[arg(long, conflicts_with = "audience")]
    all_audiences: bool,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// What would be taken for a slip otherwise.
#[derive(Debug, Clone, Copy, Args)]
struct ConsentArgs {
    /// Puts the site in the place of one for fewer readers, of another handbook, or
    /// made from content/ where there is none any more
    #[arg(long)]
    replace: bool,
    /// Lets more than half of the chapters go at once, or the last
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
#[derive(Debug, Args)]
struct ServeArgs {
    /// Address to listen at
    #[arg(long, default_value = "127.0.0.1")]
    host: std::net::IpAddr,
    /// Port; the next free one is taken if it is in use
    #[arg(long, default_value_t = 4040)]
    port: u16,
    /// Opens a browser
    #[arg(long)]
    open: bool,
    /// The browser goes to the chapter that is saved
    #[arg(long)]
    follow: bool,
    /// Opens places in the editor: a name (code, cursor, zed, idea, vim ...), a
    /// command such as "code -g {file}:{line}", or a link such as
    /// vscode://file{file}:{line}
    #[arg(long, value_name = "EDITOR", value_parser = handbook::serve::Editor::parse)]
    editor: Option<handbook::serve::Editor>,
    /// Another name that the preview answers to, e.g. of this machine in the
    /// network; may be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Looks at the folder twice a second, for file systems that tell of no
    /// changes (network drives, some containers)
    #[arg(long)]
    poll: bool,
}

#[derive(Debug, Clone, Args)]
struct Common {
    /// Folder of the handbook
    #[arg(short = 'C', long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Folder to write the site into [default: site, in the handbook's folder]
    #[arg(short, long, global = true, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Absolute address of the published site; outweighs handbook.yaml
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// Publishes drafts too
    #[arg(long, global = true)]
    drafts: bool,
    /// Only what this audience of handbook.yaml may see
    #[arg(long, global = true, value_name = "NAME")]
    audience: Option<String>,
    /// Day the site is built for [default: today, or SOURCE_DATE_EPOCH]
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = handbook::yaml::parse_date)]
    date: Option<Date>,
    /// How findings are printed
    #[arg(long, global = true, value_enum, default_value_t = FormatArg::Human)]
    format: FormatArg,
    /// Warnings count as errors
    #[arg(long, global = true)]
    deny_warnings: bool,
    /// Prints findings only
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Prints more: notes, sizes, what was reused
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
    /// Colour
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    color: ColorArg,
    /// Prints how long each stage took
    #[arg(long, global = true)]
    timings: bool,
    /// Language of what is printed: zh or en [default: the handbook's]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    /// The language found by that, or by what is known of the handbook.
    #[arg(skip)]
    spoken: Cell<Language>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Human,
    Json,
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorArg {
    Auto,
    Always,
    Never,
}

/// `--base-url`, read here and not by clap, which would print a password in it.
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

    /// The settings by themselves, for what must be known before all is read;
    /// what is wrong with them is found later.
    fn config(project: &Project) -> Result<Config, Failure> {
        let mut sources = Sources::default();
        sources.config = project.read_config().map_err(|found| found.message)?;
        Ok(editions::config(&sources))
    }

    /// The language that the program speaks in this run.
    fn language(&self) -> Language {
        self.spoken.get()
    }

    /// Speaks the handbook's language from now on, unless `--lang` asks for another.
    fn speak_as(&self, handbook: &handbook::handbook::Handbook) {
        if self.lang.is_none()
            && let Some(language) = Language::from_tag(&handbook.language)
        {
            self.spoken.set(language);
        }
    }

    fn format(&self) -> Format {
        match self.format {
            FormatArg::Human => Format::Human,
            FormatArg::Json => Format::Json,
            FormatArg::Github => Format::Github,
        }
    }

    /// A run as the options say.
    fn request(&self) -> Result<Request, Failure> {
        let mut request = Request::new(self.today()?);
        request.drafts = self.drafts;
        request.base_url.clone_from(&self.base_url);
        request.audience.clone_from(&self.audience);
        Ok(request)
    }

    /// Whether no day was given, so that it is the one on which somebody looks.
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
    let mut cli = Cli::parse();
    match cli.common.color {
        ColorArg::Auto => {}
        ColorArg::Always => anstream::ColorChoice::Always.write_global(),
        ColorArg::Never => anstream::ColorChoice::Never.write_global(),
    }
    let language = language::choose(&cli.common);
    cli.common.spoken.set(*language.as_ref().unwrap_or(&Language::ENGLISH));
    let base_url = cli.common.base_url.as_deref().map(base_url).transpose();
    match language.and(base_url).and_then(|base_url| {
        cli.common.base_url = base_url;
        carry_out(&cli)
    }) {
        Ok(code) => code,
        Err(failure) => {
            output::failure(&cli.common, &failure);
            ExitCode::from(2)
        }
    }
}

fn carry_out(cli: &Cli) -> Result<ExitCode, Failure> {
    let common = &cli.common;
    match &cli.verb {
        Verb::Init { dir } => init::run(dir, common),
        Verb::New { path, title } => new::run(path, title.as_deref(), common),
        Verb::Build(args) => {
            let mut options = Options::default();
            options.precompress = args.precompress;
            options.consent = args.consent.read();
            build::run(common, Run::Build(options), args.all_audiences)
        }
        Verb::Publish(args) => publish::run(args, common),
        Verb::Check { external, all_audiences } => {
            build::run(common, Run::Check { external: *external }, *all_audiences)
        }
        Verb::Search { query, json, limit } => search::run(&query.join(" "), *json, *limit, common),
        Verb::Serve(args) => serve::run(args, common),
        Verb::Host(args) => host::run(args, common),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "handbook", &mut script);
            output::write_stdout(&script)
        }
    }
}
