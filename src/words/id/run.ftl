# Yang dikatakan saat pelajaran dijalankan.
run-engine = Docker { $version } (API { $api }), klien { $cli }, { $kind }
run-engine-no-client = Docker { $version } (API { $api }), { $kind }. Versi perintah `docker` tidak diketahui; varian dipilih menurut versi mesinnya.
run-engine-private = mesin pribadi
run-engine-current = mesin yang sedang dipakai
run-lessons = { $count ->
   *[other] { $count } pelajaran
}
run-stand-in = Catatan: image `{ $image }` dalam paket ini hanya pengganti dengan nama yang sama, bukan perangkat lunak aslinya. Untuk pelajaran ini cukup.
run-fetching = mengambil image { $image } …
run-step = Langkah: { $title }
run-setup = persiapan
run-met = lulus
run-differs = berbeda
run-skipped = dilewati
run-broken = terhenti
run-summary-met = { $count } lulus
run-summary-differs = { $count } berbeda
run-summary-broken = { $count } terhenti
run-summary-skipped = { $count } dilewati
run-commands = { $count } perintah
run-claims = { $count } klaim
run-seconds = { $seconds } d
run-updated = diperbarui: { $path }
run-kept-folder = Direktori pelajaran dibiarkan di { $path }. Hapus bila sudah tidak kamu perlukan.
run-kept-engine = Mesin pelajaran terakhir masih berjalan: `export DOCKER_HOST=unix://{ $socket }`
    .next = `dermaga engine stop` menghentikannya dan menghapus semua isinya.
run-outputs = { $count ->
   *[other] { $count } keluaran
}
run-files = { $count ->
   *[other] { $count } berkas
}
run-rewritten = Ditulis ulang: { $outputs } di { $files }.
run-kept = Dibiarkan seperti yang tertulis: { $outputs }; alasannya ada di atas.

# Perbedaan
diff-transcript = Keluaran perintah ini tidak seperti yang tertulis.
diff-expected = tertulis
diff-found = tercetak
diff-next-update = Bila yang tercetak itu benar, jalankan `dermaga test --update` pada berkas ini.
diff-next-silent = Perintah tanpa keluaran di bawahnya berarti tidak mencetak apa pun. Bila yang dicetaknya tidak penting di sini, tulis `...` di bawahnya; atau biarkan `dermaga test --update` menuliskannya.
diff-next-unfinished = Perintahnya tidak sampai selesai seperti yang tertulis, jadi `dermaga test --update` membiarkan keluaran ini seperti tulisanmu.
diff-next-not-output = Ada baris yang tidak tercetak dan mirip komentar atau perintah. Pindahkan dari keluaran, atau tulis komentar setelah prompt: `$ # komentar`. `dermaga test --update` membiarkan baris itu seperti tulisanmu.
diff-cells = Kolom yang berbeda: { $columns }.
diff-columns-added = Tabel mesin ini punya kolom tambahan: { $columns }.
diff-columns-lacking = Tabel mesin ini tidak punya kolom: { $columns }.
diff-bound = `{ $expected }` dalam pelajaran ini tadi berarti `{ $other }`, tetapi di sini tercetak `{ $found }`.
diff-bound-written = `{ $found }` tadi tertulis sebagai `{ $other }` dalam pelajaran ini, bukan `{ $expected }`.
diff-cut = Keluarannya sangat panjang; bagian tengahnya dibuang.
diff-none = (tidak ada keluaran)
diff-status = Status keluar { $found }, padahal diharapkan { $expected }.
diff-status-next = Periksa keluaran di atas. Bila status itu memang disengaja, tulis `exit={ $found }` pada pagar kodenya.
diff-status-silent = Perintah ini tidak mencetak apa pun. Bila status itu memang disengaja, tulis `exit={ $found }` pada pagar kodenya.
diff-exited = Perintah ini menutup shell pelajaran{ $status ->
        [none] {""}
       *[other] {" "}(status { $status })
    }. Perintah sesudahnya berjalan di shell baru, tanpa variabel dan direktorinya.
diff-exited-next = Tulis `( … )` di sekeliling `exit` atau `exec` yang memang disengaja; `set -e` menutup shell pada kegagalan pertama.
diff-not-in-pack = Paket image tidak punya `{ $image }`. Apakah image itu ada di Docker Hub, dari sini tidak dapat diketahui.
diff-not-in-pack-next = Periksa namanya. Bila sudah betul, tambahkan image itu ke paket, atau uji dengan --images hub bila ada internet.
diff-not-typed = Baris ini tidak sempat diketik, sebab prompt atau keluaran sebelumnya tidak muncul: { $line }
diff-not-typed-next = Bandingkan baris sebelum itu dengan yang tercetak. Prompt lain dapat ditulis dengan `prompt='…'`.
diff-waits = { $kind ->
        [prompt] Baris terakhir sudah diketik, dan program masih menunggu di `{ $shown }`.
        [like] Program menunggu di `{ $shown }`, sedangkan baris ini tidak terketik: { $line }
       *[question] Program bertanya, dan tidak ada baris yang menjawabnya: { $shown }
    }
diff-waits-next = { $kind ->
        [prompt] Tutup di blok itu seperti di terminal: `exit` setelah prompt itu, atau `^D` atau `^P^Q` di baris sendiri.
        [like] Tulis prompt persis seperti di layar, termasuk spasinya; prompt bentuk lain dapat disebut dengan `prompt='…'`.
       *[question] Tulis barisnya seperti di layar, dengan jawabanmu setelah pertanyaan itu; atau pakai opsi yang tidak bertanya, misalnya `--force`.
    }
diff-never-ends = Perintah ini berjalan terus sampai dihentikan, dan tidak ada baris yang menghentikannya.
diff-never-ends-next = Tulis `^C` di baris sendiri di bawah keluarannya, atau jalankan supaya berakhir: `-d`, `--no-stream`, `--until`, `timeout 5 …`.
diff-claim = Klaim ini belum terpenuhi: { $claim }
diff-cannot-fail = Semua pemeriksaan langkah ini sudah terpenuhi sebelum perintah pertamanya, jadi tidak membuktikan apa pun.
diff-mistake-already = Kesalahan ini sudah ada sebelum perintah pertama langkah ini, jadi tidak ada perintah yang membuatnya, dan tutor tidak pernah mengatakannya.
diff-mistake-already-next = Tulis di `when` apa yang hanya tertinggal oleh perintah yang salah, atau hapus kesalahan itu.
diff-cannot-fail-next = Periksa sesuatu yang dibuat langkah ini, atau tulis `already: true` bila memang sudah benar sejak awal.
diff-file = Berkas { $path } tidak dapat ditulis: { $problem }
diff-file-next = Lihat apa yang ditinggalkan perintah sebelumnya dengan nama itu: direktori, berkas di tempat direktori, atau tautan.

# Yang bukan salah siapa pun
broken-step = Tidak dapat dipastikan, dan ini bukan salah pelajarannya.
broken-timeout = Tidak dapat dipastikan, dan sebabnya belum diketahui.
skip-needs = butuh `{ $need }`, yang tidak ada di sini
skip-no-variant = tidak ada varian untuk klien atau mesin ini
skip-nothing-to-run = tidak ada yang bisa dijalankan di dalamnya
skip-no-engine = mesin pribadi tidak bisa dijalankan
skip-after-broken = sesudah bagian yang terhenti
skip-after-mistake = ada kesalahan penulisan di sini atau sebelumnya
skip-fail-fast = karena --fail-fast
skip-interrupted = dihentikan

# Perintah yang diubah: `test --mutants`
mutant-option-dropped = satu opsi dihilangkan
mutant-arguments-dropped = argumennya dihilangkan
mutant-last-argument-dropped = argumen terakhir dihilangkan
mutant-other-name = nama lain
mutant-other-tag = tag lain
mutant-other-image = image lain
mutant-arguments-swapped = dua argumen ditukar
mutant-other-command = perintah lain
mutant-left-out = tidak diketik
mutant-input-left-out = baris ini dilewatkan
mutant-typed = yang diketik: { $mutant }
mutant-breaks = Tutor menerimanya, lalu pelajaran macet di baris { $line } (langkah { $step }): { $part }
mutant-is-caught = ketahuan
mutant-is-survived = terlalu longgar
mutant-is-printed-other = diterima, keluarannya lain
mutant-is-equivalent = diterima, tidak ada bedanya
mutant-is-unknown = tidak dicoba
mutant-count = { $count } perintah yang diubah
mutant-caught = { $count } ketahuan
mutant-survived = { $count } terlalu longgar
mutant-printed-other = { $count } diterima dengan keluaran lain
mutant-equivalent = { $count } diterima tanpa beda
mutant-unknown = { $count } tidak dicoba
mutant-next = Perketat pemeriksaan langkah itu, sehingga gagal untuk perintah yang diketik tadi. `--verbose` menampilkan yang lain.
mutant-lesson-not-met = Tanpa diubah pun pelajaran ini tidak sesuai. `dermaga test` menjelaskan lebih banyak.
