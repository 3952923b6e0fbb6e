//! `handbook` turns a company's policy chapters (Markdown with YAML front
//! matter) into a searchable, cross-linked internal handbook site.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod diagnostic;
pub mod page;
pub mod text;
