// What the page says, in the language of whoever reads it.

import en from "./words/en.js";
import ru from "./words/ru.js";

const CATALOGUES = { en, ru };
const KEPT = "videolecture.language";

let chosen = localStorage.getItem(KEPT);
if (!(chosen in CATALOGUES)) chosen = document.documentElement.lang;
if (!(chosen in CATALOGUES)) chosen = "en";
document.documentElement.lang = chosen;

/** ISO 639-1 code of the language that is spoken. */
export function language() {
  return chosen;
}

/** Languages with their own names. */
export const LANGUAGES = Object.entries(CATALOGUES).map(([code, words]) => [code, words.itself]);

/** Speak another language from now on. */
export function speak(code) {
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
  let said = CATALOGUES[chosen][name];
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
