//! A FIFO with both ends open in this process.
//!
//! The shell opens one end for each use. Because this process always holds both ends open, the shell never waits for
//! this process and never finds the FIFO closed. POSIX does not define the effect of one descriptor for both ends, so
//! [`Fifo`] has two descriptors.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags, open};

use crate::platform;

/// Both ends of a FIFO. Reads and writes do not block.
pub(super) struct Fifo {
    pub(super) reader: OwnedFd,
    pub(super) writer: OwnedFd,
}

impl Fifo {
    pub(super) fn make(path: &Path) -> io::Result<Self> {
        platform::make_fifo(path)?;
        let end = |access: OFlags| open(path, access | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty());
        // The writing end can only be opened while the reading end is open.
        let reader = end(OFlags::RDONLY)?;
        Ok(Self { reader, writer: end(OFlags::WRONLY)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write as _;

    #[test]
    fn fifo_keeps_written_bytes_after_the_writer_has_closed_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let fifo = Fifo::make(&path).unwrap();
        let mut buffer = [0; 8];
        assert_eq!(rustix::io::read(&fifo.reader, &mut buffer), Err(rustix::io::Errno::AGAIN));
        fs::File::options().write(true).open(&path).unwrap().write_all(b"abc").unwrap();
        assert_eq!(rustix::io::read(&fifo.reader, &mut buffer), Ok(3));
        // The result is not `Ok(0)`, which would mean the end of the FIFO.
        assert_eq!(rustix::io::read(&fifo.reader, &mut buffer), Err(rustix::io::Errno::AGAIN));
    }
}
