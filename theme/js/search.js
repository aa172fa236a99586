// Finds passages. The index is made by `src/site/search`, which cuts words and takes off affixes in the same way.
const affixes = [
  ["di"], ["ke"], ["se"], ["ber"], ["be"], ["bel"], ["ter"], ["te"], ["per"], ["pe"], ["pel"], ["me"], ["mem", "", "p"],
  ["men", "", "t"], ["meng", "", "k"], ["meny", "s"], ["pem", "", "p"], ["pen", "", "t"], ["peng", "", "k"], ["peny", "s"],
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

// How many letters were left out, added, changed or swapped; more than `most` is told as `most + 1`.
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

const openIndex = (data) => {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const value = new Map([...digits].map((digit, at) => [digit, at]));
  const read = (text) => {
    const places = [];
    let at = 0, number = 0, unit = 1;
    for (const digit of text) {
      const part = value.get(digit);
      number += (part % 32) * unit;
      unit *= 32;
      if (part >= 32) continue;
      at += number >> 2;
      places.push([at, number & 3]);
      number = 0;
      unit = 1;
    }
    return places;
  };
  const forms = [];
  let before = "";
  for (const line of data.forms.split("\n")) {
    before = [...before].slice(0, parseInt(line[0], 36)).join("") + line.slice(1);
    forms.push(before);
  }
  const at = new Map(forms.map((form, index) => [form, index]));
  const places = data.places.split(" ");
  const prose = (index) => read(places[index].split(".")[0]);
  const code = (index) => read(places[index].split(".")[1] ?? "");
  const reason = (index) => read(places[index].split(".")[2] ?? "");
  const stems = data.stems.split("\n").map((stem, index) => {
    if (!stem) return forms[index];
    if (stem[0] === "=") return stem.slice(1);
    const start = parseInt(stem[0], 36);
    return forms[index].slice(start, start + parseInt(stem[1], 36));
  });
  const family = new Map();
  stems.forEach((stem, index) => family.set(stem, [...(family.get(stem) ?? []), index]));
  const stopped = new Set(data.stopped.split(" "));
  // They ask, and are no part of what is looked for.
  const asking = new Set(("cara cek check gimana bagaimana bagaimanakah apa apakah kenapa mengapa kapan mana siapa lihat melihat arti artinya beda " +
    "bedanya perbedaan antara lain bisa dapat saya aku kita ingin mau tolong sebuah ada saja sih dong kok ya nih tuh waktu saat ketika " +
    "lagi sudah masih akan harus dalam oleh lalu juga agar supaya jika kalau bila bukan " +
    "how why what when where which who do does did doing done can i my me we you your see view show is are be was were mean means " +
    "another other difference between vs want need please has have had having go goes going get gets got it its there here just " +
    "really some any all from at will would should could into up out about than then them they their our us so too still").split(" "));

  const doing = /\b(cara|bagaimana|gimana|how)\b/i;
  const defining = /\b(apa itu|apakah itu|arti|what (is|are) an?|meaning|mean)\b/i;

  const beginning = (word) => {
    let low = 0, high = forms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (forms[middle] < word) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (; low < forms.length && forms[low].startsWith(word); low++) found.push(low);
    return found;
  };

  // Which letters a word has: words that share few of them are not near, and need no closer look.
  const letters = (word) => {
    let set = 0;
    for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) % 31);
    return set;
  };
  const count = (set) => {
    let bits = 0;
    for (; set; set &= set - 1) bits++;
    return bits;
  };
  let lettersOf;
  const near = (word) => {
    lettersOf ??= forms.map(letters);
    const own = letters(word);
    let most = word.length < 8 ? 1 : 2, found = [];
    forms.forEach((form, index) => {
      if (Math.abs(form.length - word.length) > most || count(own ^ lettersOf[index]) > 2 * most) return;
      const far = distance(word, form, most);
      if (far > most) return;
      if (far < most) found = [];
      most = far;
      found.push(index);
    });
    return found;
  };

  // The forms a word may stand for: how near they are (0 is the word itself), and whether code counts.
  const expand = (word, isLast) => {
    const exact = at.get(word);
    const kin = (stem, from) => (family.get(stem) ?? []).filter((index) => index !== from).map((index) => [index, 1, false]);
    const own = exact === undefined ? [] : [[exact, 0, true]];
    if (own.length && prose(exact).length) return [...own, ...kin(stems[exact], exact)];
    if (/^\p{L}+$/u.test(word) && !(own.length && code(exact).length && data.language === "id")) {
      for (const one of withoutAffixes(word)) {
        const index = at.get(one);
        const found = index !== undefined && prose(index).length ? kin(stems[index]) : kin(one, exact);
        if (found.length) return [...own, ...found];
      }
    }
    if (own.length) return own;
    if (word.length < 2) return [];
    const begun = beginning(word);
    if (begun.length && isLast) return begun.slice(0, 60).map((index) => [index, 2, true]);
    if (word.length < 4) return [];
    if (begun.length) return begun.slice(0, 60).map((index) => [index, 3, true]);
    return near(word).flatMap((index) => [[index, 3, true], ...kin(stems[index], index)]);
  };

  const cut = (question) => question.toLowerCase().split(/\s+/).flatMap((chunk) => {
    const whole = chunk.replace(/^[^\p{L}\p{N}\-/._$~@]+/u, "").replace(/[^\p{L}\p{N}]+$/u, "");
    const plain = whole.replace(/^[^\p{L}\p{N}]+/u, "");
    if (!plain) return [];
    if (/^[\p{L}\p{N}]+$/u.test(whole)) return [whole];
    for (const one of [whole, plain]) if (at.has(one)) return [one];
    if (beginning(whole).length) return [whole];
    return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  });

  // The words by which two spellings of one word are known as one: it, its stem, and it without affixes.
  const keysOf = (word) => {
    const index = at.get(word);
    return new Set([word, ...(index === undefined ? [] : [stems[index]]), ...(/^\p{L}+$/u.test(word) ? withoutAffixes(word) : [])]);
  };
  const kinKeys = {};
  const keys = (word) => kinKeys["=" + word] ??= keysOf(word);
  const sameWord = (a, b) => a === b || keys(a).has(b) || keys(b).has(a);
  const groups = data.synonyms.map((group) => group.map((member) => member.split(/\s+/)));

  // What else each word of the question may be called: the other members of a group of which the question has one whole.
  const otherNames = (asked) => {
    const names = new Map();
    for (const group of groups) {
      for (const member of group) {
        const met = member.map((word) => asked.find((one) => sameWord(one, word)));
        if (met.includes(undefined)) continue;
        // A name that the question has, too, stands for itself.
        const isAsked = (other) => other.every((word) => asked.some((one) => sameWord(one, word)));
        const others = group.filter((other) => !isAsked(other));
        for (const word of met) names.set(word, [...(names.get(word) ?? []), ...others]);
      }
    }
    return names;
  };

  // How well a word is met, by how near the form is and by where it stands: in text once, often, in a heading, in a title.
  const nearness = [1, 0.9, 0.5, 0.4], standing = [1, 1.8, 3.3, 2.5];
  const better = (one, other) => !other || one.worth > other.worth;
  // A word that may still be typed, the last, also stands for all words that begin with it.
  // Where a word stands: `spot → { tier, weight, worth, forms }`.
  const whereIs = (word, furthest = 3, isLast = false) => {
    const found = new Map();
    for (const [index, tier, withCode] of expand(word, isLast)) {
      if (tier > furthest) continue;
      const stands = new Map(prose(index));
      if (withCode) for (const [spot, weight] of code(index)) stands.set(spot, Math.max(weight, stands.get(spot) ?? 0));
      for (const [spot, weight] of stands) {
        const one = { tier, weight, worth: nearness[tier] * standing[weight] }, other = found.get(spot);
        found.set(spot, {
          ...(better(one, other) ? one : other), tier: Math.min(tier, other?.tier ?? 3),
          forms: [forms[index], ...(other?.forms ?? [])],
        });
      }
      if (tier > 1) continue;
      for (const [spot] of reason(index)) {
        if (!found.has(spot)) found.set(spot, { tier: 1, weight: 0, worth: nearness[tier] * 0.5, forms: [], renamed: true });
      }
    }
    return found;
  };
  // Where all words of another name stand together.
  const whereAre = (words) => {
    const [first, ...rest] = words.map((word) => whereIs(word, 1));
    const found = new Map();
    for (const [spot, one] of first) {
      const all = [one, ...rest.map((other) => other.get(spot))];
      if (all.includes(undefined)) continue;
      // "Output" is no other name for what only shares its root with it.
      const isKin = all.some((met) => met.tier > 0);
      const least = (name) => Math.min(...all.map((met) => met[name]));
      found.set(spot, { tier: 1, weight: least("weight"), worth: least("worth") * (isKin ? 0.64 : 0.8), forms: all.flatMap((met) => met.forms) });
    }
    return found;
  };
  // Where a word or another name for it stands.
  const meet = (word, names, isLast) => {
    const best = whereIs(word, 3, isLast);
    const others = names.map(whereAre).filter((other) => other.size);
    // A word that is only spelt like one of ours gives way to its other names.
    if (others.length && [...best.values()].every((one) => one.tier > 1)) best.clear();
    for (const other of others) {
      for (const [spot, one] of other) {
        const own = best.get(spot);
        if (better(one, own)) best.set(spot, own ? { ...one, tier: own.tier } : { ...one, renamed: true });
      }
    }
    return best;
  };
  // How near to each other the words stand in a passage: 1 side by side, 0 far away.
  const together = (spot, here, there) => {
    const text = `${data.spots[spot][2]} ${data.texts[spot]}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const at = (met) => text.flatMap((word, place) => met.forms.includes(word) ? [place] : []);
    const [ones, others] = [at(here), at(there)];
    const least = Math.min(...ones.flatMap((one) => others.map((other) => Math.abs(other - one) || Infinity)));
    return 1 / Math.max(1, least - 1);
  };

  // `found`: passages, the best first, each with the forms that were met in it; `missing`: the words that no passage has.
  // All forms of a word and of its other names.
  const kinOf = (word, names) => {
    const all = new Set([word]);
    for (const one of [word, ...names.filter((name) => name.length === 1).flat()]) {
      for (const [index, tier] of expand(one)) if (tier < 2) all.add(forms[index]);
    }
    return all;
  };
  // Headings and purposes are short, and say what a passage is for: how much of one and of the question is the same.
  const rarity = (index) => index === undefined ? 0 : Math.log(1 + data.spots.length / (1 + prose(index).length));
  const short = (spot, text, value) => {
    const words = [...new Set(cut(text))].filter((word) => !stopped.has(word));
    return { spot, value, words: words.map((word) => [word, rarity(at.get(word)) || 1]) };
  };
  // A heading that many lessons have says little.
  const sameHeading = new Map();
  for (const [, , heading] of data.spots) sameHeading.set(heading, (sameHeading.get(heading) ?? 0) + 1);
  const headings = data.spots.map(([, , heading], spot) => short(spot, heading, 1.2 / sameHeading.get(heading) ** 0.4));
  const purposes = data.purposes.map(([spot, text]) => short(spot, text, 2.6));
  const likeness = (words, met, wanted) => {
    let same = 0, all = wanted;
    for (const [word, rare] of words) {
      const one = met.find(({ kin }) => kin.has(word));
      all += rare;
      if (one) same += rare + one.rare;
    }
    return same / all;
  };
  const find = (question) => {
    const whole = [...new Set(cut(question))];
    let asked = whole;
    for (const silent of [stopped, asking]) {
      const telling = asked.filter((word) => !silent.has(word));
      if (telling.length) asked = telling;
    }
    const names = otherNames(whole);
    const spots = new Map(), missing = [], met = [];
    for (const word of asked) {
      const others = names.get(word) ?? [];
      const best = meet(word, others, word === whole.at(-1));
      if (best.size) met.push({ best, kin: kinOf(word, others), rare: Math.log(1 + data.spots.length / best.size) });
      else missing.push(word);
    }
    for (const { spot, words } of purposes) {
      for (const { best, kin } of met) {
        if (best.has(spot) || !words.some(([word]) => kin.has(word))) continue;
        best.set(spot, { tier: 1, weight: 0, worth: 2, forms: [], renamed: true });
      }
    }
    const wanted = met.reduce((sum, { rare }) => sum + rare, 0);
    for (const { best, rare } of met) {
      // What a page is about holds for its passages too.
      const about = new Set([...best].filter(([, one]) => one.weight === 3).map(([spot]) => data.spots[spot][0]));
      for (const [spot, one] of best) {
        const all = spots.get(spot) ?? { spot, met: 0, exact: 0, renamed: 0, score: 0, forms: [] };
        all.met += rare;
        all.exact += one.tier === 0;
        all.renamed += one.renamed === true;
        all.score += rare * one.worth;
        all.forms.push(...one.forms);
        spots.set(spot, all);
      }
      for (const one of spots.values()) if (about.has(data.spots[one.spot][0])) one.score += 2 * rare;
    }
    // A command is asked for as it is typed: what has all its words comes first.
    const command = met.length === 1 || (asked.length === whole.length && asked.every((word) => at.has(word) && code(at.get(word)).length));
    // Who asks what something is, wants its meaning; who asks how, something to do.
    const [text, step, term] = defining.test(question) ? [1.1, 1, 1.5] : [0.8, 1, doing.test(question) ? 0.7 : 0.8];
    for (const texts of [headings, purposes]) {
      // A step may have several commands: the purpose that is most like the question counts.
      const alike = new Map();
      for (const { spot, words, value } of texts) {
        if (!spots.has(spot)) continue;
        alike.set(spot, Math.max(alike.get(spot) ?? 0, likeness(words, met, wanted) ** 2 * wanted * value));
      }
      for (const [spot, score] of alike) spots.get(spot).score += score;
    }
    const most = Math.max(0, ...[...spots.values()].map((one) => one.met));
    const found = [...spots.values()].filter((one) => one.met >= most / 2);
    for (const one of found) {
      for (let next = 1; next < met.length; next++) {
        const [here, there] = [met[next - 1], met[next]];
        if (here.best.has(one.spot) && there.best.has(one.spot)) {
          one.score += (here.rare + there.rare) / 2 * 1.4 * together(one.spot, here.best.get(one.spot), there.best.get(one.spot));
        }
      }
      const [, anchor, , kind] = data.spots[one.spot];
      // A section without anything to do sums up what others teach.
      one.score *= (one.met / wanted) ** 1.1 * [anchor ? 0.7 * text : text, step, term][kind];
    }
    return {
      missing,
      found: found.sort((a, b) => (command ? b.exact - a.exact || a.renamed - b.renamed : 0) || b.score - a.score || a.spot - b.spot).map((one) => {
        const [page, anchor, heading] = data.spots[one.spot];
        const [path, title] = data.pages[page];
        return { path, anchor, title, heading: heading || title, forms: one.forms, text: data.texts[one.spot], renamed: one.renamed };
      }),
    };
  };
  return { find, forms, language: data.language };
};
