//! Where a site is published, as a person writes it.

use crate::locale::Message;
use crate::message;
use percent_encoding::percent_decode_str;
use std::path::PathBuf;

/// A folder or a place in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder, as it was written.
    Folder(PathBuf),
    /// A bucket, and what its objects' names begin with; empty for all of it.
    Bucket {
        /// Name of the bucket.
        bucket: String,
        /// Without `/` at its ends.
        prefix: String,
    },
}

impl Target {
    /// Reads `s3://bucket/prefix`, `file:///folder` or a path.
    ///
    /// # Errors
    /// What to write instead. It never repeats what was written in front of an `@`,
    /// which may be a password.
    pub fn parse(written: &str) -> Result<Self, Message> {
        let Some((scheme, rest)) = written.split_once("://") else {
            if written.is_empty() {
                return Err(message!("target-empty"));
            }
            if is_remote(written) {
                return Err(message!("target-remote"));
            }
            return Ok(Self::Folder(PathBuf::from(written)));
        };
        if rest.split('/').next().is_some_and(|host| host.contains('@')) {
            return Err(message!("target-credentials"));
        }
        match scheme {
            "file" => {
                let path = rest.strip_prefix("localhost").unwrap_or(rest);
                let path = percent_decode_str(path).decode_utf8().ok().filter(|path| path.starts_with('/'));
                path.map(|path| Self::Folder(PathBuf::from(&*path))).ok_or_else(|| message!("target-folder"))
            }
            "s3" => {
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                let prefix = prefix.trim_matches('/');
                let clean = prefix.is_empty()
                    || prefix.split('/').all(|part| !matches!(part, "" | "." | "..") && is_clean(part));
                // It may become part of a host's name.
                let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                if bucket.is_empty() || !bucket.chars().all(named) || !clean {
                    return Err(message!("target-bucket"));
                }
                Ok(Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
            }
            _ => Err(message!("target-scheme", scheme = scheme)),
        }
    }
}

/// Whether it is a folder of another machine, as `rsync` and `scp` have it: `user@host:/folder`. A
/// letter before the colon is a drive.
fn is_remote(written: &str) -> bool {
    written.split('/').next().and_then(|first| first.split_once(':')).is_some_and(|(host, _)| {
        host.contains('@')
            || host.len() > 1
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    })
}

/// Nothing that an address would take for something else.
fn is_clean(part: &str) -> bool {
    !part.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(bucket: &str, prefix: &str) -> Result<Target, Message> {
        Ok(Target::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
    }

    #[test]
    fn targets_are_read_as_people_write_them() {
        let folder = |path: &str| Ok(Target::Folder(PathBuf::from(path)));
        assert_eq!(Target::parse("public"), folder("public"));
        assert_eq!(Target::parse("file:///srv/a%20b"), folder("/srv/a b"));
        assert_eq!(Target::parse("file://localhost/srv"), folder("/srv"));
        assert_eq!(Target::parse("./a:b"), folder("./a:b"));
        assert_eq!(Target::parse("C:/site"), folder("C:/site"));
        assert_eq!(Target::parse("s3://docs"), bucket("docs", ""));
        assert_eq!(Target::parse("s3://docs/hr/手册/"), bucket("docs", "hr/手册"));
        for wrong in [
            "",
            "s3://",
            "s3:///x",
            "s3://b/../x",
            "s3://b/a//b",
            "s3://b/x?y",
            "s3://b:9/x",
            "file://host/x",
            "gs://b",
            "root@host:/srv/site",
            "host:site",
        ] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_a_target_is_not_repeated() {
        let message = Target::parse("s3://AKIAKEY:hunter2@bucket/x").expect_err("refused");
        let words = format!("{message:?}");
        assert!(!words.contains("hunter2") && !words.contains("AKIAKEY"), "{words}");
    }
}
