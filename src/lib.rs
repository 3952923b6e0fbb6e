//! `handbook` turns a company's policy chapters (Markdown with YAML front
//! matter) into a searchable, cross-linked internal handbook site.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod builder;
pub mod chapter;
pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod handbook;
pub mod markdown;
pub mod organization;
pub mod page;
pub mod report;
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
pub mod theme;
pub mod watch;
pub mod yaml;
