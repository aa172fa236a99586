//! The drive loop: Walk × Session × Engine × reporters.
