//! What a learner has done, what is due for review, and how two histories become one.
