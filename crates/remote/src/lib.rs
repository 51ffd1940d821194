//! PDT's way to the services: one HTTP client, and what GitHub and GitLab are asked.

pub mod http;
