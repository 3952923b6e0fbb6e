//! Midnight comes while a preview runs.

use super::inside::Inside;
use crate::support::Project;
use handbook::serve::Clock;
use jiff::civil::Date;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn project() -> Project {
    Project::new("//- content/a.md\n---\nstatus: in_force\neffective: 2030-01-02\n---\n# A\n")
}

fn day(of_month: i8) -> Date {
    Date::new(2030, 1, of_month).expect("a day")
}

#[test]
fn at_midnight_open_pages_take_the_state_of_the_new_day() {
    let project = project();
    let midnight = Arc::new(AtomicBool::new(false));
    let struck = Arc::clone(&midnight);
    let inside = Inside::start(&project, |request, options| {
        request.today = day(1);
        options.clock = Some(Clock::new(move || day(if struck.load(Ordering::SeqCst) { 2 } else { 1 })));
    });
    let mut page = inside.stream("/a.html");
    let before = page.next();
    assert_eq!((&before["today"], &before["usual"]), (&"2030-01-01".into(), &"2030-01-01".into()));
    assert!(inside.get("/a.html").text().contains("status-approved"));
    midnight.store(true, Ordering::SeqCst);
    let after = page.next();
    assert_eq!((&after["today"], &after["usual"]), (&"2030-01-02".into(), &"2030-01-02".into()));
    assert_ne!(after["page"], before["page"]);
    assert!(inside.get("/a.html").text().contains("status-in_force"));
    let version = inside.preview.view().expect("a view").version;
    assert_eq!(version, 1, "the day changes once");
}

#[test]
fn a_day_that_was_asked_for_stays() {
    let inside = Inside::start(&project(), |request, _| request.today = day(1));
    assert_eq!(inside.stream("/a.html").next()["usual"], "2030-01-01");
}
