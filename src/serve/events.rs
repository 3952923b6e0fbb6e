//! Tells open pages what has changed: one stream for each page, one event for each update.

use super::diagnostics::PanelDiagnostic;
use super::view::{Choice, Saved, Snapshot, View};
use super::{Preview, editor::Editor, page};
use crate::diagnostic::Level;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// The query of a request for the stream.
#[derive(Debug, Deserialize)]
pub(super) struct Listener {
    /// Path of the page's URL, percent-encoded.
    page: String,
}

/// Everything that a page needs to know after an update.
#[derive(Debug, Serialize)]
struct StateEvent<'a> {
    version: u64,
    client: &'static str,
    /// Fingerprint of the page as it is now.
    page: &'a str,
    words: BTreeMap<&'a str, &'a str>,
    /// The file that the page is made from.
    source: Option<&'a str>,
    draft: bool,
    /// What leads to the text that is being written, where the page shows another one, and its address.
    writing: Option<[String; 2]>,
    findings: &'a [PanelDiagnostic],
    /// How many diagnostics other files have: errors, warnings, notes.
    others: [usize; 3],
    /// Whether diagnostics are hidden.
    guarded: bool,
    /// The day that this browser sees, and the default one.
    today: String,
    usual: String,
    /// Key and name of each audience, and the one that this browser is shown as.
    audiences: Vec<[&'a str; 2]>,
    audience: &'a str,
    /// Whether a browser that selected none sees all chapters.
    whole: bool,
    follow: bool,
    saved: Option<&'a Saved>,
    /// Attachments that were written.
    files: Vec<&'a str>,
    /// Only for browsers of this machine.
    editor: Option<Tool<'a>>,
}

/// How the page opens an editor.
#[derive(Debug, Serialize)]
struct Tool<'a> {
    /// The template of a link; without it the server starts the editor.
    link: Option<&'a str>,
    /// The project's folder.
    root: String,
    /// Shows that a request to open comes from a page of this preview.
    token: &'a str,
}

/// The stream of a page.
pub(super) async fn events(
    State(preview): State<Arc<Preview>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(listener): Query<Listener>,
    headers: HeaderMap,
) -> Response {
    let Ok(path) = percent_decode_str(&listener.page).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let address = super::handlers::address(&path);
    let choice = super::handlers::choice(&headers);
    let local = peer.ip().is_loopback();
    let views = WatchStream::new(preview.view.subscribe()).filter_map(|view| view).map(Some);
    let stop = WatchStream::new(preview.stopping.subscribe()).filter_map(|stops| stops.then_some(None));
    let stream = views
        .merge(stop)
        .take_while(Option::is_some)
        .then(move |view| {
            let (preview, address, choice) = (Arc::clone(&preview), address.clone(), choice.clone());
            async move {
                let made = tokio::task::spawn_blocking(move || {
                    view.map(|view| state(&preview, &view, &address, &choice, local))
                });
                made.await.ok().flatten().unwrap_or_default()
            }
        })
        .filter(|data| !data.is_empty())
        .map(|data| Ok::<_, Infallible>(Event::default().event("state").data(data)));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn state(preview: &Preview, view: &View, address: &str, choice: &Choice, local: bool) -> String {
    let shown = view.chosen(choice, &preview.builder);
    let page = shown.page(address);
    let hash = match &*page {
        page::Page::Html { hash, .. } => hash,
        _ => "",
    };
    let words = shown.messages().iter().filter_map(|(key, word)| {
        let key = key.strip_prefix("live_").or_else(|| key.starts_with("level_").then_some(key.as_str()));
        key.map(|key| (key, word.as_str()))
    });
    let source = shown.source_of(address);
    let findings = source.as_ref().map_or_else(Vec::new, |path| {
        super::diagnostics::for_file(shown.visible_diagnostics(), path, &shown.sources, shown.language())
    });
    let audiences = &shown.site.handbook.config.audiences.list;
    let root = || preview.project.root.to_string_lossy().into_owned();
    let state = StateEvent {
        version: view.version,
        client: page::client(),
        page: hash,
        words: words.collect(),
        source: source.as_deref(),
        draft: source.as_ref().is_some_and(|path| shown.is_draft(path)),
        writing: shown.writing(address),
        findings: &findings,
        others: count_others(&shown, source.as_deref()),
        today: shown.site.handbook.today.to_string(),
        usual: view.request.today.to_string(),
        guarded: shown.hides_diagnostics,
        audiences: audiences
            .iter_enumerated()
            .filter(|(id, _)| view.offers(*id))
            .map(|(_, audience)| [audience.id.as_str(), audience.name.as_str()])
            .collect(),
        audience: shown.audience.and_then(|id| audiences.get(id)).map_or("", |item| &item.id),
        whole: view.request.audience.is_none(),
        follow: preview.options.follow,
        saved: view.saved_in(&shown),
        files: view.files_in(&shown),
        editor: preview.options.editor.as_ref().filter(|_| local).map(|editor| Tool {
            link: match editor {
                Editor::Link(link) => Some(link.as_str()),
                Editor::Command(_) => None,
            },
            root: root(),
            token: &preview.token,
        }),
    };
    serde_json::to_string(&state).unwrap_or_default()
}

fn count_others(shown: &Snapshot, source: Option<&str>) -> [usize; 3] {
    let others = shown
        .visible_diagnostics()
        .iter()
        .filter(|item| item.path.is_none() || item.path.as_deref() != source);
    let mut counts = [0; 3];
    for item in others {
        match item.level {
            Level::Error => counts[0] += 1,
            Level::Warning => counts[1] += 1,
            Level::Note | Level::Off => counts[2] += 1,
        }
    }
    counts
}
