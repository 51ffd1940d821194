//! A server that nobody has any business with: who asks it was led there.

use std::io::{ErrorKind, Read};
use std::net::TcpListener;

/// Counts who comes; never answers.
pub(crate) struct Trap(TcpListener);

impl Trap {
    pub(crate) fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// Its address, as it would stand in a link.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// What those said first who have come since it was last asked.
    pub(crate) fn visitors(&self) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match self.0.accept() {
                Ok((mut visitor, _)) => {
                    visitor.set_nonblocking(false).unwrap();
                    visitor.set_read_timeout(Some(std::time::Duration::from_secs(1))).unwrap();
                    let mut first = [0; 200];
                    let length = visitor.read(&mut first).unwrap_or(0);
                    said.push(String::from_utf8_lossy(&first[..length]).into_owned());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return said,
                Err(error) => panic!("the trap broke: {error}"),
            }
        }
    }
}
