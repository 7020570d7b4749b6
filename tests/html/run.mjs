// Looks at pages in a real browser: node tests/html/run.mjs FOLDER, where FOLDER holds the outputs `html` and
// `json` of the same models. CHROMIUM names the browser, /usr/bin/chromium by default. Exits with 1 if
// something is not as it should be.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as checks from "./checks.mjs";

const require = createRequire(new URL("../../.ci/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node tests/html/run.mjs FOLDER");
  process.exit(2);
}
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
const failures = [];
let [pages, done] = [0, 0];

/** A page that tells of all that it should not do. */
async function watched(context, url, told) {
  const page = await context.newPage();
  page.on("request", (request) => request.isNavigationRequest() || told.push(`asked for ${request.url()}`));
  page.on("dialog", (dialog) => { told.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => told.push(`an error: ${error.message}`));
  page.on("console", (message) => told.push(`on the console: ${message.text()}`));
  page.on("popup", () => told.push("another window"));
  await page.goto(url);
  return page;
}

/** Checks that can share a page: each group begins with a fresh one. */
const groups = [["situations", "filters", "search", "colours"], ["keyboard", "paper", "narrow"], ["address"], ["accessible"]];

async function look(name) {
  const url = pathToFileURL(resolve(folder, "html", `${name}.html`)).href;
  const document = JSON.parse(readFileSync(join(folder, "json", `${name}.json`), "utf8"));
  for (const group of groups) {
    const told = [];
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await watched(context, url, told);
    const open = (other) => watched(context, other, told);
    for (const what of group) await attempt(`${name}: ${what}`, () => checks[what](page, document, what === "accessible" ? axe : open));
    await attempt(`${name}: quiet`, () => assert.deepEqual(told, []));
    await context.close();
  }
  await still(url, name);
  pages += 1;
}

/** Runs a check, which gives the number of its answers, and keeps what it finds wrong. */
async function attempt(what, check) {
  try {
    // Two pages are looked at at once: the sum is read only when the number is there.
    const answers = (await check()) ?? 1;
    done += answers;
  } catch (error) {
    failures.push(`${what}: ${error.message}`);
  }
}

/** Without its script the page shows all, and on paper opens all. */
async function still(url, name) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await attempt(`${name}: without its script`, async () => {
    const rows = page.locator("#table tr.line");
    assert.equal(await rows.locator("visible=true").count(), await rows.count());
    assert.ok(!(await page.locator("#filters").isVisible()), "filters that do nothing");
    await page.emulateMedia({ media: "print" });
    const told = page.locator("#table .told");
    assert.ok((await told.first().boundingBox()).height > 0, "closed on paper");
    return 3;
  });
  await context.close();
}

/** The policy holds: what a title might have brought in would not run. */
async function locked(name) {
  const url = pathToFileURL(resolve(folder, "html", `${name}.html`)).href;
  const told = [];
  const context = await browser.newContext();
  const page = await watched(context, url, told);
  const ran = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const add = (html) => document.body.append(document.createRange().createContextualFragment(html));
    add("<script>window.ran = true</script>");
    add("<p style='color: red' onclick='window.ran = true' id='planted'>x</p>");
    add("<img src='https://example.invalid/x.png'>");
    document.getElementById("planted").click();
    await new Promise((done) => setTimeout(done, 200));
    return { ran: window.ran === true, violations: [...new Set(violations)].sort() };
  });
  await context.close();
  const violations = ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"];
  await attempt(`${name}: the policy`, () => assert.deepEqual(ran, { ran: false, violations }));
}

try {
  const names = readdirSync(join(folder, "html")).filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -5)).sort();
  assert.ok(names.length > 0, "there are no pages");
  const left = [...names];
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const began = Date.now();
      await look(name);
      console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all([work(), work()]);
  await locked(names.includes("hostile-names") ? "hostile-names" : names[0]);
} finally {
  await browser.close();
}
for (const failure of failures.sort()) console.log(`FAILED ${failure}`);
console.log(`${pages} pages, ${done} answers checked, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
