"""Debian packages through the ordinary apt client, in an apt root of our own: the system's packages stay as they are.

A lock file says which packages the pack is made of, a line each: part, package, version, SHA-256.
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
from collections import namedtuple

SUITE = "bookworm"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

Deb = namedtuple("Deb", "name version sha256")


class Gone(Exception):
    """The mirror no longer has a locked version."""


def read_lock(path):
    """The lock file as {part: [Deb]}; an absent one is empty."""
    parts = {}
    if os.path.exists(path):
        with open(path, encoding="ascii") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    part, name, version, sha256 = line.split()
                    parts.setdefault(part, []).append(Deb(name, version, sha256))
    return parts


def write_lock(path, parts):
    with open(path, "w", encoding="ascii") as out:
        out.write("# The Debian packages of the pack: part, package, version, SHA-256. Made by `pack/build --update-lock`.\n")
        for part in sorted(parts):
            for deb in sorted(parts[part]):
                out.write(f"{part} {deb.name} {deb.version} {deb.sha256}\n")


class Apt:
    """apt with its own lists, cache and (empty) list of installed packages; the system's own mirror and keyring."""

    def __init__(self, cache):
        self.root = os.path.join(cache, "apt")
        self.debs = os.path.join(cache, "debs")
        self.updated = False
        for folder in ("lists/partial", "archives/partial", "etc", "download"):
            os.makedirs(os.path.join(self.root, folder), exist_ok=True)
        os.makedirs(self.debs, exist_ok=True)

    def path(self, deb):
        return os.path.join(self.debs, deb.sha256 + ".deb")

    def fetch(self, debs):
        """Downloads those of the locked packages that are not here yet, and holds each against its SHA-256."""
        missing = {deb for deb in debs if not os.path.exists(self.path(deb))}
        if not missing:
            return
        for deb, found in zip(sorted(missing), self._download(sorted(missing))):
            if found.sha256 != deb.sha256:
                raise SystemExit(
                    f"{deb.name} {deb.version}: the lock says sha256 {deb.sha256}, the mirror has {found.sha256}.\n"
                    "Nothing was built. Compare with the package's page; `pack/build --update-lock` accepts the new one."
                )

    def resolve(self, wanted, base=()):
        """The packages that installing `wanted` on a system that has `base` would bring, downloaded and locked."""
        status = os.path.join(self.root, "status")
        with open(status, "w", encoding="utf-8") as out:
            if base:
                shown = self._run("apt-cache", "show", "--no-all-versions", *sorted({deb.name for deb in base}))
                for record in filter(None, (record.strip() for record in shown.split("\n\n"))):
                    out.write(record.replace("\n", "\nStatus: install ok installed\n", 1) + "\n\n")
        plan = self._run("apt-get", "install", "--simulate", *wanted, status=status)
        found = re.findall(r"^Inst (\S+) \((\S+)", plan, re.M)
        return self._download(sorted(Deb(name, version, "") for name, version in found))

    def _download(self, debs):
        """Downloads exactly these versions; answers them with their SHA-256, in the same order."""
        print(f"Fetching {len(debs)} Debian packages with apt.", flush=True)
        folder = os.path.join(self.root, "download")
        shutil.rmtree(folder)
        os.makedirs(folder)
        self._run("apt-get", "download", *(f"{deb.name}={deb.version}" for deb in debs), cwd=folder)
        found = []
        for deb in debs:
            [path] = glob.glob(os.path.join(folder, f"{deb.name}_{deb.version.replace(':', '%3a')}_*.deb"))
            with open(path, "rb") as data:
                locked = deb._replace(sha256=hashlib.sha256(data.read()).hexdigest())
            os.replace(path, self.path(locked))
            found.append(locked)
        return found

    def _run(self, program, *args, status="/dev/null", cwd=None):
        if not self.updated:
            self.updated = True
            self._write_sources()
            self._run("apt-get", "update")
        options = {
            "Dir::State": self.root, "Dir::State::status": status, "Dir::State::lists": self.root + "/lists",
            "Dir::Cache": self.root, "Dir::Cache::archives": self.root + "/archives",
            "Dir::Etc::sourcelist": self.root + "/etc/sources.list", "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null", "Dir::Etc::preferencesparts": "/dev/null",
            "APT::Architecture": "amd64", "APT::Architectures": "amd64", "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root", "APT::Update::Post-Invoke": "", "Acquire::Languages": "none",
            "APT::Update::Error-Mode": "any",
        }  # fmt: skip
        flags = [flag for key, value in options.items() for flag in ("-o", f"{key}={value}")]
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run([program, "-q", *flags, *args], cwd=cwd, env=environment, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout
        if re.search(r"^E: (Version '.*' for '.*' was not found|Unable to locate package)", done.stderr, re.M):
            raise Gone(done.stderr.strip())
        raise SystemExit(f"`{program} {args[0]}` failed:\n{done.stderr.strip()}")

    def _write_sources(self):
        system = ""
        for path in ["/etc/apt/sources.list", *sorted(glob.glob("/etc/apt/sources.list.d/*"))]:
            if os.path.isfile(path):
                with open(path, encoding="utf-8") as source:
                    system += "".join(line for line in source if not line.startswith("#"))
        mirrors = re.findall(r"\b(?:https?|file|mirror\+\w+):\S+", system)
        main = next((url for url in mirrors if re.search(r"/debian/?$", url)), None)
        security = next((url for url in mirrors if re.search(r"/debian-security/?$", url)), None)
        if not main:
            raise SystemExit(
                "No Debian mirror in /etc/apt/sources.list or sources.list.d: the pack is built out of Debian packages.\n"
                "Build it on a Debian system, or copy a pack that is built already."
            )
        with open(self.root + "/etc/sources.list", "w", encoding="ascii") as out:
            out.write(f"deb [signed-by={KEYRING}] {main} {SUITE} main\n")
            out.write(f"deb [signed-by={KEYRING}] {main} {SUITE}-updates main\n")
            if security:
                out.write(f"deb [signed-by={KEYRING}] {security} {SUITE}-security main\n")
