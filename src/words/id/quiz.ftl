# Kuis dan latihan
quiz-question = Kuis
quiz-exercise = Latihan
quiz-choose = Jawabanmu:
quiz-choose-many = Semua yang benar:
quiz-answer = Jawabanmu:
quiz-which-next = Nomor { $place } adalah:
quiz-take-back = (ambil kembali yang terakhir)
quiz-pair-for = Pasangan { $left }:
quiz-left = (ditinggalkan)
quiz-help-one = ↑↓ atau nomor, Enter jawab, Esc tinggalkan pertanyaan
quiz-help-many = ↑↓ pindah, spasi pilih atau batalkan, Enter jawab, Esc tinggalkan pertanyaan
quiz-help-text = Enter jawab, Esc tinggalkan pertanyaan
quiz-type-one = Ketik nomornya, 1 sampai { $most }. Enter saja untuk meninggalkan pertanyaan.
quiz-type-many = Ketik nomor semua yang benar, dipisah spasi. Enter saja untuk meninggalkan pertanyaan.
quiz-type-order = Ketik nomornya menurut urutan yang benar, dipisah spasi, misalnya { $example }. Enter saja untuk meninggalkan pertanyaan.
quiz-type-text = Ketik jawabanmu, lalu Enter. Enter saja untuk meninggalkan pertanyaan.
quiz-not-a-number = Itu belum dapat dibaca. Pakailah nomor 1 sampai { $most }.
quiz-nothing-chosen = (belum dipilih)
quiz-none-chosen = Belum ada yang dipilih. Pakai ↑↓ atau ketik nomor 1 sampai { $most }, lalu Enter.
quiz-still-one = Ini masih pertanyaan: pakai ↑↓ atau nomor 1 sampai { $most }. Mau mengetik perintah? Tekan Esc dulu.
quiz-still-many = Ini masih pertanyaan: tandai jawabannya dengan spasi, lalu Enter. Esc meninggalkannya.
quiz-none-marked = Belum ada yang dipilih. Tekan spasi pada tiap jawaban yang benar.
quiz-none-typed = Jawabannya masih kosong. Ketik dahulu, atau tekan Esc.
quiz-words = Di sini kamu juga boleh mengetik `petunjuk`, `jawaban`, `lewati`, `daftar`, `selesai`, atau `bantuan`.
    .no-hint = Di sini kamu juga boleh mengetik `jawaban`, `lewati`, `daftar`, `selesai`, atau `bantuan`.
quiz-at-prompt = Kata itu untuk prompt, bukan untuk pertanyaan.
quiz-hint-none = Pertanyaan ini tidak punya petunjuk. Tidak apa-apa bila salah: sebabnya dijelaskan sesudahnya.
quiz-hint-first = Petunjuk: yang pertama adalah `{ $text }`.
quiz-hint-begin = Petunjuk: isinya diawali `{ $text }`.
quiz-right = Benar.
quiz-wrong = Belum tepat.
quiz-again = Coba sekali lagi.
quiz-missing =
    { $count ->
        [1] Yang kamu pilih benar, tetapi masih ada satu lagi yang benar.
       *[other] Yang kamu pilih benar, tetapi masih ada { $count } lagi yang benar.
    }
quiz-order-first = Yang pertama bukan itu. Mana yang dapat dikerjakan sebelum semua yang lain?
quiz-order-so-far =
    { $count ->
        [1] Yang pertama sudah benar. Sesudahnya belum.
       *[other] { $count } yang pertama sudah benar. Sesudahnya belum.
    }
quiz-pairs-right =
    { $count ->
        [0] Belum ada pasangan yang benar.
        [1] Satu pasangan sudah benar.
       *[other] { $count } pasangan sudah benar.
    }
quiz-blank-so-far =
    { $count ->
        [0] Isianmu belum cocok sejak kata pertamanya.
        [1] Kata pertama isianmu cocok. Sesudahnya belum.
       *[other] { $count } kata pertama isianmu cocok. Sesudahnya belum.
    }
quiz-blank-whole =
    { $count ->
        [0] Perintah itu belum cocok.
        [1] Kata pertama perintahmu cocok. Sesudahnya belum.
       *[other] { $count } kata pertama perintahmu cocok. Sesudahnya belum.
    }
quiz-blank-short = Yang kamu tulis sudah cocok, tetapi di ujungnya masih ada yang kurang.
quiz-blank-case = Hampir: hurufnya benar, tetapi huruf besar dan huruf kecil dibedakan di sini.
quiz-blank-word =
    { $count ->
        [0] Kata itu belum cocok.
       *[other] Kata itu belum cocok, tetapi { $count } huruf pertamanya sudah benar.
    }
quiz-blank-space = Hampir: hapus spasinya.
quiz-blank-only-gap = Itu perintah dengan bentuk lain. Di sini cukup ketik yang berdiri di tempat ____.
quiz-blank-docker = Kata-katanya sudah benar. Ketik hanya isi ____, atau seluruh perintah dengan `docker` di depannya.
quiz-blank-verb = Yang diminta di sini perintah lain, bukan `docker { $found }`.
quiz-fact-begun = Itu baru awalnya. Ketik seluruhnya.
quiz-blank-one-word = Di tempat ____ hanya ada satu kata.
quiz-blank-order = Semua katanya benar, tetapi urutannya belum.
quiz-blank-gaps =
    { $count ->
        [0] Belum ada isian yang cocok.
        [1] Satu isian sudah cocok. Yang lain belum.
       *[other] { $count } isian sudah cocok. Yang lain belum.
    }
quiz-digits = Tulis bilangannya dengan angka, misalnya 12.
quiz-command-later = Itu perintah; kamu dapat menjalankannya nanti di prompt. Di sini ketik jawabannya, atau tinggalkan pertanyaan ini dulu.
quiz-blank-dashes = Hampir: opsi yang panjang diawali dua tanda hubung.
quiz-right-answer = Jawabannya: { $answer }
quiz-right-order = Urutan yang benar:
quiz-right-pairs = Pasangan yang benar:
quiz-look = Lihat sendiri dengan `{ $command }`.
quiz-blank-line = Baris { $number } dari { $of }: { $line }
quiz-fill =
    { $count ->
        [1] Isi ____ (atau ketik seluruh perintahnya):
       *[other] Isi { $count } ____, dipisah koma (atau ketik seluruh perintahnya):
    }
quiz-shuffle-commands = Perintah berikut teracak. Susun menurut urutan yang benar.
quiz-shuffle-lines = Baris berikut teracak. Susun menurut urutan yang benar.
