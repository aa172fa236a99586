# lint (id)

level-error = galat
level-warning = peringatan
level-help = bantuan

# course.toml dan terms.toml

L100 = berkas ini bukan TOML
    .label = { $detail }
    .help = perbaiki bagian yang ditandai; https://toml.io menunjukkan cara menulis setiap jenis nilai
L101 = kunci `{ $key }` tidak dikenal
    .label = { $nearest ->
        [none] tidak berarti apa-apa di sini
       *[other] maksudmu `{ $nearest }`?
    }
    .help = kunci yang dikenal di sini: { $known }
L102 = kunci `{ $key }` belum ada
    .label = `{ $key }` seharusnya ada di sini
    .help = tulis `{ $key } = …` di sini
L103 = ini { $found ->
        [text] teks
        [number] angka
        [boolean] nilai true atau false
        [date] tanggal
        [list] daftar
       *[table] tabel
    }, padahal yang diharapkan lain
    .label = { $expected ->
        [text] yang diharapkan: teks dalam tanda kutip
        [list] yang diharapkan: daftar teks
        [languages] yang diharapkan: teks untuk tiap bahasa
        [groups] yang diharapkan: kelompok pelajaran
       *[table] yang diharapkan: tabel
    }
    .help = tulis { $expected ->
        [text] "…"
        [list] ["…", "…"]
        [languages] {"{"} id = "…", en = "…" {"}"}
        [groups] [[group]] di atas kelompoknya
       *[table] namanya dalam kurung siku di baris sendiri, lalu kunci-kuncinya di bawahnya
    }
L104 = `{ $name }` ditulis dua kali
    .label = ini yang kedua
    .help = hapus salah satu, atau beri nama lain
L105 = `{ $name }` tidak bisa menjadi nama { $kind ->
        [language] bahasa
        [group] kelompok
       *[lesson] pelajaran
    }
    .label = bukan nama
    .help = { $kind ->
        [language] tulis kode bahasa seperti `id`, `en`, atau `pt-BR`
       *[other] pakai huruf, angka, `-`, dan `_`; id pelajaran adalah nama berkasnya tanpa `.md`
    }
L106 = judul dalam bahasa `{ $lang }` belum ada
    .label = tidak ada `{ $lang }` di sini
    .help = tambahkan `{ $lang } = "…"`, karena kursus ini punya bahasa itu

L107 = berkas ini bukan teks UTF-8
    .label = bita ini tidak cocok dengan karakter apa pun
    .help = simpan berkasnya sebagai UTF-8 di penyuntingmu

# berkas

file-missing = { $path }: tidak ada berkas atau direktori dengan nama ini. Periksa ejaannya dan direktori tempatmu berada.
file-directory = { $path } adalah direktori, padahal yang diharapkan berkas. Sebutkan berkas di dalamnya.
file-permission = { $path }: kamu tidak punya izin untuk { $action ->
        [write] menulis
       *[read] membaca
    }-nya. Tanyakan kepada pemiliknya, atau lihat izinnya dengan `ls -l`.
file-not-utf8 = { $path } bukan teks UTF-8: bita ke-{ $offset } tidak cocok dengan karakter apa pun. Simpan sebagai UTF-8 di penyuntingmu.
file-too-large = { $path } berukuran { $size } bita; sebuah pelajaran paling besar { $limit } bita. Benarkah ini pelajaran?
file-no-space = { $path }: diska sudah penuh. Tidak ada yang diubah; kosongkan sebagian lalu coba lagi.
file-changed = { $path } diubah pihak lain sejak dibaca. Berkas itu dibiarkan; jalankan perintahnya sekali lagi.
file-exists = { $path } sudah ada. Berkas itu dibiarkan; pilih nama lain, atau pindahkan dulu.
file-other = { $path }: { $detail }
no-course = Tidak ada kursus di sini: tidak ada `course.toml` di { $path }, di `lessons` di dalamnya, atau di atasnya. Sebutkan pelajaran atau kursusnya, atau buat yang baru dengan `dermaga new course DIR`.
