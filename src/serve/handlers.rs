//! Responses to single requests.

use super::page::{self, Page};
use super::view::Choice;
use super::{Preview, View};
use crate::media::media_type;
use crate::message;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;

/// The preview's script.
pub(super) async fn script() -> Response {
    ([(header::CONTENT_TYPE, media_type("x.js"))], page::script()).into_response()
}

/// The preview's style sheet.
pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, media_type("x.css"))], page::STYLE).into_response()
}

/// A page, an asset or an attachment.
pub(super) async fn page(
    State(preview): State<Arc<Preview>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(address) = requested_path(uri.path()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if let Some(place) = uri.query().and_then(|query| compared(&address, query)) {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
    }
    let choice = choice(&headers);
    let Some(view) = preview.wait_for_view().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let answer = tokio::task::spawn_blocking(move || find(&preview, &view, &address, &choice)).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The URL path, decoded, that a request asks for; `None` where it is not UTF-8. It is only
/// looked up among those of the site, so it may contain anything.
#[must_use]
pub fn requested_path(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(|path| address(&path))
}

/// The site's URL path for a decoded path of a request.
pub(super) fn address(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// Where the form of a timeline leads, which asks for two editions: their comparison.
fn compared(address: &str, query: &str) -> Option<String> {
    let folder = address.strip_suffix("index.html").filter(|folder| folder.starts_with("versions/"))?;
    let value = |key: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == key)?;
        let value = value.replace('+', " ");
        let value = percent_decode_str(&value).decode_utf8().ok()?.into_owned();
        Some(value).filter(|value| !value.contains('/'))
    };
    let (from, to) = (value("from")?, value("to")?);
    (from != to).then(|| format!("/{}", crate::text::encode_path(&format!("{folder}{from}..{to}.html"))))
}

/// What this browser wants to see, from its cookies.
pub(super) fn choice(headers: &HeaderMap) -> Choice {
    let audience = cookie(headers, "audience").filter(|written| !written.is_empty());
    let audience = audience.and_then(|written| percent_decode_str(written).decode_utf8().ok());
    Choice {
        day: cookie(headers, "day").and_then(|day| crate::yaml::parse_date(day).ok()),
        audience: audience.map(std::borrow::Cow::into_owned),
    }
}

/// The value of a cookie. Browsers share cookies between ports, so the port is part of the
/// name.
fn cookie<'a>(headers: &'a HeaderMap, what: &str) -> Option<&'a str> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    let name = format!("handbook-{what}-{port}=");
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).map(str::trim);
    pairs.find_map(|pair| pair.strip_prefix(name.as_str()))
}

fn find(preview: &Preview, view: &View, address: &str, choice: &Choice) -> Response {
    let shown = view.chosen(choice, &preview.builder);
    let page = shown.page(address);
    match &*page {
        Page::Html { status, bytes, .. } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, media_type("x.html"))], Body::from(bytes.clone()))
                .into_response()
        }
        Page::Bytes(bytes) => send(address, bytes.clone()),
        Page::File(name) => match preview.project.read_attachment(name) {
            Ok(bytes) => send(address, bytes),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        },
        Page::Folder => {
            let place = format!("/{}/", crate::text::encode_path(address));
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place)]).into_response()
        }
    }
}

fn send(address: &str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media_type(address))], Body::from(bytes)).into_response()
}

/// Bytes that a request to open the editor may have.
const MAX_OPEN_REQUEST: usize = 64 * 1024;

/// A place in a file that a page asks to open in the editor.
#[derive(Debug, Deserialize)]
struct OpenRequest {
    file: String,
    #[serde(default = "first")]
    line: usize,
    #[serde(default = "first")]
    column: usize,
}

const fn first() -> usize {
    1
}

/// Opens a file of the project in the editor.
pub(super) async fn open(
    State(preview): State<Arc<Preview>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let token = headers.get("x-handbook-token").and_then(|token| token.to_str().ok());
    if !peer.ip().is_loopback() || token != Some(preview.token.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(editor) = &preview.options.editor else { return StatusCode::NOT_FOUND.into_response() };
    let body =
        tokio::time::timeout(preview.options.connection_limits.request, to_bytes(body, MAX_OPEN_REQUEST))
            .await;
    let Ok(body) = body else { return StatusCode::REQUEST_TIMEOUT.into_response() };
    let place = body.ok().and_then(|body| serde_json::from_slice::<OpenRequest>(&body).ok());
    let Some(place) = place else { return StatusCode::BAD_REQUEST.into_response() };
    // Only files that were read are known, and what is withheld is as unknown as what
    // is not there; no other path gets to the editor.
    let known = preview.view().is_some_and(|view| {
        let withheld = view.snapshot.hides_diagnostics && view.snapshot.url_path_of(&place.file).is_none();
        let mut chapters = view.sources.chapters.iter();
        view.sources.text(&place.file).is_some()
            && !(withheld && chapters.any(|source| *source.path == *place.file))
    });
    if !known {
        return StatusCode::NOT_FOUND.into_response();
    }
    match editor.open(&preview.project.root.join(&place.file), place.line, place.column) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            let words = message!("preview-editor-failed", reason = &error);
            (StatusCode::BAD_GATEWAY, preview.language().text(&words) + "\n").into_response()
        }
    }
}
