"""A layer of an image: an ordered set of files that always packs to the same bytes."""

import gzip
import hashlib
import io
import os
import subprocess
import tarfile

# Every file's time, so that two builds agree.
EPOCH = 1767225600  # 2026-01-01T00:00:00Z

# What images leave out, as Debian's own slim images do; copyright files stay.
LEFT_OUT = (
    "usr/share/doc/", "usr/share/man/", "usr/share/info/", "usr/share/locale/", "usr/share/lintian/",
    "usr/share/bug/", "usr/share/doc-base/", "usr/share/bash-completion/", "usr/share/menu/", "usr/include/",
    "var/cache/",
)  # fmt: skip
MERGED = ("bin", "sbin", "lib", "lib64")


class Layer:
    """Files by name. Names are kept under /usr (`bin/sh` becomes `usr/bin/sh`), as in Debian today."""

    def __init__(self):
        self.members = {}

    def file(self, name, data, mode=0o644, uid=0, gid=0):
        data = data.encode() if isinstance(data, str) else data
        self._put(name, tarfile.REGTYPE, mode, uid=uid, gid=gid, data=data)

    def dir(self, name, mode=0o755, uid=0, gid=0):
        self._put(name, tarfile.DIRTYPE, mode, uid=uid, gid=gid)

    def symlink(self, name, target):
        self._put(name, tarfile.SYMTYPE, 0o777, link=target)

    def hardlink(self, name, target):
        self._put(name, tarfile.LNKTYPE, 0o755, link=_merged(target))

    def usr_merge(self):
        """`/bin`, `/sbin`, `/lib`, `/lib64` as links into `/usr`: for the lowest layer of an image."""
        for top in MERGED:
            self.dir("usr/" + top)
            link = tarfile.TarInfo(top)
            link.type, link.linkname, link.mode, link.mtime = tarfile.SYMTYPE, "usr/" + top, 0o777, EPOCH
            self.members[top] = (link, b"")

    def copy(self, name, of):
        self.file(name, self.members[_merged(of)][1])

    def tree(self, root):
        """The files under `root`, those that may be run among them as programs."""
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as source:
                    self.file(os.path.relpath(path, root), source.read(), 0o755 if os.access(path, os.X_OK) else 0o644)

    def deb(self, path, only=None):
        """What a Debian package installs, or only those names of it that `only` answers True for."""
        raw = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, stdout=subprocess.PIPE).stdout
        with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
            for member in archive:
                name = _clean(member.name)
                if name.startswith(LEFT_OUT) and not name.endswith("/copyright"):
                    continue
                if only and (member.isdir() or not only(name)):
                    continue
                data = archive.extractfile(member).read() if member.isreg() else b""
                link = _merged(member.linkname) if member.islnk() else member.linkname
                self._put(name, member.type, member.mode, link, member.uid, member.gid, data)

    def pack(self):
        """The layer as (tar, gzipped tar)."""
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
            # A hard link comes after the file it names.
            for name in sorted(self.members, key=lambda name: (self.members[name][0].islnk(), name)):
                member, data = self.members[name]
                archive.addfile(member, io.BytesIO(data) if member.isreg() else None)
        tar, packed = buffer.getvalue(), io.BytesIO()
        with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0, compresslevel=4) as stream:
            stream.write(tar)
        return tar, packed.getvalue()

    def _put(self, name, kind, mode, link="", uid=0, gid=0, data=b""):
        name = _merged(name)
        if not name:
            return
        known = self.members.get(name)
        if kind == tarfile.DIRTYPE and known and known[0].isdir() and mode == 0o755:
            return
        parent = os.path.dirname(name)
        if parent and parent not in self.members:
            self.dir(parent)
        member = tarfile.TarInfo(name)
        member.type, member.mode, member.linkname = kind, mode, link
        member.uid, member.gid, member.mtime = uid, gid, EPOCH
        member.size = len(data) if kind == tarfile.REGTYPE else 0
        self.members[name] = (member, data)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _clean(name):
    return name.removeprefix("./").strip("/")


def _merged(name):
    name = _clean(name)
    return "usr/" + name if name.split("/", 1)[0] in MERGED else name
