# The site
book-skip = Langsung ke isi
book-skip-contents = Langsung ke daftar isi
book-fold = Pelajaran { $group }
book-step-done = selesai
book-contents = Daftar isi
book-theme-auto = Tema: ikut perangkat
book-theme-light = Tema: terang
book-theme-dark = Tema: gelap
book-help = Bantuan
book-search = Cari
book-search-what = Cari kata atau perintah
book-search-hint = Panah memilih, Enter membuka, Esc menutup.
book-search-results = Hasil pencarian
book-search-none = Tidak ada yang cocok. Coba kata lain atau lihat glosarium.
book-search-failed = Indeks pencarian tidak dapat dimuat. Muat ulang halaman ini.
book-search-found = Hasil:
book-search-without = tanpa:
book-key-search = mencari
book-close = Tutup
book-key-steps = ke langkah berikutnya atau sebelumnya
book-key-help = membuka bantuan ini
book-key-close = menutup kotak
book-keys-on = Pintasan papan ketik menyala
book-progress = Kemajuanmu
book-progress-why = Kemajuan disimpan di peramban ini saja.
book-language = Bahasa
book-home = Beranda
book-more = Lainnya
book-architecture = Arsitektur
book-glossary = Glosarium
book-verified = Yang sudah dibuktikan
book-mark-missing = belum diterjemahkan
book-mark-outdated = terjemahan lama
book-mark-partly = sebagian terjemahan lama
book-start = Mulai belajar
book-how = Cara belajar
book-lessons = Pelajaran
book-promise-proved = Terbukti
book-promise-own = Di mesinmu
book-promise-own-why = Tanpa akun, juga tanpa internet.
book-promise-helped = Dibantu
book-promise-helped-why = Ada petunjuk bertahap dan jawaban dengan alasannya.
book-way-read = Baca di sini
book-way-read-why = Salin perintahnya ke terminalmu, lalu bandingkan keluarannya.
book-way-learn = Belajar di terminal
book-way-learn-why = Tutor memeriksa tiap langkah dan memberi petunjuk.
book-sample = Seperti apa satu langkah?
book-sample-why = Inilah perintah dengan keluarannya.
book-glossary-why = Istilah yang dipakai dalam pelajaran.
book-architecture-why = Bagaimana klien, mesin, dan registri bekerja bersama.
book-architecture-text = 
    Saat kamu mengetik `docker run nginx`:

    1. **Klien** mengirim permintaanmu kepada mesin lewat API. Klien dan mesin boleh berada di komputer yang berbeda.
    2. **Mesin** mencari image itu di host. Bila belum ada, mesin mengambilnya dari **registri**, biasanya Docker Hub.
    3. Image terdiri dari **lapisan** yang hanya bisa dibaca. Lapisan yang sudah ada tidak diambil lagi.
    4. Mesin membuat **kontainer** dari image itu: menambah satu lapisan tulis, memberi jaringan, lalu menjalankan prosesnya.
    5. Saat prosesnya selesai, kontainer berhenti. Kontainer tetap ada sampai kamu menghapusnya; image-nya juga.
book-lost = Halaman tidak ditemukan
book-lost-why = Alamat ini tidak menuju ke mana pun.
book-verified-link = bukti
book-not-recorded = belum dicatat
book-objectives = Setelah pelajaran ini kamu dapat:
book-turn = Pelajaran sebelum dan sesudah
book-previous = Sebelumnya
book-next = Berikutnya
book-notice-missing = Halaman ini belum diterjemahkan; inilah teks aslinya.
book-notice-outdated = Sumber halaman ini berubah sejak diterjemahkan.
book-notice-step = Langkah aslinya berubah setelah terjemahan ini diperbarui pada { $day }. Bacalah yang asli:
book-notice-step-undated = Langkah aslinya berubah sejak diterjemahkan. Bacalah yang asli:
book-notice-opening = Pembukaan aslinya berubah setelah terjemahan ini diperbarui pada { $day }. Bacalah yang asli:
book-notice-opening-undated = Pembukaan aslinya berubah sejak diterjemahkan. Bacalah yang asli:
book-repository = Repositori
book-edit = Sunting halaman ini
book-report = Laporkan kesalahan
book-moved = Halaman ini sudah pindah.
book-authors = Untuk penulis
book-authors-why = Ini satu berkas pelajaran, bagian demi bagian: yang ditulis penulisnya, dan halaman yang dibuat Dermaga darinya saat situs ini dibangun.
book-authors-written = Ditulis
book-authors-shown = Ditampilkan
book-authors-prove = Buktikan pelajaran ini di mesinmu sendiri. Di folder kursus:
book-key = Kunci jawaban
book-qr = Pelajaran ini di web
book-handout = Cetak sebagai lembar pelajaran
book-footer = Dibuat dengan Dermaga.
book-copied = Disalin
book-copy-failed = Tidak dapat menyalin
book-copy = Salin
book-save = Simpan
book-terminal = Terminal
book-solution = Jawaban
book-gap = isi bagian ini
book-blank = Lengkapi perintah
book-letters = Huruf
book-used-in = Baca di
book-reveal = Tampilkan keluaran
book-claims = Yang diperiksa
book-claims-why = Langkah ini selesai bila semua ini benar:
book-hint = Petunjuk
book-variant-docker = Docker, penyimpanan klasik
book-variant-containerd = Docker, penyimpanan containerd
book-variant-podman = Podman
book-variant-other = lainnya
book-variants = Versi
book-quiz = Kuis
book-quiz-check = Periksa jawaban
book-quiz-many = Boleh pilih lebih dari satu.
book-quiz-order = Urutkan dengan tombol.
book-quiz-choose = pilih
book-quiz-choose-first = Pilih jawaban dulu.
book-quiz-up = Naikkan
book-quiz-down = Turunkan
book-quiz-fact = Jawabannya ada di mesinmu. Perintah ini menunjukkannya:
book-answer = Jawaban
book-right = Benar.
book-wrong = Belum tepat.
book-all-right = Semua benar.
book-not-yet = Belum tepat. Coba lagi.
book-shuffle-commands = Urutkan perintah ini.
book-done = Tandai selesai
book-done-undo = Selesai
book-aside-note = Catatan
book-aside-tip = Tips
book-aside-important = Penting
book-aside-warning = Peringatan
book-aside-caution = Bahaya
book-quay = Kapal peti kemas di dermaga
book-drawing-title = Arsitektur Docker
book-drawing-desc = Klien meminta kepada mesin di host. Mesin mengambil image dari registri dan menjalankan kontainer dari image.
book-drawing-host = Host
book-drawing-client = Klien
book-drawing-engine = Mesin Docker
book-drawing-engine-does = mengambil, membuat, menjalankan
book-drawing-images = Image
book-drawing-layers = lapisan
book-drawing-containers = Kontainer
book-drawing-running = berjalan
book-drawing-exited = berhenti
book-drawing-registry = Registri
book-failed-nothing = Tidak ada pelajaran untuk diterbitkan.
    .next = Periksa isi course.toml.
book-copy-command = Salin perintah { $command }
book-copy-code = Salin kode
book-footnote-back = Kembali ke teks
book-copy-file = Salin { $file }
book-save-file = Simpan { $file }
book-step-link = Tautan ke langkah { $title }
book-exit = Status keluar: { $code }
book-hint-of = Petunjuk { $number } dari { $of }
book-variant-between = Docker { $since } sampai { $until }
book-variant-since = Docker { $since } ke atas
book-variant-until = Docker { $until } ke bawah
book-shuffle-lines = Urutkan baris { $file }.
book-describe = Yang kamu pelajari: { $objectives }.
book-more-lines = { $count } baris lagi
book-minutes = { $count } mnt
book-count-lessons = { $count } pelajaran
book-count-steps = { $count } langkah
book-count-minutes = { $count } menit
book-failed-render = mdBook tidak dapat membuat halaman: { $reason }
book-failed-url = { $url } bukan alamat sebuah situs. Tidak ada yang ditulis.
    .next = Tulis selengkapnya, misalnya https://contoh.id/kursus/.
book-no-url = Alamat situs belum diketahui, jadi tidak ada sitemap dan gambar pratinjau tautan, dan 404.html menganggap situs berada di akar hostnya. Tulis `url = "https://…"` di bawah `[site]` di course.toml, atau beri --url.
book-failed-taken = Dua halaman ingin memakai alamat { $path }.
    .next = Ganti nama salah satunya.
book-failed-not-ours = { $path } berisi berkas lain dan tidak ditimpa.
    .next = Pilih direktori lain dengan --dest.
book-failed-foreign = { $path } bukan hasil pembuatan sebelumnya dan tidak ditimpa. Tidak ada yang ditulis.
    .next = Pindahkan berkas itu, atau pilih direktori lain dengan --dest.
book-built = { $count } halaman ditulis ke { $path }.
book-failed-lessons = `dermaga lint` menemukan { $count } kesalahan, jadi situs tidak dibuat dan tidak ada yang ditulis.
    .next = Perbaiki yang ditunjukkan di atas.
book-outward = { $count } tautan menuju situs lain dan tidak diperiksa; --verbose menyebutkannya.
book-failed-dead = { $count } tautan atau gambar tidak menuju ke mana pun, jadi situs tidak dibuat.
    .next = Perbaiki tautan yang ditunjukkan di atas.
    .next = Periksa HTML di pelajaran itu.
B101 = berkas ini di luar direktori kursus
    .label = { $path }
    .help = salin berkasnya ke dalam kursus; yang di luarnya tidak diterbitkan
B102 = berkas ini dapat menjalankan kode di peramban pembaca
    .label = { $path }
    .help = simpan gambarnya tanpa skrip, atau tautkan ke situs lain
B103 = { $problem ->
    [directory] ini direktori, jadi tidak dapat diterbitkan
    [special] ini pipa, perangkat, atau soket, jadi tidak dapat diterbitkan
    [large] berkas ini terlalu besar untuk diterbitkan
   *[other] berkas ini tidak dapat dibaca
}
    .label = { $path }
    .help = tautkan ke berkas biasa di dalam kursus
book-lead = Belajar langkah demi langkah: perintahnya, keluarannya, dan cara memeriksa hasilnya.
book-promise-provable = Bisa diuji
book-claim-none = Belum ada pelajaran yang dicatat terbukti. Perintahnya dapat diuji dengan `dermaga test`.
book-claim-some = { $proved } dari { $all } pelajaran sudah dijalankan pada { $engines }, terakhir { $day }.
book-claim-all = Semua pelajaran ({ $all }) sudah dijalankan pada { $engines }, terakhir { $day }.
book-verified-why = Dermaga menjalankan setiap perintah, lalu membandingkan keluaran, status keluar, dan keadaan mesin dengan yang tertulis. Tanda terbukti hilang begitu perintah atau keluarannya diubah.
book-verified-lesson = Pelajaran
book-verified-steps = Langkah
book-verified-engine = Mesin
book-verified-day = Tanggal
book-verified-same = mesin dan CLI { $engine }
book-verified-exactly = mesin { $engine }, CLI { $cli }
book-of = { $count } dari { $of }
book-unproved = Yang belum dibuktikan
book-unproved-why = Bagian ini butuh versi atau kemampuan yang tidak ada pada mesin di atas.
book-proved-on = Terbukti pada
book-variant-unproved = Bentuk ini belum dijalankan pada mesin sungguhan.
book-date = { $day } { $month ->
    [m1] Januari
    [m2] Februari
    [m3] Maret
    [m4] April
    [m5] Mei
    [m6] Juni
    [m7] Juli
    [m8] Agustus
    [m9] September
    [m10] Oktober
    [m11] November
   *[m12] Desember
} { $year }
book-replay = Putar rekaman
book-replay-label = Rekaman langkah ini
book-replay-screen = Layar rekaman
book-replay-play = Putar
book-replay-pause = Jeda
book-replay-playing = Rekaman diputar
book-replay-paused = Rekaman dijeda
book-replay-done = Rekaman selesai
book-replay-back = Perintah sebelumnya
book-replay-next = Perintah berikutnya
book-replay-time = Waktu
book-replay-speed = Kecepatan
book-replay-failed = Rekaman tidak dapat dimuat
book-count-seconds = { $count } detik
book-states = Keadaan mesin, seperti direkam.
book-state-before = Sebelum langkah ini
book-state-after = Sesudah langkah ini
book-state-new = baru
book-state-changed = berubah
book-state-gone = dihapus
book-state-none = belum ada
book-state-layers = { $count } lapisan
book-state-drawn = { " " }({ $count } digambar)
book-state-network = jaringan { $name }
book-state-no-network = tanpa jaringan
book-state-volumes = Volume
book-state-from = dari { $image }
book-state-also = juga di { $networks }
book-state-ports = port { $ports }
book-state-mount = volume { $volume } di { $path }
book-state-pulled = diambil
book-state-pushed = dikirim
book-state-running = berjalan
book-state-exited = berhenti
book-state-created = dibuat
book-state-paused = dijeda
book-state-restarting = dimulai ulang
book-state-dead = mati
book-state-removing = dihapus
book-decimal = ,
book-whole = Cetak seluruh buku
book-whole-why = Semua pelajaran di satu halaman, siap dicetak atau disimpan sebagai PDF.
book-print = Cetak atau simpan PDF
book-progress-of = %1 dari %2
book-lesson-done = selesai
book-go-on = Lanjutkan belajar
book-export = Ekspor
book-import = Impor
book-reset = Hapus kemajuan
book-reset-sure = Yakin? Tekan sekali lagi
book-reset-done = Kemajuan dihapus.
book-imported = Kemajuan ditambahkan.
book-import-failed = Berkas itu bukan kemajuan kursus ini.
book-export-name = kemajuan-dermaga.json
book-not-kept = Peramban ini tidak menyimpannya setelah ditutup; ekspor dulu.
book-all-lessons = Semua { $count } pelajaran
