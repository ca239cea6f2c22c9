// Sizes, times past and languages, as people read them.

import { language } from "../words.js";

const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
const PAST = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** Bytes in the unit that leaves a small number: 13.4 MB. */
export function bytes(count) {
  const power = count < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: SIZES[power],
    unitDisplay: power ? "short" : "long",
    maximumFractionDigits: value < 100 && power ? 1 : 0,
  }).format(value);
}

/** A number, with its thousands apart. */
export function count(number) {
  return new Intl.NumberFormat(language()).format(number);
}

/** So many seconds before now: "3 minutes ago". */
export function ago(seconds) {
  const past = Math.max(0, seconds);
  const [length, unit] = PAST.find(([each]) => past >= each) || PAST.at(-1);
  return new Intl.RelativeTimeFormat(language()).format(-Math.round(past / length), unit);
}

/** A number with one digit behind the point, where it has any. */
export function decimal(number) {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(number);
}

/** A language by its code, as people of the page's language call it. */
export function languageName(code) {
  return new Intl.DisplayNames(language(), { type: "language" }).of(code);
}

/** The same of several, in the order of the alphabet. */
export function languageNames(codes) {
  return codes
    .map(languageName)
    .sort(new Intl.Collator(language()).compare)
    .join(", ");
}
