//! Knows the programs that run an engine in their own virtual machine. Each program has its own start command and is
//! not a service.

use crate::engine::Endpoint;

/// A part of the socket's path, and the command that starts the engine at this socket.
const PROGRAMS: [(&str, &str); 6] = [
    ("/.colima/", "colima start"),
    ("/colima/", "colima start"),
    ("/.orbstack/", "orb start"),
    ("/.rd/", "rdctl start"),
    ("/.docker/desktop/", "systemctl --user start docker-desktop"),
    ("/.docker/run/", "open -a Docker"),
];

/// Returns the command that starts the engine at this address, if it belongs to one of these programs.
pub(super) fn start(endpoint: &Endpoint) -> Option<Vec<String>> {
    let Endpoint::Unix(socket) = endpoint else { return None };
    let socket = socket.to_string_lossy();
    let (_, command) = PROGRAMS.iter().find(|(part, _)| socket.contains(part))?;
    Some(vec![(*command).to_owned()])
}
