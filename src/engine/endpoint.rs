//! Finds the engine: by the environment, then by the docker context, then at the usual sockets.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{EngineError, TlsServer};

/// An engine's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A Unix socket.
    Unix(PathBuf),
    /// `host:port`, with plain HTTP.
    Tcp(String),
    /// A server with TLS.
    Tls(TlsServer),
    /// `ssh://…`, another machine through `ssh`.
    Ssh(String),
}

impl fmt::Display for Endpoint {
    /// Writes the address as in `DOCKER_HOST`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp(address) => write!(f, "tcp://{address}"),
            Self::Tls(server) => server.fmt(f),
            Self::Ssh(url) => f.write_str(url),
        }
    }
}

impl Endpoint {
    /// Returns the environment with which the docker CLI uses this engine.
    #[must_use]
    pub fn env(&self) -> Vec<(String, String)> {
        let mut env = vec![("DOCKER_HOST".to_owned(), self.to_string())];
        if let Self::Tls(server) = self {
            env.push(("DOCKER_TLS_VERIFY".to_owned(), "1".to_owned()));
            env.extend(server.keys.iter().map(|keys| ("DOCKER_CERT_PATH".to_owned(), keys.display().to_string())));
        }
        env
    }
}

impl FromStr for Endpoint {
    type Err = EngineError;

    fn from_str(text: &str) -> Result<Self, EngineError> {
        let bad = || EngineError::Address(text.to_owned());
        let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
        let rest = rest.trim_end_matches('/');
        if rest.is_empty() {
            return Err(bad());
        }
        match scheme {
            "unix" => Ok(Self::Unix(rest.into())),
            "tcp" | "http" => Ok(Self::Tcp(with_port(rest, "2375"))),
            "https" => Ok(Self::Tls(TlsServer { address: with_port(rest, "2376"), keys: None })),
            "ssh" => Ok(Self::Ssh(text.to_owned())),
            _ => Err(bad()),
        }
    }
}

fn with_port(address: &str, port: &str) -> String {
    let host_ends = address.rfind(']').unwrap_or(0);
    if address[host_ends..].contains(':') { address.to_owned() } else { format!("{address}:{port}") }
}

/// Access to the files that [`find_endpoint`] reads.
pub trait FileLookup {
    /// Returns a file's text, if the file can be read.
    fn read(&self, path: &Path) -> Option<String>;
    /// Whether a file, a folder or a socket exists at `path`.
    fn exists(&self, path: &Path) -> bool;
}

/// The environment variables and the files of a user.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// A function that returns the value of an environment variable.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// The home directory.
    pub home: Option<&'a Path>,
    /// Access to files and sockets.
    pub look: &'a dyn FileLookup,
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").field("home", &self.home).finish_non_exhaustive()
    }
}

impl Surroundings<'_> {
    /// Returns the value of an environment variable; `None` if the value is missing or empty.
    fn var(&self, name: &str) -> Option<String> {
        (self.env)(name).filter(|value| !value.is_empty())
    }
}

/// The default socket of a system-wide engine.
const SYSTEM_SOCKET: &str = "/var/run/docker.sock";
/// Podman's socket within the runtime folder of the system or a user.
const PODMAN_SOCKET: &str = "podman/podman.sock";

/// Finds the engine that the docker CLI would use. If the environment and the docker context name no engine, tries the
/// sockets of the system, rootless engines, desktop programs and podman. If no socket exists, returns the system's
/// socket, so that the message names that socket.
///
/// # Errors
/// Fails if the environment or the context has no valid address, or if the context does not exist.
pub fn find_endpoint(here: &Surroundings<'_>) -> Result<Endpoint, EngineError> {
    if let Some(host) = here.var("DOCKER_HOST") {
        return named_endpoint(here, &host);
    }
    if let Some(config) = config(here) {
        let name = here.var("DOCKER_CONTEXT").or_else(|| current_context(here, &config));
        if let Some(name) = name.filter(|name| name != "default") {
            return context_endpoint(here, &config, &name);
        }
    }
    let socket = sockets(here).into_iter().find(|path| here.look.exists(path));
    Ok(Endpoint::Unix(socket.unwrap_or_else(|| SYSTEM_SOCKET.into())))
}

/// Returns the endpoint for the address `host`. The environment decides whether to use TLS, and names the folder of the
/// keys. Unlike the docker CLI, Dermaga always verifies the engine's certificate.
///
/// # Errors
/// Fails if the text is not an address.
pub fn named_endpoint(here: &Surroundings<'_>, host: &str) -> Result<Endpoint, EngineError> {
    let keys = || here.var("DOCKER_CERT_PATH").map(PathBuf::from).or_else(|| config(here));
    let is_tls = ["DOCKER_TLS_VERIFY", "DOCKER_TLS"].iter().any(|name| here.var(name).is_some());
    Ok(match host.parse()? {
        Endpoint::Tcp(address) if is_tls => Endpoint::Tls(TlsServer { address, keys: keys() }),
        Endpoint::Tls(server) => Endpoint::Tls(TlsServer { keys: keys(), ..server }),
        endpoint => endpoint,
    })
}

/// Finds podman's socket. For root, the system's socket comes first; for a user, the user's own socket comes first.
/// `CONTAINER_HOST` overrides both.
///
/// # Errors
/// Fails if neither socket exists, or if `CONTAINER_HOST` is not an address.
pub fn podman_endpoint(here: &Surroundings<'_>, uid: u32) -> Result<Endpoint, EngineError> {
    if let Some(host) = here.var("CONTAINER_HOST") {
        return named_endpoint(here, &host);
    }
    let runtime = here.var("XDG_RUNTIME_DIR").map_or_else(|| format!("/run/user/{uid}").into(), PathBuf::from);
    let mut paths = [runtime.join(PODMAN_SOCKET), Path::new("/run").join(PODMAN_SOCKET)];
    if uid == 0 {
        paths.reverse();
    }
    let found = paths.iter().find(|path| here.look.exists(path));
    found.map(|path| Endpoint::Unix(path.clone())).ok_or(EngineError::NoPodman(uid == 0))
}

/// Returns the docker CLI's configuration folder.
fn config(here: &Surroundings<'_>) -> Option<PathBuf> {
    here.var("DOCKER_CONFIG").map(PathBuf::from).or_else(|| here.home.map(|home| home.join(".docker")))
}

fn current_context(here: &Surroundings<'_>, config: &Path) -> Option<String> {
    context_of_config(&here.look.read(&config.join("config.json"))?)
}

/// Reads the context that `docker context use` has chosen. `text` is the docker CLI's `config.json`.
#[must_use]
pub fn context_of_config(text: &str) -> Option<String> {
    let config: Value = serde_json::from_str(text).ok()?;
    Some(config.get("currentContext")?.as_str()?.to_owned()).filter(|name| !name.is_empty())
}

/// Reads the address in a context. Docker keeps a context in a folder named by the SHA-256 of the context's name.
fn context_endpoint(here: &Surroundings<'_>, config: &Path, name: &str) -> Result<Endpoint, EngineError> {
    let bad = || EngineError::Context(name.to_owned());
    let folder = format!("{:x}", Sha256::digest(name.as_bytes()));
    let contexts = config.join("contexts");
    let meta = here.look.read(&contexts.join("meta").join(&folder).join("meta.json")).ok_or_else(bad)?;
    let meta: Value = serde_json::from_str(&meta).map_err(|_| bad())?;
    let docker = &meta["Endpoints"]["docker"];
    let endpoint: Endpoint = docker["Host"].as_str().ok_or_else(bad)?.parse()?;
    Ok(match endpoint {
        Endpoint::Tcp(address) => {
            let keys = contexts.join("tls").join(&folder).join("docker");
            let skip = docker["SkipTLSVerify"].as_bool().unwrap_or_default();
            match here.look.exists(&keys) {
                false if !skip => Endpoint::Tcp(address),
                has_keys => Endpoint::Tls(TlsServer { address, keys: has_keys.then_some(keys) }),
            }
        }
        endpoint => endpoint,
    })
}

/// Lists the sockets in order of preference: first the system's socket, then rootless Docker's, desktop programs' and
/// podman's.
fn sockets(here: &Surroundings<'_>) -> Vec<PathBuf> {
    let runtime = here.var("XDG_RUNTIME_DIR").map(PathBuf::from);
    let mut paths = vec![PathBuf::from(SYSTEM_SOCKET)];
    paths.extend(runtime.iter().map(|runtime| runtime.join("docker.sock")));
    if let Some(home) = here.home {
        let desktops = [
            ".docker/run/docker.sock",
            ".docker/desktop/docker.sock",
            ".colima/default/docker.sock",
            ".orbstack/run/docker.sock",
            ".rd/docker.sock",
        ];
        paths.extend(desktops.iter().map(|path| home.join(path)));
    }
    paths.extend(runtime.iter().map(|runtime| runtime.join(PODMAN_SOCKET)));
    paths.push(Path::new("/run").join(PODMAN_SOCKET));
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[derive(Default)]
    struct Files(HashMap<PathBuf, String>);

    impl Files {
        fn with(mut self, path: &str, text: &str) -> Self {
            self.0.insert(path.into(), text.into());
            self
        }
    }

    impl FileLookup for Files {
        fn read(&self, path: &Path) -> Option<String> {
            self.0.get(path).cloned()
        }

        fn exists(&self, path: &Path) -> bool {
            self.0.keys().any(|known| known.starts_with(path))
        }
    }

    fn found(env: &[(&str, &str)], files: &Files) -> Result<String, String> {
        let env = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let here = Surroundings { env: &env, home: Some(Path::new("/home/ani")), look: files };
        find_endpoint(&here).map(|endpoint| format!("{endpoint:?}")).map_err(|error| error.key().to_owned())
    }

    // The output of `printf colima | sha256sum`.
    const COLIMA: &str = "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16";

    #[test]
    fn environment_precedes_context_and_context_precedes_sockets() {
        let meta = |host: &str| format!(r#"{{"Name":"colima","Endpoints":{{"docker":{{"Host":"{host}"}}}}}}"#);
        let meta_path = format!("/home/ani/.docker/contexts/meta/{COLIMA}/meta.json");
        let files = Files::default()
            .with("/var/run/docker.sock", "")
            .with("/home/ani/.docker/config.json", r#"{"currentContext":"colima"}"#)
            .with(&meta_path, &meta("unix:///home/ani/.colima/default/docker.sock"));
        let colima = r#"Unix("/home/ani/.colima/default/docker.sock")"#;
        assert_eq!(found(&[], &files).as_deref(), Ok(colima));
        assert_eq!(found(&[("DOCKER_CONTEXT", "default")], &files).as_deref(), Ok(r#"Unix("/var/run/docker.sock")"#));
        assert_eq!(found(&[("DOCKER_CONTEXT", "nosuch")], &files), Err("connect-context".into()));
        assert_eq!(
            found(&[("DOCKER_HOST", "unix:///x.sock"), ("DOCKER_CONTEXT", "nosuch")], &files).as_deref(),
            Ok(r#"Unix("/x.sock")"#)
        );
        assert_eq!(found(&[("DOCKER_HOST", ""), ("DOCKER_CONTEXT", "colima")], &files).as_deref(), Ok(colima));
        assert_eq!(found(&[("DOCKER_CONFIG", "/elsewhere")], &files).as_deref(), Ok(r#"Unix("/var/run/docker.sock")"#));
        let tls = files.with(&meta_path, &meta("tcp://1.2.3.4:2376"));
        assert_eq!(found(&[], &tls).as_deref(), Ok(r#"Tcp("1.2.3.4:2376")"#));
        let tls = tls.with(&format!("/home/ani/.docker/contexts/tls/{COLIMA}/docker/ca.pem"), "");
        let keys = format!("/home/ani/.docker/contexts/tls/{COLIMA}/docker");
        assert_eq!(found(&[], &tls), Ok(tls_server("1.2.3.4:2376", Some(&keys))));
        let skip = r#"{"Endpoints":{"docker":{"Host":"tcp://h","SkipTLSVerify":true}}}"#;
        let skip = Files::default()
            .with("/home/ani/.docker/config.json", r#"{"currentContext":"colima"}"#)
            .with(&meta_path, skip);
        assert_eq!(found(&[], &skip), Ok(tls_server("h:2375", None)));
    }

    fn tls_server(address: &str, keys: Option<&str>) -> String {
        let server = TlsServer { address: address.to_owned(), keys: keys.map(PathBuf::from) };
        format!("{:?}", Endpoint::Tls(server))
    }

    #[test]
    fn system_socket_precedes_rootless_then_desktop_then_podman_sockets() {
        let env = [("XDG_RUNTIME_DIR", "/run/user/7")];
        let mut files = Files::default();
        let expect = [
            "/var/run/docker.sock", // If no socket exists, the message names this socket.
            "/run/podman/podman.sock",
            "/run/user/7/podman/podman.sock",
            "/home/ani/.orbstack/run/docker.sock",
            "/home/ani/.docker/run/docker.sock",
            "/run/user/7/docker.sock",
            "/var/run/docker.sock",
        ];
        for (index, path) in expect.into_iter().enumerate() {
            if index > 0 {
                files = files.with(path, "");
            }
            assert_eq!(found(&env, &files), Ok(format!("Unix({path:?})")));
        }
    }

    #[test]
    fn engine_address_is_read_as_by_the_docker_cli() {
        let cases = [
            ("tcp://10.0.0.1", Ok(r#"Tcp("10.0.0.1:2375")"#)),
            ("tcp://[::1]", Ok(r#"Tcp("[::1]:2375")"#)),
            ("tcp://[::1]:99/", Ok(r#"Tcp("[::1]:99")"#)),
            ("ssh://ani@host", Ok(r#"Ssh("ssh://ani@host")"#)),
            ("npipe:////./pipe/docker_engine", Err("connect-address")),
            ("unix://", Err("connect-address")),
            ("docker.sock", Err("connect-address")),
        ];
        for (host, expected) in cases {
            let got = found(&[("DOCKER_HOST", host)], &Files::default());
            assert_eq!(got.as_deref(), expected.map_err(String::from).as_ref().map(|s| *s), "{host}");
        }
        let host = ("DOCKER_HOST", "tcp://h:1");
        let cases = [
            (vec![host, ("DOCKER_TLS_VERIFY", "1")], Some("/home/ani/.docker")),
            (vec![host, ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", "/k")], Some("/k")),
            (vec![host, ("DOCKER_TLS", "1"), ("DOCKER_CONFIG", "/c")], Some("/c")),
        ];
        for (env, keys) in cases {
            assert_eq!(found(&env, &Files::default()), Ok(tls_server("h:1", keys)), "{env:?}");
        }
    }

    #[test]
    fn environment_makes_the_docker_cli_use_the_same_endpoint() {
        let env = |endpoint: Endpoint| {
            endpoint.env().into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        };
        let server = TlsServer { address: "h:1".into(), keys: Some("/k".into()) };
        assert_eq!(env(Endpoint::Unix("/x.sock".into())), "DOCKER_HOST=unix:///x.sock");
        assert_eq!(env(Endpoint::Tls(server)), "DOCKER_HOST=tcp://h:1 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=/k");
    }

    #[test]
    fn podman_is_found_at_the_users_or_the_systems_socket() {
        let podman = |env: &[(&str, &str)], files: &Files, uid| {
            let env = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
            let here = Surroundings { env: &env, home: None, look: files };
            podman_endpoint(&here, uid).map(|endpoint| endpoint.to_string()).map_err(|error| error.key())
        };
        let none = Files::default();
        assert_eq!(podman(&[], &none, 7), Err("connect-no-podman"));
        assert_eq!(podman(&[], &none, 0), Err("connect-no-podman-root"));
        assert_eq!(podman(&[("CONTAINER_HOST", "tcp://h:1")], &none, 7).as_deref(), Ok("tcp://h:1"));
        let (root, user) = ("/run/podman/podman.sock", "/run/user/7/podman/podman.sock");
        let both = Files::default().with(root, "").with(user, "").with("/x/podman/podman.sock", "");
        assert_eq!(podman(&[], &both, 7), Ok(format!("unix://{user}")));
        assert_eq!(podman(&[("XDG_RUNTIME_DIR", "/run/user/7")], &both, 0), Ok(format!("unix://{root}")));
        assert_eq!(podman(&[("XDG_RUNTIME_DIR", "/x")], &both, 7).as_deref(), Ok("unix:///x/podman/podman.sock"));
    }
}
