//! The two streams of the process. Nobody listening any more is no error and no panic.

use std::io::{ErrorKind, Write, stderr, stdout};

/// Writes to standard output. A reader that went away (`pdt commit list | head`) has all it wanted.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a line to standard error. Where that is closed there is nobody left to tell.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(stderr().lock(), "{line}");
}
