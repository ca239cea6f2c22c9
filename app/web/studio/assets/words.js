// What the page says, in the language of whoever reads it.

/** Codes of ISO 639-1, with the languages' own names; what the page says in each is in `words/`. */
export const LANGUAGES = [
  ["en", "English"],
  ["ru", "Русский"],
];

const KEPT = "videolecture.language";

let chosen = localStorage.getItem(KEPT);
if (!isSpoken(chosen)) chosen = document.documentElement.lang;
if (!isSpoken(chosen)) chosen = "en";
document.documentElement.lang = chosen;

let catalogue = await catalogueOf(chosen);

function isSpoken(code) {
  return LANGUAGES.some(([known]) => known === code);
}

async function catalogueOf(code) {
  return (await import(`./words/${code}.js`)).default;
}

/** ISO 639-1 code of the language that is spoken. */
export function language() {
  return chosen;
}

/** Speak another language as soon as its words are there. */
export async function speak(code) {
  catalogue = await catalogueOf(code);
  chosen = code;
  localStorage.setItem(KEPT, code);
  document.documentElement.lang = code;
  dispatchEvent(new Event("videolecture:page"));
}

/**
 * A sentence by its name, with `{parts}` filled in; with a `count` in the form for that number.
 * Undefined where there is none.
 */
export function t(name, parts = {}) {
  let said = catalogue[name];
  if (said === undefined) return undefined;
  if (typeof said === "object") {
    said = said[new Intl.PluralRules(chosen).select(parts.count)] ?? said.other;
  }
  return said.replace(/\{(\w+)\}/g, (_, part) => String(parts[part]));
}

/** Seconds as people say them: 75 is 1:15. */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const last = String(s).padStart(2, "0");
  return h ? `${h}:${String(m).padStart(2, "0")}:${last}` : `${m}:${last}`;
}

/** A moment of the API, in words of the language. */
export function moment(told) {
  const style = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(chosen, style).format(new Date(told));
}
