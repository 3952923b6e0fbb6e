//! `audiences:` of handbook.yaml: groups of readers, one inside the other.
//!
//! A group that includes another sees what that one sees, and more. So a chapter
//! names the widest group that may read it, and the groups above follow.

use crate::diagnostic::{Diagnostic, nearest};
use crate::id::{AudienceId, IdVec};
use crate::message;
use crate::rule;
use crate::text::{encode_path, fold, listed};
use crate::yaml::{Reader, Spanned};
use std::collections::{BTreeSet, HashMap};

/// A group of readers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Audience {
    /// Its key, which is the name of its folder too.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Absolute address of its own site, with `/` at its end, where it has one.
    pub base_url: Option<String>,
    /// Groups that it includes.
    includes: Vec<AudienceId>,
}

/// All groups of readers, in the order written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Audiences {
    /// The groups.
    pub list: IdVec<AudienceId, Audience>,
}

impl Audiences {
    /// Reads the groups; what is wrong is left out.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let mut audiences = Self::default();
        let Some(mut groups) = reader.mapping("audiences") else { return audiences };
        let mut names: HashMap<String, AudienceId> = HashMap::new();
        let mut wanted: Vec<(AudienceId, Spanned)> = Vec::new();
        for id in groups.keys() {
            if !is_folder_name(&id) {
                let message = message!("invalid-value-audience-key", id = &id);
                let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message)
                    .help(message!("invalid-value-audience-key.help"));
                groups.report_key(&id, diagnostic);
                continue;
            }
            let own = audiences.list.next_id();
            let mut audience = Audience { name: id.clone(), id, ..Audience::default() };
            read_group(&mut groups, &mut audience, own, &mut wanted);
            for name in [&audience.id, &audience.name] {
                let first = *names.entry(fold(name)).or_insert(own);
                if let Some(other) = audiences.list.get(first) {
                    let other = groups.place(&groups.steps(&other.id));
                    let diagnostic =
                        Diagnostic::new(&rule::DUPLICATE_ID, message!("duplicate-id-audience", name = name))
                            .related(groups.path(), other, message!("duplicate-id-other"));
                    groups.report(&groups.steps(&audience.id), diagnostic);
                }
            }
            audiences.list.push(audience);
        }
        for (from, name) in wanted {
            match audiences.find(&name.text) {
                Some(other) => audiences.list[from].includes.push(other),
                None => groups.report(&name.steps, audiences.unknown(&name.text)),
            }
        }
        audiences.report_circles(&mut groups);
        reader.absorb(&mut groups);
        audiences
    }

    /// The group of this key or name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<AudienceId> {
        let wanted = fold(name);
        let by = |get: fn(&Audience) -> &str| self.list.position(|audience| fold(get(audience)) == wanted);
        by(|audience| &audience.id).or_else(|| by(|audience| &audience.name))
    }

    /// A group and all that it includes, directly or through others.
    #[must_use]
    pub fn within(&self, audience: AudienceId) -> BTreeSet<AudienceId> {
        let mut seen = BTreeSet::new();
        let mut open = vec![audience];
        while let Some(id) = open.pop() {
            if let Some(group) = self.list.get(id).filter(|_| seen.insert(id)) {
                open.extend(&group.includes);
            }
        }
        seen
    }

    /// Addresses at which sites of this handbook may stand: the groups' own, and `bases` with and without the folder of a group.
    #[must_use]
    pub fn addresses(&self, bases: &[&Option<String>]) -> Vec<String> {
        let folder = |audience: &Audience| format!("{}/", encode_path(&audience.id));
        let mut all: Vec<String> =
            self.list.iter().filter_map(|audience| audience.base_url.clone()).collect();
        for base in bases.iter().copied().flatten() {
            let above = self.list.iter().find_map(|audience| base.strip_suffix(&folder(audience)));
            let above = above.filter(|above| above.ends_with('/')).unwrap_or(base);
            all.push(above.to_owned());
            all.extend(self.list.iter().map(|audience| format!("{above}{}", folder(audience))));
        }
        all
    }

    /// The diagnostic for a name that no group has.
    #[must_use]
    pub fn unknown(&self, name: &str) -> Diagnostic {
        let diagnostic = Diagnostic::new(&rule::UNKNOWN_AUDIENCE, message!("unknown-audience", name = name))
            .label(message!("unknown-audience.label"));
        if let Some(names) = listed(name).filter(|names| names.iter().any(|name| self.find(name).is_some())) {
            return diagnostic.help(message!("listed-names.help", names = names.join(", ")));
        }
        let known = self.list.iter().flat_map(|audience| [audience.id.as_str(), audience.name.as_str()]);
        match nearest(name, known) {
            Some(near) => diagnostic.nearest(Some(near)),
            None => diagnostic.help(message!("unknown-audience.help")),
        }
    }

    /// Groups that include each other: what remains when those that include
    /// nothing more, or are included by nothing more, are taken away again and again.
    fn report_circles(&self, groups: &mut Reader<'_>) {
        let mut left: BTreeSet<AudienceId> = self.list.ids().collect();
        loop {
            let included: BTreeSet<AudienceId> =
                left.iter().flat_map(|id| &self.list[*id].includes).copied().collect();
            let includes = |id: &AudienceId| self.list[*id].includes.iter().any(|other| left.contains(other));
            let kept: BTreeSet<AudienceId> =
                left.iter().filter(|id| included.contains(id) && includes(id)).copied().collect();
            if kept.len() == left.len() {
                break;
            }
            left = kept;
        }
        for id in left {
            let id = &self.list[id].id;
            let steps = groups.steps(id);
            let diagnostic = Diagnostic::new(&rule::CYCLE, message!("cycle-audience", id = id));
            groups.report(&steps, diagnostic.help(message!("cycle-audience.help")));
        }
    }
}

/// Reads what stands below a key: nothing, a name, or a mapping.
fn read_group(
    groups: &mut Reader<'_>,
    audience: &mut Audience,
    own: AudienceId,
    wanted: &mut Vec<(AudienceId, Spanned)>,
) {
    let id = audience.id.clone();
    match groups.value(&id) {
        None => {}
        Some(value) if value.is_string() => audience.name = groups.string(&id).unwrap_or(id),
        Some(_) => {
            let Some(mut group) = groups.mapping(&id) else { return };
            group.unknown_keys(&["name", "includes", "base_url"]);
            audience.name = group.string("name").unwrap_or(id);
            audience.base_url = super::read_base_url(&mut group);
            wanted.extend(group.strings("includes").into_iter().map(|name| (own, name)));
            groups.absorb(&mut group);
        }
    }
}

/// Whether a key may be the name of a folder on every system, and be written in a
/// command line as it is.
fn is_folder_name(id: &str) -> bool {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    id.chars().all(good)
        && !id.is_empty()
        && id.len() <= 100
        && !id.starts_with(['.', '-'])
        && !id.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::yaml::Document;
    use std::sync::Arc;

    fn parse(text: &str) -> (Audiences, Vec<(&'static str, Option<String>)>) {
        let text: Arc<str> = text.into();
        let span = 0..text.len();
        let checked = Config::parse(&Document::new(&"handbook.yaml".into(), &text, span));
        let diagnostics = checked
            .diagnostics
            .into_iter()
            .map(|diagnostic| {
                (diagnostic.rule.code, diagnostic.suggestion.as_ref().map(|near| near.text.clone()))
            })
            .collect();
        (checked.value.audiences, diagnostics)
    }

    #[test]
    fn groups_include_groups() {
        let (audiences, diagnostics) = parse(
            "audiences:\n  everyone: 全体人员\n  staff: {name: 员工, includes: [everyone]}\n  managers: {includes: 员工}\n  guests:\n",
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let ids = |name: &str| -> Vec<&str> {
            let id = audiences.find(name).expect(name);
            audiences.within(id).into_iter().map(|id| audiences.list[id].id.as_str()).collect()
        };
        assert_eq!(ids("managers"), ["everyone", "staff", "managers"]);
        assert_eq!(ids("全体人员"), ["everyone"]);
        assert_eq!(ids("Guests"), ["guests"]);
    }

    #[test]
    fn circles_and_unknown_names_are_findings() {
        let (audiences, diagnostics) = parse(
            "audiences:\n  a: {includes: [b]}\n  b: {includes: [a]}\n  staff:\n  c: {includes: [stuff, a]}\n  d/e:\n",
        );
        let codes: Vec<&str> = diagnostics.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["invalid-value", "unknown-audience", "cycle", "cycle"]);
        assert_eq!(diagnostics[1].1.as_deref(), Some("staff"));
        assert_eq!(audiences.within(AudienceId::new(0)).len(), 2);
    }

    #[test]
    fn keys_are_safe_folder_names() {
        for bad in ["", "..", ".x", "-x", "a/b", "a\\b", "a:b", " a", "a.", "a%2f", "a;b", "a b", "$x"] {
            assert!(!is_folder_name(bad), "{bad}");
        }
        assert!(is_folder_name("董事会") && is_folder_name("staff-2"));
    }
}
