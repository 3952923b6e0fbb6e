//! Why nothing, or not everything, was published, in messages without secrets.
//!
//! A store's response may repeat the key of the request, or the text that was signed. So responses
//! are never shown, only their status and error code.

use crate::diagnostic::Diagnostic;
use crate::locale::{Language, Message};
use crate::message;
use object_store::client::{HttpError, HttpErrorKind};
use reqwest::StatusCode;
use std::io;
use std::path::PathBuf;

/// Why a site was not published, or not wholly.
#[derive(Debug)]
pub enum UploadError {
    /// The message says why and what to do; nothing was changed.
    Refused(Message),
    /// The store failed at this object.
    Store(String, Message),
    /// A file of the handbook could not be read.
    Disk(PathBuf, io::Error),
    /// Templates failed, or the run would do what somebody must confirm; nothing was changed.
    Diagnostics(Vec<Diagnostic>),
}

impl UploadError {
    /// The same error, from a run that had not begun to write.
    pub(super) fn before(self) -> Self {
        match self {
            Self::Store(object, reason) => {
                Self::Refused(message!("upload-store-untouched", object = object, reason = reason))
            }
            other => other,
        }
    }
}

impl UploadError {
    /// The message for the user.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Refused(message) => message.clone(),
            Self::Store(object, reason) => {
                message!("upload-store-failed", object = object, reason = reason.clone())
            }
            Self::Disk(path, error) => message!("disk-failed", path = path.as_path(), reason = error),
            Self::Diagnostics(diagnostics) => {
                let lines: Vec<Message> =
                    diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
                message!("lines", lines = lines)
            }
        }
    }
}

impl std::fmt::Display for UploadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Language::ENGLISH.text(&self.message()))
    }
}

impl std::error::Error for UploadError {}

/// Describes a store's error in our own words. Of the store's response it has only the status and
/// a code that the protocol defines.
pub(super) fn describe(error: &object_store::Error) -> Message {
    use object_store::Error;
    let chain = causes(error);
    let status = chain.iter().find_map(|item| status(&item.to_string()));
    let code = KNOWN_CODES.iter().find(|code| {
        let written = format!("<Code>{code}</Code>");
        chain.iter().any(|item| item.to_string().contains(&written))
    });
    let what = match error {
        Error::NotFound { .. } => message!("store-not-found"),
        Error::PermissionDenied { .. } => message!("store-not-allowed"),
        Error::Unauthenticated { .. } => message!("store-credentials"),
        Error::Precondition { .. } | Error::AlreadyExists { .. } => message!("store-overtaken"),
        Error::NotImplemented { .. } | Error::NotSupported { .. } => message!("store-cannot"),
        _ if status.is_some_and(|status| status.is_redirection()) || is_bad_redirect(&chain) => {
            message!("store-elsewhere")
        }
        _ if status.is_some() => message!("store-failed"),
        _ => describe_connection(&chain).unwrap_or_else(|| message!("store-no-sense")),
    };
    match (status, code) {
        (Some(status), Some(code)) => {
            message!("store-told-both", what = what, status = status.to_string(), code = *code)
        }
        (Some(status), None) => message!("store-told", what = what, told = status.to_string()),
        (None, Some(code)) => message!("store-told", what = what, told = *code),
        (None, None) => what,
    }
}

/// Error codes of the protocol that tell a user what to do. Any other text in their place may be a
/// secret.
const KNOWN_CODES: &[&str] = &[
    "AccessDenied",
    "AccountProblem",
    "AllAccessDisabled",
    "AuthorizationHeaderMalformed",
    "BadDigest",
    "EntityTooLarge",
    "ExpiredToken",
    "InternalError",
    "InvalidAccessKeyId",
    "InvalidArgument",
    "InvalidBucketName",
    "InvalidObjectState",
    "InvalidRequest",
    "InvalidToken",
    "KeyTooLongError",
    "MethodNotAllowed",
    "NoSuchBucket",
    "NoSuchKey",
    "NoSuchUpload",
    "NotImplemented",
    "OperationAborted",
    "PermanentRedirect",
    "PreconditionFailed",
    "QuotaExceeded",
    "RequestTimeTooSkewed",
    "RequestTimeout",
    "ServiceUnavailable",
    "SignatureDoesNotMatch",
    "SlowDown",
    "TemporaryRedirect",
    "TooManyRequests",
    "UserDisable",
];

/// An error and its causes.
fn causes<'a>(error: &'a (dyn std::error::Error + 'static)) -> Vec<&'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |item| item.source()).take(MAX_CAUSES).collect()
}

/// How far down an error's causes are followed.
const MAX_CAUSES: usize = 32;

/// The status in `object_store`'s own words on an answer.
fn status(words: &str) -> Option<StatusCode> {
    let number = words.strip_prefix("Server returned non-2xx status code: ")?.get(..3)?;
    number.parse().ok()
}

fn is_bad_redirect(chain: &[&(dyn std::error::Error + 'static)]) -> bool {
    chain.iter().any(|item| item.to_string().starts_with("Received redirect without LOCATION"))
}

/// Why there was no response. Certificates, names and headers come from the other side too, so only
/// the kind of the failure is described.
fn describe_connection(chain: &[&(dyn std::error::Error + 'static)]) -> Option<Message> {
    let secure = |item: &&(dyn std::error::Error + 'static)| {
        let inside = item.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        item.is::<rustls::Error>() || inside.is_some_and(|inside| inside.is::<rustls::Error>())
    };
    if chain.iter().any(secure) {
        return Some(message!("store-not-secure"));
    }
    if chain.iter().any(|item| item.to_string() == "dns error") {
        return Some(message!("store-no-host"));
    }
    let io = chain.iter().filter_map(|item| item.downcast_ref::<io::Error>()).find_map(|error| {
        Some(match error.kind() {
            io::ErrorKind::ConnectionRefused => message!("io-connection-refused"),
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => message!("store-cut"),
            io::ErrorKind::TimedOut => message!("io-timed-out"),
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
                message!("store-unreachable")
            }
            _ => return None,
        })
    });
    let http = || {
        chain.iter().filter_map(|item| item.downcast_ref::<HttpError>()).find_map(|error| {
            Some(match error.kind() {
                HttpErrorKind::Connect => message!("store-no-connection"),
                HttpErrorKind::Timeout => message!("io-timed-out"),
                HttpErrorKind::Request | HttpErrorKind::Interrupted => message!("store-cut"),
                _ => return None,
            })
        })
    };
    io.or_else(http)
}

/// What is wrong with a setting. The text may contain values of the environment, so what may be a
/// secret is removed.
pub(super) fn describe_setting(error: &object_store::Error) -> String {
    let mut words = causes(error).last().map_or_else(String::new, |root| root.to_string());
    for (name, value) in std::env::vars_os() {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
        let secret = ["KEY", "SECRET", "TOKEN", "PASSWORD", "PROXY"].iter().any(|word| name.contains(word));
        if name.starts_with("AWS_") && secret && value.len() > 3 {
            words = words.replace(value, "***").replace(&crate::text::encode_path(value), "***");
        }
    }
    words.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(error: &object_store::Error) -> String {
        let message = describe(error);
        let shown = format!("{message:?} {}", Language::CHINESE.text(&message));
        assert!(!["AKIASECRET", "AWS4", "hunter2"].iter().any(|secret| shown.contains(secret)), "{shown}");
        Language::ENGLISH.text(&message)
    }

    #[test]
    fn an_answer_that_repeats_the_key_is_not_shown() {
        let body = "Server returned non-2xx status code: 403 Forbidden: <Error><Code>SignatureDoesNotMatch</Code>\
                    <AWSAccessKeyId>AKIASECRET</AWSAccessKeyId><StringToSign>AWS4 secret</StringToSign></Error>";
        let error =
            object_store::Error::PermissionDenied { path: "a".to_owned(), source: body.to_owned().into() };
        assert_eq!(
            words(&error),
            "the store does not allow this with these credentials (403 Forbidden, SignatureDoesNotMatch)"
        );
    }

    #[test]
    fn the_words_of_a_store_are_never_shown() {
        let say = |source: String| {
            words(&object_store::Error::Generic { store: "S3", source: Box::new(io::Error::other(source)) })
        };
        for told in [
            "<Error><Code>TellEveryoneIAmHere</Code><Message>hunter2</Message></Error>",
            "error decoding response body: unknown variant `hunter2`",
            "invalid peer certificate: not valid for hunter2.example.com",
        ] {
            assert_eq!(say(told.to_owned()), "the store's answer makes no sense: check the endpoint");
        }
        let code = "Server returned non-2xx status code: 503 hunter2: <Code>SlowDown</Code> hunter2";
        assert_eq!(say(code.to_owned()), "the store failed (503 Service Unavailable, SlowDown)");
        let away = "Server returned non-2xx status code: 301 Moved Permanently: https://hunter2.example.com";
        assert_eq!(
            say(away.to_owned()),
            "the store sends elsewhere: check the endpoint and AWS_REGION (301 Moved Permanently)"
        );
    }

    #[test]
    fn a_failing_connection_says_why() {
        let source = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = object_store::Error::Generic { store: "S3", source: Box::new(source) };
        assert_eq!(words(&error), "the connection was refused");
    }
}
