//! What other programs show: a link in the browser, a folder in the file manager.

use std::ffi::OsStr;
use std::io;

use tokio::process::Command;

/// Opens something with the program that the person uses for it. Of the programs that may know which one that is, the
/// first that is there is asked.
pub(super) fn open(what: impl AsRef<OsStr>) -> io::Result<()> {
    let mut refusal = io::Error::from(io::ErrorKind::NotFound);
    for command in open::commands(what) {
        let mut command = Command::from(command);
        #[cfg(target_os = "linux")]
        super::graphics::give_back(&mut command);
        // It is not waited for: a browser may be the program that is started.
        match command.spawn() {
            Ok(_) => return Ok(()),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}
