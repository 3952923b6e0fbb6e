//! `host codeowners`: who is asked about a change of each chapter.

use super::super::{Common, Failure, targets};
use handbook::builder::Builder;
use handbook::disk::Project;
use handbook::host::File;

/// Where GitHub, GitLab and Gitea look for the file.
const PATH: &str = ".github/CODEOWNERS";

/// The file. It is of the texts as they lie, drafts too, whatever is in force.
pub(super) fn file(common: &Common, project: &Project) -> Result<File, Failure> {
    let (_, mut sources) = targets::read(common)?;
    sources.editions.clear();
    sources.has_editions = false;
    let mut request = common.request()?;
    request.drafts = true;
    let handbook = Builder::new().build(&sources, &request).site.handbook;
    let text = handbook.codeowners(&project.place_in_repository(), project.prefix, common.language());
    Ok(File::signed(PATH, common.language(), "codeowners", &text))
}
