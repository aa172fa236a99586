# dermaga serve
serve-ready = { $count } halaman disajikan; simpan pelajaran dan halamannya segar sendiri. Ctrl-C untuk selesai.
serve-waiting = Situs belum dapat dibuat; begitu pelajarannya diperbaiki, halamannya muncul sendiri. Ctrl-C untuk selesai.
serve-taken = Port { $port } sedang dipakai, jadi situs ada di port { $other }.
serve-changed = Situs berubah dan selesai dibangun ulang dalam { $time } ms.
serve-mended = Sudah diperbaiki.
serve-wrong = Pelajaran belum dapat ditampilkan
serve-wrong-why = Perbaiki yang tertulis di bawah ini, lalu simpan. Halaman ini segar sendiri.
serve-slow-watch = Perubahan berkas tidak dapat dipantau sistem, jadi berkas dilihat tiap detik.
serve-failed-port = Tidak ada port yang dapat dipakai untuk menyajikan situs.
    .next = Hentikan program yang memakainya, atau sebutkan port lain dengan --port.
serve-failed-watch = Perubahan di { $path } tidak dapat dipantau.
    .next = Periksa izin direktori itu.

# dermaga preprocess
preprocess-failed-input = Masukan ini bukan buku dari mdBook 0.5: { $reason }
    .next = Perintah ini dijalankan oleh mdBook. Tulis di book.toml: [preprocessor.dermaga] dengan command = "dermaga preprocess" dan after = ["links"].
preprocess-failed-version = Buku ini dikirim oleh mdBook { $version }; Dermaga memerlukan mdBook 0.5.
    .next = Pasang dengan `cargo install mdbook`, lalu bangun lagi bukunya.
preprocess-failed-output = Buku tidak dapat dikembalikan ke mdBook.
preprocess-terminal = papan ketik bukan masukannya
# { $place } seperti `src/bab.md:12`, { $reason } sebuah temuan lint.
preprocess-warning = { $place }: { $reason } [{ $code }]{ $kept ->
    [fence] . Blok ini ditampilkan seperti yang kamu tulis.
   *[none] .
}
preprocess-edits = { $place }: bab ini ditampilkan seperti yang kamu tulis, karena langkahnya tidak dapat dimasukkan ({ $reason }).
