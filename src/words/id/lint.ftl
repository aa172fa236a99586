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

# Kursus dan berkasnya

L110 = tidak ada pelajaran `{ $lesson }` dalam bahasa `{ $lang }`
    .label = { $nearest ->
        [none] tidak ada berkas dengan nama ini
       *[other] maksudmu `{ $nearest }`?
    }
    .help = tulis { $lang }/…/{ $lesson }.md (`dermaga new lesson { $lesson }` membuatnya), atau hapus dari daftar
L111 = pelajaran `{ $lesson }` tidak ada di dalam kursus
    .label = pelajaran ini tidak akan dilihat atau diuji siapa pun
    .help = tambahkan "{ $lesson }" ke `lessons` salah satu kelompok di course.toml; nama rancangan diawali `_`
L112 = pelajaran `{ $lesson }` belum ada dalam bahasa `{ $lang }`
    .label = belum diterjemahkan ke `{ $lang }`
    .help = terjemahkan di jalur yang sama di bawah { $lang }/
L113 = ada dua berkas untuk pelajaran `{ $lesson }`
    .label = yang satu lagi { $path }
    .help = id pelajaran adalah nama berkasnya: beri salah satunya nama lain
L114 = terjemahan ini tidak berada di tempat sumbernya
    .label = sumbernya di { $path }
    .help = pindahkan berkas ini ke jalur yang sama di bawah bahasanya sendiri
L115 = tidak ada pelajaran `{ $lesson }` di kursus ini
    .label = { $nearest ->
        [none] tidak ada di course.toml
       *[other] maksudmu `{ $nearest }`?
    }
    .help = `requires` berisi id pelajaran: nama berkas tanpa `.md`
L116 = pelajaran `{ $lesson }` tidak datang sebelum pelajaran ini
    .label = ada di belakang menurut course.toml
    .help = ubah urutannya di course.toml, atau hapus dari `requires`
L117 = id langkah ini belum ditulis
    .label = { "{" }#{ $id }{ "}" } belum ada
    .help = tulis { "{" }#{ $id }{ "}" } setelah judulnya, sama di semua bahasa: terjemahan mengenali langkah dari id itu

# Terjemahan

L120 = terjemahan ini tidak menyebut teks mana yang diterjemahkan
    .label = `translates` belum ada
    .help = tulis `translates: { $digest }` di bagian depan; `dermaga lint --fix` menuliskannya untukmu
L121 = terjemahan ini lebih tua daripada sumbernya
    .label = teks sumbernya kini { $digest }
    .help = bandingkan teks keduanya, lalu jalankan `dermaga lint --fix { $path }`
L122 = langkah `{ $step }` belum ada
    .label = tempatnya setelah ini: “{ $title }”
    .help = terjemahkan langkah itu dari sumbernya
L123 = sumbernya tidak punya langkah `{ $step }`
    .label = hanya ada di sini
    .help = hapus langkah ini, beri id yang sama dengan sumbernya, atau tambahkan ke sumbernya
L124 = urutan langkahnya lain daripada di sumbernya
    .label = di sumbernya, di sini `{ $wanted }`
    .help = urutkan langkah-langkahnya seperti di sumbernya
L125 = satu blok `{ $kind }` dari sumbernya belum ada
    .label = tempatnya setelah ini; lihat { $path }:{ $line }
    .help = { $kind ->
        [quiz] terjemahkan dari sumbernya
       *[other] `dermaga lint --fix` menyalinnya; petunjuk di dalamnya tetap perlu kamu terjemahkan
    }
L126 = sumbernya tidak punya blok `{ $kind }` ini
    .label = hanya ada di sini
    .help = hapus blok ini, atau tambahkan ke langkah `{ $step }` di sumbernya
L127 = perintahnya lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = `dermaga lint --fix` menyalin blok dari sumbernya
L128 = keluarannya lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = `dermaga lint --fix` menyalin blok dari sumbernya
L129 = atribut blok ini lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = `dermaga lint --fix` menyalin blok dari sumbernya
L130 = berkas ini lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = `dermaga lint --fix` menyalin blok dari sumbernya
L131 = pernyataannya lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = `dermaga lint --fix` menyalin pernyataannya dan membiarkan petunjukmu; bila jumlah petunjuknya berbeda, salin sendiri
L132 = kuis ini dijawab dengan cara lain daripada di sumbernya
    .label = berbeda dari { $path }:{ $line }
    .help = samakan jumlah dan urutan jawabannya dengan sumbernya, juga mana yang benar
L133 = `{ $key }` lain daripada di sumbernya
    .label = di sini: { $here }; di sumbernya: { $there }
    .help = { $key ->
        [objectives] terjemahkan semua tujuan dari sumbernya
       *[other] `dermaga lint --fix` menyalinnya
    }

# Pelajaran

L140 = kursus ini tidak memakai kata “{ $form }”
    .label = { $instead ->
        [none] terlarang menurut terms.toml
       *[other] pakai “{ $instead }”
    }
    .help = bila itu nama, tulis sebagai kode; bila kamu memperkenalkan kata asingnya, tulis miring
L141 = pilihan yang salah tanpa alasan
    .label = mengapa pilihan ini salah?
    .help = tambahkan `why:` pada pilihan ini: dari situlah yang memilihnya belajar
L142 = ada tujuan yang tidak dicakup pemeriksaan atau kuis
    .label = { $objectives } tujuan, tetapi hanya { $asked } pemeriksaan dan kuis
    .help = tambahkan pemeriksaan atau kuis untuk tujuan ini, atau kurangi janjinya
L143 = pemeriksaan ini tidak bisa gagal
    .label = tidak ada perintah di atasnya pada langkah `{ $step }`
    .help = letakkan setelah perintah yang membuatnya benar, atau tulis `already: true`
L144 = { $kind ->
        [id] id `{ $token }`
        [name] nama acak `{ $token }`
        [port] port acak `{ $token }`
       *[address] alamat `{ $token }`
    } akan lain pada kesempatan berikutnya
    .label = perintah ini tidak akan pernah bisa dijalankan lagi apa adanya
    .help = { $kind ->
        [port] terbitkan port pilihanmu sendiri: `-p 8080:80`
        [address] pakai nama kontainernya
       *[other] beri nama (`--name web`), atau tanyakan: `$(docker ps -lq)`
    }
L145 = ada karakter kendali { $name } di berkas ini
    .label = di sini
    .help = hapus: di terminal, karakter ini bisa melakukan hal yang tidak terlihat
L146 = karakter tak terlihat { $name } membalik arah baca
    .label = di sini
    .help = hapus: yang dibaca bisa lain dari yang dijalankan
L150 = pelajaran ini terdiri dari { $number } kata
    .label = lebih dari { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L151 = pelajaran ini punya { $number } perintah
    .label = ini yang pertama setelah { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L152 = pelajaran ini memakan { $number } menit
    .label = lebih dari { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L160 = tautan ini tidak menuju ke mana pun
    .label = tidak ada { $path }
    .help = tautan dilihat dari direktori berkas ini
L161 = gambar ini belum ada
    .label = tidak ada { $path }
    .help = letakkan gambarnya di sana, atau tampilkan transkrip: transkrip bisa diuji
L162 = tidak ada judul dengan id `{ $anchor }`
    .label = { $nearest ->
        [none] tidak menuju ke mana pun
       *[other] maksudmu `#{ $nearest }`?
    }
    .help = id ditulis setelah judulnya: { "{" }#{ $anchor }{ "}" }
L163 = paketnya tidak punya image `{ $image }`
    .label = tidak bisa diambil di kelas
    .help = tambahkan ke paket dengan `dermaga pack create`, atau pakai image dan tag yang ada di paket
L164 = image `{ $image }` diambil, tetapi tidak diumumkan
    .label = tidak ada di `images` atau `have`
    .help = tambahkan ke `images:` di bagian depan, supaya paket dan cermin membawanya

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

# dermaga lint

lint-fixed = { $path }: diperbaiki di { $count } tempat
lint-nothing = Tidak ada pelajaran di sana: tidak ada berkas `.md`, atau tidak ada dalam bahasa yang disebut course.toml. Sebutkan pelajaran atau kursusnya.
lint-clean = { $count } pelajaran dibaca, tidak ada yang salah.
lint-errors = { $count ->
        [0] tidak ada galat
       *[other] { $count } galat
    }
lint-warnings = { $count ->
        [0] tidak ada peringatan
       *[other] { $count } peringatan
    }
lint-summary = { $count } pelajaran dibaca: { $errors }, { $warnings }.
lint-mendable = { $count } di antaranya bisa diperbaiki dengan `dermaga lint --fix`.
