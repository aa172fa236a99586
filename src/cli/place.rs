//! Finds the engine and the images that the command line names.

use std::path::{Path, PathBuf};

use super::args::TestArgs;
use super::{Failure, Settings, exit};
use crate::claims::InfraFailure;
use crate::engine::{Endpoint, Engine, EngineError};
use crate::pack::{Pack, PackError};
use crate::run::{EngineTarget, cli_version};
use crate::sandbox::{self, Binaries, DataRoot, ImageSource, SandboxSpec, find_binaries, find_binaries_in};
use crate::transcript::sanitise;

/// The names of the pack's stand-in images, each with the reason why the pack lacks the real image.
pub(super) type StandIns = Vec<(String, String)>;

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let kind = match error {
            EngineError::Address { .. } => exit::USAGE,
            _ => exit::MACHINE,
        };
        Self::with_values(kind, error.message())
    }
}

/// Creates the failure for a docker CLI that does not report its version. The version decides which features a lesson
/// can use.
pub(super) fn no_version(trouble: &InfraFailure) -> Failure {
    Failure::new(exit::MACHINE, "failure-no-version").with("said", sanitise(&trouble.detail))
}

/// Prepares the engine called `engine`. An engine that is not private must already answer.
pub(super) async fn place(
    engine: &str,
    args: &TestArgs,
    settings: &Settings,
    state: &Path,
    scratch: &Path,
    run_id: &str,
) -> Result<(EngineTarget, StandIns), Failure> {
    if let Some(binaries) = private(engine, settings) {
        let binaries = binaries?;
        let (images, stand_ins) = images(&args.images, settings)?;
        // Removes the remains of a killed run. If that fails, this run can continue.
        let _ = sandbox::recover(state);
        let data = if settings.on_disk { DataRoot::Disk } else { DataRoot::fastest(args.jobs) };
        let shared = vec![scratch.to_owned()];
        let spec = SandboxSpec { data, shared, ..SandboxSpec::new(run_id, state, binaries, images) };
        return Ok((EngineTarget::Private(Box::new(spec)), stand_ins));
    }
    let endpoint = settings.named_engine(engine);
    // If no engine has this name, the message says so and does not demand `--yes`.
    let is_no_name = matches!(endpoint, Err(EngineError::Address { .. }));
    if !args.yes && !is_no_name {
        let key = if sandbox::check_system().is_ok() { "failure-needs-yes" } else { "failure-needs-yes-only" };
        return Err(Failure::new(exit::USAGE, key).with("engine", engine));
    }
    let endpoint = endpoint?;
    Engine::connect(&endpoint).await?;
    let mut env = endpoint.env();
    let cli = cli_version(Path::new("docker"), &env).await.unwrap_or_default();
    if matches!(endpoint, Endpoint::Ssh(_)) {
        env.extend(settings.variable("SSH_AUTH_SOCK").map(|agent| ("SSH_AUTH_SOCK".to_owned(), agent.to_owned())));
    }
    Ok((EngineTarget::Engine { endpoint, env, cli }, Vec::new()))
}

/// Finds the programs of the private engine `name`. `private` means the programs that are installed here,
/// `private:NAME` another system's programs in Dermaga's cache, and `private:PATH` the programs in any folder. Returns
/// `None` if `name` does not name a private engine.
pub(super) fn private(name: &str, settings: &Settings) -> Option<Result<Binaries, Failure>> {
    if name == "private" {
        return Some(find_binaries(&settings.path).map_err(Failure::from));
    }
    let name = name.strip_prefix("private:")?;
    let shelf = settings.cache.join("engines");
    let root = if name.contains('/') { PathBuf::from(name) } else { shelf.join(name) };
    // Refuses `.` and `..`, which do not name a folder inside the cache.
    if !root.is_dir() || ["", ".", ".."].contains(&name) {
        return Some(Err(unknown(name, &shelf)));
    }
    Some(find_binaries_in(&root, &settings.path).map_err(Failure::from))
}

fn unknown(name: &str, shelf: &Path) -> Failure {
    let entries = std::fs::read_dir(shelf).into_iter().flatten().flatten();
    let mut known: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| format!("private:{}", entry.file_name().to_string_lossy()))
        .collect();
    known.sort();
    let key = if known.is_empty() { "failure-no-private" } else { "failure-unknown-private" };
    let failure = Failure::new(exit::USAGE, key).with("name", name).with("known", known.join(", "));
    failure.with("shelf", shelf.display().to_string())
}

/// Creates the failure for an unusable pack. If the pack is missing, the advice differs if the person named the pack,
/// if Dermaga runs in its own repository, and if Dermaga is installed.
fn no_pack(error: PackError, is_usual: bool) -> Failure {
    let PackError::Missing(dir) = &error else { return error.into() };
    let key = match is_usual {
        false => "pack-missing",
        true if Path::new("pack/images.py").is_file() => "pack-missing-repository",
        true => "pack-missing-installed",
    };
    Failure::new(exit::MACHINE, key).with("path", dir.display().to_string())
}

/// Returns the image source of the private engine's mirror, and the pack's stand-ins.
pub(super) fn images(from: &str, settings: &Settings) -> Result<(ImageSource, StandIns), Failure> {
    let dir = match from {
        "hub" => return Ok((ImageSource::Hub, Vec::new())),
        "pack" => settings.pack.clone(),
        dir => PathBuf::from(dir),
    };
    let pack = Pack::open(&dir).map_err(|error| no_pack(error, from == "pack" && !settings.is_pack_named))?;
    let short = |name: &str| {
        name.strip_prefix("docker.io/library/").or_else(|| name.strip_prefix("docker.io/")).unwrap_or(name).to_owned()
    };
    let stand_ins = pack
        .images()
        .iter()
        .filter_map(|image| Some((format!("{}:{}", short(&image.name), image.tag), image.stand_in.clone()?)))
        .collect();
    Ok((ImageSource::Pack(dir), stand_ins))
}
