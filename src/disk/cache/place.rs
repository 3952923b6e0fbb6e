//! Where a cache may be: in a folder that is the user's alone, and in no project.
//!
//! A cache in a project would be published with a bare folder of Markdown, or committed;
//! one in a checkout would be committed with the next `git add`.

use crate::disk::absolute;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders of version control: what holds one is a checkout.
const CHECKOUT: [&str; 5] = [".git", ".hg", ".svn", ".jj", ".bzr"];

/// A folder that a cache may be in.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Place {
    /// The folder itself.
    pub folder: PathBuf,
}

/// Why a cache may not be in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It lies in the project, or in the folder that a site is written to.
    Project(PathBuf),
    /// It lies in this checkout.
    Checkout(PathBuf),
    /// It is no folder, or others than the user may look into it.
    NotPrivate(PathBuf),
}

impl Place {
    /// The place for a cache that is wanted in `folder`. An existing folder that others
    /// may look into gets one of its own inside.
    ///
    /// # Errors
    /// Where it may not be there. `project` are the folders of the project and its site.
    pub fn new(folder: &Path, project: &[&Path]) -> Result<Self, Refusal> {
        let mut folder = settled(folder);
        if let Some(outer) =
            project.iter().map(|outer| settled(outer)).find(|outer| folder.starts_with(outer))
        {
            return Err(Refusal::Project(outer));
        }
        let holds = |folder: &&Path| CHECKOUT.iter().any(|name| folder.join(name).symlink_metadata().is_ok());
        if let Some(checkout) = folder.ancestors().find(holds) {
            return Err(Refusal::Checkout(checkout.to_owned()));
        }
        match privacy(&folder) {
            Privacy::None => return Err(Refusal::NotPrivate(folder)),
            Privacy::Open => {
                folder.push("handbook");
                if matches!(privacy(&folder), Privacy::None | Privacy::Open) {
                    return Err(Refusal::NotPrivate(folder));
                }
            }
            Privacy::Private | Privacy::Missing => {}
        }
        Ok(Self { folder })
    }
}

/// The path without links and `..`, whether it exists or not.
fn settled(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Who may look into a folder.
enum Privacy {
    /// Nothing has this name yet.
    Missing,
    /// The user alone.
    Private,
    /// Others too.
    Open,
    /// It is no folder.
    None,
}

fn privacy(folder: &Path) -> Privacy {
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Privacy::Missing,
        Ok(data) if data.is_dir() => {
            #[cfg(unix)]
            if std::os::unix::fs::PermissionsExt::mode(&data.permissions()) & 0o077 != 0 {
                return Privacy::Open;
            }
            Privacy::Private
        }
        _ => Privacy::None,
    }
}

/// Makes the folder, and those that it needs, for the user alone.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
