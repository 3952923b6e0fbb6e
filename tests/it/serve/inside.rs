//! A preview within the test, where the day and the patience are the test's.

use super::{Answer, PATIENCE, Server, Stream};
use crate::support::Project;
use handbook::builder::Request;
use handbook::serve::{Options, Preview, listen};
use handbook::watch::Watch;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// A running preview, ended with the test.
pub(super) struct Inside {
    pub(super) host: String,
    pub(super) preview: Arc<Preview>,
    _runtime: tokio::runtime::Runtime,
}

impl Inside {
    pub(super) fn start(project: &Project, choose: impl FnOnce(&mut Request, &mut Options)) -> Self {
        let folder = handbook::disk::Project::open(project.path()).expect("a project");
        let mut request = Request::new(jiff::civil::Date::new(2026, 11, 24).expect("a day"));
        request.drafts = true;
        let mut options = Options::default();
        choose(&mut request, &mut options);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(listen(IpAddr::V4(Ipv4Addr::LOCALHOST), 4800)).expect("a port");
        let host = listener.local_addr().expect("an address").to_string();
        let mut watch = Watch::new(&folder, false);
        let preview = Preview::new(folder, request, options);
        let follower = Arc::clone(&preview);
        std::thread::spawn(move || follower.run(&mut watch, &mut |_, _| {}));
        runtime.spawn(Arc::clone(&preview).serve(listener, std::future::pending()));
        Self { host, preview, _runtime: runtime }
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        Server::ask_at(&self.host, "GET", path, &[], "")
    }

    pub(super) fn stream(&self, page: &str) -> Stream {
        Stream::open_at(&self.host, page)
    }

    /// Sends some bytes and no more.
    pub(super) fn send(&self, bytes: &str) -> std::net::TcpStream {
        super::connect(&self.host, bytes, PATIENCE)
    }
}
