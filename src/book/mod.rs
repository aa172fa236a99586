//! The lessons as a site: preprocessor, build, languages, search.
