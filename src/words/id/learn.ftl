# learn (id)
learn-steps = { $count } langkah
learn-minutes = sekitar { $minutes } menit
learn-step = Langkah { $number } dari { $of }
learn-keys = Butuh bantuan? Ketik `petunjuk`, `jawaban`, atau `bantuan`.
    .watch = Enter lanjut · p petunjuk · j jawaban · l lewati · q keluar · ? bantuan
learn-your-turn = Temukan perintahnya, lalu ketik di bawah.
    .watch = Temukan perintahnya.
learn-your-turn-known = Sekarang ketik sendiri di bawah.
    .watch = Sekarang jalankan sendiri di terminalmu:
learn-your-turn-found = Perintahnya sudah ada di prompt. Tekan Enter untuk menjalankannya.
learn-type = { $count ->
        [1] Ketik:
       *[other] Ketik satu per satu:
    }
learn-passed = Benar
learn-not-yet = Belum
learn-broken = Belum dapat dipastikan; ini bukan salahmu
learn-waiting = … menunggu hasilnya (tekan tombol apa saja untuk tidak menunggu)
learn-more-claims = dan { $count } hal lain
learn-remaining = { $count ->
        [1] Tinggal satu perintah: `{ $command }`. (`lanjut` melewatinya.)
       *[other] Masih ada { $count } perintah; berikutnya `{ $command }`. (`lanjut` melewatinya.)
    }
learn-remaining-hidden = { $count ->
        [1] Bagus. Tinggal satu perintah yang perlu kamu temukan.
       *[other] Bagus. Masih ada { $count } perintah yang perlu kamu temukan.
    }
learn-more-lines = belum lengkap (kutip atau kurung belum ditutup?), Ctrl-C: batal
learn-suspended =
    Ctrl-Z menjeda perintah itu; ia belum selesai.
    → Ketik `fg` untuk meneruskannya, lalu Ctrl-C bila kamu ingin menghentikannya.
learn-word-near =
    Tidak ada perintah `{ $word }`. Mungkin maksudmu kata Dermaga `{ $near }`.
    → Ketik `{ $near }`.
learn-word-inside =
    `{ $near }` adalah kata untuk Dermaga, dan di dalam kontainer kata itu tidak berlaku.
    → Keluar dulu dengan `exit`, lalu ketik `{ $near }`.
learn-step-passed = Langkah lulus
learn-step-helped = Langkah lulus dengan bantuan
learn-step-skipped = Langkah dilewati
learn-next = Tekan Enter (atau ketik `lanjut`) untuk langkah berikutnya.
    .watch = Tekan Enter di sini untuk langkah berikutnya.
learn-next-last = Tekan Enter (atau ketik `lanjut`) untuk menutup pelajaran.
    .watch = Tekan Enter di sini untuk menutup pelajaran.
learn-read = Tekan Enter bila sudah selesai membaca.
learn-next-command = Bagus. Berikutnya: `{ $command }`.
learn-advice-followed = Bagus. Sekarang lanjutkan yang diminta langkah ini.
learn-done-already = Yang ini sudah tercapai, jadi tidak perlu diketik lagi: { $commands }.
learn-first-command = Lakukan ini dulu: `{ $command }`.
learn-good-so-far = Bagus. { $text }
learn-later = Perintah itu untuk bagian yang nanti. Sekarang dulu: `{ $command }`.
learn-awaits = Langkah ini menunggu `{ $command }`.
learn-more-tasks = Bagian ini selesai.
learn-already = Yang diminta langkah ini sudah tercapai. Ketik `lanjut` untuk meneruskan.
    .watch = Yang diminta langkah ini sudah tercapai. Tekan Enter untuk meneruskan.
learn-offer = Masih buntu? `petunjuk` memberi petunjuk, `jawaban` menampilkan perintahnya, `ulangi` memulai langkah ini lagi dari bersih, `lewati` mengerjakannya untukmu.
learn-not-passed = Langkah ini belum lulus. `petunjuk` membantu; `ulangi` memulainya lagi dari bersih; `lewati` mengerjakannya untukmu; `loncat NOMOR` pindah ke langkah lain.
    .watch = Langkah ini belum lulus. Tekan p untuk petunjuk, j untuk melihat perintahnya, atau l bila Dermaga boleh mengerjakannya untukmu.
learn-no-step = Tidak ada langkah itu. `langkah` menampilkan daftarnya.
learn-hint = Petunjuk { $number } dari { $of }
learn-hint-try = Coba dulu yang ini. Masih buntu? Ketik `petunjuk` sekali lagi sesudahnya, atau `jawaban`.
learn-hint-nothing = Di sini tidak ada yang perlu dikerjakan. Tekan Enter untuk melanjutkan.
learn-hint-claim = Langkah ini selesai bila { $claim }.
learn-hint-kind = Perintahnya diawali `{ $kind }`.
learn-hint-type = Ketik `{ $command }`.
learn-solution = Perintahnya (`ketik` menuliskannya di prompt untukmu):
    .watch = Perintahnya, untuk terminalmu sendiri:
learn-in-the-way = `{ $name }` masih ada, jadi nama itu belum dapat dipakai lagi. Hapus dahulu: `docker { $context }rm -f { $name }`.
learn-name-taken = Nama `{ $name }` masih dipakai kontainer yang dibuat sebelumnya, padahal perintah ini butuh nama itu.
    .next = Hapus kontainer yang lama: `docker rm { $name }`. Lalu ulangi.
learn-name-taken-running = Nama `{ $name }` dipakai kontainer yang sedang berjalan, padahal perintah ini butuh nama itu.
    .next = Hapus kontainer yang lama: `docker rm -f { $name }`. Lalu ulangi.
learn-name-kept = `{ $name }` sudah ada, jadi tidak dibuat lagi.
    .next = Langkah ini sudah lulus. Keadaan `{ $name }` sekarang terlihat di `docker ps -a`.
learn-name-passed = `{ $name }` sudah ada, jadi tidak dibuat lagi.
    .next = Kamu tidak perlu membuatnya lagi. Lanjutkan yang sekarang diminta langkah ini.
learn-name-needed = Nama `{ $name }` dipakai kontainer dari langkah sebelumnya, dan kontainer itu masih dibutuhkan.
    .next = Kamu tidak perlu membuatnya lagi: lanjutkan langkah ini. Kontainermu sendiri perlu nama lain.
learn-left-directory =
    Berkas pelajaran ini ada di direktori lain, dan shell-mu sudah pindah dari sana.
    → Kembali dengan `{ $command }`, lalu ulangi.
learn-other-node =
    Perintah itu sampai di `{ $node }`: sejak `docker context use`, semua perintah docker-mu menuju ke sana.
    → Kembali dengan `docker context use default`, lalu ulangi perintahmu.
learn-node-left = Perintah docker-mu kembali menuju mesin pelajaran, tidak lagi ke `{ $node }`.
learn-solution-none = Di sini tidak ada yang perlu diketik. Tekan Enter untuk melanjutkan.
learn-solution-over = Langkah ini sudah selesai. Tekan Enter untuk melanjutkan.
learn-solution-again = Semua perintah langkah ini sudah kamu ketik, tetapi hasilnya belum seperti yang diminta. Ketik `ulangi` untuk mulai lagi dari bersih, lalu:
learn-skip = Dermaga mengerjakan sisa langkah ini di shellmu:
    .watch = Dermaga mengerjakan sisa langkah ini untukmu …
learn-skip-again = Hasilnya belum seperti seharusnya. Dermaga menghapus yang dibuat langkah ini, lalu mengerjakannya sekali lagi:
learn-skip-whole = Hasilnya belum seperti seharusnya. Dermaga mengerjakan langkah ini dari awal:
learn-skip-there = `{ $command }` berakhir dengan status { $status }, tetapi hasil langkah ini sudah ada. Tidak ada yang kurang.
learn-skip-open = Hanya pertanyaan ini yang dilewati; langkahnya belum selesai. `lewati` di prompt mengerjakan sisanya untukmu.
    .watch = Hanya pertanyaan ini yang dilewati; langkahnya belum selesai. Tekan l bila Dermaga boleh mengerjakan sisanya untukmu.
learn-skip-nothing = Tidak ada perintah untuk dikerjakan pada langkah ini.
learn-file-written = Berkas `{ $path }` sudah ditulis di direktori pelajaran.
learn-file-kept = Berkas `{ $path }` sudah ada dan berbeda. Suntinganmu tidak ditimpa.
learn-file-failed = Berkas `{ $path }` tidak dapat ditulis: { $problem }
learn-setup-failed = Persiapan langkah ini gagal: `{ $command }` berakhir dengan status { $status }.
learn-setup-late = Persiapan langkah ini gagal: `{ $command }` tidak selesai pada waktunya.
learn-setup-stopped = Persiapan langkah ini kamu hentikan, jadi mungkin ada yang kurang.
learn-setup-again = → Ketik `ulangi` untuk menyiapkannya lagi.
    .watch = → Kembali satu langkah, lalu lanjut lagi, untuk menyiapkannya lagi.
learn-setting-up = … menyiapkan langkah ini (Ctrl-C untuk menghentikannya)
learn-pulling = mengambil image { $image }{ $progress }
learn-pulled = Image { $image } siap.
learn-free-on = Mode bebas: Dermaga diam dan tidak menilai. Ketik `bebas` lagi untuk kembali ke langkah.
learn-free-off = Kembali ke pelajaran.
learn-quiz-none = Tidak ada kuis pada langkah ini.
learn-quiz-later = Kuis ini dapat kamu jawab nanti. Ketik `kuis` untuk menampilkannya lagi.
    .watch = Kuis ini dapat kamu jawab nanti. Tekan u untuk menampilkannya lagi, atau Enter untuk melewatinya.
learn-reset = Kembali ke langkah 1. Yang sudah lulus dan berkasmu tetap ada.
learn-shell-ended = Shell ditutup.
learn-menu-ask = Mesin pelajaran ini berakhir bila daftar dibuka. Saat kamu kembali, langkah yang sudah lulus dikerjakan lagi untukmu. Buka daftar? [Y/t]
learn-leave-ask = Keluar dari pelajaran? [Y/t]{" "}
learn-engine-lost = Mesin Docker tidak menjawab lagi, jadi tidak ada yang dapat dijalankan atau diperiksa. Perintahmu tidak salah.
    .private = Ketik `{ $leave }`, lalu lanjutkan dengan `dermaga { $verb } { $lesson }`: pelajaran memulai mesin baru, dan langkah yang lulus tetap lulus.
    .own = Mulai lagi mesinnya di jendela lain. Sesudah `docker info` menjawab, ulangi perintahmu. Untuk mesin dari `dermaga engine start`: ketik `{ $leave }`, mulai mesinnya, lalu `dermaga { $verb } { $lesson }`.
learn-missing = Pelajaran ini butuh `{ $need }`, yang tidak ada di sini.
    .next = Pilih mesin lain dengan --engine, atau lihat `dermaga doctor`.
learn-no-terminal = `learn` butuh terminal.
    .next = Jalankan di terminal. Untuk membaca saja, bangun bukunya dengan `dermaga build`.
learn-no-engine = Tidak ada mesin Docker yang menjawab, dan mesin pribadi tidak dapat dimulai di sini.
    .next = Jalankan Docker, atau jalankan `sudo dermaga learn` bila dockerd terpasang. `dermaga doctor` memeriksa komputermu.
learn-no-engine-only = Tidak ada mesin Docker yang menjawab.
    .next = Jalankan Docker, lalu coba lagi. `dermaga doctor` memeriksa komputermu.
learn-which = Sebutkan pelajarannya. Yang ada di sini:
    .next = Contoh: dermaga learn { $lesson }
learn-no-lesson = Tidak ada pelajaran `{ $given }` di sini.
    .next = Yang ada: { $known }
learn-private = mesin pribadi
learn-current = mesinmu
learn-starting = Memulai mesin pribadi …
learn-help = Kapan saja di prompt, ketik salah satu kata ini:
    .stuck = Di dalam program lain (kontainer, `less`, `vi`), kata-kata ini tidak berlaku: keluar dahulu dengan `exit`, `q`, atau `:q!`. Ctrl-C menghentikan perintah. Ctrl-] dua kali mengakhiri program yang macet.
learn-word-next = langkah berikutnya
learn-word-hint = petunjuk, makin jelas tiap kali
learn-word-type = tuliskan perintah berikutnya di prompt; kamu yang menekan Enter
learn-word-solution = tampilkan perintahnya
learn-word-skip = kerjakan sisa langkah ini untukku
learn-word-task = tampilkan lagi langkah ini
learn-word-retry = langkah ini dari awal; yang dibuatnya boleh dihapus dahulu
learn-word-back = langkah sebelumnya
learn-word-goto = pindah ke langkah: `loncat 3`
learn-word-steps = daftar langkah
learn-word-quiz = tampilkan lagi kuis langkah ini
learn-word-explore = coba-coba dengan bebas; kata yang sama membawamu kembali
learn-word-startover = pelajaran dari awal; yang dibuatnya boleh dihapus dahulu
learn-word-menu = keluar ke daftar pelajaran
learn-word-quit = keluar
learn-word-help = bantuan ini
learn-steps-here = kamu di sini
learn-steps-passed = lulus
learn-steps-helped = lulus dengan bantuan
learn-steps-skipped = dilewati
learn-killed = Program di depan sudah diminta berhenti. Kalau belum berhenti juga, tekan Ctrl-] dua kali lagi.
learn-killed-hard = Program di depan sudah diakhiri dengan paksa.
learn-stubborn = Program ini tidak menanggapi Ctrl-C. Tekan Ctrl-] dua kali untuk mengakhirinya.
learn-stubborn-container = Proses di dalam kontainer tidak menanggapi Ctrl-C. Ctrl-] dua kali melepas terminalmu; kontainernya bisa tetap berjalan.
learn-client-ended = Ctrl-] mengakhiri `docker` di terminalmu. Yang dijalankannya di dalam kontainer bisa masih berjalan.
    → Lihat dengan `docker ps`; hentikan dengan `docker stop` dan nama kontainernya.
learn-watch-hint = Kerjakan langkah ini di terminalmu sendiri. Dermaga melihat hasilnya dari sini.
learn-watch-unseen = Kerjakan langkah ini di terminalmu sendiri. Perintah di sana tidak terlihat dari sini: tekan Enter bila sudah.
learn-watch-trusted = Perintah di terminal lain tidak terlihat dari sini, jadi Dermaga percaya kepadamu.
learn-watch-refused = Perintah terakhir dari terminalmu ditolak, jadi belum ada yang dikerjakan. Perbaiki dan jalankan lagi, lalu tekan Enter.
learn-watch-failed = `docker exec` yang terakhir berakhir dengan status { $status }, jadi mungkin belum menghasilkan yang dicari. Baca pesannya di terminal itu dan jalankan perintah yang benar, lalu tekan Enter.
learn-watch-silent = Sudahkah baris ini kamu jalankan di terminal itu? { $line }
learn-watch-refuted = Dermaga baru saja menjalankan perintah itu sendiri, dan keluarannya belum memperlihatkan yang dicari langkah ini. Periksa lagi yang kamu kerjakan tadi, atau tekan p untuk petunjuk.
learn-watch-inside = Kontainernya berjalan, dan langkah ini menunggu sampai ia berhenti. Lanjutkan di dalamnya; ketik `exit` bila sudah.
learn-watch-ended = Terlihat dari sini: kontainer `{ $name }` dari image `{ $image }` sudah selesai, dengan status keluar { $exit }.
learn-watch-conflict = Mesin menolak satu perintah dari terminalmu: { $message }
learn-watch-not-passed-on = Dermaga tidak meneruskan satu perintah dari terminalmu; alasannya tercetak di sana.
learn-watch-dir =
    Berkas pelajaran ada di satu direktori. Bekerjalah di sana:
      `cd { $dir }`
learn-watch-help =
    Kerjakan langkahnya di terminal lain; tekan tombol ini di sini:
      Enter  langkah berikutnya
      p      petunjuk, makin jelas tiap kali
      j      jawaban: tampilkan perintahnya
      l      lewati: Dermaga mengerjakan sisa langkah ini
      k      kembali ke langkah sebelumnya
      u      tampilkan lagi kuis langkah ini
      d      daftar pelajaran
      q      keluar
learn-first = Ini sudah langkah pertama.
learn-watch-env =
    Buka satu terminal lagi untuk perintah Docker. Jalankan baris ini dahulu di sana, agar docker memakai mesin yang sama:
      { $line }
learn-why = Mengapa gagal
learn-remark = Perhatikan
learn-refused = Dermaga tidak meneruskan perintah itu; alasannya ada di baris di atas.
learn-foreign-refused = Biarkan saja. Kalau langkah ini meminta nama lain, periksa ejaannya. Kalau memang meminta nama itu, ketik `lewati`, atau mulai lagi dengan `--engine private`.
learn-insist = Kalau memang itu maksudmu, ketik `izinkan`: perintahnya diteruskan, sekali saja.
learn-allow = Yang tadi ditolak kini diteruskan, sekali saja. Perintahnya sudah ada di prompt; tekan Enter bila kamu yakin.
learn-allow-nothing = Tidak ada yang baru saja ditolak.
unmet = Langkah ini menunggu sampai { $claim }.
unmet-container-none = Belum ada kontainer bernama `{ $name }`.
unmet-container-there = Kontainer `{ $name }` masih ada; langkah ini menunggu sampai ia dihapus.
unmet-on-node = Di `{ $node }`: { $text }
unmet-image-none = Image `{ $name }` belum ada di mesin ini.
unmet-image-names = `{ $name }` dan { $names } belum menjadi nama image yang sama.
unmet-image-there = Image `{ $name }` masih ada; langkah ini menunggu sampai ia dihapus.
unmet-logs-none = Belum ada kontainer bernama `{ $name }`, jadi lognya juga belum ada.
unmet-logs-there = Log `{ $name }` masih ada.
unmet-state = `{ $name }` { $is }; langkah ini menunggu sampai ia { $wanted }.
unmet-state-start =
    `{ $name }` { $is }; langkah ini menunggu sampai ia { $wanted }.
    → `docker start { $name }` memulainya.
unmet-is-running = masih berjalan
unmet-is-exited = sudah berhenti
unmet-is-created = baru dibuat dan belum berjalan
unmet-is-paused = sedang dijeda
unmet-wanted-running = berjalan
unmet-wanted-exited = berhenti
unmet-wanted-created = dibuat tanpa dijalankan
unmet-wanted-paused = dijeda
unmet-detached = Langkah ini melatih `docker run -d`, sedangkan `{ $name }` dibuat dengan cara lain. Hapus dengan `docker rm -f { $name }`, lalu jalankan lagi dengan `-d`.
unmet-exit = `{ $name }` berakhir dengan status { $found }, padahal yang dicari { $wanted }.
unmet-from-image = `{ $name }` dibuat dari image `{ $found }`, padahal yang dicari `{ $wanted }`.
learn-claim-typed = kamu menjalankan `{ $command }`
learn-claim-typed-some = perintah yang diminta sudah dijalankan
learn-typed-succeeded = `{ $command }` berhasil, padahal langkah ini ingin melihatnya gagal.
learn-typed-status = `{ $command }` berakhir dengan status { $status }, dan itu belum yang dicari di sini. Sebabnya ada di pesan di atas.
learn-typed-silent = `{ $command }` tidak mencetak apa pun dan berakhir dengan status { $status }, dan itu belum yang dicari di sini.
learn-typed-output = `{ $command }` berjalan, tetapi keluarannya belum memperlihatkan yang dicari langkah ini.
learn-typed-other = Langkah ini menunggu perintah lain. `petunjuk` membantu menemukannya.
    .offered = Langkah ini menunggu perintah lain.
learn-earlier = { $count ->
        [1] Sebelum mulai, satu pertanyaan dari pelajaran sebelumnya. Esc melewatinya.
       *[other] Sebelum mulai, { $count } pertanyaan dari pelajaran sebelumnya. Esc melewatinya.
    }
learn-guarded = Kamu memakai mesinmu sendiri. Yang dibuat pelajaran diberi label dan dapat dihapus sesudahnya; yang sudah ada tidak diubah. Dengan `--view lesson`, `docker ps` hanya menampilkan milik pelajaran.
learn-guarded-view = Kamu memakai mesinmu sendiri, dan daftar seperti `docker ps` hanya menampilkan yang dibuat pelajaran ini. Yang lain tetap ada; `--view all` menampilkannya.
learn-clash =
    Pelajaran ini memakai nama yang sudah dipakai di mesinmu: { $things }. Itu bukan buatan pelajaran ini, jadi pelajaran ini tidak menyentuhnya.
    → Untuk mempertahankannya: tinggalkan pelajaran ini, lalu mulai lagi dengan `--engine private`. Atau beri milikmu nama lain di terminal lain.
    .watch =
        Ini memakai nama dari pelajaran, tetapi dibuat tanpa baris `export` di atas: { $things }. Dermaga tidak menyentuhnya.
        → Bila kamu buat untuk pelajaran ini: buka terminal baru dan hapus di sana, tanpa baris `export`; lalu teruskan di terminalmu. Bila milikmu sendiri: beri nama lain di sana, atau mulai lagi pelajaran ini dengan `--engine private`.
learn-clash-port =
    Kontainermu sendiri, `{ $name }`, memakai port { $port }, dan pelajaran ini juga memakai port itu. Pelajaran ini tidak menyentuhnya.
learn-clash-declined =
    Pelajarannya tidak dimulai, dan tidak ada yang berubah di mesinmu.
    → Untuk mengerjakannya di mesin tersendiri: `dermaga { $verb } { $lesson } --engine private`
learn-clash-free = → Atau, kalau lebih suka di mesin ini:
learn-clash-free-container = `docker rename { $name } { $name }-saya` di terminal lain memberi kontainermu nama lain; lalu mulai lagi pelajarannya.
learn-clash-free-image = Nama image `{ $name }` dihapus atau dipindahkan pelajaran ini; pakailah mesin tersendiri.
learn-clash-free-network = Jaringan `{ $name }` tidak dapat diberi nama lain; pakailah mesin tersendiri.
learn-clash-free-volume = Volume `{ $name }` tidak dapat diberi nama lain; pakailah mesin tersendiri.
learn-clash-free-port = `docker stop { $name }` di terminal lain membebaskan port { $port } (sesudah pelajaran, `docker start { $name }` menjalankannya lagi); lalu mulai lagi pelajarannya.
learn-foreign = Langkah ini lulus dengan yang bukan buatan pelajaran ini: { $things }. Dermaga tidak menyentuhnya, juga di akhir pelajaran.
    .watch = Langkah ini lulus dengan yang dibuat tanpa baris `export` tadi, jadi bukan buatan pelajaran ini: { $things }. Dermaga tidak mengubah atau menghapusnya. Bila baru kamu buat untuk pelajaran ini, hapus di terminal itu, jalankan baris `export`, tekan k untuk kembali, lalu kerjakan seluruh langkahnya dari awal. Bila milikmu sendiri, biarkan.
learn-catch-up = { $count ->
        [1] Supaya mesin ini siap, Dermaga mengerjakan lagi langkah 1 untukmu …
       *[other] Supaya mesin ini siap, Dermaga mengerjakan lagi langkah 1 sampai { $count } untukmu …
    }
learn-catch-up-ask = { $count ->
        [1] Tidak ada lagi yang dibuat pelajaran ini di mesinmu. Kerjakan lagi langkah 1 untukmu? [Y/t]
       *[other] Tidak ada lagi yang dibuat pelajaran ini di mesinmu. Kerjakan lagi langkah 1 sampai { $count } untukmu? [Y/t]
    }
learn-catch-up-failed = `{ $command }` berakhir dengan status { $status }; yang dibutuhkan langkah berikutnya mungkin belum lengkap.
learn-caught-up = Siap. Semuanya ada lagi.
learn-undo = Dibuat di sini: { $things }.
learn-yes-or-no = Itu bukan jawaban. Ketik `y` untuk ya atau `t` untuk tidak, lalu Enter; Enter saja memilih huruf besarnya.
learn-undo-ask = Hapus dahulu, agar benar-benar dari awal? [Y/t]
learn-undone = { $count } benda sudah dihapus; yang lain tidak disentuh.
learn-kept = { $count } benda buatan pelajaran ini masih ada di mesinmu. `dermaga clean` menghapusnya.
learn-tidy = Dari pelajaran ini, yang masih ada di mesinmu:
learn-no-private = Pelajaran ini bukan bawaan Dermaga, jadi dijalankan di mesin pribadi; mesin itu tidak dapat dimulai di sini.
    .next = Bila kamu percaya pada pelajaran ini, jalankan dengan `--engine current`.
learn-ports-inside = Di mesin yang dijalankan `dermaga engine start`, port yang dibuka hanya menjawab di dalam mesin itu, jadi pelajaran ini tidak dapat dikerjakan di sana.
    .next = Jalankan tanpa `--engine`: pelajaran ini lalu mendapat mesin pribadi.
learn-word-allow = teruskan sekali yang tadi ditolak
# Yang sudah benar, dalam kata-kata pemula
means-container = kontainer `{ $name }` { $what }
means-container-there = kontainer `{ $name }` ada
means-container-state-running-true = sedang berjalan
means-container-state-running-false = tidak berjalan
means-container-state-status-created = sudah dibuat tetapi belum dimulai
means-container-state-status-running = sedang berjalan
means-container-state-status-paused = sedang dijeda
means-container-state-status-exited = sudah selesai
means-container-state-exitcode = berakhir dengan status { $value }
means-container-config-image = dibuat dari image { $value }
means-container-config-image-digest = dikunci pada satu digest
means-container-config-cmd = punya perintah { $value }
means-container-config-env = membawa variabel lingkungan { $value }
means-container-config-tty-true = punya terminal (`-t`)
means-container-config-attachstdout-false = dijalankan di latar belakang (`-d`)
means-container-config-openstdin-true = menerima ketikan (`-i`)
means-container-hostconfig-init-true = memakai init kecil sebagai proses pertamanya (`--init`)
means-container-hostconfig-portbindings-0-hostip = menerbitkan portnya hanya di { $value }
means-image = image `{ $name }` { $what }
means-image-there = image `{ $name }` ada
means-image-repotags = bernama { $value }
means-image-repotags-0 = menyebut { $value } sebagai nama pertamanya
means-image-repodigests-some = punya digest yang tercatat
means-image-os = dibuat untuk { $value }
means-image-config-cmd = menjalankan { $value } bila kamu tidak menulis perintah
means-image-rootfs-layers-least = punya { $value } lapisan atau lebih
means-network-there = jaringan `{ $name }` ada
means-volume-there = volume `{ $name }` ada
means-events = { $who } { $what }
means-any-container = sebuah kontainer
means-any-image = sebuah image
means-any-network = sebuah jaringan
means-any-volume = sebuah volume
means-times = { $what } { $value } kali
means-times-least = { $what } sedikitnya { $value } kali
means-none = tidak ada { $noun }
means-count = ada { $count } { $noun }
means-count-least = { $count ->
        [1] ada { $noun }
       *[other] ada sedikitnya { $count } { $noun }
    }
means-containers = kontainer
means-containers-ancestor = kontainer dari image `{ $name }`
means-containers-name = kontainer bernama `{ $name }`
means-containers-network = kontainer di jaringan `{ $name }`
means-containers-volume = kontainer dengan volume `{ $name }`
means-containers-status-running = kontainer yang sedang berjalan
means-containers-status-exited = kontainer yang sudah selesai
means-containers-status-created = kontainer yang belum dimulai
means-containers-status-paused = kontainer yang sedang dijeda
means-images = image
means-images-dangling-true = image tanpa nama
means-images-reference = image bernama `{ $name }`
means-top = di dalam kontainer `{ $name }`, { $what }
means-top-contains = { $value } sedang berjalan
means-logs = log kontainer `{ $name }` { $what }
means-logs-contains = memuat { $value }
means-logs-matches = memuat { $value }
means-changes = di dalam kontainer `{ $name }`, { $what }
means-changes-added = { $value } ditambahkan
means-changes-changed = { $value } diubah
means-changes-deleted = { $value } dihapus
means-run = perintah `{ $name }` { $what }
means-run-there = perintah `{ $name }` berhasil
means-run-exit = berakhir dengan status { $value }
means-run-stdout = mencetak { $value }
means-inside = di dalam kontainer `{ $name }`, { $what }
means-engine = mesin Docker { $what }
means-engine-apiversion-least = mengenal API { $value } atau lebih baru
means-engine-ostype = berjalan di { $value }
means-file = berkas `{ $name }` { $what }
means-file-there = berkas `{ $name }` ada
means-file-contains = memuat { $value }
means-file-matches = memuat { $value }
means-http = alamat `{ $name }` { $what }
means-http-there = alamat `{ $name }` menjawab dengan baik
means-http-status = menjawab dengan status { $value }
means-http-contains = menjawab dengan teks { $value }
means-registry = registri menyimpan `{ $name }` { $what }
means-registry-there = registri menyimpan `{ $name }`
means-registry-gone = registri tidak lagi menyimpan `{ $name }`
means-registry-tag = dengan tag { $value }
means-on-node = di `{ $node }`, { $what }
means-and = { $count ->
        [1] { $before } dan { $last }
       *[other] { $before }, dan { $last }
    }
learn-left = Sampai jumpa! Teruskan kapan saja dengan `dermaga { $verb } { $lesson }`.
learn-left-done = Sampai jumpa! Pelajaran berikutnya: `dermaga { $verb } { $lesson }`.
learn-left-all = Sampai jumpa!
learn-reading = Bacaan
learn-read-on = Enter: lanjut membaca
learn-read-more = Enter: lanjut membaca · q: berhenti membaca
learn-begin = Enter: mulai
learn-read-end = Itulah seluruh pelajarannya.
learn-notes-none = Pelajaran ini tidak punya catatan versi.
learn-welcome-back = Selamat datang kembali! Kamu di langkah { $number } dari { $of }. `tugas` menampilkannya lagi.
    .watch = Selamat datang kembali! Kamu di langkah { $number } dari { $of }.
learn-welcome-back-end = Selamat datang kembali! Kamu di bagian akhir pelajaran ini: { $title }.
learn-again = Pelajaran “{ $title }” sudah kamu selesaikan. Sekarang mau apa?
learn-again-read =   1  baca lagi dari awal
learn-again-redo =   2  kerjakan lagi dari langkah 1
learn-again-review = { $count ->
        [1]   3  jawab lagi pertanyaannya
       *[other]   3  jawab lagi { $count } pertanyaannya
    }
learn-again-keys = Tekan nomornya. Enter membaca; Esc keluar.
learn-closing = Selesai: { $title }
learn-closing-can = Sekarang kamu bisa:
learn-closing-end = Tekan Enter untuk keluar, atau teruskan mencoba-coba di shell ini.
    .watch = {""}
learn-how-alone = { $count ->
        [0] Semua perintah langsung kena, tanpa petunjuk. Rapi sekali!
        [1] Sekali meleset, lalu kamu menemukan jalannya sendiri. Begitulah Docker dipelajari.
       *[other] { $count } kali meleset, dan setiap kali kamu menemukan jalannya sendiri. Begitulah Docker dipelajari.
    }
learn-how-hints = { $count ->
        [1] Satu petunjuk sudah cukup: perintahnya kamu temukan sendiri.
       *[other] Dengan { $count } petunjuk, semua perintahnya kamu temukan sendiri.
    }
learn-how-own = { $count } dari { $steps } langkah kamu kerjakan sendiri.
learn-how-helped = { $count ->
        [1] Satu langkah lulus dengan bantuan. Coba lagi besok tanpa bantuan.
       *[other] { $count } langkah lulus dengan bantuan. Coba lagi besok tanpa bantuan.
    }
learn-how-skipped = { $count ->
        [1] Satu langkah dikerjakan Dermaga untukmu. `langkah` menunjukkan yang mana; `loncat NOMOR` kembali ke sana.
       *[other] { $count } langkah dikerjakan Dermaga untukmu. `langkah` menunjukkan yang mana; `loncat NOMOR` kembali ke sana.
    }
learn-how-skipped-beside = { $count ->
        [1] Satu langkah dikerjakan Dermaga untukmu.
       *[other] { $count } langkah dikerjakan Dermaga untukmu.
    }
learn-how-open = { $count ->
        [1] Satu langkah belum dikerjakan. `langkah` menunjukkan yang mana; `loncat NOMOR` membawamu ke sana.
       *[other] { $count } langkah belum dikerjakan. `langkah` menunjukkan yang mana; `loncat NOMOR` membawamu ke sana.
    }
learn-how-open-beside = { $count ->
        [1] Satu langkah belum dikerjakan.
       *[other] { $count } langkah belum dikerjakan.
    }
learn-how-quiz = { $count ->
        [1] Pertanyaannya { $right ->
                [1] kamu jawab benar pada percobaan pertama.
               *[other] belum kena pada percobaan pertama; ia akan ditanyakan lagi.
            }
       *[other] { $right } dari { $count } pertanyaan kamu jawab benar pada percobaan pertama.
    }
learn-how-quiz-left = { $count ->
        [1] Satu pertanyaan belum dijawab; ia dapat ditanyakan lagi saat pelajaran ini kamu buka lagi.
       *[other] { $count } pertanyaan belum dijawab; semuanya dapat ditanyakan lagi saat pelajaran ini kamu buka lagi.
    }
learn-due-now = { $count ->
        [1] Satu pertanyaan menunggu diulang sekarang: `dermaga review`.
       *[other] { $count } pertanyaan menunggu diulang sekarang: `dermaga review`.
    }
learn-due-tomorrow = { $count ->
        [1] Besok satu pertanyaan diulang, supaya ingatanmu awet: `dermaga review`.
       *[other] Besok { $count } pertanyaan dari semua pelajaranmu diulang, yang benar maupun yang belum, supaya ingatanmu awet: `dermaga review`.
    }
learn-due-later = { $count ->
        [1] Dalam { $days } hari satu pertanyaan diulang: `dermaga review`.
       *[other] Dalam { $days } hari { $count } pertanyaan dari semua pelajaranmu diulang: `dermaga review`.
    }
learn-next-lesson = Berikutnya: { $title } ({ $count } menit).
learn-next-lesson-untimed = Berikutnya: { $title }.
learn-next-open = Tekan Enter untuk membukanya, atau ketik `daftar` atau `selesai`.
    .watch = Tekan Enter untuk membukanya, d untuk daftar pelajaran, atau q untuk keluar.
learn-course-finished = Selamat! “{ $title }” sudah kamu selesaikan: { $lessons } pelajaran, { $count } langkah. Kamu sampai di dermaga.
learn-course-where = Lalu ke mana?
learn-course-own = → Bungkus programmu sendiri: tulis sebuah Dockerfile, lalu `docker build` (docs.docker.com/build).
learn-course-compose = → Jalankan beberapa kontainer bersama dengan `docker compose` (docs.docker.com/compose).
learn-course-teach = → Ajarkan ke orang lain: `dermaga new course` membuat pelajaranmu sendiri.
learn-watch-restore =
    Di terminal lain, kembalikan docker ke mesin semula:
      `export DOCKER_HOST={ $host }`
learn-watch-unset = Di terminal lain, kembalikan docker ke mesin semula: `unset DOCKER_HOST`.
learn-word-notes = catatan versi dan sumber pelajaran ini
learn-silent-run = `docker run` tanpa `-d` memegang terminal. Lepas: Ctrl-] dua kali.
learn-silent-deaf = `-t` tanpa `-i`: yang kamu ketik tidak sampai ke kontainer. Lepas: Ctrl-] dua kali. Lain kali `-it`.
learn-silent-dumb = `-i` tanpa `-t`: shell di dalamnya tidak mencetak prompt. Keluar: Ctrl-D. Lain kali `-it`.
learn-silent-attached = Terminalmu tersambung ke kontainer. Lepas: Ctrl-C. Tidak mempan? Ctrl-] dua kali.
learn-silent-follow = Perintah ini terus menunggu baris baru. Ctrl-C mengakhirinya.
learn-silent-wait = `docker wait` menunggu sampai kontainernya selesai. Ctrl-C berhenti menunggu.
learn-silent-stop = Docker memberi proses itu 10 detik untuk berhenti sendiri. Tunggu sebentar.
learn-node-shell =
    `{ $node }` saja membuka shell di node itu. Di sana kata Dermaga tidak berlaku.
    → Ketik `exit` untuk kembali ke pelajaran. Satu perintah saja di sana: `{ $node } hostname`.
learn-step-undone =
    Langkah { $number } perlu diulang: { $kind } `{ $name }` dari langkah itu sudah tidak ada.
    → Ketik `ulangi`: Dermaga mengerjakannya lagi untukmu, lalu kamu meneruskan di sini.
learn-step-other =
    Ada { $kind } `{ $name }`, tetapi bukan yang dibuat di langkah { $number }.
    → Ketik `ulangi`: Dermaga membuatnya lagi untukmu, lalu kamu meneruskan di sini.
learn-part-undone =
    Satu bagian yang sudah lulus perlu dibuat lagi: { $kind } `{ $name }` sudah tidak ada.
    → Buat lagi dengan perintah tadi, atau ketik `ulangi` untuk memulai langkah ini lagi dari bersih.
learn-part-changed = Itu tadi sudah tercapai, lalu berubah. Ulangi dahulu: `{ $command }`.
    .retry = Itu tadi sudah tercapai, lalu berubah. Ketik `ulangi` untuk memulai langkah ini lagi dari bersih.
learn-not-shown = `{ $command }` berjalan, tetapi `{ $name }` tidak ada di keluarannya.
learn-retry-gone = Tidak ada lagi yang dapat dihapus langkah ini: { $kind } `{ $name }` sudah tidak ada. Untuk mengulanginya, langkah sebelumnya perlu dikerjakan lagi.
learn-retry-ask = { $count ->
        [1] Kerjakan lagi langkah 1 untukmu? [Y/t]
       *[other] Kerjakan lagi langkah 1 sampai { $count } untukmu? [Y/t]
    }
learn-redo-earlier = { $count ->
        [1] Dermaga mengerjakan lagi langkah 1 …
       *[other] Dermaga mengerjakan lagi langkah 1 sampai { $count } …
    }
means-gone = { $kind } `{ $name }` sudah tidak ada
means-or = { $before } atau { $last }
means-did = { $before }, lalu { $last }
means-did-create = dibuat
means-did-start = dijalankan
means-did-die = selesai
means-did-stop = dihentikan
    .then = dihentikan
means-did-kill = dikirimi sinyal
means-did-destroy = dihapus
    .then = dihapus
means-did-prune = dihapus
means-did-pause = dijeda
    .then = dijeda
means-did-unpause = dilanjutkan
    .then = dilanjutkan
means-did-restart = dimulai ulang
    .then = dimulai ulang
means-did-other = mengalami peristiwa `{ $event }`
means-did-image-load = dimuat dari berkas
means-did-image-save = disimpan ke berkas
means-did-image-pull = diambil dari registri
means-did-image-push = dikirim ke registri
means-did-image-tag = diberi nama lagi
means-did-image-untag = kehilangan satu nama
means-did-image-delete = dihapus
means-did-network-connect = disambungkan ke kontainer
means-did-network-disconnect = diputus dari kontainer
means-did-volume-mount = dipasang di kontainer
means-did-volume-unmount = dilepas dari kontainer
