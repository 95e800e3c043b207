//! The whole server through its doors: every room, a real database, no sockets.
//!
//! * `races`: many who want one time
//! * `races_of_paying`: the eleven races between a hold, its money and its end, by number
//! * `races_of_changing`: moving, cancelling and paying at once
//! * `refund_storm`: a day called off while the gateway fails and the worker dies
//! * `addenda`: what is added to a signed note
//! * `history`: family and social history, every version of it
//! * `intake_forms`: what is answered before a visit
//! * `immunizations`: vaccinations, by patient and doctor
//! * `documents`: files from outside, well and hostile
//! * `bills`: one bill of a visit, of several suppliers
//! * `money`: refunds by four eyes, the daily reconciliation, the overview
//! * `vitals`: measurements over time
//! * `webhooks`: news of a gateway, doubled, out of order, forged
//! * `access_matrix`: every route × every kind of person × {own, foreign, absent}
//! * `row_security`: what the database shows when the program has forgotten to ask
//! * `emergency`: from the screen to a doctor, with and without an account
//! * `absences`: who did not come, by heartbeats and the clock; visits that failed
//! * `acting_for`: whose record the pages show, over tabs, stale pages and sessions
//! * `dependants`: a parent for a child, and nobody else
//! * `waiting_list`: a time that gets free, from the cancellation to the payment of the next
//! * `cards`: who somebody is, told to the staff alone
//! * `duplicates`: records that may be one person's, found and told apart
//! * `walk_ins`: numbers for whoever walks in
//! * `who_may_see`: care links, consents, hidden entries, emergencies, and the patient's log of who looked
//! * `canaries`: health content is nowhere in clear
//! * `figures`: what pages of money show is what plain SQL finds
//! * `payouts`: what a visit earns, to the doctor's bank
//! * `prescriptions`: what interrupts a signature, what may be dispensed, refills
//! * `calendars`: those that go out to programs, and those elsewhere that say when a doctor is busy
//! * `notifications`: what people want to hear, and what administrators see of letters
//! * `recordings`: the sound of a visit, who agreed to its being kept, and who hears it
//! * `transcripts`: what is said at a visit, who agreed to its being written down, and the draft of the note from it
//! * `transcripts_outside`: sound goes to whom both agreed, and to nobody else
//! * `openapi`, `headers`, `forgery`, `idempotency`, `nonsense`: what every route keeps
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod absences;
mod access_matrix;
mod acting_for;
mod addenda;
mod approvals;
mod bills;
mod calendars;
mod calls;
mod canaries;
mod cards;
mod commands;
mod dependants;
mod documents;
mod duplicates;
mod emergency;
mod figures;
mod forgery;
mod headers;
mod history;
mod idempotency;
mod immunizations;
mod intake_forms;
mod joins;
mod messages;
mod money;
mod nonsense;
mod notifications;
mod openapi;
mod payouts;
mod prescriptions;
mod races;
mod races_of_changing;
mod races_of_paying;
mod recordings;
mod refund_storm;
mod row_security;
mod sharing;
mod support;
mod timeline;
mod transcripts;
mod transcripts_outside;
mod visit_photos;
mod visit_shows;
mod vitals;
mod waiting_list;
mod waiting_room;
mod walk_ins;
mod webhooks;
mod who_may_see;
