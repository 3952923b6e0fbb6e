//! Checks what the environment and the settings say about a store before a request is made of it.
//! A value that cannot stand in a request is reported by the name of its variable. Values are never
//! repeated, since any of them may be a secret.

use crate::config::{BadAddress, parse_endpoint};
use crate::locale::Message;
use crate::message;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use reqwest::Url;
use std::ffi::OsStr;

/// A builder with the settings of the environment; `endpoint` overrides theirs.
///
/// # Errors
/// If a value cannot be used.
pub(super) fn builder(bucket: &str, endpoint: Option<&str>) -> Result<AmazonS3Builder, Message> {
    for (name, value) in std::env::vars_os() {
        if let Some(name) = name.to_str().filter(|name| name.starts_with("AWS_")) {
            check(name, &value)?;
        }
    }
    // Without an endpoint, the bucket's name becomes part of the host's.
    if Url::parse(&format!("https://{bucket}.example.com")).is_err() {
        return Err(message!("upload-bucket-name", bucket = bucket));
    }
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    if let Some(endpoint) = endpoint {
        builder = builder
            .with_endpoint(endpoint)
            // Otherwise AWS_ENDPOINT_URL_S3 would override it.
            .with_config(AmazonS3ConfigKey::S3Endpoint, endpoint);
    }
    let keys = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint];
    let endpoint = keys.iter().find_map(|key| builder.get_config_value(key));
    if let Some(endpoint) = endpoint {
        check_endpoint(&endpoint)?;
        // Whoever writes http:// means it.
        if endpoint.starts_with("http://") {
            builder = builder.with_allow_http(true);
        }
    }
    Ok(builder)
}

fn check_endpoint(endpoint: &str) -> Result<(), Message> {
    match parse_endpoint(endpoint) {
        Ok(usable) if Url::parse(&usable).is_ok() => Ok(()),
        Ok(_) | Err(BadAddress::Malformed) => Err(message!("upload-endpoint", endpoint = endpoint)),
        Err(BadAddress::Credentials) => Err(message!("upload-endpoint-credentials")),
    }
}

fn check(name: &str, value: &OsStr) -> Result<(), Message> {
    use AmazonS3ConfigKey::{
        AccessKeyId, Client, ContainerAuthorizationTokenFile, ContainerCredentialsFullUri,
        ContainerCredentialsRelativeUri, DefaultRegion, Endpoint, MetadataEndpoint, Region, S3Endpoint,
        SecretAccessKey, StsEndpoint, Token,
    };
    let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() else { return Ok(()) };
    let Some(value) = value.to_str() else {
        return Err(message!("upload-variable-unicode", name = name));
    };
    match key {
        ContainerAuthorizationTokenFile => check_token(name, value)?,
        ContainerCredentialsFullUri | MetadataEndpoint | StsEndpoint
            // One that gives credentials may have a query.
            if parse_endpoint(&value.replacen('?', "/", 1)).is_err() || Url::parse(value).is_err() =>
        {
            return Err(message!("upload-variable-address", name = name));
        }
        ContainerCredentialsRelativeUri if !value.starts_with('/') => {
            return Err(message!("upload-variable-path", name = name));
        }
        _ => {}
    }
    let bad = |c: char| match key {
        AccessKeyId | SecretAccessKey | Token | ContainerCredentialsRelativeUri => !c.is_ascii_graphic(),
        // It becomes part of a host's name.
        Region | DefaultRegion => !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')),
        // Judged as a whole, where it is used. A certificate has lines.
        Endpoint | S3Endpoint | Client(_) => false,
        _ => c.is_control(),
    };
    match value.contains(bad) {
        true => Err(message!("upload-variable-character", name = name)),
        false => Ok(()),
    }
}

/// The token in this file is sent as it stands there.
fn check_token(name: &str, file: &str) -> Result<(), Message> {
    // A missing file is told when it is asked for.
    let token = std::fs::read(file).unwrap_or_default();
    match token.iter().all(u8::is_ascii_graphic) {
        true => Ok(()),
        false => Err(message!("upload-token-character", name = name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn what_cannot_stand_in_a_header_is_told_by_name_and_not_repeated() {
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "AKIA\n"),
            ("AWS_SECRET_ACCESS_KEY", "hunter2\r"),
            ("AWS_SESSION_TOKEN", "hunter2\u{0}"),
            ("AWS_ACCESS_KEY_ID", "钥匙"),
            ("AWS_REGION", "hunter2@x/"),
            ("AWS_DEFAULT_REGION", "a b"),
            ("AWS_ROLE_ARN", "hunter2\n"),
        ] {
            let message = check(name, OsStr::new(value)).expect_err(name);
            for language in Language::all() {
                let words = language.text(&message);
                assert!(words.contains(name) && !words.contains("hunter2"), "{words}");
            }
            assert!(!format!("{message:?}").contains("hunter2"), "{message:?}");
        }
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "AKIA123"),
            ("AWS_SECRET_ACCESS_KEY", "a/b+c="),
            ("AWS_REGION", "cn-north-1"),
            ("AWS_PROXY_CA_CERTIFICATE", "-----BEGIN\nx\n"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials?id=1"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials?id=1"),
            ("AWS_OTHER", "a\nb"),
        ] {
            assert_eq!(check(name, OsStr::new(value)), Ok(()), "{name}");
        }
    }
}
