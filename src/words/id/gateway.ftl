# Gateway: yang ditolak penjaga, alasannya, dan jalan keluarnya. Docker mencetaknya sesudah "Error response from daemon: Dermaga:",
# sebagai teks polos dalam satu baris.
gateway-privileged = { $what } memberi kontainer kuasa penuh atas komputermu, dan pelajaran ini tidak memerlukannya. Jalankan tanpa opsi itu.
gateway-privileged-build = { $what } memberi langkah-langkah pembangunan kuasa penuh atas komputermu, dan pelajaran ini tidak memerlukannya. Bangun tanpa opsi itu.
gateway-host-mount = { $what } ada di luar direktori pelajaran, jadi tidak dipasang ke dalam kontainer: berkasmu tetap aman. Pakai jalur di dalam direktori itu.
gateway-engine-socket = { $what } adalah soket mesin Docker. Kontainer yang memegangnya dapat berbuat apa saja pada komputermu. Jalankan tanpa pemasangan itu.
gateway-host-namespace = { $what } membuat kontainer berbagi proses, jaringan, atau pengguna dengan komputermu. Jalankan tanpa opsi itu.
gateway-capability = Dengan kemampuan { $what }, kontainer dapat mengubah komputermu. Jalankan tanpa opsi itu.
gateway-confinement = { $what } melepas pemisah antara kontainer dan komputermu. Jalankan tanpa opsi itu.
gateway-device = Perangkat { $what } milik komputermu, bukan milik pelajaran. Jalankan tanpa opsi itu.
gateway-foreign = { $what } bukan buatan pelajaran ini, jadi pelajaran ini tidak menyentuhnya. Kalau pelajaran memerlukan nama itu, mulai lagi dengan --engine private.
gateway-prune = { $what } bisa ikut menghapus yang bukan buatan pelajaran ini. Hapus yang tidak kamu perlukan dengan menyebut namanya.
gateway-swarm = Swarm ({ $what }) mengubah seluruh mesin Docker, juga untuk yang bukan milik pelajaran. Coba di mesin pribadi: dermaga learn --engine private.
gateway-plugin = Plugin ({ $what }) mengubah seluruh mesin Docker, juga untuk yang bukan milik pelajaran. Coba di mesin pribadi: dermaga learn --engine private.
gateway-unknown = Dermaga tidak mengenal permintaan { $what }, jadi tidak meneruskannya ke mesin Dockermu. Coba di mesin pribadi: dermaga learn --engine private.
gateway-option = { $what } mungkin menjangkau komputermu, atau Dermaga tidak tahu akibatnya, jadi tidak diteruskan. Jalankan tanpa opsi itu.
gateway-unresolved = Mesin Docker tidak memberi tahu siapa yang membuat { $what } ({ $detail }), jadi permintaan ini tidak diteruskan. Pastikan docker info menjawab, lalu jalankan lagi.
gateway-malformed = Permintaan ini tidak ditulis dalam bentuk yang aman untuk diteruskan ({ $detail }).
gateway-no-journal = Catatan pembersihan tidak dapat ditulis ({ $detail }), jadi permintaan ini tidak diteruskan. Pastikan diska masih punya ruang, lalu jalankan lagi.

# Gateway yang tidak dapat dimulai
gateway-failed-socket = Gateway tidak dapat membuka soket { $path }: { $detail }
    .next = Periksa izin direktorinya, dan apakah pelajaran yang sama masih berjalan di terminal lain.
gateway-failed-journal = Catatan pembersihan { $path } tidak dapat ditulis: { $detail }
    .next = Periksa izin dan ruang diska, dan apakah pelajaran yang sama masih berjalan di terminal lain.
gateway-failed-full = Diska penuh, jadi catatan pembersihan { $path } tidak dapat ditulis. Tanpa catatan itu, Dermaga tidak akan tahu apa yang boleh dihapus dari mesinmu.
    .next = Kosongkan sedikit ruang, atau belajar di mesin pribadi, yang tidak memerlukannya: `dermaga learn --engine private`.
gateway-failed-read-only = Catatan pembersihan { $path } tidak dapat ditulis: tempatnya hanya dapat dibaca. Tanpa catatan itu, Dermaga tidak akan tahu apa yang boleh dihapus dari mesinmu.
    .next = Pilih tempat lain, misalnya `export XDG_STATE_HOME=/tmp/dermaga-state`, atau belajar di mesin pribadi: `dermaga learn --engine private`.

# Membersihkan
clean-container = kontainer
clean-network = jaringan
clean-volume = volume
clean-volume-unnamed = volume tanpa nama
clean-image = nama image
clean-file = berkas
clean-thing = { $kind } { $name }, dari pelajaran { $lesson }
clean-nothing = Tidak ada yang ditinggalkan pelajaran di mesin ini.
clean-nothing-else = Selain image yang diambil, tidak ada yang ditinggalkan pelajaran di mesin ini.
clean-doubtful = Ini dibuat saat Dermaga atau Docker terputus di tengah pelajaran. Mungkin milikmu sendiri, jadi dibiarkan:
clean-doubtful-thing = { $kind } { $name }; kalau tidak kamu perlukan: `{ $command } { $name }`
clean-pulled = { $count } image yang diambil pelajaran masih ada, supaya tidak perlu diunduh lagi (paling banyak { $size }). `dermaga clean --images` menghapusnya.
clean-would = { $count } benda di atas akan dihapus. Jalankan tanpa --dry-run untuk menghapusnya.
clean-ask = Hapus semuanya? [y/T]
clean-yes = y ya
clean-not = Tidak ada yang dihapus. Tambahkan --yes untuk menghapus tanpa ditanya.
clean-done = { $count } benda dihapus; yang lain tidak disentuh.
clean-kept = { $kind } { $name } tidak dapat dihapus: { $why }
