//! Renders configurations: the values that the templates read.

use super::policy::{self, Header};
use super::{Program, Settings, Target, comments};
use crate::locale::Message;
use crate::media;
use crate::message;
use crate::text::encode_path;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera};
use xxhash_rust::xxh3::xxh3_64;

/// The templates by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("nginx.conf", include_str!("nginx.conf.tera")),
    ("Caddyfile", include_str!("Caddyfile.tera")),
    ("apache.conf", include_str!("apache.conf.tera")),
    ("oauth2-proxy.cfg", include_str!("oauth2-proxy.cfg.tera")),
    ("Containerfile", include_str!("Containerfile.tera")),
    ("containerignore", include_str!("containerignore.tera")),
    ("handbook.service", include_str!("handbook.service.tera")),
    ("handbook.timer", include_str!("handbook.timer.tera")),
    ("github.yml", include_str!("github.yml.tera")),
    ("gitlab.yml", include_str!("gitlab.yml.tera")),
    ("gitea.yml", include_str!("gitea.yml.tera")),
];

/// What the templates read.
#[derive(Debug, Serialize)]
struct View<'a> {
    title: String,
    /// Comments, by name.
    words: BTreeMap<&'static str, String>,
    /// The name that distinguishes handbooks on one server, and the same without `-`.
    name: String,
    variable: String,
    site: String,
    checkout: String,
    domain: &'a str,
    /// `/handbook/`
    base: &'a str,
    /// The same as a regular expression.
    base_regex: String,
    /// The same without its last slash; empty for the root.
    base_stem: &'a str,
    stem_regex: String,
    /// The same, encoded for a header.
    base_encoded: String,
    stem_encoded: String,
    base_url: &'a str,
    /// Options of `handbook build`.
    options: String,
    /// Who may read the site; empty for everyone.
    audience: &'a str,
    private: bool,
    zone: &'a str,
    /// When its days begin, in UTC, in cron syntax.
    midnights: Vec<String>,
    listen: &'a str,
    /// Address and port of `listen`, each empty if it is not given.
    listen_address: &'a str,
    listen_port: &'a str,
    certificate: Option<&'a str>,
    key: Option<&'a str>,
    oidc: Option<&'a str>,
    oidc_port: u16,
    brotli: bool,
    branch: &'a str,
    /// The shell command that installs the program, and the git address that it uses.
    install: String,
    source: &'a str,
    program_is_here: bool,
    container: bool,
    /// Paths of the configuration's files by template, without the dots of names.
    paths: BTreeMap<String, &'a str>,
    version: &'static str,
    pages: &'static str,
    attachments: &'static str,
    active: String,
    active_type: &'static str,
    shown_folders: &'static str,
    hashed: &'static str,
    hash: &'static str,
    date: &'static str,
    long: String,
    brief: String,
    headers: &'static [Header],
    texts: Vec<Text>,
    /// Types of texts that have an encoding, and of those that are compressed on the way.
    charset_types: String,
    packed_types: String,
    /// Endings of texts with an encoding, each with its dot.
    charset_endings: String,
}

/// The text of a template.
pub(super) fn render(
    template: &str,
    target: Target,
    settings: &Settings,
    files: &[(&'static str, String)],
) -> Result<String, Message> {
    let failed = |error: tera::Error| message!("host-template-failed", reason = error.to_string());
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<&str>::new());
    comments::register(&mut tera);
    tera.add_raw_templates(TEMPLATES.iter().copied()).map_err(failed)?;
    let inside;
    let settings = match target {
        Target::Container => {
            inside = in_container(settings);
            &inside
        }
        _ => settings,
    };
    let context = Context::from_serialize(&view(target, settings, files)).map_err(failed)?;
    tera.render(template, &context).map_err(failed)
}

/// An image has paths of its own, and TLS is terminated before it.
fn in_container(settings: &Settings) -> Settings {
    let mut inside = settings.clone();
    inside.name = Some(settings.name());
    inside.site = Some("/srv/handbook".to_owned());
    inside.listen = Some("8080".to_owned());
    inside.certificate = None;
    inside.oidc = None;
    inside.domain = None;
    inside.brotli = false;
    inside
}

fn view<'a>(target: Target, settings: &'a Settings, files: &'a [(&'static str, String)]) -> View<'a> {
    let listen = settings.listen.as_deref().unwrap_or("");
    let (listen_address, listen_port) = listen.rsplit_once(':').unwrap_or(("", listen));
    let certificate = settings.certificate.as_ref();
    let private = settings.oidc.is_some() || settings.audience.is_some() || settings.restricted;
    let name = settings.name();
    let title = comment(&settings.title);
    let main = files.first().map_or("", |(_, path)| path.as_str());
    View {
        words: comments::template_messages(target, settings, &title, main),
        title,
        variable: variable(&name),
        name,
        site: settings.site().trim_end_matches('/').to_owned(),
        checkout: settings.checkout().trim_end_matches('/').to_owned(),
        domain: settings.domain.as_deref().unwrap_or(""),
        base: &settings.base,
        base_regex: regex(&settings.base),
        base_stem: settings.base.trim_end_matches('/'),
        stem_regex: regex(settings.base.trim_end_matches('/')),
        base_encoded: encode_path(&settings.base),
        stem_encoded: encode_path(settings.base.trim_end_matches('/')),
        base_url: settings.base_url.as_deref().unwrap_or(""),
        options: build_options(settings),
        audience: settings.audience.as_deref().unwrap_or(""),
        private,
        zone: settings.zone.as_ref().map_or("", |zone| &zone.name),
        midnights: midnights(settings),
        listen,
        listen_address,
        listen_port,
        certificate: certificate.map(|pair| pair.0.as_str()),
        key: certificate.map(|pair| pair.1.as_str()),
        oidc: settings.oidc.as_deref(),
        oidc_port: settings.oidc_port,
        brotli: settings.brotli,
        branch: &settings.branch,
        install: install(settings),
        source: match &settings.program {
            Program::Git(url) => url,
            Program::Unknown | Program::Here => "",
        },
        program_is_here: settings.program == Program::Here,
        container: target == Target::Container,
        paths: files.iter().map(|(template, path)| (template.replace('.', "_"), path.as_str())).collect(),
        version: env!("CARGO_PKG_VERSION"),
        pages: policy::PAGES,
        attachments: policy::ATTACHMENTS,
        active: media::active_expression(),
        active_type: policy::ACTIVE_TYPE,
        shown_folders: policy::SHOWN_FOLDERS,
        hashed: policy::HASHED,
        hash: policy::HASH,
        date: policy::DATE,
        long: format!("{}, {}", if private { "private" } else { "public" }, policy::LONG),
        brief: if private { format!("private, {}", policy::BRIEF) } else { policy::BRIEF.to_owned() },
        headers: policy::HEADERS,
        texts: media::texts().map(Text::of).collect(),
        charset_types: types(media::MediaType::has_charset),
        packed_types: types(|text| text.packed),
        charset_endings: charset_endings(),
    }
}

/// A type of texts as templates have it.
#[derive(Debug, Serialize)]
struct Text {
    ending: String,
    kind: &'static str,
    rare: bool,
}

impl Text {
    fn of(text: &media::MediaType) -> Self {
        Self { ending: text.expression(), kind: text.kind.unwrap_or_default(), rare: text.rare }
    }
}

/// Types of texts besides pages, of which servers need not be told, each once.
fn types(wanted: impl Fn(&media::MediaType) -> bool) -> String {
    let mut types: Vec<&str> = Vec::new();
    for text in media::texts().filter(|text| wanted(text) && text.bare() != "text/html") {
        if !types.contains(&text.bare()) {
            types.push(text.bare());
        }
    }
    types.join(" ")
}

fn charset_endings() -> String {
    let texts = media::texts().filter(|text| text.has_charset());
    let endings: Vec<String> = texts.flat_map(|text| text.endings).map(|end| format!(".{end}")).collect();
    endings.join(" ")
}

/// The options of a build.
fn build_options(settings: &Settings) -> String {
    let url = settings.base_url.as_ref().filter(|_| settings.tell_base_url);
    let url = url.map_or_else(String::new, |url| format!(" --base-url {url}"));
    let audience = settings.audience.as_ref().map_or_else(String::new, |key| format!(" --audience {key}"));
    url + &audience
}

/// A title on one line of a comment.
fn comment(title: &str) -> String {
    let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A line that ends in a backslash goes on in the next one.
    title.trim_end_matches(|c: char| c == '\\' || c.is_whitespace()).trim_start().to_owned()
}

/// A path whose letters mean themselves in a regular expression.
fn regex(path: &str) -> String {
    path.replace('.', r"\.").replace('+', r"\+")
}

/// The name as part of a variable of nginx, whose names have some 45 letters at
/// most where nobody has set `variables_hash_bucket_size`.
fn variable(name: &str) -> String {
    const LONGEST: usize = 24;
    let all = name.replace('-', "_");
    match all.get(..LONGEST - 7) {
        Some(begin) if all.len() > LONGEST => {
            format!("{begin}_{:06x}", xxh3_64(name.as_bytes()) & 0xFF_FFFF)
        }
        _ => all,
    }
}

/// A few minutes behind midnight, when the day has surely begun.
fn midnights(settings: &Settings) -> Vec<String> {
    let utc = [(0, 0)];
    let all = settings.zone.as_ref().map_or(&utc[..], |zone| &zone.midnights);
    all.iter().map(|(hour, minute)| format!("{} {hour} * * *", minute + 5)).collect()
}

fn install(settings: &Settings) -> String {
    match settings.program {
        Program::Here => "cargo install --locked --path .".to_owned(),
        Program::Git(_) | Program::Unknown => {
            let missing = settings.language.text(&message!("host-source-missing"));
            format!(
                "cargo install --locked --git \"${{HANDBOOK_SOURCE:?{missing}}}\" \
                 ${{HANDBOOK_REVISION:+--rev \"$HANDBOOK_REVISION\"}} handbook"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_short_and_differ() {
        assert_eq!(variable("staff-1a2b3c"), "staff_1a2b3c");
        let (item, two) =
            (variable("yun-ying-guan-li-shou-ce-1a2b3c"), variable("yun-ying-guan-li-shou-ce-4d5e6f"));
        assert!(item.len() == 24 && two.len() == 24 && item != two, "{item} {two}");
    }

    #[test]
    fn a_title_stays_in_its_comment() {
        assert_eq!(comment("a\nserver {}\r\n\\"), "a server {}");
    }
}
