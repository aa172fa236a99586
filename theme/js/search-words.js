// What the search knows about words. `src/site/search` takes off affixes in the same way.
const affixes = [
  ["di"], ["ke"], ["se"], ["ber"], ["be"], ["bel"], ["ter"], ["te"], ["per"], ["pe"], ["pel"], ["me"], ["mem", "", "p"],
  ["men", "", "t"], ["meng", "", "k"], ["meny", "s"], ["pem", "", "p"], ["pen", "", "t"], ["peng", "", "k"], ["peny", "s"],
  // As people talk: nyimpan, ngirim, ngecek, nulis, mindahin.
  ["ny", "s"], ["ng", "", "k"], ["nge"], ["n", "t"], ["m", "p"],
];
const withoutAffixes = (word) => {
  const found = [word];
  for (const endings of [["lah", "kah", "pun"], ["nya", "ku", "mu"], ["kan", "an", "i", "in"]]) {
    for (const one of [...found]) for (const end of endings) if (one.endsWith(end)) found.push(one.slice(0, -end.length));
  }
  for (const end of ["ing", "ed", "es", "s"]) {
    if (!word.endsWith(end)) continue;
    const one = word.slice(0, -end.length);
    found.push(one, one + "e", one.replace(/(.)\1$/, "$1"));
  }
  for (let round = 0; round < 2; round++) {
    for (const one of [...found]) {
      for (const [prefix, ...letters] of affixes) {
        if (!one.startsWith(prefix)) continue;
        for (const letter of letters.length ? letters : [""]) found.push(letter + one.slice(prefix.length));
      }
    }
  }
  return [...new Set(found)].filter((one) => one.length > 2).sort((a, b) => b.length - a.length);
};

// Counts the letters that were left out, added, changed or swapped, up to `most + 1`.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older = [], old = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2] + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    older = old;
    old = row;
  }
  return old[b.length];
};

// Spoken Indonesian and its written form.
const spoken = new Map(("ga:tidak gak:tidak gk:tidak nggak:tidak ngga:tidak enggak:tidak engga:tidak kagak:tidak tak:tidak tdk:tidak " +
  "udah:sudah udh:sudah dah:sudah sdh:sudah blm:belum belom:belum aja:saja pake:pakai dipake:dipakai liat:lihat ngeliat:lihat keliatan:terlihat " +
  "bikin:buat dibikin:dibuat ngebuat:buat dalem:dalam gimana:bagaimana gmn:bagaimana apaan:apa knp:kenapa napa:kenapa kalo:kalau klo:kalau " +
  "utk:untuk dgn:dengan yg:yang krn:karena tau:tahu kasih:beri ngasih:beri dikasih:diberi ilang:hilang apus:hapus ngapus:hapus diapus:dihapus " +
  "simpen:simpan nyimpen:simpan nyari:cari naro:taruh naruh:taruh sampe:sampai kek:seperti kayak:seperti dimana:mana disimpen:disimpan sebenernya:sebenarnya bener:benar kepake:terpakai kepakai:terpakai pengen:ingin temen:teman " +
  "idup:hidup ngidupin:hidupkan kluar:keluar trus:terus doang:saja bgt:sekali banget:sekali jln:jalan ngejalanin:jalankan " +
  "tempet:tempat cepet:cepat dapet:dapat lemot:lambat lelet:lambat barengan:bersama folder:direktori").split(" ").map((pair) => pair.split(":")));

// Words that ask, or only join. Readers do not look for them.
const asking = new Set(("cara cek check bagaimana bagaimanakah apa apakah kenapa mengapa kapan mana siapa lihat melihat arti artinya beda " +
  "bedanya berbeda perbedaan antara lain bisa dapat saya aku gue gua kita kami kamu ingin mau tolong sebuah ada adakah saja sih dong deh kok ya nih tuh loh lho kan waktu saat " +
  "ketika lagi sudah masih akan harus dalam oleh lalu juga agar supaya biar jika kalau bila bukan maksud maksudnya tahu begitu gitu solusi solusinya " +
  "mengatasi terus padahal soalnya karena contoh contohnya pengertian jelaskan jelasin penjelasan sederhana singkat sebenarnya lu lo fungsi fungsinya guna gunanya kegunaan jadi katanya kah seperti sekali belum boleh apaan " +
  "tidak not no how why what when where which who whose do does did doing done can could i my me we you your see view show is are be was were mean means meaning " +
  "another other difference different between vs versus want need needed please has have had having go goes going get gets got it its there here just " +
  "really some any every all from at will would should into up out about than then them they their our us so too still by but if " +
  "already simple simply basic basics example examples tutorial help explain explanation solution fix way ways actually exactly let lets trying try tell know find like " +
  "these those am been being gonna wont dont doesnt isnt cant im ive whats hows").split(" "));

const doing = /\b(cara|bagaimana|gimana|how)\b/i;
const defining = new RegExp("\\b(apa itu|apakah itu|itu apa|apaan|arti|artinya|maksud|maksudnya|pengertian|definisi|fungsi\\w*|guna\\w*|" +
  "kegunaan|(buat|untuk) apa|what (is|are)|what's|what does|meaning|means?|define|definition|explain)\\b", "i");

// A question without what stands before docker's own messages, in lower case, and with short forms written out.
const plainly = (text) => text.toLowerCase()
  .replace(/^\s*docker: /, "").replace(/\berror response from daemon:?\s*(?=\S)/, "").replace(/\b(buat|untuk) apa\b/, "apa")
  .replace(/\b(?:ctrl|control)[\s+-]+([a-z])\b/g, "ctrl-$1")
  .replace(/\bcan['’]t\b/g, "can not").replace(/n['’]t\b/g, " not").replace(/['’](s|re|ve|ll|d|m)\b/g, "");
