# Mengapa perintah gagal; `.next` mengatakan apa yang dapat dilakukan.
explain-show = Lihat sendiri: { $command }

# Mesin Docker
explain-engine-down = Mesin Docker tidak menjawab di { $at }: mungkin sedang mati, atau alamatnya bukan itu.
    .next = Nyalakan dulu: `sudo systemctl start docker`, atau buka Docker Desktop.
explain-engine-down-desktop = Mesin Docker tidak menjawab. Biasanya ini berarti programnya belum dibuka.
    .next = Buka Docker Desktop (atau nyalakan mesinnya), tunggu sampai siap, lalu ulangi.
explain-engine-gone = Mesin Docker berhenti menjawab di tengah perintah ini.
    .next = Pastikan mesin itu berjalan lagi, lalu ulangi perintahmu.
explain-cut-off = Sambungan terputus di tengah jalan. Mesin Docker sendiri masih berjalan.
    .next = Jalankan perintah yang sama sekali lagi.
explain-engine-permission = Mesin Docker berjalan, tetapi penggunamu tidak punya izin memakai soketnya, { $at }.
    .next = Masukkan penggunamu ke grup `docker`: `sudo usermod -aG docker $USER`. Lalu keluar dan masuk lagi.
explain-engine-unreachable = Mesin Docker yang dituju tidak dapat dihubungi.
    .next = Mungkin `DOCKER_HOST` atau konteks Docker menunjuk ke komputer lain; periksa alamatnya.
explain-api-too-new = Klien dan mesin Docker tidak sebaya: klienmu meminta API { $client }, mesin hanya mengenal sampai { $server }.
    .next = Hapus dulu `DOCKER_API_VERSION` bila ada (`unset DOCKER_API_VERSION`), atau perbarui mesin Docker.
explain-api-too-old = Klien Docker ini terlalu tua: ia memakai API { $client }, mesin meminta paling sedikit { $server }.
    .next = Hapus dulu `DOCKER_API_VERSION` bila ada (`unset DOCKER_API_VERSION`), atau perbarui klien Docker.
explain-context-unknown = Tidak ada konteks Docker bernama `{ $name }`. Konteks adalah alamat mesin yang disimpan dengan nama.
    .next = Pilih nama dari daftarnya; `docker context use default` kembali ke bawaan.
explain-swarm-off = Perintah ini untuk klaster Swarm (beberapa mesin Docker yang bekerja bersama), dan mesin ini bukan bagiannya.
    .next = Untuk satu komputer, pakai `docker run` atau Docker Compose.

# Registri
explain-image-unknown = Registri tidak punya image `{ $image }` yang boleh kamu ambil: namanya mungkin salah ketik, atau image itu pribadi.
    .next = Periksa ejaannya. Untuk image pribadi, masuk dulu dengan `docker login`.
explain-image-unknown-near = Registri tidak punya image `{ $image }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-tag-unknown = Image itu ada, tetapi tidak dengan tag ini: `{ $image }` tidak ditemukan di registri.
    .next = Tag adalah bagian sesudah titik dua. Cari tag yang ada di halaman image itu di registri.
explain-tag-unknown-near = Image `{ $name }` tidak punya tag `{ $tag }`. Mungkin maksudmu `{ $name }:{ $near }`.
    .next = Ulangi perintahmu dengan `{ $name }:{ $near }`.
explain-tag-unknown-list = Image `{ $name }` tidak punya tag `{ $tag }`. Yang dikenal di sini: { $names }.
    .next = Pakai salah satu tag itu, atau cari yang lain di halaman image itu di registri.
explain-image-platform = Image `{ $image }` di sini dibuat untuk { $actual }, padahal diminta { $wanted }.
    .next = Hapus opsi `--platform` agar yang dipakai yang cocok dengan komputermu.
explain-image-platform-none = Image ini tidak tersedia untuk platform (jenis prosesor) yang diminta.
    .next = Hapus opsi `--platform` bila ada, atau pilih image yang tersedia untuk komputermu.
explain-login-needed = Registri ini meminta kamu masuk (_login_) dulu sebelum mengambil `{ $image }`.
    .next = Jalankan `docker login` dengan alamat registrinya, lalu ulangi.
explain-login-wrong = Registri menolak nama pengguna atau kata sandinya.
    .next = Coba `docker login` lagi; banyak registri meminta token, bukan kata sandi biasa.
explain-push-denied = Registri tidak mengizinkan kamu mengirim ke `{ $image }`: itu bukan milikmu, atau kamu belum masuk.
    .next = Beri tag dengan namamu di depan, misalnya `docker tag { $image } NAMAMU/{ $image }`, lalu `docker login`.
explain-pull-limit = Registri membatasi jumlah pengambilan image, dan jatahnya untuk sambungan ini sedang habis. Bukan salahmu.
    .next = Tunggu beberapa jam, atau masuk dengan `docker login`. Image yang sudah ada di komputermu tetap bisa dipakai.
explain-own-registry = Tidak ada registri yang menjawab di { $host }, komputermu sendiri.
    .next = Jalankan dulu kontainer registrinya, atau periksa port-nya.
explain-plain-registry = Registri { $host } hanya melayani http tanpa enkripsi, sedangkan Docker meminta https.
    .next = Hanya `localhost` boleh tanpa enkripsi; untuk yang lain, tambahkan ke `insecure-registries` di pengaturan mesin.
explain-proxy = Mesin Docker mencoba lewat proksi (server perantara) { $host }, dan proksi itu tidak menjawab.
    .next = Periksa pengaturan proksi mesin Docker.
explain-name-server = Alamat `{ $host }` tidak dapat diterjemahkan: server nama (DNS) tidak menjawab. Biasanya internetnya terputus.
    .next = Periksa sambungan internetmu, lalu ulangi.
explain-host-unknown = Tidak ada host bernama `{ $host }`. Bagian pertama nama image dianggap alamat registri bila berisi titik.
    .next = Periksa ejaan alamat itu.
explain-no-network = Registri tidak dapat dihubungi dari mesin Docker. Biasanya internetnya terputus.
    .next = Periksa sambungan internetmu, lalu ulangi.
explain-certificate = Sertifikat { $host } tidak dapat dipercaya: mungkin ada proksi di antaranya, atau registrinya memakai sertifikat sendiri.
    .next = Tanyakan kepada pengelola jaringan atau registri itu.
explain-certificate-time = Sertifikat { $host } dianggap kedaluwarsa atau belum berlaku. Sering kali jam komputerlah yang salah.
    .next = Cocokkan tanggal dan jam komputermu, lalu ulangi.
explain-registry-error = Registri menjawab dengan kesalahannya sendiri. Perintahmu tidak salah.
    .next = Coba lagi beberapa saat lagi.
explain-layer-damaged = Satu lapisan image rusak di perjalanan: isinya tidak cocok dengan sidik isinya (_digest_).
    .next = Ambil lagi; yang rusak tidak disimpan.

# Kontainer
explain-port-taken = Port { $port } di komputermu sudah dipakai program lain.
    .next = Pakai port lain, misalnya `-p { $publish }`.{ $made ->
        [none] {""}
       *[other] {" "}Kontainer `{ $made }` sudah telanjur dibuat; hapus dulu: `docker rm { $made }`.
    }
explain-port-taken-container = Port { $port } sudah dipakai kontainer `{ $name }`.
    .next = Pakai port lain, misalnya `-p { $publish }`, atau hentikan yang lama: `docker stop { $name }`.{ $made ->
        [none] {""}
       *[other] {" "}Kontainer `{ $made }` sudah telanjur dibuat; hapus dulu: `docker rm { $made }`.
    }
explain-port-taken-foreign = Port { $port } sudah dipakai kontainer `{ $name }`, yang bukan dari pelajaran ini.
    .next = Biarkan ia berjalan, dan pakai port lain, misalnya `-p { $publish }`.{ $made ->
        [none] {""}
       *[other] {" "}Kontainer `{ $made }` sudah telanjur dibuat; hapus dulu: `docker rm { $made }`.
    }
explain-port-taken-process = Port { $port } sudah dipakai program `{ $program }` (proses { $pid }), di luar Docker.
    .next = Pakai port lain, misalnya `-p { $publish }`, atau hentikan program itu.{ $made ->
        [none] {""}
       *[other] {" "}Kontainer `{ $made }` sudah telanjur dibuat; hapus dulu: `docker rm { $made }`.
    }
explain-port-privileged = Port { $port } hanya untuk root, dan mesin Docker ini berjalan tanpa root.
    .next = Pakai port 1024 atau lebih, misalnya `-p 8080:80`.
explain-port-invalid = Port itu tidak dapat dibaca. Bentuknya PORT_KOMPUTER:PORT_KONTAINER, dengan angka 1 sampai 65535.
    .next = Misalnya `-p 8080:80`.
explain-port-empty = Sesudah `{ $value }` masih kurang satu port: port di dalam kontainer.
    .next = Tulis keduanya tanpa spasi, misalnya `-p 8080:80`.
explain-name-taken = Nama `{ $name }` sudah dipakai kontainer lain. Tiap nama hanya untuk satu kontainer.
    .next = Pakai nama lain, atau hapus yang lama dengan `docker rm { $name }`.
explain-name-taken-running = Nama `{ $name }` sudah dipakai kontainer yang sedang berjalan (dari image `{ $image }`).
    .next = Pakai nama lain, atau hapus yang lama: `docker rm -f { $name }`.
explain-name-taken-stopped = Nama `{ $name }` masih dipakai kontainer lama yang { $state ->
        [created] belum pernah berjalan
        [paused] sedang dijeda
       *[other] sudah berhenti
    }. Kontainer tetap ada sampai dihapus.
    .next = Jalankan lagi yang lama (`docker start { $name }`), atau hapus dulu (`docker rm { $name }`).
explain-name-invalid = `{ $name }` tidak boleh menjadi nama kontainer.
    .next = Pakai paling sedikit dua huruf atau angka, tanpa spasi; titik, garis bawah, dan tanda hubung boleh.
explain-remove-running = Kontainer `{ $name }` masih berjalan, dan yang berjalan tidak dihapus begitu saja.
    .next = Hentikan dulu: `docker stop { $name }`, lalu hapus. Sekaligus: `docker rm -f { $name }`.
explain-not-running = Kontainer `{ $name }` tidak sedang berjalan, sedangkan perintah ini membutuhkan yang berjalan.
    .next = Jalankan dengan `docker start { $name }`, lalu ulangi.
explain-not-running-created = Kontainer `{ $name }` sudah dibuat, tetapi belum pernah dijalankan.
    .next = Jalankan dengan `docker start { $name }`, lalu ulangi.
explain-not-running-done = Kontainer `{ $name }` sudah berhenti: proses utamanya selesai (status 0).
    .next = Kontainer hidup selama proses utamanya berjalan. `docker start { $name }` menjalankannya sekali lagi.
explain-not-running-failed = Kontainer `{ $name }` sudah berhenti: proses utamanya berakhir dengan status { $exit }.
    .next = Baca sebabnya di lognya: `docker logs { $name }`.
explain-not-running-oom = Kontainer `{ $name }` sudah berhenti: memorinya melampaui batas, jadi prosesnya dimatikan.
    .next = Naikkan batasnya (`-m`) saat membuatnya lagi.
explain-paused = Kontainer `{ $name }` sedang dijeda (_pause_).
    .next = Lanjutkan dengan `docker unpause { $name }`, lalu ulangi.
explain-no-container = Tidak ada kontainer bernama `{ $name }`.
    .next = Lihat nama yang ada, juga yang sudah berhenti.
explain-no-container-near = Tidak ada kontainer bernama `{ $name }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-container-list = Tidak ada kontainer bernama `{ $name }`. Yang ada: { $names }.
    .next = Pakai salah satu nama itu.
explain-no-container-none = Tidak ada kontainer bernama `{ $name }`; sekarang memang belum ada kontainer sama sekali.
    .next = Buat dulu dengan `docker run`.
explain-no-file-inside = Di dalam kontainer `{ $name }` tidak ada `{ $path }`.
    .next = Jalur sesudah titik dua dihitung dari akar (`/`) kontainer; periksa ejaannya.
explain-no-object = Tidak ada kontainer, image, jaringan, atau volume bernama `{ $name }`.
    .next = Periksa ejaannya dengan `docker ps -a`, `docker images`, `docker network ls`, atau `docker volume ls`.
explain-exec-missing = Di dalam image `{ $image }` tidak ada program `{ $word }`, jadi kontainernya tidak dapat mulai.
    .next = Yang ditulis sesudah nama image adalah perintah di dalam kontainer; periksa ejaannya.
explain-exec-missing-exec = Di dalam kontainer `{ $name }` tidak ada program `{ $word }`.
    .next = Image sering hanya berisi sedikit program. Periksa ejaannya, atau pakai yang ada di dalamnya.
explain-exec-missing-bash = Tidak ada `bash` di dalam image ini. Image kecil biasanya hanya punya `sh`.
    .next = Ulangi dengan `sh` sebagai ganti `bash`.
explain-flag-after-image = `{ $word }` ditulis sesudah nama image, jadi Docker menganggapnya perintah di dalam kontainer.
    .next = Pindahkan opsi ke depan nama image: `docker run { $word } … { $image }`.
explain-exec-denied = `{ $word }` ada, tetapi tidak dapat dijalankan: itu direktori, atau berkas tanpa izin jalan.
    .next = Beri izin dengan `chmod +x` sebelum disalin ke image, atau sebutkan program yang benar.
explain-exec-format = Berkas program itu tidak dapat dijalankan di sini: dibuat untuk jenis prosesor lain, atau skrip tanpa baris pertama `#!/bin/sh`.
    .next = Bila itu skrip, tambahkan `#!/bin/sh` sebagai baris pertama.
explain-exec-format-image = Image `{ $image }` dibuat untuk prosesor { $actual }, sedangkan komputer ini { $wanted }.
    .next = Pakai image untuk { $wanted }: ambil lagi dengan `--platform linux/{ $wanted }`.
explain-no-command = Image `{ $image }` tidak mengatakan apa yang dijalankan (tanpa CMD), dan perintahmu juga tidak.
    .next = Tulis perintahnya sesudah nama image, atau tambahkan `CMD` di Dockerfile.
explain-user-unknown = Di dalam kontainer tidak ada pengguna `{ $user }`.
    .next = Pakai pengguna yang ada di image itu, atau nomornya.
explain-memory-low = Batas memori itu terlalu kecil: Docker meminta paling sedikit { $least }.
    .next = Misalnya `-m 64m`.
explain-size-invalid = `{ $value }` bukan ukuran.
    .next = Tulis angka dengan b, k, m, atau g, misalnya `64m`.
explain-cpu-range = Komputer ini hanya punya { $most } CPU.
    .next = Minta paling banyak sejumlah itu.
explain-no-gpu = Mesin ini tidak dapat memberikan GPU kepada kontainer: pendukungnya belum terpasang.
    .next = Jalankan tanpa `--gpus`, atau pasang pendukung GPU untuk Docker.
explain-restart-and-rm = `--rm` menghapus kontainer saat berhenti, `--restart` memulainya lagi; keduanya tidak bisa bersama.
    .next = Pilih salah satu.
explain-ended-137 = Prosesnya dimatikan paksa (137 = 128 + sinyal 9, KILL), misalnya oleh `docker kill`, `docker rm -f`, atau `docker stop` setelah masa tunggu.
explain-ended-139 = Programnya membuat kesalahan memori lalu dihentikan kernel (139 = 128 + sinyal 11, SEGV).
    .next = Kesalahannya ada di program di dalam image, bukan di perintahmu. Coba versi image yang lain.
explain-ended-143 = Prosesnya diminta berhenti dan menurut (143 = 128 + sinyal 15, TERM), misalnya oleh `docker stop`.
explain-ended-oom = Prosesnya memakai memori melebihi batas{ $limit ->
        [none] {""}
       *[other] {" "}({ $limit })
    }, jadi kernel mematikannya (status 137).
    .next = Naikkan batasnya dengan `-m`, atau kurangi kebutuhan memori programnya.
explain-ended-at-once = Kontainer `{ $name }` langsung berhenti (status 0): perintahnya, `{ $run }`, sudah selesai.
    .next = Kontainer hidup selama proses utamanya berjalan. Beri perintah yang terus berjalan, misalnya `sleep 1000`.
explain-ended-at-once-shell = Kontainer `{ $name }` langsung berhenti (status 0): `{ $run }` tidak punya terminal, jadi tidak ada yang dikerjakan.
    .next = Beri perintah yang terus berjalan, misalnya `sleep 1000`, atau pakai `-it` untuk mengetik di dalamnya.
explain-ended-at-once-failed = Kontainer `{ $name }` langsung berhenti: `{ $run }` berakhir dengan status { $exit }.
    .next = Sebabnya biasanya tertulis di lognya.
explain-missing-inside = Di dalam kontainer tidak ada program `{ $word }`.
    .next = Periksa ejaannya; image sering hanya berisi sedikit program.

# Image, volume, jaringan
explain-no-image = Tidak ada image `{ $image }` di komputermu.
    .next = Lihat image yang ada, atau ambil dulu dengan `docker pull`.
explain-no-image-near = Tidak ada image `{ $image }` di komputermu. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-image-list = Tidak ada image `{ $image }` di komputermu. Yang ada: { $names }.
    .next = Pakai salah satunya, atau ambil dulu dengan `docker pull { $image }`.
explain-no-image-none = Tidak ada image `{ $image }`; komputermu memang belum punya image.
    .next = Ambil dulu dengan `docker pull { $image }`.
explain-image-in-use = Image `{ $image }` masih dipakai sebuah kontainer, jadi tidak dihapus.
    .next = Hapus dulu kontainernya; yang sudah berhenti pun masih memakai image-nya.
explain-image-in-use-running = Image `{ $image }` sedang dipakai kontainer `{ $name }`, yang masih berjalan.
    .next = Hapus dulu kontainernya: `docker rm -f { $name }`.
explain-image-in-use-stopped = Image `{ $image }` masih dipakai kontainer `{ $name }`, walaupun kontainer itu sudah berhenti.
    .next = Hapus dulu kontainernya: `docker rm { $name }`.
explain-image-many-names = Image `{ $image }` punya beberapa nama, jadi Docker tidak tahu mana yang kamu maksud.
    .next = Hapus namanya satu per satu (`docker rmi NAMA:TAG`).
explain-image-has-children = Image lain dibangun di atas `{ $image }`, jadi belum bisa dihapus.
    .next = Hapus dulu image yang memakainya.
explain-no-volume = Tidak ada volume bernama `{ $volume }`.
    .next = Lihat nama yang ada.
explain-no-volume-near = Tidak ada volume bernama `{ $volume }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-volume-list = Tidak ada volume bernama `{ $volume }`. Yang ada: { $names }.
    .next = Pakai salah satu nama itu.
explain-no-volume-none = Tidak ada volume bernama `{ $volume }`; belum ada volume bernama sama sekali.
    .next = Buat dengan `docker volume create { $volume }`.
explain-volume-in-use = Volume `{ $volume }` masih dipakai sebuah kontainer, jadi tidak dihapus.
    .next = Hapus dulu kontainernya; yang sudah berhenti pun masih memakai volumenya.
explain-volume-in-use-running = Volume `{ $volume }` sedang dipakai kontainer `{ $name }`, yang masih berjalan.
    .next = Hapus dulu kontainernya: `docker rm -f { $name }`. Isi volume tetap ada.
explain-volume-in-use-stopped = Volume `{ $volume }` masih dipakai kontainer `{ $name }`, walaupun kontainer itu sudah berhenti.
    .next = Hapus dulu kontainernya: `docker rm { $name }`.
explain-relative-source = `{ $path }` dianggap nama volume, sebab jalurnya tidak diawali `/`.
    .next = Untuk direktori komputermu, tulis jalur lengkap: `-v "$(pwd)/…":/…`.
explain-relative-target = Tujuan pemasangan `{ $path }` harus jalur lengkap di dalam kontainer.
    .next = Awali dengan `/`, misalnya `-v data:/{ $path }`.
explain-bind-missing = Di komputer tempat mesin Docker berjalan tidak ada `{ $path }` untuk dipasang.
    .next = Periksa ejaannya, atau buat dulu dengan `mkdir`.
explain-mount-kinds = Kamu memasang direktori pada tempat sebuah berkas, atau sebaliknya. Keduanya harus sejenis.
    .next = Periksa apakah berkas sumbernya ada; yang tidak ada dibuatkan Docker sebagai direktori.
explain-workdir-relative = Direktori kerja `{ $path }` harus jalur lengkap di dalam kontainer.
    .next = Awali dengan `/`, misalnya `-w /{ $path }`.
explain-no-such-network = Tidak ada jaringan Docker bernama `{ $network }`.
    .next = Buat dulu: `docker network create { $network }`.
explain-no-such-network-near = Tidak ada jaringan Docker bernama `{ $network }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`, atau buat dulu: `docker network create { $network }`.
explain-no-such-network-list = Tidak ada jaringan Docker bernama `{ $network }`. Yang ada: { $names }.
    .next = Pakai salah satunya, atau buat dulu: `docker network create { $network }`.
explain-network-in-use = Jaringan `{ $network }` masih dipakai kontainer yang berjalan, jadi tidak dihapus.
    .next = Hentikan atau lepaskan dulu kontainernya.
explain-network-in-use-names = Jaringan `{ $network }` masih dipakai: { $names }.
    .next = Lepaskan dulu: `docker network disconnect { $network } { $name }`, atau hapus kontainernya.
explain-network-built-in = `{ $network }` adalah jaringan bawaan Docker dan tidak dapat dihapus.
    .next = Biarkan saja; buat jaringanmu sendiri dengan `docker network create`.
explain-network-exists = Jaringan `{ $network }` sudah ada, jadi tidak perlu dibuat lagi.
    .next = Langsung pakai, atau pilih nama lain.
explain-already-connected = Kontainer `{ $name }` sudah tersambung ke jaringan `{ $network }`.
    .next = Tidak perlu disambungkan lagi.
explain-no-space = Diska mesin Docker penuh, jadi datanya tidak dapat ditulis.
    .next = Lihat pemakaiannya, lalu hapus yang tidak kamu perlukan lagi.
explain-no-space-inside = Diska mesin Docker penuh.
    .next = Lihat pemakaiannya, lalu hapus yang tidak kamu perlukan lagi.
explain-no-space-engine = Diska mesin Docker penuh: di { $path } tersisa { $free }.
    .next = `docker system df` menampilkan pemakaian Docker. Hapus kontainer dan image yang tidak kamu perlukan lagi.

# Baris perintah
explain-no-tty = `-t` meminta terminal, padahal masukan perintah ini bukan terminal (misalnya dari skrip atau pipa `|`).
    .next = Hapus `-t`: pakai `-i` saja, atau tanpa keduanya.
explain-command-unknown = Docker tidak mengenal perintah `{ $word }`.
    .next = Lihat daftar perintahnya.
explain-command-unknown-near = Docker tidak mengenal perintah `{ $word }`. Mungkin maksudmu `docker { $near }`.
    .next = Ulangi dengan `docker { $near }`.
explain-compose-missing = Docker Compose belum terpasang: itu tambahan untuk menjalankan beberapa kontainer dari satu berkas.
    .next = Pasang paketnya (`docker-compose-v2` atau `docker-compose-plugin`); `dermaga doctor` memberi tahu caranya.
explain-compose-file = Tidak ada berkas `compose.yaml` di direktori ini.
    .next = Pindah ke direktori yang berisi berkas itu, atau sebutkan dengan `-f`.
explain-flag-unknown = `docker { $verb }` tidak mengenal opsi `{ $flag }`.
    .next = Lihat daftar opsinya.
explain-flag-unknown-near = `docker { $verb }` tidak mengenal opsi `{ $flag }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-letter-unknown = `docker { $verb }` tidak mengenal opsi `{ $flag }`.
    .next = Lihat daftar opsinya.
explain-letter-unknown-near = `{ $flag }` dengan satu tanda hubung dibaca huruf demi huruf. Mungkin maksudmu `{ $near }`.
    .next = Nama opsi yang panjang diawali dua tanda hubung: `{ $near }`.
explain-flag-needs-value = Opsi `{ $flag }` masih membutuhkan nilai sesudahnya.
    .next = Tulis nilainya, lalu ulangi.
explain-flag-value = `{ $value }` bukan nilai yang cocok untuk opsi `{ $flag }`.
    .next = Tepat sesudah opsi itu harus ada nilainya; nama dan yang lain menyusul sesudahnya.
explain-too-few = `docker { $verb }` masih kurang: sesudahnya harus ada sesuatu yang dikerjakan, misalnya nama.
    .next = Baris `Usage` menunjukkan bentuknya.
explain-too-many = `docker { $verb }` mendapat terlalu banyak kata.
    .next = Baris `Usage` menunjukkan bentuknya. Nilai dengan spasi perlu tanda kutip.
explain-space-in-image = Ada spasi di dalam nama image: `{ $apart }`.
    .next = Nama, titik dua, dan tag ditulis rapat: `{ $together }`.
explain-build-without-context = `docker build` masih kurang direktori isinya (konteks bangun). Untuk direktori ini: sebuah titik.
    .next = Tambahkan titik di akhir: `docker build … .`
explain-reference = `{ $image }` bukan nama image yang sah.
    .next = Bentuknya NAMA:TAG dengan huruf kecil, angka, titik, garis bawah, dan tanda hubung.
explain-reference-capital = Nama image tidak boleh memakai huruf besar: `{ $image }`.
    .next = Tulis `{ $near }`.
explain-reference-dash = `{ $image }` diawali tanda hubung panjang (–), biasanya hasil salin-tempel, jadi dianggap nama image.
    .next = Ketik ulang dengan dua tanda hubung biasa: `{ $near }`.
explain-reference-space = Nama image tidak boleh berisi spasi: `{ $image }`.
    .next = Tulis tanpa spasi, misalnya `{ $near }`.
explain-reference-scheme = Nama image bukan alamat web: `{ $image }`.
    .next = Tulis tanpa `https://`: `{ $near }`.
explain-reference-colon = Pada `{ $image }` ada titik dua tanpa nama atau tag di sisinya. Mungkin ada spasi yang terselip.
    .next = Tulis NAMA:TAG tanpa spasi, atau cukup `{ $near }`.
explain-file-missing = Berkas `{ $path }` tidak ada di direktori ini.
    .next = Periksa ejaan dan direktorimu.
explain-docker-missing = Program `docker` tidak ditemukan: belum terpasang, atau tidak di `PATH` (daftar direktori program).
    .next = `dermaga doctor` memberi tahu cara memasangnya di komputermu.
explain-program-unknown = Tidak ada perintah `{ $word }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-program-capital = Shell membedakan huruf besar dan kecil: `{ $word }` bukan `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-program-none = Tidak ada perintah `{ $word }` di sini.
    .next = Periksa ejaannya. Perintah Docker selalu diawali `docker` dan spasi.
explain-sudo-missing = `sudo` tidak ada di sini, dan tidak diperlukan.
    .next = Ulangi perintahnya tanpa `sudo`.
explain-sudo-apart = `sudo` tidak diperlukan di sini: mesin pelajaran ini milikmu, dan `docker` mencapainya tanpa itu.
    .next = Ulangi tanpa `sudo`, persis seperti yang diminta pelajaran.
explain-sudo-past = Dengan `sudo`, perintahmu mencapai Docker tanpa melewati Dermaga. Yang dibuatnya tidak ditandai sebagai milik pelajaran ini, jadi Dermaga tidak dapat membersihkan atau membatalkannya.
    .next = Hapus sendiri (`sudo docker rm`, `sudo docker rmi`), lalu ulangi tanpa `sudo`.
explain-sudo-elsewhere = `sudo` menjalankan `docker` sebagai pengguna lain, yang tidak tahu alamat mesin pelajaran ini.
    .next = Ulangi perintahnya tanpa `sudo`.
explain-engine-elsewhere = Di { $at } tidak ada mesin Docker yang menjawab. Mesin pelajaran ini sendiri berjalan.
    .next = Alamat itu datang dari `-H`, `DOCKER_HOST`, atau konteks Docker. Tanpa itu, perintahmu sampai ke mesin yang benar.
explain-engine-elsewhere-unnamed = Perintahmu bertanya ke mesin Docker lain, dan mesin itu tidak bisa dihubungi. Mesin pelajaran ini sendiri berjalan.
    .next = Alamat itu datang dari `-H`, `DOCKER_HOST`, atau konteks Docker. Tanpa itu, perintahmu sampai ke mesin yang benar.
explain-shell-syntax = Shell tidak dapat membaca baris itu; ia berhenti di `{ $word }`. Docker belum dijalankan.
    .next = Tanda `<`, `>`, `(`, `)`, `&`, dan `|` punya arti bagi shell. Tulis nama tanpa kurung sudut, dan tutup setiap tanda kutip.
explain-shell-end = Shell masih menunggu kata lain di akhir baris itu, jadi Docker belum dijalankan.
    .next = Tanda `<`, `>`, `&`, dan `|` punya arti bagi shell. Tulis nama tanpa kurung sudut.
explain-shell-quote = Ada tanda kutip yang dibuka tetapi tidak ditutup, jadi Docker belum dijalankan.
    .next = Setiap tanda kutip berpasangan: tutup dengan tanda yang sama.
explain-shell-redirect = Shell mengartikan `<` sebagai “baca dari berkas”, dan berkas itu tidak ada. Docker belum dijalankan.
    .next = Kurung sudut hanya penanda di buku: ganti `<{ $word }>` seluruhnya dengan nama yang sebenarnya.
explain-typed-quote = Tanda kutip { $sign } bukan tanda kutip bagi shell. Biasanya itu hasil salin-tempel.
    .next = Ketik ulang dengan tanda kutip biasa dari papan ketik: ' atau ".
explain-typed-dash = `{ $word }` diawali tanda hubung panjang, biasanya hasil salin-tempel, jadi tidak dibaca sebagai opsi.
    .next = Ketik ulang dengan tanda hubung biasa: `{ $near }`.
explain-typed-space = Ada spasi khusus di perintah itu, biasanya hasil salin-tempel, yang tidak memisahkan kata.
    .next = Ketik ulang perintahnya dengan spasi biasa.

# Perintah yang mirip dengan yang diminta
explain-slip-nothing = `docker` saja hanya menampilkan bantuan.
    .next = Sesudahnya perlu satu kata kerja, misalnya `docker ps`.
explain-slip-verb = Langkah ini memakai `docker { $expected }`, sedangkan kamu menjalankan `docker { $found }`.
    .next = Ulangi dengan `docker { $expected }`.
explain-slip-verb-hidden = `docker { $found }` melakukan hal lain dari yang diminta langkah ini.
    .next = Baca lagi kalimat terakhir langkah ini, atau ketik `petunjuk`.
explain-slip-flag-behind = Opsi `{ $flag }` kamu tulis sesudah nama, jadi tidak sampai ke `docker { $verb }`.
    .next = Opsi `docker { $verb }` ditulis sebelum nama image atau kontainer.
explain-slip-flag-missing = Opsi `{ $flag }` belum ada pada `docker { $verb }` yang kamu ketik.
    .next = Tambahkan `{ $flag }`, lalu ulangi.
explain-slip-value = Pada opsi `{ $flag }` ditunggu `{ $expected }`, sedangkan kamu menulis `{ $found }`.
    .next = Ulangi dengan `{ $flag } { $expected }`.
explain-slip-word-missing = Perintahmu belum lengkap: masih kurang `{ $expected }`.
    .next = Tambahkan `{ $expected }` di akhir, lalu ulangi.
explain-slip-word = Ditunggu `{ $expected }`, sedangkan kamu menulis `{ $found }`.
    .next = Ulangi dengan `{ $expected }`.
explain-slip-word-extra = Kata `{ $found }` tidak diperlukan di sini.
    .next = Ulangi tanpa kata itu.
explain-slip-flag-extra = Opsi `{ $flag }` tidak diperlukan di sini, dan mengubah hasilnya.
    .next = Ulangi tanpa opsi itu.
explain-slip-hidden = `docker { $verb }` sudah tepat, tetapi nama, opsi, atau nilainya belum seperti yang diminta langkah ini.
    .next = Bandingkan ketikanmu dengan kalimat langkah ini, atau ketik `petunjuk`.

# Membangun image
explain-instruction-unknown = Baris { $line } Dockerfile diawali `{ $word }`, dan itu bukan instruksi yang dikenal.
    .next = Periksa ejaannya: FROM, RUN, COPY, WORKDIR, ENV, EXPOSE, CMD, dan lainnya.
explain-instruction-unknown-near = Baris { $line } Dockerfile diawali `{ $word }`. Mungkin maksudmu `{ $near }`.
    .next = Perbaiki baris itu, lalu bangun lagi.
explain-dockerfile-wrong = Baris { $line } Dockerfile tidak dapat dibaca: { $said }
    .next = Perbaiki baris itu, lalu bangun lagi.
explain-dockerfile-missing = Tidak ada berkas bernama `Dockerfile` di direktori itu.
    .next = Pindah ke direktori yang berisi Dockerfile, atau sebutkan dengan `-f`. Huruf D-nya besar, tanpa akhiran.
explain-dockerfile-empty = Dockerfile itu kosong.
    .next = Simpan dulu isinya; baris pertama biasanya `FROM …`.
explain-from-missing = Dockerfile harus dimulai dengan `FROM`: image yang menjadi dasarnya.
    .next = Tambahkan `FROM …` di atas instruksi yang lain.
explain-context-missing = Direktori `{ $path }` tidak ada.
    .next = Kata terakhir `docker build` adalah direktori isinya; titik (`.`) berarti direktori ini.
explain-copy-missing = Yang akan disalin, `{ $path }`, tidak ada di konteks bangun (direktori yang kamu berikan kepada `docker build`).
    .next = Periksa ejaannya. Yang tertulis di `.dockerignore` juga tidak ikut.
explain-copy-outside = `{ $path }` ada di luar konteks bangun; yang dapat disalin hanya isi direktori yang kamu berikan.
    .next = Pindahkan berkasnya ke dalam, atau bangun dari direktori di atasnya.
explain-step-failed = Perintah di dalam Dockerfile gagal dengan status { $status }: { $run }
    .next = Sebabnya ada pada keluaran tepat di atas pesan ini.
explain-buildx-missing = Docker ini diminta membangun dengan BuildKit, tetapi tambahannya (buildx) belum terpasang.
    .next = Pasang paket `docker-buildx` (atau `docker-buildx-plugin`), atau hapus `DOCKER_BUILDKIT=1`.
