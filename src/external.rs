//! Checks external links: whether their URLs still work.
//!
//! Only `check --external` does, since it needs the network and its result is not a function
//! of the project. Each URL is requested once, by HEAD, and by GET where a server does not
//! support that. A response that says nothing about the page (a login, too many requests)
//! gives no diagnostic.

use crate::diagnostic::Diagnostic;
use crate::handbook::Handbook;
use crate::handbook::link::is_external;
use crate::locale::Value;
use crate::message;
use crate::rule;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use ureq::Agent;
use ureq::http::StatusCode;

/// URLs that are requested at a time.
const PARALLEL: usize = 12;
/// How long a response may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How many redirects are followed.
const MAX_REDIRECTS: usize = 6;

/// Where a URL is linked from.
#[derive(Debug, Clone)]
struct SourceLocation {
    path: Arc<str>,
    /// `None` where the file has no place for it.
    span: Option<Span>,
}

/// Every URL that the handbook links to, with the places that do.
fn urls(handbook: &Handbook) -> BTreeMap<String, Vec<SourceLocation>> {
    let mut all: BTreeMap<String, Vec<SourceLocation>> = BTreeMap::new();
    let mut add = |url: &str, path: &Arc<str>, span: Option<Span>| {
        let url = url.split('#').next().unwrap_or("").trim();
        if is_external(url) && (url.starts_with("http://") || url.starts_with("https://")) {
            let location = SourceLocation { path: Arc::clone(path), span };
            all.entry(url.to_owned()).or_default().push(location);
        }
    };
    for chapter in &handbook.chapters {
        let path = &chapter.source.path;
        for link in chapter.document.links.iter().filter(|link| !link.wiki) {
            add(&link.dest, path, Some(link.span.clone()));
        }
        for image in &chapter.document.images {
            add(&image.dest, path, Some(image.span.clone()));
        }
    }
    let settings: Arc<str> = "handbook.yaml".into();
    for entry in &handbook.config.external_references {
        if let Some(url) = &entry.url {
            add(url, &settings, None);
        }
    }
    all
}

/// Requests every external URL and reports which are dead or permanently redirected.
#[must_use]
pub fn check(handbook: &Handbook) -> Vec<Diagnostic> {
    let urls: Vec<(String, Vec<SourceLocation>)> = urls(handbook).into_iter().collect();
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("handbook/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .build()
        .into();
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![Outcome::Fine; urls.len()]);
    std::thread::scope(|scope| {
        for _ in 0..PARALLEL.min(urls.len()) {
            scope.spawn(|| {
                while let Some((index, (url, _))) = take(&next, &urls) {
                    let outcome = probe(&agent, url);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes[index] = outcome;
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_default();
    urls.iter()
        .zip(outcomes)
        .flat_map(|((url, locations), outcome)| diagnostics(url, locations, &outcome))
        .collect()
}

fn take<'a, T>(next: &AtomicUsize, list: &'a [T]) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    list.get(index).map(|entry| (index, entry))
}

/// What came of requesting a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// A page, or a response that says nothing about it.
    Fine,
    /// Permanently redirected to this URL.
    Moved(String),
    /// Nothing, for this reason.
    Dead(Value),
}

fn probe(agent: &Agent, url: &str) -> Outcome {
    let mut current = url.to_owned();
    let mut permanent = true;
    for _ in 0..MAX_REDIRECTS {
        let (status, location) = match request(agent, &current) {
            Ok(response) => response,
            Err(reason) => return Outcome::Dead(reason),
        };
        if status.is_redirection() {
            let Some(next) = location.and_then(|to| joined(&current, &to)) else { return Outcome::Fine };
            permanent &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            current = next;
            continue;
        }
        // No permission, too many requests, unknown method: the page may exist.
        let says_nothing =
            matches!(status.as_u16(), 401 | 402 | 403 | 405 | 406 | 407 | 408 | 423 | 425 | 429 | 451 | 501);
        return match status {
            _ if says_nothing => Outcome::Fine,
            status if status.is_client_error() || status.is_server_error() => {
                Outcome::Dead(message!("dead-link-status", status = status.to_string()).into())
            }
            _ if permanent && current != url => Outcome::Moved(current),
            _ => Outcome::Fine,
        };
    }
    Outcome::Dead(message!("dead-link-endless").into())
}

/// Status and `Location` of a response, to HEAD, else to GET.
fn request(agent: &Agent, url: &str) -> Result<(StatusCode, Option<String>), Value> {
    let location = |response: &ureq::http::Response<ureq::Body>| {
        let header = response.headers().get("location").and_then(|value| value.to_str().ok());
        (response.status(), header.map(str::to_owned))
    };
    let unsupported = |status: StatusCode| matches!(status.as_u16(), 400 | 403 | 404 | 405 | 500 | 501);
    match agent.head(url).call() {
        Ok(response) if !unsupported(response.status()) => Ok(location(&response)),
        Ok(_) | Err(_) => match agent.get(url).call() {
            Ok(response) => Ok(location(&response)),
            Err(error) => Err(reason(&error)),
        },
    }
}

fn reason(error: &ureq::Error) -> Value {
    Value::from(match error {
        ureq::Error::HostNotFound => message!("dead-link-host"),
        ureq::Error::Timeout(_) => message!("dead-link-time", seconds = TIMEOUT.as_secs()),
        ureq::Error::Io(error) => return error.into(),
        other => message!("dead-link-failed", detail = other.to_string()),
    })
}

/// The URL of a `Location` header, which may be relative (RFC 9110, 10.2.2).
fn joined(base: &str, location: &str) -> Option<String> {
    if location.starts_with("http://") || location.starts_with("https://") {
        return Some(location.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let host = rest.split(['/', '?']).next()?;
    if location.starts_with('/') {
        return Some(format!("{scheme}://{host}{location}"));
    }
    let path = rest[host.len()..].split('?').next()?;
    let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
    Some(format!("{scheme}://{host}{folder}{location}"))
}

fn diagnostics(url: &str, locations: &[SourceLocation], outcome: &Outcome) -> Vec<Diagnostic> {
    let at = |location: &SourceLocation| {
        let diagnostic = match outcome {
            Outcome::Fine => return None,
            Outcome::Moved(to) => Diagnostic::new(&rule::MOVED_LINK, message!("moved-link", address = url))
                .help(message!("moved-link.help", right = to)),
            Outcome::Dead(reason) => {
                let message = message!("dead-link", address = url, reason = reason.clone());
                Diagnostic::new(&rule::DEAD_LINK, message).help(message!("dead-link.help"))
            }
        };
        Some(diagnostic.at(&location.path, location.span.clone()))
    };
    locations.iter().filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_may_be_relative() {
        for (location, whole) in [
            ("https://b/x", "https://b/x"),
            ("//b/x", "http://b/x"),
            ("/x", "http://a:80/x"),
            ("x?q", "http://a:80/d/x?q"),
        ] {
            assert_eq!(joined("http://a:80/d/e?f=/g", location).as_deref(), Some(whole));
        }
        assert_eq!(joined("http://a", "x").as_deref(), Some("http://a/x"));
    }
}
