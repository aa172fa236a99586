# engine (id)
# Klaim dalam kata-kata
claim-kind-container = kontainer
claim-kind-network = jaringan
claim-kind-containers = kontainer dengan
claim-kind-images = image dengan
claim-kind-events = peristiwa
claim-kind-ran = perintah
claim-kind-logs = log
claim-kind-changes = perubahan di
claim-kind-top = proses di
claim-kind-run = perintah
claim-kind-http = alamat
claim-kind-registry = registri
claim-kind-file = berkas
claim-kind-engine = mesin
claim-exists = { $subject } ada
claim-absent = { $subject } tidak ada
claim-answers = { $subject } menjawab dengan baik
claim-succeeds = { $subject } berhasil
claim-happened = { $subject } terjadi
claim-was-run = { $subject } dijalankan
claim-as-asked = keadaan mesin Docker seperti yang diminta langkah ini
claim-as-asked-of = { $subject } seperti yang diminta langkah ini
claim-events-of = peristiwa { $subject }
claim-inside = { $subject } di kontainer { $container }
claim-is-there = bahwa ini ada
claim-is-absent = bahwa ini tidak ada
claim-contains = teks { $value }
claim-in-order = { $value } berurutan
claim-all = memuat semua ini: { $value }
claim-matches = sesuatu yang cocok dengan { $value }
claim-at-least = paling sedikit { $value }
claim-at-most = paling banyak { $value }
claim-length = sepanjang { $value }
claim-starts = yang diawali { $value }
claim-empty = kosong
claim-not-empty = tidak kosong
claim-found = { $what }: diharapkan { $expected }, ditemukan { $found }.
claim-found-below = { $what }: diharapkan { $expected }, ditemukan ini:
claim-found-nothing = { $what }: diharapkan { $expected }, tetapi tidak ada apa-apa di situ.
claim-nothing-ran = { $what }: diharapkan di langkah ini, tetapi tidak ada perintah seperti itu yang dijalankan.
claim-nothing-http = { $what }: diharapkan ada jawaban, tetapi tidak ada yang menjawab di situ.
claim-still-there = { $what } seharusnya tidak ada, tetapi masih ada.
claim-next = Lihat sendiri dengan { $command }.

# Yang bukan salah siapa pun; `.next` mengatakan apa yang dapat dilakukan
trouble-engine-gone = Mesin Docker tidak menjawab.
    .next = Pastikan mesin Docker berjalan (`docker info` harus menjawab), lalu ulangi.
trouble-permission = Kamu tidak punya izin memakai soket mesin Docker.
    .next = Tambahkan penggunamu ke grup `docker` lalu masuk lagi, atau pakai `sudo`.
trouble-pull-limit = Registri membatasi jumlah pengambilan image, dan batasnya sudah tercapai.
    .next = Tunggu beberapa jam, atau belajar di mesin pribadi dengan paket image (`--engine private --images pack`).
trouble-no-network = Registri tidak dapat dihubungi: jaringan atau penerjemahan nama tidak bekerja.
    .next = Periksa sambungan internetmu, atau belajar di mesin pribadi dengan paket image (`--engine private --images pack`).
trouble-registry = Registri menjawab dengan kesalahannya sendiri.
    .next = Coba lagi beberapa saat lagi; bila tetap begitu, periksa keadaan registrinya.
trouble-no-image = Image yang dibutuhkan tidak ada di paket maupun di registri.
    .next = Periksa nama dan tag pada `images:` dan `have:` di kepala pelajaran, atau tambahkan image itu ke paket.
trouble-no-space = Diska penuh.
    .next = Kosongkan ruang, misalnya dengan `docker system df` untuk melihat pemakaiannya, lalu ulangi.
trouble-exhausted = Komputermu kehabisan memori, proses, atau berkas terbuka, sehingga perintah ini tidak dapat berjalan.
    .next = Tutup program lain atau naikkan batasnya (`ulimit -a` menampilkannya), lalu coba lagi. Pelajarannya tidak salah: jangan pakai `--update`.
trouble-timeout = Jawabannya tidak datang dalam batas waktu.
    .next = Bila memang lama, tulis `timeout=10m` pada pagar kodenya. Bila tidak pernah selesai, tulis `^C` di bawah keluarannya, atau mulai dengan `-d`. Selain itu, ulangi saat komputermu tidak sibuk.
trouble-shell-lost = Shell pelajaran hilang.
    .next = Ulangi pelajaran ini; langkah sebelumnya perlu dijalankan lagi. Bila shell dihentikan dari luar, mungkin memori komputermu habis (lihat dengan `free -h`).
trouble-other = Terjadi sesuatu yang tidak kami kenal.
    .next = Baca pesan di atas. Bila menurutmu ini kesalahan Dermaga, laporkan beserta pesan itu.

# Mengapa mesin Docker tidak dapat dipakai; `.next` mengatakan apa yang dapat dilakukan
connect-missing-socket = Tidak ada soket mesin Docker di { $path }.
    .next = Jalankan mesin Docker, misalnya dengan `sudo systemctl start docker` atau dengan membuka Docker Desktop.
connect-ended-socket = Mesin di { $path } sudah berakhir; tadinya dijalankan sebuah pelajaran atau `dermaga engine start`.
    .next = Jalankan `unset DOCKER_HOST` di terminal ini, lalu coba lagi.
connect-permission = Soket { $path } ada, tetapi kamu tidak punya izin memakainya.
    .next = Tambahkan penggunamu ke grup `docker` (`sudo usermod -aG docker $USER`) lalu masuk lagi.
connect-refused = Tidak ada yang menjawab di { $endpoint }.
    .next = Mesin Docker di situ sedang mati. Jalankan, lalu ulangi.
connect-unreachable = { $endpoint } tidak dapat dihubungi: { $detail }
    .next = Periksa jaringanmu dan nilai `DOCKER_HOST`.
connect-silent = { $endpoint } menerima sambungan, tetapi tidak menjawab.
    .next = Mesin itu mungkin sedang sibuk atau macet. Tunggu sebentar, atau jalankan ulang.
connect-not-an-engine = Yang menjawab di { $endpoint } bukan mesin kontainer: { $detail }
    .next = Periksa alamatnya: `docker context ls` menampilkan alamat yang kamu punya.
connect-too-old = Mesin ini terlalu tua: API-nya { $found }, padahal dibutuhkan { $least }.
    .next = Perbarui Docker ke versi 20.10 atau sesudahnya.
connect-tls = { $endpoint } memakai TLS, dan kedua pihak tidak saling percaya: { $detail }
    .next = Periksa sertifikat `ca.pem`, `cert.pem`, dan `key.pem` di direktori yang disebut `DOCKER_CERT_PATH` atau konteks docker-mu, dan pastikan semuanya milik mesin ini.
connect-keys = { $path } tidak dapat dipakai: { $detail }
    .next = Berkas itu harus berformat PEM. Salin lagi dari komputer tempat mesin Docker-nya berjalan.
connect-ssh = Tidak ada sambungan ke { $endpoint }: { $detail }
    .next = Pastikan `ssh` ke komputer itu jalan tanpa bertanya apa-apa (pakai kunci, dan kunci host-nya sudah diterima) dan `docker` terpasang di sana.
connect-no-podman = Podman tidak mendengarkan di mana pun di sini.
    .next = Nyalakan soketnya dengan `systemctl --user start podman.socket`, atau jalankan `podman system service --time=0` di terminal lain.
connect-no-podman-root = Podman tidak mendengarkan di mana pun di sini.
    .next = Nyalakan soketnya dengan `sudo systemctl start podman.socket`, atau jalankan `sudo podman system service --time=0` di terminal lain.
connect-address = `{ $given }` bukan alamat mesin Docker.
    .next = Bentuknya `unix:///jalur/ke/docker.sock` atau `tcp://host:port`. Untuk `--engine` ada pula `current` (mesinmu sendiri) dan `private`.
connect-context = Konteks docker `{ $name }` tidak ada atau tidak dapat dibaca.
    .next = `docker context ls` menampilkan konteks yang ada; `docker context use default` kembali ke bawaan.

# Mesin pribadi (sandbox)
sandbox-not-linux = Mesin pribadi hanya berjalan di Linux, sedangkan komputer ini memakai { $os }.
    .next = Pakai mesin yang sudah ada: --engine current.
sandbox-not-root = Mesin pribadi membutuhkan hak root.
    .next = Jalankan lagi dengan sudo, atau pakai mesin yang sudah ada: --engine current.
sandbox-missing = Mesin pribadi membutuhkan program yang belum terpasang: { $programs }.
    .next = Pasang dahulu (di Debian: paket { $packages }), atau pakai mesin yang sudah ada: --engine current.
sandbox-missing-apt = Mesin pribadi membutuhkan program yang belum terpasang: { $programs }.
    .next = Pasang dengan `sudo apt-get install { $packages }`, atau pakai mesin yang sudah ada: --engine current.
sandbox-bad-root = Direktori { $root } tidak berisi mesin Docker yang lengkap; yang tidak ada: { $files }.
    .next = Ambil lagi paket mesin itu ke direktori tersebut, atau pakai --engine private.
sandbox-bad-name = "{ $name }" tidak bisa menjadi nama mesin pribadi.
    .next = Pakai huruf kecil, angka, dan tanda hubung, paling banyak 40, dengan huruf atau angka di depan.
sandbox-long-path = Jalur { $path } terlalu panjang untuk soket Unix: kelebihan { $over } bita.
    .next = Pilih direktori dengan jalur yang lebih pendek.
sandbox-busy = Mesin pribadi "{ $name }" sudah berjalan.
    .next = Pakai di shell ini dengan `eval "$(dermaga engine env)"`, atau hentikan dahulu dengan `dermaga engine stop`.
sandbox-not-running = Mesin pribadi "{ $name }" tidak berjalan.
    .next = Mulai dengan `dermaga engine start`.
sandbox-setup = Mesin pribadi tidak bisa disiapkan, berhenti pada { $step }: { $error }
    { $tail }
    .next = Di dalam kontainer, mesin pribadi membutuhkan --privileged. Selain itu, pakai --engine current.
sandbox-died = Mesin pribadi berhenti sebelum siap ({ $status }). Akhir lognya:
    { $tail }
    .next = Baris terakhir biasanya menyebut sebabnya. Bila mesin ini tidak bisa dipakai, coba --engine current.
sandbox-not-ready = Mesin pribadi belum menjawab setelah { $seconds } detik. Akhir lognya:
    { $tail }
    .next = Mungkin komputer ini sedang sangat sibuk; coba lagi.
sandbox-limits = Mesin pribadi tidak bisa dijalankan: salah satu batas shell atau kontainer ini tercapai (berkas terbuka, proses, atau memori).
    { $detail }
    .next = Naikkan batasnya (`ulimit -n`, `-u`, `-v`; di dalam kontainer `--pids-limit`, `--memory`), lalu coba lagi.
sandbox-memory = Mesin pribadi tidak bisa dijalankan: memorinya tidak cukup.
    { $detail }
    .next = Tutup program lain, atau naikkan batas memori shell atau kontainer ini (`ulimit -v`), lalu coba lagi.
sandbox-kernel = Mesin pribadi tidak bisa dijalankan: kernel ini tidak punya sesuatu yang dibutuhkan Docker.
    { $detail }
    .next = Jalankan kernel yang lebih baru (atau muat modul yang disebut pesan itu), atau pakai mesin yang sudah ada: `--engine current`.
sandbox-read-only = Mesin pribadi tidak bisa dijalankan: sistem berkas tempatnya menulis hanya bisa dibaca.
    { $detail }
    .next = Arahkan `XDG_CACHE_HOME` ke direktori yang bisa ditulis, lalu coba lagi.
sandbox-overlay = Mesin pribadi tidak bisa dijalankan: sistem berkas akar komputer ini tidak bisa ditaruh di bawah overlay, dan tanpa overlay pelajaran akan mengubahnya. Kata sistem: { $error }
    .next = Di dalam kontainer, overlay paling banyak bisa ditumpuk dua kali. Jalankan di luar kontainer, atau pakai --engine current.
sandbox-chroot = Mesin pribadi tidak bisa dijalankan: akar di sini hanyalah direktori (chroot), bukan sistem berkas.
    .next = Jadikan sistem berkas dulu: mount --bind DIREKTORI DIREKTORI, lalu chroot DIREKTORI. Selain itu, pakai --engine current.
sandbox-forbidden = Mesin pribadi tidak bisa dijalankan: sistem tidak mengizinkan hal yang dibutuhkannya.
    { $detail }
    .next = Mesin ini membutuhkan root yang sebenarnya: bukan root sebuah user namespace, dan di dalam kontainer perlu `--privileged`. Selain itu, pakai `--engine current`.
sandbox-killed = Mesin pribadi dimatikan paksa oleh sistem sebelum siap ({ $status }).
    { $detail }
    .next = Biasanya karena memori habis: `dmesg | tail` menyebutnya. Beri memori lebih banyak, lalu coba lagi.
sandbox-no-space = Mesin pribadi kehabisan ruang: diska tempat { $path } penuh.
    .next = Kosongkan sebagian, atau arahkan XDG_CACHE_HOME ke direktori di diska lain.
sandbox-io = { $path } tidak bisa dipakai: { $error }
    .next = Periksa izinnya dan sisa ruang diska.
sandbox-started = Mesin pribadi siap: Docker { $version }, soket { $socket }
    .next = Pakai di shell ini dengan `eval "$(dermaga engine env)"`; hentikan dengan `dermaga engine stop`.
sandbox-no-pack = Belum ada paket image di { $path }, jadi `docker pull` di mesin ini belum bisa mengambil apa pun.
sandbox-stopped = Mesin pribadi dihentikan; semua isinya sudah dihapus.
sandbox-none = Tidak ada mesin pribadi yang berjalan.
    .next = Mulai dengan `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), proses { $pid }, sudah { $age }, soket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), proses { $pid }, sudah { $age }, soket { $socket }; berakhir bersama proses { $owner }
sandbox-age = { $hours } jam { $minutes } menit
sandbox-env = Port yang diterbitkan menjawab di dalam jaringan mesin ini. Masuk ke sana dengan: { $enter } bash
