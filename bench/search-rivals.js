// The searches of mdBook, VitePress and Starlight over the same lessons. Each is a function from a language to a function
// from a question to the places that the search lists, best first: `group/lesson#step`. Places
// at the same position are a list.
const fs = require("fs"), path = require("path"), http = require("http");
const { execFileSync } = require("child_process");

// The lessons of a language: `{ place, title, body }`, in Markdown that all generators understand.
const lessonsOf = (folder, lang) => fs.readdirSync(path.join(folder, lang), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: group }) => fs.readdirSync(path.join(folder, lang, group))
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const text = fs.readFileSync(path.join(folder, lang, group, name), "utf8")
        .replace(/^---\n[^]*?\n---\n/, "").replace(/^```(check|quiz)[^]*?^```$/gm, "").replace(/^## .*\.teacher[^]*/m, "")
        .replace(/^<!--[^]*?-->$/gm, "").replace(/^```(\w+)\S*/gm, "```$1");
      const [, title, body] = /^\s*# (.*?)(?: \{#.*\})?\n([^]*)/.exec(text);
      return { place: `${group}/${name.replace(".md", "")}`, title, body };
    }));

// mdBook 0.5.4 makes its index with elasticlunr 0.9.5 (src/html_handlebars/search.rs, with the defaults of book.toml). Each
// heading down to level 3 is a document with title, body and breadcrumbs. The title counts twice. A word of the question
// also finds longer words that begin with it, and one matching word is sufficient.
const mdBook = (npm, folder) => (lang) => {
  const elasticlunr = require(path.join(npm, "node_modules/elasticlunr"));
  const index = elasticlunr(function () {
    for (const field of ["title", "body", "breadcrumbs"]) this.addField(field);
    this.setRef("id");
    this.saveDocument(false);
  });
  const plain = (text) => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*_|>]/g, " ");
  for (const { place, title: chapter, body: text } of lessonsOf(folder, lang)) {
    let step = "", title = plain(chapter), number = 0, fenced = false, body = [];
    const add = () => {
      index.addDoc({ id: `${place}#${step}#${number++}`, title, body: body.join(" "), breadcrumbs: `${plain(chapter)} » ${title}` });
      body = [];
    };
    for (const line of text.split("\n")) {
      if (line.startsWith("```")) fenced = !fenced;
      const found = fenced ? null : /^#{2,3} (.*?)(?: \{#([^ }]*).*\})?$/.exec(line);
      if (found) {
        add();
        title = plain(found[1]);
        if (found[2]) step = found[2];
      } else if (!line.startsWith("```")) body.push(fenced ? line : plain(line));
    }
    add();
  }
  const fields = { title: { boost: 2 }, body: { boost: 1 }, breadcrumbs: { boost: 1 } };
  return (question) => index.search(question, { bool: "OR", expand: true, fields }).map(({ ref }) => ref.split("#").slice(0, 2).join("#"));
};

// Writes the lessons as pages, the source language at the root, and builds the site. Returns the step of an address.
const buildSite = (npm, folder, dir, command, page) => {
  const steps = {};
  for (const lang of ["id", "en"]) {
    const pages = path.join(dir, lang === "id" ? "" : lang);
    // The pictures.
    fs.cpSync(path.join(folder, lang), pages, { recursive: true, filter: (file) => !file.endsWith(".md") });
    for (const lesson of lessonsOf(folder, lang)) {
      const file = path.join(pages, `${lesson.place}.md`);
      fs.writeFileSync(file, page(lesson));
      steps[lesson.place] = new Set([...lesson.body.matchAll(/^## .*\{#([^ }]*)/gm)].map((found) => found[1]));
    }
  }
  execFileSync(process.execPath, command, { cwd: npm, stdio: ["ignore", "ignore", "inherit"] });
  const stepsOfPage = {};
  return (dist, address) => {
    const [, prefix, place, anchor = ""] = /^\/(en\/)?([^#]*?)(?:\.html|\/)?(?:#(.*))?$/.exec(address);
    const key = `${prefix}${place}`;
    stepsOfPage[key] ??= () => {
      const html = [`${place}.html`, `${place}/index.html`].map((name) => path.join(dist, prefix ?? "", name)).find((name) => fs.existsSync(name));
      let step = "";
      // A heading without a step's id, of a smaller section, belongs to the step above it.
      return Object.fromEntries([...fs.readFileSync(html, "utf8").matchAll(/<h[1-6][^>]* id="([^"]*)"/g)].map(([, id]) => {
        if (steps[place].has(id)) step = id;
        return [id, step];
      }));
    };
    if (typeof stepsOfPage[key] === "function") stepsOfPage[key] = stepsOfPage[key]();
    return `${place}#${stepsOfPage[key][anchor] ?? ""}`;
  };
};

// The options are those of VPLocalSearchBox.vue. It lists 16 results.
const vitePress = async (npm, folder) => {
  const dir = path.join(npm, "vitepress-site"), dist = path.join(dir, ".vitepress/dist");
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(path.join(dir, ".vitepress"), { recursive: true });
  fs.writeFileSync(path.join(dir, "package.json"), '{"type":"module"}');
  fs.writeFileSync(path.join(dir, ".vitepress/config.js"), `export default { ignoreDeadLinks: true, vue: { template: { compilerOptions: { delimiters: ["[[[[", "]]]]"] } } }, themeConfig: { search: { provider: "local" } },
    locales: { root: { label: "Bahasa Indonesia", lang: "id" }, en: { label: "English", lang: "en" } } };`);
  const page = ({ title, body }) => `# ${title}\n\n${body.replace(/^(## .*\{#[^ }]*).*\}/gm, "$1}")}`;
  const placeOf = buildSite(npm, folder, dir, [path.join(npm, "node_modules/vitepress/bin/vitepress.js"), "build", dir], page);
  const { default: MiniSearch } = await import(path.join(npm, "node_modules/minisearch/dist/es/index.js"));
  return async (lang) => {
    const chunks = path.join(dist, "assets/chunks");
    const name = fs.readdirSync(chunks).find((name) => name.startsWith(`@localSearchIndex${lang === "id" ? "root" : lang}.`));
    const { default: json } = await import(path.join(chunks, name));
    const searchOptions = { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } };
    const index = MiniSearch.loadJSON(json, { fields: ["title", "titles", "text"], storeFields: ["title", "titles"], searchOptions });
    return (question) => index.search(question).slice(0, 16).map(({ id }) => placeOf(dist, id));
  };
};

// Starlight searches with Pagefind. Its box lists pages, and below each the three sections with most matches. A page and its
// sections count as one place in the list.
const starlight = async (npm, folder) => {
  const dir = path.join(npm, "starlight-site"), dist = path.join(dir, "dist"), docs = path.join(dir, "src/content/docs");
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(docs, { recursive: true });
  fs.writeFileSync(path.join(dir, "package.json"), '{"type":"module","dependencies":{"@astrojs/starlight":"*"}}');
  fs.writeFileSync(path.join(dir, "astro.config.mjs"), `import starlight from "@astrojs/starlight";
    export default { integrations: [starlight({ title: "Docker", defaultLocale: "root",
      locales: { root: { label: "Bahasa Indonesia", lang: "id" }, en: { label: "English", lang: "en" } } })] };`);
  fs.writeFileSync(path.join(dir, "src/content.config.ts"), `import { defineCollection } from "astro:content";
    import { docsLoader } from "@astrojs/starlight/loaders"; import { docsSchema } from "@astrojs/starlight/schema";
    export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };`);
  // Starlight has no syntax for a heading's id.
  const code = (title) => title.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/`([^`]*)`/g, "<code>$1</code>");
  const page = ({ title, body }) => `---\ntitle: ${JSON.stringify(title.replace(/`/g, ""))}\n---\n\n` +
    body.replace(/^## (.*) \{#([^ }]*).*\}$/gm, (_, title, id) => `<h2 id="${id}">${code(title)}</h2>\n`);
  const placeOf = buildSite(npm, folder, docs, [path.join(npm, "node_modules/astro/bin/astro.mjs"), "build", "--root", dir], page);
  const server = http.createServer((request, response) => {
    const file = path.join(dist, decodeURI(request.url.split("?")[0]));
    if (fs.existsSync(file)) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const site = `http://127.0.0.1:${server.address().port}/pagefind/`;
  const mostMatches = (sections) => {
    const best = [...sections].sort((one, two) => two.locations.length - one.locations.length).slice(0, 3);
    return sections.filter((section) => best.includes(section));
  };
  return async (lang) => {
    globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => lang }) };
    const copy = path.join(dist, `pagefind/pagefind-${lang}.mjs`);
    fs.copyFileSync(path.join(dist, "pagefind/pagefind.js"), copy);
    const pagefind = await import(copy);
    await pagefind.options({ basePath: site, baseUrl: "/" });
    await pagefind.init();
    return async (question) => {
      const { results } = await pagefind.search(question);
      const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return pages.map(({ url, sub_results: sections }) => {
        const top = sections.filter((section) => section.url === url);
        return [...top, ...mostMatches(sections.filter((section) => section.url !== url))].map((section) => placeOf(dist, section.url));
      });
    };
  };
};

module.exports = async (npm, folder) => ({
  mdBook: mdBook(npm, folder), VitePress: await vitePress(npm, folder), Starlight: await starlight(npm, folder),
});
