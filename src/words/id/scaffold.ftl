# scaffold (id)

scaffold-made = Dibuat: { $path }
scaffold-next =
    Selanjutnya:
      dermaga lint { $path }    periksa tanpa mesin Docker
      dermaga test { $path }    jalankan setiap perintahnya
scaffold-next-lesson = Pelajarannya sudah masuk ke course.toml. Ubah isinya, lalu jalankan `dermaga test { $path }`.
scaffold-bad-name = `{ $name }` tidak bisa menjadi id pelajaran.
    .next = Pakai huruf, angka, `-`, dan `_`, misalnya `kontainer-pertama`; id itu menjadi nama berkasnya.
scaffold-taken = Kursus ini sudah punya pelajaran `{ $name }`.
    .next = Pilih nama lain. Id pelajaran hanya boleh satu dalam sebuah kursus, di kelompok mana pun.
scaffold-no-group = Kursus ini tidak punya kelompok `{ $name }`.
    .next = Kelompok yang ada: { $known }. Kelompok baru ditulis di course.toml.
scaffold-broken-course = course.toml berisi kesalahan, jadi tidak ada yang bisa ditambahkan ke dalamnya.
    .next = Jalankan `dermaga lint` untuk melihat kesalahannya.
