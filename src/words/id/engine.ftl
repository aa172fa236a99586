# engine (id)

# Mesin pribadi (sandbox)
sandbox-not-linux = Mesin pribadi hanya berjalan di Linux, sedangkan komputer ini memakai { $os }. Pakai mesin yang sudah ada: `--engine current`.
sandbox-not-root = Mesin pribadi membutuhkan hak root. Jalankan lagi dengan `sudo`, atau pakai mesin yang sudah ada: `--engine current`.
sandbox-missing-apt = Mesin pribadi membutuhkan program yang belum terpasang: { $programs }. Pasang dengan `sudo apt-get install { $packages }`, atau pakai mesin yang sudah ada: `--engine current`.
sandbox-missing = Mesin pribadi membutuhkan program yang belum terpasang: { $programs } (di Debian: paket { $packages }). Pasang dahulu, atau pakai mesin yang sudah ada: `--engine current`.
sandbox-bad-name = "{ $name }" tidak bisa menjadi nama mesin pribadi. Pakai huruf kecil, angka, dan tanda hubung, paling banyak 40, dengan huruf atau angka di depan.
sandbox-long-path = Direktori { $path } terlalu panjang untuk soket Unix: kelebihan { $over } bita. Pilih direktori dengan jalur yang lebih pendek.
sandbox-busy = Mesin pribadi "{ $name }" sudah berjalan. Hentikan dahulu dengan `dermaga engine stop`, atau pakai nama lain.
sandbox-not-running = Mesin pribadi "{ $name }" tidak berjalan. Mulai dengan `dermaga engine start`; lihat yang berjalan dengan `dermaga engine status`.
sandbox-setup = Mesin pribadi tidak bisa disiapkan, berhenti pada { $step }: { $error }. Jika kamu berada di dalam kontainer, ia membutuhkan `--privileged`.
sandbox-died = Mesin pribadi berhenti sebelum siap ({ $status }). Inilah akhir lognya:
sandbox-not-ready = Mesin pribadi belum juga menjawab setelah { $seconds } detik. Mungkin komputer ini sedang sangat sibuk; coba lagi. Inilah akhir lognya:
sandbox-io = { $path } tidak bisa dipakai: { $error }. Periksa izin dan sisa ruang diska.
sandbox-started = Mesin pribadi "{ $name }" siap: Docker { $version }, soket { $socket }.
sandbox-start-next = Pakai di shell ini dengan `eval "$(dermaga engine env)"`, hentikan dengan `dermaga engine stop`.
sandbox-stopped = Mesin pribadi "{ $name }" dihentikan; semua isinya sudah dihapus.
sandbox-none = Tidak ada mesin pribadi yang berjalan. Mulai dengan `dermaga engine start`.
sandbox-status = { $name }: Docker { $version } (API { $api }), proses { $pid }, sejak { $since }, soket { $socket }
sandbox-status-owned = { $name }: Docker { $version } (API { $api }), proses { $pid }, sejak { $since }, milik proses { $owner }
sandbox-recovered = { $count ->
   *[other] { $count } mesin pribadi yang mati mendadak sudah dibereskan.
}
