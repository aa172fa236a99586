//! The end of a session: everything that was started in it ends.

use super::shell::Session;

impl Session {
    /// Ends the shell and everything that was started in it.
    pub async fn close(mut self) {
        self.end_all().await;
    }

    pub(super) async fn end_all(&mut self) {
        self.ready = false;
        let _ = self.child.kill().await;
    }
}
