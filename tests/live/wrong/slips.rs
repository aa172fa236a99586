//! Typical wrong commands: made from a right one, and by hand for each step.

use std::sync::LazyLock;

use dermaga::words::Lang;

use super::tutor::Told;

/// What must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// An explanation with one of these keys (without `explain-`), or a mistake that the lesson knows.
    Keys(&'static [&'static str]),
    /// A mistake that the lesson knows.
    Mistake,
    /// Anything with a reason, or nothing where it changed nothing; it may also be right.
    Reason,
}

/// A wrong command.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) kind: &'static str,
    pub(super) typed: String,
    pub(super) said: Said,
    /// Pieces that both languages have.
    pub(super) has: Vec<String>,
    /// Lesson, step, and the command's number in it; for those by hand.
    at: (&'static str, &'static str, usize),
    /// The step has to be begun anew after it.
    pub(super) destroys: bool,
}

impl Slip {
    fn new(kind: &'static str, typed: impl Into<String>, said: Said) -> Self {
        Self { kind, typed: typed.into(), said, has: Vec::new(), at: ("", "", 0), destroys: false }
    }

    fn with(mut self, piece: impl Into<String>) -> Self {
        self.has.push(piece.into());
        self
    }

    /// What is wrong with what was said.
    pub(super) fn problem(&self, lang: Lang, told: &Told) -> Option<String> {
        let text = match told {
            Told::Mistake(text) | Told::Explained(_, text) | Told::Slip(_, text) | Told::Found(text) => text.as_str(),
            Told::Right | Told::Quiet if self.said == Said::Reason => return None,
            // What makes the claims true passes, however it is typed.
            Told::Right if self.kind == "quotes" => return None,
            other => return Some(format!("{other:?} is no reason")),
        };
        if text.trim().is_empty() || text.contains(['{', '}']) && !self.typed.contains('{') {
            return Some(format!("not a message: {text}"));
        }
        if lang == Lang::Id && text.contains(" the ") || lang == Lang::En && text.contains(" yang ") {
            return Some("another language".to_owned());
        }
        match (self.said, told) {
            (Said::Mistake, Told::Mistake(_)) | (Said::Reason, _) => {}
            (Said::Mistake, _) => return Some("not a mistake that the lesson knows".to_owned()),
            (Said::Keys(keys), Told::Explained(key, _) | Told::Slip(key, _)) => {
                if !keys.contains(&key.trim_start_matches("explain-")) {
                    return Some(format!("not {keys:?}"));
                }
            }
            (Said::Keys(_), Told::Mistake(_)) => return None,
            (Said::Keys(keys), _) => return Some(format!("not {keys:?}")),
        }
        self.has.iter().find(|piece| !text.contains(piece.as_str())).map(|piece| format!("no `{piece}`"))
    }
}

/// Two neighbours swapped, which makes no other command.
fn misspelt(verb: &str) -> String {
    let mut letters: Vec<char> = verb.chars().collect();
    let at = usize::from(letters[0] == letters[1]);
    if letters.len() > at + 1 {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Wrong ways to type `command`; `others` are commands of other steps.
pub(super) fn slips_of(command: &str, others: &[String]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let Some(rest) = command.strip_prefix("docker ") else { return slips };
    let words: Vec<&str> = rest.split(' ').collect();
    let verb = words.iter().find(|word| !word.starts_with('-') && !word.contains("://")).copied().unwrap_or("ps");
    let swapped = misspelt(verb);
    let (before, after) = rest.split_once(verb).unwrap_or(("", ""));
    slips.push(
        Slip::new(
            "verb",
            format!("docker {before}{swapped}{after}"),
            Said::Keys(&["command-unknown-near", "command-unknown"]),
        )
        .with(format!("docker {verb}")),
    );
    slips.push(Slip::new("capital", format!("Docker {rest}"), Said::Keys(&["program-capital"])).with("`docker`"));
    slips.push(Slip::new("hyphen", format!("docker-{rest}"), Said::Keys(&["program-unknown"])).with("docker"));
    slips.push(Slip::new("program", format!("dokcer {rest}"), Said::Keys(&["program-unknown"])).with("`docker`"));
    slips.push(Slip::new("sudo", format!("sudo docker {rest}"), Said::Reason));
    slips.push(Slip::new("nothing", "docker", Said::Reason));
    // Where the command is to fail, a space makes no difference.
    if !command.contains("tidakada") {
        slips.push(Slip::new("space", command.replacen(' ', "\u{a0}", 1), Said::Keys(&["typed-space"])));
    }
    slips.push(
        Slip::new(
            "flag",
            format!("docker {before}{verb} --salah{after}"),
            Said::Keys(&["flag-unknown", "flag-unknown-near", "letter-unknown"]),
        )
        .with("--salah"),
    );
    if let Some(at) = words.iter().position(|word| word.starts_with("--")) {
        let flag = words[at];
        slips.push(
            Slip::new("dash", command.replacen(flag, &format!("–{}", &flag[2..]), 1), Said::Keys(&["typed-dash"]))
                .with(flag),
        );
        let name = &flag[2..];
        if name.len() > 3 {
            let typo = command.replacen(flag, &format!("--{}", misspelt(name)), 1);
            slips.push(Slip::new("flag's name", typo, Said::Keys(&["flag-unknown", "flag-unknown-near"])));
        }
    }
    if let Some(flag) = words.iter().find(|word| word.len() > 1 && word.starts_with('-') && !word.starts_with("--")) {
        slips.push(
            Slip::new("dash", command.replacen(flag, &format!("–{}", &flag[1..]), 1), Said::Keys(&["typed-dash"]))
                .with(*flag),
        );
    }
    if command.contains('\'') {
        let curly = command.replacen('\'', "‘", 1).replacen('\'', "’", 1);
        slips.push(Slip::new("quotes", curly, Said::Keys(&["typed-quote"])));
    }
    if words.len() > 1 {
        let last = words.last().copied().unwrap_or_default();
        if !command.contains('\'') && !last.starts_with('-') {
            let fewer = command.rsplit_once(' ').map_or(command, |(fewer, _)| fewer);
            slips.push(Slip::new("word missing", fewer, Said::Reason));
        }
        if let Some(image) = words.iter().find(|word| word.contains(':') && !word.contains("//")) {
            slips.push(Slip::new("tag", command.replacen(image, &format!("{image}9"), 1), Said::Reason));
            let (name, tag) = image.split_once(':').unwrap_or((image, ""));
            let other = format!("{name}x:{tag}");
            slips.push(Slip::new("image", command.replacen(image, &other, 1), Said::Reason));
            slips.push(Slip::new("image's capital", command.replacen(name, &name.to_uppercase(), 1), Said::Reason));
        }
        slips.push(Slip::new("name in brackets", format!("docker {verb} <nama>"), Said::Keys(&["shell-end"])));
    }
    if let Some(flag) = words.iter().position(|word| *word == "-d") {
        // Without it the container stays before the learner, who ends it.
        let mut words = words.clone();
        words.remove(flag);
        slips.push(Slip::new("no -d", format!("docker {}", words.join(" ")), Said::Reason));
    }
    let harmless = |other: &&String| {
        // A file that is gone is not made again.
        !other.starts_with("rm ")
            && !["-it", "logs -f", "docker rm", "docker stop", "docker start"].iter().any(|part| other.contains(part))
    };
    for other in others.iter().filter(harmless) {
        slips.push(Slip::new("another step's", other.clone(), Said::Reason));
    }
    slips
}

/// By hand: what people type before a command of a step.
pub(super) static BY_HAND: LazyLock<Vec<Slip>> = LazyLock::new(|| {
    let keys = |lesson, step, at, typed, keys| Slip {
        at: (lesson, step, at),
        ..Slip::new("by hand", typed, Said::Keys(keys))
    };
    let known = |lesson, step, at, typed| Slip { at: (lesson, step, at), ..Slip::new("known", typed, Said::Mistake) };
    let destroys = |slip: Slip| Slip { destroys: true, ..slip };
    vec![
        known("menyiapkan-docker", "dua-bagian", 0, "docker --version"),
        known("menyiapkan-docker", "dua-bagian", 0, "docker -v"),
        known("menyiapkan-docker", "tanpa-daemon", 0, "docker version -H unix:///tidak/ada.sock"),
        known("menyiapkan-docker", "keterangan", 0, "docker version"),
        known("menyiapkan-docker", "konteks", 0, "docker context"),
        keys("menyiapkan-docker", "konteks", 0, "docker contxt ls", &["command-unknown-near"]),
        known("kontainer-pertama", "jalankan", 0, "docker run --name sapaa hello-world"),
        known("kontainer-pertama", "jalankan", 0, "docker run hello-world"),
        known("kontainer-pertama", "jalankan", 0, "docker create --name sapa hello-world"),
        keys("kontainer-pertama", "jalankan", 0, "docker run hello-world --name sapa", &["flag-after-image"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run -name sapa hello-world", &["letter-unknown-near"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run --name sapa helloworld", &["image-unknown-near"]),
        keys(
            "kontainer-pertama",
            "jalankan",
            0,
            "docker run --name sapa hello world",
            &["image-unknown", "image-unknown-near"],
        ),
        keys("kontainer-pertama", "jalankan", 0, "docker run --name hello-world", &["too-few"]),
        keys("kontainer-pertama", "jalankan", 0, "run --name sapa hello-world", &["program-unknown"]),
        keys("kontainer-pertama", "cari", 1, "docker ps-a", &["command-unknown-near", "command-unknown"]),
        keys("kontainer-pertama", "cari", 1, "docker ps -semua", &["letter-unknown", "letter-unknown-near"]),
        keys("kontainer-pertama", "cari", 1, "docker ps a", &["too-many"]),
        known("kontainer-pertama", "kedua", 0, "docker run --name sapa hello-world"),
        known("kontainer-pertama", "bersihkan", 0, "docker rmi -f hello-world"),
        destroys(known("kontainer-pertama", "bersihkan", 0, "docker rm sapa")),
        keys(
            "kontainer-pertama",
            "bersihkan",
            0,
            "docker rmi hello-world",
            &["image-in-use", "image-in-use-name", "image-in-use-stopped"],
        ),
        keys("kontainer-pertama", "bersihkan", 0, "docker rm sapaa", &["no-container-near"]),
        keys("kontainer-pertama", "bersihkan", 0, "docker delete sapa", &["command-unknown-near"]),
        known("daur-hidup-kontainer", "buat", 0, "docker run -d --name kapal alpine:3.20 sleep 600"),
        known("daur-hidup-kontainer", "mulai", 0, "docker run -d --name kapal alpine:3.20 sleep 600"),
        keys("daur-hidup-kontainer", "mulai", 0, "docker start kapall", &["no-container-near"]),
        keys("daur-hidup-kontainer", "mulai", 0, "docker exec kapal ls", &["not-running-created", "not-running"]),
        destroys(known("daur-hidup-kontainer", "hentikan", 0, "docker rm -f kapal")),
        keys("daur-hidup-kontainer", "hentikan", 0, "docker rm kapal", &["remove-running"]),
        keys("daur-hidup-kontainer", "hentikan", 0, "docker stop -t kapal", &["flag-value"]),
        known("daur-hidup-kontainer", "init", 0, "docker run -d --name perahu alpine:3.20 sleep 600"),
        destroys(known("daur-hidup-kontainer", "init", 1, "docker kill perahu")),
        known("daur-hidup-kontainer", "susun", 1, "docker rm sekoci"),
        destroys(known("daur-hidup-kontainer", "bersihkan", 0, "docker rm kapal")),
        known("masuk-ke-kontainer", "masuk", 0, "docker run --name kotak alpine:3.20 sh"),
        keys("masuk-ke-kontainer", "masuk", 0, "docker run --name kotak alpine:3.20 -it sh", &["flag-after-image"]),
        keys("masuk-ke-kontainer", "masuk", 0, "docker run -it --name kotak alpine:3.20 bash", &["exec-missing-bash"]),
        keys("masuk-ke-kontainer", "masuk", 0, "echo halo | docker run -it --name kotak alpine:3.20 sh", &["no-tty"]),
        known("masuk-ke-kontainer", "cari-tanda", 1, "docker exec kotak cat /tanda"),
        known("masuk-ke-kontainer", "cari-tanda", 2, "docker exec cat /tanda"),
        keys("masuk-ke-kontainer", "cari-tanda", 2, "docker exec kotakk cat /tanda", &["no-container-near"]),
        known("masuk-ke-kontainer", "kernel", 1, "docker run --rm alpine:3.20 uname -r"),
        known("masuk-ke-kontainer", "bersihkan", 0, "docker rm kotak"),
        known(
            "log-dan-status-keluar",
            "latar-belakang",
            0,
            "docker run -d --name kabar -e NAMA=Ryan alpine:3.20 sh -c 'echo \"Halo $NAMA\"'",
        ),
        known(
            "log-dan-status-keluar",
            "siapa-membaca",
            1,
            "docker run --rm -e NAMA=Ryan alpine:3.20 'echo \"Halo [$NAMA]\"'",
        ),
        known("log-dan-status-keluar", "ikuti-log", 0, "docker logs kabar"),
        known("log-dan-status-keluar", "ikuti-log", 0, "docker logs --tail 5 kabar"),
        keys("log-dan-status-keluar", "ikuti-log", 0, "docker logs -f --tail 5 kabarr", &["no-container-near"]),
        known("log-dan-status-keluar", "status-keluar", 0, "docker run --name gagal alpine:3.20 sh -c 'exit 0'"),
        destroys(known("log-dan-status-keluar", "bersihkan", 0, "docker rm kabar gagal")),
        known("mengambil-image", "lihat-dulu", 0, "docker image"),
        keys("mengambil-image", "lihat-dulu", 0, "docker iamges", &["command-unknown-near"]),
        keys("mengambil-image", "lihat-dulu", 0, "docker images semua", &["slip-word-extra"]),
        known("mengambil-image", "ambil", 0, "docker pull mongo"),
        keys("mengambil-image", "ambil", 0, "docker pull mongo 4.1", &["too-many"]),
        keys("mengambil-image", "ambil", 0, "docker pull mongo: 4.1", &["space-in-image"]),
        keys("mengambil-image", "ambil", 0, "docker pull mongo:", &["reference-colon", "reference"]),
        keys("mengambil-image", "ambil", 0, "docker pull https://hub.docker.com/_/mongo", &["reference-scheme"]),
        known("mengambil-image", "buktikan", 0, "docker ps"),
        known("mengambil-image", "digest", 0, "docker image inspect mongo:4.1"),
        known("mengambil-image", "bersihkan", 0, "docker rmi mongo"),
        keys(
            "mengambil-image",
            "bersihkan",
            0,
            "docker rm mongo:4.1",
            &["no-container-none", "no-container-list", "no-container-near", "slip-verb"],
        ),
        known("nama-tag-digest", "dua-nama", 0, "docker tag latihan:1 alpine:3.20"),
        destroys(known("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.20 latihan")),
        destroys(known("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.21 latihan:1")),
        keys("nama-tag-digest", "dua-nama", 0, "docker tag alpine latihan:1", &["no-image-near"]),
        keys("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.20", &["too-few"]),
        destroys(known("nama-tag-digest", "berpindah", 0, "docker tag latihan:1 alpine:3.21")),
        destroys(known("nama-tag-digest", "berpindah", 0, "docker tag alpine:3.21 latihan")),
        known("nama-tag-digest", "kunci", 2, "docker run --name terkunci alpine:3.20 cat /etc/alpine-release"),
        known(
            "nama-tag-digest",
            "kunci",
            2,
            "docker run --name terkunci $(docker inspect -f '{{index .RepoDigests 0}}' alpine:3.21) cat /etc/alpine-release",
        ),
        known(
            "nama-tag-digest",
            "kunci",
            2,
            "docker run --name terkunci $(docker inspect -f '{{.Id}}' alpine:3.20) cat /etc/alpine-release",
        ),
        destroys(known("nama-tag-digest", "sendiri", 0, "docker tag alpine:3.20 rumah/web")),
        destroys(known("nama-tag-digest", "sendiri", 0, "docker tag latihan:1 rumah/web:stabil")),
        known("nama-tag-digest", "bersihkan", 0, "docker rmi terkunci"),
        known("nama-tag-digest", "bersihkan", 1, "docker rm latihan:1"),
        known("nama-tag-digest", "bersihkan", 1, "docker rmi rumah/web"),
        keys("lapisan-dan-lapisan-tulis", "tumpukan", 0, "docker history alpine", &["no-image-near"]),
        keys("lapisan-dan-lapisan-tulis", "tumpukan", 0, "docker histori alpine:3.20", &["command-unknown-near"]),
        known("lapisan-dan-lapisan-tulis", "tumpukan", 1, "docker image inspect alpine:3.20"),
        known(
            "lapisan-dan-lapisan-tulis",
            "tumpukan",
            1,
            "docker image inspect --format '{{len .RootFS.layers}}' alpine:3.20",
        ),
        known(
            "lapisan-dan-lapisan-tulis",
            "ubah",
            0,
            "docker run --rm --name ubah alpine:3.20 sh -c 'echo kopi > /muatan; rm /etc/alpine-release'",
        ),
        destroys(known("lapisan-dan-lapisan-tulis", "commit", 0, "docker commit ubah hasil")),
        destroys(known("lapisan-dan-lapisan-tulis", "commit", 0, "docker tag alpine:3.20 hasil:1")),
        keys(
            "lapisan-dan-lapisan-tulis",
            "commit",
            0,
            "docker commit hasil:1 ubah",
            &["no-container", "no-container-near", "no-container-list"],
        ),
        keys("lapisan-dan-lapisan-tulis", "commit", 0, "docker comit ubah hasil:1", &["command-unknown-near"]),
        known("lapisan-dan-lapisan-tulis", "sendiri", 0, "docker run --name bukti alpine:3.20 cat /muatan"),
        known("lapisan-dan-lapisan-tulis", "sendiri", 0, "docker run --name bukti hasil:1"),
        keys(
            "lapisan-dan-lapisan-tulis",
            "bersihkan",
            0,
            "docker rmi hasil:1",
            &["image-in-use", "image-in-use-name", "image-in-use-stopped"],
        ),
        known("lapisan-dan-lapisan-tulis", "bersihkan", 1, "docker rmi hasil"),
        known("menghapus-dan-memindahkan-image", "simpan", 0, "docker run --rm --name coba busybox:1.35 echo siap"),
        known("menghapus-dan-memindahkan-image", "simpan", 1, "docker save busybox:1.35"),
        destroys(known("menghapus-dan-memindahkan-image", "simpan", 1, "docker export -o muatan.tar coba")),
        known("menghapus-dan-memindahkan-image", "terpakai", 0, "docker rmi busybox"),
        keys(
            "menghapus-dan-memindahkan-image",
            "terpakai",
            1,
            "docker rmi busybox:1.35",
            &["image-in-use", "image-in-use-name", "image-in-use-stopped"],
        ),
        destroys(known("menghapus-dan-memindahkan-image", "terpakai", 1, "docker rmi -f busybox:1.35")),
        known("menghapus-dan-memindahkan-image", "muat", 0, "docker load muatan.tar"),
        keys("menghapus-dan-memindahkan-image", "muat", 0, "docker load -i muatan.ta", &["file-missing"]),
        destroys(known("menghapus-dan-memindahkan-image", "muat", 0, "docker import muatan.tar busybox:1.35")),
        destroys(known("menghapus-dan-memindahkan-image", "muat", 0, "docker pull busybox:1.35")),
        known("menghapus-dan-memindahkan-image", "pangkas", 1, "docker prune"),
        destroys(known("menghapus-dan-memindahkan-image", "pangkas", 1, "docker image prune -a -f")),
        known("menghapus-dan-memindahkan-image", "bersihkan", 0, "docker rm busybox:1.35"),
        known("menghapus-dan-memindahkan-image", "bersihkan", 1, "docker rm muatan.tar"),
    ]
});

impl Slip {
    /// Whether it belongs before this command.
    pub(super) fn is_of(&self, lesson: &str, step: &str, at: usize) -> bool {
        lesson.ends_with(self.at.0) && self.at.1 == step && self.at.2 == at
    }
}
