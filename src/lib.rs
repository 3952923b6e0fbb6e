//! `handbook` turns a company's policy chapters (Markdown with YAML front
//! matter) into a searchable, cross-linked internal handbook site.
//!
//! The whole product in a few lines:
//!
//! ```
//! use handbook::builder::{Builder, Request};
//! use handbook::disk::{Project, publish};
//! use handbook::locale::Language;
//! use handbook::report::{self, Format};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let dir = folder.path();
//! # std::fs::create_dir(dir.join("content"))?;
//! # std::fs::write(dir.join("content/travel.md"), "# Travel\n\nBook early.\n")?;
//! let project = Project::open(dir)?;
//! let sources = project.read();
//! let today = "2026-11-24".parse()?;
//! let build = Builder::new().build(&sources, &Request::new(today));
//! report::print(&mut std::io::stderr(), &build.diagnostics, &sources, Format::Human, Language::ENGLISH)?;
//! let output = publish::check_output(&project, &dir.join("site"))?;
//! publish::publish(&build.site, &project, &output, publish::Options::default(), &|_| {})?;
//! assert!(dir.join("site/travel.html").exists());
//! # Ok(())
//! # }
//! ```
//!
//! ARCHITECTURE.md has the map of the modules and their invariants.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod builder;
pub mod chapter;
pub mod compress;
pub mod config;
pub mod diagnostic;
pub mod disk;
#[cfg(feature = "external")]
pub mod external;
pub mod fingerprint;
pub mod graph;
pub mod handbook;
pub mod host;
pub mod id;
pub mod locale;
pub mod markdown;
pub mod media;
pub mod organization;
pub mod page;
pub mod report;
pub mod rule;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
pub mod theme;
#[cfg(feature = "publish")]
pub mod upload;
#[cfg(feature = "serve")]
pub mod watch;
pub mod yaml;
