//! The socket between a lesson's shell and the learner's own engine: marks what is made, refuses what the course does
//! not allow, notices what fails.
