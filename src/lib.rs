//! Dermaga: an author writes a Docker lesson once, in Markdown. Dermaga tests the lesson on a real engine, teaches it
//! in a terminal, and publishes it as a book.
//!
//! ```text
//!  lessons/*.md ─read─▶ Source ─parse─▶ Lesson ─plan─▶ Plan            every mistake of the author: lint ─▶ Diagnostic
//!                         ▲                              │
//!  test · record          │                              ▼
//!     --update: Edits ────┤            driver  ─▶ Session ─bytes─▶ lines ─compare─┐
//!                         │           (run)     └▶ Engine ─API─▶ Facts ─decide──┴─▶ Verdict
//!                         │              │                                           │
//!                         │              ▼ Event ◀───────────────────────────────────┘
//!                         │        Reporters: terminal · JUnit · JSON lines · recordings (lessons/records)
//!                         │
//!  test --mutants         │     mutants (run): changed command ─driver─▶ lesson_state, as the tutor asks it ─▶ caught?
//!                         │
//!  learn · watch          └─── Lesson ─▶ lesson_state (what is done, what is next; pure)
//!     menu ─▶ trust ─▶ tutor ─keys, words─▶ lesson_state ─▶ terminal ─▶ the learner's bash ─docker─▶ gateway ─▶ engine
//!                       │ ◀─verdicts, events─────── explain (what the engine said) ◀────────────────┘ labels, journal
//!                       └─▶ store (SQLite: progress, what is due) ─▶ progress · review         clean removes by it ┘
//!
//!  build · serve ──── Lessons + recordings + proofs ─▶ site (mdBook, theme, search) ─▶ pages in every language
//! ```
//!
//! Everything between `Source` and `Event` is a pure function of its inputs: no clock, no files, no environment, no
//! printing. The exceptions are the drive loop, `Session` and `Engine`. Modules lie in rings. A module uses only the
//! modules that the table in `CONTRIBUTING.md` names; `tests/suite/architecture.rs` compares the `use crate::…` lines
//! with this table.

// Ring 0.
#[macro_use]
pub mod text;
mod cores;
pub mod docker_cli;
pub mod image_ref;
pub mod shell;
pub mod words;

// Rings 1 and 2, which are pure.
pub mod claims;
pub mod event;
pub mod lesson;
pub mod lesson_state;
pub mod matcher;
pub mod progress;
pub mod record;
pub mod report;
pub mod transcript;
pub mod trust;
pub mod update;

// Ring 3, which does I/O.
#[cfg(feature = "cli")]
pub mod engine;
#[cfg(feature = "cli")]
pub mod gateway;
#[cfg(feature = "cli")]
pub mod highlight;
#[cfg(feature = "cli")]
pub mod http_client;
#[cfg(feature = "cli")]
pub mod pack;
#[cfg(feature = "cli")]
pub mod platform;
#[cfg(feature = "cli")]
pub mod sandbox;
#[cfg(feature = "cli")]
pub mod session;
#[cfg(feature = "cli")]
pub mod signals;
#[cfg(feature = "cli")]
pub mod site;
#[cfg(feature = "cli")]
pub mod social_picture;
#[cfg(feature = "cli")]
pub mod store;
#[cfg(feature = "cli")]
pub mod terminal;

// Rings 4 and 5.
#[cfg(feature = "cli")]
pub mod clean;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod doctor;
#[cfg(feature = "cli")]
pub mod driver;
#[cfg(feature = "cli")]
pub mod explain;
#[cfg(feature = "cli")]
pub mod learn;
#[cfg(feature = "cli")]
pub mod menu;
#[cfg(feature = "cli")]
pub mod quiz;
#[cfg(feature = "cli")]
pub mod run;
#[cfg(feature = "cli")]
pub mod serve;
