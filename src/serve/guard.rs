//! Who may send requests to the preview.
//!
//! A page of a foreign site must not read a preview: not through a host name that resolves to this
//! machine (DNS rebinding), not by a request of its own script, not by including one of our
//! scripts.

use super::Preview;
use crate::locale::Message;
use crate::message;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::Arc;

/// Passes a request on or refuses it.
pub(super) async fn check(State(preview): State<Arc<Preview>>, request: Request, next: Next) -> Response {
    if let Err((status, words)) = check_headers(&preview.options.hosts, request.headers()) {
        return (status, preview.language().text(&words) + "\n").into_response();
    }
    let mut response = next.run(request).await;
    let policy = policy(response.headers());
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// An image or document that could run a script gets no rights at all, as on the servers that
/// `host` configures. Images within a page are not affected.
fn policy(headers: &HeaderMap) -> &'static str {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if crate::media::is_active_type(kind) {
        return "default-src 'none'; frame-ancestors 'none'; sandbox";
    }
    "default-src 'self'"
}

fn check_headers(hosts: &[String], headers: &HeaderMap) -> Result<(), (StatusCode, Message)> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text("host").unwrap_or("");
    if !is_own_name(name_of(host), hosts) {
        return Err((StatusCode::MISDIRECTED_REQUEST, message!("preview-foreign-name")));
    }
    let own = |origin: &str| origin.split_once("://").is_some_and(|(_, rest)| rest == host);
    if text("origin").is_some_and(|origin| !own(origin)) {
        return Err((StatusCode::FORBIDDEN, message!("preview-foreign-page")));
    }
    // A foreign page may link here, but not load a file of ours into itself.
    let foreign = matches!(text("sec-fetch-site"), Some("cross-site" | "same-site"));
    if foreign && text("sec-fetch-mode") != Some("navigate") {
        return Err((StatusCode::FORBIDDEN, message!("preview-foreign-page")));
    }
    Ok(())
}

/// The name in `name:port`.
fn name_of(host: &str) -> &str {
    host.rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit()))
        .map_or(host, |(name, _)| name)
}

/// An IP address cannot be rebound. Of host names, only this machine's and those that were allowed
/// are accepted.
fn is_own_name(name: &str, hosts: &[String]) -> bool {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    let lower = bare.to_ascii_lowercase();
    lower == "localhost"
        || lower.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok()
        || hosts.iter().any(|host| host.eq_ignore_ascii_case(bare))
}

/// A secret that cannot be guessed: the keys of the standard library's hasher come from the system's
/// source of randomness.
pub(super) fn token() -> String {
    let state = RandomState::new();
    format!("{:016x}{:016x}", state.hash_one(1_u8), state.hash_one(2_u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(pairs: &[(&'static str, &'static str)]) -> u16 {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        check_headers(&["docs.corp".to_owned()], &headers).err().map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn only_own_names_and_own_pages_are_answered() {
        for host in
            ["localhost:4040", "127.0.0.1", "[::1]:4040", "a.localhost", "192.168.1.9:80", "DOCS.corp"]
        {
            assert_eq!(status(&[("host", host)]), 200, "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:4040", "", "127.evil"]
        {
            assert_eq!(status(&[("host", host)]), 421, "{host}");
        }
        let with = |name, value| status(&[("host", "127.0.0.1:4040"), (name, value)]);
        assert_eq!(with("origin", "http://127.0.0.1:4040"), 200);
        for origin in
            ["http://127.0.0.1:9", "null", "http://evil.example", "http://evil.example/127.0.0.1:4040"]
        {
            assert_eq!(with("origin", origin), 403, "{origin}");
        }
        assert_eq!(with("sec-fetch-site", "same-origin"), 200);
        assert_eq!(with("sec-fetch-site", "cross-site"), 403);
        let follows =
            [("host", "localhost"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        assert_eq!(status(&follows), 200);
    }

    #[test]
    fn tokens_differ() {
        assert_ne!(token(), token());
        assert_eq!(token().len(), 32);
    }
}
