# record
diff-recording = Rekaman pelajaran ini menampilkan keluaran yang tidak lagi dicetak Docker.
diff-recording-next = Rekam ulang: `dermaga record PELAJARAN` (atau `dermaga test --record`), lalu periksa perubahannya.
