//! What other machines are shown where not everyone may read everything.
//!
//! The audience given at the start is then a limit. If none was given, because the handbook
//! had no audiences when the preview started, and it has some now, only what everyone may
//! see is shown.

use crate::builder::Build;
use crate::config::audience::Audiences;
use crate::handbook::Handbook;
use crate::id::AudienceId;
use std::collections::BTreeSet;

/// The name of an audience that includes no group.
pub(super) const EVERYONE: &str = "";

/// Whether there may be chapters that not everyone may see, or nobody can say.
pub(super) fn restricts(build: &Build) -> bool {
    let handbook = &build.site.handbook;
    handbook.config.is_lost
        || !handbook.config.audiences.list.is_empty()
        || handbook.chapters.iter().any(|chapter| chapter.names_audience)
}

/// The groups whose chapters a handbook may show, by key; `None` for all.
pub(super) fn groups(handbook: &Handbook) -> Option<BTreeSet<String>> {
    let list = &handbook.config.audiences.list;
    let key = |id: &AudienceId| list.get(*id).map(|audience| audience.id.clone());
    handbook.withheld.groups.as_ref().map(|groups| groups.iter().filter_map(key).collect())
}

/// Whether an audience sees no more than the one that is the limit.
pub(super) fn admits(audiences: &Audiences, limit: Option<AudienceId>, wanted: AudienceId) -> bool {
    limit.is_some_and(|limit| audiences.within(wanted).is_subset(&audiences.within(limit)))
}
