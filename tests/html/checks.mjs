// What is asked of each page. Every check is given the page, opened and unfiltered, and the model's document.

import assert from "node:assert/strict";
import * as expected from "./expected.mjs";

/** More choices of situations than this are not tried on one page. */
const MAX_CHOICES = 700;
/** So many words are searched for on one page. */
const MAX_WORDS = 40;

const sorted = (list) => [...new Set(list)].sort();

/** Sets fields of the form in one go, and reads what the table shows then. Runs in the page. */
function ask(settings) {
  const form = document.getElementById("filters");
  return settings.map((setting) => {
    for (const field of form.elements) if (field.name) field.value = setting[field.name] ?? "";
    form.elements.q.dispatchEvent(new Event("input", { bubbles: true }));
    const visible = (element) => element.checkVisibility({ visibilityProperty: true });
    const rows = [...document.querySelectorAll("#table tr.line")].filter(visible);
    const cells = rows.flatMap((row) =>
      [...row.querySelectorAll("td:not(.empty)")]
        .filter((cell) => visible(cell) && visible(cell.querySelector(".who")))
        .map((cell) => ({
          duty: row.dataset.duty,
          faded: cell.classList.contains("other"),
          text: [...cell.querySelectorAll(".who, .also")].map((it) => it.textContent.trim()).join(" | "),
        })),
    );
    return { duties: rows.map((row) => row.dataset.duty), cells, count: document.getElementById("count").textContent };
  });
}

const choose = (choice) => Object.fromEntries(Object.entries(choice).map(([axis, value]) => [`at.${axis}`, value]));

/** For every choice, open axes included, the cells say of each duty just what the document says. */
export async function situations(page, document) {
  const choices = expected.choices(document);
  if (choices.length > MAX_CHOICES) return 0;
  const answers = await page.evaluate(ask, choices.map(choose));
  const all = expected.situations(document);
  const duties = expected.duties(document);
  choices.forEach((choice, at) => {
    const open = all.filter((situation) => expected.leaves(choice, situation));
    const wanted = duties.flatMap(({ duty }) =>
      open
        .map((situation) => expected.holding(document, duty, situation))
        .filter((held) => held !== undefined)
        .map((held) => `${duty.path} = ${expected.cell(document, held)}`),
    );
    const found = answers[at].cells.map((cell) => `${cell.duty} = ${cell.text}`);
    assert.deepEqual(sorted(found), sorted(wanted), JSON.stringify(choice));
    if (Object.keys(choice).length === document.axes.length) {
      const once = answers[at].cells.length === new Set(answers[at].cells.map((cell) => cell.duty)).size;
      assert.ok(once, `a duty has two cells in ${JSON.stringify(choice)}`);
    }
    const impossible = open.every((situation) => document.impossible.length > 0 && isImpossible(document, situation));
    assert.equal(answers[at].count.includes("impossible"), impossible, JSON.stringify(choice));
  });
  return choices.length;
}

const isImpossible = (document, situation) =>
  document.impossible.some((region) => Object.entries(region).every(([axis, values]) => values.includes(situation[axis])));

/** Parties, roles and areas leave just the duties that they should, and the count says how many. */
export async function filters(page, document) {
  const letters = { R: "responsible", A: "accountable", C: "consulted", I: "informed", S: "supports" };
  const options = await page.evaluate(() => {
    const of = (name) => [...(document.getElementById("filters").elements[name]?.options ?? [])].map((it) => it.value);
    return { party: of("party"), role: of("role"), area: of("area") };
  });
  const settings = options.party.filter((it) => !it.startsWith("!")).flatMap((party) => options.role.map((role) => ({ party, role })));
  settings.push(...options.area.map((area) => ({ area })), ...options.party.filter((it) => it.startsWith("!")).map((party) => ({ party })));
  const answers = await page.evaluate(ask, settings);
  const duties = expected.duties(document);
  settings.forEach(({ party = "", role = "", area = "" }, at) => {
    const wanted = duties.filter(({ duty, areas }) => {
      const inArea = area === "" || areas.some((it) => it.path === area);
      const anybody = party === "" && role === "";
      return inArea && (party.startsWith("!") ? isOf(party, duty) : anybody || expected.holds(document, duty, party, letters[role] ?? ""));
    });
    assert.deepEqual(sorted(answers[at].duties), sorted(wanted.map(({ duty }) => duty.path)), JSON.stringify(settings[at]));
    const count = new RegExp(`Showing ${wanted.length} of ${duties.length} dut`);
    assert.match(answers[at].count, count, JSON.stringify(settings[at]));
  });
  return settings.length;
}

function isOf(key, duty) {
  const names = (held, role) => held.holders.filter((it) => it.role === role).map((it) => it.party).join(" ");
  const split = (held) => names(held, "responsible") !== names(held, "accountable") || names(held, "responsible").includes(" ");
  switch (key) {
    case "!none": return duty.holdings.some((held) => held.state === "not_applicable");
    case "!gap": return duty.holdings.some((held) => held.state === "gap");
    case "!shared": return duty.holdings.some((held) => held.state === "held" && split(held));
    case "!otherwise": return (duty.filled_by_otherwise ?? []).length > 0;
    default: throw new Error(`unknown choice ${key}`);
  }
}

/** A word finds just the duties in whose texts it stands; a title finds its duty. */
export async function search(page, document) {
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const duties = expected.duties(document).map((it) => ({ path: it.duty.path, title: it.duty.title, texts: expected.texts(it).map(fold) }));
  const words = sorted(duties.flatMap((it) => it.texts).flatMap((text) => text.split(/\s+/u)).filter((word) => word.length > 2));
  const step = Math.max(1, Math.floor(words.length / MAX_WORDS));
  const asked = words.filter((_, at) => at % step === 0).concat("no such word anywhere");
  const answers = await page.evaluate(ask, asked.map((q) => ({ q: q.toUpperCase() })));
  asked.forEach((word, at) => {
    const wanted = duties.filter((it) => fold(word.toUpperCase()).split(/\s+/u).every((part) => it.texts.some((text) => text.includes(part))));
    assert.deepEqual(sorted(answers[at].duties), sorted(wanted.map((it) => it.path)), `searching ${word}`);
  });
  const titles = await page.evaluate(ask, duties.map((it) => ({ q: expected.shown(it.title) })));
  duties.forEach((it, at) => assert.ok(titles[at].duties.includes(it.path), `searching the title of ${it.path}`));
  return asked.length + duties.length;
}

/** The address keeps the filters: back, forward and a link bring them back; what it names wrongly is passed over. */
export async function address(page, document, open) {
  const rows = () => page.locator("#table tr.line:visible").evaluateAll((all) => all.map((row) => row.dataset.line));
  const plain = await rows();
  const party = document.parties[0].name;
  await page.locator("select[name=party]").selectOption(party);
  const one = await rows();
  const axis = document.axes[0];
  if (axis) await page.locator(`select[name="at.${axis.name}"]`).selectOption(axis.values[0].name);
  await page.locator("input[name=q]").fill("e & a=b #");
  await page.locator("input[name=q]").fill("e");
  const both = await rows();
  const url = page.url();
  const other = await open(url);
  assert.deepEqual(await other.locator("#table tr.line:visible").evaluateAll((all) => all.map((row) => row.dataset.line)), both);
  assert.equal(await other.locator("select[name=party]").inputValue(), party);
  assert.equal(await other.locator("input[name=q]").inputValue(), "e");
  await other.goto("about:blank");
  await other.goto(url.replace(/#.*/u, "#party=nobody-at-all&at.none=x&q=&constructor=1"));
  assert.deepEqual(await other.locator("#table tr.line:visible").evaluateAll((all) => all.map((row) => row.dataset.line)), plain);
  await other.close();
  if (axis) {
    await page.goBack();
    await page.waitForFunction((name) => document.getElementById("filters").elements[name].value === "", `at.${axis.name}`);
    assert.deepEqual(await rows(), one);
    assert.equal(await page.locator("select[name=party]").inputValue(), party);
    await page.goForward();
    await page.waitForFunction((name) => document.getElementById("filters").elements[name].value !== "", `at.${axis.name}`);
    assert.deepEqual(await rows(), both);
  }
  await page.locator("#clear").click();
  assert.deepEqual(await rows(), plain);
  return 6;
}

/** Without a mouse: skip, filter, open, and leave again; what has the focus is seen to have it. */
export async function keyboard(page) {
  const focused = () =>
    page.evaluate(() => {
      const it = document.activeElement;
      return { tag: it.tagName, id: it.id, name: it.getAttribute("name"), inTable: it.closest("#table") !== null, outline: getComputedStyle(it).outlineStyle };
    });
  await page.keyboard.press("Tab");
  assert.equal((await focused()).tag, "A", "the first stop is the skip link");
  assert.ok((await page.locator(".skip").boundingBox()).y >= 0, "the skip link is seen");
  await page.keyboard.press("Enter");
  assert.equal((await focused()).id, "matrix");
  await page.keyboard.press("Tab");
  assert.equal((await focused()).name, "q");
  const before = await page.locator("#table tr.line:visible").count();
  await page.keyboard.type("no such word anywhere");
  assert.equal(await page.locator("#table tr.line:visible").count(), 0);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Tab");
  assert.equal((await focused()).name, "party");
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await page.locator("select[name=party]").inputValue(), "");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.locator("#table tr.line:visible").count(), before);
  let opened = false;
  const stops = await page.locator("a[href], input, select, button, summary, [tabindex='0']").count();
  for (let step = 0; step < stops + 5; step += 1) {
    await page.keyboard.press("Tab");
    const it = await focused();
    if (it.tag === "BODY" || (it.tag === "A" && it.id === "" && step > stops)) return 8;
    assert.notEqual(it.outline, "none", `${it.tag} ${it.name ?? it.id} shows no focus`);
    if (it.tag === "SUMMARY" && it.inTable && !opened) {
      await page.keyboard.press("Enter");
      opened = await page.evaluate(() => document.activeElement.parentElement.open);
      assert.ok(opened, "Enter opens the details");
    }
    if (opened && it.tag === "SUMMARY" && step > 60) break;
  }
  assert.ok(opened, "no details could be opened");
  // Past the table: nothing holds the focus.
  await page.locator("#table summary").last().focus();
  await page.keyboard.press("Tab");
  assert.ok(!(await focused()).inTable, "the table holds the focus");
  return 9;
}

/** On paper the details are open, the filters are gone, and the heading of the table repeats. */
export async function paper(page) {
  const look = () =>
    page.evaluate(() => ({
      closed: [...document.querySelectorAll("details")].filter((it) => !it.open).length,
      hidden: [...document.querySelectorAll("#table .told")].filter((it) => it.getBoundingClientRect().height === 0).length,
      filters: document.getElementById("filters").checkVisibility(),
      head: getComputedStyle(document.querySelector("#table thead")).display,
      clipped: getComputedStyle(document.querySelector(".scroller")).overflowY,
    }));
  const before = await look();
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => [...document.querySelectorAll("details")].every((it) => it.open));
  assert.deepEqual(await look(), { closed: 0, hidden: 0, filters: false, head: "table-header-group", clipped: "visible" });
  await page.emulateMedia({ media: "screen" });
  await page.waitForFunction((closed) => [...document.querySelectorAll("details")].filter((it) => !it.open).length === closed, before.closed);
  return 2;
}

/** Nothing reaches over the edge of a narrow screen but what has a scroller of its own. */
export async function narrow(page) {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok((await width()) <= 360, `${await width()} pixels wide`);
  await page.locator("#open").click();
  assert.ok((await width()) <= 360, `${await width()} pixels wide with the details open`);
  const thin = await page.evaluate(() => [...document.querySelectorAll("#table dd")].filter((it) => it.checkVisibility() && it.clientWidth < 80).length);
  assert.equal(thin, 0, "texts squeezed by their terms");
  const first = await page.locator("#table .line th").first().boundingBox();
  assert.ok(first.width <= 180, "the first column leaves room for another");
  return 4;
}

/** Numbers on bars, and bars on the page, can be told apart in both schemes. */
export async function colours(page) {
  const ratios = () =>
    page.evaluate(() => {
      const light = (colour) => {
        const [r, g, b] = colour.match(/[\d.]+/gu).map((part) => Number(part) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
      const back = getComputedStyle(document.body).backgroundColor;
      return [...document.querySelectorAll(".picture > g")].map((group) => {
        const bar = getComputedStyle(group.querySelector(".bar"));
        const count = group.querySelector(".count");
        return { kind: group.classList[0], count: count ? ratio(getComputedStyle(count).fill, bar.fill) : 21, bar: Math.max(ratio(bar.fill, back), ratio(bar.stroke, back)) };
      });
    });
  let checked = 0;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const it of await ratios()) {
      assert.ok(it.count >= 4.5, `${it.kind} in ${colorScheme}: the number's contrast is ${it.count}`);
      assert.ok(it.bar >= 3, `${it.kind} in ${colorScheme}: the bar's contrast is ${it.bar}`);
      checked += 2;
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return checked;
}

/** axe finds nothing, whether light or dark, filtered or not, with the details open. */
export async function accessible(page, document, axe) {
  await page.evaluate(axe);
  const run = async (state) => {
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }).then((it) => it.violations));
    const told = found.map((it) => `${it.id}: ${it.help}: ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`);
    assert.deepEqual(told, [], state);
  };
  await page.locator("#open").click();
  await run("light, open");
  await page.emulateMedia({ colorScheme: "dark" });
  const axis = document.axes.at(-1);
  if (axis) await page.locator(`select[name="at.${axis.name}"]`).selectOption(axis.values[0].name);
  await page.locator("select[name=party]").selectOption(document.parties[0].name);
  await run("dark, open, filtered");
  return 2;
}
