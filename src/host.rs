//! Configurations for the programs that publish a site: web servers, a container, a timer,
//! continuous integration.
//!
//! They are pure functions of [`Settings`]; the command line prints or writes the result. The
//! templates are in `src/host/`. What all web servers have in common (headers, caching, files that
//! are never sent) is in `policy`, so that it cannot differ between them.

mod caching;
mod comments;
mod name;
mod policy;
mod render;
mod settings;

pub use caching::{cache_control, is_immutable};
pub use settings::{Program, Settings, Zone, base_path};

use crate::locale::{Language, Message};
use xxhash_rust::xxh3::xxh3_64;

/// What a configuration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// nginx, 1.18 or later.
    Nginx,
    /// Caddy 2.
    Caddy,
    /// Apache 2.4.
    Apache,
    /// An image made with podman or docker.
    Container,
    /// A service and a timer that pull and build.
    Systemd,
    /// GitHub Actions and Pages.
    Github,
    /// GitLab CI and Pages.
    Gitlab,
    /// Gitea (or Forgejo) Actions.
    Gitea,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Nginx,
        Self::Caddy,
        Self::Apache,
        Self::Container,
        Self::Systemd,
        Self::Github,
        Self::Gitlab,
        Self::Gitea,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Apache => "apache",
            Self::Container => "container",
            Self::Systemd => "systemd",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Gitea => "gitea",
        }
    }

    /// Whether it builds the site unattended.
    #[must_use]
    pub const fn builds(self) -> bool {
        match self {
            Self::Nginx | Self::Caddy | Self::Apache => false,
            Self::Container | Self::Systemd | Self::Github | Self::Gitlab | Self::Gitea => true,
        }
    }

    /// Template and path of each of its files, the main one first. The files of two audiences of one
    /// handbook do not collide, except those that can exist only once.
    fn files(self, settings: &Settings) -> Vec<(&'static str, String)> {
        let audience = settings.audience.as_deref();
        let hosting = |file: &str| match audience {
            Some(audience) => format!("hosting/{audience}/{file}"),
            None => format!("hosting/{file}"),
        };
        let named = |stem: &str, join: char, end: &str| match audience {
            Some(audience) => format!("{stem}{join}{audience}{end}"),
            None => format!("{stem}{end}"),
        };
        let unit = |end: &str| hosting(&format!("handbook-{}.{end}", settings.name()));
        let mut files = match self {
            Self::Nginx => vec![("nginx.conf", hosting("nginx.conf"))],
            Self::Caddy => vec![("Caddyfile", hosting("Caddyfile"))],
            Self::Apache => vec![("apache.conf", hosting("apache.conf"))],
            Self::Container => vec![
                ("Containerfile", named("Containerfile", '.', "")),
                ("containerignore", ".containerignore".to_owned()),
                // Docker looks for its own name only.
                ("containerignore", ".dockerignore".to_owned()),
                ("nginx.conf", hosting("container.conf")),
            ],
            Self::Systemd => {
                vec![("handbook.service", unit("service")), ("handbook.timer", unit("timer"))]
            }
            Self::Github => vec![("github.yml", named(".github/workflows/handbook", '-', ".yml"))],
            Self::Gitlab => vec![("gitlab.yml", ".gitlab-ci.yml".to_owned())],
            Self::Gitea => vec![("gitea.yml", named(".gitea/workflows/handbook", '-', ".yml"))],
        };
        if settings.oidc.is_some() && matches!(self, Self::Nginx | Self::Caddy) {
            files.push(("oauth2-proxy.cfg", hosting("oauth2-proxy.cfg")));
        }
        files
    }
}

/// A file of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Where it belongs, from the handbook's folder.
    pub path: String,
    /// Its text; the first line says what generated it.
    pub text: String,
}

impl File {
    /// A file with a first line that says what generated it, for a target of this name.
    #[must_use]
    pub fn signed(path: &str, language: Language, target: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: signed(language, target, text) }
    }
}

/// The files of a configuration, the main one first.
///
/// # Errors
/// A message about a setting that cannot be written in such a file, or is missing.
pub fn files(target: Target, settings: &Settings) -> Result<Vec<File>, Message> {
    settings.check(target)?;
    let files = target.files(settings);
    let make = |(template, path): &(&'static str, String)| {
        let text = render::render(template, target, settings, &files)?;
        Ok(File { path: path.clone(), text: signed(settings.language, target.name(), &text) })
    };
    files.iter().map(make).collect()
}

/// Adds a first line that says what generated the text, with a hash of the text.
fn signed(language: Language, target: &str, text: &str) -> String {
    let hash = format!("{:016x}", xxh3_64(text.as_bytes()));
    format!("# {}\n{text}", comments::signature(language, target, &hash))
}

/// Whether a file was generated here and has not been changed since. Its first line contains the hash
/// of all others, whatever language it is in.
#[must_use]
pub fn is_untouched(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let hash = format!("{:016x}", xxh3_64(rest.as_bytes()));
    first.starts_with("# ") && first.contains("handbook host ") && first.contains(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_makes_files_that_say_who_made_them() {
        let mut settings = Settings::new("手册");
        settings.domain = Some("intranet.example.com".to_owned());
        settings.base = "/制度/".to_owned();
        for (oidc, language) in
            [(false, Language::ENGLISH), (true, Language::ENGLISH), (true, Language::CHINESE)]
        {
            settings.oidc = oidc.then(|| "https://login.example.com".to_owned());
            settings.language = language;
            for target in Target::ALL {
                let files = files(target, &settings).expect("a configuration");
                assert!(!files.is_empty());
                for file in files {
                    assert!(is_untouched(&file.text), "{}", file.path);
                    assert!(!file.text.contains("unsafe-") && !file.text.contains("{%"), "{}", file.text);
                }
            }
        }
    }

    #[test]
    fn a_changed_file_is_known() {
        let text = signed(Language::CHINESE, "nginx", "a;\nb;\n");
        assert!(is_untouched(&text));
        assert!(!is_untouched(&text.replace("b;", "c;")));
        assert!(!is_untouched("server {}\n") && !is_untouched(""));
    }
}
