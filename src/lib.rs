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

// For users of the library. `tests/it/architecture.rs` compares this list with
// ARCHITECTURE.md.
pub mod builder;
pub mod cache;
pub mod diagnostic;
pub mod disk;
pub mod locale;
pub mod report;
pub mod rule;
pub mod site;
pub mod source;
#[cfg(feature = "publish")]
pub mod upload;

// For the program and the tests of this package only: any release may change them.
#[doc(hidden)]
pub mod chapter;
#[doc(hidden)]
pub mod compress;
#[doc(hidden)]
pub mod config;
#[cfg(feature = "external")]
#[doc(hidden)]
pub mod external;
#[doc(hidden)]
pub mod figure;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod handbook;
#[doc(hidden)]
pub mod host;
#[doc(hidden)]
pub mod id;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod redline;
#[doc(hidden)]
pub mod search;
#[cfg(feature = "serve")]
#[doc(hidden)]
pub mod serve;
#[doc(hidden)]
pub mod synonyms;
#[doc(hidden)]
pub mod text;
#[cfg(feature = "serve")]
#[doc(hidden)]
pub mod watch;
#[doc(hidden)]
pub mod yaml;

mod fingerprint;
mod graph;
mod lean;
mod media;
mod organization;
mod page;
mod theme;
