//! Where a learner chooses what to learn.
