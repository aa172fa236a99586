// Searches for the questions of tests/fixtures/search with our search and with mdBook's.
//   dermaga build lessons --dest /tmp/site && npm install --prefix /tmp/npm elasticlunr@0.9.5
//   node bench/search.js /tmp/site /tmp/npm/node_modules/elasticlunr
// mdBook 0.5.4 searches with elasticlunr 0.9.5. This script makes the index as mdBook does (src/html_handlebars/search.rs,
// with the defaults of book.toml). Each heading down to level 3 is a document with title, body and breadcrumbs. The title
// counts twice. A word of the question also finds longer words that begin with it, and one matching word is sufficient.
// The index contains the lessons' Markdown without front matter, checks, quizzes and notes for teachers.
const fs = require("fs"), path = require("path"), vm = require("vm");
const [, , site, elasticlunrPath] = process.argv;
const root = path.join(__dirname, "..");
const elasticlunr = require(path.resolve(elasticlunrPath));

const script = (name) => fs.readFileSync(path.join(root, "theme/js", name), "utf8");

const ours = (lang) => {
  const folder = path.join(site, "aset");
  const index = fs.readFileSync(path.join(folder, fs.readdirSync(folder).find((name) => name.startsWith(`cari-${lang}-`))), "utf8");
  const page = vm.createContext({});
  page.self = page;
  vm.runInContext(`${index}${script("search-words.js")}${script("search.js")}self.found = openIndex(dermagaIndex);`, page);
  return (question) => page.found.find(question).found.map((one) => `${one.path.replace(".html", "")}#${one.anchor}`);
};

const theirs = (lang) => {
  const index = elasticlunr(function () {
    for (const field of ["title", "body", "breadcrumbs"]) this.addField(field);
    this.setRef("id");
    this.saveDocument(false);
  });
  const plain = (text) => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*_|>]/g, " ");
  const groups = fs.readdirSync(path.join(root, "lessons", lang), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: group } of groups) {
    for (const name of fs.readdirSync(path.join(root, "lessons", lang, group)).filter((name) => name.endsWith(".md"))) {
      let text = fs.readFileSync(path.join(root, "lessons", lang, group, name), "utf8");
      text = text.replace(/^---\n[^]*?\n---\n/, "").replace(/^```(check|quiz)[^]*?^```$/gm, "").replace(/^## .*\.teacher[^]*/m, "");
      const place = `${group}/${name.replace(".md", "")}`;
      let chapter = "", step = "", heading = "", number = 0, fenced = false, body = [];
      const add = () => {
        if (heading) index.addDoc({ id: `${place}#${step}#${number++}`, title: heading, body: body.join(" "), breadcrumbs: `${chapter} » ${heading}` });
        body = [];
      };
      for (const line of text.split("\n")) {
        if (line.startsWith("```")) fenced = !fenced;
        const found = fenced ? null : /^(#{1,3}) (.*?)(?: \{#([^ }]*).*\})?$/.exec(line);
        if (!found) {
          if (!line.startsWith("```")) body.push(fenced ? line : plain(line));
          continue;
        }
        add();
        heading = plain(found[2]);
        if (found[1] === "#") chapter = heading;
        if (found[3]) step = found[3];
      }
      add();
    }
  }
  const fields = { title: { boost: 2 }, body: { boost: 1 }, breadcrumbs: { boost: 1 } };
  return (question) => index.search(question, { bool: "OR", expand: true, fields }).map(({ ref }) => ref.split("#").slice(0, 2).join("#"));
};

for (const [name, make] of [["ours", ours], ["mdBook", theirs]]) {
  for (const set of ["questions", "tuned", "held-out"]) {
    let all = 0, first = 0, three = 0;
    for (const lang of ["id", "en"]) {
      const search = make(lang);
      const lines = fs.readFileSync(path.join(root, `tests/fixtures/search/${set}-${lang}.tsv`), "utf8").split("\n");
      for (const [question, right] of lines.filter((line) => line && line[0] !== "#").map((line) => line.split("\t"))) {
        const rank = [...new Set(search(question))].findIndex((place) => right.split(" ").includes(place));
        all += 1;
        first += rank === 0;
        three += rank >= 0 && rank < 3;
      }
    }
    console.log(`${name}, ${set}: ${all} questions, first ${(first / all).toFixed(3)}, among three ${(three / all).toFixed(3)}`);
  }
}
