# lint (id)

## L001–L099: cara menulis pelajaran. Judul, .label (pendek, di tempatnya), .help (jalan keluar).

L001 = front matter tidak ditutup
    .label = dibuka di sini
    .help = tulis `---` sendirian di satu baris setelah kunci terakhirnya
L002 = front matter bukan daftar kunci
    .label = di sini seharusnya ada `kunci: nilai`
    .help = tulis satu kunci per baris, misalnya `title: Mengambil image`; untuk garis pemisah di awal berkas, pakai `***`
L003 = kunci front matter `{ $name }` tidak dikenal
    .label = tidak dikenal
    .help = { $near ->
        [none] kunci yang ada: { $known }
       *[other] maksudmu `{ $near }`?
    }
L004 = Dermaga tidak mengenal kunci front matter `{ $name }`
    .label = dibiarkan
    .help = kunci ini tidak mengubah apa pun di sini; simpan bila dibaca alat lain, atau hapus
L005 = Dermaga tidak membaca front matter dalam bentuk TOML
    .label = hanya judulnya yang dipakai
    .help = tulis kunci pelajaran, misalnya `title` dan `minutes`, sebagai YAML di antara baris `---`
L006 = `{ $name }` ditulis dua kali
    .label = sudah ada di atas
    .help = gabungkan keduanya, lalu hapus yang satu
L007 = berkas ini belum menjadi pelajaran
    .label = tidak ada front matter dan tidak ada blok `console`, `check`, atau `quiz`
    .help = tulis perintahnya dalam blok `console`, masing-masing dengan prompt di depannya: `$ docker ps`
L008 = id langkah `{ $name }` sudah dipakai
    .label = sama dengan langkah sebelumnya
    .help = beri tiap langkah id sendiri; kemajuan belajar dicatat dengan id ini
L009 = id langkah `{ $name }` tidak dapat dipakai
    .label = hanya huruf, angka, `-`, dan `_`
    .help = tulis misalnya { "`{#ambil-image}`" }: paling panjang 80 huruf, tanpa spasi dan tanda baca

L010 = blok kode tidak ditutup
    .label = dibuka di sini
    .help = tulis tanda penutup yang sama panjang di baris sendiri, sejajar dengan pembukanya; di dalam daftar atau kutipan, semua baris blok ikut menjorok
L011 = atribut `{ $name }` tidak dikenal
    .label = tidak dikenal
    .help = { $near ->
        [none] atribut yang berlaku di sini: { $known }
       *[other] maksudmu `{ $near }`?
    }
L012 = nilai atribut `{ $name }` tidak dapat dipakai
    .label = { $value ->
        [none] nilainya belum ada
       *[other] nilai ini tidak cocok
    }
    .help = { $name ->
        [exit] tulis status keluar 0 sampai 255, misalnya `exit=1`, atau `exit=1|255` bila mesin berbeda-beda
        [timeout] tulis lama waktunya, misalnya `timeout=90s`, `timeout=10m`, atau `timeout=1m30s`
        [needs] tulis kemampuan yang dibutuhkan, misalnya `needs=compose+buildkit`
        [since] tulis angka versi utama klien Docker, misalnya `since=29`
        [until] tulis angka versi utama klien Docker, misalnya `until=28`
        [engine] pilih `engine=docker`, `engine=containerd`, atau `engine=podman`
        [prompt] tulis prompt program itu di antara tanda kutip, misalnya `prompt='mysql> '`
        [file] tulis jalur berkasnya, misalnya `file=Dockerfile`
       *[other] atribut ini ditulis tanpa nilai: `{ $name }`
    }
L013 = atribut `{ $name }` ditulis dua kali
    .label = sudah ada sebelumnya
    .help = hapus yang satu; beberapa nilai ditulis dengan `+`, misalnya `needs=compose+buildkit`
L014 = atribut `{ $name }` tidak berlaku di blok `{ $fence }`
    .label = tidak ada artinya di sini
    .help = { $fence ->
        [console] blok `console` adalah layar terminal; untuk berkas, pakai bahasa berkasnya, misalnya `dockerfile,file=Dockerfile`
        [check] blok `check` mengenal `needs`, `since`, `until`, dan `engine`; waktu tunggu ditulis di dalamnya: `within: 10s`
        [quiz] blok `quiz` tidak mengenal atribut; hapus atribut ini
       *[other] atribut ini untuk blok `console`, atau untuk berkas dengan `file=`; hapus, atau ganti kata pertama bloknya
    }
L015 = atribut blok tidak dapat dibaca
    .label = di sini
    .help = pisahkan atribut dengan koma, tutup setiap tanda kutip, dan beri tanda kutip pada nilai yang berisi spasi: `console,exit=1,prompt='mysql> '`
L016 = blok `{ $name }` tidak dikenal
    .label = salah ketik?
    .help = maksudmu `{ $near }`? Blok ini sekarang hanya tampil sebagai teks
L017 = `{ $one }` dan `{ $other }` tidak dapat bersama
    .label = bertentangan dengan `{ $one }`
    .help = pilih salah satu; blok `blank` tidak pernah dijalankan, `solution` adalah jawabannya, dan `hidden` tidak pernah tampil
L018 = ada byte NUL di berkas ini
    .label = di sini
    .help = hapus byte itu; simpan berkas sebagai teks UTF-8
L019 = tanda ini tidak punya pasangan
    .label = teks untuk halaman saja berada di antara dua tanda
    .help = awali dengan `<!-- page -->`, akhiri dengan `<!-- /page -->`, keduanya di bagian `##` yang sama
L031 = blok ini ada di dalam teks untuk halaman saja
    .label = blok ini tetap dijalankan
    .help = pindahkan ke luar `<!-- page -->` … `<!-- /page -->`; di antaranya hanya boleh ada teks
L034 = bagian dengan `{ "{" }.notes{ "}" }` berisi blok yang dijalankan
    .label = di tutor, bagian ini tidak dilewati sebagai langkah
    .help = pindahkan blok ini ke sebuah langkah, atau hapus `.notes` dari judulnya

L020 = blok `console` tidak dimulai dengan perintah
    .label = tidak ada prompt di awal baris ini
    .help = { $kind ->
        [inside] ini prompt sebuah program di dalam; tulis di blok yang sama dengan perintah yang membukanya, misalnya `docker exec -it web sh`; kalau ini prompt shell-mu sendiri, sebutkan: `console,prompt='app# '`
       *[none] mulai dengan prompt lalu perintah: `$ docker ps`, `# docker ps`, atau `user@host:~$ docker ps`; prompt lain dapat disebut, misalnya `console,prompt='C:\> '`; untuk teks biasa, pakai blok `text`
    }
L021 = baris ini terbaca sebagai perintah, padahal tampaknya komentar
    .label = `#` di awal blok adalah prompt root
    .help = { $kind ->
        [dollar] di blok ini ada juga prompt `$`. Kalau ini komentar, pindahkan ke luar blok, atau tulis setelah prompt: `$ # komentar`. Kalau ini perintah root, tulis di blok tersendiri
       *[prose] pindahkan ke luar blok, atau tulis setelah prompt: `# # komentar`; awali tiap perintah dengan prompt
    }
L022 = perintah ini belum selesai
    .label = bash masih menunggu lanjutannya
    .help = tutup tanda kutip, kurung, here-document, atau `if`/`for`-nya; baris lanjutan diawali `> `
L023 = ada prompt tanpa perintah
    .label = tidak ada perintah setelah prompt
    .help = hapus baris ini, atau tulis perintahnya; prompt kosong hanya boleh di baris terakhir
L024 = prompt `{ $name }` tidak pernah muncul di blok ini
    .label = tidak ada baris yang diawali prompt ini
    .help = samakan dengan yang tampil di layar, termasuk spasi di akhirnya, atau hapus atributnya
L025 = blok `blank` tidak punya bagian kosong
    .label = `____` belum ada
    .help = ganti bagian yang harus diisi dengan `____` (empat garis bawah), misalnya `$ docker ____`
L026 = blok `blank` tanpa jawaban
    .label = blok berikutnya bukan `solution`-nya
    .help = tulis blok `solution` yang lengkap tepat setelahnya; yang dijalankan dan dibuktikan adalah jawaban itu
L027 = blok `{ $name }` berisi keluaran
    .label = baris ini keluaran
    .help = blok `{ $name }` hanya berisi perintah; pindahkan keluarannya ke blok `solution` atau blok biasa
L028 = ada `____` di blok yang dijalankan
    .label = bagian ini belum diisi
    .help = tambahkan atribut `blank` bila ini latihan, atau isi bagian yang kosong
L029 = jawaban tidak cocok dengan bagian kosongnya
    .label = perintahnya berbeda dari blok `blank`
    .help = samakan keduanya di luar `____`: jumlah perintah dan kata-kata lainnya harus sama
L030 = tombol { $name } harus di baris sendiri
    .label = ada prompt di depannya
    .help = tulis { $name } sendirian di satu baris; barisnya dikirim setelah baris sebelumnya tampil
L032 = dua varian berlaku untuk mesin yang sama
    .label = bertumpuk dengan varian sebelumnya
    .help = blok bervarian yang berdampingan adalah satu pilihan: hanya satu yang berjalan; bedakan `since`, `until`, atau `engine`-nya, atau sisipkan kalimat di antara keduanya
L033 = `since={ $since }` lebih baru daripada `until={ $until }`
    .label = tidak ada versi yang cocok
    .help = tukar keduanya: `since` adalah versi terendah, `until` versi tertinggi

L035 = jalur berkas `{ $name }` ditolak
    .label = { $why ->
        [absolute] jalur mutlak
        [outside] keluar dari direktori pelajaran
        [sign] ada tanda yang tidak boleh
        [long] terlalu panjang
       *[empty] ada bagian yang kosong
    }
    .help = tulis jalur relatif di dalam direktori pelajaran, dengan `/` sebagai pemisah, misalnya `app/Dockerfile`

L040 = YAML di sini tidak dapat dibaca
    .label = pembaca YAML berhenti di sini
    .help = periksa spasi di awal baris, titik dua, dan tanda kurung; kata pembaca YAML: { $detail }
L041 = teks ini perlu tanda kutip
    .label = { $why ->
        [hash] ` #` dan seterusnya dibuang sebagai komentar
        [backquote] YAML tidak menerima teks yang diawali `` ` ``
        [colon] titik dua dan spasi memotong teks ini
        [bracket] tanda kurung di awal mengubah teks menjadi daftar
        [quote] ada teks setelah tanda kutip penutup
       *[sign] tanda di awal punya arti lain dalam YAML
    }
    .help = tulis seluruh teks di antara tanda kutip ganda, misalnya `"Ketik: ..."`; di dalamnya, tulis `\"` untuk tanda kutip
L042 = jangkar, alias, dan tag YAML tidak dipakai di pelajaran
    .label = `&`, `*`, atau `!` di awal nilai
    .help = beri tanda kutip bila ini teks; bila maksudmu mengulang nilai, tulis saja nilainya sekali lagi
L044 = nilai `{ $name }` bukan jenis yang diminta
    .label = { $wanted ->
        [text] seharusnya teks
        [texts] seharusnya daftar teks
        [number] seharusnya bilangan
        [bool] seharusnya `true` atau `false`
        [map] seharusnya kunci dan nilai
        [list] seharusnya daftar
        [duration] seharusnya lama waktu
        [size] seharusnya kolom × baris
        [date] seharusnya tanggal
        [nothing] tidak perlu nilai
       *[scalar] seharusnya satu nilai
    }
    .help = { $wanted ->
        [text] tulis satu teks, sebaiknya di antara tanda kutip
        [texts] tulis tiap teks di baris sendiri, diawali `- `
        [number] tulis bilangan bulat tanpa satuan, misalnya `15`
        [bool] tulis `true` atau `false`, tanpa tanda kutip
        [map] tulis `kunci: nilai`, satu per baris dan sejajar
        [list] tulis daftar: `[satu, dua]`, atau tiap nilai di baris sendiri, diawali `- `
        [duration] tulis misalnya `500ms`, `10s`, atau `1m30s`, paling lama sehari
        [size] tulis misalnya `100x200`: 100 kolom dan 200 baris
        [date] tulis tahun, bulan, dan tanggalnya, misalnya `2026-11-24`
        [nothing] hapus nilainya; yang diperiksa ditulis di baris berikutnya
       *[scalar] tulis satu nama atau nilai saja
    }
L045 = `{ $name }` belum diisi
    .label = di sini
    .help = tulis `{ $name }:` dengan isinya
L046 = blok `{ $name }` kosong
    .label = tidak ada isinya
    .help = isi blok ini, atau hapus

L050 = pemeriksaan ini tidak punya subjek
    .label = { $name ->
        [none] tidak ada subjek
       *[other] bukan subjek
    }
    .help = { $near ->
        [none] mulai dengan yang diperiksa, misalnya `container: web`; subjek yang ada: { $known }
       *[other] maksudmu `{ $near }`?
    }
L051 = satu pemeriksaan hanya punya satu subjek
    .label = subjeknya sudah `{ $subject }`
    .help = pindahkan `{ $name }` ke blok `check` sendiri
L052 = `{ $name }` tidak dikenal untuk `{ $subject }`
    .label = tidak dikenal
    .help = { $near ->
        [none] { $paths ->
            [yes] yang ada: { $known }, dan jalur dari `inspect` yang diawali huruf besar, misalnya `State.Running`
           *[no] yang ada: { $known }
        }
       *[other] maksudmu `{ $near }`?
    }
L053 = `{ $subject }` tidak punya bagian `{ $name }`
    .label = jalur `inspect` tidak berlaku di sini
    .help = untuk `{ $subject }`, yang dapat diperiksa: { $known }
L054 = jalur `{ $name }` tidak dapat dibaca
    .label = di sini
    .help = pisahkan bagiannya dengan titik; bagian yang berisi titik atau spasi ditulis dalam tanda kutip ganda: `HostConfig.PortBindings."80/tcp".0.HostPort`
L055 = operator `{ $name }` tidak dikenal
    .label = tidak dikenal
    .help = { $near ->
        [none] operator yang ada: { $known }
       *[other] maksudmu `{ $near }`?
    }
L056 = tidak ada operator
    .label = kurung ini kosong
    .help = tulis misalnya { "`{ at_least: 1 }`" } atau { "`{ matches: \"nginx\" }`" }
L057 = ekspresi reguler tidak dapat dibaca
    .label = { $detail }
    .help = beri `\` di depan tanda yang kamu maksud apa adanya, misalnya `\(`, `\[`, atau `\*`
L058 = `absent: true` tidak dapat bersama yang lain
    .label = yang tidak ada tidak punya sifat
    .help = hapus `absent`, atau pindahkan yang lain ke blok `check` sendiri
L059 = `{ $subject }` ini tidak memeriksa apa pun
    .label = belum ada yang diminta
    .help = tulis apa yang harus benar: { $known }
L060 = filter `{ $name }` tidak dikenal
    .label = tidak dikenal
    .help = { $near ->
        [none] filter yang ada: { $known }
       *[other] maksudmu `{ $near }`?
    }
L061 = nilai `{ $name }: { $value }` tidak dapat dipakai
    .label = { $name ->
        [http] bukan alamat
        [registry] bukan registri dan repositori
        [on] tidak ada mesin bernama itu
       *[other] bukan nama
    }
    .help = { $name ->
        [http] tulis alamat lengkap yang diawali `http://` atau `https://`, misalnya `http://localhost:8080/`
        [registry] tulis registri dan repositorinya, misalnya `localhost:5000/web`
        [on] nama mesinnya `node-a` dan `node-b`
       *[other] tulis nama tanpa spasi, misalnya `{ $name }: web`
    }
L062 = subjek pemeriksaan ditulis paling atas
    .label = pindahkan ke baris pertama
    .help = tulis `{ $name }:` di baris pertama blok, lalu yang lain di bawahnya

L070 = `{ $name }` tidak dikenal di kuis
    .label = tidak dikenal
    .help = { $near ->
        [none] yang ada: { $known }
       *[other] maksudmu `{ $near }`?
    }
L071 = kuis ini tidak punya jawaban
    .label = baru ada pertanyaannya
    .help = tambahkan `options`, `order`, `match`, atau `fact`
L072 = kuis hanya punya satu macam jawaban
    .label = sudah ada jawaban lain di atas
    .help = pindahkan `{ $name }` ke blok `quiz` sendiri
L073 = tidak ada pilihan yang benar
    .label = tidak satu pun punya `right: true`
    .help = tulis `right: true` pada pilihan yang benar; boleh lebih dari satu
L074 = `{ $name }` perlu paling sedikit dua isi
    .label = terlalu sedikit
    .help = tambahkan isinya: dengan satu isi, tidak ada yang perlu dipikirkan
L075 = isi ini ditulis dua kali
    .label = sama dengan yang di atas
    .help = ubah salah satunya; dua isi yang sama tidak dapat dibedakan
L076 = `fact` tidak menyebut apa yang dilihat
    .label = tidak ada subjek
    .help = tulis misalnya { "`fact: { image: mongo:4.1, path: RootFS.Layers, as: length }`" }
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
    }, bukan yang diharapkan di sini
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
        [engine] mesin untuk kursus
        [course] kursus
        [page] halamanmu sendiri
        [file] gambar situs
        [address] alamat halaman
       *[lesson] pelajaran
    }
    .label = bukan nama
    .help = { $kind ->
        [page] tulis jalur di bawah folder tiap bahasa, misalnya `about.md`
        [file] tulis jalur di bawah folder kursus, misalnya `logo.svg`
        [address] tulis jalur di bawah alamat situs, misalnya `dasar/named.html`
        [language] tulis kode bahasa seperti `id`, `en`, atau `pt-BR`
        [engine] tulis `private`, atau `private:` dan nama mesin pribadi lain; mesin sendiri mana yang dipakai ditentukan pelajar
       *[other] pakai huruf, angka, `-`, dan `_`; id pelajaran adalah nama berkasnya tanpa `.md`
    }
L106 = judul dalam bahasa `{ $lang }` belum ada
    .label = tidak ada `{ $lang }` di sini
    .help = tambahkan `{ $lang } = "…"`, karena kursus ini punya bahasa itu

L108 = `{ $url }` bukan { $key ->
        [url] alamat sebuah situs
        [edit] alamat yang memuat tempat halaman
       *[other] alamat sebuah halaman
    }
    .label = { $key ->
        [edit] tidak ada `{"{"}path{"}"}`, atau alamatnya tidak lengkap
       *[other] alamatnya tidak lengkap
    }
    .help = { $key ->
        [url] tulis `https://`, nama host, dan jalurnya, misalnya `https://example.org/kursus/`; tanpa spasi dan tanpa `?`
        [edit] tulis `{"{"}path{"}"}` di tempat jalur berkasnya, misalnya `https://example.org/kamu/kursus/edit/main/{"{"}path{"}"}`
       *[other] tulis lengkap, misalnya `https://example.org/kamu/kursus`
    }
L109 = { $ratio ->
        [none] `{ $colour }` bukan warna
       *[other] kontras teks berwarna `{ $colour }` hanya { $ratio }:1, sulit dibaca
    }
    .label = { $palette ->
        [light] untuk halaman terang
       *[dark] untuk halaman gelap
    }
    .help = { $ratio ->
        [none] tulis seperti `#0b5c74`
       *[other] pilih warna yang lebih { $palette ->
            [light] gelap
           *[dark] terang
        }: diperlukan 4,5:1
    }

L107 = { $encoding ->
    [utf-16] berkas ini teks UTF-16, bukan UTF-8
   *[other] berkas ini bukan teks UTF-8
}
    .label = { $encoding ->
        [utf-16] tiap huruf memakai dua byte
       *[other] byte ini tidak cocok dengan karakter apa pun
    }
    .help = { $encoding ->
        [utf-16] simpan berkasnya sebagai UTF-8 di editor teksmu, atau jalankan `iconv -f UTF-16 -t UTF-8 LAMA.md > BARU.md`
       *[other] simpan berkasnya sebagai UTF-8 di editor teksmu
    }

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
    .help = `requires` dan `authors` berisi id pelajaran: nama berkas tanpa `.md`
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
    .label = { $steps ->
        [unknown] teks sumbernya kini { $digest }
        [teacher] yang berubah hanya bagian untuk guru
       *[other] langkah yang berubah: { $steps }
    }
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
L147 = perintah ini tidak pernah selesai
    .label = { $why ->
        [inside] tidak ada yang menutup program yang dibukanya
        [service] berjalan terus sampai dihentikan
       *[question] perintah ini bertanya, dan tidak ada baris yang menjawab
    }
    .help = { $why ->
        [inside] tutup di blok ini: `exit` setelah prompt-nya, atau `^D` atau `^P^Q` di baris sendiri; tulis prompt-nya seperti di layar, atau sebut dengan `prompt='…'`
        [service] tulis `^C` di baris sendiri di bawah keluarannya, atau jalankan supaya berakhir: `-d`, `--no-stream`, `--until`, `timeout 5 …`
       *[question] tulis pertanyaannya seperti di layar, dengan jawabanmu sesudahnya: `Are you sure you want to continue? [y/N] y`; atau tambahkan `--force`
    }
L148 = perintah ini mungkin tidak pernah selesai
    .label = { $why ->
        [inside] tidak ada yang menutup program yang dibukanya, bila program itu menunggu masukan
        [service] berjalan selama yang diamatinya berjalan
       *[question] mungkin bertanya, dan tidak ada baris yang menjawab
    }
    .help = { $why ->
        [inside] bila menunggu, tutup di blok ini: `exit` setelah prompt-nya, atau `^D` atau `^P^Q` di baris sendiri; bila selesai sendiri, tulis yang dicetaknya
        [service] bila tidak selesai sendiri, tulis `^C` di baris sendiri di bawah keluarannya, atau pakai `-d`
       *[question] tulis pertanyaannya seperti di layar, dengan jawabanmu sesudahnya; atau pakai opsi yang tidak bertanya
    }
L149 = baris ini terbaca sebagai keluaran
    .label = { $kind ->
        [comment] tampaknya komentar, atau perintah root
        [command] tampaknya perintah, tetapi tidak diawali prompt
       *[continuation] tampaknya lanjutan perintah, padahal perintahnya sudah selesai
    }
    .help = { $kind ->
        [comment] pindahkan ke luar blok, atau tulis setelah prompt: komentar sebagai `$ # komentar`, perintah root dengan `sudo`; bila memang tercetak, biarkan saja
        [command] mulai baris itu dengan prompt; bila memang tercetak, biarkan saja
       *[continuation] akhiri baris sebelumnya dengan `\` tanpa apa pun sesudahnya, atau gabungkan keduanya; kalau ini diketik ke sebuah program, sebutkan promptnya: `prompt='> '`; bila memang tercetak, biarkan saja
    }
L150 = pelajaran ini terdiri dari { $number } kata
    .label = lebih dari { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L151 = pelajaran ini punya { $number } perintah
    .label = ini yang pertama setelah { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L152 = pelajaran ini memakan { $number } menit
    .label = lebih dari { $limit }
    .help = bagi menjadi dua pelajaran: orang belajar lewat pelajaran pendek
L153 = `{ $word }` belum diisi
    .label = ini pengganti sementara
    .help = tulis yang benar-benar diketik: bash memakainya apa adanya, dan `<` berarti membaca dari berkas
L154 = keluaran ini memuat { $kind ->
        [host] nama host
        [kernel] rilis kernel
        [user] nama pengguna
        [home] folder rumah
        [memory] jumlah memori
       *[other] alamat
    } komputermu: `{ $value }`
    .label = komputer lain mencetak yang lain di sini
    .help = tulis `[..]` sebagai gantinya
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
file-special = { $path } adalah pipa, perangkat, atau soket, padahal yang diharapkan berkas biasa. Simpan teksnya dalam berkas, lalu sebutkan berkas itu.
file-permission = { $path }: kamu tidak punya izin untuk { $action ->
        [write] menulisnya
       *[read] membacanya
    }. Tanyakan kepada pemiliknya, atau lihat izinnya dengan `ls -l`.
file-not-utf8 = { $encoding ->
    [utf-16] { $path } adalah teks UTF-16, bukan UTF-8. Simpan sebagai UTF-8 di editor teksmu.
   *[other] { $path } bukan teks UTF-8: byte ke-{ $offset } tidak cocok dengan karakter apa pun. Simpan sebagai UTF-8 di editor teksmu.
}
file-too-large = { $path } berukuran { $size } byte; sebuah pelajaran paling besar { $limit } byte. Benarkah ini pelajaran?
file-link = { $path } adalah tautan ke { $target }. Dermaga tidak menulis lewat tautan ini. Sebutkan berkas yang ditujunya, atau hapus tautannya.
file-outside = { $path } tidak ada di dalam { $root }, jadi tidak ditulis. Jalankan Dermaga di tempat berkas itu, lalu sebutkan namanya di sana.
file-not-regular = { $path } adalah pipa, perangkat, atau soket, padahal Dermaga hanya menulis ke berkas biasa. Sebutkan sebuah berkas; di tempat yang menerima `-`, tanda itu berarti keluaran standar.
file-hard-link = { $path } punya nama kedua (tautan keras), dan keduanya akan terpisah. Jadikan dulu berkas tersendiri: salin, lalu pindahkan salinannya ke nama ini.
file-write-protected = { $path } dilindungi dari penulisan. Izinkan dulu: `chmod u+w { $path }`
file-read-only-disk = { $path } ada di diska yang hanya dapat dibaca. Sebutkan berkas di tempat lain.
file-no-directory = Direktori { $path } belum ada. Buat dulu: `mkdir -p { $path }`
file-not-directory = { $path } adalah berkas, padahal yang diharapkan direktori. Sebutkan direktori lain.
file-no-space = { $path }: diska sudah penuh. Isi berkas ini masih seperti semula; kosongkan sebagian diska lalu coba lagi.
file-changed = { $path } diubah pihak lain sejak dibaca. Berkas itu dibiarkan; jalankan perintahnya sekali lagi.
file-exists = { $path } sudah ada. Berkas itu dibiarkan; pilih nama lain, atau pindahkan dulu.
file-other = { $path }: { $detail }
no-course = Tidak ada kursus di sini: tidak ada `course.toml` di { $path }, di `lessons` di dalamnya, atau di atasnya. Sebutkan pelajaran atau kursusnya, atau buat yang baru dengan `dermaga new course DIR`.

# dermaga lint

lint-fixed = { $path }: diperbaiki di { $count } tempat
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
