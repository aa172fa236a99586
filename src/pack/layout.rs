//! A pack on disk. The content of a pack is not trusted. [`Pack::open`] checks the names. The server checks each blob
//! against the blob's digest before sending the blob.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{Mode, OFlags};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Digest;
use super::name::{COPIES, Reference, full_name, normalise};
use crate::text::Message;

/// The maximum size of a JSON document of a pack, in bytes. Registries have the same limit for manifests.
pub(super) const LARGEST_DOCUMENT: u64 = 4 * 1024 * 1024;
/// The maximum number of images in a pack.
const MOST_IMAGES: usize = 10_000;
/// The label of a stand-in image. The value of the label is the reason for the stand-in.
const STAND_IN: &str = "dev.dermaga.stand-in";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// The media types of manifests that can be pushed.
pub(super) const MANIFEST_TYPES: [&str; 4] = [
    DOCKER_MANIFEST,
    OCI_MANIFEST,
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.index.v1+json",
];

/// The reason why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// There is no pack in this directory.
    #[error("{} is not a pack", .0.display())]
    Missing(PathBuf),
    /// A file could not be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A document is malformed.
    #[error("{} is not what a pack has there: {why}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The problem with the document.
        why: String,
    },
    /// The content of a blob does not have the blob's digest.
    #[error("the blob {0} is damaged")]
    Damaged(Digest),
}

impl PackError {
    /// Returns the key of the error's message in `words`, and the values for the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let (key, about) = match self {
            Self::Missing(path) => ("pack-missing", path.display().to_string()),
            Self::Unreadable { path, .. } => ("pack-unreadable", path.display().to_string()),
            Self::Malformed { path, .. } => ("pack-damaged", path.display().to_string()),
            Self::Damaged(digest) => ("pack-damaged", digest.to_string()),
        };
        (key, vec![("path", about)])
    }
}

/// An image of a pack, under one of the image's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackImage {
    /// The repository in full, such as `docker.io/library/mongo`.
    pub name: String,
    /// The tag.
    pub tag: String,
    /// The digest of the manifest.
    pub digest: Digest,
    /// The number of bytes that a pull downloads.
    pub bytes: u64,
    /// For a stand-in image, the reason for the stand-in, from the image's label.
    pub stand_in: Option<String>,
}

/// A pack: images in an OCI image layout on disk.
#[derive(Debug)]
pub struct Pack {
    root: PathBuf,
    images: Vec<PackImage>,
    repositories: HashMap<String, PackRepository>,
    /// The digests of the blobs that were already checked.
    sound: Mutex<HashSet<Digest>>,
}

/// The content of one repository of a pack.
#[derive(Debug, Default)]
pub(super) struct PackRepository {
    /// The manifest of each tag.
    pub(super) tags: BTreeMap<String, Digest>,
    /// The media type of each manifest.
    pub(super) manifests: HashMap<Digest, &'static str>,
    /// The size of each blob, including manifests.
    pub(super) blobs: HashMap<Digest, u64>,
}

#[derive(Deserialize)]
struct Index {
    manifests: Vec<IndexEntry>,
}

#[derive(Deserialize)]
struct IndexEntry {
    #[serde(rename = "mediaType")]
    media_type: String,
    digest: Digest,
    size: u64,
    #[serde(default)]
    annotations: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Manifest {
    config: Descriptor,
    layers: Vec<Descriptor>,
}

#[derive(Deserialize)]
struct Descriptor {
    digest: Digest,
    size: u64,
}

impl Pack {
    /// Opens the pack in `dir`, and checks the index and the manifests of the pack. Does not check layers: the server
    /// checks each layer before sending the layer.
    pub fn open(dir: &Path) -> Result<Self, PackError> {
        if !dir.join("oci-layout").is_file() {
            return Err(PackError::Missing(dir.to_owned()));
        }
        let index_path = dir.join("index.json");
        let index: Index = parse(&index_path, &read_document(&index_path)?)?;
        if index.manifests.len() > MOST_IMAGES {
            return Err(malformed(&index_path, format!("more than {MOST_IMAGES} images")));
        }
        let mut pack = Self {
            root: dir.to_owned(),
            images: Vec::new(),
            repositories: HashMap::new(),
            sound: Mutex::new(HashSet::new()),
        };
        for entry in &index.manifests {
            pack.add(entry, &index_path)?;
        }
        pack.images.sort_by(|a, b| (&a.name, &a.tag).cmp(&(&b.name, &b.tag)));
        Ok(pack)
    }

    /// Returns the images, one for each tag, sorted by name and tag.
    #[must_use]
    pub fn images(&self) -> &[PackImage] {
        &self.images
    }

    /// Returns all names that an engine can pull: full names with tags, including the names of copies on other hosts.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let official = |image: &PackImage| image.name.strip_prefix("docker.io/library/").map(str::to_owned);
        self.images.iter().flat_map(move |image| {
            let copies = official(image).into_iter().flat_map(|name| COPIES.map(|copy| format!("{copy}{name}")));
            [image.name.clone()].into_iter().chain(copies).map(|name| format!("{name}:{}", image.tag))
        })
    }

    /// Returns the image with the given name, which may be short or full: `mongo:4.1`, `docker.io/library/mongo`,
    /// `mongo@sha256:…`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&PackImage> {
        let (full, reference) = normalise(name)?;
        self.images.iter().find(|image| {
            image.name == full
                && match &reference {
                    Reference::Tag(tag) => *tag == image.tag,
                    Reference::Digest(digest) => *digest == image.digest,
                }
        })
    }

    pub(super) fn repository(&self, host: &str, name: &str) -> Option<&PackRepository> {
        self.repositories.get(&full_name(host, name))
    }

    /// Opens a blob after checking the blob's digest and size.
    pub(super) fn open_sound(&self, digest: Digest, size: u64) -> Result<File, PackError> {
        if !self.sound.lock().unwrap_or_else(PoisonError::into_inner).contains(&digest) {
            self.check(digest, size)?;
            self.sound.lock().unwrap_or_else(PoisonError::into_inner).insert(digest);
        }
        let path = self.blob_path(digest);
        open_regular(&path).map_err(|source| PackError::Unreadable { path, source })
    }

    /// Reads the blob with this digest, which is a JSON document. Checks the digest.
    pub(super) fn document(&self, digest: Digest) -> Result<Vec<u8>, PackError> {
        let bytes = read_document(&self.blob_path(digest))?;
        if Digest::of(&bytes) == digest { Ok(bytes) } else { Err(PackError::Damaged(digest)) }
    }

    fn add(&mut self, entry: &IndexEntry, index_path: &Path) -> Result<(), PackError> {
        let media_type = [DOCKER_MANIFEST, OCI_MANIFEST].into_iter().find(|known| *known == entry.media_type);
        let Some(media_type) = media_type else {
            let why = format!("{} has the media type {}", entry.digest, entry.media_type);
            return Err(malformed(index_path, why));
        };
        let Some(written) = entry.annotations.get("org.opencontainers.image.ref.name") else {
            return Err(malformed(index_path, format!("{} has no name", entry.digest)));
        };
        let Some((name, Reference::Tag(tag))) = normalise(written) else {
            return Err(malformed(index_path, format!("{written:?} is no image's name")));
        };
        let path = self.blob_path(entry.digest);
        let manifest: Manifest = parse(&path, &self.document(entry.digest)?)?;
        let path = self.blob_path(manifest.config.digest);
        let config: Value = parse(&path, &self.document(manifest.config.digest)?)?;
        let stand_in = config["config"]["Labels"][STAND_IN].as_str().map(str::to_owned);

        let repository = self.repositories.entry(name.clone()).or_default();
        if repository.tags.insert(tag.clone(), entry.digest).is_some() {
            return Err(malformed(index_path, format!("{written} is there twice")));
        }
        repository.manifests.insert(entry.digest, media_type);
        repository.blobs.insert(entry.digest, entry.size);
        let mut bytes = 0_u64;
        for blob in manifest.layers.iter().chain([&manifest.config]) {
            repository.blobs.insert(blob.digest, blob.size);
            bytes = bytes.saturating_add(blob.size);
        }
        self.images.push(PackImage { name, tag, digest: entry.digest, bytes, stand_in });
        Ok(())
    }

    fn check(&self, digest: Digest, size: u64) -> Result<(), PackError> {
        let path = self.blob_path(digest);
        let found = open_regular(&path)
            // Reading one byte more than the size shows whether the file is too long.
            .and_then(|file| Digest::of_reader(file.take(size.saturating_add(1))))
            .map_err(|source| PackError::Unreadable { path, source })?;
        if found == (digest, size) { Ok(()) } else { Err(PackError::Damaged(digest)) }
    }

    fn blob_path(&self, digest: Digest) -> PathBuf {
        self.root.join("blobs/sha256").join(digest.hex())
    }
}

/// Opens a regular file. Does not follow links, and does not block on a pipe or a device.
fn open_regular(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

fn read_document(path: &Path) -> Result<Vec<u8>, PackError> {
    let mut bytes = Vec::new();
    open_regular(path)
        .and_then(|file| file.take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes))
        .map_err(|source| PackError::Unreadable { path: path.to_owned(), source })?;
    if bytes.len() as u64 > LARGEST_DOCUMENT {
        return Err(malformed(path, format!("more than {LARGEST_DOCUMENT} bytes")));
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, PackError> {
    serde_json::from_slice(bytes).map_err(|error| malformed(path, error.to_string()))
}

fn malformed(path: &Path, why: String) -> PackError {
    PackError::Malformed { path: path.to_owned(), why }
}
