"""What is in the pack: each layer, and the images made of them."""

import os
from collections import namedtuple

from layer import Layer

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# A part is a set of Debian packages: `wanted` with what it needs on top of the part `base`, or `wanted` alone.
Part = namedtuple("Part", "wanted base alone")
# `text` is what `docker history` says; `build` makes the Layer out of the paths of a part's .debs.
Step = namedtuple("Step", "text part build")
Image = namedtuple("Image", "names layers config steps created stand_in", defaults=((), None, None))

PARTS = {
    "libc": Part(["libc6"], None, True),
    "busybox": Part(["busybox"], None, True),
}


def build_libc(debs):
    """As much of the C library as one program needs, and the host names' resolver."""
    layer = Layer()
    layer.usr_merge()
    wanted = ("libc.so.6", "libresolv.so.2", "ld-linux-x86-64.so.2", "copyright")
    for path in debs:
        layer.deb(path, only=lambda name: os.path.basename(name) in wanted)
    return layer


def build_busybox(debs):
    layer = Layer()
    for path in debs:
        layer.deb(path, only=lambda name: name.endswith(("bin/busybox", "/copyright")))
    program = layer.members["usr/bin/busybox"][1]
    layer.file("bin/busybox", without_banner(program), 0o755)
    for applet in applets(program):
        if applet != "busybox":
            layer.hardlink("bin/" + applet, "bin/busybox")
    return layer


def without_banner(program):
    """Debian's BusyBox greets in every interactive shell; that of Docker Hub and Alpine's do not, nor may ours."""
    banner = b"\n\n%s %s\nEnter 'help' for a list of built-in commands.\n\n\0"
    if program.count(banner) != 1:
        raise SystemExit("This BusyBox has another greeting than the one that pack/images.py leaves out.")
    return program.replace(banner, b"\0" + banner[1:])


def applets(program):
    """The names that a BusyBox answers to: its own table, a run of sorted words ended by zero bytes."""
    start = program.index(b"\0[\0[[\0") + 1
    return [name.decode() for name in program[start : program.index(b"\0\0", start)].split(b"\0")]


def build_skeleton(_debs):
    """The folders and accounts that programs expect."""
    layer = Layer()
    for name in ("dev", "proc", "sys", "run", "etc", "home", "root", "usr/local/bin", "var/log", "var/lib", "var/www"):
        layer.dir(name)
    layer.dir("root", 0o700)
    layer.dir("tmp", 0o1777)
    layer.dir("var/tmp", 0o1777)
    add_accounts(layer)
    return layer


def add_accounts(layer, *more):
    """/etc/passwd and /etc/group; `more` holds (name, number, home)."""
    accounts = [
        ("root", 0, "/root", "/bin/sh"), ("daemon", 1, "/usr/sbin", "/bin/false"), ("bin", 2, "/bin", "/bin/false"),
        ("www-data", 33, "/var/www", "/bin/false"), *((*account, "/bin/false") for account in more),
        ("nobody", 65534, "/home", "/bin/false"),
    ]  # fmt: skip
    layer.file("etc/passwd", "".join(f"{name}:x:{n}:{n}:{name}:{home}:{shell}\n" for name, n, home, shell in accounts))
    groups = [("tty", 5), *((name if name != "nobody" else "nogroup", n) for name, n, _, _ in accounts)]
    layer.file("etc/group", "".join(f"{name}:x:{n}:\n" for name, n in sorted(groups, key=lambda group: group[1])))


def files(name, *folders):
    """A layer of this repository's own files, `pack/files/NAME`, and of empty folders."""

    def build(_debs):
        layer = Layer()
        for folder in folders:
            layer.dir(*folder)
        if name:
            layer.tree(os.path.join(HERE, "files", name))
        return layer

    return build


def build_mongo_account(_debs):
    layer = Layer()
    add_accounts(layer, ("mongodb", 999, "/data/db"))
    return layer


STEPS = {
    "libc": Step("COPY libc6 of Debian /", "libc", build_libc),
    "busybox": Step("COPY busybox of Debian, without its greeting /", "busybox", build_busybox),
    "skeleton": Step("COPY folders and accounts /", None, build_skeleton),
    "mongo-account": Step("RUN addgroup -g 999 mongodb && adduser -u 999 -G mongodb mongodb", None, build_mongo_account),
    "mongo-release": Step("COPY os-release /etc/os-release", None, files("mongo-release")),
    "mongo-notice": Step("COPY stand-in /usr/local/share/stand-in", None, files("mongo-notice")),
    "mongo-server": Step("COPY mongod /usr/local/bin/mongod", None, files("mongo-server")),
    "mongo-shell": Step("COPY mongo /usr/local/bin/mongo", None, files("mongo-shell")),
    "mongo-tools": Step("COPY mongodump mongorestore /usr/local/bin/", None, files("mongo-tools")),
    "mongo-init": Step("RUN mkdir /docker-entrypoint-initdb.d", None, files(None, ("docker-entrypoint-initdb.d",))),
    "mongo-data": Step(
        "RUN mkdir -p /data/db /data/configdb && chown -R mongodb:mongodb /data/db /data/configdb",
        None, files(None, ("data/db", 0o755, 999, 999), ("data/configdb", 0o755, 999, 999)),
    ),
    "mongo-config": Step("COPY mongod.conf /etc/mongod.conf", None, files("mongo-config")),
    "mongo-start": Step("COPY docker-entrypoint.sh /usr/local/bin/", None, files("mongo-start")),
}  # fmt: skip
BUSYBOX = ["libc", "busybox", "skeleton"]
HUB = "docker.io/library/"


def hello_step(program):
    """hello-world's only layer, made of the compiled `hello.c`."""

    def build(_debs):
        layer = Layer()
        layer.file("hello", program, 0o755)
        return layer

    return Step("COPY hello /", None, build)


IMAGES = [
    Image(
        [HUB + "hello-world:latest"], ["hello"], {"Cmd": ["/hello"], "Env": [PATH], "WorkingDir": "/"},
        ['CMD ["/hello"]'],
    ),
    Image([HUB + "busybox:latest", HUB + "busybox:1.35"], BUSYBOX, {"Cmd": ["sh"], "Env": [PATH]}, ['CMD ["sh"]']),
    Image(
        # The thirteen layers and the age of the image of that name.
        [HUB + "mongo:4.1"], BUSYBOX + [name for name in STEPS if name.startswith("mongo-")],
        {
            "Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["mongod"], "ExposedPorts": {"27017/tcp": {}},
            "Env": [PATH, "MONGO_MAJOR=4.1", "MONGO_VERSION=4.1.13"],
            "Volumes": {"/data/configdb": {}, "/data/db": {}},
        },
        ["VOLUME [/data/db /data/configdb]", "EXPOSE 27017", 'CMD ["mongod"]'],
        1563926400,  # 2019-07-24T00:00:00Z
        "no MongoDB in it: Debian has none, so BusyBox answers to its name",
    ),
]  # fmt: skip
