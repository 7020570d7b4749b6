// What a page must show, worked out from the JSON document of the same model and from nothing else.

/** A text as a page shows it: on one line, what is invisible written out. */
export function shown(text) {
  const invisible = /[\p{Cc}\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{e0000}-\u{e007f}]/gu;
  const folded = text.replace(/\p{White_Space}+/gu, " ");
  return folded.replace(invisible, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

/** The areas and duties of a document in order: each duty with the areas around it. */
export function duties(document) {
  const walk = (contents, areas) =>
    contents.flatMap((it) => (it.kind === "area" ? walk(it.contents, [...areas, it]) : [{ duty: it, areas }]));
  return walk(document.contents, []);
}

/** Every choice of the form: each axis has a value or is left open. */
export function choices(document) {
  return document.axes.reduce(
    (all, axis) => all.flatMap((choice) => [choice, ...axis.values.map((value) => ({ ...choice, [axis.name]: value.name }))]),
    [{}],
  );
}

/** Every situation. */
export function situations(document) {
  return document.axes.reduce(
    (all, axis) => all.flatMap((situation) => axis.values.map((value) => ({ ...situation, [axis.name]: value.name }))),
    [{}],
  );
}

const within = (region, situation) => Object.entries(region).every(([axis, values]) => values.includes(situation[axis]));

/** Whether a situation is one that a choice leaves open. */
export const leaves = (choice, situation) => Object.entries(choice).every(([axis, value]) => situation[axis] === value);

/** The holding of a duty in a situation; none if the situation is impossible or the duty does not exist there. */
export function holding(document, duty, situation) {
  if (document.impossible.some((region) => within(region, situation))) return undefined;
  const found = duty.holdings.filter((held) => held.when.some((region) => within(region, situation)));
  if (found.length > 1) throw new Error(`${duty.path}: two holdings in one situation`);
  return found[0];
}

/** What a cell says of a holding, as one line. */
export function cell(document, held) {
  const title = (name) => document.parties.find((party) => party.name === name).title;
  const of = (role) => held.holders.filter((it) => it.role === role).map((it) => title(it.party));
  const also = ["consulted", "informed", "supports"]
    .map((role) => [role, of(role)])
    .filter(([, names]) => names.length > 0)
    .map(([role, names]) => `${role}: ${names.join(", ")}`);
  return shown([who(held, of("responsible"), of("accountable")), ...also].join(" | ")).trim();
}

function who(held, does, answers) {
  if (held.state === "not_applicable") return "n/a";
  if (does.length === 0 && answers.length === 0) return "nobody";
  if (does.join("\n") === answers.join("\n")) return does.join(" + ");
  const names = (list) => (list.length > 0 ? list.join(" + ") : "nobody");
  return `${names(does)} (responsible), ${names(answers)} (accountable)`;
}

/** Whether a party, itself or in a group, has a role in some holding of a duty. */
export function holds(document, duty, party, role) {
  const groups = document.parties.filter((it) => (it.members || []).includes(party)).map((it) => it.name);
  const mine = (it) => (party === "" || it.party === party || groups.includes(it.party)) && (role === "" || it.role === role);
  return duty.holdings.some((held) => held.holders.some(mine));
}

/** All that the search looks at in a duty. */
export function texts({ duty, areas }) {
  const of = (it) => [
    ...(it.notes || []),
    ...(it.evidence || []),
    ...(it.cadence ? [it.cadence] : []),
    ...Object.values(it.meets || {}).map((controls) => controls.join(", ")),
    ...(it.meta || []).map((meta) => meta.value),
  ];
  const claims = duty.holdings.flatMap((held) => held.claims || []);
  return [
    ...areas.flatMap((area) => [area.title]),
    ...areas.slice(-1).flatMap(of),
    duty.title.trim() === "" ? duty.path : duty.title,
    duty.path,
    ...of(duty),
    ...duty.holdings.flatMap((held) => held.holders.flatMap((it) => it.parts || [])),
    ...claims.flatMap((claim) => [claim.text, claim.because].filter((text) => text !== undefined).concat(of(claim))),
  ].map(shown);
}
