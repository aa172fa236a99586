// Searches for the questions of tests/fixtures/search with our search, and with those of mdBook, VitePress and Starlight.
//   dermaga build lessons --dest /tmp/site
//   npm install --prefix /tmp/npm elasticlunr@0.9.5 vitepress@1.6.4 astro@7 @astrojs/starlight@0.42.4   (Node 22.12 or newer)
//   node bench/search.js /tmp/site /tmp/npm
// The other generators get the lessons' Markdown without front matter, checks, quizzes and notes for teachers; for
// VitePress and Starlight the program builds a site in each and asks the index of that site with its default options.
const fs = require("fs"), path = require("path"), vm = require("vm");
const rivals = require("./search-rivals.js");
const [, , site, npm] = process.argv;
const root = path.join(__dirname, "..");
const script = (name) => fs.readFileSync(path.join(root, "theme/js", name), "utf8");

const ours = (lang) => {
  const folder = path.join(site, "aset");
  const index = fs.readFileSync(path.join(folder, fs.readdirSync(folder).find((name) => name.startsWith(`cari-${lang}-`))), "utf8");
  const page = vm.createContext({});
  page.self = page;
  vm.runInContext(`${index}${script("search-words.js")}${script("search.js")}self.found = openIndex(dermagaIndex);`, page);
  return (question) => page.found.find(question).found.map((one) => `${one.path.replace(".html", "")}#${one.anchor}`);
};

const measure = async () => {
  const makers = { ours, ...(await rivals(path.resolve(npm), path.join(root, "lessons"))) };
  for (const [name, make] of Object.entries(makers)) {
    for (const set of ["questions", "tuned", "held-out"]) {
      let all = 0, first = 0, three = 0;
      for (const lang of ["id", "en"]) {
        const search = await make(lang);
        const lines = fs.readFileSync(path.join(root, `tests/fixtures/search/${set}-${lang}.tsv`), "utf8").split("\n");
        for (const [question, right] of lines.filter((line) => line && line[0] !== "#").map((line) => line.split("\t"))) {
          const listed = [...new Set(await search(question))];
          const rank = listed.findIndex((places) => [places].flat().some((place) => right.split(" ").includes(place)));
          all += 1;
          first += rank === 0;
          three += rank >= 0 && rank < 3;
        }
      }
      console.log(`${name}, ${set}: ${all} questions, first ${(first / all).toFixed(3)}, among three ${(three / all).toFixed(3)}`);
    }
  }
};
measure().then(() => process.exit(0));
