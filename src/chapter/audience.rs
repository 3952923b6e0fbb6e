//! `audience` in front matter: who may see a chapter, as its author wrote it.
//!
//! Everything here errs on the side of showing less. A mistake in any other key
//! makes a page that is wrong; a mistake in this one would publish a secret.

use crate::diagnostic::{Diagnostic, nearest};
use crate::yaml::{Reader, Spanned};

/// Who may see a chapter, as its front matter says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Audience {
    /// Nothing is said: what the folder's page says counts.
    #[default]
    Inherited,
    /// These groups, by name.
    Named(Vec<Spanned>),
    /// Something is said that cannot be read: nobody, to be safe.
    Unreadable,
}

impl Audience {
    /// The groups under `audience`. A mistake here would publish what must not be, so
    /// whatever cannot be read leaves nobody.
    pub(super) fn read(reader: &mut Reader<'_>, known: &[&str]) -> Self {
        for key in reader.keys().iter().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            if nearest(&key.to_lowercase(), known.iter().copied()) == Some("audience") {
                let found =
                    Diagnostic::new("unknown-audience", format!("`{key}` does not say who may read this"))
                        .help("write `audience`");
                reader.report(&reader.steps(key), found);
                return Self::Unreadable;
            }
        }
        if !reader.keys().iter().any(|key| key == "audience") {
            return Self::Inherited;
        }
        let before = reader.diagnostics.len();
        let names = reader.strings("audience");
        if names.is_empty() && reader.diagnostics.len() == before {
            let found = Diagnostic::new("invalid-value", "`audience` names nobody")
                .help("name an audience of handbook.yaml, or remove the line");
            reader.report(&reader.steps("audience"), found);
        }
        if names.is_empty() { Self::Unreadable } else { Self::Named(names) }
    }
}
