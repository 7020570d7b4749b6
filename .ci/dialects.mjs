// Reads what srmc writes for others with the tools of those others: pages in AsciiDoc by Asciidoctor, in MDX by its
// compiler, findings in SARIF by Microsoft's validator.
//
//   node .ci/dialects.mjs SRMC FOLDER    builds into the folder, which is made anew
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { convert } from "@asciidoctor/core";
import { compile } from "@mdx-js/mdx";

const [srmc, folder] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, "..");
const views = ["matrix", "raci", "sources"];
let pages = 0;

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

/** A project with every example and emitter case, and each of its views in both dialects. */
function build() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "models"), { recursive: true });
  // One published list contradicts its own matrix on purpose.
  const isSource = (file) => file.endsWith(".srm") && !file.endsWith("azure-retained.srm");
  for (const below of ["examples", "tests/emit"]) {
    for (const file of readdirSync(path.join(root, below), { recursive: true }).filter(isSource)) {
      cpSync(path.join(root, below, file), path.join(folder, "models", path.basename(file)));
    }
  }
  const entries = [["asciidoc", "adoc"], ["markdown", "mdx"]].flatMap(([format, ending]) => [
    ...views.map((view) => `[[output]]\nformat = "${format}"\nview = "${view}"\npath = "${ending}/{model}/${view}.${ending}"\n`),
    `[[output]]\nformat = "${format}"\nview = "checklist"\npath = "${ending}/{model}/checklist-{party}.${ending}"\n`,
  ]);
  writeFileSync(path.join(folder, "srm.toml"), `${entries.join("\n")}\n[[output]]\nformat = "json"\npath = "json/{model}.json"\n`);
  execFileSync(srmc, ["build", folder, "--today", "2026-11-21"], { stdio: ["ignore", "ignore", "pipe"] });
}

function files(ending) {
  const all = readdirSync(path.join(folder, ending), { recursive: true });
  return all.filter((file) => file.endsWith(`.${ending}`)).map((file) => path.join(folder, ending, file));
}

/** The text of a page without its tags, blanks folded. */
function textOf(html) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
  const plain = html.replace(/<[^>]*>/g, " ").replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (all, name) => {
    if (name[0] !== "#") return named[name] ?? all;
    return String.fromCodePoint(name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
  });
  return plain.replace(/\s+/g, " ");
}

/** The titles of all duties below some contents. */
const titles = (contents) => contents.flatMap((item) => (item.kind === "area" ? titles(item.contents) : [item.title]));

async function asciidoc() {
  for (const file of files("adoc")) {
    const html = await convert(readFileSync(file, "utf8"), { safe: "secure", standalone: false });
    pages += 1;
    if (/<(script|img|iframe)\b/i.test(html)) fail(`${file}: a text became a tag`);
    if (path.basename(file) !== "matrix.adoc") continue;
    const model = path.basename(path.dirname(file));
    const { contents } = JSON.parse(readFileSync(path.join(folder, "json", `${model}.json`), "utf8"));
    const shown = textOf(html);
    for (const title of titles(contents)) {
      // What is invisible is written out by srmc.
      if (/[\p{Cc}\p{Cf}]/u.test(title)) continue;
      if (!shown.includes(title.replace(/\s+/g, " ").trim())) fail(`${file}: the title ${JSON.stringify(title)} does not show as it is`);
    }
  }
}

async function mdx() {
  for (const file of files("mdx")) {
    pages += 1;
    try {
      const program = String(await compile(readFileSync(file, "utf8")));
      if (/\bscript\b.*alert|dangerouslySetInnerHTML/.test(program.replace(/"(?:[^"\\]|\\.)*"/g, ""))) fail(`${file}: a text became a program`);
    } catch (error) {
      fail(`${file}: ${error.message}`);
    }
  }
}

/** The findings of every case, as one log. */
function sarif() {
  const log = path.join(folder, "findings.sarif");
  let said;
  try {
    said = execFileSync(srmc, ["check", "examples", "tests/check", "--format", "sarif", "--today", "2026-11-21"], { cwd: root, maxBuffer: 1 << 28 });
  } catch (error) {
    said = error.stdout;
  }
  writeFileSync(log, said);
  const report = path.join(folder, "report.sarif");
  const tool = path.join(root, ".ci/node_modules/.bin/sarif-multitool");
  execFileSync(tool, ["validate", log, "--output", report, "--log", "ForceOverwrite"], { stdio: "ignore" });
  const results = JSON.parse(readFileSync(report, "utf8")).runs.flatMap((run) => run.results ?? []);
  // The project has no site whose address could be given.
  const wrong = results.filter((it) => it.ruleId !== "SARIF2005" && ["error", "warning"].includes(it.level ?? "warning"));
  for (const it of wrong.slice(0, 10)) fail(`SARIF: ${it.ruleId}: ${JSON.stringify(it.message)}`);
  return JSON.parse(said).runs[0].results.length;
}

build();
await asciidoc();
await mdx();
const findings = sarif();
if (pages < 60 || findings < 200) fail(`only ${pages} pages and ${findings} findings were looked at`);
if (!process.exitCode) console.log(`${pages} pages in AsciiDoc and MDX, ${findings} findings in SARIF: fine`);
