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
mod host;
mod killed;
mod map;
mod markdown;
mod nothing_lost;
mod precompress;
mod previews;
mod publish;
mod references;
mod s3;
mod search;
mod search_page;
mod serve;
mod support;
mod warm;
