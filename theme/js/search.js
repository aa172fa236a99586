// Finds passages. The index is made by `src/site/search`, which cuts words and takes off affixes in the same way.
const affixes = [
  ["di"], ["ke"], ["se"], ["ber"], ["be"], ["bel"], ["ter"], ["te"], ["per"], ["pe"], ["pel"], ["me"], ["mem", "", "p"],
  ["men", "", "t"], ["meng", "", "k"], ["meny", "s"], ["pem", "", "p"], ["pen", "", "t"], ["peng", "", "k"], ["peny", "s"],
];
const withoutAffixes = (word) => {
  const found = [word];
  for (const endings of [["lah", "kah", "pun"], ["nya", "ku", "mu"], ["kan", "an", "i"]]) {
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
  const asking = new Set(("cara gimana bagaimana apa apakah kenapa mengapa kapan mana melihat lihat " +
    "how why what when where which do does can i see").split(" "));

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
  const expand = (word) => {
    const exact = at.get(word);
    const kin = (stem, from) => (family.get(stem) ?? []).filter((index) => index !== from).map((index) => [index, 1, false]);
    const own = exact === undefined ? [] : [[exact, 0, true]];
    if (own.length && prose(exact).length) return [...own, ...kin(stems[exact], exact)];
    if (/^\p{L}+$/u.test(word) && !(own.length && data.language === "id")) {
      for (const one of withoutAffixes(word)) {
        const index = at.get(one);
        const found = index !== undefined && prose(index).length ? kin(stems[index]) : kin(one, exact);
        if (found.length) return [...own, ...found];
      }
    }
    if (own.length) return own;
    if (word.length < 2) return [];
    const begun = beginning(word);
    if (begun.length || word.length < 4) return begun.slice(0, 60).map((index) => [index, 2, true]);
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

  // Passages, the best first: `{ spot, forms }`, the forms being those that were met in it.
  const find = (question) => {
    let asked = [...new Set(cut(question))];
    for (const silent of [stopped, asking]) {
      const telling = asked.filter((word) => !silent.has(word));
      if (telling.length) asked = telling;
    }
    const spots = new Map();
    asked.forEach((word, number) => {
      const best = new Map();
      for (const [index, tier, withCode] of expand(word)) {
        const stands = new Map();
        for (const [spot, weight] of prose(index)) stands.set(spot, weight);
        if (withCode) for (const [spot, weight] of code(index)) stands.set(spot, Math.max(weight, stands.get(spot) ?? 0));
        for (const [spot, weight] of stands) {
          const told = { tier, weight, forms: [forms[index]] };
          const other = best.get(spot);
          if (other) told.forms.push(...other.forms);
          best.set(spot, other && (other.tier < tier || (other.tier === tier && other.weight >= weight)) ? { ...other, forms: told.forms } : told);
        }
      }
      const rare = Math.log(1 + data.spots.length / (best.size || 1));
      for (const [spot, { tier, weight, forms }] of best) {
        const all = spots.get(spot) ?? { spot, met: 0, exact: 0, score: 0, forms: [] };
        all.met += 1;
        all.exact += tier === 0;
        all.score += rare * [1, 1.5, 4, 7][weight] / (1 + tier);
        all.forms.push(...forms);
        spots.set(spot, all);
      }
    });
    const found = [...spots.values()];
    const most = Math.max(0, ...found.map((one) => one.met));
    return found.filter((one) => one.met === most)
      .sort((a, b) => b.exact - a.exact || b.score - a.score || a.spot - b.spot)
      .map((one) => {
        const [page, anchor, heading] = data.spots[one.spot];
        const [path, title] = data.pages[page];
        return { path, anchor, title, heading: heading || title, forms: one.forms };
      });
  };
  return { find, forms, language: data.language };
};
