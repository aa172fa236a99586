# Kemajuan, ulangan, menu.
language-name = Indonesia
menu-help-few = ↑↓ pilih, Enter lanjut, Esc kembali
menu-help = ↑↓ pilih, Enter mulai, ketik untuk mencari, Esc kembali
menu-line = Ketik nomor atau sebagian judul, atau q untuk kembali [{ $default }]:
menu-unknown = `{ $typed }` tidak menunjuk tepat satu baris. Ketik nomornya.
menu-yes = ya
menu-no = tidak
menu-yes-or-no = Jawab `ya` atau `tidak`.
menu-empty = Tidak ada kursus di sini, dan kursus bawaan tidak dapat dibuka.
menu-done = selesai
menu-done-helped = selesai, dibantu
menu-begun = { $passed } dari { $steps } lulus
menu-changed = { $passed } dari { $steps }, isinya berubah
menu-new = belum
menu-minutes = { $count } menit
menu-stopped = terakhir di sini
menu-here = di sini
menu-review = Ulangi pertanyaan: { $count } jatuh tempo
menu-other-course = Kursus lain: { $title }
menu-needs = Pelajaran ini memakai image:
menu-image-here = sudah ada
menu-image-missing = akan diunduh, { $size }
menu-image-unknown = belum diketahui ada atau tidak; unduhannya { $size }
menu-size-unknown = ukuran tidak diketahui
menu-total = Jumlah unduhan: { $size }.
menu-total-at-least = Jumlah unduhan: paling sedikit { $size }; sisanya tidak diketahui.
menu-total-unknown = Jumlah unduhan: tidak diketahui.
menu-begin = Mulai?

welcome-1 = Selamat datang di Dermaga.
welcome-2 = Di sini kamu belajar Docker dengan mengetik perintah sungguhan, selangkah demi selangkah.
welcome-3 = Tiap langkah diperiksa pada mesin Docker. Kamu boleh salah: Dermaga memberi tahu apa yang terlihat.
welcome-engine = Mesin yang ditemukan: { $engine }
welcome-private = Belum ada mesin Docker yang menjawab, jadi pelajaran memakai mesin pribadi milik Dermaga.
welcome-no-engine = Belum ada mesin Docker yang menjawab. Jalankan `dermaga doctor` untuk tahu sebabnya.
welcome-language = Bahasa

progress-memory = Kemajuanmu tidak dapat disimpan di { $path }: { $reason ->
        [full] diska penuh
        [forbidden] tidak ada izin menulis
        [busy] berkasnya sedang dipakai
        [damaged] berkasnya rusak dan berkas baru tidak bisa dibuat
        [newer] berkasnya ditulis Dermaga yang lebih baru; perbarui Dermaga ini supaya bisa menyimpan
       *[other] { $detail }
    }. Pelajaran tetap berjalan; kemajuan sesi ini hilang saat kamu keluar.
progress-restored = Berkas kemajuanmu tidak bisa dibaca. Berkas itu disimpan sebagai { $path }. { $entries ->
        [0] Tidak ada catatan yang terbaca di dalamnya atau di salinannya, jadi kemajuanmu mulai dari awal.
       *[other] Berkas baru memuat { $entries } catatan yang terbaca di dalamnya atau di salinannya. Yang mungkin hilang hanyalah yang kamu kerjakan sejak akhir pelajaran terakhirmu.
    }
progress-from-copy = { $entries } catatan tidak ada lagi di berkas kemajuanmu dan dikembalikan dari salinannya.
progress-unsaved = Langkah terakhir belum tersimpan: { $reason ->
        [full] diska penuh. Kosongkan sedikit ruang; Dermaga mencoba lagi pada langkah berikutnya.
        [forbidden] tidak ada izin menulis. Dermaga mencoba lagi pada langkah berikutnya.
        [busy] berkasnya sedang dipakai. Dermaga mencoba lagi pada langkah berikutnya.
        [damaged] berkasnya rusak dan berkas baru tidak bisa dibuat. Dermaga mencoba lagi pada langkah berikutnya.
        [newer] berkasnya kini ditulis Dermaga yang lebih baru. Perbarui Dermaga ini.
       *[other] { $detail }. Dermaga mencoba lagi pada langkah berikutnya.
    }
progress-saved-again = Kemajuanmu kini tersimpan semua.
progress-import-empty = Berkas ini kosong.
    .next = Ekspor lagi di komputer asalnya: `dermaga progress --export kemajuan.json`.
progress-import-cut = Berkas ini terpotong: akhirnya tidak ada.
    .next = Salin lagi, atau ekspor lagi di komputer asalnya: `dermaga progress --export kemajuan.json`.
progress-import-not-json = Ini bukan berkas kemajuan Dermaga: mulai baris { $line }, kolom { $column }, isinya bukan JSON.
    .next = Pakai berkas hasil `dermaga progress --export`.
progress-import-not-ours = Ini bukan berkas kemajuan Dermaga.
    .next = Pakai berkas hasil `dermaga progress --export`.
progress-import-newer = Berkas ini berbentuk versi { $version }; Dermaga ini mengenal sampai versi { $known }.
    .next = Perbarui Dermaga, lalu coba lagi.

progress-course = { $title }: { $done } dari { $lessons } pelajaran selesai
progress-lesson-symbol = [{ $mark }] { $title }, { $state }
progress-due = Pertanyaan yang jatuh tempo: { $count }. Jalankan `dermaga review`.
progress-nothing = Belum ada yang kamu selesaikan. Mulailah dengan `dermaga learn`.
progress-exported = { $count } catatan disimpan di { $path }.
progress-imported = { $count ->
    [0] Semua catatan di berkas itu sudah ada di sini.
   *[other] { $count } catatan baru digabungkan.
 }
progress-import-unsaved = { $count } catatan baru dibaca, tetapi belum tersimpan.
progress-unreadable = { $count } bagian berkas itu bukan catatan dan dilewati.
review-nothing = Tidak ada pertanyaan yang jatuh tempo.
review-next = Yang terdekat jatuh tempo dalam { $count } hari.
review-from = Dari { $title } ({ $number } dari { $all })
review-broken = Pertanyaan ini perlu mesin Docker yang menjawab; dilewati.
review-end = { $right } benar dari { $asked } pertanyaan.
review-later = { $count ->
        [1] Satu pertanyaan lagi menunggu. Ulangi kapan saja: `dermaga review`.
       *[other] { $count } pertanyaan lain menunggu. Ulangi kapan saja: `dermaga review`.
    }
