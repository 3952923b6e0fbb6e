//! From settings to text: the values that the templates read.

use super::policy::{self, Header, Text};
use super::{Program, Settings, Target};
use crate::text::encode_path;
use serde::Serialize;
use tera::{Context, Tera};

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
    site: &'a str,
    checkout: &'a str,
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
    /// What a build is told of it.
    told: String,
    /// What makes names of two handbooks on one server differ.
    suffix: String,
    listen: &'a str,
    /// Address and port of `listen`, each empty where it is not said.
    listen_address: &'a str,
    listen_port: &'a str,
    certificate: Option<&'a str>,
    key: Option<&'a str>,
    oidc: Option<&'a str>,
    brotli: bool,
    branch: &'a str,
    /// What a shell runs to install the program, and the git address it takes.
    install: String,
    source: &'a str,
    program_is_here: bool,
    container: bool,
    version: &'static str,
    pages: &'static str,
    attachments: &'static str,
    active: &'static str,
    hashed: &'static str,
    date: &'static str,
    long: String,
    brief: &'static str,
    headers: &'static [Header],
    texts: &'static [Text],
}

/// The text of a template.
pub(super) fn render(template: &str, target: Target, settings: &Settings) -> Result<String, String> {
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<&str>::new());
    tera.add_raw_templates(TEMPLATES.iter().copied()).map_err(|error| error.to_string())?;
    let inside;
    let settings = match target {
        Target::Container => {
            inside = in_container(settings);
            &inside
        }
        _ => settings,
    };
    let context = Context::from_serialize(&view(target, settings)).map_err(|error| error.to_string())?;
    tera.render(template, &context).map_err(|error| error.to_string())
}

/// Within an image the paths are its own, and TLS ends before it.
fn in_container(settings: &Settings) -> Settings {
    let mut inside = settings.clone();
    inside.site = "/srv/handbook".to_owned();
    inside.listen = Some("8080".to_owned());
    inside.certificate = None;
    inside.oidc = None;
    inside.domain = None;
    inside.brotli = false;
    inside
}

fn view(target: Target, settings: &Settings) -> View<'_> {
    let listen = settings.listen.as_deref().unwrap_or("");
    let (listen_address, listen_port) = listen.rsplit_once(':').unwrap_or(("", listen));
    let certificate = settings.certificate.as_ref();
    let private = settings.oidc.is_some();
    View {
        title: comment(&settings.title),
        site: settings.site.trim_end_matches('/'),
        checkout: settings.checkout.trim_end_matches('/'),
        domain: settings.domain.as_deref().unwrap_or(""),
        base: &settings.base,
        base_regex: regex(&settings.base),
        base_stem: settings.base.trim_end_matches('/'),
        stem_regex: regex(settings.base.trim_end_matches('/')),
        base_encoded: encode_path(&settings.base),
        stem_encoded: encode_path(settings.base.trim_end_matches('/')),
        base_url: settings.base_url.as_deref().unwrap_or(""),
        told: settings
            .base_url
            .as_ref()
            .filter(|_| settings.tell_base_url)
            .map_or_else(String::new, |url| format!(" --base-url {url}")),
        suffix: suffix(&settings.base),
        listen,
        listen_address,
        listen_port,
        certificate: certificate.map(|pair| pair.0.as_str()),
        key: certificate.map(|pair| pair.1.as_str()),
        oidc: settings.oidc.as_deref(),
        brotli: settings.brotli,
        branch: &settings.branch,
        install: install(&settings.program),
        source: match &settings.program {
            Program::Git(url) => url,
            Program::Unknown | Program::Here => "",
        },
        program_is_here: settings.program == Program::Here,
        container: target == Target::Container,
        version: env!("CARGO_PKG_VERSION"),
        pages: policy::PAGES,
        attachments: policy::ATTACHMENTS,
        active: policy::ACTIVE,
        hashed: policy::HASHED,
        date: policy::DATE,
        long: format!("{}, {}", if private { "private" } else { "public" }, policy::LONG),
        brief: if private { "private, no-cache" } else { "no-cache" },
        headers: policy::HEADERS,
        texts: policy::TEXTS,
    }
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

/// `_a_b` for `/a/b/`; nothing for the usual places.
fn suffix(base: &str) -> String {
    if matches!(base, "/" | "/handbook/") {
        return String::new();
    }
    let letters = base.trim_matches('/').chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c if c.is_ascii() => "_".to_owned(),
        c => format!("{:x}", u32::from(c)),
    });
    format!("_{}", letters.collect::<String>())
}

fn install(program: &Program) -> String {
    match program {
        Program::Here => "cargo install --locked --path .".to_owned(),
        Program::Git(_) | Program::Unknown => {
            "cargo install --locked --git \"${HANDBOOK_SOURCE:?set it to the git address of the program handbook}\" \
             ${HANDBOOK_REVISION:+--rev \"$HANDBOOK_REVISION\"} handbook"
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_in_its_comment() {
        assert_eq!(comment("a\nserver {}\r\n\\"), "a server {}");
    }

    #[test]
    fn names_of_two_handbooks_differ() {
        assert_eq!([suffix("/"), suffix("/a/b/"), suffix("/制/")], ["", "_a_b", "_5236"]);
    }
}
