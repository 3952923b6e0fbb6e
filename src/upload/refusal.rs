//! Why nothing, or not all, was published; in words that hold no secret.
//!
//! A store's answer may repeat the key it was asked with, or the text that was
//! signed. So answers are never shown, only their status and code.

use crate::diagnostic::Diagnostic;
use std::error::Error as _;
use std::io;
use std::path::PathBuf;

/// Why a site was not published, or not wholly.
#[derive(Debug)]
pub enum UploadError {
    /// The words say why and what to do; nothing was touched.
    Refused(String),
    /// The store failed at this object.
    Store(String, String),
    /// A file of the handbook could not be read.
    Disk(PathBuf, io::Error),
    /// Templates failed, or the run would do what a person must say twice;
    /// nothing was touched.
    Findings(Vec<Diagnostic>),
}

impl UploadError {
    /// The same, of a run that had not begun to write.
    pub(super) fn before(self) -> Self {
        match self {
            Self::Store(object, words) => Self::Refused(format!("{object}: {words}; nothing was touched")),
            other => other,
        }
    }
}

impl std::fmt::Display for UploadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Store(object, words) => write!(
                f,
                "{object}: {words}\n  every page there is whole, new or old; run this again and it finishes"
            ),
            Self::Disk(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Findings(found) => {
                let words: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
                f.write_str(&words.join("\n"))
            }
        }
    }
}

impl std::error::Error for UploadError {}

/// What a store's error says.
pub(super) fn words(error: &object_store::Error) -> String {
    use object_store::Error;
    let mut chain = vec![error.to_string()];
    let mut source = error.source();
    while let Some(one) = source {
        chain.push(one.to_string());
        source = one.source();
    }
    let all = chain.join("\n");
    let code = between(&all, "<Code>", "</Code>")
        .filter(|code| code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let status = between(&all, "status code: ", ":").filter(|status| status.len() <= 64);
    let told = match (status, code) {
        (Some(status), Some(code)) => format!(" ({status}, {code})"),
        (Some(one), None) | (None, Some(one)) => format!(" ({one})"),
        (None, None) => String::new(),
    };
    let what = match error {
        Error::NotFound { .. } => "the store has no such bucket or object",
        Error::PermissionDenied { .. } => "the store does not allow this with these credentials",
        Error::Unauthenticated { .. } => "the store does not accept the credentials",
        Error::Precondition { .. } | Error::AlreadyExists { .. } => "another has just written there",
        _ if status.is_some() || all.contains(['<', '{']) => "the store failed",
        // A failing connection has the most telling words at its root.
        _ => return without_secrets(chain.last().map_or("", String::as_str)),
    };
    without_secrets(&format!("{what}{told}"))
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(begin)? + begin.len()..];
    rest.get(..rest.find(end)?).filter(|found| !found.contains('\n'))
}

/// The text without what the environment holds as secret.
fn without_secrets(text: &str) -> String {
    let mut text = text.to_owned();
    for (name, value) in std::env::vars() {
        let secret = ["KEY", "SECRET", "TOKEN", "PASSWORD"].iter().any(|word| name.contains(word));
        if name.starts_with("AWS_") && secret && value.len() > 3 {
            text = text.replace(&value, "***").replace(&crate::text::encode_path(&value), "***");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_repeats_the_key_is_not_shown() {
        let body = "Server returned non-2xx status code: 403 Forbidden: <Error><Code>SignatureDoesNotMatch</Code>\
                    <AWSAccessKeyId>AKIASECRET</AWSAccessKeyId><StringToSign>AWS4 secret</StringToSign></Error>";
        let error =
            object_store::Error::PermissionDenied { path: "a".to_owned(), source: body.to_owned().into() };
        let words = words(&error);
        assert_eq!(
            words,
            "the store does not allow this with these credentials (403 Forbidden, SignatureDoesNotMatch)"
        );
    }

    #[test]
    fn a_failing_connection_says_why() {
        let source = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = object_store::Error::Generic { store: "S3", source: Box::new(source) };
        assert_eq!(words(&error), "connection refused");
    }
}
