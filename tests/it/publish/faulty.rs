//! A store that fails at a chosen operation.

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use object_store::path::Path;
use object_store::{
    Attributes, CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, UploadPart,
};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// In what way it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The operation is not carried out, nor is any after it.
    Cut,
    /// The operation is carried out, but its answer is lost; none after it is.
    Late,
    /// The operation is not carried out; all others are.
    Once,
    /// As `Once`, but only parts of large files count.
    OncePart,
    /// Nothing fails, but at this operation another writes its manifest.
    Rival,
}

#[derive(Debug)]
struct Fault {
    mode: Mode,
    at: usize,
    count: AtomicUsize,
}

/// What becomes of one operation.
enum Fate {
    Done,
    Refused,
    Lost,
}

impl Fault {
    fn next(&self) -> (usize, Fate) {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let fate = match self.mode {
            Mode::Cut if number >= self.at => Fate::Refused,
            Mode::Late if number == self.at => Fate::Lost,
            Mode::Late if number > self.at => Fate::Refused,
            Mode::Once | Mode::OncePart if number == self.at => Fate::Refused,
            _ => Fate::Done,
        };
        (number, fate)
    }
}

#[derive(Debug)]
pub(super) struct Faulty {
    inner: Arc<dyn ObjectStore>,
    fault: Arc<Fault>,
}

impl Faulty {
    pub(super) fn new(inner: Arc<dyn ObjectStore>, mode: Mode, at: usize) -> Self {
        Self { inner, fault: Arc::new(Fault { mode, at, count: AtomicUsize::new(0) }) }
    }

    /// Operations so far.
    pub(super) fn count(&self) -> usize {
        self.fault.count.load(Ordering::SeqCst)
    }

    async fn fate(&self) -> Fate {
        if self.fault.mode == Mode::OncePart {
            return Fate::Done;
        }
        let (number, fate) = self.fault.next();
        if self.fault.mode == Mode::Rival && number == self.fault.at {
            let name = Path::parse("hr/.handbook-manifest.json").expect("a name");
            let text = self.inner.get(&name).await.expect("there").bytes().await.expect("read");
            self.inner.put(&name, text.into()).await.expect("written");
        }
        fate
    }

    /// A local store knows no attributes, and says so.
    fn attributes(&self, attributes: Attributes) -> Attributes {
        if self.inner.to_string().contains("Local") { Attributes::new() } else { attributes }
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a faulty store")
    }
}

fn failed() -> Error {
    Error::Generic { store: "faulty", source: "the connection was cut".into() }
}

fn after<T>(fate: &Fate, result: Result<T>) -> Result<T> {
    if matches!(fate, Fate::Lost) { result.and(Err(failed())) } else { result }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(&self, to: &Path, payload: PutPayload, mut options: PutOptions) -> Result<PutResult> {
        let fate = self.fate().await;
        if matches!(fate, Fate::Refused) {
            return Err(failed());
        }
        options.attributes = self.attributes(options.attributes);
        after(&fate, self.inner.put_opts(to, payload, options).await)
    }

    async fn put_multipart_opts(
        &self,
        to: &Path,
        mut options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        options.attributes = self.attributes(options.attributes);
        let inner = self.inner.put_multipart_opts(to, options).await?;
        Ok(Box::new(Parts { inner, fault: Arc::clone(&self.fault) }))
    }

    async fn get_opts(&self, from: &Path, options: GetOptions) -> Result<GetResult> {
        match self.fate().await {
            Fate::Done => self.inner.get_opts(from, options).await,
            _ => Err(failed()),
        }
    }

    fn delete_stream(&self, names: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        let (inner, fault) = (Arc::clone(&self.inner), Arc::clone(&self.fault));
        names
            .then(move |name| {
                let (inner, fault) = (Arc::clone(&inner), Arc::clone(&fault));
                async move {
                    let (_, fate) = fault.next();
                    if matches!(fate, Fate::Refused) {
                        return Err(failed());
                    }
                    let name = name?;
                    let result = inner.delete(&name).await.map(|()| name);
                    after(&fate, result)
                }
            })
            .boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.fault.next().1 {
            Fate::Done => self.inner.list(prefix),
            _ => stream::once(async { Err(failed()) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

/// A large file on its way.
#[derive(Debug)]
struct Parts {
    inner: Box<dyn MultipartUpload>,
    fault: Arc<Fault>,
}

#[async_trait]
impl MultipartUpload for Parts {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        let sent = self.inner.put_part(data);
        match self.fault.next().1 {
            Fate::Done => sent,
            _ => Box::pin(async { Err(failed()) }),
        }
    }

    async fn complete(&mut self) -> Result<PutResult> {
        match self.fault.next().1 {
            Fate::Done => self.inner.complete().await,
            _ => Err(failed()),
        }
    }

    async fn abort(&mut self) -> Result<()> {
        self.inner.abort().await
    }
}
