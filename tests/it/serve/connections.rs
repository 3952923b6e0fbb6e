//! Connections that send or take nothing are closed, and cannot keep others out.

use super::inside::Inside;
use super::{PATIENCE, small};
use crate::support::Project;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(300);

fn impatient(project: &Project, connections: usize) -> Inside {
    let inside = Inside::start(project, |_, options| {
        options.connection_limits.request = SHORT;
        options.connection_limits.answer = SHORT;
        options.connection_limits.connections = connections;
        options.editor = Some(handbook::serve::Editor::parse("code").expect("an editor"));
    });
    assert_eq!(inside.get("/a.html").status, 200);
    inside
}

/// What still comes until the other side closes.
fn rest(mut stream: TcpStream) -> Vec<u8> {
    let (begun, mut bytes, mut part) = (Instant::now(), Vec::new(), [0; 8192]);
    loop {
        assert!(begun.elapsed() < PATIENCE, "the connection stays open");
        match stream.read(&mut part) {
            Ok(0) => return bytes,
            Ok(count) => bytes.extend(&part[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionReset) => return bytes,
            Err(error) => panic!("the connection stays open: {error}"),
        }
    }
}

#[test]
fn silent_connections_are_closed() {
    let project = small();
    let inside = impatient(&project, 100);
    let begun = Instant::now();
    let silent = inside.send("");
    let half = inside.send("GET /a.html HTTP/1.1\r\nHost: local");
    let served = inside.send(&format!("GET /a.html HTTP/1.1\r\nHost: {}\r\n\r\n", inside.host));
    assert!(rest(silent).is_empty());
    rest(half);
    assert!(String::from_utf8_lossy(&rest(served)).contains("old words"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    // A head that comes byte by byte is no better.
    let mut slow = inside.send("GET /a.html HTTP/1.1\r\nX: ");
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && slow.write_all(b"x").is_ok() {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let project = small();
    let inside = impatient(&project, 100);
    let token = inside.stream("/a.html").next()["editor"]["token"].as_str().expect("a token").to_owned();
    let head = format!(
        "POST /-/open HTTP/1.1\r\nHost: {}\r\nX-Handbook-Token: {token}\r\nContent-Length: 50\r\n\r\n{{",
        inside.host
    );
    let answer = rest(inside.send(&head));
    assert!(answer.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn an_answer_that_is_not_taken_is_given_up() {
    let project = small();
    project.write("content/large.bin", vec![0_u8; 40_000_000]);
    let inside = impatient(&project, 100);
    let stream = inside.send(&format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", inside.host));
    std::thread::sleep(SHORT * 10);
    let taken = rest(stream).len();
    assert!(taken > 0 && taken < 40_000_000, "{taken} bytes");
}

#[test]
fn an_open_page_hears_of_changes_however_long_it_takes() {
    let project = small();
    let inside = impatient(&project, 100);
    let mut page = inside.stream("/a.html");
    let first = page.next();
    std::thread::sleep(SHORT * 6);
    project.write("content/a.md", "# A\n\nafter a while\n");
    assert_ne!(page.next()["page"], first["page"]);
}

#[test]
fn many_connections_keep_nobody_out() {
    let project = small();
    let inside = Inside::start(&project, |_, options| options.connection_limits.connections = 20);
    let mut page = inside.stream("/a.html");
    page.next();
    let held: Vec<TcpStream> = (0..200).map(|at| inside.send(["", "GET / HT"][at % 2])).collect();
    let begun = Instant::now();
    assert!(inside.get("/a.html").text().contains("old words"));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // Pages that were open stay so: who asked for nothing goes first.
    project.write("content/a.md", "# A\n\nstill heard\n");
    page.next();
    let open = held.into_iter().filter(|stream| {
        stream.set_nonblocking(true).expect("nonblocking");
        matches!((&mut &*stream).read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
    });
    assert!(open.count() <= 20);
}
