//! A project whose folders go and come back is followed again.

use super::{Server, small};
use crate::support::Project;
use std::fs;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let place = to.join(entry.path().strip_prefix(from).expect("inside"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).expect("a folder");
        } else {
            fs::copy(entry.path(), place).expect("a file");
        }
    }
}

/// What is saved after something was done to the folders is shown.
fn followed(server: &Server, book: &Path, words: &str) {
    server.until_page("/a.html", "words");
    fs::write(book.join("content/a.md"), format!("# A\n\n{words}\n")).expect("saved");
    server.until_page("/a.html", words);
    fs::write(book.join("handbook.yaml"), format!("title: T {words}\n")).expect("saved");
    server.until_page("/a.html", &format!("T {words}"));
    fs::create_dir_all(book.join("content/c")).expect("a folder");
    fs::write(book.join("content/c/d.md"), format!("# D\n\n{words}\n")).expect("saved");
    server.until_page("/c/d.html", words);
}

fn books() -> (Project, Server, std::path::PathBuf, std::path::PathBuf) {
    let project = small();
    let (book, kept) = (project.path().join("book"), project.path().join("kept"));
    copy(&project.path().join("content"), &book.join("content"));
    copy(&book, &kept);
    let server = Server::start(&book, &[]);
    server.until_page("/a.html", "old words");
    (project, server, book, kept)
}

#[test]
fn a_project_that_was_removed_and_made_again() {
    let (_project, server, book, kept) = books();
    for round in 0..3 {
        fs::remove_dir_all(&book).expect("removed");
        // At once the first time, later only after it was missed.
        if round > 0 {
            server.until("the end of all", |server| server.get("/a.html").status == 404);
        }
        copy(&kept, &book);
        followed(&server, &book, &format!("words of round {round}"));
    }
}

#[test]
fn a_project_that_was_moved_away_and_back_or_exchanged() {
    let (project, server, book, kept) = books();
    let away = project.path().join("away");
    fs::rename(&book, &away).expect("moved");
    server.until("the end of all", |server| server.get("/a.html").status == 404);
    fs::rename(&away, &book).expect("moved back");
    followed(&server, &book, "words that are back");
    fs::rename(&book, &away).expect("moved");
    fs::rename(&kept, &book).expect("another in its place");
    server.until_page("/a.html", "old words");
    followed(&server, &book, "words of the other");
}

#[test]
fn a_folder_of_chapters_that_was_removed_or_exchanged() {
    let (project, server, book, kept) = books();
    fs::remove_dir_all(book.join("content")).expect("removed");
    server.until("the end of all", |server| server.get("/a.html").status == 404);
    copy(&kept, &book);
    followed(&server, &book, "words made again");
    fs::rename(book.join("content"), project.path().join("away")).expect("moved");
    copy(&kept, &book);
    server.until_page("/a.html", "old words");
    followed(&server, &book, "words of another folder");
}

#[test]
fn a_folder_above_the_project_that_was_exchanged() {
    let project = small();
    let above = project.path().join("above");
    copy(&project.path().join("content"), &above.join("book/content"));
    copy(&above, &project.path().join("other"));
    project.write("other/book/content/a.md", "# A\n\nwords that were below another\n");
    let server = Server::start(&above.join("book"), &[]);
    server.until_page("/a.html", "old words");
    fs::rename(&above, project.path().join("away")).expect("moved");
    fs::rename(project.path().join("other"), &above).expect("another in its place");
    server.until_page("/a.html", "words that were below another");
    followed(&server, &above.join("book"), "words below another");
}
