//! A handbook that was written for another tool, as a project of ours.

pub(crate) mod archive;
pub(crate) mod word;
