//! Answers to single requests.

use super::{Preview, View};
use crate::diagnostic::Diagnostic;
use crate::site::Output;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

const SCRIPT: &str = include_str!("preview.js");
const POLICY: &str = "default-src 'self'";

/// Tells open pages that the site has changed.
pub(super) async fn events(State(preview): State<Arc<Preview>>, headers: HeaderMap) -> Response {
    if !is_own_host(&preview, &headers) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let stream = WatchStream::new(preview.version.subscribe())
        .map(|version| Ok::<_, Infallible>(Event::default().event("version").data(version.to_string())));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// The script that listens to them.
pub(super) async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], SCRIPT)
        .into_response()
}

/// A page, an asset or an attachment.
pub(super) async fn page(
    State(preview): State<Arc<Preview>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if !is_own_host(&preview, &headers) {
        return (StatusCode::MISDIRECTED_REQUEST, "this preview answers only at localhost\n").into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let path = path.trim_start_matches('/').to_owned();
    let answer = tokio::task::spawn_blocking(move || find(&preview, &path)).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A page of a foreign site must not read a preview through a name that it
/// lets point at this machine (DNS rebinding), so only local names are served.
fn is_own_host(preview: &Preview, headers: &HeaderMap) -> bool {
    if !preview.loopback {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "[::1]") || name.starts_with("127.")
}

fn find(preview: &Preview, path: &str) -> Response {
    let view = preview.view();
    let site = &view.site;
    let address =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match site.render(&address) {
        Some(Ok(Output::Bytes(bytes))) => send(&address, view.version, bytes, StatusCode::OK),
        Some(Ok(Output::File(name))) => match std::fs::read(preview.project.content.join(&*name)) {
            Ok(bytes) => send(&address, view.version, bytes, StatusCode::OK),
            Err(_) => missing(&view),
        },
        Some(Err(found)) => {
            send("error.html", view.version, explain(&found).into_bytes(), StatusCode::INTERNAL_SERVER_ERROR)
        }
        None => {
            let index = format!("{address}/index.html");
            if site.addresses().binary_search(&index.as_str()).is_ok() {
                let place = format!("/{}/", crate::text::encode_path(&address));
                return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response();
            }
            missing(&view)
        }
    }
}

fn missing(view: &View) -> Response {
    match view.site.not_found("/") {
        Ok(text) => send("404.html", view.version, text, StatusCode::NOT_FOUND),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A theme error as a page: the theme cannot show it itself.
fn explain(found: &Diagnostic) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let place = found.path.as_deref().unwrap_or("");
    let help = found.help.as_deref().unwrap_or("");
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>theme error</title>\
         <body><h1>{}</h1><p>{}</p><p>{}</p></body></html>",
        escape(&found.message),
        escape(place),
        escape(help)
    )
}

fn send(address: &str, version: u64, mut bytes: Vec<u8>, status: StatusCode) -> Response {
    let kind = content_type(address);
    if address.ends_with(".html") {
        let at = bytes.windows(7).rposition(|part| part == b"</body>").unwrap_or(bytes.len());
        let script =
            format!("<script src=\"/__handbook/preview.js\" data-version=\"{version}\" defer></script>");
        bytes.splice(at..at, script.bytes());
    }
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Body::from(bytes)).into_response()
}

/// The media type of an address by its ending.
fn content_type(address: &str) -> &'static str {
    match address.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "txt" | "csv" | "yaml" | "yml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
