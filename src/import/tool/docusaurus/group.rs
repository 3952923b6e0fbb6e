//! The page that Docusaurus makes for a category: `link: { type: "generated-index", … }`.

use crate::import::group::GroupPage;
use crate::import::tree::within;
use crate::markdown::slug;

/// The page that the link of a category says, whose values `said` gives.
pub(super) fn group(
    mount: &str,
    file: &str,
    folder: Option<String>,
    label: String,
    said: impl Fn(&str) -> Option<String>,
) -> Option<GroupPage> {
    if said("type").as_deref() != Some("generated-index") {
        return None;
    }
    let path = said("slug").unwrap_or_else(|| format!("category/{}", slug(&label)));
    let address = within(mount, path.trim_matches('/')) + "/";
    let title = said("title").filter(|title| !title.trim().is_empty());
    let description = said("description").filter(|words| !words.trim().is_empty());
    Some(GroupPage { file: file.to_owned(), folder, label, title, description, address })
}
