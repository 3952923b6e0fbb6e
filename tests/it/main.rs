//! Integration tests: whole projects in, output and messages out.

mod architecture;
mod build;
mod checklist;
mod cli;
mod commonmark;
mod corpora;
mod crawl;
mod diagnostics;
mod edits;
mod glossary;
mod growth;
mod host;
mod hostile;
mod killed;
mod map;
mod markdown;
mod precompress;
mod previews;
mod references;
mod search;
mod search_page;
mod serve;
mod support;
mod warm;
