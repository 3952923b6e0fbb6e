//! Links that lead out of the handbook: whether they still lead somewhere.
//!
//! Asked for by `check --external` only, since it reaches for the network and
//! its answer is not a function of the project. Each address is asked once, with
//! HEAD, and with GET where a server does not know that. An answer that says
//! nothing about the page (a login, too many requests) is no finding.

use crate::diagnostic::Diagnostic;
use crate::handbook::Handbook;
use crate::handbook::link::is_external;
use crate::locale::Value;
use crate::markdown::bare_addresses;
use crate::message;
use crate::rule;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use ureq::Agent;
use ureq::http::StatusCode;

/// How many addresses are asked at a time.
const AT_ONCE: usize = 12;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often an address may lead to another.
const MAX_HOPS: usize = 6;

/// A place that links to an address: the file, and where in it.
type Place = (Arc<str>, Option<Span>);

/// Every address that the handbook links to, with the places that do.
fn addresses(handbook: &Handbook) -> BTreeMap<String, Vec<Place>> {
    let mut all: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut enter = |address: &str, path: &Arc<str>, span: Option<Span>| {
        let address = address.split('#').next().unwrap_or("").trim();
        if is_external(address) && (address.starts_with("http://") || address.starts_with("https://")) {
            all.entry(address.to_owned()).or_default().push((Arc::clone(path), span));
        }
    };
    for chapter in &handbook.chapters {
        let path = &chapter.source.path;
        for link in chapter.scan.links.iter().filter(|link| !link.wiki) {
            enter(&link.dest, path, Some(link.span.clone()));
        }
        for image in &chapter.scan.images {
            enter(&image.dest, path, Some(image.span.clone()));
        }
        for (address, span) in bare_addresses(&chapter.source.text, &chapter.scan) {
            enter(&address, path, Some(span));
        }
    }
    let settings: Arc<str> = "handbook.yaml".into();
    for entry in &handbook.config.external_references {
        if let Some(address) = &entry.url {
            enter(address, &settings, None);
        }
    }
    all
}

/// Asks every outside address and says which are dead or have moved.
#[must_use]
pub fn check(handbook: &Handbook) -> Vec<Diagnostic> {
    let addresses: Vec<(String, Vec<Place>)> = addresses(handbook).into_iter().collect();
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("handbook/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .build()
        .into();
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![Answer::Fine; addresses.len()]);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(addresses.len()) {
            scope.spawn(|| {
                while let Some((at, (address, _))) = take(&next, &addresses) {
                    let answer = ask(&agent, address);
                    if let Ok(mut answers) = answers.lock() {
                        answers[at] = answer;
                    }
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_default();
    addresses
        .iter()
        .zip(answers)
        .flat_map(|((address, places), answer)| told(address, places, &answer))
        .collect()
}

fn take<'a, T>(next: &AtomicUsize, list: &'a [T]) -> Option<(usize, &'a T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    list.get(at).map(|entry| (at, entry))
}

/// What an address answers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// A page, or something that does not tell.
    Fine,
    /// For ever elsewhere.
    Moved(String),
    /// Nothing, for this reason.
    Dead(Value),
}

fn ask(agent: &Agent, address: &str) -> Answer {
    let mut here = address.to_owned();
    let mut for_ever = true;
    for _ in 0..MAX_HOPS {
        let (status, location) = match request(agent, &here) {
            Ok(answer) => answer,
            Err(reason) => return Answer::Dead(reason),
        };
        if status.is_redirection() {
            let Some(next) = location.and_then(|to| joined(&here, &to)) else { return Answer::Fine };
            for_ever &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            here = next;
            continue;
        }
        // Not allowed to see, asked too often, a method unknown: the page may be there.
        let says_nothing =
            matches!(status.as_u16(), 401 | 402 | 403 | 405 | 406 | 407 | 408 | 423 | 425 | 429 | 451 | 501);
        return match status {
            _ if says_nothing => Answer::Fine,
            status if status.is_client_error() || status.is_server_error() => {
                Answer::Dead(message!("dead-link-status", status = status.to_string()).into())
            }
            _ if for_ever && here != address => Answer::Moved(here),
            _ => Answer::Fine,
        };
    }
    Answer::Dead(message!("dead-link-endless").into())
}

/// Status and `Location` of an answer, by HEAD, else by GET.
fn request(agent: &Agent, address: &str) -> Result<(StatusCode, Option<String>), Value> {
    let location = |response: &ureq::http::Response<ureq::Body>| {
        let header = response.headers().get("location").and_then(|value| value.to_str().ok());
        (response.status(), header.map(str::to_owned))
    };
    let unknown = |status: StatusCode| matches!(status.as_u16(), 400 | 403 | 404 | 405 | 500 | 501);
    match agent.head(address).call() {
        Ok(response) if !unknown(response.status()) => Ok(location(&response)),
        Ok(_) | Err(_) => match agent.get(address).call() {
            Ok(response) => Ok(location(&response)),
            Err(error) => Err(reason(&error)),
        },
    }
}

fn reason(error: &ureq::Error) -> Value {
    Value::from(match error {
        ureq::Error::HostNotFound => message!("dead-link-host"),
        ureq::Error::Timeout(_) => message!("dead-link-time", seconds = PATIENCE.as_secs()),
        ureq::Error::Io(error) => return error.into(),
        other => message!("dead-link-failed", detail = other.to_string()),
    })
}

/// The address of a `Location` header, which may be relative (RFC 9110, 10.2.2).
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

fn told(address: &str, places: &[Place], answer: &Answer) -> Vec<Diagnostic> {
    let one = |place: &Place| {
        let found = match answer {
            Answer::Fine => return None,
            Answer::Moved(to) => {
                Diagnostic::new(&rule::MOVED_LINK, message!("moved-link", address = address))
                    .help(message!("moved-link.help", right = to))
            }
            Answer::Dead(reason) => {
                let message = message!("dead-link", address = address, reason = reason.clone());
                Diagnostic::new(&rule::DEAD_LINK, message).help(message!("dead-link.help"))
            }
        };
        Some(found.at(&place.0, place.1.clone()))
    };
    places.iter().filter_map(one).collect()
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
