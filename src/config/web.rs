//! Addresses of sites and stores, as people write them in settings and options.

/// Why an address cannot be used. What was written is not part of it: with a
/// password in it, it must not be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadAddress {
    /// It holds a user name or a password, or may do so.
    Credentials,
    /// It is none.
    Malformed,
}

/// An `http` or `https` address with a host, given back with `/` at its end.
///
/// # Errors
/// What is wrong with it.
pub fn parse_base_url(written: &str) -> Result<String, BadAddress> {
    let authority = authority(written)?;
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '#' | '?' | '\\');
    let port = authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
    let no_port = port.is_some_and(|(_, port)| port.parse::<u16>().is_err());
    if authority.is_empty() || no_port || written.contains(odd) {
        return Err(malformed(written));
    }
    Ok(format!("{}/", written.trim_end_matches('/')))
}

/// The address of a store: as that of a site, with a host and a port that can
/// stand in a request as they are. Given back without `/` at its end.
///
/// # Errors
/// What is wrong with it.
pub fn parse_endpoint(written: &str) -> Result<String, BadAddress> {
    let authority = authority(written)?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let numbered = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    let host_is_good = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(number) => !number.is_empty() && number.chars().all(numbered),
        None => !host.is_empty() && host.chars().all(named),
    };
    let port_is_good = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let odd = |c: char| {
        !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '#' | '?' | '\\' | '{' | '}' | '|' | '^' | '`')
    };
    if !host_is_good || !port_is_good || written.contains(odd) {
        return Err(malformed(written));
    }
    Ok(written.trim_end_matches('/').to_owned())
}

/// What stands between `//` and the next `/`.
fn authority(written: &str) -> Result<&str, BadAddress> {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let rest = rest.ok_or_else(|| malformed(written))?;
    // A browser takes `\` for `/`.
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or("");
    if authority.contains('@') { Err(BadAddress::Credentials) } else { Ok(authority) }
}

/// Of what is no address nobody knows which part is the password.
fn malformed(written: &str) -> BadAddress {
    if written.contains('@') { BadAddress::Credentials } else { BadAddress::Malformed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites_need_a_scheme_and_hold_no_password() {
        assert_eq!(parse_base_url("https://a.example.com"), Ok("https://a.example.com/".to_owned()));
        assert_eq!(parse_base_url("http://a:80/制度/@x/"), Ok("http://a:80/制度/@x/".to_owned()));
        for bad in [
            "",
            "a.example.com",
            "https://",
            "https:///x",
            "ftp://a",
            "https://a b",
            "https://a?b",
            "https://a\\b",
        ] {
            assert_eq!(parse_base_url(bad), Err(BadAddress::Malformed), "{bad}");
        }
        for secret in [
            "https://u:p@a/",
            "http://token@a",
            "u:p@a",
            "https:/u:p@a",
            "https://u:p@a b/",
            "https://u:p/w@a",
        ] {
            assert_eq!(parse_base_url(secret), Err(BadAddress::Credentials), "{secret}");
        }
    }

    #[test]
    fn endpoints_can_stand_in_a_request() {
        for good in ["http://127.0.0.1:9000", "https://minio.example.com/", "http://[::1]:9", "https://a/b"] {
            assert_eq!(parse_endpoint(good).as_deref(), Ok(good.trim_end_matches('/')), "{good}");
        }
        for bad in [
            "127.0.0.1:9",
            "http://",
            "http://:9",
            "http://a:99999",
            "http://a:b",
            "http://商店",
            "s3://a",
            "//a",
            "http://a?b",
            "http://[x]",
            "http://a\n",
        ] {
            assert_eq!(parse_endpoint(bad), Err(BadAddress::Malformed), "{bad:?}");
        }
        for secret in ["http://u:p@a", "u:p@a:9", "https://a\n@b"] {
            assert_eq!(parse_endpoint(secret), Err(BadAddress::Credentials), "{secret:?}");
        }
    }
}
