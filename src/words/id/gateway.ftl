# Gateway: yang ditolak penjaga. Docker mencetaknya sesudah "Error response from daemon:", jadi satu baris.
gateway-privileged = `{ $what }` memberi kontainer kuasa penuh atas komputermu; pelajaran ini tidak memerlukannya.
gateway-privileged-build = `{ $what }` memberi langkah-langkah pembangunan kuasa penuh atas komputermu; pelajaran ini tidak memerlukannya.
gateway-host-mount = { $what } berada di luar direktori pelajaran, jadi tidak dipasang ke dalam kontainer agar berkasmu aman.
gateway-engine-socket = { $what } adalah soket mesin Docker; kontainer yang memegangnya dapat berbuat apa saja pada komputermu.
gateway-host-namespace = { $what } membuat kontainer berbagi proses, jaringan, atau pengguna dengan komputermu.
gateway-capability = Kemampuan { $what } membuat kontainer dapat mengubah komputermu.
gateway-confinement = { $what } melepas pengaman kontainer.
gateway-device = Perangkat { $what } milik komputermu, bukan bagian pelajaran.
gateway-foreign = { $what } sudah ada sebelum pelajaran ini, jadi pelajaran ini tidak menyentuhnya. Kalau namanya diperlukan pelajaran, mulai pelajaran ini dengan `--engine private`.
gateway-prune = { $what } bisa ikut menghapus yang bukan buatan pelajaran ini.
gateway-swarm = Swarm mengubah seluruh mesin Docker ({ $what }). Pakai mesin pribadi: `dermaga learn --engine private`.
gateway-plugin = Plugin mengubah seluruh mesin Docker ({ $what }). Pakai mesin pribadi: `dermaga learn --engine private`.
gateway-unknown = Permintaan { $what } tidak dikenal, jadi tidak diteruskan.
gateway-option = { $what } dapat menjangkau komputermu, atau Dermaga tidak tahu akibatnya, jadi tidak diteruskan.
gateway-unresolved = mesin Docker tidak menjawab milik siapa { $what } ({ $detail }), jadi permintaan ini tidak diteruskan. Pastikan `docker info` menjawab, lalu jalankan lagi.
gateway-insist = Kalau memang itu maksudmu, izinkan dulu lewat Dermaga (aturan: { $rule }), lalu jalankan lagi.
gateway-malformed = permintaan ini tidak ditulis dengan bentuk yang aman diteruskan ({ $detail }).
gateway-no-journal = catatan pembersihan tidak dapat ditulis ({ $detail }), jadi permintaan ini tidak diteruskan. Periksa ruang diska, lalu jalankan lagi.

# Gateway yang tidak dapat dimulai
gateway-failed-socket = Gateway tidak dapat membuka soket { $path }: { $detail }
    .next = Periksa izin direktorinya, dan apakah pelajaran yang sama masih berjalan di terminal lain.
gateway-failed-journal = Catatan pembersihan { $path } tidak dapat ditulis: { $detail }
    .next = Periksa izin dan ruang diska, dan apakah pelajaran yang sama masih berjalan di terminal lain.
gateway-failed-full = Diska penuh, jadi catatan pembersihan { $path } tidak dapat ditulis. Tanpa catatan itu, Dermaga tidak akan tahu apa yang boleh dihapus dari mesinmu.
    .next = Kosongkan sedikit ruang, atau belajar di mesin pribadi, yang tidak memerlukannya: `dermaga learn --engine private`.
gateway-failed-read-only = Catatan pembersihan { $path } tidak dapat ditulis: tempatnya hanya dapat dibaca. Tanpa catatan itu, Dermaga tidak akan tahu apa yang boleh dihapus dari mesinmu.
    .next = Pilih tempat lain, misalnya `export XDG_STATE_HOME=/tmp/dermaga-state`, atau belajar di mesin pribadi: `dermaga learn --engine private`.
gateway-failed-session = `{ $name }` tidak dapat menjadi nama sesi.
    .next = Pakai huruf, angka, `-`, `_`, dan `.`, paling banyak 64.

# Membersihkan
clean-container = kontainer
clean-network = jaringan
clean-volume = volume
clean-volume-unnamed = volume tanpa nama
clean-image = nama image
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
