//! Comments in configurations, in the language of those who read them.

use super::Settings;
use super::Target;
use crate::locale::{Language, Message};
use crate::message;
use std::collections::BTreeMap;
use tera::{Kwargs, State, Tera};

/// The comments of all templates, by the names that they use.
pub(super) fn template_messages(
    target: Target,
    settings: &Settings,
    title: &str,
    file: &str,
) -> BTreeMap<&'static str, String> {
    let all = common_messages(settings).into_iter().chain(server_messages(target, settings, title));
    let all = all.chain(builder_messages(settings, file)).chain(ci_messages(settings));
    all.map(|(name, message)| (name, settings.language.text(&message))).collect()
}

/// Adds the filter that makes comments of messages: `{{ words.nginx | comment }}`, in an indented block
/// `comment(indent="    ")`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("comment", |text: &str, options: Kwargs, _: &State| -> tera::TeraResult<String> {
        let indent = options.get::<&str>("indent")?.unwrap_or_default();
        let lines: Vec<String> = text.lines().map(|line| format!("# {line}").trim_end().to_owned()).collect();
        Ok(lines.join(&format!("\n{indent}")))
    });
}

/// The first line of a configuration.
pub(super) fn signature(language: Language, target: &str, hash: &str) -> String {
    language.text(&message!("host-made", target = target, hash = hash))
}

type NamedMessage = (&'static str, Message);

fn common_messages(settings: &Settings) -> Vec<NamedMessage> {
    let midnight = match &settings.zone {
        Some(zone) => message!("host-midnight", zone = &zone.name),
        None => message!("host-midnight-utc"),
    };
    vec![
        ("base_url", message!("host-base-url")),
        ("hashed", message!("host-hashed")),
        ("active", message!("host-active")),
        ("hidden", message!("host-hidden")),
        ("own_style", message!("host-own-style")),
        ("zone", message!("host-zone")),
        ("program", message!("host-program")),
        ("midnight", midnight),
    ]
}

fn server_messages(target: Target, settings: &Settings, title: &str) -> Vec<NamedMessage> {
    let name = settings.name();
    let server = if target == Target::Caddy { "Caddy" } else { "nginx" };
    let everyone = match &settings.audience {
        Some(audience) => message!("host-oauth2-audience", audience = audience),
        None => message!("host-oauth2-everyone"),
    };
    vec![
        ("sign_in", message!("host-sign-in", server = server)),
        ("caddy", message!("host-caddy")),
        ("caddy_certificate", message!("host-caddy-certificate")),
        ("caddy_compressed", message!("host-caddy-compressed")),
        ("caddy_types", message!("host-caddy-types")),
        ("nginx", message!("host-nginx", name = &name)),
        ("nginx_container", message!("host-nginx-container")),
        ("nginx_type", message!("host-nginx-type")),
        ("nginx_redirects", message!("host-nginx-redirects")),
        ("nginx_folders", message!("host-nginx-folders")),
        ("nginx_compressed", message!("host-nginx-compressed")),
        ("nginx_brotli", message!("host-nginx-brotli")),
        ("nginx_types", message!("host-nginx-types")),
        ("apache", message!("host-apache", name = &name, modules = modules(settings))),
        ("apache_oidc", message!("host-apache-oidc")),
        ("apache_redirects", message!("host-apache-redirects")),
        ("apache_deflate", message!("host-apache-deflate")),
        ("apache_options", message!("host-apache-options")),
        ("apache_handlers", message!("host-apache-handlers")),
        ("apache_compressed", message!("host-apache-compressed")),
        ("apache_on_the_way", message!("host-apache-on-the-way")),
        ("oauth2_title", message!("host-oauth2-title", title = title)),
        ("oauth2", message!("host-oauth2")),
        ("oauth2_everyone", everyone),
    ]
}

/// The modules of Apache that its configuration needs.
fn modules(settings: &Settings) -> String {
    let mut modules = "alias deflate dir env headers mime rewrite setenvif".to_owned();
    if settings.certificate.is_some() {
        modules.push_str(" ssl");
    }
    if settings.oidc.is_some() {
        modules.push_str(" auth_openidc");
    }
    modules
}

fn builder_messages(settings: &Settings, file: &str) -> Vec<NamedMessage> {
    let (name, site, checkout) = (settings.name(), settings.site(), settings.checkout());
    let site = site.trim_end_matches('/');
    let checkout = checkout.trim_end_matches('/');
    let audience = settings.audience.as_deref().unwrap_or_default();
    vec![
        ("container", message!("host-container", name = &name, file = file)),
        ("container_audience", message!("host-container-audience", audience = audience)),
        ("container_pin", message!("host-container-pin")),
        ("service", message!("host-service", name = &name, site = site, checkout = checkout)),
        ("service_description", message!("host-service-description", name = &name)),
        ("service_errors", message!("host-service-errors")),
        ("service_folders", message!("host-service-folders")),
        ("timer_description", message!("host-timer-description", name = &name)),
        ("timer_midnight", message!("host-timer-midnight")),
    ]
}

fn ci_messages(settings: &Settings) -> Vec<NamedMessage> {
    let (branch, site) = (&settings.branch, settings.site());
    let audience = settings.audience.as_deref().unwrap_or_default();
    let github = match settings.audience.is_some() {
        true => message!("host-github-audience", branch = branch, audience = audience),
        false => message!("host-github", branch = branch),
    };
    vec![
        ("github", github),
        ("github_pin", message!("host-github-pin")),
        ("gitlab", message!("host-gitlab", branch = branch)),
        ("gitlab_audience", message!("host-gitlab-audience", audience = audience)),
        ("gitlab_pin", message!("host-gitlab-pin")),
        ("gitea", message!("host-gitea", branch = branch, site = site.trim_end_matches('/'))),
        ("gitea_pin", message!("host-gitea-pin")),
        ("gitea_order", message!("host-gitea-order")),
    ]
}
