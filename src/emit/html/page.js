
"use strict";
// Narrows the table to what was asked for, and keeps the question in the address. Without this script the
// page shows everything.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const form = byId("filters");
  const count = byId("count");
  const open = byId("open");
  const fields = [...form.elements].filter((field) => field.name);
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const textsOf = (element) => [...element.querySelectorAll("[data-find]")].map((it) => it.textContent).join("\n");

  // A line of the table: its row, the row of details below it, its cells, and what is searched in it.
  const groups = [...document.querySelectorAll("#table > tbody")].map((body) => {
    const area = body.querySelector("tr.area");
    const about = area ? textsOf(area) : "";
    const rows = [...body.querySelectorAll("tr.line")];
    return { area, lines: rows.map((row) => lineOf(row, about)) };
  });
  const lines = groups.flatMap((group) => group.lines);
  const heads = [...document.querySelectorAll("#table > thead th[data-value]")];
  const duties = new Set(lines.map((line) => line.duty)).size;

  function lineOf(row, about) {
    const more = row.nextElementSibling;
    const boxes = data.lines[Number(row.dataset.line)];
    const cells = [...row.querySelectorAll("td")].map((element, column) => ({
      element,
      boxes: boxes[column] || [],
      holders: holdersOf(element),
      details: [...more.querySelectorAll("[data-columns]")].find((it) => it.dataset.columns.split(" ").includes(String(column))),
    }));
    return { row, more, cells, duty: row.dataset.duty, area: row.dataset.area, text: fold([about, textsOf(row), textsOf(more)].join("\n")) };
  }

  // Parties with the letters of their roles; a member holds what its group holds.
  function holdersOf(cell) {
    const keys = (cell.dataset.who || "").split(" ").filter(Boolean);
    return keys.flatMap((key) => {
      const [party, letter = ""] = key.split(":");
      return [party, ...(data.members[party] || [])].map((name) => ({ name, letter: letter[0] || "" }));
    });
  }

  // What is asked for, as the form says it.
  function asked() {
    const state = { at: [] };
    for (const field of fields) {
      const axis = field.name.startsWith("at.") ? field.name.slice(3) : null;
      if (axis !== null) {
        if (field.value !== "") state.at.push([axis, field.value]);
      } else {
        state[field.name] = field.value || "";
      }
    }
    state.words = fold(state.q).split(/\s+/u).filter(Boolean);
    return state;
  }

  // Whether one of these regions has a situation with the chosen values. The regions hold no impossible
  // situation, so it is enough that each chosen value is allowed.
  const meets = (boxes, at) => boxes.some((box) => at.every(([axis, value]) => !Object.hasOwn(box, axis) || box[axis].includes(value)));

  function holds(cell, state) {
    const named = cell.holders.filter((it) => !state.party || it.name === state.party);
    if (!state.party && !state.role) return true;
    return named.some((it) => !state.role || it.letter === state.role);
  }

  function showLine(line, state) {
    const live = line.cells.map((cell) => meets(cell.boxes, state.at));
    const fits = line.cells.map((cell, column) => live[column] && holds(cell, state));
    const inArea = !state.area || line.area === state.area || line.area.startsWith(state.area + ".");
    const shown = inArea && fits.includes(true) && state.words.every((word) => line.text.includes(word));
    line.row.hidden = line.more.hidden = !shown;
    const told = new Map();
    line.cells.forEach((cell, column) => {
      cell.element.classList.toggle("off", state.at.length > 0 && !live[column]);
      cell.element.classList.toggle("other", live[column] && !fits[column]);
      if (cell.details) told.set(cell.details, told.get(cell.details) || live[column]);
    });
    told.forEach((any, details) => { details.hidden = !any; });
    return shown;
  }

  // Of the axis across, only the chosen column stays.
  function showColumns(state) {
    const chosen = state.at.find(([axis]) => axis === data.across);
    heads.forEach((head, column) => {
      const gone = chosen !== undefined && head.dataset.value !== chosen[1];
      head.hidden = gone;
      for (const line of lines) line.cells[column].element.hidden = gone;
    });
  }

  function apply() {
    const state = asked();
    showColumns(state);
    const shown = new Set();
    for (const group of groups) {
      const any = group.lines.filter((line) => showLine(line, state));
      any.forEach((line) => shown.add(line.duty));
      if (group.area) group.area.hidden = any.length === 0;
    }
    const possible = meets(data.possible, state.at);
    const filters = fields.filter((field) => field.value !== "").map((field) => {
      const label = field.labels[0].firstChild.textContent.trim();
      return label + ": " + (field.selectedOptions ? field.selectedOptions[0].textContent : field.value);
    });
    const told = possible
      ? "Showing " + shown.size + " of " + duties + (duties === 1 ? " duty" : " duties")
      : "This situation is impossible, so no duty exists in it";
    count.textContent = told + (filters.length > 0 ? " (" + filters.join("; ") + ")" : "") + ".";
    count.classList.toggle("none", shown.size === 0);
  }

  // The address keeps the question: a link to it, and back and forward, bring it back.
  function write(replace) {
    const kept = new URLSearchParams();
    for (const field of fields) if (field.value !== "") kept.set(field.name, field.value);
    const hash = "#" + kept;
    if (hash === (location.hash || "#")) return;
    history[replace ? "replaceState" : "pushState"](null, "", hash);
  }

  function read() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = kept.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
    }
    apply();
  }

  const details = () => [...document.querySelectorAll("details")];

  function openAll(wanted) {
    document.querySelectorAll("#table details").forEach((it) => { it.open = wanted; });
    open.setAttribute("aria-pressed", String(wanted));
  }

  // On paper nothing can be opened, so everything is.
  let closed = [];
  function print(printing) {
    if (printing) {
      closed = closed.concat(details().filter((it) => !it.open));
      closed.forEach((it) => { it.open = true; });
    } else {
      closed.forEach((it) => { it.open = false; });
      closed = [];
    }
  }

  // Links within the page move the focus and leave the address as it is: it holds the question.
  function jump(event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && byId(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => { apply(); write(false); });
  form.elements.q.addEventListener("input", () => { apply(); write(true); });
  byId("clear").addEventListener("click", () => {
    fields.forEach((field) => { field.value = ""; });
    apply();
    write(false);
  });
  open.addEventListener("click", () => openAll(open.getAttribute("aria-pressed") !== "true"));
  document.addEventListener("click", jump);
  window.addEventListener("hashchange", read);
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  window.matchMedia("print").addEventListener("change", (event) => print(event.matches));
  form.hidden = false;
  read();
})();
