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
explain-context-unknown-near = Tidak ada konteks Docker bernama `{ $name }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-swarm-off = Perintah ini untuk klaster Swarm (beberapa mesin Docker yang bekerja bersama), dan mesin ini bukan bagiannya.
    .next = Untuk satu komputer, pakai `docker run` atau Docker Compose.

# Registri
explain-image-unknown = Registri tidak punya image `{ $image }` yang boleh kamu ambil: namanya mungkin salah ketik, atau image itu pribadi.
    .next = Periksa ejaannya. Untuk image pribadi, masuk dulu dengan `docker login`.
explain-image-unknown-near = Registri tidak punya image `{ $image }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-image-hub-asked = Docker Hub tidak punya image `{ $image }`. Ia yang ditanya karena `{ $first }` tidak berisi titik atau port, jadi bukan alamat registri.
    .next = Tulis alamat registri yang lengkap sebelum `/` pertama.
explain-image-forgotten = Di depan `{ $word }` belum ada nama image, jadi Docker mengira `{ $word }` image-nya.
    .next = Tulis nama image di depan `{ $word }`, lalu ulangi.
explain-run-container = `{ $name }` adalah kontainer yang sudah ada, sedangkan `docker { $verb }` membutuhkan image untuk membuat yang baru.
    .next = `docker images` menampilkan image yang ada. Untuk menjalankan kontainer itu lagi: `docker start { $name }`.
explain-run-container-running = `{ $name }` adalah kontainer yang sedang berjalan, sedangkan `docker { $verb }` membutuhkan image untuk membuat yang baru.
    .next = Untuk menjalankan program di dalam kontainer itu, pakai `docker exec`.
explain-variable-text = Variabel `{ $word }` berisi teks sebuah perintah, jadi Docker menerima kata `docker` sebagai nama.
    .next = Untuk menyimpan keluaran perintahnya, isilah begini: `{ $word }=$(docker …)`.
explain-tag-unknown = Image itu ada, tetapi tidak dengan tag ini: `{ $image }` tidak ditemukan di registri.
    .next = Tag adalah bagian sesudah titik dua. Cari tag yang ada di halaman image itu di registri.
explain-tag-unknown-near = Image `{ $name }` tidak punya tag `{ $tag }`. Mungkin maksudmu `{ $name }:{ $near }`.
    .next = Ulangi perintahmu dengan `{ $name }:{ $near }`.
explain-tag-unknown-list = Image `{ $name }` tidak punya tag `{ $tag }`. Yang dikenal di sini: { $names }.
    .next = Pakai salah satu tag itu, atau cari yang lain di halaman image itu di registri.
explain-image-other-registry = Langkah ini mengambil `{ $path }` dari registri lain, bukan dari { $host }.
    .next = Tulis host registri itu di depan `{ $path }`, lalu ulangi.
explain-image-still-to-make = Image `{ $image }` belum ada: langkah ini membuatnya dengan `docker { $maker }`.
    .next = Jalankan perintah itu dulu.
explain-image-not-pushed = Registri di `{ $host }` tidak punya `{ $image }`. Isinya hanya yang pernah dikirim ke sana, dan registri baru masih kosong.
    .next = Beri sebuah image lokal nama itu dengan `docker tag`, lalu kirim: `docker push { $image }`.
explain-image-second = Kata pertama sesudah opsi dibaca sebagai nama image, jadi Docker mencari image `{ $word }`.
    .next = Image-nya `{ $image }`. Untuk memberi nama kontainernya: `{ $near }`.
explain-image-second-named = Kata pertama sesudah opsi dibaca sebagai nama image, jadi Docker mencari image `{ $word }`.
    .next = Image-nya `{ $image }`, jadi `{ $word }` tidak diperlukan: `{ $near }`.
explain-image-as-name = Nama dan image tertukar: sesudah `--name` datang nama kontainer, dan `{ $image }` adalah image.
    .next = Tukar keduanya: `{ $near }`.
explain-image-or-tag-unknown = Registri tidak punya `{ $image }`: entah nama image-nya, entah tag-nya yang salah.
    .next = Periksa ejaan keduanya di halaman image itu.
explain-registry-denied = Registri menolak `{ $image }`: image itu tidak ada di sana, atau hanya untuk yang sudah masuk (login).
    .next = Periksa ejaannya. Untuk image pribadi, masuk dulu dengan `docker login` dan alamat registrinya.
explain-image-platform = Image `{ $image }` di sini dibuat untuk { $actual }, padahal diminta { $wanted }.
    .next = Hapus opsi `--platform` agar yang dipakai yang cocok dengan komputermu.
explain-image-platform-none = Image ini tidak tersedia untuk platform (jenis prosesor) yang diminta.
    .next = Hapus opsi `--platform` bila ada, atau pilih image yang tersedia untuk komputermu.
explain-login-needed = Registri ini meminta kamu masuk (login) dulu sebelum mengambil `{ $image }`.
    .next = Jalankan `docker login` dengan alamat registrinya, lalu ulangi.
explain-login-wrong = Registri menolak nama pengguna atau kata sandinya.
    .next = Coba `docker login` lagi; banyak registri meminta token, bukan kata sandi biasa.
explain-push-denied = Registri tidak mengizinkan kamu mengirim ke `{ $image }`: itu bukan milikmu, atau kamu belum masuk.
    .next = Beri tag dengan namamu di depan, misalnya `docker tag { $image } NAMAMU/{ $image }`, lalu `docker login`.
explain-push-other-registry = `{ $image }` tidak diawali alamat registri, jadi Docker bertanya ke Docker Hub, dan Docker Hub tidak mengizinkanmu mengirim ke sana. Langkah ini mengirim ke registri lain.
    .next = Dengan `docker tag`, beri image itu nama yang diawali alamat registri tersebut. Sesudah itu, kirim nama itu.
explain-pull-limit = Registri membatasi jumlah pengambilan image, dan jatahnya untuk sambungan ini sedang habis. Bukan salahmu.
    .next = Tunggu beberapa jam, atau masuk dengan `docker login`. Image yang sudah ada di komputermu tetap bisa dipakai.
explain-own-registry = Tidak ada registri yang menjawab di { $host }, komputermu sendiri.
    .next = Jalankan dulu kontainer registrinya, atau periksa port-nya.
explain-own-registry-near = Tidak ada registri yang menjawab di { $host }, komputermu sendiri. Registri pelajaran ini ada di { $near }.
    .next = Ulangi dengan `{ $near }`.
explain-own-registry-context = Alamat { $host } berarti mesin yang menjalankan perintah ini, yaitu `{ $context }`; di sana tidak ada registri yang menjawab.
    .next = Sebut registrinya dengan nama mesin tempat ia berjalan, bukan `localhost`.
explain-registry-refused = Bagi mesin yang kamu pakai, tidak ada yang menjawab di { $host }: registrinya tidak berjalan di sana, atau hanya mendengarkan di mesinnya sendiri (127.0.0.1).
    .next = Periksa alamat dan port-nya, juga apakah kontainer registri itu berjalan.
explain-plain-registry = Registri { $host } hanya melayani http tanpa enkripsi, sedangkan Docker meminta https.
    .next = Hanya `localhost` boleh tanpa enkripsi; untuk yang lain, tambahkan ke `insecure-registries` di pengaturan mesin.
explain-proxy = Mesin Docker mencoba lewat proksi (server perantara) { $host }, dan proksi itu tidak menjawab.
    .next = Periksa pengaturan proksi mesin Docker.
explain-name-server = Alamat `{ $host }` tidak dapat diterjemahkan: server nama (DNS) tidak menjawab. Biasanya internetnya terputus.
    .next = Periksa sambungan internetmu, lalu ulangi.
explain-host-unknown = Tidak ada host bernama `{ $host }`. Bagian pertama nama image dianggap alamat registri bila berisi titik.
    .next = Periksa ejaan alamat itu.
explain-host-unknown-near = Registri `{ $host }` tidak dapat dihubungi. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-host-unreached = Mesin Docker pelajaran ini tidak dapat menghubungi registri bernama `{ $host }`.
    .next = Yang ada sebelum `/` pertama dalam nama image adalah alamat registri: periksa ejaannya.
explain-no-network = Registri tidak dapat dihubungi dari mesin Docker. Biasanya internetnya terputus.
    .next = Periksa sambungan internetmu, lalu ulangi.
explain-certificate = Sertifikat { $host } tidak dapat dipercaya: mungkin ada proksi di antaranya, atau registrinya memakai sertifikat sendiri.
    .next = Tanyakan kepada pengelola jaringan atau registri itu.
explain-certificate-time = Sertifikat { $host } dianggap kedaluwarsa atau belum berlaku. Sering kali jam komputerlah yang salah.
    .next = Cocokkan tanggal dan jam komputermu, lalu ulangi.
explain-registry-error = Registri menjawab dengan kesalahannya sendiri. Perintahmu tidak salah.
    .next = Coba lagi beberapa saat lagi.
explain-layer-damaged = Satu lapisan image rusak di perjalanan: isinya tidak cocok dengan sidik isinya (digest).
    .next = Ambil lagi; yang rusak tidak disimpan.

# Kontainer
explain-made-first = Hapus dulu kontainer yang telanjur dibuat: `docker rm { $made }`.
explain-port-taken = Port { $port } di komputermu sudah dipakai program lain.
    .next = Pakai port lain, misalnya `-p { $publish }`.
explain-port-taken-container = Port { $port } sudah dipakai kontainer `{ $name }`.
    .next = Pakai port lain, misalnya `-p { $publish }`, atau hentikan yang lama: `docker stop { $name }`.
explain-port-taken-foreign = Port { $port } sudah dipakai kontainer `{ $name }`, yang bukan dari pelajaran ini.
    .next = Biarkan ia berjalan, dan pakai port lain, misalnya `-p { $publish }`.
explain-port-taken-process = Port { $port } sudah dipakai program `{ $program }` (proses { $pid }), di luar Docker.
    .next = Pakai port lain, misalnya `-p { $publish }`, atau hentikan program itu.
explain-port-privileged = Port { $port } hanya untuk root, dan mesin Docker ini berjalan tanpa root.
    .next = Pakai port 1024 atau lebih, misalnya `-p 8080:80`.
explain-port-invalid = `{ $ports }` tidak dapat dibaca sebagai port.
    .next = Bentuknya PORT_KOMPUTER:PORT_KONTAINER, dengan angka 1 sampai 65535, misalnya `-p 8080:80`.
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
    .next = { $state ->
        [created] Hapus dulu (`docker rm { $name }`), lalu ulangi.
       *[other] Jalankan lagi yang lama (`docker start { $name }`), atau hapus dulu (`docker rm { $name }`).
    }
explain-name-invalid = `{ $name }` tidak boleh menjadi nama kontainer.
    .next = Pakai paling sedikit dua huruf atau angka, tanpa spasi; titik, garis bawah, dan tanda hubung boleh.
explain-remove-running = Kontainer `{ $name }` masih berjalan, dan Docker hanya menghapus kontainer yang sudah berhenti.
    .next = Hentikan dulu: `docker stop { $name }`, lalu hapus. Sekaligus: `docker rm -f { $name }`.
explain-not-running = Kontainer `{ $name }` tidak sedang berjalan, sedangkan perintah ini membutuhkan yang berjalan.
    .next = Jalankan dengan `docker start { $name }`, lalu ulangi.
explain-not-running-created = Kontainer `{ $name }` sudah dibuat, tetapi belum pernah dijalankan.
    .next = Jalankan dengan `docker start { $name }`, lalu ulangi.
explain-not-running-short = Kontainer `{ $name }` sudah berhenti: proses utamanya langsung selesai (status 0), dan akan begitu lagi sesudah `docker start`.
    .next = Perintah hanya dapat dijalankan di kontainer yang terus berjalan. Baca lagi yang diminta langkah ini.
explain-not-running-done = Kontainer `{ $name }` sudah berhenti: proses utamanya selesai (status 0).
    .next = Kontainer hidup selama proses utamanya berjalan. `docker start { $name }` menjalankannya sekali lagi.
explain-not-running-failed = Kontainer `{ $name }` sudah berhenti: proses utamanya berakhir dengan status { $exit }.
    .next = Lognya (`docker logs { $name }`) mungkin memuat sebabnya. `docker start { $name }` menjalankannya sekali lagi.
explain-not-running-stopped = Kontainer `{ $name }` sudah berhenti: proses utamanya diakhiri oleh sinyal (status { $exit }), misalnya dari `docker stop`, `docker kill`, atau Ctrl-C.
    .next = Mulai lagi dengan `docker start { $name }`, lalu ulangi perintahmu.
explain-not-running-oom = Kontainer `{ $name }` sudah berhenti: memorinya melampaui batas, jadi prosesnya dimatikan.
    .next = Naikkan batasnya (`-m`) saat membuatnya lagi.
explain-paused = Kontainer `{ $name }` sedang dijeda (pause).
    .next = Lanjutkan dengan `docker unpause { $name }`, lalu ulangi.
explain-no-container = Tidak ada kontainer bernama `{ $name }`.
    .next = Lihat nama yang ada, juga yang sudah berhenti.
explain-no-container-near = Tidak ada kontainer bernama `{ $name }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-container-list = Tidak ada kontainer bernama `{ $name }`. Yang ada: { $names }.
    .next = Pakai salah satu nama itu.
explain-no-container-none = Tidak ada kontainer bernama `{ $name }`; sekarang memang belum ada kontainer sama sekali.
    .next = Buat dulu dengan `docker run`.
explain-no-container-yet = Belum ada kontainer bernama `{ $name }`.
    .next = Buat dulu, dengan perintah dari pelajaran ini.
explain-name-taken-foreign = Nama `{ $name }` sudah dipakai kontainermu sendiri, yang bukan dari pelajaran ini.
    .next = Biarkan kontainer itu. Jalankan pelajaran ini di mesin terpisah (`dermaga learn … --engine private`), atau beri kontainermu nama lain dengan `docker rename`.
explain-no-container-gone = Kontainer bernama `{ $name }` tidak ada, jadi yang ini tidak dihapus.
    .next = Lihat yang masih ada, juga yang sudah berhenti.
explain-no-container-still-to-make = `{ $name }` belum ada: langkah ini membuatnya dengan `docker { $maker }`.
    .next = Jalankan perintah itu dulu.
explain-no-container-needed = Kontainer bernama `{ $name }` tidak ada, padahal langkah ini membutuhkannya.
    .next = Ketik `ulangi`: Dermaga membantumu mendapatkannya kembali.
explain-no-container-before = Saat perintah itu berjalan, kontainer bernama `{ $name }` belum ada; sekarang ada.
explain-no-container-rmi = `{ $name }` adalah image, bukan kontainer, dan `docker rm` hanya menghapus kontainer.
    .next = Untuk menghapus image: `docker rmi { $name }`.
explain-no-container-tag = `{ $name }` adalah image, dan `docker rename` hanya mengganti nama kontainer.
    .next = Untuk memberi image nama lain: `docker tag { $name } NAMA-BARU`.
explain-no-container-image = `{ $name }` adalah image, sedangkan `docker { $verb }` membutuhkan sebuah kontainer.
    .next = { $names ->
        [none] Pakai nama kontainernya; `docker ps -a` menampilkannya di kolom `NAMES`.
       *[other] Pakai nama kontainer yang dibuat dari image itu: { $names }.
    }
explain-no-image-container = `{ $name }` adalah kontainer, bukan image, dan `docker rmi` hanya menghapus image.
    .next = Untuk menghapus kontainer: `docker rm { $name }`.
explain-no-image-container-running = `{ $name }` adalah kontainer yang sedang berjalan, dan `docker rmi` hanya menghapus image.
    .next = Untuk menghentikan dan menghapus kontainer itu: `docker rm -f { $name }`.
explain-image-in-use-foreign = Image `{ $image }` dipakai kontainermu sendiri, `{ $name }`, yang bukan dari pelajaran ini.
    .next = Biarkan keduanya. Bila langkah ini meminta image itu dihapus, lanjutkan dengan `lewati`.
explain-volume-in-use-foreign = Volume `{ $volume }` dipakai kontainermu sendiri, `{ $name }`, yang bukan dari pelajaran ini.
    .next = Biarkan keduanya.
explain-no-volume-gone = Volume bernama `{ $volume }` tidak ada, jadi yang ini tidak dihapus.
    .next = Lihat volume yang masih ada.
explain-no-network-near = Tidak ada jaringan bernama `{ $network }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-network-gone = Jaringan bernama `{ $network }` tidak ada, jadi yang ini tidak dihapus.
    .next = Lihat jaringan yang masih ada.
explain-no-file-inside = Di dalam kontainer `{ $name }` tidak ada `{ $path }`.
    .next = Jalur sesudah titik dua dihitung dari akar (`/`) kontainer; periksa ejaannya.
explain-no-object = Tidak ada kontainer, image, jaringan, atau volume bernama `{ $name }`.
    .next = Periksa ejaannya dengan `docker ps -a`, `docker images`, `docker network ls`, atau `docker volume ls`.
explain-format-missing = Templat adalah nilai opsi `--format`; tanpa opsi itu, Docker menganggapnya sebuah nama.
    .next = Ulangi: `{ $near }`.
explain-exec-missing = Di dalam image `{ $image }` tidak ada program `{ $word }`, jadi kontainernya tidak dapat mulai.
    .next = Yang ditulis sesudah nama image adalah perintah di dalam kontainer; periksa ejaannya.
explain-exec-missing-start = Kontainer itu tidak dapat dimulai: image-nya tidak punya program `{ $word }`, padahal itu yang harus ia jalankan.
    .next = Perintah sebuah kontainer tidak dapat diubah. Hapus kontainernya, lalu buat lagi dengan perintah lain.
explain-exec-missing-exec = Di dalam kontainer `{ $name }` tidak ada program `{ $word }`.
    .next = Image sering hanya berisi sedikit program. Periksa ejaannya, atau pakai yang ada di dalamnya.
explain-exec-missing-near = Di dalam kontainer tidak ada program `{ $word }`. Mungkin maksudmu `{ $program }`.
    .next = Ulangi dengan `{ $program }`.
explain-exec-missing-bash = Tidak ada `bash` di dalam image ini. Image kecil biasanya hanya punya `sh`.
    .next = Ulangi dengan `sh` sebagai ganti `bash`.
explain-flag-after-image = `{ $word }` ditulis sesudah nama image, jadi Docker menganggapnya perintah di dalam kontainer.
    .next = Opsi ditulis sebelum nama image: `{ $near }`.
explain-shell-missing = `{ $word }` adalah opsi milik shell `sh`, tetapi tidak ada `sh` di depannya.
    .next = Tulis `sh` di depannya: `docker run … { $image } sh { $word } …`.
explain-script-as-file = Tanpa `-c`, `{ $shell }` mengira `{ $word }` nama sebuah berkas.
    .next = Ulangi dengan `-c`: `{ $near }`.
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
explain-ended-143 = Prosesnya diminta berhenti, lalu berhenti (143 = 128 + sinyal 15, TERM), misalnya oleh `docker stop`.
explain-ended-running = Terminalmu sudah lepas, tetapi kontainer `{ $name }` masih berjalan.
    .next = `docker logs { $name }` menampilkan yang dicetaknya. `docker stop { $name }` menghentikannya; `docker rm -f { $name }` sekaligus menghapusnya.
explain-ended-oom = Prosesnya memakai memori melebihi batas{ $limit ->
        [none] {""}
       *[other] {" "}({ $limit })
    }, jadi kernel mematikannya (status 137).
    .next = Naikkan batasnya dengan `-m`, atau kurangi kebutuhan memori programnya.
explain-ended-at-once = Kontainer `{ $name }` langsung berhenti (status 0): perintahnya, `{ $run }`, sudah selesai.
    .next = Kontainer hidup selama proses utamanya berjalan. Beri perintah yang terus berjalan, misalnya `{ $example }`.
explain-ended-at-once-start = Kontainer `{ $name }` dimulai lalu langsung selesai (status 0): perintahnya, `{ $run }`, memang sudah tuntas.
    .next = Yang dicetaknya ada di lognya.
explain-ended-at-once-shell = Kontainer `{ $name }` langsung berhenti (status 0): `{ $run }` tidak punya terminal, jadi tidak ada yang dikerjakan.
    .next = Beri perintah yang terus berjalan, misalnya `{ $example }`, atau pakai `-it` untuk mengetik di dalamnya.
explain-ended-at-once-front = Karena `-d`, `{ $name }` berjalan di latar belakang, dan kini sudah selesai. Langkah ini ingin melihat keluarannya.
    .next = Hapus dengan `docker rm { $name }`, lalu ulangi tanpa `-d`.
explain-ended-at-once-failed = Kontainer `{ $name }` langsung berhenti: `{ $run }` berakhir dengan status { $exit }.
    .next = Sebabnya biasanya tertulis di lognya.
explain-missing-inside = Di dalam kontainer tidak ada program `{ $word }`.
    .next = { $near ->
        [none] Periksa ejaannya; image sering hanya berisi sedikit program.
       *[other] Mungkin maksudmu `{ $near }`.
    }

# Image, volume, jaringan
explain-no-image = Tidak ada image `{ $image }` di komputermu.
    .next = Lihat image yang ada, atau ambil dulu dengan `docker pull`.
explain-no-image-near = Tidak ada image `{ $image }` di komputermu. Mungkin maksudmu `{ $near }`.
    .next = Ulangi perintahmu dengan `{ $near }`.
explain-no-image-list = Tidak ada image `{ $image }` di komputermu. Yang ada: { $names }.
    .next = Pakai salah satunya, atau ambil dulu dengan `docker pull { $image }`.
explain-no-image-none = Tidak ada image `{ $image }`; komputermu memang belum punya image.
    .next = Ambil dulu dengan `docker pull { $image }`.
explain-no-image-gone = Image `{ $image }` tidak ada, jadi yang ini tidak dihapus.
    .next = Lihat image yang masih ada.
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
explain-no-volume-short = Volume disebut dengan nama lengkapnya, sedangkan `{ $volume }` baru awalnya.
    .next = Salin nama lengkapnya: `{ $near }`.
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
explain-mount-kinds = Kamu memasang direktori pada tempat sebuah berkas, atau sebaliknya. Keduanya harus berkas, atau keduanya direktori.
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
explain-flag-before-command = `{ $flag }` adalah opsi milik `docker { $verb }`, jadi tempatnya sesudah kata `{ $verb }`.
    .next = Ulangi: `{ $near }`.
explain-own-flag-unknown = `docker` sendiri tidak mengenal opsi `{ $flag }`.
    .next = Opsi sebuah perintah ditulis sesudah perintahnya, misalnya `docker ps -a`.
explain-own-flag-unknown-near = `docker` sendiri tidak mengenal opsi `{ $flag }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-own-flag-behind = `{ $flag }` adalah opsi milik `docker` sendiri, jadi tempatnya sebelum kata `{ $verb }`.
    .next = Ulangi: `{ $near }`.
explain-context-bare = `{ $word }` adalah nama context Docker, sedangkan sesudah `docker` yang ditulis adalah perintah.
    .next = Untuk memilih context itu: `{ $near }`.
explain-blank-missing = Antara `{ $word }` dan `{ $flag }` belum ada spasi, jadi keduanya dibaca sebagai satu kata.
    .next = Ulangi: `{ $near }`.
explain-group-missing = `docker { $word }` saja tidak ada. Sebutkan dulu jenis bendanya: { $names }.
    .next = Pilih satu di antaranya, lalu ulangi.
explain-group-second = Jenis bendanya ditulis dulu, baru perintahnya: `{ $group }`, lalu `{ $verb }`.
    .next = Ketik `{ $near }`.
explain-group-plural = Kata `{ $word }` di depan `{ $verb }` ditulis tanpa `s`.
    .next = Ketik `{ $near }`.
explain-group-alone = Sesudah `docker { $verb }` masih kurang perintahnya, misalnya `{ $example }`.
    .next = Tulis perintah itu tepat sesudah `docker { $verb }`.
explain-command-second = Sesudah `docker` harus ada perintahnya, baru namanya. `{ $word }` bukan perintah.
    .next = Tukar urutannya: `{ $near }`.
explain-torn = Ada spasi di dalam `{ $apart }`, jadi Docker membacanya sebagai kata-kata yang terpisah.
    .next = Tulis sebagai satu kata: `{ $together }`.
explain-hyphen-missing = Ada spasi di tengah `{ $apart }`, jadi Docker membacanya sebagai dua kata.
    .next = Pakai tanda hubung, bukan spasi: `{ $together }`.
explain-prompt-typed = `{ $word }` adalah prompt: tanda bahwa shell siap. Itu bukan bagian dari perintah.
    .next = Ketik mulai dari sesudahnya: `{ $near }`.
explain-prompt-inside = `/ #` adalah prompt shell di dalam kontainer, sedangkan shell-mu ada di luar.
    .next = Buka dahulu shell di dalam kontainernya; `/ #` dicetak oleh shell itu. Lalu ketik `{ $near }` saja.
explain-two-commands = Barismu berisi dua perintah sambung-menyambung: yang satu sudah ada di prompt ketika kamu mengetik yang lain.
    .next = { $same ->
        [yes] Ketik sekali saja: `{ $near }`.
       *[no] Tekan Enter sesudah tiap perintah. Ketik dahulu `{ $first }`; sesudahnya, kalau masih perlu, `{ $near }`.
    }
explain-curl-host = `curl` tidak menemukan komputer bernama seperti di `{ $url }` (status 6).
    .next = Periksa ejaan alamatnya.
explain-curl-refused = Tidak ada program yang menjawab di `{ $url }` (status 7 dari `curl`).
    .next = Pastikan kontainernya berjalan dan port itu ada di kolom `PORTS`. Baru dimulai? Tunggu sebentar, lalu ulangi.
explain-curl-status = Server di `{ $url }` menjawab, tetapi dengan kesalahan (status 22 dari `curl`).
    .next = Periksa jalur di belakang alamatnya. Tanpa `-f`, `curl` menampilkan jawaban itu.
explain-curl-slow = `{ $url }` tidak menjawab sampai batas waktunya habis (status 28 dari `curl`).
    .next = Pastikan alamat dan port-nya benar, lalu ulangi.
explain-curl-cut = `{ $url }` menerima sambungan, lalu memutusnya tanpa jawaban yang utuh (status { $status } dari `curl`).
    .next = Program di dalam kontainer mungkin belum siap atau memakai port lain. Tunggu sebentar, lalu ulangi.
explain-failed = Perintah itu gagal (status { $status }). Sebabnya ada di pesan di atas.
    .next = Baca baris pesannya. Buntu? Ketik `petunjuk`.
explain-failed-docker = Docker menolak perintah itu; alasannya ada di baris di atas.
    .next = Cari kata yang kamu kenal dalam pesan itu. Buntu? Ketik `petunjuk`.
explain-failed-silent = Docker menolak perintah itu tanpa menulis alasan (status { $status }).
    .next = Periksa ejaan perintahmu. Buntu? Ketik `petunjuk`.
explain-failed-inside = Docker sudah menjalankannya, tetapi program di dalam kontainer berakhir dengan status { $status }.
    .next = Pesan program itu, bila ada, tertulis di atas. Buntu? Ketik `petunjuk`.
explain-no-tty = `-t` meminta terminal, padahal masukan perintah ini bukan terminal (misalnya dari skrip atau pipa `|`).
    .next = Hapus `-t`: pakai `-i` saja, atau tanpa keduanya.
explain-command-unknown = Docker tidak mengenal perintah `{ $word }`.
    .next = Lihat daftar perintahnya.
explain-command-unknown-near = Docker tidak mengenal perintah `{ $word }`. Mungkin maksudmu `docker { $near }`.
    .next = Ulangi dengan `docker { $near }`.
explain-command-unknown-version = `docker` di sini tidak punya perintah `{ $word }`: perintah itu milik versi lain, atau milik tambahan yang belum terpasang.
    .next = Lihat daftar perintah yang ada.
explain-command-program-here = `{ $word }` program tersendiri, bukan perintah Docker.
    .next = Ketik tanpa `docker` di depannya.
explain-command-program = `{ $word }` bukan perintah Docker, melainkan program.
    .next = Untuk menjalankannya di dalam kontainer: `docker exec NAMA { $word }`. Di shell kontainer, ketik tanpa `docker`.
explain-compose-missing = Docker Compose belum terpasang: itu tambahan untuk menjalankan beberapa kontainer dari satu berkas.
    .next = Pasang paketnya (`docker-compose-v2` atau `docker-compose-plugin`); `dermaga doctor` memberi tahu caranya.
explain-compose-file = Tidak ada berkas `compose.yaml` di direktori ini.
    .next = Pindah ke direktori yang berisi berkas itu, atau sebutkan dengan `-f`.
explain-flag-unknown = `docker { $verb }` tidak mengenal opsi `{ $flag }`.
    .next = Lihat daftar opsinya.
explain-flag-unknown-near = `docker { $verb }` tidak mengenal opsi `{ $flag }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-flag-unknown-version = Versi `docker` di sini belum mengenal opsi `{ $flag }` untuk `docker { $verb }`.
    .next = Lihat daftar opsi yang ada.
explain-flag-unknown-version-near = Versi `docker` di sini tidak mengenal opsi `{ $flag }` untuk `docker { $verb }`; namanya di sini lain.
    .next = Ulangi dengan `{ $near }`.
explain-letter-unknown = `docker { $verb }` tidak mengenal opsi `{ $flag }`.
    .next = Lihat daftar opsinya.
explain-letter-unknown-near = `{ $flag }` dengan satu tanda hubung dibaca huruf demi huruf. Mungkin maksudmu `{ $near }`.
    .next = Nama opsi yang panjang diawali dua tanda hubung: `{ $near }`.
explain-letter-case = Opsi ditulis dengan huruf, dan huruf besar dibedakan dari huruf kecil: `{ $found }` bukan `{ $expected }`.
    .next = Ulangi dengan `{ $expected }`.
explain-flag-needs-value = Opsi `{ $flag }` masih membutuhkan nilai sesudahnya.
    .next = Tulis nilainya, lalu ulangi.
explain-swapped = Urutan `{ $first }` dan `{ $second }` terbalik.
    .next = Ulangi: `{ $near }`.
explain-no-image-container-verb = `{ $name }` adalah kontainer, sedangkan `docker { $verb }` membutuhkan image.
    .next = Image tiap kontainer ada di kolom `IMAGE` pada `docker ps -a`.
explain-followed-stopped = `{ $name }` sudah berhenti, jadi tidak ada lagi yang masuk ke lognya: `-f` selesai sendiri.
    .next = Jalankan dengan `docker start { $name }`, supaya baris baru dapat masuk. Tanpa `-f`, `docker logs { $name }` menampilkan yang sudah ada.
explain-port-sign = Di antara kedua port harus ada titik dua, bukan `{ $sign }`.
    .next = Ulangi: `{ $near }`.
explain-port-range = Tidak ada port { $port }: nomor port hanya 1 sampai 65535.
    .next = Tulis PORT_KOMPUTER:PORT_KONTAINER, misalnya `-p 8080:80`.
explain-name-sign = Nama kontainer tidak boleh memuat `{ $sign }`: `{ $name }`.
    .next = Yang boleh: huruf, angka, `-`, `_`, dan `.`, misalnya `{ $near }`.
explain-name-blank = Nama kontainer tidak boleh memuat spasi: `{ $name }`.
    .next = Ganti spasinya dengan tanda hubung, misalnya `{ $near }`.
explain-name-short = `{ $name }` terlalu pendek untuk nama kontainer.
    .next = Pakai paling sedikit dua huruf atau angka.
explain-restart-invalid = `{ $value }` bukan kebijakan mulai ulang.
    .next = Pilihannya `no`, `always`, `unless-stopped`, dan `on-failure`, juga dengan angka: `on-failure:3`.
explain-signal-invalid = Tidak ada sinyal `{ $value }`.
    .next = Yang sering dipakai: `TERM` (minta selesai), `KILL` (matikan paksa), dan `INT` (seperti Ctrl-C).
explain-copy-no-container = `docker cp` menyalin antara komputermu dan kontainer, jadi salah satu sisinya harus di dalam kontainer.
    .next = Tulis sisi itu sebagai NAMA:JALUR, dengan nama kontainer di depan titik dua.
explain-volume-name-invalid = `{ $path }` tidak dapat menjadi nama volume.
    .next = Pakai huruf dan angka; `-`, `_`, dan `.` boleh di tengahnya.
explain-mount-invalid = `{ $value }` belum lengkap. `-v` membutuhkan dua bagian: yang dipasang, titik dua, jalur di dalam kontainer.
    .next = Misalnya `-v data:/data`.
explain-hyphens-apart = Ada spasi di tengah `{ $apart }`, jadi tidak dibaca sebagai opsi.
    .next = Tulis tanda hubungnya rapat dengan kata sesudahnya: `{ $near }`.
explain-semicolon = Bagi shell, `;` mengakhiri perintah, jadi `{ $word }` menjadi perintah tersendiri.
    .next = Pakai titik dua: `{ $near }`.
explain-list-comma = Beberapa nama ditulis berderet dengan spasi di antaranya, tanpa koma.
    .next = Ulangi: `{ $near }`.
explain-flag-switch = Opsi `{ $flag }` tidak memakai nilai: cukup ditulis saja untuk menyalakannya.
    .next = Tulis `{ $flag }` saja, atau hapus opsi itu.
explain-flag-comma = Docker menulis pecahan dengan titik, bukan koma: `{ $value }`.
    .next = Ulangi: `{ $near }`.
explain-filter-form = `{ $value }` belum menjadi saringan. Saringan terdiri atas nama, `=`, dan nilai.
    .next = Misalnya `-f name=kapal` atau `-f status=exited`.
explain-filter-unknown = `docker { $verb }` tidak mengenal saringan `{ $value }`.
    .next = Yang sering dipakai: `name=…`, `status=exited`, `label=…`, dan untuk image `reference=…`.
explain-template-braces = Kurung kurawal pada templat itu tidak berpasangan, jadi Docker tidak dapat membacanya.
    .next = Tiap bidang diapit dua kurung kurawal di kedua sisinya: `'{"{{"}.Name{"}}"}'`.
explain-template-dot = Dalam templat, nama bidang diawali titik, dan di depan `{ $word }` belum ada titik.
    .next = Tulis `.{ $word }`, lalu ulangi.
explain-template-field = Tidak ada bidang `{ $word }` di sana. Huruf besar dan kecil juga dibedakan.
    .next = `docker inspect` tanpa `--format` menampilkan semua bidang.
explain-template-field-inside = Bidang `{ $word }` tidak berada di tingkat teratas, melainkan di dalam `{ $parent }`.
    .next = Tulis `.{ $parent }.{ $word }` sebagai ganti `.{ $word }`.
explain-template-field-near = Tidak ada bidang `{ $word }` di sana. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `.{ $near }`. Huruf besar dan kecil juga dibedakan.
explain-letters-two-hyphens = `docker { $verb }` tidak punya opsi panjang `{ $flag }`. Opsi satu huruf hanya memakai satu tanda hubung.
    .next = Ulangi dengan `{ $near }`.
explain-flag-after-container = `{ $word }` ada sesudah nama kontainer, jadi Docker menganggapnya program yang dijalankan di dalamnya.
    .next = Opsi ditulis sebelum namanya: `{ $near }`.
explain-program-quoted = Di dalam tanda kutip, `{ $word }` menjadi satu kata, jadi yang dicari program dengan nama sepanjang itu.
    .next = Ulangi tanpa tanda kutip: `{ $near }`.
explain-program-of-shell = `{ $word }` hanya dapat dibaca oleh shell, dan perintah ini tidak menjalankan shell.
    .next = Tulis `sh -c` di depannya: `{ $near }`.
explain-image-twice = `docker run` memakai satu image. `{ $word }` ada sesudahnya, jadi dianggap program yang dijalankan di dalam.
    .next = Hapus salah satu dari kedua image itu.
explain-too-few-container-after = `docker { $verb }` masih kurang nama kontainer: `{ $value }` adalah nilai opsi `{ $flag }`.
    .next = Tulis nilainya tepat sesudah `{ $flag }`, dan nama kontainer di akhir.
explain-too-few-after = `docker { $verb }` masih kurang sebuah nama: `{ $value }` adalah nilai opsi `{ $flag }`.
    .next = Tulis nilainya tepat sesudah `{ $flag }`, dan namanya di akhir.
explain-too-few-new-name = `docker { $verb }` masih kurang nama barunya.
    .next = Tambahkan di akhir: nama lama dulu, lalu nama baru.
explain-too-few-target = `docker cp` masih kurang tempat tujuannya.
    .next = Tambahkan di akhir; titik (`.`) berarti direktori tempatmu berada.
explain-too-few-exec = `docker exec` masih kurang dua kata: nama kontainer, dan program yang dijalankan di dalamnya.
    .next = Tambahkan keduanya di akhir, misalnya `docker exec NAMA ls`.
explain-too-many-option = `{ $extra }` ditulis tanpa tanda hubung, jadi dianggap nama.
    .next = Opsinya `{ $flag }`: `{ $near }`.
explain-too-many-word = `{ $extra }` berlebih di sini: sesudah opsinya, `docker { $verb }` { $most ->
        [0] tidak memakai nama apa pun
        [1] hanya memakai satu kata
       *[other] hanya memakai { $most } kata
    }.
    .next = Hapus kata itu. Kalau ia satu kesatuan dengan kata di depannya, apit keduanya dengan tanda kutip.
explain-reference-comma = Nama image tidak boleh memuat koma: `{ $image }`.
    .next = Tulis `{ $near }`.
explain-value-forgotten = Opsi `{ $flag }` membutuhkan nilai sesudahnya, jadi `{ $value }` dianggap nilainya.
    .next = Tulis nilainya di antara `{ $flag }` dan `{ $value }`, lalu ulangi.
explain-flag-value = `{ $value }` bukan nilai yang cocok untuk opsi `{ $flag }`.
    .next = Lihat nilai apa yang dapat dipakai.
explain-too-few = `docker { $verb }` belum lengkap: sesudahnya perlu ditulis apa yang dikerjakannya, misalnya sebuah nama.
    .next = Baris `Usage` menunjukkan bentuknya.
explain-too-few-image = `docker { $verb }` masih kurang nama image.
    .next = Tambahkan nama image di akhirnya, lalu ulangi.
explain-too-few-image-after = `docker { $verb }` masih kurang nama image: `{ $value }` adalah nilai opsi `{ $flag }`.
    .next = Tambahkan nama image di akhirnya, lalu ulangi.
explain-too-few-container = `docker { $verb }` masih kurang nama kontainer.
    .next = Tambahkan nama kontainer di akhirnya, lalu ulangi.
explain-too-few-network = `docker { $verb }` masih kurang nama jaringan.
    .next = Tambahkan nama jaringan di akhirnya, lalu ulangi.
explain-too-few-volume = `docker { $verb }` masih kurang nama volume.
    .next = Tambahkan nama volume di akhirnya, lalu ulangi.
explain-too-few-program = `docker { $verb }` masih kurang program yang akan dijalankan.
    .next = Tambahkan programnya di akhir, misalnya `ls`, lalu ulangi.
explain-too-many = `docker { $verb }` mendapat terlalu banyak kata.
    .next = Baris `Usage` menunjukkan bentuknya. Nilai dengan spasi perlu tanda kutip.
explain-build-without-context = `docker build` masih kurang direktori isinya (konteks bangun). Untuk direktori ini: sebuah titik.
    .next = Tambahkan titik di akhir: `docker build … .`
explain-reference = `{ $image }` bukan nama image yang sah.
    .next = Bentuknya NAMA:TAG dengan huruf kecil, angka, titik, garis bawah, dan tanda hubung.
explain-reference-content = Isi `{ $image }` bukan nama image yang sah.
    .next = Lihat isinya dengan `echo { $image }`, lalu isi lagi.
explain-reference-variable = `{ $image }` mengisi sebuah variabel, tetapi opsi di depannya tertinggal, jadi Docker mengira itu image-nya.
    .next = Ulangi dengan `-e { $image }`.
explain-reference-capital = Nama image tidak boleh memakai huruf besar: `{ $image }`.
    .next = Tulis `{ $near }`.
explain-reference-space = Nama image tidak boleh berisi spasi: `{ $image }`.
    .next = Tulis tanpa spasi, misalnya `{ $near }`.
explain-reference-scheme = Nama image bukan alamat web: `{ $image }`.
    .next = Tulis tanpa `https://`: `{ $near }`.
explain-reference-colon = Pada `{ $image }` ada titik dua tanpa nama atau tag di sisinya. Mungkin ada spasi yang terselip.
    .next = Tulis NAMA:TAG tanpa spasi, atau cukup `{ $near }`.
explain-reference-digest = Pada `{ $image }`, sesudah `@` harus ada digest yang lengkap.
    .next = Bentuknya `@sha256:` lalu 64 angka dan huruf, ditempel tanpa spasi. `docker images --digests` menampilkannya.
explain-file-missing = Berkas `{ $path }` tidak ada di direktori ini.
    .next = Periksa ejaan dan direktorimu.
explain-archive-foreign = `docker load` hanya membaca arsip utuh dari `docker save`, dan berkas ini bukan arsip seperti itu.
    .next = Buat arsipnya lagi dengan `docker save -o BERKAS IMAGE`. Hasil `docker export` dibaca oleh `docker import`.
explain-docker-missing = Program `docker` tidak ditemukan: belum terpasang, atau tidak di `PATH` (daftar direktori program).
    .next = `dermaga doctor` memberi tahu cara memasangnya di komputermu.
explain-docker-inside = `{ $word }` kamu ketik di dalam kontainer, dan di sana program itu tidak terpasang.
    .next = Ketik di shell komputermu sendiri. Kalau prompt-nya masih prompt kontainer, keluar dulu dengan `exit`.
explain-docker-forgotten = Itu menjalankan program di komputermu sendiri, bukan Docker: kata `docker` di depannya tertinggal.
    .next = Ulangi dengan `{ $near }`.
explain-program-unknown = Tidak ada perintah `{ $word }`. Mungkin maksudmu `{ $near }`.
    .next = Ulangi dengan `{ $again }`.
explain-program-capital = Shell membedakan huruf besar dan kecil: `{ $word }` bukan `{ $near }`.
    .next = Ulangi dengan `{ $near }`.
explain-program-none = Tidak ada perintah `{ $word }` di sini.
    .next = Periksa ejaannya. Perintah Docker selalu diawali `docker` dan spasi.
explain-program-absent = Program `{ $word }` memang ada, tetapi tidak terpasang di sini.
    .next = Pakai perintah yang ditunjukkan langkah ini.
explain-program-option = `{ $word }` diawali tanda hubung, jadi itu opsi, bukan perintah.
    .next = Tulis opsi sebaris dengan perintahnya, misalnya `docker ps -a`.
explain-program-control = `{ $word }` berarti satu kali tekan, bukan dua huruf.
    .next = Tahan tombol Ctrl, lalu tekan hurufnya.
explain-program-number = Tidak ada perintah `{ $word }`.
    .next = Kalau itu jawaban sebuah pertanyaan, ketik saat pertanyaannya muncul.
explain-sudo-missing = `sudo` tidak ada di sini, dan tidak diperlukan.
    .next = Ulangi perintahnya tanpa `sudo`.
explain-sudo-apart = `sudo` tidak diperlukan di sini: mesin pelajaran ini milikmu, dan `docker` mencapainya tanpa itu.
    .next = Ulangi tanpa `sudo`, persis seperti yang diminta pelajaran.
explain-sudo-past = Dengan `sudo`, perintahmu mencapai Docker tanpa melewati Dermaga. Yang dibuatnya tidak ditandai sebagai milik pelajaran ini, jadi Dermaga tidak dapat membersihkan atau membatalkannya.
    .next = Hapus sendiri (`sudo docker rm`, `sudo docker rmi`), lalu ulangi tanpa `sudo`.
explain-sudo-elsewhere = `sudo` menjalankan `docker` sebagai pengguna lain dengan pengaturan lain. Pengguna itu tidak mengenal mesin pelajaran ini dan konteksnya.
    .next = Ulangi perintahnya tanpa `sudo`.
explain-engine-elsewhere = Di { $at } tidak ada mesin Docker yang menjawab. Mesin pelajaran ini sendiri berjalan.
    .next = Alamat itu datang dari `-H`, `DOCKER_HOST`, atau konteks Docker. Bila tidak sengaja: tanpa itu, `docker` memakai mesin pelajaran ini.
explain-engine-elsewhere-unnamed = Perintahmu bertanya ke mesin Docker lain, dan mesin itu tidak bisa dihubungi. Mesin pelajaran ini sendiri berjalan.
    .next = Alamat itu datang dari `-H`, `DOCKER_HOST`, atau konteks Docker. Bila tidak sengaja: tanpa itu, `docker` memakai mesin pelajaran ini.
explain-shell-syntax = Shell tidak dapat membaca baris itu; ia berhenti di `{ $word }`. Docker belum dijalankan.
    .next = Tanda `<`, `>`, `(`, `)`, `&`, dan `|` punya arti bagi shell. Tulis nama tanpa kurung sudut, dan tutup setiap tanda kutip.
explain-shell-end = Shell masih menunggu kata lain di akhir baris itu, jadi Docker belum dijalankan.
    .next = Tanda `<`, `>`, `&`, dan `|` punya arti bagi shell. Tulis nama tanpa kurung sudut.
explain-shell-quote = Ada tanda kutip yang dibuka tetapi tidak ditutup, jadi Docker belum dijalankan.
    .next = Setiap tanda kutip berpasangan: tutup dengan tanda yang sama.
explain-shell-redirect = Tanda `<` dan `>` dibaca oleh shell sendiri sebagai nama berkas. Docker belum dijalankan.
    .next = { $word ->
        [none] `<none>` berarti namanya tidak ada. Sebagai gantinya, tulis id dari kolom `IMAGE ID`.
       *[other] Kurung sudut hanya penanda: ganti `<{ $word }>` seluruhnya dengan nama yang sebenarnya.
    }
explain-template-unquoted = Shell membaca templat itu sebelum Docker: spasi dan `|` memotongnya, dan beberapa tanda lain diambil shell.
    .next = Apit seluruh templat dengan tanda kutip tunggal: `{ $near }`.
explain-assigned-command = Untuk menyimpan keluaran perintah di variabel `{ $word }`, tulis perintahnya di dalam `$(…)`, tanpa spasi di dekat `=`.
    .next = Ulangi: `{ $near }`.
explain-assigned-dollar = Saat mengisi variabel `{ $word }`, namanya ditulis tanpa `$`.
    .next = Ulangi: `{ $near }`.
explain-variable-empty = Variabel `{ $word }` kosong di shell-mu, jadi Docker tidak menerima kata apa pun di tempatnya.
    .next = Isi dahulu: `{ $word }=…`. `echo ${ $word }` menampilkan isinya.
explain-variable-quoted = Di dalam tanda kutip tunggal, shell tidak mengganti `${ $word }` dengan isi variabelnya.
    .next = Hapus tanda kutipnya, atau pakai yang ganda: `"${ $word }"`.
explain-shell-logout = `logout` saja hanya menutup shell login, dan shell ini bukan shell login.
    .next = Untuk keluar dari registri, pakai `docker logout`. Untuk meninggalkan pelajaran, ketik `selesai`.
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
explain-slip-flag-behind = Opsi `{ $flag }` ada sesudah `{ $before }`, jadi tidak sampai ke `docker { $verb }`.
    .next = Pindahkan ke depan `{ $before }`, lalu ulangi.
explain-slip-flag-missing = Opsi `{ $flag }` belum ada pada `docker { $verb }` yang kamu ketik.
    .next = Tambahkan `{ $flag }` tepat sesudah `docker { $verb }`, lalu ulangi.
explain-slip-option-forgotten = `{ $value }` adalah nilai sebuah opsi, tetapi opsinya belum ada di depannya.
    .next = Ulangi dengan `{ $flag } { $value }`.
explain-slip-value = Opsi `{ $flag }` seharusnya berisi `{ $expected }`, sedangkan kamu menulis `{ $found }`.
    .next = Ulangi dengan `{ $flag } { $expected }`.
explain-slip-case = Huruf besar dan kecil dibedakan di sini: `{ $found }` bukan `{ $expected }`.
    .next = Ulangi dengan `{ $expected }`.
explain-slip-space = Hanya spasinya yang salah di `{ $found }`.
    .next = Ulangi dengan `{ $expected }`.
explain-slip-removed = Opsi `--rm` menghapus kontainer `{ $name }` begitu perintah di dalamnya selesai.
    .next = Jalankan lagi perintahnya tanpa `--rm`.
explain-slip-hidden-untagged = Tanpa tag, `{ $found }` berarti `{ $found }:latest`. Langkah ini memakai tag lain.
    .next = Cari tagnya dalam teks langkah ini, atau ketik `petunjuk`.
explain-slip-hyphens-forgotten = `{ $found }` di sini adalah opsi, tetapi tanda hubung di depannya belum ada.
    .next = Ulangi dengan `{ $flag }`.
explain-slip-untagged = Tanpa tag, `{ $found }` berarti `{ $found }:latest`. Langkah ini memakai `{ $expected }`.
    .next = Ulangi dengan `{ $expected }`.
explain-slip-swapped = Urutan `{ $first }` dan `{ $second }` terbalik.
    .next = Ulangi dengan `{ $second }` lebih dulu, baru `{ $first }`.
explain-slip-word-missing = Perintahmu belum lengkap: masih kurang `{ $expected }` { $place ->
        [before] sebelum `{ $before }`
       *[end] di akhir
    }.
    .next = Tambahkan `{ $expected }` di sana, lalu ulangi.
explain-slip-word = Yang diminta `{ $expected }`, sedangkan kamu menulis `{ $found }`.
    .next = Ulangi dengan `{ $expected }`.
explain-slip-word-extra = Kata `{ $found }` { $place ->
        [before] sebelum `{ $before }`
       *[end] di akhir
    } tidak diperlukan di sini.
    .next = Ulangi tanpa kata itu.
explain-slip-flag-extra = Opsi `{ $flag }` bukan bagian dari yang diminta langkah ini.
    .next = Ulangi tanpa opsi itu.
explain-slip-detached = Dengan `{ $flag }`, programnya berjalan di latar belakang, jadi tidak ada shell yang muncul di terminalmu.
    .next = { $name ->
        [none] Ulangi tanpa `{ $flag }`.
       *[other] Hapus kontainernya dengan `docker rm -f { $name }`, lalu ulangi tanpa `{ $flag }`.
    }
explain-slip-shell-extra = Di sini tidak perlu shell: programnya dijalankan langsung, tanpa `{ $shell } -c`.
    .next = Tulis programnya tepat sesudah nama di depannya, dan hapus `{ $shell } -c`.
explain-slip-env = `{ $flag } { $found }` tidak punya `=`, jadi Docker mengambil nilainya dari shell-mu, dan di sana biasanya kosong.
    .next = Tulis nama, `=`, dan nilainya tanpa spasi, misalnya `{ $flag } WARNA=biru`.
explain-slip-port-part = `{ $flag } { $found }` hanya berisi satu port, jadi port di komputermu dipilih sendiri oleh Docker.
    .next = Tulis keduanya: port di komputermu, titik dua, port di kontainer, misalnya `{ $flag } 8080:80`.
explain-slip-mount-part = `{ $flag } { $found }` hanya berisi satu bagian, jadi Docker memasang volume tanpa nama di situ.
    .next = Tulis keduanya: yang dipasang, titik dua, jalur di kontainer, misalnya `{ $flag } data:/data`.
explain-slip-hidden-flag-missing = `docker { $verb }` sudah tepat, tetapi sesudahnya masih kurang satu opsi { $form ->
        [valued] beserta nilainya
       *[switch] tanpa nilai
    }.
    .next = Cari opsi itu dalam kalimat langkah ini, atau ketik `petunjuk`.
explain-slip-hidden-flag-again = Opsi `{ $flag }` diperlukan sekali lagi, dengan nilai lain.
    .next = Bandingkan dengan kalimat langkah ini, atau ketik `petunjuk`.
explain-slip-hidden-value = `docker { $verb }` sudah tepat, tetapi nilai `{ $found }` pada opsi `{ $flag }` belum seperti yang diminta langkah ini.
    .next = Bandingkan nilai itu dengan kalimat langkah ini, atau ketik `petunjuk`.
explain-slip-hidden-word-missing = `docker { $verb }` sudah tepat, tetapi { $place ->
        [before] sebelum `{ $before }`
       *[end] di akhirnya
    } masih kurang { $what ->
        [image] nama image
        [container] nama kontainer
        [network] nama jaringan
        [volume] nama volume
        [path] jalur berkas
        [program] program yang dijalankan
        [argument] argumen untuk program itu
       *[word] satu kata
    }.
    .next = Cari dalam kalimat langkah ini, atau ketik `petunjuk`.
explain-slip-hidden-word = `docker { $verb }` sudah tepat, tetapi { $what ->
        [image] image `{ $found }`
        [tag] tag pada `{ $found }`
        [container] kontainer `{ $found }`
        [network] jaringan `{ $found }`
        [volume] volume `{ $found }`
        [path] jalur `{ $found }`
        [program] program `{ $found }`
       *[word] kata `{ $found }`
    } belum seperti yang diminta langkah ini.
    .next = Bandingkan dengan kalimat langkah ini, atau ketik `petunjuk`.

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
