//! What the resident process gives back whenever it comes to rest: pages of code and tables that its start and its last
//! work have read. Two thirds of what it has in memory are those, and most of them nobody looks at again, such as the
//! tables by which the loader put WebKit's libraries together. What is needed after all comes back out of the file.

use std::ffi::{c_int, c_void};
use std::time::Duration;

use pdt_engine::supervisor::RunEnded;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// So long after the start, or after a run, nothing is left to do.
const SETTLING: Duration = Duration::from_secs(2);

/// The smallest page of any system. Where pages are larger, libraries begin at one all the same.
const PAGE: usize = 4096;

/// Gives memory back after the start, and after each run.
pub(super) async fn keep(mut ended: Receiver<RunEnded>) {
    loop {
        tokio::time::sleep(SETTLING).await;
        give_back();
        if let Err(RecvError::Closed) = ended.recv().await {
            return;
        }
    }
}

/// Tells the system that nothing of the program and its libraries that cannot be written to is needed in memory.
#[expect(unsafe_code, reason = "there is no safe way to ask the loader what it has loaded")]
fn give_back() {
    // SAFETY: The function fits what the loader calls, keeps nothing that it is given, and does not unwind.
    unsafe { libc::dl_iterate_phdr(Some(give_back_one), std::ptr::null_mut()) };
}

/// Gives back one library. The loader calls it, and lets nobody unload the library meanwhile.
#[expect(unsafe_code, reason = "the loader speaks C, and so does the system")]
unsafe extern "C" fn give_back_one(library: *mut libc::dl_phdr_info, _: usize, _: *mut c_void) -> c_int {
    // SAFETY: The loader hands over a library that stays for as long as this call lasts, with as many headers as it says.
    let (base, headers) = unsafe {
        let library = &*library;
        (library.dlpi_addr, std::slice::from_raw_parts(library.dlpi_phdr, library.dlpi_phnum.into()))
    };
    for header in headers.iter().filter(|it| it.p_type == libc::PT_LOAD && it.p_flags & libc::PF_W == 0) {
        let start = usize::try_from(base.wrapping_add(header.p_vaddr)).unwrap_or_default();
        let end = start.saturating_add(usize::try_from(header.p_filesz).unwrap_or_default());
        let (start, end) = (start.next_multiple_of(PAGE), end / PAGE * PAGE);
        if start < end {
            let place = std::ptr::with_exposed_provenance_mut(start);
            // SAFETY: The pages are those of a file and cannot be written to, so that they are as they are in it: whoever
            // reads or executes them next gets the same again. A refusal leaves everything as it was.
            unsafe { libc::madvise(place, end - start, libc::MADV_DONTNEED) };
        }
    }
    0
}
