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

// Spoken Indonesian and its written form; `_` stands between two words.
const spoken = new Map((`
ga:tidak gak:tidak gk:tidak nggak:tidak ngga:tidak enggak:tidak engga:tidak kagak:tidak kaga:tidak tak:tidak tdk:tidak g:tidak gabisa:tidak_bisa
gakbisa:tidak_bisa gbs:tidak_bisa gabs:tidak_bisa gaada:tidak_ada gada:tidak_ada gajalan:tidak_jalan gamau:tidak_mau udah:sudah udh:sudah
dah:sudah sdh:sudah uda:sudah blm:belum belom:belum blum:belum msh:masih masi:masih aja:saja aj:saja doang:saja pake:pakai pke:pakai dipake:dipakai
make:memakai liat:lihat ngeliat:lihat ngelihat:lihat keliatan:terlihat kelihatan:terlihat bikin:buat dibikin:dibuat ngebuat:buat bkin:buat dalem:dalam
gimana:bagaimana gmn:bagaimana gmna:bagaimana gmana:bagaimana bgmn:bagaimana gimane:bagaimana apaan:apa knp:kenapa knpa:kenapa napa:kenapa
knapa:kenapa ngapa:kenapa kalo:kalau klo:kalau kl:kalau kalu:kalau utk:untuk dgn:dengan dg:dengan yg:yang krn:karena karna:karena
tau:tahu taunya:tahu kasih:beri ngasih:beri dikasih:diberi kasi:beri ilang:hilang ngilang:hilang apus:hapus ngapus:hapus diapus:dihapus keapus:terhapus
kehapus:terhapus simpen:simpan nyimpen:simpan disimpen:disimpan kesimpen:tersimpan nyari:cari nyariin:cari naro:taruh naruh:taruh sampe:sampai
ampe:sampai smpe:sampai kek:seperti kayak:seperti kyk:seperti kaya:seperti dimana:mana dmn:mana kemana:mana darimana:mana sebenernya:sebenarnya
bener:benar bnr:benar kepake:terpakai kepakai:terpakai pengen:ingin pengin:ingin pgn:ingin mo:mau temen:teman idup:hidup ngidupin:hidupkan
idupin:hidupkan kluar:keluar klr:keluar msk:masuk trus:terus trs:terus mulu:terus melulu:terus bgt:sekali banget:sekali jln:jalan jlan:jalan
ngejalanin:jalankan jlnin:jalankan jalan2:jalan tempet:tempat cepet:cepat dapet:dapat dpt:dapat lemot:lambat lelet:lambat lama2:lama barengan:bersama bareng:bersama
folder:direktori tp:tetapi tapi:tetapi pdhl:padahal jd:jadi jg:juga jga:juga sm:sama ama:sama dr:dari pd:pada brp:berapa brapa:berapa bbrp:beberapa
byk:banyak bnyk:banyak lg:lagi lgi:lagi skrg:sekarang skrng:sekarang kmrn:kemarin sblm:sebelum stlh:setelah abis:setelah abisnya:setelah
bs:bisa bsa:bisa eror:error erornya:error beneran:benar diinstal:dipasang keinstal:terpasang terinstal:terpasang keinstall:terpasang nginstal:pasang
nginstall:pasang konek:sambung konekin:sambungkan ngirim:kirim nolak:tolak ketolak:ditolak mampet:macet ngehang:macet hang:macet nyangkut:macet
ngestop:hentikan nyetop:hentikan stopin:hentikan setop:hentikan matiin:matikan matikin:matikan nyala2:nyala tiba2:tiba gara2:karena gegara:karena
sendirian:sendiri bedain:bedakan bandingin:bandingkan benerin:perbaiki betulin:perbaiki gedein:besar gede:besar kegedean:besar penuhin:penuh
abisin:habiskan makan:pakai ngabisin:habiskan narik:tarik nyedot:tarik beresin:bersihkan beberes:bersihkan ngintip:lihat ngintipin:lihat intip:lihat mantengin:pantau mantau:pantau pantengin:pantau
utak:ubah diutak:diubah ngutak:ubah atik:ubah ngeyel:menolak bandel:menolak enteng:ringan kelar:selesai balikin:kembalikan balik:kembali nambah:tambah
nambahin:tambahkan ngunci:kunci mastiin:pastikan pastiin:pastikan buang2:buang nyobain:coba nyoba:coba pindahin:pindahkan mindahin:pindahkan bawain:bawa`).trim().split(/\s+/).map((pair) => pair.split(":")));
// "Gara2" is "gara-gara".
const written = (word) => (spoken.get(word) ?? spoken.get(word.replace(/2$/, "")) ?? word.replace(/^(\p{L}{3,})2$/u, "$1")).split("_");

// Roots that alone name a state; with "-kan", or "-in" as people talk, they cause it.
const states = new Set("mati hidup nyala henti jalan hilang keluar masuk pindah selesai muncul".split(" "));
const isCausing = (word) => /(kan|.{3}in)(nya|ku|mu|lah)?$/.test(word);

// Words that ask, or only join. Readers do not look for them.
const asking = new Set(("cara cek check bagaimana bagaimanakah apa apakah kenapa mengapa kapan mana siapa lihat melihat arti artinya beda " +
  "bedanya berbeda perbedaan antara lain bisa dapat saya aku gue gua kita kami kamu ingin mau tolong sebuah ada adakah saja sih dong deh kok ya nih tuh loh lho kan waktu saat " +
  "ketika lagi sudah masih akan harus dalam oleh lalu juga agar supaya biar jika kalau bila bukan maksud maksudnya tahu begitu gitu solusi solusinya " +
  "mengatasi terus padahal soalnya karena contoh contohnya pengertian jelaskan jelasin penjelasan sederhana singkat sebenarnya lu lo fungsi fungsinya guna gunanya kegunaan jadi katanya kah seperti sekali belum boleh apaan " +
  "tidak not no how why what when where which who whose do does did doing done can could i my me we you your see view show is are be was were mean means meaning " +
  "another other difference different between vs versus want need needed please has have had having go goes going get gets got it its there here just " +
  "really some any every all from at will would should into up out about than then them they their our us so too still by but if " +
  "already simple simply basic basics example examples tutorial help explain explanation solution fix way ways actually exactly let lets trying try tell know find like " +
  "gw gwe gue aq ane sy min kak kakak gan bang bro mas om suhu guys plis please tolong mohon bantu bantuin pas tetapi masa dulu dahulu gara doang begini " +
  "hello hi halo permisi someone anyone anybody everyone thanks makasih wants stuff thing things " +
  "these those am been being gonna wont dont doesnt isnt cant im ive whats hows").split(" "));

const doing = /\b(cara|bagaimana|gimana|how)\b/i;
const defining = new RegExp("\\b(apa itu|apakah itu|itu apa|apaan|arti|artinya|maksud|maksudnya|pengertian|definisi|fungsi\\w*|guna\\w*|" +
  "kegunaan|(buat|untuk) apa|what (is|are)|what's|what does|meaning|means?|define|definition|explain)\\b", "i");

// A question without what stands before docker's own messages, in lower case, and with short forms written out.
const plainly = (text) => text.toLowerCase()
  .replace(/^\s*docker: /, "").replace(/\berror response from daemon:?\s*(?=\S)/, "").replace(/\b(buat|untuk) apa\b/, "apa")
  .replace(/\b(?:ctrl|control)[\s+-]+([a-z])\b/g, "ctrl-$1")
  .replace(/\bcan['’]t\b/g, "can not").replace(/n['’]t\b/g, " not").replace(/['’](s|re|ve|ll|d|m)\b/g, "");
