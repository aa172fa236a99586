// Finds passages. The index is made by `src/site/search`, which cuts words in the same way; what it knows about words is in
// `search-words.js`.
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
  const inQuestions = (index) => read(places[index].split(".")[3] ?? "");
  // A word that stands only in questions and in code, such as `images` in Indonesian, is a name: it has no other forms.
  const isProse = (index) => prose(index).length > 0 || (inQuestions(index).length > 0 && !code(index).length);
  const stems = data.stems.split("\n").map((stem, index) => {
    if (!stem) return forms[index];
    if (stem[0] === "=") return stem.slice(1);
    const start = parseInt(stem[0], 36);
    return forms[index].slice(start, start + parseInt(stem[1], 36));
  });
  const family = new Map();
  stems.forEach((stem, index) => family.set(stem, [...(family.get(stem) ?? []), index]));
  const stopped = new Set(data.stopped.split(" "));
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

  // The forms a word may stand for: how near they are (0 is the word itself), whether code counts, and whether they mean
  // another thing: "mati" is a state, "matikan" causes it.
  const expandAnew = (word, isLast) => {
    const exact = at.get(word);
    const kin = (stem, from) => (family.get(stem) ?? []).filter((index) => index !== from)
      .map((index) => [index, 1, false, states.has(stem) && isCausing(word) !== isCausing(forms[index])]);
    const own = exact === undefined ? [] : [[exact, 0, true]];
    if (own.length && isProse(exact)) return [...own, ...kin(stems[exact], exact)];
    if (/^\p{L}+$/u.test(word) && !(own.length && code(exact).length && data.language === "id")) {
      for (const one of withoutAffixes(word)) {
        const index = at.get(one);
        const found = index !== undefined && isProse(index) ? kin(stems[index]) : kin(one, exact);
        if (found.length) return [...own, ...found];
      }
    }
    if (own.length) return own;
    if (word.length < 2) return [];
    const begun = beginning(word);
    if (begun.length && isLast) return begun.slice(0, 60).map((index) => [index, 2, true]);
    if (begun.length && word.length === 3) return begun.filter((index) => forms[index].length === 4).map((index) => [index, 3, true]);
    if (word.length < 4) return [];
    if (begun.length) return begun.slice(0, 60).map((index) => [index, 3, true]);
    return near(word).flatMap((index) => [[index, 3, true], ...kin(stems[index], index)]);
  };

  const expanded = {};
  const expand = (word, isLast = false) => expanded[`${isLast} ${word}`] ??= expandAnew(word, isLast);

  // A compound that the index does not have, such as "realtime", is its two words.
  const halves = (word) => {
    if (word.length < 6 || at.has(word) || !/^\p{L}+$/u.test(word) || expand(word).some(([, tier]) => tier < 2)) return [word];
    for (let half = 3; half <= word.length - 3; half++) {
      const both = [word.slice(0, half), word.slice(half)];
      if (both.every((one) => at.has(one))) return both;
    }
    return [word];
  };
  const pieces = (text) => plainly(text).split(/\s+/).flatMap((chunk) => {
    const whole = chunk.replace(/^[^\p{L}\p{N}\-/._$~@]+/u, "").replace(/[^\p{L}\p{N}]+$/u, "");
    const plain = whole.replace(/^[^\p{L}\p{N}]+/u, "");
    if (!plain) return [];
    if (/^[\p{L}\p{N}]+$/u.test(whole)) return at.has(whole) || data.language !== "id" ? [whole] : written(whole);
    for (const one of [whole, plain]) if (at.has(one)) return [one];
    if (beginning(whole).length) return [whole];
    return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  });
  const cut = (text) => pieces(text).flatMap(halves);

  // The words by which two spellings of one word are known as one: it, its stem, and it without affixes.
  const keysOf = (word) => {
    const index = at.get(word);
    return new Set([word, ...(index === undefined ? [] : [stems[index]]), ...(/^\p{L}+$/u.test(word) ? withoutAffixes(word) : [])]);
  };
  const kinKeys = {};
  const keys = (word) => kinKeys["=" + word] ??= keysOf(word);
  const sameWord = (a, b) => a === b || ((keys(a).has(b) || keys(b).has(a)) &&
    (isCausing(a) === isCausing(b) || ![a, b].some((word) => [...keys(word)].some((key) => states.has(key)))));
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
    const found = new Map(), near = expand(word, isLast).filter(([, tier]) => tier <= furthest);
    for (const [index, tier, withCode, isOther] of near) {
      const stands = new Map(prose(index));
      if (withCode) for (const [spot, weight] of code(index)) stands.set(spot, Math.max(weight, stands.get(spot) ?? 0));
      for (const [spot, weight] of stands) {
        const one = { tier, weight, worth: nearness[tier] * standing[weight] * (isOther ? 0.5 : 1) }, other = found.get(spot);
        found.set(spot, {
          ...(better(one, other) ? one : other), tier: Math.min(tier, other?.tier ?? 3),
          forms: [forms[index], ...(other?.forms ?? [])],
        });
      }
    }
    for (const [index, tier, , isOther] of near) {
      for (const [texts, worth] of [[inQuestions(index), 1], [reason(index), 0.5]]) {
        for (const [spot] of texts) {
          const one = { tier: 1, weight: 0, worth: nearness[tier] * worth * (isOther ? 0.5 : 1), forms: [], renamed: true }, other = found.get(spot);
          if (better(one, other)) found.set(spot, other ? { ...other, worth: one.worth } : one);
        }
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
  const textOf = {};
  const together = (spot, here, there) => {
    const text = textOf[spot] ??= `${data.spots[spot][2]} ${data.texts[spot]}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const at = (met) => text.flatMap((word, place) => met.forms.includes(word) ? [place] : []);
    const [ones, others] = [at(here), at(there)];
    const least = Math.min(...ones.flatMap((one) => others.map((other) => Math.abs(other - one) || Infinity)));
    return 1 / Math.max(1, least - 1);
  };

  // All forms of a word and of its other names.
  const kinOf = (word, names) => {
    const all = new Set([word]);
    for (const one of [word, ...names.filter((name) => name.length === 1).flat()]) {
      for (const [index, tier, , isOther] of expand(one)) if (tier !== 2 && !isOther) all.add(forms[index]);
    }
    return all;
  };
  const rarityOf = (count) => Math.log(1 + data.spots.length / count) ** 0.6;
  const rarity = (index) => {
    const spots = index === undefined ? [] : [...prose(index), ...inQuestions(index)];
    return rarityOf(Math.max(1, new Set(spots.map(([spot]) => spot)).size));
  };
  // Without the words that only ask, unless there are no others.
  const telling = (words) => {
    for (const silent of [stopped, asking]) {
      const left = words.filter((word) => !silent.has(word));
      if (left.length) words = left;
    }
    return words;
  };
  // Headings, purposes and questions are short, and say what a passage is for: how much of one and of the question is the same.
  // Rare words count for more, but not as much as in a passage: "container" tells "remove a container" from "remove an image".
  const short = (places, text, value) => {
    const words = telling([...new Set(cut(text))]).map((word) => [word, Math.sqrt(rarity(at.get(word)))]);
    return { places, value, words };
  };
  // A heading that many lessons have says little.
  const sameHeading = new Map();
  for (const [, , heading] of data.spots) sameHeading.set(heading, (sameHeading.get(heading) ?? 0) + 1);
  const headings = data.spots.map(([, , heading], spot) => short([spot], heading, 1.2 / sameHeading.get(heading) ** 0.4));
  const purposes = data.purposes.map(([spot, text]) => short([spot], text, 1.8));
  const questions = data.asked.flatMap(([spots, texts]) => texts.map((text) => short(spots, text, 6)));
  // How often the questions of each entry of the table have a word, or two words side by side. Here words that ask count:
  // "why" and "not" tell entries apart.
  const stemOf = (word) => stems[at.get(word)] ?? word;
  const pairs = (words) => words.slice(1).map((word, before) => `${stemOf(words[before])} ${stemOf(word)}`);
  const unstopped = (words) => words.filter((word) => !stopped.has(word));
  const counts = new Map();
  const sizes = data.asked.map(([, texts], entry) => {
    let size = 0;
    for (const text of texts) {
      const words = unstopped([...new Set(cut(text))]);
      size += words.length;
      for (const part of new Set([...words, ...pairs(words)])) {
        if (!counts.has(part)) counts.set(part, new Map());
        const found = counts.get(part);
        found.set(entry, (found.get(entry) ?? 0) + 1);
      }
    }
    return size;
  });
  const allWords = sizes.reduce((sum, size) => sum + size, 0);
  // For each entry, how much likelier the question is there than in the table as a whole: 1 for the likeliest.
  const scoreEntries = (whole, met) => {
    const scores = sizes.map(() => 0), words = unstopped(whole);
    const add = (found, value) => {
      let all = 1;
      for (const count of found.values()) all += count;
      for (const [entry, count] of found) scores[entry] += value * Math.log(1 + count / (sizes[entry] + 20) * allWords / all);
    };
    for (const word of words) {
      const found = new Map();
      for (const other of met.find((one) => one.word === word)?.kin ?? kinOf(word, [])) {
        const value = stemOf(other) === stemOf(word) ? 1 : 0.5;
        for (const [entry, count] of counts.get(other) ?? []) found.set(entry, (found.get(entry) ?? 0) + value * count);
      }
      add(found, 1);
    }
    for (const pair of new Set(pairs(words))) add(counts.get(pair) ?? new Map(), 0.5);
    const most = Math.max(...scores, 1e-9);
    return scores.map((score) => score / most);
  };
  // Words in another order mean something else: "an image from a container", "a container from an image".
  const likeness = (words, met) => {
    let same = 0, all = 0, order = [];
    for (const { share } of met) all += share;
    for (const [word, share] of words) {
      const one = met.find(({ kin }) => kin.has(word));
      all += share;
      if (!one) continue;
      same += share + one.share;
      order.push(met.indexOf(one));
    }
    let turned = 0;
    for (let next = 1; next < order.length; next++) turned += order[next] < order[next - 1];
    return same / all * (1 - 0.25 * turned / Math.max(1, order.length - 1));
  };
  // The words of a question that a passage has: where, how rare they are, and what else they may be called.
  const meetAll = (asked, whole) => {
    const names = otherNames(whole), met = [], missing = [];
    for (const word of asked) {
      const others = names.get(word) ?? [], best = meet(word, others, word === whole.at(-1));
      const rare = rarityOf(best.size);
      if (best.size) met.push({ word, best, rare, share: Math.sqrt(rare), kin: kinOf(word, others) });
      else missing.push(word);
    }
    for (const { places: [spot], words } of purposes) {
      for (const { best, kin } of met) {
        if (best.has(spot) || !words.some(([word]) => kin.has(word))) continue;
        best.set(spot, { tier: 1, weight: 0, worth: 2, forms: [], renamed: true });
      }
    }
    return { met, missing };
  };
  // A passage's score by its words.
  const scoreWords = (met) => {
    const spots = new Map();
    for (const { best, rare } of met) {
      // What a page is about holds for its passages too.
      const about = new Set([...best].filter(([, one]) => one.weight === 3).map(([spot]) => data.spots[spot][0]));
      for (const [spot, one] of best) {
        const all = spots.get(spot) ?? { spot, met: 0, exact: 0, renamed: 0, score: 0, answer: 0, forms: [] };
        all.met += rare;
        all.exact += one.tier === 0;
        all.renamed += one.renamed === true;
        all.score += rare * one.worth;
        all.forms.push(...one.forms);
        spots.set(spot, all);
      }
      for (const one of spots.values()) if (about.has(data.spots[one.spot][0])) one.score += 2 * rare;
    }
    return spots;
  };
  // Of several texts of a passage the one that is most like the question counts.
  const scoreTexts = (texts, met, wanted) => {
    const best = new Map();
    for (const { places, words, value } of texts) {
      const like = likeness(words, met);
      if (!like) continue;
      // What has nearly the same words is meant, even if they are everyday words.
      const score = like ** 2 * wanted * value + like ** 6 * 3;
      for (const spot of places) best.set(spot, Math.max(best.get(spot) ?? 0, score));
    }
    return best;
  };
  // Whether a text has the words of the question and no others.
  const isSame = (words, met) => words.every(([word]) => met.some(({ kin }) => kin.has(word))) &&
    met.every(({ word, kin }) => word === "docker" || words.some(([one]) => kin.has(one)));
  // Neighbours in the question that stand near each other in the passage.
  const scoreNeighbours = (spot, met) => {
    let score = 0;
    for (let next = 1; next < met.length; next++) {
      const [before, after] = [met[next - 1], met[next]], [here, there] = [before.best.get(spot), after.best.get(spot)];
      if (here && there) score += (before.rare + after.rare) / 2 * 1.4 * together(spot, here, there);
    }
    return score;
  };
  // `found`: passages, the best first, each with the forms that were met in it; `missing`: the words that no passage has.
  const find = (question) => {
    const whole = [...new Set(cut(question))], asked = telling(whole);
    const { met, missing } = meetAll(asked, whole);
    const wanted = met.reduce((sum, { rare }) => sum + rare, 0);
    const spots = scoreWords(met);
    for (const [texts, part] of [[headings, "score"], [purposes, "score"], [questions, "answer"]]) {
      for (const [spot, score] of scoreTexts(texts, met, wanted)) if (spots.has(spot)) spots.get(spot)[part] += score;
    }
    const isDefining = defining.test(question) && whole.length > 1, isDoing = !isDefining && doing.test(question);
    const likeliest = new Map();
    scoreEntries(whole, met).forEach((score, entry) => {
      // Of several passages the first introduces the matter; who asks how wants no definition and no opening.
      let part = 1;
      for (const spot of data.asked[entry][0]) {
        const [, anchor, , kind] = data.spots[spot], isStep = anchor && kind !== 2;
        const value = score ** 2 * 4 * wanted * (isStep ? part : isDoing ? 0.7 : 1);
        likeliest.set(spot, Math.max(likeliest.get(spot) ?? 0, value));
        if (isStep) part = 0.85;
      }
    });
    for (const [spot, score] of likeliest) if (spots.has(spot)) spots.get(spot).answer += score;
    // Who asks what something is, wants its meaning; who asks how, something to do.
    const [text, step, term] = isDefining ? [1.1, 1, 1.3] : [0.8, 1, isDoing ? 0.7 : 0.8];
    for (const { places: [spot], words } of isDefining ? headings : []) {
      if (data.spots[spot][3] === 2 && spots.has(spot) && isSame(words, met)) spots.get(spot).score += 20 * wanted;
    }
    // A command is asked for as it is typed: what has all its words comes first. A message has words of code, too.
    const typed = plainly(question).trim();
    const isCommand = asked.length === whole.length && asked.every((word) => at.has(word) && code(at.get(word)).length) &&
      data.texts.some((text) => text.toLowerCase().includes(typed));
    const most = Math.max(0, ...[...spots.values()].map((one) => one.met));
    const found = [...spots.values()].filter((one) => one.met >= most * (isCommand ? 0.75 : 0.35));
    for (const one of found) {
      const [, anchor, heading, kind] = data.spots[one.spot];
      const often = sameHeading.get(heading) > 2 ? 0.85 : 1;
      // A section without anything to do sums up what others teach.
      const own = (one.score + scoreNeighbours(one.spot, met)) * often * [anchor ? 0.7 * text : text, step, term][kind];
      one.score = (own + one.answer) * (one.met / wanted) ** 0.6;
    }
    const isExact = (met.length === 1 && !isDefining) || isCommand;
    found.sort((a, b) => (isExact ? a.renamed - b.renamed || b.exact - a.exact : 0) || b.score - a.score || a.spot - b.spot);
    return {
      missing,
      found: found.map((one) => {
        const [page, anchor, heading] = data.spots[one.spot], [path, title] = data.pages[page];
        return { path, anchor, title, heading: heading || title, forms: one.forms, text: data.texts[one.spot], renamed: one.renamed };
      }),
    };
  };
  return { find, forms, language: data.language };
};
