//! Typical wrong commands. Some are derived from a right command; others are listed for a step of a lesson.

use std::sync::LazyLock;

use dermaga::words::Lang;

use super::tutor::TutorReply;

/// The reply that a wrong command must get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// An explanation with one of these message keys (without `explain-`), or a mistake that the lesson declares.
    Keys(&'static [&'static str]),
    /// The text of a mistake that the lesson declares.
    Mistake,
    /// Any reply with a reason. The tutor may also be silent, and the command may be right after all.
    Reason,
}

/// A wrong command.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) kind: &'static str,
    pub(super) typed: String,
    pub(super) said: Said,
    /// Texts that the reply must contain in both languages.
    pub(super) has: Vec<String>,
    /// For a listed command: the lesson, the step, and the index in the step of the right command.
    at: (&'static str, &'static str, usize),
    /// Whether the lesson must be restarted after this command.
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

    /// Returns the fault of the reply `told` in the language `lang`, or `None` if the reply is good.
    pub(super) fn problem(&self, lang: Lang, told: &TutorReply) -> Option<String> {
        let text = match told {
            TutorReply::Mistake(text)
            | TutorReply::Explained(_, text)
            | TutorReply::Slip(_, text)
            | TutorReply::Found(text) => text.as_str(),
            TutorReply::Right | TutorReply::Quiet if self.said == Said::Reason => return None,
            // A command that makes the claims true passes, even with typographic quotes or dashes.
            TutorReply::Right if ["quotes", "dash"].contains(&self.kind) => return None,
            other => return Some(format!("{other:?} is no reason")),
        };
        if text.trim().is_empty() || text.contains(['{', '}']) && !self.typed.contains('{') {
            return Some(format!("not a message: {text}"));
        }
        if lang == Lang::Id && text.contains(" the ") || lang == Lang::En && text.contains(" yang ") {
            return Some("another language".to_owned());
        }
        match (self.said, told) {
            (Said::Mistake, TutorReply::Mistake(_)) | (Said::Reason, _) => {}
            (Said::Mistake, _) => return Some("not a mistake that the lesson knows".to_owned()),
            (Said::Keys(keys), TutorReply::Explained(key, _) | TutorReply::Slip(key, _)) => {
                if !keys.contains(&key.trim_start_matches("explain-")) {
                    return Some(format!("not {keys:?}"));
                }
            }
            (Said::Keys(_), TutorReply::Mistake(_)) => return None,
            (Said::Keys(keys), _) => return Some(format!("not {keys:?}")),
        }
        self.has.iter().find(|piece| !text.contains(piece.as_str())).map(|piece| format!("no `{piece}`"))
    }
}

/// Swaps two neighbouring letters of `verb`. The result is not the name of another command.
fn misspelt(verb: &str) -> String {
    let mut letters: Vec<char> = verb.chars().collect();
    let at = usize::from(letters[0] == letters[1]);
    if letters.len() > at + 1 {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Returns wrong forms of `command`. `others` are commands of other steps.
pub(super) fn slips_of(command: &str, others: &[String]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let Some(rest) = command.strip_prefix("docker ") else { return slips };
    let words: Vec<&str> = rest.split(' ').collect();
    let context = if words[0] == "--context" { 2 } else { 0 };
    let verb =
        words[context..].iter().find(|word| !word.starts_with('-') && !word.contains("://")).copied().unwrap_or("ps");
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
    slips.push(
        Slip::new("hyphen", format!("docker-{rest}"), Said::Keys(&["program-unknown", "program-none"])).with("docker"),
    );
    slips.push(Slip::new("program", format!("dokcer {rest}"), Said::Keys(&["program-unknown"])).with("`docker`"));
    slips.push(Slip::new("sudo", format!("sudo docker {rest}"), Said::Reason));
    slips.push(Slip::new("nothing", "docker", Said::Reason));
    // If the right command must fail (its image is `tidakada`), the typographic space makes no difference.
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
            let keys = Said::Keys(&["flag-unknown", "flag-unknown-near", "own-flag-unknown-near"]);
            slips.push(Slip::new("flag's name", typo, keys));
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
        slips.push(Slip::new("name in brackets", format!("docker {verb} <nama>"), Said::Keys(&["shell-redirect"])));
    }
    if let Some(flag) = words.iter().position(|word| *word == "-d") {
        // Without `-d`, the container runs in the foreground until the learner ends it.
        let mut words = words.clone();
        words.remove(flag);
        slips.push(Slip::new("no -d", format!("docker {}", words.join(" ")), Said::Reason));
    }
    let harmless = |other: &&String| {
        // Later steps must fail without a login, but a login would remain. Nothing would restore a removed file.
        let harmful = ["-it", "logs -f", "docker rm", "docker stop", "docker start", "docker login", "docker logout"];
        !other.starts_with("rm ") && !harmful.iter().any(|part| other.contains(part))
    };
    for other in others.iter().filter(harmless) {
        slips.push(Slip::new("another step's", other.clone(), Said::Reason));
    }
    slips
}

/// Wrong commands that people type at a step, listed by hand.
pub(super) static BY_HAND: LazyLock<Vec<Slip>> = LazyLock::new(|| {
    let keys = |lesson, step, at, typed, keys| Slip {
        at: (lesson, step, at),
        ..Slip::new("by hand", typed, Said::Keys(keys))
    };
    let known = |lesson, step, at, typed| Slip { at: (lesson, step, at), ..Slip::new("known", typed, Said::Mistake) };
    let reason = |lesson, step, at, typed| Slip { at: (lesson, step, at), ..Slip::new("by hand", typed, Said::Reason) };
    let destroys = |slip: Slip| Slip { destroys: true, ..slip };
    vec![
        known("menyiapkan-docker", "dua-bagian", 0, "docker --version"),
        known("menyiapkan-docker", "dua-bagian", 0, "docker -v"),
        keys("menyiapkan-docker", "tanpa-daemon", 0, "docker version -H unix:///tidak/ada.sock", &["own-flag-behind"]),
        known("menyiapkan-docker", "keterangan", 0, "docker version"),
        known("menyiapkan-docker", "konteks", 0, "docker context"),
        keys("menyiapkan-docker", "konteks", 0, "docker contxt ls", &["command-unknown-near"]),
        known("kontainer-pertama", "jalankan", 0, "docker run --name sapaa hello-world"),
        known("kontainer-pertama", "jalankan", 0, "docker run hello-world"),
        known("kontainer-pertama", "jalankan", 0, "docker create --name sapa hello-world"),
        keys("kontainer-pertama", "jalankan", 0, "docker run hello-world --name sapa", &["flag-after-image"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run -name sapa hello-world", &["letter-unknown-near"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run --name sapa helloworld", &["image-unknown-near"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run --name sapa hello world", &["hyphen-missing"]),
        keys("kontainer-pertama", "jalankan", 0, "docker run --name hello-world", &["value-forgotten"]),
        keys("kontainer-pertama", "jalankan", 0, "run --name sapa hello-world", &["program-unknown"]),
        keys("kontainer-pertama", "cari", 1, "docker ps-a", &["blank-missing"]),
        keys("kontainer-pertama", "cari", 1, "docker ps -semua", &["letter-unknown", "letter-unknown-near"]),
        keys("kontainer-pertama", "cari", 1, "docker ps a", &["too-many-option"]),
        keys("kontainer-pertama", "cari", 1, "docker ps -all", &["letter-unknown-near"]),
        known("kontainer-pertama", "kedua", 0, "docker run --name sapa hello-world"),
        destroys(known("kontainer-pertama", "kedua", 0, "docker rename sapa sapa-lagi")),
        known("kontainer-pertama", "bersihkan", 0, "docker rmi -f hello-world"),
        destroys(known("kontainer-pertama", "bersihkan", 0, "docker rm sapa")),
        keys(
            "kontainer-pertama",
            "bersihkan",
            0,
            "docker rmi hello-world",
            &["image-in-use", "image-in-use-name", "image-in-use-stopped"],
        ),
        keys("kontainer-pertama", "kedua", 0, "docker run --name sapa lagi hello-world", &["hyphen-missing"]),
        keys("kontainer-pertama", "bersihkan", 0, "docker rm sapaa", &["no-container-near"]),
        keys("kontainer-pertama", "bersihkan", 0, "docker delete sapa", &["command-unknown-near"]),
        known("daur-hidup-kontainer", "buat", 0, "docker run -d --name kapal alpine:3.20 sleep 600"),
        known("daur-hidup-kontainer", "mulai", 0, "docker run -d --name kapal alpine:3.20 sleep 600"),
        keys("daur-hidup-kontainer", "mulai", 0, "docker start kapall", &["no-container-near"]),
        keys("daur-hidup-kontainer", "mulai", 0, "docker exec kapal ls", &["not-running-created", "not-running"]),
        destroys(known("daur-hidup-kontainer", "hentikan", 0, "docker rm -f kapal")),
        keys("daur-hidup-kontainer", "hentikan", 0, "docker rm kapal", &["slip-verb"]),
        keys("daur-hidup-kontainer", "hentikan", 0, "docker stop -t kapal", &["value-forgotten"]),
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
            "latar-belakang",
            0,
            "docker create --name kabar -e NAMA=Ryan alpine:3.20 sh -c 'echo \"Halo $NAMA\"; sleep 600'",
        ),
        known(
            "log-dan-status-keluar",
            "siapa-membaca",
            1,
            "docker run --rm -e NAMA=Ryan alpine:3.20 'echo \"Halo [$NAMA]\"'",
        ),
        keys(
            "log-dan-status-keluar",
            "siapa-membaca",
            0,
            "docker run --rm -e NAMA=Ryan alpine:3.20 \"Halo [$NAMA]\"",
            &["slip-word-missing"],
        ),
        known("log-dan-status-keluar", "ikuti-log", 0, "docker logs kabar"),
        known("log-dan-status-keluar", "ikuti-log", 0, "docker logs --tail 5 kabar"),
        keys("log-dan-status-keluar", "ikuti-log", 0, "docker logs -f --tail 5 kabarr", &["no-container-near"]),
        known("log-dan-status-keluar", "status-keluar", 0, "docker run --name gagal alpine:3.20 sh -c 'exit 0'"),
        destroys(known("log-dan-status-keluar", "bersihkan", 0, "docker rm kabar gagal")),
        known("mengambil-image", "lihat-dulu", 0, "docker image"),
        keys("mengambil-image", "lihat-dulu", 0, "docker iamges", &["command-unknown-near"]),
        known("mengambil-image", "ambil", 0, "docker pull mongo"),
        keys("mengambil-image", "ambil", 0, "docker pull mongo 4.1", &["torn"]),
        keys("mengambil-image", "ambil", 0, "docker pull mongo: 4.1", &["torn"]),
        keys("mengambil-image", "ambil", 0, "docker pull mongo:", &["reference-colon", "reference"]),
        keys("mengambil-image", "ambil", 0, "docker pull https://hub.docker.com/_/mongo", &["reference-scheme"]),
        known("mengambil-image", "buktikan", 0, "docker ps"),
        known("mengambil-image", "digest", 0, "docker image inspect mongo:4.1"),
        known("mengambil-image", "bersihkan", 0, "docker rmi mongo"),
        keys("mengambil-image", "bersihkan", 0, "docker rm mongo:4.1", &["no-container-rmi"]),
        known("nama-tag-digest", "dua-nama", 0, "docker tag latihan:1 alpine:3.20"),
        destroys(known("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.20 latihan")),
        destroys(known("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.21 latihan:1")),
        keys("nama-tag-digest", "dua-nama", 0, "docker tag alpine latihan:1", &["no-image-near"]),
        keys("nama-tag-digest", "dua-nama", 0, "docker tag alpine:3.20", &["too-few-new-name"]),
        destroys(known("nama-tag-digest", "berpindah", 0, "docker tag latihan:1 alpine:3.21")),
        destroys(known("nama-tag-digest", "berpindah", 0, "docker tag alpine:3.21 latihan")),
        known("nama-tag-digest", "kunci", 0, "kunci='docker image inspect alpine:3.20'"),
        known("nama-tag-digest", "kunci", 2, "docker run --name terkunci alpine:3.20 cat /etc/alpine-release"),
        known("nama-tag-digest", "kunci", 2, "docker run --name terkunci $(kunci) cat /etc/alpine-release"),
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
        destroys(known(
            "nama-tag-digest",
            "sendiri",
            0,
            "docker tag alpine:3.21 rumah/web:stabil && docker tag rumah/web:stabil alpine:3.20",
        )),
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
        keys("lapisan-dan-lapisan-tulis", "commit", 0, "docker commit hasil:1 ubah", &["swapped"]),
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
        keys("menghapus-dan-memindahkan-image", "terpakai", 1, "docker rmi busybox:1.35", &["image-in-use-stopped"]),
        destroys(known("menghapus-dan-memindahkan-image", "terpakai", 1, "docker rmi -f busybox:1.35")),
        known("menghapus-dan-memindahkan-image", "muat", 0, "docker load muatan.tar"),
        keys("menghapus-dan-memindahkan-image", "muat", 0, "docker load -i muatan.ta", &["file-missing"]),
        destroys(known("menghapus-dan-memindahkan-image", "muat", 0, "docker import muatan.tar busybox:1.35")),
        destroys(known("menghapus-dan-memindahkan-image", "muat", 0, "docker pull busybox:1.35")),
        known("menghapus-dan-memindahkan-image", "pangkas", 1, "docker prune"),
        destroys(known("menghapus-dan-memindahkan-image", "pangkas", 1, "docker image prune -a -f")),
        known("menghapus-dan-memindahkan-image", "bersihkan", 0, "docker rm busybox:1.35"),
        known("menghapus-dan-memindahkan-image", "bersihkan", 1, "docker rm muatan.tar"),
        known("apa-itu-registri", "google", 0, "docker pull google-containers/pause:9"),
        reason("apa-itu-registri", "google", 0, "docker pull gcr.io/google-containers/pause"),
        reason("apa-itu-registri", "google", 0, "docker pull gcr.io/google-containers/pauze:9"),
        reason("apa-itu-registri", "google", 0, "docker pull gcr.io google-containers/pause:9"),
        known("apa-itu-registri", "google", 1, "docker pull gcr.io/google-containers/pause"),
        known("apa-itu-registri", "google", 2, "docker pull gcr.io/google-samples/containers/gke/hello-app:1.0"),
        known(
            "apa-itu-registri",
            "google",
            2,
            "docker pull docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
        ),
        known(
            "apa-itu-registri",
            "google",
            2,
            "docker pull us.docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
        ),
        known("apa-itu-registri", "google", 2, "docker pull us-docker.pkg.dev/google-samples/containers/gke/hello-app"),
        known("apa-itu-registri", "aws", 0, "docker pull busybox"),
        known("apa-itu-registri", "aws", 0, "docker pull public.ecr.aws/busybox:latest"),
        known("apa-itu-registri", "aws", 0, "docker pull docker/library/busybox"),
        reason("apa-itu-registri", "aws", 0, "docker pull public.ecr.aws/docker/library/busybox:lastest"),
        reason("apa-itu-registri", "aws", 0, "docker pull public.ecr.aws docker/library/busybox"),
        reason("apa-itu-registri", "batas", 0, "docker pull ratelimit"),
        reason("apa-itu-registri", "batas", 0, "docker pull dermaga/rate-limit"),
        reason("apa-itu-registri", "batas", 0, "docker run dermaga/ratelimit"),
        known("apa-itu-registri", "pribadi", 0, "docker pull ghcr.io/pelajar/toko"),
        known("apa-itu-registri", "pribadi", 1, "echo salah docker login ghcr.io -u pelajar --password-stdin"),
        keys(
            "apa-itu-registri",
            "pribadi",
            1,
            "echo salah | docker login ghcr.io -u pelajar -password-stdin",
            &["letter-unknown-near"],
        ),
        known("apa-itu-registri", "pribadi", 0, "docker pull toko:1.0"),
        known("apa-itu-registri", "pribadi", 0, "docker pull pelajar/toko:1.0"),
        known("apa-itu-registri", "pribadi", 0, "docker pull ghcr.io/pelajar/tokoo:1.0"),
        known("apa-itu-registri", "pribadi", 1, "echo salah | docker login -u pelajar --password-stdin"),
        reason("apa-itu-registri", "pribadi", 1, "docker login ghcr.io -u pelajar --password salah"),
        reason("apa-itu-registri", "pribadi", 1, "echo salah | docker login gchr.io -u pelajar --password-stdin"),
        reason("apa-itu-registri", "pribadi", 1, "echo salah | docker login ghcr.io --password-stdin"),
        reason("apa-itu-registri", "pribadi", 1, "echo salah | docker logn ghcr.io -u pelajar --password-stdin"),
        known("apa-itu-registri", "pribadi", 2, "echo salah | docker login ghcr.io -u pelajar --password-stdin"),
        known("apa-itu-registri", "pribadi", 2, "echo dermaga | docker login ghcr.io -u siapa --password-stdin"),
        reason("apa-itu-registri", "pribadi", 2, "echo dermaga | docker login ghcr.io -u pelajar"),
        reason("apa-itu-registri", "pribadi", 2, "echo dermaga | docker login ghcr.io pelajar --password-stdin"),
        known("apa-itu-registri", "pribadi", 3, "docker pull toko:1.0"),
        known("apa-itu-registri", "pribadi", 3, "docker pull ghcr.io/pelajar/toko"),
        known("apa-itu-registri", "bersihkan", 0, "docker logout"),
        reason("apa-itu-registri", "bersihkan", 1, "docker rmi toko"),
        reason("apa-itu-registri", "bersihkan", 1, "docker rmi toko:1.0"),
        reason("apa-itu-registri", "bersihkan", 1, "docker rm ghcr.io/pelajar/toko:1.0"),
        reason("apa-itu-registri", "bersihkan", 2, "docker rmi pause:3.2"),
        reason("apa-itu-registri", "bersihkan", 2, "docker rmi busybox"),
        known("registri-sendiri", "jalankan", 0, "docker run -d -p 127.0.0.1:5000:5000 registry:3"),
        known("registri-sendiri", "jalankan", 0, "docker run -d --name registri registry:3"),
        known("registri-sendiri", "jalankan", 0, "docker run -d -p 127.0.0.1:5000:5000 --name registri registry:2"),
        known("registri-sendiri", "jalankan", 0, "docker create -p 127.0.0.1:5000:5000 --name registri registry:3"),
        known("registri-sendiri", "jalankan", 0, "docker run -d -p 127.0.0.1:5000 5000 --name registri registry:3"),
        reason("registri-sendiri", "jalankan", 0, "docker run -d --name registri registry:3 -p 127.0.0.1:5000:5000"),
        reason("registri-sendiri", "jalankan", 0, "docker run -d -p 5000:127.0.0.1:5000 --name registri registry:3"),
        known("registri-sendiri", "kirim", 0, "docker tag alpine:3.20 tim/alpine:1"),
        known("registri-sendiri", "kirim", 0, "docker tag alpine:3.20 localhost/tim/alpine:1"),
        known("registri-sendiri", "kirim", 0, "docker tag alpine:3.20 localhost:5000/tim/alpine"),
        known("registri-sendiri", "kirim", 0, "docker tag alpine:3.20 localhost:5000/alpine:1"),
        known("registri-sendiri", "kirim", 0, "docker tag localhost:5000/tim/alpine:1 alpine:3.20"),
        reason("registri-sendiri", "kirim", 0, "docker tag localhost:5000/tim/alpine:1"),
        reason("registri-sendiri", "kirim", 0, "docker tag alpine localhost:5000/tim/alpine:1"),
        known("registri-sendiri", "kirim", 1, "docker push alpine:3.20"),
        known("registri-sendiri", "kirim", 1, "docker push tim/alpine:1"),
        known("registri-sendiri", "kirim", 0, "docker push alpine:3.20 localhost:5000/tim/alpine:1"),
        known("registri-sendiri", "kirim", 1, "docker push localhost:5000/tim/alpine"),
        keys("registri-sendiri", "kirim", 1, "docker push localhost:5000/tim/alpin:1", &["slip-word"]),
        reason("registri-sendiri", "kirim", 1, "docker push"),
        reason("registri-sendiri", "kirim", 1, "docker push localhost:5001/tim/alpine:1"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000/_catalog"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000/v2/catalog"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000/catalog"),
        known("registri-sendiri", "katalog", 0, "curl localhost:5000/v2/_catalogue"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5001/v2/_catalog"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost/v2/_catalog"),
        known("registri-sendiri", "katalog", 0, "curl -s https://localhost:5000/v2/_catalog"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000/v2/"),
        known("registri-sendiri", "katalog", 0, "curl -s localhost:5000/v2/tim/alpine/tags/list"),
        reason("registri-sendiri", "katalog", 0, "crul -s localhost:5000/v2/_catalog"),
        reason("registri-sendiri", "katalog", 0, "docker images"),
        reason("registri-sendiri", "katalog", 0, "docker search localhost:5000"),
        destroys(known("registri-sendiri", "ambil", 0, "docker rmi alpine:3.20")),
        reason("registri-sendiri", "ambil", 0, "docker rmi tim/alpine:1"),
        reason("registri-sendiri", "ambil", 0, "docker rmi localhost:5000/tim/alpine"),
        reason("registri-sendiri", "ambil", 0, "docker rm localhost:5000/tim/alpine:1"),
        known("registri-sendiri", "ambil", 1, "docker pull localhost:5000/tim/alpine"),
        known("registri-sendiri", "ambil", 1, "docker pull tim/alpine:1"),
        known("registri-sendiri", "ambil", 1, "docker pull alpine:1"),
        known(
            "registri-sendiri",
            "ecr",
            0,
            "echo dermaga | docker login -u aws --password-stdin 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com",
        ),
        known(
            "registri-sendiri",
            "ecr",
            0,
            "echo salah | docker login -u AWS --password-stdin 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com",
        ),
        known("registri-sendiri", "ecr", 0, "echo dermaga | docker login -u AWS --password-stdin"),
        known(
            "registri-sendiri",
            "ecr",
            0,
            "echo dermaga | docker login -u pelajar --password-stdin 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com",
        ),
        known("registri-sendiri", "ecr", 1, "docker pull toko:1.0"),
        known("registri-sendiri", "ecr", 1, "docker pull 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/toko"),
        reason("registri-sendiri", "ecr", 1, "docker pull 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/tokoo:1.0"),
        reason("registri-sendiri", "ecr", 1, "docker pull 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com toko:1.0"),
        known("registri-sendiri", "bersihkan", 0, "docker rm registri"),
        reason("registri-sendiri", "bersihkan", 1, "docker rmi tim/alpine:1"),
        reason("registri-sendiri", "bersihkan", 1, "docker rm localhost:5000/tim/alpine:1"),
        known("satu-image-banyak-node", "dua-node", 0, "docker images"),
        keys("satu-image-banyak-node", "dua-node", 0, "docker images --context node-b", &["own-flag-behind"]),
        known("satu-image-banyak-node", "dua-node", 0, "docker --context nodeb images"),
        known("satu-image-banyak-node", "dua-node", 0, "docker --context node_b images"),
        reason("satu-image-banyak-node", "dua-node", 0, "docker -context node-b images"),
        reason("satu-image-banyak-node", "dua-node", 0, "docker context node-b images"),
        known("satu-image-banyak-node", "localhost", 0, "docker pull localhost:5000/tim/salam:1"),
        known("satu-image-banyak-node", "localhost", 1, "docker --context node-b pull node-a/tim/salam:1"),
        known("satu-image-banyak-node", "bersama", 0, "docker tag alpine:3.20 registri.lan/tim/salam"),
        known("satu-image-banyak-node", "bersama", 0, "docker tag alpine:3.20 registri.lan/salam:1"),
        known("satu-image-banyak-node", "bersama", 1, "docker push registri.lan/tim/salm:1"),
        known("satu-image-banyak-node", "bersama", 2, "docker pull registri.lan/tim/salam:1"),
        known("satu-image-banyak-node", "bersama", 2, "docker --context node-b pull localhost:5000/tim/salam:1"),
        known("satu-image-banyak-node", "bersama", 2, "docker --context node-b pull registri.lan/tim/salam"),
        known("satu-image-banyak-node", "sama", 0, "docker run -d --name salam registri.lan/tim/salam:1"),
        known("satu-image-banyak-node", "sama", 0, "docker run -d --name salam alpine:3.20 sleep 600"),
        known("satu-image-banyak-node", "sama", 1, "docker run -d --name salam registri.lan/tim/salam:1 sleep 600"),
        known("satu-image-banyak-node", "bersihkan", 1, "docker rm -f salam"),
    ]
});

impl Slip {
    /// Whether this wrong command is listed for the right command `at` of the step.
    pub(super) fn is_of(&self, lesson: &str, step: &str, at: usize) -> bool {
        lesson.ends_with(self.at.0) && self.at.1 == step && self.at.2 == at
    }
}
