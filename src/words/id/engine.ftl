# engine (id)

# Mesin pribadi (sandbox)
sandbox-not-linux = Mesin pribadi hanya berjalan di Linux, sedangkan komputer ini memakai { $os }.
    .next = Pakai mesin yang sudah ada: --engine current.
sandbox-not-root = Mesin pribadi membutuhkan hak root.
    .next = Jalankan lagi dengan sudo, atau pakai mesin yang sudah ada: --engine current.
sandbox-missing = Mesin pribadi membutuhkan program yang belum terpasang: { $programs }.
    .next = Pasang dahulu (di Debian: paket { $packages }), atau pakai mesin yang sudah ada: --engine current.
sandbox-missing-apt = Mesin pribadi membutuhkan program yang belum terpasang: { $programs }.
    .next = Pasang dengan `sudo apt-get install { $packages }`, atau pakai mesin yang sudah ada: --engine current.
sandbox-bad-name = "{ $name }" tidak bisa menjadi nama mesin pribadi.
    .next = Pakai huruf kecil, angka, dan tanda hubung, paling banyak 40, dengan huruf atau angka di depan.
sandbox-long-path = Jalur { $path } terlalu panjang untuk soket Unix: kelebihan { $over } bita.
    .next = Pilih direktori dengan jalur yang lebih pendek.
sandbox-busy = Mesin pribadi "{ $name }" sudah berjalan.
    .next = Hentikan dahulu dengan `dermaga engine stop`; lihat yang berjalan dengan `dermaga engine status`.
sandbox-not-running = Mesin pribadi "{ $name }" tidak berjalan.
    .next = Mulai dengan `dermaga engine start`.
sandbox-setup = Mesin pribadi tidak bisa disiapkan, berhenti pada { $step }: { $error }
    { $tail }
    .next = Di dalam kontainer, mesin pribadi membutuhkan --privileged. Selain itu, pakai --engine current.
sandbox-died = Mesin pribadi berhenti sebelum siap ({ $status }). Akhir lognya:
    { $tail }
    .next = Baris terakhir biasanya menyebut sebabnya. Bila mesin ini tidak bisa dipakai, coba --engine current.
sandbox-not-ready = Mesin pribadi belum menjawab setelah { $seconds } detik. Akhir lognya:
    { $tail }
    .next = Mungkin komputer ini sedang sangat sibuk; coba lagi.
sandbox-io = { $path } tidak bisa dipakai: { $error }
    .next = Periksa izinnya dan sisa ruang diska.
sandbox-started = Mesin pribadi siap: Docker { $version }, soket { $socket }
    .next = Pakai di shell ini dengan `eval "$(dermaga engine env)"`; hentikan dengan `dermaga engine stop`.
sandbox-no-pack = Belum ada paket image di { $path }, jadi `docker pull` di mesin ini belum bisa mengambil apa pun.
sandbox-stopped = Mesin pribadi dihentikan; semua isinya sudah dihapus.
sandbox-none = Tidak ada mesin pribadi yang berjalan.
    .next = Mulai dengan `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), proses { $pid }, sudah { $age }, soket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), proses { $pid }, sudah { $age }, soket { $socket }; berakhir bersama proses { $owner }
sandbox-age = { $hours } jam { $minutes } menit
sandbox-env = Port yang diterbitkan menjawab di dalam jaringan mesin ini. Masuk ke sana dengan: { $enter } bash
