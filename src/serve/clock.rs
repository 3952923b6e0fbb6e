//! The day that a preview is shown for follows the clock, unless one was given.

use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;

/// Says what day it is. It is polled, so that a machine that was asleep at midnight notices
/// too.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Date + Send + Sync>);

impl Clock {
    /// The day of this machine, in its time zone.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|| jiff::ZonedDateTime::now().date())
    }

    /// A clock that a test sets.
    pub fn new(day: impl Fn() -> Date + Send + Sync + 'static) -> Self {
        Self(Arc::new(day))
    }

    /// Today.
    #[must_use]
    pub fn today(&self) -> Date {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Clock").field(&self.today()).finish()
    }
}
