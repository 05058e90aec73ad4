//! Files over HTTP.

pub mod download;
pub mod upload;
