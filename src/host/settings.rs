//! What a configuration is made from, and which values it refuses.
//!
//! Values stand unquoted or between quotation marks in eight languages. Instead
//! of quoting for each, what any of them could mistake is refused by name.

use super::Target;
use super::name::is_name;
use crate::locale::{Language, Message};
use crate::message;
use percent_encoding::percent_decode_str;

/// Where the program `handbook` comes from, for those that must install it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Program {
    /// Not known; the configuration asks for it when it runs.
    #[default]
    Unknown,
    /// A git repository.
    Git(String),
    /// The handbook's own folder holds its source.
    Here,
}

/// What a configuration is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Title of the handbook, for comments.
    pub title: String,
    /// Language of the comments.
    pub language: Language,
    /// What the site is called on a server; made of title, address and audience
    /// where it is not given.
    pub name: Option<String>,
    /// Folder on the server that holds the site; by its name where it is not given.
    pub site: Option<String>,
    /// Folder on the server that holds the handbook's sources; as `site`.
    pub checkout: Option<String>,
    /// Name of the server.
    pub domain: Option<String>,
    /// Path of the site on the server, with `/` at both ends, not encoded.
    pub base: String,
    /// Absolute address of the site, where it is known.
    pub base_url: Option<String>,
    /// Whether a build must be told that address, since handbook.yaml does not say it.
    pub tell_base_url: bool,
    /// The audience that a build is for, by its key.
    pub audience: Option<String>,
    /// Whether the handbook has chapters that not everyone may read.
    pub restricted: bool,
    /// Where the days begin on which rules come into force; `None` for the
    /// machine's own.
    pub zone: Option<Zone>,
    /// Port, or address and port, to listen at.
    pub listen: Option<String>,
    /// Files of the certificate and of its key.
    pub certificate: Option<(String, String)>,
    /// Address of the OpenID Connect provider that people sign in at.
    pub oidc: Option<String>,
    /// Whether nginx has the module for .br files.
    pub brotli: bool,
    /// Branch that is published.
    pub branch: String,
    /// Where the program comes from.
    pub program: Program,
    /// Port of this machine at which oauth2-proxy answers.
    pub oidc_port: u16,
}

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Zone {
    /// Its name in the tz database, e.g. `Asia/Shanghai`.
    pub name: String,
    /// Hours and minutes at which its days begin, in UTC: one, or two where clocks
    /// are put forward in summer.
    pub midnights: Vec<(u8, u8)>,
}

impl Zone {
    /// A zone of this name, whose days begin at these times.
    #[must_use]
    pub const fn new(name: String, midnights: Vec<(u8, u8)>) -> Self {
        Self { name, midnights }
    }
}

impl Settings {
    /// The usual settings for a handbook of this title.
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            language: Language::ENGLISH,
            name: None,
            site: None,
            checkout: None,
            domain: None,
            base: "/".to_owned(),
            base_url: None,
            tell_base_url: false,
            audience: None,
            restricted: false,
            zone: None,
            listen: None,
            certificate: None,
            oidc: None,
            brotli: false,
            branch: "main".to_owned(),
            program: Program::Unknown,
            oidc_port: 4180,
        }
    }

    /// What the site is called on a server.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            super::name::site_name(&self.title, self.base_url.as_deref(), self.audience.as_deref())
        })
    }

    /// Folder on the server that holds the site.
    #[must_use]
    pub fn site(&self) -> String {
        self.site.clone().unwrap_or_else(|| format!("/srv/handbook/{}", self.name()))
    }

    /// Folder on the server that holds the handbook's sources.
    #[must_use]
    pub fn checkout(&self) -> String {
        self.checkout.clone().unwrap_or_else(|| format!("/srv/handbook-source/{}", self.name()))
    }

    /// Takes over what an absolute address says: the server's name and the path.
    pub fn read_base_url(&mut self, url: &str) {
        let Some((_, rest)) = url.split_once("://") else { return };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit()));
        self.domain = Some(name.map_or(host, |(name, _)| name).to_owned());
        if let Some(base) = base_path(path) {
            self.base = base;
        }
        self.base_url = Some(url.to_owned());
    }

    /// What cannot be written in a configuration, in words.
    pub(super) fn check(&self, target: Target) -> Result<(), Message> {
        if self.name.as_ref().is_some_and(|name| !is_name(name)) {
            return Err(message!("host-wrong-name"));
        }
        for (option, value) in [("--site", self.site()), ("--checkout", self.checkout())] {
            absolute(option, &value)?;
        }
        if let Some((certificate, key)) = &self.certificate {
            absolute("--certificate", certificate)?;
            absolute("--key", key)?;
        }
        if base_path(&self.base).as_ref() != Some(&self.base) {
            return Err(message!("host-wrong-base", written = &self.base));
        }
        let plain =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']' | '/');
        let words = [
            ("--domain", self.domain.as_deref(), "handbook.example.com"),
            ("--listen", self.listen.as_deref(), "127.0.0.1:8080"),
            ("--branch", Some(self.branch.as_str()), "main"),
            ("--timezone", self.zone.as_ref().map(|zone| zone.name.as_str()), "Asia/Shanghai"),
        ];
        for (option, value, example) in words {
            if let Some(value) = value.filter(|value| value.is_empty() || !value.chars().all(plain)) {
                return Err(message!(
                    "host-wrong-value",
                    option = option,
                    written = value,
                    example = example
                ));
            }
        }
        let is_url = |url: &str| url.chars().all(|c| plain(c) || c.is_alphanumeric() || "@~%".contains(c));
        let git = match &self.program {
            Program::Git(url) => Some(url),
            Program::Unknown | Program::Here => None,
        };
        // A configuration is committed and read by many. With `ssh://`, or with no
        // scheme at all, what stands before `@` is a user without a password.
        let web = |url: &&String| url.starts_with("http://") || url.starts_with("https://");
        let secret = |url: &String| url.split('/').nth(2).is_some_and(|host| host.contains('@'));
        let all = || git.into_iter().chain(&self.oidc).chain(&self.base_url);
        if all().filter(web).any(secret) {
            return Err(message!("host-secret-in-address"));
        }
        if let Some(url) = all().find(|url| !is_url(url)) {
            return Err(message!("host-wrong-address", address = url));
        }
        if self.oidc.is_some() && self.domain.is_none() && target.is_server() {
            return Err(message!("host-no-domain"));
        }
        Ok(())
    }
}

impl Target {
    /// Whether it answers browsers.
    pub(super) const fn is_server(self) -> bool {
        matches!(self, Self::Nginx | Self::Caddy | Self::Apache | Self::Container)
    }
}

/// An absolute path of a Unix system, of characters that mean nothing else.
fn absolute(option: &str, path: &str) -> Result<(), Message> {
    if !path.starts_with('/') || path.contains("/../") {
        return Err(message!("host-wrong-path", option = option, written = path));
    }
    match path.chars().find(|c| !is_safe(*c)) {
        Some(c) => Err(message!(
            "host-wrong-character",
            option = option,
            written = path,
            character = c.escape_debug().to_string(),
        )),
        None => Ok(()),
    }
}

/// Whether a character is itself in all the languages, even without quotes.
fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '~' | '@')
}

/// A path of an address, with `/` at both ends and decoded; `None` where it
/// could not be written in a configuration.
#[must_use]
pub fn base_path(written: &str) -> Option<String> {
    let decoded = percent_decode_str(written.trim_matches('/')).decode_utf8().ok()?;
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty()).collect();
    let wrong = parts.iter().any(|part| part.starts_with('.') || !part.chars().all(is_safe));
    (!wrong).then(|| parts.iter().fold("/".to_owned(), |path, part| format!("{path}{part}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_name_and_path() {
        let mut settings = Settings::new("");
        settings.read_base_url("https://intranet.example.com:8443/%E5%88%B6%E5%BA%A6/a/");
        assert_eq!(settings.domain.as_deref(), Some("intranet.example.com"));
        assert_eq!(settings.base, "/制度/a/");
        settings.read_base_url("http://[::1]/");
        assert_eq!((settings.domain.as_deref(), settings.base.as_str()), (Some("[::1]"), "/"));
    }

    #[test]
    fn what_a_configuration_could_mistake_is_refused() {
        let with = |change: &dyn Fn(&mut Settings)| {
            let mut settings = Settings::new("");
            change(&mut settings);
            settings.check(Target::Nginx)
        };
        assert_eq!(with(&|_| ()), Ok(()));
        assert_eq!(with(&|settings| settings.site = Some("/srv/制度/site".to_owned())), Ok(()));
        for path in ["relative", "/a;b", "/a b", "/a$b", "/a\"b", "/a\nb", "/a{b", "/a%b", "/a/../b"] {
            assert!(with(&|settings| settings.site = Some(path.to_owned())).is_err(), "{path}");
        }
        for base in ["handbook", "/a b/", "/../", "/.git/", "/a;/", "/a$/", "/a"] {
            assert!(with(&|settings| settings.base = base.to_owned()).is_err(), "{base}");
        }
        assert!(with(&|settings| settings.domain = Some("a;b".to_owned())).is_err());
        assert!(with(&|settings| settings.listen = Some("80; }".to_owned())).is_err());
        assert!(with(&|settings| settings.branch = String::new()).is_err());
        assert!(with(&|settings| settings.oidc = Some("https://a\"".to_owned())).is_err());
        assert!(with(&|settings| settings.oidc = Some("https://a".to_owned())).is_err(), "no domain");
        assert!(with(&|settings| settings.base_url = Some("https://a/$(x)/".to_owned())).is_err());
        assert!(with(&|settings| settings.program = Program::Git("$(x)".to_owned())).is_err());
        for git in ["https://t0ken@git.example.com/h.git", "http://u:t0ken@a/h"] {
            let words = with(&|settings| settings.program = Program::Git(git.to_owned())).expect_err(git);
            assert!(!format!("{words:?}").contains("t0ken"), "{words:?}");
        }
        for git in ["git@git.example.com:hr/h.git", "ssh://git@a/h"] {
            assert_eq!(with(&|settings| settings.program = Program::Git(git.to_owned())), Ok(()), "{git}");
        }
        assert!(with(&|settings| settings.name = Some("../x".to_owned())).is_err());
    }
}
