// What was seen of a face and heard of a voice, in plain words.

import { clock, t } from "../words.js";
import { html } from "../view.js";
import { decimal, languageName } from "./amounts.js";
import { warnings } from "./warnings.js";

const QUIET_DB = -35;
const CLEAR_DB = 25;
const NOISY_DB = 12; // below it the service warns as well

/** What a picture shows. */
export function seen({ width, height, warnings: told }) {
  return html`
    ${facts([["library.picture", t("library.pixels", { width, height })]])}
    ${warnings(told, t("library.seen.good"))}
  `;
}

/** What a voice sample holds. */
export function heard({ language: spoken, heard: each }) {
  return html`
    ${facts([
      ["library.language", spoken ? languageName(spoken) : t("library.language.unknown")],
      ["library.length", lengthOf(each)],
      ["library.level", t(levelOf(each.level_db))],
      ["library.noise", t(noiseOf(each.snr_db))],
    ])}
    ${warnings(each.warnings, t("library.heard.good"))}
  `;
}

/** What is known of a ready recording. */
export function recorded({ seconds, warnings: told }) {
  return html`
    ${facts([["library.length", clock(seconds)]])} ${warnings(told)}
  `;
}

function facts(pairs) {
  return html`
    <dl class="heard">
      ${pairs.map(([name, said]) => html`<div><dt>${t(name)}</dt><dd>${said}</dd></div>`)}
    </dl>
  `;
}

function lengthOf({ seconds, speech_seconds: speech }) {
  return t("library.seconds", { seconds: decimal(seconds), speech: decimal(speech) });
}

function levelOf(db) {
  return db < QUIET_DB ? "library.level.quiet" : "library.level.good";
}

function noiseOf(db) {
  if (db === null) return "library.noise.unknown";
  if (db < NOISY_DB) return "library.noise.much";
  return db < CLEAR_DB ? "library.noise.some" : "library.noise.none";
}
