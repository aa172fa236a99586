//! Lists programs that run an engine in a virtual machine. Such a program is not a service: it has its own start
//! command.

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

/// Returns the command that starts the engine at this address, if the socket belongs to one of the [`PROGRAMS`].
pub(super) fn start(endpoint: &Endpoint) -> Option<Vec<String>> {
    let Endpoint::Unix(socket) = endpoint else { return None };
    let socket = socket.to_string_lossy();
    let (_, command) = PROGRAMS.iter().find(|(part, _)| socket.contains(part))?;
    Some(vec![(*command).to_owned()])
}
