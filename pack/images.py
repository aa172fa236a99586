"""What is in the pack: each layer, and the images made of them."""

import os
import subprocess
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
    # What Debian's own slim image has: Essential packages do not come by themselves, and the whole of perl (`perl-`
    # keeps it out) is not needed.
    "debian": Part(
        "apt base-files base-passwd bash bsdutils coreutils dash debian-archive-keyring debianutils diffutils dpkg "
        "e2fsprogs findutils grep gzip hostname init-system-helpers libc-bin login mawk mount ncurses-base ncurses-bin "
        "passwd perl-base sed sysvinit-utils tar tzdata util-linux perl-".split(),
        None, False,
    ),
    "certificates": Part(["ca-certificates"], "debian", False),
    "nginx": Part(["nginx-light"], "debian", False),
    "redis": Part(["redis-server"], "debian", False),
    "registry": Part(["docker-registry"], "debian", False),
    "python": Part(["python3"], "debian", False),
}  # fmt: skip


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


def build_debian(debs):
    layer = Layer()
    layer.usr_merge()
    for path in debs:
        layer.deb(path)
    # What the packages' own scripts would have done.
    layer.usr_merge()
    layer.symlink("bin/sh", "dash")
    layer.symlink("bin/awk", "mawk")
    layer.symlink("etc/localtime", "/usr/share/zoneinfo/Etc/UTC")
    layer.copy("etc/nsswitch.conf", "usr/share/libc-bin/nsswitch.conf")
    layer.copy("etc/passwd", "usr/share/base-passwd/passwd.master")
    layer.copy("etc/group", "usr/share/base-passwd/group.master")
    for name in (".bashrc", ".profile"):
        layer.copy("root/" + name, "usr/share/base-files/dot" + name)
    layer.dir("root", 0o700)
    for name in ("tmp", "var/tmp"):
        layer.dir(name, 0o1777)
    layer.file("var/lib/dpkg/status", installed(debs))
    return layer


def installed(debs):
    """dpkg's list of installed packages."""
    records = [
        subprocess.run(["dpkg-deb", "--field", path], check=True, capture_output=True, text=True).stdout for path in debs
    ]
    return "\n".join(record.replace("\n", "\nStatus: install ok installed\n", 1) for record in records)


def build_packages(debs):
    """Packages on top of Debian's layer."""
    layer = Layer()
    for path in debs:
        layer.deb(path)
    return layer


def build_certificates(debs):
    layer = build_packages(debs)
    roots = [data for name, (_, data) in sorted(layer.members.items()) if name.endswith(".crt")]
    layer.file("etc/ssl/certs/ca-certificates.crt", b"".join(root.rstrip() + b"\n" for root in roots))
    return layer


def build_python(debs):
    layer = build_packages(debs)
    layer.symlink("bin/python", "python3")
    return layer


def build_nginx_site(_debs):
    layer = files("nginx")(())
    layer.dir("var/lib/nginx")
    # `docker logs` shows them.
    layer.symlink("var/log/nginx/access.log", "/dev/stdout")
    layer.symlink("var/log/nginx/error.log", "/dev/stderr")
    return layer


def build_release(version):
    """What makes an image of BusyBox look like Alpine to those who ask which system this is."""

    def build(debs):
        layer = files("alpine")(debs)
        layer.file("etc/alpine-release", version + "\n")
        layer.file("etc/os-release", (
            f'NAME="Alpine Linux"\nID=alpine\nVERSION_ID={version}\n'
            f'PRETTY_NAME="Alpine Linux v{version.rpartition(".")[0]}"\n'
            'HOME_URL="https://alpinelinux.org/"\n'
        ))  # fmt: skip
        return layer

    return Step(f"COPY files of a stand-in for alpine {version} /", None, build)


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
    "alpine-3.19": build_release("3.19.0"),
    "alpine-3.20": build_release("3.20.0"),
    "alpine-3.21": build_release("3.21.0"),
    "debian": Step("COPY debian:bookworm-slim of Debian's packages /", "debian", build_debian),
    "certificates": Step("RUN apt-get install -y ca-certificates", "certificates", build_certificates),
    "nginx": Step("RUN apt-get install -y nginx-light", "nginx", build_packages),
    "nginx-site": Step("COPY nginx.conf and site /", None, build_nginx_site),
    "redis": Step("RUN apt-get install -y redis-server", "redis", build_packages),
    "redis-data": Step("RUN mkdir /data && chown redis:redis /data", None, files("redis", ("data", 0o755, 999, 999))),
    "registry": Step("RUN apt-get install -y docker-registry", "registry", build_packages),
    "registry-config": Step("COPY config.yml /etc/docker/registry/", None, files("registry", ("var/lib/registry",))),
    "python": Step("RUN apt-get install -y python3", "python", build_python),
    "hello-app": Step("COPY index.html /www/", None, files("hello-app")),
    "toko": Step("COPY toko.txt /", None, files("toko")),
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


def program_step(name, program):
    """The only layer of hello-world and of pause, made of the compiled `NAME.c`."""

    def build(_debs):
        layer = Layer()
        layer.file(name, program, 0o755)
        return layer

    return Step(f"COPY {name} /", None, build)



def hub(*names):
    return [HUB + name for name in names]


NGINX = Image(
    hub("nginx:latest", "nginx:1.22"), ["debian", "nginx", "nginx-site"],
    {
        "Cmd": ["nginx", "-g", "daemon off;"], "Env": [PATH, "NGINX_VERSION=1.22.1"],
        "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGQUIT",
    },
    ["EXPOSE 80", "STOPSIGNAL SIGQUIT", 'CMD ["nginx" "-g" "daemon off;"]'],
)  # fmt: skip
REDIS = Image(
    hub("redis:latest", "redis:7", "redis:7.0"), ["debian", "redis", "redis-data"],
    {
        "Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["redis-server"], "Env": [PATH, "REDIS_VERSION=7.0.15"],
        "ExposedPorts": {"6379/tcp": {}}, "Volumes": {"/data": {}}, "WorkingDir": "/data",
    },
    ["VOLUME [/data]", "WORKDIR /data", 'ENTRYPOINT ["docker-entrypoint.sh"]', "EXPOSE 6379", 'CMD ["redis-server"]'],
)  # fmt: skip
REGISTRY = Image(
    hub("registry:latest", "registry:2"), ["debian", "certificates", "registry", "registry-config"],
    {
        "Entrypoint": ["docker-registry"], "Cmd": ["serve", "/etc/docker/registry/config.yml"], "Env": [PATH],
        "ExposedPorts": {"5000/tcp": {}}, "Volumes": {"/var/lib/registry": {}},
    },
    ["VOLUME [/var/lib/registry]", "EXPOSE 5000", 'CMD ["serve" "/etc/docker/registry/config.yml"]'],
)  # fmt: skip
ALPINE = Image(
    hub("alpine:latest", "alpine:3.21"), [*BUSYBOX, "alpine-3.21"], {"Cmd": ["/bin/sh"], "Env": [PATH]},
    ['CMD ["/bin/sh"]'], None, "no Alpine in it: Debian's BusyBox, without apk, answers to its name",
)  # fmt: skip
MONGO = Image(
    # The thirteen layers and the age of the image of that name.
    hub("mongo:4.1"), BUSYBOX + [name for name in STEPS if name.startswith("mongo-")],
    {
        "Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["mongod"], "ExposedPorts": {"27017/tcp": {}},
        "Env": [PATH, "MONGO_MAJOR=4.1", "MONGO_VERSION=4.1.13"],
        "Volumes": {"/data/configdb": {}, "/data/db": {}},
    },
    ["VOLUME [/data/db /data/configdb]", "EXPOSE 27017", 'CMD ["mongod"]'],
    1563926400,  # 2019-07-24T00:00:00Z
    "no MongoDB in it: Debian has none, so BusyBox answers to its name",
)  # fmt: skip
# The account and the project that lessons use; `src/pack/registries.rs` says who may do what there.
ECR = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/"
PKG_DEV = "asia-southeast2-docker.pkg.dev/proyek-latihan/"
TOKO = Image(
    [ECR + "toko:1.0", PKG_DEV + "kelas/toko:1.0", "ghcr.io/pelajar/toko:1.0"], [*BUSYBOX, "toko"],
    {"Cmd": ["cat", "/toko.txt"], "Env": [PATH]}, ['CMD ["cat" "/toko.txt"]'],
)  # fmt: skip
IMAGES = [
    Image(
        [*hub("hello-world:latest"), "ghcr.io/pelajar/salam:1.0"], ["hello"],
        {"Cmd": ["/hello"], "Env": [PATH], "WorkingDir": "/"}, ['CMD ["/hello"]'],
    ),
    Image(
        [
            *hub("busybox:latest", "busybox:1.35"), "gcr.io/google-containers/busybox:latest",
            # Docker's documentation asks this one how many pulls are left.
            "docker.io/ratelimitpreview/test:latest",
        ],
        BUSYBOX, {"Cmd": ["sh"], "Env": [PATH]}, ['CMD ["sh"]'],
    ),
    # Anonymous pulls of it meet the pull limit. No other image is the same: an engine asks for no manifest that it has.
    Image(
        ["docker.io/dermaga/ratelimit:latest"], BUSYBOX,
        {"Cmd": ["echo", "Pulled with an account."], "Env": [PATH]}, ['CMD ["echo" "Pulled with an account."]'],
    ),
    ALPINE,
    ALPINE._replace(
        names=[*hub("alpine:3.20"), PKG_DEV + "umum/alpine:3.20"], layers=[*BUSYBOX, "alpine-3.20"],
    ),
    ALPINE._replace(names=hub("alpine:3.19"), layers=[*BUSYBOX, "alpine-3.19"]),
    TOKO,
    Image(
        ["gcr.io/google-containers/pause:3.2", "registry.k8s.io/pause:3.2", "registry.k8s.io/pause:3.9"], ["pause"],
        {"Entrypoint": ["/pause"], "Env": [PATH], "WorkingDir": "/"}, ['ENTRYPOINT ["/pause"]'],
        None, "a program of our own that waits, as the real one does",
    ),
    Image(
        ["us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0"], [*BUSYBOX, "hello-app"],
        {"Cmd": ["httpd", "-f", "-p", "8080", "-h", "/www"], "Env": [PATH], "ExposedPorts": {"8080/tcp": {}}},
        ["EXPOSE 8080", 'CMD ["httpd" "-f" "-p" "8080" "-h" "/www"]'],
        None, "BusyBox's web server in it, not Google's sample in Go",
    ),
    MONGO,
    Image(
        hub("debian:bookworm-slim", "debian:12-slim"), ["debian"], {"Cmd": ["bash"], "Env": [PATH]}, ['CMD ["bash"]'],
    ),
    NGINX,
    NGINX._replace(names=hub("nginx:1.27"), stand_in="nginx 1.22.1 of Debian 12 in it"),
    NGINX._replace(names=hub("nginx:alpine"), stand_in="nginx 1.22.1 of Debian 12 in it, and no Alpine"),
    REDIS,
    REDIS._replace(names=hub("redis:alpine", "redis:7-alpine"), stand_in="Redis 7.0.15 of Debian 12 in it, and no Alpine"),
    REGISTRY,
    REGISTRY._replace(names=hub("registry:3"), stand_in="Distribution 2.8.2 of Debian 12 in it"),
    Image(
        hub("python:3.11-slim"), ["debian", "certificates", "python"],
        {"Cmd": ["python3"], "Env": [PATH, "LANG=C.UTF-8", "PYTHON_VERSION=3.11.2"]}, ['CMD ["python3"]'],
    ),
]  # fmt: skip
