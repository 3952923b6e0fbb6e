//! What is wrong with a handbook because part of it is withheld.

use super::super::Handbook;
use super::super::files::definitions;
use super::super::link::LinkTarget;
use super::super::registry::PathTarget;
use super::Readers;
use crate::chapter::Chapter;
use crate::chapter::field::Field;
use crate::chapter::front_matter::Status;
use crate::chapter::vocabulary::Confidentiality;
use crate::diagnostic::Diagnostic;
use crate::id::{AudienceId, ChapterId};
use crate::markdown::LinkRef;
use crate::message;
use crate::rule;
use crate::text::Span;
use crate::yaml::{Spanned, Step};
use std::collections::{BTreeSet, HashMap};

impl Handbook {
    /// Chapters that are marked as confidential or secret, and that everyone may see:
    /// the mark withholds nothing.
    pub(in super::super) fn confidential_for_all(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let audiences = &self.config.audiences;
        let each: Vec<BTreeSet<AudienceId>> =
            audiences.list.ids().map(|audience| audiences.within(audience)).collect();
        // Where there is only one audience, everybody else is kept out anyway.
        let for_all = move |readers: &Readers| match readers {
            Readers::Everyone => true,
            Readers::Groups(_) => each.len() > 1 && each.iter().all(|groups| readers.admits(groups)),
        };
        let declared = !audiences.list.is_empty();
        let help = move || match declared {
            true => message!("confidential-for-all.help"),
            false => message!("confidential-for-all-undeclared.help"),
        };
        self.chapters.iter().zip(self.metadata.iter()).filter_map(move |(chapter, metadata)| {
            let marked = chapter.front.confidentiality?;
            let hold_back = matches!(marked, Confidentiality::Confidential | Confidentiality::Secret);
            let mark = match marked {
                Confidentiality::Secret => message!("confidentiality-secret"),
                _ => message!("confidentiality-confidential"),
            };
            let message = message!("confidential-for-all", mark = mark);
            let steps = [Step::Key(Field::Confidentiality.row().key.to_owned())];
            let diagnostic = || Diagnostic::new(&rule::CONFIDENTIAL_FOR_ALL, message).help(help());
            (hold_back && for_all(&metadata.readers)).then(|| chapter.front_diagnostic(&steps, diagnostic()))
        })
    }

    /// Diagnostics about `seen`, this handbook as `audience` sees it.
    pub(super) fn withheld_diagnostics(&self, seen: &Self, audience: &str) -> Vec<Diagnostic> {
        let ids: HashMap<&str, ChapterId> =
            self.chapters.iter_enumerated().map(|(id, chapter)| (&*chapter.source.name, id)).collect();
        let mut diagnostics = Vec::new();
        for (in_seen, chapter) in seen.chapters.iter_enumerated() {
            // As it was written: what is withheld is no longer in the other.
            let Some(whole) = ids.get(&*chapter.source.name) else { continue };
            let chapter = &self.chapters[*whole];
            let own = &chapter.source.path;
            let target = |what: &str| {
                Diagnostic::new(&rule::WITHHELD_TARGET, message!("withheld-target", name = what))
                    .of_audience(audience)
                    .help(message!("withheld-target.help"))
            };
            for link in
                chapter.document.links.iter().filter(|link| seen.resolve_link(chapter, link).is_withheld())
            {
                diagnostics.push(target(&link.dest).at(own, link.span.clone()));
            }
            for link in definitions(chapter).flat_map(|document| &document.links) {
                if seen.resolve_link(chapter, link).is_withheld() {
                    let place =
                        chapter.front_yaml().map(|yaml| yaml.locate(&[Step::Key("terms".to_owned())]));
                    diagnostics.push(target(&link.dest).at(own, place));
                }
            }
            for (destination, span) in self.withheld_texts(seen, chapter) {
                let message = message!("withheld-embed", name = destination);
                let wrong = Diagnostic::new(&rule::WITHHELD_EMBED, message).of_audience(audience);
                diagnostics.push(wrong.at(own, span).help(message!("withheld-embed.help")));
            }
            for name in self.withheld_names(*whole, seen) {
                diagnostics.push(chapter.front_diagnostic(&name.steps, target(&name.text)));
            }
            diagnostics.extend(self.lost_successor(*whole, seen, in_seen, audience));
        }
        diagnostics
    }

    /// Withheld texts that a chapter would show, and where. A file that its page does
    /// not show does not count.
    fn withheld_texts<'a>(&self, seen: &Self, chapter: &'a Chapter) -> Vec<(&'a str, Span)> {
        let shown = chapter.document.images.iter().filter(|image| image.wiki).chain(&chapter.document.files);
        let withheld = shown.filter(|image| {
            let link = LinkRef::new(image.dest.clone(), image.wiki, image.span.clone());
            let is_file =
                |target: LinkTarget| matches!(target, LinkTarget::Inside(PathTarget::Attachment(_), _));
            seen.resolve_link(chapter, &link).is_withheld()
                && !is_file(self.resolve_link(chapter, &link).target)
        });
        withheld.map(|image| (image.dest.as_str(), image.span.clone())).collect()
    }

    /// Names under `supersedes` and `related` of chapters that are withheld.
    fn withheld_names(&self, whole: ChapterId, seen: &Self) -> Vec<Spanned> {
        let front = &self.chapters[whole].front;
        let names = front.supersedes.iter().chain(&front.related);
        let lost = |name: &&Spanned| {
            self.registry.document(&name.text).is_some() && seen.registry.document(&name.text).is_none()
        };
        names.filter(lost).cloned().collect()
    }

    /// A chapter that would show as in force, because what took its place is withheld.
    fn lost_successor(
        &self,
        whole: ChapterId,
        seen: &Self,
        in_seen: ChapterId,
        audience: &str,
    ) -> Option<Diagnostic> {
        let superseded = Some(Status::Superseded);
        if self.lifecycles[whole].status != superseded || seen.lifecycles[in_seen].status == superseded {
            return None;
        }
        let chapter = &self.chapters[whole];
        let message = message!("withheld-successor", title = &chapter.title);
        let diagnostic = Diagnostic::new(&rule::WITHHELD_SUCCESSOR, message)
            .of_audience(audience)
            .help(message!("withheld-successor.help"));
        // The author must change its `status`, or add one at its beginning.
        let place = chapter.front_place(&[Step::Key("status".to_owned())]).unwrap_or(0..0);
        let next = self.lifecycles[whole].superseded_by.iter().map(|next| &self.chapters[*next]);
        Some(next.fold(diagnostic.at(&chapter.source.path, place), |diagnostic, next| {
            diagnostic.related(&next.source.path, None, message!("withheld-successor-other"))
        }))
    }
}

impl super::super::link::ResolvedLink {
    fn is_withheld(&self) -> bool {
        self.target == LinkTarget::Withheld
    }
}
