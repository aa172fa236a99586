# record
diff-recording = Perintahnya berhasil, tetapi rekaman pelajaran ini menampilkan keluaran yang berbeda dari yang ditulis.
diff-recording-next = Rekam ulang: `dermaga record PELAJARAN` (atau `dermaga test --record`), lalu periksa perubahannya.
diff-recorded = di rekaman
