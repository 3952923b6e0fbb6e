//! Mode, group and owner of a page pass to the page that takes its place.

use std::io;
use std::path::Path;

/// Gives the file that waits what the file that it replaces has. An owner that
/// only root may give is left; what a group may do is not passed to another group.
#[cfg(unix)]
pub(in crate::disk) fn keep(replaced: &Path, waiting: &Path) -> io::Result<()> {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let (old, new) = (fs::symlink_metadata(replaced)?, fs::symlink_metadata(waiting)?);
    if !old.is_file() {
        return Ok(());
    }
    if old.uid() != new.uid() {
        let _ = chown(waiting, Some(old.uid()), None);
    }
    let mut mode = old.mode() & 0o777;
    if old.gid() != new.gid() && chown(waiting, None, Some(old.gid())).is_err() {
        mode = (mode & 0o707) | ((mode & 0o007) << 3);
    }
    if new.mode() & 0o777 != mode {
        fs::set_permissions(waiting, Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(in crate::disk) fn keep(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}
