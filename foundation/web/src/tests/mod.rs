//! The kit through its own doors.
