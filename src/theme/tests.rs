//! Tests of the theme layer.
